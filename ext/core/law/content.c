#include "content.h"

#include "text/classify.h"
#include "text/utf8.h"

/* All that any rule of content asks for, so that one inspection serves them all. */
static uint64_t wanted_lists(void)
{
	static const uint64_t gate_only =
		VST_LIST_BIT(CUE_TERMS) | VST_LIST_BIT(CUE_CRITERION) | VST_LIST_BIT(CUE_PERIOD) | VST_LIST_BIT(CUE_PRICE) |
		VST_LIST_BIT(CUE_CREDIT_COST) | VST_LIST_BIT(CUE_FULL_COST) | VST_LIST_BIT(CUE_CREDITOR) |
		VST_LIST_BIT(WARNING_MEDICINE) | VST_LIST_BIT(WARNING_CONSULT) | VST_LIST_BIT(WARNING_SUPPLEMENT) |
		VST_LIST_BIT(WARNING_AGE) | VST_LIST_BIT(WARNING_CREDIT) | VST_LIST_BIT(WARNING_BANKRUPTCY) |
		VST_LIST_BIT(PROMISE_CURE) | VST_LIST_BIT(PROMISE_RELIEF);

	return (vst_lexicon_shown() & ~VST_LIST_BIT(MIXED)) | vst_classify_lists() | gate_only;
}

static uint64_t lists_of(const vst_matches *matches)
{
	uint64_t lists = 0;

	for (size_t i = 0; i < matches->count; i++) {
		lists |= UINT64_C(1) << matches->items[i].list;
	}
	return lists;
}

const vst_gate_content *vst_gate_content_of(vst_gate *gate)
{
	vst_gate_content *content = &gate->content;
	const vst_lexicon *words = gate->settings->words;
	vst_inspection inspection = vst_inspection_builtin(wanted_lists());

	if (content->inspected) {
		return content;
	}
	content->inspected = true;
	/* out of memory: the arena remembers, and the decision fails as a whole */
	if (vst_text_inspect(gate->facts->text, &inspection, gate->arena, &content->found, NULL) != VST_OK) {
		content->found = (vst_matches) {NULL, 0};
	}
	if (words != NULL) {
		inspection = vst_inspection_own(words);
		if (vst_text_inspect(gate->facts->text, &inspection, gate->arena, &content->own, NULL) != VST_OK) {
			content->own = (vst_matches) {NULL, 0};
		}
	}
	content->lists = lists_of(&content->found);
	content->own_lists = lists_of(&content->own);
	return content;
}

vst_content_walk vst_content_of(vst_gate *gate, uint64_t lists, uint64_t own, uint64_t excepted)
{
	const vst_gate_content *content = vst_gate_content_of(gate);

	return (vst_content_walk) {
		content, lists & content->lists, own & content->own_lists, excepted & content->own_lists, 0, 0,
	};
}

static const vst_match *next_in(const vst_matches *matches, uint64_t lists, size_t *at)
{
	while (*at < matches->count && !(lists & UINT64_C(1) << matches->items[*at].list)) {
		++*at;
	}
	return *at < matches->count ? &matches->items[*at] : NULL;
}

static bool is_excepted(const vst_content_walk *walk, const vst_match *match)
{
	const vst_matches *own = &walk->content->own;
	size_t at = 0;

	for (const vst_match *e; walk->excepted != 0 && (e = next_in(own, walk->excepted, &at)) != NULL; at++) {
		if (e->position <= match->position && e->position + e->length >= match->position + match->length) {
			return true;
		}
	}
	return false;
}

const vst_match *vst_content_next(vst_content_walk *walk)
{
	while ((walk->lists | walk->own) != 0) {
		const vst_match *found = next_in(&walk->content->found, walk->lists, &walk->at);
		const vst_match *own = next_in(&walk->content->own, walk->own, &walk->own_at);
		const vst_match *first = own == NULL || (found != NULL && found->position <= own->position) ? found : own;

		if (first == NULL) {
			return NULL;
		}
		*(first == found ? &walk->at : &walk->own_at) += 1;
		if (!is_excepted(walk, first)) {
			return first;
		}
	}
	return NULL;
}

bool vst_content_has(vst_gate *gate, uint64_t lists, uint64_t own, uint64_t excepted)
{
	vst_content_walk walk = vst_content_of(gate, lists, own, excepted);

	return vst_content_next(&walk) != NULL;
}

#define QUOTES_SHOWN 4
#define QUOTE_BYTES 60

void vst_quote(vst_gate *gate, vst_quotes *quotes, vst_str word)
{
	size_t end = 0, next = 0;

	while (next < word.len && next <= QUOTE_BYTES) {
		(void) vst_utf8_next(word, &next);
		end = next <= QUOTE_BYTES ? next : end;
	}
	if (quotes->count++ < QUOTES_SHOWN) {
		quotes->shown = vst_arena_format(gate->arena, "%.*s%s«%.*s%s»", VST_STR_ARGS(quotes->shown),
		                                 quotes->count > 1 ? ", " : "", (int) end, word.ptr, end < word.len ? "…" : "");
	} else if (quotes->count == QUOTES_SHOWN + 1) {
		quotes->shown = vst_arena_format(gate->arena, "%.*s …", VST_STR_ARGS(quotes->shown));
	}
}

vst_quotes vst_content_quotes(vst_gate *gate, uint64_t lists, uint64_t own, uint64_t excepted)
{
	vst_content_walk walk = vst_content_of(gate, lists, own, excepted);
	vst_quotes quotes = {VST_STR_EMPTY, 0};
	uint32_t end = 0;

	for (const vst_match *match; (match = vst_content_next(&walk)) != NULL;) {
		if (quotes.count == 0 || match->position >= end) { /* of those that overlap only the first */
			vst_quote(gate, &quotes, match->text);
			end = match->position + match->length;
		}
	}
	return quotes;
}
