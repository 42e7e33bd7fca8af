#include "store_fixture.h"

#include <stdio.h>

#define NOW (FIXTURE_NOW_MS / 1000)

/* Each body is one small story in one transaction, checked as it goes; its context is the fixture. */

static vst_arena *arena_of(void *context)
{
	return &((store_fixture *) context)->arena;
}

static vst_rc settings(vst_tx *tx, void *context, vst_err *err)
{
	vst_str json = VST_STR_EMPTY;
	int64_t version = -1;

	TRY(vst_settings_get(tx, arena_of(context), &json, &version, err));
	assert_str(json, "{}");
	assert_int_equal(version, 0);
	TRY(vst_settings_put(tx, VST_STR("{\"a\":1}"), &version, err));
	assert_int_equal(version, 1);
	TRY(vst_settings_put(tx, VST_STR("{\"a\":2}"), &version, err));
	assert_int_equal(version, 2);
	assert_int_equal(vst_tx_settings_version(tx), 2);
	TRY(vst_settings_get(tx, arena_of(context), &json, &version, err));
	assert_str(json, "{\"a\":2}");
	assert_int_equal(version, 2);
	return VST_OK;
}

static vst_rc names(vst_tx *tx, void *context, vst_err *err)
{
	int64_t entity, sender, again, missing = -1;
	vst_str text;

	TRY(vst_name_find(tx, VST_NAME_ENTITY, VST_STR("main"), &missing, err));
	assert_int_equal(missing, 0);
	TRY(vst_name_id(tx, VST_NAME_ENTITY, VST_STR("main"), &entity, err));
	TRY(vst_name_id(tx, VST_NAME_SENDER, VST_STR("main"), &sender, err));
	TRY(vst_name_id(tx, VST_NAME_ENTITY, VST_STR("main"), &again, err));
	assert_true(entity > 0 && entity < 100 && sender > 0 && sender < 100);
	assert_int_not_equal(entity, sender);
	assert_int_equal(entity, again);
	TRY(vst_name_find(tx, VST_NAME_ENTITY, VST_STR("Main"), &missing, err));
	assert_int_equal(missing, 0);
	TRY(vst_name_text(tx, sender, arena_of(context), &text, err));
	assert_str(text, "main");
	TRY(vst_name_text(tx, 99, arena_of(context), &text, err));
	assert_str(text, "");
	return VST_OK;
}

static vst_rc names_again(vst_tx *tx, void *context, vst_err *err)
{
	int64_t id;
	vst_str text;

	TRY(vst_name_find(tx, VST_NAME_ENTITY, VST_STR("main"), &id, err));
	assert_int_not_equal(id, 0);
	TRY(vst_name_text(tx, id, arena_of(context), &text, err));
	assert_str(text, "main");
	return VST_OK;
}

static vst_rc more_names_than_are_cached(vst_tx *tx, void *context, vst_err *err)
{
	int64_t id;
	vst_str text;
	char name[32];

	for (int round = 0; round < 2; round++) {
		for (int i = 1; i <= 600; i++) {
			int len = snprintf(name, sizeof name, "sender-%d", i);

			TRY(vst_name_id(tx, VST_NAME_SENDER, vst_str_of(name, (size_t) len), &id, err));
			assert_int_equal(id, i);
		}
	}
	TRY(vst_name_text(tx, 600, arena_of(context), &text, err));
	assert_str(text, "sender-600");
	return VST_OK;
}

static vst_rc limits(vst_tx *tx, void *context, vst_err *err)
{
	int64_t arrival = -1;

	(void) context;
	TRY(vst_limit_get(tx, VST_STR("provider:smsru:second"), &arrival, err));
	assert_int_equal(arrival, 0);
	TRY(vst_limit_put(tx, VST_STR("provider:smsru:second"), INT64_MAX, err));
	TRY(vst_limit_put(tx, VST_STR("provider:smsru:hour"), 5, err));
	TRY(vst_limit_get(tx, VST_STR("provider:smsru:second"), &arrival, err));
	assert_true(arrival == INT64_MAX);
	TRY(vst_limit_put(tx, VST_STR("provider:smsru:second"), 7, err));
	TRY(vst_limit_get(tx, VST_STR("provider:smsru:second"), &arrival, err));
	assert_int_equal(arrival, 7);
	return VST_OK;
}

