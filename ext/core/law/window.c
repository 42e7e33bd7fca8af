#include "law.h"

#define DAY 86400
#define HORIZON ((int64_t) 4 * DAY)

static bool always_open(const vst_window *window)
{
	return window->from % 1440 == window->to % 1440;
}

/* Seconds of the local day, 0 to 86399. */
static int second_of_day(int64_t at, int32_t offset)
{
	int64_t second = (at + offset) % DAY;

	return (int) (second < 0 ? second + DAY : second);
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

/*
 * First instant from `at` on at which the window's state is `wanted` in one zone. Between two changes of the offset
 * the state changes only at the edges of the window; a change of the offset may open or close it by itself.
 */
static int64_t first_in_zone(const vst_window *window, const vst_zone *zone, int64_t at, bool wanted, int64_t limit)
{
	while (at <= limit) {
		int64_t change, edge;
		int second = second_of_day(at, offset_at(zone, at, &change));

		if (holds(window, second) == wanted) {
			return at;
		}
		edge = at + until(second, wanted ? window->from : window->to);
		at = edge < change ? edge : change;
	}
	return INT64_MAX;
}

bool vst_window_open(const vst_window *window, const vst_zone *const *zones, size_t zone_count, int64_t at,
                     int64_t *next)
{
	int64_t first = zone_count > 0 || always_open(window) ? at : INT64_MAX; /* no zone: fails closed */
	int64_t limit = at + HORIZON;
	bool moved = !always_open(window);

	/* Each zone can only push the instant later; when none does, it is open in all of them. */
	while (moved && first <= limit) {
		moved = false;
		for (size_t i = 0; i < zone_count && first <= limit; i++) {
			int64_t opens = first_in_zone(window, zones[i], first, true, limit);

			moved = moved || opens != first;
			first = opens;
		}
	}
	if (next != NULL) {
		*next = first <= limit ? first : INT64_MIN;
	}
	return first == at;
}

int64_t vst_window_closes(const vst_window *window, const vst_zone *const *zones, size_t zone_count, int64_t at)
{
	int64_t first = INT64_MAX, limit = at + HORIZON;

	if (always_open(window)) {
		return INT64_MAX;
	}
	for (size_t i = 0; i < zone_count; i++) {
		int64_t closes = first_in_zone(window, zones[i], at, false, limit);

		if (closes > at && closes < first) {
			first = closes;
		}
	}
	return first;
}

static bool parse_time(vst_str text, int *minute)
{
	int hour, minutes;

	if (text.len != 5 || text.ptr[2] != ':') {
		return false;
	}
	for (size_t i = 0; i < 5; i++) {
		if (i != 2 && (text.ptr[i] < '0' || text.ptr[i] > '9')) {
			return false;
		}
	}
	hour = (text.ptr[0] - '0') * 10 + text.ptr[1] - '0';
	minutes = (text.ptr[3] - '0') * 10 + text.ptr[4] - '0';
	*minute = hour * 60 + minutes;
	return minutes < 60 && (hour < 24 || (hour == 24 && minutes == 0));
}

bool vst_window_parse(vst_str from, vst_str to, vst_window *out)
{
	vst_window window;

	if (!parse_time(from, &window.from) || !parse_time(to, &window.to) || window.from == 1440) {
		return false;
	}
	*out = window;
	return true;
}
