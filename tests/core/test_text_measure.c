#include <stdlib.h>

#include "check.h"

#include "text/measure.h"
#include "text/utf8.h"
#include "vectors.h"

static void published_sizes_are_met(void **state)
{
	static const char *const known[] = {"name", "text", "encoding", "units", "segments", "remaining", NULL};
	json_t *cases = vectors_load("measure.json");
	size_t i;
	json_t *item;

	(void) state;
	json_array_foreach(cases, i, item) {
		const char *name = json_string_value(json_object_get(item, "name"));
		char *text = vectors_built(json_object_get(item, "text"));
		vst_measure measured;

		vectors_known(item, known);
		vst_text_measure(vst_str_from(text), &measured);
		case_text(name, "encoding", vst_str_from(vst_encoding_name(measured.encoding)),
		          vectors_text(item, "encoding", ""));
		case_integer(name, "units", measured.units, vectors_integer(item, "units", -1));
		case_integer(name, "segments", measured.segments, vectors_integer(item, "segments", -1));
		case_integer(name, "remaining", measured.remaining, vectors_integer(item, "remaining", -1));
		free(text);
	}
	assert_true(i > 30);
	json_decref(cases);
}

/* The alphabet by its standard's table, once more: 127 characters of one septet and 10 of two. */
static void the_alphabet_has_137_characters(void **state)
{
	int single = 0, twice = 0;

	(void) state;
	for (uint32_t code = 0; code <= 0x10FFFF; code++) {
		int septets = vst_gsm_septets(code);

		single += septets == 1;
		twice += septets == 2;
	}
	assert_int_equal(single, 127);
	assert_int_equal(twice, 10);
}

/* An independent packer: writes the units of each part out one by one. */
static void pack(const uint32_t *codes, size_t count, int *units, int *segments, int *remaining)
{
	int widths[512], total = 0, used = 0, parts = 1, single, part;
	bool gsm = true;

	for (size_t i = 0; i < count; i++) {
		gsm = gsm && vst_gsm_septets(codes[i]) > 0;
	}
	for (size_t i = 0; i < count; i++) {
		widths[i] = gsm ? vst_gsm_septets(codes[i]) : codes[i] >= 0x10000 ? 2 : 1;
		total += widths[i];
	}
	single = gsm ? 160 : 70;
	part = gsm ? 153 : 67;
	*units = total;
	if (total <= single) {
		*segments = total > 0;
		*remaining = single - total;
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (part - used < widths[i]) {
			parts++;
			used = 0;
		}
		used += widths[i];
	}
	*segments = parts;
	*remaining = part - used;
}

static void random_texts_pack_like_the_slow_way(void **state)
{
	static const uint32_t gsm[] = {'a', 'Z', '1', ' ', 0x20AC, '{', 0x394, 0xC7};
	static const uint32_t any[] = {'a', 0x44F, 0x1F600, 0x20AC, ' ', 0x2014};
	uint64_t seed = 1;

	(void) state;
	for (int round = 0; round < 20000; round++) {
		size_t count = vectors_random(&seed) % 500, len = 0;
		bool narrow = vectors_random(&seed) % 2 == 0;
		uint32_t codes[512];
		char text[2048];
		int units, segments, remaining;
		vst_measure measured;

		for (size_t i = 0; i < count; i++) {
			codes[i] = narrow ? gsm[vectors_random(&seed) % COUNT_OF(gsm)] : any[vectors_random(&seed) % COUNT_OF(any)];
			len += vst_utf8_put(codes[i], text + len);
		}
		pack(codes, count, &units, &segments, &remaining);
		vst_text_measure(vst_str_of(text, len), &measured);
		assert_int_equal(measured.units, units);
		assert_int_equal(measured.segments, segments);
		assert_int_equal(measured.remaining, remaining);
	}
}

static void offenders_come_with_position_and_replacement(void **state)
{
	static const struct {
		uint32_t code;
		size_t position;
		bool replaceable;
		const char *replacement;
	} expected[] = {
		{0xAB, 3, true, "\""},    {0xBB, 5, true, "\""},  {0x2014, 7, true, "-"},
		{0x2026, 8, true, "..."}, {0x2116, 9, true, "N"}, {0xA0, 10, true, " "},
		{0x200B, 11, true, ""},   {0x44F, 12, false, ""}, {0x1F600, 13, false, ""},
	};
	vst_offenders offenders = vst_text_offenders(VST_STR("AB «C» —…№\xc2\xa0\xe2\x80\x8bя😀"));
	vst_offender found;

	(void) state;
	for (size_t i = 0; i < COUNT_OF(expected); i++) {
		assert_true(vst_offenders_next(&offenders, &found));
		assert_int_equal(found.code, expected[i].code);
		assert_int_equal(found.position, expected[i].position);
		assert_int_equal(found.replaceable, expected[i].replaceable);
		assert_str(found.replacement, expected[i].replacement);
	}
	assert_false(vst_offenders_next(&offenders, &found));
}

/* A Cyrillic letter in a Latin word, found by the letters around it. */
static void look_alikes_in_latin_words_are_replaceable(void **state)
{
	static const struct {
		const char *text;
		size_t position; /* of the first offender */
		const char *replacement; /* NULL: none */
	} cases[] = {
		{"Rоmashka", 1, "o"},         {"order for Аnna", 10, "A"}, {"Хerox", 0, "X"},
		{"row А, seat 5", 4, "A"},    {"iPhone15Х 128", 8, "X"},   {"Cкидка", 1, NULL},
		{"SMSка", 3, NULL},           {"ROMАШКА", 3, NULL},        {"ряд А", 0, NULL},
		{"А", 0, NULL},               {"SALE Ёлка", 5, NULL},      {"wi-fi: роутер", 7, NULL},
	};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		vst_offenders offenders = vst_text_offenders(vst_str_from(cases[i].text));
		vst_offender found;

		assert_true(vst_offenders_next(&offenders, &found));
		case_integer(cases[i].text, "position", found.position, cases[i].position);
		case_integer(cases[i].text, "replaceable", found.replaceable, cases[i].replacement != NULL);
		case_text(cases[i].text, "replacement", found.replacement, vst_str_from(cases[i].replacement));
	}
}

static void every_replacement_is_in_the_alphabet(void **state)
{
	(void) state;
	for (uint32_t code = 1; code <= 0x10FFFF; code++) {
		vst_str plain;

		if (vst_typographic_replacement(code, &plain)) {
			assert_int_equal(vst_gsm_septets(code), 0);
			for (size_t i = 0; i < plain.len; i++) {
				assert_int_equal(vst_gsm_septets((unsigned char) plain.ptr[i]), 1);
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_sizes_are_met),
		cmocka_unit_test(the_alphabet_has_137_characters),
		cmocka_unit_test(random_texts_pack_like_the_slow_way),
		cmocka_unit_test(offenders_come_with_position_and_replacement),
		cmocka_unit_test(look_alikes_in_latin_words_are_replaceable),
		cmocka_unit_test(every_replacement_is_in_the_alphabet),
	};

	return cmocka_run_group_tests_name("text/measure", tests, NULL, NULL);
}
