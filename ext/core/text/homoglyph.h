/*
 * Letters that look alike in the Latin and the Cyrillic alphabet, and the words in which one of them is in the wrong
 * place. Takes checked UTF-8.
 */
#ifndef VST_TEXT_HOMOGLYPH_H
#define VST_TEXT_HOMOGLYPH_H

#include "base/str.h"

typedef enum vst_alphabet { VST_ALPHABET_NONE, VST_ALPHABET_LATIN, VST_ALPHABET_CYRILLIC } vst_alphabet;

vst_alphabet vst_alphabet_of(uint32_t code);
/* The Latin letter a Cyrillic one looks like, as ASCII text; false: none. */
bool vst_homoglyph_latin(uint32_t code, vst_str *out);
/* The Russian letter a Latin one looks like; 0: none. */
uint32_t vst_homoglyph_cyrillic(uint32_t code);

/* One walk over a text; each word is looked at once. */
typedef struct vst_homoglyphs {
	vst_str text;
	size_t word_end;   /* of the word looked at last */
	vst_alphabet word; /* the alphabet its letters should all be of; NONE: it is fine, or nobody can tell */
	bool mixed;        /* the text has Latin letters too; else no word can be wrong */
	bool mixed_known, whole_known;
	vst_alphabet whole; /* of the text, once known */
} vst_homoglyphs;

static inline vst_homoglyphs vst_text_homoglyphs(vst_str text)
{
	return (vst_homoglyphs) {.text = text, .word_end = 0};
}

/*
 * The alphabet that the word around `offset` is meant to be in, when it holds look-alikes of another: a word of both
 * alphabets is of the one whose letters the other cannot stand for, else of the one with more letters, else of the
 * text's. A Cyrillic word that could be Latin all through is meant so in a text without a Cyrillic letter of its own and
 * with more Latin letters. Offsets of letters, in rising order.
 */
vst_alphabet vst_homoglyph_word(vst_homoglyphs *walk, size_t offset);

#endif
