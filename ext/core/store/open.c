#include "handle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dsn.h"
#include "ownership.h"

/* Many web processes look at little, few workers look at much. */
#define WEB_DATABASE_WAIT_MS 5000
#define DATABASE_WAIT_MS 30000
#define WEB_CACHE_KIB 2048
#define CACHE_KIB 16384

vst_rc vst_store_usable(const vst_store *store, vst_err *err)
{
	if (!vst_store_is_mine(store)) {
		return vst_fail(err, VST_E_DENIED, "the handle of the store belongs to the process that forked this one");
	}
	if (store->tx.open) {
		return vst_fail(err, VST_E_CORRUPT, "a transaction of the store is open already");
	}
	return VST_OK;
}

bool vst_store_is_mine(const vst_store *store)
{
	return store->owner == getpid();
}

bool vst_store_is_current(const vst_store *store)
{
	struct stat status;

	return stat(store->path, &status) == 0 && (int64_t) status.st_dev == store->place.device &&
	       (int64_t) status.st_ino == store->place.inode;
}

vst_clock_kind vst_store_clock(const vst_store *store)
{
	return store->clock;
}

static void free_handle(vst_store *store)
{
	if (store->sql != NULL) {
		vst_store_drop_statements(store);
		store->driver->close(store->sql);
	}
	vst_turnstile_close(&store->turnstile);
	vst_names_forget(store, 0);
	free(store->path);
	free(store->lock_path);
	free(store->document_root);
	free(store);
}

void vst_store_close(vst_store *store)
{
	if (store != NULL && vst_store_is_mine(store)) {
		free_handle(store);
	}
}

void vst_store_forget(vst_store *store)
{
	if (store != NULL && !vst_store_is_mine(store)) {
		vst_turnstile_close(&store->turnstile);
	}
}

static char *text_of(const char *text, size_t len, const char *suffix)
{
	size_t size = len + strlen(suffix) + 1;
	char *copy = malloc(size);

	if (copy != NULL) {
		memcpy(copy, text, len);
		memcpy(copy + len, suffix, size - len);
	}
	return copy;
}

/* One store has one lock file and one log, by whichever symbolic links it is reached. */
static vst_rc name_files(vst_store *store, vst_str path, vst_err *err)
{
	char *given = text_of(path.ptr, path.len, "");

	store->path = given != NULL ? vst_path_resolve(given) : NULL;
	free(given);
	store->lock_path = store->path != NULL ? text_of(store->path, strlen(store->path), "-lock") : NULL;
	if (store->lock_path == NULL) {
		return vst_fail_nomem(err);
	}
	if (strlen(store->path) > VST_PATH_LIMIT) {
		return vst_fail(err, VST_E_INVALID, "store: the path is longer than %d bytes", VST_PATH_LIMIT);
	}
	return VST_OK;
}

static vst_rc new_handle(const vst_store_options *options, const vst_env *env, const vst_sql_driver *driver,
                         const vst_schema *schema, vst_store **out, vst_err *err)
{
	vst_dsn dsn;
	vst_store *store;
	vst_rc rc = vst_dsn_parse(options->dsn, &dsn, err);

	if (rc != VST_OK) {
		return rc;
	}
	if (memchr(options->document_root.ptr, '\0', options->document_root.len) != NULL) {
		return vst_fail(err, VST_E_INVALID, "store: the document root has a NUL byte");
	}
	store = calloc(1, sizeof *store);
	if (store == NULL) {
		return vst_fail_nomem(err);
	}
	store->turnstile.fd = -1;
	store->owner = getpid();
	store->driver = driver;
	store->schema = schema;
	store->env = *env;
	store->web = options->web;
	store->file_mode = options->file_mode;
	store->clock = dsn.clock;
	store->document_root = text_of(options->document_root.ptr, options->document_root.len, "");
	rc = store->document_root != NULL ? name_files(store, dsn.path, err) : vst_fail_nomem(err);
	if (rc != VST_OK) {
		free_handle(store);
		return rc;
	}
	*out = store;
	return VST_OK;
}

/* Nothing is touched before all of these hold. */
static vst_rc check_place(const vst_store *store, vst_err *err)
{
	char *directory;
	vst_rc rc = vst_place_is_private(store->path, store->document_root, err);

	if (rc == VST_OK) {
		rc = vst_ownership_check(store->path, store->file_mode, err);
	}
	if (rc == VST_OK) {
		rc = vst_directory_make(store->path, store->file_mode, err);
	}
	if (rc != VST_OK) {
		return rc;
	}
	directory = vst_directory_of(store->path);
	if (directory == NULL) {
		return vst_fail_nomem(err);
	}
	rc = vst_place_is_local(directory, err);
	free(directory);
	return rc;
}

