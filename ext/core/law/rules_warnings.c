#include "content.h"
#include "text_search.h"

/* R22: what is advertised only with a warning, the creditor or terms: articles 9, 24, 25, 28, 28.1 of 38-FZ. */

#define FULL_COST_SINCE INT64_C(1740776400)  /* 2025-03-01 Moscow time: 479-FZ */
#define BANKRUPTCY_SINCE INT64_C(1767214800) /* 2026-01-01 Moscow time */

static bool has(vst_gate *gate, uint64_t lists)
{
	return vst_content_has(gate, lists, 0, 0);
}

/* The settings' own wording, when there is one, instead of the shipped. */
static bool is_warned(vst_gate *gate, vst_regulated kind, bool shipped)
{
	if (gate->settings->rules.warnings[kind].count == 0) {
		return shipped;
	}
	return vst_content_has(gate, 0, UINT64_C(1) << (VST_OWN_WARNING + kind), 0);
}

static void find(vst_gate *gate, vst_finding_id id, uint64_t list)
{
	vst_quotes quotes = vst_content_quotes(gate, list, 0, 0);
	vst_gate_word words[] = {{"words", quotes.shown, quotes.shown}};

	vst_gate_find(gate, id, 0, words, 1);
}

static void check_medicine(vst_gate *gate)
{
	bool shipped = has(gate, VST_LIST_BIT(WARNING_MEDICINE)) && has(gate, VST_LIST_BIT(WARNING_CONSULT));

	if (!is_warned(gate, VST_REGULATED_MEDICINE, shipped)) {
		find(gate, VST_F_WARNING_MEDICINE, VST_LIST_BIT(MEDICINE));
	}
}

static void check_supplement(vst_gate *gate)
{
	if (!is_warned(gate, VST_REGULATED_SUPPLEMENT, has(gate, VST_LIST_BIT(WARNING_SUPPLEMENT)))) {
		find(gate, VST_F_WARNING_SUPPLEMENT, VST_LIST_BIT(SUPPLEMENT));
	}
}

static void check_infant_formula(vst_gate *gate)
{
	bool shipped = has(gate, VST_LIST_BIT(WARNING_AGE)) && has(gate, VST_LIST_BIT(WARNING_CONSULT));

	if (!is_warned(gate, VST_REGULATED_INFANT_FORMULA, shipped)) {
		find(gate, VST_F_WARNING_INFANT_FORMULA, VST_LIST_BIT(INFANT_FORMULA));
	}
}

/* Quotes in a name ("ООО «Ромашка»") are often left out or other ones. */
static bool names(vst_str text, vst_str name)
{
	return name.len > 0 && vst_search_text(text, name);
}

static bool names_provider(vst_gate *gate)
{
	const vst_gate_facts *facts = gate->facts;

	return has(gate, VST_LIST_BIT(CUE_CREDITOR)) || names(facts->text, facts->entity.name) ||
	       names(facts->text, facts->entity.brand);
}

/* Deposits and investments are financial services too (art. 28, part 1). */
static void check_investment(vst_gate *gate)
{
	if (!names_provider(gate)) {
		find(gate, VST_F_FINANCE_UNNAMED, VST_LIST_BIT(INVESTMENT));
	}
}

static void check_credit(vst_gate *gate)
{
	const vst_gate_facts *facts = gate->facts;
	bool terms = has(gate, VST_LIST_BIT(CUE_FULL_COST)) && has(gate, VST_LIST_BIT(WARNING_CREDIT));

	if (!names_provider(gate)) {
		find(gate, VST_F_CREDITOR_UNNAMED, VST_LIST_BIT(CREDIT));
	}
	if (facts->now >= FULL_COST_SINCE && has(gate, VST_LIST_BIT(CUE_CREDIT_COST)) &&
	    !is_warned(gate, VST_REGULATED_CREDIT, terms)) {
		find(gate, VST_F_CREDIT_TERMS, VST_LIST_BIT(CUE_CREDIT_COST));
	}
}

static void check_bankruptcy(vst_gate *gate)
{
	if (gate->facts->now < BANKRUPTCY_SINCE) {
		return;
	}
	if (!is_warned(gate, VST_REGULATED_BANKRUPTCY, has(gate, VST_LIST_BIT(WARNING_BANKRUPTCY)))) {
		find(gate, VST_F_WARNING_BANKRUPTCY, VST_LIST_BIT(BANKRUPTCY));
	}
	if (has(gate, VST_LIST_BIT(PROMISE_RELIEF))) {
		find(gate, VST_F_RELIEF_PROMISED, VST_LIST_BIT(PROMISE_RELIEF));
	}
}

/* The term, and where to read who holds it, the rules and the prizes. */
static void check_contest(vst_gate *gate)
{
	size_t begin, end;
	bool source = has(gate, VST_LIST_BIT(CUE_TERMS)) || vst_next_link(gate->facts->text, 0, &begin, &end);

	if (!is_warned(gate, VST_REGULATED_CONTEST, source && has(gate, VST_LIST_BIT(CUE_PERIOD)))) {
		find(gate, VST_F_CONTEST_TERMS, VST_LIST_BIT(CONTEST));
	}
}

void vst_rule_warnings(vst_gate *gate)
{
	static const struct {
		uint64_t list;
		void (*check)(vst_gate *gate);
	} kinds[] = {
		{VST_LIST_BIT(MEDICINE), check_medicine},
		{VST_LIST_BIT(SUPPLEMENT), check_supplement},
		{VST_LIST_BIT(INFANT_FORMULA), check_infant_formula},
		{VST_LIST_BIT(CREDIT), check_credit},
		{VST_LIST_BIT(INVESTMENT), check_investment},
		{VST_LIST_BIT(BANKRUPTCY), check_bankruptcy},
		{VST_LIST_BIT(CONTEST), check_contest},
	};

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		if (has(gate, kinds[i].list)) {
			kinds[i].check(gate);
		}
	}
	if (has(gate, VST_LIST_BIT(MEDICINE) | VST_LIST_BIT(SUPPLEMENT)) && has(gate, VST_LIST_BIT(PROMISE_CURE))) {
		find(gate, VST_F_CURE_PROMISED, VST_LIST_BIT(PROMISE_CURE));
	}
}
