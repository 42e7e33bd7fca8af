#define _POSIX_C_SOURCE 200809L
#include "numbering_plan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOOK_EVERY_NS INT64_C(1000000000)
#define PLAN_BYTES_MAX ((off_t) 1 << 30)

/* What a replaced file differs in, or one that may be read at last. */
typedef struct identity {
	dev_t device;
	ino_t inode;
	off_t size;
	struct timespec changed;
} identity;

struct vst_numbering_plan {
	const vst_env *env;
	char *path;
	int64_t looked_ns; /* monotonic; 0: never */
	bool exists;
	identity seen; /* of the file that was tried last, sound or not */
	void *mapping; /* NULL: no plan */
	size_t mapped;
	vst_numbering numbering;
	vst_err problem;
};

vst_rc vst_numbering_plan_new(vst_str path, const vst_env *env, vst_numbering_plan **out, vst_err *err)
{
	vst_numbering_plan *plan = calloc(1, sizeof *plan);

	if (plan != NULL) {
		plan->path = malloc(path.len + 1);
	}
	if (plan == NULL || plan->path == NULL) {
		free(plan);
		return vst_fail_nomem(err);
	}
	memcpy(plan->path, path.ptr, path.len);
	plan->path[path.len] = '\0';
	plan->env = env;
	*out = plan;
	return VST_OK;
}

static void unmap(vst_numbering_plan *plan)
{
	if (plan->mapping != NULL) {
		(void) munmap(plan->mapping, plan->mapped);
	}
	plan->mapping = NULL;
	plan->mapped = 0;
}

void vst_numbering_plan_free(vst_numbering_plan *plan)
{
	if (plan != NULL) {
		unmap(plan);
		free(plan->path);
		free(plan);
	}
}

vst_str vst_numbering_plan_path(const vst_numbering_plan *plan)
{
	return vst_str_from(plan->path);
}

static identity identity_of(const struct stat *status)
{
	return (identity) {status->st_dev, status->st_ino, status->st_size, status->st_ctim};
}

static bool same(const identity *a, const identity *b)
{
	return a->device == b->device && a->inode == b->inode && a->size == b->size &&
	       a->changed.tv_sec == b->changed.tv_sec && a->changed.tv_nsec == b->changed.tv_nsec;
}

static vst_rc fail_system(const char *what, vst_err *err)
{
	return vst_fail_native(err, VST_E_IO, VST_DOMAIN_SYSTEM, errno, "%s: %s", what, strerror(errno));
}

/* Takes the file over when it is sound; else the plan stays what it was. */
static vst_rc load(vst_numbering_plan *plan, vst_err *err)
{
	int fd = open(plan->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	vst_numbering numbering;
	void *mapping = MAP_FAILED;
	struct stat status;
	size_t size = 0;
	vst_rc rc = VST_OK;

	if (fd < 0 || fstat(fd, &status) != 0) {
		rc = fail_system("the numbering plan cannot be opened", err);
		goto out;
	}
	plan->seen = identity_of(&status);
	if (!S_ISREG(status.st_mode) || status.st_size <= 0 || status.st_size > PLAN_BYTES_MAX) {
		rc = vst_fail(err, VST_E_CORRUPT, "not a compiled numbering plan");
		goto out;
	}
	size = (size_t) status.st_size;
	mapping = mmap(NULL, size, PROT_READ, MAP_SHARED, fd, 0);
	if (mapping == MAP_FAILED) {
		rc = fail_system("the numbering plan cannot be mapped", err);
		goto out;
	}
	rc = vst_numbering_read((vst_str) {mapping, size}, &numbering, err);
	if (rc == VST_OK) {
		unmap(plan);
		plan->mapping = mapping;
		plan->mapped = size;
		plan->numbering = numbering;
		mapping = MAP_FAILED;
	}
out:
	if (mapping != MAP_FAILED) {
		(void) munmap(mapping, size);
	}
	if (fd >= 0) {
		(void) close(fd);
	}
	return rc;
}

static void look(vst_numbering_plan *plan)
{
	struct stat status;
	identity now;

	if (stat(plan->path, &status) != 0) {
		plan->exists = false; /* whatever is there later is new */
		vst_err_clear(&plan->problem);
		if (errno == ENOENT || errno == ENOTDIR) {
			unmap(plan);
		} else {
			(void) fail_system("the numbering plan cannot be looked at", &plan->problem);
		}
		return;
	}
	now = identity_of(&status);
	if (plan->exists && same(&now, &plan->seen)) {
		return;
	}
	plan->exists = true;
	vst_err_clear(&plan->problem);
	if (load(plan, &plan->problem) != VST_OK) {
		char words[sizeof plan->problem.text + 64];

		plan->seen = now;
		(void) snprintf(words, sizeof words, "the file of vestnik.numbering is passed over: %s", plan->problem.text);
		plan->env->log(plan->env->context, VST_LOG_WARNING, words);
	}
}

const vst_numbering *vst_numbering_plan_current(vst_numbering_plan *plan)
{
	int64_t now = plan->env->monotonic_ns(plan->env->context);

	if (plan->looked_ns == 0 || now - plan->looked_ns >= LOOK_EVERY_NS) {
		plan->looked_ns = now > 0 ? now : 1;
		look(plan);
	}
	return vst_numbering_plan_seen(plan);
}

const vst_numbering *vst_numbering_plan_seen(const vst_numbering_plan *plan)
{
	return plan != NULL && plan->mapping != NULL ? &plan->numbering : NULL;
}

const char *vst_numbering_plan_problem(const vst_numbering_plan *plan)
{
	return plan->problem.text;
}
