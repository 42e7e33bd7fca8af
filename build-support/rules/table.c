/*
 * Prints the table of rules, what each may say and what it may be set to, as JSON. Built and run by
 * ./phpize-build.sh rules, which makes docs/rules.md and docs/rules.ru.md of it.
 */
#include <stdio.h>

#include "law/rule.h"

static json_t *both(const char *ru, const char *en)
{
	return json_pack("{s:s, s:s}", "ru", ru, "en", en);
}

static json_t *categories_of(const vst_rule *rule)
{
	json_t *list = json_array();

	for (int category = 0; category < VST_CATEGORY_COUNT; category++) {
		if ((rule->categories & VST_FOR(category)) != 0) {
			json_array_append_new(list, json_string(vst_category_name((vst_category) category)));
		}
	}
	return list;
}

static json_t *looks_of(const vst_rule *rule)
{
	json_t *list = json_array();

	if ((rule->looks & VST_AT_SUBMIT) != 0) {
		json_array_append_new(list, json_string("submit"));
	}
	if ((rule->looks & VST_AT_DISPATCH) != 0) {
		json_array_append_new(list, json_string("dispatch"));
	}
	return list;
}

static json_t *findings_of(const vst_rule *rule)
{
	json_t *list = json_array();

	for (int id = 0; id < VST_FINDING_ID_COUNT; id++) {
		const vst_finding_kind *kind = &vst_finding_kinds()[id];

		if (kind->rule != NULL && strcmp(kind->rule, rule->id) == 0) {
			json_array_append_new(list, json_pack("{s:s, s:s, s:o}", "code", kind->code, "verdict",
			                                      vst_finding_verdict_name(kind->verdict), "explanation",
			                                      both(kind->ru.ptr, kind->en.ptr)));
		}
	}
	return list;
}

static const char *kind_name(vst_setting_kind kind)
{
	switch (kind) {
		case VST_SETTING_INTEGER: return "integer";
		case VST_SETTING_BOOL: return "bool";
		case VST_SETTING_SOURCES: return "sources";
		case VST_SETTING_TEXTS: return "texts";
		case VST_SETTING_WORDING: return "wording";
	}
	return "?";
}

static json_t *settings_of(const vst_rule *rule)
{
	json_t *list = json_array();

	for (const vst_rule_setting *s = rule->settings; s != NULL && s->key != NULL; s++) {
		json_array_append_new(list, json_pack("{s:s?, s:s, s:s, s:I, s:I, s:I, s:s?, s:s?}", "group", s->group, "key",
		                                      s->key, "kind", kind_name(s->kind), "min", (json_int_t) s->min, "max",
		                                      (json_int_t) s->max, "standard", (json_int_t) s->standard, "wording",
		                                      s->wording, "must_hold", s->must_hold));
	}
	return list;
}

int main(void)
{
	json_t *rules = json_array(), *table;

	for (const vst_rule *rule = vst_rules(); rule->id != NULL; rule++) {
		json_array_append_new(
			rules, json_pack("{s:s, s:o, s:o, s:o, s:o, s:I, s:I, s:o, s:o}", "id", rule->id, "name",
		                     both(rule->name_ru, rule->name_en), "basis", both(rule->basis_ru, rule->basis_en),
		                     "categories", categories_of(rule), "looks", looks_of(rule), "valid_from",
		                     (json_int_t) rule->valid_from, "valid_until", (json_int_t) rule->valid_until, "findings",
		                     findings_of(rule), "settings", settings_of(rule)));
	}
	table = json_pack("{s:s, s:o}", "version", vst_law_version(), "rules", rules);
	if (table == NULL || json_dumpf(table, stdout, JSON_INDENT(1)) != 0) {
		fputs("the table cannot be written\n", stderr);
		return 1;
	}
	json_decref(table);
	return 0;
}
