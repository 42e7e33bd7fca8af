/* Data-driven cases: the files of tests/core/data, and reading their fields strictly. A misspelt field fails a test. */
#ifndef VST_TESTS_VECTORS_H
#define VST_TESTS_VECTORS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Fails the test when the file does not parse. The caller owns it. */
json_t *vectors_load(const char *file);
/* Fails the test when the object has a key that is not in the list (NULL-terminated). */
void vectors_known(const json_t *object, const char *const *keys);
vst_str vectors_text(const json_t *object, const char *key, const char *fallback);
int64_t vectors_integer(const json_t *object, const char *key, int64_t fallback);
bool vectors_bool(const json_t *object, const char *key, bool fallback);
/* "2026-11-23T19:30Z" or "2026-11-23T19:30:59Z"; null or absent: 0. */
int64_t vectors_instant(const json_t *value);
/* A text, or a list of texts and [text, times] pairs that are put together. The caller frees it. */
char *vectors_built(const json_t *value);
/* Checks that name the case. */
#define case_integer(name, what, actual, expected) \
	do { \
		long long actual_ = (long long) (actual), expected_ = (long long) (expected); \
		if (actual_ != expected_) { \
			fail_msg("%s: %s is %lld, expected %lld", (name), (what), actual_, expected_); \
		} \
	} while (0)

#define case_text(name, what, actual, expected) \
	do { \
		vst_str actual_ = (actual), expected_ = (expected); \
		if (!vst_str_equal(actual_, expected_)) { \
			fail_msg("%s: %s is \"%.*s\", expected \"%.*s\"", (name), (what), VST_STR_ARGS(actual_), \
			         VST_STR_ARGS(expected_)); \
		} \
	} while (0)

/* Random numbers with a fixed beginning: a failure can be had again. */
uint64_t vectors_random(uint64_t *state);

#endif
