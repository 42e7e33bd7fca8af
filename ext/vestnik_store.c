/* The store's life: health, backup, installation, copies, migration, manual clock. */
#include "php_vestnik.h"

#include "ext/standard/file.h"
#include "zend_exceptions.h"

PHP_FUNCTION(vestnik_health)
{
	vst_engine *engine;
	json_t *health = NULL;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_NONE();
	if ((engine = php_vestnik_engine()) == NULL) {
		RETURN_THROWS();
	}
	rc = vst_engine_health(engine, &health, &err);
	php_vestnik_return_json(return_value, rc, health, &err);
}

bool php_vestnik_path(uint32_t number, const zend_string *given, char out[MAXPATHLEN])
{
	if (ZSTR_LEN(given) == 0) {
		zend_argument_value_error(number, "cannot be empty");
		return false;
	}
	if (expand_filepath(ZSTR_VAL(given), out) == NULL) {
		zend_argument_value_error(number, "is too long");
		return false;
	}
	if (php_check_open_basedir_ex(out, 0) != 0) {
		zend_argument_value_error(number, "must lie inside of open_basedir");
		return false;
	}
	return true;
}

PHP_FUNCTION(vestnik_backup)
{
	zend_string *target;
	char path[MAXPATHLEN];
	vst_engine *engine;
	json_t *result = NULL;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_PATH_STR(target)
	ZEND_PARSE_PARAMETERS_END();
	if (!php_vestnik_path(1, target, path) || (engine = php_vestnik_engine()) == NULL) {
		RETURN_THROWS();
	}
	rc = vst_engine_backup(engine, vst_str_from(path), &result, &err);
	php_vestnik_return_json(return_value, rc, result, &err);
}

PHP_FUNCTION(vestnik_store_bind)
{
	zval *installation;
	vst_engine *engine;
	json_t *given = NULL;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_ARRAY(installation)
	ZEND_PARSE_PARAMETERS_END();
	if (!php_vestnik_prepare(installation, "installation", &given, &engine)) {
		RETURN_THROWS();
	}
	rc = vst_engine_bind(engine, given, &err);
	json_decref(given);
	(void) php_vestnik_ok(rc, &err);
}

PHP_FUNCTION(vestnik_store_answer)
{
	zend_string *is;
	vst_engine *engine;
	json_t *result = NULL;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(is)
	ZEND_PARSE_PARAMETERS_END();
	if (!zend_string_equals_literal(is, "live") && !zend_string_equals_literal(is, "copy")) {
		zend_argument_value_error(1, "must be \"live\" or \"copy\"");
		RETURN_THROWS();
	}
	if ((engine = php_vestnik_engine()) == NULL) {
		RETURN_THROWS();
	}
	rc = vst_engine_answer(engine, vst_str_of(ZSTR_VAL(is), ZSTR_LEN(is)), &result, &err);
	php_vestnik_return_json(return_value, rc, result, &err);
}

PHP_FUNCTION(vestnik_store_migrate)
{
	vst_engine_options options;
	json_t *result = NULL;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_NONE();
	if (php_vestnik_is_web()) {
		zend_throw_exception(php_vestnik_store_exception_ce,
		                     "a web process does not migrate the store: run it in the command line", 0);
		RETURN_THROWS();
	}
	if (!php_vestnik_options(&options)) {
		RETURN_THROWS();
	}
	/* An engine that is open has read the old tables. */
	php_vestnik_engine_forget();
	rc = vst_engine_migrate(&options, php_vestnik_env(), &result, &err);
	php_vestnik_return_json(return_value, rc, result, &err);
}

PHP_FUNCTION(vestnik_clock)
{
	zend_long now;
	vst_engine *engine;
	vst_err err = VST_ERR_INIT;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_LONG(now)
	ZEND_PARSE_PARAMETERS_END();
	if ((engine = php_vestnik_engine()) == NULL) {
		RETURN_THROWS();
	}
	(void) php_vestnik_ok(vst_engine_clock(engine, now, &err), &err);
}