static vst_rc connect_database(vst_store *store, vst_err *err)
{
	vst_sql_target target = {
		.path = store->path,
		.mode_of = store->lock_path,
		.env = &store->env,
		.wait_ms = store->web ? WEB_DATABASE_WAIT_MS : DATABASE_WAIT_MS,
		.cache_kib = store->web ? WEB_CACHE_KIB : CACHE_KIB,
	};
	struct stat status;
	/* A new file is made, and its log switched on, by one process at a time. */
	bool fresh = stat(store->path, &status) != 0 || status.st_size == 0;
	vst_rc rc = VST_OK;

	if (fresh) {
		rc = vst_turnstile_enter(&store->turnstile, &store->env, target.wait_ms, err);
	}
	if (rc == VST_OK) {
		rc = store->driver->open(&target, &store->sql, err);
		if (fresh) {
			vst_turnstile_leave(&store->turnstile);
		}
	}
	if (rc == VST_OK) {
		rc = vst_place_of(store->path, &store->place, err);
	}
	return rc;
}

static vst_rc make_schema(vst_store *store, vst_err *err)
{
	bool any = false, ours = false;
	vst_rc rc = store->driver->has_tables(store->sql, &any, &ours, err);

	if (rc != VST_OK || ours) {
		return rc;
	}
	if (any) {
		return vst_fail(err, VST_E_DENIED, "the file is a database of something else, not a store (%.120s)",
		                store->path);
	}
	return vst_schema_create(store, err);
}

static vst_rc learn_clock(vst_tx *tx, void *context, vst_err *err)
{
	vst_version version;
	vst_rc rc = vst_version_read(tx, &version, err);

	if (rc == VST_OK) {
		*(vst_clock_kind *) context = version.clock;
	}
	return rc;
}

static vst_rc check_clock(vst_store *store, vst_err *err)
{
	vst_clock_kind stored = VST_CLOCK_SYSTEM;
	vst_rc rc = vst_store_read(store, learn_clock, &stored, err);

	if (rc == VST_OK && stored != store->clock) {
		rc = vst_fail(err, VST_E_INVALID, "store: it was created with clock=%s, which is fixed: say so in the DSN",
		              stored == VST_CLOCK_MANUAL ? "manual" : "system");
	}
	return rc;
}

/* Up to the connection: what opening and migrating share. */
static vst_rc reach(const vst_store_options *options, const vst_env *env, const vst_sql_driver *driver,
                    const vst_schema *schema, vst_store **out, vst_err *err)
{
	vst_store *store = NULL;
	vst_rc rc = new_handle(options, env, driver, schema, &store, err);

	if (rc != VST_OK) {
		return rc;
	}
	rc = check_place(store, err);
	if (rc == VST_OK) {
		rc = vst_turnstile_open(&store->turnstile, store->lock_path, store->file_mode, err);
	}
	if (rc == VST_OK) {
		rc = connect_database(store, err);
	}
	if (rc == VST_OK) {
		rc = make_schema(store, err);
	}
	if (rc != VST_OK) {
		free_handle(store);
		return rc;
	}
	*out = store;
	return VST_OK;
}

vst_rc vst_store_open_with(const vst_store_options *options, const vst_env *env, const vst_sql_driver *driver,
                           const vst_schema *schema, vst_store **out, vst_err *err)
{
	vst_store *store = NULL;
	vst_rc rc = reach(options, env, driver, schema, &store, err);

	if (rc != VST_OK) {
		return rc;
	}
	rc = check_clock(store, err);
	if (rc != VST_OK) {
		free_handle(store);
		return rc;
	}
	*out = store;
	return VST_OK;
}

vst_rc vst_store_migrate_with(const vst_store_options *options, const vst_env *env, const vst_sql_driver *driver,
                              const vst_schema *schema, vst_migration_result *out, vst_err *err)
{
	vst_store *store = NULL;
	vst_rc rc;

	if (options->web) {
		return vst_fail(err, VST_E_DENIED,
		                "a web process does not migrate the store: run vestnik_store_migrate() in the CLI");
	}
	rc = reach(options, env, driver, schema, &store, err);
	if (rc == VST_OK) {
		rc = vst_schema_migrate(store, out, err);
		free_handle(store);
	}
	return rc;
}

vst_rc vst_store_open(const vst_store_options *options, const vst_env *env, vst_store **out, vst_err *err)
{
	return vst_store_open_with(options, env, &vst_sqlite_driver, &vst_schema_current, out, err);
}

vst_rc vst_store_migrate(const vst_store_options *options, const vst_env *env, vst_migration_result *out, vst_err *err)
{
	return vst_store_migrate_with(options, env, &vst_sqlite_driver, &vst_schema_current, out, err);
}
