#include "store_fixture.h"

#include "base/packing.h"

#define PHONE INT64_C(79990000001)
#define NOW (FIXTURE_NOW_MS / 1000)

static void packed_integers_come_back(void **state)
{
	unsigned char bytes[16];
	uint64_t random = 1;

	(void) state;
	for (int i = 0; i < 20000; i++) {
		static const int64_t edges[] = {0, 1, -1, 63, 64, -64, -65, INT64_MAX, INT64_MIN, INT64_MAX - 1, INT64_MIN + 1};
		int64_t value = i < (int) COUNT_OF(edges) ? edges[i] : (int64_t) (random >> (i % 64));
		vst_packer packer = {bytes, 0, sizeof bytes, false};
		vst_unpacker unpacker;

		random = random * UINT64_C(6364136223846793005) + 1;
		vst_pack(&packer, value);
		assert_false(packer.full);
		unpacker = vst_unpacker_of(vst_str_of((const char *) bytes, packer.len));
		assert_true(vst_unpack(&unpacker) == value);
		assert_true(unpacker.at == unpacker.end && !unpacker.broken);

		/* cut off, and without room */
		unpacker = vst_unpacker_of(vst_str_of((const char *) bytes, packer.len - 1));
		(void) vst_unpack(&unpacker);
		assert_true(unpacker.broken);
		packer = (vst_packer) {bytes, 0, packer.len - 1, false};
		vst_pack(&packer, value);
		assert_true(packer.full);
	}
}

typedef struct person_body {
	int64_t entity, now;
	vst_person person;
	bool elsewhere;
} person_body;

static vst_rc put(vst_tx *tx, void *context, vst_err *err)
{
	person_body *body = context;

	return vst_person_put(tx, body->entity, &body->person, err);
}

static vst_rc get(vst_tx *tx, void *context, vst_err *err)
{
	person_body *body = context;

	return vst_person_get(tx, body->entity, body->person.phone, body->now, &body->person, err);
}

static vst_person person_at(store_fixture *fixture, int64_t entity, int64_t phone, int64_t now)
{
	person_body body = {.entity = entity, .now = now};

	memset(&body.person, 0x5a, sizeof body.person); /* everything must be set */
	body.person.phone = phone;
	store_read(fixture->store, get, &body);
	return body.person;
}

static void assert_same_person(const vst_person *a, const vst_person *b)
{
	for (int i = 0; i < VST_PURPOSE_COUNT; i++) {
		assert_int_equal(a->consent[i].status, b->consent[i].status);
		assert_int_equal(a->consent[i].since, b->consent[i].since);
		assert_int_equal(a->consent[i].event, b->consent[i].event);
		assert_int_equal(a->consent[i].source, b->consent[i].source);
		assert_int_equal(a->consent[i].complete, b->consent[i].complete);
	}
	assert_int_equal(a->phone, b->phone);
	assert_int_equal(a->last_seq, b->last_seq);
	assert_int_equal(a->stop_advertising, b->stop_advertising);
	assert_int_equal(a->stop_all, b->stop_all);
	assert_int_equal(a->bar_until, b->bar_until);
	assert_int_equal(a->active_at, b->active_at);
	assert_int_equal(a->consent_elsewhere, b->consent_elsewhere);
	assert_int_equal(a->charge_count, b->charge_count);
	for (size_t i = 0; i < a->charge_count; i++) {
		assert_int_equal(a->charges[i].at, b->charges[i].at);
		assert_int_equal(a->charges[i].seq, b->charges[i].seq);
		assert_int_equal(a->charges[i].kind, b->charges[i].kind);
		assert_int_equal(a->charges[i].priority, b->charges[i].priority);
		assert_int_equal(a->charges[i].sent, b->charges[i].sent);
	}
}

static void an_unknown_person_is_an_empty_one(void **state)
{
	vst_person person = person_at(*state, 1, PHONE, NOW), empty = {.phone = PHONE};

	assert_same_person(&person, &empty);
}

static int64_t drawn(uint64_t *random, int64_t below)
{
	*random = *random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int64_t) (*random >> 33) % below;
}

