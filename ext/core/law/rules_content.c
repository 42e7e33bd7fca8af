#include "content.h"
#include "text/classify.h"
#include "text/classify_text.h"

/* ---- R02: what the text is, whatever it was declared ---- */

/* Whether the text ends with a minus that begins a word; its length. */
static size_t ends_with_minus(vst_str text)
{
	static const vst_str marks[] = {VST_STR("-"), VST_STR("−"), VST_STR("–"), VST_STR("—")};

	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
		size_t len = marks[i].len;

		if (text.len >= len && memcmp(text.ptr + text.len - len, marks[i].ptr, len) == 0) {
			char before = text.len > len ? text.ptr[text.len - len - 1] : ' ';

			return before == ' ' || before == '\n' || before == '(' ? len : 0;
		}
	}
	return 0;
}

/* "−10 %": a minus right before a number, and a percent sign behind it. */
static bool next_percent_off(vst_str text, size_t *at, vst_str *found)
{
	const char *sign;

	while ((sign = memchr(text.ptr + *at, '%', text.len - *at)) != NULL) {
		size_t end = (size_t) (sign - text.ptr), begin = end, digits, minus;

		*at = end + 1;
		if (begin > 0 && text.ptr[begin - 1] == ' ') {
			begin--;
		} else if (begin > 1 && memcmp(text.ptr + begin - 2, "\xC2\xA0", 2) == 0) {
			begin -= 2;
		}
		for (digits = begin; begin > 0 && text.ptr[begin - 1] >= '0' && text.ptr[begin - 1] <= '9'; begin--) {}
		minus = digits > begin ? ends_with_minus((vst_str) {text.ptr, begin}) : 0;
		if (minus > 0) {
			*found = (vst_str) {text.ptr + begin - minus, end + 1 - begin + minus};
			return true;
		}
	}
	return false;
}

/* The words that make it an advertisement: "«промокод» (промокод или купон)" in both languages. */
typedef struct evidence {
	vst_str ru, en;
	size_t count;
} evidence;

#define EVIDENCE_SHOWN 4

static void add(vst_gate *gate, evidence *e, vst_str word, const char *why_ru, const char *why_en)
{
	const char *comma = e->count > 0 ? ", " : "";
	vst_quotes quote = {VST_STR_EMPTY, 0};

	if (e->count++ >= EVIDENCE_SHOWN) {
		return;
	}
	vst_quote(gate, &quote, word);
	e->ru =
		vst_arena_format(gate->arena, "%.*s%s%.*s (%s)", VST_STR_ARGS(e->ru), comma, VST_STR_ARGS(quote.shown), why_ru);
	e->en =
		vst_arena_format(gate->arena, "%.*s%s%.*s (%s)", VST_STR_ARGS(e->en), comma, VST_STR_ARGS(quote.shown), why_en);
}

static bool overlaps(vst_str a, vst_str b)
{
	return a.ptr < b.ptr + b.len && b.ptr < a.ptr + a.len;
}

/* The shop's exceptions, where all that a reason names is covered by one. */
static bool is_excepted(vst_gate *gate, vst_str match)
{
	vst_content_walk walk = vst_content_of(gate, 0, VST_OWN_BIT(NOT_PROMOTION), 0);

	for (const vst_match *e; (e = vst_content_next(&walk)) != NULL;) {
		if (e->text.ptr <= match.ptr && e->text.ptr + e->text.len >= match.ptr + match.len) {
			return true;
		}
	}
	return false;
}

static evidence gather(vst_gate *gate, const vst_classification *judged)
{
	evidence e = {VST_STR_EMPTY, VST_STR_EMPTY, 0};
	vst_content_walk own = vst_content_of(gate, 0, VST_OWN_BIT(PROMOTION), VST_OWN_BIT(NOT_PROMOTION));
	vst_str percent, text = gate->facts->text;
	size_t at = 0;

	for (size_t i = 0; judged->category == VST_ADVERTISING && i < judged->count; i++) {
		const vst_reason *reason = &judged->reasons[i];

		if (reason->length > 0 && !reason->weighed && !is_excepted(gate, reason->match)) {
			add(gate, &e, reason->match, reason->why_ru, reason->why_en);
		}
	}
	while (next_percent_off(text, &at, &percent)) {
		bool known = is_excepted(gate, percent);

		for (size_t i = 0; judged->category == VST_ADVERTISING && i < judged->count; i++) {
			known = known || overlaps(judged->reasons[i].match, percent);
		}
		if (!known) {
			add(gate, &e, percent, "процент скидки", "a percentage off");
		}
	}
	for (const vst_match *match; (match = vst_content_next(&own)) != NULL;) {
		add(gate, &e, match->text, "слово из настроек R02", "a word of the settings of R02");
	}
	return e;
}

