#include "gateway/smsru.h"

#include <stdio.h>
#include <stdlib.h>

#include "allocation.h"
#include "base/digest.h"
#include "check.h"
#include "gateway/form.h"
#include "gateway_fixture.h"
#include "vectors.h"

/* Computed from the published rule: hex SHA-256 of api_id and all data values joined in numeric order. */
#define HASH_ONE "64ee658d435685c8d6d5fb405a7b7b986d568fedeeb80e0a1470755b740fce2c"
#define HASH_WITH_TEST "383b1396d4e8c87c8a24328b4e3764f0cee2be53eb13359f86c35d55f90ff2bb"
#define HASH_TWELVE "c2d0ca59ae1586f886543240f9e2fa57131edf59cfdeb42029e3ab4cc85b859f"
#define HASH_TWELVE_AS_TEXT "b0cfc63c93d94d49469e2bbeb63dc1e10bcb3c886f0d6c2c2fe834a11151cc6f"

#define RECORD_ONE "sms_status\n000000-1\n103\n1700000000"

typedef struct result {
	vst_arena arena;
	vst_records records;
	vst_webhook_reply reply;
} result;

static vst_rc receive(const char *method, vst_str body, result *out)
{
	vst_provider *provider = test_smsru();
	vst_webhook webhook = {.method = vst_str_from(method), .body = body, .now = 1700000100};
	vst_rc rc;

	*out = (result) {.arena = VST_ARENA_INIT};
	rc = vst_smsru_class.read_webhook(provider, &webhook, &out->arena, &out->records, &out->reply, NULL);
	vst_provider_free(provider);
	return rc;
}

static void add_data(vst_buf *body, int index, const char *record)
{
	char name[32];

	snprintf(name, sizeof name, "data[%d]", index);
	vst_form_add(body, vst_str_from(name), vst_str_from(record));
}

/* A body with these records and a right hash of ours. */
static void sign(vst_buf *body, const char *const *records, size_t count)
{
	vst_str parts[16] = {VST_STR(TEST_API_ID)};
	unsigned char digest[VST_SHA256_LEN];
	char hex[2 * VST_SHA256_LEN + 1];

	for (size_t i = 0; i < count; i++) {
		add_data(body, (int) i, records[i]);
		parts[i + 1] = vst_str_from(records[i]);
	}
	assert_int_equal(vst_sha256_parts(parts, count + 1, digest, NULL), VST_OK);
	vst_hex(digest, sizeof digest, hex);
	vst_form_add(body, VST_STR("hash"), vst_str_from(hex));
}

static void expect_accepted(const result *got, size_t count)
{
	assert_true(got->reply.authentic);
	assert_int_equal(got->reply.status, 200);
	assert_str(got->reply.body, "100");
	assert_int_equal(got->records.count, count);
}

static void expect_refused(const result *got, int status)
{
	assert_false(got->reply.authentic);
	assert_int_equal(got->reply.status, status);
	assert_int_equal(got->records.count, 0);
}

static void one_report_is_read(void **state)
{
	vst_buf body = VST_BUF_INIT;
	const vst_record *record;
	result got;

	(void) state;
	add_data(&body, 0, RECORD_ONE);
	vst_form_add(&body, VST_STR("hash"), VST_STR(HASH_ONE));
	assert_int_equal(receive("POST", vst_buf_str(&body), &got), VST_OK);
	expect_accepted(&got, 1);
	record = &got.records.items[0];
	assert_int_equal(record->kind, VST_RECORD_REPORT);
	assert_str(record->provider_id, "000000-1");
	assert_int_equal(record->outcome.kind, VST_OUTCOME_DELIVERED);
	assert_str(record->outcome.code, "103");
	assert_str(record->outcome.provider_id, "000000-1");
	assert_int_equal(record->outcome.at, 1700000000);
	assert_str(record->dedup, "000000-1:103:1700000000");
	vst_arena_free(&got.arena);
	vst_buf_free(&body);
}

static void a_heartbeat_among_the_records_is_passed_over(void **state)
{
	vst_buf body = VST_BUF_INIT;
	result got;

	(void) state;
	vst_form_add(&body, VST_STR("hash"), VST_STR(HASH_WITH_TEST)); /* the order of fields does not matter */
	add_data(&body, 1, "test\n1700000060");
	add_data(&body, 0, RECORD_ONE);
	assert_int_equal(receive("POST", vst_buf_str(&body), &got), VST_OK);
	expect_accepted(&got, 2);
	assert_int_equal(got.records.items[0].kind, VST_RECORD_REPORT);
	assert_int_equal(got.records.items[1].kind, VST_RECORD_IGNORED);
	vst_arena_free(&got.arena);
	vst_buf_free(&body);
}

static void add_twelve(vst_buf *body)
{
	char record[64];

	for (int i = 11; i >= 0; i--) {
		snprintf(record, sizeof record, "sms_status\n000000-%d\n103\n17000000%02d", i, i);
		add_data(body, i, record);
	}
}

