/* Submit and check: decisions, keys, batches, malformed input. */
#include "shop.h"

#include <stdio.h>

static void a_service_message_is_queued(void **state)
{
	struct shop shop;
	vst_submission message = shop_message("8 (999) 000-00-01", "Заказ 15 собран");
	vst_receipt receipt;

	(void) state;
	shop_open(&shop, NULL);
	receipt = shop_submit(&shop, &message);
	assert_int_equal(receipt.decision.verdict, VST_VERDICT_SEND);
	assert_int_equal(receipt.state, VST_QUEUED);
	assert_false(receipt.duplicate);
	assert_state(&shop, receipt.id, "queued");
	shop_close(&shop);
}

static void an_advertisement_without_consent_is_refused_and_kept_as_evidence(void **state)
{
	struct shop shop;
	vst_submission message = shop_advertisement("+79990000001", "Ромашка: скидка 10 % по вашей подписке: romashka.example");
	vst_receipt receipt;

	(void) state;
	shop_open(&shop, NULL);
	receipt = shop_submit(&shop, &message);
	assert_int_equal(receipt.decision.verdict, VST_VERDICT_REFUSE);
	assert_int_equal(receipt.state, VST_REFUSED);
	assert_state(&shop, receipt.id, "refused");
	shop_close(&shop);
}

static void an_advertisement_with_consent_gets_the_opt_out_number(void **state)
{
	struct shop shop;
	vst_submission message =
		shop_advertisement("+79990000001", "Ромашка: пледы дешевле на 300 ₽ по вашей подписке: romashka.example");
	vst_receipt receipt;

	(void) state;
	shop_open(&shop, NULL);
	shop_consent(&shop, "+79990000001");
	message.timezone = VST_STR("Europe/Moscow");
	receipt = shop_submit(&shop, &message);
	assert_int_equal(receipt.decision.verdict, VST_VERDICT_SEND);
	assert_true(vst_str_contains(receipt.decision.text, VST_STR("79990000099")));
	shop_close(&shop);
}

static void a_scenario_whose_approver_is_in_the_settings_needs_no_other(void **state)
{
	struct shop shop;
	vst_submission message =
		shop_advertisement("+79990000001", "Ромашка: вы забыли плед. По вашей подписке: romashka.example");

	(void) state;
	shop_open(&shop, "{\"entities\":{\"main\":{\"name\":\"Ромашка\",\"site\":\"romashka.example\","
	                 "\"opt_out_number\":\"+79990000099\"}},\"providers\":{\"sandbox\":{}},"
	                 "\"senders\":{\"Romashka\":{}},\"scenarios\":{\"cart\":{\"approved_by\":\"Анна\"}}}");
	shop_consent(&shop, "+79990000001");
	message.timezone = VST_STR("Europe/Moscow");
	message.approved_by = VST_STR_EMPTY;
	message.scenario = VST_STR("mail");
	assert_int_equal(shop_submit(&shop, &message).decision.verdict, VST_VERDICT_REFUSE);
	message.scenario = VST_STR("cart");
	assert_int_equal(shop_submit(&shop, &message).decision.verdict, VST_VERDICT_SEND);
	shop_close(&shop);
}

static void an_order_shows_that_an_old_consent_still_reaches_its_person(void **state)
{
	struct shop shop;
	vst_submission message =
		shop_advertisement("+79990000001", "Ромашка: новые пледы. По вашей подписке: romashka.example");
	vst_submission order = shop_message("+79990000001", "Заказ 15 передан в доставку");

	(void) state;
	shop_open(&shop, NULL);
	shop_consent(&shop, "+79990000001");
	message.timezone = VST_STR("Europe/Moscow");
	shop_advance(&shop, 400 * 86400);
	assert_int_equal(shop_submit(&shop, &message).decision.verdict, VST_VERDICT_REFUSE);
	(void) shop_submit(&shop, &order);
	assert_int_equal(shop_submit(&shop, &message).decision.verdict, VST_VERDICT_SEND);
	shop_close(&shop);
}

