#include <stdlib.h>

#include "check.h"

#include "text/measure.h"
#include "text/rewrite.h"
#include "text/utf8.h"
#include "vectors.h"

static void rewrites_keep_the_sense(void **state)
{
	static const char *const known[] = {"name", "clean", "lighten", "text", NULL};
	json_t *cases = vectors_load("rewrites.json");
	size_t i;
	json_t *item;

	(void) state;
	json_array_foreach(cases, i, item) {
		const char *name = json_string_value(json_object_get(item, "name"));
		const json_t *clean = json_object_get(item, "clean"), *expected = json_object_get(item, "text");
		char *given = vectors_built(clean != NULL ? clean : json_object_get(item, "lighten"));
		char *wanted = vectors_built(expected != NULL ? expected
		                             : clean != NULL  ? clean
		                                              : json_object_get(item, "lighten"));
		vst_arena arena = VST_ARENA_INIT;
		vst_str out;
		bool changed = clean != NULL ? vst_text_clean(vst_str_from(given), &arena, &out)
		                             : vst_text_lighten(vst_str_from(given), &arena, &out);

		vectors_known(item, known);
		case_text(name, "text", out, vst_str_from(wanted));
		case_integer(name, "changed", changed, expected != NULL);
		vst_arena_free(&arena);
		free(given);
		free(wanted);
	}
	json_decref(cases);
}

/* Whatever goes in: the text stays well-formed, never costs more, and a second rewrite changes nothing. */
static void rewrites_of_random_texts_settle(void **state)
{
	static const uint32_t alphabet[] = {'a',   ' ',    '\n',   '\r',   '\t', 7,   0xA0, 0xAB, 0x2014,  0x2026,
	                                    0x44F, 0x200B, 0x202E, 0x2122, '/',  ':', '.',  'w',  0x1F600, 0x2116};
	uint64_t seed = 5;

	(void) state;
	for (int round = 0; round < 20000; round++) {
		size_t count = vectors_random(&seed) % 90, len = 0;
		bool narrow = vectors_random(&seed) % 2 == 0;
		char text[512];
		vst_arena arena = VST_ARENA_INIT;
		vst_str cleaned, lighter, again;
		vst_measure before, after;

		for (size_t i = 0; i < count; i++) {
			uint32_t code = alphabet[vectors_random(&seed) % COUNT_OF(alphabet)];

			len += vst_utf8_put(narrow && (code == 0x44F || code == 0x1F600) ? 'b' : code, text + len);
		}
		(void) vst_text_clean(vst_str_of(text, len), &arena, &cleaned);
		assert_int_equal(vst_utf8_check(cleaned, NULL), VST_UTF8_OK);
		assert_false(vst_text_clean(cleaned, &arena, &again));
		(void) vst_text_lighten(cleaned, &arena, &lighter);
		assert_int_equal(vst_utf8_check(lighter, NULL), VST_UTF8_OK);
		assert_false(vst_text_lighten(lighter, &arena, &again));
		vst_text_measure(cleaned, &before);
		vst_text_measure(lighter, &after);
		assert_true(after.segments <= before.segments);
		vst_arena_free(&arena);
	}
}

/* Callers check their texts; one that did not must not overrun the result. */
static void malformed_bytes_stay_as_they_are(void **state)
{
	char given[600];
	vst_arena arena = VST_ARENA_INIT;
	vst_str out;

	(void) state;
	memset(given, 0xFF, sizeof given);
	given[0] = ' ';
	assert_true(vst_text_clean(vst_str_of(given, sizeof given), &arena, &out));
	assert_int_equal(out.len, sizeof given - 1);
	assert_memory_equal(out.ptr, given + 1, out.len);
	assert_false(vst_text_lighten(out, &arena, &out));
	vst_arena_free(&arena);
}

static void urls_are_found_with_their_hosts(void **state)
{
	static const struct {
		const char *text, *url, *host;
	} cases[] = {
		{"Ждём: https://shop.example/a?b=1.", "https://shop.example/a?b=1", "shop.example"},
		{"«http://user:pass@Shop.example:8080/x»", "http://user:pass@Shop.example:8080/x", "Shop.example"},
		{"см. shop.example/sale!", "shop.example/sale", "shop.example"},
		{"www.shop.example, ждём", "www.shop.example", "www.shop.example"},
		{"магазин.рф/акция", "магазин.рф/акция", "магазин.рф"},
		{"12.06/13.06 с 10 до 14", NULL, NULL},
		{"и/или", NULL, NULL},
		{"цена 1.990/шт", NULL, NULL},
		{"shop.example", NULL, NULL},
		{"", NULL, NULL},
	};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		vst_str text = vst_str_from(cases[i].text);
		size_t begin = 0, end = 0;
		bool found = vst_text_next_url(text, 0, &begin, &end);

		case_integer(cases[i].text, "found", found, cases[i].url != NULL);
		if (found) {
			vst_str url = {text.ptr + begin, end - begin};

			case_text(cases[i].text, "url", url, vst_str_from(cases[i].url));
			case_text(cases[i].text, "host", vst_url_host(url), vst_str_from(cases[i].host));
		}
	}
}

static void cyrillic_is_told_from_other_letters(void **state)
{
	(void) state;
	assert_true(vst_text_has_cyrillic(VST_STR("order Ё")));
	assert_false(vst_text_has_cyrillic(VST_STR("order «42» é Ω €")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rewrites_keep_the_sense),
		cmocka_unit_test(rewrites_of_random_texts_settle),
		cmocka_unit_test(malformed_bytes_stay_as_they_are),
		cmocka_unit_test(urls_are_found_with_their_hosts),
		cmocka_unit_test(cyrillic_is_told_from_other_letters),
	};

	return cmocka_run_group_tests_name("text/rewrite", tests, NULL, NULL);
}
