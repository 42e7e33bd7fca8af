#include "check.h"

#include "law/law.h"
#include "law_scene.h"
#include "vectors.h"

static size_t zones_of(const json_t *json, const vst_zone **zones)
{
	size_t count = 0;
	json_t *item;

	if (json_is_string(json)) {
		const char *const *names = scene_zone_names(json_string_value(json));

		for (; names[count] != NULL; count++) {
			zones[count] = scene_zone(names[count]);
		}
		return count;
	}
	json_array_foreach(json, count, item) {
		zones[count] = scene_zone(json_string_value(item));
	}
	return count;
}

static void known_instants_open_and_close(void **state)
{
	static const char *const known[] = {"name", "zones", "from", "to", "at", "next", "closes", NULL};
	json_t *cases = vectors_load("windows.json");
	size_t i;
	json_t *item;

	(void) state;
	json_array_foreach(cases, i, item) {
		const char *name = json_string_value(json_object_get(item, "name"));
		const vst_zone *zones[SCENE_ZONES_MAX];
		size_t count = zones_of(json_object_get(item, "zones"), zones);
		int64_t at = vectors_instant(json_object_get(item, "at")), next = -1;
		const json_t *wanted = json_object_get(item, "next"), *closes = json_object_get(item, "closes");
		vst_window window;

		vectors_known(item, known);
		assert_true(vst_window_parse(vectors_text(item, "from", "07:00"), vectors_text(item, "to", "23:00"), &window));
		case_integer(name, "open", vst_window_open(&window, zones, count, at, &next), next == at);
		case_integer(name, "next", next, json_is_null(wanted) ? INT64_MIN : vectors_instant(wanted));
		if (closes != NULL && next == at) {
			case_integer(name, "closes", vst_window_closes(&window, zones, count, at),
			             json_is_null(closes) ? INT64_MAX : vectors_instant(closes));
		}
	}
	assert_true(i >= 26);
	json_decref(cases);
}

/* Open or closed by looking at a wall clock, nothing else. */
static bool clock_says_open(const vst_window *window, const vst_zone *zone, int64_t at)
{
	int64_t local;
	size_t in_force = 0;
	int minute;

	for (size_t i = 1; i < zone->count && zone->transitions[i].at <= at; i++) {
		in_force = i;
	}
	local = at + zone->transitions[in_force].offset;
	minute = (int) (local % 86400 / 60);
	if (window->from == window->to || (window->from == 0 && window->to == 1440)) {
		return true;
	}
	return window->from < window->to ? minute >= window->from && minute < window->to
	                                 : minute >= window->from || minute < window->to;
}

static bool all_clocks_say_open(const vst_window *window, const vst_zone *const *zones, size_t count, int64_t at)
{
	for (size_t i = 0; i < count; i++) {
		if (!clock_says_open(window, zones[i], at)) {
			return false;
		}
	}
	return true;
}

/* All offsets in the data are whole minutes, so the slow way need only look at minutes; it looks at the second too. */
static void check_against_minutes(const vst_window *window, const vst_zone *const *zones, size_t count, int64_t at)
{
	int64_t next, minute, limit = at + 4 * 86400, slow = INT64_MIN;
	bool open = vst_window_open(window, zones, count, at, &next);

	assert_int_equal(open, all_clocks_say_open(window, zones, count, at));
	if (open) {
		slow = at;
	}
	for (minute = at - at % 60 + 60; slow == INT64_MIN && minute <= limit; minute += 60) {
		slow = all_clocks_say_open(window, zones, count, minute) ? minute : slow;
	}
	assert_int_equal(next, slow);
	if (open) {
		int64_t closes = vst_window_closes(window, zones, count, at);

		for (minute = at - at % 60 + 60; minute <= limit && all_clocks_say_open(window, zones, count, minute);) {
			minute += 60;
		}
		assert_int_equal(closes, minute <= limit ? minute : INT64_MAX);
	}
}

static int64_t random_instant(uint64_t *seed, const vst_zone *zone)
{
	int64_t at = 1577836800 + (int64_t) (vectors_random(seed) % 300000000); /* 2020 to mid 2029 */

	if (vectors_random(seed) % 2 == 0 && zone->count > 1) { /* near a change of the clock */
		at = zone->transitions[vectors_random(seed) % (zone->count - 1) + 1].at - 86400 +
		     (int64_t) (vectors_random(seed) % 172800);
	}
	return at;
}

