#define _GNU_SOURCE
#include "ownership.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"

void vst_user_name(unsigned uid, char *out, size_t size)
{
	struct passwd entry, *found = NULL;
	char memory[4096];

	if (getpwuid_r((uid_t) uid, &entry, memory, sizeof memory, &found) == 0 && found != NULL) {
		(void) snprintf(out, size, "%s", found->pw_name);
	} else {
		(void) snprintf(out, size, "uid %u", uid);
	}
}

char *vst_directory_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash != NULL ? (size_t) (slash - path) : 0;
	char *directory = malloc(len + 2);

	if (directory != NULL) {
		memcpy(directory, path, len);
		memcpy(directory + len, len == 0 ? "/" : "", len == 0 ? 2 : 1);
	}
	return directory;
}

static bool in_group(gid_t group)
{
	int count = getgroups(0, NULL);
	gid_t *groups = count > 0 ? calloc((size_t) count, sizeof *groups) : NULL;
	bool found = group == getegid();

	count = groups != NULL ? getgroups(count, groups) : 0;
	for (int i = 0; i < count; i++) {
		found = found || groups[i] == group;
	}
	free(groups);
	return found;
}

static vst_rc refuse(const char *what, uid_t owner, const char *path, vst_err *err)
{
	char owner_name[64], own_name[64];

	vst_user_name((unsigned) owner, owner_name, sizeof owner_name);
	vst_user_name((unsigned) geteuid(), own_name, sizeof own_name);
	if (strncmp(owner_name, "uid ", 4) == 0) {
		return vst_fail(err, VST_E_DENIED,
		                "%s belongs to %s, this process runs as %s: run it as that user, sudo -u '#%u' … (%.100s)",
		                what, owner_name, own_name, (unsigned) owner, path);
	}
	return vst_fail(err, VST_E_DENIED,
	                "%s belongs to %s, this process runs as %s: run it as that user, sudo -u %s … (%.100s)", what,
	                owner_name, own_name, owner_name, path);
}

static vst_rc check_directory(const char *path, vst_err *err)
{
	struct stat status;
	char *directory = vst_directory_of(path);
	vst_rc rc = VST_OK;

	if (directory == NULL) {
		return vst_fail_nomem(err);
	}
	/* Anybody else without the right to write there fails by himself; root would not. */
	if (geteuid() == 0 && stat(directory, &status) == 0 && status.st_uid != 0) {
		rc = refuse("the directory of the store", status.st_uid, directory, err);
	}
	free(directory);
	return rc;
}

vst_rc vst_ownership_check(const char *path, int file_mode, vst_err *err)
{
	struct stat status;

	if (stat(path, &status) != 0) {
		int code = errno;

		if (code == ENOENT) {
			return check_directory(path, err);
		}
		return vst_fail_native(err, VST_E_IO, VST_DOMAIN_SYSTEM, code, "file of the store: %s (%.120s)", strerror(code),
		                       path);
	}
	if (!S_ISREG(status.st_mode)) {
		return vst_fail(err, VST_E_IO, "the store is not a regular file (%.120s)", path);
	}
	if (status.st_nlink > 1) {
		/* each name would have a log of its own beside it */
		return vst_fail(err, VST_E_IO, "the file of the store has several names: remove its other hard links (%.120s)",
		                path);
	}
	if (status.st_uid == geteuid()) {
		return VST_OK;
	}
	if ((file_mode & 0060) == 0060 && (status.st_mode & 0060) == 0060 && in_group(status.st_gid)) {
		return VST_OK;
	}
	return refuse("the store", status.st_uid, path, err);
}

static vst_rc make_one(const char *directory, mode_t mode, vst_err *err)
{
	int code;

	if (mkdir(directory, mode) == 0) {
		if (chmod(directory, mode) == 0) { /* the umask may have taken bits of a group mode */
			return VST_OK;
		}
	} else if (errno == EEXIST) {
		return VST_OK;
	}
	code = errno;
	return vst_fail_native(err, VST_E_IO, VST_DOMAIN_SYSTEM, code, "directory of the store: %s (%.120s)",
	                       strerror(code), directory);
}

vst_rc vst_directory_make(const char *path, int file_mode, vst_err *err)
{
	/* with a group, what is made inside belongs to the directory's */
	mode_t mode = (mode_t) ((file_mode & 0040) != 0 ? 02770 : 0700);
	struct stat status;
	char *directory = vst_directory_of(path);
	vst_rc rc = VST_OK;

	if (directory == NULL) {
		return vst_fail_nomem(err);
	}
	if (stat(directory, &status) == 0) {
		free(directory);
		return VST_OK;
	}
	for (char *at = directory + 1; rc == VST_OK && *at != '\0'; at++) {
		if (*at == '/') {
			*at = '\0';
			if (stat(directory, &status) != 0) {
				rc = make_one(directory, mode, err);
			}
			*at = '/';
		}
	}
	if (rc == VST_OK) {
		rc = make_one(directory, mode, err);
	}
	free(directory);
	return rc;
}
