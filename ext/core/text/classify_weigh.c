#include "classify_weigh.h"

#include "normalize.h"

/* The lowest 20 bits of a hash, and its weight in hundredths in 12 bits. */
#define WEIGHT(bits, weight) ((uint32_t) (bits) << 12 | ((weight) + WEIGHT_ZERO))

enum { WEIGHT_ZERO = 1 << 11 };

#include "classify_weights.inc"

enum { STEM = 5, PREFIX_MIN = 3, PREFIX_MAX = 6, SUFFIX_MIN = 2, SUFFIX_MAX = 4 };

/* FNV-1a over a letter for the kind of feature and its symbols. */
#define MIX(hash, byte) (((hash) ^ (byte)) * UINT32_C(16777619))
#define BEGIN(kind) MIX(UINT32_C(2166136261), kind)

typedef struct counted {
	int sum, features;
} counted;

/*
 * One look and no branch: the feature of a hash can only stand at one place, which a number for the highest bits of
 * the hash was chosen to make its own.
 */
static inline void count_feature(counted *to, uint32_t hash)
{
	uint32_t at = weights[((hash ^ moves[hash >> 20]) * UINT32_C(0x1E3779B1)) >> PLACE_SHIFT];

	to->features++;
	to->sum += ((int) (at & 0xFFF) - WEIGHT_ZERO) & -(int) (at >> 12 == (hash & 0xFFFFF));
}

/* Tokens are words of one alphabet, numbers, and marks that tell something. */
enum { NO_TOKEN, CYRILLIC_WORD, LATIN_WORD, NUMBER, MARK };

#define EIGHT(kind) kind, kind, kind, kind, kind, kind, kind, kind

static const uint8_t kinds[256] = {
	NO_TOKEN,
	EIGHT(CYRILLIC_WORD),
	EIGHT(CYRILLIC_WORD),
	EIGHT(CYRILLIC_WORD),
	EIGHT(CYRILLIC_WORD),
	EIGHT(LATIN_WORD),
	EIGHT(LATIN_WORD),
	EIGHT(LATIN_WORD),
	LATIN_WORD,
	LATIN_WORD,
	EIGHT(NUMBER),
	NUMBER,
	NUMBER,
	[VST_SYMBOL_PERCENT] = MARK,
	[VST_SYMBOL_NUMERO] = MARK,
	[VST_SYMBOL_RUBLE] = MARK,
	[VST_SYMBOL_PLUS] = MARK,
	[VST_SYMBOL_BREAK] = MARK,
	[VST_SYMBOL_EXCLAMATION] = MARK,
	[VST_SYMBOL_SLASH] = MARK,
};

typedef struct token {
	const uint8_t *symbols;
	uint32_t position, len;
	unsigned kind;
} token;

static bool next_token(const uint8_t *symbols, size_t count, size_t *from, token *out)
{
	size_t begin = *from, end;
	unsigned kind = NO_TOKEN;

	while (begin < count && (kind = kinds[symbols[begin]]) == NO_TOKEN) {
		begin++;
	}
	if (begin >= count) {
		return false;
	}
	end = begin + 1;
	while (kind != MARK && end < count && kinds[symbols[end]] == kind) {
		end++;
	}
	*out = (token) {symbols + begin, (uint32_t) begin, (uint32_t) (end - begin), kind};
	*from = end;
	return true;
}

/* Numbers count by their length only. */
static uint32_t mix_stem(uint32_t hash, const token *of)
{
	for (uint32_t i = 0; i < of->len && i < STEM; i++) {
		hash = MIX(hash, of->kind == NUMBER ? VST_SYMBOL_DIGIT + 9 : of->symbols[i]);
	}
	return hash;
}

static counted count_word(const token *word)
{
	const uint8_t *end = word->symbols + word->len;
	uint32_t whole = BEGIN('W'), prefix = BEGIN('P');
	counted out = {0, 0};

	for (uint32_t i = 0; i < word->len && i < PREFIX_MAX; i++) {
		whole = MIX(whole, word->symbols[i]);
		prefix = MIX(prefix, word->symbols[i]);
		if (i + 1 >= PREFIX_MIN && i + 1 < word->len) {
			count_feature(&out, prefix);
		}
	}
	for (uint32_t i = PREFIX_MAX; i < word->len; i++) {
		whole = MIX(whole, word->symbols[i]);
	}
	count_feature(&out, whole);
	for (uint32_t suffix = SUFFIX_MIN; suffix <= SUFFIX_MAX && suffix + 1 < word->len; suffix++) {
		uint32_t hash = BEGIN('S');

		for (uint32_t i = suffix; i > 0; i--) {
			hash = MIX(hash, end[-(int) i]);
		}
		count_feature(&out, hash);
	}
	return out;
}

static counted count_token(const token *of)
{
	counted out = {0, 0};

	if (of->kind == CYRILLIC_WORD || of->kind == LATIN_WORD) {
		return count_word(of);
	}
	count_feature(&out, mix_stem(BEGIN('W'), of));
	return out;
}

static void add(counted *to, counted more)
{
	to->sum += more.sum;
	to->features += more.features;
}

static uint32_t first_of(const token *of)
{
	return mix_stem(BEGIN('F'), of);
}

static int root(uint32_t number)
{
	uint32_t root = 0;

	for (uint32_t bit = UINT32_C(1) << 15; bit > 0; bit >>= 1) {
		if ((root | bit) * (root | bit) <= number) {
			root |= bit;
		}
	}
	return (int) root;
}

/* By the root of 256 times the number, since a whole root is too coarse for a short text. */
static int leaning_of(counted all)
{
	return all.features > 0 ? WEIGHT_OF_ALL + all.sum * 16 / root((uint32_t) all.features * 256) : 0;
}

/* What is counted so far of a text. */
typedef struct state {
	counted all, sentence;
	uint32_t pair; /* the hash of a pair, of which the last token was the first */
	int most;
	vst_span heaviest;
} state;

static void take(state *to, const token *next)
{
	counted own = count_token(next), pair = {0, 0};

	count_feature(&pair, to->all.features > 0 ? mix_stem(to->pair, next) : first_of(next));
	add(&to->sentence, own);
	if (to->sentence.features == own.features) {
		count_feature(&to->sentence, first_of(next));
	} else {
		add(&to->sentence, pair);
	}
	add(&own, pair);
	add(&to->all, own);
	if (own.sum > to->most) {
		to->most = own.sum;
		to->heaviest = (vst_span) {next->position, next->position + next->len};
	}
	to->pair = MIX(mix_stem(BEGIN('B'), next), 0xFF);
}

int vst_text_leaning(const uint8_t *symbols, size_t count, int allowed, vst_span *heaviest)
{
	state now = {.most = 0};
	int most = INT32_MIN;
	size_t from = 0, words;
	vst_span sentence;
	token next;

	while (vst_next_sentence(symbols, count, &from, &sentence, &words)) {
		size_t at = sentence.begin;

		now.sentence = (counted) {0, 0};
		while (next_token(symbols, sentence.end, &at, &next)) {
			take(&now, &next);
		}
		if (words > 2 && sentence.end - sentence.begin < count) {
			int own = leaning_of(now.sentence) - allowed;

			most = own > most ? own : most;
		}
		at = sentence.end; /* the mark that ends it */
		while (next_token(symbols, from < count ? from : count, &at, &next)) {
			take(&now, &next);
		}
	}
	*heaviest = now.heaviest;
	return leaning_of(now.all) > most ? leaning_of(now.all) : most;
}
