/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 69631ca6ccaa33bc71b9b523ff33635e8aac2a38 */

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_configure, 0, 1, IS_VOID, 0)
	ZEND_ARG_TYPE_INFO(0, settings, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_settings, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

#define arginfo_vestnik_health arginfo_vestnik_settings

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_backup, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, target, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_store_bind, 0, 1, IS_VOID, 0)
	ZEND_ARG_TYPE_INFO(0, installation, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_store_answer, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, is, IS_STRING, 0)
ZEND_END_ARG_INFO()

#define arginfo_vestnik_store_migrate arginfo_vestnik_settings

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_clock, 0, 1, IS_VOID, 0)
	ZEND_ARG_TYPE_INFO(0, now, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_phone_parse, 0, 1, IS_ARRAY, 1)
	ZEND_ARG_TYPE_INFO(0, raw, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, region, IS_STRING, 0, "\'RU\'")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_phone_find, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, text, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_numbering_import, 0, 2, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, csv, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, target, IS_STRING, 0)
ZEND_END_ARG_INFO()

#define arginfo_vestnik_text_measure arginfo_vestnik_phone_find

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_text_optimize, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, text, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, options, IS_ARRAY, 0, "[]")
ZEND_END_ARG_INFO()

#define arginfo_vestnik_reply_parse arginfo_vestnik_phone_find

#define arginfo_vestnik_text_inspect arginfo_vestnik_text_optimize

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_text_classify, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, text, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, declared, IS_STRING, 0, "\'service\'")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_template_render, 0, 2, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, template, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, vars, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_template_worst_case, 0, 2, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, template, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, values, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_send_window, 0, 3, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, timezones, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, at, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, window, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_consent_grant, 0, 2, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, phone, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, evidence, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

#define arginfo_vestnik_consent_withdraw arginfo_vestnik_consent_grant

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_consent_status, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, phone, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, purpose, IS_STRING, 0, "\'advertising\'")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, entity, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_stop_add, 0, 2, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, phone, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, reason, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

#define arginfo_vestnik_stop_remove arginfo_vestnik_stop_add

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_stop_list, 0, 0, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, filter, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, limit, IS_LONG, 0, "100")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, after, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_stop_count, 0, 1, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, filter, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, stop_at, IS_LONG, 0, "100000")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_check, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, message, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

#define arginfo_vestnik_submit arginfo_vestnik_check

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_submit_batch, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, messages, Traversable, MAY_BE_ARRAY, NULL)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, options, IS_ARRAY, 0, "[]")
ZEND_END_ARG_INFO()

#define arginfo_vestnik_rules arginfo_vestnik_settings

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_TYPE_MASK_EX(arginfo_vestnik_replay, 0, 2, Traversable, MAY_BE_ARRAY)
	ZEND_ARG_TYPE_INFO(0, from, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, to, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, rules, IS_ARRAY, 0, "[]")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_message, 0, 1, IS_ARRAY, 1)
	ZEND_ARG_TYPE_INFO(0, id, IS_STRING, 0)
ZEND_END_ARG_INFO()

#define arginfo_vestnik_message_list arginfo_vestnik_stop_list

#define arginfo_vestnik_message_count arginfo_vestnik_stop_count

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_cancel, 0, 1, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, filter, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

#define arginfo_vestnik_hold arginfo_vestnik_cancel

#define arginfo_vestnik_release arginfo_vestnik_cancel

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_dispatch, 0, 0, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, budget_ms, IS_LONG, 0, "1000")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, options, IS_ARRAY, 0, "[]")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_receive, 0, 2, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, provider, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, request, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_document_put, 0, 3, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, kind, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, id, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, document, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, version, IS_LONG, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_document_get, 0, 2, IS_ARRAY, 1)
	ZEND_ARG_TYPE_INFO(0, kind, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, id, IS_STRING, 0)
ZEND_END_ARG_INFO()

#define arginfo_vestnik_document_list arginfo_vestnik_stop_list

#define arginfo_vestnik_document_count arginfo_vestnik_stop_count

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_document_delete, 0, 2, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, kind, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, id, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_vestnik_events, 0, 0, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, after, IS_LONG, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, limit, IS_LONG, 0, "1000")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Vestnik_Exception_isRetryable, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Vestnik_StoreException_isRetryable arginfo_class_Vestnik_Exception_isRetryable

#define arginfo_class_Vestnik_ProviderException_isRetryable arginfo_class_Vestnik_Exception_isRetryable

