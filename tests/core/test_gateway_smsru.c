#include "gateway/smsru.h"

#include <stdio.h>
#include <stdlib.h>

#include "allocation.h"
#include "check.h"
#include "gateway_fixture.h"
#include "vectors.h"

#define NOW INT64_C(1763668800) /* 23:00 in Moscow: an hour to the next day */

static vst_parcel parcel_to(int64_t phone, const char *text)
{
	return (vst_parcel) {
		.id = VST_STR_EMPTY,
		.phone = phone,
		.text = vst_str_from(text),
		.sender = VST_STR("Romashka"),
		.now = NOW,
	};
}

static vst_reply reply_of(const char *body)
{
	return (vst_reply) {
		.status = 200,
		.body = vst_str_from(body),
		.complete = true,
		.released = true,
		.failure = VST_STR_EMPTY,
	};
}

static void one_text_goes_to_a_list(void **state)
{
	vst_provider *provider = test_smsru();
	vst_parcel parcels[] = {parcel_to(79990000101, "Привет & до+свидания"),
	                        parcel_to(79990000102, "Привет & до+свидания")};
	vst_arena arena = VST_ARENA_INIT;
	vst_request request;

	(void) state;
	assert_int_equal(vst_smsru_class.build_send(provider, parcels, 2, &request, NULL), VST_OK);
	assert_str(vst_buf_str(&request.url), "http://127.0.0.1:8080/sms/send");
	assert_true(request.post);
	assert_int_equal(request.timeout_ms, 30000);
	assert_int_equal(request.connect_timeout_ms, 5000);
	assert_true(vst_str_contains(vst_buf_str(&request.headers), VST_STR("application/x-www-form-urlencoded")));
	assert_str(form_value(&arena, vst_buf_str(&request.body), "api_id"), TEST_API_ID);
	assert_str(form_value(&arena, vst_buf_str(&request.body), "json"), "1");
	assert_str(form_value(&arena, vst_buf_str(&request.body), "from"), "Romashka");
	assert_str(form_value(&arena, vst_buf_str(&request.body), "to"), "79990000101,79990000102");
	assert_str(form_value(&arena, vst_buf_str(&request.body), "msg"), "Привет & до+свидания");
	assert_int_equal(form_count(&arena, vst_buf_str(&request.body)), 5);
	assert_false(vst_str_contains(vst_buf_str(&request.url), VST_STR(TEST_API_ID)));
	vst_request_free(&request);
	assert_null(request.body.ptr);
	vst_arena_free(&arena);
	vst_provider_free(provider);
}

static void different_texts_go_in_pairs(void **state)
{
	vst_provider *provider = provider_of("smsru", "{\"api_id\": \"k\", \"test\": true}");
	vst_parcel parcels[] = {parcel_to(79990000101, "one"), parcel_to(79990000102, "two")};
	vst_arena arena = VST_ARENA_INIT;
	vst_request request;

	(void) state;
	parcels[0].sender = parcels[1].sender = VST_STR_EMPTY;
	assert_int_equal(vst_smsru_class.build_send(provider, parcels, 2, &request, NULL), VST_OK);
	assert_str(vst_buf_str(&request.url), "https://sms.ru/sms/send");
	assert_str(form_value(&arena, vst_buf_str(&request.body), "to[79990000101]"), "one");
	assert_str(form_value(&arena, vst_buf_str(&request.body), "to[79990000102]"), "two");
	assert_str(form_value(&arena, vst_buf_str(&request.body), "test"), "1");
	assert_int_equal(form_count(&arena, vst_buf_str(&request.body)), 5);
	vst_request_free(&request);
	vst_arena_free(&arena);
	vst_provider_free(provider);
}

