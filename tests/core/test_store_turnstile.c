#define _GNU_SOURCE
#include "store_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "store/transaction.h"
#include "store/turnstile.h"

/* ---- no update is lost, whoever comes when ---- */

enum { PROCESSES = 6, ROUNDS = 60 };

static vst_rc increment(vst_tx *tx, void *context, vst_err *err)
{
	int64_t arrival = 0;

	(void) context;
	TRY(vst_limit_get(tx, VST_STR("counted"), &arrival, err));
	TRY(vst_limit_put(tx, VST_STR("counted"), arrival + 1, err));
	return vst_event_append(tx, &(vst_event) {.type = VST_STR("test"), .data = VST_STR_EMPTY}, err);
}

static int count_up(store_fixture *fixture)
{
	vst_store_options options = store_options(fixture);
	vst_store *store = NULL;

	if (vst_store_open(&options, &fixture->env, &store, NULL) != VST_OK) {
		return 1;
	}
	for (int i = 0; i < ROUNDS; i++) {
		if (vst_store_write(store, increment, NULL, NULL) != VST_OK) {
			return 2;
		}
	}
	vst_store_close(store);
	return 0;
}

static pid_t in_child(int (*function)(store_fixture *), store_fixture *fixture)
{
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		_exit(function(fixture));
	}
	return child;
}

static void assert_child_was_fine(pid_t child)
{
	int status = -1;

	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

/* The processes also race for making the store: none has opened it before. */
static void many_processes_lose_no_increment(void **state)
{
	store_fixture *fixture = *state;
	pid_t children[PROCESSES];

	for (int i = 0; i < PROCESSES; i++) {
		children[i] = in_child(count_up, fixture);
	}
	for (int i = 0; i < PROCESSES; i++) {
		assert_child_was_fine(children[i]);
	}
	store_reopen(fixture);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT arrival_us FROM vst_rate"), PROCESSES * ROUNDS);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT COUNT(*) FROM vst_event"), PROCESSES * ROUNDS);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT MAX(number) FROM vst_event"), PROCESSES * ROUNDS);
}

/* ---- the lock file by itself ---- */

typedef struct lock_file {
	char path[200];
	vst_turnstile mine, other; /* two open files, as of two processes */
} lock_file;

static lock_file open_twice(store_fixture *fixture)
{
	lock_file file = {.mine = {-1}, .other = {-1}};

	(void) snprintf(file.path, sizeof file.path, "%s/lock", fixture->directory);
	assert_ok(vst_turnstile_open(&file.mine, file.path, 0600, problem));
	assert_ok(vst_turnstile_open(&file.other, file.path, 0600, problem));
	return file;
}

static void close_both(lock_file *file)
{
	vst_turnstile_close(&file->mine);
	vst_turnstile_close(&file->other);
}

static void a_wait_ends_when_its_time_is_over(void **state)
{
	store_fixture *fixture = *state;
	lock_file file = open_twice(fixture);
	int64_t began;

	fixture->monotonic_step_ns = 100 * 1000000; /* each look at the clock is 0.1 s later */
	assert_ok(vst_turnstile_enter(&file.mine, &fixture->env, 5000, problem));
	began = fixture->monotonic_ns;
	assert_fails(VST_E_BUSY, vst_turnstile_enter(&file.other, &fixture->env, 5000, problem));
	assert_in_range(fixture->monotonic_ns - began, INT64_C(5000000000), INT64_C(5500000000));

	/* who gave up stands in nobody's way */
	vst_turnstile_leave(&file.mine);
	assert_ok(vst_turnstile_enter(&file.mine, &fixture->env, 5000, problem));
	vst_turnstile_leave(&file.mine);
	assert_ok(vst_turnstile_enter(&file.other, &fixture->env, 5000, problem));
	close_both(&file);
}

static void being_stopped_ends_a_wait_but_not_at_once(void **state)
{
	store_fixture *fixture = *state;
	lock_file file = open_twice(fixture);
	int64_t began;

	fixture->stop = true;
	fixture->monotonic_step_ns = 100 * 1000000;
	assert_ok(vst_turnstile_enter(&file.mine, &fixture->env, 30000, problem)); /* free: not even asked */
	began = fixture->monotonic_ns;
	assert_fails(VST_E_CANCELLED, vst_turnstile_enter(&file.other, &fixture->env, 30000, problem));
	assert_in_range(fixture->monotonic_ns - began, INT64_C(2000000000), INT64_C(2500000000));
	close_both(&file);
}

