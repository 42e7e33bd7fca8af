#include "check.h"

static void nothing_is_wrong(void **state)
{
	(void) state;
	assert_true(1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_is_wrong)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
