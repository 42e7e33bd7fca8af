#include "classify_weigh.h"

#include "normalize.h"

typedef struct weight {
	uint32_t hash;
	int16_t weight; /* in hundredths */
} weight;

#include "classify_weights.inc"

enum { STEM = 5, PREFIX_MIN = 3, PREFIX_MAX = 6, SUFFIX_MIN = 2, SUFFIX_MAX = 4 };

/* FNV-1a over a letter for the kind of feature and its symbols. */
static uint32_t mix(uint32_t hash, uint8_t byte)
{
	return (hash ^ byte) * UINT32_C(16777619);
}

static uint32_t begin_hash(char kind)
{
	return mix(UINT32_C(2166136261), (uint8_t) kind);
}

static int weight_of(uint32_t hash)
{
	size_t low = firsts[hash >> 20], high = firsts[(hash >> 20) + 1];

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (weights[middle].hash == hash) {
			return weights[middle].weight;
		}
		if (weights[middle].hash < hash) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return 0;
}

/* Words of one alphabet, numbers, and marks that tell something. */
static bool is_mark(uint8_t symbol)
{
	switch (symbol) {
		case VST_SYMBOL_PERCENT:
		case VST_SYMBOL_NUMERO:
		case VST_SYMBOL_RUBLE:
		case VST_SYMBOL_PLUS:
		case VST_SYMBOL_BREAK:
		case VST_SYMBOL_EXCLAMATION:
		case VST_SYMBOL_SLASH: return true;
		default: return false;
	}
}

typedef bool is_of_kind(uint8_t symbol);

static is_of_kind *kind_of(uint8_t symbol)
{
	static is_of_kind *const kinds[] = {vst_symbol_is_cyrillic, vst_symbol_is_latin, vst_symbol_is_digit};

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		if (kinds[i](symbol)) {
			return kinds[i];
		}
	}
	return NULL;
}

static bool next_token(const uint8_t *symbols, size_t count, size_t *from, vst_span *out)
{
	size_t begin = *from, end;
	is_of_kind *kind;

	while (begin < count && kind_of(symbols[begin]) == NULL && !is_mark(symbols[begin])) {
		begin++;
	}
	if (begin >= count) {
		return false;
	}
	kind = kind_of(symbols[begin]);
	end = begin + 1;
	while (kind != NULL && end < count && kind(symbols[end])) {
		end++;
	}
	*out = (vst_span) {(uint32_t) begin, (uint32_t) end};
	*from = end;
	return true;
}

typedef struct counted {
	int sum, features;
} counted;

static void count_feature(counted *to, uint32_t hash)
{
	to->sum += weight_of(hash);
	to->features++;
}

/* Numbers count by their length only. */
static uint8_t shown(uint8_t symbol)
{
	return vst_symbol_is_digit(symbol) ? VST_SYMBOL_DIGIT + 9 : symbol;
}

static uint32_t mix_stem(uint32_t hash, const uint8_t *symbols, vst_span token)
{
	for (uint32_t i = token.begin; i < token.end && i < token.begin + STEM; i++) {
		hash = mix(hash, shown(symbols[i]));
	}
	return hash;
}

static void count_word(counted *to, const uint8_t *symbols, vst_span word)
{
	uint32_t whole = begin_hash('W'), prefix = begin_hash('P'), len = word.end - word.begin;

	for (uint32_t i = 0; i < len; i++) {
		whole = mix(whole, symbols[word.begin + i]);
		prefix = mix(prefix, symbols[word.begin + i]);
		if (i + 1 >= PREFIX_MIN && i + 1 <= PREFIX_MAX && i + 1 < len) {
			count_feature(to, prefix);
		}
	}
	count_feature(to, whole);
	for (uint32_t suffix = SUFFIX_MIN; suffix <= SUFFIX_MAX && suffix + 1 < len; suffix++) {
		uint32_t hash = begin_hash('S');

		for (uint32_t i = len - suffix; i < len; i++) {
			hash = mix(hash, symbols[word.begin + i]);
		}
		count_feature(to, hash);
	}
}

static void count_token(counted *to, const uint8_t *symbols, vst_span token, vst_span before)
{
	if (vst_symbol_is_cyrillic(symbols[token.begin]) || vst_symbol_is_latin(symbols[token.begin])) {
		count_word(to, symbols, token);
	} else {
		count_feature(to, mix_stem(begin_hash('W'), symbols, token));
	}
	if (before.end > 0) {
		count_feature(to, mix_stem(mix(mix_stem(begin_hash('B'), symbols, before), 0xFF), symbols, token));
	} else {
		count_feature(to, mix_stem(begin_hash('F'), symbols, token));
	}
}

static int root(int number)
{
	int root = 0;

	while ((root + 1) * (root + 1) <= number) {
		root++;
	}
	return root;
}

int vst_text_leaning(const uint8_t *symbols, size_t count, vst_span *heaviest)
{
	counted all = {0, 0};
	int most = 0;
	size_t from = 0;
	vst_span token, before = {0, 0};

	*heaviest = before;
	while (next_token(symbols, count, &from, &token)) {
		int sum = all.sum;

		count_token(&all, symbols, token, before);
		if (all.sum - sum > most) {
			most = all.sum - sum;
			*heaviest = token;
		}
		before = token;
	}
	/* By the root of 256 times the number, since a whole root is too coarse for a short text. */
	return all.features > 0 ? WEIGHT_OF_ALL + all.sum * 16 / root(all.features * 256) : 0;
}
