/* Documents of the application. */
#include "php_vestnik.h"

PHP_FUNCTION(vestnik_document_put)
{
	zend_string *kind, *id;
	zval *document;
	zend_long expected = -1;
	bool unchecked = true;
	vst_str kind_text, id_text;
	vst_engine *engine;
	json_t *body = NULL;
	vst_err err = VST_ERR_INIT;
	int64_t version = 0;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_START(3, 4)
		Z_PARAM_STR(kind)
		Z_PARAM_STR(id)
		Z_PARAM_ARRAY(document)
		Z_PARAM_OPTIONAL
		Z_PARAM_LONG_OR_NULL(expected, unchecked)
	ZEND_PARSE_PARAMETERS_END();
	if (!unchecked && expected < 0) {
		zend_argument_value_error(4, "must not be below 0");
		RETURN_THROWS();
	}
	if (!php_vestnik_argument(1, kind, &kind_text) || !php_vestnik_argument(2, id, &id_text) ||
	    !php_vestnik_prepare(document, "document", &body, &engine)) {
		RETURN_THROWS();
	}
	rc = vst_engine_document_put(engine, kind_text, id_text, body, unchecked ? -1 : expected, &version, &err);
	json_decref(body);
	if (!php_vestnik_ok(rc, &err)) {
		RETURN_THROWS();
	}
	RETURN_LONG(version);
}

/* (kind, id) and the engine they are for; false: an exception was thrown. */
static bool named(zend_execute_data *execute_data, vst_str *kind, vst_str *id, vst_engine **engine)
{
	zend_string *kind_given, *id_given;

	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(kind_given)
		Z_PARAM_STR(id_given)
	ZEND_PARSE_PARAMETERS_END_EX(return false);
	return php_vestnik_argument(1, kind_given, kind) && php_vestnik_argument(2, id_given, id) &&
	       (*engine = php_vestnik_engine()) != NULL;
}

PHP_FUNCTION(vestnik_document_get)
{
	vst_str kind, id;
	vst_engine *engine;
	json_t *document = NULL;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	if (!named(execute_data, &kind, &id, &engine)) {
		RETURN_THROWS();
	}
	rc = vst_engine_document_get(engine, kind, id, &document, &err);
	php_vestnik_return_json(return_value, rc, document, &err);
}

PHP_FUNCTION(vestnik_document_delete)
{
	vst_str kind, id;
	vst_engine *engine;
	vst_err err = VST_ERR_INIT;
	bool deleted = false;

	if (!named(execute_data, &kind, &id, &engine) ||
	    !php_vestnik_ok(vst_engine_document_delete(engine, kind, id, &deleted, &err), &err)) {
		RETURN_THROWS();
	}
	RETURN_BOOL(deleted);
}

PHP_FUNCTION(vestnik_document_list)
{
	php_vestnik_list(INTERNAL_FUNCTION_PARAM_PASSTHRU, vst_engine_document_list);
}

PHP_FUNCTION(vestnik_document_count)
{
	php_vestnik_count(INTERNAL_FUNCTION_PARAM_PASSTHRU, vst_engine_document_count);
}
