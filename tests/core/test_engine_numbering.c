#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "numbering_fixture.h"
#include "shop.h"
#include "text/numbering_format.h"

#define SECOND_NS INT64_C(1000000000)

/* The same numbers elsewhere, and not less than half of them in all. */
static const char other_rows[] = "914;2000000;2999999;1000000;ПАО \"Второй\";-;Амурская область;7700000002\n"
								 "915;0000000;0999999;1000000;ПАО \"Второй\";-;Амурская область;7700000002\n";

struct scene {
	struct shop shop;
	char csv[128], target[128];
	vst_numbering_plan *plan;
};

static void reopen(struct scene *s)
{
	vst_engine_options options = {
		.store = {.dsn = vst_str_from(s->shop.dsn), .file_mode = 0600, .document_root = VST_STR_EMPTY},
		.ini_path = VST_STR_EMPTY,
		.user = VST_STR("tester"),
		.numbering = s->plan,
	};
	vst_err err = VST_ERR_INIT;

	vst_engine_close(s->shop.engine);
	assert_ok(vst_engine_open(&options, &s->shop.env, &s->shop.engine, &err), err);
}

static void open_scene(struct scene *s, const char *settings)
{
	vst_err err = VST_ERR_INIT;

	shop_open(&s->shop, settings);
	(void) snprintf(s->csv, sizeof s->csv, "%s/plan.csv", s->shop.directory);
	(void) snprintf(s->target, sizeof s->target, "%s/numbering.plan", s->shop.directory);
	assert_ok(vst_numbering_plan_new(vst_str_from(s->target), &s->shop.env, &s->plan, &err), err);
	reopen(s);
}

static void close_scene(struct scene *s)
{
	shop_close(&s->shop);
	vst_numbering_plan_free(s->plan);
}

static vst_rc import(struct scene *s, json_t **out, vst_err *err)
{
	return vst_numbering_import(vst_str_from(s->csv), vst_str_from(s->target), &s->shop.env, out, err);
}

/* Imports the rows, and lets a second pass, so that they are seen. */
static void import_rows(struct scene *s, const char *rows)
{
	json_t *out = NULL;
	vst_err err = VST_ERR_INIT;

	numbering_write(s->csv, rows);
	assert_ok(import(s, &out, &err), err);
	json_decref(out);
	s->shop.monotonic_ns += SECOND_NS;
}

static vst_buf bytes_of(const char *path)
{
	vst_buf bytes = VST_BUF_INIT;
	FILE *file = fopen(path, "rb");
	int byte;

	assert_non_null(file);
	while ((byte = fgetc(file)) != EOF) {
		vst_buf_byte(&bytes, (char) byte);
	}
	(void) fclose(file);
	return bytes;
}

/* Files of the directory whose name begins with that of the target: what an import left lying. */
static size_t files_beside(struct scene *s)
{
	DIR *directory = opendir(s->shop.directory);
	struct dirent *entry;
	size_t count = 0;

	assert_non_null(directory);
	while ((entry = readdir(directory)) != NULL) {
		count += strncmp(entry->d_name, "numbering.plan", 14) == 0;
	}
	(void) closedir(directory);
	return count;
}

static bool territory_is(struct scene *s, int64_t number, const char *territory)
{
	const vst_numbering *numbering = vst_numbering_plan_current(s->plan);
	vst_numbering_entry entry;

	return numbering != NULL && vst_numbering_find(numbering, number, &entry) && vst_str_is(entry.territory, territory);
}

static void a_new_plan_is_seen_within_a_second(void **state)
{
	struct scene s;

	(void) state;
	open_scene(&s, NULL);
	assert_null(vst_numbering_plan_current(s.plan));
	assert_string_equal(vst_numbering_plan_problem(s.plan), "");
	import_rows(&s, numbering_rows);
	assert_true(territory_is(&s, INT64_C(79142500000), "Республика Саха (Якутия)"));
	import_rows(&s, other_rows);
	s.shop.monotonic_ns -= SECOND_NS;
	assert_true(territory_is(&s, INT64_C(79142500000), "Республика Саха (Якутия)"));
	s.shop.monotonic_ns += SECOND_NS;
	assert_true(territory_is(&s, INT64_C(79142500000), "Амурская область"));
	assert_int_equal(unlink(s.target), 0);
	s.shop.monotonic_ns += SECOND_NS;
	assert_null(vst_numbering_plan_current(s.plan));
	assert_string_equal(vst_numbering_plan_problem(s.plan), "");
	close_scene(&s);
}

