/* How characters and digits of a phone number are read; shared by the reader of one number and the finder of many. */
#ifndef VST_TEXT_PHONE_DIGITS_H
#define VST_TEXT_PHONE_DIGITS_H

#include "phone.h"

typedef enum vst_phone_mark {
	VST_PHONE_OTHER, /* letters and garbage */
	VST_PHONE_DIGIT,
	VST_PHONE_PLUS,
	VST_PHONE_SEPARATOR,
	VST_PHONE_BREAK,   /* a separator that begins a new line */
	VST_PHONE_OPENING, /* an opening parenthesis */
	VST_PHONE_COMMA,
	VST_PHONE_IGNORED /* invisible: copied from contact lists and messengers */
} vst_phone_mark;

/* Moves past the character at *offset < text.len; *digit is set for VST_PHONE_DIGIT. */
vst_phone_mark vst_phone_next(vst_str text, size_t *offset, char *digit);

/* Digits of an international number, without plus. */
bool vst_phone_international(const char *digits, size_t count, vst_phone *out);
/* The same as typed with a plus, which people also put before the 8 they dial at home. */
bool vst_phone_with_plus(const char *digits, size_t count, vst_phone *out);
/* Digits as dialled inside Russia and Kazakhstan. */
bool vst_phone_at_home(const char *digits, size_t count, vst_phone *out);

#define VST_PHONE_DIGITS_MAX 20 /* "8-10-" and fifteen digits, with some to spare: more is two numbers */

#endif