#define arginfo_class_Vestnik_SettingsException_isRetryable arginfo_class_Vestnik_Exception_isRetryable

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Vestnik_Replay___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Vestnik_Replay_current, 0, 0, IS_ARRAY, 1)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Vestnik_Replay_key, 0, 0, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Vestnik_Replay_next, 0, 0, IS_VOID, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Vestnik_Replay_rewind arginfo_class_Vestnik_Replay_next

#define arginfo_class_Vestnik_Replay_valid arginfo_class_Vestnik_Exception_isRetryable


ZEND_FUNCTION(vestnik_configure);
ZEND_FUNCTION(vestnik_settings);
ZEND_FUNCTION(vestnik_health);
ZEND_FUNCTION(vestnik_backup);
ZEND_FUNCTION(vestnik_store_bind);
ZEND_FUNCTION(vestnik_store_answer);
ZEND_FUNCTION(vestnik_store_migrate);
ZEND_FUNCTION(vestnik_clock);
ZEND_FUNCTION(vestnik_phone_parse);
ZEND_FUNCTION(vestnik_phone_find);
ZEND_FUNCTION(vestnik_numbering_import);
ZEND_FUNCTION(vestnik_text_measure);
ZEND_FUNCTION(vestnik_text_optimize);
ZEND_FUNCTION(vestnik_reply_parse);
ZEND_FUNCTION(vestnik_text_inspect);
ZEND_FUNCTION(vestnik_text_classify);
ZEND_FUNCTION(vestnik_template_render);
ZEND_FUNCTION(vestnik_template_worst_case);
ZEND_FUNCTION(vestnik_send_window);
ZEND_FUNCTION(vestnik_consent_grant);
ZEND_FUNCTION(vestnik_consent_withdraw);
ZEND_FUNCTION(vestnik_consent_status);
ZEND_FUNCTION(vestnik_stop_add);
ZEND_FUNCTION(vestnik_stop_remove);
ZEND_FUNCTION(vestnik_stop_list);
ZEND_FUNCTION(vestnik_stop_count);
ZEND_FUNCTION(vestnik_check);
ZEND_FUNCTION(vestnik_submit);
ZEND_FUNCTION(vestnik_submit_batch);
ZEND_FUNCTION(vestnik_rules);
ZEND_FUNCTION(vestnik_replay);
ZEND_FUNCTION(vestnik_message);
ZEND_FUNCTION(vestnik_message_list);
ZEND_FUNCTION(vestnik_message_count);
ZEND_FUNCTION(vestnik_cancel);
ZEND_FUNCTION(vestnik_hold);
ZEND_FUNCTION(vestnik_release);
ZEND_FUNCTION(vestnik_dispatch);
ZEND_FUNCTION(vestnik_receive);
ZEND_FUNCTION(vestnik_document_put);
ZEND_FUNCTION(vestnik_document_get);
ZEND_FUNCTION(vestnik_document_list);
ZEND_FUNCTION(vestnik_document_count);
ZEND_FUNCTION(vestnik_document_delete);
ZEND_FUNCTION(vestnik_events);
ZEND_METHOD(Vestnik_StoreException, isRetryable);
ZEND_METHOD(Vestnik_Replay, __construct);
ZEND_METHOD(Vestnik_Replay, current);
ZEND_METHOD(Vestnik_Replay, key);
ZEND_METHOD(Vestnik_Replay, next);
ZEND_METHOD(Vestnik_Replay, rewind);
ZEND_METHOD(Vestnik_Replay, valid);


