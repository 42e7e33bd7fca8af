/* Settings in and out, and the store's life: binding, answering, backup, clock. */
#include <stdlib.h>

#include "base/fields.h"
#include "breaker.h"
#include "internal.h"
#include "rule_set.h"

struct configuring {
	vst_engine *engine;
	json_t *given;        /* own copy, without `version` */
	int64_t read_version; /* -1: no check */
	vst_settings *settings;
};

/*
 * Gives every name its number, so that reading transactions only look it up. A person has just corrected something:
 * providers that were stopped get their chance at once.
 */
static vst_rc record_names(vst_tx *tx, const vst_settings *settings, vst_err *err)
{
	int64_t id;
	vst_rc rc = VST_OK;

	for (size_t i = 0; rc == VST_OK && i < settings->entity_count; i++) {
		rc = vst_name_id(tx, VST_NAME_ENTITY, settings->entities[i].id, &id, err);
	}
	for (size_t i = 0; rc == VST_OK && i < settings->sender_count; i++) {
		rc = vst_name_id(tx, VST_NAME_SENDER, settings->senders[i].name, &id, err);
	}
	for (size_t i = 0; rc == VST_OK && i < settings->provider_count; i++) {
		rc = vst_name_id(tx, VST_NAME_PROVIDER, vst_provider_name(settings->providers[i]), &id, err);
		if (rc == VST_OK) {
			rc = vst_breaker_reset(tx, vst_provider_name(settings->providers[i]), err);
		}
	}
	return rc;
}

static vst_rc write_settings(vst_tx *tx, void *context, vst_err *err)
{
	struct configuring *c = context;
	vst_settings *stored;
	json_t *root = NULL;
	char *text = NULL;
	int64_t version = 0;
	vst_rc rc = vst_engine_current(c->engine, tx, &stored, err);

	if (rc != VST_OK) {
		return rc;
	}
	if (c->read_version >= 0 && c->read_version != stored->version) {
		return vst_fail(err, VST_E_SETTINGS, "version: the settings were changed meanwhile; read them again");
	}
	vst_settings_release(c->settings);
	c->settings = NULL;
	root = json_deep_copy(c->given);
	rc = root == NULL ? vst_fail_nomem(err) : vst_settings_unmask(stored, root, err);
	if (rc == VST_OK) {
		rc = vst_settings_new(root, stored->version + 1, &c->settings, err);
	}
	if (rc == VST_OK) {
		text = json_dumps(root, JSON_COMPACT);
		rc = text == NULL ? vst_fail_nomem(err) : vst_settings_put(tx, vst_str_from(text), &version, err);
	}
	if (rc == VST_OK) {
		c->settings->version = version;
		rc = vst_rule_set_keep(tx, c->settings, err);
	}
	if (rc == VST_OK) {
		rc = record_names(tx, c->settings, err);
	}
	free(text);
	json_decref(root);
	return rc;
}

vst_rc vst_engine_configure(vst_engine *engine, const json_t *settings, vst_err *err)
{
	struct configuring c = {engine, NULL, -1, NULL};
	vst_fields top = vst_fields_settings(settings, "");
	vst_rc rc;

	if (!vst_json_is_map(settings)) {
		return vst_fail(err, VST_E_SETTINGS, "settings: expected an array with named keys");
	}
	rc = vst_fields_integer(&top, "version", 0, INT64_MAX, &c.read_version, err);
	if (rc != VST_OK) {
		return rc;
	}
	c.given = json_is_object(settings) ? json_deep_copy(settings) : json_object();
	if (c.given == NULL) {
		return vst_fail_nomem(err);
	}
	json_object_del(c.given, "version");
	rc = vst_store_write(engine->store, write_settings, &c, err);
	if (rc == VST_OK) {
		vst_settings_release(engine->settings);
		engine->settings = c.settings;
		c.settings = NULL;
	}
	vst_settings_release(c.settings);
	json_decref(c.given);
	return rc;
}

struct reading {
	vst_engine *engine;
	vst_settings *settings;
};

static vst_rc read_settings(vst_tx *tx, void *context, vst_err *err)
{
	struct reading *r = context;

	return vst_engine_current(r->engine, tx, &r->settings, err);
}

vst_rc vst_engine_settings(vst_engine *engine, json_t **out, vst_err *err)
{
	struct reading r = {engine, NULL};
	json_t *masked = NULL;
	vst_rc rc = vst_store_read(engine->store, read_settings, &r, err);

	if (rc == VST_OK) {
		rc = vst_settings_mask(r.settings, &masked, err);
	}
	if (rc == VST_OK && json_object_set_new(masked, "version", json_integer(r.settings->version)) != 0) {
		json_decref(masked);
		rc = vst_fail_nomem(err);
	}
	if (rc == VST_OK) {
		*out = masked;
	}
	return rc;
}

vst_rc vst_engine_backup(vst_engine *engine, vst_str target, json_t **out, vst_err *err)
{
	int64_t bytes = 0;
	vst_rc rc = vst_store_backup(engine->store, target, &bytes, err);

	if (rc == VST_OK) {
		*out = json_pack("{s:s%, s:I}", "path", target.ptr, target.len, "bytes", (json_int_t) bytes);
		rc = *out != NULL ? VST_OK : vst_fail_nomem(err);
	}
	return rc;
}

vst_rc vst_engine_bind(vst_engine *engine, const json_t *installation, vst_err *err)
{
	static const char *const keys[] = {"id", "document_root", "database", NULL};
	vst_fields fields = vst_fields_input(installation, "installation");
	vst_installation given = {VST_STR_EMPTY, VST_STR_EMPTY, VST_STR_EMPTY};
	vst_rc rc;

	if ((rc = vst_fields_known(&fields, keys, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "id", 1, 63, &given.id, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "document_root", 1, 255, &given.document_root, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "database", 1, 127, &given.database, err)) != VST_OK) {
		return rc;
	}
	if (given.id.len == 0) {
		return vst_fields_refuse(&fields, "id", err, "missing");
	}
	return vst_store_bind(engine->store, &given, err);
}

vst_rc vst_engine_answer(vst_engine *engine, vst_str is, json_t **out, vst_err *err)
{
	vst_rc rc;

	if (!vst_str_is(is, "live") && !vst_str_is(is, "copy")) {
		return vst_fail(err, VST_E_INVALID, "answer: expected 'live' or 'copy'");
	}
	rc = vst_store_answer(engine->store, vst_str_is(is, "live"), err);
	if (rc == VST_OK) {
		*out = json_pack("{s:s%, s:b}", "is", is.ptr, is.len, "holds", !vst_str_is(is, "live"));
		rc = *out != NULL ? VST_OK : vst_fail_nomem(err);
	}
	return rc;
}

vst_rc vst_engine_migrate(const vst_engine_options *options, const vst_env *env, json_t **out, vst_err *err)
{
	vst_migration_result result;
	vst_rc rc = vst_store_migrate(&options->store, env, &result, err);

	if (rc == VST_OK) {
		*out = json_pack("{s:i, s:i, s:i}", "major", result.major, "from_minor", result.from_minor, "to_minor",
		                 result.to_minor);
		rc = *out != NULL ? VST_OK : vst_fail_nomem(err);
	}
	return rc;
}

vst_rc vst_engine_clock(vst_engine *engine, int64_t now, vst_err *err)
{
	return vst_store_set_clock(engine->store, now, err);
}
