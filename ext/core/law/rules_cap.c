/* R15: how much advertising a person gets in any span of so many days. */
#include "rule.h"

/* What counts while an instant is looked for: what this message may outbid does not stand in its way. */
static vst_cap_view view_of(const vst_gate *gate)
{
	const vst_gate_facts *facts = gate->facts;
	const vst_person *person = facts->person;
	vst_cap_view view = {.own_seq = facts->own_seq, .least_priority = facts->priority};

	if (person != NULL) {
		view.charges = person->charges;
		view.count = person->charge_count;
	}
	if (facts->outbid) {
		view.least_priority = 0;
	} else if (facts->at_dispatch) {
		view.least_priority = VST_PRIORITY_MAX + 1;
	}
	return view;
}

/* A row that holds no more charges cannot promise another slot. */
static bool is_full(const vst_gate *gate)
{
	const vst_gate_facts *facts = gate->facts;

	return gate->settings->cap_count > 0 && facts->own_seq == 0 && facts->person != NULL &&
	       facts->person->charge_count == VST_CHARGES_MAX;
}

int64_t vst_rule_cap_next(const vst_gate *gate, int64_t at)
{
	vst_cap_view view = view_of(gate);

	return is_full(gate) ? INT64_MIN : vst_cap_next(gate->settings, &view, at);
}

void vst_rule_outbid(vst_gate *gate, int64_t due)
{
	vst_cap_view view = view_of(gate);

	if (gate->out->category == VST_ADVERTISING && !gate->facts->at_dispatch) {
		gate->out->outbid_count = vst_cap_losers(gate->settings, &view, due, gate->out->outbids);
	}
}

int64_t vst_rule_cap_until(const vst_gate *gate, int64_t due)
{
	vst_cap_view view = view_of(gate);

	if (!gate->facts->at_dispatch) {
		view.least_priority = 0;
		view.without = gate->out->outbids;
		view.without_count = gate->out->outbid_count;
	}
	return vst_cap_until(gate->settings, &view, due);
}

static void add_caps(vst_gate *gate, vst_gate_word *word)
{
	*word = (vst_gate_word) {"caps", VST_STR_EMPTY, VST_STR_EMPTY};
	for (size_t i = 0; i < gate->settings->cap_count; i++) {
		const vst_cap *cap = &gate->settings->caps[i];
		int days = (int) (cap->seconds / 86400);

		word->ru = vst_arena_format(gate->arena, "%.*s%s%d за %d дн.", VST_STR_ARGS(word->ru), i > 0 ? ", " : "",
		                            cap->count, days);
		word->en = vst_arena_format(gate->arena, "%.*s%s%d in %d days", VST_STR_ARGS(word->en), i > 0 ? ", " : "",
		                            cap->count, days);
	}
}

void vst_rule_cap_deferred(vst_gate *gate, int64_t until)
{
	vst_gate_word words[2];

	if (until == INT64_MIN) {
		words[0] = vst_gate_number(gate, "count", VST_CHARGES_MAX);
		vst_gate_find(gate, VST_F_CAP_FULL, 0, words, 1);
		return;
	}
	add_caps(gate, &words[0]);
	words[1] = vst_gate_when(gate, "when", until);
	vst_gate_find(gate, VST_F_CAP_REACHED, until, words, 2);
}
