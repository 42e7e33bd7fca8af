/* "sqlite:/path/s.db?clock=manual": where a store is and what was fixed when it was made. */
#ifndef VST_STORE_DSN_H
#define VST_STORE_DSN_H

#include "store.h"

#define VST_PATH_LIMIT 480 /* leaves room for the suffixes of SQLite and of the lock file */

typedef struct vst_dsn {
	vst_str path; /* borrowed from the text */
	vst_clock_kind clock;
} vst_dsn;

vst_rc vst_dsn_parse(vst_str text, vst_dsn *out, vst_err *err) VST_CHECKED;

#endif
