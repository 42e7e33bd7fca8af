#include <stdio.h>
#include <stdlib.h>

#include "check.h"

#include "allocation.h"
#include "law/law.h"
#include "law/rule.h"
#include "law_scene.h"
#include "text/measure.h"
#include "text/utf8.h"
#include "vectors.h"

/* "R03:consent_missing:refuse", with ":acknowledged" where it is */
static void describe(const vst_finding *finding, char out[128])
{
	(void) snprintf(out, 128, "%s:%s:%s%s", finding->rule, finding->code, vst_finding_verdict_name(finding->verdict),
	                finding->acknowledged ? ":acknowledged" : "");
}

static void check_findings(const char *name, const json_t *item, const vst_decision *decision)
{
	const json_t *wanted = json_object_get(item, "findings");
	vst_str words = vectors_text(item, "words", "");
	bool said = words.len == 0;

	for (size_t i = 0; i < decision->finding_count; i++) {
		const vst_finding *finding = &decision->findings[i];
		char text[128];
		const char *expected = json_string_value(json_array_get(wanted, i));

		describe(finding, text);
		case_text(name, "finding", vst_str_from(text), vst_str_from(expected));
		assert_true(finding->explanation_ru.len > 0 && finding->explanation_en.len > 0);
		assert_int_equal(vst_utf8_check(finding->explanation_ru, NULL), VST_UTF8_OK);
		assert_true(strlen(finding->basis_ru) > 0 && strlen(finding->basis_en) > 0);
		case_integer(name, "until of a deferral", finding->until != 0, finding->verdict == VST_FINDING_DEFER);
		said = said || vst_str_contains(finding->explanation_ru, words);
	}
	case_integer(name, "findings", decision->finding_count, json_array_size(wanted));
	if (!said) {
		fail_msg("%s: no explanation says \"%s\"", name, words.ptr);
	}
}

/* Charges have the numbers of their places, from 1. */
static void check_outbids(const char *name, const json_t *item, const vst_decision *decision)
{
	const json_t *wanted = json_object_get(item, "outbids");

	case_integer(name, "outbids", decision->outbid_count, json_array_size(wanted));
	for (size_t i = 0; i < decision->outbid_count; i++) {
		case_integer(name, "outbids", decision->outbids[i], json_integer_value(json_array_get(wanted, i)));
	}
}

static void check_case(const json_t *item)
{
	const char *name = json_string_value(json_object_get(item, "name"));
	vst_law_settings *settings = scene_settings(json_object_get(item, "settings"));
	gate_scene scene;
	vst_arena arena = VST_ARENA_INIT;
	vst_decision decision;
	vst_measure measured;
	vst_err err = VST_ERR_INIT;

	scene_set(&scene, json_object_get(item, "facts"));
	memset(&decision, 0xA5, sizeof decision); /* nothing of it may be left over */
	assert_int_equal(vst_gate_decide(settings, &scene.facts, &arena, &decision, &err), VST_OK);
	check_findings(name, item, &decision);
	case_text(name, "verdict", vst_str_from(vst_verdict_name(decision.verdict)), vectors_text(item, "verdict", NULL));
	case_integer(name, "due", decision.due, vectors_instant(json_object_get(item, "due")));
	if (json_object_get(item, "text") != NULL) {
		case_text(name, "text", decision.text, vectors_text(item, "text", NULL));
	}
	if (json_object_get(item, "category") != NULL) {
		case_text(name, "category", vst_str_from(vst_category_name(decision.category)),
		          vectors_text(item, "category", NULL));
	}
	if (json_object_get(item, "valid_until") != NULL) {
		case_integer(name, "valid_until", decision.valid_until, vectors_instant(json_object_get(item, "valid_until")));
	}
	if (json_object_get(item, "waits_for") != NULL) {
		case_text(name, "waits_for", vst_str_from(decision.waits_for), vectors_text(item, "waits_for", NULL));
	}
	vst_text_measure(decision.text, &measured);
	case_integer(name, "segments", decision.segments, vectors_integer(item, "segments", measured.segments));
	case_text(name, "encoding", vst_str_from(vst_encoding_name(decision.encoding)),
	          vectors_text(item, "encoding", vst_encoding_name(measured.encoding)));
	case_text(name, "counts", vst_str_from(scene_charge_kinds[decision.counts]),
	          vectors_text(item, "counts", decision.category == VST_ADVERTISING ? "advertising" : "none"));
	assert_int_equal(decision.waits_for != NULL, decision.verdict == VST_VERDICT_DEFER);
	check_outbids(name, item, &decision);
	scene_clear(&scene);
	vst_arena_free(&arena);
	vst_law_settings_free(settings);
}

