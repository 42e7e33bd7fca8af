/*
 * Two bytes of the lock file. Take A, take B, release A, work, release B: whoever holds A is next, and a busy writer
 * that comes back finds A taken and stands behind. SQLite's own waiting knows no order; beside a busy worker a page
 * hit starves there.
 *
 * Locks are OFD locks: they belong to the open file, so threads exclude each other too and closing another descriptor
 * of the same file loses nothing. The kernel drops them when the process dies, however it dies.
 *
 * Fork: parent and child share the open file, so both hold what was held. The child neither unlocks nor uses it; while
 * it keeps the descriptor a dead parent's locks live on. vst_store_forget() closes the child's copy, which releases
 * nothing of the parent's, and exec does by itself (O_CLOEXEC).
 *
 * The wait polls with F_OFD_SETLK. F_OFD_SETLKW could not be ended: it ignores should_stop, is restarted after signals
 * whose handlers were installed with SA_RESTART (PHP's are), and knows no time-out, so one stopped process (Ctrl-Z in
 * a transaction) would hang every page of a shop. Polling costs little here, since A is held by one process only, for
 * no longer than one transaction: the holder of A polls B finely and gets it within about 0.1 ms after its release,
 * the others poll A more coarsely.
 */
#define _GNU_SOURCE
#include "turnstile.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "sql.h"

enum { BYTE_A = 0, BYTE_B = 1, BYTE_SLOTS = 1000 };

/* Sleeps between two tries, nanoseconds: they grow from the first to the last. */
enum { SLEEP_FIRST = 20000, SLEEP_LAST_A = 400000, SLEEP_LAST_B = 100000 };

/* 0, or errno */
static int set_lock(int fd, int byte, short type)
{
	struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};

	while (fcntl(fd, F_OFD_SETLK, &lock) != 0) {
		if (errno != EINTR) {
			return errno;
		}
	}
	return 0;
}

static bool held_elsewhere(int fd, int byte)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};

	return fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

vst_rc vst_turnstile_open(vst_turnstile *turnstile, const char *path, int mode, vst_err *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd >= 0 && fchmod(fd, (mode_t) mode) != 0) {
		int code = errno;

		(void) close(fd);
		return vst_fail_native(err, VST_E_IO, VST_DOMAIN_SYSTEM, code, "lock file of the store: %s", strerror(code));
	}
	if (fd < 0 && errno == EEXIST) {
		fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	}
	if (fd < 0) {
		int code = errno;

		return vst_fail_native(err, VST_E_IO, VST_DOMAIN_SYSTEM, code, "lock file of the store: %s", strerror(code));
	}
	turnstile->fd = fd;
	return VST_OK;
}

void vst_turnstile_close(vst_turnstile *turnstile)
{
	if (turnstile->fd >= 0) {
		(void) close(turnstile->fd);
		turnstile->fd = -1;
	}
}

typedef struct patience {
	const vst_env *env;
	int64_t began_ns, stop_seen_ns;
	int64_t wait_ms;
} patience;

static vst_rc still_patient(patience *wait, vst_err *err)
{
	int64_t now = wait->env->monotonic_ns(wait->env->context);

	if (wait->began_ns == 0) {
		wait->began_ns = now;
	}
	if (wait->stop_seen_ns == 0 && vst_env_stops(wait->env)) {
		wait->stop_seen_ns = now;
	}
	if (wait->stop_seen_ns != 0 && (now - wait->stop_seen_ns) / 1000000 >= VST_STOP_GRACE_MS) {
		return vst_fail(err, VST_E_CANCELLED, "stopped while waiting for the store");
	}
	if ((now - wait->began_ns) / 1000000 >= wait->wait_ms) {
		return vst_fail(err, VST_E_BUSY, "the store was busy for %d s", (int) (wait->wait_ms / 1000));
	}
	return VST_OK;
}

static vst_rc take(int fd, int byte, long sleep_last, patience *wait, vst_err *err)
{
	struct timespec sleep = {0, SLEEP_FIRST};
	int code;

	while ((code = set_lock(fd, byte, F_WRLCK)) != 0) {
		vst_rc rc;

		if (code != EAGAIN && code != EACCES) {
			return vst_fail_native(err, VST_E_IO, VST_DOMAIN_SYSTEM, code, "lock of the store: %s", strerror(code));
		}
		rc = still_patient(wait, err);
		if (rc != VST_OK) {
			return rc;
		}
		(void) nanosleep(&sleep, NULL);
		sleep.tv_nsec = sleep.tv_nsec * 3 / 2 < sleep_last ? sleep.tv_nsec * 3 / 2 : sleep_last;
	}
	return VST_OK;
}

vst_rc vst_turnstile_enter(const vst_turnstile *turnstile, const vst_env *env, int64_t wait_ms, vst_err *err)
{
	patience wait = {env, 0, 0, wait_ms};
	vst_rc rc = take(turnstile->fd, BYTE_A, SLEEP_LAST_A, &wait, err);

	if (rc != VST_OK) {
		return rc;
	}
	rc = take(turnstile->fd, BYTE_B, SLEEP_LAST_B, &wait, err);
	(void) set_lock(turnstile->fd, BYTE_A, F_UNLCK);
	return rc;
}

void vst_turnstile_leave(const vst_turnstile *turnstile)
{
	(void) set_lock(turnstile->fd, BYTE_B, F_UNLCK);
}

bool vst_turnstile_someone_waits(const vst_turnstile *turnstile)
{
	return held_elsewhere(turnstile->fd, BYTE_A);
}

bool vst_slot_take(const vst_turnstile *turnstile, int slot, bool *failed)
{
	int code = set_lock(turnstile->fd, BYTE_SLOTS + slot, F_WRLCK);

	*failed = code != 0 && code != EAGAIN && code != EACCES;
	return code == 0;
}

void vst_slot_give(const vst_turnstile *turnstile, int slot)
{
	(void) set_lock(turnstile->fd, BYTE_SLOTS + slot, F_UNLCK);
}

bool vst_slot_taken_elsewhere(const vst_turnstile *turnstile, int slot)
{
	return held_elsewhere(turnstile->fd, BYTE_SLOTS + slot);
}
