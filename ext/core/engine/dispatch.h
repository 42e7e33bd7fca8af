/*
 * The dispatcher of one process: what it has on the wire, and the plan that one transaction makes.
 *
 * One pass is one transaction: settle what finished, store the intent of what is held, claim no more than free
 * slots. A pass may run again, so it only plans; memory changes and the wire moves after the commit.
 */
#ifndef VST_ENGINE_DISPATCH_H
#define VST_ENGINE_DISPATCH_H

#include "breaker.h"
#include "gateway/wire.h"
#include "internal.h"

#define VST_REQUESTS_MAX 64 /* at once; an eighth is kept for authentication */
#define VST_CLAIMS_PER_PASS 128
#ifdef VESTNIK_STOP_POINTS
#define VST_LEASE_MS vst_stop_lease_ms() /* VESTNIK_LEASE_MS */
#else
#define VST_LEASE_MS INT64_C(90000)
#endif
#define VST_ATTEMPTS_MAX 12

typedef enum vst_phase {
	VST_PHASE_CONNECTING, /* claimed; nothing of the body is out */
	VST_PHASE_HELD,       /* the connection is up, waits for the intent */
	VST_PHASE_SENDING,    /* intent stored, body released */
	VST_PHASE_FINISHED    /* outcomes are known, wait to be settled */
} vst_phase;

typedef enum vst_cargo {
	VST_CARGO_MESSAGES,
	VST_CARGO_STATUS, /* asks how messages fared */
	VST_CARGO_BALANCE /* asks what is left on the account */
} vst_cargo;

/* One request: messages of one provider, or a question to it. */
typedef struct vst_shipment vst_shipment;
struct vst_shipment {
	vst_shipment *next;
	vst_arena memory;
	vst_settings *settings; /* reference held */
	vst_provider *provider;
	int64_t provider_id;
	vst_category category;
	vst_cargo cargo;
	vst_phase phase;
	bool intent;            /* `sending` was stored */
	bool released;          /* the body may have gone out */
	int64_t lease_ends_ns;  /* monotonic: when others may take its messages for lost; 0: a question */
	vst_exchange *exchange; /* NULL: sandbox, or ended */
	size_t count;
	int64_t *seqs;
	vst_parcel *parcels;   /* of messages */
	vst_str *ids;          /* of status */
	vst_outcome *outcomes; /* once finished and readable */
	vst_outcome *reports;  /* sandbox: what the report will say */
	bool replied;          /* outcomes are the provider's word */
	json_t *answer;        /* of balance, NULL none */
	enum { VST_PLAN_NONE, VST_PLAN_RELEASE, VST_PLAN_DROP, VST_PLAN_SETTLED } plan; /* of the pass that runs */
};

struct vst_dispatcher {
	vst_wire *wire;
	vst_worker worker;
	bool entered;
	vst_shipment *shipments;
	int64_t started; /* Unix seconds */
	int64_t inode;   /* of the store's file, for the heartbeat */
	char host[65];
	int64_t next_heartbeat_ns, next_recovery_ns, next_pruning_ns;
};

/* What one pass does; filled by the transaction, carried out after its commit. */
typedef struct vst_pass {
	vst_engine *engine;
	vst_settings *settings;
	bool drain, beat, recover;
	vst_shipment *claimed; /* new shipments, not yet in the dispatcher */
	size_t claimed_messages;
	vst_dispatch_result counts;
	int64_t next_due;
	char wanted_zone[64]; /* a zone the pass met that is not loaded yet; "" none */
	vst_arena scratch;    /* of the transaction */
} vst_pass;

vst_rc vst_dispatcher_get(vst_engine *engine, vst_dispatcher **out, vst_err *err) VST_CHECKED;
void vst_dispatcher_free(vst_engine *engine);

/* shipment.c */
vst_shipment *vst_shipment_new(vst_settings *settings, vst_provider *provider, int64_t provider_id, size_t capacity);
void vst_shipment_free(vst_shipment *shipment); /* drops its exchange */
/* Starts connecting, or for the sandbox is held at once. A request that cannot be built finishes at once. */
vst_rc vst_shipment_start(vst_engine *engine, vst_shipment *shipment, vst_err *err) VST_CHECKED;
void vst_shipment_release(vst_shipment *shipment);
/* Reads the reply into outcomes; phase becomes finished. */
vst_rc vst_shipment_finish(vst_shipment *shipment, vst_err *err) VST_CHECKED;

