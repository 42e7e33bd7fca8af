/*
 * The engine joins the rooms: a handle with the store, the settings, the zones and the wire of one process. What the
 * PHP functions do, in C structs and JSON; the binding only converts. Not thread-safe: one handle a thread.
 *
 * Functions that take or give json_t: input is borrowed; *out is new and belongs to the caller. Problems of input are
 * VST_E_INVALID (\ValueError) or VST_E_TYPE (\TypeError). Instants in JSON are Unix seconds.
 */
#ifndef VST_ENGINE_ENGINE_H
#define VST_ENGINE_ENGINE_H

#include <jansson.h>

#include "base/arena.h"
#include "base/env.h"
#include "base/id.h"
#include "base/model.h"
#include "gateway/gateway.h"
#include "law/law.h"
#include "numbering_plan.h"
#include "store/store.h"

#define VST_VERSION "0.1.0"

typedef struct vst_engine vst_engine;

typedef struct vst_engine_options {
	vst_store_options store;
	vst_str ini_path; /* shown in the heartbeat and health */
	vst_str user;     /* name of the process's user */
	/* Borrowed for the engine's life; NULL: none, and every number's zone is unknown unless the message says it. */
	vst_numbering_plan *numbering;
} vst_engine_options;

/* env is borrowed for the engine's life. */
vst_rc vst_engine_open(const vst_engine_options *options, const vst_env *env, vst_engine **out, vst_err *err)
	VST_CHECKED;
/* Own handles only. What is in flight is dropped: call vst_engine_drain before. */
void vst_engine_close(vst_engine *engine);
/* In a forked child, once, for an inherited handle: it is then kept, never used and never closed. */
void vst_engine_forget(vst_engine *engine);
bool vst_engine_is_mine(const vst_engine *engine);    /* not inherited over a fork */
bool vst_engine_is_current(const vst_engine *engine); /* the store's file was not replaced */

/* ---- settings and the store's life ---- */
vst_rc vst_engine_configure(vst_engine *engine, const json_t *settings, vst_err *err) VST_CHECKED;
vst_rc vst_engine_settings(vst_engine *engine, json_t **out, vst_err *err) VST_CHECKED; /* masked, with `version` */
vst_rc vst_engine_backup(vst_engine *engine, vst_str target, json_t **out, vst_err *err) VST_CHECKED;
/* {id, document_root, database} */
vst_rc vst_engine_bind(vst_engine *engine, const json_t *installation, vst_err *err) VST_CHECKED;
vst_rc vst_engine_answer(vst_engine *engine, vst_str is, json_t **out, vst_err *err) VST_CHECKED;
/* Needs no open engine. */
vst_rc vst_engine_migrate(const vst_engine_options *options, const vst_env *env, json_t **out, vst_err *err)
	VST_CHECKED;
vst_rc vst_engine_clock(vst_engine *engine, int64_t now, vst_err *err) VST_CHECKED;
vst_rc vst_engine_health(vst_engine *engine, json_t **out, vst_err *err) VST_CHECKED;

/* ---- messages ---- */

/* A message as the caller gave it. Strings are borrowed; "" and 0 mean not given, unless a flag says otherwise. */
typedef struct vst_submission {
	vst_str phone, category, text, template_text;
	bool has_text, has_template;
	const vst_pair *vars; /* names and values as text */
	size_t var_count;
	vst_str entity, sender, provider, key, timezone, region, campaign, scenario, order_number, basis, site, customer;
	vst_str approved_by;
	bool has_key, has_priority;
	int64_t not_before, valid_until, offer_until;
	int64_t priority; /* 0 to VST_PRIORITY_MAX */
	const vst_str *tags;
	size_t tag_count;
	const vst_str *acknowledged;
	size_t acknowledged_count;
	const vst_str *links; /* that belong to the order */
	size_t link_count;
	bool debt;
} vst_submission;

#define VST_TEXT_CHARACTERS_MAX 10000
#define VST_KEY_BYTES_MAX 191

