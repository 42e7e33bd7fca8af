#include <stdio.h>
#include <stdlib.h>

#include "base/fields.h"
#include "rule.h"

#define CAP_COUNT_MAX 32 /* a person's row keeps VST_CHARGES_MAX charges */

static void set_defaults(vst_law_settings *settings)
{
	vst_windows_standard(settings);
	settings->caps[0] = (vst_cap) {2, 7 * (int64_t) 86400};
	settings->cap_count = 1;
	for (const vst_rule *rule = vst_rules(); rule->id != NULL; rule++) {
		for (const vst_rule_setting *setting = rule->settings; setting != NULL && setting->key != NULL; setting++) {
			char *field = (char *) &settings->rules + setting->offset;

			if (setting->kind == VST_SETTING_INTEGER) {
				*(int64_t *) (void *) field = setting->standard;
			} else if (setting->kind == VST_SETTING_BOOL) {
				*(bool *) field = setting->standard != 0;
			} else if (setting->kind == VST_SETTING_WORDING) {
				*(vst_str *) (void *) field = vst_str_from(setting->wording);
			}
		}
	}
}

/* ---- caps ---- */

static vst_rc read_cap(const json_t *json, size_t index, vst_cap *out, vst_err *err)
{
	static const char *const known[] = {"category", "count", "days", NULL};
	char path[32];
	vst_str category = VST_STR("advertising");
	int64_t count = 0, days = 0;
	vst_fields fields;
	vst_rc rc;

	(void) snprintf(path, sizeof path, "caps.%zu", index);
	fields = vst_fields_settings(json, path);
	rc = vst_fields_known(&fields, known, err);
	if (rc == VST_OK) {
		rc = vst_fields_text(&fields, "category", 1, 32, &category, err);
	}
	if (rc == VST_OK && !vst_str_is(category, "advertising")) {
		rc = vst_fields_refuse(&fields, "category", err, "only advertising has frequency caps");
	}
	if (rc == VST_OK) {
		rc = vst_fields_integer(&fields, "count", 1, CAP_COUNT_MAX, &count, err);
	}
	if (rc == VST_OK && count == 0) {
		rc = vst_fields_refuse(&fields, "count", err, "expected a whole number from 1 to 32");
	}
	if (rc == VST_OK) {
		rc = vst_fields_integer(&fields, "days", 1, 366, &days, err);
	}
	if (rc == VST_OK && days == 0) {
		rc = vst_fields_refuse(&fields, "days", err, "expected a whole number from 1 to 366");
	}
	*out = (vst_cap) {(int) count, days * 86400};
	return rc;
}

static vst_rc read_caps(const json_t *json, vst_law_settings *out, vst_err *err)
{
	vst_rc rc = VST_OK;

	if (!json_is_array(json)) {
		return vst_fail(err, VST_E_SETTINGS, "caps: expected a list");
	}
	if (json_array_size(json) > VST_CAPS_MAX) {
		return vst_fail(err, VST_E_SETTINGS, "caps: expected at most %d entries", VST_CAPS_MAX);
	}
	out->cap_count = json_array_size(json);
	for (size_t i = 0; i < out->cap_count && rc == VST_OK; i++) {
		rc = read_cap(json_array_get(json, i), i, &out->caps[i], err);
	}
	return rc;
}

/* ---- rules ---- */

static vst_rc read_sources(const vst_fields *fields, const char *key, unsigned *out, vst_err *err)
{
	const json_t *list = NULL;
	vst_rc rc = vst_fields_list(fields, key, VST_SOURCE_COUNT, &list, err);

	if (rc != VST_OK || list == NULL) {
		return rc;
	}
	*out = 0;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *name = json_string_value(json_array_get(list, i));
		vst_source source;

		if (name == NULL || !vst_source_parse(vst_str_from(name), &source)) {
			return vst_fields_refuse(fields, key, err,
			                         "expected a list of sources: checkout, registration, form, survey, chatbot, call, "
			                         "paper, import");
		}
		*out |= 1u << source;
	}
	return VST_OK;
}

