/* A store in a directory of its own, with a clock that only the test moves. */
#ifndef VST_TESTS_STORE_FIXTURE_H
#define VST_TESTS_STORE_FIXTURE_H

#include "check.h"
#include "store/tables.h"

typedef struct store_fixture {
	char directory[64];
	char path[128];
	char dsn[160];
	vst_env env;
	int64_t now_ms;
	int64_t monotonic_ns, monotonic_step_ns; /* every question moves it by a step */
	bool stop;
	uint64_t random;
	vst_store *store;
	vst_arena arena;
} store_fixture;

#define FIXTURE_NOW_MS INT64_C(1764057600000) /* 2025-11-25 08:00:00 UTC */

/* Setup and teardown of cmocka: *state is the fixture, its store is open. */
int store_setup(void **state);
int store_setup_closed(void **state);
int store_setup_manual(void **state);
int store_teardown(void **state);

vst_store_options store_options(const store_fixture *fixture);
void store_reopen(store_fixture *fixture);
/* Opens a second handle of the same store, as another process would. */
vst_store *store_open_again(store_fixture *fixture);
/* Expects a refusal to open and gives its error. */
vst_err store_open_fails(store_fixture *fixture, const vst_store_options *options);

/* Runs a body that must succeed. */
void store_write(vst_store *store, vst_tx_body body, void *context);
void store_read(vst_store *store, vst_tx_body body, void *context);
/* Raw SQL without rows, to bring about what the store would never do by itself; and one integer. */
void store_sql(vst_store *store, const char *sql);
int64_t store_sql_integer(vst_store *store, const char *sql);

#define assert_ok(call) \
	do { \
		vst_err err_ = VST_ERR_INIT; \
		vst_err *problem = &err_; \
		vst_rc rc_ = (call); \
		if (rc_ != VST_OK) { \
			fail_msg("%s: %s", #call, err_.text); \
		} \
	} while (0)

/* The call uses `problem` as its error. */
#define assert_fails(code, call) \
	do { \
		vst_err err_ = VST_ERR_INIT; \
		vst_err *problem = &err_; \
		assert_int_equal((call), (code)); \
		assert_int_equal(err_.rc, (code)); \
		assert_true(err_.text[0] != '\0'); \
	} while (0)

/* Inside of a body: goes on or returns the failure. */
#define TRY(call) \
	do { \
		vst_rc rc_ = (call); \
		if (rc_ != VST_OK) { \
			return rc_; \
		} \
	} while (0)

#endif
