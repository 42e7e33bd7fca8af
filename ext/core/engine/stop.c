/* Putting numbers on the stop list and taking them off. */
#include "stop.h"

#include "event_append.h"
#include "filter.h"

vst_rc vst_stop_announce(vst_tx *tx, const vst_stop *stop, bool added, vst_err *err)
{
	vst_json data;

	vst_json_begin(&data);
	vst_json_set_name(&data, "kind", vst_stop_kind_name(stop->kind));
	vst_json_set_name(&data, "scope", vst_stop_scope_name(stop->scope));
	vst_json_set_instant(&data, "expires", stop->expires);
	return vst_event_say(tx, added ? "stop.added" : "stop.removed", NULL, stop->entity, stop->phone, &data, err);
}

vst_rc vst_stop_put_and_cancel(vst_tx *tx, const vst_stop *stop, vst_str reason, int64_t *cancelled, vst_err *err)
{
	static const unsigned categories[VST_SCOPE_COUNT] = {
		[VST_SCOPE_ADVERTISING] = 1u << VST_ADVERTISING,
		[VST_SCOPE_ALL] = 1u << VST_ADVERTISING | 1u << VST_SERVICE,
	};
	vst_rc rc = vst_stop_put(tx, stop, err);

	if (rc == VST_OK) {
		rc = vst_stop_announce(tx, stop, true, err);
	}
	return rc == VST_OK ? vst_person_cancel_waiting(tx, stop->entity, stop->phone, categories[stop->scope], reason,
	                                                cancelled, err)
	                    : rc;
}

void vst_stop_show(vst_json *json, const vst_stop *stop, vst_str entity)
{
	vst_json_set_phone(json, "phone", stop->phone);
	vst_json_set_text(json, "entity", entity);
	vst_json_set_name(json, "kind", vst_stop_kind_name(stop->kind));
	vst_json_set_name(json, "scope", vst_stop_scope_name(stop->scope));
	vst_json_set_text(json, "reason", stop->reason);
	vst_json_set_text(json, "author", stop->author);
	vst_json_set_integer(json, "added", stop->added);
	vst_json_set_instant(json, "expires", stop->expires);
}

static vst_rc view(const vst_stop *stop, vst_str entity, int64_t cancelled, json_t **out, vst_err *err)
{
	vst_json json;

	vst_json_begin(&json);
	vst_stop_show(&json, stop, entity);
	vst_json_set_integer(&json, "cancelled", cancelled);
	return vst_json_end(&json, out, err);
}

static vst_rc read_reason(const json_t *given, vst_str *entity, vst_stop *stop, vst_err *err)
{
	static const char *const keys[] = {"reason", "kind", "scope", "entity", "author", "expires", NULL};
	vst_fields fields = vst_fields_input(given, "reason");
	unsigned kind = VST_STOP_OPT_OUT, scope = VST_SCOPE_ADVERTISING;
	vst_rc rc;

	memset(stop, 0, sizeof *stop);
	stop->reason = stop->author = *entity = VST_STR_EMPTY;
	if ((rc = vst_fields_known(&fields, keys, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "reason", 0, 500, &stop->reason, err)) != VST_OK ||
	    (rc = vst_filter_word(&fields, "kind", vst_word_stop_kind, &kind, err)) != VST_OK ||
	    (rc = vst_filter_word(&fields, "scope", vst_word_stop_scope, &scope, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "entity", 1, 64, entity, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "author", 0, 191, &stop->author, err)) != VST_OK) {
		return rc;
	}
	stop->kind = (vst_stop_kind) kind;
	stop->scope = (vst_stop_scope) scope;
	return vst_fields_integer(&fields, "expires", 1, VST_INSTANT_MAX, &stop->expires, err);
}

vst_rc vst_stop_add_in(vst_engine *engine, vst_tx *tx, int64_t phone, const json_t *reason, json_t **out, vst_err *err)
{
	vst_arena memory = VST_ARENA_INIT;
	const vst_gate_entity *entity;
	vst_settings *settings;
	vst_str name;
	vst_stop stop, stored;
	bool found = false;
	int64_t cancelled = 0;
	vst_rc rc;

	if ((rc = read_reason(reason, &name, &stop, err)) != VST_OK ||
	    (rc = vst_engine_entity(engine, tx, name, &entity, &stop.entity, err)) != VST_OK ||
	    (rc = vst_engine_current(engine, tx, &settings, err)) != VST_OK) {
		return rc;
	}
	stop.phone = phone;
	stop.added = vst_tx_now(tx);
	if (stop.expires != 0 && stop.expires <= stop.added) {
		return vst_fail(err, VST_E_INVALID, "reason.expires: has already passed");
	}
	if (stop.kind == VST_STOP_OPERATOR_BAR && stop.expires == 0) {
		stop.expires = stop.added + vst_law_bar_period(settings->law);
	}
	rc = vst_stop_put_and_cancel(tx, &stop, VST_STR("stop_list"), &cancelled, err);
	if (rc == VST_OK) {
		rc = vst_stop_get(tx, stop.entity, phone, stop.kind, &memory, &stored, &found, err);
	}
	if (rc == VST_OK) {
		/* What stands there now: an entry put again is never narrower than it was. */
		rc = view(found ? &stored : &stop, entity->id, cancelled, out, err);
	}
	vst_arena_free(&memory);
	return rc;
}

