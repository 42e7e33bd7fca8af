#define _GNU_SOURCE
#include "store_fixture.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/transaction.h"

static int64_t now_ms(void *context)
{
	return ((store_fixture *) context)->now_ms;
}

static int64_t monotonic_ns(void *context)
{
	store_fixture *fixture = context;

	return fixture->monotonic_ns += fixture->monotonic_step_ns;
}

static bool fill_random(void *context, void *bytes, size_t count)
{
	uint64_t *state = &((store_fixture *) context)->random;

	for (size_t i = 0; i < count; i++) {
		*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		((unsigned char *) bytes)[i] = (unsigned char) (*state >> 56);
	}
	return true;
}

static bool should_stop(void *context)
{
	return ((store_fixture *) context)->stop;
}

vst_store_options store_options(const store_fixture *fixture)
{
	return (vst_store_options) {vst_str_from(fixture->dsn), 0600, VST_STR_EMPTY, false};
}

static store_fixture *new_fixture(const char *options)
{
	store_fixture *fixture = calloc(1, sizeof *fixture);

	assert_non_null(fixture);
	(void) snprintf(fixture->directory, sizeof fixture->directory, "/tmp/vestnik-store-XXXXXX");
	assert_non_null(mkdtemp(fixture->directory));
	(void) snprintf(fixture->path, sizeof fixture->path, "%s/s.db", fixture->directory);
	(void) snprintf(fixture->dsn, sizeof fixture->dsn, "sqlite:%s%s", fixture->path, options);
	fixture->env = (vst_env) {
		.context = fixture,
		.now_ms = now_ms,
		.monotonic_ns = monotonic_ns,
		.random = fill_random,
		.should_stop = should_stop,
	};
	fixture->now_ms = FIXTURE_NOW_MS;
	fixture->monotonic_step_ns = 1000;
	fixture->random = 1;
	return fixture;
}

int store_setup_closed(void **state)
{
	*state = new_fixture("");
	return 0;
}

int store_setup(void **state)
{
	*state = new_fixture("");
	store_reopen(*state);
	return 0;
}

int store_setup_manual(void **state)
{
	*state = new_fixture("?clock=manual");
	store_reopen(*state);
	return 0;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *position)
{
	(void) status;
	(void) type;
	(void) position;
	return remove(path);
}

int store_teardown(void **state)
{
	store_fixture *fixture = *state;

	vst_store_close(fixture->store);
	vst_arena_free(&fixture->arena);
	(void) nftw(fixture->directory, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	free(fixture);
	return 0;
}

void store_reopen(store_fixture *fixture)
{
	vst_store_close(fixture->store);
	fixture->store = NULL;
	fixture->store = store_open_again(fixture);
}

vst_store *store_open_again(store_fixture *fixture)
{
	vst_store_options options = store_options(fixture);
	vst_store *store = NULL;

	assert_ok(vst_store_open(&options, &fixture->env, &store, problem));
	return store;
}

vst_err store_open_fails(store_fixture *fixture, const vst_store_options *options)
{
	vst_err err = VST_ERR_INIT;
	vst_store *store = NULL;
	vst_rc rc = vst_store_open(options, &fixture->env, &store, &err);

	assert_int_not_equal(rc, VST_OK);
	assert_int_equal(rc, err.rc);
	assert_null(store);
	assert_true(err.text[0] != '\0');
	return err;
}

void store_write(vst_store *store, vst_tx_body body, void *context)
{
	assert_ok(vst_store_write(store, body, context, problem));
}

void store_read(vst_store *store, vst_tx_body body, void *context)
{
	assert_ok(vst_store_read(store, body, context, problem));
}

typedef struct raw {
	const char *sql;
	int64_t value;
} raw;

static vst_rc run_raw(vst_tx *tx, void *context, vst_err *err)
{
	raw *statement = context;
	vst_rows rows;
	bool found = false;
	vst_rc rc = vst_tx_query_text(tx, statement->sql, VST_NO_ARGS, &rows, err);

	if (rc == VST_OK) {
		rc = vst_rows_next(&rows, &found, err);
	}
	if (rc == VST_OK && found) {
		statement->value = vst_rows_integer(&rows, 0);
	}
	vst_rows_end(&rows);
	return rc;
}

void store_sql(vst_store *store, const char *sql)
{
	raw statement = {sql, 0};

	store_write(store, run_raw, &statement);
}

int64_t store_sql_integer(vst_store *store, const char *sql)
{
	raw statement = {sql, INT64_MIN};

	store_read(store, run_raw, &statement);
	assert_true(statement.value != INT64_MIN);
	return statement.value;
}
