#include "allocation.h"
#include "check.h"

#include "text/lexicon.h"
#include "text/lexicon_list.h"
#include "text/normalize.h"

static vst_rc compile(const char *text, vst_lexicon **out, vst_err *err)
{
	vst_lexicon_source source = {3, "words", vst_str_from(text)};

	return vst_lexicon_compile(&source, 1, VST_STR("# a remark\nслог = ба | ма?ло\nпара = <слог> <слог>\n"), out, err);
}

/* Whether the automaton accepts the whole text, read symbol by symbol; *except: as an exception. */
static bool accepts(const vst_lexicon *lexicon, const char *text, bool *except)
{
	uint8_t symbols[256];
	size_t count = vst_symbols(vst_str_from(text), symbols);
	uint32_t state = VST_LEXICON_ROOT;

	for (size_t i = 0; i < count; i++) {
		state = vst_lexicon_step(lexicon, state, symbols[i]);
	}
	*except = (vst_lexicon_accepts(lexicon, state)->except & UINT64_C(8)) != 0;
	return (vst_lexicon_accepts(lexicon, state)->hit & UINT64_C(8)) != 0;
}

static void entries_accept_what_they_say(void **state)
{
	static const struct {
		const char *entries, *accepted, *refused;
	} cases[] = {
		{"слово", "слово", "слов"},
		{"СЛОВО", "слово", "словом"},
		{"ёлка", "елка", "олка"},
		{"скидк*", "скидками", "скид"},
		{"скидк*", "скидк", "скидкa"},
		{"sale*", "sales", "saleы"},
		{"(по|на)дарок", "надарок", "дарок"},
		{"(по)?дарок", "дарок", "пдарок"},
		{"ра?сти", "рсти", "раасти"},
		{"(алло|алле*)", "аллеями", "аллоями"},
		{"при <слог>", "при мло", "при"},
		{"<пара>", "ба мало", "ба"},
		{"от #", "от 1990", "от"},
		{"#%", "20%", "%"},
		{"#%", "20 %", "20  %"},
		{"№1", "№ 1", "№"},
		{"б\\*\\*", "б**", "б*"},
		{"clck.ru", "clck.ru", "clckru"},
		{"онлайн-казино", "онлайн казино", "онлайнказино"},
		{"а\nб", "б", "аб"},
	};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		vst_lexicon *lexicon = NULL;
		bool except;

		assert_int_equal(compile(cases[i].entries, &lexicon, NULL), VST_OK);
		if (!accepts(lexicon, cases[i].accepted, &except) || accepts(lexicon, cases[i].refused, &except)) {
			fail_msg("%s: %s or %s is judged wrongly", cases[i].entries, cases[i].accepted, cases[i].refused);
		}
		vst_lexicon_free(lexicon);
	}
}

static void an_exception_is_told_from_an_entry(void **state)
{
	vst_lexicon *lexicon = NULL;
	bool except;

	(void) state;
	assert_int_equal(compile("мандарин*\n!мандаринка\n\n# remark\n", &lexicon, NULL), VST_OK);
	assert_true(accepts(lexicon, "мандарины", &except));
	assert_false(except);
	assert_true(accepts(lexicon, "мандаринка", &except));
	assert_true(except);
	vst_lexicon_free(lexicon);
}

static void entries_that_cannot_be_read_are_refused_without_showing_them(void **state)
{
	static const char *const bad[] = {"(а", "а)", "а*б", "(а*|б)в", "<нет>", "<слог", "а|", "а?", "?", "а,б", "\\а", "##", "а# #?#",
	                                  "(а*|) ?б"};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		vst_lexicon *lexicon = NULL;
		vst_err err = VST_ERR_INIT;
		char text[64] = "слово\n";

		strcat(text, bad[i]);
		if (compile(text, &lexicon, &err) == VST_OK) {
			fail_msg("'%s' was taken", bad[i]);
		}
		assert_int_equal(err.rc, VST_E_INVALID);
		assert_true(strlen(err.text) > 10);
		assert_null(strstr(err.text, "слово"));
	}
}

static void an_empty_dictionary_finds_nothing(void **state)
{
	vst_lexicon *lexicon = NULL;
	bool except;

	(void) state;
	assert_int_equal(compile("# nothing\n", &lexicon, NULL), VST_OK);
	assert_false(accepts(lexicon, "слово", &except));
	vst_lexicon_free(lexicon);
}

