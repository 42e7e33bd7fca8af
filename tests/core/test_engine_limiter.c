#include "check.h"

#include "engine/limiter.h"

/* Takes what is allowed at every step of the clock and returns the most that fell into any one period. */
static int64_t busiest_period(int64_t count, int64_t period_us, int64_t step_us)
{
	vst_limit limit = vst_limit_of(count, period_us);
	int64_t arrival = 0, most = 0, in_window = 0;
	enum { STEPS = 4000 };
	static int64_t taken[STEPS];
	int64_t per_window = period_us / step_us;

	for (int64_t i = 0; i < STEPS; i++) {
		int64_t now = 1000000 + i * step_us;

		taken[i] = vst_limit_available(limit, arrival, now);
		arrival = vst_limit_charge(limit, arrival, now, taken[i]);
		in_window += taken[i];
		if (i >= per_window) {
			in_window -= taken[i - per_window];
		}
		most = in_window > most ? in_window : most;
	}
	return most;
}

static void no_second_holds_more_than_the_rate(void **state)
{
	static const int64_t rates[] = {1, 2, 10, 19, 20, 100, 1000, 9999};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(rates); i++) {
		assert_true(busiest_period(rates[i], 1000000, 1000) <= rates[i]);
		assert_true(busiest_period(rates[i], 1000000, 10000) <= rates[i]);
	}
}

static void the_rate_is_nearly_used_up(void **state)
{
	(void) state;
	assert_true(busiest_period(100, 1000000, 1000) >= 95);
	assert_true(busiest_period(10, 1000000, 1000) == 10);
}

static void a_rate_below_one_a_second_waits_for_its_turn(void **state)
{
	vst_limit limit = vst_limit_of_rate(100); /* one in ten seconds */
	int64_t arrival = vst_limit_charge(limit, 0, 5000000, 1);

	(void) state;
	assert_int_equal(vst_limit_available(limit, arrival, 5000000), 0);
	assert_int_equal(vst_limit_next_us(limit, arrival, 5000000), 15000000);
	assert_int_equal(vst_limit_available(limit, arrival, 14999999), 0);
	assert_int_equal(vst_limit_available(limit, arrival, 15000000), 1);
}

static void without_a_rate_nothing_is_limited(void **state)
{
	(void) state;
	assert_int_equal(vst_limit_available(vst_limit_of_rate(0), 77, 5), INT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_second_holds_more_than_the_rate),
		cmocka_unit_test(the_rate_is_nearly_used_up),
		cmocka_unit_test(a_rate_below_one_a_second_waits_for_its_turn),
		cmocka_unit_test(without_a_rate_nothing_is_limited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
