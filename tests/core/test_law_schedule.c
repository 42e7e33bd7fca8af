/* Send windows under conditions of days, against a slow implementation that shares nothing with the one in core. */
#include <stdio.h>

#include "check.h"

#include "law/schedule.h"
#include "law_scene.h"
#include "vectors.h"

#define DAY 86400
#define FIRST INT64_C(20454) /* 2026-01-01, days since 1970 */
#define DAYS 730

/* Every day off of 2026 and 2027 that is no plain Saturday or Sunday. */
static const char *const days_off[] = {
	"2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04", "2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08",
	"2026-01-09", "2026-02-23", "2026-03-08", "2026-03-09", "2026-05-01", "2026-05-09", "2026-05-11", "2026-06-12",
	"2026-11-04", "2026-12-31", "2027-01-01", "2027-01-02", "2027-01-03", "2027-01-04", "2027-01-05", "2027-01-06",
	"2027-01-07", "2027-01-08", "2027-02-23", "2027-03-08", "2027-05-01", "2027-05-03", "2027-05-09", "2027-05-10",
	"2027-06-12", "2027-06-14", "2027-11-04",
};

static char dates[DAYS][24]; /* counted up one by one from the first */

static void write_dates(void)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int year = 2026, month = 1, day = 1;

	for (size_t i = 0; i < DAYS; i++) {
		(void) snprintf(dates[i], sizeof dates[i], "%04d-%02d-%02d", year, month, day);
		if (++day > lengths[month - 1]) {
			day = 1;
			year += month == 12;
			month = month % 12 + 1;
		}
	}
}

static unsigned slow_bits(int64_t day)
{
	int64_t index = day - FIRST;
	unsigned weekday = (unsigned) ((index + 3) % 7); /* 2026-01-01 was a Thursday */

	assert_true(index >= 0 && index < DAYS);
	for (size_t i = 0; i < COUNT_OF(days_off); i++) {
		if (strcmp(days_off[i], dates[index]) == 0) {
			return 1u << weekday | VST_ON_HOLIDAY;
		}
	}
	return 1u << weekday | (weekday >= 5 ? VST_ON_WEEKEND : VST_ON_WORKING);
}

static void every_day_of_the_calendar_is_what_it_is(void **state)
{
	int working[2] = {0, 0};

	(void) state;
	for (int64_t day = FIRST; day < FIRST + DAYS; day++) {
		int64_t read = 0;
		vst_date date = vst_date_of(day);
		char text[24];

		(void) snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
		assert_string_equal(text, dates[day - FIRST]);
		assert_true(vst_date_parse(vst_str_from(text), &read));
		assert_int_equal(read, day);
		case_integer(text, "day", vst_calendar_bits(day, NULL, 0), slow_bits(day));
		working[date.year - 2026] += (slow_bits(day) & VST_ON_WORKING) != 0;
	}
	assert_int_equal(working[0], 247); /* as the production calendar of 2026 says */
	assert_int_equal(working[1], 249);
}

static void other_years_have_the_holidays_of_the_code(void **state)
{
	int64_t day = 0, own = 0;

	(void) state;
	assert_true(vst_date_parse(VST_STR("2031-05-09"), &day));
	assert_int_equal(vst_calendar_bits(day, NULL, 0), VST_ON_MONDAY << 4 | VST_ON_HOLIDAY);
	assert_int_equal(vst_calendar_bits(day + 3, NULL, 0), VST_ON_MONDAY | VST_ON_WORKING);
	own = day + 3;
	assert_int_equal(vst_calendar_bits(own, &own, 1), VST_ON_MONDAY | VST_ON_HOLIDAY);
	assert_int_equal(vst_calendar_bits(-3, NULL, 0), VST_ON_MONDAY | VST_ON_WORKING); /* 1969-12-29 */
	assert_false(vst_date_parse(VST_STR("2026-02-29"), &day));
	assert_false(vst_date_parse(VST_STR("2026-13-01"), &day));
	assert_false(vst_date_parse(VST_STR("2026-1-01"), &day));
	assert_false(vst_date_parse(VST_STR("26-01-0101"), &day));
}

