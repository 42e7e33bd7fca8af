/* The rules as data for people: names, articles, and the findings each can make. */
#include "rule.h"

static json_t *categories_of(const vst_rule *rule)
{
	json_t *list = json_array();

	for (int category = VST_CATEGORY_COUNT - 1; category >= 0; category--) {
		if ((rule->categories & VST_FOR(category)) != 0 &&
		    json_array_append_new(list, json_string(vst_category_name((vst_category) category))) != 0) {
			json_decref(list);
			return NULL;
		}
	}
	return list;
}

static json_t *findings_of(const vst_rule *rule)
{
	json_t *list = json_array();

	for (int id = 0; id < VST_FINDING_ID_COUNT; id++) {
		const vst_finding_kind *kind = &vst_finding_kinds()[id];

		if (strcmp(kind->rule, rule->id) == 0 &&
		    json_array_append_new(list, json_pack("{s:s, s:s}", "code", kind->code, "verdict",
		                                          vst_finding_verdict_name(kind->verdict))) != 0) {
			json_decref(list);
			return NULL;
		}
	}
	return list;
}

static json_t *instant(int64_t at)
{
	return at != 0 ? json_integer(at) : json_null();
}

vst_rc vst_law_describe(json_t **out, vst_err *err)
{
	json_t *list = json_array();

	for (const vst_rule *rule = vst_rules(); rule->id != NULL; rule++) {
		if (json_array_append_new(list,
		                          json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o}", "id", rule->id, "name",
		                                    rule->name_ru, "name_en", rule->name_en, "basis", rule->basis_ru,
		                                    "basis_en", rule->basis_en, "categories", categories_of(rule), "valid_from",
		                                    instant(rule->valid_from), "valid_until", instant(rule->valid_until),
		                                    "findings", findings_of(rule))) != 0) {
			json_decref(list);
			return vst_fail_nomem(err);
		}
	}
	*out = list;
	return VST_OK;
}