static void a_validity_becomes_whole_minutes_that_do_not_exceed_it(void **state)
{
	static const struct {
		int64_t seconds;
		const char *ttl;
	} rows[] = {{59, "1"}, {60, "1"},           {119, "1"},          {120, "2"},
	            {-5, "1"}, {1440 * 60, "1440"}, {1441 * 60, "1440"}, {86400 * 30, "1440"}};
	vst_provider *provider = test_smsru();

	(void) state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		vst_parcel parcel = parcel_to(79990000101, "t");
		vst_arena arena = VST_ARENA_INIT;
		vst_request request;

		parcel.valid_until = NOW + rows[i].seconds;
		assert_int_equal(vst_smsru_class.build_send(provider, &parcel, 1, &request, NULL), VST_OK);
		assert_str(form_value(&arena, vst_buf_str(&request.body), "ttl"), rows[i].ttl);
		vst_request_free(&request);
		vst_arena_free(&arena);
	}
	vst_provider_free(provider);
}

static void only_what_can_share_a_request_shares_one(void **state)
{
	vst_provider *provider = test_smsru();
	vst_parcel parcels[101];
	vst_parcel two[2] = {parcel_to(79990000101, "a"), parcel_to(79990000102, "b")};
	vst_request request;

	(void) state;
	for (size_t i = 0; i < COUNT_OF(parcels); i++) {
		parcels[i] = parcel_to(79990000100 + (int64_t) i, "t");
	}
	assert_int_equal(vst_smsru_class.build_send(provider, parcels, 101, &request, NULL), VST_E_INVALID);
	assert_int_equal(vst_smsru_class.build_send(provider, parcels, 0, &request, NULL), VST_E_INVALID);
	assert_int_equal(vst_smsru_class.build_send(provider, parcels, 100, &request, NULL), VST_OK);
	vst_request_free(&request);

	assert_true(vst_smsru_class.may_share(provider, &two[0], &two[1]));
	two[1].sender = VST_STR("Other");
	assert_false(vst_smsru_class.may_share(provider, &two[0], &two[1]));
	assert_int_equal(vst_smsru_class.build_send(provider, two, 2, &request, NULL), VST_E_INVALID);
	two[1] = parcel_to(79990000101, "b");
	assert_false(vst_smsru_class.may_share(provider, &two[0], &two[1]));
	assert_int_equal(vst_smsru_class.build_send(provider, two, 2, &request, NULL), VST_E_INVALID);
	two[1] = parcel_to(79990000102, "b");
	two[1].valid_until = NOW + 600;
	assert_false(vst_smsru_class.may_share(provider, &two[0], &two[1]));
	two[0].valid_until = NOW + 659;
	assert_true(vst_smsru_class.may_share(provider, &two[0], &two[1]));
	vst_provider_free(provider);
}

static void check_outcomes(const char *name, const json_t *item, const vst_outcome *outcomes)
{
	const json_t *list = json_object_get(item, "outcomes"), *waits = json_object_get(item, "retry_after_s");

	for (size_t i = 0; i < 2; i++) {
		const json_t *row = json_array_get(list, i);
		const vst_outcome *outcome = &outcomes[i];
		json_int_t wait = json_integer_value(json_is_array(waits) ? json_array_get(waits, i) : waits);

		assert_int_equal(json_array_size(row), 4);
		case_text(name, "kind", vst_str_from(outcome_kind_name(outcome->kind)),
		          vst_str_from(json_string_value(json_array_get(row, 0))));
		case_text(name, "code", outcome->code, vst_str_from(json_string_value(json_array_get(row, 1))));
		case_text(name, "reason", vst_str_from(outcome->reason),
		          vst_str_from(json_string_value(json_array_get(row, 2))));
		case_text(name, "id", outcome->provider_id, vst_str_from(json_string_value(json_array_get(row, 3))));
		case_integer(name, "retry_after_s", outcome->retry_after_s, wait);
		case_integer(name, "provider_wide", outcome->provider_wide, vectors_bool(item, "wide", false));
	}
}

