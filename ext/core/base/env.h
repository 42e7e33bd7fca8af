/*
 * The environment table: all that the core may ask of the world. The binding fills it for PHP, tests fill it with a
 * scripted one. Inside a transaction only now_ms, monotonic_ns, random and should_stop are called; zone_load is
 * called only while no transaction is open, and what log gets inside one is buffered by the caller's side.
 */
#ifndef VST_BASE_ENV_H
#define VST_BASE_ENV_H

#include "result.h"
#include "str.h"
#include "zone.h"

typedef enum vst_log_level { VST_LOG_DEBUG, VST_LOG_NOTICE, VST_LOG_WARNING, VST_LOG_ERROR } vst_log_level;

typedef struct vst_env {
	void *context;
	int64_t (*now_ms)(void *context);                         /* wall clock, Unix milliseconds */
	int64_t (*monotonic_ns)(void *context);                   /* budgets, deadlines, leases of this host */
	bool (*random)(void *context, void *bytes, size_t count); /* cryptographic; false: none available */
	/* An IANA zone by name. VST_E_INVALID: no such zone. The caller owns *out. */
	vst_rc (*zone_load)(void *context, const char *name, vst_zone **out, vst_err *err);
	void (*log)(void *context, vst_log_level level, const char *text); /* no phone, text or secret in it */
	bool (*should_stop)(void *context); /* true: end a wait early; work already begun is finished */
} vst_env;

#endif
