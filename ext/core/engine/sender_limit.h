/*
 * R30: how many messages a sender hands over to one operator in an hour and in a second. Each pair of sender and operator
 * has limits of its own; numbers whose operator is unknown share one. Read together and charged together, in the
 * transaction that claims the message. A message that must wait gets a turn of its own, so that a long queue does not
 * come back at every second.
 */
#ifndef VST_ENGINE_SENDER_LIMIT_H
#define VST_ENGINE_SENDER_LIMIT_H

#include "internal.h"
#include "limiter.h"

#define VST_SENDER_LIMITS 2 /* of the hour and of the second */

typedef struct vst_sender_limits {
	vst_str names[VST_SENDER_LIMITS], turn_names[VST_SENDER_LIMITS]; /* in the store, in the arena that was given */
	vst_limit limits[VST_SENDER_LIMITS];
	int64_t arrivals_us[VST_SENDER_LIMITS];
	int64_t turns_us[VST_SENDER_LIMITS]; /* the next turn to be given out; 0: one may go now */
	int64_t now_us;
	size_t count;
	int64_t until; /* when this message may try again, seconds; 0: now */
} vst_sender_limits;

/* sender may be NULL. The category has its own turns: a code does not queue up behind advertisements. */
vst_rc vst_sender_limits_read(vst_tx *tx, const vst_sender *sender, int64_t phone, vst_category category,
                              const vst_numbering *numbering, vst_arena *arena, vst_sender_limits *out, vst_err *err)
	VST_CHECKED;
/* One message goes. */
vst_rc vst_sender_limits_charge(vst_tx *tx, const vst_sender_limits *limits, vst_err *err) VST_CHECKED;
/* One message waits for `until`: the turn is taken. */
vst_rc vst_sender_limits_wait(vst_tx *tx, const vst_sender_limits *limits, vst_err *err) VST_CHECKED;

/*
 * For health: calls show for each of the sender's limits that were ever charged, with its name ("sender:Romashka:77…", no
 * operator: unknown) and the milliseconds until one more may go.
 */
typedef vst_rc (*vst_sender_limit_show)(void *context, const char *name, int64_t wait_ms, vst_err *err);
vst_rc vst_sender_limits_show(vst_tx *tx, const vst_sender *sender, const vst_numbering *numbering,
                              vst_sender_limit_show show, void *context, vst_err *err) VST_CHECKED;

#endif
