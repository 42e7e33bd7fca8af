#define _GNU_SOURCE
#include "store_fixture.h"

#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/place.h"

static void a_dsn_is_checked_to_its_last_option(void **state)
{
	static const struct {
		const char *dsn;
		bool valid;
	} cases[] = {
		{"sqlite:/var/lib/vestnik/store.db", true},
		{"sqlite:/s.db", true},
		{"sqlite:/s.db?clock=manual", true},
		{"sqlite:/s.db?clock=system", true},
		{"sqlite:/with space/и.db", true},
		{"", false},
		{"/var/lib/vestnik/store.db", false},
		{"sqlite:", false},
		{"sqlite:store.db", false},
		{"sqlite:/", false},
		{"sqlite:/dir/", false},
		{"sqlite:/s.db?", false},
		{"sqlite:/s.db?clock", false},
		{"sqlite:/s.db?clock=", false},
		{"sqlite:/s.db?clock=lunar", false},
		{"sqlite:/s.db?clock=manual&", false},
		{"sqlite:/s.db?clock=manual&speed=2", false},
		{"sqlite:/s.db?Clock=manual", false},
		{"mysql:host=localhost", false},
		{"SQLITE:/s.db", false},
	};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		vst_err err = VST_ERR_INIT;

		if (vst_store_dsn_valid(vst_str_from(cases[i].dsn), &err) != cases[i].valid) {
			fail_msg("%s", cases[i].dsn);
		}
		assert_int_equal(err.rc, cases[i].valid ? VST_OK : VST_E_INVALID);
	}
}

static void a_dsn_without_end_or_with_a_nul_is_refused(void **state)
{
	char text[1000];

	(void) state;
	assert_false(vst_store_dsn_valid(vst_str_of("sqlite:/a\0b", 11), NULL));
	memset(text, 'x', sizeof text);
	memcpy(text, "sqlite:/", 8);
	assert_false(vst_store_dsn_valid(vst_str_of(text, sizeof text), NULL));
}

static void assert_mode(const char *path, unsigned mode)
{
	struct stat status;

	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, mode);
}

static void assert_modes_of_store(const store_fixture *fixture, unsigned mode)
{
	static const char *const suffixes[] = {"", "-wal", "-shm", "-lock"};
	char path[200];

	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		(void) snprintf(path, sizeof path, "%s%s", fixture->path, suffixes[i]);
		assert_mode(path, mode);
	}
}

static void files_are_for_their_owner_whatever_the_umask(void **state)
{
	store_fixture *fixture = *state;
	mode_t before = umask(0);

	store_reopen(fixture);
	store_sql(fixture->store, "UPDATE vst_version SET hold = hold");
	(void) umask(before);
	assert_modes_of_store(fixture, 0600);
}

static void a_group_mode_holds_for_all_files_whatever_the_umask(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);
	mode_t before = umask(077);

	options.file_mode = 0660;
	assert_ok(vst_store_open(&options, &fixture->env, &fixture->store, problem));
	store_sql(fixture->store, "UPDATE vst_version SET hold = hold");
	(void) umask(before);
	assert_modes_of_store(fixture, 0660);
}

static void missing_directories_are_made(void **state)
{
	store_fixture *fixture = *state;
	char directory[200];

	(void) snprintf(fixture->path, sizeof fixture->path, "%s/a/b c/s.db", fixture->directory);
	(void) snprintf(fixture->dsn, sizeof fixture->dsn, "sqlite:%s", fixture->path);
	store_reopen(fixture);
	(void) snprintf(directory, sizeof directory, "%s/a", fixture->directory);
	assert_mode(directory, 0700);
	(void) snprintf(directory, sizeof directory, "%s/a/b c", fixture->directory);
	assert_mode(directory, 0700);
}

static void a_path_that_a_uri_would_misread_is_taken_as_it_is(void **state)
{
	store_fixture *fixture = *state;
	struct stat status;

	(void) snprintf(fixture->path, sizeof fixture->path, "%s/100%%41 #1&mode=ro.db", fixture->directory);
	(void) snprintf(fixture->dsn, sizeof fixture->dsn, "sqlite:%s", fixture->path);
	store_reopen(fixture);
	assert_int_equal(stat(fixture->path, &status), 0);
}

