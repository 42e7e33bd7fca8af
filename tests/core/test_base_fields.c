#include "check.h"

#include "base/fields.h"

static json_t *parse(const char *text)
{
	json_t *value = json_loads(text, JSON_ALLOW_NUL | JSON_DECODE_ANY, NULL);

	assert_non_null(value);
	return value;
}

enum kind { TEXT, BOOL, INTEGER, MILLI, OBJECT, LIST };

static vst_rc read_field(enum kind kind, const vst_fields *fields, const char *key, vst_err *err)
{
	vst_str text = VST_STR_EMPTY;
	bool flag = false;
	int64_t number = 0;
	const json_t *value = NULL;

	switch (kind) {
		case TEXT: return vst_fields_text(fields, key, 2, 5, &text, err);
		case BOOL: return vst_fields_bool(fields, key, &flag, err);
		case INTEGER: return vst_fields_integer(fields, key, -3, 1000, &number, err);
		case MILLI: return vst_fields_milli(fields, key, 100, 1000000, &number, err);
		case OBJECT: return vst_fields_object(fields, key, &value, err);
		default: return vst_fields_list(fields, key, 2, &value, err);
	}
}

static void problems_name_the_path_and_what_was_expected(void **state)
{
	static const struct {
		enum kind kind;
		const char *json;
		vst_rc input_rc;
		const char *text;
	} cases[] = {
		{TEXT, "{\"k\": 5}", VST_E_TYPE, "a.b.k: expected a string"},
		{TEXT, "{\"k\": \"x\"}", VST_E_INVALID, "a.b.k: expected 2 to 5 bytes"},
		{TEXT, "{\"k\": \"xxxxxx\"}", VST_E_INVALID, "a.b.k: expected 2 to 5 bytes"},
		{TEXT, "{\"k\": \"x\\u0000x\"}", VST_E_INVALID, "a.b.k: a NUL byte is not allowed"},
		{BOOL, "{\"k\": 1}", VST_E_TYPE, "a.b.k: expected true or false"},
		{INTEGER, "{\"k\": 1.0}", VST_E_TYPE, "a.b.k: expected a whole number from -3 to 1000"},
		{INTEGER, "{\"k\": \"7\"}", VST_E_TYPE, "a.b.k: expected a whole number from -3 to 1000"},
		{INTEGER, "{\"k\": -4}", VST_E_INVALID, "a.b.k: expected a whole number from -3 to 1000"},
		{INTEGER, "{\"k\": 1001}", VST_E_INVALID, "a.b.k: expected a whole number from -3 to 1000"},
		{MILLI, "{\"k\": 0.0999}", VST_E_INVALID, "a.b.k: expected a number from 0.1 to 1000"},
		{MILLI, "{\"k\": 1e300}", VST_E_INVALID, "a.b.k: expected a number from 0.1 to 1000"},
		{MILLI, "{\"k\": true}", VST_E_TYPE, "a.b.k: expected a number from 0.1 to 1000"},
		{OBJECT, "{\"k\": [1]}", VST_E_TYPE, "a.b.k: expected an array with named keys"},
		{LIST, "{\"k\": {\"x\": 1}}", VST_E_TYPE, "a.b.k: expected a list"},
		{LIST, "{\"k\": [1, 2, 3]}", VST_E_INVALID, "a.b.k: expected at most 2 entries"},
	};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		json_t *object = parse(cases[i].json);
		vst_fields input = vst_fields_input(object, "a.b"), settings = vst_fields_settings(object, "a.b");
		vst_err err = VST_ERR_INIT, settings_err = VST_ERR_INIT;

		assert_int_equal(read_field(cases[i].kind, &input, "k", &err), cases[i].input_rc);
		assert_string_equal(err.text, cases[i].text);
		assert_int_equal(read_field(cases[i].kind, &settings, "k", &settings_err), VST_E_SETTINGS);
		assert_string_equal(settings_err.text, cases[i].text);
		json_decref(object);
	}
}

