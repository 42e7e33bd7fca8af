#include <inttypes.h>
#include <stdio.h>

#include "records_fixture.h"

#define PHONE "+79990000001"
#define PHONE_NUMBER INT64_C(79990000001)

static json_t *add(records *r, const char *phone, const char *reason)
{
	json_t *given = json_of(reason), *out = NULL;
	vst_err err = VST_ERR_INIT;

	if (vst_engine_stop_add(r->engine, vst_str_from(phone), given, &out, &err) != VST_OK) {
		fail_msg("%s: %s", reason, err.text);
	}
	json_decref(given);
	return out;
}

static json_t *take_off(records *r, const char *phone, const char *reason)
{
	json_t *given = json_of(reason), *out = NULL;
	vst_err err = VST_ERR_INIT;

	if (vst_engine_stop_remove(r->engine, vst_str_from(phone), given, &out, &err) != VST_OK) {
		fail_msg("%s: %s", reason, err.text);
	}
	json_decref(given);
	return out;
}

static json_t *list(records *r, const char *filter, int64_t limit, vst_str after)
{
	json_t *given = json_of(filter), *out = NULL;
	vst_err err = VST_ERR_INIT;

	if (vst_engine_stop_list(r->engine, given, limit, after, &out, &err) != VST_OK) {
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

	if (vst_engine_stop_count(r->engine, given, stop_at, &number, &err) != VST_OK) {
		fail_msg("%s: %s", filter, err.text);
	}
	json_decref(given);
	return number;
}

static void an_entry_has_its_defaults(void **state)
{
	records *r = *state;
	json_t *out = add(r, "8 (999) 000-00-01", "{'reason': 'просил не писать', 'author': 'Петрова'}");

	assert_json_like(out, "{'phone': '+79990000001', 'entity': 'main', 'kind': 'opt_out', 'scope': 'advertising',"
	                      " 'reason': 'просил не писать', 'author': 'Петрова', 'added': 1795597200, 'expires': null,"
	                      " 'cancelled': 0}");
	json_decref(out);
	out = add(r, PHONE, "{'kind': 'complaint', 'scope': 'all', 'expires': 1795597201}");
	assert_json_like(out, "{'kind': 'complaint', 'scope': 'all', 'expires': 1795597201, 'reason': null}");
	json_decref(out);
}

static void an_operator_bar_is_believed_for_the_period_of_its_rule(void **state)
{
	records *r = *state;
	json_t *out = add(r, PHONE, "{'kind': 'operator_bar'}");

	assert_json_like(out, "{'expires': 1803373200}"); /* 90 days */
	json_decref(out);
	out = add(r, PHONE, "{'kind': 'operator_bar', 'expires': 1795600000}");
	assert_json_like(out, "{'expires': 1795600000}");
	json_decref(out);
}

static void what_waits_within_the_scope_is_cancelled(void **state)
{
	static const struct {
		const char *reason;
		const char *advertising, *service, *authentication;
		int64_t cancelled;
	} cases[] = {
		{"{'kind': 'complaint'}", "cancelled", "queued", "queued", 1},
		{"{'kind': 'operator_bar'}", "cancelled", "queued", "queued", 1},
		{"{'kind': 'provider', 'scope': 'all'}", "cancelled", "cancelled", "queued", 2},
		{"{'scope': 'all'}", "cancelled", "cancelled", "queued", 2},
	};
	records *r = *state;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *states[] = {cases[i].authentication, cases[i].service, cases[i].advertising};
		records_message m = {.phone = PHONE_NUMBER + (int64_t) i, .state = VST_QUEUED, .due = RECORDS_START};
		vst_id ids[VST_CATEGORY_COUNT];
		char phone[32];
		json_t *out;

		records_case(cases[i].reason);
		for (unsigned c = 0; c < VST_CATEGORY_COUNT; c++) {
			m.category = (vst_category) c;
			ids[c] = records_put(r, &m);
		}
		(void) snprintf(phone, sizeof phone, "+%" PRId64, m.phone);
		out = add(r, phone, cases[i].reason);
		assert_int_equal(json_integer_value(json_object_get(out, "cancelled")), cases[i].cancelled);
		json_decref(out);
		for (unsigned c = 0; c < VST_CATEGORY_COUNT; c++) {
			json_t *message = records_show(r, ids[c]);

			assert_string_equal(json_string_value(json_object_get(message, "state")), states[c]);
			json_decref(message);
		}
	}
}