static void an_advertisement_at_night_waits_for_the_morning_of_the_recipient(void **state)
{
	struct shop shop;
	vst_submission message =
		shop_advertisement("+79990000001", "Ромашка: пледы дешевле на 300 ₽ по вашей подписке: romashka.example");
	vst_receipt receipt;

	(void) state;
	shop_open(&shop, NULL);
	shop_consent(&shop, "+79990000001");
	message.timezone = VST_STR("Asia/Kamchatka"); /* 21:00 there */
	shop_advance(&shop, 3 * 3600);                /* 00:00 */
	receipt = shop_submit(&shop, &message);
	assert_int_equal(receipt.decision.verdict, VST_VERDICT_DEFER);
	assert_int_equal(receipt.state, VST_DEFERRED);
	/* 07:00 in Kamchatka is 19:00Z, spread over at most a quarter of an hour. */
	assert_in_range(receipt.decision.due, SHOP_NOON + 10 * 3600, SHOP_NOON + 10 * 3600 + 900);
	shop_close(&shop);
}

static void check_returns_the_opening_itself_and_stores_nothing(void **state)
{
	struct shop shop;
	vst_submission message =
		shop_advertisement("+79990000001", "Ромашка: пледы дешевле на 300 ₽ по вашей подписке: romashka.example");
	vst_receipt receipt;
	vst_err err = VST_ERR_INIT;
	int64_t count = -1;
	json_t *none = json_object();

	(void) state;
	shop_open(&shop, NULL);
	shop_consent(&shop, "+79990000001");
	message.timezone = VST_STR("Asia/Kamchatka");
	shop_advance(&shop, 3 * 3600);
	assert_ok(vst_engine_check(shop.engine, &message, &shop.arena, &receipt, &err), err);
	assert_int_equal(receipt.decision.due, SHOP_NOON + 10 * 3600);
	assert_ok(vst_engine_message_count(shop.engine, none, 100, &count, &err), err);
	assert_int_equal(count, 0);
	json_decref(none);
	shop_close(&shop);
}

static void the_third_advertisement_of_a_week_waits(void **state)
{
	struct shop shop;
	vst_submission message =
		shop_advertisement("+79990000001", "Ромашка: пледы дешевле на 300 ₽ по вашей подписке: romashka.example");
	vst_receipt first, third;

	(void) state;
	shop_open(&shop, NULL);
	shop_consent(&shop, "+79990000001");
	message.timezone = VST_STR("Europe/Moscow");
	first = shop_submit(&shop, &message);
	assert_int_equal(shop_submit(&shop, &message).decision.verdict, VST_VERDICT_SEND);
	third = shop_submit(&shop, &message);
	assert_int_equal(first.decision.verdict, VST_VERDICT_SEND);
	assert_int_equal(third.decision.verdict, VST_VERDICT_DEFER);
	assert_true(third.decision.due >= SHOP_NOON + 7 * 86400);
	shop_close(&shop);
}

static void the_same_key_gives_the_first_receipt(void **state)
{
	struct shop shop;
	vst_submission message = shop_message("+79990000001", "Заказ 15 собран");
	vst_receipt first, second;

	(void) state;
	shop_open(&shop, NULL);
	message.key = VST_STR("order/15/N");
	message.has_key = true;
	first = shop_submit(&shop, &message);
	message.text = VST_STR("Другой текст");
	second = shop_submit(&shop, &message);
	assert_true(second.duplicate);
	assert_int_equal(second.id.seq, first.id.seq);
	assert_str(second.decision.text, "Заказ 15 собран");
	shop_close(&shop);
}

static void a_refused_message_keeps_no_key(void **state)
{
	struct shop shop;
	vst_submission message = shop_message("+79990000001", "Заказ 15 собран");
	vst_receipt first, second;

	(void) state;
	shop_open(&shop, NULL);
	message.key = VST_STR("order/15/N");
	message.has_key = true;
	message.order_number = VST_STR_EMPTY; /* no basis: R08 */
	first = shop_submit(&shop, &message);
	message.order_number = VST_STR("15");
	second = shop_submit(&shop, &message);
	assert_int_equal(first.state, VST_REFUSED);
	assert_false(second.duplicate);
	assert_int_equal(second.state, VST_QUEUED);
	shop_close(&shop);
}

