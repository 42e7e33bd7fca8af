/*
 * Small ids for entities, providers and senders. They never change, so the handle remembers them; what a transaction
 * that failed has put there is taken out again.
 */
#include <stdlib.h>

#include "handle.h"

static const vst_statement name_find = {VST_S_NAME_FIND, "SELECT id FROM vst_name WHERE kind = ? AND name = ?"};
static const vst_statement name_text = {VST_S_NAME_TEXT, "SELECT kind, name FROM vst_name WHERE id = ?"};
static const vst_statement name_last = {VST_S_NAME_LAST, "SELECT COALESCE(MAX(id), 0) FROM vst_name"};
static const vst_statement name_put = {VST_S_NAME_PUT, "INSERT INTO vst_name (id, kind, name) VALUES (?, ?, ?)"};

void vst_names_forget(vst_store *store, size_t keep)
{
	while (store->name_count > keep) {
		store->name_count--;
		free((char *) (uintptr_t) store->names[store->name_count].name.ptr);
	}
}

/* A full cache or no memory only costs a query next time. */
static void remember(vst_store *store, vst_name_kind kind, vst_str name, int64_t id)
{
	char *copy;

	if (store->name_count == VST_NAMES_CACHED || (copy = malloc(name.len + 1)) == NULL) {
		return;
	}
	memcpy(copy, name.ptr, name.len);
	copy[name.len] = '\0';
	store->names[store->name_count++] = (vst_cached_name) {id, kind, {copy, name.len}};
}

vst_rc vst_name_find(vst_tx *tx, vst_name_kind kind, vst_str name, int64_t *id, vst_err *err)
{
	vst_store *store = tx->store;
	int64_t stored = 0;
	bool found = false;
	vst_rc rc;

	for (size_t i = 0; i < store->name_count; i++) {
		if (store->names[i].kind == kind && vst_str_equal(store->names[i].name, name)) {
			*id = store->names[i].id;
			return VST_OK;
		}
	}
	rc = vst_tx_integers(tx, &name_find, VST_ARGS(VST_INT(kind), VST_TEXT(name)), &stored, 1, &found, err);
	if (rc == VST_OK) {
		if (found) {
			remember(store, kind, name, stored);
		}
		*id = stored;
	}
	return rc;
}

vst_rc vst_name_id(vst_tx *tx, vst_name_kind kind, vst_str name, int64_t *id, vst_err *err)
{
	int64_t last = 0, known = 0;
	vst_rc rc = vst_name_find(tx, kind, name, &known, err);

	if (rc == VST_OK && known == 0) {
		rc = vst_tx_integers(tx, &name_last, VST_NO_ARGS, &last, 1, NULL, err);
		if (rc == VST_OK && last >= INT32_MAX) {
			rc = vst_fail(err, VST_E_CORRUPT, "the store has no more ids for names"); /* a lane has 31 bits for them */
		}
		if (rc == VST_OK) {
			known = last + 1;
			rc = vst_tx_run(tx, &name_put, VST_ARGS(VST_INT(known), VST_INT(kind), VST_TEXT(name)), NULL, err);
		}
		if (rc == VST_OK) {
			remember(tx->store, kind, name, known);
		}
	}
	if (rc == VST_OK) {
		*id = known;
	}
	return rc;
}

vst_rc vst_name_text(vst_tx *tx, int64_t id, vst_arena *arena, vst_str *name, vst_err *err)
{
	vst_store *store = tx->store;
	vst_rows rows;
	bool found = false;
	vst_str text = VST_STR_EMPTY;
	vst_rc rc;

	for (size_t i = 0; i < store->name_count; i++) {
		if (store->names[i].id == id) {
			text = vst_arena_copy(arena, store->names[i].name);
			*name = text;
			return arena->failed ? vst_fail_nomem(err) : VST_OK;
		}
	}
	rc = vst_tx_query(tx, &name_text, VST_ARGS(VST_INT(id)), &rows, err);
	if (rc == VST_OK) {
		rc = vst_rows_next(&rows, &found, err);
	}
	if (rc == VST_OK && found) {
		remember(store, (vst_name_kind) vst_rows_integer(&rows, 0), vst_rows_text(&rows, 1), id);
		text = vst_arena_copy(arena, vst_rows_text(&rows, 1));
		rc = arena->failed ? vst_fail_nomem(err) : VST_OK;
	}
	vst_rows_end(&rows);
	if (rc == VST_OK) {
		*name = text;
	}
	return rc;
}
