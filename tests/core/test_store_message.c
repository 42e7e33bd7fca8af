#include "store_fixture.h"

#include <stdio.h>

/* A message with every field set to something of its own. */
static vst_message full_message(int64_t seq)
{
	return (vst_message) {
		.id = {seq, UINT64_C(0xfedcba9876543210)},
		.entity = 1,
		.phone = INT64_C(79990000001),
		.category = VST_ADVERTISING,
		.created_ms = FIXTURE_NOW_MS,
		.text = VST_STR("Скидка 10 %\nдо завтра"),
		.encoding = VST_UCS2,
		.units = 21,
		.segments = 1,
		.sender = 2,
		.previous = 77,
		.valid_until = 1764061200,
		.not_before = 1764058000,
		.key = VST_STR("order:15:F"),
		.order_number = VST_STR("15/А"),
		.campaign = VST_STR("autumn"),
		.customer = VST_STR("c-9"),
		.site = VST_STR("s1"),
		.basis = VST_STR("contract"),
		.approved_by = VST_STR("anna"),
		.tags = VST_STR("[\"new\",\"vip\"]"),
		.zones = VST_STR("Europe/Moscow|Europe/Samara"),
		.decision = VST_STR("{\"rules\":\"1\"}"),
		.debt = true,
		.counts = VST_CHARGE_ADVERTISING,
		.state = VST_DEFERRED,
		.held = true,
		.provider = 3,
		.due = 1764058001,
		.reason = VST_STR("window_closed"),
		.attempts = 2,
		.provider_message = VST_STR("000-1"),
		.provider_code = VST_STR("100"),
		.sending_ms = 5,
		.accepted_ms = 6,
		.final_ms = 7,
	};
}

/* What a message is when it has just been submitted. */
static vst_message plain_message(int64_t seq)
{
	vst_message message = {.id = {seq, (uint64_t) seq * 3},
	                       .entity = 1,
	                       .phone = INT64_C(79990000001),
	                       .category = VST_SERVICE,
	                       .created_ms = FIXTURE_NOW_MS,
	                       .state = VST_QUEUED};
	vst_str *const texts[] = {
		&message.text,     &message.key,    &message.order_number,     &message.campaign,     &message.customer,
		&message.site,     &message.basis,  &message.approved_by,      &message.tags,         &message.zones,
		&message.decision, &message.reason, &message.provider_message, &message.provider_code};

	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		*texts[i] = VST_STR_EMPTY;
	}
	return message;
}

static void assert_equal_texts(vst_str a, vst_str b)
{
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.ptr, b.ptr, b.len);
}

static void assert_same_message(const vst_message *a, const vst_message *b)
{
	assert_int_equal(a->id.seq, b->id.seq);
	assert_true(a->id.nonce == b->id.nonce);
	assert_int_equal(a->entity, b->entity);
	assert_int_equal(a->phone, b->phone);
	assert_int_equal(a->category, b->category);
	assert_int_equal(a->created_ms, b->created_ms);
	assert_int_equal(a->encoding, b->encoding);
	assert_int_equal(a->units, b->units);
	assert_int_equal(a->segments, b->segments);
	assert_int_equal(a->sender, b->sender);
	assert_int_equal(a->previous, b->previous);
	assert_int_equal(a->valid_until, b->valid_until);
	assert_int_equal(a->not_before, b->not_before);
	assert_int_equal(a->debt, b->debt);
	assert_int_equal(a->counts, b->counts);
	assert_int_equal(a->state, b->state);
	assert_int_equal(a->held, b->held);
	assert_int_equal(a->provider, b->provider);
	assert_int_equal(a->due, b->due);
	assert_int_equal(a->attempts, b->attempts);
	assert_int_equal(a->sending_ms, b->sending_ms);
	assert_int_equal(a->accepted_ms, b->accepted_ms);
	assert_int_equal(a->final_ms, b->final_ms);
	assert_equal_texts(a->text, b->text);
	assert_equal_texts(a->key, b->key);
	assert_equal_texts(a->order_number, b->order_number);
	assert_equal_texts(a->campaign, b->campaign);
	assert_equal_texts(a->customer, b->customer);
	assert_equal_texts(a->site, b->site);
	assert_equal_texts(a->basis, b->basis);
	assert_equal_texts(a->approved_by, b->approved_by);
	assert_equal_texts(a->tags, b->tags);
	assert_equal_texts(a->zones, b->zones);
	assert_equal_texts(a->decision, b->decision);
	assert_equal_texts(a->reason, b->reason);
	assert_equal_texts(a->provider_message, b->provider_message);
	assert_equal_texts(a->provider_code, b->provider_code);
}

static vst_rc insert(vst_tx *tx, void *context, vst_err *err)
{
	return vst_message_insert(tx, context, err);
}

typedef struct get_body {
	int64_t seq;
	vst_arena *arena;
	vst_message message;
	bool found;
} get_body;

static vst_rc get(vst_tx *tx, void *context, vst_err *err)
{
	get_body *body = context;

	return vst_message_get(tx, body->seq, body->arena, &body->message, &body->found, err);
}