static void a_damaged_file_is_passed_over_and_the_plan_kept(void **state)
{
	struct scene s;
	char other[160];
	vst_buf bytes;

	(void) state;
	open_scene(&s, NULL);
	import_rows(&s, numbering_rows);
	assert_non_null(vst_numbering_plan_current(s.plan));
	(void) snprintf(other, sizeof other, "%s/other", s.shop.directory);
	bytes = bytes_of(s.target);
	for (size_t cut = 1; cut < bytes.len; cut += 97) {
		numbering_write_bytes(other, (vst_str) {bytes.ptr, bytes.len - cut});
		assert_int_equal(rename(other, s.target), 0);
		s.shop.monotonic_ns += SECOND_NS;
		assert_true(territory_is(&s, INT64_C(79142500000), "Республика Саха (Якутия)"));
		assert_string_not_equal(vst_numbering_plan_problem(s.plan), "");
	}
	numbering_write_bytes(other, VST_STR(""));
	assert_int_equal(rename(other, s.target), 0);
	s.shop.monotonic_ns += SECOND_NS;
	assert_true(territory_is(&s, INT64_C(79142500000), "Республика Саха (Якутия)"));
	/* A sound one ends it. */
	import_rows(&s, other_rows);
	assert_true(territory_is(&s, INT64_C(79142500000), "Амурская область"));
	assert_string_equal(vst_numbering_plan_problem(s.plan), "");
	vst_buf_free(&bytes);
	close_scene(&s);
}

static void refuse(struct scene *s, vst_rc rc, const char *says)
{
	vst_buf before = bytes_of(s->target), after;
	json_t *out = NULL;
	vst_err err = VST_ERR_INIT;

	assert_int_equal(import(s, &out, &err), rc);
	if (strstr(err.text, says) == NULL) {
		fail_msg("%s: %s", says, err.text);
	}
	after = bytes_of(s->target);
	assert_int_equal(before.len, after.len);
	assert_memory_equal(before.ptr, after.ptr, before.len);
	assert_int_equal(files_beside(s), 1);
	vst_buf_free(&before);
	vst_buf_free(&after);
}

static void a_refused_import_leaves_the_old_file(void **state)
{
	struct scene s;
	struct stat status;

	(void) state;
	open_scene(&s, NULL);
	import_rows(&s, numbering_rows);
	assert_int_equal(stat(s.target, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0644);
	numbering_write_bytes(s.csv, VST_STR("<!DOCTYPE html><title>403</title>"));
	refuse(&s, VST_E_INVALID, "web page");
	numbering_write(s.csv, "900;0000000;0000009;11;a;-;Алтайский край;7700000001\n");
	refuse(&s, VST_E_INVALID, "line 2");
	numbering_write(s.csv, "900;0000000;0000009;10;a;-;Алтайский край;7700000001\n");
	refuse(&s, VST_E_INVALID, "less than half");
	assert_int_equal(unlink(s.csv), 0);
	refuse(&s, VST_E_IO, "cannot be opened");
	assert_int_equal(mkdir(s.csv, 0700), 0);
	refuse(&s, VST_E_INVALID, "regular file");
	close_scene(&s);
}

static void another_kind_of_file_is_not_overwritten(void **state)
{
	struct scene s;

	(void) state;
	open_scene(&s, NULL);
	numbering_write(s.csv, numbering_rows);
	numbering_write_bytes(s.target, VST_STR("extension=vestnik.so\n"));
	refuse(&s, VST_E_INVALID, "another kind of file");
	/* A damaged plan may be replaced, and an empty file too. */
	numbering_write_bytes(s.target, VST_STR(VST_PLAN_MAGIC "damaged"));
	import_rows(&s, numbering_rows);
	assert_non_null(vst_numbering_plan_current(s.plan));
	numbering_write_bytes(s.target, VST_STR(""));
	import_rows(&s, numbering_rows);
	assert_non_null(vst_numbering_plan_current(s.plan));
	close_scene(&s);
}

static void an_import_tells_what_it_read(void **state)
{
	struct scene s;
	json_t *out = NULL;
	vst_err err = VST_ERR_INIT;

	(void) state;
	open_scene(&s, NULL);
	numbering_write(s.csv, numbering_rows);
	assert_ok(import(&s, &out, &err), err);
	assert_int_equal(json_integer_value(json_object_get(out, "ranges")), 8);
	assert_int_equal(json_integer_value(json_object_get(out, "numbers")), 2000200);
	assert_int_equal(json_integer_value(json_object_get(out, "operators")), 2);
	assert_int_equal(json_integer_value(json_object_get(out, "imported")), SHOP_NOON);
	assert_int_equal(json_integer_value(json_object_get(out, "unknown_territories")), 1);
	assert_string_equal(json_string_value(json_object_get(out, "unknown_territory")), "Страна Оз");
	assert_string_equal(json_string_value(json_object_get(out, "path")), s.target);
	json_decref(out);
	close_scene(&s);
}

static void assert_zones(const char *const *names, const char *joined)
{
	char text[256] = "";

	for (size_t i = 0; names[i] != NULL; i++) {
		(void) snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i > 0 ? "|" : "", names[i]);
	}
	assert_string_equal(text, joined);
}

