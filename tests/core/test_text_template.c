#include "check.h"

#include "allocation.h"
#include "text/template.h"
#include "vectors.h"

static bool look_up(void *context, vst_str name, vst_str *value)
{
	const char *key;
	json_t *item;

	json_object_foreach((json_t *) context, key, item) {
		if (vst_str_is(name, key)) {
			*value = vst_str_of(json_string_value(item), json_string_length(item));
			return true;
		}
	}
	return false;
}

static const char *kind_name(vst_template_kind kind)
{
	static const char *const names[] = {"", "syntax", "unresolved", "empty", "value"};

	return names[kind];
}

static void check_case(const json_t *item)
{
	vst_str text = vectors_text(item, "template", NULL);
	vst_arena arena = VST_ARENA_INIT;
	vst_buf out = VST_BUF_INIT;
	vst_template_fault fault;
	const vst_template *compiled = NULL;
	vst_err err = VST_ERR_INIT;

	assert_int_equal(vst_template_compile(text, &arena, &compiled, &fault, &err), VST_OK);
	assert_int_equal(compiled == NULL, fault.kind != VST_TEMPLATE_OK);
	if (compiled != NULL) {
		assert_int_equal(vst_template_render(compiled, look_up, json_object_get(item, "vars"), &out, &fault, &err),
		                 VST_OK);
	}
	case_text(text.ptr, "fault", vst_str_from(kind_name(fault.kind)), vectors_text(item, "fault", ""));
	if (fault.kind == VST_TEMPLATE_OK) {
		case_text(text.ptr, "rendered", vst_buf_str(&out), vectors_text(item, "text", NULL));
	} else {
		case_integer(text.ptr, "position", fault.position, vectors_integer(item, "position", -1));
		case_text(text.ptr, "name", fault.name, vectors_text(item, "name", ""));
		assert_true(strlen(fault.why) > 0);
	}
	vst_buf_free(&out);
	vst_arena_free(&arena);
}

static void templates_render_or_say_where_they_fail(void **state)
{
	static const char *const known[] = {"template", "vars", "text", "fault", "position", "name", NULL};
	json_t *cases = vectors_load("templates.json");
	size_t i;
	json_t *item;

	(void) state;
	json_array_foreach(cases, i, item) {
		vectors_known(item, known);
		check_case(item);
	}
	assert_true(i > 80);
	json_decref(cases);
}

static void a_compiled_template_renders_many_times(void **state)
{
	vst_arena arena = VST_ARENA_INIT;
	vst_template_fault fault;
	const vst_template *compiled;
	vst_err err = VST_ERR_INIT;

	(void) state;
	assert_int_equal(vst_template_compile(VST_STR("{n|upper}!"), &arena, &compiled, &fault, &err), VST_OK);
	for (int i = 0; i < 3; i++) {
		char value[2] = {(char) ('a' + i), '\0'}, expected[3] = {(char) ('A' + i), '!', '\0'};
		json_t *vars = json_pack("{s:s}", "n", value);
		vst_buf out = VST_BUF_INIT;

		assert_int_equal(vst_template_render(compiled, look_up, vars, &out, &fault, &err), VST_OK);
		assert_str(vst_buf_str(&out), expected);
		vst_buf_free(&out);
		json_decref(vars);
	}
	vst_arena_free(&arena);
}

static void a_failed_allocation_is_reported(void **state)
{
	json_t *vars = json_pack("{s:s}", "n", "value");
	unsigned long nth = 0;
	vst_rc rc;

	(void) state;
	do {
		vst_arena arena = VST_ARENA_INIT;
		vst_buf out = VST_BUF_INIT;
		vst_template_fault fault;
		const vst_template *compiled = NULL;
		vst_err err = VST_ERR_INIT;

		fail_allocation(++nth);
		rc = vst_template_compile(VST_STR("a {n|first_word|upper} b"), &arena, &compiled, &fault, &err);
		if (rc == VST_OK) {
			rc = vst_template_render(compiled, look_up, vars, &out, &fault, &err);
		}
		fail_allocation(0);
		assert_true(rc == VST_OK || rc == VST_E_NOMEM);
		assert_int_equal(err.rc, rc);
		vst_buf_free(&out);
		vst_arena_free(&arena);
	} while (rc != VST_OK);
	assert_true(nth > 3);
	json_decref(vars);
}

static void placeholders_nobody_filled_in_are_found(void **state)
{
	static const char *const known[] = {"text", "found", "position", NULL};
	json_t *cases = vectors_load("placeholders.json");
	size_t i;
	json_t *item;

	(void) state;
	json_array_foreach(cases, i, item) {
		vst_str text = vectors_text(item, "text", NULL), found = VST_STR_EMPTY;
		size_t position = 0;
		bool any = vst_text_placeholder(text, &found, &position);

		vectors_known(item, known);
		case_integer(text.ptr, "found", any, json_is_string(json_object_get(item, "found")));
		if (any) {
			case_text(text.ptr, "placeholder", found, vectors_text(item, "found", NULL));
			case_integer(text.ptr, "position", position, vectors_integer(item, "position", -1));
		}
	}
	json_decref(cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(templates_render_or_say_where_they_fail),
		cmocka_unit_test(a_compiled_template_renders_many_times),
		cmocka_unit_test(a_failed_allocation_is_reported),
		cmocka_unit_test(placeholders_nobody_filled_in_are_found),
	};

	return cmocka_run_group_tests_name("text/template", tests, NULL, NULL);
}
