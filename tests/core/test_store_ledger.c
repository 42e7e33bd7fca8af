#include "store_fixture.h"

#include <stdio.h>

static vst_ledger_entry entry_of(int64_t phone, const char *type, const char *wording)
{
	return (vst_ledger_entry) {
		.at = FIXTURE_NOW_MS / 1000,
		.entity = 1,
		.phone = phone,
		.purpose = VST_PURPOSE_ADVERTISING,
		.type = vst_str_from(type),
		.body = VST_STR("{\"ip\":\"192.0.2.7\",\"source\":\"form\"}"),
		.wording = vst_str_from(wording),
	};
}

static vst_rc append(vst_tx *tx, void *context, vst_err *err)
{
	return vst_ledger_append(tx, context, err);
}

static vst_ledger_entry add(store_fixture *fixture, int64_t phone, const char *type, const char *wording)
{
	vst_ledger_entry entry = entry_of(phone, type, wording);

	store_write(fixture->store, append, &entry);
	return entry;
}

typedef struct get_body {
	int64_t number;
	vst_arena *arena;
	vst_ledger_entry entry;
	bool found;
	unsigned char hash[32];
} get_body;

static vst_rc get(vst_tx *tx, void *context, vst_err *err)
{
	get_body *body = context;

	return vst_ledger_get(tx, body->number, body->arena, &body->entry, &body->found, err);
}

static vst_rc head(vst_tx *tx, void *context, vst_err *err)
{
	get_body *body = context;

	return vst_ledger_head(tx, &body->number, body->hash, err);
}

typedef struct verify_body {
	int64_t after, last, broken;
	unsigned char hash[32];
} verify_body;

static vst_rc verify(vst_tx *tx, void *context, vst_err *err)
{
	verify_body *body = context;

	return vst_ledger_verify(tx, body->after, 3, body->hash, &body->last, &body->broken, err);
}

/* First broken entry, 0 when intact; in steps of three entries. */
static int64_t first_broken(store_fixture *fixture)
{
	get_body newest = {0};
	verify_body body = {0};

	store_read(fixture->store, head, &newest);
	do {
		store_read(fixture->store, verify, &body);
		body.after = body.last;
	} while (body.broken == 0 && body.last < newest.number);
	if (body.broken == 0) {
		assert_memory_equal(body.hash, newest.hash, sizeof body.hash);
	}
	return body.broken;
}

static void add_seven(store_fixture *fixture)
{
	for (int64_t i = 1; i <= 7; i++) {
		assert_int_equal(add(fixture, INT64_C(79990000000) + i % 3, i % 2 == 0 ? "withdrawn" : "granted",
		                     i % 2 == 0 ? "" : "Согласен получать рекламу")
		                     .number,
		                 i);
	}
}

static void an_empty_ledger_is_intact(void **state)
{
	store_fixture *fixture = *state;
	get_body newest = {.number = 9};
	static const unsigned char zeros[32];

	store_read(fixture->store, head, &newest);
	assert_int_equal(newest.number, 0);
	assert_memory_equal(newest.hash, zeros, 32);
	assert_int_equal(first_broken(fixture), 0);
}

static void entries_come_back_and_hang_together(void **state)
{
	store_fixture *fixture = *state;
	get_body body = {.number = 3, .arena = &fixture->arena};
	vst_ledger_entry last;

	add_seven(fixture);
	last = add(fixture, INT64_C(79990000009), "granted", "Другой текст");
	store_read(fixture->store, get, &body);
	assert_true(body.found);
	assert_int_equal(body.entry.number, 3);
	assert_int_equal(body.entry.phone, INT64_C(79990000000));
	assert_int_equal(body.entry.purpose, VST_PURPOSE_ADVERTISING);
	assert_str(body.entry.type, "granted");
	assert_str(body.entry.body, "{\"ip\":\"192.0.2.7\",\"source\":\"form\"}");
	assert_str(body.entry.wording, "Согласен получать рекламу");
	body.number = 9;
	store_read(fixture->store, get, &body);
	assert_false(body.found);
	store_read(fixture->store, head, &body);
	assert_int_equal(body.number, 8);
	assert_memory_equal(body.hash, last.hash, 32);
	assert_int_equal(first_broken(fixture), 0);
}

