/*
 * Words of the lexicon and the judgement of a text. Malformed UTF-8 too: it must only do no harm. The first byte says
 * whether the input is a text, or words of one's own before the first zero byte and a text behind it.
 */
#include "fuzz.h"

#include "text/classify.h"
#include "text/utf8.h"

static void check_matches(vst_str text, const vst_matches *matches)
{
	size_t characters = 0, offset = 0;

	while (offset < text.len) {
		(void) vst_utf8_next(text, &offset);
		characters++;
	}
	for (size_t i = 0; i < matches->count; i++) {
		const vst_match *match = &matches->items[i];

		HOLDS(match->list < 64 && match->length > 0);
		HOLDS((size_t) match->position + match->length <= characters);
		HOLDS(match->text.ptr == text.ptr + vst_utf8_offset(text, match->position));
		HOLDS(match->text.len == vst_utf8_offset((vst_str) {match->text.ptr, text.len - (size_t) (match->text.ptr - text.ptr)},
		                                         match->length));
		HOLDS(i == 0 || match->position >= matches->items[i - 1].position);
	}
}

static void inspect(vst_str text, const vst_inspection *inspection)
{
	vst_arena arena = VST_ARENA_INIT;
	vst_matches matches = {NULL, 0};

	HOLDS(vst_text_inspect(text, inspection, &arena, &matches, NULL) == VST_OK);
	check_matches(text, &matches);
	vst_arena_free(&arena);
}

static void classify(vst_str text)
{
	for (int declared = 0; declared < VST_CATEGORY_COUNT; declared++) {
		vst_arena arena = VST_ARENA_INIT;
		vst_classification result = {VST_SERVICE, NULL, 0};

		HOLDS(vst_text_classify(text, (vst_category) declared, &arena, &result, NULL) == VST_OK);
		HOLDS(result.count > 0 && (declared != VST_ADVERTISING || result.category == VST_ADVERTISING));
		for (size_t i = 0; i < result.count; i++) {
			HOLDS(result.reasons[i].why_ru[0] != '\0' && result.reasons[i].why_en[0] != '\0');
		}
		vst_arena_free(&arena);
	}
}

/* A shop's words: refused or compiled, and then of use. */
static void own_words(vst_str words, vst_str text)
{
	vst_lexicon_source source = {0, "words", words};
	vst_lexicon *lexicon = NULL;
	vst_err err = VST_ERR_INIT;
	vst_rc rc = vst_lexicon_compile(&source, 1, VST_STR("слог = а | бо | в?г\n"), &lexicon, &err);

	HOLDS(rc == VST_OK || (rc == VST_E_INVALID && err.text[0] != '\0'));
	if (rc == VST_OK) {
		vst_inspection inspection = vst_inspection_own(lexicon);

		inspect(text, &inspection);
		vst_lexicon_free(lexicon);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	vst_str input = vst_str_of((const char *) data, size);
	vst_inspection all = vst_inspection_builtin(~UINT64_C(0));
	const char *end;

	if (size == 0) {
		return 0;
	}
	input = (vst_str) {input.ptr + 1, input.len - 1};
	end = data[0] == 'w' ? memchr(input.ptr, '\0', input.len) : NULL;
	if (end != NULL) {
		size_t len = (size_t) (end - input.ptr);

		own_words((vst_str) {input.ptr, len}, (vst_str) {end + 1, input.len - len - 1});
		return 0;
	}
	inspect(input, &all);
	classify(input);
	return 0;
}
