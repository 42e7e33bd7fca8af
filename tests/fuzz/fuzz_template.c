/* A template, then values for all its variables, separated by NUL bytes. */
#include "fuzz.h"

#include "text/template_worst.h"
#include "text/utf8.h"

#define VALUES 4

typedef struct values {
	vst_str value[VALUES];
	size_t next;
} values;

/* The variables get the values in turn. */
static bool look_up(void *context, vst_str name, vst_str *value)
{
	values *given = context;

	(void) name;
	*value = given->value[given->next++ % VALUES];
	return given->next % 13 != 0;
}

static void check_worst(const vst_template *compiled, const vst_str *given)
{
	vst_template_choice choices[] = {{VST_STR("a"), given, VALUES, 0}, {VST_STR("b"), given, 2, 0}};
	vst_buf worst = VST_BUF_INIT;
	vst_template_fault fault;
	vst_measure measure;

	HOLDS(vst_template_worst(compiled, choices, 2, &worst, &measure, &fault, NULL) == VST_OK);
	if (fault.kind == VST_TEMPLATE_OK) {
		vst_measure again;

		vst_text_measure(vst_buf_str(&worst), &again);
		HOLDS(again.segments == measure.segments && again.units == measure.units);
		HOLDS(choices[0].chosen < VALUES && choices[1].chosen < 2);
	}
	vst_buf_free(&worst);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *owned[1 + VALUES];
	vst_str text = fuzz_piece(&data, &size, &owned[0]), found;
	bool well_formed = vst_utf8_check(text, NULL) == VST_UTF8_OK;
	vst_arena arena = VST_ARENA_INIT;
	vst_buf out = VST_BUF_INIT;
	const vst_template *compiled = NULL;
	vst_template_fault fault;
	values given = {.next = 0};
	size_t position;

	for (size_t i = 0; i < VALUES; i++) {
		given.value[i] = fuzz_piece(&data, &size, &owned[1 + i]);
		well_formed = well_formed && vst_utf8_check(given.value[i], NULL) == VST_UTF8_OK;
	}
	HOLDS(vst_template_compile(text, &arena, &compiled, &fault, NULL) == VST_OK);
	HOLDS((compiled == NULL) == (fault.kind != VST_TEMPLATE_OK));
	if (compiled != NULL) {
		HOLDS(vst_template_render(compiled, look_up, &given, &out, &fault, NULL) == VST_OK);
		HOLDS(!well_formed || vst_utf8_check(vst_buf_str(&out), NULL) == VST_UTF8_OK);
		check_worst(compiled, given.value);
	}
	HOLDS(fault.kind == VST_TEMPLATE_OK || !well_formed || fault.position <= vst_utf8_count(text));
	if (vst_text_placeholder(text, &found, &position)) {
		HOLDS(found.ptr >= text.ptr && found.len > 2 && found.ptr + found.len <= text.ptr + text.len);
	}
	vst_buf_free(&out);
	vst_arena_free(&arena);
	for (size_t i = 0; i <= VALUES; i++) {
		free(owned[i]);
	}
	return 0;
}
