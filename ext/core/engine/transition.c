/* Leaving the flight: back into the queue, or on to an outcome. */
#include "dispatch.h"

vst_rc vst_message_requeue(vst_tx *tx, vst_message *message, int64_t due, vst_str reason, vst_err *err)
{
	vst_state from = message->state;
	int64_t now = vst_tx_now(tx);
	vst_rc rc;

	message->state = due > now ? VST_DEFERRED : VST_QUEUED;
	message->due = due > now ? due : now;
	message->reason = reason;
	message->sending_ms = 0;
	if ((rc = vst_flight_remove(tx, message->id.seq, err)) != VST_OK ||
	    (rc = vst_message_update(tx, message, from, err)) != VST_OK ||
	    (rc = vst_message_enqueue(tx, message, err)) != VST_OK) {
		return rc;
	}
	return vst_charge_set(tx, message, message->due, false, err);
}

vst_rc vst_message_settle(vst_tx *tx, vst_message *message, vst_state state, vst_str reason, vst_err *err)
{
	vst_state from = message->state;
	vst_rc rc;

	message->state = state;
	message->reason = reason;
	if (state == VST_ACCEPTED && message->accepted_ms == 0) {
		message->accepted_ms = vst_tx_now_ms(tx);
	}
	if (vst_state_is_final(state)) {
		message->final_ms = vst_tx_now_ms(tx);
	}
	rc = from == VST_SENDING || from == VST_CLAIMED ? vst_flight_remove(tx, message->id.seq, err) : VST_OK;
	if (rc == VST_OK && message->valid_until > 0 && (from == VST_SENDING || from == VST_CLAIMED)) {
		rc = vst_timer_remove(tx, VST_TIMER_EXPIRY, message->valid_until, message->id.seq, err);
	}
	if (rc == VST_OK) {
		rc = vst_message_update(tx, message, from, err);
	}
	/* What was paid for or may have arrived counts; what surely did not gives its slot back. */
	if (rc == VST_OK && state == VST_FAILED) {
		rc = vst_charge_drop(tx, message, err);
	}
	return rc == VST_OK ? vst_message_event(tx, message, err) : rc;
}

int64_t vst_backoff_s(const vst_env *env, int attempts)
{
	int64_t rest = attempts < 10 ? INT64_C(1) << attempts : 600;
	unsigned jitter = 0;

	if (rest > 600) {
		rest = 600;
	}
	/* Without randomness the rest is merely not spread. */
	if (env->random(env->context, &jitter, sizeof jitter)) {
		rest += (int64_t) (jitter % (unsigned) (rest / 2 + 1));
	}
	return rest;
}