static void an_entry_put_again_is_never_narrower(void **state)
{
	records *r = *state;
	json_t *out;

	json_decref(add(r, PHONE, "{'scope': 'all', 'reason': 'first'}"));
	records_clock(r, RECORDS_START + 5);
	out = add(r, PHONE, "{'reason': 'second'}");
	assert_json_like(out, "{'scope': 'all', 'reason': 'second', 'added': 1795597205}");
	json_decref(out);
	assert_int_equal(count(r, "{}", 100), 1);
}

static void taking_off_names_what_was_there(void **state)
{
	records *r = *state;
	json_t *out, *events;

	json_decref(add(r, PHONE, "{'kind': 'complaint'}"));
	out = take_off(r, PHONE, "{}");
	assert_json_like(out, "{'removed': false, 'kind': 'opt_out', 'phone': '+79990000001', 'entity': 'main'}");
	json_decref(out);
	out = take_off(r, PHONE, "{'kind': 'complaint', 'reason': 'ошибка', 'author': 'Иванов'}");
	assert_json_like(out, "{'removed': true, 'kind': 'complaint'}");
	json_decref(out);
	assert_int_equal(count(r, "{}", 100), 0);
	events = records_events(r, "stop.removed");
	assert_int_equal(json_array_size(events), 1);
	assert_json_like(json_array_get(events, 0), "{'phone': '+79990000001', 'data': {'kind': 'complaint',"
	                                            " 'reason': 'ошибка', 'author': 'Иванов'}}");
	json_decref(events);
}

/* Ten numbers, one a minute; every second is a complaint, every third has the scope all. */
static void fill(records *r)
{
	for (int i = 0; i < 10; i++) {
		char phone[32], reason[80];

		records_clock(r, RECORDS_START + 60 * i);
		(void) snprintf(phone, sizeof phone, "+7999000%04d", 9 - i);
		(void) snprintf(reason, sizeof reason, "{'kind': '%s', 'scope': '%s'}", i % 2 == 0 ? "opt_out" : "complaint",
		                i % 3 == 0 ? "all" : "advertising");
		json_decref(add(r, phone, reason));
	}
}

static void filters_sort_and_count(void **state)
{
	static const struct {
		const char *filter;
		size_t count;
		const char *first, *last; /* the four last digits */
	} cases[] = {
		{"{}", 10, "0009", "0000"},
		{"[]", 10, "0009", "0000"},
		{"{'sort': '-added'}", 10, "0000", "0009"},
		{"{'sort': 'phone'}", 10, "0000", "0009"},
		{"{'sort': '-phone'}", 10, "0009", "0000"},
		{"{'kind': 'complaint'}", 5, "0008", "0000"},
		{"{'kind': ['complaint', 'opt_out']}", 10, "0009", "0000"},
		{"{'kind': 'provider'}", 0, NULL, NULL},
		{"{'scope': 'all'}", 4, "0009", "0000"},
		{"{'kind': 'opt_out', 'scope': 'all'}", 2, "0009", "0003"},
		{"{'phone': '+7 999 000-00-05'}", 1, "0005", "0005"},
		{"{'from': 1795597260, 'to': 1795597380}", 2, "0008", "0007"},
		{"{'entity': 'main', 'offset': 8}", 2, "0001", "0000"},
		{"{'phone': null, 'kind': null}", 10, "0009", "0000"},
	};
	records *r = *state;

	fill(r);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		json_t *page = list(r, cases[i].filter, 100, VST_STR_EMPTY), *items = json_object_get(page, "items");

		records_case(cases[i].filter);
		assert_int_equal(json_array_size(items), cases[i].count);
		assert_true(json_is_null(json_object_get(page, "next")));
		if (cases[i].count > 0) {
			const char *first = json_string_value(json_object_get(json_array_get(items, 0), "phone"));
			const char *last = json_string_value(json_object_get(json_array_get(items, cases[i].count - 1), "phone"));

			assert_string_equal(first + 8, cases[i].first);
			assert_string_equal(last + 8, cases[i].last);
		}
		json_decref(page);
		if (strstr(cases[i].filter, "offset") == NULL) {
			assert_int_equal(count(r, cases[i].filter, 100), cases[i].count);
		}
	}
	assert_int_equal(count(r, "{}", 3), 3);
}

