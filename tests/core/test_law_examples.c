/*
 * The examples of docs/rules.md, data/rule_examples.json: for every rule at least one message that passes it and one that
 * does not. Most are decisions of the gate; a rule that something else enforces says by "at" where.
 */
#define _GNU_SOURCE
#include "shop.h"

#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

#include "law/rule.h"
#include "law_scene.h"
#include "vectors.h"

/* The whole law as this project reads it; every rule stands in the table and has its examples. */
static const char *const rule_ids[] = {
	"R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R09", "R10", "R11", "R12",
	"R13", "R14", "R15", "R16", "R17", "R18", "R19", "R20", "R21", "R22", "R23", "R24",
	"R25", "R26", "R27", "R28", "R29", "R30", "R31", "R32", "R33", "R34", "R35",
};

/* One example, and the name that a failure gives it. */
typedef struct example {
	const char *name, *rule;
	const json_t *json;
	bool passes;
} example;

/* ---- the gate ---- */

static void check_findings(const example *e, const vst_decision *decision)
{
	const json_t *wanted = json_object_get(e->json, "findings");
	bool of_rule = false;

	for (size_t i = 0; i < decision->finding_count; i++) {
		const vst_finding *finding = &decision->findings[i];
		const char *expected = json_string_value(json_array_get(wanted, i));
		char text[128];

		(void) snprintf(text, sizeof text, "%s:%s:%s%s", finding->rule, finding->code,
		                vst_finding_verdict_name(finding->verdict), finding->acknowledged ? ":acknowledged" : "");
		case_text(e->name, "finding", vst_str_from(text), vst_str_from(expected != NULL ? expected : ""));
		of_rule = of_rule || strcmp(finding->rule, e->rule) == 0;
	}
	case_integer(e->name, "findings", decision->finding_count, json_array_size(wanted));
	case_integer(e->name, "a finding of the rule", of_rule, !e->passes);
}

static void check_gate(const example *e)
{
	static const char *const known[] = {"ru", "en", "settings", "facts", "verdict", "category", "findings", "text",
	                                    "due", NULL};
	vst_law_settings *settings = scene_settings(json_object_get(e->json, "settings"));
	gate_scene scene;
	vst_arena arena = VST_ARENA_INIT;
	vst_decision decision;
	vst_err err = VST_ERR_INIT;

	vectors_known(e->json, known);
	scene_set(&scene, json_object_get(e->json, "facts"));
	assert_int_equal(vst_gate_decide(settings, &scene.facts, &arena, &decision, &err), VST_OK);
	check_findings(e, &decision);
	case_text(e->name, "verdict", vst_str_from(vst_verdict_name(decision.verdict)),
	          vectors_text(e->json, "verdict", ""));
	case_text(e->name, "category", vst_str_from(vst_category_name(decision.category)),
	          vectors_text(e->json, "category", vst_category_name(scene.facts.category)));
	case_text(e->name, "text", decision.text, vectors_text(e->json, "text", scene.facts.text.ptr));
	case_integer(e->name, "due", decision.due, vectors_instant(json_object_get(e->json, "due")));
	scene_clear(&scene);
	vst_arena_free(&arena);
	vst_law_settings_free(settings);
}

/* ---- what is enforced elsewhere ---- */

/* R01: what is not even a message is an error of the caller, not a decision. */
static void check_submit(const example *e)
{
	static const char *const known[] = {"at", "ru", "en", "message", "verdict", "error", NULL};
	static const char *const fields[] = {"phone", "category", "order", "text", NULL};
	const json_t *given = json_object_get(e->json, "message");
	vst_submission message;
	vst_receipt receipt;
	vst_err err = VST_ERR_INIT;
	struct shop shop;
	vst_rc rc;

	vectors_known(e->json, known);
	vectors_known(given, fields);
	shop_open(&shop, NULL);
	message = shop_message(vectors_text(given, "phone", NULL).ptr, vectors_text(given, "text", NULL).ptr);
	message.category = vectors_text(given, "category", "");
	message.order_number = vectors_text(given, "order", "");
	rc = vst_engine_submit(shop.engine, &message, &shop.arena, &receipt, &err);
	case_integer(e->name, "result", rc, e->passes ? VST_OK : VST_E_INVALID);
	case_text(e->name, "error", vst_str_from(err.text), vectors_text(e->json, "error", ""));
	if (rc == VST_OK) {
		case_text(e->name, "verdict", vst_str_from(vst_verdict_name(receipt.decision.verdict)),
		          vectors_text(e->json, "verdict", ""));
	}
	shop_close(&shop);
}