static vst_rc facts(vst_tx *tx, void *context, vst_err *err)
{
	vst_str json;

	TRY(vst_fact_get(tx, VST_STR("balance"), arena_of(context), &json, err));
	assert_str(json, "");
	TRY(vst_fact_put(tx, VST_STR("balance"), VST_STR("{\"rub\":1}"), err));
	TRY(vst_fact_put(tx, VST_STR("balance"), VST_STR("{\"rub\":2}"), err));
	TRY(vst_fact_get(tx, VST_STR("balance"), arena_of(context), &json, err));
	assert_str(json, "{\"rub\":2}");
	return VST_OK;
}

static vst_rc heartbeats(vst_tx *tx, void *context, vst_err *err)
{
	vst_heartbeat beat = {
		3, 9, 1234, NOW, NOW + 5, VST_STR("1.0"), VST_STR("www-data"), VST_STR("shop"), VST_STR("/etc/php.ini"), 77};
	vst_heartbeat *rows;
	size_t count;

	TRY(vst_heartbeat_put(tx, &beat, err));
	beat.slot = 1;
	TRY(vst_heartbeat_put(tx, &beat, err));
	beat.fence = 10; /* the slot's next holder */
	TRY(vst_heartbeat_put(tx, &beat, err));
	TRY(vst_heartbeat_list(tx, arena_of(context), &rows, &count, err));
	assert_int_equal(count, 2);
	assert_true(rows[0].slot == 1 && rows[0].fence == 10 && rows[1].slot == 3 && rows[1].fence == 9);
	assert_true(rows[1].pid == 1234 && rows[1].started == NOW && rows[1].seen == NOW + 5 && rows[1].inode == 77);
	assert_str(rows[1].version, "1.0");
	assert_str(rows[1].user, "www-data");
	assert_str(rows[1].host, "shop");
	assert_str(rows[1].ini, "/etc/php.ini");
	return VST_OK;
}

static vst_rc documents(vst_tx *tx, void *context, vst_err *err)
{
	vst_str kind = VST_STR("template"), id = VST_STR("order:F");
	vst_document out;
	int64_t version = -1;
	bool found = true;

	TRY(vst_document_get(tx, kind, id, arena_of(context), &out, &found, err));
	assert_false(found);
	TRY(vst_document_put(tx, kind, id, VST_STR("{}"), 1, &version, err));
	assert_int_equal(version, 0); /* stale: there is none */
	TRY(vst_document_put(tx, kind, id, VST_STR("{\"a\":1}"), 0, &version, err));
	assert_int_equal(version, 1);
	TRY(vst_document_put(tx, kind, id, VST_STR("{\"a\":2}"), 0, &version, err));
	assert_int_equal(version, 0); /* it exists already */
	TRY(vst_document_put(tx, kind, id, VST_STR("{\"a\":2}"), 1, &version, err));
	assert_int_equal(version, 2);
	TRY(vst_document_put(tx, kind, id, VST_STR("{\"a\":3}"), 1, &version, err));
	assert_int_equal(version, 0);
	TRY(vst_document_put(tx, kind, id, VST_STR("{\"a\":4}"), -1, &version, err));
	assert_int_equal(version, 3);
	TRY(vst_document_get(tx, kind, id, arena_of(context), &out, &found, err));
	assert_true(found && out.version == 3 && out.changed == NOW);
	assert_str(out.kind, "template");
	assert_str(out.id, "order:F");
	assert_str(out.body, "{\"a\":4}");
	TRY(vst_document_delete(tx, kind, id, &found, err));
	assert_true(found);
	TRY(vst_document_delete(tx, kind, id, &found, err));
	assert_false(found);
	return VST_OK;
}

