#include "check.h"

#include <stdlib.h>

static void a_byte_too_much_is_read(void **state)
{
	char *volatile memory = calloc(1, 8);
	volatile size_t after = 8;

	(void) state;
	assert_in_range(memory[after], -128, 127);
	free(memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_byte_too_much_is_read)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
