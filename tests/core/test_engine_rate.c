/* R30: what a sender hands over to one operator in an hour and in a second. */
#define _GNU_SOURCE
#include "shop.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "numbering_fixture.h"

#define HOUR 3600
#define MESSAGES 130

static void open_shop(struct shop *shop, const char *senders)
{
	char json[512];

	(void) snprintf(json, sizeof json,
	                "{\"entities\":{\"main\":{\"name\":\"ООО «Ромашка»\",\"brand\":\"Ромашка\"}},"
	                "\"providers\":{\"sandbox\":{}},\"senders\":%s}",
	                senders);
	shop_open(shop, json);
}

/* Phones from +7 999 000-00-10 on: the scripted ones of the sandbox are below. */
static vst_id submit(struct shop *shop, int phone, const char *category)
{
	char text[16];
	vst_submission message;

	(void) snprintf(text, sizeof text, "+799900%05d", phone);
	message = shop_message(text, "Заказ 15 собран");
	message.category = vst_str_from(category);
	return shop_submit(shop, &message).id;
}

static int64_t field(struct shop *shop, vst_id id, const char *key)
{
	json_t *stored = shop_stored(shop, id);
	int64_t value = json_integer_value(json_object_get(stored, key));

	json_decref(stored);
	return value;
}

static void assert_waits_for_the_limit(struct shop *shop, vst_id id)
{
	json_t *stored = shop_stored(shop, id), *waits = json_object_get(stored, "waits");

	assert_string_equal(json_string_value(json_object_get(stored, "state")), "deferred");
	assert_string_equal(json_string_value(json_object_get(waits, "for")), "sender_limit");
	assert_true(json_integer_value(json_object_get(waits, "until")) > shop->now_ms / 1000);
	assert_int_equal(json_integer_value(json_object_get(stored, "attempts")), 0);
	json_decref(stored);
}

static void a_number_sends_3600_an_hour_by_default(void **state)
{
	struct shop shop;
	vst_id last = {0, 0};

	(void) state;
	open_shop(&shop, "{\"79990000099\":{}}");
	for (int i = 0; i < 200; i++) {
		last = submit(&shop, 1000 + i, "service");
	}
	assert_int_equal(shop_dispatch(&shop).sent, 180); /* a twentieth goes at once */
	assert_waits_for_the_limit(&shop, last);
	shop_advance(&shop, 30);
	assert_in_range(shop_dispatch(&shop).sent, 19, 20);
	shop_close(&shop);
}

static void letters_have_no_limit_by_default(void **state)
{
	struct shop shop;

	(void) state;
	open_shop(&shop, "{\"Romashka\":{}}");
	for (int i = 0; i < 200; i++) {
		(void) submit(&shop, 1000 + i, "service");
	}
	assert_int_equal(shop_dispatch(&shop).sent, 200);
	shop_close(&shop);
}

/* All go in the end, nobody twice as late as need be, never more than the count in any hour or second. */
static void both_limits_hold_and_are_nearly_used_up(void **state)
{
	struct shop shop;
	vst_id ids[MESSAGES];
	int64_t sent[MESSAGES], slices = 0;
	size_t done = 0;

	(void) state;
	open_shop(&shop, "{\"Romashka\":{\"rate\":{\"per_hour\":100,\"per_second\":2}}}");
	for (int i = 0; i < MESSAGES; i++) {
		ids[i] = submit(&shop, 1000 + i, "service");
	}
	for (int64_t next = 0; next != INT64_MAX; slices++) {
		vst_dispatch_result result = shop_dispatch(&shop);

		next = result.next_due;
		for (size_t i = 0; i < (size_t) result.sent; i++) {
			sent[done++] = shop.now_ms;
		}
		for (size_t i = 0; next != INT64_MAX && i < MESSAGES; i += 10) {
			if (field(&shop, ids[i], "sending_ms") == 0) {
				assert_waits_for_the_limit(&shop, ids[i]);
			}
		}
		assert_true(next > shop.now_ms / 1000);
		if (next != INT64_MAX) {
			shop.now_ms = next * 1000;
		}
	}
	assert_int_equal(done, MESSAGES);
	for (size_t i = 0; i + 100 < MESSAGES; i++) {
		assert_true(sent[i + 100] - sent[i] >= HOUR * 1000);
	}
	for (size_t i = 0; i + 2 < MESSAGES; i++) {
		assert_true(sent[i + 2] - sent[i] >= 1000);
	}
	assert_true(sent[99] - sent[0] <= HOUR * 1000);
	assert_true(slices < 2 * MESSAGES); /* each waits for a turn of its own, not for every turn */
	shop_close(&shop);
}

static void a_code_does_not_queue_up_behind_others(void **state)
{
	struct shop shop;
	vst_id code;

	(void) state;
	open_shop(&shop, "{\"Romashka\":{\"rate\":{\"per_hour\":100}}}");
	for (int i = 0; i < 60; i++) {
		(void) submit(&shop, 1000 + i, "service");
	}
	assert_int_equal(shop_dispatch(&shop).sent, 5);
	code = submit(&shop, 2000, "authentication");
	(void) shop_dispatch(&shop);
	assert_waits_for_the_limit(&shop, code);
	assert_true(field(&shop, code, "due") <= SHOP_NOON + 38); /* 3,600 s / 96 */
	shop.now_ms = field(&shop, code, "due") * 1000;
	assert_int_equal(shop_dispatch(&shop).sent, 1);
	assert_state(&shop, code, "delivered");
	shop_close(&shop);
}

