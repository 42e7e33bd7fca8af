/* Grant and withdrawal: one record of the ledger, the fact that follows from it, and what follows for the queue. */
#include "consent.h"
#include "event_append.h"
#include "stop.h"

static const char *const events[VST_CONSENT_STATUS_COUNT] = {
	[VST_CONSENT_NONE] = "consent.none",
	[VST_CONSENT_UNCONFIRMED] = "consent.unconfirmed",
	[VST_CONSENT_GRANTED] = "consent.granted",
	[VST_CONSENT_WITHDRAWN] = "consent.withdrawn",
};

/* What both begin with: who, from whom, when. */
struct act {
	vst_engine *engine;
	vst_tx *tx;
	const vst_gate_entity *entity;
	int64_t entity_id, phone, at;
	vst_evidence evidence;
	vst_person person;
};

static vst_rc begin_act(struct act *a, vst_err *err)
{
	vst_rc rc = vst_engine_entity(a->engine, a->tx, a->evidence.entity, &a->entity, &a->entity_id, err);
	int64_t now = vst_tx_now(a->tx);

	if (rc != VST_OK) {
		return rc;
	}
	if (a->evidence.at > now) {
		return vst_fail(err, VST_E_INVALID, "evidence.at: lies in the future");
	}
	a->at = a->evidence.at != 0 ? a->evidence.at : now;
	return vst_person_get(a->tx, a->entity_id, a->phone, now, &a->person, err);
}

static vst_rc record(const struct act *a, bool grant, vst_purpose purpose, int64_t because, int64_t *number,
                     vst_err *err)
{
	vst_consent_record r = {
		.tx = a->tx,
		.engine = a->engine,
		.entity = a->entity,
		.entity_id = a->entity_id,
		.phone = a->phone,
		.grant = grant,
		.purpose = purpose,
		.at = a->at,
		.because = because,
	};

	return vst_consent_append(&r, &a->evidence, number, err);
}

static vst_rc announce(const struct act *a, vst_consent_status status, vst_purpose purpose, int64_t number,
                       vst_err *err)
{
	vst_json data;

	vst_json_begin(&data);
	vst_json_set_name(&data, "purpose", vst_purpose_name(purpose));
	vst_json_set_integer(&data, "event", number);
	if (a->evidence.has_source) {
		vst_json_set_name(&data, "source", vst_source_name(a->evidence.source));
	}
	return vst_event_say(a->tx, events[status], NULL, a->entity_id, a->phone, &data, err);
}

/* ---- grant ---- */

/*
 * Whether a grant becomes the fact. Grades are granted above unconfirmed, and among equal grades a complete proof above
 * an incomplete one; a lower one never replaces a higher one, an equal one renews it. Proof that is older than the
 * fact (an import) may raise it, but not over a withdrawal: the withdrawal that came between may no longer be the
 * fact, yet its stop stands until the person confirms by code.
 */
static bool supersedes(const vst_consent_fact *new, const vst_consent_fact *old, bool opted_out)
{
	bool older = new->since < old->since;

	if (old->status == VST_CONSENT_NONE) {
		return true;
	}
	if (old->status == VST_CONSENT_WITHDRAWN) {
		return !older;
	}
	if (new->status != old->status) {
		return new->status > old->status && (!older || !opted_out);
	}
	if (new->complete != old->complete) {
		return new->complete && (!older || !opted_out);
	}
	return !older;
}

/*
 * A consent confirmed by code lifts the person's own stop: for advertising wholly, for service down to advertising.
 * Other kinds of stop are not the person's to lift. Nor does proof from before the stop lift it.
 */
static vst_rc lift_stop(const struct act *a, vst_err *err)
{
	vst_arena memory = VST_ARENA_INIT;
	vst_purpose purpose = a->evidence.purpose;
	vst_stop stop;
	bool found = false, removed = false;
	vst_rc rc;

	if (!a->evidence.confirmed_by_code || (purpose != VST_PURPOSE_ADVERTISING && purpose != VST_PURPOSE_SERVICE)) {
		return VST_OK;
	}
	rc = vst_stop_get(a->tx, a->entity_id, a->phone, VST_STOP_OPT_OUT, &memory, &stop, &found, err);
	if (rc != VST_OK || !found || a->at < stop.added ||
	    (purpose == VST_PURPOSE_SERVICE && stop.scope != VST_SCOPE_ALL)) {
		goto out;
	}
	rc = vst_stop_remove(a->tx, a->entity_id, a->phone, VST_STOP_OPT_OUT, &removed, err);
	if (rc == VST_OK && purpose == VST_PURPOSE_SERVICE) {
		stop.scope = VST_SCOPE_ADVERTISING;
		rc = vst_stop_put(a->tx, &stop, err);
		if (rc == VST_OK) {
			rc = vst_stop_announce(a->tx, &stop, true, err);
		}
	} else if (rc == VST_OK) {
		rc = vst_stop_announce(a->tx, &stop, false, err);
	}
out:
	vst_arena_free(&memory);
	return rc;
}

