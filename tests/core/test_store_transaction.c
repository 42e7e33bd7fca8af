#include "store_fixture.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/handle.h"

/* ---- what a body may and may not ---- */

typedef struct fact_body {
	int runs;
	vst_rc ends_with;
	int64_t now_ms, version;
	vst_hold hold;
} fact_body;

static vst_rc put_fact(vst_tx *tx, void *context, vst_err *err)
{
	fact_body *body = context;

	body->runs++;
	body->now_ms = vst_tx_now_ms(tx);
	body->version = vst_tx_settings_version(tx);
	body->hold = vst_tx_hold(tx);
	TRY(vst_fact_put(tx, VST_STR("fact"), VST_STR("{\"a\":1}"), err));
	return body->ends_with == VST_OK ? VST_OK : vst_fail(err, body->ends_with, "the body says no");
}

static int64_t fact_count(vst_store *store)
{
	return store_sql_integer(store, "SELECT COUNT(*) FROM vst_fact");
}

static void a_body_that_fails_leaves_nothing(void **state)
{
	store_fixture *fixture = *state;
	fact_body body = {.ends_with = VST_E_INVALID};

	assert_fails(VST_E_INVALID, vst_store_write(fixture->store, put_fact, &body, problem));
	assert_int_equal(body.runs, 1);
	assert_int_equal(fact_count(fixture->store), 0);
	body.ends_with = VST_OK;
	store_write(fixture->store, put_fact, &body);
	assert_int_equal(fact_count(fixture->store), 1);
}

static void a_read_transaction_does_not_write(void **state)
{
	store_fixture *fixture = *state;
	fact_body body = {0};

	assert_fails(VST_E_CORRUPT, vst_store_read(fixture->store, put_fact, &body, problem));
	assert_int_equal(fact_count(fixture->store), 0);
}

static vst_rc write_inside(vst_tx *tx, void *context, vst_err *err)
{
	store_fixture *fixture = context;
	fact_body body = {0};

	(void) tx;
	return vst_store_write(fixture->store, put_fact, &body, err);
}

static void a_transaction_has_no_second_one_inside(void **state)
{
	store_fixture *fixture = *state;
	fact_body body = {0};

	assert_fails(VST_E_CORRUPT, vst_store_write(fixture->store, write_inside, fixture, problem));
	assert_fails(VST_E_CORRUPT, vst_store_read(fixture->store, write_inside, fixture, problem));
	store_write(fixture->store, put_fact, &body);
}

static vst_rc overlook(vst_tx *tx, void *context, vst_err *err)
{
	(void) context;
	TRY(vst_queue_add(tx, 1, 1, 1, err));
	assert_int_equal(vst_queue_add(tx, 1, 1, 1, NULL), VST_E_CORRUPT); /* there already */
	assert_int_equal(vst_queue_add(tx, 1, 1, 2, NULL), VST_E_CORRUPT); /* nothing is run after a failure */
	return VST_OK;
}

static void a_failure_that_the_body_overlooks_is_not_committed(void **state)
{
	store_fixture *fixture = *state;

	assert_fails(VST_E_CORRUPT, vst_store_write(fixture->store, overlook, NULL, problem));
	assert_int_equal(store_sql_integer(fixture->store, "SELECT COUNT(*) FROM vst_queue"), 0);
}

/* ---- a body runs again ---- */

static struct {
	int fail_commits, fail_begins; /* so many times from now on */
	vst_rc rc;
} trouble;

static vst_rc troubled_commit(vst_sql *sql, vst_err *err)
{
	if (trouble.fail_commits > 0) {
		trouble.fail_commits--;
		return vst_fail_native(err, trouble.rc, VST_DOMAIN_STORE, 5, "made up");
	}
	return vst_sqlite_driver.commit(sql, err);
}

static vst_rc troubled_begin(vst_sql *sql, bool write, vst_err *err)
{
	if (trouble.fail_begins > 0) {
		trouble.fail_begins--;
		return vst_fail_native(err, trouble.rc, VST_DOMAIN_STORE, 5, "made up");
	}
	return vst_sqlite_driver.begin(sql, write, err);
}

static vst_store *open_troubled(store_fixture *fixture, vst_sql_driver *driver)
{
	vst_store_options options = store_options(fixture);
	vst_store *store = NULL;

	trouble.fail_commits = trouble.fail_begins = 0;
	*driver = vst_sqlite_driver;
	driver->commit = troubled_commit;
	driver->begin = troubled_begin;
	assert_ok(vst_store_open_with(&options, &fixture->env, driver, &vst_schema_current, &store, problem));
	return store;
}

static void a_body_runs_again_when_the_commit_was_lost(void **state)
{
	store_fixture *fixture = *state;
	vst_sql_driver driver;
	vst_store *store = open_troubled(fixture, &driver);
	fact_body body = {0};

	trouble.rc = VST_E_BUSY;
	trouble.fail_commits = 2;
	store_write(store, put_fact, &body);
	assert_int_equal(body.runs, 3);
	assert_int_equal(fact_count(store), 1);
	trouble.fail_begins = 2;
	store_write(store, put_fact, &body);
	assert_int_equal(body.runs, 4);
	vst_store_close(store);
}

