/*
 * The tables, one family a section and a file. Every function runs inside a transaction of store.h. Strings that come
 * out live in the arena that was given. Instants are Unix seconds unless they end in _ms.
 */
#ifndef VST_STORE_TABLES_H
#define VST_STORE_TABLES_H

#include "base/id.h"
#include "store.h"

/* ---- settings (settings.c) ---- */
/* version 0 and "{}" when never written. */
vst_rc vst_settings_get(vst_tx *tx, vst_arena *arena, vst_str *json, int64_t *version, vst_err *err) VST_CHECKED;
vst_rc vst_settings_put(vst_tx *tx, vst_str json, int64_t *version, vst_err *err) VST_CHECKED; /* → new version */

/* ---- rule sets by version of the settings (rule_set.c) ---- */
vst_rc vst_rule_set_put(vst_tx *tx, int64_t version, vst_str json, vst_err *err) VST_CHECKED;
vst_rc vst_rule_set_get(vst_tx *tx, int64_t version, vst_arena *arena, vst_str *json, bool *found, vst_err *err)
	VST_CHECKED;

/* ---- dictionary of entities, providers, senders, words of the numbering plan (name.c) ---- */
typedef enum vst_name_kind { VST_NAME_ENTITY = 1, VST_NAME_PROVIDER, VST_NAME_SENDER, VST_NAME_WORD } vst_name_kind;
/* Finds or creates; ids are small positive integers. Cached in the handle only after the commit. */
vst_rc vst_name_id(vst_tx *tx, vst_name_kind kind, vst_str name, int64_t *id, vst_err *err) VST_CHECKED;
vst_rc vst_name_find(vst_tx *tx, vst_name_kind kind, vst_str name, int64_t *id, vst_err *err) VST_CHECKED; /* 0: none */
vst_rc vst_name_text(vst_tx *tx, int64_t id, vst_arena *arena, vst_str *name, vst_err *err) VST_CHECKED;

/* ---- messages (message.c, message_list.c) ---- */
typedef struct vst_message {
	vst_id id;
	/* written once, at submit */
	int64_t entity;
	int64_t phone; /* 0: could not be read (a refused message) */
	vst_category category;
	int64_t created_ms;
	vst_str text;
	vst_encoding encoding;
	int units, segments;
	int64_t sender;      /* name id, 0 none */
	int64_t previous;    /* seq of this person's message before, 0 none */
	int64_t valid_until; /* 0 none */
	int64_t not_before;
	vst_str key; /* "" none */
	vst_str order_number, campaign, customer, site, basis, approved_by;
	vst_str tags;     /* JSON list or "" */
	vst_str zones;    /* IANA names joined by "|"; "" unknown */
	vst_str decision; /* JSON: findings, rule version */
	vst_str facts;    /* what the gate knew, packed by the engine; "" of what schema 1.0 stored */
	bool debt;
	vst_charge_kind counts; /* what the message counts against */
	/* changed by transitions */
	vst_state state;
	bool held;
	int64_t provider; /* name id, 0 none yet */
	int64_t due;      /* of deferred and queued: not before; else 0 */
	int attempts;
	vst_str reason;           /* why it waits, failed or was refused: stable word, "" none */
	vst_str provider_message; /* the provider's id */
	vst_str provider_code;
	int64_t sending_ms, accepted_ms, final_ms; /* 0 not yet */
} vst_message;

/* Next seq in commit order (id.h), from the largest stored one and the transaction's time. */
vst_rc vst_message_next_seq(vst_tx *tx, int64_t *seq, vst_err *err) VST_CHECKED;
vst_rc vst_message_insert(vst_tx *tx, const vst_message *message, vst_err *err) VST_CHECKED;
vst_rc vst_message_get(vst_tx *tx, int64_t seq, vst_arena *arena, vst_message *out, bool *found, vst_err *err)
	VST_CHECKED;
/*
 * Writes the changeable fields of `message`, whose state was `from`. VST_E_CORRUPT when the table of transitions does
 * not allow it or the stored state is not `from`: the only function that changes a state.
 */