static vst_rc inbox(vst_tx *tx, void *context, vst_err *err)
{
	vst_str *bodies;
	size_t count;
	bool fresh = false;

	TRY(vst_inbox_add(tx, 1, VST_STR("d1"), VST_STR("m1"), VST_STR("first"), VST_INBOX_WAITING, &fresh, err));
	assert_true(fresh);
	TRY(vst_inbox_add(tx, 1, VST_STR("d1"), VST_STR("m1"), VST_STR("again"), VST_INBOX_WAITING, &fresh, err));
	assert_false(fresh);
	TRY(vst_inbox_add(tx, 2, VST_STR("d1"), VST_STR("m1"), VST_STR("other provider"), VST_INBOX_WAITING, &fresh, err));
	assert_true(fresh);
	TRY(vst_inbox_add(tx, 1, VST_STR("d2"), VST_STR("m1"), VST_STR("second"), VST_INBOX_WAITING, &fresh, err));
	TRY(vst_inbox_add(tx, 1, VST_STR("d3"), VST_STR("m1"), VST_STR("applied"), VST_INBOX_APPLIED, &fresh, err));
	TRY(vst_inbox_take(tx, 1, VST_STR("m1"), arena_of(context), &bodies, &count, err));
	assert_int_equal(count, 2);
	assert_str(bodies[0], "first");
	assert_str(bodies[1], "second");
	TRY(vst_inbox_take(tx, 1, VST_STR("m1"), arena_of(context), &bodies, &count, err));
	assert_int_equal(count, 0);
	TRY(vst_inbox_add(tx, 1, VST_STR("d2"), VST_STR("m1"), VST_STR("late"), VST_INBOX_WAITING, &fresh, err));
	assert_false(fresh); /* taken, but remembered */
	TRY(vst_inbox_take(tx, 2, VST_STR("m1"), arena_of(context), &bodies, &count, err));
	assert_int_equal(count, 1);
	return VST_OK;
}

static vst_rc add_report(vst_tx *tx, void *context, vst_err *err)
{
	char dedup[32];
	bool fresh;
	int len = snprintf(dedup, sizeof dedup, "%d", (int) vst_tx_now(tx));

	(void) context;
	return vst_inbox_add(tx, 1, vst_str_of(dedup, (size_t) len), VST_STR("m"), VST_STR("b"), VST_INBOX_WAITING, &fresh,
	                     err);
}

static vst_rc prune_inbox(vst_tx *tx, void *context, vst_err *err)
{
	return vst_inbox_prune(tx, NOW + 25, 2, context, err);
}

static vst_rc append_event(vst_tx *tx, void *context, vst_err *err)
{
	vst_event event = {.number = 999,
	                   .at = 999,
	                   .type = VST_STR("message.delivered"),
	                   .seq = 5,
	                   .nonce = UINT64_MAX,
	                   .entity = 1,
	                   .phone = INT64_C(79990000001),
	                   .data = VST_STR("{\"a\":1}")};

	(void) context;
	return vst_event_append(tx, &event, err);
}

typedef struct event_body {
	int64_t after, limit, before;
	int64_t oldest, newest;
	vst_arena *arena;
	vst_event *rows;
	size_t count;
	bool done;
} event_body;

static vst_rc list_events(vst_tx *tx, void *context, vst_err *err)
{
	event_body *body = context;

	TRY(vst_event_range(tx, &body->oldest, &body->newest, err));
	return vst_event_list(tx, body->after, body->limit, body->arena, &body->rows, &body->count, err);
}

static vst_rc prune_events(vst_tx *tx, void *context, vst_err *err)
{
	event_body *body = context;

	return vst_event_prune(tx, body->before, 2, &body->done, err);
}

static void settings_are_replaced_and_counted(void **state)
{
	store_write(((store_fixture *) *state)->store, settings, *state);
}

static void names_have_small_ids_for_good(void **state)
{
	store_fixture *fixture = *state;

	store_write(fixture->store, names, fixture);
	store_read(fixture->store, names_again, fixture);
	store_reopen(fixture);
	store_read(fixture->store, names_again, fixture);
}

