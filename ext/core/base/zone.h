/*
 * Time zones as plain data: the transitions of one IANA zone, copied into core memory before a transaction begins.
 * Instants are Unix seconds, offsets seconds east of UTC.
 */
#ifndef VST_BASE_ZONE_H
#define VST_BASE_ZONE_H

#include "result.h"
#include "str.h"

typedef struct vst_transition {
	int64_t at;     /* the offset holds from this instant on */
	int32_t offset; /* seconds east of UTC */
} vst_transition;

typedef struct vst_zone {
	char name[64];
	vst_transition *transitions; /* ascending by `at`; the first also holds before its instant */
	size_t count;                /* at least 1 */
} vst_zone;

/* Takes ownership of nothing: copies the transitions. VST_E_INVALID when count is 0 or the order is wrong. */
vst_rc vst_zone_new(const char *name, const vst_transition *transitions, size_t count, vst_zone **out, vst_err *err)
	VST_CHECKED;
void vst_zone_free(vst_zone *zone);
int32_t vst_zone_offset(const vst_zone *zone, int64_t at);
/* First instant after `at` at which the offset changes; INT64_MAX when none is known. */
int64_t vst_zone_next_change(const vst_zone *zone, int64_t at);

#endif
