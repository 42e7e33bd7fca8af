/* What an application keeps here: templates, scenarios, surveys, audiences. */
#include <inttypes.h>

#include "listing.h"

static const vst_statement document_get = {
	VST_S_DOCUMENT_GET, "SELECT kind, id, version, changed, body FROM vst_document WHERE kind = ? AND id = ?"};
static const vst_statement document_version = {VST_S_DOCUMENT_VERSION,
                                               "SELECT version FROM vst_document WHERE kind = ? AND id = ?"};
static const vst_statement document_insert = {
	VST_S_DOCUMENT_INSERT, "INSERT INTO vst_document (version, changed, body, kind, id) VALUES (?, ?, ?, ?, ?)"};
static const vst_statement document_update = {
	VST_S_DOCUMENT_UPDATE, "UPDATE vst_document SET version = ?, changed = ?, body = ? WHERE kind = ? AND id = ?"};
static const vst_statement document_delete = {VST_S_DOCUMENT_DELETE,
                                              "DELETE FROM vst_document WHERE kind = ? AND id = ?"};

vst_rc vst_document_put(vst_tx *tx, vst_str kind, vst_str id, vst_str body, int64_t expected, int64_t *version,
                        vst_err *err)
{
	int64_t stored = 0;
	bool found = false;
	vst_rc rc = vst_tx_integers(tx, &document_version, VST_ARGS(VST_TEXT(kind), VST_TEXT(id)), &stored, 1, &found, err);

	if (rc != VST_OK) {
		return rc;
	}
	if (expected >= 0 && expected != stored) {
		*version = 0;
		return VST_OK;
	}
	rc =
		vst_tx_run(tx, found ? &document_update : &document_insert,
	               VST_ARGS(VST_INT(stored + 1), VST_INT(vst_tx_now(tx)), VST_TEXT(body), VST_TEXT(kind), VST_TEXT(id)),
	               NULL, err);
	if (rc == VST_OK) {
		*version = stored + 1;
	}
	return rc;
}

static vst_document document_of(const vst_rows *rows, vst_arena *arena)
{
	return (vst_document) {
		.kind = vst_arena_copy(arena, vst_rows_text(rows, 0)),
		.id = vst_arena_copy(arena, vst_rows_text(rows, 1)),
		.version = vst_rows_integer(rows, 2),
		.changed = vst_rows_integer(rows, 3),
		.body = vst_arena_copy(arena, vst_rows_text(rows, 4)),
	};
}

vst_rc vst_document_get(vst_tx *tx, vst_str kind, vst_str id, vst_arena *arena, vst_document *out, bool *found,
                        vst_err *err)
{
	vst_rows rows;
	vst_document document;
	bool row = false;
	vst_rc rc = vst_tx_query(tx, &document_get, VST_ARGS(VST_TEXT(kind), VST_TEXT(id)), &rows, err);

	if (rc == VST_OK) {
		rc = vst_rows_next(&rows, &row, err);
	}
	if (rc == VST_OK && row) {
		document = document_of(&rows, arena);
		rc = arena->failed ? vst_fail_nomem(err) : VST_OK;
	}
	vst_rows_end(&rows);
	if (rc == VST_OK) {
		if (row) {
			*out = document;
		}
		*found = row;
	}
	return rc;
}

vst_rc vst_document_delete(vst_tx *tx, vst_str kind, vst_str id, bool *deleted, vst_err *err)
{
	int64_t changed = 0;
	vst_rc rc = vst_tx_run(tx, &document_delete, VST_ARGS(VST_TEXT(kind), VST_TEXT(id)), &changed, err);

	if (rc == VST_OK) {
		*deleted = changed != 0;
	}
	return rc;
}

/* A cursor is "changed:length of kind:kind id": kinds and ids may hold any character. */
static vst_str cursor_of(const vst_document *last, vst_arena *arena)
{
	return vst_arena_format(arena, "%" PRId64 ":%zu:%.*s%.*s", last->changed, last->kind.len, VST_STR_ARGS(last->kind),
	                        VST_STR_ARGS(last->id));
}

