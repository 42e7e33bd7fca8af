/* The life of a message over the sandbox, and what happens in between. */
#include "shop.h"

static vst_receipt submit(struct shop *shop, const char *phone)
{
	vst_submission message = shop_message(phone, "Заказ 15 собран");

	return shop_submit(shop, &message);
}

static vst_receipt submit_advertisement(struct shop *shop, const char *phone)
{
	vst_submission message =
		shop_advertisement(phone, "Ромашка: пледы дешевле на 300 ₽ по вашей подписке: romashka.example");

	message.timezone = VST_STR("Europe/Moscow");
	shop_consent(shop, phone);
	return shop_submit(shop, &message);
}

static const char *waits_for(const json_t *stored)
{
	return json_string_value(json_object_get(json_object_get(stored, "waits"), "for"));
}

static void a_waiting_message_says_what_its_provider_waits_for(void **state)
{
	struct shop shop;
	vst_receipt second, stopped;
	json_t *stored;

	(void) state;
	shop_open(&shop,
	          "{\"entities\":{\"main\":{\"name\":\"A\"}},\"senders\":{\"Romashka\":{}},\"routes\":[{\"provider\":"
	          "\"sandbox\"}],\"providers\":{\"sandbox\":{\"rate\":{\"per_second\":0.1}},\"smsru\":{\"api_id\":\"x\","
	          "\"url\":\"http://127.0.0.1:9\"}}}");
	(void) submit(&shop, "+79990000100");
	second = submit(&shop, "+79990000101");
	(void) shop_dispatch(&shop);
	stored = shop_stored(&shop, second.id);
	assert_string_equal(waits_for(stored), "rate_limit");
	assert_int_equal(json_integer_value(json_object_get(json_object_get(stored, "waits"), "until")), SHOP_NOON + 10);
	json_decref(stored);
	for (int i = 0; i < 4; i++) { /* the third failure in a row stops the provider */
		vst_submission message = shop_message("+79990000102", "Заказ 15 собран");

		message.provider = VST_STR("smsru");
		stopped = shop_submit(&shop, &message);
		(void) shop_dispatch(&shop);
	}
	stored = shop_stored(&shop, stopped.id);
	assert_string_equal(waits_for(stored), "provider_stopped");
	json_decref(stored);
	shop_close(&shop);
}

static void the_sandbox_delivers(void **state)
{
	struct shop shop;
	vst_receipt receipt;
	vst_dispatch_result result;

	(void) state;
	shop_open(&shop, NULL);
	receipt = submit(&shop, "+79990000100");
	result = shop_dispatch(&shop);
	assert_int_equal(result.sent, 1);
	assert_int_equal(result.settled, 1);
	assert_int_equal(result.in_flight, 0);
	assert_state(&shop, receipt.id, "delivered");
	shop_close(&shop);
}

static void scripted_phones_end_as_their_digits_say(void **state)
{
	static const struct {
		const char *phone, *state;
	} cases[] = {
		{"+79990000002", "failed"},      {"+79990000004", "failed"},   {"+79990000005", "failed"},
		{"+79990000006", "undelivered"}, {"+79990000007", "accepted"},
	};
	struct shop shop;

	(void) state;
	shop_open(&shop, NULL);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		vst_receipt receipt = submit(&shop, cases[i].phone);

		(void) shop_dispatch(&shop);
		assert_state(&shop, receipt.id, cases[i].state);
	}
	shop_close(&shop);
}

static void nothing_to_do_returns_at_once(void **state)
{
	struct shop shop;
	vst_dispatch_result result;
	vst_err err = VST_ERR_INIT;

	(void) state;
	shop_open(&shop, NULL);
	assert_ok(vst_engine_dispatch(shop.engine, 60000, false, &result, &err), err);
	assert_true(result.idle);
	assert_int_equal(result.next_due, INT64_MAX);
	shop_close(&shop);
}

static void a_stop_between_submit_and_dispatch_wins(void **state)
{
	struct shop shop;
	vst_receipt receipt;
	json_t *reason = json_pack("{s:s}", "reason", "звонок"), *out = NULL;
	vst_err err = VST_ERR_INIT;

	(void) state;
	shop_open(&shop, NULL);
	receipt = submit_advertisement(&shop, "+79990000100");
	assert_state(&shop, receipt.id, "queued");
	assert_ok(vst_engine_stop_add(shop.engine, VST_STR("+79990000100"), reason, &out, &err), err);
	assert_int_equal(shop_dispatch(&shop).sent, 0);
	assert_state(&shop, receipt.id, "cancelled");
	json_decref(reason);
	json_decref(out);
	shop_close(&shop);
}

