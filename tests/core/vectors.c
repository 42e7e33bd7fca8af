#include "vectors.h"

#include <stdio.h>
#include <stdlib.h>

#include "check.h"

json_t *vectors_load(const char *file)
{
	char path[512];
	json_error_t error;
	json_t *json;

	(void) snprintf(path, sizeof path, "%s/data/%s", VST_TESTS_DIR, file);
	json = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
	if (json == NULL) {
		fail_msg("%s:%d: %s", path, error.line, error.text);
	}
	return json;
}

void vectors_known(const json_t *object, const char *const *keys)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *) (uintptr_t) object, key, value) {
		bool known = false;

		(void) value;
		for (size_t i = 0; keys[i] != NULL && !known; i++) {
			known = strcmp(keys[i], key) == 0;
		}
		if (!known) {
			fail_msg("unknown field in the data: %s", key);
		}
	}
}

vst_str vectors_text(const json_t *object, const char *key, const char *fallback)
{
	const json_t *value = json_object_get(object, key);

	if (value == NULL) {
		return vst_str_from(fallback);
	}
	assert_true(json_is_string(value));
	return vst_str_of(json_string_value(value), json_string_length(value));
}

int64_t vectors_integer(const json_t *object, const char *key, int64_t fallback)
{
	const json_t *value = json_object_get(object, key);

	if (value == NULL) {
		return fallback;
	}
	assert_true(json_is_integer(value));
	return json_integer_value(value);
}

bool vectors_bool(const json_t *object, const char *key, bool fallback)
{
	const json_t *value = json_object_get(object, key);

	if (value == NULL) {
		return fallback;
	}
	assert_true(json_is_boolean(value));
	return json_is_true(value);
}

/* Days since 1970-01-01 by walking the years: slow, plain and independent of core. */
static int64_t days_since_1970(int year, int month, int day)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int64_t days = day - 1;

	for (int y = 1970; y < year; y++) {
		days += (y % 4 == 0 && y % 100 != 0) || y % 400 == 0 ? 366 : 365;
	}
	for (int m = 1; m < month; m++) {
		days += lengths[m - 1] + (m == 2 && ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0));
	}
	return days;
}

int64_t vectors_instant(const json_t *value)
{
	const char *text = json_string_value(value);
	int year, month, day, hour, minute, second = 0, end = 0, fields;

	if (value == NULL || json_is_null(value)) {
		return 0;
	}
	assert_non_null(text);
	fields = sscanf(text, "%d-%d-%dT%d:%dZ%n", &year, &month, &day, &hour, &minute, &end);
	if (fields != 5 || end == 0) {
		fields = sscanf(text, "%d-%d-%dT%d:%d:%dZ%n", &year, &month, &day, &hour, &minute, &second, &end);
		assert_int_equal(fields, 6);
	}
	assert_true(end > 0 && text[end] == '\0');
	return (days_since_1970(year, month, day) * 24 + hour) * 3600 + minute * 60 + second;
}

static void append(char **text, size_t *len, const char *piece, size_t times)
{
	size_t size = strlen(piece);

	*text = realloc(*text, *len + size * times + 1);
	assert_non_null(*text);
	for (size_t i = 0; i < times; i++) {
		memcpy(*text + *len, piece, size);
		*len += size;
	}
	(*text)[*len] = '\0';
}

char *vectors_built(const json_t *value)
{
	char *text = NULL;
	size_t len = 0;

	append(&text, &len, "", 1);
	if (json_is_string(value)) {
		append(&text, &len, json_string_value(value), 1);
		return text;
	}
	assert_true(json_is_array(value));
	for (size_t i = 0; i < json_array_size(value); i++) {
		const json_t *item = json_array_get(value, i);

		if (json_is_string(item)) {
			append(&text, &len, json_string_value(item), 1);
		} else {
			append(&text, &len, json_string_value(json_array_get(item, 0)),
			       (size_t) json_integer_value(json_array_get(item, 1)));
		}
	}
	return text;
}

uint64_t vectors_random(uint64_t *state)
{
	uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15)); /* splitmix64 */

	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}