typedef struct vst_receipt {
	vst_decision decision;
	const char *const *timezones; /* names, in the arena; NULL-terminated, empty when unknown */
	bool stored;                  /* false after vst_engine_check: id and state mean nothing */
	vst_id id;
	vst_state state;
	bool duplicate; /* the decision is that of the first message, as far as it was kept */
	/* Of a duplicate: the first message's stored findings as JSON, instead of decision.findings. */
	vst_str findings_json;
} vst_receipt;

/* The receipt lives in the arena and in the strings of the submission. */
vst_rc vst_engine_check(vst_engine *engine, const vst_submission *message, vst_arena *arena, vst_receipt *out,
                        vst_err *err) VST_CHECKED;
vst_rc vst_engine_submit(vst_engine *engine, const vst_submission *message, vst_arena *arena, vst_receipt *out,
                         vst_err *err) VST_CHECKED;

/*
 * A batch: the caller pulls a window of at most VST_BATCH_WINDOW messages with nothing open, hands it over, pulls the
 * next. Counts add up over the windows of one batch. A bad row is counted in `invalid`, not an error.
 */
#define VST_BATCH_WINDOW 65536
typedef struct vst_batch vst_batch;
vst_rc vst_batch_new(vst_engine *engine, vst_batch **out, vst_err *err) VST_CHECKED;
void vst_batch_free(vst_batch *batch);
/* Copies the message. A row the binding itself could not read: vst_batch_invalid with words. */
vst_rc vst_batch_add(vst_batch *batch, const vst_submission *message, vst_err *err) VST_CHECKED;
vst_rc vst_batch_invalid(vst_batch *batch, vst_str words, vst_err *err) VST_CHECKED;
bool vst_batch_full(const vst_batch *batch);
/* Decides, sorts by person, writes in transactions of at most 1,000 rows. Empties the window. */
vst_rc vst_batch_flush(vst_batch *batch, vst_err *err) VST_CHECKED;
/* {total, send, defer, refuse, duplicate, invalid, codes: {code: n}, errors: [{index, reason}] (first 100)} */
vst_rc vst_batch_result(vst_batch *batch, json_t **out, vst_err *err) VST_CHECKED;

/* *out is JSON null when there is none (also when the id's random part does not match). */
vst_rc vst_engine_message(vst_engine *engine, vst_str id, json_t **out, vst_err *err) VST_CHECKED;
/* All lists: {items, next}. */
vst_rc vst_engine_message_list(vst_engine *engine, const json_t *filter, int64_t limit, vst_str after, json_t **out,
                               vst_err *err) VST_CHECKED;
vst_rc vst_engine_message_count(vst_engine *engine, const json_t *filter, int64_t stop_at, int64_t *out, vst_err *err)
	VST_CHECKED;
/* An empty filter is refused (VST_E_INVALID): nobody cancels everything by a slip. */
vst_rc vst_engine_cancel(vst_engine *engine, const json_t *filter, int64_t *changed, vst_err *err) VST_CHECKED;
vst_rc vst_engine_hold(vst_engine *engine, const json_t *filter, bool hold, int64_t *changed, vst_err *err)
	VST_CHECKED; /* hold false: release */

typedef struct vst_dispatch_result {
	int64_t sent;    /* handed to a provider in this slice (intent stored, body released) */
	int64_t settled; /* outcomes stored in this slice */
	int64_t claimed, expired, recovered, in_doubt;
	int64_t in_flight; /* messages still with this process when the slice ended */
	int64_t next_due;  /* earliest instant at which something becomes due; INT64_MAX: nothing waits */
	bool idle;         /* nothing could be done */
} vst_dispatch_result;

/* One slice of at most budget_ms; returns at once when there is nothing to do and nothing in flight. */
vst_rc vst_engine_dispatch(vst_engine *engine, int64_t budget_ms, bool drain, vst_dispatch_result *out, vst_err *err)
	VST_CHECKED;
/* At the end of a process or PHP request: drains for at most the provider's timeout, then leaves the worker slot. */
vst_rc vst_engine_drain(vst_engine *engine, vst_err *err) VST_CHECKED;

