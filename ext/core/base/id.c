#include "id.h"

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void vst_id_format(vst_id id, char out[VST_ID_LEN + 1])
{
	uint64_t high = (uint64_t) id.seq << 1; /* 48 bits time, 15 bits counter, the zero bit */
	uint64_t low = id.nonce;

	for (int i = VST_ID_LEN - 1; i >= 0; i--) {
		out[i] = alphabet[low & 31];
		low = low >> 5 | high << 59;
		high >>= 5;
	}
	out[VST_ID_LEN] = '\0';
}

static int digit(char c)
{
	if (c >= 'a' && c <= 'z') {
		c = (char) (c - 32);
	}
	for (int i = 0; i < 32; i++) {
		if (alphabet[i] == c) {
			return i;
		}
	}
	return -1;
}

bool vst_id_parse(vst_str text, vst_id *out)
{
	uint64_t high = 0, low = 0;

	if (text.len != VST_ID_LEN || digit(text.ptr[0]) > 7) {
		return false;
	}
	for (size_t i = 0; i < VST_ID_LEN; i++) {
		int value = digit(text.ptr[i]);

		if (value < 0) {
			return false;
		}
		high = high << 5 | low >> 59;
		low = low << 5 | (uint64_t) value;
	}
	if ((high & 1) != 0) {
		return false;
	}
	out->seq = (int64_t) (high >> 1);
	out->nonce = low;
	return true;
}
