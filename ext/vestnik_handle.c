/*
 * Engine handles: one per store, process and thread, opened by the first call that needs it and kept over requests.
 *
 * A forked child sets aside what it inherited and opens its own: it must neither use nor close a parent's handle, which
 * costs it the memory of one handle. A store whose file was replaced is opened anew; an engine that is pinned by a
 * running batch is then retired and closed at the end of the request.
 */
#include "php_vestnik.h"

#include <pwd.h>
#include <unistd.h>

#include "SAPI.h"
#include "php_ini.h"
#include "zend_exceptions.h"

/* As php-src declares it; php_ini.h has it only in later versions. */
PHPAPI extern char *php_ini_opened_path;

struct php_vestnik_handle {
	php_vestnik_handle *next;
	vst_engine *engine;
	unsigned pins; /* batches that use it */
	bool works;    /* dispatched in this request */
	bool retired;  /* not for new calls */
	int file_mode;
	char *dsn, *document_root;
	vst_numbering_plan *numbering;
};

static void drain_handle(php_vestnik_handle *handle)
{
	vst_err err = VST_ERR_INIT;

	VESTNIK_G(draining) = true;
	if (handle->works && vst_engine_is_mine(handle->engine) && vst_engine_drain(handle->engine, &err) != VST_OK) {
		php_vestnik_env()->log(NULL, VST_LOG_WARNING, err.text);
	}
	VESTNIK_G(draining) = false;
	handle->works = false;
}

/* Takes the handle out of the list and closes it when it is this process's. */
static void free_handle(zend_vestnik_globals *globals, php_vestnik_handle **place)
{
	php_vestnik_handle *handle = *place;

	*place = handle->next;
	if (!vst_engine_is_mine(handle->engine)) {
		vst_engine_forget(handle->engine);
		handle->next = globals->inherited;
		globals->inherited = handle;
		return;
	}
	vst_engine_close(handle->engine);
	pefree(handle->dsn, 1);
	pefree(handle->document_root, 1);
	pefree(handle, 1);
}

void php_vestnik_handles_close(zend_vestnik_globals *globals)
{
	while (globals->handles != NULL) {
		free_handle(globals, &globals->handles);
	}
}

/* RSHUTDOWN, after the batches: nothing is pinned any more. */
void php_vestnik_handles_drain(zend_vestnik_globals *globals)
{
	php_vestnik_handle **place = &globals->handles;

	while (*place != NULL) {
		(*place)->pins = 0;
		drain_handle(*place);
		if ((*place)->retired) {
			free_handle(globals, place);
		} else {
			place = &(*place)->next;
		}
	}
}

bool php_vestnik_is_web(void)
{
	static const char *const command_line[] = {"cli", "phpdbg", "embed"};

	for (size_t i = 0; i < sizeof command_line / sizeof *command_line; i++) {
		if (strcmp(sapi_module.name, command_line[i]) == 0) {
			return false;
		}
	}
	return true;
}

/* As the web server gave it; what the script wrote into $_SERVER since does not count. */
static const char *document_root(void)
{
	zval *server, *root = NULL;

	if (!php_vestnik_is_web()) {
		return "";
	}
	zend_is_auto_global_str(ZEND_STRL("_SERVER"));
	server = &PG(http_globals)[TRACK_VARS_SERVER];
	if (Z_TYPE_P(server) == IS_ARRAY) {
		root = zend_hash_str_find(Z_ARRVAL_P(server), ZEND_STRL("DOCUMENT_ROOT"));
	}
	return root != NULL && Z_TYPE_P(root) == IS_STRING ? Z_STRVAL_P(root) : "";
}

static vst_str user_name(void)
{
	struct passwd entry, *found = NULL;
	char buffer[4096];
	uid_t user = geteuid();

	if (getpwuid_r(user, &entry, buffer, sizeof buffer, &found) == 0 && found != NULL) {
		snprintf(VESTNIK_G(user), sizeof VESTNIK_G(user), "%s", entry.pw_name);
	} else {
		snprintf(VESTNIK_G(user), sizeof VESTNIK_G(user), "#%ld", (long) user);
	}
	return vst_str_from(VESTNIK_G(user));
}

