/*
 * The account's balance, asked every ten minutes by one of the workers and kept as the fact "balance:<provider>", so
 * that the shop sees it run low before messages stop. A provider that does not answer is not judged by it.
 */
#include "balance.h"

#include <stdio.h>

#include "dispatch.h"
#include "json.h"
#include "lane.h"

#define ASK_EVERY_S 600

static vst_rc fact_name(const vst_provider *provider, char out[96], vst_err *err)
{
	int len = snprintf(out, 96, "balance:%.*s", VST_STR_ARGS(vst_provider_name(provider)));

	return len > 0 && len < 96 ? VST_OK : vst_fail(err, VST_E_INVALID, "provider: too long a name");
}

vst_rc vst_balance_get(vst_tx *tx, const vst_provider *provider, vst_arena *arena, json_t **out, vst_err *err)
{
	vst_str text = VST_STR_EMPTY;
	char name[96];
	vst_rc rc = fact_name(provider, name, err);

	*out = NULL;
	if (rc == VST_OK) {
		rc = vst_fact_get(tx, vst_str_from(name), arena, &text, err);
	}
	if (rc == VST_OK && text.len > 0) {
		*out = json_loadb(text.ptr, text.len, 0, NULL);
	}
	return rc;
}

static vst_rc put(vst_pass *pass, vst_tx *tx, const vst_provider *provider, const json_t *fact, vst_err *err)
{
	vst_str text = VST_STR_EMPTY;
	char name[96];
	vst_rc rc = fact_name(provider, name, err);

	if (rc == VST_OK) {
		rc = vst_json_dump(fact, JSON_COMPACT, &pass->scratch, &text, err);
	}
	return rc == VST_OK ? vst_fact_put(tx, vst_str_from(name), text, err) : rc;
}

/* Keeps what was known and notes that it is being asked, so that no other worker asks too. */
static vst_rc ask(vst_pass *pass, vst_tx *tx, vst_provider *provider, json_t *known, vst_err *err)
{
	vst_shipment *shipment = vst_shipment_new(pass->settings, provider, 0, 1);
	json_t *fact = known != NULL ? json_deep_copy(known) : json_object();
	vst_rc rc = VST_OK;

	if (shipment == NULL || json_object_set_new(fact, "asked", json_integer(vst_tx_now(tx))) != 0) {
		rc = vst_fail_nomem(err);
	}
	if (rc == VST_OK) {
		rc = put(pass, tx, provider, fact, err);
	}
	json_decref(fact);
	if (rc != VST_OK) {
		vst_shipment_free(shipment);
		return rc;
	}
	shipment->cargo = VST_CARGO_BALANCE;
	shipment->next = pass->claimed;
	pass->claimed = shipment;
	return VST_OK;
}

vst_rc vst_pass_claim_balance(vst_pass *pass, vst_tx *tx, vst_err *err)
{
	vst_rc rc = VST_OK;

	for (size_t i = 0; rc == VST_OK && i < pass->settings->provider_count; i++) {
		vst_provider *provider = pass->settings->providers[i];
		vst_breaker breaker;
		json_t *known = NULL;

		if (vst_provider_class_of(provider)->build_query == NULL || vst_place_stops(pass, tx, provider) != NULL) {
			continue;
		}
		rc = vst_breaker_get(tx, vst_provider_name(provider), &breaker, err);
		if (rc == VST_OK && breaker.failures == 0) {
			rc = vst_balance_get(tx, provider, &pass->scratch, &known, err);
		}
		if (rc == VST_OK && breaker.failures == 0 &&
		    vst_tx_now(tx) - json_integer_value(json_object_get(known, "asked")) >= ASK_EVERY_S) {
			rc = ask(pass, tx, provider, known, err);
		}
		json_decref(known);
	}
	return rc;
}

vst_rc vst_pass_settle_balance(vst_pass *pass, vst_tx *tx, const vst_shipment *shipment, vst_err *err)
{
	json_t *fact;
	vst_rc rc;

	if (shipment->answer == NULL) {
		return VST_OK;
	}
	fact = json_deep_copy(shipment->answer);
	if (fact == NULL || json_object_set_new(fact, "asked", json_integer(vst_tx_now(tx))) != 0 ||
	    json_object_set_new(fact, "at", json_integer(vst_tx_now(tx))) != 0) {
		rc = vst_fail_nomem(err);
	} else {
		rc = put(pass, tx, shipment->provider, fact, err);
	}
	json_decref(fact);
	return rc;
}