static void replies_to_a_send_are_read(void **state)
{
	static const char *const known[] = {"name",        "body",          "status", "complete", "released",
	                                    "retry_after", "retry_after_s", "wide",   "outcomes", NULL};
	vst_provider *provider = test_smsru();
	vst_parcel parcels[] = {parcel_to(79990000101, "a"), parcel_to(79990000102, "b")};
	json_t *cases = vectors_load("smsru_send_replies.json"), *item;
	size_t i;

	(void) state;
	json_array_foreach(cases, i, item) {
		const char *name = json_string_value(json_object_get(item, "name"));
		char *body = vectors_built(json_object_get(item, "body"));
		vst_reply reply = reply_of(body);
		vst_outcome outcomes[2];
		vst_arena arena = VST_ARENA_INIT;

		vectors_known(item, known);
		reply.status = (long) vectors_integer(item, "status", 200);
		reply.complete = vectors_bool(item, "complete", true);
		reply.released = vectors_bool(item, "released", true);
		reply.retry_after_s = (int) vectors_integer(item, "retry_after", 0);
		assert_int_equal(vst_smsru_class.read_send(provider, parcels, 2, &reply, &arena, outcomes, NULL), VST_OK);
		check_outcomes(name, item, outcomes);
		vst_arena_free(&arena);
		free(body);
	}
	assert_true(i > 30);
	json_decref(cases);
	vst_provider_free(provider);
}

/* Cutting a good reply anywhere never makes anything of it but doubt. */
static void no_part_of_a_reply_is_believed(void **state)
{
	static const char whole[] = "{\"status\":\"OK\",\"status_code\":100,\"sms\":{\"79990000101\":{\"status\":\"OK\","
								"\"status_code\":100,\"sms_id\":\"000000-10000001\"}},\"balance\":122.56}";
	vst_provider *provider = test_smsru();
	vst_parcel parcel = parcel_to(79990000101, "a");

	(void) state;
	for (size_t len = 0; len < sizeof whole; len++) {
		vst_reply reply = reply_of(whole);
		vst_outcome outcome;
		vst_arena arena = VST_ARENA_INIT;

		reply.body.len = len;
		reply.complete = false;
		assert_int_equal(vst_smsru_class.read_send(provider, &parcel, 1, &reply, &arena, &outcome, NULL), VST_OK);
		assert_int_equal(outcome.kind, len == sizeof whole - 1 ? VST_OUTCOME_ACCEPTED : VST_OUTCOME_UNSURE);
		vst_arena_free(&arena);
		if (len == sizeof whole - 1) {
			break;
		}
	}
	vst_provider_free(provider);
}

/* Whatever bytes come back: an outcome for each, and taken only where a recipient's own code says so. */
static void damaged_replies_are_survived(void **state)
{
	static const char good[] = "{\"status\":\"OK\",\"status_code\":100,\"sms\":{\"79990000101\":{\"status_code\":207,"
							   "\"sms_id\":\"000000-1\"},\"79990000102\":{\"status_code\":231}},\"balance\":1.5}";
	vst_provider *provider = test_smsru();
	vst_parcel parcels[] = {parcel_to(79990000101, "a"), parcel_to(79990000102, "b")};
	vst_arena arena = VST_ARENA_INIT;
	uint64_t seed = 20261125;

	(void) state;
	for (int round = 0; round < 5000; round++) {
		char bytes[sizeof good];
		vst_reply reply = reply_of("");
		vst_outcome outcomes[2];

		memcpy(bytes, good, sizeof good);
		for (uint64_t i = vectors_random(&seed) % 4; i < 4; i++) {
			bytes[vectors_random(&seed) % (sizeof good - 1)] = (char) vectors_random(&seed);
		}
		reply.body = vst_str_of(bytes, sizeof good - 1 - vectors_random(&seed) % 3);
		assert_int_equal(vst_smsru_class.read_send(provider, parcels, 2, &reply, &arena, outcomes, NULL), VST_OK);
		for (size_t i = 0; i < 2; i++) {
			assert_non_null(outcomes[i].reason);
			assert_true(outcomes[i].kind != VST_OUTCOME_ACCEPTED || outcomes[i].code.len == 3);
			assert_true(outcomes[i].kind != VST_OUTCOME_PENDING && outcomes[i].kind != VST_OUTCOME_DELIVERED);
		}
		vst_arena_reset(&arena);
	}
	vst_arena_free(&arena);
	vst_provider_free(provider);
}

