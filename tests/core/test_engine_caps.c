/* Frequency caps over the whole life of messages: reserved, sent, given back, outbid; by many processes at once. */
#define _GNU_SOURCE
#include "shop.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/internal.h"
#include "vectors.h"

#define DAY 86400
#define PHONE "+79990000101"
#define TEXT "Ромашка: пледы дешевле на 300 ₽ по вашей подписке: romashka.example"

/* What all settings here share; `caps` is a JSON list. No spreading: every due time is exact. */
static void open_shop(struct shop *shop, const char *caps)
{
	char json[1200];

	(void) snprintf(json, sizeof json,
	                "{\"entities\":{\"main\":{\"name\":\"ООО «Ромашка»\",\"brand\":\"Ромашка\",\"inn\":\"7700000000\","
	                "\"ogrn\":\"1027700000000\",\"address\":\"Москва\",\"site\":\"https://romashka.example\","
	                "\"opt_out_number\":\"+79990000099\"}},\"providers\":{\"sandbox\":{}},"
	                "\"senders\":{\"Romashka\":{\"provider\":\"sandbox\"}},"
	                "\"windows\":{\"advertising\":{\"spread_s\":0}},\"keep\":{\"events_days\":36500},\"caps\":%s}",
	                caps);
	shop_open(shop, json);
	shop_consent(shop, PHONE);
}

static vst_submission advertisement(int priority)
{
	vst_submission message = shop_advertisement(PHONE, TEXT);

	message.timezone = VST_STR("Europe/Moscow");
	message.has_priority = true;
	message.priority = priority;
	return message;
}

/* A stored message's `key`, as an integer or as text. */
static int64_t number_of(struct shop *shop, vst_id id, const char *key)
{
	json_t *stored = shop_stored(shop, id);
	int64_t value = json_integer_value(json_object_get(stored, key));

	json_decref(stored);
	return value;
}

static bool text_is(struct shop *shop, vst_id id, const char *key, const char *expected)
{
	json_t *stored = shop_stored(shop, id);
	const char *text = json_string_value(json_object_get(stored, key));
	bool same = text != NULL && strcmp(text, expected) == 0;

	json_decref(stored);
	return same;
}

/* How many events of this type say so of the message. */
static int events_of(struct shop *shop, vst_id id, const char *type, const char *reason)
{
	char text[VST_ID_LEN + 1];
	int64_t after = 0;
	int count = 0;
	vst_err err = VST_ERR_INIT;

	vst_id_format(id, text);
	for (;;) {
		json_t *list = NULL, *event;
		size_t i;

		assert_ok(vst_engine_events(shop->engine, after, 1000, &list, &err), err);
		json_array_foreach(list, i, event) {
			const char *message = json_string_value(json_object_get(event, "message"));
			const char *said = json_string_value(json_object_get(json_object_get(event, "data"), "reason"));

			after = json_integer_value(json_object_get(event, "number"));
			count += message != NULL && strcmp(message, text) == 0 && said != NULL && strcmp(said, reason) == 0 &&
			         strcmp(json_string_value(json_object_get(event, "type")), type) == 0;
		}
		i = json_array_size(list);
		json_decref(list);
		if (i < 1000) {
			return count;
		}
	}
}

static int64_t cancel(struct shop *shop, vst_id id)
{
	char text[VST_ID_LEN + 1];
	json_t *filter;
	int64_t changed = 0;
	vst_err err = VST_ERR_INIT;

	vst_id_format(id, text);
	filter = json_pack("{s:s}", "id", text);
	assert_ok(vst_engine_cancel(shop->engine, filter, &changed, &err), err);
	json_decref(filter);
	return changed;
}

/* ---- one after another ---- */

