#include "check.h"

#include "allocation.h"
#include "text/template_worst.h"
#include "vectors.h"

#define MAX_CHOICES 3
#define MAX_VALUES 4

typedef struct scene {
	vst_arena arena;
	const vst_template *compiled;
	vst_template_fault fault;
	vst_err err;
	vst_buf out;
	vst_measure measure;
} scene;

static void compile(scene *at, const char *text)
{
	*at = (scene) {.arena = VST_ARENA_INIT, .err = VST_ERR_INIT, .out = VST_BUF_INIT};
	assert_int_equal(vst_template_compile(vst_str_from(text), &at->arena, &at->compiled, &at->fault, &at->err), VST_OK);
	assert_non_null(at->compiled);
}

static void leave(scene *at)
{
	vst_buf_free(&at->out);
	vst_arena_free(&at->arena);
}

static void worst(scene *at, vst_template_choice *choices, size_t count)
{
	assert_int_equal(
		vst_template_worst(at->compiled, choices, count, &at->out, &at->measure, &at->fault, &at->err), VST_OK);
}

static void the_dearest_values_are_found(void **state)
{
	static const struct {
		const char *template, *a[MAX_VALUES], *b[MAX_VALUES], *text;
	} cases[] = {
		{"Order {a} for {b}", {"1", "1000"}, {"Anna", "Li"}, "Order 1000 for Anna"},
		/* one Cyrillic value turns all into UCS-2, at 70 units a segment */
		{"Order {a} for {b}", {"1", "1000"}, {"Alexander", "Яна"}, "Order 1000 for Яна"},
		{"Заказ {a} для {b}", {"1", "1000"}, {"Alexander", "Яна"}, "Заказ 1000 для Alexander"},
		/* an extension character is two septets */
		{"{a}{b}", {"abc", "€€"}, {"x"}, "€€x"},
		/* after a filter, not before it */
		{"{a|truncate:5}{b}", {"abcdefghij", "я"}, {"1"}, "я1"},
		{"{a|plural:день,дня,дней}{b}", {"1", "2", "5"}, {"1"}, "день1"},
		{"{a|друг} {b}", {"Константин", ""}, {"1"}, "Константин 1"},
		{"{a|дорогой покупатель} {b}", {"Константин", ""}, {"1"}, "дорогой покупатель 1"},
		{"{a} {a}{b}", {"x", "yy"}, {"1"}, "yy yy1"},
	};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		vst_str values[2][MAX_VALUES];
		vst_template_choice choices[2] = {{VST_STR("a"), values[0], 0, 0}, {VST_STR("b"), values[1], 0, 0}};
		scene at;

		for (; choices[0].count < MAX_VALUES && cases[i].a[choices[0].count] != NULL; choices[0].count++) {
			values[0][choices[0].count] = vst_str_from(cases[i].a[choices[0].count]);
		}
		for (; choices[1].count < MAX_VALUES && cases[i].b[choices[1].count] != NULL; choices[1].count++) {
			values[1][choices[1].count] = vst_str_from(cases[i].b[choices[1].count]);
		}
		compile(&at, cases[i].template);
		worst(&at, choices, 2);
		case_integer(cases[i].template, "fault", at.fault.kind, VST_TEMPLATE_OK);
		case_text(cases[i].template, "text", vst_buf_str(&at.out), vst_str_from(cases[i].text));
		leave(&at);
	}
}

static void long_septets_beat_short_ucs2(void **state)
{
	char letters[162];
	vst_str values[] = {{letters, 161}, VST_STR("я")};
	vst_template_choice choice = {VST_STR("a"), values, 2, 0};
	scene at;

	(void) state;
	memset(letters, 'a', sizeof letters);
	compile(&at, "{a}");
	worst(&at, &choice, 1);
	assert_int_equal(at.measure.encoding, VST_GSM7);
	assert_int_equal(at.measure.segments, 2);
	assert_int_equal(choice.chosen, 0);
	leave(&at);
}

