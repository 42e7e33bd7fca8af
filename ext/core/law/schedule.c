#include "schedule.h"

#define DAY 86400
#define HORIZON ((int64_t) 4 * DAY)

void vst_schedule_add(vst_schedule *schedule, const vst_window_rule *rule)
{
	if (rule->window.from % 1440 != rule->window.to % 1440 && schedule->count < VST_SCHEDULE_MAX) {
		schedule->rules[schedule->count++] = rule;
		schedule->dated = schedule->dated || rule->days != 0;
	}
}

static bool holds(const vst_window *window, int second)
{
	int from = window->from * 60, to = window->to % 1440 * 60;

	return from < to ? second >= from && second < to : second >= from || second < to;
}

/* Seconds from `second` to the next local `minute`, 1 to a day. */
static int until(int second, int minute)
{
	int wait = (minute % 1440 * 60 - second) % DAY;

	return wait <= 0 ? wait + DAY : wait;
}

/* The offset, and the instant up to which it holds; most zones have seen their last change, so that is tried first. */
static int32_t offset_at(const vst_zone *zone, int64_t at, int64_t *change)
{
	const vst_transition *last = &zone->transitions[zone->count - 1];

	if (at >= last->at) {
		*change = INT64_MAX;
		return last->offset;
	}
	*change = vst_zone_next_change(zone, at);
	return vst_zone_offset(zone, at);
}

static bool on_its_day(const vst_window_rule *rule, unsigned bits)
{
	return rule->days == 0 || (rule->days & bits) != 0;
}

static unsigned bits_at(const vst_schedule *schedule, int64_t local)
{
	return schedule->dated ? vst_calendar_bits(vst_day_of(local), schedule->holidays, schedule->holiday_count) : 0;
}

/*
 * Is the schedule open at a local second? *wait: seconds for which the answer surely stays what it is, were the offset
 * to stay. A closed schedule opens no sooner than each closed rule does, or than the day of such a rule ends; an open
 * one closes no sooner than its first rule does, or than the day brings other rules.
 */
static bool open_at(const vst_schedule *schedule, int64_t local, int *wait)
{
	unsigned bits = bits_at(schedule, local);
	int second = (int) (local - vst_day_of(local) * DAY);
	int stays_open = schedule->dated ? DAY - second : 2 * DAY, stays_closed = 0;

	for (size_t i = 0; i < schedule->count; i++) {
		const vst_window_rule *rule = schedule->rules[i];
		int edge;

		if (!on_its_day(rule, bits)) {
			continue;
		}
		if (holds(&rule->window, second)) {
			edge = until(second, rule->window.to);
			stays_open = edge < stays_open ? edge : stays_open;
		} else {
			edge = until(second, rule->window.from);
			edge = rule->days != 0 && edge > DAY - second ? DAY - second : edge;
			stays_closed = edge > stays_closed ? edge : stays_closed;
		}
	}
	*wait = stays_closed > 0 ? stays_closed : stays_open;
	return stays_closed == 0;
}

/* First instant from `at` on at which the schedule's state is `wanted` in one zone; INT64_MAX: none up to the limit. */
static int64_t first_in_zone(const vst_schedule *schedule, const vst_zone *zone, int64_t at, bool wanted, int64_t limit)
{
	while (at <= limit) {
		int64_t change;
		int32_t offset = offset_at(zone, at, &change);
		int wait;

		if (open_at(schedule, at + offset, &wait) == wanted) {
			return at;
		}
		at = at + wait < change ? at + wait : change;
	}
	return INT64_MAX;
}

bool vst_schedule_open(const vst_schedule *schedule, const vst_zone *const *zones, size_t zone_count, int64_t at,
                       int64_t *next)
{
	bool always = schedule->count == 0, moved = !always;
	int64_t first = zone_count > 0 || always ? at : INT64_MAX; /* no zone: fails closed */
	int64_t limit = at + HORIZON;

	/* Each zone can only push the instant later; when none does, it is open in all of them. */
	while (moved && first <= limit) {
		moved = false;
		for (size_t i = 0; i < zone_count && first <= limit; i++) {
			int64_t opens = first_in_zone(schedule, zones[i], first, true, limit);

			moved = moved || opens != first;
			first = opens;
		}
	}
	if (next != NULL) {
		*next = first <= limit ? first : INT64_MIN;
	}
	return first == at;
}

int64_t vst_schedule_closes(const vst_schedule *schedule, const vst_zone *const *zones, size_t zone_count, int64_t at)
{
	int64_t first = INT64_MAX, limit = at + HORIZON;

	for (size_t i = 0; schedule->count > 0 && i < zone_count; i++) {
		int64_t closes = first_in_zone(schedule, zones[i], at, false, limit);

		if (closes > at && closes < first) {
			first = closes;
		}
	}
	return first;
}

static bool is_closed(const vst_schedule *schedule, const vst_window_rule *rule, const vst_zone *const *zones,
                      size_t zone_count, int64_t at)
{
	for (size_t z = 0; z < zone_count; z++) {
		int64_t local = at + vst_zone_offset(zones[z], at);

		if (on_its_day(rule, bits_at(schedule, local)) &&
		    !holds(&rule->window, (int) (local - vst_day_of(local) * DAY))) {
			return true;
		}
	}
	return false;
}

const vst_window_rule *vst_schedule_closed_by(const vst_schedule *schedule, const vst_zone *const *zones,
                                              size_t zone_count, int64_t at, int64_t until)
{
	const vst_window_rule *first = NULL, *last = NULL;

	for (size_t i = 0; i < schedule->count; i++) {
		const vst_window_rule *rule = schedule->rules[i];
		bool closes = is_closed(schedule, rule, zones, zone_count, at);
		bool opens_last = is_closed(schedule, rule, zones, zone_count, until - 1);

		if (closes && opens_last) {
			return rule;
		}
		first = first == NULL && closes ? rule : first;
		last = last == NULL && opens_last ? rule : last;
	}
	return first != NULL ? first : last;
}

int64_t vst_zone_day_begins(const vst_zone *zone, int64_t day, int64_t at)
{
	for (;;) {
		int64_t change;
		int32_t offset = offset_at(zone, at, &change);
		int64_t begins = day * DAY - offset;

		if (begins <= at) {
			return at;
		}
		if (begins < change) {
			return begins;
		}
		at = change;
	}
}