static void a_cancelled_message_gives_its_slot_back(void **state)
{
	struct shop shop;
	vst_submission message = advertisement(0);
	vst_receipt first, second;

	(void) state;
	open_shop(&shop, "[{\"count\":1,\"days\":7}]");
	message.not_before = SHOP_NOON + DAY;
	first = shop_submit(&shop, &message);
	assert_int_equal(first.decision.due, SHOP_NOON + DAY);
	second = shop_submit(&shop, &message);
	assert_int_equal(second.decision.due, SHOP_NOON + 8 * DAY);
	assert_int_equal(cancel(&shop, first.id), 1);
	assert_int_equal(shop_submit(&shop, &message).decision.due, SHOP_NOON + DAY);
	shop_close(&shop);
}

static void what_failed_gives_its_slot_back_and_what_was_not_delivered_keeps_it(void **state)
{
	static const struct {
		const char *phone, *state;
		bool free;
	} cases[] = {
		{"+79990000002", "failed", true},
		{"+79990000006", "undelivered", false},
		{"+79990000101", "delivered", false},
	};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct shop shop;
		vst_submission message = advertisement(0);
		vst_receipt first;

		open_shop(&shop, "[{\"count\":1,\"days\":7}]");
		shop_consent(&shop, cases[i].phone);
		message.phone = vst_str_from(cases[i].phone);
		first = shop_submit(&shop, &message);
		(void) shop_dispatch(&shop);
		assert_state(&shop, first.id, cases[i].state);
		assert_int_equal(shop_submit(&shop, &message).decision.verdict,
		                 cases[i].free ? VST_VERDICT_SEND : VST_VERDICT_DEFER);
		shop_close(&shop);
	}
}

struct taking {
	int64_t seq;
	bool sending; /* its intent is stored: the body may have gone out */
};

/* As if a worker had it that has died since. */
static vst_rc take(vst_tx *tx, void *context, vst_err *err)
{
	const struct taking *taken = context;
	vst_arena memory = VST_ARENA_INIT;
	vst_message message;
	bool found = false;
	vst_rc rc = vst_message_get(tx, taken->seq, &memory, &message, &found, err);

	if (rc == VST_OK && found) {
		vst_state from = message.state;

		rc = vst_message_dequeue(tx, &message, err);
		message.state = VST_CLAIMED;
		if (rc == VST_OK && (rc = vst_message_update(tx, &message, from, err)) == VST_OK) {
			rc = vst_flight_put(tx, &(vst_flight) {message.id.seq, 5, 1, INT64_MAX, taken->sending}, err);
		}
		if (rc == VST_OK && taken->sending) {
			message.state = VST_SENDING;
			message.sending_ms = vst_tx_now_ms(tx);
			rc = vst_message_update(tx, &message, VST_CLAIMED, err);
			rc = rc == VST_OK ? vst_charge_set(tx, &message, vst_tx_now(tx), true, err) : rc;
		}
	}
	vst_arena_free(&memory);
	return rc;
}

static void what_is_in_doubt_keeps_its_slot(void **state)
{
	struct shop shop;
	vst_submission message = advertisement(0);
	struct taking taken = {0, true};
	vst_receipt first;
	vst_err err = VST_ERR_INIT;

	(void) state;
	open_shop(&shop, "[{\"count\":1,\"days\":7}]");
	first = shop_submit(&shop, &message);
	taken.seq = first.id.seq;
	assert_ok(vst_store_write(shop.engine->store, take, &taken, &err), err);
	(void) shop_dispatch(&shop);
	assert_state(&shop, first.id, "in_doubt");
	assert_int_equal(shop_submit(&shop, &message).decision.due, SHOP_NOON + 7 * DAY);
	shop_close(&shop);
}

static void what_expired_gives_its_slot_back(void **state)
{
	struct shop shop;
	vst_submission message = advertisement(0), planned = advertisement(0);
	vst_receipt first;

	(void) state;
	open_shop(&shop, "[{\"count\":1,\"days\":7}]");
	planned.valid_until = SHOP_NOON + 60;
	first = shop_submit(&shop, &planned);
	shop_advance(&shop, 61);
	(void) shop_dispatch(&shop);
	assert_state(&shop, first.id, "expired");
	assert_int_equal(shop_submit(&shop, &message).decision.verdict, VST_VERDICT_SEND);
	shop_close(&shop);
}

