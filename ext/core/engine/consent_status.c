/* What is known of a person's consent, for people. */
#include "consent.h"

static vst_rc append_stop(json_t *stops, const vst_stop *stop, vst_err *err)
{
	vst_json json;
	json_t *item;
	vst_rc rc;

	vst_json_begin(&json);
	vst_json_set_name(&json, "kind", vst_stop_kind_name(stop->kind));
	vst_json_set_name(&json, "scope", vst_stop_scope_name(stop->scope));
	vst_json_set_text(&json, "reason", stop->reason);
	vst_json_set_text(&json, "author", stop->author);
	vst_json_set_integer(&json, "added", stop->added);
	vst_json_set_instant(&json, "expires", stop->expires);
	rc = vst_json_end(&json, &item, err);
	if (rc == VST_OK && json_array_append_new(stops, item) != 0) {
		rc = vst_fail_nomem(err);
	}
	return rc;
}

/* The stops in force, one of each kind at most. */
static vst_rc list_stops(vst_tx *tx, int64_t entity, int64_t phone, json_t *stops, vst_err *err)
{
	vst_rc rc = VST_OK;

	for (unsigned kind = 0; rc == VST_OK && kind < VST_STOP_KIND_COUNT; kind++) {
		vst_arena memory = VST_ARENA_INIT;
		vst_stop stop;
		bool found = false;

		rc = vst_stop_get(tx, entity, phone, (vst_stop_kind) kind, &memory, &stop, &found, err);
		if (rc == VST_OK && found && (stop.expires == 0 || stop.expires > vst_tx_now(tx))) {
			rc = append_stop(stops, &stop, err);
		}
		vst_arena_free(&memory);
	}
	return rc;
}

vst_rc vst_consent_view(vst_tx *tx, const vst_gate_entity *entity, int64_t entity_id, const vst_person *person,
                        vst_purpose purpose, int64_t event, vst_json *out, vst_err *err)
{
	const vst_consent_fact *fact = &person->consent[purpose];
	bool known = fact->status != VST_CONSENT_NONE;
	bool given = fact->status == VST_CONSENT_GRANTED || fact->status == VST_CONSENT_UNCONFIRMED;
	json_t *stops = json_array();
	vst_rc rc;

	if (stops == NULL) {
		return vst_fail_nomem(err);
	}
	rc = list_stops(tx, entity_id, person->phone, stops, err);
	if (rc != VST_OK) {
		json_decref(stops);
		return rc;
	}
	vst_json_begin(out);
	vst_json_set_name(out, "status", vst_consent_status_name(fact->status));
	vst_json_set(out, "since", known ? json_integer((json_int_t) fact->since) : json_null());
	vst_json_set_name(out, "source", given ? vst_source_name(fact->source) : "");
	vst_json_set_bool(out, "complete", given && fact->complete);
	vst_json_set_instant(out, "event", event != 0 ? event : fact->event);
	vst_json_set_name(out, "purpose", vst_purpose_name(purpose));
	vst_json_set_text(out, "entity", entity->id);
	vst_json_set(out, "stops", stops);
	return VST_OK;
}

struct asking {
	vst_engine *engine;
	int64_t phone;
	vst_purpose purpose;
	vst_str entity;
	json_t *result;
};

static vst_rc status_body(vst_tx *tx, void *context, vst_err *err)
{
	struct asking *a = context;
	const vst_gate_entity *entity;
	vst_person person;
	int64_t id = 0;
	vst_json json;
	vst_rc rc = vst_engine_entity(a->engine, tx, a->entity, &entity, &id, err);

	json_decref(a->result);
	a->result = NULL;
	if (rc == VST_OK) {
		rc = vst_person_get(tx, id, a->phone, vst_tx_now(tx), &person, err);
	}
	if (rc == VST_OK) {
		rc = vst_consent_view(tx, entity, id, &person, a->purpose, 0, &json, err);
	}
	return rc == VST_OK ? vst_json_end(&json, &a->result, err) : rc;
}

vst_rc vst_engine_consent_status(vst_engine *engine, vst_str phone, vst_str purpose, vst_str entity, json_t **out,
                                 vst_err *err)
{
	struct asking a = {.engine = engine, .entity = entity};
	vst_rc rc;

	if (!vst_purpose_parse(purpose, &a.purpose)) {
		return vst_fail(err, VST_E_INVALID, "purpose: expected 'advertising', 'service', 'survey' or 'data'");
	}
	rc = vst_engine_phone(phone, &a.phone, err);
	if (rc == VST_OK) {
		rc = vst_store_read(engine->store, status_body, &a, err);
	}
	return vst_json_give(a.result, rc, out);
}
