/* Cancel, hold, release; ending one message; cap charges. */
#include <stdio.h>

#include "records_fixture.h"

#define PHONE_NUMBER INT64_C(79990000001)

typedef enum verb { CANCEL, HOLD, RELEASE } verb;

static vst_rc try_change(records *r, verb what, const char *filter, int64_t *changed, vst_err *err)
{
	json_t *given = json_of(filter);
	vst_rc rc = what == CANCEL ? vst_engine_cancel(r->engine, given, changed, err)
	                           : vst_engine_hold(r->engine, given, what == HOLD, changed, err);

	json_decref(given);
	return rc;
}

static int64_t change(records *r, verb what, const char *filter)
{
	int64_t changed = -1;
	vst_err err = VST_ERR_INIT;

	if (try_change(r, what, filter, &changed, &err) != VST_OK) {
		fail_msg("%s: %s", filter, err.text);
	}
	return changed;
}

static void an_empty_filter_never_means_everything(void **state)
{
	static const char *const filters[] = {"{}", "[]", "{'order': null}", "{'id': null, 'state': null}"};
	records *r = *state;
	records_message m = {.phone = PHONE_NUMBER, .category = VST_SERVICE, .state = VST_QUEUED, .due = RECORDS_START};
	vst_id id = records_put(r, &m);
	int64_t changed = -1;

	for (size_t i = 0; i < COUNT_OF(filters); i++) {
		for (verb what = CANCEL; what <= RELEASE; what++) {
			assert_int_equal(try_change(r, what, filters[i], &changed, NULL), VST_E_INVALID);
		}
	}
	assert_int_equal(try_change(r, CANCEL, "{'orders': '1'}", &changed, NULL), VST_E_INVALID);
	assert_int_equal(try_change(r, CANCEL, "{'sort': 'created'}", &changed, NULL), VST_E_INVALID);
	assert_int_equal(try_change(r, CANCEL, "{'state': 'queued', 'offset': 1}", &changed, NULL), VST_E_INVALID);
	assert_int_equal(try_change(r, CANCEL, "'all'", &changed, NULL), VST_E_TYPE);
	assert_int_equal(changed, -1);
	assert_message(r, id, "{'state': 'queued', 'held': false}");
}

static void only_what_waits_changes(void **state)
{
	static const struct {
		vst_state state;
		bool held;
		int64_t cancelled, now_held, released;
	} cases[] = {
		{VST_DEFERRED, false, 1, 1, 0}, {VST_QUEUED, false, 1, 1, 0},     {VST_DEFERRED, true, 1, 0, 1},
		{VST_QUEUED, true, 1, 0, 1},    {VST_CLAIMED, false, 1, 0, 0},    {VST_SENDING, false, 0, 0, 0},
		{VST_ACCEPTED, false, 0, 0, 0}, {VST_DELIVERED, false, 0, 0, 0},  {VST_UNDELIVERED, false, 0, 0, 0},
		{VST_REFUSED, false, 0, 0, 0},  {VST_FAILED, false, 0, 0, 0},     {VST_EXPIRED, false, 0, 0, 0},
		{VST_CANCELLED, false, 0, 0, 0}, {VST_IN_DOUBT, false, 0, 0, 0},
	};
	records *r = *state;

	for (verb what = CANCEL; what <= RELEASE; what++) {
		for (size_t i = 0; i < COUNT_OF(cases); i++) {
			records_message m = {.phone = PHONE_NUMBER, .category = VST_SERVICE, .state = cases[i].state,
			                     .held = cases[i].held, .due = RECORDS_START};
			const int64_t expected[] = {cases[i].cancelled, cases[i].now_held, cases[i].released};
			char id[VST_ID_LEN + 1], filter[64];
			vst_id put = records_put(r, &m);
			json_t *before = records_show(r, put), *after;

			records_id(put, id);
			(void) snprintf(filter, sizeof filter, "{'id': '%s'}", id);
			assert_int_equal(change(r, what, filter), expected[what]);
			after = records_show(r, put);
			assert_int_equal(json_equal(before, after), expected[what] == 0);
			json_decref(before);
			json_decref(after);
			/* A second time there is nothing left to do. */
			assert_int_equal(change(r, what, filter), 0);
		}
	}
}