static void more_names_than_the_handle_remembers_are_fine(void **state)
{
	store_write(((store_fixture *) *state)->store, more_names_than_are_cached, *state);
}

static void limits_keep_their_arrival(void **state)
{
	store_write(((store_fixture *) *state)->store, limits, *state);
}

static void facts_are_replaced(void **state)
{
	store_write(((store_fixture *) *state)->store, facts, *state);
}

static void a_slot_has_one_heartbeat(void **state)
{
	store_write(((store_fixture *) *state)->store, heartbeats, *state);
}

static void a_document_is_replaced_only_by_who_knows_its_version(void **state)
{
	store_write(((store_fixture *) *state)->store, documents, *state);
}

static void a_report_is_kept_once_and_taken_once(void **state)
{
	store_write(((store_fixture *) *state)->store, inbox, *state);
}

static void an_old_inbox_is_emptied_in_steps(void **state)
{
	store_fixture *fixture = *state;
	bool done = true;

	for (int i = 0; i < 6; i++) {
		store_write(fixture->store, add_report, NULL);
		fixture->now_ms += 10000;
	}
	store_write(fixture->store, prune_inbox, &done);
	assert_false(done);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT COUNT(*) FROM vst_inbox"), 4);
	store_write(fixture->store, prune_inbox, &done);
	assert_true(done);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT COUNT(*) FROM vst_inbox"), 3);
	assert_int_equal(store_sql_integer(fixture->store, "SELECT COUNT(*) FROM vst_inbox_waiting"), 3);
}

static void events_are_numbered_in_order_and_pruned_from_the_old_end(void **state)
{
	store_fixture *fixture = *state;
	event_body body = {.limit = 10, .arena = &fixture->arena};

	store_read(fixture->store, list_events, &body);
	assert_true(body.count == 0 && body.oldest == 0 && body.newest == 0);
	for (int i = 0; i < 5; i++) {
		store_write(fixture->store, append_event, NULL);
		fixture->now_ms += 10000;
	}
	store_reopen(fixture);
	store_read(fixture->store, list_events, &body);
	assert_true(body.count == 5 && body.oldest == 1 && body.newest == 5);
	for (int i = 0; i < 5; i++) {
		assert_true(body.rows[i].number == i + 1 && body.rows[i].at == NOW + 10 * i);
	}
	assert_str(body.rows[4].type, "message.delivered");
	assert_str(body.rows[4].data, "{\"a\":1}");
	assert_true(body.rows[4].seq == 5 && body.rows[4].nonce == UINT64_MAX && body.rows[4].entity == 1);
	assert_int_equal(body.rows[4].phone, INT64_C(79990000001));

	body.after = 2;
	body.limit = 2;
	store_read(fixture->store, list_events, &body);
	assert_true(body.count == 2 && body.rows[0].number == 3 && body.rows[1].number == 4);

	body.before = NOW + 30; /* the first three are older */
	store_write(fixture->store, prune_events, &body);
	assert_false(body.done);
	store_write(fixture->store, prune_events, &body);
	assert_true(body.done);
	store_read(fixture->store, list_events, &body);
	assert_true(body.oldest == 4 && body.newest == 5);
	body.before = INT64_MAX;
	do {
		store_write(fixture->store, prune_events, &body);
	} while (!body.done);
	store_read(fixture->store, list_events, &body);
	assert_true(body.oldest == 6 && body.newest == 5);
	store_write(fixture->store, append_event, NULL);
	store_read(fixture->store, list_events, &body);
	assert_true(body.oldest == 6 && body.newest == 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(settings_are_replaced_and_counted, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(names_have_small_ids_for_good, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(more_names_than_the_handle_remembers_are_fine, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(limits_keep_their_arrival, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(facts_are_replaced, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_slot_has_one_heartbeat, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_document_is_replaced_only_by_who_knows_its_version, store_setup,
	                                    store_teardown),
		cmocka_unit_test_setup_teardown(a_report_is_kept_once_and_taken_once, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(an_old_inbox_is_emptied_in_steps, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(events_are_numbered_in_order_and_pruned_from_the_old_end, store_setup,
	                                    store_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
