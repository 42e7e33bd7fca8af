/* The gate's second look, in the transaction that claims a message and again in the one that lets it go. */
#include <stdlib.h>

#include "dispatch.h"
#include "evaluate.h"
#include "text/phone.h"

#define ZONES_MAX 16
#define ACKNOWLEDGED_MAX 16

/* The zones a message was stored with. VST_E_CANCELLED with wanted_zone set: one is not loaded yet. */
static vst_rc find_zones(vst_pass *pass, const vst_message *message, const vst_zone **own, vst_gate_facts *facts,
                         vst_err *err)
{
	vst_str rest = message->zones;

	if (rest.len == 0) {
		/* Loaded when the dispatcher was made. */
		return vst_zone_cache_russia(pass->engine->zones, &facts->zones, &facts->zone_count, err);
	}
	while (rest.len > 0 && facts->zone_count < ZONES_MAX) {
		const char *bar = memchr(rest.ptr, '|', rest.len);
		size_t len = bar != NULL ? (size_t) (bar - rest.ptr) : rest.len;
		char name[64] = "";

		if (len >= sizeof name) {
			return vst_fail(err, VST_E_CORRUPT, "a stored time zone has too long a name");
		}
		memcpy(name, rest.ptr, len);
		own[facts->zone_count] = vst_zone_cache_peek(pass->engine->zones, name);
		if (own[facts->zone_count] == NULL) {
			memcpy(pass->wanted_zone, name, sizeof name);
			return VST_E_CANCELLED;
		}
		facts->zone_count++;
		rest = bar != NULL ? (vst_str) {bar + 1, rest.len - len - 1} : VST_STR_EMPTY;
	}
	facts->zones = own;
	facts->zones_known = true;
	return VST_OK;
}

/* Warnings that a person accepted at submit stay accepted. Rarely any: read only when the stored text has some. */
static size_t stored_acknowledgements(vst_str decision, vst_arena *arena, vst_str *rules)
{
	json_t *root, *finding;
	size_t index, count = 0;

	if (!vst_str_contains(decision, VST_STR("\"acknowledged\":true"))) {
		return 0;
	}
	root = json_loadb(decision.ptr, decision.len, 0, NULL);
	json_array_foreach(json_object_get(root, "findings"), index, finding) {
		const char *rule = json_string_value(json_object_get(finding, "rule"));

		if (rule != NULL && json_is_true(json_object_get(finding, "acknowledged")) && count < ACKNOWLEDGED_MAX) {
			rules[count++] = vst_arena_copy(arena, vst_str_from(rule));
		}
	}
	json_decref(root);
	return count;
}

static vst_rc fill_facts(vst_pass *pass, vst_tx *tx, const vst_message *message, const vst_gate_entity *entity,
                         const vst_person *person, vst_gate_facts *facts, vst_err *err)
{
	vst_phone phone = {0, "", -1};
	vst_str sender = VST_STR_EMPTY;
	vst_rc rc = VST_OK;

	if (message->sender != 0) {
		rc = vst_name_text(tx, message->sender, &pass->scratch, &sender, err);
	}
	facts->at_dispatch = true;
	facts->category = message->category;
	facts->text = facts->given_text = message->text;
	facts->from_template = true;
	facts->phone_valid = vst_phone_describe(message->phone, &phone);
	facts->phone_mobile_known = phone.mobile >= 0;
	facts->phone_mobile = phone.mobile == 1;
	memcpy(facts->phone_country, phone.country, sizeof facts->phone_country);
	facts->countries = pass->settings->countries;
	facts->now = vst_tx_now(tx);
	facts->not_before = message->not_before;
	facts->valid_until = message->valid_until;
	facts->order = message->order_number;
	facts->basis = message->basis;
	facts->approved_by = message->approved_by;
	facts->campaign = message->campaign;
	facts->debt = message->debt;
	facts->entity = *entity;
	vst_facts_sender(pass->engine, pass->settings, sender, message->phone, &facts->sender);
	facts->person = person;
	facts->own_seq = message->id.seq;
	facts->spread = true;
	facts->spread_key = message->id.nonce;
	return rc;
}

static const vst_gate_entity *find_entity(vst_pass *pass, vst_tx *tx, int64_t id, vst_err *err)
{
	vst_str name = VST_STR_EMPTY;

	if (vst_name_text(tx, id, &pass->scratch, &name, err) != VST_OK) {
		return NULL;
	}
	return vst_settings_entity(pass->settings, name);
}

vst_rc vst_second_look(vst_pass *pass, vst_tx *tx, const vst_message *message, bool outbid, vst_decision *out,
                       vst_err *err)
{
	const vst_zone *own[ZONES_MAX];
	vst_str acknowledged[ACKNOWLEDGED_MAX];
	const vst_gate_entity *entity;
	vst_gate_facts facts;
	vst_person person;
	vst_rc rc;

	entity = find_entity(pass, tx, message->entity, err);
	if (entity == NULL) {
		if (err->rc != VST_OK) {
			return err->rc;
		}
		/* It was taken out of the settings: nobody answers for the message any more. */
		memset(out, 0, sizeof *out);
		out->verdict = VST_VERDICT_REFUSE;
		out->waits_for = "entity_unknown";
		return VST_OK;
	}
	memset(&facts, 0, sizeof facts);
	if ((rc = find_zones(pass, message, own, &facts, err)) != VST_OK ||
	    (rc = vst_person_get(tx, message->entity, message->phone, vst_tx_now(tx), &person, err)) != VST_OK ||
	    (rc = fill_facts(pass, tx, message, entity, &person, &facts, err)) != VST_OK) {
		return rc;
	}
	facts.outbid = outbid;
	facts.acknowledged = acknowledged;
	facts.acknowledged_count = stored_acknowledgements(message->decision, &pass->scratch, acknowledged);
	return vst_gate_decide(pass->settings->law, &facts, &pass->scratch, out, err);
}

static vst_str refusal_code(const vst_decision *decision)
{
	for (size_t i = 0; i < decision->finding_count; i++) {
		if (decision->findings[i].verdict >= VST_FINDING_WARN && decision->findings[i].verdict != VST_FINDING_DEFER &&
		    !decision->findings[i].acknowledged) {
			return vst_str_from(decision->findings[i].code);
		}
	}
	return vst_str_from(decision->waits_for);
}

vst_rc vst_apply_decision(vst_pass *pass, vst_tx *tx, vst_message *message, const vst_decision *decision, vst_err *err)
{
	vst_state from = message->state;
	vst_rc rc = VST_OK;

	(void) pass;
	if (decision->verdict == VST_VERDICT_REFUSE) {
		return vst_message_end(tx, message, VST_REFUSED, refusal_code(decision), err);
	}
	if (from == VST_CLAIMED) {
		message->attempts--; /* waiting uses up no attempt */
		return vst_message_requeue(tx, message, decision->due, vst_str_from(decision->waits_for), err);
	}
	rc = vst_message_dequeue(tx, message, err);
	if (rc != VST_OK) {
		return rc;
	}
	message->state = VST_DEFERRED;
	message->due = decision->due;
	message->reason = vst_str_from(decision->waits_for);
	if ((rc = vst_message_update(tx, message, from, err)) != VST_OK ||
	    (rc = vst_message_enqueue(tx, message, err)) != VST_OK) {
		return rc;
	}
	return vst_charge_set(tx, message, message->due, false, err);
}