static void pages_follow_each_other(void **state)
{
	records *r = *state;
	char after[200] = "";
	size_t seen = 0;
	int pages = 0;

	fill(r);
	do {
		json_t *page = list(r, "{'sort': '-added'}", 4, vst_str_from(after)), *item;
		const char *next = json_string_value(json_object_get(page, "next"));
		size_t i;

		json_array_foreach(json_object_get(page, "items"), i, item) {
			char expected[32];

			(void) snprintf(expected, sizeof expected, "+7999000%04zu", seen++);
			assert_string_equal(json_string_value(json_object_get(item, "phone")), expected);
		}
		(void) snprintf(after, sizeof after, "%s", next != NULL ? next : "");
		json_decref(page);
		pages++;
	} while (after[0] != '\0');
	assert_int_equal(seen, 10);
	assert_int_equal(pages, 3);
}

static void bad_input_is_named(void **state)
{
	static const struct {
		const char *given;
		vst_rc rc;
		const char *words;
	} reasons[] = {
		{"{'kind': 'angry'}", VST_E_INVALID, "reason.kind"},
		{"{'kind': 3}", VST_E_TYPE, "reason.kind"},
		{"{'scope': 'none'}", VST_E_INVALID, "reason.scope"},
		{"{'expires': 1795597200}", VST_E_INVALID, "reason.expires: has already passed"},
		{"{'expires': 'soon'}", VST_E_TYPE, "reason.expires"},
		{"{'entity': 'other'}", VST_E_INVALID, "entity: not one of"},
		{"{'word': 'x'}", VST_E_INVALID, "reason.word: unknown key"},
		{"'x'", VST_E_TYPE, "reason: expected an array"},
	}, filters[] = {
		{"{'sort': 'reason'}", VST_E_INVALID, "filter.sort"},
		{"{'offset': 10001}", VST_E_INVALID, "filter.offset"},
		{"{'kind': []}", VST_E_INVALID, "filter.kind: an empty list"},
		{"{'kind': [1]}", VST_E_TYPE, "kind: expected a list of strings"},
		{"{'phone': '12'}", VST_E_INVALID, "phone"},
		{"{'from': -1}", VST_E_INVALID, "filter.from"},
		{"{'entity': 'other'}", VST_E_INVALID, "entity"},
		{"{'state': 'x'}", VST_E_INVALID, "filter.state: unknown key"},
	};
	records *r = *state;
	json_t *out = NULL;

	for (size_t i = 0; i < COUNT_OF(reasons); i++) {
		json_t *given = json_of(reasons[i].given);
		vst_err err = VST_ERR_INIT;

		records_case(reasons[i].given);
		assert_int_equal(vst_engine_stop_add(r->engine, VST_STR(PHONE), given, &out, &err), reasons[i].rc);
		assert_non_null(strstr(err.text, reasons[i].words));
		json_decref(given);
	}
	for (size_t i = 0; i < COUNT_OF(filters); i++) {
		json_t *given = json_of(filters[i].given);
		int64_t number;
		vst_err err = VST_ERR_INIT;

		records_case(filters[i].given);
		assert_int_equal(vst_engine_stop_list(r->engine, given, 10, VST_STR_EMPTY, &out, &err), filters[i].rc);
		assert_non_null(strstr(err.text, filters[i].words));
		assert_int_equal(vst_engine_stop_count(r->engine, given, 10, &number, NULL), filters[i].rc);
		json_decref(given);
	}
	assert_null(out);
	assert_int_equal(count(r, "{}", 100), 0);
}

static void limits_are_checked(void **state)
{
	records *r = *state;
	json_t *empty = json_object(), *out = NULL;
	int64_t number;

	assert_int_equal(vst_engine_stop_list(r->engine, empty, 0, VST_STR_EMPTY, &out, NULL), VST_E_INVALID);
	assert_int_equal(vst_engine_stop_list(r->engine, empty, 1001, VST_STR_EMPTY, &out, NULL), VST_E_INVALID);
	assert_int_equal(vst_engine_stop_list(r->engine, empty, 10, VST_STR("nonsense"), &out, NULL), VST_E_INVALID);
	assert_int_equal(vst_engine_stop_count(r->engine, empty, 0, &number, NULL), VST_E_INVALID);
	json_decref(empty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		records_test(an_entry_has_its_defaults),
		records_test(an_operator_bar_is_believed_for_the_period_of_its_rule),
		records_test(what_waits_within_the_scope_is_cancelled),
		records_test(an_entry_put_again_is_never_narrower),
		records_test(taking_off_names_what_was_there),
		records_test(filters_sort_and_count),
		records_test(pages_follow_each_other),
		records_test(bad_input_is_named),
		records_test(limits_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
