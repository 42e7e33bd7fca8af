#include <stdio.h>
#include <stdlib.h>

#include "check.h"

#include "law/law.h"
#include "law_scene.h"
#include "vectors.h"

#define DAY 86400

static vst_law_settings *caps(const char *json)
{
	json_error_t error;
	json_t *list = json_loads(json, 0, &error);
	vst_law_settings *settings = NULL;
	vst_err err = VST_ERR_INIT;

	assert_non_null(list);
	if (vst_law_settings_new(NULL, list, NULL, &settings, &err) != VST_OK) {
		fail_msg("%s", err.text);
	}
	json_decref(list);
	return settings;
}

/* The view of a message that outbids nobody; good until the next call. */
static const vst_cap_view *view(const vst_cap_charge *charges, size_t count, int64_t own_seq)
{
	static vst_cap_view last;

	last = (vst_cap_view) {.charges = charges, .count = count, .own_seq = own_seq};
	return &last;
}

static void a_slot_is_free_again_after_exactly_the_days(void **state)
{
	vst_law_settings *two_in_seven = caps("[{\"count\": 2, \"days\": 7}]");
	vst_cap_charge charges[] = {{.kind = VST_CHARGE_ADVERTISING, .at = 1000, .seq = 1}, {.kind = VST_CHARGE_ADVERTISING, .at = 2000, .seq = 2}};

	(void) state;
	assert_int_equal(vst_cap_next(two_in_seven, view(NULL, 0, 0), 5000), 5000);
	assert_int_equal(vst_cap_next(two_in_seven, view(charges, 1, 0), 5000), 5000);
	assert_int_equal(vst_cap_next(two_in_seven, view(charges, 2, 0), 5000), 1000 + 7 * DAY);
	assert_int_equal(vst_cap_next(two_in_seven, view(charges, 2, 0), 1000 + 7 * DAY - 1), 1000 + 7 * DAY);
	assert_int_equal(vst_cap_next(two_in_seven, view(charges, 2, 0), 1000 + 7 * DAY), 1000 + 7 * DAY);
	vst_law_settings_free(two_in_seven);
}

static void reservations_in_the_future_count(void **state)
{
	vst_law_settings *one_a_day = caps("[{\"count\": 1, \"days\": 1}]");
	vst_cap_charge charges[] = {{.kind = VST_CHARGE_ADVERTISING, .at = 10 * DAY, .seq = 1}};

	(void) state;
	assert_int_equal(vst_cap_next(one_a_day, view(charges, 1, 0), 9 * DAY), 9 * DAY);
	assert_int_equal(vst_cap_until(one_a_day, view(charges, 1, 0), 9 * DAY), 9 * DAY);
	assert_int_equal(vst_cap_until(one_a_day, view(charges, 1, 0), 8 * DAY), 9 * DAY);
	assert_int_equal(vst_cap_next(one_a_day, view(charges, 1, 0), 9 * DAY + 1), 11 * DAY);
	assert_int_equal(vst_cap_until(one_a_day, view(charges, 1, 0), 11 * DAY), INT64_MAX);
	vst_law_settings_free(one_a_day);
}

static void the_messages_own_reservation_does_not_count(void **state)
{
	vst_law_settings *one_a_day = caps("[{\"count\": 1, \"days\": 1}]");
	vst_cap_charge charges[] = {{.kind = VST_CHARGE_ADVERTISING, .at = 10 * DAY, .seq = 77}};

	(void) state;
	assert_int_equal(vst_cap_next(one_a_day, view(charges, 1, 77), 10 * DAY), 10 * DAY);
	assert_int_equal(vst_cap_next(one_a_day, view(charges, 1, 78), 10 * DAY), 11 * DAY);
	vst_law_settings_free(one_a_day);
}

static void several_caps_hold_together(void **state)
{
	vst_law_settings *both = caps("[{\"count\": 2, \"days\": 7}, {\"count\": 1, \"days\": 1}]");
	vst_cap_charge charges[] = {{.kind = VST_CHARGE_ADVERTISING, .at = 0, .seq = 1}, {.kind = VST_CHARGE_ADVERTISING, .at = 6 * DAY + 100, .seq = 2}};

	(void) state;
	/* the first week's end is free for the one cap and still within a day of the second message for the other */
	assert_int_equal(vst_cap_next(both, view(charges, 2, 0), 6 * DAY + 200), 7 * DAY + 100);
	vst_law_settings_free(both);
}

