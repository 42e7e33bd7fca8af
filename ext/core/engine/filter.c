#include "filter.h"

#define WORD(function, type, parse) \
	bool function(vst_str text, unsigned *index) \
	{ \
		type value; \
\
		if (!parse(text, &value)) { \
			return false; \
		} \
		*index = (unsigned) value; \
		return true; \
	}

WORD(vst_word_state, vst_state, vst_state_parse)
WORD(vst_word_category, vst_category, vst_category_parse)
WORD(vst_word_stop_kind, vst_stop_kind, vst_stop_kind_parse)
WORD(vst_word_stop_scope, vst_stop_scope, vst_stop_scope_parse)
WORD(vst_word_purpose, vst_purpose, vst_purpose_parse)
WORD(vst_word_source, vst_source, vst_source_parse)

vst_rc vst_filter_word(const vst_fields *fields, const char *key, vst_word_parse parse, unsigned *index, vst_err *err)
{
	vst_str word = VST_STR_EMPTY;
	vst_rc rc = vst_fields_text(fields, key, 1, 64, &word, err);

	if (rc == VST_OK && word.len > 0 && !parse(word, index)) {
		rc = vst_fields_refuse(fields, key, err, "not one of the known words");
	}
	return rc;
}

vst_rc vst_filter_words(const vst_fields *fields, const char *key, vst_word_parse parse, unsigned *bits, vst_err *err)
{
	const json_t *value = json_object_get(fields->object, key);
	unsigned index = 0;
	vst_rc rc;

	if (!json_is_array(value)) {
		rc = vst_filter_word(fields, key, parse, &index, err);
		if (rc == VST_OK && vst_fields_has(fields, key)) {
			*bits = 1u << index;
		}
		return rc;
	}
	if (json_array_size(value) == 0) {
		return vst_fields_refuse(fields, key, err, "an empty list matches nothing");
	}
	*bits = 0;
	for (size_t i = 0; i < json_array_size(value); i++) {
		const json_t *word = json_array_get(value, i);

		if (!json_is_string(word)) {
			return vst_fail(err, VST_E_TYPE, "%s: expected a list of strings", key);
		}
		if (!parse(vst_str_of(json_string_value(word), json_string_length(word)), &index)) {
			return vst_fields_refuse(fields, key, err, "not one of the known words");
		}
		*bits |= 1u << index;
	}
	return VST_OK;
}

vst_rc vst_filter_phone(const vst_fields *fields, int64_t *phone, vst_err *err)
{
	vst_str text = VST_STR_EMPTY;
	vst_rc rc = vst_fields_text(fields, "phone", 1, 64, &text, err);

	return rc == VST_OK && text.len > 0 ? vst_engine_phone(text, phone, err) : rc;
}

vst_rc vst_filter_period(const vst_fields *fields, int64_t *from, int64_t *to, vst_err *err)
{
	vst_rc rc = vst_fields_integer(fields, "from", 0, VST_INSTANT_MAX, from, err);

	return rc == VST_OK ? vst_fields_integer(fields, "to", 0, VST_INSTANT_MAX, to, err) : rc;
}

vst_rc vst_filter_limit(int64_t limit, int64_t max, vst_err *err)
{
	if (limit < 1 || limit > max) {
		return vst_fail(err, VST_E_INVALID, "limit: expected a whole number from 1 to %d", (int) max);
	}
	return VST_OK;
}

vst_rc vst_filter_stop_at(int64_t stop_at, vst_err *err)
{
	return stop_at < 1 ? vst_fail(err, VST_E_INVALID, "stop_at: expected a positive whole number") : VST_OK;
}

vst_rc vst_filter_page(const vst_fields *fields, const char *const *columns, vst_str *sort, vst_page *page,
                       vst_err *err)
{
	vst_rc rc;

	*sort = vst_str_from(columns[0]);
	if ((rc = vst_fields_text(fields, "sort", 1, 32, sort, err)) != VST_OK ||
	    (rc = vst_fields_integer(fields, "offset", 0, VST_OFFSET_MAX, &page->offset, err)) != VST_OK) {
		return rc;
	}
	if (sort->ptr[0] == '-') {
		*sort = (vst_str) {sort->ptr + 1, sort->len - 1};
		page->descending = true;
	}
	for (size_t i = 0; columns[i] != NULL; i++) {
		if (vst_str_is(*sort, columns[i])) {
			return VST_OK;
		}
	}
	return vst_fields_refuse(fields, "sort", err, "not a column that this list can be sorted by");
}

vst_rc vst_filter_entity(vst_tx *tx, const vst_fields *fields, int64_t *id, vst_err *err)
{
	vst_str name = VST_STR_EMPTY;
	vst_rc rc = vst_fields_text(fields, "entity", 1, 64, &name, err);

	if (rc != VST_OK || name.len == 0) {
		return rc;
	}
	/* Every entity that the settings ever had has its id. */
	rc = vst_name_find(tx, VST_NAME_ENTITY, name, id, err);
	return rc == VST_OK && *id == 0 ? vst_fields_refuse(fields, "entity", err, "not one of settings.entities") : rc;
}
