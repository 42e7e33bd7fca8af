/*
 * The intent: `sending` is committed for every message of a held request before a byte of its body goes out, and the gate looks
 * once more in that very transaction. If one message of a request may not go, the request is dropped whole and the others
 * return to the queue: its body is already built.
 */
#include "dispatch.h"

/* Is the message still claimed, and by this worker? A cancel or a lease that has passed took it away. */
static vst_rc still_mine(vst_pass *pass, vst_tx *tx, int64_t seq, vst_message *message, bool *mine, vst_err *err)
{
	const vst_worker *worker = &pass->engine->dispatcher->worker;
	vst_flight flight;
	bool found = false;
	vst_rc rc = vst_flight_get(tx, seq, &flight, &found, err);

	*mine = false;
	if (rc != VST_OK || !found || flight.slot != worker->slot || flight.fence != worker->fence) {
		return rc;
	}
	rc = vst_message_get(tx, seq, &pass->scratch, message, &found, err);
	*mine = found && (message->state == VST_CLAIMED || message->state == VST_SENDING);
	return rc;
}

/* Looks at all messages of the request first, so that an intent is stored for all of them or for none. */
static vst_rc look_at_all(vst_pass *pass, vst_tx *tx, const vst_shipment *shipment, vst_message *messages, bool *mine,
                          vst_decision *decision, bool *all_go, vst_err *err)
{
	vst_rc rc = VST_OK;

	*all_go = true;
	for (size_t i = 0; rc == VST_OK && i < shipment->count; i++) {
		rc = still_mine(pass, tx, shipment->seqs[i], &messages[i], &mine[i], err);
		if (rc != VST_OK || !mine[i]) {
			*all_go = false;
			continue;
		}
		rc = vst_second_look(pass, tx, &messages[i], NULL, decision, err);
		if (rc == VST_OK && decision->verdict != VST_VERDICT_SEND) {
			*all_go = false;
			mine[i] = false; /* dealt with here */
			rc = vst_apply_decision(pass, tx, &messages[i], decision, err);
		}
	}
	return rc;
}

static vst_rc store_intent(vst_pass *pass, vst_tx *tx, vst_message *message, vst_err *err)
{
	const vst_worker *worker = &pass->engine->dispatcher->worker;
	const vst_env *env = pass->engine->env;
	vst_flight flight = {message->id.seq, worker->slot, worker->fence, env->now_ms(env->context) + VST_LEASE_MS, true};
	vst_rc rc;

	message->state = VST_SENDING;
	message->sending_ms = vst_tx_now_ms(tx);
	rc = vst_message_update(tx, message, VST_CLAIMED, err);
	if (rc == VST_OK) {
		rc = vst_flight_put(tx, &flight, err);
	}
	/* Rounded up: what is free a whole number of days later is free by the millisecond. */
	return rc == VST_OK ? vst_charge_set(tx, message, (message->sending_ms + 999) / 1000, true, err) : rc;
}

vst_rc vst_pass_intent(vst_pass *pass, vst_tx *tx, vst_shipment *shipment, vst_err *err)
{
	vst_message *messages = vst_arena_array(&pass->scratch, shipment->count, sizeof *messages);
	bool *mine = vst_arena_array(&pass->scratch, shipment->count, sizeof *mine);
	vst_decision *decision = vst_arena_alloc(&pass->scratch, sizeof *decision);
	bool all_go = false;
	vst_rc rc;

	if (pass->scratch.failed) {
		return vst_fail_nomem(err);
	}
	rc = look_at_all(pass, tx, shipment, messages, mine, decision, &all_go, err);
	for (size_t i = 0; rc == VST_OK && i < shipment->count; i++) {
		if (all_go) {
			rc = store_intent(pass, tx, &messages[i], err);
		} else if (mine[i]) {
			messages[i].attempts--;
			rc = vst_message_requeue(tx, &messages[i], 0, VST_STR_EMPTY, err);
		}
	}
	shipment->plan = all_go ? VST_PLAN_RELEASE : VST_PLAN_DROP;
	if (all_go) {
		const vst_env *env = pass->engine->env;

		shipment->lease_ends_ns = env->monotonic_ns(env->context) + VST_LEASE_MS * 1000000;
		pass->counts.sent += (int64_t) shipment->count;
	}
	return rc;
}

/* Gives claimed messages back without an attempt: the worker leaves. Nothing of them went out. */
vst_rc vst_pass_abandon(vst_pass *pass, vst_tx *tx, vst_shipment *shipment, vst_err *err)
{
	vst_rc rc = VST_OK;

	for (size_t i = 0; rc == VST_OK && shipment->cargo == VST_CARGO_MESSAGES && i < shipment->count; i++) {
		vst_message message;
		bool mine;

		rc = still_mine(pass, tx, shipment->seqs[i], &message, &mine, err);
		if (rc == VST_OK && mine && message.state == VST_CLAIMED) {
			message.attempts--;
			rc = vst_message_requeue(tx, &message, 0, VST_STR_EMPTY, err);
		}
	}
	shipment->plan = VST_PLAN_DROP;
	return rc;
}
