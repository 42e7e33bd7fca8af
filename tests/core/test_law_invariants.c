/*
 * What holds for every decision, whatever the facts and settings: tested over scenes put together from the facts of the
 * cases in data/gate.json and data/rule_examples.json.
 */
#include "check.h"

#include <stdio.h>

#include "law/rule.h"
#include "law_scene.h"
#include "text/utf8.h"
#include "vectors.h"

#define SCENES 20000

typedef struct pool {
	json_t *files[2];
	const json_t *cases[512]; /* {facts, settings} */
	size_t count;
	uint64_t seed;
} pool;

static void pool_add(pool *p, const json_t *item)
{
	if (json_object_get(item, "facts") != NULL) {
		assert_true(p->count < COUNT_OF(p->cases));
		p->cases[p->count++] = item;
	}
}

static void pool_open(pool *p, uint64_t seed)
{
	static const char *const kinds[] = {"passes", "fails"};
	size_t i, j;
	json_t *item, *example;

	*p = (pool) {{vectors_load("gate.json"), vectors_load("rule_examples.json")}, {NULL}, 0, seed};
	json_array_foreach(p->files[0], i, item) {
		pool_add(p, item);
	}
	json_array_foreach(p->files[1], i, item) {
		for (size_t k = 0; k < COUNT_OF(kinds); k++) {
			json_array_foreach(json_object_get(item, kinds[k]), j, example) {
				pool_add(p, example);
			}
		}
	}
	assert_true(p->count > 150);
}

static void pool_close(pool *p)
{
	json_decref(p->files[0]);
	json_decref(p->files[1]);
}

static const json_t *pool_any(pool *p)
{
	return p->cases[vectors_random(&p->seed) % p->count];
}

/* Facts of some cases over one another, half of each case's; the caller owns them. */
static json_t *mixed_facts(pool *p, size_t cases)
{
	json_t *facts = json_object();

	for (size_t i = 0; i < cases; i++) {
		json_t *whole = json_object_get(pool_any(p), "facts"), *value;
		const char *key;

		json_object_foreach(whole, key, value) {
			if (vectors_random(&p->seed) % 2 == 0) {
				assert_int_equal(json_object_set(facts, key, value), 0);
			}
		}
	}
	return facts;
}

typedef struct decided {
	json_t *facts;
	gate_scene scene;
	vst_arena arena;
	vst_decision decision;
} decided;

static void decide(const vst_law_settings *settings, json_t *facts, decided *out)
{
	vst_err err = VST_ERR_INIT;

	out->facts = facts;
	out->arena = (vst_arena) VST_ARENA_INIT;
	scene_set(&out->scene, facts);
	assert_int_equal(vst_gate_decide(settings, &out->scene.facts, &out->arena, &out->decision, &err), VST_OK);
}

static void decided_free(decided *d)
{
	scene_clear(&d->scene);
	vst_arena_free(&d->arena);
	json_decref(d->facts);
}

/* Names the facts of a scene that breaks an invariant. */
static void broken(const decided *d, const char *what)
{
	char *facts = json_dumps(d->facts, JSON_COMPACT);

	fail_msg("%s: %s", what, facts);
}

/* send < defer < refuse */
static int weight(vst_verdict verdict)
{
	return verdict == VST_VERDICT_REFUSE ? 2 : verdict == VST_VERDICT_DEFER ? 1 : 0;
}

static bool refuses(const vst_decision *decision, const vst_finding *finding)
{
	return finding->verdict == VST_FINDING_REFUSE ||
	       (finding->verdict == VST_FINDING_WARN && !finding->acknowledged && decision->category == VST_ADVERTISING);
}

static bool is_same(const vst_finding *a, const vst_finding *b)
{
	return strcmp(a->rule, b->rule) == 0 && strcmp(a->code, b->code) == 0 && a->verdict == b->verdict &&
	       a->acknowledged == b->acknowledged;
}

static bool includes(const vst_decision *larger, const vst_decision *smaller)
{
	for (size_t i = 0; i < smaller->finding_count; i++) {
		bool found = false;

		for (size_t j = 0; j < larger->finding_count && !found; j++) {
			found = is_same(&larger->findings[j], &smaller->findings[i]);
		}
		if (!found) {
			return false;
		}
	}
	return true;
}

/* The entry of findings.c that a finding was made from; the pages of docs/rules.md are made from the same table. */
static bool is_in_table(const vst_finding *finding)
{
	for (int id = 0; id < VST_FINDING_ID_COUNT; id++) {
		const vst_finding_kind *kind = &vst_finding_kinds()[id];

		if (strcmp(kind->rule, finding->rule) == 0 && strcmp(kind->code, finding->code) == 0 &&
		    kind->verdict == finding->verdict) {
			return true;
		}
	}
	return false;
}