static void malformed_input_is_an_error_and_stores_nothing(void **state)
{
	static char long_text[VST_TEXT_CHARACTERS_MAX + 2];
	vst_submission cases[9];
	struct shop shop;

	(void) state;
	memset(long_text, 'a', sizeof long_text - 1);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		cases[i] = shop_message("+79990000001", "Заказ 15 собран");
	}
	cases[0].phone = VST_STR_EMPTY;
	cases[1].category = VST_STR("spam");
	cases[2].has_text = false;
	cases[3].text = VST_STR("\xff\xfe");
	cases[4].text = (vst_str) {"a\0b", 3};
	cases[5].text = vst_str_from(long_text);
	cases[6].has_key = true;
	cases[7].entity = VST_STR("nobody");
	cases[8].timezone = VST_STR("Mars/Base");
	shop_open(&shop, NULL);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		vst_err err = VST_ERR_INIT;
		vst_receipt receipt;
		json_t *none = json_object();
		int64_t count = -1;

		assert_int_equal(vst_engine_submit(shop.engine, &cases[i], &shop.arena, &receipt, &err), VST_E_INVALID);
		assert_null(strstr(err.text, "9990000001"));
		vst_err_clear(&err);
		assert_ok(vst_engine_message_count(shop.engine, none, 100, &count, &err), err);
		assert_int_equal(count, 0);
		json_decref(none);
	}
	shop_close(&shop);
}

static void a_template_without_its_variable_is_a_decision(void **state)
{
	struct shop shop;
	vst_submission message = shop_message("+79990000001", "");
	vst_receipt receipt;

	(void) state;
	shop_open(&shop, NULL);
	message.has_text = false;
	message.has_template = true;
	message.template_text = VST_STR("Заказ {number} собран");
	receipt = shop_submit(&shop, &message);
	assert_int_equal(receipt.decision.verdict, VST_VERDICT_REFUSE);
	message.vars = &(vst_pair) {VST_STR("number"), VST_STR("15")};
	message.var_count = 1;
	receipt = shop_submit(&shop, &message);
	assert_int_equal(receipt.decision.verdict, VST_VERDICT_SEND);
	assert_str(receipt.decision.text, "Заказ 15 собран");
	shop_close(&shop);
}

static void a_batch_counts_what_it_did_and_may_run_twice(void **state)
{
	struct shop shop;
	vst_batch *batch;
	vst_err err = VST_ERR_INIT;
	char phone[16], key[16];

	(void) state;
	shop_open(&shop, NULL);
	for (int round = 0; round < 2; round++) {
		json_t *result = NULL;

		assert_ok(vst_batch_new(shop.engine, &batch, &err), err);
		for (int i = 0; i < 2500; i++) {
			vst_submission message = shop_message(phone, "Заказ 15 собран");

			(void) snprintf(phone, sizeof phone, "+7999000%04d", i % 1000);
			(void) snprintf(key, sizeof key, "k%05d", i);
			message.phone = vst_str_from(phone);
			message.key = vst_str_from(key);
			message.has_key = true;
			if (i == 7) {
				message.category = VST_STR("spam");
			}
			assert_ok(vst_batch_add(batch, &message, &err), err);
		}
		assert_ok(vst_batch_flush(batch, &err), err);
		assert_ok(vst_batch_result(batch, &result, &err), err);
		assert_int_equal(json_integer_value(json_object_get(result, "total")), 2500);
		assert_int_equal(json_integer_value(json_object_get(result, "invalid")), 1);
		assert_int_equal(json_integer_value(json_object_get(result, round == 0 ? "send" : "duplicate")), 2499);
		json_decref(result);
		vst_batch_free(batch);
	}
	shop_close(&shop);
}

