#include "packing.h"

void vst_pack(vst_packer *packer, int64_t value)
{
	uint64_t rest = ((uint64_t) value << 1) ^ (value < 0 ? UINT64_MAX : 0);

	do {
		if (packer->len == packer->capacity) {
			packer->full = true;
			return;
		}
		packer->bytes[packer->len++] = (unsigned char) ((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
		rest >>= 7;
	} while (rest != 0);
}

int64_t vst_unpack(vst_unpacker *unpacker)
{
	uint64_t value = 0;

	for (unsigned shift = 0; shift < 64 && unpacker->at < unpacker->end; shift += 7) {
		unsigned char byte = *unpacker->at++;

		value |= (uint64_t) (byte & 0x7f) << shift;
		if ((byte & 0x80) == 0) {
			return (int64_t) (value >> 1) ^ -(int64_t) (value & 1);
		}
	}
	unpacker->broken = true;
	return 0;
}

void vst_pack_bytes(vst_packer *packer, vst_str bytes)
{
	vst_pack(packer, (int64_t) bytes.len);
	if (packer->full || bytes.len > packer->capacity - packer->len) {
		packer->full = true;
		return;
	}
	if (bytes.len > 0) {
		memcpy(packer->bytes + packer->len, bytes.ptr, bytes.len);
		packer->len += bytes.len;
	}
}

vst_str vst_unpack_bytes(vst_unpacker *unpacker)
{
	int64_t len = vst_unpack(unpacker);
	vst_str bytes;

	if (unpacker->broken || len < 0 || len > unpacker->end - unpacker->at) {
		unpacker->broken = true;
		return VST_STR_EMPTY;
	}
	bytes = vst_str_of((const char *) unpacker->at, (size_t) len);
	unpacker->at += len;
	return bytes;
}
