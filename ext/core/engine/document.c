/* Documents: what an application keeps beside its messages (templates, scenarios, surveys, audiences). */
#include "base/fields.h"
#include "filter.h"
#include "json.h"

#define KIND_MAX 64
#define ID_MAX 191
#define BODY_MAX ((size_t) 1 << 20)

static const char *const sort_columns[] = {"id", "changed", NULL};

struct document_call {
	vst_engine *engine;
	vst_str kind, id, body;
	int64_t expected, version;
	bool deleted;
	const json_t *filter;
	vst_page page;
	int64_t stop_at, count;
	json_t *result;
};

static vst_rc check_names(vst_str kind, vst_str id, vst_err *err)
{
	if (kind.len == 0 || kind.len > KIND_MAX) {
		return vst_fail(err, VST_E_INVALID, "kind: expected 1 to %d bytes", KIND_MAX);
	}
	if (id.len == 0 || id.len > ID_MAX) {
		return vst_fail(err, VST_E_INVALID, "id: expected 1 to %d bytes", ID_MAX);
	}
	return VST_OK;
}

static vst_rc put_body(vst_tx *tx, void *context, vst_err *err)
{
	struct document_call *c = context;

	return vst_document_put(tx, c->kind, c->id, c->body, c->expected, &c->version, err);
}

vst_rc vst_engine_document_put(vst_engine *engine, vst_str kind, vst_str id, const json_t *document, int64_t expected,
                               int64_t *version, vst_err *err)
{
	vst_arena memory = VST_ARENA_INIT;
	struct document_call c = {.engine = engine, .kind = kind, .id = id, .expected = expected};
	vst_rc rc = check_names(kind, id, err);

	if (rc == VST_OK && expected < -1) {
		rc = vst_fail(err, VST_E_INVALID, "version: expected a whole number from 0 on");
	}
	if (rc == VST_OK) {
		rc = vst_json_dump(document, JSON_COMPACT, &memory, &c.body, err);
	}
	if (rc == VST_OK && c.body.len > BODY_MAX) {
		rc = vst_fail(err, VST_E_INVALID, "document: larger than 1 MiB as JSON");
	}
	if (rc == VST_OK) {
		rc = vst_store_write(engine->store, put_body, &c, err);
	}
	if (rc == VST_OK && c.version == 0) {
		rc = vst_fail(err, VST_E_DENIED, "stale version: the document was changed meanwhile; read it again");
	}
	if (rc == VST_OK) {
		*version = c.version;
	}
	vst_arena_free(&memory);
	return rc;
}

static vst_rc view(const vst_document *document, json_t **out, vst_err *err)
{
	vst_json json;
	json_error_t problem;
	json_t *body = json_loadb(document->body.ptr, document->body.len, JSON_DECODE_ANY, &problem);

	if (body == NULL) {
		return vst_fail(err, VST_E_CORRUPT, "a stored document cannot be read");
	}
	vst_json_begin(&json);
	vst_json_set_text(&json, "kind", document->kind);
	vst_json_set_text(&json, "id", document->id);
	vst_json_set_integer(&json, "version", document->version);
	vst_json_set_instant(&json, "changed", document->changed);
	vst_json_set(&json, "document", body);
	return vst_json_end(&json, out, err);
}

static vst_rc get_body(vst_tx *tx, void *context, vst_err *err)
{
	struct document_call *c = context;
	vst_arena memory = VST_ARENA_INIT;
	vst_document document;
	bool found = false;
	vst_rc rc = vst_document_get(tx, c->kind, c->id, &memory, &document, &found, err);

	json_decref(c->result);
	c->result = NULL;
	if (rc == VST_OK && found) {
		rc = view(&document, &c->result, err);
	}
	vst_arena_free(&memory);
	return rc;
}

vst_rc vst_engine_document_get(vst_engine *engine, vst_str kind, vst_str id, json_t **out, vst_err *err)
{
	struct document_call c = {.engine = engine, .kind = kind, .id = id};
	vst_rc rc = check_names(kind, id, err);

	if (rc == VST_OK) {
		rc = vst_store_read(engine->store, get_body, &c, err);
	}
	if (rc == VST_OK && c.result == NULL) {
		c.result = json_null();
	}
	return vst_json_give(c.result, rc, out);
}

