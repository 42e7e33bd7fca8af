#include "fields.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

void vst_fields_path(const vst_fields *fields, const char *key, char out[VST_PATH_MAX])
{
	(void) snprintf(out, VST_PATH_MAX, "%.90s%s%.32s", fields->path, fields->path[0] != '\0' ? "." : "", key);
}

static const json_t *get(const vst_fields *fields, const char *key)
{
	const json_t *value = json_object_get(fields->object, key);

	return json_is_null(value) ? NULL : value;
}

static vst_rc expected(const vst_fields *fields, const char *key, vst_rc rc, vst_err *err, const char *what)
{
	char path[VST_PATH_MAX];

	vst_fields_path(fields, key, path);
	return vst_fail(err, rc, "%s: expected %s", path, what);
}

bool vst_json_is_map(const json_t *value)
{
	return json_is_object(value) || (json_is_array(value) && json_array_size(value) == 0);
}

vst_rc vst_fields_refuse(const vst_fields *fields, const char *key, vst_err *err, const char *words)
{
	char path[VST_PATH_MAX];

	vst_fields_path(fields, key, path);
	return vst_fail(err, fields->value_rc, "%s: %s", path, words);
}

vst_rc vst_fields_known(const vst_fields *fields, const char *const *keys, vst_err *err)
{
	const char *key;
	json_t *value;

	if (!vst_json_is_map(fields->object)) {
		return vst_fail(err, fields->type_rc, "%s: expected an array with named keys",
		                fields->path[0] != '\0' ? fields->path : "value");
	}
	json_object_foreach((json_t *) (uintptr_t) fields->object, key, value) {
		bool known = false;

		(void) value;
		for (size_t i = 0; keys[i] != NULL && !known; i++) {
			known = strcmp(keys[i], key) == 0;
		}
		if (!known) {
			return vst_fields_refuse(fields, key, err, "unknown key");
		}
	}
	return VST_OK;
}

bool vst_fields_has(const vst_fields *fields, const char *key)
{
	return get(fields, key) != NULL;
}

vst_rc vst_fields_text(const vst_fields *fields, const char *key, size_t min, size_t max, vst_str *out, vst_err *err)
{
	const json_t *value = get(fields, key);
	char words[64];
	size_t len;

	if (value == NULL) {
		return VST_OK;
	}
	if (!json_is_string(value)) {
		return expected(fields, key, fields->type_rc, err, "a string");
	}
	len = json_string_length(value);
	if (len < min || len > max) {
		(void) snprintf(words, sizeof words, "%zu to %zu bytes", min, max);
		return expected(fields, key, fields->value_rc, err, words);
	}
	if (memchr(json_string_value(value), '\0', len) != NULL) {
		return vst_fields_refuse(fields, key, err, "a NUL byte is not allowed");
	}
	*out = vst_str_of(json_string_value(value), len);
	return VST_OK;
}

vst_rc vst_fields_bool(const vst_fields *fields, const char *key, bool *out, vst_err *err)
{
	const json_t *value = get(fields, key);

	if (value == NULL) {
		return VST_OK;
	}
	if (!json_is_boolean(value)) {
		return expected(fields, key, fields->type_rc, err, "true or false");
	}
	*out = json_is_true(value);
	return VST_OK;
}

vst_rc vst_fields_integer(const vst_fields *fields, const char *key, int64_t min, int64_t max, int64_t *out,
                          vst_err *err)
{
	const json_t *value = get(fields, key);
	char words[80];

	if (value == NULL) {
		return VST_OK;
	}
	(void) snprintf(words, sizeof words, "a whole number from %" PRId64 " to %" PRId64, min, max);
	if (!json_is_integer(value)) {
		return expected(fields, key, fields->type_rc, err, words);
	}
	if (json_integer_value(value) < min || json_integer_value(value) > max) {
		return expected(fields, key, fields->value_rc, err, words);
	}
	*out = json_integer_value(value);
	return VST_OK;
}

vst_rc vst_fields_milli(const vst_fields *fields, const char *key, int64_t min, int64_t max, int64_t *out, vst_err *err)
{
	const json_t *value = get(fields, key);
	char words[80];
	double number;

	if (value == NULL) {
		return VST_OK;
	}
	(void) snprintf(words, sizeof words, "a number from %g to %g", (double) min / 1000, (double) max / 1000);
	if (!json_is_number(value)) {
		return expected(fields, key, fields->type_rc, err, words);
	}
	number = json_number_value(value);
	if (!(number * 1000 >= (double) min && number * 1000 <= (double) max)) {
		return expected(fields, key, fields->value_rc, err, words);
	}
	*out = (int64_t) llround(number * 1000);
	return VST_OK;
}

vst_rc vst_fields_object(const vst_fields *fields, const char *key, const json_t **out, vst_err *err)
{
	const json_t *value = get(fields, key);

	*out = NULL;
	if (value == NULL) {
		return VST_OK;
	}
	if (!vst_json_is_map(value)) {
		return expected(fields, key, fields->type_rc, err, "an array with named keys");
	}
	*out = value;
	return VST_OK;
}

vst_rc vst_fields_list(const vst_fields *fields, const char *key, size_t max, const json_t **out, vst_err *err)
{
	const json_t *value = get(fields, key);
	char words[64];

	*out = NULL;
	if (value == NULL) {
		return VST_OK;
	}
	if (!json_is_array(value)) {
		return expected(fields, key, fields->type_rc, err, "a list");
	}
	if (json_array_size(value) > max) {
		(void) snprintf(words, sizeof words, "at most %zu entries", max);
		return expected(fields, key, fields->value_rc, err, words);
	}
	*out = value;
	return VST_OK;
}
