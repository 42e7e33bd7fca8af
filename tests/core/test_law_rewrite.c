#include <stdlib.h>

#include "check.h"

#include "law/law.h"
#include "law_scene.h"
#include "text/rewrite.h"
#include "vectors.h"

#define ROUNDS 20000
#define PIECES_MAX 12

/* What texts are made of: words, typography that the gate would clean, links of all sorts, placeholders. */
static const char *const pieces[] = {
	"Скидка",
	"20 %",
	"на «букеты»",
	"до пятницы.",
	"—",
	"New",
	"collection…",
	"“only”",
	"today!",
	"https://romashka.example/s?a=1&b=2#x",
	"romashka.example/sale",
	"romashka.example",
	"http://user@market.example:8080/«a»",
	"clck.ru/3AbC",
	"market.example/…",
	"#ORDER_ID#",
	"{name}",
	"{name|друг}",
	"По вашей подписке.",
	"Отказ: r.romashka.example/a1",
	"Для отказа ответьте STOP",
	"№",
	"ё",
	"🎁",
};

static vst_str built(uint64_t *seed, char *out, size_t size)
{
	size_t count = 1 + vectors_random(seed) % PIECES_MAX, len = 0;

	for (size_t i = 0; i < count; i++) {
		const char *piece = pieces[vectors_random(seed) % COUNT_OF(pieces)];
		size_t piece_len = strlen(piece);

		if (len + piece_len + 1 < size) {
			memcpy(out + len, piece, piece_len);
			len += piece_len;
			out[len++] = ' ';
		}
	}
	return vst_str_of(out, len - 1);
}

static void choose_facts(gate_scene *scene, uint64_t *seed)
{
	static const vst_category categories[] = {VST_ADVERTISING, VST_ADVERTISING, VST_SERVICE};

	scene_set(scene, NULL);
	scene->facts.category = categories[vectors_random(seed) % COUNT_OF(categories)];
	scene->facts.order = VST_STR("15");
	if (vectors_random(seed) % 2 == 0) {
		scene->facts.link = VST_STR_EMPTY;
	}
	if (vectors_random(seed) % 3 == 0) {
		scene->facts.sender.name = VST_STR("79990000098");
		scene->facts.sender.inbound = vectors_random(seed) % 2 == 0;
	}
	scene->person.consent[VST_PURPOSE_ADVERTISING].source = (vst_source) (vectors_random(seed) % VST_SOURCE_COUNT);
}

/* Each link of the text stands in the rewritten one as a link of its own, whole, and in the same order. */
static void assert_links_kept(vst_str before, vst_str after)
{
	size_t from = 0, to = 0, begin, end, begin_after, end_after;

	while (vst_text_next_url(before, from, &begin, &end)) {
		vst_str link = {before.ptr + begin, end - begin};
		bool found = false;

		while (!found && vst_text_next_url(after, to, &begin_after, &end_after)) {
			found = vst_str_equal((vst_str) {after.ptr + begin_after, end_after - begin_after}, link);
			to = end_after;
		}
		if (!found) {
			fail_msg("the link %.*s of \"%.*s\" is broken in \"%.*s\"", VST_STR_ARGS(link), VST_STR_ARGS(before),
			         VST_STR_ARGS(after));
		}
		from = end;
	}
}

static void assert_placeholders_kept(vst_str before, vst_str after)
{
	static const vst_str all[] = {VST_STR("#ORDER_ID#"), VST_STR("{name}"), VST_STR("{name|друг}")};

	for (size_t i = 0; i < COUNT_OF(all); i++) {
		if (vst_str_contains(before, all[i]) && !vst_str_contains(after, all[i])) {
			fail_msg("%.*s of \"%.*s\" is broken in \"%.*s\"", VST_STR_ARGS(all[i]), VST_STR_ARGS(before),
			         VST_STR_ARGS(after));
		}
	}
}

static void rewriting_breaks_no_link_and_no_placeholder_and_settles(void **state)
{
	vst_law_settings *settings = scene_settings(NULL);
	uint64_t seed = 77;
	int rewritten = 0;

	(void) state;
	for (int round = 0; round < ROUNDS; round++) {
		gate_scene scene;
		vst_arena arena = VST_ARENA_INIT;
		vst_decision first, second;
		vst_err err = VST_ERR_INIT;
		char text[1024];

		choose_facts(&scene, &seed);
		scene.facts.text = scene.facts.given_text = built(&seed, text, sizeof text);
		assert_int_equal(vst_gate_decide(settings, &scene.facts, &arena, &first, &err), VST_OK);
		rewritten += !vst_str_equal(first.text, scene.facts.text);
		assert_links_kept(scene.facts.text, first.text);
		assert_placeholders_kept(scene.facts.text, first.text);
		scene.facts.text = scene.facts.given_text = first.text;
		assert_int_equal(vst_gate_decide(settings, &scene.facts, &arena, &second, &err), VST_OK);
		case_text("a text rewritten once", "text rewritten again", second.text, first.text);
		scene_clear(&scene);
		vst_arena_free(&arena);
	}
	assert_true(rewritten > ROUNDS / 2);
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
		cmocka_unit_test(rewriting_breaks_no_link_and_no_placeholder_and_settles),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