static void a_store_below_the_document_root_is_refused(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);
	char root[300], link[200];
	vst_err err;

	options.document_root = vst_str_from(fixture->directory);
	err = store_open_fails(fixture, &options);
	assert_int_equal(err.rc, VST_E_DENIED);
	assert_int_equal(access(fixture->path, F_OK), -1);

	/* reached by another name, and with a slash behind */
	(void) snprintf(link, sizeof link, "%s-link", fixture->directory);
	assert_int_equal(symlink(fixture->directory, link), 0);
	(void) snprintf(root, sizeof root, "%s/", link);
	options.document_root = vst_str_from(root);
	err = store_open_fails(fixture, &options);
	assert_int_equal(err.rc, VST_E_DENIED);
	assert_int_equal(unlink(link), 0);

	/* a neighbour whose name begins alike is no parent */
	(void) snprintf(root, sizeof root, "%.*s", (int) strlen(fixture->directory) - 1, fixture->directory);
	options.document_root = vst_str_from(root);
	assert_ok(vst_store_open(&options, &fixture->env, &fixture->store, problem));
}

/* Two paths to one file share its lock file: else each would think the other's workers dead. */
static void a_store_reached_by_a_symbolic_link_is_the_same_store(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);
	char link_path[200], dsn[220];
	vst_store *other = NULL;
	vst_worker worker;

	store_reopen(fixture);
	assert_ok(vst_worker_enter(fixture->store, &worker, problem));
	(void) snprintf(link_path, sizeof link_path, "%s/link.db", fixture->directory);
	assert_int_equal(symlink(fixture->path, link_path), 0);
	(void) snprintf(dsn, sizeof dsn, "sqlite:%s", link_path);
	options.dsn = vst_str_from(dsn);
	assert_ok(vst_store_open(&options, &fixture->env, &other, problem));
	assert_true(vst_worker_alive(other, worker.slot));
	assert_true(vst_store_is_current(other));
	vst_store_close(other);

	/* one that leads nowhere makes no store at a place that nobody named */
	assert_int_equal(unlink(link_path), 0);
	assert_int_equal(symlink("nowhere.db", link_path), 0);
	assert_int_equal(store_open_fails(fixture, &options).rc, VST_E_IO);
}

static void a_store_with_a_second_hard_link_is_refused(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);
	char link_path[200];
	vst_err err;

	store_reopen(fixture);
	vst_store_close(fixture->store);
	fixture->store = NULL;
	(void) snprintf(link_path, sizeof link_path, "%s/link.db", fixture->directory);
	assert_int_equal(link(fixture->path, link_path), 0);
	err = store_open_fails(fixture, &options);
	assert_int_equal(err.rc, VST_E_IO);
	assert_non_null(strstr(err.text, "hard links"));
}

static void write_file(const char *path, const char *bytes, size_t len)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static void a_file_of_something_else_is_refused_and_left_alone(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);
	static const char text[] =
		"this is a letter and no database, and it is long enough to be looked at by everybody who "
		"wants to know what it is: a hundred bytes and some more";
	struct stat status;
	vst_err err;

	write_file(fixture->path, text, sizeof text);
	err = store_open_fails(fixture, &options);
	assert_int_equal(err.rc, VST_E_CORRUPT);
	assert_int_equal(err.domain, VST_DOMAIN_STORE);
	assert_int_equal(stat(fixture->path, &status), 0);
	assert_int_equal(status.st_size, sizeof text);
}

static void a_database_of_something_else_is_refused(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);
	vst_err err;

	store_reopen(fixture);
	store_sql(fixture->store, "ALTER TABLE vst_version RENAME TO somebody_elses");
	vst_store_close(fixture->store);
	fixture->store = NULL;
	err = store_open_fails(fixture, &options);
	assert_int_equal(err.rc, VST_E_DENIED);
	assert_non_null(strstr(err.text, "something else"));
}

static void an_empty_file_becomes_a_store(void **state)
{
	store_fixture *fixture = *state;

	write_file(fixture->path, "", 0);
	store_reopen(fixture);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT schema_major FROM vst_version"), 1);
}

static void a_directory_in_its_place_is_refused(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);

	assert_int_equal(mkdir(fixture->path, 0700), 0);
	assert_int_equal(store_open_fails(fixture, &options).rc, VST_E_IO);
}