static void a_body_does_not_run_forever(void **state)
{
	store_fixture *fixture = *state;
	vst_sql_driver driver;
	vst_store *store = open_troubled(fixture, &driver);
	fact_body body = {0};

	trouble.rc = VST_E_BUSY;
	trouble.fail_commits = 1000000;
	assert_fails(VST_E_BUSY, vst_store_write(store, put_fact, &body, problem));
	assert_in_range(body.runs, 2, 20);
	trouble.fail_commits = 0;
	assert_int_equal(fact_count(store), 0);
	vst_store_close(store);
}

static void a_body_does_not_run_again_after_another_failure(void **state)
{
	store_fixture *fixture = *state;
	vst_sql_driver driver;
	vst_store *store = open_troubled(fixture, &driver);
	fact_body body = {0};

	trouble.rc = VST_E_IO;
	trouble.fail_commits = 1;
	assert_fails(VST_E_IO, vst_store_write(store, put_fact, &body, problem));
	assert_int_equal(body.runs, 1);
	/* what the body itself calls busy is no reason either */
	body = (fact_body) {.ends_with = VST_E_BUSY};
	assert_fails(VST_E_BUSY, vst_store_write(store, put_fact, &body, problem));
	assert_int_equal(body.runs, 1);
	vst_store_close(store);
}

static vst_rc append_event(vst_tx *tx, void *context, vst_err *err)
{
	const vst_event event = {.type = VST_STR("test"), .data = VST_STR_EMPTY};
	int *runs = context;

	(*runs)++;
	return vst_event_append(tx, &event, err);
}

static void numbers_have_no_gap_after_a_lost_commit(void **state)
{
	store_fixture *fixture = *state;
	vst_sql_driver driver;
	vst_store *store = open_troubled(fixture, &driver);
	int runs = 0;

	trouble.rc = VST_E_BUSY;
	trouble.fail_commits = 3;
	store_write(store, append_event, &runs);
	store_write(store, append_event, &runs);
	assert_int_equal(runs, 5);
	assert_int_equal(store_sql_integer(store, "SELECT MIN(number) * 10 + MAX(number) FROM vst_event"), 12);
	vst_store_close(store);
}

/* ---- names: the cache knows nothing that was rolled back ---- */

typedef struct name_body {
	const char *name;
	int64_t id;
	vst_rc ends_with;
} name_body;

static vst_rc make_name(vst_tx *tx, void *context, vst_err *err)
{
	name_body *body = context;

	TRY(vst_name_id(tx, VST_NAME_SENDER, vst_str_from(body->name), &body->id, err));
	return body->ends_with == VST_OK ? VST_OK : vst_fail(err, body->ends_with, "no");
}

static void a_name_that_was_rolled_back_is_forgotten(void **state)
{
	store_fixture *fixture = *state;
	vst_store *other = store_open_again(fixture);
	name_body lost = {"Lost", 0, VST_E_INVALID}, kept = {"Kept", 0, VST_OK};

	assert_fails(VST_E_INVALID, vst_store_write(fixture->store, make_name, &lost, problem));
	store_write(other, make_name, &kept);
	assert_int_equal(kept.id, lost.id); /* the number was free again */
	lost.ends_with = VST_OK;
	store_write(fixture->store, make_name, &lost);
	assert_int_not_equal(kept.id, lost.id);
	vst_store_close(other);
}

/* ---- time ---- */

static vst_rc learn_time(vst_tx *tx, void *context, vst_err *err)
{
	(void) err;
	*(int64_t *) context = vst_tx_now_ms(tx);
	return VST_OK;
}

static void time_never_goes_back(void **state)
{
	store_fixture *fixture = *state;
	vst_store *other;
	fact_body body = {0};
	int64_t seen;

	store_write(fixture->store, put_fact, &body);
	assert_int_equal(body.now_ms, FIXTURE_NOW_MS);
	fixture->now_ms = FIXTURE_NOW_MS + 5000;
	store_write(fixture->store, put_fact, &body);
	assert_int_equal(body.now_ms, FIXTURE_NOW_MS + 5000);

	/* the system's clock is set back: for this handle, for another one, and for one that only reads */
	fixture->now_ms = FIXTURE_NOW_MS - 1000000;
	store_write(fixture->store, put_fact, &body);
	assert_int_equal(body.now_ms, FIXTURE_NOW_MS + 5000);
	other = store_open_again(fixture);
	store_read(other, learn_time, &seen);
	assert_int_equal(seen, FIXTURE_NOW_MS + 5000);
	vst_store_close(other);

	/* what a reader has seen it does not unsee */
	fixture->now_ms = FIXTURE_NOW_MS + 9000;
	store_read(fixture->store, learn_time, &seen);
	fixture->now_ms = FIXTURE_NOW_MS + 8000;
	store_read(fixture->store, learn_time, &seen);
	assert_int_equal(seen, FIXTURE_NOW_MS + 9000);
}

static vst_rc do_nothing(vst_tx *tx, void *context, vst_err *err)
{
	(void) tx;
	(void) context;
	(void) err;
	return VST_OK;
}

