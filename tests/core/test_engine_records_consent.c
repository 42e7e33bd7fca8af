#include "records_fixture.h"
#include "vectors.h"

#define PHONE "+79990000001"
#define PHONE_NUMBER INT64_C(79990000001)

/* One step of a case; its instant is seconds after the clock of a fresh store. */
static vst_rc run_step(records *r, const json_t *step, json_t **out, vst_err *err)
{
	static const char *const keys[] = {"after", "grant", "withdraw", "stop", "unstop", NULL};
	const json_t *with;

	vectors_known(step, keys);
	records_clock(r, RECORDS_START + vectors_integer(step, "after", 0));
	if ((with = json_object_get(step, "grant")) != NULL) {
		return vst_engine_consent_grant(r->engine, VST_STR(PHONE), with, out, err);
	}
	if ((with = json_object_get(step, "withdraw")) != NULL) {
		return vst_engine_consent_withdraw(r->engine, VST_STR(PHONE), with, out, err);
	}
	if ((with = json_object_get(step, "stop")) != NULL) {
		return vst_engine_stop_add(r->engine, VST_STR(PHONE), with, out, err);
	}
	with = json_object_get(step, "unstop");
	assert_non_null(with);
	return vst_engine_stop_remove(r->engine, VST_STR(PHONE), with, out, err);
}

/* Instants in the data are relative to the start, so that a person can read them. */
static void make_absolute(json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);

	if (json_is_integer(value)) {
		(void) json_object_set_new(object, key, json_integer(json_integer_value(value) + RECORDS_START));
	}
}

static void check_status(records *r, const char *purpose, json_t *expected)
{
	json_t *status = NULL, *kinds = json_array(), *stop;
	vst_err err = VST_ERR_INIT;
	size_t i;

	if (vst_engine_consent_status(r->engine, VST_STR(PHONE), vst_str_from(purpose), VST_STR_EMPTY, &status, &err) !=
	    VST_OK) {
		fail_msg("status: %s", err.text);
	}
	json_array_foreach(json_object_get(status, "stops"), i, stop) {
		const char *kind = json_string_value(json_object_get(stop, "kind"));
		const char *scope = json_string_value(json_object_get(stop, "scope"));

		(void) json_array_append_new(kinds, json_sprintf("%s %s", kind, scope));
	}
	(void) json_object_set_new(status, "stops", kinds);
	make_absolute(expected, "since");
	assert_json_has(status, expected);
	json_decref(status);
}

static void status_follows_from_what_was_recorded(void **state)
{
	static const char *const keys[] = {"case", "steps", "then", "ledger", NULL};
	static const char *const steps_with_instants[] = {"grant", "withdraw", "stop", NULL};
	json_t *cases = vectors_load("engine_consent.json"), *one, *step, *then, *out;
	size_t i, j;

	assert_true(json_array_size(cases) > 20);
	json_array_foreach(cases, i, one) {
		const char *purpose;
		vst_err err = VST_ERR_INIT;
		void *fresh = NULL;

		vectors_known(one, keys);
		records_case(json_string_value(json_object_get(one, "case")));
		(void) records_open(&fresh);
		json_array_foreach(json_object_get(one, "steps"), j, step) {
			for (size_t k = 0; steps_with_instants[k] != NULL; k++) {
				make_absolute(json_object_get(step, steps_with_instants[k]), "at");
				make_absolute(json_object_get(step, steps_with_instants[k]), "expires");
			}
			out = NULL;
			if (run_step(fresh, step, &out, &err) != VST_OK) {
				fail_msg("step %zu: %s", j, err.text);
			}
			json_decref(out);
		}
		json_object_foreach(json_object_get(one, "then"), purpose, then) {
			check_status(fresh, purpose, then);
		}
		if (json_object_get(one, "ledger") != NULL) {
			assert_int_equal(records_ledger(fresh), json_integer_value(json_object_get(one, "ledger")));
		}
		(void) records_close(&fresh);
	}
	json_decref(cases);
	(void) state;
}

