#include "listing.h"

void vst_listing_text(vst_listing *listing, const char *text)
{
	vst_buf_append(&listing->sql, vst_str_from(text));
}

void vst_listing_where(vst_listing *listing, const char *condition)
{
	vst_listing_text(listing, listing->has_where ? " AND " : " WHERE ");
	vst_listing_text(listing, condition);
	listing->has_where = true;
}

void vst_listing_arg(vst_listing *listing, vst_arg arg)
{
	if (listing->count == VST_LISTING_ARGS) {
		listing->sql.failed = true;
		return;
	}
	listing->args[listing->count++] = arg;
}

void vst_listing_page(vst_listing *listing, const vst_page *page)
{
	vst_listing_text(listing, " LIMIT ? OFFSET ?");
	vst_listing_arg(listing, (vst_arg) VST_INT(page->limit + 1));
	vst_listing_arg(listing, (vst_arg) VST_INT(page->offset));
}

vst_rc vst_listing_query(vst_listing *listing, vst_tx *tx, vst_rows *rows, vst_err *err)
{
	if (listing->sql.failed) {
		*rows = (vst_rows) {tx, NULL, -1};
		return vst_fail_nomem(err);
	}
	return vst_tx_query_text(tx, listing->sql.ptr, listing->args, listing->count, rows, err);
}

vst_rc vst_listing_count(vst_listing *listing, vst_tx *tx, int64_t stop_at, int64_t *count, vst_err *err)
{
	vst_rows rows;
	int64_t counted = 0;
	bool found = true;
	vst_rc rc;

	vst_listing_text(listing, " LIMIT ?");
	vst_listing_arg(listing, (vst_arg) VST_INT(stop_at));
	rc = vst_listing_query(listing, tx, &rows, err);
	while (rc == VST_OK && (rc = vst_rows_next(&rows, &found, err)) == VST_OK && found) {
		counted++;
	}
	vst_rows_end(&rows);
	if (rc == VST_OK) {
		*count = counted;
	}
	return rc;
}

void vst_listing_free(vst_listing *listing)
{
	vst_buf_free(&listing->sql);
}

bool vst_cursor_integer(vst_str *cursor, int64_t *value)
{
	int64_t number = 0;
	size_t i = 0;
	bool negative = cursor->len > 0 && cursor->ptr[0] == '-';

	for (i = negative ? 1 : 0; i < cursor->len && cursor->ptr[i] >= '0' && cursor->ptr[i] <= '9'; i++) {
		if (__builtin_mul_overflow(number, 10, &number) ||
		    __builtin_add_overflow(number, cursor->ptr[i] - '0', &number)) {
			return false;
		}
	}
	if (i == (negative ? 1u : 0u) || i == cursor->len || cursor->ptr[i] != ':') {
		return false;
	}
	*value = negative ? -number : number;
	*cursor = vst_str_of(cursor->ptr + i + 1, cursor->len - i - 1);
	return true;
}
