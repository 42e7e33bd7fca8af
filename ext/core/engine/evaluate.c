/* The second step, inside a transaction: facts from settings and store, then the gate. */
#include "evaluate.h"

#include "charge.h"
#include "outbid.h"

static vst_rc choose_entity(vst_engine *engine, vst_tx *tx, const vst_settings *settings, const vst_submission *given,
                            const vst_site *site, vst_evaluation *out, vst_err *err)
{
	vst_str name = given->entity;

	(void) settings;
	if (name.len == 0 && site != NULL) {
		name = site->entity;
	}
	return vst_engine_entity(engine, tx, name, &out->entity, &out->entity_id, err);
}

static vst_str choose_sender(const vst_settings *settings, const vst_submission *given, const vst_site *site)
{
	if (given->sender.len > 0) {
		return given->sender;
	}
	if (site != NULL && site->sender.len > 0) {
		return site->sender;
	}
	return settings->sender_count == 1 ? settings->senders[0].name : VST_STR_EMPTY;
}

static vst_rc choose_provider(vst_engine *engine, const vst_settings *settings, const vst_prepared *message,
                              vst_category category, vst_evaluation *out, vst_err *err)
{
	const vst_sender *sender = vst_settings_sender(settings, out->sender);

	if (message->given->provider.len > 0) {
		out->provider = vst_settings_provider(settings, message->given->provider);
		return out->provider != NULL ? VST_OK : vst_fail(err, VST_E_INVALID, "provider: not one of settings.providers");
	}
	if (sender != NULL && sender->provider.len > 0) {
		out->provider = vst_settings_provider(settings, sender->provider);
	} else {
		out->provider = vst_settings_route(settings, category, &message->phone, out->sender,
		                                   vst_numbering_plan_seen(engine->options.numbering));
	}
	return VST_OK;
}

void vst_facts_sender(vst_engine *engine, const vst_settings *settings, vst_str name, int64_t phone,
                      vst_gate_sender *out)
{
	const vst_sender *sender = vst_settings_sender(settings, name);

	out->name = name;
	out->named = sender != NULL;
	out->inbound = sender != NULL && sender->inbound;
	out->unregistered =
		sender != NULL && vst_settings_unregistered(sender, phone, vst_numbering_plan_seen(engine->options.numbering));
}

/* FNV-1a: only spreads; nothing depends on it being hard to guess. */
static uint64_t mix(uint64_t hash, vst_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		hash = (hash ^ (unsigned char) text.ptr[i]) * UINT64_C(1099511628211);
	}
	return hash;
}

static uint64_t spread_key(const vst_prepared *message, int64_t entity)
{
	uint64_t hash = UINT64_C(14695981039346656037) ^ (uint64_t) entity;

	hash = (hash ^ (uint64_t) message->phone.number) * UINT64_C(1099511628211);
	hash = mix(hash, message->given->key.len > 0 ? message->given->key : message->text);
	return hash ^ hash >> 32;
}

