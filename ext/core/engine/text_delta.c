#include "text_delta.h"

#define ALIKE_BYTES 6   /* so many equal bytes are the same passage again */
#define APART_BYTES 160 /* how much may stand in between, in both texts together */
#define LOOKS_MAX 50000 /* comparisons for one text: beyond, the rest is kept as it is */

static size_t alike(vst_str text, size_t at, vst_str base, size_t from)
{
	size_t count = 0;

	while (at + count < text.len && from + count < base.len && text.ptr[at + count] == base.ptr[from + count]) {
		count++;
	}
	return count;
}

static bool meets(vst_str text, size_t at, vst_str base, size_t from)
{
	size_t count = text.ptr[at] == base.ptr[from] ? alike(text, at, base, from) : 0;

	return count >= ALIKE_BYTES || (count > 0 && at + count == text.len && from + count == base.len);
}

/* The nearest place where both go on alike: `own` bytes further in the text, `skipped` in the base. */
static bool meet_again(vst_str text, size_t at, vst_str base, size_t from, size_t *looks, size_t *own, size_t *skipped)
{
	for (size_t apart = 1; apart <= APART_BYTES; apart++) {
		for (size_t in_text = 0; in_text <= apart; in_text++) {
			size_t in_base = apart - in_text;

			if (at + in_text >= text.len || from + in_base >= base.len) {
				continue;
			}
			if (--*looks == 0) {
				return false;
			}
			if (meets(text, at + in_text, base, from + in_base)) {
				*own = in_text;
				*skipped = in_base;
				return true;
			}
		}
	}
	return false;
}

/* The length, then in turn: bytes taken from the base, bytes of the text's own, bytes of the base left out. */
void vst_delta_pack(vst_packer *packer, vst_str text, vst_str base)
{
	size_t at = 0, from = 0, looks = LOOKS_MAX;

	vst_pack(packer, (int64_t) text.len);
	while (at < text.len) {
		size_t same = alike(text, at, base, from), own = 0, skipped = 0;

		at += same;
		from += same;
		if (at < text.len && (looks == 0 || !meet_again(text, at, base, from, &looks, &own, &skipped))) {
			own = text.len - at;
			skipped = 0;
			looks = 0;
		}
		vst_pack(packer, (int64_t) same);
		vst_pack_bytes(packer, vst_str_of(text.ptr + at, own));
		vst_pack(packer, (int64_t) skipped);
		at += own;
		from += skipped;
	}
}

bool vst_delta_unpack(vst_unpacker *unpacker, vst_str base, vst_arena *arena, vst_str *text)
{
	int64_t len = vst_unpack(unpacker);
	size_t at = 0, from = 0;
	char *out;

	if (unpacker->broken || len < 0 ||
	    (uint64_t) len > (uint64_t) base.len + (uint64_t) (unpacker->end - unpacker->at)) {
		return false;
	}
	out = vst_arena_alloc(arena, (size_t) len + 1);
	while (out != NULL && at < (size_t) len) {
		int64_t same = vst_unpack(unpacker);
		vst_str own = vst_unpack_bytes(unpacker);
		int64_t skipped = vst_unpack(unpacker);

		if (unpacker->broken || same < 0 || skipped < 0 || (size_t) same > base.len - from ||
		    (size_t) same > (size_t) len - at || own.len > (size_t) len - at - (size_t) same ||
		    (size_t) skipped > base.len - from - (size_t) same || (same == 0 && own.len == 0 && skipped == 0)) {
			return false;
		}
		memcpy(out + at, base.ptr + from, (size_t) same);
		memcpy(out + at + same, own.ptr, own.len);
		at += (size_t) same + own.len;
		from += (size_t) same + (size_t) skipped;
	}
	*text = vst_str_of(out, (size_t) len);
	return out != NULL;
}