static void a_wording_is_kept_once(void **state)
{
	store_fixture *fixture = *state;

	add_seven(fixture);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT COUNT(*) FROM vst_wording"), 1);
}

static void the_same_entry_twice_has_two_hashes(void **state)
{
	store_fixture *fixture = *state;
	vst_ledger_entry first = add(fixture, INT64_C(79990000001), "granted", "a");
	vst_ledger_entry second = add(fixture, INT64_C(79990000001), "granted", "a");

	assert_memory_not_equal(first.hash, second.hash, 32);
}

static void an_entry_that_was_rolled_back_leaves_no_gap(void **state)
{
	store_fixture *fixture = *state;
	vst_ledger_entry entry = entry_of(INT64_C(79990000001), "granted", "a");
	char type[600];

	add_seven(fixture);
	memset(type, 'x', sizeof type);
	entry.type = vst_str_of(type, sizeof type);
	assert_fails(VST_E_INVALID, vst_store_write(fixture->store, append, &entry, problem));
	assert_int_equal(add(fixture, INT64_C(79990000001), "granted", "a").number, 8);
	assert_int_equal(first_broken(fixture), 0);
}

static void whatever_is_changed_is_found(void **state)
{
	static const struct {
		const char *change;
		int64_t broken;
	} cases[] = {
		{"UPDATE vst_ledger SET at = at + 1 WHERE number = 4", 4},
		{"UPDATE vst_ledger SET entity = 2 WHERE number = 1", 1},
		{"UPDATE vst_ledger SET phone = 79990000009 WHERE number = 2", 2},
		{"UPDATE vst_ledger SET purpose = 1 WHERE number = 7", 7},
		{"UPDATE vst_ledger SET type = 'granted' WHERE number = 6", 6},
		{"UPDATE vst_ledger SET body = '{}' WHERE number = 5", 5},
		{"UPDATE vst_ledger SET phone_mark = zeroblob(32) WHERE number = 5", 5},
		{"UPDATE vst_ledger SET body_mark = zeroblob(32) WHERE number = 5", 5},
		{"UPDATE vst_ledger SET hash = zeroblob(32) WHERE number = 5", 5},
		{"UPDATE vst_ledger SET hash = x'' WHERE number = 5", 5},
		{"UPDATE vst_ledger SET wording = x'' WHERE number = 3", 3},
		{"UPDATE vst_wording SET text = 'Согласен на всё'", 1},
		{"DELETE FROM vst_wording", 1},
		{"DELETE FROM vst_ledger WHERE number = 4", 4},
		{"DELETE FROM vst_ledger WHERE number = 7", 7},
		{"DELETE FROM vst_ledger WHERE number = 1", 1},
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		verify_body body = {0};
		int64_t found = 0;

		assert_int_equal(store_setup(state), 0);
		add_seven(*state);
		store_sql(((store_fixture *) *state)->store, cases[i].change);
		do {
			store_read(((store_fixture *) *state)->store, verify, &body);
			body.after = body.last;
			found = body.broken;
		} while (found == 0 && body.last < 7);
		if (found != cases[i].broken) {
			fail_msg("%s: %d", cases[i].change, (int) found);
		}
		assert_int_equal(body.last, cases[i].broken - 1);
		assert_int_equal(store_teardown(state), 0);
	}
}

static void erasing_a_person_leaves_the_chain_whole(void **state)
{
	store_fixture *fixture = *state;

	add_seven(fixture);
	store_sql(fixture->store, "UPDATE vst_ledger SET phone = 0, body = '' WHERE phone = 79990000001");
	assert_int_equal(first_broken(fixture), 0);
	(void) add(fixture, INT64_C(79990000001), "granted", "a");
	assert_int_equal(first_broken(fixture), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_empty_ledger_is_intact, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(entries_come_back_and_hang_together, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_wording_is_kept_once, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(the_same_entry_twice_has_two_hashes, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(an_entry_that_was_rolled_back_leaves_no_gap, store_setup, store_teardown),
		cmocka_unit_test(whatever_is_changed_is_found),
		cmocka_unit_test_setup_teardown(erasing_a_person_leaves_the_chain_whole, store_setup, store_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