static bool has_store(void)
{
	if (VESTNIK_G(store) != NULL && *VESTNIK_G(store) != '\0') {
		return true;
	}
	zend_throw_exception(php_vestnik_settings_exception_ce,
	                     "vestnik.store: not set, or refused when PHP started; expected sqlite:/path/of/store.db", 0);
	return false;
}

static void options_of(const char *dsn, const char *root, vst_engine_options *options)
{
	*options = (vst_engine_options) {
		.store = {vst_str_from(dsn), VESTNIK_G(file_mode), vst_str_from(root), php_vestnik_is_web()},
		.ini_path = vst_str_from(php_ini_opened_path),
		.user = user_name(),
		.numbering = php_vestnik_numbering(),
	};
}

bool php_vestnik_options(vst_engine_options *options)
{
	if (!has_store()) {
		return false;
	}
	options_of(VESTNIK_G(store), document_root(), options);
	return true;
}

/* The place of the current store's handle in the list, or the list's end. */
static php_vestnik_handle **find_handle(const char *root)
{
	php_vestnik_handle **place = &VESTNIK_G(handles);
	const vst_numbering_plan *numbering = php_vestnik_numbering();

	while (*place != NULL) {
		php_vestnik_handle *handle = *place;

		if (!handle->retired && handle->file_mode == VESTNIK_G(file_mode) && handle->numbering == numbering &&
		    strcmp(handle->dsn, VESTNIK_G(store)) == 0 && strcmp(handle->document_root, root) == 0) {
			break;
		}
		place = &handle->next;
	}
	return place;
}

static vst_engine *open_handle(const char *root)
{
	vst_engine_options options;
	vst_err err = VST_ERR_INIT;
	vst_engine *engine = NULL;
	php_vestnik_handle *handle = pecalloc(1, sizeof *handle, 1);

	/* The engine may keep what it was given: the copies live as long as it does. */
	handle->dsn = pestrdup(VESTNIK_G(store), 1);
	handle->document_root = pestrdup(root, 1);
	handle->file_mode = VESTNIK_G(file_mode);
	options_of(handle->dsn, handle->document_root, &options);
	if (!php_vestnik_ok(vst_engine_open(&options, php_vestnik_env(), &engine, &err), &err)) {
		pefree(handle->dsn, 1);
		pefree(handle->document_root, 1);
		pefree(handle, 1);
		return NULL;
	}
	handle->engine = engine;
	handle->numbering = options.numbering;
	handle->next = VESTNIK_G(handles);
	VESTNIK_G(handles) = handle;
	return engine;
}

static void leave_handle(php_vestnik_handle **place)
{
	drain_handle(*place);
	if ((*place)->pins > 0) {
		(*place)->retired = true;
	} else {
		free_handle(ZEND_MODULE_GLOBALS_BULK(vestnik), place);
	}
}

vst_engine *php_vestnik_engine(void)
{
	php_vestnik_handle **place;
	const char *root;

	if (!has_store()) {
		return NULL;
	}
	root = document_root();
	place = find_handle(root);
	if (*place != NULL) {
		if (vst_engine_is_mine((*place)->engine) && vst_engine_is_current((*place)->engine)) {
			return (*place)->engine;
		}
		leave_handle(place);
	}
	return open_handle(root);
}

void php_vestnik_engine_forget(void)
{
	php_vestnik_handle **place;

	if (has_store() && *(place = find_handle(document_root())) != NULL) {
		leave_handle(place);
	}
}

static php_vestnik_handle *handle_of(const vst_engine *engine)
{
	php_vestnik_handle *handle = VESTNIK_G(handles);

	while (handle != NULL && handle->engine != engine) {
		handle = handle->next;
	}
	return handle;
}

void php_vestnik_engine_works(const vst_engine *engine)
{
	php_vestnik_handle *handle = handle_of(engine);

	if (handle != NULL) {
		handle->works = true;
	}
}

void php_vestnik_engine_pin(const vst_engine *engine, bool pin)
{
	php_vestnik_handle *handle = handle_of(engine);

	if (handle != NULL) {
		handle->pins += pin ? 1 : -1u;
	}
}

vst_zone_cache *php_vestnik_zones(void)
{
	vst_err err = VST_ERR_INIT;

	if (VESTNIK_G(zones) == NULL &&
	    !php_vestnik_ok(vst_zone_cache_new(php_vestnik_env(), &VESTNIK_G(zones), &err), &err)) {
		return NULL;
	}
	return VESTNIK_G(zones);
}
