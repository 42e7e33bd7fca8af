/* The last step of reading the law's settings: words become an automaton, templates their parts, hosts are looked at. */
#include <stdio.h>
#include <stdlib.h>

#include "law_settings.h"

#define VALUE(field) offsetof(vst_rule_values, field)
#define WARNING(kind) VALUE(warnings[VST_REGULATED_##kind]), VST_OWN_WARNING + VST_REGULATED_##kind, VST_OWN_NONE

/* Lists of words: where their matches go, and those of their exceptions; VST_OWN_NONE: words can only be added. */
static const struct {
	const char *path;
	size_t offset;
	unsigned list, exceptions;
} lists[] = {
	{"rules.R02.words", VALUE(promotion_words), VST_OWN_PROMOTION, VST_OWN_NOT_PROMOTION},
	{"rules.R20.words", VALUE(offensive_words), VST_OWN_OFFENSIVE, VST_OWN_NOT_OFFENSIVE},
	{"rules.R21.words", VALUE(forbidden_words), VST_OWN_FORBIDDEN, VST_OWN_NONE},
	{"rules.R22.texts.medicine", WARNING(MEDICINE)},
	{"rules.R22.texts.supplement", WARNING(SUPPLEMENT)},
	{"rules.R22.texts.infant_formula", WARNING(INFANT_FORMULA)},
	{"rules.R22.texts.credit", WARNING(CREDIT)},
	{"rules.R22.texts.bankruptcy", WARNING(BANKRUPTCY)},
	{"rules.R22.texts.contest", WARNING(CONTEST)},
	{"rules.R23.words", VALUE(claim_words), VST_OWN_CLAIM, VST_OWN_NOT_CLAIM},
};

#define LISTS (sizeof lists / sizeof lists[0])

static const vst_texts *texts_of(const vst_law_settings *settings, size_t list)
{
	return (const vst_texts *) (const void *) ((const char *) &settings->rules + lists[list].offset);
}

static vst_rc refuse(const char *path, size_t number, const char *words, vst_err *err)
{
	return vst_fail(err, VST_E_SETTINGS, "%s.%zu: %s", path, number, words);
}

/* The entry as a source of its own, so that a problem can name it. */
static vst_rc read_entry(size_t list, size_t number, vst_str entry, vst_lexicon_source *out, vst_err *err)
{
	bool exception = entry.len > 0 && entry.ptr[0] == '!';

	if (memchr(entry.ptr, '\n', entry.len) != NULL) {
		return refuse(lists[list].path, number, "one entry only, without line feeds", err);
	}
	if (entry.len == (size_t) exception || entry.ptr[0] == ' ' || entry.ptr[entry.len - 1] == ' ' ||
	    vst_str_starts(entry, VST_STR("# "))) {
		return refuse(lists[list].path, number, "expected a word or a phrase", err);
	}
	if (exception && lists[list].exceptions == VST_OWN_NONE) {
		return refuse(lists[list].path, number, "words can only be added here, not excepted", err);
	}
	out->list = exception ? lists[list].exceptions : lists[list].list;
	out->name = "entry";
	out->text = exception ? (vst_str) {entry.ptr + 1, entry.len - 1} : entry;
	return VST_OK;
}

/* "entry: entry 1: a ')' without '('" → what is behind the last ": " but one */
static const char *problem_of(const vst_err *err)
{
	const char *found = strstr(err->text, "entry 1: ");

	return found != NULL ? found + strlen("entry 1: ") : "an entry that may be empty";
}

/* Compiles each entry alone, to tell which is wrong. */
static vst_rc blame(const vst_law_settings *settings, const vst_lexicon_source *sources, vst_err *err)
{
	size_t count = 0;

	for (size_t list = 0; list < LISTS; list++) {
		for (size_t i = 0; i < texts_of(settings, list)->count; i++) {
			vst_lexicon *lexicon = NULL;
			vst_err problem = VST_ERR_INIT;
			vst_rc rc = vst_lexicon_compile(&sources[count++], 1, VST_STR_EMPTY, &lexicon, &problem);

			vst_lexicon_free(lexicon);
			if (rc == VST_E_INVALID) {
				return refuse(lists[list].path, i, problem_of(&problem), err);
			}
			if (rc != VST_OK) {
				return vst_fail_nomem(err);
			}
		}
	}
	return vst_fail(err, VST_E_SETTINGS, "rules: words that cannot be read together");
}

static vst_rc compile_words(vst_law_settings *settings, vst_err *err)
{
	vst_lexicon_source *sources;
	vst_err problem = VST_ERR_INIT;
	size_t total = 0, count = 0;
	vst_rc rc = VST_OK;

	for (size_t list = 0; list < LISTS; list++) {
		total += texts_of(settings, list)->count;
	}
	if (total == 0) {
		return VST_OK;
	}
	sources = calloc(total, sizeof *sources);
	if (sources == NULL) {
		return vst_fail_nomem(err);
	}
	for (size_t list = 0; list < LISTS; list++) {
		const vst_texts *texts = texts_of(settings, list);

		for (size_t i = 0; i < texts->count && rc == VST_OK; i++) {
			rc = read_entry(list, i, texts->items[i], &sources[count++], err);
		}
	}
	if (rc == VST_OK) {
		rc = vst_lexicon_compile(sources, count, VST_STR_EMPTY, &settings->words, &problem);
		if (rc == VST_E_INVALID) {
			rc = blame(settings, sources, err);
		} else if (rc != VST_OK) {
			rc = vst_fail_nomem(err);
		}
	}
	free(sources);
	return rc;
}

static vst_rc compile_templates(vst_law_settings *settings, vst_err *err)
{
	const vst_texts *texts = &settings->rules.templates;

	settings->templates = vst_arena_array(&settings->texts, texts->count + 1, sizeof *settings->templates);
	for (size_t i = 0; i < texts->count && settings->templates != NULL; i++) {
		const char *problem = vst_operator_template_read(texts->items[i], &settings->texts, &settings->templates[i]);

		if (problem != NULL) {
			return refuse("rules.R31.templates", i, problem, err);
		}
		settings->template_count = i + 1;
	}
	return settings->texts.failed ? vst_fail_nomem(err) : VST_OK;
}

/* A host alone: what follows it, or stands before it, would never be met. */
static vst_rc check_hosts(const vst_texts *hosts, vst_err *err)
{
	for (size_t i = 0; i < hosts->count; i++) {
		vst_str host = hosts->items[i];
		const char *dot = memchr(host.ptr, '.', host.len);

		if (dot == NULL || dot == host.ptr || host.ptr[host.len - 1] == '.' || strpbrk(host.ptr, ":/?#@\\ *") != NULL) {
			return refuse("rules.R26.hosts", i, "expected a host such as shop.example", err);
		}
	}
	return VST_OK;
}

vst_rc vst_law_compile(vst_law_settings *settings, vst_err *err)
{
	vst_rc rc = check_hosts(&settings->rules.hosts, err);

	if (rc == VST_OK) {
		rc = compile_templates(settings, err);
	}
	return rc == VST_OK ? compile_words(settings, err) : rc;
}
