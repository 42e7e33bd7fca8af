/*
 * Claiming: due messages in the order of their lanes, no more than free slots, packed into requests of one provider and
 * one lane. An eighth of the slots is kept for authentication, and no provider holds more than half while
 * others have work.
 */
#include <stdio.h>

#include "lane.h"
#include "sender_limit.h"
#include "text/phone.h"

#define NO_PROVIDER_S 60 /* between two looks for a provider that takes a message */

struct claiming {
	vst_pass *pass;
	vst_tx *tx;
	vst_lane_state *lane;
	int64_t provider_id;
	int slots;          /* requests this lane may still open */
	size_t messages;    /* claimed in this pass */
	vst_shipment *open; /* takes more of this lane */
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

/* May this parcel go into the open request? One phone at most once, and only what the protocol lets share. */
static bool fits_open(const struct claiming *c, const vst_parcel *parcel)
{
	const vst_provider_class *class = vst_provider_class_of(c->lane->provider);
	const vst_shipment *open = c->open;

	if (open == NULL || open->count >= vst_provider_batch(c->lane->provider)) {
		return false;
	}
	for (size_t i = 0; i < open->count; i++) {
		if (open->parcels[i].phone == parcel->phone) {
			return false;
		}
	}
	return open->count == 0 ||
	       (class->may_share != NULL && class->may_share(c->lane->provider, &open->parcels[0], parcel));
}

/* A request that takes the parcel; there is room: fits_open(), or a slot is free. NULL: out of memory. */
static vst_shipment *open_shipment(struct claiming *c, const vst_parcel *parcel)
{
	vst_shipment *shipment;

	if (fits_open(c, parcel)) {
		return c->open;
	}
	shipment =
		vst_shipment_new(c->pass->settings, c->lane->provider, c->provider_id, vst_provider_batch(c->lane->provider));
	if (shipment != NULL) {
		shipment->category = vst_lane_category(c->lane->lane);
		shipment->next = c->pass->claimed;
		c->pass->claimed = shipment;
		c->open = shipment;
		c->slots--;
	}
	return shipment;
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

/* The message as the protocol sees it; strings are borrowed from the message and the pass. */
static vst_rc parcel_of(struct claiming *c, const vst_message *message, const vst_decision *decision,
                        vst_parcel *parcel, vst_err *err)
{
	char id[VST_ID_LEN + 1];
	vst_rc rc = VST_OK;

	memset(parcel, 0, sizeof *parcel);
	vst_id_format(message->id, id);
	parcel->id = vst_arena_copy(&c->pass->scratch, vst_str_of(id, VST_ID_LEN));
	parcel->sender = VST_STR_EMPTY;
	if (message->sender != 0) {
		rc = vst_name_text(c->tx, message->sender, &c->pass->scratch, &parcel->sender, err);
	}
	parcel->phone = message->phone;
	parcel->text = message->text;
	parcel->valid_until = decision->valid_until;
	parcel->now = vst_tx_now(c->tx);
	parcel->authentication = message->category == VST_AUTHENTICATION;
	return rc == VST_OK && c->pass->scratch.failed ? vst_fail_nomem(err) : rc;
}

/* The shipment outlives the pass, so it gets copies. */
static vst_rc pack(const vst_message *message, const vst_parcel *parcel, vst_shipment *shipment, vst_err *err)
{
	vst_parcel *packed = &shipment->parcels[shipment->count];

	*packed = *parcel;
	packed->id = vst_arena_copy(&shipment->memory, parcel->id);
	packed->text = vst_arena_copy(&shipment->memory, parcel->text);
	packed->sender = vst_arena_copy(&shipment->memory, parcel->sender);
	shipment->seqs[shipment->count++] = message->id.seq;
	return shipment->memory.failed ? vst_fail_nomem(err) : VST_OK;
}

static vst_rc read_sender_limits(struct claiming *c, const vst_message *message, vst_sender_limits *out, vst_err *err)
{
	vst_str name = VST_STR_EMPTY;
	vst_rc rc = message->sender != 0 ? vst_name_text(c->tx, message->sender, &c->pass->scratch, &name, err) : VST_OK;

	return rc == VST_OK
	           ? vst_sender_limits_read(c->tx, vst_settings_sender(c->pass->settings, name), message->phone,
	                                    message->category, vst_numbering_plan_seen(c->pass->engine->options.numbering),
	                                    &c->pass->scratch, out, err)
	           : rc;
}

/* What may not go now: refused or deferred. Waiting uses up no attempt. */
static vst_rc put_off(struct claiming *c, vst_message *message, const vst_decision *decision,
                      const vst_sender_limits *limits, vst_err *err)
{
	vst_rc rc = vst_apply_decision(c->pass, c->tx, message, decision, err);

	if (rc == VST_OK && decision->verdict == VST_VERDICT_DEFER && limits->until > 0) {
		rc = vst_sender_limits_wait(c->tx, limits, err);
	}
	return rc;
}

static vst_rc claim_one(struct claiming *c, int64_t seq, vst_err *err)
{
	vst_decision *decision = vst_arena_alloc(&c->pass->scratch, sizeof *decision);
	vst_shipment *shipment;
	vst_message message;
	vst_parcel parcel;
	vst_sender_limits limits;
	bool found = false;
	vst_rc rc = vst_message_get(c->tx, seq, &c->pass->scratch, &message, &found, err);

	if (rc != VST_OK || !found || c->pass->scratch.failed) {
		return rc != VST_OK ? rc : vst_fail(err, VST_E_CORRUPT, "a queued message is not there");
	}
	if ((rc = read_sender_limits(c, &message, &limits, err)) != VST_OK) {
		return rc;
	}
	rc = vst_second_look(c->pass, c->tx, &message, &(vst_circumstances) {.rate_until = limits.until}, decision, err);
	if (rc == VST_E_CANCELLED) {
		return VST_OK; /* its zone is loaded after this pass */
	}
	if (rc == VST_OK && decision->verdict != VST_VERDICT_SEND) {
		return put_off(c, &message, decision, &limits, err);
	}
	if (rc == VST_OK) {
		rc = parcel_of(c, &message, decision, &parcel, err);
	}
	if (rc != VST_OK || (c->slots == 0 && !fits_open(c, &parcel))) {
		return rc;
	}
	shipment = open_shipment(c, &parcel);
	if (shipment == NULL) {
		return vst_fail_nomem(err);
	}
	if ((rc = vst_sender_limits_charge(c->tx, &limits, err)) != VST_OK || (rc = lease(c, &message, err)) != VST_OK ||
	    (rc = pack(&message, &parcel, shipment, err)) != VST_OK) {
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
	vst_phone phone = {0, "", -1};
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
	               : vst_settings_route(c->pass->settings, message.category, &phone, sender,
	                                    vst_numbering_plan_seen(c->pass->engine->options.numbering));
	if (provider == NULL) {
		/* Health says so too. A later look finds the settings changed, or waits again. */
		vst_decision *decision = vst_arena_alloc(&c->pass->scratch, sizeof *decision);

		if (decision == NULL) {
			return vst_fail_nomem(err);
		}
		decision->verdict = VST_VERDICT_DEFER;
		decision->due = vst_tx_now(c->tx) + NO_PROVIDER_S;
		decision->waits_for = "no_provider";
		return vst_apply_decision(c->pass, c->tx, &message, decision, err);
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
