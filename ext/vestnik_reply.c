/* vestnik_reply_parse(): no store needed. */
#include "php_vestnik.h"

#include "text/reply.h"

PHP_FUNCTION(vestnik_reply_parse)
{
	zend_string *given;
	vst_str text;
	vst_reply_meaning reply;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(given)
	ZEND_PARSE_PARAMETERS_END();
	if (!php_vestnik_message_text(1, given, &text)) {
		RETURN_THROWS();
	}
	vst_reply_parse(text, &reply);
	array_init_size(return_value, 3);
	add_assoc_string(return_value, "intent", vst_reply_intent_name(reply.intent));
	if (reply.keyword != NULL) {
		add_assoc_string(return_value, "keyword", reply.keyword);
	} else {
		add_assoc_null(return_value, "keyword");
	}
	add_assoc_bool(return_value, "weak", reply.weak);
}
