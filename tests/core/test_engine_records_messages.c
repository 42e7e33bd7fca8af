/* One message, lists, counts. */
#include <inttypes.h>
#include <stdio.h>

#include "records_fixture.h"

#define PHONE_NUMBER INT64_C(79990000001)

static json_t *list(records *r, const char *filter, int64_t limit, const char *after)
{
	json_t *given = json_of(filter), *out = NULL;
	vst_err err = VST_ERR_INIT;

	if (vst_engine_message_list(r->engine, given, limit, vst_str_from(after), &out, &err) != VST_OK) {
		fail_msg("%s: %s", filter, err.text);
	}
	json_decref(given);
	return out;
}

static int64_t count(records *r, const char *filter, int64_t stop_at)
{
	json_t *given = json_of(filter);
	int64_t number = -1;
	vst_err err = VST_ERR_INIT;

	if (vst_engine_message_count(r->engine, given, stop_at, &number, &err) != VST_OK) {
		fail_msg("%s: %s", filter, err.text);
	}
	json_decref(given);
	return number;
}

static void a_message_shows_what_is_stored(void **state)
{
	records *r = *state;
	records_message m = {
		.phone = PHONE_NUMBER, .category = VST_ADVERTISING, .state = VST_DEFERRED, .due = RECORDS_START + 600,
		.valid_until = RECORDS_START + 7200, .counts = VST_CHARGE_ADVERTISING, .key = "k-1", .order = "1234", .campaign = "autumn",
		.customer = "15", .tags = "[\"чай\",\"b\"]", .reason = "window_closed", .zones = "Europe/Moscow|Asia/Omsk",
		.decision = "{\"version\":\"1\",\"verdict\":\"defer\",\"findings\":[{\"rule\":\"R11\",\"code\":\"window_closed\"}]}",
	};
	vst_id id = records_put(r, &m);

	assert_message(r, id, "{'entity': 'main', 'phone': '+79990000001', 'category': 'advertising', 'state': 'deferred',"
	                      " 'held': false, 'text': 'Заказ 1234 передан в доставку', 'encoding': 'UCS-2', 'units': 29,"
	                      " 'segments': 1, 'sender': 'Romashka', 'provider': 'sandbox', 'key': 'k-1',"
	                      " 'campaign': 'autumn', 'order': '1234', 'customer': '15', 'site': null, 'basis': null,"
	                      " 'approved_by': null, 'debt': false, 'tags': ['чай', 'b'], 'due': 1795597800,"
	                      " 'not_before': null, 'valid_until': 1795604400, 'timezones': ['Europe/Moscow', 'Asia/Omsk'],"
	                      " 'attempts': 0, 'reason': 'window_closed',"
	                      " 'waits': {'for': 'window_closed', 'until': 1795597800}, 'provider_message': null,"
	                      " 'provider_code': null, 'created_ms': 1795597200000, 'sending_ms': null, 'accepted_ms': null,"
	                      " 'final_ms': null, 'findings': [{'rule': 'R11', 'code': 'window_closed'}]}");
}

static void a_message_without_anything_optional_has_nulls_and_empty_lists(void **state)
{
	records *r = *state;
	records_message m = {.category = VST_SERVICE, .state = VST_REFUSED, .reason = "phone_invalid"};
	vst_id id = records_put(r, &m);

	assert_message(r, id, "{'phone': null, 'state': 'refused', 'tags': [], 'timezones': [], 'findings': [],"
	                      " 'waits': null, 'due': null, 'key': null, 'final_ms': 1795597200000,"
	                      " 'reason': 'phone_invalid'}");
}

static void a_waiting_message_says_why_and_until_when(void **state)
{
	static const struct {
		vst_state state;
		bool held;
		int64_t due;
		const char *reason, *waits;
	} cases[] = {
		{VST_DEFERRED, false, 60, "cap", "{'for': 'cap', 'until': 1795597260}"},
		{VST_DEFERRED, false, 60, NULL, "{'for': 'not_before', 'until': 1795597260}"},
		{VST_DEFERRED, false, 0, "cap", "{'for': 'turn', 'until': null}"},
		{VST_QUEUED, false, 0, NULL, "{'for': 'turn', 'until': null}"},
		{VST_QUEUED, false, 60, "retry", "{'for': 'retry', 'until': 1795597260}"},
		{VST_QUEUED, true, 0, NULL, "{'for': 'held', 'until': null}"},
		{VST_DEFERRED, true, 60, "cap", "{'for': 'held', 'until': null}"},
		{VST_CLAIMED, false, 0, NULL, "null"},
		{VST_ACCEPTED, false, 0, NULL, "null"},
	};
	records *r = *state;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		records_message m = {.phone = PHONE_NUMBER, .category = VST_SERVICE, .state = cases[i].state,
		                     .held = cases[i].held, .due = RECORDS_START + cases[i].due, .reason = cases[i].reason};
		json_t *message = records_show(r, records_put(r, &m)), *expected = json_of(cases[i].waits);

		records_case(cases[i].waits);
		assert_json_has(json_object_get(message, "waits"), expected);
		json_decref(message);
		json_decref(expected);
	}
}