static vst_rc read_texts(const vst_fields *fields, const vst_rule_setting *setting, vst_texts *out, vst_arena *texts,
                         vst_err *err)
{
	const json_t *list = NULL;
	vst_rc rc = vst_fields_list(fields, setting->key, (size_t) setting->standard, &list, err);
	vst_str *items;

	if (rc != VST_OK || list == NULL) {
		return rc;
	}
	items = vst_arena_array(texts, json_array_size(list) + 1, sizeof *items);
	for (size_t i = 0; items != NULL && i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);
		size_t len = json_string_length(item);

		if (!json_is_string(item) || len < (size_t) setting->min || len > (size_t) setting->max) {
			char words[80];

			(void) snprintf(words, sizeof words, "expected a list of texts of %lld to %lld bytes",
			                (long long) setting->min, (long long) setting->max);
			return vst_fields_refuse(fields, setting->key, err, words);
		}
		items[i] = vst_arena_copy(texts, vst_str_of(json_string_value(item), len));
	}
	*out = (vst_texts) {items, items != NULL ? json_array_size(list) : 0};
	return VST_OK; /* memory: the arena says so at the end */
}

static vst_rc read_wording(const vst_fields *fields, const vst_rule_setting *setting, vst_str *out, vst_arena *texts,
                           vst_err *err)
{
	vst_str text = VST_STR_EMPTY;
	vst_rc rc = vst_fields_text(fields, setting->key, (size_t) setting->min, (size_t) setting->max, &text, err);

	if (rc != VST_OK || text.len == 0) {
		return rc;
	}
	if (setting->must_hold != NULL && !vst_str_contains(text, vst_str_from(setting->must_hold))) {
		char words[80];

		(void) snprintf(words, sizeof words, "must contain %s", setting->must_hold);
		return vst_fields_refuse(fields, setting->key, err, words);
	}
	*out = vst_arena_copy(texts, text);
	return VST_OK;
}

static vst_rc read_setting(const vst_fields *fields, const vst_rule_setting *setting, vst_law_settings *out,
                           vst_err *err)
{
	void *field = (char *) &out->rules + setting->offset;

	switch (setting->kind) {
		case VST_SETTING_INTEGER:
			return vst_fields_integer(fields, setting->key, setting->min, setting->max, field, err);
		case VST_SETTING_SOURCES: return read_sources(fields, setting->key, field, err);
		case VST_SETTING_BOOL: return vst_fields_bool(fields, setting->key, field, err);
		case VST_SETTING_TEXTS: return read_texts(fields, setting, field, &out->texts, err);
		case VST_SETTING_WORDING: return read_wording(fields, setting, field, &out->texts, err);
	}
	return VST_OK;
}

/* The settings of one group (NULL: directly under the rule) in the object of `fields`, and no other keys. */
static vst_rc read_group(const vst_fields *fields, const vst_rule *rule, const char *group, vst_law_settings *out,
                         vst_err *err)
{
	const char *known[16] = {NULL};
	size_t count = 0;
	vst_rc rc;

	for (const vst_rule_setting *s = rule->settings; s != NULL && s->key != NULL && count < 15; s++) {
		const char *key = group == NULL && s->group != NULL ? s->group : s->key;
		bool here = group == NULL || (s->group != NULL && strcmp(s->group, group) == 0);

		if (here && (count == 0 || strcmp(known[count - 1], key) != 0)) {
			known[count++] = key;
		}
	}
	rc = vst_fields_known(fields, known, err);
	for (const vst_rule_setting *s = rule->settings; s != NULL && s->key != NULL && rc == VST_OK; s++) {
		bool here = group == NULL ? s->group == NULL : s->group != NULL && strcmp(s->group, group) == 0;

		if (here) {
			rc = read_setting(fields, s, out, err);
		}
	}
	return rc;
}