/* R30: so many messages of a numeric sender are ready at the same instant. */
static void check_rate(const example *e)
{
	static const char *const known[] = {"at", "ru", "en", "messages", "waiting", "code", NULL};
	int64_t count = vectors_integer(e->json, "messages", 0), waiting = vectors_integer(e->json, "waiting", 0);
	struct shop shop;
	vst_receipt last;
	json_t *stored;
	const char *reason;

	vectors_known(e->json, known);
	shop_open(&shop, "{\"entities\":{\"main\":{\"name\":\"Ромашка\"}},\"providers\":{\"sandbox\":{}},"
	                 "\"senders\":{\"79990000098\":{}}}");
	for (int64_t i = 0; i < count; i++) {
		char phone[16];
		vst_submission message = shop_message(phone, "Заказ 15 передан в доставку");

		(void) snprintf(phone, sizeof phone, "+7999000%04d", (int) i);
		message.phone = vst_str_from(phone);
		last = shop_submit(&shop, &message);
	}
	case_integer(e->name, "sent", shop_dispatch(&shop).sent, count - waiting);
	stored = shop_stored(&shop, last.id);
	reason = json_string_value(json_object_get(json_object_get(stored, "waits"), "for"));
	case_text(e->name, "code", vst_str_from(reason != NULL ? reason : ""), vectors_text(e->json, "code", ""));
	case_integer(e->name, "waiting", waiting > 0, !e->passes);
	json_decref(stored);
	shop_close(&shop);
}

/* No file may grow: what a full disk or a quota does. Without the signal the write itself fails. */
static void limit_files(bool limited)
{
	struct rlimit limit;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = limited ? 0 : limit.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	(void) signal(SIGXFSZ, limited ? SIG_IGN : SIG_DFL);
}

/* R34 */
static void check_store(const example *e)
{
	static const char *const known[] = {"at", "ru", "en", "writes", "stored", NULL};
	bool writes = vectors_bool(e->json, "writes", true);
	vst_submission message = shop_message("+79990000001", "Заказ 15 передан в доставку");
	json_t *filter = json_object();
	int64_t stored = 0;
	vst_receipt receipt;
	vst_err err = VST_ERR_INIT;
	struct shop shop;
	vst_rc rc;

	vectors_known(e->json, known);
	shop_open(&shop, NULL);
	limit_files(!writes);
	rc = vst_engine_submit(shop.engine, &message, &shop.arena, &receipt, &err);
	limit_files(false);
	case_integer(e->name, "result", rc, e->passes ? VST_OK : VST_E_IO);
	case_integer(e->name, "domain of the error", rc != VST_OK && err.domain == VST_DOMAIN_STORE, !e->passes);
	assert_ok(vst_engine_message_count(shop.engine, filter, 100, &stored, &err), err);
	case_integer(e->name, "stored", stored, vectors_integer(e->json, "stored", -1));
	case_integer(e->name, "sent", shop_dispatch(&shop).sent, stored);
	json_decref(filter);
	shop_close(&shop);
}

