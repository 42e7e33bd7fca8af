/*
 * What a dead worker left: `claimed` never reached the wire and is queued again, `sending` may have and is in doubt.
 * Also expiry, and the pruning of what is kept for a time only.
 */
#include "dispatch.h"

#define ROWS 256

/* Of the slots' present holders: whose fence is it? */
static int64_t fence_of(const vst_heartbeat *beats, size_t count, int slot)
{
	for (size_t i = 0; i < count; i++) {
		if (beats[i].slot == slot) {
			return beats[i].fence;
		}
	}
	return 0;
}

static bool is_dead(vst_pass *pass, const vst_flight *flight, const vst_heartbeat *beats, size_t count)
{
	const vst_worker *own = &pass->engine->dispatcher->worker;
	const vst_env *env = pass->engine->env;

	if (flight->slot == own->slot) {
		return flight->fence != own->fence;
	}
	return flight->lease_until_ms < env->now_ms(env->context) || !vst_worker_alive(pass->engine->store, flight->slot) ||
	       fence_of(beats, count, flight->slot) != flight->fence;
}

static vst_rc recover_one(vst_pass *pass, vst_tx *tx, const vst_flight *flight, vst_err *err)
{
	vst_message message;
	bool found = false;
	vst_rc rc = vst_message_get(tx, flight->seq, &pass->scratch, &message, &found, err);

	if (rc != VST_OK) {
		return rc;
	}
	pass->counts.recovered++;
	if (found && message.state == VST_CLAIMED) {
		message.attempts--;
		return vst_message_requeue(tx, &message, 0, VST_STR_EMPTY, err);
	}
	if (found && message.state == VST_SENDING) {
		pass->counts.in_doubt++;
		rc = vst_message_settle(tx, &message, VST_IN_DOUBT, VST_STR("worker_died"), err);
		if (rc == VST_OK && pass->settings->resend[message.category] && message.attempts < VST_ATTEMPTS_MAX) {
			rc = vst_message_requeue(tx, &message, 0, VST_STR("in_doubt_resend"), err);
		}
		return rc;
	}
	return vst_flight_remove(tx, flight->seq, err);
}

vst_rc vst_pass_recover(vst_pass *pass, vst_tx *tx, vst_err *err)
{
	vst_flight *rows = vst_arena_array(&pass->scratch, ROWS, sizeof *rows);
	vst_heartbeat *beats = NULL;
	size_t beat_count = 0, count = 0;
	int64_t after = 0;
	vst_rc rc;

	if (pass->scratch.failed) {
		return vst_fail_nomem(err);
	}
	rc = vst_heartbeat_list(tx, &pass->scratch, &beats, &beat_count, err);
	do {
		rc = rc == VST_OK ? vst_flight_list(tx, after, ROWS, rows, &count, err) : rc;
		for (size_t i = 0; rc == VST_OK && i < count; i++) {
			after = rows[i].seq;
			if (is_dead(pass, &rows[i], beats, beat_count)) {
				rc = recover_one(pass, tx, &rows[i], err);
			}
		}
	} while (rc == VST_OK && count == ROWS);
	return rc;
}

static vst_rc expire_one(vst_pass *pass, vst_tx *tx, const vst_queue_row *row, vst_err *err)
{
	vst_message message;
	bool found = false;
	vst_rc rc = vst_timer_remove(tx, VST_TIMER_EXPIRY, row->due, row->seq, err);

	if (rc == VST_OK) {
		rc = vst_message_get(tx, row->seq, &pass->scratch, &message, &found, err);
	}
	if (rc != VST_OK || !found) {
		return rc;
	}
	if (message.state == VST_DEFERRED || message.state == VST_QUEUED) {
		pass->counts.expired++;
		return vst_message_end(tx, &message, VST_EXPIRED, VST_STR("valid_until"), err);
	}
	if (message.state == VST_CLAIMED || message.state == VST_SENDING) {
		/* It may come back to the queue: look again. */
		return vst_timer_add(tx, VST_TIMER_EXPIRY, vst_tx_now(tx) + 30, row->seq, err);
	}
	return VST_OK;
}

vst_rc vst_pass_expire(vst_pass *pass, vst_tx *tx, vst_err *err)
{
	vst_queue_row *rows = vst_arena_array(&pass->scratch, ROWS, sizeof *rows);
	size_t count = 0;
	vst_rc rc;

	if (pass->scratch.failed) {
		return vst_fail_nomem(err);
	}
	rc = vst_timer_due(tx, VST_TIMER_EXPIRY, vst_tx_now(tx), ROWS, rows, &count, err);
	for (size_t i = 0; rc == VST_OK && i < count; i++) {
		rc = expire_one(pass, tx, &rows[i], err);
	}
	return rc;
}

struct pruning {
	const vst_settings *settings;
	bool done;
};

static vst_rc prune_some(vst_tx *tx, void *context, vst_err *err)
{
	struct pruning *p = context;
	int64_t now = vst_tx_now(tx);
	bool keys = true, events = true, inbox = true;
	vst_rc rc = vst_key_prune(tx, (now - p->settings->keys_days * 86400) * 1000, 500, &keys, err);

	if (rc == VST_OK) {
		rc = vst_event_prune(tx, now - p->settings->events_days * 86400, 500, &events, err);
	}
	if (rc == VST_OK) {
		/* Providers repeat a callback for up to five days (providers.md 3.5); a month is plenty. */
		rc = vst_inbox_prune(tx, now - INT64_C(30) * 86400, 500, &inbox, err);
	}
	p->done = keys && events && inbox;
	return rc;
}

vst_rc vst_prune(vst_engine *engine, vst_err *err)
{
	struct pruning p = {engine->settings, false};
	vst_rc rc = VST_OK;

	for (int i = 0; rc == VST_OK && !p.done && i < 20 && engine->settings != NULL; i++) {
		rc = vst_store_write(engine->store, prune_some, &p, err);
	}
	return rc;
}