static int wait_in_turnstile(store_fixture *fixture)
{
	vst_turnstile turnstile = {-1};
	char path[200];

	(void) snprintf(path, sizeof path, "%s/lock", fixture->directory);
	if (vst_turnstile_open(&turnstile, path, 0600, NULL) != VST_OK ||
	    vst_turnstile_enter(&turnstile, &fixture->env, 60000, NULL) != VST_OK) {
		return 1;
	}
	vst_turnstile_leave(&turnstile);
	return 0;
}

/* Bounded by the runner's time limit, not by a number of seconds here. */
static void wait_until_someone_waits(const vst_turnstile *turnstile)
{
	while (!vst_turnstile_someone_waits(turnstile)) {
		(void) nanosleep(&(struct timespec) {0, 1000000}, NULL);
	}
}

static void the_one_inside_sees_whether_someone_waits(void **state)
{
	store_fixture *fixture = *state;
	lock_file file = open_twice(fixture);
	pid_t child;

	assert_ok(vst_turnstile_enter(&file.mine, &fixture->env, 1000, problem));
	assert_false(vst_turnstile_someone_waits(&file.mine));
	child = in_child(wait_in_turnstile, fixture);
	wait_until_someone_waits(&file.mine);
	vst_turnstile_leave(&file.mine);
	assert_child_was_fine(child);
	assert_false(vst_turnstile_someone_waits(&file.mine));
	close_both(&file);
}

static void who_comes_back_stands_behind_who_waits(void **state)
{
	store_fixture *fixture = *state;
	lock_file file = open_twice(fixture);

	for (int i = 0; i < 20; i++) {
		pid_t child;

		assert_ok(vst_turnstile_enter(&file.mine, &fixture->env, 60000, problem));
		child = in_child(wait_in_turnstile, fixture);
		wait_until_someone_waits(&file.mine);
		vst_turnstile_leave(&file.mine);
		assert_ok(vst_turnstile_enter(&file.mine, &fixture->env, 60000, problem));
		/* the child was inside before we got in again: it has left the place of who is next */
		assert_false(vst_turnstile_someone_waits(&file.mine));
		vst_turnstile_leave(&file.mine);
		assert_child_was_fine(child);
	}
	close_both(&file);
}

/* ---- killed in the middle ---- */

static vst_rc write_and_hang(vst_tx *tx, void *context, vst_err *err)
{
	const int *ready = context;

	TRY(vst_fact_put(tx, VST_STR("half"), VST_STR("{}"), err));
	for (int i = 0; i < 3000; i++) { /* more than the page cache holds: pages of it are in the log already */
		char name[32], body[4000];
		int len = snprintf(name, sizeof name, "half-%d", i);

		memset(body, 'x', sizeof body);
		TRY(vst_fact_put(tx, vst_str_of(name, (size_t) len), vst_str_of(body, sizeof body), err));
	}
	if (write(*ready, "r", 1) != 1) {
		_exit(3);
	}
	for (;;) {
		(void) pause();
	}
}

static int ready_pipe[2];

static int hang_in_transaction(store_fixture *fixture)
{
	vst_store_options options = store_options(fixture);
	vst_store *store = NULL;

	if (vst_store_open(&options, &fixture->env, &store, NULL) == VST_OK) {
		(void) !vst_store_write(store, write_and_hang, &ready_pipe[1], NULL);
	}
	return 1;
}

