/*
 * What a person means who answers an SMS: wants no more of it, wants it again, asks for help, or something else. Keywords
 * and words of free text are tables in reply_words.c.
 */
#ifndef VST_TEXT_REPLY_H
#define VST_TEXT_REPLY_H

#include "base/str.h"

typedef enum vst_reply_intent {
	VST_REPLY_NONE,
	VST_REPLY_STOP,     /* no more advertising */
	VST_REPLY_STOP_ALL, /* no more service messages either */
	VST_REPLY_START,
	VST_REPLY_HELP,
	VST_REPLY_REVIEW /* seems to ask to stop: a person has to read it, and advertising pauses until then */
} vst_reply_intent;

typedef struct vst_reply_meaning {
	vst_reply_intent intent;
	const char *keyword; /* as the table spells it; NULL: found in free text, or nothing found */
	bool weak;           /* counts only within 72 hours of an advertisement to this person; else it means nothing */
} vst_reply_meaning;

const char *vst_reply_intent_name(vst_reply_intent intent);

/*
 * - A keyword that is the whole message, apart from polite words and the name of what should stop, acts.
 * - A strong keyword in front acts too, unless the rest asks or speaks of an order ("стоп, а когда привезут заказ?"):
 *   then a person has to read it.
 * - A weak keyword counts only as the whole message.
 * - Free text that asks to stop is for a person.
 *
 * Case, ё, quotes, punctuation, emoji, repeated and spaced-out letters, look-alike letters and digits, transliteration and
 * the other keyboard layout make no difference; in keywords of six letters and more one slip of the finger does not.
 * Takes checked UTF-8; reads the first 64 words.
 */
void vst_reply_parse(vst_str text, vst_reply_meaning *out);

#endif
