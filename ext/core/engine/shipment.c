/* One request: from the claimed messages to the outcomes. Never inside a transaction. */
#include <stdlib.h>

#include "dispatch.h"

vst_shipment *vst_shipment_new(vst_settings *settings, vst_provider *provider, int64_t provider_id, size_t capacity)
{
	vst_shipment *shipment = calloc(1, sizeof *shipment);

	if (shipment == NULL) {
		return NULL;
	}
	shipment->settings = vst_settings_hold(settings);
	shipment->provider = provider;
	shipment->provider_id = provider_id;
	shipment->seqs = vst_arena_array(&shipment->memory, capacity, sizeof *shipment->seqs);
	shipment->parcels = vst_arena_array(&shipment->memory, capacity, sizeof *shipment->parcels);
	shipment->ids = vst_arena_array(&shipment->memory, capacity, sizeof *shipment->ids);
	shipment->outcomes = vst_arena_array(&shipment->memory, capacity, sizeof *shipment->outcomes);
	shipment->reports = vst_arena_array(&shipment->memory, capacity, sizeof *shipment->reports);
	if (shipment->memory.failed) {
		vst_shipment_free(shipment);
		return NULL;
	}
	return shipment;
}

static void end_exchange(vst_shipment *shipment)
{
	if (shipment->exchange != NULL) {
		vst_exchange_drop(shipment->exchange);
		shipment->exchange = NULL;
	}
}

void vst_shipment_free(vst_shipment *shipment)
{
	if (shipment != NULL) {
		end_exchange(shipment);
		json_decref(shipment->answer);
		vst_settings_release(shipment->settings);
		vst_arena_free(&shipment->memory);
		free(shipment);
	}
}

/* What cannot be built or connected was surely not sent. */
static void finish_unsent(vst_shipment *shipment)
{
	shipment->phase = VST_PHASE_FINISHED;
	shipment->replied = false;
	shipment->released = false;
}

static vst_rc build(const vst_shipment *shipment, vst_request *request, vst_err *err)
{
	const vst_provider_class *class = vst_provider_class_of(shipment->provider);

	switch (shipment->cargo) {
		case VST_CARGO_STATUS:
			return class->build_status(shipment->provider, shipment->ids, shipment->count, request, err);
		case VST_CARGO_BALANCE:
			return class->build_query(shipment->provider, VST_QUERY_BALANCE, VST_STR_EMPTY, request, err);
		default: return class->build_send(shipment->provider, shipment->parcels, shipment->count, request, err);
	}
}

static vst_rc read_reply(vst_shipment *shipment, const vst_reply *reply, vst_err *err)
{
	const vst_provider_class *class = vst_provider_class_of(shipment->provider);

	switch (shipment->cargo) {
		case VST_CARGO_STATUS:
			return class->read_status(shipment->provider, shipment->ids, shipment->count, reply, &shipment->memory,
			                          shipment->outcomes, err);
		case VST_CARGO_BALANCE:
			return class->read_query(shipment->provider, VST_QUERY_BALANCE, reply, &shipment->answer, err);
		default:
			return class->read_send(shipment->provider, shipment->parcels, shipment->count, reply, &shipment->memory,
			                        shipment->outcomes, err);
	}
}

vst_rc vst_shipment_start(vst_engine *engine, vst_shipment *shipment, vst_err *err)
{
	vst_request request;
	vst_err problem = VST_ERR_INIT;
	vst_rc rc;

	if (vst_provider_is_sandbox(shipment->provider)) {
		shipment->phase = VST_PHASE_HELD;
		return VST_OK;
	}
	memset(&request, 0, sizeof request);
	rc = vst_provider_resolve(shipment->provider, &problem);
	if (rc == VST_OK) {
		rc = build(shipment, &request, &problem);
	}
	if (rc == VST_OK) {
		rc = vst_wire_start(engine->dispatcher->wire, &request, shipment, &shipment->exchange, &problem);
	}
	vst_request_free(&request);
	if (rc == VST_E_NOMEM) {
		return vst_fail_nomem(err);
	}
	if (rc != VST_OK) {
		engine->env->log(engine->env->context, VST_LOG_ERROR, problem.text);
		finish_unsent(shipment);
	}
	return VST_OK;
}

/* The sandbox takes a message and says at once what its delivery report will be. */
static void deliver_all(vst_shipment *shipment)
{
	const vst_provider_class *class = vst_provider_class_of(shipment->provider);

	for (size_t i = 0; i < shipment->count; i++) {
		class->deliver(shipment->provider, &shipment->parcels[i], &shipment->memory, &shipment->outcomes[i],
		               &shipment->reports[i]);
	}
	shipment->replied = true;
	shipment->phase = VST_PHASE_FINISHED;
}

void vst_shipment_release(vst_shipment *shipment)
{
	shipment->phase = VST_PHASE_SENDING;
	if (vst_provider_is_sandbox(shipment->provider)) {
		shipment->released = true;
		deliver_all(shipment);
	} else if (shipment->exchange != NULL) {
		vst_exchange_hand_until(shipment->exchange, shipment->lease_ends_ns);
		vst_exchange_release(shipment->exchange);
	}
}

vst_rc vst_shipment_finish(vst_shipment *shipment, vst_err *err)
{
	const vst_reply *reply = vst_exchange_reply(shipment->exchange);
	vst_rc rc = VST_OK;

	shipment->released = reply->released;
	/* An answer to a request whose body never went out says nothing of the messages: they are tried again. */
	if (reply->released) {
		rc = read_reply(shipment, reply, err);
		/* Whether anything was said: an answer that tells nothing of any message is none. */
		for (size_t i = 0; rc == VST_OK && i < shipment->count; i++) {
			shipment->replied = shipment->replied || shipment->outcomes[i].kind != VST_OUTCOME_UNSURE;
		}
	}
	if (rc == VST_E_NOMEM) {
		return rc;
	}
	vst_err_clear(err);
	VST_STOP_POINT("reply_read");
	end_exchange(shipment);
	shipment->phase = VST_PHASE_FINISHED;
	return VST_OK;
}
