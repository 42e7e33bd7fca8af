/* Settings. */
#include "php_vestnik.h"

PHP_FUNCTION(vestnik_configure)
{
	zval *settings;
	vst_engine *engine;
	json_t *given = NULL;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_ARRAY(settings)
	ZEND_PARSE_PARAMETERS_END();
	if (!php_vestnik_prepare(settings, "settings", &given, &engine)) {
		RETURN_THROWS();
	}
	rc = vst_engine_configure(engine, given, &err);
	json_decref(given);
	(void) php_vestnik_ok(rc, &err);
}

PHP_FUNCTION(vestnik_settings)
{
	vst_engine *engine;
	json_t *settings = NULL;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_NONE();
	if ((engine = php_vestnik_engine()) == NULL) {
		RETURN_THROWS();
	}
	rc = vst_engine_settings(engine, &settings, &err);
	php_vestnik_return_json(return_value, rc, settings, &err);
}
