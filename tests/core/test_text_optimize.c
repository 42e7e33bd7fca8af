#include <stdio.h>
#include <stdlib.h>

#include "check.h"

#include "allocation.h"
#include "base/buf.h"
#include "text/optimize.h"
#include "text/utf8.h"
#include "vectors.h"

static vst_optimize_options options_of(const json_t *item)
{
	vst_optimize_options options = VST_OPTIMIZE_DEFAULT;
	const json_t *off = json_object_get(item, "off");
	vst_str system = vectors_text(item, "transliterate", "");
	size_t i;
	json_t *kind;

	json_array_foreach(off, i, kind) {
		vst_str name = vst_str_from(json_string_value(kind));

		options.typography = options.typography && !vst_str_is(name, "typography");
		options.spaces = options.spaces && !vst_str_is(name, "spaces");
		options.homoglyphs = options.homoglyphs && !vst_str_is(name, "homoglyphs");
	}
	if (system.len > 0) {
		assert_true(vst_translit_find(system, &options.transliterate));
	}
	return options;
}

/* "kind position from→to" */
static void check_changes(const char *name, const json_t *expected, const vst_optimized *result)
{
	vst_buf line = VST_BUF_INIT;

	case_integer(name, "changes", result->count, json_array_size(expected));
	for (size_t i = 0; i < result->count; i++) {
		const vst_change *change = &result->changes[i];

		vst_buf_clear(&line);
		vst_buf_format(&line, "%s %zu %.*s→%.*s", vst_change_name(change->kind), change->position,
		               VST_STR_ARGS(change->from), VST_STR_ARGS(change->to));
		case_text(name, "change", vst_buf_str(&line), vst_str_from(json_string_value(json_array_get(expected, i))));
	}
	vst_buf_free(&line);
}

static void texts_become_cheaper_and_say_the_same(void **state)
{
	static const char *const known[] = {"name",     "text",    "result", "encoding",
	                                    "changes", "off", "transliterate", NULL};
	json_t *cases = vectors_load("optimize.json");
	size_t i;
	json_t *item;

	(void) state;
	json_array_foreach(cases, i, item) {
		const char *name = json_string_value(json_object_get(item, "name"));
		const json_t *expected = json_object_get(item, "result");
		char *text = vectors_built(json_object_get(item, "text"));
		char *wanted = vectors_built(expected != NULL ? expected : json_object_get(item, "text"));
		vst_optimize_options options = options_of(item);
		vst_arena arena = VST_ARENA_INIT;
		vst_optimized result;

		vectors_known(item, known);
		assert_int_equal(vst_text_optimize(vst_str_from(text), &options, &arena, &result, NULL), VST_OK);
		case_text(name, "text", result.text, vst_str_from(wanted));
		case_text(name, "encoding", vst_str_from(vst_encoding_name(result.after.encoding)),
		          vectors_text(item, "encoding", "UCS-2"));
		check_changes(name, json_object_get(item, "changes"), &result);
		vst_arena_free(&arena);
		free(text);
		free(wanted);
	}
	assert_true(i > 40);
	json_decref(cases);
}

/* The given text with the changes put in. */
static void rebuild(vst_str text, const vst_optimized *result, vst_buf *out)
{
	size_t at = 0;

	for (size_t i = 0; i < result->count; i++) {
		size_t offset = vst_utf8_offset(text, result->changes[i].position);

		assert_true(offset >= at);
		assert_ptr_equal(result->changes[i].from.ptr, text.ptr + offset);
		vst_buf_append(out, vst_str_of(text.ptr + at, offset - at));
		vst_buf_append(out, result->changes[i].to);
		at = offset + result->changes[i].from.len;
	}
	vst_buf_append(out, vst_str_of(text.ptr + at, text.len - at));
}

static void the_changes_are_all_that_changed_and_cost_never_rises(void **state)
{
	static const uint32_t alphabet[] = {'a',    'E',    ' ',    ' ',     0xA0,   0xAB,   0x2026, 0x200B,  0x0430, 0x0429, 0x0439,
	                                    0x0421, '.',    '/',    '{',     '}',    '5',    '@',    0x1F600, 0x044B, '\n',   0x2122,
	                                    0x0449, 0x2116, 0x200D, 0x20AC, 'x'};
	uint64_t seed = 11;

	(void) state;
	for (int round = 0; round < 20000; round++) {
		size_t count = vectors_random(&seed) % 100, len = 0, kinds = 2 + vectors_random(&seed) % (COUNT_OF(alphabet) - 2);
		vst_optimize_options options = {vectors_random(&seed) % 4 > 0, vectors_random(&seed) % 4 > 0,
		                                vectors_random(&seed) % 4 > 0, (vst_translit) (vectors_random(&seed) % 3)};
		char text[512];
		vst_arena arena = VST_ARENA_INIT;
		vst_buf rebuilt = VST_BUF_INIT;
		vst_optimized result, again;
		vst_measure measured;

		for (size_t i = 0; i < count; i++) {
			len += vst_utf8_put(alphabet[vectors_random(&seed) % kinds], text + len);
		}
		assert_int_equal(vst_text_optimize(vst_str_of(text, len), &options, &arena, &result, NULL), VST_OK);
		assert_int_equal(vst_utf8_check(result.text, NULL), VST_UTF8_OK);
		rebuild(vst_str_of(text, len), &result, &rebuilt);
		assert_true(vst_str_equal(vst_buf_str(&rebuilt), result.text));
		vst_text_measure(result.text, &measured);
		assert_int_equal(measured.units, result.after.units);
		assert_true(result.after.segments <= result.before.segments);
		assert_int_equal(vst_text_optimize(result.text, &options, &arena, &again, NULL), VST_OK);
		assert_true(again.after.segments <= result.after.segments);
		vst_buf_free(&rebuilt);
		vst_arena_free(&arena);
	}
}

static void a_failed_allocation_is_reported(void **state)
{
	vst_optimize_options options = VST_OPTIMIZE_DEFAULT;
	vst_str text = VST_STR("  Заказ  «1»  «2»  «3»  «4»  «5»  a\u200bb  ");
	unsigned long allocations;
	vst_arena arena = VST_ARENA_INIT;
	vst_optimized result;

	(void) state;
	options.transliterate = VST_TRANSLIT_ICAO;
	fail_allocation(0);
	assert_int_equal(vst_text_optimize(text, &options, &arena, &result, NULL), VST_OK);
	allocations = allocation_count();
	vst_arena_free(&arena);
	assert_true(allocations > 0);
	for (unsigned long i = 1; i <= allocations; i++) {
		arena = (vst_arena) VST_ARENA_INIT;
		fail_allocation(i);
		assert_int_equal(vst_text_optimize(text, &options, &arena, &result, NULL), VST_E_NOMEM);
		vst_arena_free(&arena);
	}
	fail_allocation(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_become_cheaper_and_say_the_same),
		cmocka_unit_test(the_changes_are_all_that_changed_and_cost_never_rises),
		cmocka_unit_test(a_failed_allocation_is_reported),
	};

	return cmocka_run_group_tests_name("text/optimize", tests, NULL, NULL);
}
