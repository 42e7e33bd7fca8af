#include <stdio.h>

#include "allocation.h"
#include "check.h"

#include "text/inspect.h"
#include "text/utf8.h"
#include "vectors.h"

static vst_matches inspect(vst_str text, vst_arena *arena)
{
	vst_inspection inspection = vst_inspection_builtin(vst_lexicon_shown());
	vst_matches matches = {NULL, 0};

	assert_int_equal(vst_text_inspect(text, &inspection, arena, &matches, NULL), VST_OK);
	return matches;
}

/* Every match expected is there, and there is none of another category; several lists of one category are one. */
static void check_case(const char *text, const json_t *expected)
{
	vst_arena arena = VST_ARENA_INIT;
	vst_matches matches = inspect(vst_str_from(text), &arena);
	size_t i;
	json_t *item;

	json_array_foreach(expected, i, item) {
		const char *category = json_string_value(json_array_get(item, 0));
		bool found = false;

		for (size_t j = 0; j < matches.count; j++) {
			const vst_match *match = &matches.items[j];

			found = found || (strcmp(vst_lexicon_list_of(match->list)->category, category) == 0 &&
			                  vst_str_is(match->text, json_string_value(json_array_get(item, 1))) &&
			                  match->position == json_integer_value(json_array_get(item, 2)));
		}
		if (!found) {
			fail_msg("%s: no %s", text, category);
		}
	}
	for (size_t j = 0; j < matches.count; j++) {
		const char *category = vst_lexicon_list_of(matches.items[j].list)->category;
		bool wanted = false;

		json_array_foreach(expected, i, item) {
			wanted = wanted || strcmp(category, json_string_value(json_array_get(item, 0))) == 0;
		}
		if (!wanted) {
			fail_msg("%s: %s in %.*s", text, category, VST_STR_ARGS(matches.items[j].text));
		}
	}
	vst_arena_free(&arena);
}

static void words_are_found_and_innocent_ones_are_not(void **state)
{
	static const char *const known[] = {"text", "found", NULL};
	json_t *cases = vectors_load("inspect.json");
	size_t i;
	json_t *item;

	(void) state;
	assert_true(json_array_size(cases) > 30);
	json_array_foreach(cases, i, item) {
		vectors_known(item, known);
		check_case(json_string_value(json_object_get(item, "text")), json_object_get(item, "found"));
	}
	json_decref(cases);
}

static void only_the_lists_that_are_wanted_are_found(void **state)
{
	vst_arena arena = VST_ARENA_INIT;
	vst_inspection inspection = vst_inspection_builtin(vst_lexicon_category(VST_STR("insult")));
	vst_matches matches;

	(void) state;
	assert_int_equal(vst_text_inspect(VST_STR("сука и идиот"), &inspection, &arena, &matches, NULL), VST_OK);
	assert_int_equal(matches.count, 1);
	assert_str(matches.items[0].text, "идиот");
	vst_arena_free(&arena);
}

static void own_words_are_found_with_their_exceptions(void **state)
{
	vst_lexicon_source source = {5, "words", VST_STR("конкурент*\n!конкурентоспособн*\n")};
	vst_lexicon *lexicon = NULL;
	vst_arena arena = VST_ARENA_INIT;
	vst_matches matches;
	vst_inspection inspection;

	(void) state;
	assert_int_equal(vst_lexicon_compile(&source, 1, VST_STR_EMPTY, &lexicon, NULL), VST_OK);
	inspection = vst_inspection_own(lexicon);
	assert_int_equal(vst_text_inspect(VST_STR("конкурентоспособный К.о.н.к.у.р.е.н.т, k0nkurenty"), &inspection, &arena,
	                                  &matches, NULL),
	                 VST_OK);
	assert_int_equal(matches.count, 2);
	assert_int_equal(matches.items[0].list, 5);
	assert_str(matches.items[0].text, "К.о.н.к.у.р.е.н.т");
	assert_str(matches.items[1].text, "k0nkurenty");
	vst_arena_free(&arena);
	vst_lexicon_free(lexicon);
}

/* Case, spacing of marks and place in a text change nothing; positions point at what is said to be found. */
static void a_word_is_found_wherever_it_stands(void **state)
{
	static const char *const before[] = {"", "Ну ", "😀 ", "ёж, ", "(", "«", "\n", "12 "}, *const after[] = {"", " вам", ".", "!", "»",
	                                                                                                       ", да"};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(before); i++) {
		for (size_t j = 0; j < COUNT_OF(after); j++) {
			char text[128];
			vst_arena arena = VST_ARENA_INIT;
			vst_matches matches;

			snprintf(text, sizeof text, "%sП и з д е ц%s", before[i], after[j]);
			matches = inspect(vst_str_from(text), &arena);
			if (matches.count != 1 || matches.items[0].list != VST_LIST_PROFANITY ||
			    !vst_str_is(matches.items[0].text, "П и з д е ц") ||
			    matches.items[0].position != vst_utf8_count(vst_str_from(before[i]))) {
				fail_msg("not found rightly: %s", text);
			}
			vst_arena_free(&arena);
		}
	}
}

static void every_failed_allocation_is_an_error(void **state)
{
	(void) state;
	for (unsigned long nth = 1;; nth++) {
		vst_arena arena = VST_ARENA_INIT;
		vst_inspection inspection = vst_inspection_builtin(~UINT64_C(0));
		vst_matches matches = {NULL, 0};
		vst_rc rc;

		fail_allocation(nth);
		rc = vst_text_inspect(VST_STR("сука скидка сука"), &inspection, &arena, &matches, NULL);
		vst_arena_free(&arena);
		if (allocation_count() < nth) {
			fail_allocation(0);
			assert_int_equal(rc, VST_OK);
			return;
		}
		fail_allocation(0);
		assert_int_equal(rc, VST_E_NOMEM);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_found_and_innocent_ones_are_not),
		cmocka_unit_test(only_the_lists_that_are_wanted_are_found),
		cmocka_unit_test(own_words_are_found_with_their_exceptions),
		cmocka_unit_test(a_word_is_found_wherever_it_stands),
		cmocka_unit_test(every_failed_allocation_is_an_error),
	};

	return cmocka_run_group_tests_name("text/inspect", tests, NULL, NULL);
}