static void a_slot_counts_from_the_instant_of_sending(void **state)
{
	struct shop shop;
	vst_submission message = advertisement(0);

	(void) state;
	open_shop(&shop, "[{\"count\":1,\"days\":1}]");
	(void) shop_submit(&shop, &message);
	shop.now_ms += 3600 * 1000 + 1; /* an hour and a millisecond late */
	assert_int_equal(shop_dispatch(&shop).sent, 1);
	assert_int_equal(shop_submit(&shop, &message).decision.due, SHOP_NOON + 3601 + DAY);
	shop_close(&shop);
}

static void a_late_message_keeps_its_place(void **state)
{
	struct shop shop;
	vst_submission message = advertisement(0);
	vst_receipt receipts[4];

	(void) state;
	open_shop(&shop, "[{\"count\":2,\"days\":7}]");
	for (size_t i = 0; i < 4; i++) {
		receipts[i] = shop_submit(&shop, &message);
	}
	assert_int_equal(receipts[2].decision.due, SHOP_NOON + 7 * DAY);
	assert_int_equal(receipts[3].decision.due, SHOP_NOON + 7 * DAY);
	shop_advance(&shop, 5);
	assert_int_equal(shop_dispatch(&shop).sent, 2);
	shop_advance(&shop, 7 * DAY - 5);
	assert_int_equal(shop_dispatch(&shop).sent, 0);
	assert_int_equal(number_of(&shop, receipts[2].id, "due"), SHOP_NOON + 7 * DAY + 5);
	shop_advance(&shop, 5);
	assert_int_equal(shop_dispatch(&shop).sent, 2);
	shop_close(&shop);
}

static void what_was_submitted_without_caps_counts_once_there_are_some(void **state)
{
	struct shop shop;
	vst_submission message = advertisement(0);
	json_t *settings = NULL;
	vst_err err = VST_ERR_INIT;

	(void) state;
	open_shop(&shop, "[]");
	for (int i = 0; i < 5; i++) {
		assert_int_equal(shop_submit(&shop, &message).decision.verdict, VST_VERDICT_SEND);
	}
	assert_ok(vst_engine_settings(shop.engine, &settings, &err), err);
	assert_int_equal(json_object_set_new(settings, "caps", json_loads("[{\"count\":2,\"days\":7}]", 0, NULL)), 0);
	assert_ok(vst_engine_configure(shop.engine, settings, &err), err);
	json_decref(settings);
	for (int week = 0; week < 3; week++) {
		assert_int_equal(shop_dispatch(&shop).sent, week < 2 ? 2 : 1);
		shop_advance(&shop, 7 * DAY);
	}
	shop_close(&shop);
}

/* ---- outbidding ---- */