static void records_are_joined_in_numeric_order(void **state)
{
	vst_buf body = VST_BUF_INIT;
	result got;

	(void) state;
	add_twelve(&body);
	vst_form_add(&body, VST_STR("hash"), VST_STR(HASH_TWELVE));
	assert_int_equal(receive("POST", vst_buf_str(&body), &got), VST_OK);
	expect_accepted(&got, 12);
	for (int i = 0; i < 12; i++) {
		char id[32];

		snprintf(id, sizeof id, "000000-%d", i);
		assert_str(got.records.items[i].provider_id, id);
	}
	vst_arena_free(&got.arena);

	vst_buf_clear(&body);
	add_twelve(&body);
	vst_form_add(&body, VST_STR("hash"), VST_STR(HASH_TWELVE_AS_TEXT));
	assert_int_equal(receive("POST", vst_buf_str(&body), &got), VST_OK);
	expect_refused(&got, 403);
	vst_arena_free(&got.arena);
	vst_buf_free(&body);
}

static void a_wrong_hash_changes_nothing(void **state)
{
	static const char *const hashes[] = {
		"",
		"0",
		HASH_WITH_TEST,
		"64EE658D435685C8D6D5FB405A7B7B986D568FEDEEB80E0A1470755B740FCE2C",
		HASH_ONE "0",
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", /* of nothing */
	};
	result got;

	(void) state;
	for (size_t i = 0; i < COUNT_OF(hashes); i++) {
		vst_buf body = VST_BUF_INIT;

		add_data(&body, 0, RECORD_ONE);
		vst_form_add(&body, VST_STR("hash"), vst_str_from(hashes[i]));
		assert_int_equal(receive("POST", vst_buf_str(&body), &got), VST_OK);
		expect_refused(&got, 403);
		vst_arena_free(&got.arena);
		vst_buf_free(&body);
	}
	assert_int_equal(receive("POST", VST_STR("data[0]=" RECORD_ONE), &got), VST_OK);
	expect_refused(&got, 403);
	vst_arena_free(&got.arena);
	assert_int_equal(receive("POST", VST_STR_EMPTY, &got), VST_OK);
	expect_refused(&got, 403);
	vst_arena_free(&got.arena);
}

static void every_byte_of_the_records_is_signed(void **state)
{
	vst_buf body = VST_BUF_INIT;
	char record[] = RECORD_ONE;

	(void) state;
	for (size_t i = 0; i < sizeof record - 1; i++) {
		result got;

		record[i] ^= 1;
		vst_buf_clear(&body);
		add_data(&body, 0, record);
		vst_form_add(&body, VST_STR("hash"), VST_STR(HASH_ONE));
		assert_int_equal(receive("POST", vst_buf_str(&body), &got), VST_OK);
		expect_refused(&got, 403);
		vst_arena_free(&got.arena);
		record[i] ^= 1;
	}
	vst_buf_free(&body);
}

static void other_methods_and_too_large_bodies_are_refused(void **state)
{
	size_t len = 1024 * 1024 + 1;
	char *large = malloc(len);
	result got;

	(void) state;
	assert_non_null(large);
	memset(large, 'a', len);
	assert_int_equal(receive("GET", VST_STR_EMPTY, &got), VST_OK);
	expect_refused(&got, 405);
	vst_arena_free(&got.arena);
	assert_int_equal(receive("POST", vst_str_of(large, len), &got), VST_OK);
	expect_refused(&got, 413);
	vst_arena_free(&got.arena);
	free(large);
}

static void without_the_key_nothing_is_authentic(void **state)
{
	json_t *settings = json_pack("{ss}", "api_id", TEST_API_ID);
	vst_webhook webhook = {.method = VST_STR("POST"), .body = VST_STR("hash=" HASH_ONE)};
	vst_provider *provider = NULL;
	vst_arena arena = VST_ARENA_INIT;
	vst_records records;
	vst_webhook_reply reply = {.status = 0};

	(void) state;
	assert_int_equal(vst_provider_new(VST_STR("smsru"), settings, "p", &provider, NULL), VST_OK);
	assert_int_equal(vst_smsru_class.read_webhook(provider, &webhook, &arena, &records, &reply, NULL), VST_E_SETTINGS);
	assert_false(reply.authentic);
	vst_provider_free(provider);
	json_decref(settings);
	vst_arena_free(&arena);
}

static void odd_records_are_answered_and_passed_over(void **state)
{
	static const char *const odd[] = {
		"",
		"\n\n\n",
		"sms_status",
		"sms_status\n000000-1\n103",
		"sms_status\n\n103\n1700000000",
		"sms_status\n000000-1\nabc\n1700000000",
		"sms_status\n000000-1\n103\nsoon",
		"sms_status\n000000-1\n\n1700000000",
		"callcheck_status\n201737-1\n401\n1700000000",
		"something_new\na\nb\nc",
		"sms_status\n000000-1\n99999999999999999999\n1700000000",
	};
	vst_buf body = VST_BUF_INIT;
	result got;

	(void) state;
	sign(&body, odd, COUNT_OF(odd));
	assert_int_equal(receive("POST", vst_buf_str(&body), &got), VST_OK);
	expect_accepted(&got, COUNT_OF(odd));
	for (size_t i = 0; i < COUNT_OF(odd); i++) {
		case_integer(odd[i], "kind", got.records.items[i].kind, VST_RECORD_IGNORED);
	}
	vst_arena_free(&got.arena);
	vst_buf_free(&body);
}