static void without_caps_all_is_free(void **state)
{
	vst_law_settings *none = caps("[]");
	vst_cap_charge charges[] = {{.kind = VST_CHARGE_ADVERTISING, .at = 1, .seq = 1}, {.kind = VST_CHARGE_ADVERTISING, .at = 2, .seq = 2}, {.kind = VST_CHARGE_ADVERTISING, .at = 3, .seq = 3}};

	(void) state;
	assert_int_equal(vst_cap_next(none, view(charges, 3, 0), 2), 2);
	assert_int_equal(vst_law_charge_span(none, VST_CHARGE_ADVERTISING), 0);
	vst_law_settings_free(none);
}

static int compare(const void *a, const void *b)
{
	int64_t left = *(const int64_t *) a, right = *(const int64_t *) b;

	return (left > right) - (left < right);
}

/* Does the history keep the cap at every place that holds t? By putting t in and looking at all groups with it. */
static bool keeps(const int64_t *history, size_t count, int64_t t, int cap, int64_t seconds)
{
	int64_t all[80];
	size_t n = count + 1;

	memcpy(all, history, count * sizeof *all);
	all[count] = t;
	qsort(all, n, sizeof *all, compare);
	for (size_t i = 0; i + (size_t) cap < n; i++) {
		if (all[i + (size_t) cap] - all[i] < seconds && all[i] <= t && t <= all[i + (size_t) cap]) {
			return false;
		}
	}
	return true;
}

/* On a coarse grid of instants the slow way tries every one of them. */
static void the_slot_found_is_the_earliest(void **state)
{
	static const int64_t step = DAY / 4;
	uint64_t seed = 21;

	(void) state;
	for (int round = 0; round < 20000; round++) {
		vst_law_settings *settings;
		struct {
			int count, days;
		} limits[2];
		char json[128];
		int64_t history[16], at, expected, found, until;
		vst_cap_charge charges[16];
		size_t count = vectors_random(&seed) % 10, limit_count = 1 + vectors_random(&seed) % 2;

		for (size_t i = 0; i < 2; i++) {
			limits[i].count = 1 + (int) (vectors_random(&seed) % 3);
			limits[i].days = 1 + (int) (vectors_random(&seed) % 8);
		}
		(void) snprintf(json, sizeof json, "[{\"count\": %d, \"days\": %d}%s", limits[0].count, limits[0].days,
		                limit_count == 1 ? "]" : "");
		if (limit_count == 2) {
			(void) snprintf(json + strlen(json), sizeof json - strlen(json), ", {\"count\": %d, \"days\": %d}]",
			                limits[1].count, limits[1].days);
		}
		settings = caps(json);
		for (size_t i = 0; i < count; i++) {
			history[i] = (int64_t) (vectors_random(&seed) % 120) * step;
		}
		qsort(history, count, sizeof *history, compare);
		for (size_t i = 0; i < count; i++) {
			charges[i] = (vst_cap_charge) {.kind = VST_CHARGE_ADVERTISING, .at = history[i], .seq = (int64_t) i + 1};
		}
		at = (int64_t) (vectors_random(&seed) % 120) * step;
		for (expected = at;; expected += step) {
			if (keeps(history, count, expected, limits[0].count, (int64_t) limits[0].days * DAY) &&
			    (limit_count == 1 ||
			     keeps(history, count, expected, limits[1].count, (int64_t) limits[1].days * DAY))) {
				break;
			}
		}
		found = vst_cap_next(settings, view(charges, count, 0), at);
		assert_int_equal(found, expected);
		until = vst_cap_until(settings, view(charges, count, 0), found);
		assert_true(until >= found);
		for (int64_t t = found; t <= found + 140 * step; t += step) {
			bool kept = keeps(history, count, t, limits[0].count, (int64_t) limits[0].days * DAY) &&
			            (limit_count == 1 || keeps(history, count, t, limits[1].count, (int64_t) limits[1].days * DAY));

			if (!kept) {
				assert_int_equal(until, t - step);
				break;
			}
			assert_true(t <= until);
		}
		vst_law_settings_free(settings);
	}
}

/* ---- outbidding ---- */

/* Are all caps kept by these charges but those in `gone` (a bit set), with one more at t, as far as t has a part in it? */
static bool keeps_all(const vst_cap_charge *charges, size_t count, unsigned gone, int64_t t, const int counts[2],
                      const int days[2])
{
	int64_t left[16];
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		if ((gone >> i & 1) == 0) {
			left[n++] = charges[i].at;
		}
	}
	return keeps(left, n, t, counts[0], (int64_t) days[0] * DAY) && keeps(left, n, t, counts[1], (int64_t) days[1] * DAY);
}