static void a_trigger_takes_the_slot_of_a_planned_campaign(void **state)
{
	struct shop shop;
	vst_submission planned = advertisement(0), trigger = advertisement(0);
	vst_receipt loser, winner, checked;
	vst_err err = VST_ERR_INIT;

	(void) state;
	open_shop(&shop, "[{\"count\":1,\"days\":1}]");
	planned.has_priority = trigger.has_priority = false; /* 0 in a campaign, 5 else */
	planned.campaign = VST_STR("autumn");
	planned.not_before = SHOP_NOON + 3 * 3600;
	loser = shop_submit(&shop, &planned);
	assert_int_equal(loser.decision.due, SHOP_NOON + 3 * 3600);
	assert_ok(vst_engine_check(shop.engine, &trigger, &shop.arena, &checked, &err), err);
	assert_int_equal(checked.decision.verdict, VST_VERDICT_SEND);
	assert_int_equal(number_of(&shop, loser.id, "due"), SHOP_NOON + 3 * 3600); /* a check changes nothing */
	winner = shop_submit(&shop, &trigger);
	assert_int_equal(winner.decision.verdict, VST_VERDICT_SEND);
	assert_state(&shop, loser.id, "deferred");
	assert_true(text_is(&shop, loser.id, "reason", "outbid"));
	assert_int_equal(number_of(&shop, loser.id, "due"), SHOP_NOON + DAY);
	assert_int_equal(events_of(&shop, loser.id, "message.deferred", "outbid"), 1);
	assert_int_equal(shop_dispatch(&shop).sent, 1);
	assert_state(&shop, winner.id, "delivered");
	shop_advance(&shop, DAY);
	assert_int_equal(shop_dispatch(&shop).sent, 1);
	assert_state(&shop, loser.id, "delivered");
	shop_close(&shop);
}

static void an_equal_priority_and_what_was_sent_are_never_outbid(void **state)
{
	struct shop shop;
	vst_submission first = advertisement(5), second = advertisement(5), third = advertisement(9);
	vst_receipt planned;

	(void) state;
	open_shop(&shop, "[{\"count\":1,\"days\":1}]");
	planned = shop_submit(&shop, &first);
	assert_int_equal(shop_submit(&shop, &second).decision.due, SHOP_NOON + DAY);
	assert_int_equal(shop_dispatch(&shop).sent, 1);
	assert_state(&shop, planned.id, "delivered");
	/* the slot of today is used, that of tomorrow may be had */
	assert_int_equal(shop_submit(&shop, &third).decision.due, SHOP_NOON + DAY);
	shop_close(&shop);
}

static void a_loser_follows_the_window_of_a_zone_that_was_not_loaded(void **state)
{
	static const char *const zones[] = {"", "Asia/Ust-Nera"};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(zones); i++) {
		struct shop shop;
		vst_submission planned = advertisement(0), trigger = advertisement(5);
		vst_receipt loser;
		int64_t due;

		open_shop(&shop, "[{\"count\":1,\"days\":1}]");
		planned.timezone = vst_str_from(zones[i]);
		planned.not_before = SHOP_NOON + 15 * 3600; /* 03:00 in Moscow */
		loser = shop_submit(&shop, &planned);
		shop_advance(&shop, 7 * 3600); /* 19:00 in Moscow */
		shop_reopen(&shop);
		assert_int_equal(shop_submit(&shop, &trigger).decision.verdict, VST_VERDICT_SEND);
		assert_true(text_is(&shop, loser.id, "reason", "outbid"));
		/* a day later is 19:00 in Moscow: 02:00 in Ust-Nera, and night somewhere in Russia */
		due = number_of(&shop, loser.id, "due");
		assert_int_equal(due, i == 0 ? SHOP_NOON + 2 * DAY - 4 * 3600 : SHOP_NOON + DAY + 12 * 3600);
		shop_close(&shop);
	}
}

static void a_loser_that_comes_too_late_is_refused_for_that_reason(void **state)
{
	struct shop shop;
	vst_submission planned = advertisement(0), trigger = advertisement(5);
	vst_receipt loser;

	(void) state;
	open_shop(&shop, "[{\"count\":1,\"days\":1}]");
	planned.not_before = SHOP_NOON + 3600;
	planned.valid_until = SHOP_NOON + DAY - 1;
	planned.key = VST_STR("k");
	planned.has_key = true;
	loser = shop_submit(&shop, &planned);
	(void) shop_submit(&shop, &trigger);
	assert_state(&shop, loser.id, "refused");
	assert_true(text_is(&shop, loser.id, "reason", "outbid"));
	assert_int_equal(events_of(&shop, loser.id, "message.refused", "outbid"), 1);
	assert_false(shop_submit(&shop, &planned).duplicate); /* it keeps no key */
	shop_close(&shop);
}

