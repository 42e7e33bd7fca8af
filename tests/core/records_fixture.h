/*
 * An engine on a real store in a folder of its own, with a manual clock, for the tests of what the engine records:
 * consents, stops, documents, events and stored messages.
 */
#ifndef VST_TESTS_RECORDS_FIXTURE_H
#define VST_TESTS_RECORDS_FIXTURE_H

#include "check.h"
#include "engine/internal.h"

/* Where the clock of a fresh fixture stands: 2026-11-25T09:00:00Z. */
#define RECORDS_START INT64_C(1795597200)

typedef struct records {
	char directory[64];
	char dsn[128];
	uint64_t random_state;
	vst_env env;
	vst_engine *engine;
} records;

/* For cmocka_unit_test_setup_teardown. One entity `main`, provider `sandbox`, sender `Romashka`. */
int records_open(void **state);
int records_close(void **state);
#define records_test(function) cmocka_unit_test_setup_teardown(function, records_open, records_close)

void records_reopen(records *r);
void records_clock(records *r, int64_t now);
/* Settings with the entities of this JSON object (single quotes) beside provider and sender. */
void records_settings(records *r, const char *entities);

/* Which data-driven case runs: printed, so that a failure names it. */
void records_case(const char *name);

/* JSON with single quotes for double ones; fails the test when it is malformed. The caller owns it. */
json_t *json_of(const char *text);
/* Every key of `expected` is in `actual` with the same value; nested objects likewise. Fails the test with words. */
void assert_json_has(const json_t *actual, const json_t *expected);
void assert_json_like(const json_t *actual, const char *expected);

/* A stored message as no submit would have to make it; the phone is E.164 digits. */
typedef struct records_message {
	int64_t phone;
	vst_category category;
	vst_state state;
	bool held;
	vst_charge_kind counts;
	int64_t due, valid_until, created; /* created 0: now */
	const char *entity, *key, *order, *campaign, *customer, *tags, *reason, *decision, *zones; /* NULL: none */
} records_message;
vst_id records_put(records *r, const records_message *message);
void records_id(vst_id id, char out[VST_ID_LEN + 1]);

/* Rows of a lane of the sandbox, due or not. */
int64_t records_lane(records *r, vst_category category, bool held);
/* Cap charges of a person of `main`. */
size_t records_charges(records *r, int64_t phone);
/* The message as vst_engine_message gives it. */
json_t *records_show(records *r, vst_id id);
void assert_message(records *r, vst_id id, const char *expected);
/* All events of one type; the caller owns the list. */
json_t *records_events(records *r, const char *type);
int64_t records_ledger(records *r);

/* Runs a body in one write transaction and expects it to succeed. */
void records_write(records *r, vst_tx_body body, void *context);
void records_read(records *r, vst_tx_body body, void *context);

#endif
