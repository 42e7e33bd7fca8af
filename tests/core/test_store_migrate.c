#include "store_fixture.h"

#include <stdio.h>

#include "store/handle.h"

/* Schemas of a later extension, made of the current one and a step more. */

#define STEPS_MAX 8

typedef struct later_schema {
	vst_migration steps[STEPS_MAX];
	vst_schema schema;
} later_schema;

static void add_step(later_schema *later, int major, int minor, const char *sql)
{
	assert_true(later->schema.count < STEPS_MAX);
	later->steps[later->schema.count] = (vst_migration) {major, minor, {NULL}};
	for (int dialect = 0; dialect < VST_DIALECT_COUNT; dialect++) {
		later->steps[later->schema.count].sql[dialect] = sql;
	}
	later->schema.count++;
}

static void start_later(later_schema *later, int oldest_minor)
{
	*later = (later_schema) {.schema = {NULL, vst_schema_current.count, oldest_minor}};
	assert_true(vst_schema_current.count < STEPS_MAX - 2);
	memcpy(later->steps, vst_schema_current.steps, vst_schema_current.count * sizeof *later->steps);
	later->schema.steps = later->steps;
}

static const vst_migration *newest(void)
{
	return &vst_schema_current.steps[vst_schema_current.count - 1];
}

#define ADDITION "CREATE TABLE vst_addition (id INTEGER PRIMARY KEY); INSERT INTO vst_addition (id) VALUES (7)"

static void close_store(store_fixture *fixture)
{
	vst_store_close(fixture->store);
	fixture->store = NULL;
}

static void open_with(store_fixture *fixture, const vst_schema *schema)
{
	vst_store_options options = store_options(fixture);

	assert_ok(vst_store_open_with(&options, &fixture->env, &vst_sqlite_driver, schema, &fixture->store, problem));
}

static vst_err open_with_fails(store_fixture *fixture, const vst_schema *schema)
{
	vst_store_options options = store_options(fixture);
	vst_err err = VST_ERR_INIT;
	vst_store *store = NULL;

	assert_int_equal(vst_store_open_with(&options, &fixture->env, &vst_sqlite_driver, schema, &store, &err),
	                 VST_E_DENIED);
	return err;
}

static vst_migration_result migrate_with(store_fixture *fixture, const vst_schema *schema)
{
	vst_store_options options = store_options(fixture);
	vst_migration_result result = {0};

	assert_ok(vst_store_migrate_with(&options, &fixture->env, &vst_sqlite_driver, schema, &result, problem));
	return result;
}

static void an_older_minor_is_migrated_with_what_it_holds(void **state)
{
	store_fixture *fixture = *state;
	later_schema later;
	vst_migration_result result;

	store_sql(fixture->store, "INSERT INTO vst_fact (name, body) VALUES ('kept', '{}')");
	close_store(fixture);
	start_later(&later, newest()->minor + 1);
	add_step(&later, newest()->major, newest()->minor + 1, ADDITION);
	result = migrate_with(fixture, &later.schema);
	assert_int_equal(result.from_minor, newest()->minor);
	assert_int_equal(result.to_minor, newest()->minor + 1);
	assert_int_equal(result.major, newest()->major);

	open_with(fixture, &later.schema);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT id FROM vst_addition"), 7);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT COUNT(*) FROM vst_fact"), 1);

	/* once only */
	close_store(fixture);
	result = migrate_with(fixture, &later.schema);
	assert_int_equal(result.from_minor, result.to_minor);
}

/* Takes away what 1.1 added, so that the store is one of 1.0 again. */
static void make_1_0(vst_store *store)
{
	store_sql(store, "INSERT INTO vst_person (entity, phone, last_seq, stop_advertising, stop_all, stop_expires,"
	                 " bar_until, active, consent, charges, charge_tags)"
	                 " VALUES (1, 79990000001, 5, 0, 0, 0, 0, 9, x'', x'0204', x'2a')");
	store_sql(store, "ALTER TABLE vst_person DROP COLUMN active");
	store_sql(store, "ALTER TABLE vst_person DROP COLUMN charge_tags");
	store_sql(store, "ALTER TABLE vst_message DROP COLUMN facts");
	store_sql(store, "DROP TABLE vst_rule_set");
	store_sql(store, "UPDATE vst_version SET schema_minor = 0");
}

static void a_store_of_1_0_is_refused_until_migrated_and_keeps_its_persons(void **state)
{
	store_fixture *fixture = *state;
	vst_migration_result result;

	make_1_0(fixture->store);
	close_store(fixture);
	assert_non_null(strstr(open_with_fails(fixture, &vst_schema_current).text, "vestnik_store_migrate"));
	result = migrate_with(fixture, &vst_schema_current);
	assert_int_equal(result.from_minor, 0);
	assert_int_equal(result.to_minor, newest()->minor);
	open_with(fixture, &vst_schema_current);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT last_seq FROM vst_person"), 5);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT active + length(charge_tags) FROM vst_person"), 0);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT COUNT(*) FROM vst_rule_set"), 0);
}