static void any_person_comes_back_as_it_was_put(void **state)
{
	store_fixture *fixture = *state;
	uint64_t random = 3;

	for (int round = 0; round < 200; round++) {
		person_body body = {.entity = 1 + drawn(&random, 2), .person = {.phone = PHONE + drawn(&random, 3)}};
		vst_person back;

		for (int i = 0; i < VST_PURPOSE_COUNT; i++) {
			if (drawn(&random, 2) == 0) {
				body.person.consent[i] =
					(vst_consent_fact) {(vst_consent_status) (1 + drawn(&random, 3)), NOW + drawn(&random, 100000),
				                        drawn(&random, 1000000), (vst_source) drawn(&random, VST_SOURCE_COUNT),
				                        drawn(&random, 2) == 0};
			}
		}
		body.person.active_at = drawn(&random, 2) * NOW;
		body.person.last_seq = drawn(&random, 2) == 0 ? INT64_MAX - drawn(&random, 5) : drawn(&random, 100);
		body.person.charge_count = (size_t) drawn(&random, VST_CHARGES_MAX + 1);
		for (size_t i = 0; i < body.person.charge_count; i++) {
			body.person.charges[i] =
				(vst_cap_charge) {NOW + (int64_t) i * 1000 - drawn(&random, 500),
			                      INT64_MAX / 2 - drawn(&random, 1000000),
			                      (vst_charge_kind) (VST_CHARGE_ADVERTISING + drawn(&random, 2)),
			                      (int) drawn(&random, VST_PRIORITY_MAX + 1), drawn(&random, 2) == 0};
		}
		store_write(fixture->store, put, &body);
		back = person_at(fixture, body.entity, body.person.phone, NOW);
		assert_same_person(&back, &body.person);
	}
	assert_int_equal(store_sql_integer(fixture->store, "SELECT COUNT(*) FROM vst_person"), 6);
}

/* What schema 1.0 wrote: charges without tags. */
static void charges_without_tags_count_and_are_never_outbid(void **state)
{
	store_fixture *fixture = *state;
	person_body body = {.entity = 1, .person = {.phone = PHONE, .charge_count = 2}};
	vst_person back;

	body.person.charges[0] = (vst_cap_charge) {NOW, 7, VST_CHARGE_DEBT, 2, false};
	body.person.charges[1] = (vst_cap_charge) {NOW + 60, 8, VST_CHARGE_ADVERTISING, 2, false};
	store_write(fixture->store, put, &body);
	store_sql(fixture->store, "UPDATE vst_person SET charge_tags = x''");
	back = person_at(fixture, 1, PHONE, NOW);
	assert_int_equal(back.charge_count, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(back.charges[i].at, body.person.charges[i].at);
		assert_int_equal(back.charges[i].seq, body.person.charges[i].seq);
		assert_int_equal(back.charges[i].kind, VST_CHARGE_ADVERTISING);
		assert_true(back.charges[i].sent);
	}
}

static void a_person_that_cannot_be_read_is_an_error(void **state)
{
	store_fixture *fixture = *state;
	person_body body = {.entity = 1, .person = {.phone = PHONE}};

	store_write(fixture->store, put, &body);
	store_sql(fixture->store, "UPDATE vst_person SET consent = x'ff'");
	assert_fails(VST_E_CORRUPT, vst_store_read(fixture->store, get, &body, problem));
	store_sql(fixture->store, "UPDATE vst_person SET consent = x'', charges = x'02ff'");
	assert_fails(VST_E_CORRUPT, vst_store_read(fixture->store, get, &body, problem));
}

/* ---- consent elsewhere ---- */

static vst_rc make_entities(vst_tx *tx, void *context, vst_err *err)
{
	int64_t *ids = context;

	TRY(vst_name_id(tx, VST_NAME_ENTITY, VST_STR("main"), &ids[0], err));
	TRY(vst_name_id(tx, VST_NAME_SENDER, VST_STR("main"), &ids[2], err));
	return vst_name_id(tx, VST_NAME_ENTITY, VST_STR("other"), &ids[1], err);
}

static vst_rc elsewhere(vst_tx *tx, void *context, vst_err *err)
{
	person_body *body = context;

	return vst_person_consent_elsewhere(tx, body->entity, PHONE, &body->elsewhere, err);
}

static bool has_consent_elsewhere(store_fixture *fixture, int64_t entity)
{
	person_body body = {.entity = entity};

	store_read(fixture->store, elsewhere, &body);
	return body.elsewhere;
}

static void give_consent(store_fixture *fixture, int64_t entity, vst_purpose purpose, vst_consent_status status)
{
	person_body body = {.entity = entity, .person = {.phone = PHONE}};

	body.person.consent[purpose].status = status;
	store_write(fixture->store, put, &body);
}

