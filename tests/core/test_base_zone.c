#include "check.h"

#include "allocation.h"
#include "base/zone.h"

/* Europe/Moscow around 2011 and 2014, and the end of its last rule */
static const vst_transition moscow[] = {
	{INT64_C(1269730800), 4 * 3600},
	{INT64_C(1288479600), 3 * 3600},
	{INT64_C(1301180400), 4 * 3600},
	{INT64_C(1414274400), 3 * 3600},
};

static vst_zone *zone_of(const vst_transition *transitions, size_t count)
{
	vst_zone *zone = NULL;
	vst_err err = VST_ERR_INIT;

	assert_int_equal(vst_zone_new("Europe/Moscow", transitions, count, &zone, &err), VST_OK);
	return zone;
}

static void an_offset_holds_from_its_instant_on(void **state)
{
	static const struct {
		int64_t at;
		int32_t hours;
		int64_t next;
	} cases[] = {
		{INT64_MIN, 4, INT64_C(1288479600)},
		{INT64_C(1269730799), 4, INT64_C(1288479600)}, /* the first also holds before its instant */
		{INT64_C(1269730800), 4, INT64_C(1288479600)},
		{INT64_C(1288479599), 4, INT64_C(1288479600)},
		{INT64_C(1288479600), 3, INT64_C(1301180400)},
		{INT64_C(1301180399), 3, INT64_C(1301180400)},
		{INT64_C(1301180400), 4, INT64_C(1414274400)},
		{INT64_C(1414274399), 4, INT64_C(1414274400)},
		{INT64_C(1414274400), 3, INT64_MAX},
		{INT64_MAX, 3, INT64_MAX},
	};
	vst_zone *zone = zone_of(moscow, COUNT_OF(moscow));

	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(vst_zone_offset(zone, cases[i].at), cases[i].hours * 3600);
		assert_true(vst_zone_next_change(zone, cases[i].at) == cases[i].next);
	}
	vst_zone_free(zone);
}

static void one_transition_is_a_fixed_offset(void **state)
{
	vst_zone *zone = zone_of(moscow, 1);

	(void) state;
	assert_int_equal(vst_zone_offset(zone, 0), 4 * 3600);
	assert_int_equal(vst_zone_offset(zone, INT64_MAX), 4 * 3600);
	assert_true(vst_zone_next_change(zone, 0) == INT64_MAX);
	vst_zone_free(zone);
}

static void the_search_agrees_with_a_plain_walk(void **state)
{
	vst_transition transitions[37];
	vst_zone *zone;

	(void) state;
	for (size_t i = 0; i < COUNT_OF(transitions); i++) {
		transitions[i] = (vst_transition) {(int64_t) (i * i * 10), (int32_t) i * 900};
	}
	for (size_t count = 1; count <= COUNT_OF(transitions); count++) {
		zone = zone_of(transitions, count);
		for (int64_t at = -5; at < 13500; at += 5) {
			size_t i = 0;

			while (i + 1 < count && transitions[i + 1].at <= at) {
				i++;
			}
			assert_int_equal(vst_zone_offset(zone, at), transitions[i].offset);
		}
		vst_zone_free(zone);
	}
}

static void nonsense_is_refused(void **state)
{
	static const vst_transition twice[] = {{10, 0}, {10, 3600}};
	static const vst_transition backwards[] = {{10, 0}, {9, 3600}};
	char name[200];
	vst_zone *zone = NULL;
	vst_err err = VST_ERR_INIT;

	(void) state;
	memset(name, 'a', sizeof name);
	name[sizeof name - 1] = '\0';
	assert_int_equal(vst_zone_new("UTC", moscow, 0, &zone, &err), VST_E_INVALID);
	assert_int_equal(vst_zone_new("UTC", twice, 2, &zone, NULL), VST_E_INVALID);
	assert_int_equal(vst_zone_new("UTC", backwards, 2, &zone, NULL), VST_E_INVALID);
	assert_int_equal(vst_zone_new(name, moscow, 1, &zone, NULL), VST_E_INVALID);
	assert_null(zone);
	vst_zone_free(NULL);
}

static void no_memory_is_an_error_and_leaks_nothing(void **state)
{
	(void) state;
	for (unsigned long nth = 1; nth <= 2; nth++) {
		vst_zone *zone = NULL;
		vst_err err = VST_ERR_INIT;

		fail_allocation(nth);
		assert_int_equal(vst_zone_new("UTC", moscow, 1, &zone, &err), VST_E_NOMEM);
		assert_int_equal(err.rc, VST_E_NOMEM);
		assert_null(zone);
	}
	fail_allocation(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_offset_holds_from_its_instant_on),     cmocka_unit_test(one_transition_is_a_fixed_offset),
		cmocka_unit_test(the_search_agrees_with_a_plain_walk),     cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(no_memory_is_an_error_and_leaks_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