/* The parts of a pass, each inside its transaction. */
vst_rc vst_pass_settle(vst_pass *pass, vst_tx *tx, vst_shipment *shipment, vst_err *err) VST_CHECKED;  /* settle.c */
vst_rc vst_pass_intent(vst_pass *pass, vst_tx *tx, vst_shipment *shipment, vst_err *err) VST_CHECKED;  /* intent.c */
vst_rc vst_pass_abandon(vst_pass *pass, vst_tx *tx, vst_shipment *shipment, vst_err *err) VST_CHECKED; /* intent.c */
vst_rc vst_pass_claim(vst_pass *pass, vst_tx *tx, vst_err *err) VST_CHECKED;                           /* claim.c */
vst_rc vst_pass_claim_status(vst_pass *pass, vst_tx *tx, vst_err *err) VST_CHECKED;                    /* status.c */
vst_rc vst_pass_claim_balance(vst_pass *pass, vst_tx *tx, vst_err *err) VST_CHECKED;                   /* balance.c */
vst_rc vst_pass_settle_balance(vst_pass *pass, vst_tx *tx, const vst_shipment *shipment, vst_err *err) VST_CHECKED;
vst_rc vst_pass_recover(vst_pass *pass, vst_tx *tx, vst_err *err) VST_CHECKED; /* recover.c */
vst_rc vst_pass_expire(vst_pass *pass, vst_tx *tx, vst_err *err) VST_CHECKED;  /* recover.c */
vst_rc vst_prune(vst_engine *engine, vst_err *err) VST_CHECKED;                /* recover.c */
/* Does a pass have anything to do? Also gives the earliest due. In a reading transaction. */
vst_rc vst_pass_look(vst_pass *pass, vst_tx *tx, bool *work, vst_err *err) VST_CHECKED; /* claim.c */

/* What the second look cannot see in the message; the meaning as in vst_gate_facts. */
typedef struct vst_circumstances {
	bool outbid;
	int64_t rate_until;
} vst_circumstances;

/*
 * The second look of the gate at a stored message (second_look.c); circumstances NULL: none. VST_E_CANCELLED: a zone
 * must be loaded first.
 */
vst_rc vst_second_look(vst_pass *pass, vst_tx *tx, const vst_message *message, const vst_circumstances *circumstances,
                       vst_decision *out, vst_err *err) VST_CHECKED;
/* Carries out refuse or defer of a second look on a waiting or claimed message. */
vst_rc vst_apply_decision(vst_pass *pass, vst_tx *tx, vst_message *message, const vst_decision *decision, vst_err *err)
	VST_CHECKED;

/* Back into the queue (transition.c): due now, or after a rest with its reason (deferred). */
vst_rc vst_message_requeue(vst_tx *tx, vst_message *message, int64_t due, vst_str reason, vst_err *err) VST_CHECKED;
/* Leaves the flight for a final state, `accepted` or `in_doubt`; gives the cap slot back when it failed. */
vst_rc vst_message_settle(vst_tx *tx, vst_message *message, vst_state state, vst_str reason, vst_err *err) VST_CHECKED;
/* A delivery report; a final state is never lowered (report.c). */
vst_rc vst_report_apply(vst_engine *engine, vst_tx *tx, int64_t seq, const vst_outcome *outcome, vst_arena *arena,
                        bool *changed, vst_err *err) VST_CHECKED;
/* The recipient stands on the provider's stop list, or the operator bars mass messages. */
vst_rc vst_report_stop(vst_engine *engine, vst_tx *tx, const vst_message *message, const vst_outcome *outcome,
                       vst_err *err) VST_CHECKED;
vst_rc vst_outcome_json(const vst_outcome *outcome, vst_arena *arena, vst_str *json, vst_err *err) VST_CHECKED;
bool vst_outcome_parse(vst_str json, vst_arena *arena, vst_outcome *out);

/* Seconds until the next try: exponential with jitter, at most ten minutes. */
int64_t vst_backoff_s(const vst_env *env, int attempts);

#endif