static void the_next_opening_is_the_first_in_every_zone(void **state)
{
	static const char *const groups[] = {"russian", "seasonal"};
	uint64_t seed = 11;

	(void) state;
	for (size_t g = 0; g < COUNT_OF(groups); g++) {
		for (const char *const *name = scene_zone_names(groups[g]); *name != NULL; name++) {
			const vst_zone *zone = scene_zone(*name);

			for (int round = 0; round < 150; round++) {
				vst_window window = {(int) (vectors_random(&seed) % 1440), (int) (vectors_random(&seed) % 1441)};

				check_against_minutes(&window, &zone, 1, random_instant(&seed, zone));
			}
		}
	}
}

static void the_next_opening_of_many_zones_is_the_first_they_share(void **state)
{
	const char *const *russian = scene_zone_names("russian"), *const *seasonal = scene_zone_names("seasonal");
	uint64_t seed = 12;

	(void) state;
	for (int round = 0; round < 600; round++) {
		const vst_zone *zones[SCENE_ZONES_MAX];
		size_t count = 1 + vectors_random(&seed) % 4;
		vst_window window = {(int) (vectors_random(&seed) % 1440), (int) (vectors_random(&seed) % 1441)};

		for (size_t i = 0; i < count; i++) {
			zones[i] = scene_zone(vectors_random(&seed) % 2 == 0 ? russian[vectors_random(&seed) % 27]
			                                                     : seasonal[vectors_random(&seed) % 12]);
		}
		check_against_minutes(&window, zones, count, random_instant(&seed, zones[0]));
	}
	for (int round = 0; round < 60; round++) {
		const vst_zone *zones[SCENE_ZONES_MAX];
		vst_window window = {(int) (vectors_random(&seed) % 1440), (int) (vectors_random(&seed) % 1441)};

		for (size_t i = 0; i < 27; i++) {
			zones[i] = scene_zone(russian[i]);
		}
		check_against_minutes(&window, zones, 27, random_instant(&seed, zones[0]));
	}
}

static void only_times_of_the_day_are_read(void **state)
{
	static const struct {
		const char *from, *to;
		bool read;
	} cases[] = {
		{"07:00", "23:00", true},     {"00:00", "24:00", true},  {"23:59", "00:00", true},  {"22:00", "02:00", true},
		{"24:00", "07:00", false},    {"07:00", "24:01", false}, {"7:00", "23:00", false},  {"07:00", "23:60", false},
		{"07:00", "25:00", false},    {"07-00", "23:00", false}, {"07:0a", "23:00", false}, {"", "23:00", false},
		{"07:00:00", "23:00", false}, {"-7:00", "23:00", false},
	};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		vst_window window;

		case_integer(cases[i].from, "read",
		             vst_window_parse(vst_str_from(cases[i].from), vst_str_from(cases[i].to), &window), cases[i].read);
	}
}

static void without_a_zone_nothing_is_open(void **state)
{
	vst_window day = {7 * 60, 23 * 60}, always = {0, 1440};
	int64_t next;

	(void) state;
	assert_false(vst_window_open(&day, NULL, 0, 1000000, &next));
	assert_int_equal(next, INT64_MIN);
	assert_true(vst_window_open(&always, NULL, 0, 1000000, &next));
}

static void all_27_russian_zones_are_known(void **state)
{
	const char *const *zones = vst_russian_zones();
	size_t count = 0;

	(void) state;
	for (; zones[count] != NULL; count++) {
		assert_non_null(scene_zone(zones[count]));
	}
	assert_int_equal(count, 27);
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
		cmocka_unit_test(known_instants_open_and_close),
		cmocka_unit_test(the_next_opening_is_the_first_in_every_zone),
		cmocka_unit_test(the_next_opening_of_many_zones_is_the_first_they_share),
		cmocka_unit_test(only_times_of_the_day_are_read),
		cmocka_unit_test(without_a_zone_nothing_is_open),
		cmocka_unit_test(all_27_russian_zones_are_known),
	};

	return cmocka_run_group_tests_name("law/window", tests, NULL, end);
}
