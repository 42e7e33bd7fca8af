#include "check.h"

#include <stdlib.h>

static void memory_is_lost(void **state)
{
	char *volatile memory = malloc(8);

	(void) state;
	memory[0] = 1;
	memory = NULL;
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(memory_is_lost)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
