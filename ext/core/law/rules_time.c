#include "rule.h"

static vst_gate_word clock_word(const vst_gate *gate, const char *name, int minute)
{
	vst_str text = vst_arena_format(gate->arena, "%02d:%02d", minute / 60, minute % 60);

	return (vst_gate_word) {name, text, text};
}

/* The finding of a window: hours, whether the zone is known, and when the message leaves. */
static void find_window(vst_gate *gate, vst_finding_id id, const vst_window *window, int64_t until)
{
	vst_gate_word words[] = {
		clock_word(gate, "from", window->from),
		clock_word(gate, "to", window->to),
		vst_gate_when(gate, "when", until),
		{"zone", VST_STR_EMPTY, VST_STR_EMPTY},
	};

	if (!gate->facts->zones_known) {
		words[3].ru = VST_STR(" (его часовой пояс неизвестен, поэтому — во всех поясах страны)");
		words[3].en = VST_STR(" (the zone is unknown, so in every zone of the country)");
	}
	vst_gate_find(gate, id, until, words, sizeof words / sizeof words[0]);
}

/* What would leave in the last guard_s seconds of the window might arrive after it, so it waits for the next one. */
int64_t vst_rule_window_next(const vst_gate *gate, int64_t at)
{
	const vst_gate_facts *facts = gate->facts;
	const vst_window *window = vst_law_window(gate->settings, VST_ADVERTISING);
	int64_t first = at;

	if (window == NULL) {
		return at;
	}
	for (;;) {
		int64_t opens, closes;

		(void) vst_window_open(window, facts->zones, facts->zone_count, first, &opens);
		if (opens == INT64_MIN) {
			return INT64_MIN;
		}
		closes = vst_window_closes(window, facts->zones, facts->zone_count, opens);
		if (closes == INT64_MAX || opens < closes - gate->settings->rules.guard_s) {
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
	const vst_window *window = vst_law_window(gate->settings, VST_ADVERTISING);

	if (until == INT64_MIN) {
		vst_gate_find(gate, VST_F_WINDOW_NEVER, 0, NULL, 0);
		return;
	}
	if (vst_window_open(window, facts->zones, facts->zone_count, vst_gate_from(gate), NULL) &&
	    vst_rule_window_next(gate, vst_gate_from(gate)) == until) {
		vst_gate_word words[] = {
			vst_gate_number(gate, "minutes", (gate->settings->rules.guard_s + 59) / 60),
			vst_gate_when(gate, "when", until),
		};

		vst_gate_find(gate, VST_F_WINDOW_CLOSING, until, words, 2);
		return;
	}
	find_window(gate, VST_F_WINDOW_CLOSED, window, until);
}

int64_t vst_rule_service_window_next(const vst_gate *gate, int64_t at)
{
	const vst_window *window = vst_law_window(gate->settings, VST_SERVICE);
	int64_t opens = at;

	if (window != NULL) {
		(void) vst_window_open(window, gate->facts->zones, gate->facts->zone_count, at, &opens);
	}
	return opens;
}

void vst_rule_service_window_deferred(vst_gate *gate, int64_t until)
{
	if (until == INT64_MIN) {
		vst_gate_find(gate, VST_F_SERVICE_WINDOW_NEVER, 0, NULL, 0);
	} else {
		find_window(gate, VST_F_SERVICE_WINDOW_CLOSED, vst_law_window(gate->settings, VST_SERVICE), until);
	}
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
	const vst_window *window = vst_law_window(gate->settings, VST_ADVERTISING);
	int64_t closes = window == NULL ? INT64_MAX : vst_window_closes(window, facts->zones, facts->zone_count, due);

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
