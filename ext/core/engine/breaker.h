/*
 * A provider that is misconfigured, unreachable or over a limit of its own is left alone for a while, longer each time, and tried again with
 * one request. Stored as the fact "provider:<name>", so that all workers and health see it.
 */
#ifndef VST_ENGINE_BREAKER_H
#define VST_ENGINE_BREAKER_H

#include "store/tables.h"

typedef enum vst_breaker_cause {
	VST_BREAKER_NONE,
	VST_BREAKER_MISCONFIGURED,
	VST_BREAKER_UNREACHABLE,
	VST_BREAKER_LIMITED
} vst_breaker_cause;

typedef struct vst_breaker {
	vst_breaker_cause cause;
	int64_t since, until; /* Unix seconds; closed again from `until` on, for one request */
	int64_t failures;     /* in a row */
	char code[32];        /* the provider's own code, or ours */
} vst_breaker;

const char *vst_breaker_cause_name(vst_breaker_cause cause);
vst_rc vst_breaker_get(vst_tx *tx, vst_str provider, vst_breaker *out, vst_err *err) VST_CHECKED;
/* A request failed: opens at once, when unreachable after three in a row. at_least_s: the provider's own word, 0 none. */
vst_rc vst_breaker_fail(vst_tx *tx, vst_str provider, vst_breaker_cause cause, vst_str code, int64_t at_least_s,
                        vst_err *err) VST_CHECKED;
vst_rc vst_breaker_reset(vst_tx *tx, vst_str provider, vst_err *err) VST_CHECKED; /* writes only when not closed */

#endif