static void consent_to_another_entity_or_purpose_is_found(void **state)
{
	store_fixture *fixture = *state;
	int64_t ids[3];

	store_write(fixture->store, make_entities, ids);
	assert_false(has_consent_elsewhere(fixture, ids[0]));
	give_consent(fixture, ids[0], VST_PURPOSE_ADVERTISING, VST_CONSENT_GRANTED);
	assert_false(has_consent_elsewhere(fixture, ids[0])); /* here is not elsewhere */
	assert_true(has_consent_elsewhere(fixture, ids[1]));
	give_consent(fixture, ids[0], VST_PURPOSE_ADVERTISING, VST_CONSENT_WITHDRAWN);
	assert_false(has_consent_elsewhere(fixture, ids[1]));
	give_consent(fixture, ids[0], VST_PURPOSE_SURVEY, VST_CONSENT_GRANTED);
	assert_true(has_consent_elsewhere(fixture, ids[0])); /* for another purpose */
	assert_false(has_consent_elsewhere(fixture, ids[1]));
}

/* ---- stops ---- */

typedef struct stop_body {
	vst_stop stop;
	bool flag;
	vst_arena *arena;
} stop_body;

static vst_rc stop_put(vst_tx *tx, void *context, vst_err *err)
{
	return vst_stop_put(tx, &((stop_body *) context)->stop, err);
}

static vst_rc stop_get(vst_tx *tx, void *context, vst_err *err)
{
	stop_body *body = context;

	return vst_stop_get(tx, body->stop.entity, body->stop.phone, body->stop.kind, body->arena, &body->stop, &body->flag,
	                    err);
}

static vst_rc stop_remove(vst_tx *tx, void *context, vst_err *err)
{
	stop_body *body = context;

	return vst_stop_remove(tx, body->stop.entity, body->stop.phone, body->stop.kind, &body->flag, err);
}

static void add_stop(store_fixture *fixture, vst_stop_kind kind, vst_stop_scope scope, int64_t expires)
{
	stop_body body = {.stop = {1, PHONE, kind, scope, VST_STR("asked by phone"), VST_STR("anna"), NOW, expires}};

	store_write(fixture->store, stop_put, &body);
}

static bool remove_stop(store_fixture *fixture, vst_stop_kind kind)
{
	stop_body body = {.stop = {.entity = 1, .phone = PHONE, .kind = kind}};

	store_write(fixture->store, stop_remove, &body);
	return body.flag;
}

static void a_stop_is_kept_and_shows_in_the_person(void **state)
{
	store_fixture *fixture = *state;
	stop_body body = {.stop = {.entity = 1, .phone = PHONE, .kind = VST_STOP_COMPLAINT}, .arena = &fixture->arena};
	vst_person person;

	store_read(fixture->store, stop_get, &body);
	assert_false(body.flag);
	add_stop(fixture, VST_STOP_COMPLAINT, VST_SCOPE_ADVERTISING, 0);
	add_stop(fixture, VST_STOP_OPT_OUT, VST_SCOPE_ALL, 0);
	store_read(fixture->store, stop_get, &body);
	assert_true(body.flag);
	assert_str(body.stop.reason, "asked by phone");
	assert_str(body.stop.author, "anna");
	assert_int_equal(body.stop.added, NOW);

	person = person_at(fixture, 1, PHONE, NOW);
	assert_int_equal(person.stop_advertising, 1u << VST_STOP_COMPLAINT | 1u << VST_STOP_OPT_OUT);
	assert_int_equal(person.stop_all, 1u << VST_STOP_OPT_OUT);
	assert_int_equal(person_at(fixture, 2, PHONE, NOW).stop_advertising, 0);
	assert_int_equal(person_at(fixture, 1, PHONE + 1, NOW).stop_advertising, 0);

	assert_true(remove_stop(fixture, VST_STOP_OPT_OUT));
	assert_false(remove_stop(fixture, VST_STOP_OPT_OUT));
	person = person_at(fixture, 1, PHONE, NOW);
	assert_int_equal(person.stop_advertising, 1u << VST_STOP_COMPLAINT);
	assert_int_equal(person.stop_all, 0);
}

