#include "filter.h"
#include "stop.h"

static const char *const sort_columns[] = {"added", "phone", NULL};

struct listing {
	const json_t *json;
	vst_page page;
	int64_t stop_at, count;
	json_t *result;
};

static vst_rc read_filter(struct listing *l, vst_tx *tx, vst_stop_filter *out, vst_str *sort, vst_err *err)
{
	static const char *const keys[] = {
		"phone", "entity", "kind", "scope", "from", "to", "sort", "offset", NULL,
	};
	vst_fields fields = vst_fields_input(l->json, "filter");
	vst_rc rc;

	memset(out, 0, sizeof *out);
	if ((rc = vst_fields_known(&fields, keys, err)) != VST_OK ||
	    (rc = vst_filter_phone(&fields, &out->phone, err)) != VST_OK ||
	    (rc = vst_filter_words(&fields, "kind", vst_word_stop_kind, &out->kinds, err)) != VST_OK ||
	    (rc = vst_filter_words(&fields, "scope", vst_word_stop_scope, &out->scopes, err)) != VST_OK ||
	    (rc = vst_filter_period(&fields, &out->from, &out->to, err)) != VST_OK ||
	    (rc = vst_filter_entity(tx, &fields, &out->entity, err)) != VST_OK) {
		return rc;
	}
	return vst_filter_page(&fields, sort_columns, sort, &l->page, err);
}

static vst_rc view(vst_tx *tx, const vst_stop *stop, vst_arena *memory, json_t **out, vst_err *err)
{
	vst_str entity;
	vst_json json;
	vst_rc rc = vst_name_text(tx, stop->entity, memory, &entity, err);

	if (rc != VST_OK) {
		return rc;
	}
	vst_json_begin(&json);
	vst_stop_show(&json, stop, entity);
	return vst_json_end(&json, out, err);
}

static vst_rc list_body(vst_tx *tx, void *context, vst_err *err)
{
	struct listing *l = context;
	vst_arena memory = VST_ARENA_INIT;
	vst_stop_filter filter;
	vst_str sort, next = VST_STR_EMPTY;
	vst_stop *rows = NULL;
	size_t count = 0;
	json_t *items = json_array(), *item;
	vst_rc rc = items != NULL ? read_filter(l, tx, &filter, &sort, err) : vst_fail_nomem(err);

	json_decref(l->result);
	l->result = NULL;
	if (rc == VST_OK) {
		rc = vst_stop_list(tx, &filter, sort, &l->page, &memory, &rows, &count, &next, err);
	}
	for (size_t i = 0; rc == VST_OK && i < count; i++) {
		rc = view(tx, &rows[i], &memory, &item, err);
		if (rc == VST_OK && json_array_append_new(items, item) != 0) {
			rc = vst_fail_nomem(err);
		}
	}
	if (rc == VST_OK) {
		rc = vst_json_page(items, next, &l->result, err);
	} else {
		json_decref(items);
	}
	vst_arena_free(&memory);
	return rc;
}

vst_rc vst_engine_stop_list(vst_engine *engine, const json_t *filter, int64_t limit, vst_str after, json_t **out,
                            vst_err *err)
{
	struct listing l = {.json = filter, .page = {.limit = limit, .after = after}};
	vst_rc rc = vst_filter_limit(limit, VST_LIMIT_MAX, err);

	if (rc == VST_OK) {
		rc = vst_store_read(engine->store, list_body, &l, err);
	}
	return vst_json_give(l.result, rc, out);
}

static vst_rc count_body(vst_tx *tx, void *context, vst_err *err)
{
	struct listing *l = context;
	vst_stop_filter filter;
	vst_str sort;
	vst_rc rc = read_filter(l, tx, &filter, &sort, err);

	l->count = 0;
	return rc == VST_OK ? vst_stop_count(tx, &filter, l->stop_at, &l->count, err) : rc;
}

vst_rc vst_engine_stop_count(vst_engine *engine, const json_t *filter, int64_t stop_at, int64_t *out, vst_err *err)
{
	struct listing l = {.json = filter, .stop_at = stop_at};
	vst_rc rc = vst_filter_stop_at(stop_at, err);

	if (rc == VST_OK) {
		rc = vst_store_read(engine->store, count_body, &l, err);
	}
	if (rc == VST_OK) {
		*out = l.count;
	}
	return rc;
}
