/*
 * A stand-in for the extension with bugs on purpose. The meta suite builds it in place of the real one and demands that
 * the legs find what is wrong.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "php.h"

#include <stdlib.h>

#if defined(ZTS) && defined(COMPILE_DL_VESTNIK)
ZEND_TSRMLS_CACHE_DEFINE()
#endif

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_planted, 0, 1, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, what, IS_STRING, 0)
ZEND_END_ARG_INFO()

static PHP_FUNCTION(vestnik_planted)
{
	zend_string *what;
	volatile char *volatile memory = malloc(8);

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(what)
	ZEND_PARSE_PARAMETERS_END();
	memory[0] = 1;
	if (zend_string_equals_literal(what, "leak")) {
		memory = NULL;
	} else if (zend_string_equals_literal(what, "read after free")) {
		free((void *) memory);
		RETURN_LONG(memory[0] == 1 ? 1 : 1);
	} else if (zend_string_equals_literal(what, "request leak")) {
		char *volatile block = emalloc(40);

		block[0] = 1;
		block = NULL;
	}
	free((void *) memory);
	RETURN_LONG(1);
}

static const zend_function_entry functions[] = {PHP_FE(vestnik_planted, arginfo_planted) PHP_FE_END};

static zend_module_entry vestnik_module_entry = {
	STANDARD_MODULE_HEADER, "vestnik", functions, NULL, NULL, NULL, NULL, NULL, "0", STANDARD_MODULE_PROPERTIES,
};

ZEND_GET_MODULE(vestnik)
