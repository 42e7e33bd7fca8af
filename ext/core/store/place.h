/* Where a store lies: what tells a moved or copied file from the one it was, and which places are refused. */
#ifndef VST_STORE_PLACE_H
#define VST_STORE_PLACE_H

#include <sys/types.h>

#include "base/result.h"
#include "base/str.h"

/*
 * A restored file may get the inode that its predecessor had, so the file's birth time counts too where the file
 * system knows it.
 */
typedef struct vst_place {
	int64_t device; /* of this boot; not stored */
	int64_t inode;
	int64_t born;     /* nanoseconds, 0 unknown */
	char machine[64]; /* /etc/machine-id, "" none */
} vst_place;

/* The real path of the deepest part that exists, with the rest put behind it. Malloced; NULL: out of memory. */
char *vst_path_resolve(const char *path);
vst_rc vst_place_of(const char *path, vst_place *out, vst_err *err) VST_CHECKED;
/* "inode", "machine" …: the first difference; NULL when it is the same place. */
const char *vst_place_difference(const vst_place *stored, const vst_place *found);

/* By the magic of statfs(2). */
bool vst_filesystem_is_network(long magic);
/* By the type in mountinfo, "fuse.sshfs": the file systems in user space that are networks. */
bool vst_fuse_is_network(vst_str type);
/* VST_E_DENIED when the directory lies on a network file system. */
vst_rc vst_place_is_local(const char *directory, vst_err *err) VST_CHECKED;
/* VST_E_DENIED when the path lies under the document root; neither need exist. "" is no root. */
vst_rc vst_place_is_private(const char *path, const char *document_root, vst_err *err) VST_CHECKED;

#endif
