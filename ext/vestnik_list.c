/* What all lists and counts have in common: (filter, limit, after) → {items, next}; (filter, stop_at) → int. */
#include "php_vestnik.h"

#define LIMIT_MAX 1000

/* The argument first, so that its mistakes show without a store too. */
bool php_vestnik_prepare(zval *argument, const char *what, json_t **json, vst_engine **engine)
{
	vst_err err = VST_ERR_INIT;

	if (!php_vestnik_ok(php_vestnik_to_json(argument, what, json, &err), &err)) {
		return false;
	}
	*engine = php_vestnik_engine();
	if (*engine == NULL) {
		json_decref(*json);
		return false;
	}
	return true;
}

void php_vestnik_list(INTERNAL_FUNCTION_PARAMETERS, php_vestnik_list_function list)
{
	zval *filter = NULL, nothing;
	zend_long limit = 100;
	zend_string *after = NULL;
	vst_str cursor = VST_STR_EMPTY;
	vst_engine *engine;
	json_t *conditions = NULL, *page = NULL;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_START(0, 3)
		Z_PARAM_OPTIONAL
		Z_PARAM_ARRAY(filter)
		Z_PARAM_LONG(limit)
		Z_PARAM_STR_OR_NULL(after)
	ZEND_PARSE_PARAMETERS_END();
	if (limit < 1 || limit > LIMIT_MAX) {
		zend_argument_value_error(2, "must be between 1 and %d", LIMIT_MAX);
		RETURN_THROWS();
	}
	if (after != NULL && !php_vestnik_argument(3, after, &cursor)) {
		RETURN_THROWS();
	}
	if (filter == NULL) {
		ZVAL_EMPTY_ARRAY(&nothing);
		filter = &nothing;
	}
	if (!php_vestnik_prepare(filter, "filter", &conditions, &engine)) {
		RETURN_THROWS();
	}
	rc = list(engine, conditions, limit, cursor, &page, &err);
	json_decref(conditions);
	php_vestnik_return_json(return_value, rc, page, &err);
}

void php_vestnik_count(INTERNAL_FUNCTION_PARAMETERS, php_vestnik_count_function count)
{
	zval *filter;
	zend_long stop_at = 100000;
	vst_engine *engine;
	json_t *conditions = NULL;
	vst_err err = VST_ERR_INIT;
	int64_t found = 0;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_START(1, 2)
		Z_PARAM_ARRAY(filter)
		Z_PARAM_OPTIONAL
		Z_PARAM_LONG(stop_at)
	ZEND_PARSE_PARAMETERS_END();
	if (stop_at < 1) {
		zend_argument_value_error(2, "must be greater than 0");
		RETURN_THROWS();
	}
	if (!php_vestnik_prepare(filter, "filter", &conditions, &engine)) {
		RETURN_THROWS();
	}
	rc = count(engine, conditions, stop_at, &found, &err);
	json_decref(conditions);
	if (!php_vestnik_ok(rc, &err)) {
		RETURN_THROWS();
	}
	RETURN_LONG(found);
}
