#include "breaker.h"

#include <stdlib.h>
#include <stdio.h>

#include <jansson.h>

/* Seconds of the first rest and of the longest, by cause. */
static const struct {
	const char *name;
	int64_t first, longest, tolerated;
} causes[] = {
	[VST_BREAKER_NONE] = {"closed", 0, 0, 0},
	[VST_BREAKER_MISCONFIGURED] = {"misconfigured", 60, 900, 1},
	[VST_BREAKER_UNREACHABLE] = {"unreachable", 2, 60, 3},
	[VST_BREAKER_LIMITED] = {"limited", 10, 600, 1},
};

const char *vst_breaker_cause_name(vst_breaker_cause cause)
{
	return causes[cause].name;
}

static vst_rc fact_name(vst_str provider, char out[96], vst_err *err)
{
	int len = snprintf(out, 96, "provider:%.*s", VST_STR_ARGS(provider));

	return len > 0 && len < 96 ? VST_OK : vst_fail(err, VST_E_INVALID, "provider: too long a name");
}

static void parse(const json_t *stored, vst_breaker *out)
{
	const char *state = json_string_value(json_object_get(stored, "state"));
	const char *code = json_string_value(json_object_get(stored, "code"));

	for (int cause = VST_BREAKER_NONE; state != NULL && cause <= VST_BREAKER_LIMITED; cause++) {
		if (strcmp(causes[cause].name, state) == 0) {
			out->cause = (vst_breaker_cause) cause;
		}
	}
	out->since = json_integer_value(json_object_get(stored, "since"));
	out->until = json_integer_value(json_object_get(stored, "until"));
	out->failures = json_integer_value(json_object_get(stored, "failures"));
	(void) snprintf(out->code, sizeof out->code, "%s", code != NULL ? code : "");
}

vst_rc vst_breaker_get(vst_tx *tx, vst_str provider, vst_breaker *out, vst_err *err)
{
	vst_arena memory = VST_ARENA_INIT;
	vst_str text = VST_STR_EMPTY;
	json_t *stored;
	char name[96];
	vst_rc rc;

	memset(out, 0, sizeof *out);
	rc = fact_name(provider, name, err);
	if (rc == VST_OK) {
		rc = vst_fact_get(tx, vst_str_from(name), &memory, &text, err);
	}
	if (rc == VST_OK && text.len > 2) {
		stored = json_loadb(text.ptr, text.len, 0, NULL);
		parse(stored, out);
		json_decref(stored);
	}
	vst_arena_free(&memory);
	return rc;
}

static vst_rc put(vst_tx *tx, vst_str provider, const vst_breaker *breaker, vst_err *err)
{
	char name[96];
	char *text = NULL;
	json_t *stored = NULL;
	vst_rc rc = fact_name(provider, name, err);

	if (rc == VST_OK && breaker->failures == 0) {
		return vst_fact_put(tx, vst_str_from(name), VST_STR("{}"), err);
	}
	if (rc == VST_OK) {
		stored = json_pack("{s:s, s:I, s:I, s:I, s:s}", "state", causes[breaker->cause].name, "since",
		                   (json_int_t) breaker->since, "until", (json_int_t) breaker->until, "failures",
		                   (json_int_t) breaker->failures, "code", breaker->code);
		text = stored != NULL ? json_dumps(stored, JSON_COMPACT) : NULL;
		rc = text != NULL ? vst_fact_put(tx, vst_str_from(name), vst_str_from(text), err) : vst_fail_nomem(err);
	}
	free(text);
	json_decref(stored);
	return rc;
}

vst_rc vst_breaker_fail(vst_tx *tx, vst_str provider, vst_breaker_cause cause, vst_str code, int64_t at_least_s,
                        vst_err *err)
{
	vst_breaker breaker;
	int64_t rest;
	vst_rc rc = vst_breaker_get(tx, provider, &breaker, err);

	if (rc != VST_OK) {
		return rc;
	}
	if (breaker.failures == 0) {
		breaker.since = vst_tx_now(tx);
	}
	breaker.failures++;
	breaker.cause = cause;
	if (breaker.failures >= causes[cause].tolerated) {
		int64_t doublings = breaker.failures - causes[cause].tolerated;

		rest = doublings < 10 ? causes[cause].first << doublings : causes[cause].longest;
		rest = rest < causes[cause].longest ? rest : causes[cause].longest;
		breaker.until = vst_tx_now(tx) + (rest > at_least_s ? rest : at_least_s);
	}
	(void) snprintf(breaker.code, sizeof breaker.code, "%.*s", code.len < sizeof breaker.code ? (int) code.len : 0,
	                code.ptr);
	return put(tx, provider, &breaker, err);
}

vst_rc vst_breaker_reset(vst_tx *tx, vst_str provider, vst_err *err)
{
	vst_breaker breaker;
	vst_rc rc = vst_breaker_get(tx, provider, &breaker, err);

	if (rc == VST_OK && breaker.failures > 0) {
		memset(&breaker, 0, sizeof breaker);
		rc = put(tx, provider, &breaker, err);
	}
	return rc;
}
