#include "rule_set.h"

#include <stdlib.h>

#include "base/fields.h"

/* Keys of the settings that no decision depends on. A new key is kept unless it is named here. */
static const char *const left_out[] = {"keep", "in_doubt", "routes"};

/* What is kept of settings; new. */
static vst_rc body_of(const vst_settings *settings, json_t **out, vst_err *err)
{
	vst_rc rc = vst_settings_mask(settings, out, err);

	for (size_t i = 0; rc == VST_OK && i < sizeof left_out / sizeof *left_out; i++) {
		(void) json_object_del(*out, left_out[i]);
	}
	return rc;
}

vst_rc vst_rule_set_keep(vst_tx *tx, const vst_settings *settings, vst_err *err)
{
	json_t *body = NULL;
	char *text = NULL;
	vst_rc rc = body_of(settings, &body, err);

	if (rc == VST_OK) {
		text = json_dumps(body, JSON_COMPACT);
		rc = text != NULL ? vst_rule_set_put(tx, settings->version, vst_str_from(text), err) : vst_fail_nomem(err);
	}
	free(text);
	json_decref(body);
	return rc;
}

static vst_rc put(json_t *target, const char *key, json_t *value, vst_err *err)
{
	return json_object_set(target, key, value) == 0 ? VST_OK : vst_fail_nomem(err);
}

static vst_rc lay_over(json_t *body, const json_t *rules, vst_err *err)
{
	json_t *inner = json_object_get(body, "rules"), *value;
	const char *key;
	vst_rc rc = VST_OK;

	if (rules != NULL && !vst_json_is_map(rules)) {
		return vst_fail(err, VST_E_SETTINGS, "rules: expected an array with named keys");
	}
	if (json_object_size(rules) == 0) {
		return VST_OK;
	}
	if (!json_is_object(inner)) {
		inner = json_object();
		if (inner == NULL || json_object_set_new(body, "rules", inner) != 0) {
			return vst_fail_nomem(err);
		}
	}
	json_object_foreach((json_t *) (uintptr_t) rules, key, value) {
		bool beside = strcmp(key, "windows") == 0 || strcmp(key, "caps") == 0;

		if (rc == VST_OK) {
			rc = put(beside ? body : inner, key, value, err);
		}
	}
	return rc;
}

/* Takes the body. */
static vst_rc compile(json_t *body, int64_t version, const json_t *rules, vst_settings **out, vst_err *err)
{
	vst_rc rc = lay_over(body, rules, err);

	if (rc == VST_OK) {
		rc = vst_settings_new(body, version, out, err);
	}
	json_decref(body);
	return rc;
}

vst_rc vst_rule_set_over(const vst_settings *settings, const json_t *rules, vst_settings **out, vst_err *err)
{
	json_t *body = NULL;
	vst_rc rc = body_of(settings, &body, err);

	return rc == VST_OK ? compile(body, settings->version, rules, out, err) : rc;
}

vst_rc vst_rule_set_load(vst_tx *tx, int64_t version, const json_t *rules, vst_settings **out, vst_err *err)
{
	vst_arena memory = VST_ARENA_INIT;
	vst_str text = VST_STR("{}"); /* version 0 is that of a store that was never configured */
	json_t *body = NULL;
	bool found = version == 0;
	vst_rc rc = found ? VST_OK : vst_rule_set_get(tx, version, &memory, &text, &found, err);

	if (rc == VST_OK && !found) {
		rc = vst_fail(err, VST_E_CORRUPT, "the rules of settings version %lld are not there", (long long) version);
	}
	if (rc == VST_OK) {
		body = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, NULL);
		rc = body != NULL ? compile(body, version, rules, out, err)
		                  : vst_fail(err, VST_E_CORRUPT, "the rules of settings version %lld cannot be read",
		                             (long long) version);
	}
	vst_arena_free(&memory);
	return rc;
}
