#ifndef GATEWAY_CHECK_TESTS_H
#define GATEWAY_CHECK_TESTS_H

#include "check.h"

extern const struct CMUnitTest protocol_tests[], fault_tests[], client_tests[];
extern const size_t protocol_test_count, fault_test_count, client_test_count;

#endif
