/* Documents and the feed of events. */
#include <stdio.h>
#include <stdlib.h>

#include "records_fixture.h"

static int64_t put(records *r, const char *kind, const char *id, const char *document, int64_t expected)
{
	json_t *given = json_of(document);
	int64_t version = -1;
	vst_err err = VST_ERR_INIT;

	if (vst_engine_document_put(r->engine, vst_str_from(kind), vst_str_from(id), given, expected, &version, &err) !=
	    VST_OK) {
		fail_msg("put: %s", err.text);
	}
	json_decref(given);
	return version;
}

static json_t *get(records *r, const char *kind, const char *id)
{
	json_t *out = NULL;
	vst_err err = VST_ERR_INIT;

	if (vst_engine_document_get(r->engine, vst_str_from(kind), vst_str_from(id), &out, &err) != VST_OK) {
		fail_msg("get: %s", err.text);
	}
	return out;
}

static void a_document_comes_back_as_it_was_put(void **state)
{
	static const char *const documents[] = {
		"{}", "[]", "{'text': 'Заказ {order} передан', 'on': true, 'n': 1.5, 'nothing': null}", "[1, [2, {'a': []}]]",
	};
	records *r = *state;

	for (size_t i = 0; i < COUNT_OF(documents); i++) {
		json_t *expected = json_of(documents[i]), *out;

		assert_int_equal(put(r, "template", "order.F", documents[i], -1), i + 1);
		records_reopen(r);
		out = get(r, "template", "order.F");
		assert_true(json_equal(json_object_get(out, "document"), expected));
		assert_json_like(out, "{'kind': 'template', 'id': 'order.F', 'changed': 1795597200}");
		assert_int_equal(json_integer_value(json_object_get(out, "version")), i + 1);
		json_decref(out);
		json_decref(expected);
	}
}

static void the_order_of_keys_is_kept(void **state)
{
	records *r = *state;
	json_t *out;
	char *text;

	(void) put(r, "scenario", "s", "{'z': 1, 'a': 2, 'm': 3}", -1);
	out = get(r, "scenario", "s");
	text = json_dumps(json_object_get(out, "document"), JSON_COMPACT);
	assert_string_equal(text, "{\"z\":1,\"a\":2,\"m\":3}");
	free(text);
	json_decref(out);
}

static void an_absent_document_is_null(void **state)
{
	records *r = *state;
	json_t *out;
	bool deleted = true;
	vst_err err = VST_ERR_INIT;

	(void) put(r, "template", "a", "{}", -1);
	out = get(r, "template", "b");
	assert_true(json_is_null(out));
	json_decref(out);
	out = get(r, "scenario", "a");
	assert_true(json_is_null(out));
	json_decref(out);
	assert_int_equal(vst_engine_document_delete(r->engine, VST_STR("template"), VST_STR("b"), &deleted, &err), VST_OK);
	assert_false(deleted);
	assert_int_equal(vst_engine_document_delete(r->engine, VST_STR("template"), VST_STR("a"), &deleted, &err), VST_OK);
	assert_true(deleted);
	out = get(r, "template", "a");
	assert_true(json_is_null(out));
	json_decref(out);
}

static void a_stale_version_is_refused_and_writes_nothing(void **state)
{
	records *r = *state;
	json_t *document = json_of("{'by': 'late'}"), *out;
	int64_t version = -7;
	vst_err err = VST_ERR_INIT;

	assert_int_equal(put(r, "template", "a", "{'by': 'first'}", 0), 1);
	assert_int_equal(put(r, "template", "a", "{'by': 'second'}", 1), 2);
	for (int64_t expected = 0; expected <= 3; expected++) {
		if (expected == 2) {
			continue;
		}
		vst_err_clear(&err);
		assert_int_equal(vst_engine_document_put(r->engine, VST_STR("template"), VST_STR("a"), document, expected,
		                                         &version, &err), VST_E_DENIED);
		assert_non_null(strstr(err.text, "stale"));
		assert_false(err.retryable);
	}
	assert_int_equal(version, -7);
	out = get(r, "template", "a");
	assert_json_like(out, "{'version': 2, 'document': {'by': 'second'}}");
	json_decref(out);
	json_decref(document);
}