static void an_id_that_is_not_exact_finds_nothing(void **state)
{
	records *r = *state;
	records_message m = {.phone = PHONE_NUMBER, .category = VST_SERVICE, .state = VST_DELIVERED};
	vst_id id = records_put(r, &m), wrong = {id.seq, id.nonce + 1}, other = {id.seq + 1, id.nonce};
	const vst_id ids[] = {wrong, other};
	json_t *out;

	for (size_t i = 0; i < COUNT_OF(ids); i++) {
		char text[VST_ID_LEN + 1], filter[64];

		out = records_show(r, ids[i]);
		assert_true(json_is_null(out));
		json_decref(out);
		records_id(ids[i], text);
		(void) snprintf(filter, sizeof filter, "{'id': '%s'}", text);
		assert_int_equal(count(r, filter, 10), 0);
	}
	assert_int_equal(vst_engine_message(r->engine, VST_STR("nonsense"), &out, NULL), VST_OK);
	assert_true(json_is_null(out));
	json_decref(out);
}

/* Twenty messages to four people, one a minute; the state and the category go round. */
static void fill(records *r, vst_id ids[20])
{
	static const vst_state states[] = {VST_DELIVERED, VST_QUEUED, VST_DEFERRED, VST_REFUSED, VST_IN_DOUBT};
	static const char *const orders[] = {"A-1", "A-2", NULL};

	for (int i = 0; i < 20; i++) {
		records_message m = {
			.phone = PHONE_NUMBER + i % 4, .category = (vst_category) (i % 3), .state = states[i % 5],
			.due = RECORDS_START + 60 * i, .order = orders[i % 3], .campaign = i < 10 ? "spring" : NULL,
			.customer = i == 7 ? "77" : NULL, .tags = i % 6 == 0 ? "[\"чай\"]" : NULL, .held = i == 1,
		};

		records_clock(r, RECORDS_START + 60 * i);
		ids[i] = records_put(r, &m);
	}
}

static void filters_match_and_newest_come_first(void **state)
{
	static const struct {
		const char *filter;
		size_t count;
		int first, last; /* which of the twenty */
	} cases[] = {
		{"{}", 20, 19, 0},
		{"[]", 20, 19, 0},
		{"{'sort': '-created'}", 20, 19, 0},
		{"{'sort': 'created'}", 20, 0, 19},
		{"{'phone': '+7 999 000-00-02'}", 5, 17, 1},
		{"{'phone': '+7 999 000-00-02', 'sort': 'created'}", 5, 1, 17},
		{"{'phone': '+7 999 000-00-02', 'entity': 'main'}", 5, 17, 1},
		{"{'phone': '+7 999 000-00-09'}", 0, 0, 0},
		{"{'order': 'A-2'}", 7, 19, 1},
		{"{'campaign': 'spring'}", 10, 9, 0},
		{"{'customer': '77'}", 1, 7, 7},
		{"{'customer': 77}", 1, 7, 7},
		{"{'order': 5}", 0, 0, 0},
		{"{'tag': 'чай'}", 4, 18, 0},
		{"{'tag': 'ча'}", 0, 0, 0},
		{"{'state': 'queued'}", 4, 16, 1},
		{"{'state': ['queued', 'deferred']}", 8, 17, 1},
		{"{'category': 'advertising'}", 6, 17, 2},
		{"{'category': ['service', 'advertising']}", 13, 19, 1},
		{"{'held': true}", 1, 1, 1},
		{"{'held': false}", 19, 19, 0},
		{"{'from': 1795597260}", 19, 19, 1},
		{"{'to': 1795597260}", 1, 0, 0},
		{"{'from': 1795597260, 'to': 1795597380, 'sort': 'created'}", 2, 1, 2},
		{"{'state': 'delivered', 'campaign': 'spring', 'category': 'authentication'}", 1, 0, 0},
		{"{'offset': 18}", 2, 1, 0},
		{"{'offset': 3, 'state': 'queued'}", 1, 1, 1},
		{"{'offset': 20}", 0, 0, 0},
		{"{'phone': null, 'state': null, 'tag': null}", 20, 19, 0},
	};
	records *r = *state;
	vst_id ids[20];
	char id[VST_ID_LEN + 1];

	fill(r, ids);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		json_t *page = list(r, cases[i].filter, 100, ""), *items = json_object_get(page, "items");

		records_case(cases[i].filter);
		assert_int_equal(json_array_size(items), cases[i].count);
		assert_true(json_is_null(json_object_get(page, "next")));
		if (cases[i].count > 0) {
			records_id(ids[cases[i].first], id);
			assert_string_equal(json_string_value(json_object_get(json_array_get(items, 0), "id")), id);
			records_id(ids[cases[i].last], id);
			assert_string_equal(json_string_value(json_object_get(json_array_get(items, cases[i].count - 1), "id")), id);
		}
		json_decref(page);
		if (strstr(cases[i].filter, "offset") == NULL) {
			assert_int_equal(count(r, cases[i].filter, 100), cases[i].count);
		}
	}
	assert_int_equal(count(r, "{'state': 'queued'}", 2), 2);
}