static void check_code(vst_provider *provider, const json_t *item)
{
	long long code = vectors_integer(item, "code", 0);
	vst_parcel parcel = parcel_to(79990000101, "a");
	vst_str id = VST_STR("000000-1");
	char body[128], name[32];
	vst_reply reply;
	vst_outcome outcome;
	vst_arena arena = VST_ARENA_INIT;

	snprintf(name, sizeof name, "%lld", code);
	snprintf(body, sizeof body, "{\"status_code\":100,\"sms\":{\"79990000101\":{\"status_code\":%lld}}}", code);
	reply = reply_of(body);
	assert_int_equal(vst_smsru_class.read_send(provider, &parcel, 1, &reply, &arena, &outcome, NULL), VST_OK);
	case_text(name, "send", vst_str_from(outcome_kind_name(outcome.kind)), vectors_text(item, "send", NULL));
	case_text(name, "code", outcome.code, vst_str_from(name));
	case_integer(name, "wait", outcome.retry_after_s, vectors_integer(item, "wait", 0));
	case_integer(name, "wide", outcome.provider_wide, vectors_bool(item, "wide", false));
	case_integer(name, "unknown", strcmp(outcome.reason, "unknown_code") == 0, vectors_bool(item, "unknown", false));

	snprintf(body, sizeof body, "{\"status_code\":100,\"sms\":{\"000000-1\":{\"status_code\":%lld}}}", code);
	reply = reply_of(body);
	assert_int_equal(vst_smsru_class.read_status(provider, &id, 1, &reply, &arena, &outcome, NULL), VST_OK);
	case_text(name, "report", vst_str_from(outcome_kind_name(outcome.kind)), vectors_text(item, "report", NULL));
	assert_str(outcome.provider_id, "000000-1");
	vst_arena_free(&arena);
}

static void every_code_has_its_meaning(void **state)
{
	static const char *const known[] = {"code", "send", "report", "wait", "wide", "unknown", NULL};
	vst_provider *provider = test_smsru();
	json_t *cases = vectors_load("smsru_codes.json"), *item;
	size_t i, in_table = 0, listed = 0;

	(void) state;
	json_array_foreach(cases, i, item) {
		vectors_known(item, known);
		check_code(provider, item);
		listed += !vectors_bool(item, "unknown", false);
	}
	for (const vst_smsru_code *row = vst_smsru_codes; row->reason != NULL; row++) {
		assert_int_equal(vst_smsru_code_find(row->code).code, row->code);
		in_table++;
	}
	assert_int_equal(listed, in_table);
	json_decref(cases);
	vst_provider_free(provider);
}

static void days_end_at_midnight_in_moscow(void **state)
{
	(void) state;
	assert_int_equal(vst_smsru_wait_seconds(VST_SMSRU_NO_WAIT, NOW), 0);
	assert_int_equal(vst_smsru_wait_seconds(VST_SMSRU_MINUTE, NOW), 60);
	assert_int_equal(vst_smsru_wait_seconds(VST_SMSRU_NEXT_DAY, NOW), 3600);
	assert_int_equal(vst_smsru_wait_seconds(VST_SMSRU_NEXT_DAY, NOW + 3599), 1);
	assert_int_equal(vst_smsru_wait_seconds(VST_SMSRU_NEXT_DAY, NOW + 3600), 86400);
}

static void status_asks_for_all_ids_at_once(void **state)
{
	vst_provider *provider = test_smsru();
	vst_str ids[101];
	vst_arena arena = VST_ARENA_INIT;
	vst_request request;

	(void) state;
	for (size_t i = 0; i < COUNT_OF(ids); i++) {
		ids[i] = VST_STR("000000-1");
	}
	ids[1] = VST_STR("000000-2");
	assert_int_equal(vst_smsru_class.build_status(provider, ids, 2, &request, NULL), VST_OK);
	assert_str(vst_buf_str(&request.url), "http://127.0.0.1:8080/sms/status");
	assert_str(form_value(&arena, vst_buf_str(&request.body), "sms_id"), "000000-1,000000-2");
	vst_request_free(&request);
	assert_int_equal(vst_smsru_class.build_status(provider, ids, 101, &request, NULL), VST_E_INVALID);
	assert_int_equal(vst_smsru_class.build_status(provider, ids, 0, &request, NULL), VST_E_INVALID);
	vst_arena_free(&arena);
	vst_provider_free(provider);
}

