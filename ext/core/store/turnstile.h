/* The lock file beside a store: the writers' turnstile and the workers' slots. */
#ifndef VST_STORE_TURNSTILE_H
#define VST_STORE_TURNSTILE_H

#include "base/env.h"
#include "base/result.h"

#define VST_WORKER_SLOTS 256

typedef struct vst_turnstile {
	int fd; /* -1: not open */
} vst_turnstile;

/* Creates the file with exactly `mode` when it does not exist. */
vst_rc vst_turnstile_open(vst_turnstile *turnstile, const char *path, int mode, vst_err *err) VST_CHECKED;
void vst_turnstile_close(vst_turnstile *turnstile);
/* VST_E_BUSY after wait_ms, VST_E_CANCELLED when should_stop said so (not at once: VST_STOP_GRACE_MS). */
vst_rc vst_turnstile_enter(const vst_turnstile *turnstile, const vst_env *env, int64_t wait_ms, vst_err *err)
	VST_CHECKED;
void vst_turnstile_leave(const vst_turnstile *turnstile);
/* Asked by the one who is inside. */
bool vst_turnstile_someone_waits(const vst_turnstile *turnstile);

bool vst_slot_take(const vst_turnstile *turnstile, int slot, bool *failed);
void vst_slot_give(const vst_turnstile *turnstile, int slot);
bool vst_slot_taken_elsewhere(const vst_turnstile *turnstile, int slot);

#endif
