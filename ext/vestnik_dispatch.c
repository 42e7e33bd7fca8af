/* One slice of a worker's work. */
#include "php_vestnik.h"

#define BUDGET_MAX_MS 3600000

/* False: an exception was thrown. */
static bool read_options(HashTable *options, bool *drain)
{
	zend_string *key;
	zend_ulong index;
	zval *value;

	ZEND_HASH_FOREACH_KEY_VAL(options, index, key, value) {
		char name[PHP_VESTNIK_NAME_MAX];

		if (key == NULL || !zend_string_equals_literal(key, "drain")) {
			zend_argument_value_error(2, "has an unknown key %s", php_vestnik_name(key, index, name));
			return false;
		}
		ZVAL_DEREF(value);
		if (Z_TYPE_P(value) != IS_TRUE && Z_TYPE_P(value) != IS_FALSE) {
			zend_argument_type_error(2, "has a key drain that must be of type bool, %s given",
			                         zend_zval_type_name(value));
			return false;
		}
		*drain = Z_TYPE_P(value) == IS_TRUE;
	}
	ZEND_HASH_FOREACH_END();
	return true;
}

static void put_result(zval *out, const vst_dispatch_result *result)
{
	const struct {
		const char *key;
		int64_t count;
	} counts[] = {
		{"sent", result->sent},           {"settled", result->settled},     {"claimed", result->claimed},
		{"expired", result->expired},     {"recovered", result->recovered}, {"in_doubt", result->in_doubt},
		{"in_flight", result->in_flight},
	};

	array_init_size(out, 9);
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		add_assoc_long(out, counts[i].key, counts[i].count);
	}
	if (result->next_due == INT64_MAX) {
		add_assoc_null(out, "next_due");
	} else {
		add_assoc_long(out, "next_due", result->next_due);
	}
	add_assoc_bool(out, "idle", result->idle);
}

PHP_FUNCTION(vestnik_dispatch)
{
	zend_long budget_ms = 1000;
	HashTable *options = NULL;
	bool drain = false;
	vst_engine *engine;
	vst_dispatch_result result = {.next_due = INT64_MAX};
	vst_err err = VST_ERR_INIT;

	ZEND_PARSE_PARAMETERS_START(0, 2)
		Z_PARAM_OPTIONAL
		Z_PARAM_LONG(budget_ms)
		Z_PARAM_ARRAY_HT(options)
	ZEND_PARSE_PARAMETERS_END();
	if (budget_ms < 0 || budget_ms > BUDGET_MAX_MS) {
		zend_argument_value_error(1, "must be between 0 and %d", BUDGET_MAX_MS);
		RETURN_THROWS();
	}
	if ((options != NULL && !read_options(options, &drain)) || (engine = php_vestnik_engine()) == NULL) {
		RETURN_THROWS();
	}
	php_vestnik_engine_works(engine);
	if (!php_vestnik_ok(vst_engine_dispatch(engine, budget_ms, drain, &result, &err), &err)) {
		RETURN_THROWS();
	}
	put_result(return_value, &result);
}
