#include "store_fixture.h"

/* Each body is one small story in one transaction, checked as it goes. */

#define DUE 1000

static vst_rc lanes(vst_tx *tx, void *context, vst_err *err)
{
	const int64_t codes = vst_lane(VST_AUTHENTICATION, false, 3), service = vst_lane(VST_SERVICE, false, 1),
				  held = vst_lane(VST_SERVICE, true, 1), ads = vst_lane(VST_ADVERTISING, false, 2);
	int64_t lane = 0;

	(void) context;
	TRY(vst_queue_next_lane(tx, -1, &lane, err));
	assert_int_equal(lane, -1);
	TRY(vst_queue_add(tx, ads, DUE, 1, err));
	TRY(vst_queue_add(tx, held, DUE, 2, err));
	TRY(vst_queue_add(tx, codes, DUE, 3, err));
	TRY(vst_queue_add(tx, service, DUE, 4, err));

	TRY(vst_queue_next_lane(tx, -1, &lane, err));
	assert_int_equal(lane, codes);
	TRY(vst_queue_next_lane(tx, lane, &lane, err));
	assert_int_equal(lane, service);
	TRY(vst_queue_next_lane(tx, lane, &lane, err));
	assert_int_equal(lane, held);
	assert_true(vst_lane_held(lane));
	assert_int_equal(vst_lane_provider(lane), 1);
	TRY(vst_queue_next_lane(tx, lane, &lane, err));
	assert_int_equal(lane, ads);
	assert_int_equal(vst_lane_category(lane), VST_ADVERTISING);
	TRY(vst_queue_next_lane(tx, lane, &lane, err));
	assert_int_equal(lane, -1);
	return VST_OK;
}

static vst_rc order(vst_tx *tx, void *context, vst_err *err)
{
	vst_queue_row rows[4];
	size_t count = 9;
	int64_t due = 0, number = 0;

	(void) context;
	TRY(vst_queue_first_due(tx, 7, &due, err));
	assert_true(due == INT64_MAX);
	TRY(vst_queue_due(tx, 7, INT64_MAX, 4, rows, &count, err));
	assert_int_equal(count, 0);
	TRY(vst_queue_add(tx, 7, DUE + 2, 5, err));
	TRY(vst_queue_add(tx, 7, DUE, 9, err));
	TRY(vst_queue_add(tx, 7, DUE, 8, err));
	TRY(vst_queue_add(tx, 7, DUE + 1, 1, err));
	TRY(vst_queue_add(tx, 8, DUE, 2, err));

	TRY(vst_queue_due(tx, 7, DUE + 1, 4, rows, &count, err));
	assert_int_equal(count, 3);
	assert_int_equal(rows[0].seq, 8);
	assert_int_equal(rows[1].seq, 9);
	assert_int_equal(rows[2].seq, 1);
	assert_int_equal(rows[2].due, DUE + 1);
	assert_int_equal(rows[2].lane, 7);
	TRY(vst_queue_due(tx, 7, INT64_MAX, 2, rows, &count, err));
	assert_int_equal(count, 2);
	TRY(vst_queue_first_due(tx, 7, &due, err));
	assert_int_equal(due, DUE);
	TRY(vst_queue_count(tx, 7, INT64_MAX, 100, &number, err));
	assert_int_equal(number, 4);
	TRY(vst_queue_count(tx, 7, DUE, 100, &number, err));
	assert_int_equal(number, 2);
	TRY(vst_queue_count(tx, 7, INT64_MAX, 3, &number, err));
	assert_int_equal(number, 3);
	TRY(vst_queue_remove(tx, 7, DUE, 8, err));
	TRY(vst_queue_first_due(tx, 7, &due, err));
	assert_int_equal(due, DUE);
	assert_int_equal(vst_queue_remove(tx, 7, DUE, 8, NULL), VST_E_CORRUPT);     /* gone */
	assert_int_equal(vst_queue_remove(tx, 7, DUE + 1, 9, NULL), VST_E_CORRUPT); /* another instant */
	return VST_OK;
}

