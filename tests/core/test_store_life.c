#define _GNU_SOURCE
#include "store_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static vst_rc learn_hold(vst_tx *tx, void *context, vst_err *err)
{
	(void) err;
	*(vst_hold *) context = vst_tx_hold(tx);
	return VST_OK;
}

static vst_hold hold_of(vst_store *store)
{
	vst_hold hold = VST_HOLD_COPY;

	store_read(store, learn_hold, &hold);
	return hold;
}

static vst_store_info describe(vst_store *store)
{
	vst_store_info info = {0};

	assert_ok(vst_store_describe(store, &info, problem));
	return info;
}

static void copy_file(const char *from, const char *to)
{
	char buffer[65536];
	size_t count;
	FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");

	assert_true(in != NULL && out != NULL);
	while ((count = fread(buffer, 1, sizeof buffer, in)) > 0) {
		assert_int_equal(fwrite(buffer, 1, count, out), count);
	}
	assert_int_equal(fclose(in) | fclose(out), 0);
}

/* Closes the store and puts a copy of its files in its place, as a restore does. */
static void replace_with_copy(store_fixture *fixture)
{
	static const char *const suffixes[] = {"", "-wal"};
	char from[200], to[200];

	vst_store_close(fixture->store);
	fixture->store = NULL;
	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		(void) snprintf(from, sizeof from, "%s%s", fixture->path, suffixes[i]);
		(void) snprintf(to, sizeof to, "%s-copy%s", fixture->path, suffixes[i]);
		copy_file(from, to);
		assert_int_equal(rename(to, from), 0);
	}
	(void) snprintf(from, sizeof from, "%s-shm", fixture->path);
	(void) unlink(from);
	store_reopen(fixture);
}

static void touch(vst_store *store)
{
	store_sql(store, "REPLACE INTO vst_fact (name, body) VALUES ('a', '{}')");
}

static void a_store_in_its_place_does_not_hold(void **state)
{
	store_fixture *fixture = *state;

	assert_int_equal(hold_of(fixture->store), VST_HOLD_NONE);
	store_reopen(fixture);
	assert_int_equal(hold_of(fixture->store), VST_HOLD_NONE);
	assert_str(vst_str_from(describe(fixture->store).hold_reason), "");
	assert_fails(VST_E_INVALID, vst_store_answer(fixture->store, true, problem));
	assert_fails(VST_E_INVALID, vst_store_answer(fixture->store, false, problem));
}

static void a_copied_file_holds_until_it_is_called_live(void **state)
{
	store_fixture *fixture = *state;
	vst_store *other;

	touch(fixture->store);
	replace_with_copy(fixture);
	other = store_open_again(fixture);
	assert_int_equal(hold_of(fixture->store), VST_HOLD_MOVED); /* before anything was written */
	assert_str(vst_str_from(describe(fixture->store).hold_reason), "inode");
	touch(fixture->store);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT hold FROM vst_version"), VST_HOLD_MOVED);
	assert_int_equal(hold_of(other), VST_HOLD_MOVED);
	assert_str(vst_str_from(describe(other).hold_reason), "inode");

	assert_ok(vst_store_answer(fixture->store, true, problem));
	assert_int_equal(hold_of(fixture->store), VST_HOLD_NONE);
	assert_int_equal(hold_of(other), VST_HOLD_NONE);
	vst_store_close(other);
	store_reopen(fixture);
	assert_int_equal(hold_of(fixture->store), VST_HOLD_NONE);
}

static void a_copied_file_that_is_called_a_copy_holds_on(void **state)
{
	store_fixture *fixture = *state;

	touch(fixture->store);
	replace_with_copy(fixture);
	assert_ok(vst_store_answer(fixture->store, false, problem));
	assert_int_equal(hold_of(fixture->store), VST_HOLD_COPY);
	assert_str(vst_str_from(describe(fixture->store).hold_reason), "copy");
	store_reopen(fixture);
	assert_int_equal(hold_of(fixture->store), VST_HOLD_COPY);
	assert_ok(vst_store_answer(fixture->store, true, problem)); /* a mind may be changed */
	assert_int_equal(hold_of(fixture->store), VST_HOLD_NONE);
}

static void another_machine_or_birth_of_the_file_holds_too(void **state)
{
	store_fixture *fixture = *state;

	store_sql(fixture->store, "UPDATE vst_version SET machine = 'somewhere else'");
	assert_int_equal(hold_of(fixture->store), VST_HOLD_MOVED);
	assert_str(vst_str_from(describe(fixture->store).hold_reason), "machine");
	assert_ok(vst_store_answer(fixture->store, true, problem));
	if (store_sql_integer(fixture->store, "SELECT born FROM vst_version") != 0) {
		store_sql(fixture->store, "UPDATE vst_version SET born = born - 1");
		assert_int_equal(hold_of(fixture->store), VST_HOLD_MOVED);
		assert_ok(vst_store_answer(fixture->store, true, problem));
	}
	store_sql(fixture->store, "UPDATE vst_version SET born = 0"); /* made where nobody knows it */
	assert_int_equal(hold_of(fixture->store), VST_HOLD_NONE);
}

