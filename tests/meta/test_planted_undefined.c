#include "check.h"

static void a_sum_overflows(void **state)
{
	volatile int large = INT32_MAX;

	(void) state;
	large = large + 1;
	(void) large;
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_sum_overflows)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
