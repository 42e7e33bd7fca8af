/*
 * The text room in plain C, without PHP: text WHAT FILE COUNT. FILE is a JSON list of texts; they are taken in turn, COUNT
 * times in all. Prints {"seconds": …, "count": …}.
 */
#define _GNU_SOURCE
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "text/classify.h"
#include "text/measure.h"
#include "text/optimize.h"
#include "text/reply.h"
#include "text/template.h"
#include "text/utf8.h"

static void die(const char *what)
{
	fprintf(stderr, "text: %s\n", what);
	exit(1);
}

static int64_t now_ns(void)
{
	struct timespec now;

	(void) clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t) now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Each returns a number made of its result, so that nothing is left out as unused. */
static size_t measure(vst_str text)
{
	vst_measure measured;

	vst_text_measure(text, &measured);
	return (size_t) measured.segments;
}

/* With the check that any text from outside gets, and all that makes it dear. */
static size_t offenders(vst_str text)
{
	vst_offenders walk = vst_text_offenders(text);
	vst_offender offender;
	size_t count = vst_utf8_check(text, NULL) == VST_UTF8_OK;

	while (vst_offenders_next(&walk, &offender)) {
		count += offender.position;
	}
	return count + measure(text);
}

static vst_arena arena = VST_ARENA_INIT;

static size_t optimize(vst_str text)
{
	vst_optimize_options options = VST_OPTIMIZE_DEFAULT;
	vst_optimized result;

	vst_arena_reset(&arena);
	if (vst_text_optimize(text, &options, &arena, &result, NULL) != VST_OK) {
		die("out of memory");
	}
	return result.count;
}

static size_t reply(vst_str text)
{
	vst_reply_meaning meaning;

	vst_reply_parse(text, &meaning);
	return meaning.intent;
}

/* All that vestnik_text_inspect looks for. */
static size_t inspect(vst_str text)
{
	vst_inspection inspection = vst_inspection_builtin(vst_lexicon_shown());
	vst_matches matches;

	vst_arena_reset(&arena);
	if (vst_text_inspect(text, &inspection, &arena, &matches, NULL) != VST_OK) {
		die("out of memory");
	}
	return matches.count;
}

static size_t classify(vst_str text)
{
	vst_classification result;

	vst_arena_reset(&arena);
	if (vst_text_classify(text, VST_SERVICE, &arena, &result, NULL) != VST_OK) {
		die("out of memory");
	}
	return result.count;
}

static bool look_up(void *context, vst_str name, vst_str *value)
{
	(void) context;
	*value = name.ptr[0] == 's' ? VST_STR("1990.5") : VST_STR("1042");
	return true;
}

/* Compiled once, rendered many times: the first text is the template. */
static size_t render(vst_str text)
{
	static const vst_template *compiled;
	static vst_buf out = VST_BUF_INIT;
	vst_template_fault fault;

	if (compiled == NULL &&
	    (vst_template_compile(text, &arena, &compiled, &fault, NULL) != VST_OK || compiled == NULL)) {
		die("the template is wrong");
	}
	vst_buf_clear(&out);
	if (vst_template_render(compiled, look_up, NULL, &out, &fault, NULL) != VST_OK || fault.kind != VST_TEMPLATE_OK) {
		die("the template cannot be rendered");
	}
	return out.len;
}

static const struct {
	const char *name;
	size_t (*run)(vst_str text);
} kinds[] = {
	{"segments", measure}, {"offenders", offenders}, {"optimize", optimize}, {"reply", reply}, {"template", render},
	{"inspect", inspect},   {"classify", classify},
};

static vst_str *read_texts(const char *path, size_t *count)
{
	json_t *list = json_load_file(path, 0, NULL);
	vst_str *texts;

	*count = json_array_size(list);
	texts = calloc(*count + 1, sizeof *texts);
	if (*count == 0 || texts == NULL) {
		die("cannot read the texts");
	}
	for (size_t i = 0; i < *count; i++) {
		texts[i] = vst_str_from(json_string_value(json_array_get(list, i)));
	}
	return texts;
}

int main(int argc, char **argv)
{
	long count = argc == 4 ? atol(argv[3]) : 0;
	vst_str *texts;
	size_t kind = 0, number, sum = 0;
	int64_t started;

	while (kind < sizeof kinds / sizeof kinds[0] && argc == 4 && strcmp(kinds[kind].name, argv[1]) != 0) {
		kind++;
	}
	if (count <= 0 || kind == sizeof kinds / sizeof kinds[0]) {
		die("usage: text segments|offenders|optimize|reply|template|inspect|classify FILE COUNT");
	}
	texts = read_texts(argv[2], &number);
	started = now_ns();
	for (long i = 0, next = 0; i < count; i++) {
		sum += kinds[kind].run(texts[next]);
		next = (size_t) next + 1 == number ? 0 : next + 1;
	}
	printf("{\"seconds\":%.6f,\"count\":%ld,\"sum\":%zu}\n", (double) (now_ns() - started) / 1e9, count, sum);
	return 0;
}
