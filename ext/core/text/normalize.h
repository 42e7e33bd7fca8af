/*
 * What characters look like. Every character becomes one symbol of a small alphabet: case, ё/е, accents and the many
 * forms of one letter (fullwidth, mathematical, circled) are gone, and what stays tells Cyrillic and Latin letters,
 * digits and marks apart. Symbols below VST_SYMBOLS are the alphabet of the dictionaries; the others occur only in texts.
 */
#ifndef VST_TEXT_NORMALIZE_H
#define VST_TEXT_NORMALIZE_H

#include "base/str.h"

enum {
	VST_SYMBOL_OTHER = 0,    /* any other visible character; between words it is a gap */
	VST_SYMBOL_CYRILLIC = 1, /* а to я without ё: 32 */
	VST_SYMBOL_LATIN = 33,   /* a to z: 26 */
	VST_SYMBOL_DIGIT = 59,   /* 0 to 9 */
	VST_SYMBOL_SPACE = 69,
	VST_SYMBOL_STAR,
	VST_SYMBOL_DOT,
	VST_SYMBOL_PERCENT,
	VST_SYMBOL_NUMERO,
	VST_SYMBOL_RUBLE,
	VST_SYMBOL_PLUS,
	VST_SYMBOLS,
	VST_SYMBOL_HYPHEN = VST_SYMBOLS,
	VST_SYMBOL_BREAK, /* ends a sentence: no phrase goes on behind it */
	VST_SYMBOL_AT,
	VST_SYMBOL_DOLLAR,
	VST_SYMBOL_EXCLAMATION,
	VST_SYMBOL_HASH,
	VST_SYMBOL_SLASH,
	VST_SYMBOL_EURO,
	VST_SYMBOL_INVISIBLE, /* zero-width and combining characters */
	VST_SYMBOL_BREVE,     /* the combining one: и with it is й */
	VST_SYMBOLS_OF_TEXT
};

/* By the rules; slow. */
uint8_t vst_symbol_by_rule(uint32_t code);
/* The same from a table. Writes one symbol a character into out, which has room for text.len; returns their number. */
size_t vst_symbols(vst_str text, uint8_t *out);

static inline bool vst_symbol_is_cyrillic(uint8_t symbol)
{
	return (uint8_t) (symbol - VST_SYMBOL_CYRILLIC) < 32;
}

static inline bool vst_symbol_is_latin(uint8_t symbol)
{
	return (uint8_t) (symbol - VST_SYMBOL_LATIN) < 26;
}

static inline bool vst_symbol_is_digit(uint8_t symbol)
{
	return (uint8_t) (symbol - VST_SYMBOL_DIGIT) < 10;
}

static inline bool vst_symbol_is_word(uint8_t symbol)
{
	return (uint8_t) (symbol - VST_SYMBOL_CYRILLIC) < 68;
}

/* How characters stand for a letter: they look like it or they are its transliteration. */
#define VST_BY_LOOK 1u
#define VST_BY_SOUND 2u

/* A reading of one or several symbols of a text: `symbols` of them stand for one letter. */
typedef struct vst_reading {
	uint8_t letter;
	uint8_t symbols;
	uint8_t by; /* VST_BY_LOOK, VST_BY_SOUND or both */
} vst_reading;

#define VST_READINGS_MAX 12

/*
 * Cyrillic letters that the symbols at `at` may stand for: look-alikes, transliteration, digits and marks in place of
 * letters. At most VST_READINGS_MAX; reads at most 4 symbols before `end`.
 */
size_t vst_readings(const uint8_t *at, const uint8_t *end, vst_reading out[VST_READINGS_MAX]);
/* The Latin letter that looks like a Cyrillic one; 0: none. */
uint8_t vst_latin_twin(uint8_t cyrillic);
/* The Latin letter that a digit or a mark stands for, as in "c@sino"; 0: none. */
uint8_t vst_latin_disguised(uint8_t symbol);
#endif
