/* data/last_minutes.json: until when advertising leaves for each provider. The documentation shows the same table. */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"

#include "gateway/gateway.h"
#include "law_scene.h"
#include "vectors.h"

static vst_verdict verdict_at(const vst_law_settings *settings, vst_validity validity, const char *provider, int64_t now)
{
	gate_scene scene;
	vst_arena arena = VST_ARENA_INIT;
	vst_decision decision;
	vst_err err = VST_ERR_INIT;
	vst_verdict verdict;

	scene_set(&scene, NULL);
	scene.facts.validity = validity;
	scene.facts.provider = vst_str_from(provider);
	scene.facts.now = now;
	assert_int_equal(vst_gate_decide(settings, &scene.facts, &arena, &decision, &err), VST_OK);
	verdict = decision.verdict;
	scene_clear(&scene);
	vst_arena_free(&arena);
	return verdict;
}

static void advertising_leaves_until_the_minute_that_is_written(void **state)
{
	vst_law_settings *settings = scene_settings(NULL);
	json_t *file = vectors_load("last_minutes.json"), *item;
	const int64_t midnight = INT64_C(1795467600); /* 2026-11-24 in Moscow */
	const char *name;
	int count = 0;

	(void) state;
	json_object_foreach(json_object_get(file, "providers"), name, item) {
		vst_validity validity = scene_validity(vectors_text(item, "validity", ""));
		int last = -1;
		char text[16];

		for (int minute = 0; minute < 1440; minute++) {
			if (verdict_at(settings, validity, name, midnight + minute * 60) == VST_VERDICT_SEND) {
				last = minute;
			}
		}
		(void) snprintf(text, sizeof text, "%02d:%02d", last / 60, last % 60);
		case_text(name, "last minute", vst_str_from(text), vectors_text(item, "last", ""));
		count++;
	}
	assert_int_equal(count, 7);
	json_decref(file);
	vst_law_settings_free(settings);
}

static void the_providers_take_validity_as_written(void **state)
{
	json_t *file = vectors_load("last_minutes.json");

	(void) state;
	for (const vst_provider_class *const *class = vst_provider_classes(); *class != NULL; class++) {
		const json_t *item = json_object_get(json_object_get(file, "providers"), (*class)->name);

		assert_non_null(item);
		case_integer((*class)->name, "validity", (*class)->validity,
		             scene_validity(vectors_text(item, "validity", "")));
	}
	json_decref(file);
}

static void the_documentation_says_the_same(void **state)
{
	static const char *const pages[] = {"send-windows.md", "send-windows.ru.md"};
	json_t *file = vectors_load("last_minutes.json"), *item;
	const char *name;

	(void) state;
	for (size_t i = 0; i < COUNT_OF(pages); i++) {
		static char page[65536];
		char path[1024], row[64];
		FILE *stream;

		(void) snprintf(path, sizeof path, "%s/../../docs/%s", VST_TESTS_DIR, pages[i]);
		stream = fopen(path, "r");
		assert_non_null(stream);
		page[fread(page, 1, sizeof page - 1, stream)] = '\0';
		(void) fclose(stream);
		json_object_foreach(json_object_get(file, "providers"), name, item) {
			(void) snprintf(row, sizeof row, "| `%s` | %s |", name, vectors_text(item, "last", "").ptr);
			case_integer(row, "stands in the page", strstr(page, row) != NULL, true);
		}
	}
	json_decref(file);
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
		cmocka_unit_test(advertising_leaves_until_the_minute_that_is_written),
		cmocka_unit_test(the_providers_take_validity_as_written),
		cmocka_unit_test(the_documentation_says_the_same),
	};

	return cmocka_run_group_tests_name("law/validity", tests, NULL, end);
}