static void a_transaction_that_changes_nothing_writes_nothing(void **state)
{
	store_fixture *fixture = *state;
	vst_store_info before, after;

	store_sql(fixture->store, "INSERT INTO vst_fact (name, body) VALUES ('a', '{}')");
	assert_ok(vst_store_describe(fixture->store, &before, problem));
	for (int i = 0; i < 100; i++) {
		fixture->now_ms += 1000;
		store_write(fixture->store, do_nothing, NULL);
	}
	assert_ok(vst_store_describe(fixture->store, &after, problem));
	assert_int_equal(after.log_bytes, before.log_bytes);
	assert_true(before.log_bytes > 0);
}

static void a_manual_clock_stands_until_it_is_set(void **state)
{
	store_fixture *fixture = *state;
	int64_t seen = -1;

	assert_int_equal(vst_store_clock(fixture->store), VST_CLOCK_MANUAL);
	store_read(fixture->store, learn_time, &seen);
	assert_int_equal(seen, 0);
	assert_ok(vst_store_set_clock(fixture->store, 1000000, problem));
	fixture->now_ms += 777;
	store_write(fixture->store, learn_time, &seen);
	assert_int_equal(seen, 1000000000);
	assert_ok(vst_store_set_clock(fixture->store, 1000000, problem)); /* the same instant is fine */
	assert_fails(VST_E_INVALID, vst_store_set_clock(fixture->store, 999999, problem));
	assert_fails(VST_E_INVALID, vst_store_set_clock(fixture->store, -1, problem));
	assert_fails(VST_E_INVALID, vst_store_set_clock(fixture->store, INT64_MAX, problem));
	store_reopen(fixture);
	store_read(fixture->store, learn_time, &seen);
	assert_int_equal(seen, 1000000000);
}

static void the_systems_clock_is_not_set(void **state)
{
	store_fixture *fixture = *state;

	assert_fails(VST_E_INVALID, vst_store_set_clock(fixture->store, FIXTURE_NOW_MS / 1000 + 10, problem));
}

/* ---- settings and fork ---- */

static vst_rc put_settings(vst_tx *tx, void *context, vst_err *err)
{
	return vst_settings_put(tx, VST_STR("{\"entities\":{}}"), context, err);
}

static void new_settings_are_seen_by_the_next_transaction_of_every_handle(void **state)
{
	store_fixture *fixture = *state;
	vst_store *other = store_open_again(fixture);
	fact_body body = {0};
	int64_t version = 0;

	store_write(other, put_fact, &body);
	assert_int_equal(body.version, 0);
	store_write(fixture->store, put_settings, &version);
	assert_int_equal(version, 1);
	store_write(other, put_fact, &body);
	assert_int_equal(body.version, 1);
	vst_store_close(other);
}

/* In a child: 0 when everything is as it must be. */
static int try_inherited(store_fixture *fixture)
{
	fact_body body = {0};
	vst_err err = VST_ERR_INIT;
	vst_store *own = NULL;
	vst_store_options options = store_options(fixture);

	if (vst_store_is_mine(fixture->store) || vst_store_write(fixture->store, put_fact, &body, &err) != VST_E_DENIED ||
	    vst_store_read(fixture->store, put_fact, &body, NULL) != VST_E_DENIED || body.runs != 0) {
		return 1;
	}
	vst_store_forget(fixture->store);
	vst_store_close(fixture->store); /* does nothing */
	if (vst_store_open(&options, &fixture->env, &own, NULL) != VST_OK ||
	    vst_store_write(own, put_fact, &body, NULL) != VST_OK) {
		return 2;
	}
	vst_store_close(own);
	return 0;
}

static void a_forked_child_uses_only_its_own_handle(void **state)
{
	store_fixture *fixture = *state;
	fact_body body = {0};
	int status = -1;
	pid_t child;

	store_write(fixture->store, put_fact, &body);
	child = fork();
	if (child == 0) {
		_exit(try_inherited(fixture));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	vst_store_forget(fixture->store); /* its owner's: does nothing */
	store_write(fixture->store, put_fact, &body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_body_that_fails_leaves_nothing, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_read_transaction_does_not_write, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_transaction_has_no_second_one_inside, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_failure_that_the_body_overlooks_is_not_committed, store_setup,
	                                    store_teardown),
		cmocka_unit_test_setup_teardown(a_body_runs_again_when_the_commit_was_lost, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_body_does_not_run_forever, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_body_does_not_run_again_after_another_failure, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(numbers_have_no_gap_after_a_lost_commit, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_name_that_was_rolled_back_is_forgotten, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(time_never_goes_back, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_transaction_that_changes_nothing_writes_nothing, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_manual_clock_stands_until_it_is_set, store_setup_manual, store_teardown),
		cmocka_unit_test_setup_teardown(the_systems_clock_is_not_set, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(new_settings_are_seen_by_the_next_transaction_of_every_handle, store_setup,
	                                    store_teardown),
		cmocka_unit_test_setup_teardown(a_forked_child_uses_only_its_own_handle, store_setup, store_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