vst_rc vst_message_update(vst_tx *tx, const vst_message *message, vst_state from, vst_err *err) VST_CHECKED;

typedef struct vst_message_filter {
	int64_t entity;                                /* 0 any */
	int64_t phone;                                 /* 0 any; the person's chains are walked, no other message is read */
	vst_str order_number, campaign, tag, customer; /* "" any */
	unsigned states;                               /* bit set, 0 any */
	unsigned categories;                           /* bit set, 0 any */
	int held;                                      /* -1 any, 0, 1 */
	int64_t from, to;                              /* created, seconds, half-open; 0 open */
	int64_t seq;                                   /* one message; 0 any */
	uint64_t nonce;                                /* checked together with seq */
} vst_message_filter;

typedef vst_rc (*vst_message_visit)(void *context, const vst_message *message, bool *stop, vst_err *err);
/*
 * Visits matching messages by time, newest first unless ascending, from beyond `after` (seq, 0: from the end), at
 * most `scan` rows read; *resume is where to go on (0: all read). The message given to visit lives until it returns.
 */
vst_rc vst_message_scan(vst_tx *tx, const vst_message_filter *filter, bool ascending, int64_t after, int64_t scan,
                        vst_message_visit visit, void *context, int64_t *resume, vst_err *err) VST_CHECKED;

/*
 * Visits the messages created in [from, to), seconds, as they were submitted (decision.c): oldest first, from beyond seq
 * `after` (0: from the start), at most `limit` rows read. A visit that stops has not taken its row: *resume, the last seq
 * that was taken (`after` when none was), is where to go on; INT64_MAX when all were read.
 */
vst_rc vst_decision_scan(vst_tx *tx, int64_t from, int64_t to, int64_t after, int64_t limit, vst_message_visit visit,
                         void *context, int64_t *resume, vst_err *err) VST_CHECKED;

/* ---- idempotency keys (key.c) ---- */
vst_rc vst_key_get(vst_tx *tx, int64_t entity, vst_str key, int64_t *seq, vst_err *err) VST_CHECKED; /* 0: none */
vst_rc vst_key_put(vst_tx *tx, int64_t entity, vst_str key, int64_t seq, vst_err *err) VST_CHECKED;
vst_rc vst_key_remove(vst_tx *tx, int64_t entity, vst_str key, vst_err *err) VST_CHECKED;
/* Removes keys of messages created before `before_ms`, at most `scan` messages a call; *done when none are left. */
vst_rc vst_key_prune(vst_tx *tx, int64_t before_ms, int64_t scan, bool *done, vst_err *err) VST_CHECKED;

/* ---- queue, in flight, expiry, status polls (queue.c) ---- */
/* A lane is (category, held, provider): lanes of a category are adjacent, a smaller lane goes first. */
static inline int64_t vst_lane(vst_category category, bool held, int64_t provider)
{
	return (int64_t) category << 32 | (int64_t) held << 31 | provider;
}
static inline vst_category vst_lane_category(int64_t lane)
{
	return (vst_category) (lane >> 32);
}
static inline bool vst_lane_held(int64_t lane)
{
	return (lane >> 31 & 1) != 0;
}
static inline int64_t vst_lane_provider(int64_t lane)
{
	return lane & INT64_C(0x7fffffff);
}

typedef struct vst_queue_row {
	int64_t lane, due, seq;
} vst_queue_row;

vst_rc vst_queue_add(vst_tx *tx, int64_t lane, int64_t due, int64_t seq, vst_err *err) VST_CHECKED;
vst_rc vst_queue_remove(vst_tx *tx, int64_t lane, int64_t due, int64_t seq, vst_err *err)
	VST_CHECKED; /* VST_E_CORRUPT: not there */
/* The next lane above `above` (-1: the first); *lane = -1 when there is none. */
vst_rc vst_queue_next_lane(vst_tx *tx, int64_t above, int64_t *lane, vst_err *err) VST_CHECKED;
/* Rows of the lane with due ≤ now, oldest due first, at most `limit`. */
vst_rc vst_queue_due(vst_tx *tx, int64_t lane, int64_t now, size_t limit, vst_queue_row *rows, size_t *count,
                     vst_err *err) VST_CHECKED;
