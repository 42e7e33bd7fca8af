#include "harness.h"
#include "tests.h"

int main(void)
{
	int failed;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		return 1;
	}
	failed = _cmocka_run_group_tests("protocol", protocol_tests, protocol_test_count, NULL, NULL) +
	         _cmocka_run_group_tests("faults", fault_tests, fault_test_count, NULL, NULL) +
	         _cmocka_run_group_tests("client", client_tests, client_test_count, NULL, NULL);
	curl_global_cleanup();
	return failed == 0 ? 0 : 1;
}
