/* Which lanes of the queue may be worked on now, and how much. */
#ifndef VST_ENGINE_LANE_H
#define VST_ENGINE_LANE_H

#include "dispatch.h"
#include "limiter.h"

#define VST_LANES_MAX 128

typedef struct vst_lane_state {
	int64_t lane;
	int64_t first_due;
	vst_provider *provider; /* NULL: the provider left the settings, or none took the message yet */
	bool usable;            /* something is due and nothing stops it */
	int64_t retry_at;       /* when it may be looked at again, seconds; first_due when nothing stops it */
	vst_limit limit;
	int64_t arrival_us, available;
	const char *stopped_by; /* "held", "store_holds", "clock", "breaker", "limit"; NULL */
} vst_lane_state;

/* All lanes in the order of their priority. Never more than VST_LANES_MAX (3 categories × providers). */
vst_rc vst_lanes_read(vst_pass *pass, vst_tx *tx, vst_lane_state *lanes, size_t *count, vst_err *err) VST_CHECKED;
/* Why this store may not reach the provider: it holds, or its clock is not real. NULL: it may. */
const char *vst_place_stops(vst_pass *pass, vst_tx *tx, const vst_provider *provider);
vst_rc vst_lane_charge(vst_tx *tx, vst_lane_state *lane, int64_t count, vst_err *err) VST_CHECKED;

#endif