static void what_a_worker_has_is_not_outbid(void **state)
{
	struct shop shop;
	vst_submission planned = advertisement(0), trigger = advertisement(5);
	vst_receipt held, receipt;
	struct taking taken = {0, false};
	vst_err err = VST_ERR_INIT;

	(void) state;
	open_shop(&shop, "[{\"count\":1,\"days\":1}]");
	held = shop_submit(&shop, &planned);
	taken.seq = held.id.seq;
	assert_ok(vst_store_write(shop.engine->store, take, &taken, &err), err);
	receipt = shop_submit(&shop, &trigger);
	assert_int_equal(receipt.decision.due, SHOP_NOON + DAY);
	assert_state(&shop, held.id, "claimed");
	(void) shop_dispatch(&shop);
	assert_state(&shop, held.id, "delivered");
	shop_close(&shop);
}

static void outbidding_happens_in_a_batch_too(void **state)
{
	struct shop shop;
	vst_submission planned = advertisement(0), trigger = advertisement(5);
	vst_batch *batch = NULL;
	vst_receipt loser;
	vst_err err = VST_ERR_INIT;

	(void) state;
	open_shop(&shop, "[{\"count\":1,\"days\":1}]");
	planned.not_before = SHOP_NOON + 3600;
	planned.timezone = VST_STR_EMPTY;
	loser = shop_submit(&shop, &planned);
	shop_reopen(&shop);
	assert_ok(vst_batch_new(shop.engine, &batch, &err), err);
	assert_ok(vst_batch_add(batch, &trigger, &err), err);
	assert_ok(vst_batch_flush(batch, &err), err);
	vst_batch_free(batch);
	assert_true(text_is(&shop, loser.id, "reason", "outbid"));
	assert_int_equal(shop_dispatch(&shop).sent, 1);
	shop_close(&shop);
}

/* ---- random histories ---- */

#define HISTORY 60

struct history {
	struct shop *shop;
	uint64_t seed;
	vst_id ids[HISTORY];
	int priorities[HISTORY];
	size_t count;
};

static const struct {
	int count;
	int64_t seconds;
} caps[] = {{2, 7 * DAY}, {1, DAY}};

static bool was_sent(const json_t *stored)
{
	const char *name = json_string_value(json_object_get(stored, "state"));

	return json_integer_value(json_object_get(stored, "sending_ms")) > 0 && strcmp(name, "failed") != 0;
}

static bool is_waiting(const json_t *stored)
{
	const char *name = json_string_value(json_object_get(stored, "state"));

	return strcmp(name, "deferred") == 0 || strcmp(name, "queued") == 0;
}

static int ascending(const void *a, const void *b)
{
	int64_t left = *(const int64_t *) a, right = *(const int64_t *) b;

	return (left > right) - (left < right);
}

/* Is every cap kept by these instants; with t >= 0, as far as t has a part in it? In units per second. */
static bool kept_by(const int64_t *instants, size_t count, int64_t t, int64_t unit)
{
	int64_t all[HISTORY + 1];

	memcpy(all, instants, count * sizeof *all);
	if (t >= 0) {
		all[count++] = t;
	}
	qsort(all, count, sizeof *all, ascending);
	for (size_t c = 0; c < COUNT_OF(caps); c++) {
		size_t n = (size_t) caps[c].count;

		for (size_t i = 0; i + n < count; i++) {
			if (all[i + n] - all[i] < caps[c].seconds * unit && (t < 0 || (all[i] <= t && t <= all[i + n]))) {
				return false;
			}
		}
	}
	return true;
}

/* 07:00 to 22:45 in Moscow: what leaves later might arrive at night. */
static bool in_window(int64_t t)
{
	int64_t second = (t + 3 * 3600) % DAY;

	return second >= 7 * 3600 && second < 22 * 3600 + 45 * 60;
}

