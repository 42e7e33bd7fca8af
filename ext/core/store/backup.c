#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "handle.h"
#include "ownership.h"

/* The copy is marked: a restored file may lie at the old place with the old inode, and holds all the same. */
static const char mark_copy[] = "UPDATE vst_version SET hold = 1 WHERE id = 1 AND hold = 0";

static vst_rc system_problem(const char *path, int code, vst_err *err)
{
	return vst_fail_native(err, VST_E_IO, VST_DOMAIN_SYSTEM, code, "backup: %s (%.120s)", strerror(code), path);
}

static vst_rc create_empty(const char *path, int mode, vst_err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	int code = fd < 0 ? errno : 0;

	if (fd >= 0) {
		if (fchmod(fd, (mode_t) mode) != 0) {
			code = errno;
			(void) unlink(path);
		}
		(void) close(fd);
	}
	if (code == EEXIST) {
		return vst_fail(err, VST_E_INVALID, "backup: the target exists already (%.120s)", path);
	}
	return code != 0 ? system_problem(path, code, err) : VST_OK;
}

/* The file and the name of it: a copy that is gone after a power cut is none. */
static vst_rc sync_file(const char *path, int64_t *bytes, vst_err *err)
{
	char *directory = vst_directory_of(path);
	const char *const paths[] = {path, directory};
	struct stat status = {0};
	int code = 0;

	if (directory == NULL) {
		return vst_fail_nomem(err);
	}
	for (int i = 0; i < 2 && code == 0; i++) {
		int fd = open(paths[i], O_RDONLY | O_CLOEXEC);

		if (fd < 0 || fsync(fd) != 0 || (i == 0 && fstat(fd, &status) != 0)) {
			code = errno;
		}
		if (fd >= 0) {
			(void) close(fd);
		}
	}
	free(directory);
	if (code != 0) {
		return system_problem(path, code, err);
	}
	*bytes = (int64_t) status.st_size;
	return VST_OK;
}

static void remove_copy(const char *path)
{
	static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
	char name[600];

	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		(void) snprintf(name, sizeof name, "%s%s", path, suffixes[i]);
		(void) unlink(name);
	}
}

vst_rc vst_store_backup(vst_store *store, vst_str target, int64_t *bytes, vst_err *err)
{
	char path[512];
	vst_rc rc = vst_store_usable(store, err);

	if (rc != VST_OK) {
		return rc;
	}
	if (target.len == 0 || target.ptr[0] != '/' || target.len >= sizeof path - 16 ||
	    memchr(target.ptr, '\0', target.len) != NULL) {
		return vst_fail(err, VST_E_INVALID,
		                "backup: the target must be an absolute path to a file that does not exist");
	}
	memcpy(path, target.ptr, target.len);
	path[target.len] = '\0';
	rc = vst_place_is_private(path, store->document_root, err);
	if (rc == VST_OK) {
		rc = create_empty(path, store->file_mode, err);
	}
	if (rc != VST_OK) {
		return rc;
	}
	rc = store->driver->backup(store->sql, path, mark_copy, err);
	if (rc == VST_OK) {
		rc = sync_file(path, bytes, err);
	}
	if (rc != VST_OK) {
		remove_copy(path);
	}
	return rc;
}