static void names_and_sizes_are_checked(void **state)
{
	records *r = *state;
	json_t *document = json_object(), *large = json_object(), *out = NULL;
	char *text = calloc(1, 1100000), id[193];
	int64_t version = 0;
	bool deleted;

	memset(text, 'x', 1099999);
	memset(id, 'i', sizeof id);
	id[192] = '\0';
	(void) json_object_set_new(large, "text", json_string(text));
	assert_int_equal(vst_engine_document_put(r->engine, VST_STR_EMPTY, VST_STR("a"), document, -1, &version, NULL),
	                 VST_E_INVALID);
	assert_int_equal(vst_engine_document_put(r->engine, VST_STR("k"), VST_STR_EMPTY, document, -1, &version, NULL),
	                 VST_E_INVALID);
	assert_int_equal(vst_engine_document_put(r->engine, VST_STR("k"), vst_str_from(id), document, -1, &version, NULL),
	                 VST_E_INVALID);
	assert_int_equal(vst_engine_document_put(r->engine, VST_STR("k"), VST_STR("a"), document, -2, &version, NULL),
	                 VST_E_INVALID);
	assert_int_equal(vst_engine_document_put(r->engine, VST_STR("k"), VST_STR("a"), large, -1, &version, NULL),
	                 VST_E_INVALID);
	assert_int_equal(vst_engine_document_get(r->engine, VST_STR("k"), VST_STR_EMPTY, &out, NULL), VST_E_INVALID);
	assert_int_equal(vst_engine_document_delete(r->engine, VST_STR_EMPTY, VST_STR("a"), &deleted, NULL), VST_E_INVALID);
	free(text);
	json_decref(document);
	json_decref(large);
}

static void documents_are_listed_and_counted_by_kind(void **state)
{
	static const struct {
		const char *filter;
		size_t count;
		const char *first;
	} cases[] = {
		{"{}", 4, "a"},
		{"{'kind': 'template'}", 3, "a"},
		{"{'kind': 'template', 'sort': '-id'}", 3, "c"},
		{"{'kind': 'template', 'sort': 'changed'}", 3, "c"},
		{"{'kind': 'template', 'sort': '-changed'}", 3, "a"},
		{"{'kind': 'scenario'}", 1, "x"},
		{"{'kind': 'none'}", 0, NULL},
	};
	static const char *const ids[] = {"c", "b", "a"};
	records *r = *state;
	vst_err err = VST_ERR_INIT;

	for (int i = 0; i < 3; i++) {
		records_clock(r, RECORDS_START + i);
		(void) put(r, "template", ids[i], "{'n': 1}", -1);
	}
	(void) put(r, "scenario", "x", "{}", -1);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		json_t *filter = json_of(cases[i].filter), *page, *items;
		int64_t number = -1;

		records_case(cases[i].filter);
		assert_int_equal(vst_engine_document_list(r->engine, filter, 100, VST_STR_EMPTY, &page, &err), VST_OK);
		items = json_object_get(page, "items");
		assert_int_equal(json_array_size(items), cases[i].count);
		assert_int_equal(vst_engine_document_count(r->engine, filter, 100, &number, &err), VST_OK);
		assert_int_equal(number, cases[i].count);
		if (cases[i].first != NULL && strcmp(cases[i].filter, "{}") != 0) {
			assert_string_equal(json_string_value(json_object_get(json_array_get(items, 0), "id")), cases[i].first);
			assert_non_null(json_object_get(json_array_get(items, 0), "document"));
		}
		json_decref(page);
		json_decref(filter);
	}
}

static void a_list_of_documents_refuses_what_it_does_not_know(void **state)
{
	static const struct {
		const char *filter;
		vst_rc rc;
	} cases[] = {
		{"{'id': 'a'}", VST_E_INVALID}, {"{'kind': 1}", VST_E_TYPE}, {"{'sort': 'version'}", VST_E_INVALID},
		{"{'offset': -1}", VST_E_INVALID}, {"5", VST_E_TYPE},
	};
	records *r = *state;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		json_t *filter = json_of(cases[i].filter), *page = NULL;
		int64_t number;

		records_case(cases[i].filter);
		assert_int_equal(vst_engine_document_list(r->engine, filter, 10, VST_STR_EMPTY, &page, NULL), cases[i].rc);
		assert_int_equal(vst_engine_document_count(r->engine, filter, 10, &number, NULL), cases[i].rc);
		assert_null(page);
		json_decref(filter);
	}
}

/* ---- events ---- */

static void append_events(records *r, int number)
{
	for (int i = 0; i < number; i++) {
		records_message m = {.phone = INT64_C(79990000001), .category = VST_SERVICE, .state = VST_QUEUED,
		                     .due = RECORDS_START};
		char id[VST_ID_LEN + 1], filter[64];
		json_t *given;
		int64_t changed = 0;

		records_id(records_put(r, &m), id);
		(void) snprintf(filter, sizeof filter, "{'id': '%s'}", id);
		given = json_of(filter);
		assert_int_equal(vst_engine_cancel(r->engine, given, &changed, NULL), VST_OK);
		assert_int_equal(changed, 1);
		json_decref(given);
	}
}

