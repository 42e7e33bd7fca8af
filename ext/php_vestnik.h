/* The Zend binding of Vestnik: zval → C struct → core, and back. The API is vestnik.stub.php. */
#ifndef PHP_VESTNIK_H
#define PHP_VESTNIK_H

#include "php.h"

#include "engine/engine.h"
#include "text/measure.h"

#define PHP_VESTNIK_VERSION VST_VERSION

extern zend_module_entry vestnik_module_entry;
#define phpext_vestnik_ptr &vestnik_module_entry

typedef struct php_vestnik_batch php_vestnik_batch;
typedef struct php_vestnik_handle php_vestnik_handle;
typedef struct php_vestnik_offenders php_vestnik_offenders;
typedef struct php_vestnik_plan php_vestnik_plan;

/* One set a thread. Everything here is malloc'd memory and outlives a request, unless it says otherwise. */
ZEND_BEGIN_MODULE_GLOBALS(vestnik)
	/* INI entries; the strings belong to the INI entries, NULL or "" when not set. */
	char *store;
	char *numbering;
	int file_mode;
	php_vestnik_handle *handles;      /* see vestnik_handle.c */
	php_vestnik_handle *inherited;    /* of a parent process: neither used nor closed, only kept reachable */
	php_vestnik_plan *plans;          /* see vestnik_phone.c; read-only mappings, may be used after a fork */
	vst_zone_cache *zones;            /* for functions without a store; plain memory, may be used after a fork */
	php_vestnik_offenders *offenders; /* see vestnik_measure.c */
	vst_arena scratch;                /* of the call that runs; see php_vestnik_scratch() */
	php_vestnik_batch *batches;       /* alive in this request */
	bool bailed_out;                  /* a callback of the environment caught a bailout that is still to be raised */
	char user[64];
	/* The request ends: what is in flight is waited for, whatever signals say. */
	bool draining;
ZEND_END_MODULE_GLOBALS(vestnik)

ZEND_EXTERN_MODULE_GLOBALS(vestnik)
#define VESTNIK_G(member) ZEND_MODULE_GLOBALS_ACCESSOR(vestnik, member)

#if defined(ZTS) && defined(COMPILE_DL_VESTNIK)
ZEND_TSRMLS_CACHE_EXTERN()
#endif

/* ---- vestnik_env.c ---- */
const vst_env *php_vestnik_env(void);

/* ---- vestnik_handle.c ---- */
/* The engine of the store that `vestnik.store` names; NULL: an exception was thrown. */
vst_engine *php_vestnik_engine(void);
/* What is in flight must be settled before the PHP request ends. */
void php_vestnik_engine_works(const vst_engine *engine);
/* While pinned, an engine is not closed, even when its store is replaced. */
void php_vestnik_engine_pin(const vst_engine *engine, bool pin);
/* Closes the engine of the current store, so that the next call opens it anew. */
void php_vestnik_engine_forget(void);
/* False: an exception was thrown. The strings are borrowed from INI entries and globals. */
bool php_vestnik_options(vst_engine_options *options);
void php_vestnik_handles_drain(zend_vestnik_globals *globals);
void php_vestnik_handles_close(zend_vestnik_globals *globals);
bool php_vestnik_is_web(void);
/* NULL: an exception was thrown. */
vst_zone_cache *php_vestnik_zones(void);

/* ---- vestnik_error.c ---- */
extern zend_class_entry *php_vestnik_exception_ce;
extern zend_class_entry *php_vestnik_store_exception_ce;
extern zend_class_entry *php_vestnik_provider_exception_ce;
extern zend_class_entry *php_vestnik_settings_exception_ce;

void php_vestnik_throw(const vst_err *err);
/*
 * True on VST_OK, else the exception was thrown. To be asked after every call of the engine, since it also raises a
 * bailout that a callback of the environment caught.
 */
bool php_vestnik_ok(vst_rc rc, const vst_err *err);

/* ---- vestnik_value.c ---- */
#define PHP_VESTNIK_DEPTH_MAX 64
#define PHP_VESTNIK_NAME_MAX 40