static void a_status_that_fails_as_a_whole_says_nothing_of_messages(void **state)
{
	static const struct {
		const char *body;
		long status;
		vst_outcome_kind kind;
	} rows[] = {
		{"{\"status\":\"ERROR\",\"status_code\":500}", 200, VST_OUTCOME_RETRY},
		{"{\"status\":\"ERROR\",\"status_code\":220}", 200, VST_OUTCOME_RETRY},
		{"{\"status\":\"ERROR\",\"status_code\":301}", 200, VST_OUTCOME_MISCONFIGURED},
		{"{\"status\":\"ERROR\",\"status_code\":209}", 200, VST_OUTCOME_RETRY},
		{"{\"status\":\"OK\",\"status_code\":100}", 200, VST_OUTCOME_RETRY},
		{"{\"status\":\"OK\",\"status_code\":100,\"sms\":[]}", 200, VST_OUTCOME_RETRY},
		{"<html>", 200, VST_OUTCOME_RETRY},
		{"<html>", 502, VST_OUTCOME_RETRY},
		{"<html>", 404, VST_OUTCOME_MISCONFIGURED},
		{"slow", 429, VST_OUTCOME_LIMIT},
		{"", 0, VST_OUTCOME_RETRY},
	};
	vst_provider *provider = test_smsru();
	vst_str id = VST_STR("000000-1");

	(void) state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		vst_reply reply = reply_of(rows[i].body);
		vst_outcome outcome;
		vst_arena arena = VST_ARENA_INIT;

		reply.status = rows[i].status;
		reply.complete = rows[i].status != 0;
		assert_int_equal(vst_smsru_class.read_status(provider, &id, 1, &reply, &arena, &outcome, NULL), VST_OK);
		case_integer(rows[i].body, "kind", outcome.kind, rows[i].kind);
		assert_str(outcome.provider_id, "000000-1");
		vst_arena_free(&arena);
	}
	vst_provider_free(provider);
}

static void a_failed_allocation_is_reported(void **state)
{
	vst_provider *provider = test_smsru();
	vst_parcel parcels[] = {parcel_to(79990000101, "a"), parcel_to(79990000102, "b")};
	vst_reply reply =
		reply_of("{\"status_code\":100,\"sms\":{\"79990000101\":{\"status_code\":100,\"sms_id\":\"x\"}}}");
	unsigned long nth = 0;
	vst_rc rc;

	(void) state;
	do {
		vst_request request = {.post = false};
		vst_outcome outcomes[2];
		vst_arena arena = VST_ARENA_INIT;
		vst_err err = VST_ERR_INIT;

		fail_allocation(++nth);
		rc = vst_smsru_class.build_send(provider, parcels, 2, &request, &err);
		if (rc == VST_OK) {
			rc = vst_smsru_class.read_send(provider, parcels, 2, &reply, &arena, outcomes, &err);
		}
		fail_allocation(0);
		assert_true(rc == VST_OK || rc == VST_E_NOMEM);
		assert_int_equal(err.rc, rc);
		vst_request_free(&request);
		vst_arena_free(&arena);
	} while (rc != VST_OK);
	assert_true(nth > 3);
	vst_provider_free(provider);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_text_goes_to_a_list),
		cmocka_unit_test(different_texts_go_in_pairs),
		cmocka_unit_test(a_validity_becomes_whole_minutes_that_do_not_exceed_it),
		cmocka_unit_test(only_what_can_share_a_request_shares_one),
		cmocka_unit_test(replies_to_a_send_are_read),
		cmocka_unit_test(no_part_of_a_reply_is_believed),
		cmocka_unit_test(damaged_replies_are_survived),
		cmocka_unit_test(every_code_has_its_meaning),
		cmocka_unit_test(days_end_at_midnight_in_moscow),
		cmocka_unit_test(status_asks_for_all_ids_at_once),
		cmocka_unit_test(a_status_that_fails_as_a_whole_says_nothing_of_messages),
		cmocka_unit_test(a_failed_allocation_is_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