static vst_rc flights(vst_tx *tx, void *context, vst_err *err)
{
	vst_flight one = {11, 2, 77, 5000, false}, two = {12, 2, 77, 6000, true}, three = {13, 3, 78, 7000, false}, out;
	vst_flight list[3];
	size_t count;
	bool found = true;

	(void) context;
	TRY(vst_flight_get(tx, 11, &out, &found, err));
	assert_false(found);
	TRY(vst_flight_put(tx, &two, err));
	TRY(vst_flight_put(tx, &one, err));
	TRY(vst_flight_put(tx, &three, err));
	TRY(vst_flight_get(tx, 12, &out, &found, err));
	assert_true(found && out.seq == 12 && out.slot == 2 && out.fence == 77 && out.lease_until_ms == 6000 && out.intent);

	one.intent = true; /* replaces */
	TRY(vst_flight_put(tx, &one, err));
	TRY(vst_flight_get(tx, 11, &out, &found, err));
	assert_true(found && out.intent);

	TRY(vst_flight_renew(tx, 2, 77, 9000, err));
	TRY(vst_flight_renew(tx, 3, 77, 9000, err)); /* an older holder of the slot */
	TRY(vst_flight_list(tx, 0, 3, list, &count, err));
	assert_int_equal(count, 3);
	assert_true(list[0].seq == 11 && list[0].lease_until_ms == 9000 && list[1].lease_until_ms == 9000);
	assert_int_equal(list[2].lease_until_ms, 7000);
	TRY(vst_flight_list(tx, 11, 1, list, &count, err));
	assert_true(count == 1 && list[0].seq == 12);
	TRY(vst_flight_remove(tx, 12, err));
	TRY(vst_flight_remove(tx, 12, err)); /* absent is fine */
	TRY(vst_flight_list(tx, 11, 3, list, &count, err));
	assert_true(count == 1 && list[0].seq == 13);
	return VST_OK;
}

static vst_rc timers(vst_tx *tx, void *context, vst_err *err)
{
	vst_queue_row rows[4];
	size_t count;
	int64_t at = 0;

	(void) context;
	TRY(vst_timer_first(tx, VST_TIMER_POLL, &at, err));
	assert_true(at == INT64_MAX);
	TRY(vst_timer_add(tx, VST_TIMER_POLL, 50, 3, err));
	TRY(vst_timer_add(tx, VST_TIMER_POLL, 40, 4, err));
	TRY(vst_timer_add(tx, VST_TIMER_POLL, 40, 4, err)); /* twice is once */
	TRY(vst_timer_add(tx, VST_TIMER_EXPIRY, 30, 3, err));
	TRY(vst_timer_first(tx, VST_TIMER_POLL, &at, err));
	assert_int_equal(at, 40);
	TRY(vst_timer_due(tx, VST_TIMER_POLL, 49, 4, rows, &count, err));
	assert_true(count == 1 && rows[0].seq == 4 && rows[0].due == 40 && rows[0].lane == 0);
	TRY(vst_timer_due(tx, VST_TIMER_POLL, 50, 4, rows, &count, err));
	assert_int_equal(count, 2);
	TRY(vst_timer_remove(tx, VST_TIMER_POLL, 40, 4, err));
	TRY(vst_timer_remove(tx, VST_TIMER_POLL, 40, 4, err)); /* absent is fine */
	TRY(vst_timer_due(tx, VST_TIMER_POLL, 50, 4, rows, &count, err));
	assert_int_equal(count, 1);
	TRY(vst_timer_due(tx, VST_TIMER_EXPIRY, 30, 4, rows, &count, err));
	assert_int_equal(count, 1);
	return VST_OK;
}

static vst_rc handovers(vst_tx *tx, void *context, vst_err *err)
{
	int64_t seq = -1;

	(void) context;
	TRY(vst_handover_get(tx, 1, VST_STR("000-1"), &seq, err));
	assert_int_equal(seq, 0);
	TRY(vst_handover_put(tx, 1, VST_STR("000-1"), 5, err));
	TRY(vst_handover_put(tx, 2, VST_STR("000-1"), 6, err)); /* another provider's */
	TRY(vst_handover_get(tx, 1, VST_STR("000-1"), &seq, err));
	assert_int_equal(seq, 5);
	TRY(vst_handover_get(tx, 2, VST_STR("000-1"), &seq, err));
	assert_int_equal(seq, 6);
	assert_int_equal(vst_handover_put(tx, 1, VST_STR("000-1"), 7, NULL), VST_E_CORRUPT);
	return VST_OK;
}

static void lanes_go_by_category_then_hold_then_provider(void **state)
{
	store_write(((store_fixture *) *state)->store, lanes, NULL);
}

static void what_waits_comes_in_the_order_it_is_due(void **state)
{
	store_write(((store_fixture *) *state)->store, order, NULL);
}

static void what_is_in_flight_is_leased_under_a_fence(void **state)
{
	store_write(((store_fixture *) *state)->store, flights, NULL);
}

static void timers_of_two_kinds_do_not_mix(void **state)
{
	store_write(((store_fixture *) *state)->store, timers, NULL);
}

/* Ends by provoking a failure that the body swallows, which the transaction does not. */
static void a_providers_id_means_one_message(void **state)
{
	assert_fails(VST_E_CORRUPT, vst_store_write(((store_fixture *) *state)->store, handovers, NULL, problem));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(lanes_go_by_category_then_hold_then_provider, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(what_waits_comes_in_the_order_it_is_due, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(what_is_in_flight_is_leased_under_a_fence, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(timers_of_two_kinds_do_not_mix, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_providers_id_means_one_message, store_setup, store_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
