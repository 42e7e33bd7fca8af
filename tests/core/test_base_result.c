#include "check.h"

#include "base/result.h"

static void the_first_error_wins(void **state)
{
	vst_err err = VST_ERR_INIT;

	(void) state;
	assert_int_equal(vst_fail_native(&err, VST_E_IO, VST_DOMAIN_SYSTEM, 28, "no space on %s", "disk"), VST_E_IO);
	assert_int_equal(vst_fail(&err, VST_E_CORRUPT, "second"), VST_E_CORRUPT);
	assert_int_equal(vst_fail_nomem(&err), VST_E_NOMEM);
	assert_int_equal(err.rc, VST_E_IO);
	assert_int_equal(err.domain, VST_DOMAIN_SYSTEM);
	assert_int_equal(err.native, 28);
	assert_string_equal(err.text, "no space on disk");
}

static void an_error_may_be_ignored(void **state)
{
	(void) state;
	assert_int_equal(vst_fail(NULL, VST_E_INVALID, "nobody reads %d", 1), VST_E_INVALID);
	assert_int_equal(vst_fail_nomem(NULL), VST_E_NOMEM);
	vst_err_clear(NULL);
}

static void a_long_text_is_cut_and_terminated(void **state)
{
	vst_err err = VST_ERR_INIT;

	(void) state;
	assert_int_equal(vst_fail(&err, VST_E_INVALID, "%01000d", 7), VST_E_INVALID);
	assert_int_equal(strlen(err.text), sizeof err.text - 1);
}

static void only_passing_troubles_are_retryable(void **state)
{
	static const struct {
		vst_rc rc;
		bool retryable;
	} cases[] = {
		{VST_E_NOMEM, false},   {VST_E_IO, false},       {VST_E_BUSY, true},      {VST_E_CORRUPT, false},
		{VST_E_INVALID, false}, {VST_E_TYPE, false},     {VST_E_SETTINGS, false}, {VST_E_PROTO, false},
		{VST_E_TIMEOUT, true},  {VST_E_CANCELLED, true}, {VST_E_DENIED, false},
	};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		vst_err err = VST_ERR_INIT;

		(void) vst_fail(&err, cases[i].rc, "x");
		assert_int_equal(err.retryable, cases[i].retryable);
	}
}

static void a_cleared_error_takes_the_next(void **state)
{
	vst_err err = VST_ERR_INIT;

	(void) state;
	(void) vst_fail(&err, VST_E_BUSY, "busy");
	vst_err_clear(&err);
	assert_int_equal(err.rc, VST_OK);
	assert_false(err.retryable);
	(void) vst_fail(&err, VST_E_IO, "disk");
	assert_string_equal(err.text, "disk");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_error_wins),
		cmocka_unit_test(an_error_may_be_ignored),
		cmocka_unit_test(a_long_text_is_cut_and_terminated),
		cmocka_unit_test(only_passing_troubles_are_retryable),
		cmocka_unit_test(a_cleared_error_takes_the_next),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
