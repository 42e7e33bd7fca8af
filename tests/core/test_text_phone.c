#include <stdio.h>

#include "check.h"

#include "text/phone.h"
#include "text/utf8.h"
#include "vectors.h"

/* Returns how many cases there were. */
static size_t check_forms(const char *file)
{
	static const char *const known[] = {"form", "raw", "region", "number", "country", "mobile", "refused", NULL};
	json_error_t error;
	char path[512];
	json_t *cases;
	size_t i;
	json_t *item;

	(void) snprintf(path, sizeof path, "%s/data/%s", VST_TESTS_DIR, file);
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
	json_decref(cases);
	return i;
}

static void hand_written_cases_are_read(void **state)
{
	(void) state;
	assert_true(check_forms("phones.json") >= 99);
}

static void what_people_type_into_shop_forms_is_read(void **state)
{
	(void) state;
	assert_true(check_forms("phone_forms.json") >= 1200);
}

/* Rows that Unicode calls decimal digits, wherever they stand. */
static void digits_of_every_alphabet_are_digits(void **state)
{
	static const uint32_t zeros[] = {
		0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966,  0x09E6,  0x0A66,  0x0AE6,  0x0B66,  0x0BE6, 0x0C66,
		0x0CE6, 0x0D66, 0x0DE6, 0x0E50, 0x0ED0,  0x0F20,  0x1040,  0x1090,  0x17E0,  0x1810, 0x1946,
		0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0,  0x1C40,  0x1C50,  0xA620,  0xA8D0,  0xA900, 0xA9D0,
		0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6,
	};
	static const char plain[] = "89012345678";

	(void) state;
	for (size_t i = 0; i < COUNT_OF(zeros); i++) {
		char raw[64];
		size_t len = 0;
		vst_phone phone;

		for (size_t digit = 0; plain[digit] != '\0'; digit++) {
			len += vst_utf8_put(zeros[i] + (uint32_t) (plain[digit] - '0'), raw + len);
		}
		assert_true(vst_phone_parse(vst_str_of(raw, len), VST_STR("RU"), &phone));
		assert_int_equal(phone.number, INT64_C(79012345678));
	}
}

/* One digit more or less, anywhere, is never read as a number that begins with 9. */
static void no_digit_is_lost_or_made_up(void **state)
{
	uint64_t seed = 17;

	(void) state;
	for (int round = 0; round < 20000; round++) {
		char raw[32], changed[32];
		size_t at;
		vst_phone phone;

		(void) snprintf(raw, sizeof raw, "%s9%09u", round % 2 == 0 ? "+7" : "8",
		                (unsigned) (vectors_random(&seed) % 1000000000));
		at = 3 + vectors_random(&seed) % (strlen(raw) - 3);
		(void) snprintf(changed, sizeof changed, "%.*s%s", (int) at, raw, raw + at + 1);
		assert_false(vst_phone_parse(vst_str_from(changed), VST_STR("RU"), &phone));
		(void) snprintf(changed, sizeof changed, "%.*s%c%s", (int) at, raw, '0' + (char) (vectors_random(&seed) % 10),
		                raw + at);
		assert_false(vst_phone_parse(vst_str_from(changed), VST_STR("RU"), &phone));
	}
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

static void divided_country_codes_are_told_apart(void **state)
{
	static const struct {
		int64_t number;
		const char *country;
	} cases[] = {
		{INT64_C(12125550100), "US"},  {INT64_C(14165550100), "CA"},   {INT64_C(18765550100), "JM"},
		{INT64_C(19425550100), "CA"},  {INT64_C(262262000001), "RE"},  {INT64_C(262269000001), "YT"},
		{INT64_C(262639000001), "YT"}, {INT64_C(358400000001), "FI"},  {INT64_C(358180000001), "AX"},
		{INT64_C(390600000001), "IT"}, {INT64_C(3906698000001), "VA"}, {INT64_C(447700900001), "GB"},
		{INT64_C(441481000001), "GG"}, {INT64_C(441534000001), "JE"},  {INT64_C(441624000001), "IM"},
		{INT64_C(59990000001), "CW"},  {INT64_C(59930000001), "BQ"},   {INT64_C(59970000001), "BQ"},
		{INT64_C(375290000001), "BY"}, {INT64_C(8613800000001), "CN"}, {INT64_C(97688000001), "MN"},
		{INT64_C(79990000001), "RU"},  {INT64_C(77010000001), "KZ"},   {INT64_C(37760000001), "MC"},
	};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		vst_phone phone;

		assert_true(vst_phone_describe(cases[i].number, &phone));
		case_text("country", cases[i].country, vst_str_from(phone.country), vst_str_from(cases[i].country));
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
		cmocka_unit_test(hand_written_cases_are_read),
		cmocka_unit_test(what_people_type_into_shop_forms_is_read),
		cmocka_unit_test(digits_of_every_alphabet_are_digits),
		cmocka_unit_test(no_digit_is_lost_or_made_up),
		cmocka_unit_test(a_read_number_is_read_again_as_itself),
		cmocka_unit_test(arbitrary_bytes_are_refused_without_harm),
		cmocka_unit_test(a_mask_shows_the_country_code_and_two_digits),
		cmocka_unit_test(divided_country_codes_are_told_apart),
		cmocka_unit_test(no_number_is_described_as_one),
	};

	return cmocka_run_group_tests_name("text/phone", tests, NULL, NULL);
}