static void the_clock_is_fixed_when_the_store_is_made(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);
	char dsn[200];
	vst_err err;

	store_reopen(fixture);
	assert_int_equal(vst_store_clock(fixture->store), VST_CLOCK_SYSTEM);
	(void) snprintf(dsn, sizeof dsn, "%s?clock=manual", fixture->dsn);
	options.dsn = vst_str_from(dsn);
	err = store_open_fails(fixture, &options);
	assert_int_equal(err.rc, VST_E_INVALID);
	assert_non_null(strstr(err.text, "clock=system"));
}

static void a_replaced_file_is_noticed(void **state)
{
	store_fixture *fixture = *state;
	char other[200];

	store_reopen(fixture);
	assert_true(vst_store_is_current(fixture->store));
	(void) snprintf(other, sizeof other, "%s-before", fixture->path);
	assert_int_equal(rename(fixture->path, other), 0);
	assert_false(vst_store_is_current(fixture->store));
	write_file(fixture->path, "", 0);
	assert_false(vst_store_is_current(fixture->store));
}

/* ---- owners ---- */

enum { SOMEBODY = 12345 };

static void need_root(void)
{
	if (geteuid() != 0) {
		print_message("SKIPPED: needs root to change owners\n");
		skip();
	}
}

static void another_users_store_is_refused_to_root_too(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);
	vst_err err;

	need_root();
	store_reopen(fixture);
	vst_store_close(fixture->store);
	fixture->store = NULL;
	assert_int_equal(chown(fixture->path, SOMEBODY, SOMEBODY), 0);
	err = store_open_fails(fixture, &options);
	assert_int_equal(err.rc, VST_E_DENIED);
	assert_non_null(strstr(err.text, "uid 12345"));
	assert_non_null(strstr(err.text, "root"));
	assert_non_null(strstr(err.text, "sudo -u '#12345'"));

	/* by name, where there is one; user 1 is "daemon" everywhere */
	assert_int_equal(chown(fixture->path, 1, 1), 0);
	err = store_open_fails(fixture, &options);
	assert_non_null(strstr(err.text, "sudo -u daemon"));
}

static void root_makes_no_store_in_another_users_directory(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);
	vst_err err;

	need_root();
	assert_int_equal(chown(fixture->directory, SOMEBODY, SOMEBODY), 0);
	err = store_open_fails(fixture, &options);
	assert_int_equal(err.rc, VST_E_DENIED);
	assert_int_equal(access(fixture->path, F_OK), -1);
	assert_int_equal(chown(fixture->directory, 0, 0), 0);
}

/* Runs in a child, as another user where this one is root; its exit status tells what opening gave. */
static int open_as(store_fixture *fixture, const vst_store_options *options, uid_t user, gid_t group)
{
	pid_t child = fork();
	int status = 0;

	assert_true(child >= 0);
	if (child == 0) {
		vst_store *store = NULL;
		vst_err err = VST_ERR_INIT;
		vst_rc rc;

		if (geteuid() == 0 && (setgroups(0, NULL) != 0 || setgid(group) != 0 || setuid(user) != 0)) {
			_exit(99);
		}
		rc = vst_store_open(options, &fixture->env, &store, &err);
		if (rc == VST_OK) {
			vst_store_close(store);
		}
		_exit((int) rc);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void a_member_of_the_group_may_with_a_group_mode(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);

	need_root();
	assert_int_equal(chmod(fixture->directory, 02770), 0);
	assert_int_equal(chown(fixture->directory, 0, SOMEBODY), 0);
	options.file_mode = 0660;
	assert_ok(vst_store_open(&options, &fixture->env, &fixture->store, problem));
	assert_int_equal(open_as(fixture, &options, SOMEBODY + 1, SOMEBODY), VST_OK);
	options.file_mode = 0600;
	assert_int_equal(open_as(fixture, &options, SOMEBODY + 1, SOMEBODY), VST_E_DENIED);
	options.file_mode = 0660;
	assert_int_equal(chmod(fixture->directory, 0777), 0);
	assert_int_equal(open_as(fixture, &options, SOMEBODY + 1, SOMEBODY + 1), VST_E_DENIED);
}

static void give_away(const char *path)
{
	if (geteuid() == 0) {
		assert_int_equal(chown(path, SOMEBODY, SOMEBODY), 0);
	}
}

static void a_directory_that_cannot_be_written_is_an_error_of_the_disk(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);

	assert_int_equal(chmod(fixture->directory, 0555), 0);
	assert_int_equal(open_as(fixture, &options, SOMEBODY, SOMEBODY), VST_E_IO);
	assert_int_equal(access(fixture->path, F_OK), -1);
}

