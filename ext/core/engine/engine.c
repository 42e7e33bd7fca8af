/* The handle: opening, closing, and what every file of the engine needs of it. */
#include <stdlib.h>

#include "base/fields.h"
#include "dispatch.h"
#include "internal.h"
#include "text/phone.h"

vst_rc vst_engine_open(const vst_engine_options *options, const vst_env *env, vst_engine **out, vst_err *err)
{
	vst_engine *engine = calloc(1, sizeof *engine);
	vst_rc rc;

	if (engine == NULL) {
		return vst_fail_nomem(err);
	}
	engine->env = env;
	engine->options = *options;
	engine->options.store.dsn = vst_arena_copy(&engine->memory, options->store.dsn);
	engine->options.store.document_root = vst_arena_copy(&engine->memory, options->store.document_root);
	engine->options.ini_path = vst_arena_copy(&engine->memory, options->ini_path);
	engine->options.user = vst_arena_copy(&engine->memory, options->user);
	rc = engine->memory.failed ? vst_fail_nomem(err) : VST_OK;
	if (rc == VST_OK) {
		rc = vst_zone_cache_new(env, &engine->zones, err);
	}
	if (rc == VST_OK) {
		rc = vst_store_open(&engine->options.store, env, &engine->store, err);
	}
	if (rc != VST_OK) {
		vst_engine_close(engine);
		return rc;
	}
	*out = engine;
	return VST_OK;
}

void vst_engine_close(vst_engine *engine)
{
	if (engine == NULL) {
		return;
	}
	vst_dispatcher_free(engine);
	vst_store_close(engine->store);
	vst_settings_release(engine->settings);
	vst_zone_cache_free(engine->zones);
	vst_arena_free(&engine->memory);
	free(engine);
}

void vst_engine_forget(vst_engine *engine)
{
	vst_store_forget(engine->store);
}

bool vst_engine_is_mine(const vst_engine *engine)
{
	return vst_store_is_mine(engine->store);
}

bool vst_engine_is_current(const vst_engine *engine)
{
	return vst_store_is_current(engine->store);
}

vst_rc vst_engine_current(vst_engine *engine, vst_tx *tx, vst_settings **out, vst_err *err)
{
	int64_t version = vst_tx_settings_version(tx);
	vst_arena memory = VST_ARENA_INIT;
	vst_settings *settings = NULL;
	json_t *root = NULL;
	json_error_t problem;
	vst_str text;
	vst_rc rc;

	if (engine->settings != NULL && engine->settings->version == version) {
		*out = engine->settings;
		return VST_OK;
	}
	rc = vst_settings_get(tx, &memory, &text, &version, err);
	if (rc != VST_OK) {
		goto out;
	}
	root = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, &problem);
	if (root == NULL) {
		rc = vst_fail(err, VST_E_CORRUPT, "the stored settings cannot be read");
		goto out;
	}
	rc = vst_settings_new(root, version, &settings, err);
	if (rc == VST_OK) {
		vst_settings_release(engine->settings);
		engine->settings = settings;
		*out = settings;
	}
out:
	json_decref(root);
	vst_arena_free(&memory);
	return rc;
}

vst_rc vst_engine_write(vst_engine *engine, vst_tx_body body, void *context, vst_err *err)
{
	vst_err problem = VST_ERR_INIT;
	vst_rc rc;

	do {
		vst_err_clear(&problem);
		engine->wanted_zone[0] = '\0';
		rc = vst_store_write(engine->store, body, context, &problem);
		if (rc == VST_E_CANCELLED && engine->wanted_zone[0] != '\0') {
			vst_err_clear(&problem);
			rc = vst_zone_cache_load(engine->zones, engine->wanted_zone, &problem);
		} else {
			engine->wanted_zone[0] = '\0';
		}
	} while (rc == VST_OK && engine->wanted_zone[0] != '\0');
	if (rc != VST_OK && err != NULL && err->rc == VST_OK) {
		*err = problem;
	}
	return rc;
}

vst_rc vst_engine_entity(vst_engine *engine, vst_tx *tx, vst_str name, const vst_gate_entity **out, int64_t *id,
                         vst_err *err)
{
	vst_settings *settings;
	const vst_gate_entity *entity;
	vst_rc rc = vst_engine_current(engine, tx, &settings, err);

	if (rc != VST_OK) {
		return rc;
	}
	if (name.len > 0) {
		entity = vst_settings_entity(settings, name);
	} else {
		entity = settings->entity_count == 1 ? &settings->entities[0] : NULL;
	}
	if (settings->entity_count == 0) {
		return vst_fail(err, VST_E_SETTINGS, "entities: none yet; call vestnik_configure first");
	}
	if (entity == NULL) {
		return vst_fail(err, VST_E_INVALID,
		                name.len > 0 ? "entity: not one of settings.entities"
		                             : "entity: the settings have several, so one must be named");
	}
	*out = entity;
	/* Created when the settings were written: this may be a read transaction. */
	return vst_name_find(tx, VST_NAME_ENTITY, entity->id, id, err);
}

vst_rc vst_engine_phone(vst_str text, int64_t *phone, vst_err *err)
{
	vst_phone parsed;

	if (!vst_phone_parse(text, VST_STR("RU"), &parsed)) {
		return vst_fail(err, VST_E_INVALID, "phone: not a phone number that can be read");
	}
	*phone = parsed.number;
	return VST_OK;
}
