#include "check.h"

#include "base/str.h"

static void a_view_never_holds_null(void **state)
{
	(void) state;
	assert_non_null(vst_str_of(NULL, 5).ptr);
	assert_int_equal(vst_str_of(NULL, 5).len, 0);
	assert_non_null(vst_str_from(NULL).ptr);
	assert_int_equal(vst_str_from("abc").len, 3);
}

static void equality_counts_every_byte(void **state)
{
	(void) state;
	assert_true(vst_str_equal(VST_STR("a\0b"), VST_STR("a\0b")));
	assert_false(vst_str_equal(VST_STR("a\0b"), VST_STR("a\0c")));
	assert_false(vst_str_equal(VST_STR("a"), VST_STR("a\0")));
	assert_true(vst_str_equal(VST_STR_EMPTY, vst_str_of(NULL, 0)));
	assert_true(vst_str_is(VST_STR("smsru"), "smsru"));
	assert_false(vst_str_is(VST_STR("smsru"), "sms"));
}

static void beginning_and_content(void **state)
{
	(void) state;
	assert_true(vst_str_starts(VST_STR("env:NAME"), VST_STR("env:")));
	assert_true(vst_str_starts(VST_STR("x"), VST_STR_EMPTY));
	assert_false(vst_str_starts(VST_STR("en"), VST_STR("env:")));
	assert_true(vst_str_contains(VST_STR("abc"), VST_STR("bc")));
	assert_true(vst_str_contains(VST_STR("abc"), VST_STR_EMPTY));
	assert_true(vst_str_contains(VST_STR("a\0bc"), VST_STR("\0b")));
	assert_false(vst_str_contains(VST_STR("ab"), VST_STR("abc")));
}

static void case_is_ignored_for_ascii_only(void **state)
{
	(void) state;
	assert_true(vst_str_equal_nocase(VST_STR("Stop"), VST_STR("sTOP")));
	assert_false(vst_str_equal_nocase(VST_STR("stop"), VST_STR("stops")));
	assert_false(vst_str_equal_nocase(VST_STR("С"), VST_STR("с")));
	assert_false(vst_str_equal_nocase(VST_STR("["), VST_STR("{")));
	assert_false(vst_str_equal_nocase(VST_STR("@"), VST_STR("`")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_view_never_holds_null),
		cmocka_unit_test(equality_counts_every_byte),
		cmocka_unit_test(beginning_and_content),
		cmocka_unit_test(case_is_ignored_for_ascii_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