/* Whatever allocation fails, the compiler says so and leaks nothing. */
static void every_failed_allocation_is_an_error(void **state)
{
	(void) state;
	for (unsigned long nth = 1;; nth++) {
		vst_lexicon *lexicon = NULL;
		vst_err err = VST_ERR_INIT;
		vst_rc rc;

		fail_allocation(nth);
		rc = compile("скидк*\n(по|на)?дар<слог>\n!даром\n", &lexicon, &err);
		if (allocation_count() < nth) {
			fail_allocation(0);
			assert_int_equal(rc, VST_OK);
			vst_lexicon_free(lexicon);
			assert_true(nth > 10);
			return;
		}
		fail_allocation(0);
		assert_int_equal(rc, VST_E_NOMEM);
		assert_null(lexicon);
	}
}

static void the_table_of_symbols_follows_the_rules(void **state)
{
	(void) state;
	for (uint32_t code = 1; code < 0x20000; code++) {
		char text[4] = "";
		uint8_t symbol = 0xFF;
		size_t len = 0;

		if (code >= 0xD800 && code < 0xE000) {
			continue;
		}
		if (code < 0x80) {
			text[len++] = (char) code;
		} else if (code < 0x800) {
			text[len++] = (char) (0xC0u | code >> 6);
			text[len++] = (char) (0x80u | (code & 0x3Fu));
		} else if (code < 0x10000) {
			text[len++] = (char) (0xE0u | code >> 12);
			text[len++] = (char) (0x80u | (code >> 6 & 0x3Fu));
			text[len++] = (char) (0x80u | (code & 0x3Fu));
		} else {
			text[len++] = (char) (0xF0u | code >> 18);
			text[len++] = (char) (0x80u | (code >> 12 & 0x3Fu));
			text[len++] = (char) (0x80u | (code >> 6 & 0x3Fu));
			text[len++] = (char) (0x80u | (code & 0x3Fu));
		}
		assert_int_equal(vst_symbols(vst_str_of(text, len), &symbol), 1);
		if (symbol != vst_symbol_by_rule(code)) {
			fail_msg("U+%04X is %d, by rule %d", (unsigned) code, symbol, vst_symbol_by_rule(code));
		}
	}
}

static void many_forms_of_a_letter_are_one_symbol(void **state)
{
	static const char *const same[][2] = {{"Ё", "е"}, {"ё", "е"},  {"і", "и"},  {"ｈ", "h"}, {"Ⓐ", "a"},
	                                      {"𝐁", "b"}, {"é", "e"}, {"٣", "3"}, {"\xC2\xA0", " "}, {"—", "-"}};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(same); i++) {
		uint8_t left[8], right[8];

		assert_int_equal(vst_symbols(vst_str_from(same[i][0]), left), vst_symbols(vst_str_from(same[i][1]), right));
		if (left[0] != right[0]) {
			fail_msg("%s is not %s", same[i][0], same[i][1]);
		}
	}
}

static void the_shipped_lexicon_is_small_and_every_list_is_in_it(void **state)
{
	const vst_lexicon *lexicon = vst_lexicon_builtin();
	uint64_t hit = 0;

	(void) state;
	assert_true(vst_lexicon_bytes(lexicon) < 8000000);
	for (uint32_t i = 0; i < lexicon->output_count; i++) {
		hit |= lexicon->outputs[i].hit;
	}
	for (unsigned list = 0; list < VST_LISTS; list++) {
		if (list != VST_LIST_MIXED && !(hit & UINT64_C(1) << list)) {
			fail_msg("nothing of the list %s", vst_lexicon_list_of(list)->name);
		}
	}
	assert_int_equal(vst_lexicon_list_named(VST_STR("weapons")), VST_LIST_WEAPONS);
	assert_int_equal(vst_lexicon_list_named(VST_STR("nothing")), VST_LISTS);
	assert_true(vst_lexicon_category(VST_STR("promotion")) & UINT64_C(1) << VST_LIST_PROMO_GIFT);
	assert_int_equal(vst_lexicon_category(VST_STR("nothing")), 0);
	assert_int_equal(vst_lexicon_category(VST_STR_EMPTY), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(entries_accept_what_they_say),
		cmocka_unit_test(an_exception_is_told_from_an_entry),
		cmocka_unit_test(entries_that_cannot_be_read_are_refused_without_showing_them),
		cmocka_unit_test(an_empty_dictionary_finds_nothing),
		cmocka_unit_test(every_failed_allocation_is_an_error),
		cmocka_unit_test(the_table_of_symbols_follows_the_rules),
		cmocka_unit_test(many_forms_of_a_letter_are_one_symbol),
		cmocka_unit_test(the_shipped_lexicon_is_small_and_every_list_is_in_it),
	};

	return cmocka_run_group_tests_name("text/lexicon", tests, NULL, NULL);
}