/* What the caller sees is what the store has at the end. */
static vst_rc show(const struct act *a, int64_t number, vst_json *json, vst_err *err)
{
	vst_person person;
	vst_rc rc = vst_person_get(a->tx, a->entity_id, a->phone, vst_tx_now(a->tx), &person, err);

	if (rc != VST_OK) {
		return rc;
	}
	return vst_consent_view(a->tx, a->entity, a->entity_id, &person, a->evidence.purpose, number, json, err);
}

vst_rc vst_consent_grant_in(vst_engine *engine, vst_tx *tx, int64_t phone, const json_t *evidence, json_t **out,
                            vst_err *err)
{
	struct act a = {.engine = engine, .tx = tx, .phone = phone};
	vst_consent_fact fact;
	vst_consent_fact *old;
	int64_t number = 0;
	vst_json json;
	vst_rc rc;

	if ((rc = vst_evidence_of_grant(evidence, &a.evidence, err)) != VST_OK || (rc = begin_act(&a, err)) != VST_OK ||
	    (rc = record(&a, true, a.evidence.purpose, 0, &number, err)) != VST_OK) {
		return rc;
	}
	old = &a.person.consent[a.evidence.purpose];
	fact = (vst_consent_fact) {
		.status = a.evidence.confirmed ? VST_CONSENT_GRANTED : VST_CONSENT_UNCONFIRMED,
		.since = a.at,
		.event = number,
		.source = a.evidence.source,
		.complete = a.evidence.complete,
	};
	if (supersedes(&fact, old, ((a.person.stop_advertising | a.person.stop_all) & 1u << VST_STOP_OPT_OUT) != 0)) {
		*old = fact;
		rc = vst_person_put(tx, a.entity_id, &a.person, err);
	}
	if (rc != VST_OK || (rc = lift_stop(&a, err)) != VST_OK ||
	    (rc = announce(&a, fact.status, a.evidence.purpose, number, err)) != VST_OK ||
	    (rc = show(&a, number, &json, err)) != VST_OK) {
		return rc;
	}
	return vst_json_end(&json, out, err);
}

/* ---- withdrawal ---- */

/*
 * Purposes that end with the one withdrawn. Without consent to process the data there is none to advertise either;
 * "stop everything" (scope all) always includes advertising.
 */
static unsigned purposes_ended(const vst_evidence *evidence)
{
	static const unsigned ends[VST_PURPOSE_COUNT] = {
		[VST_PURPOSE_ADVERTISING] = 1u << VST_PURPOSE_ADVERTISING,
		[VST_PURPOSE_SERVICE] = 1u << VST_PURPOSE_SERVICE,
		[VST_PURPOSE_SURVEY] = 1u << VST_PURPOSE_SURVEY,
		[VST_PURPOSE_DATA] = 1u << VST_PURPOSE_DATA | 1u << VST_PURPOSE_ADVERTISING,
	};

	return ends[evidence->purpose] | (evidence->scope == VST_SCOPE_ALL ? 1u << VST_PURPOSE_ADVERTISING : 0);
}

/*
 * A withdrawal holds from the moment it is recorded, whatever instant it names; it is dated no earlier than what it
 * ends, so that proof from in between does not outlive it.
 */
static void withdraw_fact(struct act *a, vst_purpose purpose, int64_t number)
{
	vst_consent_fact *fact = &a->person.consent[purpose];

	fact->since = fact->status != VST_CONSENT_NONE && fact->since > a->at ? fact->since : a->at;
	fact->status = VST_CONSENT_WITHDRAWN;
	fact->event = number;
	fact->complete = false;
}