static void the_gate_decides_as_the_cases_say(void **state)
{
	static const char *const known[] = {
		"name", "settings",    "facts",     "verdict",  "findings", "words",           "text",
		"due",  "valid_until", "waits_for", "segments", "encoding", "counts", "category", "outbids", NULL};
	json_t *cases = vectors_load("gate.json");
	size_t i;
	json_t *item;

	(void) state;
	json_array_foreach(cases, i, item) {
		vectors_known(item, known);
		check_case(item);
	}
	assert_true(i > 100);
	json_decref(cases);
}

/* Every finding that can be made is made by some case, so every rule refuses, defers, warns or rewrites somewhere. */
static void every_finding_has_a_case(void **state)
{
	json_t *cases = vectors_load("gate.json");

	(void) state;
	for (int id = 0; id < VST_FINDING_ID_COUNT; id++) {
		const vst_finding_kind *kind = &vst_finding_kinds()[id];
		char wanted[128];
		bool made = false;
		size_t i, j;
		json_t *item, *finding;

		assert_non_null(kind->rule);
		(void) snprintf(wanted, sizeof wanted, "%s:%s:%s", kind->rule, kind->code,
		                vst_finding_verdict_name(kind->verdict));
		json_array_foreach(cases, i, item) {
			json_array_foreach(json_object_get(item, "findings"), j, finding) {
				made = made || vst_str_starts(vst_str_from(json_string_value(finding)), vst_str_from(wanted));
			}
		}
		if (!made) {
			fail_msg("no case makes %s", wanted);
		}
	}
	json_decref(cases);
}

static void the_table_is_complete_and_in_order(void **state)
{
	const char *before = "";

	(void) state;
	for (const vst_rule *rule = vst_rules(); rule->id != NULL; rule++) {
		assert_true(strcmp(before, rule->id) < 0);
		before = rule->id;
		assert_true(strlen(rule->name_ru) > 0 && strlen(rule->name_en) > 0);
		assert_true(strlen(rule->basis_ru) > 0 && strlen(rule->basis_en) > 0);
		assert_int_equal(rule->next != NULL, rule->deferred != NULL);
		assert_int_equal(rule->rewrite != NULL, rule->rewrite_turn != 0);
		assert_true(rule->rewrite_turn <= VST_REWRITE_TURNS);
		if (rule->looks != 0) {
			assert_true(rule->reclassify != NULL || rule->rewrite != NULL || rule->check != NULL || rule->next != NULL || rule->at_due != NULL);
		}
	}
	assert_true(strlen(vst_law_version()) > 0);
}

