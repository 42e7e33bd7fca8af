/*
 * Texts of list queries, put together from the filters that were given: such a list is asked for by a person, so a
 * fresh prepare costs nothing, and each combination gets the index that suits it.
 */
#ifndef VST_STORE_LISTING_H
#define VST_STORE_LISTING_H

#include "base/buf.h"
#include "tables.h"
#include "transaction.h"

#define VST_LISTING_ARGS 24

typedef struct vst_listing {
	vst_buf sql;
	vst_arg args[VST_LISTING_ARGS];
	size_t count;
	bool has_where;
} vst_listing;

void vst_listing_text(vst_listing *listing, const char *text);
/* Adds "WHERE condition" or "AND condition"; the condition's parameters follow with vst_listing_arg. */
void vst_listing_where(vst_listing *listing, const char *condition);
void vst_listing_arg(vst_listing *listing, vst_arg arg);
/* The end of a page's text: one row more than the limit, which tells whether a next page exists. */
void vst_listing_page(vst_listing *listing, const vst_page *page);
vst_rc vst_listing_query(vst_listing *listing, vst_tx *tx, vst_rows *rows, vst_err *err) VST_CHECKED;
/* Counts the rows of the text so far, at most stop_at. */
vst_rc vst_listing_count(vst_listing *listing, vst_tx *tx, int64_t stop_at, int64_t *count, vst_err *err) VST_CHECKED;
void vst_listing_free(vst_listing *listing);

/* "12:34:" read number by number; false at anything else. */
bool vst_cursor_integer(vst_str *cursor, int64_t *value);

#endif
