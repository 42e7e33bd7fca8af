/*
 * Lists of messages. They may read through millions of rows, so they do it in short read transactions that keep no
 * writer's log from being moved into the database; a message that changes between two of them shows either state.
 */
#include <inttypes.h>
#include <stdio.h>

#include "filter.h"
#include "json.h"
#include "message_view.h"

struct listing {
	vst_engine *engine;
	const json_t *filter;
	vst_page page;
	vst_arena memory; /* of the filter as the current transaction reads it */
	vst_tx *tx;
	/* where the current transaction began, so that it may run again */
	int64_t position;
	int64_t skipped_before;
	size_t kept_before;
	/* what it found */
	json_t *items;
	int64_t skipped, last, resume;
	bool more;
};

static vst_rc show(void *context, const vst_message *message, bool *stop, vst_err *err)
{
	struct listing *l = context;
	json_t *item;
	vst_rc rc;

	if (l->skipped < l->page.offset) {
		l->skipped++;
		return VST_OK;
	}
	if ((int64_t) json_array_size(l->items) == l->page.limit) {
		l->more = *stop = true;
		return VST_OK;
	}
	rc = vst_message_view(l->tx, message, &item, err);
	if (rc == VST_OK && json_array_append_new(l->items, item) != 0) {
		rc = vst_fail_nomem(err);
	}
	l->last = message->id.seq;
	return rc;
}

static vst_rc list_body(vst_tx *tx, void *context, vst_err *err)
{
	struct listing *l = context;
	vst_message_filter filter;
	vst_rc rc;

	vst_arena_reset(&l->memory);
	rc = vst_message_filter_read(tx, l->filter, &l->page, &l->memory, &filter, err);

	while (json_array_size(l->items) > l->kept_before) {
		(void) json_array_remove(l->items, json_array_size(l->items) - 1);
	}
	l->tx = tx;
	l->skipped = l->skipped_before;
	l->more = false;
	l->resume = 0;
	if (rc != VST_OK) {
		return rc;
	}
	return vst_message_scan(tx, &filter, !l->page.descending, l->position, VST_SCAN_ROWS, show, l, &l->resume, err);
}

/* A cursor is the number of the row beyond which to go on. */
static vst_rc read_cursor(vst_str text, int64_t *position, vst_err *err)
{
	int64_t value = 0;
	bool good = text.len < 20;

	for (size_t i = 0; good && i < text.len; i++) {
		good = text.ptr[i] >= '0' && text.ptr[i] <= '9' && !__builtin_mul_overflow(value, 10, &value) &&
		       !__builtin_add_overflow(value, text.ptr[i] - '0', &value);
	}
	if (!good || (text.len > 0 && value == 0)) {
		return vst_fail(err, VST_E_INVALID, "after: not a cursor that this list gave");
	}
	*position = value;
	return VST_OK;
}

static vst_rc fill_page(struct listing *l, int64_t *next, vst_err *err)
{
	vst_rc rc;

	*next = 0;
	for (;;) {
		l->skipped_before = l->skipped;
		l->kept_before = json_array_size(l->items);
		rc = vst_store_read(l->engine->store, list_body, l, err);
		if (rc != VST_OK || (l->resume == 0 && !l->more)) {
			return rc;
		}
		if (l->more) {
			*next = l->last;
			return VST_OK;
		}
		if ((int64_t) json_array_size(l->items) == l->page.limit) {
			/* Full, and perhaps nothing more matches: the next page finds out. */
			*next = l->resume;
			return VST_OK;
		}
		l->position = l->resume;
	}
}

vst_rc vst_engine_message_list(vst_engine *engine, const json_t *filter, int64_t limit, vst_str after, json_t **out,
                               vst_err *err)
{
	struct listing l = {.engine = engine, .filter = filter, .page = {.limit = limit}};
	char cursor[24] = "";
	int64_t next = 0;
	vst_rc rc = vst_filter_limit(limit, VST_LIMIT_MAX, err);

	if (rc == VST_OK) {
		rc = read_cursor(after, &l.position, err);
	}
	if (rc != VST_OK) {
		return rc;
	}
	l.items = json_array();
	rc = l.items != NULL ? fill_page(&l, &next, err) : vst_fail_nomem(err);
	vst_arena_free(&l.memory);
	if (rc != VST_OK) {
		json_decref(l.items);
		return rc;
	}
	if (next != 0) {
		(void) snprintf(cursor, sizeof cursor, "%" PRId64, next);
	}
	return vst_json_page(l.items, vst_str_from(cursor), out, err);
}

struct counting {
	vst_engine *engine;
	const json_t *filter;
	vst_arena memory;
	vst_page page; /* sort and offset change nothing, but grids pass them along */
	int64_t stop_at, position, counted, resume;
	int64_t in_transaction;
};

static vst_rc count_one(void *context, const vst_message *message, bool *stop, vst_err *err)
{
	struct counting *c = context;

	(void) message;
	(void) err;
	c->in_transaction++;
	*stop = c->counted + c->in_transaction >= c->stop_at;
	return VST_OK;
}

static vst_rc count_body(vst_tx *tx, void *context, vst_err *err)
{
	struct counting *c = context;
	vst_message_filter filter;
	vst_rc rc;

	vst_arena_reset(&c->memory);
	rc = vst_message_filter_read(tx, c->filter, &c->page, &c->memory, &filter, err);

	c->in_transaction = 0;
	c->resume = 0;
	if (rc != VST_OK) {
		return rc;
	}
	return vst_message_scan(tx, &filter, false, c->position, VST_SCAN_ROWS, count_one, c, &c->resume, err);
}

vst_rc vst_engine_message_count(vst_engine *engine, const json_t *filter, int64_t stop_at, int64_t *out, vst_err *err)
{
	struct counting c = {.engine = engine, .filter = filter, .stop_at = stop_at};
	vst_rc rc = vst_filter_stop_at(stop_at, err);

	if (rc != VST_OK) {
		return rc;
	}
	do {
		c.position = c.resume;
		rc = vst_store_read(engine->store, count_body, &c, err);
		c.counted += c.in_transaction;
	} while (rc == VST_OK && c.resume != 0 && c.counted < stop_at);
	vst_arena_free(&c.memory);
	if (rc == VST_OK) {
		*out = c.counted;
	}
	return rc;
}

struct finding {
	vst_id id;
	json_t *result;
};

static vst_rc find_body(vst_tx *tx, void *context, vst_err *err)
{
	struct finding *f = context;
	vst_arena memory = VST_ARENA_INIT;
	vst_message message;
	bool found = false;
	vst_rc rc = vst_message_get(tx, f->id.seq, &memory, &message, &found, err);

	json_decref(f->result);
	f->result = NULL;
	if (rc == VST_OK && found && message.id.nonce == f->id.nonce) {
		rc = vst_message_view(tx, &message, &f->result, err);
	}
	vst_arena_free(&memory);
	return rc;
}

vst_rc vst_engine_message(vst_engine *engine, vst_str id, json_t **out, vst_err *err)
{
	struct finding f = {{0, 0}, NULL};
	vst_rc rc = VST_OK;

	if (vst_id_parse(id, &f.id)) {
		rc = vst_store_read(engine->store, find_body, &f, err);
	}
	return vst_json_give(f.result != NULL ? f.result : json_null(), rc, out);
}
