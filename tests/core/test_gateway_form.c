#include "gateway/form.h"

#include "allocation.h"
#include "check.h"
#include "vectors.h"

static void values_are_encoded_for_any_server(void **state)
{
	vst_buf body = VST_BUF_INIT;

	(void) state;
	vst_form_add(&body, VST_STR("to[79990000001]"), VST_STR("a b+c&d=e%"));
	vst_form_add(&body, VST_STR("msg"), VST_STR("Привет\n~-._"));
	vst_form_add_integer(&body, VST_STR("ttl"), -5);
	vst_form_add(&body, VST_STR("empty"), VST_STR_EMPTY);
	assert_str(vst_buf_str(&body), "to%5B79990000001%5D=a%20b%2Bc%26d%3De%25"
	                               "&msg=%D0%9F%D1%80%D0%B8%D0%B2%D0%B5%D1%82%0A~-._&ttl=-5&empty=");
	vst_buf_free(&body);
}

typedef struct parse_row {
	const char *body;
	size_t count;
	const char *names[4], *values[4];
} parse_row;

static const parse_row rows[] = {
	{"", 0, {NULL}, {NULL}},
	{"a=1&b=2", 2, {"a", "b"}, {"1", "2"}},
	{"a=1&a=2&a=", 3, {"a", "a", "a"}, {"1", "2", ""}},
	{"&&a&&b=&", 2, {"a", "b"}, {"", ""}},
	{"a+b=c+d", 1, {"a b"}, {"c d"}},
	{"data%5B10%5D=x%0Ay&data[9]=z", 2, {"data[10]", "data[9]"}, {"x\ny", "z"}},
	{"a=b=c", 1, {"a"}, {"b=c"}},
	{"%=%4&%zz=%4g&x=%", 3, {"%", "%zz", "x"}, {"%4", "%4g", "%"}},
	{"=v", 1, {""}, {"v"}},
	{"a=%d0%9F%D0%bf", 1, {"a"}, {"Пп"}},
};

static void bodies_are_decoded_as_php_does(void **state)
{
	(void) state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		vst_arena arena = VST_ARENA_INIT;
		vst_pair *pairs = NULL;
		size_t count = 99;

		assert_int_equal(vst_form_parse(vst_str_from(rows[i].body), &arena, &pairs, &count, NULL), VST_OK);
		case_integer(rows[i].body, "count", count, rows[i].count);
		for (size_t k = 0; k < count; k++) {
			case_text(rows[i].body, "name", pairs[k].name, vst_str_from(rows[i].names[k]));
			case_text(rows[i].body, "value", pairs[k].value, vst_str_from(rows[i].values[k]));
		}
		vst_arena_free(&arena);
	}
}

static void a_nul_byte_survives(void **state)
{
	vst_arena arena = VST_ARENA_INIT;
	vst_pair *pairs = NULL;
	size_t count = 0;

	(void) state;
	assert_int_equal(vst_form_parse(VST_STR("a=%00b"), &arena, &pairs, &count, NULL), VST_OK);
	assert_true(vst_str_equal(pairs[0].value, VST_STR("\0b")));
	vst_arena_free(&arena);
}

static void what_is_encoded_comes_back_whole(void **state)
{
	uint64_t seed = 20261125;

	(void) state;
	for (int round = 0; round < 500; round++) {
		char bytes[300];
		size_t name_len = vectors_random(&seed) % 20, value_len = vectors_random(&seed) % 280;
		vst_buf body = VST_BUF_INIT;
		vst_arena arena = VST_ARENA_INIT;
		vst_pair *pairs = NULL;
		size_t count = 0;

		for (size_t i = 0; i < sizeof bytes; i++) {
			bytes[i] = (char) vectors_random(&seed);
		}
		vst_form_add(&body, vst_str_of(bytes, name_len), vst_str_of(bytes + name_len, value_len));
		assert_int_equal(vst_form_parse(vst_buf_str(&body), &arena, &pairs, &count, NULL), VST_OK);
		assert_int_equal(count, 1);
		assert_true(vst_str_equal(pairs[0].name, vst_str_of(bytes, name_len)));
		assert_true(vst_str_equal(pairs[0].value, vst_str_of(bytes + name_len, value_len)));
		vst_arena_free(&arena);
		vst_buf_free(&body);
	}
}

static void a_failed_allocation_is_reported(void **state)
{
	vst_rc rc;
	unsigned long nth = 0;
	char *body = malloc(40001);

	(void) state;
	assert_non_null(body);
	memset(body, 'x', 40000);
	body[1] = body[30001] = '=';
	body[30000] = '&';
	body[40000] = '\0';
	do {
		vst_arena arena = VST_ARENA_INIT;
		vst_err err = VST_ERR_INIT;
		vst_pair *pairs = NULL;
		size_t count = 0;

		fail_allocation(++nth);
		rc = vst_form_parse(vst_str_from(body), &arena, &pairs, &count, &err);
		fail_allocation(0);
		assert_true(rc == VST_OK || rc == VST_E_NOMEM);
		vst_arena_free(&arena);
	} while (rc != VST_OK);
	assert_true(nth > 2);
	free(body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_encoded_for_any_server),
		cmocka_unit_test(bodies_are_decoded_as_php_does),
		cmocka_unit_test(a_nul_byte_survives),
		cmocka_unit_test(what_is_encoded_comes_back_whole),
		cmocka_unit_test(a_failed_allocation_is_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