static void reports_say_what_became_of_a_message(void **state)
{
	static const struct {
		const char *record;
		vst_outcome_kind kind;
		const char *reason;
	} rows[] = {
		{"sms_status\n1-1\n102\n1700000000", VST_OUTCOME_PENDING, "sending"},
		{"sms_status\n1-2\n104\n1700000000", VST_OUTCOME_UNDELIVERED, "expired"},
		{"sms_status\r\n1-3\r\n110\r\n1700000000\r\n", VST_OUTCOME_DELIVERED, "read"},
		{"sms_status\n1-4\n215\n1700000000\nmore", VST_OUTCOME_OPT_OUT, "complaint"},
		{"sms_status\n1-5\n-1\n1700000000", VST_OUTCOME_UNSURE, "unknown_id"},
		{"sms_status\n1-6\n777\n1700000000", VST_OUTCOME_UNSURE, "unknown_code"},
	};
	const char *records[COUNT_OF(rows)];
	vst_buf body = VST_BUF_INIT;
	result got;

	(void) state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		records[i] = rows[i].record;
	}
	sign(&body, records, COUNT_OF(rows));
	assert_int_equal(receive("POST", vst_buf_str(&body), &got), VST_OK);
	expect_accepted(&got, COUNT_OF(rows));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		case_integer(rows[i].record, "kind", got.records.items[i].kind, VST_RECORD_REPORT);
		case_integer(rows[i].record, "outcome", got.records.items[i].outcome.kind, rows[i].kind);
		assert_string_equal(got.records.items[i].outcome.reason, rows[i].reason);
		assert_int_equal(got.records.items[i].outcome.at, 1700000000);
	}
	vst_arena_free(&got.arena);
	vst_buf_free(&body);
}

static void odd_field_names_are_no_records(void **state)
{
	vst_buf body = VST_BUF_INIT;
	result got;

	(void) state;
	add_data(&body, 0, RECORD_ONE);
	vst_form_add(&body, VST_STR("data"), VST_STR("x"));
	vst_form_add(&body, VST_STR("data[]"), VST_STR("x"));
	vst_form_add(&body, VST_STR("data[-1]"), VST_STR("x"));
	vst_form_add(&body, VST_STR("data[1"), VST_STR("x"));
	vst_form_add(&body, VST_STR("data[a]"), VST_STR("x"));
	vst_form_add(&body, VST_STR("data[99999999999999999999]"), VST_STR("x"));
	vst_form_add(&body, VST_STR("hash"), VST_STR(HASH_ONE));
	assert_int_equal(receive("POST", vst_buf_str(&body), &got), VST_OK);
	expect_accepted(&got, 1);
	vst_arena_free(&got.arena);
	vst_buf_free(&body);
}

static void a_failed_allocation_is_reported(void **state)
{
	vst_provider *provider = test_smsru();
	vst_buf body = VST_BUF_INIT;
	unsigned long nth = 0;
	vst_rc rc;

	(void) state;
	for (int i = 0; i < 600; i++) { /* more than a block of the arena */
		add_data(&body, i, RECORD_ONE);
	}
	do {
		vst_webhook webhook = {.method = VST_STR("POST"), .body = vst_buf_str(&body)};
		vst_arena arena = VST_ARENA_INIT;
		vst_records records;
		vst_webhook_reply reply;

		fail_allocation(++nth);
		rc = vst_smsru_class.read_webhook(provider, &webhook, &arena, &records, &reply, NULL);
		fail_allocation(0);
		assert_true(rc == VST_OK || rc == VST_E_NOMEM);
		vst_arena_free(&arena);
	} while (rc != VST_OK);
	assert_true(nth > 3);
	vst_buf_free(&body);
	vst_provider_free(provider);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_report_is_read),
		cmocka_unit_test(a_heartbeat_among_the_records_is_passed_over),
		cmocka_unit_test(records_are_joined_in_numeric_order),
		cmocka_unit_test(a_wrong_hash_changes_nothing),
		cmocka_unit_test(every_byte_of_the_records_is_signed),
		cmocka_unit_test(other_methods_and_too_large_bodies_are_refused),
		cmocka_unit_test(without_the_key_nothing_is_authentic),
		cmocka_unit_test(odd_records_are_answered_and_passed_over),
		cmocka_unit_test(reports_say_what_became_of_a_message),
		cmocka_unit_test(odd_field_names_are_no_records),
		cmocka_unit_test(a_failed_allocation_is_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
