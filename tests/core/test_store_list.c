#include "store_fixture.h"

#include <stdio.h>
#include <stdlib.h>

/* Pages of the stop list and of documents: put together, they are the whole list once, in its order, either way. */

typedef struct put_body {
	uint64_t random;
	int left;
} put_body;

static int64_t drawn(put_body *body, int64_t below)
{
	body->random = body->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int64_t) (body->random >> 33) % below;
}

static vst_rc put_stops(vst_tx *tx, void *context, vst_err *err)
{
	put_body *body = context;

	for (; body->left > 0; body->left--) {
		vst_stop stop = {1 + drawn(body, 2),
		                 INT64_C(79990000000) + drawn(body, 40),
		                 (vst_stop_kind) drawn(body, VST_STOP_KIND_COUNT),
		                 (vst_stop_scope) drawn(body, VST_SCOPE_COUNT),
		                 VST_STR("reason"),
		                 VST_STR("author"),
		                 1000 + drawn(body, 30),
		                 0};

		TRY(vst_stop_put(tx, &stop, err));
	}
	return VST_OK;
}

static vst_rc put_documents(vst_tx *tx, void *context, vst_err *err)
{
	put_body *body = context;

	for (; body->left > 0; body->left--) {
		static const char *const kinds[] = {"template", "t", "tt", "опрос"};
		char id[24];
		int len = snprintf(id, sizeof id, body->left % 2 == 0 ? "%d" : "t:%d", (int) drawn(body, 30));
		int64_t version;

		TRY(vst_document_put(tx, vst_str_from(kinds[drawn(body, 4)]), vst_str_of(id, (size_t) len), VST_STR("{}"), -1,
		                     &version, err));
	}
	return VST_OK;
}

typedef struct list_body {
	vst_stop_filter filter;
	vst_str kind, sort;
	vst_page page;
	vst_arena *arena;
	vst_stop *stops;
	vst_document *documents;
	size_t count;
	vst_str next;
	int64_t total, stop_at;
} list_body;

static vst_rc list_stops(vst_tx *tx, void *context, vst_err *err)
{
	list_body *body = context;

	TRY(vst_stop_count(tx, &body->filter, body->stop_at, &body->total, err));
	return vst_stop_list(tx, &body->filter, body->sort, &body->page, body->arena, &body->stops, &body->count,
	                     &body->next, err);
}

static vst_rc list_documents(vst_tx *tx, void *context, vst_err *err)
{
	list_body *body = context;

	TRY(vst_document_count(tx, body->kind, body->stop_at, &body->total, err));
	return vst_document_list(tx, body->kind, body->sort, &body->page, body->arena, &body->documents, &body->count,
	                         &body->next, err);
}

static list_body list_of(store_fixture *fixture, const char *sort, bool descending, int64_t limit)
{
	return (list_body) {.kind = VST_STR_EMPTY,
	                    .sort = vst_str_from(sort),
	                    .arena = &fixture->arena,
	                    .stop_at = 100000,
	                    .page = {limit, 0, descending, VST_STR_EMPTY}};
}

