/* From the core's errors to exceptions: the only place that knows which class a code becomes. */
#include "php_vestnik.h"

#include "zend_exceptions.h"

zend_class_entry *php_vestnik_exception_ce;
zend_class_entry *php_vestnik_store_exception_ce;
zend_class_entry *php_vestnik_provider_exception_ce;
zend_class_entry *php_vestnik_settings_exception_ce;

static zend_class_entry *class_of(const vst_err *err)
{
	switch (err->rc) {
		case VST_E_INVALID: return zend_ce_value_error;
		case VST_E_TYPE: return zend_ce_type_error;
		case VST_E_SETTINGS: return php_vestnik_settings_exception_ce;
		case VST_E_PROTO:
		case VST_E_TIMEOUT: return php_vestnik_provider_exception_ce;
		default:
			return err->domain == VST_DOMAIN_HTTP ? php_vestnik_provider_exception_ce : php_vestnik_store_exception_ce;
	}
}

void php_vestnik_throw(const vst_err *err)
{
	zend_class_entry *class = class_of(err);
	zend_object *exception = zend_throw_exception(class, err->text, err->native);

	if (exception != NULL && instanceof_function(class, php_vestnik_exception_ce)) {
		zend_update_property_bool(class, exception, ZEND_STRL("retryable"), err->retryable);
	}
}

bool php_vestnik_ok(vst_rc rc, const vst_err *err)
{
	if (UNEXPECTED(VESTNIK_G(bailed_out))) {
		VESTNIK_G(bailed_out) = false;
		zend_bailout();
	}
	if (EXPECTED(rc == VST_OK)) {
		return true;
	}
	if (err->rc == VST_OK) {
		vst_err bare = {.rc = rc, .text = "the call failed without a word"};

		php_vestnik_throw(&bare);
	} else {
		php_vestnik_throw(err);
	}
	return false;
}

PHP_METHOD(Vestnik_StoreException, isRetryable)
{
	zval *value, holder;

	ZEND_PARSE_PARAMETERS_NONE();
	value = zend_read_property(Z_OBJCE_P(ZEND_THIS), Z_OBJ_P(ZEND_THIS), ZEND_STRL("retryable"), 0, &holder);
	if (EG(exception) == NULL) {
		RETURN_BOOL(zend_is_true(value));
	}
}
