/*
 * Claiming: due messages in the order of their lanes, no more than free slots, packed into requests of one provider and
 * one lane. An eighth of the slots is kept for authentication, and no provider holds more than half while
 * others have work.
 */
#include <stdio.h>

#include "lane.h"
#include "text/phone.h"

struct claiming {
	vst_pass *pass;
	vst_tx *tx;
	vst_lane_state *lane;
	int64_t provider_id;
	int slots;             /* requests this lane may still open */
	size_t messages;       /* claimed in this pass */
	vst_shipment *open;    /* takes more of this lane */
	int64_t charged;
};

static int requests_of(const vst_pass *pass, int64_t provider_id)
{
	int count = 0;

	for (const vst_shipment *s = pass->engine->dispatcher->shipments; s != NULL; s = s->next) {
		count += s->plan != VST_PLAN_SETTLED && s->plan != VST_PLAN_DROP &&
			(provider_id == 0 || s->provider_id == provider_id);
	}
	for (const vst_shipment *s = pass->claimed; s != NULL; s = s->next) {
		count += provider_id == 0 || s->provider_id == provider_id;
	}
	return count;
}

static int free_slots(const vst_pass *pass, const vst_lane_state *lane, int64_t provider_id, bool others_have_work)
{
	int reserved = vst_lane_category(lane->lane) == VST_AUTHENTICATION ? 0 : VST_REQUESTS_MAX / 8;
	int slots = VST_REQUESTS_MAX - reserved - requests_of(pass, 0);
	int own = VST_REQUESTS_MAX / 2 - requests_of(pass, provider_id);

	if (others_have_work && own < slots) {
		slots = own;
	}
	return slots > 0 ? slots : 0;
}

/* An open request that can take this phone; NULL with VST_OK: no slot is left for another one. */
static vst_rc open_shipment(struct claiming *c, int64_t phone, vst_shipment **out, vst_err *err)
{
	size_t capacity = vst_provider_class_of(c->lane->provider)->max_batch;
	bool fits = c->open != NULL && c->open->count < capacity;

	for (size_t i = 0; fits && i < c->open->count; i++) {
		fits = c->open->parcels[i].phone != phone; /* one phone at most once in a request */
	}
	*out = fits ? c->open : NULL;
	if (fits || c->slots == 0) {
		return VST_OK;
	}
	*out = vst_shipment_new(c->pass->settings, c->lane->provider, c->provider_id, capacity);
	if (*out == NULL) {
		return vst_fail_nomem(err);
	}
	(*out)->category = vst_lane_category(c->lane->lane);
	(*out)->next = c->pass->claimed;
	c->pass->claimed = *out;
	c->open = *out;
	c->slots--;
	return VST_OK;
}

static vst_rc lease(struct claiming *c, vst_message *message, vst_err *err)
{
	const vst_worker *worker = &c->pass->engine->dispatcher->worker;
	const vst_env *env = c->pass->engine->env;
	vst_flight flight = {message->id.seq, worker->slot, worker->fence, env->now_ms(env->context) + VST_LEASE_MS, false};
	vst_state from = message->state;
	vst_rc rc = vst_message_dequeue(c->tx, message, err);

	if (rc != VST_OK) {
		return rc;
	}
	message->state = VST_CLAIMED;
	message->attempts++; /* counted before the work begins */
	message->reason = VST_STR_EMPTY;
	rc = vst_message_update(c->tx, message, from, err);
	return rc == VST_OK ? vst_flight_put(c->tx, &flight, err) : rc;
}

static vst_rc pack(struct claiming *c, const vst_message *message, const vst_decision *decision,
                   vst_shipment *shipment, vst_err *err)
{
	vst_parcel *parcel = &shipment->parcels[shipment->count];
	vst_str sender = VST_STR_EMPTY;
	vst_rc rc = VST_OK;

	if (message->sender != 0) {
		rc = vst_name_text(c->tx, message->sender, &shipment->memory, &sender, err);
	}
	parcel->phone = message->phone;
	parcel->text = vst_arena_copy(&shipment->memory, message->text);
	parcel->sender = sender;
	parcel->valid_until = decision->valid_until;
	parcel->now = vst_tx_now(c->tx);
	parcel->authentication = message->category == VST_AUTHENTICATION;
	shipment->seqs[shipment->count++] = message->id.seq;
	return rc == VST_OK && shipment->memory.failed ? vst_fail_nomem(err) : rc;
}

