#include <stdlib.h>

#include "check.h"

#include "allocation.h"
#include "law/law.h"
#include "vectors.h"

static vst_rc compile(const json_t *settings, vst_law_settings **out, vst_err *err)
{
	return vst_law_settings_new(json_object_get(settings, "windows"), json_object_get(settings, "caps"),
	                            json_object_get(settings, "rules"), out, err);
}

static void bad_settings_are_refused_with_their_path(void **state)
{
	static const char *const known[] = {"settings", "error", NULL};
	json_t *cases = vectors_load("law_settings.json");
	size_t i;
	json_t *item;

	(void) state;
	json_array_foreach(cases, i, item) {
		const json_t *settings = json_object_get(item, "settings");
		char *name = json_dumps(settings, JSON_COMPACT | JSON_ENCODE_ANY);
		vst_law_settings *out = NULL;
		vst_err err = VST_ERR_INIT;
		vst_rc rc = compile(settings, &out, &err);

		vectors_known(item, known);
		case_text(name, "error", vst_str_from(err.text), vectors_text(item, "error", ""));
		case_integer(name, "result", rc, json_object_get(item, "error") != NULL ? VST_E_SETTINGS : VST_OK);
		assert_int_equal(out != NULL, rc == VST_OK);
		vst_law_settings_free(out);
		free(name);
	}
	json_decref(cases);
}

static void the_shipped_settings_are_the_guides(void **state)
{
	vst_law_settings *settings;
	vst_err err = VST_ERR_INIT;

	(void) state;
	assert_int_equal(vst_law_settings_new(NULL, NULL, NULL, &settings, &err), VST_OK);
	assert_int_equal(vst_law_window(settings, VST_ADVERTISING)->from, 7 * 60);
	assert_int_equal(vst_law_window(settings, VST_ADVERTISING)->to, 23 * 60);
	assert_null(vst_law_window(settings, VST_SERVICE));
	assert_null(vst_law_window(settings, VST_AUTHENTICATION));
	assert_int_equal(vst_law_spread_s(settings, VST_ADVERTISING), 900);
	assert_int_equal(vst_law_charge_span(settings, VST_CHARGE_ADVERTISING), 7 * 86400);
	assert_int_equal(vst_law_bar_period(settings), 90 * 86400);
	vst_law_settings_free(settings);
}

static void given_settings_are_kept(void **state)
{
	json_error_t error;
	json_t *json =
		json_loads("{\"windows\": {\"advertising\": {\"from\": \"09:30\", \"spread_s\": 5}, \"service\": {\"from\": "
	               "\"08:00\", \"to\": \"20:00\"}}, \"caps\": [{\"count\": 1, \"days\": 30}, {\"count\": 1, "
	               "\"days\": 2}], \"rules\": {\"R09\": {\"days\": 10}}}",
	               0, &error);
	vst_law_settings *settings;
	vst_err err = VST_ERR_INIT;

	(void) state;
	assert_int_equal(compile(json, &settings, &err), VST_OK);
	json_decref(json); /* the settings own what they need */
	assert_int_equal(vst_law_window(settings, VST_ADVERTISING)->from, 9 * 60 + 30);
	assert_int_equal(vst_law_window(settings, VST_ADVERTISING)->to, 23 * 60);
	assert_int_equal(vst_law_window(settings, VST_SERVICE)->to, 20 * 60);
	assert_int_equal(vst_law_spread_s(settings, VST_ADVERTISING), 5);
	assert_int_equal(vst_law_charge_span(settings, VST_CHARGE_ADVERTISING), 30 * 86400);
	assert_int_equal(vst_law_bar_period(settings), 10 * 86400);
	vst_law_settings_free(settings);
}

static void a_failed_allocation_is_reported(void **state)
{
	json_error_t error;
	json_t *json = json_loads(
		"{\"rules\": {\"R08\": {\"bases\": [\"a\", \"b\"]}, \"R18\": {\"wording\": {\"ru\": \"СТОП {number}\"}}, \"R20\": "
		"{\"words\": [\"дурак*\"]}, \"R31\": {\"templates\": [\"Код %d\"]}}}",
		0, &error);
	unsigned long nth = 0;
	vst_rc rc;

	(void) state;
	do {
		vst_law_settings *settings = NULL;
		vst_err err = VST_ERR_INIT;

		fail_allocation(++nth);
		rc = compile(json, &settings, &err);
		fail_allocation(0);
		assert_true(rc == VST_OK || rc == VST_E_NOMEM);
		vst_law_settings_free(settings);
	} while (rc != VST_OK);
	assert_true(nth > 2);
	json_decref(json);
}

static void a_failed_allocation_hides_no_bad_word(void **state)
{
	json_t *json = json_loads("{\"rules\": {\"R20\": {\"words\": [\"дурак*\", \"сер(дц\"]}}}", 0, NULL);
	unsigned long nth = 0;
	vst_rc rc;

	(void) state;
	do {
		vst_law_settings *settings = NULL;
		vst_err err = VST_ERR_INIT;

		fail_allocation(++nth);
		rc = compile(json, &settings, &err);
		fail_allocation(0);
		assert_true(rc == VST_E_SETTINGS || rc == VST_E_NOMEM);
		if (rc == VST_E_SETTINGS) {
			assert_string_equal(err.text, "rules.R20.words.1: a '(' without ')'");
		}
	} while (rc == VST_E_NOMEM);
	assert_true(nth > 2);
	json_decref(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_settings_are_refused_with_their_path),
		cmocka_unit_test(the_shipped_settings_are_the_guides),
		cmocka_unit_test(given_settings_are_kept),
		cmocka_unit_test(a_failed_allocation_is_reported),
		cmocka_unit_test(a_failed_allocation_hides_no_bad_word),
	};

	return cmocka_run_group_tests_name("law/settings", tests, NULL, NULL);
}