static void writing_a_person_leaves_its_stops(void **state)
{
	store_fixture *fixture = *state;
	person_body body = {.entity = 1, .person = {.phone = PHONE, .last_seq = 9}};
	vst_person person;

	add_stop(fixture, VST_STOP_OPT_OUT, VST_SCOPE_ADVERTISING, 0);
	store_write(fixture->store, put, &body);
	person = person_at(fixture, 1, PHONE, NOW);
	assert_int_equal(person.stop_advertising, 1u << VST_STOP_OPT_OUT);
	assert_int_equal(person.last_seq, 9);
	add_stop(fixture, VST_STOP_PROVIDER, VST_SCOPE_ADVERTISING, 0);
	assert_int_equal(person_at(fixture, 1, PHONE, NOW).last_seq, 9);
}

static void stops_end_one_by_one_when_they_expire(void **state)
{
	store_fixture *fixture = *state;
	vst_person person;

	add_stop(fixture, VST_STOP_OPT_OUT, VST_SCOPE_ALL, NOW + 10);
	add_stop(fixture, VST_STOP_PROVIDER, VST_SCOPE_ADVERTISING, NOW + 20);
	add_stop(fixture, VST_STOP_COMPLAINT, VST_SCOPE_ADVERTISING, 0);
	person = person_at(fixture, 1, PHONE, NOW + 9);
	assert_int_equal(person.stop_all, 1u << VST_STOP_OPT_OUT);
	person = person_at(fixture, 1, PHONE, NOW + 10);
	assert_int_equal(person.stop_all, 0);
	assert_int_equal(person.stop_advertising, 1u << VST_STOP_PROVIDER | 1u << VST_STOP_COMPLAINT);
	person = person_at(fixture, 1, PHONE, NOW + 20);
	assert_int_equal(person.stop_advertising, 1u << VST_STOP_COMPLAINT);
}

static void the_operators_bar_is_a_state_of_its_own(void **state)
{
	store_fixture *fixture = *state;
	vst_person person;

	add_stop(fixture, VST_STOP_OPERATOR_BAR, VST_SCOPE_ADVERTISING, NOW + 100);
	person = person_at(fixture, 1, PHONE, NOW);
	assert_int_equal(person.bar_until, NOW + 100);
	assert_int_equal(person.stop_advertising, 0);
	assert_int_equal(person_at(fixture, 1, PHONE, NOW + 100).bar_until, 0);
	add_stop(fixture, VST_STOP_OPERATOR_BAR, VST_SCOPE_ADVERTISING, 0);
	assert_true(person_at(fixture, 1, PHONE, NOW + 100).bar_until == INT64_MAX);
	assert_true(remove_stop(fixture, VST_STOP_OPERATOR_BAR));
	assert_int_equal(person_at(fixture, 1, PHONE, NOW).bar_until, 0);
}

static void a_later_stop_never_narrows_one_that_is_in_force(void **state)
{
	store_fixture *fixture = *state;

	add_stop(fixture, VST_STOP_OPT_OUT, VST_SCOPE_ALL, NOW + 50);
	add_stop(fixture, VST_STOP_OPT_OUT, VST_SCOPE_ADVERTISING, 0);
	assert_int_equal(person_at(fixture, 1, PHONE, NOW).stop_all, 1u << VST_STOP_OPT_OUT);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT COUNT(*) FROM vst_stop"), 1);

	/* one that is over already has nothing to keep */
	assert_true(remove_stop(fixture, VST_STOP_OPT_OUT));
	add_stop(fixture, VST_STOP_OPT_OUT, VST_SCOPE_ALL, NOW + 50);
	fixture->now_ms += 60000;
	add_stop(fixture, VST_STOP_OPT_OUT, VST_SCOPE_ADVERTISING, 0);
	assert_int_equal(person_at(fixture, 1, PHONE, NOW + 60).stop_all, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(packed_integers_come_back),
		cmocka_unit_test_setup_teardown(an_unknown_person_is_an_empty_one, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(any_person_comes_back_as_it_was_put, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(charges_without_tags_count_and_are_never_outbid, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_person_that_cannot_be_read_is_an_error, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(consent_to_another_entity_or_purpose_is_found, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_stop_is_kept_and_shows_in_the_person, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(writing_a_person_leaves_its_stops, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(stops_end_one_by_one_when_they_expire, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(the_operators_bar_is_a_state_of_its_own, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_later_stop_never_narrows_one_that_is_in_force, store_setup, store_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
