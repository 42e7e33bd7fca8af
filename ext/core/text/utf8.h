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
/* Decodes the character at *offset < text.len and moves past it; a malformed byte is one U+FFFD. */
uint32_t vst_utf8_next(vst_str text, size_t *offset);
/* Bytes written: 1 to 4. */
size_t vst_utf8_put(uint32_t code, char out[4]);
/* Byte offset of the character with that number, or text.len. */
size_t vst_utf8_offset(vst_str text, size_t characters);

#endif
