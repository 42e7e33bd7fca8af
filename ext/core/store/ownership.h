/* Files of a store belong to one user: who may open them, and making the directory. */
#ifndef VST_STORE_OWNERSHIP_H
#define VST_STORE_OWNERSHIP_H

#include <stddef.h>

#include "base/result.h"

/*
 * May this process use the store at `path`, or create it there? VST_E_DENIED names both users and the command that
 * helps; root is refused like anybody else, since files it made would lock the owner out. With a group mode (0660) a
 * member of the file's group may.
 */
vst_rc vst_ownership_check(const char *path, int file_mode, vst_err *err) VST_CHECKED;
/* The directory of `path` and what is missing above it, mode 0700 or what file_mode implies. */
vst_rc vst_directory_make(const char *path, int file_mode, vst_err *err) VST_CHECKED;
/* Malloced directory part of an absolute path; NULL: out of memory. */
char *vst_directory_of(const char *path);
void vst_user_name(unsigned uid, char *out, size_t size); /* "uid 1234" when it has no name */

#endif