static void a_long_queue_is_looked_at_again_after_an_hour(void **state)
{
	struct shop shop;
	vst_id last = {0, 0};

	(void) state;
	open_shop(&shop, "{\"Romashka\":{\"rate\":{\"per_hour\":10}}}");
	for (int i = 0; i < 40; i++) {
		last = submit(&shop, 1000 + i, "service");
	}
	assert_int_equal(shop_dispatch(&shop).sent, 1);
	assert_waits_for_the_limit(&shop, last);
	assert_in_range(field(&shop, last, "due"), SHOP_NOON + HOUR, SHOP_NOON + HOUR + 600);
	shop_close(&shop);
}

static vst_numbering_plan *import_plan(struct shop *shop)
{
	vst_numbering_plan *plan = NULL;
	char csv[128], target[128];
	json_t *out = NULL;
	vst_err err = VST_ERR_INIT;

	(void) snprintf(csv, sizeof csv, "%s/plan.csv", shop->directory);
	(void) snprintf(target, sizeof target, "%s/numbering.plan", shop->directory);
	numbering_write(csv, numbering_rows);
	assert_ok(vst_numbering_import(vst_str_from(csv), vst_str_from(target), &shop->env, &out, &err), err);
	json_decref(out);
	assert_ok(vst_numbering_plan_new(vst_str_from(target), &shop->env, &plan, &err), err);
	return plan;
}

static int64_t limit_in_health(struct shop *shop, const char *name)
{
	json_t *health = NULL, *limit;
	int64_t wait = -1;
	vst_err err = VST_ERR_INIT;

	assert_ok(vst_engine_health(shop->engine, &health, &err), err);
	limit = json_object_get(json_object_get(health, "limits"), name);
	if (limit != NULL) {
		wait = json_integer_value(limit);
	}
	json_decref(health);
	return wait;
}

static void every_operator_has_a_limit_of_its_own(void **state)
{
	struct shop shop;
	vst_numbering_plan *plan;

	(void) state;
	open_shop(&shop, "{\"Romashka\":{\"rate\":{\"per_hour\":1,"
	                 "\"operators\":{\"ПАО \\\"Второй\\\"\":{\"per_hour\":40,\"per_second\":1}}}}}");
	plan = shop.numbering = import_plan(&shop);
	shop_reopen(&shop);
	for (int i = 10; i < 20; i++) { /* 999 000-00-10 … are the first operator's, -60 … the second's */
		(void) submit(&shop, i, "service");
		(void) submit(&shop, i + 50, "service");
		(void) submit(&shop, i + 500, "service"); /* of nobody known */
	}
	assert_int_equal(shop_dispatch(&shop).sent, 3);
	assert_int_equal(limit_in_health(&shop, "sender:Romashka:7700000001:hour"), HOUR * 1000);
	assert_int_equal(limit_in_health(&shop, "sender:Romashka:7700000002:second"), 1000);
	assert_int_equal(limit_in_health(&shop, "sender:Romashka:7700000002:hour"), 0);
	assert_int_equal(limit_in_health(&shop, "sender:Romashka::hour"), HOUR * 1000);
	shop_advance(&shop, 1);
	assert_int_equal(shop_dispatch(&shop).sent, 1);
	shop_close(&shop);
	vst_numbering_plan_free(plan);
}

/* Workers of several processes at once charge one limit. */
static void the_limit_is_exact_over_processes(void **state)
{
	enum { PROCESSES = 16 };
	struct shop shop;
	pid_t children[PROCESSES];
	json_t *filter = NULL;
	int64_t count = 0;
	vst_err err = VST_ERR_INIT;

	(void) state;
	open_shop(&shop, "{\"Romashka\":{\"rate\":{\"per_hour\":100}}}");
	for (int i = 0; i < 64; i++) {
		(void) submit(&shop, 1000 + i, "service");
	}
	for (int i = 0; i < PROCESSES; i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (children[i] == 0) {
			shop_forked(&shop);
			(void) shop_dispatch(&shop);
			_exit(vst_engine_drain(shop.engine, &err) == VST_OK ? 0 : 1);
		}
	}
	for (int i = 0; i < PROCESSES; i++) {
		int status = 0;

		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	filter = json_pack("{s:s}", "state", "delivered");
	assert_ok(vst_engine_message_count(shop.engine, filter, 100, &count, &err), err);
	json_decref(filter);
	assert_int_equal(count, 5);
	shop_close(&shop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_sends_3600_an_hour_by_default),
		cmocka_unit_test(letters_have_no_limit_by_default),
		cmocka_unit_test(both_limits_hold_and_are_nearly_used_up),
		cmocka_unit_test(a_code_does_not_queue_up_behind_others),
		cmocka_unit_test(a_long_queue_is_looked_at_again_after_an_hour),
		cmocka_unit_test(every_operator_has_a_limit_of_its_own),
		cmocka_unit_test(the_limit_is_exact_over_processes),
	};

	return cmocka_run_group_tests_name("engine/rate", tests, NULL, NULL);
}