/*
 * Whether the text is unclear as a whole: nothing promotional, but nothing of an order or a code either. What the person
 * asked for ("back in stock") is clear by that; a text of blanks or a template that cannot be rendered is R28's matter.
 */
static bool is_unclear(const vst_gate *gate, const vst_classification *judged)
{
	const vst_gate_facts *facts = gate->facts;
	bool visible = false;

	for (size_t i = 0; i < facts->text.len && !visible; i++) {
		visible = (unsigned char) facts->text.ptr[i] > ' ';
	}
	return judged->category == VST_ADVERTISING && judged->count > 0 &&
	       (judged->reasons[0].length == 0 || judged->reasons[0].weighed) && visible &&
	       facts->template_fault.kind == VST_TEMPLATE_OK && !vst_str_is(facts->basis, "request") &&
	       !vst_str_is(facts->basis, "service_consent");
}

static bool has_price(const uint8_t *symbols, vst_span sentence)
{
	for (uint32_t i = sentence.begin; i < sentence.end; i++) {
		if (vst_symbol_is_digit(symbols[i])) {
			uint32_t next = i + 1 < sentence.end && symbols[i + 1] == VST_SYMBOL_SPACE ? i + 2 : i + 1;

			if (next < sentence.end && symbols[next] == VST_SYMBOL_RUBLE) {
				return true;
			}
		}
	}
	return false;
}

static bool says_order(vst_gate *gate, vst_span sentence)
{
	vst_content_walk walk =
		vst_content_of(gate, VST_LIST_BIT(CUE_EVENT) | VST_LIST_BIT(CUE_THING) | VST_LIST_BIT(CUE_CODE), 0, 0);

	for (const vst_match *match; (match = vst_content_next(&walk)) != NULL;) {
		if (match->position < sentence.end && match->position + match->length > sentence.begin) {
			return true;
		}
	}
	return false;
}

/*
 * A sentence with a price that says nothing of an order may offer goods that are not in it; the gate does not know the
 * order's goods, so this only warns.
 */
static void check_price(vst_gate *gate)
{
	vst_str text = gate->facts->text;
	uint8_t *symbols;
	size_t count, from = 0, words;
	vst_span sentence;

	if (!vst_str_contains(text, VST_STR("₽")) || (symbols = vst_arena_alloc(gate->arena, text.len + 1)) == NULL) {
		return;
	}
	count = vst_symbols(text, symbols);
	while (vst_next_sentence(symbols, count, &from, &sentence, &words)) {
		if (words > 0 && has_price(symbols, sentence) && !says_order(gate, sentence)) {
			vst_gate_find(gate, VST_F_PRICE_BESIDE_ORDER, 0, NULL, 0);
			return;
		}
	}
}

void vst_rule_reclassify(vst_gate *gate)
{
	const vst_gate_content *content = vst_gate_content_of(gate);
	vst_category declared = gate->out->category;
	vst_quotes links = vst_foreign_order_links(gate);
	vst_classification judged;
	evidence e;

	if (vst_text_classify_matches(gate->facts->text, &content->found, declared, gate->arena, &judged, NULL) != VST_OK) {
		return; /* out of memory, which the arena tells at the end */
	}
	e = gather(gate, &judged);
	if (e.count > 0) {
		vst_gate_word words[] = {{"words", e.ru, e.en}};

		vst_gate_find(gate, VST_F_PROMOTIONAL, 0, words, 1);
	}
	if (links.count > 0) {
		vst_gate_word words[] = {{"links", links.shown, links.shown}};

		vst_gate_find(gate, VST_F_LINK_NOT_OF_ORDER, 0, words, 1);
	}
	if (e.count > 0 || links.count > 0) {
		gate->out->category = VST_ADVERTISING;
	} else if (is_unclear(gate, &judged)) {
		vst_gate_find(gate, VST_F_CATEGORY_UNCLEAR, 0, NULL, 0);
	} else if (declared == VST_SERVICE) {
		check_price(gate);
	}
}

/* ---- R20, R21, R23: words that may not stand, or only with terms ---- */

static void find_words(vst_gate *gate, vst_finding_id id, uint64_t lists, uint64_t own, uint64_t excepted)
{
	vst_quotes quotes = vst_content_quotes(gate, lists, own, excepted);
	vst_gate_word words[] = {{"words", quotes.shown, quotes.shown}};

	if (quotes.count > 0) {
		vst_gate_find(gate, id, 0, words, 1);
	}
}

