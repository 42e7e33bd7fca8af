/* The feed of what happened, in commit order. */
#include "base/fields.h"
#include "filter.h"
#include "json.h"

struct feed {
	int64_t after, limit;
	json_t *items;
};

static vst_rc check_cursor(vst_tx *tx, int64_t after, vst_err *err)
{
	int64_t oldest = 0, newest = 0;
	vst_rc rc;

	if (after == 0) {
		return VST_OK;
	}
	rc = vst_event_range(tx, &oldest, &newest, err);
	if (rc == VST_OK && after < oldest - 1) {
		rc = vst_fail(err, VST_E_INVALID, "after: events behind this cursor are no longer kept; start from 0");
	}
	return rc;
}

static vst_rc view(vst_tx *tx, const vst_event *event, vst_arena *memory, json_t **out, vst_err *err)
{
	char id[VST_ID_LEN + 1] = "";
	vst_str entity = VST_STR_EMPTY;
	json_error_t problem;
	json_t *data;
	vst_json json;
	vst_rc rc = VST_OK;

	if (event->entity != 0) {
		rc = vst_name_text(tx, event->entity, memory, &entity, err);
	}
	if (rc != VST_OK) {
		return rc;
	}
	data = event->data.len > 0 ? json_loadb(event->data.ptr, event->data.len, 0, &problem) : json_object();
	if (data == NULL) {
		return vst_fail(err, VST_E_CORRUPT, "the data of a stored event cannot be read");
	}
	if (event->seq != 0) {
		vst_id_format((vst_id) {event->seq, event->nonce}, id);
	}
	vst_json_begin(&json);
	vst_json_set_integer(&json, "number", event->number);
	vst_json_set_integer(&json, "at", event->at);
	vst_json_set_text(&json, "type", event->type);
	vst_json_set_name(&json, "message", id);
	vst_json_set_phone(&json, "phone", event->phone);
	vst_json_set_text(&json, "entity", entity);
	vst_json_set(&json, "data", data);
	return vst_json_end(&json, out, err);
}

static vst_rc list_body(vst_tx *tx, void *context, vst_err *err)
{
	struct feed *f = context;
	vst_arena memory = VST_ARENA_INIT;
	vst_event *rows = NULL;
	size_t count = 0;
	json_t *item;
	vst_rc rc = check_cursor(tx, f->after, err);

	json_decref(f->items);
	f->items = json_array();
	if (rc == VST_OK && f->items == NULL) {
		rc = vst_fail_nomem(err);
	}
	if (rc == VST_OK) {
		rc = vst_event_list(tx, f->after, f->limit, &memory, &rows, &count, err);
	}
	for (size_t i = 0; rc == VST_OK && i < count; i++) {
		rc = view(tx, &rows[i], &memory, &item, err);
		if (rc == VST_OK && json_array_append_new(f->items, item) != 0) {
			rc = vst_fail_nomem(err);
		}
	}
	vst_arena_free(&memory);
	return rc;
}

vst_rc vst_engine_events(vst_engine *engine, int64_t after, int64_t limit, json_t **out, vst_err *err)
{
	struct feed f = {after, limit, NULL};
	vst_rc rc = vst_filter_limit(limit, VST_EVENT_LIMIT_MAX, err);

	if (rc == VST_OK && after < 0) {
		rc = vst_fail(err, VST_E_INVALID, "after: expected the number of an event, or 0");
	}
	if (rc == VST_OK) {
		rc = vst_store_read(engine->store, list_body, &f, err);
	}
	return vst_json_give(f.items, rc, out);
}