static int64_t opening_after(int64_t t)
{
	int64_t day = (t + 3 * 3600) / DAY * DAY - 3 * 3600 + 7 * 3600;

	return day >= t ? day : day + DAY;
}

/*
 * The first instant from `from` on at which one more keeps the window and the caps. The candidates are few: only there
 * can a time begin at which it is allowed.
 */
static int64_t slow_next(const int64_t *instants, size_t count, int64_t from)
{
	int64_t best = INT64_MAX;

	for (size_t i = 0; i <= count; i++) {
		for (size_t c = 0; c < COUNT_OF(caps); c++) {
			int64_t t = i == count ? from : instants[i] + caps[c].seconds;

			t = t < from ? from : t;
			for (int tries = 0; tries < 400 && t < best; tries++) {
				if (in_window(t) && kept_by(instants, count, t, 1)) {
					best = t;
				}
				t = opening_after(t + 1);
			}
		}
	}
	return best;
}

/* The instants that count for a message of this priority: what was sent, and what waits and cannot be outbid. */
static size_t firm(const struct history *h, int priority, int64_t out[HISTORY])
{
	size_t count = 0;

	for (size_t i = 0; i < h->count; i++) {
		json_t *stored = shop_stored(h->shop, h->ids[i]);

		if (was_sent(stored)) {
			out[count++] = (json_integer_value(json_object_get(stored, "sending_ms")) + 999) / 1000;
		} else if (is_waiting(stored) && h->priorities[i] >= priority) {
			out[count++] = json_integer_value(json_object_get(stored, "due"));
		}
		json_decref(stored);
	}
	return count;
}

static void submit_one(struct history *h)
{
	int64_t instants[HISTORY], now = h->shop->now_ms / 1000, from = now, earliest;
	int priority = (int) (vectors_random(&h->seed) % 4) * 3;
	vst_submission message = advertisement(priority);
	vst_receipt receipt;
	size_t count = firm(h, priority, instants);

	if (vectors_random(&h->seed) % 3 == 0) {
		message.not_before = from = now + (int64_t) (vectors_random(&h->seed) % (5 * DAY));
	}
	if (vectors_random(&h->seed) % 4 == 0) {
		message.valid_until = from + 1 + (int64_t) (vectors_random(&h->seed) % (10 * DAY));
	}
	earliest = slow_next(instants, count, from);
	receipt = shop_submit(h->shop, &message);
	if (message.valid_until != 0 && message.valid_until <= earliest) {
		assert_int_equal(receipt.decision.verdict, VST_VERDICT_REFUSE);
	} else {
		assert_int_equal(receipt.decision.verdict, earliest > now ? VST_VERDICT_DEFER : VST_VERDICT_SEND);
		assert_int_equal(receipt.decision.due, earliest > now ? earliest : 0);
	}
	h->ids[h->count] = receipt.id;
	h->priorities[h->count++] = priority;
}

/* Nothing that is due is left behind, and no cap was passed by what was sent, to the millisecond. → the next due */
static int64_t dispatch_all(struct history *h)
{
	int64_t sent[HISTORY], now = h->shop->now_ms / 1000;
	int64_t next = shop_dispatch(h->shop).next_due;
	size_t count = 0;

	for (size_t i = 0; i < h->count; i++) {
		json_t *stored = shop_stored(h->shop, h->ids[i]);

		if (was_sent(stored)) {
			sent[count++] = json_integer_value(json_object_get(stored, "sending_ms"));
		}
		if (is_waiting(stored)) {
			assert_true(json_integer_value(json_object_get(stored, "due")) > now);
		}
		json_decref(stored);
	}
	assert_true(kept_by(sent, count, -1, 1000));
	return next;
}