/* ---- binding ---- */

static void the_first_installation_binds_and_another_is_refused(void **state)
{
	store_fixture *fixture = *state;
	vst_installation shop = {VST_STR("shop-1"), VST_STR("/srv/shop"), VST_STR("shop_db")}, other = shop,
					 nobody = {VST_STR_EMPTY, VST_STR("/srv/shop"), VST_STR("shop_db")};
	vst_err err = VST_ERR_INIT;

	assert_false(describe(fixture->store).bound);
	assert_fails(VST_E_INVALID, vst_store_bind(fixture->store, &nobody, problem));
	assert_ok(vst_store_bind(fixture->store, &shop, problem));
	assert_ok(vst_store_bind(fixture->store, &shop, problem));
	store_reopen(fixture);
	assert_ok(vst_store_bind(fixture->store, &shop, problem));
	other.id = VST_STR("shop-2");
	assert_int_equal(vst_store_bind(fixture->store, &other, &err), VST_E_DENIED);
	assert_non_null(strstr(err.text, "shop-1"));
	other = shop;
	other.document_root = VST_STR("/srv/shop2");
	assert_fails(VST_E_DENIED, vst_store_bind(fixture->store, &other, problem));
	other = shop;
	other.database = VST_STR("");
	assert_fails(VST_E_DENIED, vst_store_bind(fixture->store, &other, problem));
	assert_true(describe(fixture->store).bound);
	assert_str(vst_str_from(describe(fixture->store).bound_id), "shop-1");
	assert_str(vst_str_from(describe(fixture->store).bound_root), "/srv/shop");
	assert_str(vst_str_from(describe(fixture->store).bound_database), "shop_db");
}

/* ---- backup ---- */

static vst_rc put_much(vst_tx *tx, void *context, vst_err *err)
{
	(void) context;
	for (int i = 0; i < 2000; i++) {
		char name[32], body[600];
		int len = snprintf(name, sizeof name, "much-%d", i);

		memset(body, 'a' + i % 26, sizeof body);
		TRY(vst_fact_put(tx, vst_str_of(name, (size_t) len), vst_str_of(body, sizeof body), err));
	}
	return VST_OK;
}

static void backup(store_fixture *fixture, const char *target)
{
	int64_t bytes = 0;
	struct stat status;

	assert_ok(vst_store_backup(fixture->store, vst_str_from(target), &bytes, problem));
	assert_int_equal(stat(target, &status), 0);
	assert_int_equal(status.st_size, bytes);
	assert_int_equal(status.st_mode & 0777, 0600);
}

static void assert_same_contents(vst_store *a, vst_store *b)
{
	static const char *const sums[] = {
		"SELECT COUNT(*) FROM vst_fact",
		"SELECT SUM(LENGTH(body) + UNICODE(body)) FROM vst_fact",
		"SELECT SUM(value) FROM vst_counter",
		"SELECT COUNT(*) FROM sqlite_master",
	};

	for (size_t i = 0; i < COUNT_OF(sums); i++) {
		assert_int_equal(store_sql_integer(a, sums[i]), store_sql_integer(b, sums[i]));
	}
	assert_string_equal(describe(a).store_id, describe(b).store_id);
}

static void a_backup_is_equal_and_holds(void **state)
{
	store_fixture *fixture = *state;
	char target[200], left[220];
	vst_store_options options = store_options(fixture);
	char dsn[240];
	vst_store *copy = NULL;

	store_write(fixture->store, put_much, NULL);
	(void) snprintf(target, sizeof target, "%s/backup.db", fixture->directory);
	backup(fixture, target);
	(void) snprintf(left, sizeof left, "%s-wal", target);
	assert_int_equal(access(left, F_OK), -1); /* one file is all of it */
	(void) snprintf(dsn, sizeof dsn, "sqlite:%s", target);
	options.dsn = vst_str_from(dsn);
	assert_ok(vst_store_open(&options, &fixture->env, &copy, problem));
	assert_int_equal(hold_of(copy), VST_HOLD_MOVED);
	assert_int_equal(hold_of(fixture->store), VST_HOLD_NONE);
	assert_same_contents(fixture->store, copy);
	vst_store_close(copy);
	touch(fixture->store); /* the original goes on */
}

