#define _GNU_SOURCE
#include "store_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "allocation.h"

/* ---- no room ---- */

typedef struct fill_body {
	int from;
} fill_body;

/* A hundred facts of 1,000 bytes; all of them or none. */
static vst_rc fill(vst_tx *tx, void *context, vst_err *err)
{
	const fill_body *body = context;

	for (int i = 0; i < 100; i++) {
		char name[32], text[1000];
		int len = snprintf(name, sizeof name, "%06d", body->from + i);

		memset(text, 'x', sizeof text);
		TRY(vst_fact_put(tx, vst_str_of(name, (size_t) len), vst_str_of(text, sizeof text), err));
	}
	return VST_OK;
}

/* Fills until an error, which it returns; *rounds have been committed before. */
static vst_err fill_up(vst_store *store, int *rounds)
{
	vst_err err = VST_ERR_INIT;

	for (*rounds = 0; *rounds < 10000; (*rounds)++) {
		fill_body body = {*rounds * 100};

		if (vst_store_write(store, fill, &body, &err) != VST_OK) {
			return err;
		}
	}
	fail_msg("it never got full");
	return err;
}

static void assert_whole_rounds(store_fixture *fixture, int rounds)
{
	assert_int_equal(store_sql_integer(fixture->store, "SELECT COUNT(*) FROM vst_fact"), rounds * 100);
	store_reopen(fixture);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT COUNT(*) FROM vst_fact"), rounds * 100);
}

/* A quota, as far as a process can set one for itself: files may not grow beyond a size. */
static void limit_files(rlim_t bytes)
{
	struct rlimit limit;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = bytes;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_file_that_may_not_grow_is_a_clear_error_and_nothing_is_half_written(void **state)
{
	store_fixture *fixture = *state;
	void (*before)(int) = signal(SIGXFSZ, SIG_IGN);
	struct rlimit limit;
	fill_body next;
	vst_err err;
	int rounds;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit_files(2 * 1024 * 1024);
	err = fill_up(fixture->store, &rounds);
	assert_int_equal(err.rc, VST_E_IO);
	assert_int_equal(err.domain, VST_DOMAIN_STORE);
	assert_true(rounds > 2);
	assert_whole_rounds(fixture, rounds);
	limit_files(limit.rlim_cur);
	next = (fill_body) {rounds * 100};
	store_write(fixture->store, fill, &next);
	assert_whole_rounds(fixture, rounds + 1);
	(void) signal(SIGXFSZ, before);
}

/* A disk of two megabytes; the rest of it is taken by a file. */
static void mount_small_disk(const char *directory)
{
	if (geteuid() != 0 || mount("tmpfs", directory, "tmpfs", 0, "size=2m,mode=0700") != 0) {
		print_message("SKIPPED: needs the right to mount a small disk\n");
		skip();
	}
}

static void take_the_room(const char *path, bool all)
{
	char block[4096];
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	memset(block, 1, sizeof block);
	while (all && write(fd, block, sizeof block) > 0) {}
	assert_int_equal(close(fd), 0);
}

static int teardown_of_disk(void **state)
{
	store_fixture *fixture = *state;

	vst_store_close(fixture->store);
	fixture->store = NULL;
	(void) umount2(fixture->directory, MNT_DETACH);
	return store_teardown(state);
}

static void a_full_disk_is_a_clear_error_and_nothing_is_half_written(void **state)
{
	store_fixture *fixture = *state;
	vst_err err;
	int rounds;

	mount_small_disk(fixture->directory);
	store_reopen(fixture);
	err = fill_up(fixture->store, &rounds);
	assert_int_equal(err.rc, VST_E_IO);
	assert_non_null(strstr(err.text, "full"));
	assert_true(rounds > 1);
	assert_whole_rounds(fixture, rounds);
}

static void a_store_is_not_made_on_a_full_disk_and_is_once_there_is_room(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);
	char ballast[200];

	mount_small_disk(fixture->directory);
	(void) snprintf(ballast, sizeof ballast, "%s/ballast", fixture->directory);
	take_the_room(ballast, true);
	assert_int_equal(store_open_fails(fixture, &options).rc, VST_E_IO);
	take_the_room(ballast, false);
	store_reopen(fixture);
	store_sql(fixture->store, "INSERT INTO vst_fact (name, body) VALUES ('a', '{}')");
}

