#include <stdio.h>

#include "check.h"

#include "text/phone_find.h"
#include "vectors.h"

static void all_numbers_of_a_text_are_found(void **state)
{
	static const char *const known[] = {"text", "found", NULL};
	json_t *cases = vectors_load("phone_texts.json");
	vst_arena arena = VST_ARENA_INIT;
	vst_err err = VST_ERR_INIT;
	size_t i;
	json_t *item;

	(void) state;
	json_array_foreach(cases, i, item) {
		vst_str text = vectors_text(item, "text", "");
		json_t *expected = json_object_get(item, "found");
		vst_phone *found = NULL;
		size_t count = 0;

		vectors_known(item, known);
		assert_int_equal(vst_phone_find(text, &arena, &found, &count, &err), VST_OK);
		case_integer(text.ptr, "count", count, json_array_size(expected));
		for (size_t n = 0; n < count; n++) {
			char e164[VST_PHONE_TEXT];

			vst_phone_format(found[n].number, e164);
			case_text(text.ptr, "number", vst_str_from(e164),
			          vst_str_from(json_string_value(json_array_get(expected, n))));
		}
		vst_arena_reset(&arena);
	}
	assert_true(i > 40);
	vst_arena_free(&arena);
	json_decref(cases);
}

/* Numbers between words, in one of many forms, must come out as they went in, each once. */
static void numbers_among_words_come_out_again(void **state)
{
	static const char *const forms[] = {"+7 999 %.3s-%.2s-%.2s", "8(999)%.3s%.2s%.2s", "8-999-%.3s-%.2s-%.2s",
	                                    "999 %.3s %.2s %.2s"};
	static const char *const between[] = {", ", "; ", " / ", "\n", " и ", " (Анна), ", " доб. 12, ", " до 18:00, "};
	vst_arena arena = VST_ARENA_INIT;
	uint64_t seed = 11;

	(void) state;
	for (int round = 0; round < 5000; round++) {
		size_t count = 1 + vectors_random(&seed) % 5, found_count = 0, len = 0;
		unsigned first = (unsigned) (vectors_random(&seed) % 9999000);
		char text[600] = "звоните: ";
		vst_phone *found = NULL;

		len = strlen(text);
		for (size_t i = 0; i < count; i++) {
			char subscriber[8];

			(void) snprintf(subscriber, sizeof subscriber, "%07u", (unsigned) (first + i));
			len += (size_t) snprintf(text + len, sizeof text - len, forms[vectors_random(&seed) % COUNT_OF(forms)],
			                         subscriber, subscriber + 3, subscriber + 5);
			len += (size_t) snprintf(text + len, sizeof text - len, "%s",
			                         between[vectors_random(&seed) % COUNT_OF(between)]);
		}
		assert_int_equal(vst_phone_find(vst_str_from(text), &arena, &found, &found_count, NULL), VST_OK);
		case_integer(text, "count", found_count, count);
		for (size_t i = 0; i < count; i++) {
			case_integer(text, "number", found[i].number, INT64_C(79990000000) + first + (int64_t) i);
		}
		vst_arena_reset(&arena);
	}
	vst_arena_free(&arena);
}

static void long_rows_of_digits_do_no_harm(void **state)
{
	static const char *const pieces[] = {"8", "89990000001", "1 ", "999 ", "+", "(", "0", "-", "8 999 000 00 01 "};
	vst_arena arena = VST_ARENA_INIT;
	uint64_t seed = 5;

	(void) state;
	for (int round = 0; round < 2000; round++) {
		char text[4000] = "";
		vst_phone *found = NULL;
		size_t count = 0, len = 0;

		while (len < sizeof text - 40) {
			len += (size_t) snprintf(text + len, sizeof text - len, "%s",
			                         pieces[vectors_random(&seed) % COUNT_OF(pieces)]);
		}
		assert_int_equal(vst_phone_find(vst_str_of(text, len), &arena, &found, &count, NULL), VST_OK);
		for (size_t i = 0; i < count; i++) {
			vst_phone again;

			assert_true(vst_phone_describe(found[i].number, &again));
		}
		vst_arena_reset(&arena);
	}
	vst_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_numbers_of_a_text_are_found),
		cmocka_unit_test(numbers_among_words_come_out_again),
		cmocka_unit_test(long_rows_of_digits_do_no_harm),
	};

	return cmocka_run_group_tests_name("text/phone_find", tests, NULL, NULL);
}
