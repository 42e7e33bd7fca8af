/* vestnik_send_window(): no store needed. */
#include "php_vestnik.h"

static vst_rc hours(HashTable *window, const char *key, vst_str *out, vst_err *err)
{
	zval *value = zend_hash_str_find_deref(window, key, strlen(key));

	if (value == NULL) {
		return vst_fail(err, VST_E_INVALID, "window.%s: missing", key);
	}
	if (Z_TYPE_P(value) != IS_STRING) {
		return vst_fail(err, VST_E_TYPE, "window.%s: must be of type string, %s given", key,
		                zend_zval_type_name(value));
	}
	*out = vst_str_of(Z_STRVAL_P(value), Z_STRLEN_P(value));
	return VST_OK;
}

static vst_rc read_window(HashTable *window, vst_window *out, vst_err *err)
{
	zend_string *key;
	zend_ulong index;
	vst_str from, to;
	vst_rc rc;

	ZEND_HASH_FOREACH_KEY(window, index, key)
	{
		char name[PHP_VESTNIK_NAME_MAX];

		if (key == NULL || (!zend_string_equals_literal(key, "from") && !zend_string_equals_literal(key, "to"))) {
			return vst_fail(err, VST_E_INVALID, "window: unknown key %s", php_vestnik_name(key, index, name));
		}
	}
	ZEND_HASH_FOREACH_END();
	rc = hours(window, "from", &from, err);
	if (rc == VST_OK) {
		rc = hours(window, "to", &to, err);
	}
	if (rc == VST_OK && !vst_window_parse(from, to, out)) {
		rc = vst_fail(err, VST_E_INVALID, "window: expected hours as HH:MM");
	}
	return rc;
}

/* Zones by name, loaded through PHP when they are not yet known. The array lives in the arena. */
static vst_rc named_zones(vst_zone_cache *cache, HashTable *names, vst_arena *arena, const vst_zone *const **out,
                          size_t *count, vst_err *err)
{
	const vst_zone **zones = vst_arena_array(arena, zend_hash_num_elements(names), sizeof *zones);
	size_t filled = 0;
	zval *name;

	if (zones == NULL) {
		return vst_fail_nomem(err);
	}
	ZEND_HASH_FOREACH_VAL(names, name) {
		vst_str checked;
		vst_rc rc;

		ZVAL_DEREF(name);
		if (Z_TYPE_P(name) != IS_STRING) {
			return vst_fail(err, VST_E_TYPE, "timezones: must be a list of strings, %s given",
			                zend_zval_type_name(name));
		}
		rc = php_vestnik_text(Z_STR_P(name), "timezones", &checked, err);
		if (rc == VST_OK) {
			rc = vst_zone_cache_get(cache, checked.ptr, &zones[filled++], err);
		}
		if (rc != VST_OK) {
			return rc;
		}
	}
	ZEND_HASH_FOREACH_END();
	*out = zones;
	*count = filled;
	return VST_OK;
}

PHP_FUNCTION(vestnik_send_window)
{
	HashTable *names, *hours_given;
	zend_long at;
	vst_window window;
	vst_zone_cache *cache;
	const vst_zone *const *zones = NULL;
	size_t count = 0;
	int64_t next = INT64_MIN;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;
	bool open;

	ZEND_PARSE_PARAMETERS_START(3, 3)
		Z_PARAM_ARRAY_HT(names)
		Z_PARAM_LONG(at)
		Z_PARAM_ARRAY_HT(hours_given)
	ZEND_PARSE_PARAMETERS_END();
	rc = read_window(hours_given, &window, &err);
	if (!php_vestnik_ok(rc, &err) || (cache = php_vestnik_zones()) == NULL) {
		RETURN_THROWS();
	}
	rc = zend_hash_num_elements(names) == 0 ? vst_zone_cache_russia(cache, &zones, &count, &err)
	                                        : named_zones(cache, names, php_vestnik_scratch(), &zones, &count, &err);
	if (!php_vestnik_ok(rc, &err)) {
		RETURN_THROWS();
	}
	open = vst_window_open(&window, zones, count, at, &next);
	array_init_size(return_value, 2);
	add_assoc_bool(return_value, "open", open);
	if (next == INT64_MIN) {
		add_assoc_null(return_value, "next");
	} else {
		add_assoc_long(return_value, "next", next);
	}
}