static void bad_evidence_is_named_and_changes_nothing(void **state)
{
	static const char *const keys[] = {"grant", "withdraw", "is", "words", NULL};
	records *r = *state;
	json_t *cases = vectors_load("engine_consent_refused.json"), *one;
	size_t i;

	assert_true(json_array_size(cases) > 20);
	json_array_foreach(cases, i, one) {
		const char *words = json_string_value(json_object_get(one, "words"));
		const char *is = json_string_value(json_object_get(one, "is"));
		const json_t *grant = json_object_get(one, "grant");
		json_t *out = NULL;
		vst_err err = VST_ERR_INIT;
		vst_rc rc;

		vectors_known(one, keys);
		records_case(words);
		rc = grant != NULL ? vst_engine_consent_grant(r->engine, VST_STR(PHONE), grant, &out, &err)
		                   : vst_engine_consent_withdraw(r->engine, VST_STR(PHONE), json_object_get(one, "withdraw"),
		                                                 &out, &err);
		assert_int_equal(rc, strcmp(is, "type") == 0 ? VST_E_TYPE : VST_E_INVALID);
		assert_null(out);
		if (strstr(err.text, words) == NULL) {
			fail_msg("expected \"%s\" in \"%s\"", words, err.text);
		}
		assert_null(strstr(err.text, "9990000001"));
	}
	assert_int_equal(records_ledger(r), 0);
	json_decref(cases);
}

static void a_phone_that_cannot_be_read_is_refused_without_being_named(void **state)
{
	records *r = *state;
	json_t *evidence = json_of("{'source': 'paper', 'wording': 'w'}"), *out = NULL;
	vst_err err = VST_ERR_INIT;

	assert_int_equal(vst_engine_consent_grant(r->engine, VST_STR("99912"), evidence, &out, &err), VST_E_INVALID);
	assert_null(strstr(err.text, "99912"));
	vst_err_clear(&err);
	assert_int_equal(vst_engine_consent_status(r->engine, VST_STR(PHONE), VST_STR("ads"), VST_STR_EMPTY, &out, &err),
	                 VST_E_INVALID);
	vst_err_clear(&err);
	assert_int_equal(vst_engine_consent_status(r->engine, VST_STR(PHONE), VST_STR("data"), VST_STR("other"), &out, &err),
	                 VST_E_INVALID);
	json_decref(evidence);
}

static json_t *withdraw(records *r, const char *evidence)
{
	json_t *given = json_of(evidence), *out = NULL;
	vst_err err = VST_ERR_INIT;

	if (vst_engine_consent_withdraw(r->engine, VST_STR(PHONE), given, &out, &err) != VST_OK) {
		fail_msg("withdraw: %s", err.text);
	}
	json_decref(given);
	return out;
}

/* A message of each category in each waiting state, and some that no longer wait. */
struct person_queue {
	vst_id advertising[4], service[4], authentication[4], sending, delivered, stranger;
};

static void fill_queue(records *r, struct person_queue *q)
{
	static const struct {
		vst_state state;
		bool held;
	} kinds[] = {{VST_DEFERRED, false}, {VST_QUEUED, false}, {VST_CLAIMED, false}, {VST_QUEUED, true}};
	records_message m = {.phone = PHONE_NUMBER};

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		m.state = kinds[i].state;
		m.held = kinds[i].held;
		m.due = m.state == VST_DEFERRED ? RECORDS_START + 3600 : m.state == VST_QUEUED ? RECORDS_START : 0;
		m.valid_until = RECORDS_START + 86400;
		m.category = VST_ADVERTISING;
		m.counts = VST_CHARGE_ADVERTISING;
		q->advertising[i] = records_put(r, &m);
		m.counts = VST_CHARGE_NONE;
		m.category = VST_SERVICE;
		q->service[i] = records_put(r, &m);
		m.category = VST_AUTHENTICATION;
		q->authentication[i] = records_put(r, &m);
	}
	m = (records_message) {.phone = PHONE_NUMBER, .category = VST_ADVERTISING, .state = VST_SENDING,
	                       .counts = VST_CHARGE_ADVERTISING};
	q->sending = records_put(r, &m);
	m.state = VST_DELIVERED;
	q->delivered = records_put(r, &m);
	m = (records_message) {.phone = PHONE_NUMBER + 1, .category = VST_ADVERTISING, .state = VST_QUEUED,
	                       .due = RECORDS_START, .counts = VST_CHARGE_ADVERTISING};
	q->stranger = records_put(r, &m);
}

