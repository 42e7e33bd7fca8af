#define _GNU_SOURCE
#include "place.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#define FUSE_MAGIC 0x65735546L

/* File locks or shared memory of these do not hold between machines, or not at all. Magics: statfs(2). */
static const long network_magics[] = {
	0x6969L,     /* NFS */
	0x517BL,     /* SMB */
	0xFF534D42L, /* CIFS */
	0xFE534D42L, /* SMB2 */
	0x01021997L, /* 9P */
	0x73757245L, /* Coda */
	0x5346414FL, /* AFS */
	0x564cL,     /* NCP */
	0x00C36400L, /* Ceph */
	0x0BD00BD0L, /* Lustre */
	0x47504653L, /* GPFS */
	0x01161970L, /* GFS2 */
	0x7461636fL, /* OCFS2 */
	0x19830326L, /* BeeGFS */
};

static const char *const network_fuses[] = {
	"fuse.sshfs",     "fuse.glusterfs", "fuse.s3fs",     "fuse.rclone",   "fuse.ceph",      "fuse.ceph-fuse",
	"fuse.gcsfuse",   "fuse.juicefs",   "fuse.mfs",      "fuse.lizardfs", "fuse.davfs",     "fuse.davfs2",
	"fuse.curlftpfs", "fuse.goofys",    "fuse.mount-s3", "fuse.blobfuse", "fuse.blobfuse2", "fuse.seaweedfs",
	"fuse.moosefs",   "fuse.nfs",       "fuse.smbnetfs",
};

bool vst_filesystem_is_network(long magic)
{
	for (size_t i = 0; i < sizeof network_magics / sizeof *network_magics; i++) {
		/* f_type is a signed 32-bit word on some machines */
		if ((unsigned) magic == (unsigned) network_magics[i]) {
			return true;
		}
	}
	return false;
}

bool vst_fuse_is_network(vst_str type)
{
	for (size_t i = 0; i < sizeof network_fuses / sizeof *network_fuses; i++) {
		if (vst_str_is(type, network_fuses[i])) {
			return true;
		}
	}
	return false;
}

/* mountinfo: "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - fuse.sshfs user@host: rw" */
static bool mounted_as_network(dev_t device)
{
	FILE *mounts = fopen("/proc/self/mountinfo", "re");
	char line[4096];
	bool network = false;

	if (mounts == NULL) {
		return false;
	}
	while (!network && fgets(line, sizeof line, mounts) != NULL) {
		unsigned major_number, minor_number;
		const char *type = strstr(line, " - ");

		if (sscanf(line, "%*d %*d %u:%u", &major_number, &minor_number) == 2 &&
		    makedev(major_number, minor_number) == device && type != NULL) {
			type += 3;
			network = vst_fuse_is_network(vst_str_of(type, strcspn(type, " \n")));
		}
	}
	(void) fclose(mounts);
	return network;
}

vst_rc vst_place_is_local(const char *directory, vst_err *err)
{
	struct statfs system;
	struct stat status;
	bool network;

	if (statfs(directory, &system) != 0 || stat(directory, &status) != 0) {
		int code = errno;

		return vst_fail_native(err, VST_E_IO, VST_DOMAIN_SYSTEM, code, "directory of the store: %s", strerror(code));
	}
	network = vst_filesystem_is_network((long) system.f_type);
	if (!network && (unsigned) system.f_type == (unsigned) FUSE_MAGIC) {
		network = mounted_as_network(status.st_dev);
	}
	if (network) {
		return vst_fail(
			err, VST_E_DENIED,
			"the store lies on a network file system, whose locks do not protect it: move it to a local disk (%.120s)",
			directory);
	}
	return VST_OK;
}

char *vst_path_resolve(const char *path)
{
	char *head = strdup(path);
	char *real = NULL, *result = NULL;
	size_t cut = head != NULL ? strlen(head) : 0;

	while (head != NULL && (real = realpath(head, NULL)) == NULL) {
		while (cut > 0 && head[cut - 1] != '/') {
			cut--;
		}
		while (cut > 0 && head[cut - 1] == '/') {
			cut--;
		}
		head[cut] = '\0';
		if (cut == 0) {
			real = strdup("");
			break;
		}
	}
	if (real != NULL) {
		size_t size = strlen(real) + strlen(path + cut) + 1;

		result = malloc(size);
		if (result != NULL) {
			(void) snprintf(result, size, "%s%s", real, path + cut);
		}
	}
	free(real);
	free(head);
	return result;
}

vst_rc vst_place_is_private(const char *path, const char *document_root, vst_err *err)
{
	char *place = NULL, *root = NULL;
	size_t len;
	vst_rc rc = VST_OK;

	if (document_root[0] == '\0') {
		return VST_OK;
	}
	place = vst_path_resolve(path);
	root = vst_path_resolve(document_root);
	if (place == NULL || root == NULL) {
		rc = vst_fail_nomem(err);
		goto out;
	}
	len = strlen(root);
	while (len > 0 && root[len - 1] == '/') {
		len--;
	}
	if (strncmp(place, root, len) == 0 && (place[len] == '/' || place[len] == '\0')) {
		rc = vst_fail(err, VST_E_DENIED,
		              "the store lies under the document root, where the web server would hand it out: move it "
		              "elsewhere (%.120s)",
		              place);
	}
out:
	free(place);
	free(root);
	return rc;
}

static void read_machine(char *out, size_t size)
{
	int fd = open("/etc/machine-id", O_RDONLY | O_CLOEXEC);
	ssize_t count = 0;

	out[0] = '\0';
	if (fd < 0) {
		return;
	}
	count = read(fd, out, size - 1);
	(void) close(fd);
	out[count > 0 ? count : 0] = '\0';
	out[strcspn(out, "\r\n")] = '\0';
}

static int64_t birth_time(const char *path)
{
#ifdef STATX_BTIME
	struct statx status;

	if (statx(AT_FDCWD, path, 0, STATX_BTIME, &status) == 0 && (status.stx_mask & STATX_BTIME) != 0) {
		return (int64_t) status.stx_btime.tv_sec * 1000000000 + status.stx_btime.tv_nsec;
	}
#else
	(void) path;
#endif
	return 0;
}

vst_rc vst_place_of(const char *path, vst_place *out, vst_err *err)
{
	struct stat status;

	if (stat(path, &status) != 0) {
		int code = errno;

		return vst_fail_native(err, VST_E_IO, VST_DOMAIN_SYSTEM, code, "file of the store: %s", strerror(code));
	}
	out->device = (int64_t) status.st_dev;
	out->inode = (int64_t) status.st_ino;
	out->born = birth_time(path);
	read_machine(out->machine, sizeof out->machine);
	return VST_OK;
}

const char *vst_place_difference(const vst_place *stored, const vst_place *found)
{
	if (strcmp(stored->machine, found->machine) != 0) {
		return "machine";
	}
	if (stored->inode != found->inode) {
		return "inode";
	}
	if (stored->born != 0 && found->born != 0 && stored->born != found->born) {
		return "birth time of the file";
	}
	return NULL;
}