/* R35: of the health's problems only those of a data operator's duties. */
static void check_health(const example *e)
{
	static const char *const known[] = {"at", "ru", "en", "settings", "problems", NULL};
	static const char *const of_data[] = {"data_abroad", "no_processor_contract", "no_regulator_notice"};
	json_t *health = NULL, *problem, *wanted = json_object_get(e->json, "problems"), *item;
	struct shop shop;
	char settings[512], *rules = json_dumps(json_object_get(e->json, "settings"), JSON_COMPACT);
	vst_err err = VST_ERR_INIT;
	size_t i, j, found = 0;

	vectors_known(e->json, known);
	(void) snprintf(settings, sizeof settings,
	                "{\"entities\":{\"main\":{\"name\":\"Ромашка\"}},\"providers\":{\"smsru\":{\"api_id\":\"x\"}},"
	                "\"rules\":{\"R35\":%s}}",
	                rules);
	shop_open(&shop, settings);
	assert_ok(vst_engine_health(shop.engine, &health, &err), err);
	json_array_foreach(json_object_get(health, "problems"), i, problem) {
		vst_str code = vectors_text(problem, "code", "");
		bool of_rule = false, expected = false;

		for (j = 0; j < COUNT_OF(of_data); j++) {
			of_rule = of_rule || vst_str_is(code, of_data[j]);
		}
		json_array_foreach(wanted, j, item) {
			expected = expected || vst_str_is(code, json_string_value(item));
		}
		case_integer(e->name, code.ptr, of_rule, expected);
		found += of_rule;
	}
	case_integer(e->name, "problems", found, json_array_size(wanted));
	case_integer(e->name, "a problem", found > 0, !e->passes);
	json_decref(health);
	free(rules);
	shop_close(&shop);
}

/* ---- all of them ---- */

static const struct {
	const char *at;
	void (*check)(const example *e);
} places[] = {
	{"gate", check_gate}, {"submit", check_submit}, {"rate", check_rate}, {"store", check_store}, {"health", check_health},
};

static void check_examples(const json_t *entry, bool passes)
{
	const json_t *list = json_object_get(entry, passes ? "passes" : "fails");
	size_t i;
	json_t *item;

	json_array_foreach(list, i, item) {
		char name[64];
		example e = {name, vectors_text(entry, "rule", NULL).ptr, item, passes};
		vst_str at = vectors_text(item, "at", "gate");
		bool known = false;

		(void) snprintf(name, sizeof name, "%s, %s example %zu", e.rule, passes ? "passing" : "failing", i + 1);
		assert_true(vectors_text(item, "ru", "").len > 0 && vectors_text(item, "en", "").len > 0);
		for (size_t j = 0; j < COUNT_OF(places) && !known; j++) {
			if (vst_str_is(at, places[j].at)) {
				places[j].check(&e);
				known = true;
			}
		}
		assert_true(known);
	}
}

static void the_rules_decide_as_their_examples_say(void **state)
{
	static const char *const known[] = {"rule", "passes", "fails", NULL};
	json_t *entries = vectors_load("rule_examples.json");
	size_t i;
	json_t *entry;

	(void) state;
	json_array_foreach(entries, i, entry) {
		vectors_known(entry, known);
		check_examples(entry, true);
		check_examples(entry, false);
	}
	json_decref(entries);
}

static void every_rule_has_a_passing_and_a_failing_example(void **state)
{
	json_t *entries = vectors_load("rule_examples.json");
	const vst_rule *rules = vst_rules();

	(void) state;
	for (size_t i = 0; i < COUNT_OF(rule_ids); i++) {
		const json_t *entry = json_array_get(entries, i);

		case_text(rule_ids[i], "the rule of the table", vst_str_from(rules[i].id), vst_str_from(rule_ids[i]));
		case_text(rule_ids[i], "the rule of the examples", vectors_text(entry, "rule", ""), vst_str_from(rule_ids[i]));
		case_integer(rule_ids[i], "a passing example", json_array_size(json_object_get(entry, "passes")) > 0, true);
		case_integer(rule_ids[i], "a failing example", json_array_size(json_object_get(entry, "fails")) > 0, true);
	}
	assert_null(rules[COUNT_OF(rule_ids)].id); /* the table holds no other rule */
	assert_int_equal(json_array_size(entries), COUNT_OF(rule_ids));
	json_decref(entries);
}

static int end(void **state)
{
	(void) state;
	scene_end();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rules_decide_as_their_examples_say),
		cmocka_unit_test(every_rule_has_a_passing_and_a_failing_example),
	};

	return cmocka_run_group_tests_name("law/examples", tests, NULL, end);
}
