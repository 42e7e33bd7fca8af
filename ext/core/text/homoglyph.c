#include "homoglyph.h"

#include "utf8.h"

/* Pairs in upright letters. `both`: the Latin letter stands for the Russian one too (Ukrainian, Serbian ones do not). */
static const struct {
	uint32_t cyrillic;
	char latin[2];
	bool both;
} twins[] = {
	{0x0405, "S", false}, {0x0406, "I", false}, {0x0408, "J", false}, {0x0410, "A", true},  {0x0412, "B", true},
	{0x0415, "E", true},  {0x041A, "K", true},  {0x041C, "M", true},  {0x041D, "H", true},  {0x041E, "O", true},
	{0x0420, "P", true},  {0x0421, "C", true},  {0x0422, "T", true},  {0x0423, "Y", true},  {0x0425, "X", true},
	{0x0430, "a", true},  {0x0435, "e", true},  {0x043E, "o", true},  {0x0440, "p", true},  {0x0441, "c", true},
	{0x0443, "y", true},  {0x0445, "x", true},  {0x0455, "s", false}, {0x0456, "i", false}, {0x0458, "j", false},
};

#define TWINS (sizeof twins / sizeof twins[0])

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

bool vst_latin_twin(uint32_t code, vst_str *out)
{
	for (size_t i = 0; i < TWINS && twins[i].cyrillic <= code; i++) {
		if (twins[i].cyrillic == code) {
			*out = (vst_str) {twins[i].latin, 1};
			return true;
		}
	}
	return false;
}

uint32_t vst_cyrillic_twin(uint32_t code)
{
	for (size_t i = 0; i < TWINS && code < 0x80; i++) {
		if (twins[i].both && (unsigned char) twins[i].latin[0] == code) {
			return twins[i].cyrillic;
		}
	}
	return 0;
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
		counts->latin_only += vst_cyrillic_twin(code) == 0;
	} else if (alphabet == VST_ALPHABET_CYRILLIC) {
		counts->cyrillic++;
		counts->cyrillic_only += !vst_latin_twin(code, &twin);
	}
}

static vst_alphabet alphabet_of_text(vst_homoglyphs *walk)
{
	letter_counts counts = {0, 0, 0, 0};
	size_t offset = 0;

	if (!walk->text_known) {
		while (offset < walk->text.len && counts.cyrillic_only == 0) {
			count_letter(&counts, vst_utf8_next(walk->text, &offset));
		}
		walk->text_known = true;
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

vst_alphabet vst_homoglyph_word(vst_homoglyphs *walk, size_t offset)
{
	letter_counts counts = {0, 0, 0, 0};
	size_t at;

	if (offset < walk->word_end) {
		return walk->word;
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