/* A deferral must lead to a lawful instant: decided again then, the same message is sent. */
static void what_is_deferred_is_sent_at_its_due_time(void **state)
{
	vst_law_settings *settings = scene_settings(NULL);
	const char *const *zones = scene_zone_names("russian");
	uint64_t seed = 31;
	int deferred = 0;

	(void) state;
	for (int round = 0; round < 5000; round++) {
		gate_scene scene;
		vst_arena arena = VST_ARENA_INIT;
		vst_decision decision;
		vst_err err = VST_ERR_INIT;
		int64_t now;

		scene_set(&scene, NULL);
		now = scene.facts.now + (int64_t) (vectors_random(&seed) % (30 * 86400));
		scene.facts.now = now;
		for (size_t i = 0; i < 1 + vectors_random(&seed) % 3; i++) {
			scene.zones[i] = scene_zone(zones[vectors_random(&seed) % 27]);
			scene.facts.zone_count = i + 1;
		}
		scene.person.charge_count = vectors_random(&seed) % 5;
		for (size_t i = 0; i < scene.person.charge_count; i++) {
			int64_t before = i == 0 ? now - 8 * 86400 : scene.person.charges[i - 1].at;

			scene.person.charges[i] = (vst_cap_charge) {.at = before + (int64_t) (vectors_random(&seed) % (4 * 86400)),
			                                            .seq = (int64_t) i + 1,
			                                            .kind = VST_CHARGE_ADVERTISING};
			scene.person.charges[i].sent = scene.person.charges[i].at <= now;
		}
		scene.facts.spread = true;
		scene.facts.spread_key = vectors_random(&seed);
		assert_int_equal(vst_gate_decide(settings, &scene.facts, &arena, &decision, &err), VST_OK);
		assert_int_not_equal(decision.verdict, VST_VERDICT_REFUSE);
		if (decision.verdict == VST_VERDICT_DEFER) {
			deferred++;
			assert_true(decision.due > now);
			assert_true(decision.valid_until > decision.due);
			scene.facts.now = decision.due;
			scene.facts.at_dispatch = true;
			assert_int_equal(vst_gate_decide(settings, &scene.facts, &arena, &decision, &err), VST_OK);
			assert_int_equal(decision.verdict, VST_VERDICT_SEND);
		}
		vst_arena_free(&arena);
	}
	assert_true(deferred > 1000);
	vst_law_settings_free(settings);
}

/* Facts that can only make it worse; of one group at most one is taken. */
static const struct {
	int group;
	const char *facts;
} defects[] = {
	{0, "{\"person\": {\"advertising\": {\"status\": \"none\"}}}"},
	{0, "{\"person\": {\"advertising\": {\"status\": \"unconfirmed\", \"complete\": false}}}"},
	{0, "{\"person\": {\"advertising\": {\"status\": \"withdrawn\"}}}"},
	{1, "{\"person\": {\"stop_advertising\": [\"complaint\"]}}"},
	{1, "{\"person\": {\"stop_advertising\": [\"opt_out\"], \"stop_all\": [\"opt_out\"]}}"},
	{2, "{\"person\": {\"bar_until\": \"2027-01-01T00:00Z\"}}"},
	{3, "{\"person\": {\"charges\": [\"2026-11-20T10:00Z\", \"2026-11-22T10:00Z\"]}}"},
	{3, "{\"person\": {\"charges\": [{\"at\": \"2026-11-24T10:00Z\", \"days\": 64}]}}"},
	{4, "{\"approved_by\": \"\"}"},
	{5, "{\"now\": \"2026-11-23T21:00Z\"}"},
	{5, "{\"zones\": \"russian\"}"},
	{6, "{\"valid_until\": \"2026-11-23T12:30Z\"}"},
	{6, "{\"valid_until\": \"2026-11-23T11:00Z\"}"},
	{7, "{\"phone\": {\"valid\": false}}"},
	{7, "{\"phone\": {\"mobile\": false}}"},
	{7, "{\"phone\": {\"country\": \"KZ\"}}"},
	{8, "{\"sender\": {\"name\": \"Ромашка\"}}"},
	{8, "{\"sender\": {\"named\": false}}"},
	{9, "{\"text\": \"Ромашка: {name}, скидка на розы\"}"},
	{9, "{\"text\": [[\"Очень длинно. \", 60]]}"},
	{10, "{\"entity\": {\"opt_out_number\": \"\"}}"},
	{11, "{\"offer_until\": \"2026-11-23T11:00Z\"}"},
};

/* Verdicts ascend from send to refuse. */
static vst_verdict decide_json(const vst_law_settings *settings, const json_t *facts, vst_decision *decision)
{
	gate_scene scene;
	vst_arena arena = VST_ARENA_INIT;
	vst_err err = VST_ERR_INIT;

	scene_set(&scene, facts);
	assert_int_equal(vst_gate_decide(settings, &scene.facts, &arena, decision, &err), VST_OK);
	scene_clear(&scene);
	vst_arena_free(&arena);
	return decision->verdict;
}

