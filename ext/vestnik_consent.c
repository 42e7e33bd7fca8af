/* Consent: grant, withdraw, status. Also what the stop list shares with it: (phone, array) → array. */
#include "php_vestnik.h"

void php_vestnik_record(INTERNAL_FUNCTION_PARAMETERS, const char *what, php_vestnik_record_function record)
{
	zend_string *phone;
	zval *details;
	vst_str number;
	vst_engine *engine;
	json_t *given = NULL, *result = NULL;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(phone)
		Z_PARAM_ARRAY(details)
	ZEND_PARSE_PARAMETERS_END();
	if (!php_vestnik_argument(1, phone, &number) || !php_vestnik_prepare(details, what, &given, &engine)) {
		RETURN_THROWS();
	}
	rc = record(engine, number, given, &result, &err);
	json_decref(given);
	php_vestnik_return_json(return_value, rc, result, &err);
}

PHP_FUNCTION(vestnik_consent_grant)
{
	php_vestnik_record(INTERNAL_FUNCTION_PARAM_PASSTHRU, "evidence", vst_engine_consent_grant);
}

PHP_FUNCTION(vestnik_consent_withdraw)
{
	php_vestnik_record(INTERNAL_FUNCTION_PARAM_PASSTHRU, "evidence", vst_engine_consent_withdraw);
}

PHP_FUNCTION(vestnik_consent_status)
{
	zend_string *phone, *purpose = NULL, *entity = NULL;
	vst_str number, about = VST_STR("advertising"), towards = VST_STR_EMPTY;
	vst_engine *engine;
	json_t *status = NULL;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_START(1, 3)
		Z_PARAM_STR(phone)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR(purpose)
		Z_PARAM_STR_OR_NULL(entity)
	ZEND_PARSE_PARAMETERS_END();
	if (!php_vestnik_argument(1, phone, &number) || (purpose != NULL && !php_vestnik_argument(2, purpose, &about)) ||
	    (entity != NULL && !php_vestnik_argument(3, entity, &towards)) || (engine = php_vestnik_engine()) == NULL) {
		RETURN_THROWS();
	}
	rc = vst_engine_consent_status(engine, number, about, towards, &status, &err);
	php_vestnik_return_json(return_value, rc, status, &err);
}
