/* cmocka with what it needs before it, and checks of our own types. Include it instead of cmocka.h. */
#ifndef VST_TESTS_CHECK_H
#define VST_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

#define assert_str(actual, expected) \
	do { \
		vst_str actual_ = (actual); \
		assert_int_equal(actual_.len, strlen(expected)); \
		assert_memory_equal(actual_.ptr, (expected), actual_.len); \
	} while (0)

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

#endif