/* Whatever is wrong already, one thing more makes no verdict milder: a finding never turns refuse into send. */
static void one_more_defect_never_makes_the_verdict_milder(void **state)
{
	static const char *const bases[] = {
		"{}",
		"{\"category\": \"service\", \"order\": \"1234\", \"text\": \"Заказ 1234 передан в доставку\"}",
		"{\"category\": \"authentication\", \"text\": \"Код 4821 для входа\"}",
		"{\"priority\": 9, \"acknowledged\": [\"R06\", \"R17\", \"R19\", \"R33\"]}",
	};
	vst_law_settings *settings = scene_settings(NULL);
	uint64_t seed = 11;
	int refused = 0;

	(void) state;
	for (int round = 0; round < 4000; round++) {
		json_t *facts = json_loads(bases[round % (int) COUNT_OF(bases)], 0, NULL);
		vst_decision before, after;
		unsigned groups = 0;

		decide_json(settings, facts, &before);
		for (int step = 0; step < 5; step++) {
			size_t which = vectors_random(&seed) % COUNT_OF(defects);
			json_t *defect = json_loads(defects[which].facts, 0, NULL);

			assert_non_null(defect);
			if ((groups & 1u << defects[which].group) == 0) {
				groups |= 1u << defects[which].group;
				assert_int_equal(json_object_update_recursive(facts, defect), 0);
				decide_json(settings, facts, &after);
				if (after.verdict < before.verdict) {
					fail_msg("%s turns %s into %s", defects[which].facts, vst_verdict_name(before.verdict),
					         vst_verdict_name(after.verdict));
				}
				before = after;
			}
			json_decref(defect);
		}
		refused += before.verdict == VST_VERDICT_REFUSE;
		json_decref(facts);
	}
	assert_true(refused > 1000);
	vst_law_settings_free(settings);
}

/* A text rewritten once needs no rewriting again: what is stored is what a second look would leave. */
static void rewrites_settle_in_one_decision(void **state)
{
	json_t *cases = vectors_load("gate.json");
	size_t i;
	json_t *item;

	(void) state;
	json_array_foreach(cases, i, item) {
		vst_law_settings *settings = scene_settings(json_object_get(item, "settings"));
		gate_scene scene;
		vst_arena arena = VST_ARENA_INIT;
		vst_decision first, second;
		vst_err err = VST_ERR_INIT;

		scene_set(&scene, json_object_get(item, "facts"));
		assert_int_equal(vst_gate_decide(settings, &scene.facts, &arena, &first, &err), VST_OK);
		scene.facts.text = first.text;
		assert_int_equal(vst_gate_decide(settings, &scene.facts, &arena, &second, &err), VST_OK);
		case_text(json_string_value(json_object_get(item, "name")), "text rewritten again", second.text, first.text);
		scene_clear(&scene);
		vst_arena_free(&arena);
		vst_law_settings_free(settings);
	}
	json_decref(cases);
}

static void a_failed_allocation_is_reported(void **state)
{
	vst_law_settings *settings = scene_settings(NULL);
	json_t *facts = json_pack("{s:s, s:s, s:s}", "text", " Sale «20%»", "now", "2026-11-23T21:00Z", "approved_by", "");
	unsigned long nth = 0;
	vst_rc rc;

	(void) state;
	do {
		gate_scene scene;
		vst_arena arena = VST_ARENA_INIT;
		vst_decision decision;
		vst_err err = VST_ERR_INIT;

		scene_set(&scene, facts);
		fail_allocation(++nth);
		rc = vst_gate_decide(settings, &scene.facts, &arena, &decision, &err);
		fail_allocation(0);
		assert_true(rc == VST_OK || rc == VST_E_NOMEM);
		scene_clear(&scene);
		vst_arena_free(&arena);
	} while (rc != VST_OK);
	assert_true(nth > 1);
	json_decref(facts);
	vst_law_settings_free(settings);
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
		cmocka_unit_test(the_gate_decides_as_the_cases_say),
		cmocka_unit_test(every_finding_has_a_case),
		cmocka_unit_test(the_table_is_complete_and_in_order),
		cmocka_unit_test(what_is_deferred_is_sent_at_its_due_time),
		cmocka_unit_test(one_more_defect_never_makes_the_verdict_milder),
		cmocka_unit_test(rewrites_settle_in_one_decision),
		cmocka_unit_test(a_failed_allocation_is_reported),
	};

	return cmocka_run_group_tests_name("law/gate", tests, NULL, end);
}
