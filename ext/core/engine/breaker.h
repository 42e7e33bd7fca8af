/*
 * A provider that is misconfigured or unreachable is left alone for a while, longer each time, and tried again with
 * one request. Stored as the fact "provider:<name>", so that all workers and health see it.
 */
#ifndef VST_ENGINE_BREAKER_H
#define VST_ENGINE_BREAKER_H

#include "store/tables.h"

typedef enum vst_breaker_cause {
	VST_BREAKER_NONE,
	VST_BREAKER_MISCONFIGURED,
	VST_BREAKER_UNREACHABLE
} vst_breaker_cause;

typedef struct vst_breaker {
	vst_breaker_cause cause;
	int64_t since, until; /* Unix seconds; closed again from `until` on, for one request */
	int64_t failures;     /* in a row */
	char code[32];        /* the provider's own code, or ours */
} vst_breaker;

vst_rc vst_breaker_get(vst_tx *tx, vst_str provider, vst_breaker *out, vst_err *err) VST_CHECKED;
/* A request failed: opens at once when misconfigured, after three in a row when unreachable. */
vst_rc vst_breaker_fail(vst_tx *tx, vst_str provider, vst_breaker_cause cause, vst_str code, vst_err *err) VST_CHECKED;
vst_rc vst_breaker_reset(vst_tx *tx, vst_str provider, vst_err *err) VST_CHECKED; /* writes only when not closed */

#endif
