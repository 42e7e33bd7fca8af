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

vst_rc vst_engine_entity_find(vst_engine *engine, vst_tx *tx, vst_str name, const vst_gate_entity **out, int64_t *id,
                              vst_err *err)
{
	vst_settings *settings;
	const vst_gate_entity *entity;
	vst_rc rc = vst_engine_current(engine, tx, &settings, err);

	if (rc != VST_OK) {
		return rc;
	}
	if (name.len > 0) {
		entity = vst_settings_entity(settings, name);
	} else {
		entity = settings->entity_count == 1 ? &settings->entities[0] : NULL;
	}
	if (entity == NULL) {
		return vst_fail(err, VST_E_INVALID, name.len > 0 ? "entity: not one of settings.entities"
		                                                : "entity: must be named, the settings have not just one");
	}
	*out = entity;
	return vst_name_find(tx, VST_NAME_ENTITY, entity->id, id, err);
}

vst_rc vst_filter_entity(vst_engine *engine, vst_tx *tx, const vst_fields *fields, int64_t *id, bool *nothing,
                         vst_err *err)
{
	const vst_gate_entity *entity;
	vst_str name = VST_STR_EMPTY;
	vst_rc rc = vst_fields_text(fields, "entity", 1, 64, &name, err);

	*nothing = false;
	if (rc != VST_OK || name.len == 0) {
		return rc;
	}
	/* An entity that was taken out of the settings keeps its rows, and they can still be listed. */
	rc = vst_name_find(tx, VST_NAME_ENTITY, name, id, err);
	if (rc == VST_OK && *id == 0) {
		rc = vst_engine_entity_find(engine, tx, name, &entity, id, err);
		*nothing = true;
	}
	return rc;
}
