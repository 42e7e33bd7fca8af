/*
 * The environment table of the core: what PHP and this host give it. None of these runs userland code. A bailout
 * (memory limit) inside of a callback must not jump over the core's frames: it is caught, and raised by
 * php_vestnik_ok() when the core has returned.
 */
#include "php_vestnik.h"
#include "php_vestnik_compat.h"

#include <time.h>

#include "ext/date/php_date.h"
#include "main/php_syslog.h"
#include "zend_exceptions.h"
#include "zend_interfaces.h"

#define END_OF_TRANSITIONS 4102444800 /* 2100-01-01 */
#define ALL_WITH_OLD_NAMES 4095       /* DateTimeZone::ALL_WITH_BC */

static int64_t now_ms(void *context)
{
	struct timespec time;

	(void) context;
	clock_gettime(CLOCK_REALTIME, &time);
	return (int64_t) time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static int64_t monotonic_ns(void *context)
{
	struct timespec time;

	(void) context;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t) time.tv_sec * 1000000000 + time.tv_nsec;
}

static bool random_bytes(void *context, void *bytes, size_t count)
{
	(void) context;
	return php_random_bytes_silent(bytes, count) == SUCCESS;
}

static vst_rc zone_of(const char *name, HashTable *entries, vst_zone **out, vst_err *err)
{
	vst_transition *transitions = calloc(zend_hash_num_elements(entries) + 1, sizeof *transitions);
	size_t count = 0;
	zval *entry;
	vst_rc rc;

	if (transitions == NULL) {
		return vst_fail_nomem(err);
	}
	ZEND_HASH_FOREACH_VAL(entries, entry) {
		zval *at, *offset;

		if (Z_TYPE_P(entry) != IS_ARRAY) {
			continue;
		}
		at = zend_hash_str_find(Z_ARRVAL_P(entry), "ts", sizeof "ts" - 1);
		offset = zend_hash_str_find(Z_ARRVAL_P(entry), "offset", sizeof "offset" - 1);
		if (at == NULL || Z_TYPE_P(at) != IS_LONG || offset == NULL || Z_TYPE_P(offset) != IS_LONG ||
		    (count > 0 && Z_LVAL_P(at) <= transitions[count - 1].at)) {
			continue;
		}
		transitions[count++] = (vst_transition) {Z_LVAL_P(at), (int32_t) Z_LVAL_P(offset)};
	}
	ZEND_HASH_FOREACH_END();
	rc = vst_zone_new(name, transitions, count, out, err);
	free(transitions);
	return rc;
}

/* The constructor of DateTimeZone takes abbreviations, offsets and other letter case too: only listed names count. */
static bool is_listed(const char *name)
{
	zval group, names, *entry;
	bool listed = false;

	ZVAL_LONG(&group, ALL_WITH_OLD_NAMES);
	ZVAL_UNDEF(&names);
	zend_call_method_with_1_params(NULL, php_date_get_timezone_ce(), NULL, "listidentifiers", &names, &group);
	if (Z_TYPE(names) == IS_ARRAY) {
		ZEND_HASH_FOREACH_VAL(Z_ARRVAL(names), entry) {
			listed = listed || (Z_TYPE_P(entry) == IS_STRING && strcmp(Z_STRVAL_P(entry), name) == 0);
		}
		ZEND_HASH_FOREACH_END();
	}
	zval_ptr_dtor(&names);
	return listed;
}

static vst_rc ask_php(const char *name, vst_zone **out, vst_err *err)
{
	zend_class_entry *class = php_date_get_timezone_ce();
	zval timezone, text, from, to, entries;
	vst_rc rc = VST_E_INVALID;

	if (!is_listed(name)) {
		return VST_E_INVALID;
	}
	object_init_ex(&timezone, class);
	ZVAL_STRING(&text, name);
	ZVAL_LONG(&from, 0);
	ZVAL_LONG(&to, END_OF_TRANSITIONS);
	ZVAL_UNDEF(&entries);
	zend_call_known_instance_method_with_1_params(class->constructor, Z_OBJ(timezone), NULL, &text);
	if (EG(exception) == NULL) {
		zend_call_method_with_2_params(Z_OBJ(timezone), class, NULL, "gettransitions", &entries, &from, &to);
	}
	if (EG(exception) != NULL) {
		zend_clear_exception();
	} else if (Z_TYPE(entries) == IS_ARRAY) {
		rc = zone_of(name, Z_ARRVAL(entries), out, err);
	}
	zval_ptr_dtor(&entries);
	zval_ptr_dtor(&text);
	zval_ptr_dtor(&timezone);
	return rc;
}

static vst_rc zone_load(void *context, const char *name, vst_zone **out, vst_err *err)
{
	volatile vst_rc rc = VST_E_NOMEM;

	(void) context;
	zend_try
	{
		rc = ask_php(name, out, err);
	}
	zend_catch
	{
		VESTNIK_G(bailed_out) = true;
	}
	zend_end_try();
	return rc == VST_OK ? VST_OK : vst_fail(err, rc, "unknown time zone");
}

/* php_error_docref() would call userland error handlers. */
static void log_line(void *context, vst_log_level level, const char *text)
{
	static const int severities[] = {LOG_DEBUG, LOG_NOTICE, LOG_WARNING, LOG_ERR};
	char line[512];

	(void) context;
	if (level == VST_LOG_DEBUG) {
		return;
	}
	snprintf(line, sizeof line, "vestnik: %s", text);
	zend_try
	{
		php_log_err_with_severity(line, severities[level]);
	}
	zend_catch
	{
		VESTNIK_G(bailed_out) = true;
	}
	zend_end_try();
}

static bool should_stop(void *context)
{
	(void) context;
	return !VESTNIK_G(draining) && php_vestnik_interrupted();
}

const vst_env *php_vestnik_env(void)
{
	static const vst_env env = {NULL, now_ms, monotonic_ns, random_bytes, zone_load, log_line, should_stop};

	return &env;
}
