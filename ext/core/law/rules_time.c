#include "rule.h"

/*
 * What would leave in the last seconds of the window might arrive after it, so it waits for the next one: the guard, and
 * more where the provider cannot be told to the minute when to give up.
 */
int64_t vst_rule_window_next(const vst_gate *gate, int64_t at)
{
	const vst_gate_facts *facts = gate->facts;
	int64_t first = at;

	for (;;) {
		int64_t opens, closes;

		(void) vst_schedule_open(&gate->hours, facts->zones, facts->zone_count, first, &opens);
		if (opens == INT64_MIN) {
			return INT64_MIN;
		}
		closes = vst_schedule_closes(&gate->hours, facts->zones, facts->zone_count, opens);
		if (closes == INT64_MAX || opens < closes - vst_gate_guard(gate)) {
			return opens;
		}
		if (closes > at + 4 * 86400) {
			return INT64_MIN; /* the zones' common hours are all shorter than the guard */
		}
		first = closes;
	}
}

void vst_rule_window_deferred(vst_gate *gate, int64_t until)
{
	const vst_gate_facts *facts = gate->facts;
	vst_gate_word words[VST_HOURS_WORDS];

	if (until == INT64_MIN) {
		vst_gate_find(gate, VST_F_WINDOW_NEVER, 0, NULL, 0);
		return;
	}
	if (vst_schedule_open(&gate->hours, facts->zones, facts->zone_count, vst_gate_from(gate), NULL) &&
	    vst_rule_window_next(gate, vst_gate_from(gate)) == until) {
		words[0] = vst_gate_number(gate, "minutes", (vst_gate_guard(gate) + 59) / 60);
		words[1] = vst_gate_when(gate, "when", until);
		vst_gate_find(gate, facts->validity == VST_VALIDITY_MINUTES ? VST_F_WINDOW_CLOSING : VST_F_ROUTE_CLOSING, until,
		              words, 2);
		return;
	}
	vst_gate_hours_words(gate, &gate->hours, until, words);
	vst_gate_find(gate, VST_F_WINDOW_CLOSED, until, words, VST_HOURS_WORDS);
}

int64_t vst_rule_service_window_next(const vst_gate *gate, int64_t at)
{
	int64_t opens;

	(void) vst_schedule_open(&gate->hours, gate->facts->zones, gate->facts->zone_count, at, &opens);
	return opens;
}

void vst_rule_service_window_deferred(vst_gate *gate, int64_t until)
{
	vst_gate_word words[VST_HOURS_WORDS];

	if (until == INT64_MIN) {
		vst_gate_find(gate, VST_F_SERVICE_WINDOW_NEVER, 0, NULL, 0);
		return;
	}
	vst_gate_hours_words(gate, &gate->hours, until, words);
	vst_gate_find(gate, VST_F_SERVICE_WINDOW_CLOSED, until, words, VST_HOURS_WORDS);
}

static void find_when(vst_gate *gate, vst_finding_id id, int64_t due)
{
	vst_gate_word when = vst_gate_when(gate, "when", due);

	vst_gate_find(gate, id, 0, &when, 1);
}

/* Advertising must not be delivered in the quiet hours: its validity ends a guard before the window closes. */
static void clip_validity(vst_gate *gate, int64_t due)
{
	const vst_gate_facts *facts = gate->facts;
	int64_t closes = vst_schedule_closes(&gate->hours, facts->zones, facts->zone_count, due);

	if (closes == INT64_MAX) {
		return;
	}
	closes -= gate->settings->rules.guard_s;
	if (facts->valid_until == 0 || facts->valid_until > closes) {
		gate->out->valid_until = closes;
		if (facts->valid_until != 0 && !facts->at_dispatch) {
			vst_gate_find(gate, VST_F_VALIDITY_SHORTENED, 0, NULL, 0);
		}
	}
}

void vst_rule_validity(vst_gate *gate, int64_t due)
{
	const vst_gate_facts *facts = gate->facts;

	if (facts->valid_until != 0 && facts->valid_until <= facts->now) {
		vst_gate_find(gate, VST_F_VALIDITY_PASSED, 0, NULL, 0);
	} else if (facts->valid_until != 0 && facts->valid_until <= due) {
		find_when(gate, VST_F_VALIDITY_BEFORE_DUE, due);
	}
	if (gate->out->category != VST_ADVERTISING) {
		return;
	}
	if (facts->offer_until != 0 && facts->offer_until <= due) {
		find_when(gate, VST_F_OFFER_OVER, due);
	}
	clip_validity(gate, due);
}