static void follow_pages(records *r, const char *filter, int64_t limit, const vst_id *expected, int step, size_t total)
{
	char after[32] = "", id[VST_ID_LEN + 1];
	size_t seen = 0;

	do {
		json_t *page = list(r, filter, limit, after), *item;
		const char *next = json_string_value(json_object_get(page, "next"));
		size_t i;

		assert_true((int64_t) json_array_size(json_object_get(page, "items")) <= limit);
		json_array_foreach(json_object_get(page, "items"), i, item) {
			assert_true(seen < total);
			records_id(*expected, id);
			assert_string_equal(json_string_value(json_object_get(item, "id")), id);
			expected += step;
			seen++;
		}
		(void) snprintf(after, sizeof after, "%s", next != NULL ? next : "");
		json_decref(page);
	} while (after[0] != '\0');
	assert_int_equal(seen, total);
}

static void pages_of_every_size_follow_each_other_without_gap_or_repetition(void **state)
{
	records *r = *state;
	vst_id ids[20];

	fill(r, ids);
	for (int64_t limit = 1; limit <= 21; limit++) {
		follow_pages(r, "{}", limit, &ids[19], -1, 20);
		follow_pages(r, "{'sort': 'created'}", limit, &ids[0], 1, 20);
		follow_pages(r, "{'state': 'refused'}", limit, &ids[18], -5, 4);
		follow_pages(r, "{'phone': '+79990000003'}", limit, &ids[18], -4, 5);
		follow_pages(r, "{'phone': '+79990000003', 'sort': 'created'}", limit, &ids[2], 4, 5);
	}
}

static vst_rc put_many(vst_tx *tx, void *context, vst_err *err)
{
	vst_message m;
	vst_rc rc = VST_OK;

	(void) context;
	memset(&m, 0, sizeof m);
	m.text = VST_STR("x");
	m.key = m.order_number = m.campaign = m.customer = m.site = m.basis = m.approved_by = m.tags = m.zones =
		m.decision = m.reason = m.provider_message = m.provider_code = VST_STR_EMPTY;
	m.entity = 1;
	m.state = VST_DELIVERED;
	m.category = VST_SERVICE;
	m.created_ms = vst_tx_now_ms(tx);
	m.segments = 1;
	for (int i = 0; rc == VST_OK && i < 25000; i++) {
		m.phone = PHONE_NUMBER + i;
		rc = vst_message_next_seq(tx, &m.id.seq, err);
		m.id.nonce = (uint64_t) i;
		m.category = i == 5 || i == 24990 ? VST_ADVERTISING : VST_SERVICE;
		if (rc == VST_OK) {
			rc = vst_message_insert(tx, &m, err);
		}
	}
	return rc;
}

static void a_long_scan_goes_on_over_many_transactions(void **state)
{
	records *r = *state;
	records_message m = {.phone = PHONE_NUMBER, .category = VST_AUTHENTICATION, .state = VST_DELIVERED};
	vst_id first = records_put(r, &m);
	json_t *page;

	records_write(r, put_many, NULL);
	page = list(r, "{'category': 'advertising'}", 10, "");
	assert_int_equal(json_array_size(json_object_get(page, "items")), 2);
	assert_json_like(json_array_get(json_object_get(page, "items"), 1), "{'phone': '+79990000006'}");
	assert_true(json_is_null(json_object_get(page, "next")));
	json_decref(page);
	page = list(r, "{'category': 'advertising', 'sort': 'created', 'offset': 1}", 10, "");
	assert_int_equal(json_array_size(json_object_get(page, "items")), 1);
	assert_json_like(json_array_get(json_object_get(page, "items"), 0), "{'phone': '+79990024991'}");
	json_decref(page);
	assert_int_equal(count(r, "{}", 100000), 25001);
	assert_int_equal(count(r, "{}", 20001), 20001);
	assert_int_equal(count(r, "{'category': 'advertising'}", 100), 2);
	/* A page that is full while the scan goes on may be followed by an empty one, never by a repetition. */
	follow_pages(r, "{'category': 'authentication'}", 1, &first, 0, 1);
	follow_pages(r, "{'category': 'authentication', 'sort': 'created'}", 1, &first, 0, 1);
}

