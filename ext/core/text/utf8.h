/*
 * UTF-8 (RFC 3629, strict: no overlong form, no surrogate, nothing above U+10FFFF). Whatever comes from outside is
 * checked once; all else in this room takes checked text and still reads no byte outside it when it was not.
 */
#ifndef VST_TEXT_UTF8_H
#define VST_TEXT_UTF8_H

#include "base/str.h"

typedef enum vst_utf8_fault { VST_UTF8_OK, VST_UTF8_MALFORMED, VST_UTF8_NUL } vst_utf8_fault;

#define VST_REPLACEMENT_CHARACTER 0xFFFDu

/* The first fault; *position (may be NULL): its byte offset. */
vst_utf8_fault vst_utf8_check(vst_str text, size_t *position);
/* Characters (code points) of checked text. */
size_t vst_utf8_count(vst_str text);
/* Characters of checked text that take a surrogate pair in UTF-16. */
size_t vst_utf8_count_pairs(vst_str text);
uint32_t vst_utf8_next_long(vst_str text, size_t *offset);

/* Decodes the character at *offset < text.len and moves past it; a malformed byte is one U+FFFD. */
static inline uint32_t vst_utf8_next(vst_str text, size_t *offset)
{
	const unsigned char *at = (const unsigned char *) text.ptr + *offset;

	if (at[0] < 0x80) {
		*offset += 1;
		return at[0];
	}
	if (at[0] >= 0xC2 && at[0] < 0xE0 && text.len - *offset > 1 && (at[1] & 0xC0u) == 0x80u) {
		*offset += 2;
		return (at[0] & 0x1Fu) << 6 | (at[1] & 0x3Fu);
	}
	return vst_utf8_next_long(text, offset);
}

/* Bytes written: 1 to 4. */
size_t vst_utf8_put(uint32_t code, char out[4]);
/* Byte offset of the character with that number, or text.len. */
size_t vst_utf8_offset(vst_str text, size_t characters);

#endif