/* Every message ends somewhere, and a loser says so. */
static void check_end(struct history *h, int *losers)
{
	for (size_t i = 0; i < h->count; i++) {
		json_t *stored = shop_stored(h->shop, h->ids[i]);

		assert_false(is_waiting(stored));
		if (text_is(h->shop, h->ids[i], "state", "refused") && text_is(h->shop, h->ids[i], "reason", "outbid")) {
			assert_int_equal(events_of(h->shop, h->ids[i], "message.refused", "outbid"), 1);
			(*losers)++;
		}
		*losers += events_of(h->shop, h->ids[i], "message.deferred", "outbid");
		json_decref(stored);
	}
}

static void random_histories_keep_the_caps_and_lose_nothing(void **state)
{
	int losers = 0;

	(void) state;
	for (uint64_t round = 1; round <= 12; round++) {
		struct shop shop;
		struct history h = {.shop = &shop, .seed = round * 77};

		open_shop(&shop, "[{\"count\":2,\"days\":7},{\"count\":1,\"days\":1}]");
		while (h.count < HISTORY / 2) {
			switch (vectors_random(&h.seed) % 6) {
				case 0: shop.now_ms += (int64_t) (vectors_random(&h.seed) % (2 * DAY * INT64_C(1000))); break;
				case 1: shop.now_ms += (int64_t) (vectors_random(&h.seed) % 5000); break;
				case 2:
					if (h.count > 0) {
						(void) cancel(&shop, h.ids[vectors_random(&h.seed) % h.count]);
					}
					break;
				case 3: (void) dispatch_all(&h); break;
				default: submit_one(&h); break;
			}
		}
		for (int64_t next = dispatch_all(&h); next != INT64_MAX; next = dispatch_all(&h)) {
			assert_true(next > shop.now_ms / 1000);
			shop.now_ms = next * 1000;
		}
		check_end(&h, &losers);
		shop_close(&shop);
	}
	assert_true(losers > 10);
}

/* ---- many processes on one number ---- */

#define PROCESSES 64