static void a_withdrawal_cancels_what_advertising_waits(void **state)
{
	records *r = *state;
	struct person_queue q;
	json_t *out, *events;

	fill_queue(r, &q);
	assert_int_equal(records_charges(r, PHONE_NUMBER), 6);
	out = withdraw(r, "{'channel': 'sms', 'text': 'Стоп!', 'keyword': 'СТОП'}");
	assert_json_like(out, "{'status': 'withdrawn', 'cancelled': 4, 'purpose': 'advertising', 'entity': 'main'}");
	json_decref(out);
	for (size_t i = 0; i < 4; i++) {
		assert_message(r, q.advertising[i], "{'state': 'cancelled', 'reason': 'consent_withdrawn', 'held': false,"
		                                    " 'due': null, 'waits': null}");
	}
	assert_message(r, q.service[1], "{'state': 'queued'}");
	assert_message(r, q.authentication[0], "{'state': 'deferred'}");
	assert_message(r, q.sending, "{'state': 'sending'}");
	assert_message(r, q.delivered, "{'state': 'delivered'}");
	assert_message(r, q.stranger, "{'state': 'queued'}");
	assert_int_equal(records_lane(r, VST_ADVERTISING, false), 1);
	assert_int_equal(records_lane(r, VST_ADVERTISING, true), 0);
	assert_int_equal(records_lane(r, VST_SERVICE, false), 2);
	/* What was handed over keeps its place under the caps, what was cancelled gives it back. */
	assert_int_equal(records_charges(r, PHONE_NUMBER), 2);
	assert_int_equal(records_charges(r, PHONE_NUMBER + 1), 1);
	events = records_events(r, "message.cancelled");
	assert_int_equal(json_array_size(events), 4);
	assert_json_like(json_array_get(events, 0), "{'phone': '+79990000001', 'entity': 'main',"
	                                            " 'data': {'reason': 'consent_withdrawn', 'provider': 'sandbox'}}");
	json_decref(events);
}

static void stop_everything_ends_service_but_never_codes(void **state)
{
	records *r = *state;
	struct person_queue q;
	json_t *out;

	fill_queue(r, &q);
	out = withdraw(r, "{'scope': 'all'}");
	assert_json_like(out, "{'cancelled': 8}");
	json_decref(out);
	for (size_t i = 0; i < 4; i++) {
		assert_message(r, q.service[i], "{'state': 'cancelled'}");
	}
	assert_message(r, q.authentication[0], "{'state': 'deferred'}");
	assert_message(r, q.authentication[2], "{'state': 'claimed'}");
	assert_message(r, q.authentication[3], "{'state': 'queued', 'held': true}");
	assert_int_equal(records_lane(r, VST_SERVICE, false), 0);
	assert_int_equal(records_lane(r, VST_AUTHENTICATION, false), 2);
}

struct flights {
	size_t flights, timers;
};

static vst_rc count_flights(vst_tx *tx, void *context, vst_err *err)
{
	struct flights *f = context;
	vst_flight rows[32];
	vst_queue_row due[64];
	vst_rc rc = vst_flight_list(tx, 0, COUNT_OF(rows), rows, &f->flights, err);

	return rc == VST_OK ? vst_timer_due(tx, VST_TIMER_EXPIRY, INT64_MAX, COUNT_OF(due), due, &f->timers, err) : rc;
}

static void a_cancelled_message_leaves_flight_and_timers(void **state)
{
	records *r = *state;
	struct person_queue q;
	struct flights f;

	fill_queue(r, &q);
	records_read(r, count_flights, &f);
	assert_int_equal(f.flights, 4); /* three claimed, one sending */
	assert_int_equal(f.timers, 12);
	json_decref(withdraw(r, "{}"));
	records_read(r, count_flights, &f);
	assert_int_equal(f.flights, 3);
	assert_int_equal(f.timers, 8);
}

static vst_rc read_entry(vst_tx *tx, void *context, vst_err *err)
{
	json_t **body = context;
	vst_arena memory = VST_ARENA_INIT;
	vst_ledger_entry entry;
	bool found = false;
	vst_rc rc = vst_ledger_get(tx, 1, &memory, &entry, &found, err);

	if (rc == VST_OK) {
		assert_true(found);
		assert_str(entry.type, "granted");
		assert_str(entry.wording, "Согласен получать рекламу");
		assert_int_equal(entry.phone, PHONE_NUMBER);
		assert_int_equal(entry.purpose, VST_PURPOSE_ADVERTISING);
		assert_true(entry.at == RECORDS_START);
		*body = json_loadb(entry.body.ptr, entry.body.len, 0, NULL);
	}
	vst_arena_free(&memory);
	return rc;
}

