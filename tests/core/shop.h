/*
 * A shop for engine tests: an engine over a real store in a directory of its own, with an environment whose clock and randomness
 * the test sets. It is Monday, 2026-11-23, 12:00 in Moscow when it opens.
 */
#ifndef VST_TESTS_SHOP_H
#define VST_TESTS_SHOP_H

#include "check.h"

#include "engine/engine.h"

#define SHOP_NOON INT64_C(1795424400) /* 2026-11-23T09:00:00Z */

struct shop {
	char directory[64], dsn[128];
	vst_env env;
	int64_t now_ms, monotonic_ns;
	uint64_t random;
	bool stop;
	vst_numbering_plan *numbering; /* borrowed; shop_reopen() takes notice of it */
	vst_engine *engine;
	vst_arena arena;
};

/* Opens with the settings `json`; NULL: one entity, one sender, the sandbox. */
void shop_open(struct shop *shop, const char *json);
void shop_reopen(struct shop *shop);
void shop_forked(struct shop *shop); /* in a forked child: an engine of its own */
void shop_close(struct shop *shop);  /* removes the directory */

void shop_advance(struct shop *shop, int64_t seconds);
/* Grants a complete consent to advertising, confirmed by code. */
void shop_consent(struct shop *shop, const char *phone);
/* A service message for order 15; fields may be changed before it is submitted. */
vst_submission shop_message(const char *phone, const char *text);
vst_submission shop_advertisement(const char *phone, const char *text); /* approved */
vst_receipt shop_submit(struct shop *shop, const vst_submission *message);
/* Runs slices until nothing more can be done now. */
vst_dispatch_result shop_dispatch(struct shop *shop);
/* The stored message as JSON; free it. */
json_t *shop_stored(struct shop *shop, vst_id id);
void assert_state(struct shop *shop, vst_id id, const char *state);
bool receipt_has(const vst_receipt *receipt, const char *code);

#define assert_ok(call, problem) \
	do { \
		vst_rc rc_ = (call); \
		if (rc_ != VST_OK) { \
			fail_msg("%s: %s", #call, (problem).text); \
		} \
	} while (0)

#endif