static void a_backup_onto_a_full_disk_leaves_no_file(void **state)
{
	store_fixture *fixture = *state;
	char disk[160], target[200];
	int64_t bytes;
	fill_body body = {0};

	(void) snprintf(disk, sizeof disk, "%s/disk", fixture->directory);
	assert_int_equal(mkdir(disk, 0700), 0);
	for (int i = 0; i < 20; i++, body.from += 100) {
		store_write(fixture->store, fill, &body);
	}
	mount_small_disk(disk);
	(void) snprintf(target, sizeof target, "%s/backup.db", disk);
	assert_fails(VST_E_IO, vst_store_backup(fixture->store, vst_str_from(target), &bytes, problem));
	assert_int_equal(access(target, F_OK), -1);
	assert_int_equal(umount2(disk, MNT_DETACH), 0);
}

static void a_file_system_that_is_read_only_is_a_clear_error(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);
	vst_err err = VST_ERR_INIT;
	fill_body body = {0};

	mount_small_disk(fixture->directory);
	store_reopen(fixture);
	store_write(fixture->store, fill, &body);
	vst_store_close(fixture->store);
	fixture->store = NULL;
	assert_int_equal(mount(NULL, fixture->directory, NULL, MS_REMOUNT | MS_RDONLY, NULL), 0);
	err = store_open_fails(fixture, &options);
	assert_int_equal(err.rc, VST_E_IO);
	assert_int_equal(mount(NULL, fixture->directory, NULL, MS_REMOUNT, NULL), 0);
	store_reopen(fixture);
	assert_whole_rounds(fixture, 1);
}

/* ---- a damaged file ---- */

static void damage_is_said_and_not_survived_in_silence(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);
	fill_body body = {0};
	char zeros[4096] = {0};
	int fd;

	for (int i = 0; i < 5; i++, body.from += 100) {
		store_write(fixture->store, fill, &body);
	}
	assert_ok(vst_store_checkpoint(fixture->store, 0, problem));
	vst_store_close(fixture->store);
	fixture->store = NULL;
	(void) snprintf(zeros, sizeof zeros, "%s-wal", fixture->path);
	assert_int_equal(unlink(zeros), 0);
	memset(zeros, 0xee, sizeof zeros);
	fd = open(fixture->path, O_WRONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	for (int page = 1; page < 30; page++) { /* the first page stays: it is still a database */
		assert_int_equal(pwrite(fd, zeros, sizeof zeros, page * 4096), sizeof zeros);
	}
	assert_int_equal(close(fd), 0);
	assert_int_equal(store_open_fails(fixture, &options).rc, VST_E_CORRUPT);
}

static void a_store_without_its_version_row_is_damaged(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);

	store_sql(fixture->store, "DELETE FROM vst_version");
	vst_store_close(fixture->store);
	fixture->store = NULL;
	assert_int_equal(store_open_fails(fixture, &options).rc, VST_E_CORRUPT);
}

/* ---- no memory ---- */

