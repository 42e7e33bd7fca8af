/*
 * Writes the tables of ext/core/text that are made from data: lexicon FOLDER TARGET compiles FOLDER's dictionaries into
 * TARGET/lexicon_automaton.inc, and writes TARGET/lexicon_symbols.inc. Built and run by ./phpize-build.sh lexicon.
 */
#include <stdio.h>
#include <stdlib.h>

#include "text/lexicon.h"
#include "text/lexicon_list.h"

static void die(const char *what, const char *name)
{
	fprintf(stderr, "lexicon: %s%s\n", what, name);
	exit(1);
}

static vst_str read_file(const char *folder, const char *name)
{
	char path[4096], *text;
	FILE *file;
	long size;

	snprintf(path, sizeof path, "%s/%s.txt", folder, name);
	if ((file = fopen(path, "rb")) == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0) {
		die("cannot read ", path);
	}
	rewind(file);
	text = malloc((size_t) size + 1);
	if (text == NULL || fread(text, 1, (size_t) size, file) != (size_t) size) {
		die("cannot read ", path);
	}
	fclose(file);
	return vst_str_of(text, (size_t) size);
}

static FILE *create(const char *folder, const char *name)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	if ((file = fopen(path, "wb")) == NULL) {
		die("cannot write ", path);
	}
	return file;
}

/* Separates numbers: a line has 24. */
static const char *separator(size_t i)
{
	return i % 24 == 23 ? ",\n" : ",";
}

static void write_automaton(FILE *to, const vst_lexicon *lexicon)
{
	fputs("/* Written by ./phpize-build.sh lexicon from lexicon/. */\nstatic const uint32_t bases[] = {\n", to);
	for (size_t i = 0; i < lexicon->states; i++) {
		fprintf(to, "%u%s", lexicon->bases[i], separator(i));
	}
	fputs("\n};\nstatic const uint16_t accepts[] = {\n", to);
	for (size_t i = 0; i < lexicon->states; i++) {
		fprintf(to, "%u%s", lexicon->accepts[i], separator(i));
	}
	fputs("\n};\nstatic const uint16_t rest_of[] = {\n", to);
	for (size_t i = 0; i < lexicon->states; i++) {
		fprintf(to, "%u%s", lexicon->rest_of[i], separator(i));
	}
	fputs("\n};\nstatic const vst_lexicon_rest rests[] = {\n", to);
	for (size_t i = 0; i < lexicon->rest_count; i++) {
		fprintf(to, "{%u,%u}%s", lexicon->rests[i].cyrillic, lexicon->rests[i].latin, separator(i));
	}
	fputs("\n};\nstatic const vst_lexicon_slot slots[] = {\n", to);
	for (size_t i = 0; i < lexicon->slot_count; i++) {
		fprintf(to, "{%u,%u}%s", lexicon->slots[i].owner, lexicon->slots[i].next, separator(i));
	}
	fputs("\n};\nstatic const vst_lexicon_output outputs[] = {\n", to);
	for (size_t i = 0; i < lexicon->output_count; i++) {
		fprintf(to, "{UINT64_C(0x%llx), UINT64_C(0x%llx)},\n", (unsigned long long) lexicon->outputs[i].hit,
		        (unsigned long long) lexicon->outputs[i].except);
	}
	fprintf(to, "};\nstatic const vst_lexicon builtin = {bases, accepts, rest_of, rests, slots, outputs, %u, %u, %u, %u};\n",
	        lexicon->states, lexicon->slot_count, lexicon->output_count, lexicon->rest_count);
}

static void write_symbols(FILE *to)
{
	for (uint32_t code = 0; code < 0x800; code++) {
		fprintf(to, "%u%s", vst_symbol_by_rule(code), code % 32 == 31 ? ",\n" : ",");
	}
}

int main(int argc, char **argv)
{
	vst_lexicon_source sources[VST_LISTS];
	vst_lexicon *lexicon = NULL;
	vst_err err = VST_ERR_INIT;
	FILE *file;

	if (argc != 3) {
		die("usage: lexicon FOLDER TARGET", "");
	}
	for (unsigned i = 0; i < VST_LISTS; i++) {
		const char *name = vst_lexicon_list_of(i)->name;

		sources[i] = (vst_lexicon_source) {i, name, read_file(argv[1], name)};
	}
	if (vst_lexicon_compile(sources, VST_LISTS, read_file(argv[1], "classes"), &lexicon, &err) != VST_OK) {
		die(err.text, "");
	}
	file = create(argv[2], "lexicon_automaton.inc");
	write_automaton(file, lexicon);
	if (fclose(file) != 0) {
		die("cannot write", "");
	}
	file = create(argv[2], "lexicon_symbols.inc");
	write_symbols(file);
	if (fclose(file) != 0) {
		die("cannot write", "");
	}
	fprintf(stderr, "lexicon: %u states, %zu bytes\n", lexicon->states,
	        vst_lexicon_bytes(lexicon));
	vst_lexicon_free(lexicon);
	for (unsigned i = 0; i < VST_LISTS; i++) {
		free((void *) (uintptr_t) sources[i].text.ptr);
	}
	return 0;
}