void vst_rule_offensive(vst_gate *gate)
{
	uint64_t excepted = VST_OWN_BIT(NOT_OFFENSIVE);

	find_words(gate, VST_F_PROFANITY, VST_LIST_BIT(PROFANITY), 0, excepted);
	find_words(gate, VST_F_INSULT, VST_LIST_BIT(INSULT), 0, excepted);
	find_words(gate, VST_F_THREAT, VST_LIST_BIT(THREAT), 0, excepted);
	find_words(gate, VST_F_VIOLENCE, VST_LIST_BIT(VIOLENCE), 0, excepted);
	find_words(gate, VST_F_FORBIDDEN_WORD, 0, VST_OWN_BIT(OFFENSIVE), excepted);
}

static const struct {
	unsigned list;
	const char *ru, *en;
} forbidden[] = {
	{VST_LIST_TOBACCO, "табак и никотин", "tobacco and nicotine"},
	{VST_LIST_DRUGS, "наркотики", "drugs"},
	{VST_LIST_EXPLOSIVES, "взрывчатые вещества", "explosives"},
	{VST_LIST_ORGANS, "органы и ткани человека", "human organs"},
	{VST_LIST_UNCERTIFIED, "товары без обязательных документов", "goods without the documents they need"},
	{VST_LIST_ABORTION, "прерывание беременности", "abortion"},
	{VST_LIST_ALCOHOL, "алкоголь", "alcohol"},
	{VST_LIST_GAMBLING, "азартные игры и ставки", "gambling and betting"},
	{VST_LIST_WEAPONS, "оружие", "weapons"},
	{VST_LIST_VPN, "обход блокировок", "ways round blocking"},
	{VST_LIST_BANNED_RESOURCE, "запрещённый ресурс", "a banned resource"},
	{VST_LIST_PRESCRIPTION, "рецептурные лекарства", "prescription medicines"},
	{VST_LIST_WORKS, "учебные и научные работы на заказ", "academic works to order"}, /* art. 7, item 10 */
};

static void add_kind(vst_gate *gate, evidence *e, vst_quotes quotes, const char *ru, const char *en)
{
	const char *comma = e->count > 0 ? "; " : "";

	if (quotes.count > 0) {
		e->count++;
		e->ru = vst_arena_format(gate->arena, "%.*s%s%s (%.*s)", VST_STR_ARGS(e->ru), comma, ru,
		                         VST_STR_ARGS(quotes.shown));
		e->en = vst_arena_format(gate->arena, "%.*s%s%s (%.*s)", VST_STR_ARGS(e->en), comma, en,
		                         VST_STR_ARGS(quotes.shown));
	}
}

/* A tag that bears the name of a list ("alcohol") says what the text may hide. */
static void quote_tags(vst_gate *gate, unsigned list, vst_quotes *quotes)
{
	const vst_gate_facts *facts = gate->facts;

	for (size_t i = 0; i < facts->tag_count; i++) {
		if (vst_str_equal_nocase(facts->tags[i], vst_str_from(vst_lexicon_list_of(list)->name))) {
			vst_quote(gate, quotes, facts->tags[i]);
		}
	}
}

void vst_rule_forbidden(vst_gate *gate)
{
	evidence e = {VST_STR_EMPTY, VST_STR_EMPTY, 0};

	for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) {
		vst_quotes quotes = vst_content_quotes(gate, UINT64_C(1) << forbidden[i].list, 0, 0);

		quote_tags(gate, forbidden[i].list, &quotes);
		add_kind(gate, &e, quotes, forbidden[i].ru, forbidden[i].en);
	}
	add_kind(gate, &e, vst_content_quotes(gate, 0, VST_OWN_BIT(FORBIDDEN), 0), "слова из настроек R21",
	         "words of the settings of R21");
	if (e.count > 0) {
		vst_gate_word words[] = {{"kinds", e.ru, e.en}};

		vst_gate_find(gate, VST_F_FORBIDDEN_GOODS, 0, words, 1);
	}
}

void vst_rule_claims(vst_gate *gate)
{
	uint64_t excepted = VST_OWN_BIT(NOT_CLAIM);

	if (!vst_content_has(gate, VST_LIST_BIT(CUE_CRITERION), 0, 0)) {
		find_words(gate, VST_F_SUPERLATIVE, VST_LIST_BIT(SUPERLATIVE), 0, excepted);
	}
	if (!vst_content_has(gate, VST_LIST_BIT(CUE_TERMS), 0, 0)) {
		find_words(gate, VST_F_CLAIM_WITHOUT_TERMS, VST_LIST_BIT(CLAIM), VST_OWN_BIT(CLAIM), excepted);
	}
}