/* A key as it may stand in an exception: plain short names and small numbers only, never what could be a phone. */
const char *php_vestnik_name(const zend_string *key, zend_ulong index, char out[PHP_VESTNIK_NAME_MAX]);
/* Strict UTF-8 without NUL. `what` names the place in the error. */
vst_rc php_vestnik_text(const zend_string *text, const char *what, vst_str *out, vst_err *err) VST_CHECKED;
/* The same as an argument: false, an exception was thrown. */
bool php_vestnik_argument(uint32_t number, const zend_string *text, vst_str *out);
/* And of the length of a message. */
bool php_vestnik_message_text(uint32_t number, const zend_string *text, vst_str *out);
/* Allocates with malloc only, so that nothing is lost in a bailout. */
vst_rc php_vestnik_to_json(zval *value, const char *what, json_t **out, vst_err *err) VST_CHECKED;
void php_vestnik_from_json(zval *out, const json_t *value);
/* Checks rc, converts and frees. JSON null becomes null. */
void php_vestnik_return_json(zval *return_value, vst_rc rc, json_t *value, const vst_err *err);

/* ---- vestnik_store.c ---- */
/* An argument as an absolute path inside of open_basedir. False: an exception was thrown. */
bool php_vestnik_path(uint32_t number, const zend_string *given, char out[MAXPATHLEN]);

/* ---- vestnik_phone.c ---- */
void php_vestnik_phone_startup(void);
/* The plan that `vestnik.numbering` names, NULL: none. Lives as long as the globals. */
vst_numbering_plan *php_vestnik_numbering(void);
void php_vestnik_plans_free(zend_vestnik_globals *globals);

/* ---- vestnik_measure.c ---- */
void php_vestnik_measure_startup(void);
void php_vestnik_offenders_free(zend_vestnik_globals *globals);
/* encoding, units, segments and remaining, appended to an array that has none of them. */
void php_vestnik_put_cost(HashTable *result, const vst_measure *measure);

/* ---- vestnik_list.c ---- */
/* An argument as JSON and the engine it is for; false: an exception was thrown, nothing is owned. */
bool php_vestnik_prepare(zval *argument, const char *what, json_t **json, vst_engine **engine);
typedef vst_rc (*php_vestnik_list_function)(vst_engine *engine, const json_t *filter, int64_t limit, vst_str after,
                                            json_t **out, vst_err *err);
typedef vst_rc (*php_vestnik_count_function)(vst_engine *engine, const json_t *filter, int64_t stop_at, int64_t *out,
                                             vst_err *err);
void php_vestnik_list(INTERNAL_FUNCTION_PARAMETERS, php_vestnik_list_function list);
void php_vestnik_count(INTERNAL_FUNCTION_PARAMETERS, php_vestnik_count_function count);

/* ---- vestnik_consent.c ---- */
typedef vst_rc (*php_vestnik_record_function)(vst_engine *engine, vst_str phone, const json_t *details, json_t **out,
                                              vst_err *err);
/* (string $phone, array $details): array */
void php_vestnik_record(INTERNAL_FUNCTION_PARAMETERS, const char *what, php_vestnik_record_function record);

/* ---- vestnik_submission.c ---- */
void php_vestnik_submission_startup(void);
void php_vestnik_submission_shutdown(void);
/*
 * A message array as the engine takes it. Borrows the array's strings; what must be converted goes into the arena.
 * Runs no userland code. Problems come as VST_E_TYPE and VST_E_INVALID and name the key.
 */
vst_rc php_vestnik_submission(HashTable *message, vst_arena *arena, vst_submission *out, vst_err *err) VST_CHECKED;
/* A scalar as the text it has in a template. `place` names it in the error. */
vst_rc php_vestnik_scalar_text(const char *place, const zval *value, vst_arena *arena, vst_str *out, vst_err *err)
	VST_CHECKED;
/* A map of scalars; those that are null are left out. */
vst_rc php_vestnik_vars(HashTable *vars, vst_arena *arena, const vst_pair **out, size_t *count, vst_err *err)
	VST_CHECKED;
/* Scratch memory for one call of the engine, emptied here. Userland code may take it over: never held across any. */
vst_arena *php_vestnik_scratch(void);

/* ---- vestnik_decision.c ---- */
void php_vestnik_decision_startup(void);
void php_vestnik_decision(zval *out, const vst_receipt *receipt);

/* ---- vestnik_replay.c ---- */
void php_vestnik_replay_startup(zend_class_entry *class);

/* ---- vestnik_batch.c ---- */
void php_vestnik_batches_end(void);

#endif