static int compare(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int compare_stops(const vst_stop *a, const vst_stop *b, bool by_phone)
{
	int order = by_phone ? 0 : compare(a->added, b->added);

	order = order != 0 ? order : compare(a->phone, b->phone);
	order = order != 0 ? order : compare(a->entity, b->entity);
	return order != 0 ? order : compare(a->kind, b->kind);
}

static void check_stop_pages(store_fixture *fixture, list_body body, int64_t limit)
{
	bool by_phone = vst_str_is(body.sort, "phone");
	list_body whole = body;
	size_t seen = 0;

	whole.page.limit = 1000;
	store_read(fixture->store, list_stops, &whole);
	assert_int_equal(whole.next.len, 0);
	assert_int_equal(whole.total, whole.count);
	for (size_t i = 1; i < whole.count; i++) {
		int order = compare_stops(&whole.stops[i - 1], &whole.stops[i], by_phone);

		assert_int_equal(order, body.page.descending ? 1 : -1);
	}
	body.page.limit = limit;
	do {
		store_read(fixture->store, list_stops, &body);
		for (size_t i = 0; i < body.count; i++, seen++) {
			assert_true(seen < whole.count);
			assert_int_equal(compare_stops(&body.stops[i], &whole.stops[seen], by_phone), 0);
			assert_int_equal(body.stops[i].scope, whole.stops[seen].scope);
		}
		assert_true(body.next.len == 0 || body.count == (size_t) limit);
		body.page.after = body.next;
	} while (body.next.len > 0);
	assert_int_equal(seen, whole.count);
}

static void stop_pages_are_the_list_in_its_order(void **state)
{
	store_fixture *fixture = *state;
	put_body put = {5, 300};

	store_write(fixture->store, put_stops, &put);
	for (int i = 0; i < 60; i++) {
		list_body body = list_of(fixture, i % 3 == 0 ? "" : i % 3 == 1 ? "added" : "phone", i % 2 == 0, 10);

		body.filter.entity = drawn(&put, 3);
		body.filter.phone = drawn(&put, 4) == 0 ? INT64_C(79990000000) + drawn(&put, 40) : 0;
		body.filter.kinds = drawn(&put, 2) == 0 ? (unsigned) drawn(&put, 1 << VST_STOP_KIND_COUNT) : 0;
		body.filter.scopes = (unsigned) drawn(&put, 4);
		body.filter.from = drawn(&put, 3) == 0 ? 1000 + drawn(&put, 30) : 0;
		body.filter.to = drawn(&put, 3) == 0 ? 1000 + drawn(&put, 30) : 0;
		check_stop_pages(fixture, body, 1 + drawn(&put, 20));
		vst_arena_reset(&fixture->arena);
	}
}

static void filters_of_stops_leave_out_what_they_should(void **state)
{
	store_fixture *fixture = *state;
	put_body put = {5, 300};
	list_body body = list_of(fixture, "", false, 1000);
	int64_t total = 0;

	store_write(fixture->store, put_stops, &put);
	store_read(fixture->store, list_stops, &body);
	total = body.total;
	assert_true(total > 150);
	body.filter = (vst_stop_filter) {
		.kinds = 1u << VST_STOP_COMPLAINT, .scopes = 1u << VST_SCOPE_ALL, .entity = 2, .from = 1005, .to = 1020};
	store_read(fixture->store, list_stops, &body);
	assert_int_equal(body.count,
	                 store_sql_integer(fixture->store, "SELECT COUNT(*) FROM vst_stop WHERE kind = 1 AND scope = 1 AND "
	                                                   "entity = 2 AND added >= 1005 AND added < 1020"));
	assert_in_range(body.count, 1, total - 1);
	body.filter = (vst_stop_filter) {.kinds = 1u << 20}; /* no such kind */
	store_read(fixture->store, list_stops, &body);
	assert_int_equal(body.count, 0);
}

static void an_offset_skips_and_a_count_stops(void **state)
{
	store_fixture *fixture = *state;
	put_body put = {5, 300};
	list_body first = list_of(fixture, "phone", false, 10), second = first;

	store_write(fixture->store, put_stops, &put);
	store_read(fixture->store, list_stops, &first);
	second.page.offset = 4;
	second.stop_at = 7;
	store_read(fixture->store, list_stops, &second);
	assert_int_equal(compare_stops(&first.stops[4], &second.stops[0], true), 0);
	assert_int_equal(second.total, 7);
}

static void a_bad_cursor_or_sort_is_refused(void **state)
{
	store_fixture *fixture = *state;
	static const char *const cursors[] = {
		"x", "1:2:3", "1:2:3:4", "1:2:3:4:5:", "1:2:3:4:x", "-:1:1:1:", "99999999999999999999:1:1:1:", ":"};
	list_body body;

	for (size_t i = 0; i < COUNT_OF(cursors); i++) {
		body = list_of(fixture, "added", false, 10);
		body.page.after = vst_str_from(cursors[i]);
		assert_fails(VST_E_INVALID, vst_store_read(fixture->store, list_stops, &body, problem));
	}
	body = list_of(fixture, "id", false, 10);
	body.page.after = VST_STR("5:9:abc");
	assert_fails(VST_E_INVALID, vst_store_read(fixture->store, list_documents, &body, problem));
	body = list_of(fixture, "reason", false, 10);
	assert_fails(VST_E_INVALID, vst_store_read(fixture->store, list_stops, &body, problem));
	assert_fails(VST_E_INVALID, vst_store_read(fixture->store, list_documents, &body, problem));
}

static int compare_texts(vst_str a, vst_str b)
{
	int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);

	return order != 0 ? order : compare((int64_t) a.len, (int64_t) b.len);
}

static int compare_documents(const vst_document *a, const vst_document *b, bool by_changed)
{
	int order = by_changed ? compare(a->changed, b->changed) : 0;

	order = order != 0 ? order : compare_texts(a->kind, b->kind);
	return order != 0 ? order : compare_texts(a->id, b->id);
}

static void check_document_pages(store_fixture *fixture, list_body body, int64_t limit)
{
	bool by_changed = vst_str_is(body.sort, "changed");
	list_body whole = body;
	size_t seen = 0;

	whole.page.limit = 1000;
	store_read(fixture->store, list_documents, &whole);
	assert_int_equal(whole.total, whole.count);
	for (size_t i = 1; i < whole.count; i++) {
		int order = compare_documents(&whole.documents[i - 1], &whole.documents[i], by_changed);

		assert_true(body.page.descending ? order > 0 : order < 0);
	}
	body.page.limit = limit;
	do {
		store_read(fixture->store, list_documents, &body);
		for (size_t i = 0; i < body.count; i++, seen++) {
			assert_true(seen < whole.count);
			assert_int_equal(compare_documents(&body.documents[i], &whole.documents[seen], by_changed), 0);
		}
		body.page.after = body.next;
	} while (body.next.len > 0);
	assert_int_equal(seen, whole.count);
}

static void document_pages_are_the_list_in_its_order(void **state)
{
	store_fixture *fixture = *state;
	put_body put = {9, 0};

	for (int i = 0; i < 12; i++) {
		put.left = 15;
		store_write(fixture->store, put_documents, &put);
		fixture->now_ms += 1000;
	}
	for (int i = 0; i < 40; i++) {
		list_body body = list_of(fixture, i % 3 == 0 ? "" : i % 3 == 1 ? "id" : "changed", i % 2 == 0, 10);

		body.kind = i % 5 == 0 ? VST_STR("t") : VST_STR_EMPTY;
		check_document_pages(fixture, body, 1 + drawn(&put, 20));
		vst_arena_reset(&fixture->arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(stop_pages_are_the_list_in_its_order, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(filters_of_stops_leave_out_what_they_should, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(an_offset_skips_and_a_count_stops, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_bad_cursor_or_sort_is_refused, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(document_pages_are_the_list_in_its_order, store_setup, store_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
