/* Optimising: the first byte chooses the options, the rest is the text. */
#include "fuzz.h"

#include "base/buf.h"
#include "text/optimize.h"
#include "text/utf8.h"

/* The changes put into the given text make the result, and nothing else does. */
static void check_changes(vst_str text, const vst_optimized *result)
{
	vst_buf rebuilt = VST_BUF_INIT;
	size_t at = 0;

	for (size_t i = 0; i < result->count; i++) {
		const vst_change *change = &result->changes[i];
		size_t offset = vst_utf8_offset(text, change->position);

		HOLDS(change->from.len > 0 && change->from.ptr == text.ptr + offset && offset >= at);
		HOLDS(!vst_str_equal(change->from, change->to));
		vst_buf_append(&rebuilt, (vst_str) {text.ptr + at, offset - at});
		vst_buf_append(&rebuilt, change->to);
		at = offset + change->from.len;
	}
	vst_buf_append(&rebuilt, (vst_str) {text.ptr + at, text.len - at});
	HOLDS(vst_str_equal(vst_buf_str(&rebuilt), result->text));
	vst_buf_free(&rebuilt);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	vst_optimize_options options = VST_OPTIMIZE_DEFAULT;
	vst_arena arena = VST_ARENA_INIT;
	vst_optimized result;
	char *owned;
	vst_str text;

	if (size > 0) {
		options = (vst_optimize_options) {(*data & 1) == 0, (*data & 2) == 0, (*data & 4) == 0,
		                                  (vst_translit) ((*data >> 3) % 3)};
		data++;
		size--;
	}
	text = fuzz_piece(&data, &size, &owned);
	HOLDS(vst_text_optimize(text, &options, &arena, &result, NULL) == VST_OK);
	if (vst_utf8_check(text, NULL) == VST_UTF8_OK) {
		HOLDS(vst_utf8_check(result.text, NULL) == VST_UTF8_OK);
		HOLDS(result.after.segments <= result.before.segments);
		check_changes(text, &result);
	}
	vst_arena_free(&arena);
	free(owned);
	return 0;
}