/* Reminders of a debt share a person's row with advertising, each kind counted by itself. */
static void a_third_reminder_of_a_debt_waits_for_the_next_day(void **state)
{
	struct shop shop;
	vst_submission message = shop_message("+79990000001", "Оплата заказа 15 просрочена");
	vst_receipt third;

	(void) state;
	shop_open(&shop, NULL);
	message.timezone = VST_STR("Europe/Moscow");
	message.debt = true;
	assert_int_equal(shop_submit(&shop, &message).decision.verdict, VST_VERDICT_SEND);
	assert_int_equal(shop_submit(&shop, &message).decision.verdict, VST_VERDICT_SEND);
	third = shop_submit(&shop, &message);
	assert_int_equal(third.decision.verdict, VST_VERDICT_DEFER);
	assert_in_range(third.decision.due, SHOP_NOON + 20 * 3600, SHOP_NOON + 20 * 3600 + 899); /* 08:00 */
	assert_int_equal(shop_dispatch(&shop).sent, 2);
	shop_advance(&shop, 20 * 3600 + 900);
	assert_int_equal(shop_dispatch(&shop).sent, 1);
	assert_int_equal(shop_submit(&shop, &message).decision.verdict, VST_VERDICT_SEND);
	assert_int_equal(shop_submit(&shop, &message).decision.verdict, VST_VERDICT_DEFER);
	message.debt = false;
	assert_int_equal(shop_submit(&shop, &message).decision.verdict, VST_VERDICT_SEND);
	shop_close(&shop);
}

/* Checked: the beginning of the preferred hours. Submitted: spread after it. */
static void a_campaign_waits_for_its_preferred_hours(void **state)
{
	struct shop shop;
	vst_submission message = shop_advertisement(
		"+79990000001", "Скидки «Ромашки» по вашей подписке: romashka.example. Отказ: +79990000099");
	vst_receipt receipt;
	vst_err err = VST_ERR_INIT;

	(void) state;
	shop_open(&shop, NULL);
	shop_consent(&shop, "+79990000001");
	message.timezone = VST_STR("Europe/Moscow");
	message.campaign = VST_STR("autumn");
	assert_ok(vst_engine_check(shop.engine, &message, &shop.arena, &receipt, &err), err);
	assert_int_equal(receipt.decision.due, SHOP_NOON + 6 * 3600); /* 18:00 */
	assert_string_equal(receipt.decision.waits_for, "preferred_hours");
	assert_int_equal(receipt.decision.finding_count, 0);
	receipt = shop_submit(&shop, &message);
	assert_in_range(receipt.decision.due, SHOP_NOON + 6 * 3600, SHOP_NOON + 6 * 3600 + 899);
	shop_advance(&shop, 9 * 3600); /* a worker that comes after the preferred hours */
	assert_int_equal(shop_dispatch(&shop).sent, 1);
	message.offer_until = SHOP_NOON + 10 * 3600;
	message.campaign = VST_STR_EMPTY;
	shop_advance(&shop, 3600 + 1800); /* 22:30, the offer ends at 22:00 */
	assert_int_equal(shop_submit(&shop, &message).decision.verdict, VST_VERDICT_REFUSE);
	shop_close(&shop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_service_message_is_queued),
		cmocka_unit_test(an_advertisement_without_consent_is_refused_and_kept_as_evidence),
		cmocka_unit_test(an_advertisement_with_consent_gets_the_opt_out_number),
		cmocka_unit_test(a_scenario_whose_approver_is_in_the_settings_needs_no_other),
		cmocka_unit_test(an_order_shows_that_an_old_consent_still_reaches_its_person),
		cmocka_unit_test(an_advertisement_at_night_waits_for_the_morning_of_the_recipient),
		cmocka_unit_test(check_returns_the_opening_itself_and_stores_nothing),
		cmocka_unit_test(the_third_advertisement_of_a_week_waits),
		cmocka_unit_test(the_same_key_gives_the_first_receipt),
		cmocka_unit_test(a_refused_message_keeps_no_key),
		cmocka_unit_test(malformed_input_is_an_error_and_stores_nothing),
		cmocka_unit_test(a_template_without_its_variable_is_a_decision),
		cmocka_unit_test(a_third_reminder_of_a_debt_waits_for_the_next_day),
		cmocka_unit_test(a_campaign_waits_for_its_preferred_hours),
		cmocka_unit_test(a_batch_counts_what_it_did_and_may_run_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