static bool clock_says_open(const vst_schedule *schedule, const vst_zone *zone, int64_t at)
{
	size_t in_force = 0;
	int64_t local;
	int minute;
	unsigned bits;

	for (size_t i = 1; i < zone->count && zone->transitions[i].at <= at; i++) {
		in_force = i;
	}
	local = at + zone->transitions[in_force].offset;
	minute = (int) (local % DAY / 60);
	bits = slow_bits(local / DAY);
	for (size_t i = 0; i < schedule->count; i++) {
		const vst_window *w = &schedule->rules[i]->window;
		bool open = w->from < w->to ? minute >= w->from && minute < w->to : minute >= w->from || minute < w->to;

		if ((schedule->rules[i]->days == 0 || (schedule->rules[i]->days & bits) != 0) && !open) {
			return false;
		}
	}
	return true;
}

static bool all_clocks_say_open(const vst_schedule *schedule, const vst_zone *const *zones, size_t count, int64_t at)
{
	for (size_t i = 0; i < count; i++) {
		if (!clock_says_open(schedule, zones[i], at)) {
			return false;
		}
	}
	return true;
}

static void check_against_minutes(const vst_schedule *schedule, const vst_zone *const *zones, size_t count, int64_t at)
{
	int64_t limit = at + 4 * DAY, next = 0, slow = INT64_MIN, closes;
	bool open = vst_schedule_open(schedule, zones, count, at, &next);

	assert_int_equal(open, all_clocks_say_open(schedule, zones, count, at));
	slow = open ? at : slow;
	for (int64_t minute = at - at % 60 + 60; slow == INT64_MIN && minute <= limit; minute += 60) {
		slow = all_clocks_say_open(schedule, zones, count, minute) ? minute : slow;
	}
	assert_int_equal(next, slow);
	if (!open) {
		assert_non_null(vst_schedule_closed_by(schedule, zones, count, at, next == INT64_MIN ? at + 1 : next));
		return;
	}
	closes = INT64_MAX;
	for (int64_t minute = at - at % 60 + 60; closes == INT64_MAX && minute <= limit; minute += 60) {
		closes = all_clocks_say_open(schedule, zones, count, minute) ? closes : minute;
	}
	assert_int_equal(vst_schedule_closes(schedule, zones, count, at), closes);
	assert_null(vst_schedule_closed_by(schedule, zones, count, at, at + 1));
}

/* One to four rules of hours that leave some of the day, most of them on some days only. */
static void random_schedule(uint64_t *seed, vst_window_rule rules[4], vst_schedule *schedule)
{
	size_t count = 1 + vectors_random(seed) % 4;

	memset(schedule, 0, sizeof *schedule);
	memset(rules, 0, 4 * sizeof *rules);
	for (size_t i = 0; i < count; i++) {
		rules[i].window.from = (int) (vectors_random(seed) % 1440);
		rules[i].window.to = (rules[i].window.from + 60 + (int) (vectors_random(seed) % 1200)) % 1440;
		if (vectors_random(seed) % 4 != 0) {
			rules[i].days = 1u << vectors_random(seed) % 10 | 1u << vectors_random(seed) % 10;
		}
		vst_schedule_add(schedule, &rules[i]);
	}
}

static int64_t random_instant(uint64_t *seed, const vst_zone *zone)
{
	int64_t first = (FIRST + 2) * DAY, span = (DAYS - 10) * (int64_t) DAY;
	int64_t at = first + (int64_t) (vectors_random(seed) % (uint64_t) span);

	if (vectors_random(seed) % 2 == 0) { /* near a change of the clock within the two years, if there is one */
		for (size_t i = 1; i < zone->count; i++) {
			int64_t change = zone->transitions[i].at;

			if (change > first + DAY && change < first + span && vectors_random(seed) % 2 == 0) {
				at = change - DAY + (int64_t) (vectors_random(seed) % (2 * DAY));
			}
		}
	}
	return at;
}

