/* check, submit, one message, lists, cancel, hold and release. */
#include "php_vestnik.h"

typedef vst_rc (*decide_function)(vst_engine *engine, const vst_submission *message, vst_arena *arena, vst_receipt *out,
                                  vst_err *err);

static void decide(INTERNAL_FUNCTION_PARAMETERS, decide_function function)
{
	HashTable *message;
	vst_engine *engine;
	vst_arena *arena;
	vst_submission submission;
	vst_receipt receipt = {0};
	vst_err err = VST_ERR_INIT;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_ARRAY_HT(message)
	ZEND_PARSE_PARAMETERS_END();
	arena = php_vestnik_scratch();
	if (!php_vestnik_ok(php_vestnik_submission(message, arena, &submission, &err), &err)) {
		RETURN_THROWS();
	}
	engine = php_vestnik_engine();
	if (engine == NULL || !php_vestnik_ok(function(engine, &submission, arena, &receipt, &err), &err)) {
		RETURN_THROWS();
	}
	php_vestnik_decision(return_value, &receipt);
}

PHP_FUNCTION(vestnik_check)
{
	decide(INTERNAL_FUNCTION_PARAM_PASSTHRU, vst_engine_check);
}

PHP_FUNCTION(vestnik_submit)
{
	decide(INTERNAL_FUNCTION_PARAM_PASSTHRU, vst_engine_submit);
}

PHP_FUNCTION(vestnik_message)
{
	zend_string *id;
	vst_str text;
	vst_engine *engine;
	json_t *message = NULL;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(id)
	ZEND_PARSE_PARAMETERS_END();
	if (!php_vestnik_argument(1, id, &text) || (engine = php_vestnik_engine()) == NULL) {
		RETURN_THROWS();
	}
	rc = vst_engine_message(engine, text, &message, &err);
	php_vestnik_return_json(return_value, rc, message, &err);
}

PHP_FUNCTION(vestnik_message_list)
{
	php_vestnik_list(INTERNAL_FUNCTION_PARAM_PASSTHRU, vst_engine_message_list);
}

PHP_FUNCTION(vestnik_message_count)
{
	php_vestnik_count(INTERNAL_FUNCTION_PARAM_PASSTHRU, vst_engine_message_count);
}

typedef vst_rc (*change_function)(vst_engine *engine, const json_t *filter, int64_t *changed, vst_err *err);

static void change(INTERNAL_FUNCTION_PARAMETERS, change_function function)
{
	zval *filter;
	vst_engine *engine;
	json_t *conditions = NULL;
	vst_err err = VST_ERR_INIT;
	int64_t changed = 0;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_ARRAY(filter)
	ZEND_PARSE_PARAMETERS_END();
	if (!php_vestnik_prepare(filter, "filter", &conditions, &engine)) {
		RETURN_THROWS();
	}
	rc = function(engine, conditions, &changed, &err);
	json_decref(conditions);
	if (!php_vestnik_ok(rc, &err)) {
		RETURN_THROWS();
	}
	RETURN_LONG(changed);
}

static vst_rc hold(vst_engine *engine, const json_t *filter, int64_t *changed, vst_err *err)
{
	return vst_engine_hold(engine, filter, true, changed, err);
}

static vst_rc release(vst_engine *engine, const json_t *filter, int64_t *changed, vst_err *err)
{
	return vst_engine_hold(engine, filter, false, changed, err);
}

PHP_FUNCTION(vestnik_cancel)
{
	change(INTERNAL_FUNCTION_PARAM_PASSTHRU, vst_engine_cancel);
}

PHP_FUNCTION(vestnik_hold)
{
	change(INTERNAL_FUNCTION_PARAM_PASSTHRU, hold);
}

PHP_FUNCTION(vestnik_release)
{
	change(INTERNAL_FUNCTION_PARAM_PASSTHRU, release);
}