static void bad_filters_are_named(void **state)
{
	static const struct {
		const char *filter;
		vst_rc rc;
		const char *words;
	} cases[] = {
		{"{'phones': 'x'}", VST_E_INVALID, "filter.phones: unknown key"},
		{"{'id': 'x'}", VST_E_INVALID, "filter.id"},
		{"{'id': 7}", VST_E_TYPE, "filter.id"},
		{"{'phone': 'x'}", VST_E_INVALID, "phone"},
		{"{'phone': 79990000001}", VST_E_TYPE, "filter.phone"},
		{"{'state': 'lost'}", VST_E_INVALID, "filter.state"},
		{"{'state': ['queued', 'lost']}", VST_E_INVALID, "filter.state"},
		{"{'state': []}", VST_E_INVALID, "filter.state"},
		{"{'state': {'a': 1}}", VST_E_TYPE, "filter.state"},
		{"{'category': 'ads'}", VST_E_INVALID, "filter.category"},
		{"{'held': 1}", VST_E_TYPE, "filter.held"},
		{"{'order': ''}", VST_E_INVALID, "filter.order"},
		{"{'tag': ['a']}", VST_E_TYPE, "filter.tag"},
		{"{'from': '2026'}", VST_E_TYPE, "filter.from"},
		{"{'sort': 'phone'}", VST_E_INVALID, "filter.sort"},
		{"{'offset': 10001}", VST_E_INVALID, "filter.offset"},
		{"{'entity': 'other'}", VST_E_INVALID, "entity"},
		{"'queued'", VST_E_TYPE, "filter"},
	};
	records *r = *state;
	json_t *out = NULL, *empty = json_object();
	int64_t number;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		json_t *filter = json_of(cases[i].filter);
		vst_err err = VST_ERR_INIT;

		records_case(cases[i].filter);
		assert_int_equal(vst_engine_message_list(r->engine, filter, 10, VST_STR_EMPTY, &out, &err), cases[i].rc);
		assert_non_null(strstr(err.text, cases[i].words));
		assert_int_equal(vst_engine_message_count(r->engine, filter, 10, &number, NULL), cases[i].rc);
		json_decref(filter);
	}
	assert_int_equal(vst_engine_message_list(r->engine, empty, 0, VST_STR_EMPTY, &out, NULL), VST_E_INVALID);
	assert_int_equal(vst_engine_message_list(r->engine, empty, 1001, VST_STR_EMPTY, &out, NULL), VST_E_INVALID);
	assert_int_equal(vst_engine_message_list(r->engine, empty, 10, VST_STR("12x"), &out, NULL), VST_E_INVALID);
	assert_int_equal(vst_engine_message_list(r->engine, empty, 10, VST_STR("99999999999999999999"), &out, NULL),
	                 VST_E_INVALID);
	assert_int_equal(vst_engine_message_list(r->engine, empty, 10, VST_STR("0"), &out, NULL), VST_E_INVALID);
	assert_int_equal(vst_engine_message_count(r->engine, empty, 0, &number, NULL), VST_E_INVALID);
	assert_null(out);
	json_decref(empty);
}

static void messages_of_an_entity_that_was_taken_out_can_still_be_listed(void **state)
{
	records *r = *state;
	records_message m = {.phone = PHONE_NUMBER, .category = VST_SERVICE, .state = VST_DELIVERED};

	(void) records_put(r, &m);
	records_settings(r, "{'second': {'name': 'B'}, 'third': {'name': 'C'}}");
	assert_int_equal(count(r, "{'entity': 'main'}", 10), 1);
	assert_int_equal(count(r, "{'entity': 'second'}", 10), 0);
	assert_int_equal(count(r, "{'phone': '+79990000001'}", 10), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		records_test(a_message_shows_what_is_stored),
		records_test(a_message_without_anything_optional_has_nulls_and_empty_lists),
		records_test(a_waiting_message_says_why_and_until_when),
		records_test(an_id_that_is_not_exact_finds_nothing),
		records_test(filters_match_and_newest_come_first),
		records_test(pages_of_every_size_follow_each_other_without_gap_or_repetition),
		records_test(a_long_scan_goes_on_over_many_transactions),
		records_test(bad_filters_are_named),
		records_test(messages_of_an_entity_that_was_taken_out_can_still_be_listed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
