/* vestnik_text_optimize(): no store needed. */
#include "php_vestnik.h"

#include "text/optimize.h"
#include "text/utf8.h"

/* The options that switch a kind of change on or off. */
static bool *switch_of(vst_optimize_options *options, const zend_string *key)
{
	return zend_string_equals_literal(key, "typography")   ? &options->typography
	       : zend_string_equals_literal(key, "spaces")     ? &options->spaces
	       : zend_string_equals_literal(key, "homoglyphs") ? &options->homoglyphs
	                                                       : NULL;
}

static vst_rc read_transliterate(const zval *value, vst_optimize_options *options, vst_err *err)
{
	if (Z_TYPE_P(value) == IS_NULL) {
		return VST_OK;
	}
	if (Z_TYPE_P(value) != IS_STRING) {
		return vst_fail(err, VST_E_TYPE, "options.transliterate: must be of type ?string, %s given",
		                zend_zval_type_name(value));
	}
	if (!vst_translit_find(vst_str_of(Z_STRVAL_P(value), Z_STRLEN_P(value)), &options->transliterate)) {
		return vst_fail(err, VST_E_INVALID, "options.transliterate: expected \"icao\" or \"readable\"");
	}
	return VST_OK;
}

static vst_rc read_option(const zend_string *key, zend_ulong index, const zval *value, vst_optimize_options *options,
                          vst_err *err)
{
	bool *given = key != NULL ? switch_of(options, key) : NULL;
	char name[PHP_VESTNIK_NAME_MAX];

	if (key != NULL && zend_string_equals_literal(key, "transliterate")) {
		return read_transliterate(value, options, err);
	}
	if (given == NULL) {
		return vst_fail(err, VST_E_INVALID, "options: unknown key %s", php_vestnik_name(key, index, name));
	}
	if (Z_TYPE_P(value) != IS_TRUE && Z_TYPE_P(value) != IS_FALSE) {
		return vst_fail(err, VST_E_TYPE, "options.%s: must be of type bool, %s given", ZSTR_VAL(key),
		                zend_zval_type_name(value));
	}
	*given = Z_TYPE_P(value) == IS_TRUE;
	return VST_OK;
}

static vst_rc read_options(HashTable *given, vst_optimize_options *options, vst_err *err)
{
	zend_string *key;
	zend_ulong index;
	zval *value;

	*options = VST_OPTIMIZE_DEFAULT;
	if (given == NULL) {
		return VST_OK;
	}
	ZEND_HASH_FOREACH_KEY_VAL(given, index, key, value) {
		vst_rc rc;

		ZVAL_DEREF(value);
		rc = read_option(key, index, value, options, err);
		if (rc != VST_OK) {
			return rc;
		}
	}
	ZEND_HASH_FOREACH_END();
	return VST_OK;
}

static void put_change(zval *list, const vst_change *change)
{
	zval entry;

	array_init_size(&entry, 4);
	add_assoc_string(&entry, "kind", vst_change_name(change->kind));
	add_assoc_long(&entry, "position", (zend_long) change->position);
	add_assoc_stringl(&entry, "from", change->from.ptr, change->from.len);
	add_assoc_stringl(&entry, "to", change->to.ptr, change->to.len);
	zend_hash_next_index_insert_new(Z_ARRVAL_P(list), &entry);
}

static void put_cost(zval *result, const char *key, const vst_measure *measure)
{
	zval cost;

	array_init_size(&cost, 4);
	zend_hash_real_init_mixed(Z_ARRVAL(cost));
	php_vestnik_put_cost(Z_ARRVAL(cost), measure);
	add_assoc_zval(result, key, &cost);
}

PHP_FUNCTION(vestnik_text_optimize)
{
	zend_string *given;
	HashTable *options_given = NULL;
	vst_optimize_options options;
	vst_optimized result;
	vst_str text;
	zval changes;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_START(1, 2)
		Z_PARAM_STR(given)
		Z_PARAM_OPTIONAL
		Z_PARAM_ARRAY_HT(options_given)
	ZEND_PARSE_PARAMETERS_END();
	if (!php_vestnik_message_text(1, given, &text)) {
		RETURN_THROWS();
	}
	rc = read_options(options_given, &options, &err);
	if (rc == VST_OK) {
		rc = vst_text_optimize(text, &options, php_vestnik_scratch(), &result, &err);
	}
	if (!php_vestnik_ok(rc, &err)) {
		RETURN_THROWS();
	}
	array_init_size(return_value, 4);
	if (result.count == 0) {
		add_assoc_str(return_value, "text", zend_string_copy(given));
	} else {
		add_assoc_stringl(return_value, "text", result.text.ptr, result.text.len);
	}
	put_cost(return_value, "before", &result.before);
	put_cost(return_value, "after", &result.after);
	ZVAL_EMPTY_ARRAY(&changes);
	if (result.count > 0) {
		array_init_size(&changes, (uint32_t) result.count);
		for (size_t i = 0; i < result.count; i++) {
			put_change(&changes, &result.changes[i]);
		}
	}
	add_assoc_zval(return_value, "changes", &changes);
}
