#include <stdio.h>

#include "check.h"

#include "text/phone.h"
#include "vectors.h"

static void shop_forms_are_read(void **state)
{
	static const char *const known[] = {"raw", "region", "number", "country", "mobile", "refused", NULL};
	json_error_t error;
	char path[512];
	json_t *cases;
	size_t i;
	json_t *item;

	(void) state;
	(void) snprintf(path, sizeof path, "%s/data/phones.json", VST_TESTS_DIR);
	cases = json_load_file(path, JSON_ALLOW_NUL, &error);
	assert_non_null(cases);
	json_array_foreach(cases, i, item) {
		vst_str raw = vectors_text(item, "raw", "");
		vst_phone phone = {0, "", 9};
		bool read = vst_phone_parse(raw, vectors_text(item, "region", "RU"), &phone);

		vectors_known(item, known);
		case_integer(raw.ptr, "read", read, json_object_get(item, "refused") == NULL);
		if (read) {
			case_integer(raw.ptr, "number", phone.number, vectors_integer(item, "number", -1));
			case_text(raw.ptr, "country", vst_str_from(phone.country), vectors_text(item, "country", "?"));
			case_integer(raw.ptr, "mobile", phone.mobile, vectors_integer(item, "mobile", -9));
		}
	}
	assert_true(i > 90);
	json_decref(cases);
}

static void a_read_number_is_read_again_as_itself(void **state)
{
	static const struct {
		const char *before, *after;
	} forms[] = {
		{"+7", ""},  {"8", ""},    {"7", ""},    {"", ""},          {"8 10 7 ", ""},
		{"007", ""}, {"8 (", ")"}, {"+7-", " "}, {"8-", " доб. 7"},
	};
	uint64_t seed = 7;

	(void) state;
	for (int round = 0; round < 50000; round++) {
		char national[16], raw[64], text[VST_PHONE_TEXT];
		size_t form = vectors_random(&seed) % COUNT_OF(forms);
		bool grouped = vectors_random(&seed) % 2 == 0;
		vst_phone phone, again;

		(void) snprintf(national, sizeof national, "9%09u", (unsigned) (vectors_random(&seed) % 1000000000));
		(void) snprintf(raw, sizeof raw, "%s%.3s%s%.3s%s%.2s%s%.2s%s", forms[form].before, national,
		                grouped ? ") " : "", national + 3, grouped ? "-" : "", national + 6, grouped ? "-" : "",
		                national + 8, forms[form].after);
		assert_true(vst_phone_parse(vst_str_from(raw), VST_STR("RU"), &phone));
		vst_phone_format(phone.number, text);
		assert_string_equal(text + 2, national);
		assert_true(vst_phone_parse(vst_str_from(text), VST_STR("US"), &again));
		assert_int_equal(again.number, phone.number);
		assert_true(vst_phone_describe(phone.number, &again));
		assert_string_equal(again.country, "RU");
		assert_int_equal(again.mobile, 1);
	}
}

static void arbitrary_bytes_are_refused_without_harm(void **state)
{
	static const char alphabet[] = "+78 9-()0\xd0\xb4\xef\xbc\x97\xc2\xa0#x,;.\xff\x80";
	uint64_t seed = 3;

	(void) state;
	for (int round = 0; round < 100000; round++) {
		size_t len = vectors_random(&seed) % 40;
		char *raw = test_malloc(len + 1);
		vst_phone phone;

		for (size_t i = 0; i < len; i++) {
			raw[i] = alphabet[vectors_random(&seed) % (sizeof alphabet - 1)];
		}
		if (vst_phone_parse(vst_str_of(raw, len), VST_STR("RU"), &phone)) {
			assert_true(phone.number > 0 && phone.number < INT64_C(1000000000000000));
			assert_true(vst_phone_describe(phone.number, &phone));
		}
		test_free(raw);
	}
}

static void a_mask_shows_the_country_code_and_two_digits(void **state)
{
	static const struct {
		int64_t number;
		const char *mask;
	} cases[] = {
		{INT64_C(79990000067), "+7*******67"},
		{INT64_C(375290000001), "+375*******01"},
		{INT64_C(12025550100), "+1*******00"},
		{INT64_C(447400000001), "+44*******01"},
		{INT64_C(12), "+*******"},
	};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char out[VST_PHONE_MASK];

		vst_phone_mask(cases[i].number, out);
		assert_string_equal(out, cases[i].mask);
	}
}

static void no_number_is_described_as_one(void **state)
{
	static const int64_t numbers[] = {0, -79990000001, 1, 7999000000, 799900000011, INT64_MAX, INT64_MIN};
	vst_phone phone;

	(void) state;
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		assert_false(vst_phone_describe(numbers[i], &phone));
	}
	assert_true(vst_phone_region_known(VST_STR("RU")));
	assert_false(vst_phone_region_known(VST_STR("ru")));
	assert_false(vst_phone_region_known(VST_STR("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shop_forms_are_read),
		cmocka_unit_test(a_read_number_is_read_again_as_itself),
		cmocka_unit_test(arbitrary_bytes_are_refused_without_harm),
		cmocka_unit_test(a_mask_shows_the_country_code_and_two_digits),
		cmocka_unit_test(no_number_is_described_as_one),
	};

	return cmocka_run_group_tests_name("text/phone", tests, NULL, NULL);
}