static vst_rc delete_body(vst_tx *tx, void *context, vst_err *err)
{
	struct document_call *c = context;

	return vst_document_delete(tx, c->kind, c->id, &c->deleted, err);
}

vst_rc vst_engine_document_delete(vst_engine *engine, vst_str kind, vst_str id, bool *deleted, vst_err *err)
{
	struct document_call c = {.engine = engine, .kind = kind, .id = id};
	vst_rc rc = check_names(kind, id, err);

	if (rc == VST_OK) {
		rc = vst_store_write(engine->store, delete_body, &c, err);
	}
	if (rc == VST_OK) {
		*deleted = c.deleted;
	}
	return rc;
}

static vst_rc read_filter(struct document_call *c, vst_str *sort, vst_err *err)
{
	static const char *const keys[] = {"kind", "sort", "offset", NULL};
	vst_fields fields = vst_fields_input(c->filter, "filter");
	vst_rc rc;

	c->kind = VST_STR_EMPTY;
	if ((rc = vst_fields_known(&fields, keys, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "kind", 1, KIND_MAX, &c->kind, err)) != VST_OK) {
		return rc;
	}
	return vst_filter_page(&fields, sort_columns, sort, &c->page, err);
}

static vst_rc list_rows(vst_tx *tx, struct document_call *c, vst_str sort, vst_arena *memory, vst_err *err)
{
	vst_document *rows = NULL;
	size_t count = 0;
	vst_str next = VST_STR_EMPTY;
	json_t *items, *item;
	vst_rc rc = vst_document_list(tx, c->kind, sort, &c->page, memory, &rows, &count, &next, err);

	if (rc != VST_OK) {
		return rc;
	}
	items = json_array();
	for (size_t i = 0; rc == VST_OK && i < count; i++) {
		rc = view(&rows[i], &item, err);
		if (rc == VST_OK && json_array_append_new(items, item) != 0) {
			rc = vst_fail_nomem(err);
		}
	}
	if (rc != VST_OK) {
		json_decref(items);
		return rc;
	}
	return vst_json_page(items, next, &c->result, err);
}

static vst_rc list_body(vst_tx *tx, void *context, vst_err *err)
{
	struct document_call *c = context;
	vst_arena memory = VST_ARENA_INIT;
	vst_str sort;
	vst_rc rc = read_filter(c, &sort, err);

	json_decref(c->result);
	c->result = NULL;
	if (rc == VST_OK) {
		rc = list_rows(tx, c, sort, &memory, err);
	}
	vst_arena_free(&memory);
	return rc;
}

vst_rc vst_engine_document_list(vst_engine *engine, const json_t *filter, int64_t limit, vst_str after, json_t **out,
                                vst_err *err)
{
	struct document_call c = {.engine = engine, .filter = filter, .page = {.limit = limit, .after = after}};
	vst_rc rc = vst_filter_limit(limit, VST_LIMIT_MAX, err);

	if (rc == VST_OK) {
		rc = vst_store_read(engine->store, list_body, &c, err);
	}
	return vst_json_give(c.result, rc, out);
}

static vst_rc count_body(vst_tx *tx, void *context, vst_err *err)
{
	struct document_call *c = context;
	vst_str sort;
	vst_rc rc = read_filter(c, &sort, err);

	return rc == VST_OK ? vst_document_count(tx, c->kind, c->stop_at, &c->count, err) : rc;
}

vst_rc vst_engine_document_count(vst_engine *engine, const json_t *filter, int64_t stop_at, int64_t *out, vst_err *err)
{
	struct document_call c = {.engine = engine, .filter = filter, .stop_at = stop_at};
	vst_rc rc = vst_filter_stop_at(stop_at, err);

	if (rc == VST_OK) {
		rc = vst_store_read(engine->store, count_body, &c, err);
	}
	if (rc == VST_OK) {
		*out = c.count;
	}
	return rc;
}