/* Ends the purpose that was named, and of those implied the ones that were given. */
static vst_rc withdraw_facts(struct act *a, unsigned purposes, int64_t *number, vst_err *err)
{
	int64_t implied = 0;
	vst_rc rc = record(a, false, a->evidence.purpose, 0, number, err);

	if (rc != VST_OK) {
		return rc;
	}
	withdraw_fact(a, a->evidence.purpose, *number);
	for (unsigned i = 0; rc == VST_OK && i < VST_PURPOSE_COUNT; i++) {
		vst_consent_status status = a->person.consent[i].status;

		if ((purposes & 1u << i) == 0 || i == (unsigned) a->evidence.purpose ||
		    (status != VST_CONSENT_GRANTED && status != VST_CONSENT_UNCONFIRMED)) {
			continue;
		}
		rc = record(a, false, (vst_purpose) i, *number, &implied, err);
		if (rc == VST_OK) {
			withdraw_fact(a, (vst_purpose) i, implied);
			rc = announce(a, VST_CONSENT_WITHDRAWN, (vst_purpose) i, implied, err);
		}
	}
	if (rc == VST_OK) {
		rc = announce(a, VST_CONSENT_WITHDRAWN, a->evidence.purpose, *number, err);
	}
	return rc == VST_OK ? vst_person_put(a->tx, a->entity_id, &a->person, err) : rc;
}

static vst_str stop_reason(const vst_evidence *evidence)
{
	if (evidence->reason.len > 0) {
		return evidence->reason;
	}
	return evidence->keyword.len > 0 ? evidence->keyword : VST_STR("withdrawn");
}

static vst_rc put_stop(const struct act *a, int64_t *cancelled, vst_err *err)
{
	vst_arena memory = VST_ARENA_INIT;
	vst_stop stop, before;
	bool found = false;
	vst_rc rc = vst_stop_get(a->tx, a->entity_id, a->phone, VST_STOP_OPT_OUT, &memory, &before, &found, err);

	memset(&stop, 0, sizeof stop);
	stop.entity = a->entity_id;
	stop.phone = a->phone;
	stop.kind = VST_STOP_OPT_OUT;
	stop.scope = a->evidence.scope;
	stop.reason = stop_reason(&a->evidence);
	stop.author = VST_STR_EMPTY;
	stop.added = found && before.added > a->at ? before.added : a->at;
	if (rc == VST_OK) {
		rc = vst_stop_put_and_cancel(a->tx, &stop, VST_STR("consent_withdrawn"), cancelled, err);
	}
	vst_arena_free(&memory);
	return rc;
}

vst_rc vst_consent_withdraw_in(vst_engine *engine, vst_tx *tx, int64_t phone, const json_t *evidence, json_t **out,
                               vst_err *err)
{
	struct act a = {.engine = engine, .tx = tx, .phone = phone};
	int64_t number = 0, cancelled = 0;
	unsigned purposes;
	vst_json json;
	vst_rc rc;

	if ((rc = vst_evidence_of_withdrawal(evidence, &a.evidence, err)) != VST_OK ||
	    (rc = begin_act(&a, err)) != VST_OK) {
		return rc;
	}
	purposes = purposes_ended(&a.evidence);
	rc = withdraw_facts(&a, purposes, &number, err);
	/* Who only no longer wants surveys or service messages is not put on the stop list for advertising. */
	if (rc == VST_OK && (purposes & 1u << VST_PURPOSE_ADVERTISING) != 0) {
		rc = put_stop(&a, &cancelled, err);
	}
	if (rc != VST_OK || (rc = show(&a, number, &json, err)) != VST_OK) {
		return rc;
	}
	vst_json_set_integer(&json, "cancelled", cancelled);
	return vst_json_end(&json, out, err);
}

/* ---- as calls of their own ---- */

struct call {
	vst_engine *engine;
	int64_t phone;
	const json_t *evidence;
	vst_rc (*act)(vst_engine *engine, vst_tx *tx, int64_t phone, const json_t *evidence, json_t **out, vst_err *err);
	json_t *result;
};

static vst_rc call_body(vst_tx *tx, void *context, vst_err *err)
{
	struct call *c = context;

	json_decref(c->result);
	c->result = NULL;
	return c->act(c->engine, tx, c->phone, c->evidence, &c->result, err);
}

static vst_rc run(struct call *c, vst_str phone, json_t **out, vst_err *err)
{
	vst_rc rc = vst_engine_phone(phone, &c->phone, err);

	if (rc == VST_OK) {
		rc = vst_store_write(c->engine->store, call_body, c, err);
	}
	return vst_json_give(c->result, rc, out);
}

vst_rc vst_engine_consent_grant(vst_engine *engine, vst_str phone, const json_t *evidence, json_t **out, vst_err *err)
{
	struct call c = {.engine = engine, .evidence = evidence, .act = vst_consent_grant_in};

	return run(&c, phone, out, err);
}

vst_rc vst_engine_consent_withdraw(vst_engine *engine, vst_str phone, const json_t *evidence, json_t **out,
                                   vst_err *err)
{
	struct call c = {.engine = engine, .evidence = evidence, .act = vst_consent_withdraw_in};

	return run(&c, phone, out, err);
}