static bool cursor_where(vst_listing *listing, vst_str cursor, bool by_changed, bool descending)
{
	static const char *const conditions[2][2] = {
		{"(kind, id) > (?, ?)", "(kind, id) < (?, ?)"},
		{"(changed, kind, id) > (?, ?, ?)", "(changed, kind, id) < (?, ?, ?)"},
	};
	int64_t changed, len;

	if (cursor.len == 0) {
		return true;
	}
	if (!vst_cursor_integer(&cursor, &changed) || !vst_cursor_integer(&cursor, &len) || len < 0 ||
	    (uint64_t) len > cursor.len) {
		return false;
	}
	vst_listing_where(listing, conditions[by_changed ? 1 : 0][descending ? 1 : 0]);
	if (by_changed) {
		vst_listing_arg(listing, (vst_arg) VST_INT(changed));
	}
	vst_listing_arg(listing, (vst_arg) VST_TEXT(vst_str_of(cursor.ptr, (size_t) len)));
	vst_listing_arg(listing, (vst_arg) VST_TEXT(vst_str_of(cursor.ptr + len, cursor.len - (size_t) len)));
	return true;
}

static void kind_where(vst_listing *listing, vst_str kind)
{
	if (kind.len > 0) {
		vst_listing_where(listing, "kind = ?");
		vst_listing_arg(listing, (vst_arg) VST_TEXT(kind));
	}
}

vst_rc vst_document_list(vst_tx *tx, vst_str kind, vst_str sort, const vst_page *page, vst_arena *arena,
                         vst_document **rows, size_t *count, vst_str *next, vst_err *err)
{
	static const char *const orders[2][2] = {
		{" ORDER BY kind, id", " ORDER BY kind DESC, id DESC"},
		{" ORDER BY changed, kind, id", " ORDER BY changed DESC, kind DESC, id DESC"},
	};
	vst_listing listing = {.sql = VST_BUF_INIT};
	vst_rows query = {tx, NULL, -1};
	size_t filled = 0;
	bool found = true, more = false, by_changed = vst_str_is(sort, "changed");
	vst_document *documents = vst_arena_array(arena, (size_t) page->limit, sizeof *documents);
	vst_rc rc = documents != NULL ? VST_OK : vst_fail_nomem(err);

	if (rc == VST_OK && !by_changed && sort.len > 0 && !vst_str_is(sort, "id")) {
		rc = vst_fail(err, VST_E_INVALID, "sort: expected id or changed");
	}
	if (rc != VST_OK) {
		goto out;
	}
	vst_listing_text(&listing, "SELECT kind, id, version, changed, body FROM vst_document");
	kind_where(&listing, kind);
	if (!cursor_where(&listing, page->after, by_changed, page->descending)) {
		rc = vst_fail(err, VST_E_INVALID, "after: not a cursor of this list");
		goto out;
	}
	vst_listing_text(&listing, orders[by_changed ? 1 : 0][page->descending ? 1 : 0]);
	vst_listing_page(&listing, page);
	rc = vst_listing_query(&listing, tx, &query, err);
	while (rc == VST_OK && !more && (rc = vst_rows_next(&query, &found, err)) == VST_OK && found) {
		more = filled == (size_t) page->limit;
		if (!more) {
			documents[filled++] = document_of(&query, arena);
		}
	}
	if (rc == VST_OK) {
		*next = more ? cursor_of(&documents[filled - 1], arena) : VST_STR_EMPTY;
		*rows = documents;
		*count = filled;
		rc = arena->failed ? vst_fail_nomem(err) : VST_OK;
	}
out:
	vst_rows_end(&query);
	vst_listing_free(&listing);
	return rc;
}

vst_rc vst_document_count(vst_tx *tx, vst_str kind, int64_t stop_at, int64_t *count, vst_err *err)
{
	vst_listing listing = {.sql = VST_BUF_INIT};
	vst_rc rc;

	vst_listing_text(&listing, "SELECT 1 FROM vst_document");
	kind_where(&listing, kind);
	rc = vst_listing_count(&listing, tx, stop_at, count, err);
	vst_listing_free(&listing);
	return rc;
}
