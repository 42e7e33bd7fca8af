/*
 * Reading the fields of a JSON object that came from a user (settings, evidence, filters), with the path in every
 * problem: "providers.smsru.rate.per_second: expected a number from 0.1 to 1000".
 *
 * An absent field and null leave *out as it is, so that a default is what the caller put there before. Integers are
 * taken from JSON integers only, numbers from both. Texts are borrowed from the object.
 */
#ifndef VST_BASE_FIELDS_H
#define VST_BASE_FIELDS_H

#include <jansson.h>

#include "result.h"
#include "str.h"

typedef struct vst_fields {
	const json_t *object;
	const char *path; /* of the object itself, "" at the top */
	vst_rc value_rc;  /* what a bad value becomes: VST_E_SETTINGS or VST_E_INVALID */
	vst_rc type_rc;   /* what a wrong type becomes: VST_E_SETTINGS or VST_E_TYPE */
} vst_fields;

#define VST_PATH_MAX 128

static inline vst_fields vst_fields_settings(const json_t *object, const char *path)
{
	return (vst_fields) {object, path, VST_E_SETTINGS, VST_E_SETTINGS};
}

static inline vst_fields vst_fields_input(const json_t *object, const char *path)
{
	return (vst_fields) {object, path, VST_E_INVALID, VST_E_TYPE};
}

/* "path.key", or "key" at the top. Cut off when too long. */
void vst_fields_path(const vst_fields *fields, const char *key, char out[VST_PATH_MAX]);

/* The object is an object and has no other keys than these (NULL-terminated). */
vst_rc vst_fields_known(const vst_fields *fields, const char *const *keys, vst_err *err) VST_CHECKED;
bool vst_fields_has(const vst_fields *fields, const char *key); /* present and not null */

vst_rc vst_fields_text(const vst_fields *fields, const char *key, size_t min, size_t max, vst_str *out, vst_err *err)
	VST_CHECKED;
vst_rc vst_fields_bool(const vst_fields *fields, const char *key, bool *out, vst_err *err) VST_CHECKED;
vst_rc vst_fields_integer(const vst_fields *fields, const char *key, int64_t min, int64_t max, int64_t *out,
                          vst_err *err) VST_CHECKED;
/* A number times 1000 as an integer, bounds likewise. */
vst_rc vst_fields_milli(const vst_fields *fields, const char *key, int64_t min, int64_t max, int64_t *out, vst_err *err)
	VST_CHECKED;
/* NULL in *out when absent. */
vst_rc vst_fields_object(const vst_fields *fields, const char *key, const json_t **out, vst_err *err) VST_CHECKED;
vst_rc vst_fields_list(const vst_fields *fields, const char *key, size_t max, const json_t **out, vst_err *err)
	VST_CHECKED;
/* "path.key: words" with the value code; for checks of the caller's own. */
vst_rc vst_fields_refuse(const vst_fields *fields, const char *key, vst_err *err, const char *words) VST_CHECKED;
/* An object that PHP cannot tell from an empty list: [] counts as {}. */
bool vst_json_is_map(const json_t *value);

#endif
