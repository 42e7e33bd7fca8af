/*
 * Phone numbers in plain C, without PHP:
 *
 *   numbers parse FILE COUNT    the texts of a JSON list, in turn, COUNT times in all
 *   numbers find PLAN COUNT     look-ups of numbers all over the codes in a compiled numbering plan
 *   numbers compile CSV COUNT   the CSV of a numbering plan compiled
 *
 * Prints {"seconds": …, "count": …, "hits": …}.
 */
#define _GNU_SOURCE
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "text/numbering.h"
#include "text/phone.h"

static void die(const char *what)
{
	fprintf(stderr, "numbers: %s\n", what);
	exit(1);
}

static int64_t now_ns(void)
{
	struct timespec now;

	(void) clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t) now.tv_sec * 1000000000 + now.tv_nsec;
}

static vst_str read_file(const char *path)
{
	vst_buf bytes = VST_BUF_INIT;
	char chunk[65536];
	size_t got;
	FILE *file = fopen(path, "rb");

	if (file == NULL) {
		die("cannot open the file");
	}
	while ((got = fread(chunk, 1, sizeof chunk, file)) > 0) {
		vst_buf_append(&bytes, (vst_str) {chunk, got});
	}
	(void) fclose(file);
	return vst_buf_str(&bytes); /* kept until the end */
}

static void report(int64_t started, long count, long hits)
{
	printf("{\"seconds\":%.6f,\"count\":%ld,\"hits\":%ld}\n", (double) (now_ns() - started) / 1e9, count, hits);
}

static void parse(const char *path, long count)
{
	json_t *list = json_load_file(path, JSON_ALLOW_NUL, NULL);
	size_t number = json_array_size(list), next = 0;
	vst_str *texts = calloc(number + 1, sizeof *texts);
	long hits = 0;
	int64_t started;

	if (number == 0 || texts == NULL) {
		die("cannot read the texts");
	}
	for (size_t i = 0; i < number; i++) {
		const json_t *text = json_array_get(list, i);

		texts[i] = vst_str_of(json_string_value(text), json_string_length(text));
	}
	started = now_ns();
	for (long i = 0; i < count; i++) {
		vst_phone phone;

		hits += vst_phone_parse(texts[next], VST_STR("RU"), &phone);
		next = next + 1 == number ? 0 : next + 1;
	}
	report(started, count, hits);
}

static void find(const char *path, long count)
{
	vst_numbering plan;
	uint64_t random = 1;
	long hits = 0;
	int64_t started;

	if (vst_numbering_read(read_file(path), &plan, NULL) != VST_OK) {
		die("no numbering plan");
	}
	started = now_ns();
	for (long i = 0; i < count; i++) {
		vst_numbering_entry entry;

		random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		hits += vst_numbering_find(&plan, INT64_C(79000000000) + (int64_t) ((random >> 33) % 1000000000), &entry);
	}
	report(started, count, hits);
}

static void compile(const char *path, long count)
{
	vst_str csv = read_file(path);
	int64_t started = now_ns();
	long hits = 0;

	for (long i = 0; i < count; i++) {
		vst_buf image = VST_BUF_INIT;
		vst_numbering_summary summary;
		vst_err err = VST_ERR_INIT;

		if (vst_numbering_compile(csv, 1, &image, &summary, &err) != VST_OK) {
			die(err.text);
		}
		hits = (long) summary.ranges;
		vst_buf_free(&image);
	}
	report(started, count, hits);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*run)(const char *path, long count);
	} kinds[] = {{"parse", parse}, {"find", find}, {"compile", compile}};
	long count = argc == 4 ? atol(argv[3]) : 0;

	for (size_t i = 0; count > 0 && i < sizeof kinds / sizeof kinds[0]; i++) {
		if (strcmp(argv[1], kinds[i].name) == 0) {
			kinds[i].run(argv[2], count);
			return 0;
		}
	}
	die("usage: numbers parse FILE COUNT | find PLAN COUNT | compile CSV COUNT");
	return 1;
}