static void a_message_takes_the_zones_of_its_number(void **state)
{
	static const struct {
		const char *phone, *timezone, *region, *zones;
	} cases[] = {
		{"+79142500000", "", "", "Asia/Yakutsk|Asia/Ust-Nera|Asia/Srednekolymsk"},
		{"+79990000001", "", "", "Asia/Krasnoyarsk"},
		{"+79990000050", "", "", "Asia/Kamchatka"},
		{"+79990000050", "Europe/Moscow", "", "Europe/Moscow"},
		{"+79540000050", "", "", ""},
		{"+79990000999", "", "", ""},
		{"+375290000001", "", "", ""},
		{"no phone", "", "", ""},
		{"+79990000050", "", "Свердловская обл.", "Asia/Yekaterinburg"},
		{"+79990000999", "", "Саха /Якутия/ Респ", "Asia/Yakutsk|Asia/Ust-Nera|Asia/Srednekolymsk"},
		{"+79990000050", "Europe/Moscow", "Свердловская обл.", "Europe/Moscow"},
		{"+79990000050", "", "Атлантида", "Asia/Kamchatka"},
		{"+79990000050", "", "Россия", "Asia/Kamchatka"},
		{"+79990000999", "", "Атлантида", ""},
		{"no phone", "", "г Москва", "Europe/Moscow"},
	};
	struct scene s;

	(void) state;
	open_scene(&s, NULL);
	import_rows(&s, numbering_rows);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		vst_submission message = shop_message(cases[i].phone, "Заказ 15 собран");
		vst_receipt receipt;
		json_t *stored, *list;

		message.timezone = vst_str_from(cases[i].timezone);
		message.region = vst_str_from(cases[i].region);
		receipt = shop_submit(&s.shop, &message);
		assert_zones(receipt.timezones, cases[i].zones);
		stored = shop_stored(&s.shop, receipt.id);
		list = json_object_get(stored, "timezones");
		for (size_t n = 0; receipt.timezones[n] != NULL; n++) {
			assert_string_equal(json_string_value(json_array_get(list, n)), receipt.timezones[n]);
		}
		json_decref(stored);
	}
	close_scene(&s);
}

/* What was prepared with one plan is stored as it was prepared, although the plan is replaced before the batch is. */
static void a_plan_replaced_in_the_middle_of_a_batch_does_no_harm(void **state)
{
	struct scene s;
	vst_batch *batch = NULL;
	vst_err err = VST_ERR_INIT;
	json_t *out = NULL;

	(void) state;
	open_scene(&s, NULL);
	import_rows(&s, numbering_rows);
	assert_ok(vst_batch_new(s.shop.engine, &batch, &err), err);
	for (int i = 0; i < 200; i++) {
		vst_submission message = shop_message("+79142500000", "Заказ 15 собран");

		assert_ok(vst_batch_add(batch, &message, &err), err);
		if (i % 50 == 0) {
			import_rows(&s, i % 100 == 0 ? other_rows : numbering_rows);
		}
	}
	assert_ok(vst_batch_flush(batch, &err), err);
	assert_ok(vst_batch_result(batch, &out, &err), err);
	assert_int_equal(json_integer_value(json_object_get(out, "send")), 200);
	json_decref(out);
	vst_batch_free(batch);
	close_scene(&s);
}