struct call {
	vst_engine *engine;
	int64_t phone;
	const json_t *reason;
	json_t *result;
};

static vst_rc add_body(vst_tx *tx, void *context, vst_err *err)
{
	struct call *c = context;

	json_decref(c->result);
	c->result = NULL;
	return vst_stop_add_in(c->engine, tx, c->phone, c->reason, &c->result, err);
}

static vst_rc run(struct call *c, vst_str phone, vst_tx_body body, json_t **out, vst_err *err)
{
	vst_rc rc = vst_engine_phone(phone, &c->phone, err);

	if (rc == VST_OK) {
		rc = vst_store_write(c->engine->store, body, c, err);
	}
	return vst_json_give(c->result, rc, out);
}

vst_rc vst_engine_stop_add(vst_engine *engine, vst_str phone, const json_t *reason, json_t **out, vst_err *err)
{
	struct call c = {.engine = engine, .reason = reason};

	return run(&c, phone, add_body, out, err);
}

/* Why and by whom an entry was taken off stays in the feed. */
static vst_rc announce_removal(vst_tx *tx, const vst_stop *stop, vst_str reason, vst_str author, vst_err *err)
{
	vst_json data;

	vst_json_begin(&data);
	vst_json_set_name(&data, "kind", vst_stop_kind_name(stop->kind));
	vst_json_set_name(&data, "scope", vst_stop_scope_name(stop->scope));
	vst_json_set_text(&data, "reason", reason);
	vst_json_set_text(&data, "author", author);
	return vst_event_say(tx, "stop.removed", NULL, stop->entity, stop->phone, &data, err);
}

static vst_rc show_removal(const vst_stop *stop, vst_str entity, bool removed, json_t **out, vst_err *err)
{
	vst_json json;

	vst_json_begin(&json);
	vst_json_set_bool(&json, "removed", removed);
	vst_json_set_phone(&json, "phone", stop->phone);
	vst_json_set_text(&json, "entity", entity);
	vst_json_set_name(&json, "kind", vst_stop_kind_name(stop->kind));
	return vst_json_end(&json, out, err);
}

static vst_rc remove_body(vst_tx *tx, void *context, vst_err *err)
{
	static const char *const keys[] = {"reason", "kind", "entity", "author", NULL};
	struct call *c = context;
	vst_fields fields = vst_fields_input(c->reason, "reason");
	vst_arena memory = VST_ARENA_INIT;
	const vst_gate_entity *entity;
	vst_str name;
	vst_stop given, stop;
	bool found = false, removed = false;
	vst_rc rc;

	json_decref(c->result);
	c->result = NULL;
	if ((rc = vst_fields_known(&fields, keys, err)) != VST_OK ||
	    (rc = read_reason(c->reason, &name, &given, err)) != VST_OK ||
	    (rc = vst_engine_entity(c->engine, tx, name, &entity, &given.entity, err)) != VST_OK) {
		return rc;
	}
	given.phone = c->phone;
	rc = vst_stop_get(tx, given.entity, c->phone, given.kind, &memory, &stop, &found, err);
	if (rc == VST_OK && found) {
		rc = vst_stop_remove(tx, given.entity, c->phone, given.kind, &removed, err);
	}
	if (rc == VST_OK && removed) {
		rc = announce_removal(tx, &stop, given.reason, given.author, err);
	}
	if (rc == VST_OK) {
		rc = show_removal(&given, entity->id, removed, &c->result, err);
	}
	vst_arena_free(&memory);
	return rc;
}

vst_rc vst_engine_stop_remove(vst_engine *engine, vst_str phone, const json_t *reason, json_t **out, vst_err *err)
{
	struct call c = {.engine = engine, .reason = reason};

	return run(&c, phone, remove_body, out, err);
}