/* The earliest due in the lane; INT64_MAX when empty. */
vst_rc vst_queue_first_due(vst_tx *tx, int64_t lane, int64_t *due, vst_err *err) VST_CHECKED;
vst_rc vst_queue_count(vst_tx *tx, int64_t lane, int64_t due_until, int64_t stop_at, int64_t *count, vst_err *err)
	VST_CHECKED;

typedef struct vst_flight {
	int64_t seq;
	int slot; /* the worker that leased it */
	int64_t fence;
	int64_t lease_until_ms; /* wall clock; the worker's own clock for the manual clock's store too */
	bool intent;            /* `sending`: the body may have gone out */
} vst_flight;

vst_rc vst_flight_put(vst_tx *tx, const vst_flight *flight, vst_err *err) VST_CHECKED; /* insert or replace */
vst_rc vst_flight_get(vst_tx *tx, int64_t seq, vst_flight *out, bool *found, vst_err *err) VST_CHECKED;
vst_rc vst_flight_remove(vst_tx *tx, int64_t seq, vst_err *err) VST_CHECKED;
vst_rc vst_flight_renew(vst_tx *tx, int slot, int64_t fence, int64_t lease_until_ms, vst_err *err) VST_CHECKED;
/* At most `limit` rows above `after`; the table is no larger than what all workers have in flight. */
vst_rc vst_flight_list(vst_tx *tx, int64_t after, size_t limit, vst_flight *rows, size_t *count, vst_err *err)
	VST_CHECKED;

typedef enum vst_timer { VST_TIMER_EXPIRY, VST_TIMER_POLL, VST_TIMER_COUNT } vst_timer;
vst_rc vst_timer_add(vst_tx *tx, vst_timer timer, int64_t at, int64_t seq, vst_err *err) VST_CHECKED;
vst_rc vst_timer_remove(vst_tx *tx, vst_timer timer, int64_t at, int64_t seq, vst_err *err)
	VST_CHECKED; /* absent is fine */
vst_rc vst_timer_due(vst_tx *tx, vst_timer timer, int64_t now, size_t limit, vst_queue_row *rows, size_t *count,
                     vst_err *err) VST_CHECKED;                                             /* lane is 0 in the rows */
vst_rc vst_timer_first(vst_tx *tx, vst_timer timer, int64_t *at, vst_err *err) VST_CHECKED; /* INT64_MAX: none */

/* Provider's message id → seq; the pair is unique. */
vst_rc vst_handover_put(vst_tx *tx, int64_t provider, vst_str provider_message, int64_t seq, vst_err *err) VST_CHECKED;
vst_rc vst_handover_get(vst_tx *tx, int64_t provider, vst_str provider_message, int64_t *seq, vst_err *err)
	VST_CHECKED; /* 0: none */

/* ---- persons (person.c) ---- */
/* Always gives a row (an empty one when nothing is known), with stops in force at `now` (expired ones left out). */
vst_rc vst_person_get(vst_tx *tx, int64_t entity, int64_t phone, int64_t now, vst_person *out, vst_err *err)
	VST_CHECKED;
/* Writes consent facts, last_seq and charges. Stops and bar are written by vst_stop_* only. */
vst_rc vst_person_put(vst_tx *tx, int64_t entity, const vst_person *person, vst_err *err) VST_CHECKED;
/* Has any other entity an advertising consent of this phone, or this one a consent for another purpose? */
vst_rc vst_person_consent_elsewhere(vst_tx *tx, int64_t entity, int64_t phone, bool *elsewhere, vst_err *err)
	VST_CHECKED;

/* ---- stop list (stop.c) ---- */
typedef struct vst_stop {
	int64_t entity, phone;
	vst_stop_kind kind;
	vst_stop_scope scope;
	vst_str reason, author;
	int64_t added, expires; /* expires 0: never */
} vst_stop;