/* Yakutia keeps three hours: advertising waits until it may arrive in all of them. */
static void advertising_waits_for_all_hours_of_yakutia(void **state)
{
	struct scene s;
	vst_submission message = shop_advertisement("+79142500000", "Скидки «Ромашки» по вашей подписке: romashka.example. Отказ: +79990000099");
	vst_receipt receipt;
	vst_err err = VST_ERR_INIT;

	(void) state;
	open_scene(&s, NULL);
	import_rows(&s, numbering_rows);
	shop_consent(&s.shop, "+79142500000");
	assert_ok(vst_engine_check(s.shop.engine, &message, &s.shop.arena, &receipt, &err), err);
	assert_int_equal(receipt.decision.verdict, VST_VERDICT_SEND);
	/* 12:30 UTC: 21:30 in Yakutsk, but 23:30 in Srednekolymsk. */
	shop_advance(&s.shop, 3 * 3600 + 1800);
	assert_ok(vst_engine_check(s.shop.engine, &message, &s.shop.arena, &receipt, &err), err);
	assert_int_equal(receipt.decision.verdict, VST_VERDICT_DEFER);
	/* 22:00 UTC: 07:00 in Yakutsk at last. */
	assert_int_equal(receipt.decision.due, SHOP_NOON + 13 * 3600);
	close_scene(&s);
}

static const char strict_settings[] =
	"{\"entities\":{\"main\":{\"name\":\"ООО «Ромашка»\",\"brand\":\"Ромашка\",\"ogrn\":\"1027700000000\","
	"\"address\":\"Москва\",\"site\":\"https://romashka.example\",\"opt_out_number\":\"+79990000099\"}},"
	"\"providers\":{\"sandbox\":{}},\"senders\":{\"Romashka\":{}},"
	"\"windows\":{\"advertising\":{\"preset\":\"strict\"},\"rules\":[{\"category\":\"advertising\","
	"\"operator\":\"7700000009\",\"from\":\"08:00\",\"to\":\"18:00\"}]}}";

/* The law of the delivery region holds, not that of the number; what was known at submit is known at dispatch. */
static void the_delivery_regions_law_holds_also_at_dispatch(void **state)
{
	struct scene s;
	vst_submission message = shop_advertisement(
		"+79990000050", "Скидки «Ромашки» по вашей подписке: romashka.example. Отказ: +79990000099");
	vst_receipt receipt;
	vst_err err = VST_ERR_INIT;

	(void) state;
	open_scene(&s, strict_settings);
	import_rows(&s, numbering_rows);
	shop_consent(&s.shop, "+79990000050");
	shop_advance(&s.shop, 9 * 3600 + 1800); /* 21:30 in Moscow */
	message.region = VST_STR("Московская обл.");
	assert_ok(vst_engine_check(s.shop.engine, &message, &s.shop.arena, &receipt, &err), err);
	assert_int_equal(receipt.decision.verdict, VST_VERDICT_DEFER);
	assert_int_equal(receipt.decision.due, SHOP_NOON + 20 * 3600); /* 08:00 */
	message.region = VST_STR("г Москва");
	assert_int_equal(shop_submit(&s.shop, &message).decision.verdict, VST_VERDICT_SEND);
	import_rows(&s, other_rows);
	assert_int_equal(shop_dispatch(&s.shop).sent, 1);
	close_scene(&s);
}