static void a_cancelled_message_keeps_its_key_and_gives_back_its_slot(void **state)
{
	records *r = *state;
	records_message m = {.phone = PHONE_NUMBER, .category = VST_ADVERTISING, .state = VST_DEFERRED,
	                     .due = RECORDS_START + 60, .counts = VST_CHARGE_ADVERTISING, .key = "k", .valid_until = RECORDS_START + 99,
	                     .order = "5"};
	vst_id id = records_put(r, &m);
	json_t *events;

	assert_int_equal(records_charges(r, PHONE_NUMBER), 1);
	assert_int_equal(change(r, CANCEL, "{'order': 5}"), 1);
	assert_message(r, id, "{'state': 'cancelled', 'reason': 'cancelled', 'key': 'k', 'final_ms': 1795597200000}");
	assert_int_equal(records_charges(r, PHONE_NUMBER), 0);
	assert_int_equal(records_lane(r, VST_ADVERTISING, false), 0);
	events = records_events(r, "message.cancelled");
	assert_int_equal(json_array_size(events), 1);
	json_decref(events);
}

static void holding_moves_a_message_aside_and_back_with_its_reason(void **state)
{
	records *r = *state;
	records_message m = {.phone = PHONE_NUMBER, .category = VST_ADVERTISING, .state = VST_DEFERRED,
	                     .due = RECORDS_START + 60, .reason = "window_closed", .counts = VST_CHARGE_ADVERTISING,
	                     .campaign = "autumn"};
	vst_id id = records_put(r, &m);
	json_t *events;

	assert_int_equal(change(r, HOLD, "{'campaign': 'autumn'}"), 1);
	assert_message(r, id, "{'state': 'deferred', 'held': true, 'reason': 'held', 'due': 1795597260,"
	                      " 'waits': {'for': 'held', 'until': null}}");
	assert_int_equal(records_lane(r, VST_ADVERTISING, false), 0);
	assert_int_equal(records_lane(r, VST_ADVERTISING, true), 1);
	assert_int_equal(records_charges(r, PHONE_NUMBER), 1); /* its place under the caps stays taken */
	assert_int_equal(change(r, RELEASE, "{'held': true}"), 1);
	assert_message(r, id, "{'state': 'deferred', 'held': false, 'reason': 'window_closed', 'due': 1795597260,"
	                      " 'waits': {'for': 'window_closed', 'until': 1795597260}}");
	assert_int_equal(records_lane(r, VST_ADVERTISING, false), 1);
	assert_int_equal(records_lane(r, VST_ADVERTISING, true), 0);
	events = records_events(r, "message.held");
	assert_int_equal(json_array_size(events), 1);
	json_decref(events);
	events = records_events(r, "message.released");
	assert_int_equal(json_array_size(events), 1);
	json_decref(events);
}

static void conditions_that_contradict_the_change_match_nothing(void **state)
{
	records *r = *state;
	records_message m = {.phone = PHONE_NUMBER, .category = VST_SERVICE, .state = VST_QUEUED, .due = RECORDS_START};

	(void) records_put(r, &m);
	assert_int_equal(change(r, CANCEL, "{'state': 'delivered'}"), 0);
	assert_int_equal(change(r, HOLD, "{'held': true}"), 0);
	assert_int_equal(change(r, RELEASE, "{'held': false}"), 0);
	assert_int_equal(change(r, HOLD, "{'state': ['claimed', 'sending']}"), 0);
	assert_int_equal(change(r, CANCEL, "{'state': ['queued', 'delivered']}"), 1);
}

/* More than one transaction takes, over more rows than one search reads. */
#define MANY 2300