/* {reply: {status, body}, events: n} */
vst_rc vst_engine_receive(vst_engine *engine, vst_str provider, const vst_webhook *webhook, json_t **out, vst_err *err)
	VST_CHECKED;

/* ---- consent and stop list ---- */
vst_rc vst_engine_consent_grant(vst_engine *engine, vst_str phone, const json_t *evidence, json_t **out, vst_err *err)
	VST_CHECKED;
vst_rc vst_engine_consent_withdraw(vst_engine *engine, vst_str phone, const json_t *evidence, json_t **out,
                                   vst_err *err) VST_CHECKED;
vst_rc vst_engine_consent_status(vst_engine *engine, vst_str phone, vst_str purpose, vst_str entity, json_t **out,
                                 vst_err *err) VST_CHECKED; /* entity "": the only one */
vst_rc vst_engine_stop_add(vst_engine *engine, vst_str phone, const json_t *reason, json_t **out, vst_err *err)
	VST_CHECKED;
vst_rc vst_engine_stop_remove(vst_engine *engine, vst_str phone, const json_t *reason, json_t **out, vst_err *err)
	VST_CHECKED;
vst_rc vst_engine_stop_list(vst_engine *engine, const json_t *filter, int64_t limit, vst_str after, json_t **out,
                            vst_err *err) VST_CHECKED;
vst_rc vst_engine_stop_count(vst_engine *engine, const json_t *filter, int64_t stop_at, int64_t *out, vst_err *err)
	VST_CHECKED;

/* ---- documents and events ---- */
/* expected -1: no check. A stale version is VST_E_DENIED with "stale" in its text: \Vestnik\StoreException. */
vst_rc vst_engine_document_put(vst_engine *engine, vst_str kind, vst_str id, const json_t *document, int64_t expected,
                               int64_t *version, vst_err *err) VST_CHECKED;
vst_rc vst_engine_document_get(vst_engine *engine, vst_str kind, vst_str id, json_t **out, vst_err *err) VST_CHECKED;
vst_rc vst_engine_document_delete(vst_engine *engine, vst_str kind, vst_str id, bool *deleted, vst_err *err)
	VST_CHECKED;
vst_rc vst_engine_document_list(vst_engine *engine, const json_t *filter, int64_t limit, vst_str after, json_t **out,
                                vst_err *err) VST_CHECKED;
vst_rc vst_engine_document_count(vst_engine *engine, const json_t *filter, int64_t stop_at, int64_t *out, vst_err *err)
	VST_CHECKED;
/* List of events after a number. A cursor older than the oldest kept (other than 0) is VST_E_INVALID. */
vst_rc vst_engine_events(vst_engine *engine, int64_t after, int64_t limit, json_t **out, vst_err *err) VST_CHECKED;

/*
 * For functions without a store: zones by name through the environment. `names` NULL-terminated; empty means unknown:
 * all Russian zones. The array and the zones are borrowed from the engine-less cache given.
 */
typedef struct vst_zone_cache vst_zone_cache;
vst_rc vst_zone_cache_new(const vst_env *env, vst_zone_cache **out, vst_err *err) VST_CHECKED;
void vst_zone_cache_free(vst_zone_cache *cache);
/* VST_E_INVALID: no such zone. Loads through env when absent: never inside a transaction. */
vst_rc vst_zone_cache_get(vst_zone_cache *cache, const char *name, const vst_zone **out, vst_err *err) VST_CHECKED;
const vst_zone *vst_zone_cache_peek(const vst_zone_cache *cache, const char *name); /* NULL: not loaded */
bool vst_zone_cache_has_russia(const vst_zone_cache *cache);
#define VST_ZONES_OF_RUSSIA "*" /* instead of a name: all of them */
vst_rc vst_zone_cache_load(vst_zone_cache *cache, const char *wanted, vst_err *err) VST_CHECKED;
vst_rc vst_zone_cache_russia(vst_zone_cache *cache, const vst_zone *const **zones, size_t *count, vst_err *err)
	VST_CHECKED;

#endif