static vst_rc use_much(vst_tx *tx, void *context, vst_err *err)
{
	vst_arena arena = VST_ARENA_INIT;
	vst_person person;
	vst_stop stop = {1, 5, VST_STOP_OPT_OUT, VST_SCOPE_ALL, VST_STR("r"), VST_STR("a"), 1, 0}, *stops;
	vst_ledger_entry entry = {.type = VST_STR("granted"), .body = VST_STR("{}"), .wording = VST_STR("w")};
	vst_page page = {10, 0, false, VST_STR_EMPTY};
	vst_document *documents;
	vst_event *events;
	vst_str text;
	size_t count;
	int64_t id, version;
	bool found;
	vst_rc rc;

	(void) context;
	if ((rc = vst_name_id(tx, VST_NAME_ENTITY, VST_STR("main"), &id, err)) != VST_OK ||
	    (rc = vst_person_get(tx, id, 5, 0, &person, err)) != VST_OK || (rc = vst_stop_put(tx, &stop, err)) != VST_OK ||
	    (rc = vst_ledger_append(tx, &entry, err)) != VST_OK ||
	    (rc = vst_document_put(tx, VST_STR("k"), VST_STR("i"), VST_STR("{}"), -1, &version, err)) != VST_OK ||
	    (rc = vst_settings_get(tx, &arena, &text, &version, err)) != VST_OK ||
	    (rc = vst_stop_list(tx, &(vst_stop_filter) {0}, VST_STR_EMPTY, &page, &arena, &stops, &count, &text, err)) !=
	        VST_OK ||
	    (rc = vst_document_list(tx, VST_STR("k"), VST_STR_EMPTY, &page, &arena, &documents, &count, &text, err)) !=
	        VST_OK ||
	    (rc = vst_event_list(tx, 0, 10, &arena, &events, &count, err)) != VST_OK ||
	    (rc = vst_ledger_get(tx, 1, &arena, &entry, &found, err)) != VST_OK) {
		goto out;
	}
out:
	vst_arena_free(&arena);
	return rc;
}

static vst_rc open_use_close(store_fixture *fixture)
{
	vst_store_options options = store_options(fixture);
	vst_store *store = NULL;
	vst_rc rc = vst_store_open(&options, &fixture->env, &store, NULL);

	if (rc == VST_OK) {
		rc = vst_store_write(store, use_much, NULL, NULL);
		vst_store_close(store);
	}
	return rc;
}

static void every_allocation_may_fail_and_the_next_try_succeeds(void **state)
{
	store_fixture *fixture = *state;
	unsigned long last = 0;
	int failures = 0;

	for (unsigned long nth = 1; last == 0; nth++) {
		vst_rc rc;

		fail_allocation(nth);
		rc = open_use_close(fixture);
		if (allocation_count() < nth) {
			last = nth;
		}
		fail_allocation(0);
		/* a name that is not remembered for lack of memory is no failure */
		assert_true(rc == VST_E_NOMEM || rc == VST_OK);
		failures += rc == VST_E_NOMEM ? 1 : 0;
		assert_int_equal(open_use_close(fixture), VST_OK);
	}
	assert_true(failures > 5);
	store_reopen(fixture);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT COUNT(*) FROM vst_name"), 1);
}

static bool no_random(void *context, void *bytes, size_t count)
{
	(void) context;
	(void) bytes;
	(void) count;
	return false;
}

static void no_store_is_made_without_random_bytes(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);
	vst_env whole = fixture->env;

	fixture->env.random = no_random;
	assert_int_equal(store_open_fails(fixture, &options).rc, VST_E_IO);
	fixture->env = whole;
	store_reopen(fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_file_that_may_not_grow_is_a_clear_error_and_nothing_is_half_written,
	                                    store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_full_disk_is_a_clear_error_and_nothing_is_half_written, store_setup_closed,
	                                    teardown_of_disk),
		cmocka_unit_test_setup_teardown(a_store_is_not_made_on_a_full_disk_and_is_once_there_is_room,
	                                    store_setup_closed, teardown_of_disk),
		cmocka_unit_test_setup_teardown(a_backup_onto_a_full_disk_leaves_no_file, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_file_system_that_is_read_only_is_a_clear_error, store_setup_closed,
	                                    teardown_of_disk),
		cmocka_unit_test_setup_teardown(damage_is_said_and_not_survived_in_silence, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_store_without_its_version_row_is_damaged, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(every_allocation_may_fail_and_the_next_try_succeeds, store_setup_closed,
	                                    store_teardown),
		cmocka_unit_test_setup_teardown(no_store_is_made_without_random_bytes, store_setup_closed, store_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