static void a_writer_that_is_killed_leaves_nothing_behind(void **state)
{
	store_fixture *fixture = *state;
	int status;
	char byte;
	pid_t child;

	store_reopen(fixture);
	store_sql(fixture->store, "INSERT INTO vst_fact (name, body) VALUES ('whole', '{}')");
	assert_int_equal(pipe(ready_pipe), 0);
	child = in_child(hang_in_transaction, fixture);
	assert_int_equal(read(ready_pipe[0], &byte, 1), 1);
	/* readers go on beside it */
	assert_int_equal(store_sql_integer(fixture->store, "SELECT COUNT(*) FROM vst_fact"), 1);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));

	store_sql(fixture->store, "INSERT INTO vst_fact (name, body) VALUES ('next', '{}')");
	assert_int_equal(store_sql_integer(fixture->store, "SELECT COUNT(*) FROM vst_fact"), 2);
	store_reopen(fixture);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT COUNT(*) FROM vst_fact"), 2);
	assert_int_equal(close(ready_pipe[0]) | close(ready_pipe[1]), 0);
}

/* Counts up for ever and says so after each commit. */
static int count_and_tell(store_fixture *fixture)
{
	vst_store_options options = store_options(fixture);
	vst_store *store = NULL;

	if (vst_store_open(&options, &fixture->env, &store, NULL) != VST_OK) {
		return 1;
	}
	while (vst_store_write(store, increment, NULL, NULL) == VST_OK && write(ready_pipe[1], "c", 1) == 1) {}
	return 2;
}

/* Two writers at a time, killed at instants that fall anywhere in a transaction, between them and in opening. */
static void what_was_committed_survives_every_kill(void **state)
{
	store_fixture *fixture = *state;
	enum { KILLS = 40 };
	int64_t told = 0, count;
	char bytes[65536];
	ssize_t got;
	pid_t children[2] = {0};

	assert_int_equal(pipe2(ready_pipe, O_CLOEXEC), 0);
	for (int i = 0; i < KILLS + 2; i++) {
		pid_t victim = children[i % 2];
		int status;

		if (victim != 0) {
			assert_int_equal(kill(victim, SIGKILL), 0);
			assert_int_equal(waitpid(victim, &status, 0), victim);
			assert_true(WIFSIGNALED(status)); /* it had not ended by itself with an error */
		}
		children[i % 2] = i < KILLS ? in_child(count_and_tell, fixture) : 0;
		for (int64_t until = told + i % 7; i < KILLS && told < until; told += got) {
			got = read(ready_pipe[0], bytes, sizeof bytes);
			assert_true(got > 0);
		}
	}
	assert_int_equal(close(ready_pipe[1]), 0);
	while ((got = read(ready_pipe[0], bytes, sizeof bytes)) > 0) {
		told += got;
	}
	assert_int_equal(close(ready_pipe[0]), 0);
	store_reopen(fixture);
	count = store_sql_integer(fixture->store, "SELECT arrival_us FROM vst_rate");
	assert_in_range(count, told, told + KILLS); /* a kill may fall between the commit and the telling */
	assert_int_equal(store_sql_integer(fixture->store, "SELECT COUNT(*) FROM vst_event"), count);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT MAX(number) FROM vst_event"), count);
}

/* ---- workers' slots ---- */

static int work_and_hang(store_fixture *fixture)
{
	vst_store_options options = store_options(fixture);
	vst_store *store = NULL;
	vst_worker worker;

	if (vst_store_open(&options, &fixture->env, &store, NULL) != VST_OK ||
	    vst_worker_enter(store, &worker, NULL) != VST_OK ||
	    write(ready_pipe[1], &(char) {(char) worker.slot}, 1) != 1) {
		return 1;
	}
	for (;;) {
		(void) pause();
	}
}

static void a_killed_worker_is_known_at_once(void **state)
{
	store_fixture *fixture = *state;
	char slot = -1;
	int status;
	pid_t child;

	store_reopen(fixture);
	assert_int_equal(pipe(ready_pipe), 0);
	assert_false(vst_worker_alive(fixture->store, 0));
	child = in_child(work_and_hang, fixture);
	assert_int_equal(read(ready_pipe[0], &slot, 1), 1);
	assert_true(vst_worker_alive(fixture->store, slot));
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_false(vst_worker_alive(fixture->store, slot));
	assert_int_equal(close(ready_pipe[0]) | close(ready_pipe[1]), 0);
}

