/* Check and submit: one message, one transaction. The batch shares vst_submit_in. */
#include "submit.h"

#include <stdlib.h>

#include "charge.h"
#include "facts_record.h"
#include "outbid.h"

static vst_rc fill_duplicate(vst_tx *tx, int64_t seq, vst_arena *arena, vst_receipt *out, vst_err *err)
{
	vst_message first;
	bool found = false;
	vst_rc rc = vst_message_get(tx, seq, arena, &first, &found, err);

	if (rc != VST_OK) {
		return rc;
	}
	if (!found) {
		return vst_fail(err, VST_E_CORRUPT, "an idempotency key points at a message that is not there");
	}
	memset(&out->decision, 0, sizeof out->decision);
	out->stored = true;
	out->duplicate = true;
	out->id = first.id;
	out->state = first.state;
	out->findings_json = vst_decision_findings(first.decision);
	out->decision.verdict =
		vst_str_contains(first.decision, VST_STR("\"verdict\":\"defer\"")) ? VST_VERDICT_DEFER : VST_VERDICT_SEND;
	out->decision.category = first.category;
	out->decision.text = first.text;
	out->decision.encoding = first.encoding;
	out->decision.units = first.units;
	out->decision.segments = first.segments;
	out->decision.due = out->decision.verdict == VST_VERDICT_DEFER ? first.due : 0;
	return VST_OK;
}

static vst_str tags_json(const vst_submission *given, vst_arena *arena)
{
	json_t *list;
	char *text;
	vst_str result = VST_STR_EMPTY;

	if (given->tag_count == 0) {
		return result;
	}
	list = json_array();
	for (size_t i = 0; i < given->tag_count; i++) {
		if (json_array_append_new(list, json_stringn(given->tags[i].ptr, given->tags[i].len)) != 0) {
			arena->failed = true;
		}
	}
	text = json_dumps(list, JSON_COMPACT);
	result = vst_arena_copy(arena, vst_str_from(text));
	if (text == NULL) {
		arena->failed = true;
	}
	free(text);
	json_decref(list);
	return result;
}

static vst_str zones_text(const vst_prepared *message, vst_arena *arena)
{
	const char *const *names = message->zone_names;
	vst_str text = vst_str_from(names[0]);

	for (size_t i = 1; names[0] != NULL && names[i] != NULL; i++) {
		text = vst_arena_format(arena, "%.*s|%s", VST_STR_ARGS(text), names[i]);
	}
	return text;
}

static vst_rc next_id(vst_engine *engine, vst_tx *tx, vst_id *id, vst_err *err)
{
	vst_rc rc = vst_message_next_seq(tx, &id->seq, err);

	if (rc == VST_OK && !engine->env->random(engine->env->context, &id->nonce, sizeof id->nonce)) {
		rc = vst_fail(err, VST_E_IO, "no random bytes are available");
	}
	return rc;
}

static vst_rc fill_message(vst_tx *tx, const vst_prepared *p, const vst_evaluation *e, vst_arena *arena, vst_message *m,
                           vst_err *err)
{
	const vst_submission *given = p->given;
	const vst_decision *d = &e->decision;
	int64_t now_ms = vst_tx_now_ms(tx);
	vst_rc rc;

	m->entity = e->entity_id;
	m->phone = p->phone_valid ? p->phone.number : 0;
	m->category = d->category;
	m->created_ms = now_ms;
	m->text = d->text;
	m->encoding = d->encoding;
	m->units = d->units;
	m->segments = d->segments;
	m->previous = p->phone_valid ? e->person.last_seq : 0;
	m->valid_until = given->valid_until;
	m->not_before = given->not_before;
	m->key = d->verdict == VST_VERDICT_REFUSE ? VST_STR_EMPTY : given->key;
	m->order_number = given->order_number;
	m->campaign = given->campaign;
	m->customer = given->customer;
	m->site = given->site;
	m->basis = given->basis;
	m->approved_by = given->approved_by;
	m->tags = tags_json(given, arena);
	m->zones = zones_text(p, arena);
	m->decision = vst_decision_json(d, arena);
	m->debt = given->debt;
	m->counts = d->counts;
	m->reason = m->provider_message = m->provider_code = VST_STR_EMPTY;
	if (d->verdict == VST_VERDICT_REFUSE) {
		m->state = VST_REFUSED;
		m->final_ms = now_ms;
		for (size_t i = 0; i < d->finding_count; i++) {
			if (d->findings[i].verdict == VST_FINDING_REFUSE) {
				m->reason = vst_str_from(d->findings[i].code);
				break;
			}
		}
	} else {
		m->state = d->verdict == VST_VERDICT_DEFER ? VST_DEFERRED : VST_QUEUED;
		m->due = d->verdict == VST_VERDICT_DEFER ? d->due : now_ms / 1000;
		m->reason = d->verdict == VST_VERDICT_DEFER ? vst_str_from(d->waits_for) : VST_STR_EMPTY;
	}
	rc = arena->failed ? vst_fail_nomem(err) : VST_OK;
	if (rc == VST_OK && e->sender.len > 0) {
		/* a sender that stands in no settings (R29) stays 0 */
		rc = vst_name_find(tx, VST_NAME_SENDER, e->sender, &m->sender, err);
	}
	if (rc == VST_OK && e->provider != NULL) {
		rc = vst_name_find(tx, VST_NAME_PROVIDER, vst_provider_name(e->provider), &m->provider, err);
	}
	return rc;
}