static void events_are_read_in_order_from_any_number(void **state)
{
	records *r = *state;
	json_t *events;
	vst_err err = VST_ERR_INIT;

	append_events(r, 5);
	for (int64_t after = 0; after <= 6; after++) {
		size_t expected = after < 5 ? (size_t) (5 - after) : 0;

		assert_int_equal(vst_engine_events(r->engine, after, 100, &events, &err), VST_OK);
		assert_int_equal(json_array_size(events), expected);
		for (size_t i = 0; i < expected; i++) {
			assert_int_equal(json_integer_value(json_object_get(json_array_get(events, i), "number")),
			                 after + 1 + (int64_t) i);
		}
		json_decref(events);
	}
	assert_int_equal(vst_engine_events(r->engine, 1, 2, &events, &err), VST_OK);
	assert_int_equal(json_array_size(events), 2);
	json_decref(events);
}

static void an_event_names_its_message(void **state)
{
	records *r = *state;
	json_t *events, *page, *filter = json_object();
	vst_err err = VST_ERR_INIT;
	const char *id;

	append_events(r, 1);
	assert_int_equal(vst_engine_events(r->engine, 0, 10, &events, &err), VST_OK);
	assert_int_equal(vst_engine_message_list(r->engine, filter, 10, VST_STR_EMPTY, &page, &err), VST_OK);
	id = json_string_value(json_object_get(json_array_get(json_object_get(page, "items"), 0), "id"));
	assert_string_equal(json_string_value(json_object_get(json_array_get(events, 0), "message")), id);
	assert_json_like(json_array_get(events, 0), "{'type': 'message.cancelled', 'at': 1795597200, 'entity': 'main',"
	                                            " 'phone': '+79990000001', 'data': {'provider': 'sandbox'}}");
	json_decref(events);
	json_decref(page);
	json_decref(filter);
}

static vst_rc prune(vst_tx *tx, void *context, vst_err *err)
{
	bool done = false;
	vst_rc rc = vst_event_prune(tx, RECORDS_START + 10, 1000, &done, err);

	(void) context;
	assert_true(done);
	return rc;
}

static void a_cursor_behind_what_is_kept_is_refused(void **state)
{
	records *r = *state;
	json_t *events = NULL;
	vst_err err = VST_ERR_INIT;

	append_events(r, 3);
	records_clock(r, RECORDS_START + 20);
	append_events(r, 2);
	records_write(r, prune, NULL);
	assert_int_equal(vst_engine_events(r->engine, 1, 10, &events, &err), VST_E_INVALID);
	assert_int_equal(vst_engine_events(r->engine, 2, 10, &events, NULL), VST_E_INVALID);
	assert_null(events);
	/* Nothing is missing after the last one that is gone. */
	assert_int_equal(vst_engine_events(r->engine, 3, 10, &events, NULL), VST_OK);
	assert_int_equal(json_array_size(events), 2);
	json_decref(events);
	assert_int_equal(vst_engine_events(r->engine, 0, 10, &events, NULL), VST_OK);
	assert_int_equal(json_array_size(events), 2);
	json_decref(events);
}

static void the_feed_checks_its_numbers(void **state)
{
	records *r = *state;
	json_t *events = NULL;

	assert_int_equal(vst_engine_events(r->engine, 0, 0, &events, NULL), VST_E_INVALID);
	assert_int_equal(vst_engine_events(r->engine, 0, 10001, &events, NULL), VST_E_INVALID);
	assert_int_equal(vst_engine_events(r->engine, -1, 10, &events, NULL), VST_E_INVALID);
	assert_int_equal(vst_engine_events(r->engine, 0, 10000, &events, NULL), VST_OK);
	assert_int_equal(json_array_size(events), 0);
	json_decref(events);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		records_test(a_document_comes_back_as_it_was_put),
		records_test(the_order_of_keys_is_kept),
		records_test(an_absent_document_is_null),
		records_test(a_stale_version_is_refused_and_writes_nothing),
		records_test(names_and_sizes_are_checked),
		records_test(documents_are_listed_and_counted_by_kind),
		records_test(a_list_of_documents_refuses_what_it_does_not_know),
		records_test(events_are_read_in_order_from_any_number),
		records_test(an_event_names_its_message),
		records_test(a_cursor_behind_what_is_kept_is_refused),
		records_test(the_feed_checks_its_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
