#include "rule.h"

/*
 * One finding per cause. In the order of strength: stopped or withdrawn (R07), no consent here but elsewhere (R04),
 * none (R03), unconfirmed (R06). A bar at the operator is R09's alone, also when it came through the stop list.
 */
#define BAR_BIT (1u << VST_STOP_OPERATOR_BAR)

static const vst_consent_fact *advertising_consent(const vst_gate *gate)
{
	return &gate->facts->person->consent[VST_PURPOSE_ADVERTISING];
}

static unsigned stops(const vst_gate *gate)
{
	return (gate->facts->person->stop_advertising | gate->facts->person->stop_all) & ~BAR_BIT;
}

static bool is_stopped(const vst_gate *gate)
{
	return stops(gate) != 0 || advertising_consent(gate)->status == VST_CONSENT_WITHDRAWN;
}

static bool consents_to_other_things(const vst_person *person)
{
	if (person->consent_elsewhere) {
		return true;
	}
	for (int purpose = 0; purpose < VST_PURPOSE_COUNT; purpose++) {
		if (purpose != VST_PURPOSE_ADVERTISING && (person->consent[purpose].status == VST_CONSENT_GRANTED ||
		                                           person->consent[purpose].status == VST_CONSENT_UNCONFIRMED)) {
			return true;
		}
	}
	return false;
}

/* Without a person (the phone was not valid, R32) nothing is known and nothing is said. */
static bool lacks_consent(const vst_gate *gate)
{
	return gate->facts->person != NULL && !is_stopped(gate) && advertising_consent(gate)->status == VST_CONSENT_NONE;
}

void vst_rule_consent(vst_gate *gate)
{
	if (lacks_consent(gate) && !consents_to_other_things(gate->facts->person)) {
		vst_gate_find(gate, VST_F_CONSENT_MISSING, 0, NULL, 0);
	}
}

void vst_rule_consent_entity(vst_gate *gate)
{
	if (lacks_consent(gate) && consents_to_other_things(gate->facts->person)) {
		vst_gate_find(gate, VST_F_CONSENT_ELSEWHERE, 0, NULL, 0);
	}
}

static bool has_consent(const vst_gate *gate)
{
	return gate->facts->person != NULL && (advertising_consent(gate)->status == VST_CONSENT_GRANTED ||
	                                       advertising_consent(gate)->status == VST_CONSENT_UNCONFIRMED);
}

void vst_rule_proof(vst_gate *gate)
{
	if (has_consent(gate) && !is_stopped(gate) && !advertising_consent(gate)->complete) {
		vst_gate_find(gate, VST_F_PROOF_INCOMPLETE, 0, NULL, 0);
	}
}

void vst_rule_confirmed(vst_gate *gate)
{
	const vst_consent_fact *consent;

	if (!has_consent(gate) || is_stopped(gate)) {
		return;
	}
	consent = advertising_consent(gate);
	if (consent->status == VST_CONSENT_UNCONFIRMED) {
		bool accepted = (gate->settings->rules.confirm_warn_for & 1u << consent->source) != 0;

		vst_gate_find(gate, accepted ? VST_F_CONSENT_UNCONFIRMED_ACCEPTED : VST_F_CONSENT_UNCONFIRMED, 0, NULL, 0);
	}
}

void vst_rule_stopped(vst_gate *gate)
{
	static const vst_gate_word kinds[VST_STOP_KIND_COUNT] = {
		[VST_STOP_OPT_OUT] = {"kind", VST_STR("отказ человека"), VST_STR("the person opted out")},
		[VST_STOP_COMPLAINT] = {"kind", VST_STR("жалоба"), VST_STR("a complaint")},
		[VST_STOP_PROVIDER] = {"kind", VST_STR("стоп-лист провайдера"), VST_STR("the provider's stop list")},
	};

	if (gate->facts->person == NULL || !is_stopped(gate)) {
		return;
	}
	if (advertising_consent(gate)->status == VST_CONSENT_WITHDRAWN) {
		vst_gate_find(gate, VST_F_CONSENT_WITHDRAWN, 0, NULL, 0);
		return;
	}
	for (int kind = 0; kind < VST_STOP_OPERATOR_BAR; kind++) {
		if ((stops(gate) & 1u << kind) != 0) {
			vst_gate_find(gate, VST_F_STOPPED, 0, &kinds[kind], 1);
			return;
		}
	}
}

static bool is_basis(const vst_gate *gate, vst_str basis)
{
	if (vst_str_is(basis, "contract") || vst_str_is(basis, "service_consent") || vst_str_is(basis, "request")) {
		return true;
	}
	for (size_t i = 0; i < gate->settings->rules.bases.count; i++) {
		if (vst_str_equal(basis, gate->settings->rules.bases.items[i])) {
			return true;
		}
	}
	return false;
}

static bool has_service_consent(const vst_person *person)
{
	vst_consent_status status = person->consent[VST_PURPOSE_SERVICE].status;

	return status == VST_CONSENT_GRANTED || status == VST_CONSENT_UNCONFIRMED;
}

void vst_rule_service_basis(vst_gate *gate)
{
	const vst_gate_facts *facts = gate->facts;
	bool requested = vst_str_is(facts->basis, "request");

	if (facts->person != NULL && (facts->person->stop_all & ~BAR_BIT) != 0 && !requested) {
		vst_gate_find(gate, VST_F_SERVICE_STOPPED, 0, NULL, 0);
	}
	if (facts->order.len > 0) {
		return;
	}
	if (!is_basis(gate, facts->basis)) {
		if (facts->at_dispatch) {
			return; /* it had one at submit; only a consent can have gone since */
		}
		vst_gate_find(gate, VST_F_SERVICE_BASIS_MISSING, 0, NULL, 0);
	} else if (vst_str_is(facts->basis, "service_consent") && facts->person != NULL &&
	           !has_service_consent(facts->person)) {
		vst_gate_find(gate, VST_F_SERVICE_CONSENT_MISSING, 0, NULL, 0);
	}
}

void vst_rule_operator_bar(vst_gate *gate)
{
	if (gate->facts->person != NULL && gate->facts->person->bar_until > gate->facts->now) {
		vst_gate_word when = vst_gate_when(gate, "when", gate->facts->person->bar_until);

		vst_gate_find(gate, VST_F_OPERATOR_BAR, 0, &when, 1);
	}
}

void vst_rule_approval(vst_gate *gate)
{
	const vst_gate_facts *facts = gate->facts;

	if (facts->approved_by.len == 0 && facts->campaign_approved_by.len == 0 && facts->scenario_approved_by.len == 0) {
		vst_gate_find(gate, VST_F_APPROVAL_MISSING, 0, NULL, 0);
	}
}

/* A month is a twelfth of 365.25 days. */
#define MONTH_S INT64_C(2629800)

void vst_rule_fresh(vst_gate *gate)
{
	const vst_person *person = gate->facts->person;
	int64_t months = gate->settings->rules.fresh_months, seen;

	if (!has_consent(gate) || is_stopped(gate)) {
		return;
	}
	seen = advertising_consent(gate)->since > person->active_at ? advertising_consent(gate)->since : person->active_at;
	if (seen < gate->facts->now - months * MONTH_S) {
		vst_gate_word words[] = {vst_gate_number(gate, "months", months)};

		vst_gate_find(gate, VST_F_CONSENT_STALE, 0, words, 1);
	}
}
