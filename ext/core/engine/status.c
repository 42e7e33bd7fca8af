/*
 * Asking for delivery status, where a provider can be asked: first a minute after acceptance, then in gaps as long as the
 * message has waited already (at most six hours), for 72 hours. A report by callback makes the questions moot.
 */
#include "lane.h"

#define ROWS 100
#define GIVE_UP_S INT64_C(259200)

static int64_t next_gap(int64_t waited)
{
	return waited < 60 ? 60 : waited > 21600 ? 21600 : waited;
}

/* The open status request of this provider in this pass; a new one when none has room. */
static vst_shipment *shipment_for(vst_pass *pass, vst_provider *provider, int64_t provider_id)
{
	size_t capacity = vst_provider_class_of(provider)->max_batch;
	vst_shipment *shipment;

	for (shipment = pass->claimed; shipment != NULL; shipment = shipment->next) {
		if (shipment->cargo == VST_CARGO_STATUS && shipment->provider == provider && shipment->count < capacity) {
			return shipment;
		}
	}
	shipment = vst_shipment_new(pass->settings, provider, provider_id, capacity);
	if (shipment != NULL) {
		shipment->cargo = VST_CARGO_STATUS;
		shipment->next = pass->claimed;
		pass->claimed = shipment;
	}
	return shipment;
}

static vst_rc ask(vst_pass *pass, vst_tx *tx, const vst_message *message, vst_err *err)
{
	vst_str name = VST_STR_EMPTY;
	vst_provider *provider;
	vst_shipment *shipment;
	vst_breaker breaker;
	vst_rc rc = vst_name_text(tx, message->provider, &pass->scratch, &name, err);

	provider = rc == VST_OK ? vst_settings_provider(pass->settings, name) : NULL;
	if (provider == NULL || !vst_provider_class_of(provider)->can_poll || message->provider_message.len == 0) {
		return rc;
	}
	if (vst_place_stops(pass, tx, provider) != NULL) {
		return VST_OK;
	}
	rc = vst_breaker_get(tx, name, &breaker, err);
	if (rc != VST_OK || breaker.failures > 0) {
		return rc;
	}
	shipment = shipment_for(pass, provider, message->provider);
	if (shipment == NULL) {
		return vst_fail_nomem(err);
	}
	shipment->ids[shipment->count] = vst_arena_copy(&shipment->memory, message->provider_message);
	shipment->seqs[shipment->count++] = message->id.seq;
	return shipment->memory.failed ? vst_fail_nomem(err) : VST_OK;
}

vst_rc vst_pass_claim_status(vst_pass *pass, vst_tx *tx, vst_err *err)
{
	vst_queue_row *rows = vst_arena_array(&pass->scratch, ROWS, sizeof *rows);
	int64_t now = vst_tx_now(tx);
	size_t count = 0;
	vst_rc rc;

	if (pass->scratch.failed) {
		return vst_fail_nomem(err);
	}
	rc = vst_timer_due(tx, VST_TIMER_POLL, now, ROWS, rows, &count, err);
	for (size_t i = 0; rc == VST_OK && i < count; i++) {
		vst_message message;
		bool found = false;
		int64_t waited;

		if ((rc = vst_timer_remove(tx, VST_TIMER_POLL, rows[i].due, rows[i].seq, err)) != VST_OK ||
		    (rc = vst_message_get(tx, rows[i].seq, &pass->scratch, &message, &found, err)) != VST_OK || !found ||
		    message.state != VST_ACCEPTED) {
			continue;
		}
		waited = now - message.accepted_ms / 1000;
		if (waited < GIVE_UP_S) {
			rc = vst_timer_add(tx, VST_TIMER_POLL, now + next_gap(waited), rows[i].seq, err);
		}
		if (rc == VST_OK) {
			rc = ask(pass, tx, &message, err);
		}
	}
	return rc;
}
