#include "homoglyph.h"

#include "utf8.h"

/* Pairs in upright letters, by the Cyrillic one less U+0400. */
static const char latin_of[0x60][2] = {
	[0x05] = "S", [0x06] = "I", [0x08] = "J", [0x10] = "A", [0x12] = "B", [0x15] = "E", [0x1A] = "K",
	[0x1C] = "M", [0x1D] = "H", [0x1E] = "O", [0x20] = "P", [0x21] = "C", [0x22] = "T", [0x23] = "Y",
	[0x25] = "X", [0x30] = "a", [0x35] = "e", [0x3E] = "o", [0x40] = "p", [0x41] = "c", [0x43] = "y",
	[0x45] = "x", [0x55] = "s", [0x56] = "i", [0x58] = "j",
};

/* The other way, Russian letters only. */
static const uint16_t cyrillic_of[0x80] = {
	['A'] = 0x0410, ['B'] = 0x0412, ['C'] = 0x0421, ['E'] = 0x0415, ['H'] = 0x041D, ['K'] = 0x041A, ['M'] = 0x041C,
	['O'] = 0x041E, ['P'] = 0x0420, ['T'] = 0x0422, ['X'] = 0x0425, ['Y'] = 0x0423, ['a'] = 0x0430, ['c'] = 0x0441,
	['e'] = 0x0435, ['o'] = 0x043E, ['p'] = 0x0440, ['x'] = 0x0445, ['y'] = 0x0443,
};

vst_alphabet vst_alphabet_of(uint32_t code)
{
	if (code < 0x80) {
		return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ? VST_ALPHABET_LATIN : VST_ALPHABET_NONE;
	}
	if (code >= 0x0400 && code <= 0x052F) {
		return VST_ALPHABET_CYRILLIC;
	}
	return code >= 0xC0 && code <= 0x024F && code != 0xD7 && code != 0xF7 ? VST_ALPHABET_LATIN : VST_ALPHABET_NONE;
}

bool vst_homoglyph_latin(uint32_t code, vst_str *out)
{
	if (code < 0x0400 || code >= 0x0460 || latin_of[code - 0x0400][0] == '\0') {
		return false;
	}
	*out = (vst_str) {latin_of[code - 0x0400], 1};
	return true;
}

uint32_t vst_homoglyph_cyrillic(uint32_t code)
{
	return code < 0x80 ? cyrillic_of[code] : 0;
}

typedef struct letter_counts {
	size_t latin, cyrillic;
	size_t latin_only, cyrillic_only; /* those of them that look like no letter of the other alphabet */
} letter_counts;

static void count_letter(letter_counts *counts, uint32_t code)
{
	vst_alphabet alphabet = vst_alphabet_of(code);
	vst_str twin;

	if (alphabet == VST_ALPHABET_LATIN) {
		counts->latin++;
		counts->latin_only += vst_homoglyph_cyrillic(code) == 0;
	} else if (alphabet == VST_ALPHABET_CYRILLIC) {
		counts->cyrillic++;
		counts->cyrillic_only += !vst_homoglyph_latin(code, &twin);
	}
}

static vst_alphabet alphabet_of_text(vst_homoglyphs *walk)
{
	letter_counts counts = {0, 0, 0, 0};
	size_t offset = 0;

	if (!walk->whole_known) {
		while (offset < walk->text.len && counts.cyrillic_only == 0) {
			count_letter(&counts, vst_utf8_next(walk->text, &offset));
		}
		walk->whole_known = true;
		walk->whole = counts.cyrillic_only > 0         ? VST_ALPHABET_CYRILLIC
		              : counts.latin > counts.cyrillic ? VST_ALPHABET_LATIN
		                                               : VST_ALPHABET_NONE;
	}
	return walk->whole;
}

static vst_alphabet meant(vst_homoglyphs *walk, const letter_counts *counts)
{
	if (counts->cyrillic == 0) {
		return VST_ALPHABET_NONE;
	}
	if (counts->latin == 0) {
		return counts->cyrillic_only == 0 && alphabet_of_text(walk) == VST_ALPHABET_LATIN ? VST_ALPHABET_LATIN
		                                                                                  : VST_ALPHABET_NONE;
	}
	if (counts->cyrillic_only > 0) {
		return counts->latin_only > 0 ? VST_ALPHABET_NONE : VST_ALPHABET_CYRILLIC;
	}
	if (counts->latin_only > 0 || counts->latin > counts->cyrillic) {
		return VST_ALPHABET_LATIN;
	}
	return counts->cyrillic > counts->latin || alphabet_of_text(walk) == VST_ALPHABET_CYRILLIC ? VST_ALPHABET_CYRILLIC
	                                                                                           : VST_ALPHABET_LATIN;
}

static bool is_word_character(uint32_t code)
{
	return vst_alphabet_of(code) != VST_ALPHABET_NONE || (code >= '0' && code <= '9');
}

/* Where the word around `offset` begins, not before the end of the word before it. */
static size_t word_begin(const vst_homoglyphs *walk, size_t offset)
{
	while (offset > walk->word_end) {
		size_t before = offset - 1, next;

		while (before > walk->word_end && offset - before < 4 &&
		       ((unsigned char) walk->text.ptr[before] & 0xC0u) == 0x80u) {
			before--;
		}
		next = before;
		if (!is_word_character(vst_utf8_next(walk->text, &next))) {
			break;
		}
		offset = before;
	}
	return offset;
}

static bool has_latin(vst_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char) text.ptr[i];

		if ((byte | 0x20u) - 'a' < 26u || (byte >= 0xC3u && byte <= 0xC9u)) { /* or lead bytes of U+00C0 to U+024F */
			return true;
		}
	}
	return false;
}

vst_alphabet vst_homoglyph_word(vst_homoglyphs *walk, size_t offset)
{
	letter_counts counts = {0, 0, 0, 0};
	size_t at;

	if (offset < walk->word_end) {
		return walk->word;
	}
	if (!walk->mixed_known) {
		walk->mixed_known = true;
		walk->mixed = has_latin(walk->text);
	}
	if (!walk->mixed) {
		return VST_ALPHABET_NONE;
	}
	at = word_begin(walk, offset);
	walk->word_end = offset;
	while (at < walk->text.len) {
		uint32_t code = vst_utf8_next(walk->text, &at);

		if (!is_word_character(code)) {
			break;
		}
		count_letter(&counts, code);
		walk->word_end = at;
	}
	walk->word = meant(walk, &counts);
	return walk->word;
}
