#include "classify_text.h"

#define CYRILLIC(number) ((uint8_t) (VST_SYMBOL_CYRILLIC + (number)))

enum {
	LETTER_A = 0,
	LETTER_E = 5,
	LETTER_I = 8,
	LETTER_SHORT_I = 9,
	LETTER_L = 11,
	LETTER_M = 12,
	LETTER_N = 13,
	LETTER_O = 14,
	LETTER_R = 16,
	LETTER_S = 17,
	LETTER_T = 18,
	LETTER_U = 19,
	LETTER_SH = 24,
	LETTER_Y = 27,
	LETTER_SOFT = 28,
	LETTER_YA = 31
};

static bool is_letter(uint8_t symbol)
{
	return vst_symbol_is_cyrillic(symbol) || vst_symbol_is_latin(symbol);
}

/* -йте, -ите, -ьте, with or without -сь. Words that only end so are in the list cue_please. */
static bool is_imperative(const uint8_t *word, size_t len)
{
	uint8_t before;

	if (len > 6 && word[len - 1] == CYRILLIC(LETTER_SOFT) && word[len - 2] == CYRILLIC(LETTER_S)) {
		len -= 2;
	}
	if (len < 5 || word[len - 1] != CYRILLIC(LETTER_E) || word[len - 2] != CYRILLIC(LETTER_T)) {
		return false;
	}
	before = word[len - 3];
	return before == CYRILLIC(LETTER_I) || before == CYRILLIC(LETTER_SHORT_I) || before == CYRILLIC(LETTER_SOFT);
}

/*
 * -ен, -ан, -ян, -нят, -рыт, -мыт, -нут, with or without -а, -о, -ы; the rest of -т is mostly verbs in the present.
 * Nouns that end so are in the list cue_please.
 */
static bool is_participle(const uint8_t *word, size_t len)
{
	static const struct {
		uint8_t vowel, last, before; /* before: 0xFF: any letter */
	} endings[] = {
		{LETTER_E, LETTER_N, 0xFF},      {LETTER_A, LETTER_N, 0xFF},     {LETTER_YA, LETTER_N, 0xFF},
		{LETTER_YA, LETTER_T, LETTER_N}, {LETTER_Y, LETTER_T, LETTER_R}, {LETTER_Y, LETTER_T, LETTER_M},
		{LETTER_U, LETTER_T, LETTER_N},
	};

	if (len > 5 && (word[len - 1] == CYRILLIC(LETTER_A) || word[len - 1] == CYRILLIC(LETTER_O) ||
	                word[len - 1] == CYRILLIC(LETTER_Y))) {
		len--;
	}
	for (size_t i = 0; i < sizeof endings / sizeof endings[0] && len > 4; i++) {
		if (word[len - 2] == CYRILLIC(endings[i].vowel) && word[len - 1] == CYRILLIC(endings[i].last) &&
		    (endings[i].before == 0xFF || word[len - 3] == CYRILLIC(endings[i].before))) {
			return true;
		}
	}
	return false;
}

/* -л, -ла, -ло, -ли behind a vowel or ш, with or without -ся, -сь. Nouns that end so are in the list cue_please. */
static bool is_past(const uint8_t *word, size_t len)
{
	static const uint8_t vowels[] = {LETTER_A, LETTER_E, LETTER_I, LETTER_O, LETTER_U, LETTER_Y, LETTER_YA, LETTER_SH};

	if (len > 5 && word[len - 2] == CYRILLIC(LETTER_S) &&
	    (word[len - 1] == CYRILLIC(LETTER_SOFT) || word[len - 1] == CYRILLIC(LETTER_YA))) {
		len -= 2;
	}
	if (len > 4 && (word[len - 1] == CYRILLIC(LETTER_A) || word[len - 1] == CYRILLIC(LETTER_O) ||
	                word[len - 1] == CYRILLIC(LETTER_I))) {
		len--;
	}
	for (size_t i = 0; i < sizeof vowels && len > 3 && word[len - 1] == CYRILLIC(LETTER_L); i++) {
		if (word[len - 2] == CYRILLIC(vowels[i])) {
			return true;
		}
	}
	return false;
}