/* R30: a numeric sender sends at most 3,600 an hour. What is over it waits for its own turn, spaced. */
static vst_rc sender_budget(struct claiming *c, vst_message *message, int64_t *wait_until, vst_err *err)
{
	vst_limit limit = vst_limit_of(3600, INT64_C(3600000000));
	int64_t now_us = vst_tx_now_ms(c->tx) * 1000, arrival_us = 0;
	vst_str sender = VST_STR_EMPTY, name;
	const vst_sender *known;
	vst_rc rc = VST_OK;

	*wait_until = 0;
	if (message->sender != 0) {
		rc = vst_name_text(c->tx, message->sender, &c->pass->scratch, &sender, err);
	}
	known = vst_settings_sender(c->pass->settings, sender);
	if (rc != VST_OK || known == NULL || !known->numeric) {
		return rc;
	}
	name = vst_arena_format(&c->pass->scratch, "sender:%.*s", VST_STR_ARGS(sender));
	rc = vst_limit_get(c->tx, name, &arrival_us, err);
	if (rc == VST_OK && vst_limit_available(limit, arrival_us, now_us) == 0) {
		*wait_until = vst_limit_next_us(limit, arrival_us, now_us) / 1000000 + 1 + (int64_t) (c->messages % 64);
		return VST_OK;
	}
	return rc == VST_OK ? vst_limit_put(c->tx, name, vst_limit_charge(limit, arrival_us, now_us, 1), err) : rc;
}

static vst_rc claim_one(struct claiming *c, int64_t seq, vst_err *err)
{
	vst_decision *decision = vst_arena_alloc(&c->pass->scratch, sizeof *decision);
	vst_shipment *shipment = NULL;
	vst_message message;
	int64_t wait_until = 0;
	bool found = false;
	vst_rc rc = vst_message_get(c->tx, seq, &c->pass->scratch, &message, &found, err);

	if (rc != VST_OK || !found || c->pass->scratch.failed) {
		return rc != VST_OK ? rc : vst_fail(err, VST_E_CORRUPT, "a queued message is not there");
	}
	rc = vst_second_look(c->pass, c->tx, &message, decision, err);
	if (rc == VST_E_CANCELLED) {
		return VST_OK; /* its zone is loaded after this pass */
	}
	if (rc == VST_OK && decision->verdict != VST_VERDICT_SEND) {
		return vst_apply_decision(c->pass, c->tx, &message, decision, err);
	}
	if (rc == VST_OK) {
		rc = open_shipment(c, message.phone, &shipment, err);
	}
	if (rc != VST_OK || shipment == NULL) {
		return rc;
	}
	rc = sender_budget(c, &message, &wait_until, err);
	if (rc == VST_OK && wait_until > 0) {
		decision->verdict = VST_VERDICT_DEFER;
		decision->due = wait_until;
		decision->waits_for = "sender_budget";
		return vst_apply_decision(c->pass, c->tx, &message, decision, err);
	}
	if (rc != VST_OK || (rc = lease(c, &message, err)) != VST_OK ||
	    (rc = pack(c, &message, decision, shipment, err)) != VST_OK) {
		return rc;
	}
	c->messages++;
	c->charged++;
	return VST_OK;
}

/* Messages without a usable provider are given to one that the settings name today. */
static vst_rc reroute(struct claiming *c, const vst_queue_row *row, vst_err *err)
{
	vst_str sender = VST_STR_EMPTY;
	vst_provider *provider;
	const vst_sender *known;
	vst_message message;
	vst_phone phone;
	bool found = false;
	vst_rc rc = vst_message_get(c->tx, row->seq, &c->pass->scratch, &message, &found, err);

	if (rc == VST_OK && found && message.sender != 0) {
		rc = vst_name_text(c->tx, message.sender, &c->pass->scratch, &sender, err);
	}
	if (rc != VST_OK || !found) {
		return rc;
	}
	known = vst_settings_sender(c->pass->settings, sender);
	(void) vst_phone_describe(message.phone, &phone);
	provider = known != NULL && known->provider.len > 0
		? vst_settings_provider(c->pass->settings, known->provider)
		: vst_settings_route(c->pass->settings, message.category, phone.country, sender);
	if (provider == NULL) {
		return VST_OK; /* health says so */
	}
	if ((rc = vst_message_dequeue(c->tx, &message, err)) != VST_OK ||
	    (rc = vst_name_find(c->tx, VST_NAME_PROVIDER, vst_provider_name(provider), &message.provider, err)) != VST_OK ||
	    (rc = vst_message_update(c->tx, &message, message.state, err)) != VST_OK) {
		return rc;
	}
	return vst_message_enqueue(c->tx, &message, err);
}