static void fill_facts(vst_engine *engine, const vst_settings *settings, vst_tx *tx, const vst_prepared *message,
                       bool spread, const vst_evaluation *evaluation, vst_gate_facts *facts)
{
	const vst_submission *given = message->given;
	vst_own_hosts own = vst_settings_own_hosts(settings, evaluation->entity);

	memset(facts, 0, sizeof *facts);
	facts->category = message->category;
	facts->text = message->text;
	facts->given_text = message->given_text;
	facts->from_template = message->from_template;
	facts->template_fault = message->fault;
	facts->phone_valid = message->phone_valid;
	facts->phone_mobile_known = message->phone.mobile >= 0;
	facts->phone_mobile = message->phone.mobile == 1;
	memcpy(facts->phone_country, message->phone.country, sizeof facts->phone_country);
	facts->countries = settings->countries;
	facts->zones = message->zones;
	facts->zone_count = message->zone_count;
	facts->zones_known = message->zone_names[0] != NULL;
	facts->zone_source = message->zone_source;
	facts->operator_name = message->operator_name;
	facts->operator_inn = message->operator_inn;
	facts->territory = message->territory;
	facts->provider = evaluation->provider != NULL ? vst_provider_name(evaluation->provider) : VST_STR_EMPTY;
	facts->validity =
		evaluation->provider != NULL ? vst_provider_class_of(evaluation->provider)->validity : VST_VALIDITY_MINUTES;
	facts->now = vst_tx_now(tx);
	facts->not_before = given->not_before;
	facts->valid_until = given->valid_until;
	facts->offer_until = given->offer_until;
	facts->order = given->order_number;
	facts->basis = given->basis;
	facts->approved_by = given->approved_by;
	facts->campaign = given->campaign;
	facts->scenario = given->scenario;
	facts->scenario_approved_by = vst_settings_approver(settings, given->scenario);
	facts->campaign_approved_by = VST_STR_EMPTY;
	facts->link = VST_STR_EMPTY;
	facts->own_hosts = own.items;
	facts->own_host_count = own.count;
	facts->order_links = given->links;
	facts->order_link_count = given->link_count;
	facts->tags = given->tags;
	facts->tag_count = given->tag_count;
	facts->priority = evaluation->priority;
	facts->debt = given->debt;
	facts->acknowledged = given->acknowledged;
	facts->acknowledged_count = given->acknowledged_count;
	facts->entity = *evaluation->entity;
	vst_facts_sender(engine, settings, evaluation->sender, message->phone.number, &facts->sender);
	facts->person = message->phone_valid ? &evaluation->person : NULL;
	facts->spread = spread;
	facts->spread_key = spread_key(message, evaluation->entity_id);
}

/* The facts and the decision, as far as they depend on what the message is treated as. */
static vst_rc decide_as(vst_engine *engine, vst_tx *tx, const vst_settings *settings, const vst_prepared *message,
                        vst_category category, bool spread, vst_arena *arena, vst_evaluation *out, vst_err *err)
{
	vst_rc rc = choose_provider(engine, settings, message, category, out, err);

	if (rc == VST_OK && message->phone_valid && category == VST_ADVERTISING &&
	    out->person.consent[VST_PURPOSE_ADVERTISING].status == VST_CONSENT_NONE) {
		rc = vst_person_consent_elsewhere(tx, out->entity_id, message->phone.number, &out->person.consent_elsewhere,
		                                  err);
	}
	if (rc != VST_OK) {
		return rc;
	}
	fill_facts(engine, settings, tx, message, spread, out, &out->facts);
	return vst_outbid_decide(tx, settings->law, &out->facts, arena, out, err);
}

vst_rc vst_evaluate(vst_engine *engine, vst_tx *tx, const vst_prepared *message, bool spread, vst_arena *arena,
                    vst_evaluation *out, vst_err *err)
{
	const vst_submission *given = message->given;
	const vst_site *site = NULL;
	vst_settings *settings;
	vst_rc rc = vst_engine_current(engine, tx, &settings, err);

	if (rc != VST_OK) {
		return rc;
	}
	memset(out, 0, offsetof(vst_evaluation, person));
	if (given->site.len > 0) {
		site = vst_settings_site(settings, given->site);
		if (site == NULL && settings->site_count > 0) {
			return vst_fail(err, VST_E_INVALID, "site: not one of settings.sites");
		}
	}
	out->sender = choose_sender(settings, given, site);
	out->priority = given->has_priority ? (int) given->priority : vst_priority_of(given->campaign);
	if ((rc = choose_entity(engine, tx, settings, given, site, out, err)) != VST_OK) {
		return rc;
	}
	if (message->phone_valid) {
		rc = vst_person_get(tx, out->entity_id, message->phone.number, vst_tx_now(tx), &out->person, err);
		if (rc != VST_OK) {
			return rc;
		}
		vst_charges_forget(&out->person, settings->law, vst_tx_now(tx));
	}
	rc = decide_as(engine, tx, settings, message, message->category, spread, arena, out, err);
	if (rc == VST_OK &&
	    out->decision.category != message->category) { /* R02: route and consent are those of advertising */
		rc = decide_as(engine, tx, settings, message, out->decision.category, spread, arena, out, err);
	}
	return rc;
}