static vst_rc put_many(vst_tx *tx, void *context, vst_err *err)
{
	vst_message m;
	int64_t provider;
	vst_rc rc = vst_name_id(tx, VST_NAME_PROVIDER, VST_STR("sandbox"), &provider, err);

	(void) context;
	memset(&m, 0, sizeof m);
	m.text = VST_STR("x");
	m.key = m.order_number = m.customer = m.site = m.basis = m.approved_by = m.tags = m.zones = m.decision = m.reason =
		m.provider_message = m.provider_code = VST_STR_EMPTY;
	m.entity = 1;
	m.created_ms = vst_tx_now_ms(tx);
	m.segments = 1;
	m.provider = provider;
	for (int i = 0; rc == VST_OK && i < MANY * 6; i++) {
		m.phone = PHONE_NUMBER + i;
		m.category = VST_ADVERTISING;
		m.state = i % 6 == 0 ? VST_QUEUED : VST_DELIVERED;
		m.due = i % 6 == 0 ? RECORDS_START : 0;
		m.campaign = i % 12 == 0 ? VST_STR("spring") : VST_STR("autumn");
		rc = vst_message_next_seq(tx, &m.id.seq, err);
		m.id.nonce = (uint64_t) i;
		if (rc == VST_OK) {
			rc = vst_message_insert(tx, &m, err);
		}
		if (rc == VST_OK && m.state == VST_QUEUED) {
			rc = vst_message_enqueue(tx, &m, err);
		}
	}
	return rc;
}

static void a_large_change_is_complete(void **state)
{
	records *r = *state;
	records_message m = {.phone = 1, .category = VST_SERVICE, .state = VST_DELIVERED};

	(void) records_put(r, &m);
	records_write(r, put_many, NULL);
	assert_int_equal(records_lane(r, VST_ADVERTISING, false), MANY);
	assert_int_equal(change(r, HOLD, "{'category': 'advertising'}"), MANY);
	assert_int_equal(records_lane(r, VST_ADVERTISING, true), MANY);
	assert_int_equal(change(r, RELEASE, "{'campaign': 'spring'}"), MANY / 2);
	assert_int_equal(records_lane(r, VST_ADVERTISING, false), MANY / 2);
	assert_int_equal(change(r, CANCEL, "{'state': ['queued', 'deferred']}"), MANY);
	assert_int_equal(records_lane(r, VST_ADVERTISING, false), 0);
	assert_int_equal(records_lane(r, VST_ADVERTISING, true), 0);
}

/* ---- ending one message, as the dispatcher does ---- */

struct ending {
	vst_id id;
	vst_state state;
	int64_t key_seq;
};

static vst_rc end_one(vst_tx *tx, void *context, vst_err *err)
{
	struct ending *e = context;
	vst_arena memory = VST_ARENA_INIT;
	vst_message message;
	bool found = false;
	vst_rc rc = vst_message_get(tx, e->id.seq, &memory, &message, &found, err);

	assert_true(rc == VST_OK && found);
	rc = vst_message_end(tx, &message, e->state, VST_STR("why"), err);
	if (rc == VST_OK) {
		rc = vst_key_get(tx, message.entity, VST_STR("k"), &e->key_seq, err);
	}
	vst_arena_free(&memory);
	return rc;
}

static void only_a_refused_message_frees_its_key(void **state)
{
	static const struct {
		vst_state state;
		bool keeps;
	} cases[] = {{VST_EXPIRED, true}, {VST_CANCELLED, true}, {VST_REFUSED, false}};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		records_message m = {.phone = PHONE_NUMBER, .category = VST_SERVICE, .state = VST_QUEUED, .due = RECORDS_START,
		                     .key = "k"};
		struct ending e = {{0, 0}, cases[i].state, -1};
		void *fresh = NULL;
		char expected[80];

		(void) records_open(&fresh);
		e.id = records_put(fresh, &m);
		records_write(fresh, end_one, &e);
		assert_true(e.key_seq == (cases[i].keeps ? e.id.seq : 0));
		(void) snprintf(expected, sizeof expected, "{'state': '%s', 'reason': 'why'}", vst_state_name(cases[i].state));
		assert_message(fresh, e.id, expected);
		(void) records_close(&fresh);
	}
}

static void a_message_that_no_longer_waits_cannot_be_ended(void **state)
{
	records *r = *state;
	records_message m = {.phone = PHONE_NUMBER, .category = VST_SERVICE, .state = VST_DELIVERED};
	struct ending e = {records_put(r, &m), VST_CANCELLED, 0};

	assert_int_equal(vst_store_write(r->engine->store, end_one, &e, NULL), VST_E_CORRUPT);
	assert_message(r, e.id, "{'state': 'delivered', 'reason': null}");
}

/* ---- charges ---- */

struct charging {
	int64_t seq, at;
	bool drop, sent;
	vst_person person;
};