static const zend_function_entry ext_functions[] = {
	ZEND_FE(vestnik_configure, arginfo_vestnik_configure)
	ZEND_FE(vestnik_settings, arginfo_vestnik_settings)
	ZEND_FE(vestnik_health, arginfo_vestnik_health)
	ZEND_FE(vestnik_backup, arginfo_vestnik_backup)
	ZEND_FE(vestnik_store_bind, arginfo_vestnik_store_bind)
	ZEND_FE(vestnik_store_answer, arginfo_vestnik_store_answer)
	ZEND_FE(vestnik_store_migrate, arginfo_vestnik_store_migrate)
	ZEND_FE(vestnik_clock, arginfo_vestnik_clock)
	ZEND_FE(vestnik_phone_parse, arginfo_vestnik_phone_parse)
	ZEND_FE(vestnik_phone_find, arginfo_vestnik_phone_find)
	ZEND_FE(vestnik_numbering_import, arginfo_vestnik_numbering_import)
	ZEND_FE(vestnik_text_measure, arginfo_vestnik_text_measure)
	ZEND_FE(vestnik_text_optimize, arginfo_vestnik_text_optimize)
	ZEND_FE(vestnik_reply_parse, arginfo_vestnik_reply_parse)
	ZEND_FE(vestnik_text_inspect, arginfo_vestnik_text_inspect)
	ZEND_FE(vestnik_text_classify, arginfo_vestnik_text_classify)
	ZEND_FE(vestnik_template_render, arginfo_vestnik_template_render)
	ZEND_FE(vestnik_template_worst_case, arginfo_vestnik_template_worst_case)
	ZEND_FE(vestnik_send_window, arginfo_vestnik_send_window)
	ZEND_FE(vestnik_consent_grant, arginfo_vestnik_consent_grant)
	ZEND_FE(vestnik_consent_withdraw, arginfo_vestnik_consent_withdraw)
	ZEND_FE(vestnik_consent_status, arginfo_vestnik_consent_status)
	ZEND_FE(vestnik_stop_add, arginfo_vestnik_stop_add)
	ZEND_FE(vestnik_stop_remove, arginfo_vestnik_stop_remove)
	ZEND_FE(vestnik_stop_list, arginfo_vestnik_stop_list)
	ZEND_FE(vestnik_stop_count, arginfo_vestnik_stop_count)
	ZEND_FE(vestnik_check, arginfo_vestnik_check)
	ZEND_FE(vestnik_submit, arginfo_vestnik_submit)
	ZEND_FE(vestnik_submit_batch, arginfo_vestnik_submit_batch)
	ZEND_FE(vestnik_rules, arginfo_vestnik_rules)
	ZEND_FE(vestnik_replay, arginfo_vestnik_replay)
	ZEND_FE(vestnik_message, arginfo_vestnik_message)
	ZEND_FE(vestnik_message_list, arginfo_vestnik_message_list)
	ZEND_FE(vestnik_message_count, arginfo_vestnik_message_count)
	ZEND_FE(vestnik_cancel, arginfo_vestnik_cancel)
	ZEND_FE(vestnik_hold, arginfo_vestnik_hold)
	ZEND_FE(vestnik_release, arginfo_vestnik_release)
	ZEND_FE(vestnik_dispatch, arginfo_vestnik_dispatch)
	ZEND_FE(vestnik_receive, arginfo_vestnik_receive)
	ZEND_FE(vestnik_document_put, arginfo_vestnik_document_put)
	ZEND_FE(vestnik_document_get, arginfo_vestnik_document_get)
	ZEND_FE(vestnik_document_list, arginfo_vestnik_document_list)
	ZEND_FE(vestnik_document_count, arginfo_vestnik_document_count)
	ZEND_FE(vestnik_document_delete, arginfo_vestnik_document_delete)
	ZEND_FE(vestnik_events, arginfo_vestnik_events)
	ZEND_FE_END
};