static void the_ledger_keeps_all_evidence_and_who_asked_for_it(void **state)
{
	records *r = *state;
	json_t *evidence = json_of("{'source': 'form', 'wording': 'Согласен получать рекламу', 'pre_ticked': false,"
	                           " 'separate': true, 'url': 'https://romashka.example/f', 'ip': '192.0.2.1',"
	                           " 'user_agent': 'UA', 'actor': 'Иванова', 'topics': ['чай', 'кофе'], 'customer': 15,"
	                           " 'confirmed_by': 'code', 'at': 1795590000}");
	json_t *out = NULL, *body = NULL;
	vst_err err = VST_ERR_INIT;

	assert_int_equal(vst_engine_consent_grant(r->engine, VST_STR(PHONE), evidence, &out, &err), VST_OK);
	assert_json_like(out, "{'status': 'granted', 'since': 1795590000, 'source': 'form', 'complete': true, 'event': 1,"
	                      " 'purpose': 'advertising', 'entity': 'main', 'stops': []}");
	records_read(r, read_entry, &body);
	(void) json_object_del(evidence, "wording");
	(void) json_object_set_new(evidence, "purpose", json_string("advertising"));
	(void) json_object_set_new(evidence, "complete", json_true());
	(void) json_object_set_new(evidence, "clock", json_string("manual"));
	(void) json_object_set_new(evidence, "entity", json_of("{'id': 'main', 'name': 'ООО «Ромашка»', 'brand': 'Ромашка',"
	                                                       " 'inn': '7700000000', 'ogrn': null, 'address': null}"));
	assert_true(json_equal(body, evidence));
	json_decref(out);
	json_decref(body);
	json_decref(evidence);
}

static void consents_belong_to_an_entity(void **state)
{
	records *r = *state;
	json_t *evidence = json_of("{'source': 'paper', 'wording': 'w', 'confirmed_by': 'kernel', 'entity': 'second'}");
	json_t *out = NULL;
	vst_err err = VST_ERR_INIT;

	records_settings(r, "{'main': {'name': 'A'}, 'second': {'name': 'B'}}");
	assert_int_equal(vst_engine_consent_grant(r->engine, VST_STR(PHONE), evidence, &out, &err), VST_OK);
	json_decref(out);
	assert_int_equal(vst_engine_consent_status(r->engine, VST_STR(PHONE), VST_STR("advertising"), VST_STR("second"),
	                                           &out, &err), VST_OK);
	assert_json_like(out, "{'status': 'granted', 'entity': 'second'}");
	json_decref(out);
	assert_int_equal(vst_engine_consent_status(r->engine, VST_STR(PHONE), VST_STR("advertising"), VST_STR("main"), &out,
	                                           &err), VST_OK);
	assert_json_like(out, "{'status': 'none', 'since': null, 'event': null, 'stops': []}");
	json_decref(out);
	/* With two of them, one must be named. */
	(void) json_object_del(evidence, "entity");
	assert_int_equal(vst_engine_consent_grant(r->engine, VST_STR(PHONE), evidence, &out, &err), VST_E_INVALID);
	json_decref(evidence);
}

static void each_change_is_in_the_feed(void **state)
{
	records *r = *state;
	json_t *evidence = json_of("{'source': 'call', 'wording': 'w'}"), *out = NULL, *events;
	vst_err err = VST_ERR_INIT;

	assert_int_equal(vst_engine_consent_grant(r->engine, VST_STR(PHONE), evidence, &out, &err), VST_OK);
	json_decref(out);
	json_decref(withdraw(r, "{}"));
	assert_int_equal(vst_engine_events(r->engine, 0, 100, &events, &err), VST_OK);
	assert_int_equal(json_array_size(events), 3);
	assert_json_like(json_array_get(events, 0), "{'number': 1, 'type': 'consent.unconfirmed', 'message': null,"
	                                            " 'phone': '+79990000001', 'entity': 'main', 'data': {'source': 'call',"
	                                            " 'purpose': 'advertising', 'event': 1}}");
	assert_json_like(json_array_get(events, 1), "{'number': 2, 'type': 'consent.withdrawn', 'data': {'event': 2}}");
	assert_json_like(json_array_get(events, 2), "{'number': 3, 'type': 'stop.added', 'data': {'kind': 'opt_out',"
	                                            " 'scope': 'advertising', 'expires': null}}");
	json_decref(events);
	json_decref(evidence);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(status_follows_from_what_was_recorded),
		records_test(bad_evidence_is_named_and_changes_nothing),
		records_test(a_phone_that_cannot_be_read_is_refused_without_being_named),
		records_test(a_withdrawal_cancels_what_advertising_waits),
		records_test(stop_everything_ends_service_but_never_codes),
		records_test(a_cancelled_message_leaves_flight_and_timers),
		records_test(the_ledger_keeps_all_evidence_and_who_asked_for_it),
		records_test(consents_belong_to_an_entity),
		records_test(each_change_is_in_the_feed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
