/* The words of a reply, and how each may be read. Private to the room. */
#ifndef VST_TEXT_REPLY_READING_H
#define VST_TEXT_REPLY_READING_H

#include "base/str.h"

#define VST_REPLY_WORDS 64
#define VST_REPLY_LETTERS 24

typedef struct vst_reply_word {
	uint32_t letters[VST_REPLY_LETTERS]; /* small, е for ё; what is longer is cut off */
	size_t length;
	char cyrillic[2 * VST_REPLY_LETTERS + 1]; /* with look-alikes put right; empty: cannot be Cyrillic */
	char latin[VST_REPLY_LETTERS + 1];
	char sound[VST_REPLY_LETTERS + 1]; /* of a Latin word, see vst_reply_sound() */
	bool ends_clause;                  /* punctuation follows */
	unsigned senses;
} vst_reply_word;

/* Splits at everything that is neither a letter nor a digit; letters that stand apart ("С Т О П") are one word. */
size_t vst_reply_split(vst_str text, vst_reply_word words[VST_REPLY_WORDS]);
/* The same keys in the other layout of a Russian keyboard; at most `size` bytes of whole characters. */
vst_str vst_reply_other_layout(vst_str text, char *out, size_t size);
/* A word of the tables as it is compared: with its sound, when it is Cyrillic and may be written in Latin letters. */
typedef struct vst_reply_pattern {
	vst_str text;
	char sound[VST_REPLY_LETTERS + 1]; /* empty: none */
	size_t sound_length;
} vst_reply_pattern;

/* What a sound begins with, as one bit; 0: there is none. */
uint32_t vst_reply_sound_bit(const char *sound);
/* beginnings: the bits of the reply's words together. */
vst_reply_pattern vst_reply_pattern_of(vst_str text, uint32_t beginnings);
/*
 * One spelling for all ways to write a Russian word in Latin letters: "otpishite", "otpishyte" and, of a Cyrillic word,
 * "отпишите" come out equal. Returns the length; out has room for `size` bytes and a NUL.
 */
size_t vst_reply_sound(vst_str word, char *out, size_t size);

#endif