static bool is_said(vst_str words)
{
	return words.len > 0 && vst_utf8_check(words, NULL) == VST_UTF8_OK;
}

static void check_findings(const decided *d)
{
	const vst_decision *decision = &d->decision;

	for (size_t i = 0; i < decision->finding_count; i++) {
		const vst_finding *finding = &decision->findings[i];

		if (!is_in_table(finding)) {
			broken(d, "a finding that the table does not know");
		}
		if (i > 0 && strcmp(decision->findings[i - 1].rule, finding->rule) > 0) {
			broken(d, "findings out of the order of the rules");
		}
		for (size_t j = 0; j < i; j++) {
			if (strcmp(decision->findings[j].code, finding->code) == 0) {
				broken(d, "one cause found twice");
			}
		}
		if (!is_said(finding->explanation_ru) || !is_said(finding->explanation_en) ||
		    !is_said(vst_str_from(finding->basis_ru)) || !is_said(vst_str_from(finding->basis_en))) {
			broken(d, "a finding without words or basis");
		}
		if ((finding->until != 0) != (finding->verdict == VST_FINDING_DEFER)) {
			broken(d, "an instant that is not a deferral's, or a deferral without one");
		}
	}
}

static bool defers(const vst_decision *decision)
{
	for (size_t i = 0; i < decision->finding_count; i++) {
		if (decision->findings[i].verdict == VST_FINDING_DEFER) {
			return true;
		}
	}
	return false;
}

/* Refuse beats defer beats send. Only a not_before and the preferred hours defer without a finding. */
static void check_verdict(const decided *d)
{
	const vst_decision *decision = &d->decision;
	bool refused = false, deferred = defers(decision);

	for (size_t i = 0; i < decision->finding_count; i++) {
		refused = refused || refuses(decision, &decision->findings[i]);
	}
	if (refused != (decision->verdict == VST_VERDICT_REFUSE)) {
		broken(d, refused ? "a refusal that refuses nothing" : "refused without a finding that says so");
	}
	if (deferred && decision->verdict == VST_VERDICT_SEND) {
		broken(d, "a deferral that defers nothing");
	}
	if (decision->verdict == VST_VERDICT_DEFER && !deferred && strcmp(decision->waits_for, "not_before") != 0 &&
	    strcmp(decision->waits_for, "preferred_hours") != 0) {
		broken(d, "deferred without a finding");
	}
	if (decision->verdict == VST_VERDICT_DEFER
	        ? decision->due <= d->scene.facts.now || decision->waits_for == NULL
	        : decision->due != 0 || decision->waits_for != NULL) {
		broken(d, "a due time that is not a deferral's, or a deferral without one in the future");
	}
}

static void every_decision_explains_itself(void **state)
{
	pool p;

	(void) state;
	pool_open(&p, 7);
	for (int i = 0; i < SCENES; i++) {
		vst_law_settings *settings = scene_settings(json_object_get(pool_any(&p), "settings"));
		decided d;

		decide(settings, mixed_facts(&p, 1 + vectors_random(&p.seed) % 4), &d);
		check_findings(&d);
		check_verdict(&d);
		decided_free(&d);
		vst_law_settings_free(settings);
	}
	pool_close(&p);
}

/*
 * A scene, and the same scene with further facts of another case. Where the second decision has all findings of the
 * first and more, its verdict is as strict or stricter.
 */
static void a_further_finding_never_makes_a_verdict_milder(void **state)
{
	size_t compared = 0;
	pool p;

	(void) state;
	pool_open(&p, 11);
	for (int i = 0; i < SCENES; i++) {
		vst_law_settings *settings = scene_settings(json_object_get(pool_any(&p), "settings"));
		json_t *facts = mixed_facts(&p, 1 + vectors_random(&p.seed) % 3), *more = json_copy(facts);
		json_t *added = mixed_facts(&p, 1);
		decided first, second;

		assert_int_equal(json_object_update(more, added), 0);
		json_decref(added);
		decide(settings, facts, &first);
		decide(settings, more, &second);
		if (first.decision.category == second.decision.category &&
		    second.decision.finding_count > first.decision.finding_count &&
		    includes(&second.decision, &first.decision)) {
			compared++;
			if (weight(second.decision.verdict) < weight(first.decision.verdict) &&
			    (first.decision.verdict == VST_VERDICT_REFUSE || defers(&first.decision))) {
				broken(&second, "a milder verdict in spite of a further finding");
			}
		}
		decided_free(&first);
		decided_free(&second);
		vst_law_settings_free(settings);
	}
	assert_true(compared > SCENES / 20);
	pool_close(&p);
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
		cmocka_unit_test(every_decision_explains_itself),
		cmocka_unit_test(a_further_finding_never_makes_a_verdict_milder),
	};

	return cmocka_run_group_tests_name("law/invariants", tests, NULL, end);
}
