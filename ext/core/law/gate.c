#include "rule.h"
#include "text/measure.h"
#include "text/utf8.h"

/* Rules that move the due time settle after at most this many rounds; each round moves it past a cap or a window. */
#define ROUNDS_MAX 4096

#define RULES_OF_TIME_MAX 8

typedef struct time_mover {
	const vst_rule *rule;
	int64_t until;    /* last answer of its next; 0: it moved nothing */
	const char *code; /* of the finding made for that */
} time_mover;

static bool applies(const vst_gate *gate, const vst_rule *rule)
{
	unsigned look = gate->facts->at_dispatch ? VST_AT_DISPATCH : VST_AT_SUBMIT;
	int64_t now = gate->facts->now;

	if (now < rule->valid_from || (rule->valid_until != 0 && now >= rule->valid_until)) {
		return false;
	}
	return (rule->categories & VST_FOR(gate->out->category)) != 0 && (rule->looks & look) != 0;
}

static void reclassify(vst_gate *gate)
{
	for (const vst_rule *rule = vst_rules(); rule->id != NULL; rule++) {
		if (rule->reclassify != NULL && applies(gate, rule)) {
			rule->reclassify(gate);
		}
	}
}

static void rewrite(vst_gate *gate)
{
	if (gate->facts->at_dispatch || gate->facts->template_fault.kind != VST_TEMPLATE_OK) {
		return;
	}
	for (int turn = 1; turn <= VST_REWRITE_TURNS; turn++) {
		for (const vst_rule *rule = vst_rules(); rule->id != NULL; rule++) {
			if (rule->rewrite_turn == turn && applies(gate, rule)) {
				rule->rewrite(gate);
			}
		}
	}
}

static void measure(vst_decision *out)
{
	vst_measure measured;

	vst_text_measure(out->text, &measured);
	out->encoding = measured.encoding;
	out->units = measured.units;
	out->segments = measured.segments;
}

/*
 * The first instant that all rules of time allow, INT64_MIN when there is none; who moved it last goes to *last.
 * Instants only grow, so the first one that nobody moves is the earliest.
 */
static int64_t settle(const vst_gate *gate, time_mover *movers, size_t count, const time_mover **last)
{
	int64_t at = vst_gate_from(gate);
	bool moved = true;

	for (int round = 0; moved && round < ROUNDS_MAX; round++) {
		moved = false;
		for (size_t i = 0; i < count; i++) {
			int64_t next = movers[i].rule->next(gate, at);

			if (next == INT64_MIN) {
				movers[i].until = INT64_MIN;
				return INT64_MIN;
			}
			if (next > at) {
				at = movers[i].until = next;
				*last = &movers[i];
				moved = true;
			}
		}
	}
	return moved ? INT64_MIN : at;
}

