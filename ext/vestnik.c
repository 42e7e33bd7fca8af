/* Module entry, INI entries, phpinfo. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php_vestnik.h"

#include <curl/curl.h>
#include <sqlite3.h>

#include "SAPI.h"
#include "ext/spl/spl_exceptions.h"
#include "ext/standard/info.h"
#include "php_ini.h"
#include "zend_attributes.h"
#include "zend_exceptions.h"
#include "zend_interfaces.h"

#include "vestnik_arginfo.h"

ZEND_DECLARE_MODULE_GLOBALS(vestnik)

/* A refused value is not taken over; the functions then say that there is no store. */
static int refuse_ini(const zend_ini_entry *entry, int stage, const char *words)
{
	int level = stage == ZEND_INI_STAGE_STARTUP ? E_CORE_WARNING : E_WARNING;

	php_error_docref(NULL, level, "%s: %s", ZSTR_VAL(entry->name), words);
	return FAILURE;
}

static ZEND_INI_MH(OnUpdateStore)
{
	vst_err err = VST_ERR_INIT;

	if (new_value != NULL && ZSTR_LEN(new_value) > 0) {
		if (strlen(ZSTR_VAL(new_value)) != ZSTR_LEN(new_value)) {
			return refuse_ini(entry, stage, "a NUL byte");
		}
		if (!vst_store_dsn_valid(vst_str_of(ZSTR_VAL(new_value), ZSTR_LEN(new_value)), &err)) {
			/* The core's text begins with the setting's own name. */
			return refuse_ini(entry, stage, strncmp(err.text, "store: ", 7) == 0 ? err.text + 7 : err.text);
		}
	}
	return OnUpdateString(entry, new_value, mh_arg1, mh_arg2, mh_arg3, stage);
}

static ZEND_INI_MH(OnUpdateNumbering)
{
	if (new_value != NULL && ZSTR_LEN(new_value) > 0 &&
	    (ZSTR_VAL(new_value)[0] != '/' || strlen(ZSTR_VAL(new_value)) != ZSTR_LEN(new_value))) {
		return refuse_ini(entry, stage, "expected an absolute path of a compiled numbering plan");
	}
	return OnUpdateString(entry, new_value, mh_arg1, mh_arg2, mh_arg3, stage);
}

static ZEND_INI_MH(OnUpdateStoreMode)
{
	int mode = 0600;

	if (new_value != NULL && ZSTR_LEN(new_value) > 0) {
		const char *text = ZSTR_VAL(new_value);

		if (ZSTR_LEN(new_value) == 4 && strcmp(text, "0600") == 0) {
			mode = 0600;
		} else if (ZSTR_LEN(new_value) == 4 && strcmp(text, "0660") == 0) {
			mode = 0660;
		} else {
			return refuse_ini(entry, stage, "expected 0600 or 0660, or nothing for 0600");
		}
	}
	VESTNIK_G(file_mode) = mode;
	return SUCCESS;
}

PHP_INI_BEGIN()
	STD_PHP_INI_ENTRY("vestnik.store", "", PHP_INI_SYSTEM, OnUpdateStore, store, zend_vestnik_globals, vestnik_globals)
	STD_PHP_INI_ENTRY("vestnik.numbering", "", PHP_INI_SYSTEM, OnUpdateNumbering, numbering, zend_vestnik_globals,
	                  vestnik_globals)
	PHP_INI_ENTRY("vestnik.store_mode", "", PHP_INI_SYSTEM, OnUpdateStoreMode)
PHP_INI_END()

static PHP_GINIT_FUNCTION(vestnik)
{
#if defined(COMPILE_DL_VESTNIK) && defined(ZTS)
	ZEND_TSRMLS_CACHE_UPDATE();
#endif
	memset(vestnik_globals, 0, sizeof *vestnik_globals);
	vestnik_globals->file_mode = 0600;
}

static PHP_GSHUTDOWN_FUNCTION(vestnik)
{
	php_vestnik_handles_close(vestnik_globals);
	php_vestnik_plans_free(vestnik_globals);
	php_vestnik_offenders_free(vestnik_globals);
	vst_zone_cache_free(vestnik_globals->zones);
	vst_arena_free(&vestnik_globals->scratch);
}

