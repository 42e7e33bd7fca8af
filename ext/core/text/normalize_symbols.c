/* The quick way from texts to symbols. */
#include "normalize.h"

#include "utf8.h"

/* vst_symbol_by_rule of the characters below U+0800, written by ./phpize-build.sh lexicon. */
static const uint8_t symbols_of_two_bytes[0x800] = {
#include "lexicon_symbols.inc"
};

size_t vst_symbols(vst_str text, uint8_t *out)
{
	const uint8_t *at = (const uint8_t *) text.ptr, *end = at + text.len;
	uint8_t *symbol = out;

	while (at < end) {
		if (*at < 0x80) {
			*symbol++ = symbols_of_two_bytes[*at++];
		} else if (*at >= 0xC2 && *at < 0xE0 && end - at > 1 && (at[1] & 0xC0u) == 0x80u) {
			*symbol++ = symbols_of_two_bytes[(at[0] & 0x1Fu) << 6 | (at[1] & 0x3Fu)];
			at += 2;
		} else {
			size_t offset = (size_t) (at - (const uint8_t *) text.ptr);

			*symbol++ = vst_symbol_by_rule(vst_utf8_next(text, &offset));
			at = (const uint8_t *) text.ptr + offset;
		}
	}
	return (size_t) (symbol - out);
}