/* Does the set of losers `a` go before `b` of the same size: lower priorities, then later? Both in order of giving way. */
static bool better(const vst_cap_charge *charges, size_t count, unsigned a, unsigned b)
{
	for (int priority = 0; priority <= VST_PRIORITY_MAX; priority++) {
		for (size_t i = count; i-- > 0;) { /* ascending by instant, so the latest come first */
			bool in_a = (a >> i & 1) != 0, in_b = (b >> i & 1) != 0;

			if (charges[i].priority == priority && in_a != in_b) {
				return in_a;
			}
		}
	}
	return false;
}

/* Of all subsets that would do, the smallest; of equal ones that of the lowest priorities, then of the latest. */
static void the_losers_are_as_few_and_as_low_as_can_be(void **state)
{
	uint64_t seed = 5;
	int with_losers = 0, with_two = 0;

	(void) state;
	for (int round = 0; round < 20000; round++) {
		vst_law_settings *settings;
		int counts[2], days[2], own = 1 + (int) (vectors_random(&seed) % 9);
		char json[128];
		int64_t at[9], losers[VST_CHARGES_MAX], found, from;
		vst_cap_charge charges[9];
		vst_cap_view seen;
		size_t count = vectors_random(&seed) % 9, lost;
		unsigned best = 0, chosen = 0;
		bool any = false;

		for (size_t i = 0; i < 2; i++) {
			counts[i] = 1 + (int) (vectors_random(&seed) % 3);
			days[i] = 1 + (int) (vectors_random(&seed) % 8);
		}
		(void) snprintf(json, sizeof json, "[{\"count\": %d, \"days\": %d}, {\"count\": %d, \"days\": %d}]", counts[0],
		                days[0], counts[1], days[1]);
		settings = caps(json);
		for (size_t i = 0; i < count; i++) {
			at[i] = (int64_t) (vectors_random(&seed) % 100) * DAY / 4;
		}
		qsort(at, count, sizeof *at, compare);
		for (size_t i = 0; i < count; i++) {
			charges[i] = (vst_cap_charge) {.at = at[i],
			                               .seq = (int64_t) i + 1,
			                               .kind = VST_CHARGE_ADVERTISING,
			                               .priority = (int) (vectors_random(&seed) % 10),
			                               .sent = vectors_random(&seed) % 3 == 0};
		}
		from = (int64_t) (vectors_random(&seed) % 100) * DAY / 4;
		seen = (vst_cap_view) {.charges = charges, .count = count, .least_priority = own};
		found = vst_cap_next(settings, &seen, from);
		lost = vst_cap_losers(settings, &seen, found, losers);
		for (size_t i = 0; i < lost; i++) {
			const vst_cap_charge *loser = &charges[losers[i] - 1];

			assert_true(!loser->sent && loser->priority < own);
			chosen |= 1u << (losers[i] - 1);
		}
		assert_int_equal(__builtin_popcount(chosen), (int) lost);
		for (unsigned set = 0; set < 1u << count; set++) {
			bool allowed = true;

			for (size_t i = 0; i < count; i++) {
				allowed = allowed && ((set >> i & 1) == 0 || (!charges[i].sent && charges[i].priority < own));
			}
			if (allowed && keeps_all(charges, count, set, found, counts, days)) {
				int size = __builtin_popcount(set), smallest = __builtin_popcount(best);

				if (!any || size < smallest || (size == smallest && better(charges, count, set, best))) {
					best = set;
					any = true;
				}
			}
		}
		assert_true(any);
		assert_true(keeps_all(charges, count, chosen, found, counts, days));
		if (__builtin_popcount(best) <= 2) {
			assert_int_equal(chosen, best);
		}
		with_losers += lost > 0;
		with_two += lost > 1;
		vst_law_settings_free(settings);
	}
	assert_true(with_losers > 2000 && with_two > 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slot_is_free_again_after_exactly_the_days),
		cmocka_unit_test(reservations_in_the_future_count),
		cmocka_unit_test(the_messages_own_reservation_does_not_count),
		cmocka_unit_test(several_caps_hold_together),
		cmocka_unit_test(without_caps_all_is_free),
		cmocka_unit_test(the_slot_found_is_the_earliest),
		cmocka_unit_test(the_losers_are_as_few_and_as_low_as_can_be),
	};

	return cmocka_run_group_tests_name("law/caps", tests, NULL, NULL);
}
