/* How a message leaves the queue, and what happens to all that wait for a person who must not be written to. */
#include <stdlib.h>

#include "event_append.h"

static vst_rc say(vst_tx *tx, const vst_message *message, const char *type, vst_err *err)
{
	vst_arena memory = VST_ARENA_INIT;
	vst_str provider = VST_STR_EMPTY;
	vst_json data;
	vst_rc rc = VST_OK;

	if (message->provider != 0) {
		rc = vst_name_text(tx, message->provider, &memory, &provider, err);
	}
	if (rc == VST_OK) {
		vst_json_begin(&data);
		if (message->reason.len > 0) {
			vst_json_set_text(&data, "reason", message->reason);
		}
		if (provider.len > 0) {
			vst_json_set_text(&data, "provider", provider);
		}
		if (message->provider_code.len > 0) {
			vst_json_set_text(&data, "code", message->provider_code);
		}
		rc = vst_event_say(tx, type, message, message->entity, message->phone, &data, err);
	}
	vst_arena_free(&memory);
	return rc;
}

vst_rc vst_message_event(vst_tx *tx, const vst_message *message, vst_err *err)
{
	static const char *const types[VST_STATE_COUNT] = {
		[VST_DEFERRED] = "message.deferred",       [VST_QUEUED] = "message.queued",
		[VST_CLAIMED] = "message.claimed",         [VST_SENDING] = "message.sending",
		[VST_ACCEPTED] = "message.accepted",       [VST_DELIVERED] = "message.delivered",
		[VST_UNDELIVERED] = "message.undelivered", [VST_REFUSED] = "message.refused",
		[VST_FAILED] = "message.failed",           [VST_EXPIRED] = "message.expired",
		[VST_CANCELLED] = "message.cancelled",     [VST_IN_DOUBT] = "message.in_doubt",
	};

	return say(tx, message, types[message->state], err);
}

vst_rc vst_message_enqueue(vst_tx *tx, const vst_message *message, vst_err *err)
{
	int64_t lane = vst_lane(message->category, message->held, message->provider);

	return vst_queue_add(tx, lane, message->due, message->id.seq, err);
}

vst_rc vst_message_dequeue(vst_tx *tx, const vst_message *message, vst_err *err)
{
	int64_t lane = vst_lane(message->category, message->held, message->provider);

	return vst_queue_remove(tx, lane, message->due, message->id.seq, err);
}

/* A refused message keeps no key, so that a corrected text may use it again; all others keep theirs. */
static vst_rc free_key(vst_tx *tx, const vst_message *message, vst_err *err)
{
	int64_t seq = 0;
	vst_rc rc;

	if (message->key.len == 0) {
		return VST_OK;
	}
	rc = vst_key_get(tx, message->entity, message->key, &seq, err);
	if (rc == VST_OK && seq == message->id.seq) {
		rc = vst_key_remove(tx, message->entity, message->key, err);
	}
	return rc;
}

vst_rc vst_message_end(vst_tx *tx, vst_message *message, vst_state state, vst_str reason, vst_err *err)
{
	vst_state from = message->state;
	vst_rc rc;

	/* The person first: everybody locks rows in this order. */
	rc = vst_charge_drop(tx, message, err);
	if (rc == VST_OK) {
		rc = from == VST_CLAIMED ? vst_flight_remove(tx, message->id.seq, err) : vst_message_dequeue(tx, message, err);
	}
	if (rc == VST_OK && message->valid_until != 0) {
		rc = vst_timer_remove(tx, VST_TIMER_EXPIRY, message->valid_until, message->id.seq, err);
	}
	if (rc == VST_OK && state == VST_REFUSED) {
		rc = free_key(tx, message, err);
	}
	if (rc != VST_OK) {
		return rc;
	}
	message->state = state;
	message->reason = reason;
	message->held = false;
	message->due = 0;
	message->final_ms = vst_tx_now_ms(tx);
	rc = vst_message_update(tx, message, from, err);
	return rc == VST_OK ? vst_message_event(tx, message, err) : rc;
}

struct waiting {
	int64_t *seqs;
	size_t count, capacity;
};

static vst_rc collect(void *context, const vst_message *message, bool *stop, vst_err *err)
{
	struct waiting *w = context;

	(void) stop;
	if (w->count == w->capacity) {
		size_t capacity = w->capacity == 0 ? 16 : w->capacity * 2;
		int64_t *seqs = realloc(w->seqs, capacity * sizeof *seqs);

		if (seqs == NULL) {
			return vst_fail_nomem(err);
		}
		w->seqs = seqs;
		w->capacity = capacity;
	}
	w->seqs[w->count++] = message->id.seq;
	return VST_OK;
}

static vst_rc cancel_one(vst_tx *tx, int64_t seq, vst_str reason, vst_err *err)
{
	vst_arena memory = VST_ARENA_INIT;
	vst_message message;
	bool found = false;
	vst_rc rc = vst_message_get(tx, seq, &memory, &message, &found, err);

	if (rc == VST_OK && !found) {
		rc = vst_fail(err, VST_E_CORRUPT, "a message that was just listed is not there");
	}
	if (rc == VST_OK) {
		rc = vst_message_end(tx, &message, VST_CANCELLED, reason, err);
	}
	vst_arena_free(&memory);
	return rc;
}

vst_rc vst_person_cancel_waiting(vst_tx *tx, int64_t entity, int64_t phone, unsigned categories, vst_str reason,
                                 int64_t *cancelled, vst_err *err)
{
	vst_message_filter filter;
	struct waiting w = {NULL, 0, 0};
	int64_t resume = 0;
	vst_rc rc;

	*cancelled = 0;
	if (categories == 0) {
		return VST_OK;
	}
	memset(&filter, 0, sizeof filter);
	filter.entity = entity;
	filter.phone = phone;
	filter.order_number = filter.campaign = filter.tag = filter.customer = VST_STR_EMPTY;
	filter.states = 1u << VST_DEFERRED | 1u << VST_QUEUED | 1u << VST_CLAIMED;
	filter.categories = categories;
	filter.held = -1;
	rc = vst_message_scan(tx, &filter, false, 0, INT64_MAX, collect, &w, &resume, err);
	for (size_t i = 0; rc == VST_OK && i < w.count; i++) {
		rc = cancel_one(tx, w.seqs[i], reason, err);
	}
	if (rc == VST_OK) {
		*cancelled = (int64_t) w.count;
	}
	free(w.seqs);
	return rc;
}
