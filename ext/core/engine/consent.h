/*
 * Consent inside a transaction that is already open: for a STOP that comes in, and for the functions of engine.h.
 * The evidence is checked here; what it must and may have stands with each function.
 */
#ifndef VST_ENGINE_CONSENT_H
#define VST_ENGINE_CONSENT_H

#include "base/fields.h"
#include "internal.h"
#include "json.h"

/* Evidence of a grant or a withdrawal, read and checked. Strings are borrowed from the JSON it was read from. */
typedef struct vst_evidence {
	const json_t *given;
	vst_str entity, wording, reason, text, keyword;
	vst_purpose purpose;
	vst_source source; /* meaningless when !has_source */
	bool has_source;
	bool confirmed, confirmed_by_code;
	bool complete;        /* R05 is satisfied */
	vst_stop_scope scope; /* of a withdrawal */
	int64_t at;           /* 0: not given */
} vst_evidence;

/*
 * Of a grant: `source` and `wording`, and optional confirmed_by ('code'|'kernel'), purpose, entity, customer,
 * pre_ticked, separate, url, ip, user_agent, actor, topics (list of texts), at.
 */
vst_rc vst_evidence_of_grant(const json_t *given, vst_evidence *out, vst_err *err) VST_CHECKED;
/*
 * Of a withdrawal, all optional: what a grant may have (who withdraws on a form leaves the same traces), and what the
 * proof of a withdrawal is made of (law.md, section 8): channel ('sms', 'link', 'call' …), text (raw, as it came in),
 * keyword (what in it was understood), message (id of the message it answers), reason (words for the stop list),
 * scope ('advertising' (default)|'all': service too, never authentication).
 */
vst_rc vst_evidence_of_withdrawal(const json_t *given, vst_evidence *out, vst_err *err) VST_CHECKED;

/*
 * Appends to the ledger and sets the fact. `out` is what vst_engine_consent_grant and _withdraw give. A withdrawal
 * also puts the opt_out stop and cancels what waits: once it is committed, nothing it covers can be sent.
 */
vst_rc vst_consent_grant_in(vst_engine *engine, vst_tx *tx, int64_t phone, const json_t *evidence, json_t **out,
                            vst_err *err) VST_CHECKED;
vst_rc vst_consent_withdraw_in(vst_engine *engine, vst_tx *tx, int64_t phone, const json_t *evidence, json_t **out,
                               vst_err *err) VST_CHECKED;

/* {status, since, source, complete, event, purpose, entity, stops} as the store has it now; event 0: the fact's own. */
vst_rc vst_consent_view(vst_tx *tx, const vst_gate_entity *entity, int64_t entity_id, const vst_person *person,
                        vst_purpose purpose, int64_t event, vst_json *out, vst_err *err) VST_CHECKED;

/* One record for the ledger: the evidence as given, with what it became and who it is about. */
typedef struct vst_consent_record {
	vst_tx *tx;
	const vst_engine *engine;
	const vst_gate_entity *entity;
	int64_t entity_id, phone;
	bool grant; /* false: a withdrawal */
	vst_purpose purpose;
	int64_t at;      /* instant of the act itself */
	int64_t because; /* number of the record that this one follows from, 0 none */
} vst_consent_record;
vst_rc vst_consent_append(const vst_consent_record *record, const vst_evidence *evidence, int64_t *number, vst_err *err)
	VST_CHECKED;

#endif