static void a_route_for_an_operator_needs_the_plan(void **state)
{
	static const char settings[] =
		"{\"entities\":{\"main\":{\"name\":\"ООО "
	    "«Ромашка»\",\"brand\":\"Ромашка\",\"opt_out_number\":\"+79990000099\"}},"
		"\"providers\":{\"sandbox\":{},\"smsru\":{\"api_id\":\"x\",\"url\":\"http://127.0.0.1:9\"}},"
		"\"senders\":{\"Romashka\":{}},"
		"\"routes\":[{\"provider\":\"smsru\",\"operator\":\"ПАО \\\"Второй\\\"\"},"
		"{\"provider\":\"smsru\",\"operator\":\"7700000001\",\"category\":\"authentication\"},{\"provider\":"
	    "\"sandbox\"}]}";
	static const struct {
		const char *phone;
		bool code;
		const char *provider;
	} cases[] = {
		{"+79990000050", false, "smsru"},
		{"+79990000001", false, "sandbox"},
		{"+79990000001", true, "smsru"},
		{"+79990000999", true, "sandbox"},
	};
	struct scene s;

	(void) state;
	open_scene(&s, settings);
	for (int with_plan = 0; with_plan < 2; with_plan++) {
		for (size_t i = 0; i < COUNT_OF(cases); i++) {
			vst_submission message = shop_message(cases[i].phone, "Код 1234");
			json_t *stored;

			message.category = cases[i].code ? VST_STR("authentication") : message.category;
			stored = shop_stored(&s.shop, shop_submit(&s.shop, &message).id);
			assert_string_equal(json_string_value(json_object_get(stored, "provider")),
			                    with_plan != 0 ? cases[i].provider : "sandbox");
			json_decref(stored);
		}
		import_rows(&s, numbering_rows);
	}
	close_scene(&s);
}

static void assert_health(struct scene *s, const char *state, const char *problem)
{
	static const char *const codes[] = {"numbering_absent", "numbering_broken", "numbering_old"};
	json_t *out = NULL, *item;
	vst_err err = VST_ERR_INIT;
	size_t i;

	s->shop.monotonic_ns += SECOND_NS;
	assert_ok(vst_engine_health(s->shop.engine, &out, &err), err);
	assert_string_equal(json_string_value(json_object_get(json_object_get(out, "numbering"), "state")), state);
	for (size_t n = 0; n < COUNT_OF(codes); n++) {
		bool found = false;

		json_array_foreach(json_object_get(out, "problems"), i, item) {
			found = found || strcmp(json_string_value(json_object_get(item, "code")), codes[n]) == 0;
		}
		if (found != (strcmp(codes[n], problem) == 0)) {
			fail_msg("health %s %s", found ? "has" : "lacks", codes[n]);
		}
	}
	json_decref(out);
}

static void health_tells_an_absent_old_or_damaged_plan(void **state)
{
	struct scene s;

	(void) state;
	open_scene(&s, NULL);
	assert_health(&s, "absent", "numbering_absent");
	import_rows(&s, numbering_rows);
	assert_health(&s, "ready", "");
	shop_advance(&s.shop, 60 * 86400);
	assert_health(&s, "ready", "");
	shop_advance(&s.shop, 1);
	assert_health(&s, "ready", "numbering_old");
	assert_int_equal(unlink(s.target), 0);
	assert_health(&s, "absent", "numbering_absent");
	numbering_write_bytes(s.target, VST_STR("something else"));
	assert_health(&s, "broken", "numbering_broken");
	close_scene(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_plan_is_seen_within_a_second),
		cmocka_unit_test(a_damaged_file_is_passed_over_and_the_plan_kept),
		cmocka_unit_test(a_refused_import_leaves_the_old_file),
		cmocka_unit_test(another_kind_of_file_is_not_overwritten),
		cmocka_unit_test(an_import_tells_what_it_read),
		cmocka_unit_test(a_message_takes_the_zones_of_its_number),
		cmocka_unit_test(the_delivery_regions_law_holds_also_at_dispatch),
		cmocka_unit_test(a_plan_replaced_in_the_middle_of_a_batch_does_no_harm),
		cmocka_unit_test(advertising_waits_for_all_hours_of_yakutia),
		cmocka_unit_test(a_route_for_an_operator_needs_the_plan),
		cmocka_unit_test(health_tells_an_absent_old_or_damaged_plan),
	};

	return cmocka_run_group_tests_name("engine/numbering", tests, NULL, NULL);
}