/* Before anything of the evaluation changes: with these facts, and no others, the gate decided. */
static vst_rc keep_facts(vst_engine *engine, vst_tx *tx, const vst_evaluation *e, vst_arena *arena, vst_message *m,
                         vst_err *err)
{
	vst_facts_known known = {
		.message = m,
		.sender = m->sender != 0 ? e->sender : VST_STR_EMPTY,
		.provider = m->provider != 0 ? vst_provider_name(e->provider) : VST_STR_EMPTY,
		.settings = engine->settings,
		.entity = e->entity,
	};
	size_t count;
	vst_rc rc = VST_OK;

	if (vst_zone_cache_has_russia(engine->zones)) {
		rc = vst_zone_cache_russia(engine->zones, &known.unknown, &count, err);
	}
	return rc == VST_OK ? vst_facts_pack(tx, &e->facts, &known, arena, &m->facts, err) : rc;
}

static vst_rc write_person(vst_tx *tx, const vst_message *m, vst_evaluation *e, vst_err *err)
{
	if (m->phone == 0) {
		return VST_OK;
	}
	e->person.last_seq = m->id.seq;
	if (m->order_number.len > 0) {
		e->person.active_at = vst_tx_now(tx); /* whoever orders, lives: R33 */
	}
	if (m->state != VST_REFUSED && m->counts != VST_CHARGE_NONE) {
		vst_charge_put(&e->person, (vst_cap_charge) {m->due, m->id.seq, m->counts, e->priority, false});
	}
	return vst_person_put(tx, m->entity, &e->person, err);
}

static vst_rc write_message(vst_tx *tx, const vst_message *m, vst_evaluation *e, vst_err *err)
{
	vst_rc rc = vst_message_insert(tx, m, err);

	if (rc == VST_OK && m->state != VST_REFUSED) {
		rc = vst_message_enqueue(tx, m, err);
		if (rc == VST_OK && m->key.len > 0) {
			rc = vst_key_put(tx, m->entity, m->key, m->id.seq, err);
		}
		if (rc == VST_OK && m->valid_until > 0) {
			rc = vst_timer_add(tx, VST_TIMER_EXPIRY, m->valid_until, m->id.seq, err);
		}
	}
	return rc == VST_OK ? write_person(tx, m, e, err) : rc;
}

vst_rc vst_submit_in(vst_engine *engine, vst_tx *tx, const vst_prepared *prepared, vst_arena *arena, vst_receipt *out,
                     vst_err *err)
{
	const vst_submission *given = prepared->given;
	vst_evaluation evaluation;
	vst_message message;
	vst_losers losers;
	int64_t first = 0;
	vst_rc rc;

	out->timezones = prepared->zone_names;
	out->duplicate = false;
	out->findings_json = VST_STR_EMPTY;
	rc = vst_evaluate(engine, tx, prepared, true, arena, &evaluation, err);
	if (rc != VST_OK) {
		return rc;
	}
	if (given->key.len > 0) {
		rc = vst_key_get(tx, evaluation.entity_id, given->key, &first, err);
		if (rc != VST_OK) {
			return rc;
		}
		if (first != 0) {
			return fill_duplicate(tx, first, arena, out, err);
		}
	}
	memset(&message, 0, sizeof message);
	if ((rc = next_id(engine, tx, &message.id, err)) != VST_OK ||
	    (rc = fill_message(tx, prepared, &evaluation, arena, &message, err)) != VST_OK ||
	    (rc = keep_facts(engine, tx, &evaluation, arena, &message, err)) != VST_OK) {
		return rc;
	}
	vst_outbid_take(&evaluation, &losers);
	if ((rc = write_message(tx, &message, &evaluation, err)) != VST_OK ||
	    (rc = vst_outbid_move(engine, tx, &losers, message.id, err)) != VST_OK) {
		return rc;
	}
	out->decision = evaluation.decision;
	out->stored = true;
	out->id = message.id;
	out->state = message.state;
	return VST_OK;
}

struct submitting {
	vst_engine *engine;
	const vst_prepared *prepared;
	vst_arena *arena;
	vst_receipt *receipt;
};

static vst_rc submit_body(vst_tx *tx, void *context, vst_err *err)
{
	struct submitting *s = context;

	return vst_submit_in(s->engine, tx, s->prepared, s->arena, s->receipt, err);
}

static vst_rc check_body(vst_tx *tx, void *context, vst_err *err)
{
	struct submitting *s = context;
	vst_evaluation evaluation;
	vst_rc rc = vst_evaluate(s->engine, tx, s->prepared, false, s->arena, &evaluation, err);

	if (rc == VST_OK) {
		s->receipt->decision = evaluation.decision;
		s->receipt->timezones = s->prepared->zone_names;
	}
	return rc;
}

vst_rc vst_engine_check(vst_engine *engine, const vst_submission *message, vst_arena *arena, vst_receipt *out,
                        vst_err *err)
{
	vst_prepared prepared;
	struct submitting s = {engine, &prepared, arena, out};
	vst_rc rc = vst_prepare(engine, message, arena, &prepared, err);

	out->stored = false;
	out->duplicate = false;
	out->findings_json = VST_STR_EMPTY;
	return rc == VST_OK ? vst_store_read(engine->store, check_body, &s, err) : rc;
}

vst_rc vst_engine_submit(vst_engine *engine, const vst_submission *message, vst_arena *arena, vst_receipt *out,
                         vst_err *err)
{
	vst_prepared prepared;
	struct submitting s = {engine, &prepared, arena, out};
	vst_rc rc = vst_prepare(engine, message, arena, &prepared, err);

	return rc == VST_OK ? vst_engine_write(engine, submit_body, &s, err) : rc;
}