/* One entry per (entity, phone, kind): a later one replaces it, but never narrows the scope. Updates the person row. */
vst_rc vst_stop_put(vst_tx *tx, const vst_stop *stop, vst_err *err) VST_CHECKED;
vst_rc vst_stop_get(vst_tx *tx, int64_t entity, int64_t phone, vst_stop_kind kind, vst_arena *arena, vst_stop *out,
                    bool *found, vst_err *err) VST_CHECKED;
vst_rc vst_stop_remove(vst_tx *tx, int64_t entity, int64_t phone, vst_stop_kind kind, bool *removed, vst_err *err)
	VST_CHECKED;

typedef struct vst_stop_filter {
	int64_t entity, phone;  /* 0 any */
	unsigned kinds, scopes; /* bit sets, 0 any */
	int64_t from, to;       /* added; 0 open */
} vst_stop_filter;

typedef struct vst_page {
	int64_t limit, offset; /* limit > 0 */
	bool descending;
	vst_str after; /* cursor given by the last page, "" from the start */
} vst_page;

/* sort: "added" (default) or "phone". *next: cursor, "" at the end; in the arena like the rows. */
vst_rc vst_stop_list(vst_tx *tx, const vst_stop_filter *filter, vst_str sort, const vst_page *page, vst_arena *arena,
                     vst_stop **rows, size_t *count, vst_str *next, vst_err *err) VST_CHECKED;
vst_rc vst_stop_count(vst_tx *tx, const vst_stop_filter *filter, int64_t stop_at, int64_t *count, vst_err *err)
	VST_CHECKED;

/* ---- consent ledger (ledger.c) ---- */
typedef struct vst_ledger_entry {
	int64_t number; /* out: order of commit, no gaps */
	int64_t at;     /* recorded, seconds */
	int64_t entity, phone;
	vst_purpose purpose;
	vst_str type;           /* granted, confirmed, withdrawn … */
	vst_str body;           /* canonical JSON of the evidence */
	vst_str wording;        /* full text shown; kept once by its hash; "" none */
	unsigned char hash[32]; /* out: of the previous hash and this entry */
} vst_ledger_entry;

/* Appends with the next number and the chained SHA-256 hash. */
vst_rc vst_ledger_append(vst_tx *tx, vst_ledger_entry *entry, vst_err *err) VST_CHECKED;
vst_rc vst_ledger_get(vst_tx *tx, int64_t number, vst_arena *arena, vst_ledger_entry *out, bool *found, vst_err *err)
	VST_CHECKED;
vst_rc vst_ledger_head(vst_tx *tx, int64_t *number, unsigned char hash[32], vst_err *err) VST_CHECKED;
/*
 * Checks at most `limit` entries after number `after`, whose hash is `hash` (zeros before the first); `hash` and *last
 * go on to the last intact one. *first_broken is 0 while all is well. Ends when *last is the head's number.
 */
vst_rc vst_ledger_verify(vst_tx *tx, int64_t after, int64_t limit, unsigned char hash[32], int64_t *last,
                         int64_t *first_broken, vst_err *err) VST_CHECKED;

/* ---- rate limits (limit.c) ---- */
/* Theoretical arrival time of the GCRA, in microseconds; 0 when the limit was never charged. */
vst_rc vst_limit_get(vst_tx *tx, vst_str name, int64_t *arrival_us, vst_err *err) VST_CHECKED;
vst_rc vst_limit_put(vst_tx *tx, vst_str name, int64_t arrival_us, vst_err *err) VST_CHECKED;
typedef vst_rc (*vst_limit_visit)(void *context, vst_str name, int64_t arrival_us, vst_err *err);
/* The first 1,000 limits whose names begin so, by name. */
vst_rc vst_limit_list(vst_tx *tx, vst_str prefix, vst_limit_visit visit, void *context, vst_err *err) VST_CHECKED;