static int64_t smaller(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* From a lawful instant: the first one that is no longer in time, by its hours, validity, offer and caps. */
static int64_t ends(const vst_gate *gate, int64_t due)
{
	const vst_gate_facts *facts = gate->facts;
	bool advertising = gate->out->category == VST_ADVERTISING;
	int64_t end = vst_schedule_closes(&gate->hours, facts->zones, facts->zone_count, due);

	if (advertising && end != INT64_MAX) {
		end -= vst_gate_guard(gate);
	}
	if (vst_gate_is_debt(gate)) {
		end = smaller(end, vst_schedule_closes(&gate->debt_hours, facts->zones, facts->zone_count, due));
	}
	if (facts->valid_until != 0) {
		end = smaller(end, facts->valid_until);
	}
	if (facts->offer_until != 0 && advertising) {
		end = smaller(end, facts->offer_until);
	}
	if (advertising && facts->person != NULL) {
		int64_t until = vst_rule_cap_until(gate, due);

		end = smaller(end, until == INT64_MAX ? until : until + 1);
	}
	return end;
}

/* The first of the category's preferred hours from `at` on, and where they end; INT64_MAX: none within four days. */
static int64_t preferred_from(const vst_gate *gate, int64_t at, int64_t *closes)
{
	const vst_category_window *window = &gate->settings->windows[gate->out->category];
	const vst_gate_facts *facts = gate->facts;
	int64_t first = INT64_MAX;

	for (size_t i = 0; i < window->preferred_count; i++) {
		const vst_window *hours = &window->preferred[i].window;
		int64_t opens;

		(void) vst_window_open(hours, facts->zones, facts->zone_count, at, &opens);
		if (opens != INT64_MIN && opens < first) {
			first = opens;
			*closes = vst_window_closes(hours, facts->zones, facts->zone_count, opens);
		}
	}
	return first;
}

static bool prefers(const vst_gate *gate, int64_t due)
{
	const vst_gate_facts *facts = gate->facts;
	const vst_category_window *window = &gate->settings->windows[gate->out->category];

	if (facts->at_dispatch || (facts->not_before > facts->now && facts->not_before == due)) {
		return false; /* an instant that somebody chose stays */
	}
	return window->preferred_count > 0 &&
	       (facts->campaign.len > 0 ? window->prefer_campaigns : window->prefer_triggers);
}

/* The lawful instant in preferred hours that still comes before `end`; else due itself. */
static int64_t prefer(const vst_gate *gate, const time_mover *movers, size_t count, int64_t due, int64_t end,
                      int64_t *closes)
{
	int64_t at = due, next = due;

	while (next < end) {
		at = preferred_from(gate, next, closes);
		next = at;
		for (size_t i = 0; i < count && next == at && at < end; i++) {
			next = movers[i].rule->next(gate, at);
			next = next == INT64_MIN ? INT64_MAX : next;
		}
		if (next == at) {
			break;
		}
	}
	return next < end ? next : due;
}

/*
 * Deferred messages of one opening leave over spread_s seconds, none of them later than it still arrives in time and
 * its caps allow. Only an opening is spread, not an instant that the caller named, nor a cap's or a rate's, which is
 * each message's own.
 */
static int64_t spread(const vst_gate *gate, int64_t due, int64_t end)
{
	int family = vst_gate_is_debt(gate) ? VST_WINDOW_DEBT : (int) gate->out->category;

	end = smaller(end, due + gate->settings->windows[family].spread_s);
	return end - due > 1 ? due + (int64_t) (gate->facts->spread_key % (uint64_t) (end - due)) : due;
}

/* The due time is found: into the preferred hours where they are wanted, and spread. */
static void set_due(vst_gate *gate, const time_mover *movers, size_t count, int64_t due, const time_mover *last)
{
	bool opening = last != NULL && last->rule->next != vst_rule_cap_next && last->rule->next != vst_rule_rate_next;
	const char *waits_for = last != NULL ? last->code : "not_before";
	int64_t end = INT64_MAX, closes = INT64_MAX;

	vst_rule_outbid(gate, due);
	if (prefers(gate, due)) {
		int64_t chosen = prefer(gate, movers, count, due, ends(gate, due), &closes);

		if (chosen != due) {
			due = chosen;
			waits_for = "preferred_hours";
			opening = true;
			vst_rule_outbid(gate, due);
		} else {
			closes = INT64_MAX;
		}
	}
	if (opening && gate->facts->spread) {
		end = smaller(ends(gate, due), closes);
	}
	for (const vst_rule *rule = vst_rules(); rule->id != NULL; rule++) {
		if (rule->at_due != NULL && applies(gate, rule)) {
			rule->at_due(gate, due);
		}
	}
	if (due > gate->facts->now) {
		gate->out->waits_for = waits_for;
		gate->out->due = gate->facts->spread && opening ? spread(gate, due, end) : due;
	}
}

static void find_due(vst_gate *gate)
{
	time_mover movers[RULES_OF_TIME_MAX];
	const time_mover *last = NULL;
	size_t count = 0;
	int64_t due;

	vst_gate_hours(gate, (int) gate->out->category, &gate->hours);
	if (vst_gate_is_debt(gate)) {
		vst_gate_hours(gate, VST_WINDOW_DEBT, &gate->debt_hours);
	}
	for (const vst_rule *rule = vst_rules(); rule->id != NULL; rule++) {
		if (rule->next != NULL && applies(gate, rule) && count < RULES_OF_TIME_MAX) {
			movers[count++] = (time_mover) {rule, 0, NULL};
		}
	}
	due = settle(gate, movers, count, &last);
	for (size_t i = 0; i < count; i++) {
		if (movers[i].until != 0) {
			size_t index = gate->out->finding_count;

			movers[i].rule->deferred(gate, movers[i].until);
			movers[i].code = gate->out->findings[index].code;
		}
	}
	if (due != INT64_MIN) { /* else the rule that found no instant has refused */
		set_due(gate, movers, count, due, last);
	}
}

/* Findings arrive step by step; a person reads them in the order of the table. */
static void sort_findings(vst_decision *out)
{
	for (size_t i = 1; i < out->finding_count; i++) {
		vst_finding finding = out->findings[i];
		size_t rank = vst_rule_place(finding.rule), at = i;

		while (at > 0 && vst_rule_place(out->findings[at - 1].rule) > rank) {
			out->findings[at] = out->findings[at - 1];
			at--;
		}
		out->findings[at] = finding;
	}
}

/* Refuse beats defer beats send. A warning that nobody accepted holds advertising only. */
static void judge(vst_gate *gate)
{
	vst_decision *out = gate->out;

	out->verdict = out->due != 0 ? VST_VERDICT_DEFER : VST_VERDICT_SEND;
	for (size_t i = 0; i < out->finding_count; i++) {
		const vst_finding *finding = &out->findings[i];

		if (finding->verdict == VST_FINDING_REFUSE ||
		    (finding->verdict == VST_FINDING_WARN && !finding->acknowledged && out->category == VST_ADVERTISING)) {
			out->verdict = VST_VERDICT_REFUSE;
		}
	}
	if (out->verdict != VST_VERDICT_DEFER) {
		out->due = 0;
		out->waits_for = NULL;
	}
	if (out->verdict == VST_VERDICT_REFUSE) {
		out->outbid_count = 0;
	}
}

static vst_charge_kind charge_kind(const vst_gate *gate)
{
	if (gate->out->category == VST_ADVERTISING) {
		return VST_CHARGE_ADVERTISING;
	}
	return gate->out->category == VST_SERVICE && gate->facts->debt ? VST_CHARGE_DEBT : VST_CHARGE_NONE;
}

/* What an unknown zone stands for is all zones of the country, or fewer by the settings. */
static void narrow_unknown(const vst_law_settings *settings, vst_gate_facts *facts, const vst_zone **kept)
{
	const char *const *names = vst_russian_zones();
	size_t count = 0;

	for (size_t i = 0; i < facts->zone_count; i++) {
		for (size_t z = 0; names[z] != NULL; z++) {
			if ((settings->unknown_zones >> z & 1) != 0 && strcmp(facts->zones[i]->name, names[z]) == 0) {
				kept[count++] = facts->zones[i];
			}
		}
	}
	if (count > 0) {
		facts->zones = kept;
		facts->zone_count = count;
	}
}

vst_rc vst_gate_decide(const vst_law_settings *settings, const vst_gate_facts *facts, vst_arena *arena,
                       vst_decision *out, vst_err *err)
{
	vst_gate gate = {.settings = settings, .facts = facts, .arena = arena, .out = out};
	const vst_zone *kept[32];
	vst_gate_facts narrowed;

	if (!facts->zones_known && settings->unknown_zones != 0 && facts->zone_count <= sizeof kept / sizeof kept[0]) {
		narrowed = *facts;
		narrow_unknown(settings, &narrowed, kept);
		gate.facts = &narrowed;
	}
	out->verdict = VST_VERDICT_SEND;
	out->category = facts->category;
	out->text = facts->text;
	out->due = 0;
	out->valid_until = facts->valid_until;
	out->outbid_count = 0;
	out->finding_count = 0;
	out->waits_for = NULL;
	reclassify(&gate);
	rewrite(&gate);
	measure(out);
	for (const vst_rule *rule = vst_rules(); rule->id != NULL; rule++) {
		if (rule->check != NULL && applies(&gate, rule)) {
			rule->check(&gate);
		}
	}
	find_due(&gate);
	out->counts = charge_kind(&gate);
	sort_findings(out);
	judge(&gate);
	return arena->failed ? vst_fail_nomem(err) : VST_OK;
}