static vst_rc claim_lane(struct claiming *c, vst_err *err)
{
	const vst_env *env = c->pass->engine->env;
	vst_queue_row rows[VST_CLAIMS_PER_PASS];
	size_t limit = VST_CLAIMS_PER_PASS - c->messages, count = 0;
	int64_t started = env->monotonic_ns(env->context);
	vst_rc rc;

	if (c->lane->provider != NULL && c->lane->available < (int64_t) limit) {
		limit = (size_t) c->lane->available;
	}
	c->open = NULL;
	c->charged = 0;
	rc = vst_queue_due(c->tx, c->lane->lane, vst_tx_now(c->tx), limit, rows, &count, err);
	for (size_t i = 0; rc == VST_OK && i < count; i++) {
		rc = c->lane->provider == NULL ? reroute(c, &rows[i], err) : claim_one(c, rows[i].seq, err);
		if ((i & 15) == 15 && env->monotonic_ns(env->context) - started > 1000000 && vst_tx_someone_waits(c->tx)) {
			break; /* a page hit waits */
		}
	}
	if (rc == VST_OK && c->lane->provider != NULL) {
		rc = vst_lane_charge(c->tx, c->lane, c->charged, err);
	}
	return rc;
}

vst_rc vst_pass_claim(vst_pass *pass, vst_tx *tx, vst_err *err)
{
	vst_lane_state *lanes = vst_arena_array(&pass->scratch, VST_LANES_MAX, sizeof *lanes);
	struct claiming c = {pass, tx, NULL, 0, 0, 0, NULL, 0};
	bool others_have_work = false;
	const vst_provider *first = NULL;
	size_t count = 0;
	vst_rc rc;

	if (pass->scratch.failed) {
		return vst_fail_nomem(err);
	}
	rc = vst_lanes_read(pass, tx, lanes, &count, err);
	for (size_t i = 0; i < count; i++) {
		if (lanes[i].usable && lanes[i].provider != NULL) {
			others_have_work = others_have_work || (first != NULL && first != lanes[i].provider);
			first = lanes[i].provider;
		}
	}
	for (size_t i = 0; rc == VST_OK && i < count && c.messages < VST_CLAIMS_PER_PASS; i++) {
		if (!lanes[i].usable) {
			continue;
		}
		c.lane = &lanes[i];
		c.provider_id = vst_lane_provider(lanes[i].lane);
		c.slots = lanes[i].provider != NULL ? free_slots(pass, &lanes[i], c.provider_id, others_have_work) : 0;
		if (lanes[i].provider != NULL) {
			/* Lanes of one provider share its limit. */
			for (size_t k = 0; k < i; k++) {
				if (lanes[k].provider == lanes[i].provider && lanes[k].usable) {
					lanes[i].arrival_us = lanes[k].arrival_us;
					lanes[i].available = lanes[k].available;
				}
			}
			if (c.slots == 0 || lanes[i].available <= 0) {
				continue;
			}
		}
		rc = claim_lane(&c, err);
	}
	pass->claimed_messages = c.messages;
	pass->counts.claimed += (int64_t) c.messages;
	return rc;
}

vst_rc vst_pass_look(vst_pass *pass, vst_tx *tx, bool *work, vst_err *err)
{
	vst_lane_state *lanes = vst_arena_array(&pass->scratch, VST_LANES_MAX, sizeof *lanes);
	int64_t now = vst_tx_now(tx), at = INT64_MAX;
	size_t count = 0;
	vst_rc rc;

	if (pass->scratch.failed) {
		return vst_fail_nomem(err);
	}
	pass->next_due = INT64_MAX;
	rc = vst_lanes_read(pass, tx, lanes, &count, err);
	for (size_t i = 0; rc == VST_OK && i < count; i++) {
		*work = *work || (lanes[i].usable && !pass->drain);
		pass->next_due = lanes[i].retry_at < pass->next_due ? lanes[i].retry_at : pass->next_due;
	}
	for (int timer = 0; rc == VST_OK && timer < VST_TIMER_COUNT; timer++) {
		rc = vst_timer_first(tx, (vst_timer) timer, &at, err);
		*work = *work || (at <= now && !pass->drain);
		pass->next_due = at < pass->next_due ? at : pass->next_due;
	}
	return rc;
}