static void a_window_that_closed_meanwhile_defers(void **state)
{
	struct shop shop;
	vst_receipt receipt;
	vst_dispatch_result result;

	(void) state;
	shop_open(&shop, NULL);
	receipt = submit_advertisement(&shop, "+79990000100");
	shop_advance(&shop, 12 * 3600); /* 00:00 in Moscow */
	result = shop_dispatch(&shop);
	assert_int_equal(result.sent, 0);
	assert_state(&shop, receipt.id, "deferred");
	assert_in_range(result.next_due, SHOP_NOON + 19 * 3600, SHOP_NOON + 19 * 3600 + 900);
	shop_advance(&shop, 8 * 3600);
	assert_int_equal(shop_dispatch(&shop).sent, 1);
	assert_state(&shop, receipt.id, "delivered");
	shop_close(&shop);
}

static void a_message_past_its_validity_expires_unsent(void **state)
{
	struct shop shop;
	vst_submission message = shop_message("+79990000100", "Заказ 15 собран");
	vst_receipt receipt;
	vst_dispatch_result result;

	(void) state;
	shop_open(&shop, NULL);
	message.valid_until = SHOP_NOON + 3600;
	receipt = shop_submit(&shop, &message);
	shop_advance(&shop, 3601);
	result = shop_dispatch(&shop);
	assert_int_equal(result.expired, 1);
	assert_int_equal(result.sent, 0);
	assert_state(&shop, receipt.id, "expired");
	shop_close(&shop);
}

static void a_held_message_waits_until_it_is_released(void **state)
{
	struct shop shop;
	vst_receipt receipt;
	json_t *filter = json_pack("{s:s}", "order", "15");
	int64_t changed = 0;
	vst_err err = VST_ERR_INIT;

	(void) state;
	shop_open(&shop, NULL);
	receipt = submit(&shop, "+79990000100");
	assert_ok(vst_engine_hold(shop.engine, filter, true, &changed, &err), err);
	assert_int_equal(changed, 1);
	assert_int_equal(shop_dispatch(&shop).sent, 0);
	assert_state(&shop, receipt.id, "queued");
	assert_ok(vst_engine_hold(shop.engine, filter, false, &changed, &err), err);
	assert_int_equal(shop_dispatch(&shop).sent, 1);
	assert_state(&shop, receipt.id, "delivered");
	json_decref(filter);
	shop_close(&shop);
}

static void authentication_goes_before_service_before_advertising(void **state)
{
	static const struct {
		const char *category, *text;
	} cases[] = {
		{"advertising", "Новые пледы по вашей подписке: romashka.example"},
		{"service", "Заказ 15 передан в доставку"},
		{"authentication", "Код для входа: 4821"},
	};
	struct shop shop;
	vst_receipt receipts[3];
	int64_t sending[3];

	(void) state;
	/* One message in ten seconds, so that the order shows in the clock. */
	shop_open(&shop,
	          "{\"entities\":{\"main\":{\"name\":\"Ромашка\",\"brand\":\"Ромашка\","
	          "\"site\":\"https://romashka.example\",\"opt_out_number\":\"+79990000099\"}},"
	          "\"providers\":{\"sandbox\":{\"rate\":{\"per_second\":0.1}}},"
	          "\"senders\":{\"Romashka\":{}}}");
	shop_consent(&shop, "+79990000100");
	for (size_t i = 0; i < 3; i++) {
		vst_submission message = shop_advertisement("+79990000100", cases[i].text);

		message.category = vst_str_from(cases[i].category);
		message.order_number = VST_STR("15");
		message.timezone = VST_STR("Europe/Moscow");
		receipts[i] = shop_submit(&shop, &message);
		assert_int_equal(receipts[i].state, VST_QUEUED);
	}
	for (int i = 0; i < 5; i++) {
		(void) shop_dispatch(&shop);
		shop_advance(&shop, 11);
	}
	for (size_t i = 0; i < 3; i++) {
		json_t *stored = shop_stored(&shop, receipts[i].id);

		sending[i] = json_integer_value(json_object_get(stored, "sending_ms"));
		assert_true(sending[i] > 0);
		json_decref(stored);
	}
	assert_true(sending[2] < sending[1]);
	assert_true(sending[1] < sending[0]);
	shop_close(&shop);
}

static void a_message_for_a_provider_that_left_goes_to_another(void **state)
{
	struct shop shop;
	vst_receipt receipt;
	json_t *settings;
	vst_err err = VST_ERR_INIT;

	(void) state;
	shop_open(&shop, "{\"entities\":{\"main\":{\"name\":\"Ромашка\"}},\"senders\":{\"Romashka\":{}},"
	                 "\"providers\":{\"smsru\":{\"api_id\":\"x\",\"url\":\"http://127.0.0.1:9\"}}}");
	receipt = submit(&shop, "+79990000100");
	settings = json_loads("{\"entities\":{\"main\":{\"name\":\"Ромашка\"}},\"senders\":{\"Romashka\":{}},"
	                      "\"providers\":{\"sandbox\":{}}}",
	                      0, NULL);
	assert_ok(vst_engine_configure(shop.engine, settings, &err), err);
	json_decref(settings);
	(void) shop_dispatch(&shop);
	assert_state(&shop, receipt.id, "delivered");
	shop_close(&shop);
}