static vst_rc charge(vst_tx *tx, void *context, vst_err *err)
{
	struct charging *c = context;
	vst_message m;
	vst_rc rc;

	memset(&m, 0, sizeof m);
	m.id.seq = c->seq;
	m.entity = 1;
	m.phone = PHONE_NUMBER;
	m.counts = VST_CHARGE_ADVERTISING;
	rc = c->drop ? vst_charge_drop(tx, &m, err) : vst_charge_set(tx, &m, c->at, c->sent, err);
	return rc == VST_OK ? vst_person_get(tx, 1, PHONE_NUMBER, vst_tx_now(tx), &c->person, err) : rc;
}

/* Whatever is set and dropped, the row has each message once, in order, as a plain list would have it. */
static void charges_agree_with_a_plain_list(void **state)
{
	records *r = *state;
	int64_t plain[40];
	uint64_t random = 7;

	for (size_t i = 0; i < COUNT_OF(plain); i++) {
		plain[i] = -1;
	}
	for (int step = 0; step < 300; step++) {
		struct charging c = {0};
		size_t expected = 0;

		random = random * UINT64_C(6364136223846793005) + 1;
		c.seq = (int64_t) (random >> 33) % (int64_t) COUNT_OF(plain) + 1;
		c.at = (int64_t) (random >> 40) % 1000;
		c.drop = (random >> 60) % 3 == 0;
		plain[c.seq - 1] = c.drop ? -1 : c.at;
		records_write(r, charge, &c);
		for (size_t i = 0; i < COUNT_OF(plain); i++) {
			expected += plain[i] >= 0;
		}
		assert_int_equal(c.person.charge_count, expected);
		for (size_t i = 0; i < c.person.charge_count; i++) {
			assert_true(c.person.charges[i].at == plain[c.person.charges[i].seq - 1]);
			assert_true(i == 0 || c.person.charges[i - 1].at <= c.person.charges[i].at);
		}
	}
}

static void a_full_row_lets_the_oldest_that_was_sent_go(void **state)
{
	records *r = *state;
	struct charging c = {0};

	for (int i = 1; i <= VST_CHARGES_MAX + 3; i++) {
		c = (struct charging) {.seq = i, .at = 1000 + i, .sent = i > 10};
		records_write(r, charge, &c);
	}
	assert_int_equal(c.person.charge_count, VST_CHARGES_MAX);
	assert_int_equal(c.person.charges[9].seq, 10);
	assert_int_equal(c.person.charges[10].seq, 14);
	assert_int_equal(c.person.charges[VST_CHARGES_MAX - 1].seq, VST_CHARGES_MAX + 3);
}

static void a_row_full_of_reservations_keeps_the_nearest(void **state)
{
	records *r = *state;
	struct charging c = {0};

	for (int i = 1; i <= VST_CHARGES_MAX + 3; i++) {
		c = (struct charging) {.seq = i, .at = 1000 + (i * 37) % (VST_CHARGES_MAX + 3)};
		records_write(r, charge, &c);
	}
	assert_int_equal(c.person.charge_count, VST_CHARGES_MAX);
	for (int i = 0; i < VST_CHARGES_MAX; i++) {
		assert_int_equal(c.person.charges[i].at, 1000 + i);
		assert_false(c.person.charges[i].sent);
	}
	c = (struct charging) {.seq = 500, .at = 5, .sent = true};
	records_write(r, charge, &c);
	assert_int_equal(c.person.charges[0].seq, 500);
	assert_int_equal(c.person.charges[VST_CHARGES_MAX - 1].at, 1000 + VST_CHARGES_MAX - 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		records_test(an_empty_filter_never_means_everything),
		records_test(only_what_waits_changes),
		records_test(a_cancelled_message_keeps_its_key_and_gives_back_its_slot),
		records_test(holding_moves_a_message_aside_and_back_with_its_reason),
		records_test(conditions_that_contradict_the_change_match_nothing),
		records_test(a_large_change_is_complete),
		cmocka_unit_test(only_a_refused_message_frees_its_key),
		records_test(a_message_that_no_longer_waits_cannot_be_ended),
		records_test(charges_agree_with_a_plain_list),
		records_test(a_full_row_lets_the_oldest_that_was_sent_go),
		records_test(a_row_full_of_reservations_keeps_the_nearest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
