/* CSV file → compiled file. The target is written beside its place, made durable, and put there by rename. */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "json.h"
#include "numbering_plan.h"

#define PATH_BYTES_MAX 4096
/* Public data, read by every process of the web server. */
#define FILE_MODE 0644

static vst_rc fail_system(const char *what, int code, vst_err *err)
{
	return vst_fail_native(err, VST_E_IO, VST_DOMAIN_SYSTEM, code, "numbering: %s: %s", what, strerror(code));
}

/* A whole regular file; VST_E_IO with errno in err->native. The caller frees the buffer, also after a failure. */
static vst_rc read_file(const char *path, size_t max, vst_buf *out, vst_err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat status;
	char *chunk = malloc(1 << 16);
	ssize_t got = 0;
	vst_rc rc = VST_OK;

	if (fd < 0 || fstat(fd, &status) != 0) {
		rc = fail_system("the file cannot be opened", errno, err);
	} else if (!S_ISREG(status.st_mode)) {
		rc = vst_fail(err, VST_E_INVALID, "numbering: not a regular file");
	} else if (chunk == NULL) {
		rc = vst_fail_nomem(err);
	}
	while (rc == VST_OK) {
		got = read(fd, chunk, 1 << 16);
		if (got <= 0 && !(got < 0 && errno == EINTR)) {
			break;
		}
		if (got > 0) {
			vst_buf_append(out, (vst_str) {chunk, (size_t) got});
		}
		if (out->failed) {
			rc = vst_fail_nomem(err);
		} else if (out->len > max) {
			rc = vst_fail(err, VST_E_INVALID, "csv: longer than %zu bytes", max);
		}
	}
	if (rc == VST_OK && got < 0) {
		rc = fail_system("the file cannot be read", errno, err);
	}
	if (fd >= 0) {
		(void) close(fd);
	}
	free(chunk);
	return rc;
}

/*
 * What would be replaced: nothing, or a plan. A half-empty new plan is more likely a broken download than a country
 * that gave back its numbers.
 */
static vst_rc check_target(const char *target, const vst_numbering_summary *summary, vst_err *err)
{
	vst_buf old = VST_BUF_INIT;
	vst_numbering before;
	vst_err problem = VST_ERR_INIT;
	vst_rc rc = read_file(target, VST_NUMBERING_CSV_MAX, &old, &problem);

	if (rc != VST_OK && problem.native == ENOENT) {
		vst_buf_free(&old);
		return VST_OK;
	}
	if (rc == VST_OK && vst_numbering_read(vst_buf_str(&old), &before, NULL) == VST_OK) {
		if (summary->numbers < before.numbers / 2) {
			rc = vst_fail(err, VST_E_INVALID,
			              "csv: %lld numbers, less than half of the present plan's; remove that file first if it is so",
			              (long long) summary->numbers);
		}
	} else if (rc == VST_OK && !vst_str_starts(vst_buf_str(&old), VST_STR("VSTPLAN\n")) && old.len > 0) {
		rc = vst_fail(err, VST_E_INVALID, "target: another kind of file, which is not overwritten");
	} else if (rc != VST_OK && err != NULL && err->rc == VST_OK) {
		*err = problem;
	}
	vst_buf_free(&old);
	return rc;
}

static vst_rc write_whole(int fd, vst_str data, vst_err *err)
{
	while (data.len > 0) {
		ssize_t written = write(fd, data.ptr, data.len);

		if (written < 0 && errno != EINTR) {
			return fail_system("the compiled plan cannot be written", errno, err);
		}
		if (written > 0) {
			data = (vst_str) {data.ptr + written, data.len - (size_t) written};
		}
	}
	return VST_OK;
}

static void sync_directory(const char *path)
{
	char directory[PATH_BYTES_MAX];
	const char *slash = strrchr(path, '/');
	size_t len = slash == NULL ? 0 : slash == path ? 1 : (size_t) (slash - path);
	int fd;

	memcpy(directory, path, len);
	directory[len] = '\0';
	fd = open(len > 0 ? directory : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) { /* not all file systems can; the plan is then as durable as they make it */
		(void) fsync(fd);
		(void) close(fd);
	}
}

static vst_rc replace(const char *target, vst_str image, const vst_env *env, vst_err *err)
{
	char name[PATH_BYTES_MAX + 32];
	uint64_t random = 0;
	vst_rc rc = VST_OK;
	int fd;

	if (!env->random(env->context, &random, sizeof random)) {
		return vst_fail(err, VST_E_IO, "numbering: no random bytes are available");
	}
	(void) snprintf(name, sizeof name, "%s.%016llx", target, (unsigned long long) random);
	fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0) {
		return fail_system("no file can be created beside the target", errno, err);
	}
	rc = write_whole(fd, image, err);
	if (rc == VST_OK && (fchmod(fd, FILE_MODE) != 0 || fsync(fd) != 0)) {
		rc = fail_system("the compiled plan cannot be made durable", errno, err);
	}
	if (close(fd) != 0 && rc == VST_OK) {
		rc = fail_system("the compiled plan cannot be made durable", errno, err);
	}
	if (rc == VST_OK && rename(name, target) != 0) {
		rc = fail_system("the compiled plan cannot be put in place", errno, err);
	}
	if (rc != VST_OK) {
		(void) unlink(name);
		return rc;
	}
	sync_directory(target);
	return VST_OK;
}

static vst_rc report(vst_str target, const vst_numbering_summary *summary, int64_t now, size_t bytes, json_t **out,
                     vst_err *err)
{
	vst_json json;

	vst_json_begin(&json);
	vst_json_set_text(&json, "path", target);
	vst_json_set_integer(&json, "bytes", (int64_t) bytes);
	vst_json_set_integer(&json, "imported", now);
	vst_json_set_integer(&json, "ranges", (int64_t) summary->ranges);
	vst_json_set_integer(&json, "numbers", summary->numbers);
	vst_json_set_integer(&json, "operators", (int64_t) summary->operators);
	vst_json_set_integer(&json, "territories", (int64_t) summary->territories);
	vst_json_set_integer(&json, "unknown_territories", (int64_t) summary->unknown_territories);
	vst_json_set_text(&json, "unknown_territory", summary->unknown_territory);
	return vst_json_end(&json, out, err);
}

vst_rc vst_numbering_import(vst_str csv, vst_str target, const vst_env *env, json_t **out, vst_err *err)
{
	int64_t now = env->now_ms(env->context) / 1000;
	char csv_path[PATH_BYTES_MAX], target_path[PATH_BYTES_MAX];
	vst_buf text = VST_BUF_INIT, image = VST_BUF_INIT;
	vst_numbering_summary summary;
	vst_rc rc;

	if (csv.len >= sizeof csv_path || target.len >= sizeof target_path) {
		return vst_fail(err, VST_E_INVALID, "numbering: a path is too long");
	}
	memcpy(csv_path, csv.ptr, csv.len);
	csv_path[csv.len] = '\0';
	memcpy(target_path, target.ptr, target.len);
	target_path[target.len] = '\0';
	if ((rc = read_file(csv_path, VST_NUMBERING_CSV_MAX, &text, err)) == VST_OK &&
	    (rc = vst_numbering_compile(vst_buf_str(&text), now, &image, &summary, err)) == VST_OK &&
	    (rc = check_target(target_path, &summary, err)) == VST_OK &&
	    (rc = replace(target_path, vst_buf_str(&image), env, err)) == VST_OK) {
		rc = report(target, &summary, now, image.len, out, err);
	}
	vst_buf_free(&text);
	vst_buf_free(&image);
	return rc;
}
