/* Pages of the stop list: by the time of adding or by phone. */
#include <inttypes.h>

#include "listing.h"

static void bit_set_where(vst_listing *listing, const char *column, unsigned bits, unsigned count)
{
	const char *glue = " IN (";

	if (bits == 0) {
		return;
	}
	vst_listing_where(listing, column);
	for (unsigned bit = 0; bit < count; bit++) {
		if ((bits >> bit & 1) != 0) {
			vst_buf_format(&listing->sql, "%s%u", glue, bit);
			glue = ", ";
		}
	}
	/* bits beyond the kinds there are: none can match */
	vst_listing_text(listing, glue[0] == ',' ? ")" : " IN (-1)");
}

static void integer_where(vst_listing *listing, const char *condition, int64_t value)
{
	if (value != 0) {
		vst_listing_where(listing, condition);
		vst_listing_arg(listing, (vst_arg) VST_INT(value));
	}
}

static void filter_where(vst_listing *listing, const vst_stop_filter *filter)
{
	integer_where(listing, "entity = ?", filter->entity);
	integer_where(listing, "phone = ?", filter->phone);
	bit_set_where(listing, "kind", filter->kinds, VST_STOP_KIND_COUNT);
	bit_set_where(listing, "scope", filter->scopes, VST_SCOPE_COUNT);
	integer_where(listing, "added >= ?", filter->from);
	integer_where(listing, "added < ?", filter->to);
}

static bool cursor_where(vst_listing *listing, vst_str cursor, bool by_phone, bool descending)
{
	static const char *const conditions[2][2] = {
		{"(added, phone, entity, kind) > (?, ?, ?, ?)", "(added, phone, entity, kind) < (?, ?, ?, ?)"},
		{"(phone, entity, kind) > (?, ?, ?)", "(phone, entity, kind) < (?, ?, ?)"},
	};
	int64_t value;

	if (cursor.len == 0) {
		return true;
	}
	vst_listing_where(listing, conditions[by_phone ? 1 : 0][descending ? 1 : 0]);
	for (int i = by_phone ? 1 : 0; i < 4; i++) {
		if (!vst_cursor_integer(&cursor, &value)) {
			return false;
		}
		vst_listing_arg(listing, (vst_arg) VST_INT(value));
	}
	return cursor.len == 0;
}

static void order_by(vst_listing *listing, bool by_phone, bool descending)
{
	static const char *const orders[2][2] = {
		{" ORDER BY added, phone, entity, kind", " ORDER BY added DESC, phone DESC, entity DESC, kind DESC"},
		{" ORDER BY phone, entity, kind", " ORDER BY phone DESC, entity DESC, kind DESC"},
	};

	vst_listing_text(listing, orders[by_phone ? 1 : 0][descending ? 1 : 0]);
}

static vst_rc sort_of(vst_str sort, bool *by_phone, vst_err *err)
{
	*by_phone = vst_str_is(sort, "phone");
	if (!*by_phone && sort.len > 0 && !vst_str_is(sort, "added")) {
		return vst_fail(err, VST_E_INVALID, "sort: expected added or phone");
	}
	return VST_OK;
}

static vst_stop stop_of(const vst_rows *rows, vst_arena *arena)
{
	return (vst_stop) {
		.phone = vst_rows_integer(rows, 0),
		.entity = vst_rows_integer(rows, 1),
		.kind = (vst_stop_kind) vst_rows_integer(rows, 2),
		.scope = (vst_stop_scope) vst_rows_integer(rows, 3),
		.added = vst_rows_integer(rows, 4),
		.expires = vst_rows_integer(rows, 5),
		.reason = vst_arena_copy(arena, vst_rows_text(rows, 6)),
		.author = vst_arena_copy(arena, vst_rows_text(rows, 7)),
	};
}

static vst_str cursor_of(const vst_stop *last, bool by_phone, vst_arena *arena)
{
	if (by_phone) {
		return vst_arena_format(arena, "%" PRId64 ":%" PRId64 ":%d:", last->phone, last->entity, (int) last->kind);
	}
	return vst_arena_format(arena, "%" PRId64 ":%" PRId64 ":%" PRId64 ":%d:", last->added, last->phone, last->entity,
	                        (int) last->kind);
}

vst_rc vst_stop_list(vst_tx *tx, const vst_stop_filter *filter, vst_str sort, const vst_page *page, vst_arena *arena,
                     vst_stop **rows, size_t *count, vst_str *next, vst_err *err)
{
	vst_listing listing = {.sql = VST_BUF_INIT};
	vst_rows query = {tx, NULL, -1};
	size_t filled = 0;
	bool found = true, by_phone, more = false;
	vst_stop *stops = vst_arena_array(arena, (size_t) page->limit, sizeof *stops);
	vst_rc rc = stops != NULL ? sort_of(sort, &by_phone, err) : vst_fail_nomem(err);

	if (rc != VST_OK) {
		goto out;
	}
	vst_listing_text(&listing, "SELECT phone, entity, kind, scope, added, expires, reason, author FROM vst_stop");
	filter_where(&listing, filter);
	if (!cursor_where(&listing, page->after, by_phone, page->descending)) {
		rc = vst_fail(err, VST_E_INVALID, "after: not a cursor of this list");
		goto out;
	}
	order_by(&listing, by_phone, page->descending);
	vst_listing_page(&listing, page);
	rc = vst_listing_query(&listing, tx, &query, err);
	while (rc == VST_OK && !more && (rc = vst_rows_next(&query, &found, err)) == VST_OK && found) {
		more = filled == (size_t) page->limit;
		if (!more) {
			stops[filled++] = stop_of(&query, arena);
		}
	}
	if (rc == VST_OK) {
		*next = more ? cursor_of(&stops[filled - 1], by_phone, arena) : VST_STR_EMPTY;
		*rows = stops;
		*count = filled;
		rc = arena->failed ? vst_fail_nomem(err) : VST_OK;
	}
out:
	vst_rows_end(&query);
	vst_listing_free(&listing);
	return rc;
}

vst_rc vst_stop_count(vst_tx *tx, const vst_stop_filter *filter, int64_t stop_at, int64_t *count, vst_err *err)
{
	vst_listing listing = {.sql = VST_BUF_INIT};
	vst_rc rc;

	vst_listing_text(&listing, "SELECT 1 FROM vst_stop");
	filter_where(&listing, filter);
	rc = vst_listing_count(&listing, tx, stop_at, count, err);
	vst_listing_free(&listing);
	return rc;
}