static vst_message stored(store_fixture *fixture, int64_t seq)
{
	get_body body = {.seq = seq, .arena = &fixture->arena};

	store_read(fixture->store, get, &body);
	assert_true(body.found);
	return body.message;
}

typedef struct update_body {
	vst_message message;
	vst_state from;
} update_body;

static vst_rc update(vst_tx *tx, void *context, vst_err *err)
{
	update_body *body = context;

	return vst_message_update(tx, &body->message, body->from, err);
}

static void a_message_comes_back_as_it_was_put(void **state)
{
	store_fixture *fixture = *state;
	vst_message full = full_message(100), plain = plain_message(101), out;
	get_body missing = {.seq = 102, .arena = &fixture->arena, .found = true};

	store_write(fixture->store, insert, &full);
	store_write(fixture->store, insert, &plain);
	store_reopen(fixture);
	out = stored(fixture, 100);
	assert_same_message(&out, &full);
	out = stored(fixture, 101);
	assert_same_message(&out, &plain);
	store_read(fixture->store, get, &missing);
	assert_false(missing.found);
}

static void an_update_changes_what_is_changeable_and_nothing_else(void **state)
{
	store_fixture *fixture = *state;
	vst_message plain = plain_message(101), expected, out;
	update_body body;

	store_write(fixture->store, insert, &plain);
	body = (update_body) {full_message(101), VST_QUEUED};
	for (int i = 0; i < 2; i++) { /* the first change and a later one go different ways */
		expected = plain;
		expected.state = body.message.state = i == 0 ? VST_DEFERRED : VST_CANCELLED;
		expected.held = body.message.held;
		expected.provider = body.message.provider;
		expected.due = body.message.due;
		expected.attempts = body.message.attempts += i;
		expected.reason = body.message.reason;
		expected.provider_message = body.message.provider_message;
		expected.provider_code = body.message.provider_code;
		expected.sending_ms = body.message.sending_ms;
		expected.accepted_ms = body.message.accepted_ms;
		expected.final_ms = body.message.final_ms += i;
		store_write(fixture->store, update, &body);
		out = stored(fixture, 101);
		assert_same_message(&out, &expected);
		body.from = VST_DEFERRED;
	}
}

/* Every pair of states: exactly what the table of transitions allows, and staying as it is. */
static void only_legal_transitions_are_written(void **state)
{
	store_fixture *fixture = *state;
	int64_t seq = 1;

	for (int from = 0; from < VST_STATE_COUNT; from++) {
		for (int to = 0; to < VST_STATE_COUNT; to++, seq++) {
			vst_message message = plain_message(seq);
			bool legal = from == to || vst_state_may_become((vst_state) from, (vst_state) to);
			update_body body;

			message.state = (vst_state) from;
			store_write(fixture->store, insert, &message);
			body = (update_body) {message, (vst_state) from};
			body.message.state = (vst_state) to;
			if (legal) {
				store_write(fixture->store, update, &body);
			} else {
				assert_fails(VST_E_CORRUPT, vst_store_write(fixture->store, update, &body, problem));
			}
			assert_int_equal(stored(fixture, seq).state, legal ? to : from);
		}
	}
}

static void an_update_expects_the_state_that_is_stored(void **state)
{
	store_fixture *fixture = *state;
	vst_message message = plain_message(5);
	update_body body = {plain_message(5), VST_DEFERRED};

	body.message.state = VST_CANCELLED;
	assert_fails(VST_E_CORRUPT, vst_store_write(fixture->store, update, &body, problem)); /* no such message */
	store_write(fixture->store, insert, &message);
	assert_fails(VST_E_CORRUPT, vst_store_write(fixture->store, update, &body, problem));
	assert_int_equal(stored(fixture, 5).state, VST_QUEUED);
}

static vst_rc take_seqs(vst_tx *tx, void *context, vst_err *err)
{
	int64_t *seqs = context;

	for (int i = 0; i < 3; i++) {
		vst_message message;

		TRY(vst_message_next_seq(tx, &seqs[i], err));
		message = plain_message(seqs[i]);
		TRY(vst_message_insert(tx, &message, err));
	}
	return VST_OK;
}

static void seqs_ascend_whatever_the_clock_does(void **state)
{
	store_fixture *fixture = *state;
	int64_t first[3], second[3], third[3];

	store_write(fixture->store, take_seqs, first);
	assert_int_equal(vst_seq_ms(first[0]), FIXTURE_NOW_MS);
	assert_true(first[0] < first[1] && first[1] < first[2]);
	fixture->now_ms -= 60000;
	store_reopen(fixture);
	store_write(fixture->store, take_seqs, second);
	assert_true(second[0] > first[2]);
	fixture->now_ms += 120000;
	store_write(fixture->store, take_seqs, third);
	assert_int_equal(vst_seq_ms(third[0]), FIXTURE_NOW_MS + 60000);
}

/* ---- keys ---- */