static void bounds_are_part_of_the_range(void **state)
{
	json_t *object = parse("{\"low\": -3, \"high\": 1000, \"least\": 0.1, \"most\": 1000, \"half\": 2.5,"
	                       " \"two\": \"ab\", \"five\": \"abcde\"}");
	vst_fields fields = vst_fields_input(object, "");
	int64_t number = 0;
	vst_str text = VST_STR_EMPTY;

	(void) state;
	assert_int_equal(vst_fields_integer(&fields, "low", -3, 1000, &number, NULL), VST_OK);
	assert_int_equal(number, -3);
	assert_int_equal(vst_fields_integer(&fields, "high", -3, 1000, &number, NULL), VST_OK);
	assert_int_equal(number, 1000);
	assert_int_equal(vst_fields_milli(&fields, "least", 100, 1000000, &number, NULL), VST_OK);
	assert_int_equal(number, 100);
	assert_int_equal(vst_fields_milli(&fields, "most", 100, 1000000, &number, NULL), VST_OK);
	assert_int_equal(number, 1000000);
	assert_int_equal(vst_fields_milli(&fields, "half", 100, 1000000, &number, NULL), VST_OK);
	assert_int_equal(number, 2500);
	assert_int_equal(vst_fields_text(&fields, "two", 2, 5, &text, NULL), VST_OK);
	assert_str(text, "ab");
	assert_int_equal(vst_fields_text(&fields, "five", 2, 5, &text, NULL), VST_OK);
	assert_str(text, "abcde");
	json_decref(object);
}

static void an_absent_field_keeps_the_default(void **state)
{
	json_t *object = parse("{\"null\": null}");
	vst_fields fields = vst_fields_input(object, "");
	vst_str text = VST_STR("default");
	bool flag = true;
	int64_t number = 42;
	const json_t *value = object;
	static const char *const keys[] = {"null", "absent"};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		assert_false(vst_fields_has(&fields, keys[i]));
		assert_int_equal(vst_fields_text(&fields, keys[i], 1, 2, &text, NULL), VST_OK);
		assert_int_equal(vst_fields_bool(&fields, keys[i], &flag, NULL), VST_OK);
		assert_int_equal(vst_fields_integer(&fields, keys[i], 1, 2, &number, NULL), VST_OK);
		assert_int_equal(vst_fields_milli(&fields, keys[i], 1, 2, &number, NULL), VST_OK);
		assert_str(text, "default");
		assert_true(flag);
		assert_int_equal(number, 42);
		assert_int_equal(vst_fields_object(&fields, keys[i], &value, NULL), VST_OK);
		assert_null(value);
	}
	json_decref(object);
}

static void an_unknown_key_is_named(void **state)
{
	static const char *const keys[] = {"url", "rate", NULL};
	json_t *object = parse("{\"url\": 1, \"rte\": 2}"), *empty = parse("[]"), *list = parse("[1]");
	vst_fields fields = vst_fields_settings(object, "providers.smsru");
	vst_fields of_empty = vst_fields_input(empty, ""), of_list = vst_fields_input(list, ""),
			   top = vst_fields_input(object, "");
	vst_err err = VST_ERR_INIT;

	(void) state;
	assert_int_equal(vst_fields_known(&fields, keys, &err), VST_E_SETTINGS);
	assert_string_equal(err.text, "providers.smsru.rte: unknown key");
	vst_err_clear(&err);
	assert_int_equal(vst_fields_known(&top, keys, &err), VST_E_INVALID);
	assert_string_equal(err.text, "rte: unknown key");
	vst_err_clear(&err);
	/* PHP cannot tell an empty list from an empty map */
	assert_int_equal(vst_fields_known(&of_empty, keys, &err), VST_OK);
	assert_int_equal(vst_fields_known(&of_list, keys, &err), VST_E_TYPE);
	assert_string_equal(err.text, "value: expected an array with named keys");
	json_decref(object);
	json_decref(empty);
	json_decref(list);
}

static void a_long_path_is_cut(void **state)
{
	char path[300], key[300], out[VST_PATH_MAX];
	vst_fields fields = vst_fields_input(NULL, path);

	(void) state;
	memset(path, 'p', sizeof path);
	memset(key, 'k', sizeof key);
	path[sizeof path - 1] = key[sizeof key - 1] = '\0';
	vst_fields_path(&fields, key, out);
	assert_true(strlen(out) < sizeof out);
	assert_non_null(strstr(out, "p.k"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(problems_name_the_path_and_what_was_expected),
		cmocka_unit_test(bounds_are_part_of_the_range),
		cmocka_unit_test(an_absent_field_keeps_the_default),
		cmocka_unit_test(an_unknown_key_is_named),
		cmocka_unit_test(a_long_path_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
