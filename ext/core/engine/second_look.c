/* The gate's second look, in the transaction that claims a message and again in the one that lets it go. */
#include "dispatch.h"
#include "evaluate.h"
#include "facts_record.h"

/* From the facts of the first look to those of now: what cannot have changed stays as it was known then. */
static void renew(vst_pass *pass, vst_tx *tx, const vst_message *message, const vst_facts_known *known,
                  const vst_person *person, vst_gate_facts *facts)
{
	vst_own_hosts own = vst_settings_own_hosts(pass->settings, known->entity);
	const vst_provider *provider = vst_settings_provider(pass->settings, known->provider);

	facts->at_dispatch = true;
	facts->category = message->category;
	facts->text = facts->given_text = message->text;
	facts->from_template = true;
	facts->template_fault.kind = VST_TEMPLATE_OK;
	facts->countries = pass->settings->countries;
	facts->provider = known->provider;
	facts->validity = provider != NULL ? vst_provider_class_of(provider)->validity : facts->validity;
	facts->now = vst_tx_now(tx);
	facts->scenario_approved_by = vst_settings_approver(pass->settings, facts->scenario);
	facts->own_hosts = own.items;
	facts->own_host_count = own.count;
	facts->entity = *known->entity;
	vst_facts_sender(pass->engine, pass->settings, known->sender, message->phone, &facts->sender);
	facts->person = person;
	facts->own_seq = message->id.seq;
	facts->spread = true;
}

static vst_rc read_names(vst_pass *pass, vst_tx *tx, vst_facts_known *known, vst_err *err)
{
	vst_rc rc = VST_OK;

	known->sender = known->provider = VST_STR_EMPTY;
	if (known->message->sender != 0) {
		rc = vst_name_text(tx, known->message->sender, &pass->scratch, &known->sender, err);
	}
	if (rc == VST_OK && known->message->provider != 0) {
		rc = vst_name_text(tx, known->message->provider, &pass->scratch, &known->provider, err);
	}
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

vst_rc vst_second_look(vst_pass *pass, vst_tx *tx, const vst_message *message, const vst_circumstances *circumstances,
                       vst_decision *out, vst_err *err)
{
	const vst_zone *own[VST_FACTS_ZONES_MAX];
	vst_facts_known known = {.message = message, .settings = pass->settings};
	vst_kept_facts kept;
	vst_person person;
	vst_rc rc;

	known.entity = find_entity(pass, tx, message->entity, err);
	if (known.entity == NULL) {
		if (err->rc != VST_OK) {
			return err->rc;
		}
		/* It was taken out of the settings: nobody answers for the message any more. */
		memset(out, 0, sizeof *out);
		out->verdict = VST_VERDICT_REFUSE;
		out->waits_for = "entity_unknown";
		return VST_OK;
	}
	if ((rc = read_names(pass, tx, &known, err)) != VST_OK ||
	    (rc = vst_facts_unpack(tx, &known, &pass->scratch, &kept, err)) != VST_OK ||
	    (rc = vst_facts_zones(pass->engine->zones, kept.zone_names, own, &kept.facts, pass->wanted_zone, err)) !=
	        VST_OK ||
	    (rc = vst_person_get(tx, message->entity, message->phone, vst_tx_now(tx), &person, err)) != VST_OK) {
		return rc;
	}
	renew(pass, tx, message, &known, &person, &kept.facts);
	if (circumstances != NULL) {
		kept.facts.outbid = circumstances->outbid;
		kept.facts.rate_until = circumstances->rate_until;
	}
	return vst_gate_decide(pass->settings->law, &kept.facts, &pass->scratch, out, err);
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