/* Runs `work` in as many processes at once, each with an engine of its own. */
static void in_processes(struct shop *shop, void (*work)(struct shop *shop, int number))
{
	pid_t children[PROCESSES];

	for (int i = 0; i < PROCESSES; i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (children[i] == 0) {
			shop->random += (uint64_t) (i + 1) * UINT64_C(0x9e3779b97f4a7c15);
			shop_forked(shop);
			work(shop, i);
			_exit(0);
		}
	}
	for (int i = 0; i < PROCESSES; i++) {
		int status = 0;

		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
}

static void submit_in_process(struct shop *shop, int number)
{
	vst_submission message = advertisement(0);

	(void) number;
	(void) shop_submit(shop, &message);
}

static void dispatch_in_process(struct shop *shop, int number)
{
	vst_err err = VST_ERR_INIT;

	(void) number;
	(void) shop_dispatch(shop);
	(void) !vst_engine_drain(shop->engine, &err);
}

static void submit_and_dispatch_in_process(struct shop *shop, int number)
{
	vst_submission message = advertisement(number % 4);
	vst_receipt receipt = shop_submit(shop, &message);

	if (number % 3 == 0) {
		(void) cancel(shop, receipt.id);
	}
	dispatch_in_process(shop, number);
}

struct instants {
	int64_t due[HISTORY + PROCESSES], sent_ms[HISTORY + PROCESSES];
	size_t due_count, sent_count;
};

static void read_instants(struct shop *shop, struct instants *out)
{
	json_t *filter = json_object(), *page = NULL, *item;
	size_t i;
	vst_err err = VST_ERR_INIT;

	out->due_count = out->sent_count = 0;
	assert_ok(vst_engine_message_list(shop->engine, filter, 500, VST_STR_EMPTY, &page, &err), err);
	json_array_foreach(json_object_get(page, "items"), i, item) {
		if (was_sent(item)) {
			out->sent_ms[out->sent_count++] = json_integer_value(json_object_get(item, "sending_ms"));
		} else if (is_waiting(item)) {
			out->due[out->due_count++] = json_integer_value(json_object_get(item, "due"));
		}
	}
	qsort(out->due, out->due_count, sizeof *out->due, ascending);
	qsort(out->sent_ms, out->sent_count, sizeof *out->sent_ms, ascending);
	json_decref(page);
	json_decref(filter);
}

static void processes_at_once_reserve_every_slot_and_no_more(void **state)
{
	struct shop shop;
	struct instants instants;

	(void) state;
	open_shop(&shop, "[{\"count\":2,\"days\":7}]");
	in_processes(&shop, submit_in_process);
	read_instants(&shop, &instants);
	assert_int_equal(instants.due_count, PROCESSES);
	for (size_t i = 0; i < PROCESSES; i++) {
		assert_int_equal(instants.due[i], SHOP_NOON + (int64_t) (i / 2) * 7 * DAY);
	}
	for (size_t week = 0; week < 3; week++) {
		in_processes(&shop, dispatch_in_process);
		read_instants(&shop, &instants);
		assert_int_equal(instants.sent_count, 2 * (week + 1));
		shop_advance(&shop, 7 * DAY - (week == 1 ? 1 : 0));
		if (week == 1) { /* a second too early: nothing goes */
			assert_int_equal(shop_dispatch(&shop).sent, 0);
			shop_advance(&shop, 1);
		}
	}
	shop_close(&shop);
}

static void submits_cancels_and_workers_at_once_keep_the_caps(void **state)
{
	struct shop shop;
	struct instants instants;
	size_t weeks = 0;

	(void) state;
	open_shop(&shop, "[{\"count\":2,\"days\":7},{\"count\":1,\"days\":1}]");
	in_processes(&shop, submit_and_dispatch_in_process);
	for (read_instants(&shop, &instants); instants.due_count > 0; read_instants(&shop, &instants)) {
		size_t before = instants.sent_count;

		assert_true(weeks++ < PROCESSES);
		assert_true(kept_by(instants.sent_ms, instants.sent_count, -1, 1000));
		if (instants.due[0] > shop.now_ms / 1000) {
			shop.now_ms = instants.due[0] * 1000;
		}
		(void) shop_dispatch(&shop);
		read_instants(&shop, &instants);
		assert_int_equal(instants.sent_count, before + 1); /* each slot is used */
	}
	assert_int_equal(instants.sent_count, PROCESSES - (PROCESSES + 2) / 3);
	shop_close(&shop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cancelled_message_gives_its_slot_back),
		cmocka_unit_test(what_failed_gives_its_slot_back_and_what_was_not_delivered_keeps_it),
		cmocka_unit_test(what_is_in_doubt_keeps_its_slot),
		cmocka_unit_test(what_expired_gives_its_slot_back),
		cmocka_unit_test(a_slot_counts_from_the_instant_of_sending),
		cmocka_unit_test(a_late_message_keeps_its_place),
		cmocka_unit_test(what_was_submitted_without_caps_counts_once_there_are_some),
		cmocka_unit_test(a_trigger_takes_the_slot_of_a_planned_campaign),
		cmocka_unit_test(an_equal_priority_and_what_was_sent_are_never_outbid),
		cmocka_unit_test(a_loser_follows_the_window_of_a_zone_that_was_not_loaded),
		cmocka_unit_test(a_loser_that_comes_too_late_is_refused_for_that_reason),
		cmocka_unit_test(what_a_worker_has_is_not_outbid),
		cmocka_unit_test(outbidding_happens_in_a_batch_too),
		cmocka_unit_test(random_histories_keep_the_caps_and_lose_nothing),
		cmocka_unit_test(processes_at_once_reserve_every_slot_and_no_more),
		cmocka_unit_test(submits_cancels_and_workers_at_once_keep_the_caps),
	};

	return cmocka_run_group_tests_name("engine/caps", tests, NULL, NULL);
}
