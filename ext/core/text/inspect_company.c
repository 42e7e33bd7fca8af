/*
 * Words that mean something only in company: "broke" and "nose" are nobody's business, "broke", "nose" and "to the
 * neighbour" in one sentence are. Their lists are hidden; what they make together is a match of a list that is not.
 */
#include "inspect_company.h"

#define BIT(list) (UINT64_C(1) << (list))
#define TOGETHER_MAX 3

/* The first list is the one around which the others are looked for. */
static const struct company {
	unsigned result, count, lists[TOGETHER_MAX], words_between;
} companies[] = {
	{VST_LIST_VIOLENCE, 2, {VST_LIST_VIOLENCE_DEED, VST_LIST_VIOLENCE_VICTIM}, 1},
	{VST_LIST_VIOLENCE, 3, {VST_LIST_VIOLENCE_BLOW, VST_LIST_VIOLENCE_BODY, VST_LIST_VIOLENCE_WHOM}, 2},
	{VST_LIST_VIOLENCE, 3, {VST_LIST_VIOLENCE_DEED, VST_LIST_VIOLENCE_PRONOUN, VST_LIST_VIOLENCE_MEANS}, 3},
};

#define COMPANIES (sizeof companies / sizeof companies[0])

uint64_t vst_company_lists(uint64_t wanted)
{
	uint64_t lists = 0;

	for (size_t i = 0; i < COMPANIES; i++) {
		for (unsigned j = 0; j < companies[i].count && (wanted & BIT(companies[i].result)) != 0; j++) {
			lists |= BIT(companies[i].lists[j]);
		}
	}
	return lists;
}

static size_t end_of(const vst_match *match)
{
	return (size_t) match->position + match->length;
}

/* Whether two matches stand in one clause with few words between them. */
static bool is_near(const uint8_t *symbols, const vst_match *a, const vst_match *b, unsigned words_between)
{
	const vst_match *first = a->position <= b->position ? a : b, *second = first == a ? b : a;
	unsigned words = 0;
	bool in_word = false;

	if (end_of(first) > second->position) {
		return false;
	}
	for (size_t at = end_of(first); at < second->position && words <= words_between; at++) {
		uint8_t symbol = symbols[at];

		if (symbol == VST_SYMBOL_BREAK || symbol == VST_SYMBOL_OTHER ||
		    ((symbol == VST_SYMBOL_DOT || symbol == VST_SYMBOL_EXCLAMATION) && symbols[at + 1] == VST_SYMBOL_SPACE)) {
			return false;
		}
		words += vst_symbol_is_word(symbol) && !in_word;
		in_word = vst_symbol_is_word(symbol);
	}
	return words <= words_between;
}

static const vst_match *companion(const uint8_t *symbols, vst_matches found, const vst_match *of, unsigned list,
                                  unsigned words_between)
{
	for (size_t i = 0; i < found.count; i++) {
		if (found.items[i].list == list && is_near(symbols, of, &found.items[i], words_between)) {
			return found.items + i;
		}
	}
	return NULL;
}

static bool is_taken(vst_matches found, const vst_match *candidate)
{
	for (size_t i = 0; i < found.count; i++) {
		if (found.items[i].list == candidate->list && found.items[i].position < end_of(candidate) &&
		    candidate->position < end_of(&found.items[i])) {
			return true;
		}
	}
	return false;
}

bool vst_company_of(const uint8_t *symbols, vst_matches found, size_t number, vst_match *out)
{
	const vst_match *first = &found.items[number];

	for (size_t i = 0; i < COMPANIES; i++) {
		const struct company *company = &companies[i];
		size_t begin = first->position, end = end_of(first);
		unsigned with = 1;

		while (company->lists[0] == first->list && with < company->count) {
			const vst_match *other = companion(symbols, found, first, company->lists[with], company->words_between);

			if (other == NULL) {
				break;
			}
			begin = other->position < begin ? other->position : begin;
			end = end_of(other) > end ? end_of(other) : end;
			with++;
		}
		*out = (vst_match) {company->result, (uint32_t) begin, (uint32_t) (end - begin), VST_STR_EMPTY};
		if (with == company->count && !is_taken(found, out)) {
			return true;
		}
	}
	return false;
}
