/* The feed of what happened. */
#include "php_vestnik.h"

#define LIMIT_MAX 10000

PHP_FUNCTION(vestnik_events)
{
	zend_long after = 0, limit = 1000;
	vst_engine *engine;
	json_t *events = NULL;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_START(0, 2)
		Z_PARAM_OPTIONAL
		Z_PARAM_LONG(after)
		Z_PARAM_LONG(limit)
	ZEND_PARSE_PARAMETERS_END();
	if (after < 0) {
		zend_argument_value_error(1, "must not be below 0");
		RETURN_THROWS();
	}
	if (limit < 1 || limit > LIMIT_MAX) {
		zend_argument_value_error(2, "must be between 1 and %d", LIMIT_MAX);
		RETURN_THROWS();
	}
	if ((engine = php_vestnik_engine()) == NULL) {
		RETURN_THROWS();
	}
	rc = vst_engine_events(engine, after, limit, &events, &err);
	php_vestnik_return_json(return_value, rc, events, &err);
}