static bool next_word(const uint8_t *symbols, size_t count, size_t *from, vst_span *out,
                      bool (*wanted)(const uint8_t *word, size_t len))
{
	while (*from < count) {
		size_t begin = *from, end = begin;

		while (end < count && vst_symbol_is_cyrillic(symbols[end])) {
			end++;
		}
		*from = end > begin ? end : begin + 1;
		if (end > begin && wanted(symbols + begin, end - begin)) {
			*out = (vst_span) {(uint32_t) begin, (uint32_t) end};
			return true;
		}
	}
	return false;
}

bool vst_next_imperative(const uint8_t *symbols, size_t count, size_t *from, vst_span *out)
{
	return next_word(symbols, count, from, out, is_imperative);
}

bool vst_next_participle(const uint8_t *symbols, size_t count, size_t *from, vst_span *out)
{
	return next_word(symbols, count, from, out, is_participle);
}

bool vst_next_past(const uint8_t *symbols, size_t count, size_t *from, vst_span *out)
{
	return next_word(symbols, count, from, out, is_past);
}

/* Short words before a full stop that does not end a sentence: кв, ул, д, г … */
static bool is_abbreviation(const uint8_t *symbols, size_t begin, size_t dot)
{
	static const uint8_t known[][4] = {
		{19, 11, 0xFF},     /* ул */
		{10, 2, 0xFF},      /* кв */
		{4, 0xFF},          /* д */
		{3, 0xFF},          /* г */
		{15, 0xFF},         /* п */
		{18, 0xFF},         /* т */
		{16, 0xFF},         /* р */
		{10, 0xFF},         /* к */
		{16, 19, 1, 0xFF},  /* руб */
		{18, 5, 11, 0xFF},  /* тел */
		{17, 18, 16, 0xFF}, /* стр */
		{14, 20, 0xFF},     /* оф */
		{29, 18, 0xFF},     /* эт */
		{13, 0, 1, 0xFF},   /* наб */
		{15, 5, 16, 0xFF},  /* пер */
		{15, 16, 0xFF},     /* пр */
		{24, 18, 0xFF},     /* шт */
		{12, 8, 13, 0xFF},  /* мин */
		{8, 12, 0xFF},      /* им */
		{17, 12, 0xFF},     /* см */
		{4, 14, 1, 0xFF},   /* доб */
	};

	size_t end = dot;

	while (dot > begin && is_letter(symbols[dot - 1])) {
		dot--;
	}
	if (end - dot > 3) {
		return false;
	}
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		size_t len = 0;

		while (len < 4 && known[i][len] != 0xFF && symbols[dot + len] == CYRILLIC(known[i][len])) {
			len++;
		}
		if ((len == 4 || known[i][len] == 0xFF) && !is_letter(symbols[dot + len])) {
			return true;
		}
	}
	return false;
}

/* A full stop may be an abbreviation's; a mark ends any sentence. */
enum { INSIDE, LETTER, STOP, END };

#define EIGHT(kind) kind, kind, kind, kind, kind, kind, kind, kind

static const uint8_t roles[256] = {
	INSIDE,
	EIGHT(LETTER),
	EIGHT(LETTER),
	EIGHT(LETTER),
	EIGHT(LETTER),
	EIGHT(LETTER),
	EIGHT(LETTER),
	EIGHT(LETTER),
	LETTER,
	LETTER,
	[VST_SYMBOL_DOT] = STOP,
	[VST_SYMBOL_BREAK] = END,
	[VST_SYMBOL_EXCLAMATION] = END,
};

static bool ends_sentence(const uint8_t *symbols, size_t count, size_t begin, size_t at)
{
	return roles[symbols[at]] == END ||
	       ((at + 1 >= count || symbols[at + 1] == VST_SYMBOL_SPACE) && !is_abbreviation(symbols, begin, at));
}

bool vst_next_sentence(const uint8_t *symbols, size_t count, size_t *from, vst_span *out, size_t *words)
{
	size_t begin = *from, at = begin, letters = 0, long_words = 0;

	if (begin >= count) {
		return false;
	}
	for (; at < count; at++) {
		uint8_t role = roles[symbols[at]];

		if (role >= STOP && ends_sentence(symbols, count, begin, at)) {
			break;
		}
		letters = (letters + 1) * (role == LETTER); /* no branch: words end anywhere */
		long_words += letters == 3;
	}
	*out = (vst_span) {(uint32_t) begin, (uint32_t) at};
	*words = long_words;
	*from = at + 1;
	return true;
}