/* The worst case for telling a restored file from the one that was there: nothing of its place differs. */
static void a_restored_backup_holds_at_the_old_place_too(void **state)
{
	store_fixture *fixture = *state;
	char target[200];

	store_write(fixture->store, put_much, NULL);
	(void) snprintf(target, sizeof target, "%s/backup.db", fixture->directory);
	backup(fixture, target);
	store_sql(fixture->store, "DELETE FROM vst_fact");
	assert_ok(vst_store_checkpoint(fixture->store, 0, problem));
	vst_store_close(fixture->store);
	fixture->store = NULL;
	copy_file(target, fixture->path); /* overwrites: the inode and its birth stay */
	(void) snprintf(target, sizeof target, "%s-wal", fixture->path);
	assert_int_equal(unlink(target), 0);
	store_reopen(fixture);
	assert_int_equal(hold_of(fixture->store), VST_HOLD_MOVED);
	assert_string_equal(describe(fixture->store).hold_reason, "backup");
	assert_int_equal(store_sql_integer(fixture->store, "SELECT COUNT(*) FROM vst_fact"), 2000);
	assert_ok(vst_store_answer(fixture->store, true, problem));
	assert_int_equal(hold_of(fixture->store), VST_HOLD_NONE);
}

static void a_backup_overwrites_nothing(void **state)
{
	store_fixture *fixture = *state;
	int64_t bytes = 0;
	char target[200];

	(void) snprintf(target, sizeof target, "%s/backup.db", fixture->directory);
	backup(fixture, target);
	assert_fails(VST_E_INVALID, vst_store_backup(fixture->store, vst_str_from(target), &bytes, problem));
	assert_fails(VST_E_INVALID, vst_store_backup(fixture->store, VST_STR("relative.db"), &bytes, problem));
	assert_fails(VST_E_INVALID, vst_store_backup(fixture->store, VST_STR(""), &bytes, problem));
	assert_fails(VST_E_INVALID, vst_store_backup(fixture->store, vst_str_from(fixture->path), &bytes, problem));
	(void) snprintf(target, sizeof target, "%s/missing/backup.db", fixture->directory);
	assert_fails(VST_E_IO, vst_store_backup(fixture->store, vst_str_from(target), &bytes, problem));
}

static void a_backup_that_is_stopped_leaves_no_file(void **state)
{
	store_fixture *fixture = *state;
	int64_t bytes = 0;
	char target[200];

	(void) snprintf(target, sizeof target, "%s/backup.db", fixture->directory);
	fixture->stop = true;
	assert_fails(VST_E_CANCELLED, vst_store_backup(fixture->store, vst_str_from(target), &bytes, problem));
	assert_int_equal(access(target, F_OK), -1);
	fixture->stop = false;
	backup(fixture, target);
}

/* ---- log and description ---- */

static void a_checkpoint_moves_the_log_into_the_file_when_it_is_long_enough(void **state)
{
	store_fixture *fixture = *state;
	vst_store_info info = describe(fixture->store);
	int64_t before = info.file_bytes;

	store_write(fixture->store, put_much, NULL);
	assert_ok(vst_store_checkpoint(fixture->store, INT64_C(1) << 30, problem));
	assert_int_equal(describe(fixture->store).file_bytes, before);
	assert_ok(vst_store_checkpoint(fixture->store, 4096, problem));
	assert_true(describe(fixture->store).file_bytes > before + 1000000);
	/* the log is used again from its beginning: it grows no more */
	info = describe(fixture->store);
	for (int i = 0; i < 3; i++) {
		store_write(fixture->store, put_much, NULL);
		assert_ok(vst_store_checkpoint(fixture->store, 4096, problem));
	}
	assert_true(describe(fixture->store).log_bytes < info.log_bytes * 2);
}

static void a_store_describes_itself(void **state)
{
	store_fixture *fixture = *state;
	vst_store_info info = describe(fixture->store);
	struct stat status;

	assert_int_equal(stat(fixture->path, &status), 0);
	assert_string_equal(info.path, fixture->path);
	assert_string_equal(info.driver, "sqlite");
	assert_true(info.driver_version[0] == '3');
	assert_int_equal(strlen(info.store_id), 32);
	assert_int_equal(info.schema_major, 1);
	assert_int_equal(info.inode, (int64_t) status.st_ino);
	assert_int_equal(info.clock, VST_CLOCK_SYSTEM);
	assert_true(info.owner[0] != '\0');
	assert_true(info.log_bytes > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_store_in_its_place_does_not_hold, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_copied_file_holds_until_it_is_called_live, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_copied_file_that_is_called_a_copy_holds_on, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(another_machine_or_birth_of_the_file_holds_too, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(the_first_installation_binds_and_another_is_refused, store_setup,
	                                    store_teardown),
		cmocka_unit_test_setup_teardown(a_backup_is_equal_and_holds, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_restored_backup_holds_at_the_old_place_too, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_backup_overwrites_nothing, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_backup_that_is_stopped_leaves_no_file, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_checkpoint_moves_the_log_into_the_file_when_it_is_long_enough, store_setup,
	                                    store_teardown),
		cmocka_unit_test_setup_teardown(a_store_describes_itself, store_setup, store_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