static void a_file_that_cannot_be_written_is_an_error_of_the_disk(void **state)
{
	store_fixture *fixture = *state;
	vst_store_options options = store_options(fixture);
	char lock[200];

	store_reopen(fixture);
	vst_store_close(fixture->store);
	fixture->store = NULL;
	(void) snprintf(lock, sizeof lock, "%s-lock", fixture->path);
	give_away(lock);
	give_away(fixture->path);
	give_away(fixture->directory);
	assert_int_equal(chmod(fixture->path, 0400), 0);
	assert_int_equal(open_as(fixture, &options, SOMEBODY, SOMEBODY), VST_E_IO);
	assert_int_equal(chown(fixture->directory, geteuid(), getegid()), 0);
}

/* ---- places ---- */

static void network_file_systems_are_known(void **state)
{
	static const long networks[] = {0x6969, 0x517B, 0xFF534D42, 0xFE534D42, 0x01021997, 0x00C36400, 0x0BD00BD0};
	static const long local[] = {0xEF53, 0x58465342, 0x9123683E, 0x01021994, 0x794c7630, 0x2FC12FC1, 0x65735546};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(networks); i++) {
		assert_true(vst_filesystem_is_network(networks[i]));
		assert_true(vst_filesystem_is_network((long) (int) networks[i])); /* a machine with a 32-bit f_type */
	}
	for (size_t i = 0; i < COUNT_OF(local); i++) {
		assert_false(vst_filesystem_is_network(local[i]));
	}
	assert_true(vst_fuse_is_network(VST_STR("fuse.sshfs")));
	assert_false(vst_fuse_is_network(VST_STR("fuseblk")));
	assert_ok(vst_place_is_local("/tmp", problem));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_dsn_is_checked_to_its_last_option),
		cmocka_unit_test(a_dsn_without_end_or_with_a_nul_is_refused),
		cmocka_unit_test_setup_teardown(files_are_for_their_owner_whatever_the_umask, store_setup_closed,
	                                    store_teardown),
		cmocka_unit_test_setup_teardown(a_group_mode_holds_for_all_files_whatever_the_umask, store_setup_closed,
	                                    store_teardown),
		cmocka_unit_test_setup_teardown(missing_directories_are_made, store_setup_closed, store_teardown),
		cmocka_unit_test_setup_teardown(a_path_that_a_uri_would_misread_is_taken_as_it_is, store_setup_closed,
	                                    store_teardown),
		cmocka_unit_test_setup_teardown(a_store_below_the_document_root_is_refused, store_setup_closed, store_teardown),
		cmocka_unit_test_setup_teardown(a_store_reached_by_a_symbolic_link_is_the_same_store, store_setup_closed,
	                                    store_teardown),
		cmocka_unit_test_setup_teardown(a_store_with_a_second_hard_link_is_refused, store_setup_closed, store_teardown),
		cmocka_unit_test_setup_teardown(a_file_of_something_else_is_refused_and_left_alone, store_setup_closed,
	                                    store_teardown),
		cmocka_unit_test_setup_teardown(a_database_of_something_else_is_refused, store_setup_closed, store_teardown),
		cmocka_unit_test_setup_teardown(an_empty_file_becomes_a_store, store_setup_closed, store_teardown),
		cmocka_unit_test_setup_teardown(a_directory_in_its_place_is_refused, store_setup_closed, store_teardown),
		cmocka_unit_test_setup_teardown(the_clock_is_fixed_when_the_store_is_made, store_setup_closed, store_teardown),
		cmocka_unit_test_setup_teardown(a_replaced_file_is_noticed, store_setup_closed, store_teardown),
		cmocka_unit_test_setup_teardown(another_users_store_is_refused_to_root_too, store_setup_closed, store_teardown),
		cmocka_unit_test_setup_teardown(root_makes_no_store_in_another_users_directory, store_setup_closed,
	                                    store_teardown),
		cmocka_unit_test_setup_teardown(a_member_of_the_group_may_with_a_group_mode, store_setup_closed,
	                                    store_teardown),
		cmocka_unit_test_setup_teardown(a_directory_that_cannot_be_written_is_an_error_of_the_disk, store_setup_closed,
	                                    store_teardown),
		cmocka_unit_test_setup_teardown(a_file_that_cannot_be_written_is_an_error_of_the_disk, store_setup_closed,
	                                    store_teardown),
		cmocka_unit_test(network_file_systems_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