typedef struct key_body {
	int64_t entity;
	const char *key;
	int64_t seq;
	int64_t before_ms;
	bool done;
} key_body;

static vst_rc key_get(vst_tx *tx, void *context, vst_err *err)
{
	key_body *body = context;

	return vst_key_get(tx, body->entity, vst_str_from(body->key), &body->seq, err);
}

static vst_rc key_put(vst_tx *tx, void *context, vst_err *err)
{
	key_body *body = context;

	return vst_key_put(tx, body->entity, vst_str_from(body->key), body->seq, err);
}

static vst_rc key_remove(vst_tx *tx, void *context, vst_err *err)
{
	key_body *body = context;

	return vst_key_remove(tx, body->entity, vst_str_from(body->key), err);
}

static int64_t seq_of_key(store_fixture *fixture, int64_t entity, const char *key)
{
	key_body body = {entity, key, -1, 0, false};

	store_read(fixture->store, key_get, &body);
	return body.seq;
}

static void a_key_belongs_to_its_entity_to_the_letter(void **state)
{
	store_fixture *fixture = *state;
	key_body body = {1, "Order-1", 11, 0, false};

	store_write(fixture->store, key_put, &body);
	assert_int_equal(seq_of_key(fixture, 1, "Order-1"), 11);
	assert_int_equal(seq_of_key(fixture, 2, "Order-1"), 0);
	assert_int_equal(seq_of_key(fixture, 1, "order-1"), 0);
	assert_int_equal(seq_of_key(fixture, 1, "Order-1 "), 0);
	body.seq = 12;
	assert_fails(VST_E_CORRUPT, vst_store_write(fixture->store, key_put, &body, problem));
	store_write(fixture->store, key_remove, &body);
	assert_int_equal(seq_of_key(fixture, 1, "Order-1"), 0);
	store_write(fixture->store, key_remove, &body); /* absent is fine */
}

static vst_rc put_keyed(vst_tx *tx, void *context, vst_err *err)
{
	key_body *body = context;
	vst_message message;

	TRY(vst_message_next_seq(tx, &body->seq, err));
	message = plain_message(body->seq);
	message.key = vst_str_from(body->key);
	message.created_ms = vst_tx_now_ms(tx);
	TRY(vst_message_insert(tx, &message, err));
	return vst_key_put(tx, 1, message.key, body->seq, err);
}

static vst_rc key_prune(vst_tx *tx, void *context, vst_err *err)
{
	key_body *body = context;

	return vst_key_prune(tx, body->before_ms, 2, &body->done, err);
}

static void old_keys_are_removed_unless_they_were_used_anew(void **state)
{
	store_fixture *fixture = *state;
	static const char *const names[] = {"a", "b", "c", "d", "e"};
	key_body body = {.entity = 1};
	int rounds = 0;

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		body.key = names[i];
		store_write(fixture->store, put_keyed, &body);
		fixture->now_ms += 1000;
	}
	body.key = "b"; /* taken away and used again, as after a refusal */
	store_write(fixture->store, key_remove, &body);
	store_write(fixture->store, put_keyed, &body);

	body.before_ms = FIXTURE_NOW_MS + 3000; /* a, b and c are older */
	do {
		store_write(fixture->store, key_prune, &body);
		rounds++;
	} while (!body.done);
	assert_int_equal(rounds, 2);
	assert_int_equal(seq_of_key(fixture, 1, "a"), 0);
	assert_int_equal(seq_of_key(fixture, 1, "b"), body.seq);
	assert_int_equal(seq_of_key(fixture, 1, "c"), 0);
	assert_int_not_equal(seq_of_key(fixture, 1, "d"), 0);
	assert_int_not_equal(seq_of_key(fixture, 1, "e"), 0);
	store_write(fixture->store, key_prune, &body);
	assert_true(body.done);
}

static void no_key_is_old_before_the_clock_has_run_long_enough(void **state)
{
	static const int64_t befores[] = {0, -1, -34560000000, INT64_MIN};
	store_fixture *fixture = *state;
	key_body body = {.entity = 1, .key = "a"};

	store_write(fixture->store, put_keyed, &body);
	for (size_t i = 0; i < COUNT_OF(befores); i++) {
		body.before_ms = befores[i];
		store_write(fixture->store, key_prune, &body);
		assert_true(body.done);
		assert_int_equal(seq_of_key(fixture, 1, "a"), body.seq);
	}
	body.before_ms = INT64_MAX;
	store_write(fixture->store, key_prune, &body);
	assert_int_equal(seq_of_key(fixture, 1, "a"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_message_comes_back_as_it_was_put, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(an_update_changes_what_is_changeable_and_nothing_else, store_setup,
	                                    store_teardown),
		cmocka_unit_test_setup_teardown(only_legal_transitions_are_written, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(an_update_expects_the_state_that_is_stored, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(seqs_ascend_whatever_the_clock_does, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_key_belongs_to_its_entity_to_the_letter, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(old_keys_are_removed_unless_they_were_used_anew, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(no_key_is_old_before_the_clock_has_run_long_enough, store_setup_manual,
	                                    store_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