static void a_message_that_no_provider_takes_waits_without_keeping_the_worker_busy(void **state)
{
	struct shop shop;
	vst_receipt receipt;
	vst_dispatch_result result;

	(void) state;
	/* Two providers, and no route to either. */
	shop_open(&shop, "{\"entities\":{\"main\":{\"name\":\"Ромашка\"}},\"senders\":{\"Romashka\":{}},"
	                 "\"providers\":{\"sandbox\":{},\"smsru\":{\"api_id\":\"x\",\"url\":\"http://127.0.0.1:9\"}}}");
	receipt = submit(&shop, "+79990000100");
	result = shop_dispatch(&shop);
	assert_int_equal(result.sent, 0);
	assert_true(result.idle);
	assert_int_equal(result.next_due, SHOP_NOON + 60);
	assert_state(&shop, receipt.id, "deferred");
	shop_close(&shop);
}

static void an_unreachable_provider_is_tried_again_and_nothing_is_in_doubt(void **state)
{
	struct shop shop;
	vst_receipt receipt;
	vst_dispatch_result result;
	json_t *stored;
	vst_err err = VST_ERR_INIT;

	(void) state;
	/* Port 9 of the loopback: nobody listens. */
	shop_open(&shop, "{\"entities\":{\"main\":{\"name\":\"Ромашка\"}},\"senders\":{\"Romashka\":{}},"
	                 "\"providers\":{\"smsru\":{\"api_id\":\"x\",\"url\":\"http://127.0.0.1:9\"}}}");
	receipt = submit(&shop, "+79990000100");
	for (int i = 0; i < 3; i++) {
		assert_ok(vst_engine_dispatch(shop.engine, 2000, false, &result, &err), err);
		assert_int_equal(result.in_doubt, 0);
		shop_advance(&shop, 30);
	}
	stored = shop_stored(&shop, receipt.id);
	assert_string_equal(json_string_value(json_object_get(stored, "state")), "deferred");
	assert_string_equal(json_string_value(json_object_get(stored, "reason")), "no_connection");
	assert_int_equal(json_integer_value(json_object_get(stored, "attempts")), 3);
	json_decref(stored);
	shop_close(&shop);
}

static void a_message_of_an_entity_that_left_is_refused(void **state)
{
	struct shop shop;
	vst_receipt receipt;
	json_t *settings;
	vst_err err = VST_ERR_INIT;

	(void) state;
	shop_open(&shop, NULL);
	receipt = submit(&shop, "+79990000100");
	settings = json_loads("{\"entities\":{\"other\":{\"name\":\"Другое\"}},\"providers\":{\"sandbox\":{}}}", 0, NULL);
	assert_ok(vst_engine_configure(shop.engine, settings, &err), err);
	json_decref(settings);
	assert_int_equal(shop_dispatch(&shop).sent, 0);
	assert_state(&shop, receipt.id, "refused");
	shop_close(&shop);
}

static void an_operator_bar_stops_every_entity_and_what_waits(void **state)
{
	struct shop shop;
	vst_submission barred = shop_message("+79990000010", "Заказ 15 собран");
	vst_submission other = shop_message("+79990000010", "Заказ 16 собран");
	vst_receipt first, waiting;

	(void) state;
	shop_open(&shop, "{\"entities\":{\"a\":{\"name\":\"A\"},\"b\":{\"name\":\"B\"}},\"providers\":{\"sandbox\":{}},"
	                 "\"senders\":{\"Romashka\":{}}}");
	barred.entity = VST_STR("a");
	other.entity = VST_STR("b");
	other.not_before = SHOP_NOON + 3600;
	first = shop_submit(&shop, &barred);
	waiting = shop_submit(&shop, &other);
	(void) shop_dispatch(&shop);
	assert_state(&shop, first.id, "failed");
	assert_state(&shop, waiting.id, "cancelled");
	other.not_before = 0;
	assert_true(receipt_has(&(vst_receipt) {.decision = shop_submit(&shop, &other).decision}, "operator_bar"));
	shop_close(&shop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_sandbox_delivers),
		cmocka_unit_test(a_waiting_message_says_what_its_provider_waits_for),
		cmocka_unit_test(scripted_phones_end_as_their_digits_say),
		cmocka_unit_test(nothing_to_do_returns_at_once),
		cmocka_unit_test(a_stop_between_submit_and_dispatch_wins),
		cmocka_unit_test(a_window_that_closed_meanwhile_defers),
		cmocka_unit_test(a_message_past_its_validity_expires_unsent),
		cmocka_unit_test(a_held_message_waits_until_it_is_released),
		cmocka_unit_test(authentication_goes_before_service_before_advertising),
		cmocka_unit_test(a_message_for_a_provider_that_left_goes_to_another),
		cmocka_unit_test(a_message_of_an_entity_that_left_is_refused),
		cmocka_unit_test(an_operator_bar_stops_every_entity_and_what_waits),
		cmocka_unit_test(a_message_that_no_provider_takes_waits_without_keeping_the_worker_busy),
		cmocka_unit_test(an_unreachable_provider_is_tried_again_and_nothing_is_in_doubt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