/* Runs in the master of PHP-FPM: opens nothing. */
static PHP_MINIT_FUNCTION(vestnik)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		php_error_docref(NULL, E_CORE_WARNING, "libcurl cannot be initialised");
		return FAILURE;
	}
	REGISTER_INI_ENTRIES();
	register_vestnik_symbols(module_number);
	php_vestnik_exception_ce = register_class_Vestnik_Exception(zend_ce_throwable);
	php_vestnik_store_exception_ce =
		register_class_Vestnik_StoreException(spl_ce_RuntimeException, php_vestnik_exception_ce);
	php_vestnik_provider_exception_ce =
		register_class_Vestnik_ProviderException(spl_ce_RuntimeException, php_vestnik_exception_ce);
	php_vestnik_settings_exception_ce =
		register_class_Vestnik_SettingsException(spl_ce_RuntimeException, php_vestnik_exception_ce);
	php_vestnik_replay_startup(register_class_Vestnik_Replay(zend_ce_iterator));
	php_vestnik_submission_startup();
	php_vestnik_decision_startup();
	php_vestnik_measure_startup();
	php_vestnik_phone_startup();
	return SUCCESS;
}

static PHP_MSHUTDOWN_FUNCTION(vestnik)
{
	UNREGISTER_INI_ENTRIES();
	php_vestnik_submission_shutdown();
#ifndef ZTS
	/* Handles hold libcurl's, which must go first. Under ZTS other threads' handles are closed only after this. */
	php_vestnik_handles_close(&vestnik_globals);
	curl_global_cleanup();
#endif
	return SUCCESS;
}

static PHP_RINIT_FUNCTION(vestnik)
{
#if defined(COMPILE_DL_VESTNIK) && defined(ZTS)
	ZEND_TSRMLS_CACHE_UPDATE();
#endif
	VESTNIK_G(bailed_out) = false;
	return SUCCESS;
}

static PHP_RSHUTDOWN_FUNCTION(vestnik)
{
	php_vestnik_batches_end();
	php_vestnik_handles_drain(ZEND_MODULE_GLOBALS_BULK(vestnik));
	return SUCCESS;
}

static PHP_MINFO_FUNCTION(vestnik)
{
	php_info_print_table_start();
	php_info_print_table_row(2, "Vestnik", "enabled");
	php_info_print_table_row(2, "Version", PHP_VESTNIK_VERSION);
	php_info_print_table_row(2, "Rules", vst_law_version());
	php_info_print_table_row(2, "SQLite library", sqlite3_libversion());
	php_info_print_table_row(2, "libcurl", curl_version_info(CURLVERSION_NOW)->version);
	php_info_print_table_row(2, "jansson", jansson_version_str());
	php_info_print_table_end();
	DISPLAY_INI_ENTRIES();
}

/* clang-format off */
static const zend_module_dep vestnik_dependencies[] = {
	ZEND_MOD_REQUIRED("date")
	ZEND_MOD_REQUIRED("spl")
	ZEND_MOD_END
};

zend_module_entry vestnik_module_entry = {
	STANDARD_MODULE_HEADER_EX,
	NULL,
	vestnik_dependencies,
	"vestnik",
	ext_functions,
	PHP_MINIT(vestnik),
	PHP_MSHUTDOWN(vestnik),
	PHP_RINIT(vestnik),
	PHP_RSHUTDOWN(vestnik),
	PHP_MINFO(vestnik),
	PHP_VESTNIK_VERSION,
	PHP_MODULE_GLOBALS(vestnik),
	PHP_GINIT(vestnik),
	PHP_GSHUTDOWN(vestnik),
	NULL,
	STANDARD_MODULE_PROPERTIES_EX
};
/* clang-format on */

#ifdef COMPILE_DL_VESTNIK
#ifdef ZTS
ZEND_TSRMLS_CACHE_DEFINE()
#endif
ZEND_GET_MODULE(vestnik)
#endif
