#include "rule.h"

/*
 * R14: reminders of an overdue payment. Federal law 230-FZ of 2016-07-03, article 7: no contact from 22 to 8 hours on
 * working days and from 20 to 9 on weekends and holidays by the debtor's local time; text messages no more than twice a
 * day, four times a week and sixteen times a month. Days, weeks from Monday and months are those of the local calendar.
 */
#define ANY \
	.entity = {"", 0}, .operator_name = {"", 0}, .provider = {"", 0}, .territory = {"", 0}, .law_ru = {"", 0}, \
	.law_en = {"", 0}

static const vst_window_rule hours[VST_DEBT_HOURS] = {
	{.family = VST_WINDOW_DEBT, .index = -1, .window = {8 * 60, 22 * 60}, .days = VST_ON_WORKING, ANY},
	{.family = VST_WINDOW_DEBT, .index = -1, .window = {9 * 60, 20 * 60}, .days = VST_ON_NON_WORKING, ANY},
};

const vst_window_rule *vst_debt_hours(size_t index)
{
	return &hours[index];
}

typedef struct span {
	int64_t from, to; /* local days, half-open */
} span;

static span day_span(int64_t day)
{
	return (span) {day, day + 1};
}

static span week_span(int64_t day)
{
	int64_t weekday = ((day + 3) % 7 + 7) % 7;

	return (span) {day - weekday, day - weekday + 7};
}

static span month_span(int64_t day)
{
	vst_date date = vst_date_of(day);
	vst_date next = {date.year + (date.month == 12), date.month % 12 + 1, 1};

	return (span) {day - date.day + 1, vst_date_day(next)};
}

static int64_t local_day(const vst_zone *zone, int64_t at)
{
	return vst_day_of(at + vst_zone_offset(zone, at));
}

/* As with the caps: at dispatch only what was sent counts, before it a reservation as well. */
static bool counts(const vst_gate_facts *facts, const vst_cap_charge *charge)
{
	return charge->kind == VST_CHARGE_DEBT && (facts->own_seq == 0 || charge->seq != facts->own_seq) &&
	       (charge->sent || !facts->at_dispatch);
}

static int64_t counted(const vst_gate_facts *facts, const vst_zone *zone, span days)
{
	int64_t count = 0;

	for (size_t i = 0; i < facts->person->charge_count; i++) {
		const vst_cap_charge *charge = &facts->person->charges[i];
		int64_t day = counts(facts, charge) ? local_day(zone, charge->at) : INT64_MIN;

		count += day >= days.from && day < days.to;
	}
	return count;
}

/* The first instant ≥ at at which the counts leave room for one more, in every zone. */
static int64_t next_by_count(const vst_gate *gate, int64_t at)
{
	const vst_gate_facts *facts = gate->facts;
	const vst_rule_values *values = &gate->settings->rules;
	const struct {
		span (*of)(int64_t day);
		int64_t limit;
	} limits[] = {{day_span, values->debt_a_day}, {week_span, values->debt_a_week}, {month_span, values->debt_a_month}};
	int64_t before;

	if (facts->person == NULL) {
		return at;
	}
	do {
		before = at;
		for (size_t z = 0; z < facts->zone_count; z++) {
			for (size_t i = 0; i < 3; i++) {
				span days = limits[i].of(local_day(facts->zones[z], at));

				if (counted(facts, facts->zones[z], days) >= limits[i].limit) {
					at = vst_zone_day_begins(facts->zones[z], days.to, at);
				}
			}
		}
	} while (at != before);
	return at;
}

int64_t vst_rule_debt_next(const vst_gate *gate, int64_t at)
{
	const vst_gate_facts *facts = gate->facts;
	int64_t before = INT64_MIN;

	while (vst_gate_is_debt(gate) && at != before) {
		before = at = next_by_count(gate, at);
		(void) vst_schedule_open(&gate->debt_hours, facts->zones, facts->zone_count, before, &at);
		if (at == INT64_MIN) {
			return INT64_MIN;
		}
	}
	return at;
}

void vst_rule_debt_deferred(vst_gate *gate, int64_t until)
{
	vst_gate_word words[VST_HOURS_WORDS];
	int64_t from = vst_gate_from(gate);

	if (until == INT64_MIN) {
		vst_gate_find(gate, VST_F_DEBT_NEVER, 0, NULL, 0);
	} else if (next_by_count(gate, from) > from) {
		vst_gate_word limit[] = {
			vst_gate_number(gate, "day", gate->settings->rules.debt_a_day),
			vst_gate_number(gate, "week", gate->settings->rules.debt_a_week),
			vst_gate_number(gate, "month", gate->settings->rules.debt_a_month),
			vst_gate_when(gate, "when", until),
		};

		vst_gate_find(gate, VST_F_DEBT_LIMIT_REACHED, until, limit, 4);
	} else {
		vst_gate_hours_words(gate, &gate->debt_hours, until, words);
		vst_gate_find(gate, VST_F_DEBT_WINDOW_CLOSED, until, words, VST_HOURS_WORDS);
	}
}
