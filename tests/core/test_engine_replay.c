/* Decisions again from their kept facts, at dispatch and in a replay. What PHP sees of it: tests/phpt/replay.phpt. */
#include "engine/replay.h"

#include "allocation.h"
#include "engine/internal.h"
#include "shop.h"

static const char advertisement[] = "Ромашка: букеты со скидкой 20% до пятницы. romashka.example/a Отказ: +79990000099";

static vst_receipt submit_advertisement(struct shop *shop, int64_t offer_until)
{
	static const vst_str accepted[] = {VST_STR("R17"), VST_STR("R19"), VST_STR("R23")};
	vst_submission message = shop_advertisement("+79990000001", advertisement);

	message.timezone = VST_STR("Europe/Moscow");
	message.offer_until = offer_until;
	message.acknowledged = accepted;
	message.acknowledged_count = COUNT_OF(accepted);
	return shop_submit(shop, &message);
}

static void an_offer_that_ends_while_the_message_waits_is_not_sent(void **state)
{
	struct shop shop;
	vst_receipt in_time, too_late;

	(void) state;
	shop_open(&shop, NULL);
	shop_consent(&shop, "+79990000001");
	in_time = submit_advertisement(&shop, SHOP_NOON + 3 * 3600);
	assert_int_equal(in_time.decision.verdict, VST_VERDICT_SEND);
	(void) shop_dispatch(&shop);
	too_late = submit_advertisement(&shop, SHOP_NOON + 3600);
	assert_int_equal(too_late.decision.verdict, VST_VERDICT_SEND);
	shop_advance(&shop, 2 * 3600);
	(void) shop_dispatch(&shop);
	assert_state(&shop, too_late.id, "refused");
	shop_close(&shop);
}

/* *differ: of how many the decision would differ. */
static vst_rc run(struct shop *shop, const char *rules, size_t *count, size_t *differ, vst_err *err)
{
	const vst_replayed *row = NULL;
	vst_replay *replay = NULL;
	json_t *json = json_loads(rules, 0, NULL);
	vst_rc rc;

	*count = *differ = 0;
	rc = json != NULL ? vst_replay_new(shop->engine, SHOP_NOON, SHOP_NOON + 86400, json, &replay, err) : VST_E_NOMEM;
	while (rc == VST_OK && (rc = vst_replay_next(replay, shop->engine, &row, err)) == VST_OK && row != NULL) {
		(*count)++;
		*differ += row->differs;
	}
	vst_replay_free(replay);
	json_decref(json);
	return rc;
}

static void open_with_messages(struct shop *shop)
{
	vst_submission service = shop_message("+79990000002", "Заказ 15 готов"), bad = shop_message("no phone", "Заказ {n}");

	shop_open(shop, NULL);
	shop_consent(shop, "+79990000001");
	for (int i = 0; i < 4; i++) {
		(void) submit_advertisement(shop, 0);
		(void) shop_submit(shop, &service);
		(void) shop_submit(shop, &bad);
		shop_advance(shop, 60);
	}
}

static void under_other_rules_only_what_they_touch_differs(void **state)
{
	static const char windows[] = "{\"windows\": {\"service\": {\"from\": \"01:00\", \"to\": \"04:00\"}}}";
	struct shop shop;
	size_t count, differ;
	vst_err err = VST_ERR_INIT;

	(void) state;
	open_with_messages(&shop);
	assert_ok(run(&shop, "{}", &count, &differ, &err), err);
	assert_int_equal(count, 12);
	assert_int_equal(differ, 0);
	assert_ok(run(&shop, "{\"caps\": []}", &count, &differ, &err), err);
	assert_int_equal(differ, 2); /* the third and the fourth waited for the cap */
	assert_ok(run(&shop, windows, &count, &differ, &err), err);
	assert_true(differ >= 4);
	assert_int_equal(run(&shop, "{\"R27\": 5}", &count, &differ, &err), VST_E_SETTINGS);
	shop_close(&shop);
}

static void settings_that_come_later_do_not_count(void **state)
{
	struct shop shop;
	size_t count, differ;
	json_t *settings = NULL;
	vst_err err = VST_ERR_INIT;

	(void) state;
	open_with_messages(&shop);
	assert_ok(vst_engine_settings(shop.engine, &settings, &err), err);
	assert_int_equal(json_object_set_new(settings, "caps", json_array()), 0);
	assert_int_equal(json_object_set_new(json_object_get(json_object_get(settings, "entities"), "main"), "brand",
	                                     json_string("Василёк")),
	                 0);
	assert_ok(vst_engine_configure(shop.engine, settings, &err), err);
	json_decref(settings);
	(void) submit_advertisement(&shop, 0);
	assert_ok(run(&shop, "[]", &count, &differ, &err), err);
	assert_int_equal(count, 13);
	assert_int_equal(differ, 0);
	shop_close(&shop);
}

static void running_out_of_memory_is_an_error_and_loses_nothing(void **state)
{
	struct shop shop;
	unsigned long nth = 0, tries;
	size_t count, differ;
	vst_rc rc;

	(void) state;
	open_with_messages(&shop);
	do {
		vst_err err = VST_ERR_INIT;

		fail_allocation(++nth);
		rc = run(&shop, "{\"R18\": {\"wording\": {\"ru\": \"Стоп {number}\"}}}", &count, &differ, &err);
		tries = allocation_count();
		fail_allocation(0);
		assert_true(rc == VST_OK || rc == VST_E_NOMEM);
		assert_true(rc != VST_OK || count == 12);
	} while (tries >= nth);
	assert_true(nth > 10);
	shop_close(&shop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_offer_that_ends_while_the_message_waits_is_not_sent),
		cmocka_unit_test(under_other_rules_only_what_they_touch_differs),
		cmocka_unit_test(settings_that_come_later_do_not_count),
		cmocka_unit_test(running_out_of_memory_is_an_error_and_loses_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
