/*
 * Rate limits: the generic cell rate algorithm (GCRA, ITU-T I.371) in integer microseconds, exact over processes
 * since its one number lives in the store. `count` messages at most in any `period_us`: a burst of a twentieth may go at
 * once, and the spacing is stretched by as much, so that burst and flow together never pass the count.
 */
#ifndef VST_ENGINE_LIMITER_H
#define VST_ENGINE_LIMITER_H

#include "base/result.h"

typedef struct vst_limit {
	int64_t spacing_us; /* 0: no limit */
	int64_t burst;      /* messages that may go at once after a rest */
} vst_limit;

vst_limit vst_limit_of(int64_t count, int64_t period_us);
/* From a rate in messages per 1,000 seconds; 0 or less: no limit. */
vst_limit vst_limit_of_rate(int64_t per_1000s);
/* How many may go now; INT64_MAX without a limit. */
int64_t vst_limit_available(vst_limit limit, int64_t arrival_us, int64_t now_us);
/* The stored number after `count` more went. */
int64_t vst_limit_charge(vst_limit limit, int64_t arrival_us, int64_t now_us, int64_t count);
/* Instant from which one more may go. */
int64_t vst_limit_next_us(vst_limit limit, int64_t arrival_us, int64_t now_us);

#endif