static vst_rc read_rule(const vst_fields *rules, const vst_rule *rule, vst_law_settings *out, vst_err *err)
{
	const json_t *object = NULL;
	const char *read = NULL;
	char path[VST_PATH_MAX];
	vst_fields fields;
	vst_rc rc = vst_fields_object(rules, rule->id, &object, err);

	if (rc != VST_OK || object == NULL) {
		return rc;
	}
	vst_fields_path(rules, rule->id, path);
	fields = vst_fields_settings(object, path);
	rc = read_group(&fields, rule, NULL, out, err);
	for (const vst_rule_setting *s = rule->settings; s != NULL && s->key != NULL && rc == VST_OK; s++) {
		const json_t *inner = NULL;

		if (s->group == NULL || (read != NULL && strcmp(read, s->group) == 0)) {
			continue; /* settings of one group stand together in the table */
		}
		read = s->group;
		rc = vst_fields_object(&fields, s->group, &inner, err);
		if (rc == VST_OK && inner != NULL) {
			char inner_path[VST_PATH_MAX];
			vst_fields inside;

			vst_fields_path(&fields, s->group, inner_path);
			inside = vst_fields_settings(inner, inner_path);
			rc = read_group(&inside, rule, s->group, out, err);
		}
	}
	return rc;
}

static vst_rc read_rules(const json_t *json, vst_law_settings *out, vst_err *err)
{
	vst_fields fields = vst_fields_settings(json, "rules");
	const char *known[64] = {NULL};
	size_t count = 0;
	vst_rc rc;

	for (const vst_rule *rule = vst_rules(); rule->id != NULL && count < 63; rule++) {
		known[count++] = rule->id;
	}
	rc = vst_fields_known(&fields, known, err);
	for (const vst_rule *rule = vst_rules(); rule->id != NULL && rc == VST_OK; rule++) {
		rc = read_rule(&fields, rule, out, err);
	}
	return rc;
}

/* ---- the whole ---- */

vst_rc vst_law_settings_new(const json_t *windows, const json_t *caps, const json_t *rules, vst_law_settings **out,
                            vst_err *err)
{
	vst_law_settings *settings = calloc(1, sizeof *settings);
	vst_rc rc = VST_OK;

	if (settings == NULL) {
		return vst_fail_nomem(err);
	}
	set_defaults(settings);
	if (windows != NULL && !json_is_null(windows)) {
		rc = vst_windows_read(windows, settings, err);
	}
	if (rc == VST_OK && caps != NULL && !json_is_null(caps)) {
		rc = read_caps(caps, settings, err);
	}
	if (rc == VST_OK && rules != NULL && !json_is_null(rules)) {
		rc = read_rules(rules, settings, err);
	}
	if (rc == VST_OK) {
		rc = settings->texts.failed ? vst_fail_nomem(err) : vst_windows_check(settings, err);
	}
	if (rc == VST_OK) {
		rc = vst_law_compile(settings, err);
	}
	if (rc != VST_OK) {
		vst_law_settings_free(settings);
		return rc;
	}
	*out = settings;
	return VST_OK;
}

void vst_law_settings_free(vst_law_settings *settings)
{
	if (settings != NULL) {
		vst_lexicon_free(settings->words);
		vst_arena_free(&settings->texts);
		free(settings);
	}
}

const vst_window *vst_law_window(const vst_law_settings *settings, vst_category category)
{
	return settings->windows[category].limited ? &settings->windows[category].base.window : NULL;
}

int vst_law_spread_s(const vst_law_settings *settings, vst_category category)
{
	return settings->windows[category].spread_s;
}

/* R14 counts by the month. */
#define DEBT_SPAN ((int64_t) 32 * 86400)

int64_t vst_law_charge_span(const vst_law_settings *settings, vst_charge_kind kind)
{
	int64_t longest = 0;

	for (size_t i = 0; i < settings->cap_count; i++) {
		longest = settings->caps[i].seconds > longest ? settings->caps[i].seconds : longest;
	}
	return kind == VST_CHARGE_DEBT ? DEBT_SPAN : longest;
}

unsigned vst_law_unmet_duties(const vst_law_settings *settings)
{
	const vst_rule_values *rules = &settings->rules;

	return (rules->data_in_russia ? 0 : VST_DUTY_STORED_IN_RUSSIA) |
	       (rules->processor_contract.len > 0 ? 0 : VST_DUTY_PROCESSOR_CONTRACT) |
	       (rules->regulator_notice.len > 0 ? 0 : VST_DUTY_REGULATOR_NOTICE);
}

int64_t vst_law_bar_period(const vst_law_settings *settings)
{
	return settings->rules.bar_days * 86400;
}