static void workers_have_their_own_slot_and_ever_growing_fences(void **state)
{
	store_fixture *fixture = *state;
	vst_store *other;
	vst_worker first, second, third, again;

	store_reopen(fixture);
	other = store_open_again(fixture);
	assert_ok(vst_worker_enter(fixture->store, &first, problem));
	assert_ok(vst_worker_enter(fixture->store, &second, problem)); /* two of one process */
	assert_ok(vst_worker_enter(other, &third, problem));
	assert_int_not_equal(first.slot, second.slot);
	assert_int_not_equal(second.slot, third.slot);
	assert_true(first.fence > 0 && first.fence < second.fence && second.fence < third.fence);
	assert_true(vst_worker_alive(fixture->store, first.slot) && vst_worker_alive(other, first.slot));
	vst_worker_leave(fixture->store, &first);
	assert_false(vst_worker_alive(other, 0));
	assert_ok(vst_worker_enter(other, &again, problem));
	assert_int_equal(again.slot, 0);
	assert_true(again.fence > third.fence);
	vst_worker_leave(fixture->store, &first); /* twice does nothing */
	assert_true(vst_worker_alive(fixture->store, 0));
	assert_false(vst_worker_alive(fixture->store, -1) || vst_worker_alive(fixture->store, VST_WORKER_SLOTS));
	vst_store_close(other);
	assert_false(vst_worker_alive(fixture->store, 0));
}

static void there_are_as_many_workers_as_slots(void **state)
{
	store_fixture *fixture = *state;
	vst_worker worker;

	store_reopen(fixture);
	for (int i = 0; i < VST_WORKER_SLOTS; i++) {
		assert_ok(vst_worker_enter(fixture->store, &worker, problem));
	}
	assert_fails(VST_E_BUSY, vst_worker_enter(fixture->store, &worker, problem));
}

/* A child that only drops its copy of the lock file takes no lock from its parent, and keeps none alive for it. */
static int forget_and_hang(store_fixture *fixture)
{
	vst_store_forget(fixture->store);
	if (write(ready_pipe[1], "r", 1) != 1) {
		return 1;
	}
	for (;;) {
		(void) pause();
	}
}

static void a_child_that_forgets_keeps_no_slot_alive(void **state)
{
	store_fixture *fixture = *state;
	vst_store *watcher;
	vst_worker worker;
	int status;
	char byte;
	pid_t child;

	store_reopen(fixture);
	watcher = store_open_again(fixture);
	assert_ok(vst_worker_enter(fixture->store, &worker, problem));
	assert_int_equal(pipe(ready_pipe), 0);
	child = in_child(forget_and_hang, fixture);
	assert_int_equal(read(ready_pipe[0], &byte, 1), 1);
	assert_true(vst_worker_alive(watcher, worker.slot));
	vst_store_close(fixture->store);
	fixture->store = NULL;
	assert_false(vst_worker_alive(watcher, worker.slot));
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	vst_store_close(watcher);
	assert_int_equal(close(ready_pipe[0]) | close(ready_pipe[1]), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(many_processes_lose_no_increment, store_setup_closed, store_teardown),
		cmocka_unit_test_setup_teardown(a_wait_ends_when_its_time_is_over, store_setup_closed, store_teardown),
		cmocka_unit_test_setup_teardown(being_stopped_ends_a_wait_but_not_at_once, store_setup_closed, store_teardown),
		cmocka_unit_test_setup_teardown(the_one_inside_sees_whether_someone_waits, store_setup_closed, store_teardown),
		cmocka_unit_test_setup_teardown(who_comes_back_stands_behind_who_waits, store_setup_closed, store_teardown),
		cmocka_unit_test_setup_teardown(a_writer_that_is_killed_leaves_nothing_behind, store_setup_closed,
	                                    store_teardown),
		cmocka_unit_test_setup_teardown(what_was_committed_survives_every_kill, store_setup_closed, store_teardown),
		cmocka_unit_test_setup_teardown(a_killed_worker_is_known_at_once, store_setup_closed, store_teardown),
		cmocka_unit_test_setup_teardown(workers_have_their_own_slot_and_ever_growing_fences, store_setup_closed,
	                                    store_teardown),
		cmocka_unit_test_setup_teardown(there_are_as_many_workers_as_slots, store_setup_closed, store_teardown),
		cmocka_unit_test_setup_teardown(a_child_that_forgets_keeps_no_slot_alive, store_setup_closed, store_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