/* ---- events (event.c) ---- */
typedef struct vst_event {
	int64_t number; /* commit order */
	int64_t at;
	vst_str type; /* "message.delivered", "stop.added" … */
	int64_t seq;  /* message, 0 none */
	uint64_t nonce;
	int64_t entity, phone;
	vst_str data; /* JSON object or "" */
} vst_event;
vst_rc vst_event_append(vst_tx *tx, const vst_event *event, vst_err *err) VST_CHECKED; /* number and at are set here */
vst_rc vst_event_list(vst_tx *tx, int64_t after, int64_t limit, vst_arena *arena, vst_event **rows, size_t *count,
                      vst_err *err) VST_CHECKED;
/* Oldest kept and newest number; 0 and 0 when there never was one. */
vst_rc vst_event_range(vst_tx *tx, int64_t *oldest, int64_t *newest, vst_err *err) VST_CHECKED;
vst_rc vst_event_prune(vst_tx *tx, int64_t before, int64_t limit, bool *done, vst_err *err) VST_CHECKED;

/* ---- documents (document.c) ---- */
typedef struct vst_document {
	vst_str kind, id, body; /* JSON */
	int64_t version, changed;
} vst_document;
/* expected -1: no check; 0: must not exist. *version: new version, 0 when stale (nothing written). */
vst_rc vst_document_put(vst_tx *tx, vst_str kind, vst_str id, vst_str body, int64_t expected, int64_t *version,
                        vst_err *err) VST_CHECKED;
vst_rc vst_document_get(vst_tx *tx, vst_str kind, vst_str id, vst_arena *arena, vst_document *out, bool *found,
                        vst_err *err) VST_CHECKED;
vst_rc vst_document_delete(vst_tx *tx, vst_str kind, vst_str id, bool *deleted, vst_err *err) VST_CHECKED;
/* sort: "id" (default) or "changed". kind "": all kinds. */
vst_rc vst_document_list(vst_tx *tx, vst_str kind, vst_str sort, const vst_page *page, vst_arena *arena,
                         vst_document **rows, size_t *count, vst_str *next, vst_err *err) VST_CHECKED;
vst_rc vst_document_count(vst_tx *tx, vst_str kind, int64_t stop_at, int64_t *count, vst_err *err) VST_CHECKED;

/* ---- inbox of delivery reports and inbound messages (inbox.c) ---- */
typedef enum vst_inbox_state { VST_INBOX_APPLIED, VST_INBOX_WAITING } vst_inbox_state;
/* *fresh false: the same record came before, nothing is written. */
vst_rc vst_inbox_add(vst_tx *tx, int64_t provider, vst_str dedup, vst_str provider_message, vst_str body,
                     vst_inbox_state state, bool *fresh, vst_err *err) VST_CHECKED;
/* Reports that came before their message's provider id was stored: body of each, oldest first, then marked applied. */
vst_rc vst_inbox_take(vst_tx *tx, int64_t provider, vst_str provider_message, vst_arena *arena, vst_str **bodies,
                      size_t *count, vst_err *err) VST_CHECKED;
vst_rc vst_inbox_prune(vst_tx *tx, int64_t before, int64_t limit, bool *done, vst_err *err) VST_CHECKED;

/* ---- workers' heartbeats and named counters (worker.c) ---- */
typedef struct vst_heartbeat {
	int slot;
	int64_t fence, pid, started, seen; /* seen: seconds of the system clock */
	vst_str version, user, host, ini;
	int64_t inode;
} vst_heartbeat;
vst_rc vst_heartbeat_put(vst_tx *tx, const vst_heartbeat *heartbeat, vst_err *err) VST_CHECKED;
vst_rc vst_heartbeat_list(vst_tx *tx, vst_arena *arena, vst_heartbeat **rows, size_t *count, vst_err *err) VST_CHECKED;
/* Provider state (circuit breaker, balance …) and other small facts: JSON by name. "" when absent. */
vst_rc vst_fact_get(vst_tx *tx, vst_str name, vst_arena *arena, vst_str *json, vst_err *err) VST_CHECKED;
vst_rc vst_fact_put(vst_tx *tx, vst_str name, vst_str json, vst_err *err) VST_CHECKED;

#endif