static void the_next_opening_is_the_first_in_every_zone(void **state)
{
	static const char *const groups[] = {"russian", "seasonal"};
	uint64_t seed = 41;

	(void) state;
	for (size_t g = 0; g < COUNT_OF(groups); g++) {
		for (const char *const *name = scene_zone_names(groups[g]); *name != NULL; name++) {
			const vst_zone *zone = scene_zone(*name);

			for (int round = 0; round < 200; round++) {
				vst_window_rule rules[4];
				vst_schedule schedule;

				random_schedule(&seed, rules, &schedule);
				check_against_minutes(&schedule, &zone, 1, random_instant(&seed, zone));
			}
		}
	}
}

static void the_next_opening_of_many_zones_is_the_first_they_share(void **state)
{
	const char *const *russian = scene_zone_names("russian"), *const *seasonal = scene_zone_names("seasonal");
	uint64_t seed = 42;

	(void) state;
	for (int round = 0; round < 600; round++) {
		const vst_zone *zones[SCENE_ZONES_MAX];
		size_t count = round % 10 == 0 ? 27 : 2 + vectors_random(&seed) % 3;
		vst_window_rule rules[4];
		vst_schedule schedule;

		for (size_t i = 0; i < count; i++) {
			zones[i] = scene_zone(count == 27                        ? russian[i]
			                      : vectors_random(&seed) % 2 == 0 ? russian[vectors_random(&seed) % 27]
			                                                       : seasonal[vectors_random(&seed) % 12]);
		}
		random_schedule(&seed, rules, &schedule);
		check_against_minutes(&schedule, zones, count, random_instant(&seed, zones[0]));
	}
}

static void a_day_begins_at_the_first_instant_of_its_calendar(void **state)
{
	uint64_t seed = 43;

	(void) state;
	for (int round = 0; round < 2000; round++) {
		const vst_zone *zone = scene_zone(scene_zone_names("seasonal")[vectors_random(&seed) % 12]);
		int64_t at = random_instant(&seed, zone);
		int64_t today = vst_day_of(at + vst_zone_offset(zone, at));
		int64_t begins = vst_zone_day_begins(zone, today + 1, at);

		assert_true(vst_day_of(begins + vst_zone_offset(zone, begins)) > today);
		assert_true(vst_day_of(begins - 1 + vst_zone_offset(zone, begins - 1)) <= today);
		assert_true(begins > at && begins <= at + 2 * DAY);
	}
}

static void without_rules_all_is_open_and_without_zones_nothing(void **state)
{
	vst_window_rule day = {.window = {7 * 60, 23 * 60}};
	vst_schedule schedule = {.count = 0};
	int64_t next = 0;

	(void) state;
	assert_true(vst_schedule_open(&schedule, NULL, 0, 1000, &next));
	assert_int_equal(next, 1000);
	assert_int_equal(vst_schedule_closes(&schedule, NULL, 0, 1000), INT64_MAX);
	vst_schedule_add(&schedule, &day);
	assert_false(vst_schedule_open(&schedule, NULL, 0, 1000, &next));
	assert_int_equal(next, INT64_MIN);
}

static void every_noise_law_names_a_subject_and_leaves_hours(void **state)
{
	const vst_window_rule *law;
	size_t count = 0;

	(void) state;
	for (; (law = vst_noise_law(count)) != NULL; count++) {
		assert_true(law->territory.len > 0 && law->law_ru.len > 0 && law->law_en.len > 0);
		assert_true(law->window.from < law->window.to);
		assert_int_equal(law->index, -1);
	}
	assert_int_equal(count, 6);
}

static int begin(void **state)
{
	(void) state;
	write_dates();
	return 0;
}

static int end(void **state)
{
	(void) state;
	scene_end();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_day_of_the_calendar_is_what_it_is),
		cmocka_unit_test(other_years_have_the_holidays_of_the_code),
		cmocka_unit_test(the_next_opening_is_the_first_in_every_zone),
		cmocka_unit_test(the_next_opening_of_many_zones_is_the_first_they_share),
		cmocka_unit_test(a_day_begins_at_the_first_instant_of_its_calendar),
		cmocka_unit_test(without_rules_all_is_open_and_without_zones_nothing),
		cmocka_unit_test(every_noise_law_names_a_subject_and_leaves_hours),
	};

	return cmocka_run_group_tests_name("law/schedule", tests, begin, end);
}