static void an_older_minor_that_is_too_old_is_refused_until_then(void **state)
{
	store_fixture *fixture = *state;
	later_schema later;

	close_store(fixture);
	start_later(&later, newest()->minor + 1);
	add_step(&later, newest()->major, newest()->minor + 1, ADDITION);
	assert_non_null(strstr(open_with_fails(fixture, &later.schema).text, "vestnik_store_migrate"));
}

static void an_older_minor_that_can_be_read_is_used_as_it_is(void **state)
{
	store_fixture *fixture = *state;
	later_schema later;

	close_store(fixture);
	start_later(&later, newest()->minor);
	add_step(&later, newest()->major, newest()->minor + 1, ADDITION);
	open_with(fixture, &later.schema);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT schema_minor FROM vst_version"), newest()->minor);
}

static void a_newer_minor_is_read_and_written(void **state)
{
	store_fixture *fixture = *state;
	later_schema later;

	close_store(fixture);
	start_later(&later, newest()->minor + 1);
	add_step(&later, newest()->major, newest()->minor + 1, ADDITION);
	(void) migrate_with(fixture, &later.schema);
	store_reopen(fixture);
	store_sql(fixture->store, "INSERT INTO vst_fact (name, body) VALUES ('a', '{}')");
	assert_int_equal(store_sql_integer(fixture->store, "SELECT schema_minor FROM vst_version"), newest()->minor + 1);
}

static void a_newer_major_is_refused_and_not_migrated(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);
	later_schema later;
	vst_migration_result result;
	vst_err err;

	close_store(fixture);
	start_later(&later, 0);
	add_step(&later, newest()->major + 1, 0, ADDITION);
	assert_int_equal(migrate_with(fixture, &later.schema).major, newest()->major + 1);
	err = store_open_fails(fixture, &options);
	assert_int_equal(err.rc, VST_E_DENIED);
	assert_non_null(strstr(err.text, "newer"));
	assert_fails(VST_E_DENIED, vst_store_migrate(&options, &fixture->env, &result, problem));
}

static vst_rc do_nothing(vst_tx *tx, void *context, vst_err *err)
{
	(void) tx;
	(void) context;
	(void) err;
	return VST_OK;
}

static void a_newer_major_stops_a_handle_that_is_open(void **state)
{
	store_fixture *fixture = *state;
	vst_store *other = store_open_again(fixture);

	store_read(other, do_nothing, NULL);
	store_sql(fixture->store, "UPDATE vst_version SET schema_major = schema_major + 1");
	assert_fails(VST_E_DENIED, vst_store_read(other, do_nothing, NULL, problem));
	assert_fails(VST_E_DENIED, vst_store_write(other, do_nothing, NULL, problem));
	vst_store_close(other);
}

static void a_step_that_fails_leaves_the_store_as_it_was(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);
	later_schema later;
	vst_migration_result result;

	close_store(fixture);
	start_later(&later, 0);
	add_step(&later, newest()->major, newest()->minor + 1, ADDITION);
	add_step(&later, newest()->major, newest()->minor + 2, "CREATE TABLE vst_fact (name TEXT)");
	assert_fails(VST_E_CORRUPT,
	             vst_store_migrate_with(&options, &fixture->env, &vst_sqlite_driver, &later.schema, &result, problem));
	store_reopen(fixture);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT schema_minor FROM vst_version"), newest()->minor);
	assert_int_equal(store_sql_integer(fixture->store,
	                                   "SELECT COUNT(*) FROM sqlite_master WHERE name = 'vst_addition'"),
	                 0);
}

static void a_web_process_does_not_migrate(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);
	vst_migration_result result;

	options.web = true;
	assert_fails(VST_E_DENIED, vst_store_migrate(&options, &fixture->env, &result, problem));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_older_minor_is_migrated_with_what_it_holds, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_store_of_1_0_is_refused_until_migrated_and_keeps_its_persons, store_setup,
	                                    store_teardown),
		cmocka_unit_test_setup_teardown(an_older_minor_that_is_too_old_is_refused_until_then, store_setup,
	                                    store_teardown),
		cmocka_unit_test_setup_teardown(an_older_minor_that_can_be_read_is_used_as_it_is, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_newer_minor_is_read_and_written, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_newer_major_is_refused_and_not_migrated, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_newer_major_stops_a_handle_that_is_open, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_step_that_fails_leaves_the_store_as_it_was, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_web_process_does_not_migrate, store_setup, store_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
