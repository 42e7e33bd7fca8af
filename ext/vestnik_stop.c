/* The stop list. */
#include "php_vestnik.h"

PHP_FUNCTION(vestnik_stop_add)
{
	php_vestnik_record(INTERNAL_FUNCTION_PARAM_PASSTHRU, "reason", vst_engine_stop_add);
}

PHP_FUNCTION(vestnik_stop_remove)
{
	php_vestnik_record(INTERNAL_FUNCTION_PARAM_PASSTHRU, "reason", vst_engine_stop_remove);
}

PHP_FUNCTION(vestnik_stop_list)
{
	php_vestnik_list(INTERNAL_FUNCTION_PARAM_PASSTHRU, vst_engine_stop_list);
}

PHP_FUNCTION(vestnik_stop_count)
{
	php_vestnik_count(INTERNAL_FUNCTION_PARAM_PASSTHRU, vst_engine_stop_count);
}