static void a_value_that_fails_is_named(void **state)
{
	static const struct {
		const char *template, *value;
		vst_template_kind kind;
	} cases[] = {
		{"Сумма {a|money}", "много", VST_TEMPLATE_VALUE},
		{"Сумма {a}", " ", VST_TEMPLATE_EMPTY},
		{"Сумма {c}", "1", VST_TEMPLATE_UNRESOLVED},
	};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		vst_str values[] = {VST_STR("1"), vst_str_from(cases[i].value)};
		vst_template_choice choice = {VST_STR("a"), values, 2, 0};
		scene at;

		compile(&at, cases[i].template);
		worst(&at, &choice, 1);
		case_integer(cases[i].template, "fault", at.fault.kind, cases[i].kind);
		assert_int_equal(at.fault.position, 6);
		leave(&at);
	}
}

static bool pick(void *context, vst_str name, vst_str *value)
{
	const vst_template_choice *choices = context;

	*value = choices[name.ptr[0] - 'a'].values[choices[name.ptr[0] - 'a'].chosen];
	return true;
}

/* All combinations, one by one. */
static int most_segments(scene *at, vst_template_choice *choices, size_t count)
{
	int most = 0;

	for (size_t i = 0; i < count; i++) {
		choices[i].chosen = 0;
	}
	for (;;) {
		vst_measure measure;
		size_t digit = 0;

		vst_buf_clear(&at->out);
		assert_int_equal(vst_template_render(at->compiled, pick, choices, &at->out, &at->fault, &at->err), VST_OK);
		vst_text_measure(vst_buf_str(&at->out), &measure);
		most = measure.segments > most ? measure.segments : most;
		while (digit < count && ++choices[digit].chosen == choices[digit].count) {
			choices[digit++].chosen = 0;
		}
		if (digit == count) {
			return most;
		}
	}
}

/* Without characters of two units nothing is lost at the edges of parts, and the result is exact. */
static void no_combination_is_dearer(void **state)
{
	static const char *const pieces[] = {"a", "bb", "я", "«", "ccccccccccccccccccccc", "ддддддддддддддд", "-"};
	uint64_t seed = 21;

	(void) state;
	for (int round = 0; round < 3000; round++) {
		char texts[MAX_CHOICES][MAX_VALUES][400] = {0};
		vst_str values[MAX_CHOICES][MAX_VALUES];
		vst_template_choice choices[MAX_CHOICES];
		bool narrow = vectors_random(&seed) % 3 == 0;
		int most;
		scene at;

		for (size_t i = 0; i < MAX_CHOICES; i++) {
			size_t count = 1 + vectors_random(&seed) % MAX_VALUES;

			for (size_t k = 0; k < count; k++) {
				for (size_t n = 1 + vectors_random(&seed) % 9; n > 0; n--) {
					size_t piece = vectors_random(&seed) % COUNT_OF(pieces);

					strcat(texts[i][k], pieces[narrow && (piece == 2 || piece == 3 || piece == 5) ? 4 : piece]);
				}
				values[i][k] = vst_str_from(texts[i][k]);
			}
			choices[i] = (vst_template_choice) {vst_str_of(&"abc"[i], 1), values[i], count, 0};
		}
		compile(&at, "Order {a} {b|first_word} {c}, {a}");
		most = most_segments(&at, choices, MAX_CHOICES);
		worst(&at, choices, MAX_CHOICES);
		assert_int_equal(at.measure.segments, most);
		leave(&at);
	}
}

static void a_failed_allocation_is_reported(void **state)
{
	vst_str values[] = {VST_STR("Константин"), VST_STR("Яна")};
	vst_template_choice choice = {VST_STR("a"), values, 2, 0};
	unsigned long allocations;
	scene at;

	(void) state;
	compile(&at, "Здравствуйте, {a|upper|first_word}!");
	fail_allocation(0);
	worst(&at, &choice, 1);
	allocations = allocation_count();
	assert_true(allocations > 0);
	for (unsigned long i = 1; i <= allocations; i++) {
		vst_buf_free(&at.out);
		at.out = (vst_buf) VST_BUF_INIT;
		fail_allocation(i);
		assert_int_equal(vst_template_worst(at.compiled, &choice, 1, &at.out, &at.measure, &at.fault, &at.err),
		                 VST_E_NOMEM);
	}
	fail_allocation(0);
	leave(&at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_dearest_values_are_found), cmocka_unit_test(long_septets_beat_short_ucs2),
		cmocka_unit_test(a_value_that_fails_is_named),  cmocka_unit_test(no_combination_is_dearer),
		cmocka_unit_test(a_failed_allocation_is_reported),
	};

	return cmocka_run_group_tests_name("text/template_worst", tests, NULL, NULL);
}