static const zend_function_entry class_Vestnik_Exception_methods[] = {
	ZEND_ABSTRACT_ME_WITH_FLAGS(Vestnik_Exception, isRetryable, arginfo_class_Vestnik_Exception_isRetryable, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_FE_END
};


static const zend_function_entry class_Vestnik_StoreException_methods[] = {
	ZEND_ME(Vestnik_StoreException, isRetryable, arginfo_class_Vestnik_StoreException_isRetryable, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Vestnik_ProviderException_methods[] = {
	ZEND_MALIAS(Vestnik_StoreException, isRetryable, isRetryable, arginfo_class_Vestnik_ProviderException_isRetryable, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Vestnik_SettingsException_methods[] = {
	ZEND_MALIAS(Vestnik_StoreException, isRetryable, isRetryable, arginfo_class_Vestnik_SettingsException_isRetryable, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Vestnik_Replay_methods[] = {
	ZEND_ME(Vestnik_Replay, __construct, arginfo_class_Vestnik_Replay___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Vestnik_Replay, current, arginfo_class_Vestnik_Replay_current, ZEND_ACC_PUBLIC)
	ZEND_ME(Vestnik_Replay, key, arginfo_class_Vestnik_Replay_key, ZEND_ACC_PUBLIC)
	ZEND_ME(Vestnik_Replay, next, arginfo_class_Vestnik_Replay_next, ZEND_ACC_PUBLIC)
	ZEND_ME(Vestnik_Replay, rewind, arginfo_class_Vestnik_Replay_rewind, ZEND_ACC_PUBLIC)
	ZEND_ME(Vestnik_Replay, valid, arginfo_class_Vestnik_Replay_valid, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static void register_vestnik_symbols(int module_number)
{

#if (PHP_VERSION_ID >= 80200)
	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_configure", sizeof("vestnik_configure") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_phone_parse", sizeof("vestnik_phone_parse") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_phone_find", sizeof("vestnik_phone_find") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_text_measure", sizeof("vestnik_text_measure") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_text_optimize", sizeof("vestnik_text_optimize") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_reply_parse", sizeof("vestnik_reply_parse") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_text_inspect", sizeof("vestnik_text_inspect") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_text_classify", sizeof("vestnik_text_classify") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_template_render", sizeof("vestnik_template_render") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_template_render", sizeof("vestnik_template_render") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_template_worst_case", sizeof("vestnik_template_worst_case") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_template_worst_case", sizeof("vestnik_template_worst_case") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_consent_grant", sizeof("vestnik_consent_grant") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_consent_grant", sizeof("vestnik_consent_grant") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_consent_withdraw", sizeof("vestnik_consent_withdraw") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_consent_withdraw", sizeof("vestnik_consent_withdraw") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_consent_status", sizeof("vestnik_consent_status") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_stop_add", sizeof("vestnik_stop_add") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_stop_add", sizeof("vestnik_stop_add") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_stop_remove", sizeof("vestnik_stop_remove") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_stop_remove", sizeof("vestnik_stop_remove") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_stop_list", sizeof("vestnik_stop_list") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_stop_count", sizeof("vestnik_stop_count") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_check", sizeof("vestnik_check") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_submit", sizeof("vestnik_submit") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_submit_batch", sizeof("vestnik_submit_batch") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_message_list", sizeof("vestnik_message_list") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_message_count", sizeof("vestnik_message_count") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_cancel", sizeof("vestnik_cancel") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_hold", sizeof("vestnik_hold") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_release", sizeof("vestnik_release") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(CG(function_table), "vestnik_receive", sizeof("vestnik_receive") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);
#endif
}

static zend_class_entry *register_class_Vestnik_Exception(zend_class_entry *class_entry_Throwable)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Vestnik", "Exception", class_Vestnik_Exception_methods);
	class_entry = zend_register_internal_interface(&ce);
	zend_class_implements(class_entry, 1, class_entry_Throwable);

	return class_entry;
}

static zend_class_entry *register_class_Vestnik_StoreException(zend_class_entry *class_entry_RuntimeException, zend_class_entry *class_entry_Vestnik_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Vestnik", "StoreException", class_Vestnik_StoreException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_RuntimeException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;
	zend_class_implements(class_entry, 1, class_entry_Vestnik_Exception);

	zval property_retryable_default_value;
	ZVAL_FALSE(&property_retryable_default_value);
	zend_string *property_retryable_name = zend_string_init("retryable", sizeof("retryable") - 1, 1);
	zend_declare_typed_property(class_entry, property_retryable_name, &property_retryable_default_value, ZEND_ACC_PRIVATE, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_retryable_name);

	return class_entry;
}

static zend_class_entry *register_class_Vestnik_ProviderException(zend_class_entry *class_entry_RuntimeException, zend_class_entry *class_entry_Vestnik_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Vestnik", "ProviderException", class_Vestnik_ProviderException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_RuntimeException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;
	zend_class_implements(class_entry, 1, class_entry_Vestnik_Exception);

	zval property_retryable_default_value;
	ZVAL_FALSE(&property_retryable_default_value);
	zend_string *property_retryable_name = zend_string_init("retryable", sizeof("retryable") - 1, 1);
	zend_declare_typed_property(class_entry, property_retryable_name, &property_retryable_default_value, ZEND_ACC_PRIVATE, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_retryable_name);

	return class_entry;
}

static zend_class_entry *register_class_Vestnik_SettingsException(zend_class_entry *class_entry_RuntimeException, zend_class_entry *class_entry_Vestnik_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Vestnik", "SettingsException", class_Vestnik_SettingsException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_RuntimeException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;
	zend_class_implements(class_entry, 1, class_entry_Vestnik_Exception);

	zval property_retryable_default_value;
	ZVAL_FALSE(&property_retryable_default_value);
	zend_string *property_retryable_name = zend_string_init("retryable", sizeof("retryable") - 1, 1);
	zend_declare_typed_property(class_entry, property_retryable_name, &property_retryable_default_value, ZEND_ACC_PRIVATE, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_retryable_name);

	return class_entry;
}

static zend_class_entry *register_class_Vestnik_Replay(zend_class_entry *class_entry_Iterator)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Vestnik", "Replay", class_Vestnik_Replay_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 1, class_entry_Iterator);

	return class_entry;
}
