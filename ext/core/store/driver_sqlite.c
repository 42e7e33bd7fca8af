/*
 * SQLite behind the seam: the only file with sqlite3_* calls. Never sqlite3_config or sqlite3_shutdown: pdo_sqlite lives
 * in the same process.
 */
#define _POSIX_C_SOURCE 200809L
#include "sql.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"

#define PAGE_SIZE 4096
#define FRAME_SIZE (PAGE_SIZE + 24)
#define BACKUP_PAGES 2048

struct vst_sql {
	sqlite3 *db;
	sqlite3_stmt *begin_read, *begin_write, *commit, *rollback;
	const vst_env *env;
	int64_t wait_ms;
	int64_t wait_began_ns;
	int log_pages;
};

static sqlite3_stmt *native(vst_stmt *stmt)
{
	return (sqlite3_stmt *) (void *) stmt;
}

static const char *driver_version(void)
{
	return sqlite3_libversion();
}

typedef struct code_map {
	int code;
	vst_rc rc;
	const char *words;
} code_map;

/* Primary result codes. Words, not sqlite3_errmsg(): that may quote SQL. */
static const code_map codes[] = {
	{SQLITE_BUSY, VST_E_BUSY, "the store is busy"},
	{SQLITE_LOCKED, VST_E_BUSY, "the store is locked"},
	{SQLITE_NOMEM, VST_E_NOMEM, "out of memory"},
	{SQLITE_READONLY, VST_E_IO, "the store is read-only"},
	{SQLITE_IOERR, VST_E_IO, "the disk of the store failed"},
	{SQLITE_FULL, VST_E_IO, "the disk of the store is full"},
	{SQLITE_CANTOPEN, VST_E_IO, "the store cannot be opened"},
	{SQLITE_PROTOCOL, VST_E_BUSY, "the store's log is locked"},
	{SQLITE_PERM, VST_E_DENIED, "access to the store is denied"},
	{SQLITE_AUTH, VST_E_DENIED, "access to the store is denied"},
	{SQLITE_INTERRUPT, VST_E_CANCELLED, "interrupted"},
	{SQLITE_CORRUPT, VST_E_CORRUPT, "the store is damaged"},
	{SQLITE_NOTADB, VST_E_CORRUPT, "the file is no SQLite database"},
	{SQLITE_CONSTRAINT, VST_E_CORRUPT, "the store contradicts itself"},
	{SQLITE_TOOBIG, VST_E_INVALID, "a value is too long for the store"},
};

static vst_rc fail(sqlite3 *db, int code, const char *what, vst_err *err)
{
	int extended = db != NULL ? sqlite3_extended_errcode(db) : code;

	if ((extended & 0xff) != (code & 0xff)) {
		extended = code;
	}
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
		if (codes[i].code == (code & 0xff)) {
			return vst_fail_native(err, codes[i].rc, VST_DOMAIN_STORE, extended, "%s: %s (SQLite %d)", what,
			                       codes[i].words, extended);
		}
	}
	return vst_fail_native(err, VST_E_CORRUPT, VST_DOMAIN_STORE, extended, "%s: %s (SQLite %d)", what,
	                       sqlite3_errstr(extended), extended);
}

/*
 * sqlite3_busy_timeout() sleeps for seconds without looking up. Writers have queued at the turnstile before, so this
 * only waits for another process's recovery of the log, or for a tool that opened the file by itself.
 */
static int wait_while_busy(void *context, int calls)
{
	vst_sql *sql = context;
	int64_t now = sql->env->monotonic_ns(sql->env->context);
	struct timespec slice = {0, calls < 10 ? 200000 : 2000000};
	int64_t waited;

	if (calls == 0) {
		sql->wait_began_ns = now;
	}
	waited = (now - sql->wait_began_ns) / 1000000;
	if (waited > sql->wait_ms || (waited > VST_STOP_GRACE_MS && vst_env_stops(sql->env))) {
		return 0;
	}
	(void) nanosleep(&slice, NULL);
	return 1;
}

/* Replaces SQLite's own checkpoint inside of a commit. The pages are those of the log in use, not of its file. */
static int note_log(void *context, sqlite3 *db, const char *name, int pages)
{
	vst_sql *sql = context;

	(void) db;
	(void) name;
	sql->log_pages = pages;
	return SQLITE_OK;
}

static void uri_path(vst_buf *uri, const char *path)
{
	for (; *path != '\0'; path++) {
		if (*path == '%' || *path == '?' || *path == '#' || *path == '&') {
			vst_buf_format(uri, "%%%02X", (unsigned) (unsigned char) *path);
		} else {
			vst_buf_byte(uri, *path);
		}
	}
}

static int set_up(vst_sql *sql, int cache_kib)
{
	static const char *const pragmas[] = {
		"PRAGMA page_size = 4096",     "PRAGMA journal_mode = WAL",  "PRAGMA synchronous = FULL",
		"PRAGMA foreign_keys = OFF",   "PRAGMA temp_store = MEMORY", "PRAGMA journal_size_limit = 67108864",
		"PRAGMA trusted_schema = OFF",
	};
	static const char *const texts[] = {"BEGIN", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"};
	sqlite3_stmt **const statements[] = {&sql->begin_read, &sql->begin_write, &sql->commit, &sql->rollback};
	char cache[48];
	int code;

	(void) snprintf(cache, sizeof cache, "PRAGMA cache_size = -%d", cache_kib);
	(void) sqlite3_busy_handler(sql->db, wait_while_busy, sql);
	code = sqlite3_db_config(sql->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	for (size_t i = 0; code == SQLITE_OK && i < sizeof pragmas / sizeof *pragmas; i++) {
		code = sqlite3_exec(sql->db, pragmas[i], NULL, NULL, NULL);
	}
	code = code == SQLITE_OK ? sqlite3_exec(sql->db, cache, NULL, NULL, NULL) : code;
	for (size_t i = 0; code == SQLITE_OK && i < sizeof texts / sizeof *texts; i++) {
		code = sqlite3_prepare_v3(sql->db, texts[i], -1, SQLITE_PREPARE_PERSISTENT, statements[i], NULL);
	}
	/* This takes the place of PRAGMA wal_autocheckpoint, which is such a hook itself. */
	(void) sqlite3_wal_hook(sql->db, note_log, sql);
	return code;
}

static void driver_close(vst_sql *sql)
{
	if (sql == NULL) {
		return;
	}
	sqlite3_finalize(sql->begin_read);
	sqlite3_finalize(sql->begin_write);
	sqlite3_finalize(sql->commit);
	sqlite3_finalize(sql->rollback);
	sqlite3_close(sql->db);
	free(sql);
}

static vst_rc driver_open(const vst_sql_target *target, vst_sql **out, vst_err *err)
{
	vst_sql *sql = calloc(1, sizeof *sql);
	vst_buf uri = VST_BUF_INIT;
	int code;
	vst_rc rc = VST_OK;

	if (sql == NULL) {
		return vst_fail_nomem(err);
	}
	sql->env = target->env;
	sql->wait_ms = target->wait_ms;
	vst_buf_append(&uri, VST_STR("file:"));
	uri_path(&uri, target->path);
	vst_buf_append(&uri, VST_STR("?modeof="));
	uri_path(&uri, target->mode_of);
	if (uri.failed) {
		rc = vst_fail_nomem(err);
		goto out;
	}
	code = sqlite3_open_v2(uri.ptr, &sql->db,
	                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX |
	                           SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_NOFOLLOW,
	                       NULL);
	if (code == SQLITE_OK && sqlite3_db_readonly(sql->db, "main") == 1) {
		code = SQLITE_READONLY;
	}
	if (code == SQLITE_OK) {
		code = set_up(sql, target->cache_kib);
	}
	if (code != SQLITE_OK) {
		rc = fail(sql->db, code, "open", err);
	}
out:
	vst_buf_free(&uri);
	if (rc != VST_OK) {
		driver_close(sql);
	} else {
		*out = sql;
	}
	return rc;
}

static vst_rc run_once(vst_sql *sql, sqlite3_stmt *stmt, const char *what, vst_err *err)
{
	int code = sqlite3_step(stmt);

	if (code != SQLITE_DONE) {
		vst_rc rc = fail(sql->db, code, what, err);

		(void) sqlite3_reset(stmt);
		return rc;
	}
	(void) sqlite3_reset(stmt);
	return VST_OK;
}

static vst_rc driver_begin(vst_sql *sql, bool write, vst_err *err)
{
	return run_once(sql, write ? sql->begin_write : sql->begin_read, "begin", err);
}

static vst_rc driver_commit(vst_sql *sql, vst_err *err)
{
	return run_once(sql, sql->commit, "commit", err);
}

static void driver_rollback(vst_sql *sql)
{
	/* A full disk or a broken one has rolled back already. */
	if (sqlite3_get_autocommit(sql->db) == 0) {
		(void) sqlite3_step(sql->rollback);
		(void) sqlite3_reset(sql->rollback);
	}
}

static vst_rc driver_script(vst_sql *sql, const char *text, vst_err *err)
{
	int code = sqlite3_exec(sql->db, text, NULL, NULL, NULL);

	return code == SQLITE_OK ? VST_OK : fail(sql->db, code, "schema", err);
}

static vst_rc driver_prepare(vst_sql *sql, const char *text, vst_stmt **out, vst_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v3(sql->db, text, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);

	if (code != SQLITE_OK) {
		return fail(sql->db, code, "prepare", err);
	}
	*out = (vst_stmt *) (void *) stmt;
	return VST_OK;
}

static void driver_finalize(vst_stmt *stmt)
{
	sqlite3_finalize(native(stmt));
}

/* An empty text may have no pointer; SQLite would make NULL of it. */
static vst_rc driver_bind(vst_sql *sql, vst_stmt *stmt, const vst_arg *args, size_t count, vst_err *err)
{
	sqlite3_stmt *target = native(stmt);
	int code = SQLITE_OK;

	for (size_t i = 0; i < count && code == SQLITE_OK; i++) {
		const vst_arg *arg = &args[i];
		int index = (int) i + 1;

		switch (arg->kind) {
			case VST_ARG_INT: code = sqlite3_bind_int64(target, index, arg->number); break;
			case VST_ARG_TEXT:
				code = sqlite3_bind_text64(target, index, arg->text.len > 0 ? arg->text.ptr : "", arg->text.len,
				                           SQLITE_STATIC, SQLITE_UTF8);
				break;
			case VST_ARG_BLOB:
				code = sqlite3_bind_blob64(target, index, arg->text.len > 0 ? arg->text.ptr : "", arg->text.len,
				                           SQLITE_STATIC);
				break;
			case VST_ARG_NULL: code = sqlite3_bind_null(target, index); break;
		}
	}
	return code == SQLITE_OK ? VST_OK : fail(sql->db, code, "bind", err);
}

static vst_rc driver_step(vst_sql *sql, vst_stmt *stmt, bool *row, vst_err *err)
{
	int code = sqlite3_step(native(stmt));

	if (code != SQLITE_ROW && code != SQLITE_DONE) {
		return fail(sql->db, code, "store", err);
	}
	*row = code == SQLITE_ROW;
	return VST_OK;
}

static int64_t driver_column_int(vst_stmt *stmt, int column)
{
	return sqlite3_column_int64(native(stmt), column);
}

static vst_str driver_column_text(vst_stmt *stmt, int column)
{
	const void *bytes = sqlite3_column_blob(native(stmt), column); /* of a text: the same bytes, unconverted */

	return vst_str_of(bytes, bytes != NULL ? (size_t) sqlite3_column_bytes(native(stmt), column) : 0);
}

static void driver_reset(vst_stmt *stmt)
{
	(void) sqlite3_reset(native(stmt));
}

static int64_t driver_changes(vst_sql *sql)
{
	return sqlite3_changes(sql->db);
}

static int64_t driver_total_changes(vst_sql *sql)
{
	return sqlite3_total_changes(sql->db);
}

static vst_rc driver_has_tables(vst_sql *sql, bool *any, bool *ours, vst_err *err)
{
	static const char text[] = "SELECT count(*), count(CASE WHEN name = 'vst_version' THEN 1 END) FROM sqlite_master";
	vst_stmt *stmt = NULL;
	bool row = false;
	vst_rc rc = driver_prepare(sql, text, &stmt, err);

	if (rc == VST_OK) {
		rc = driver_step(sql, stmt, &row, err);
	}
	if (rc == VST_OK) {
		*any = driver_column_int(stmt, 0) > 0;
		*ours = driver_column_int(stmt, 1) > 0;
	}
	driver_finalize(stmt);
	return rc;
}

/* The open read transaction pins the snapshot: the copy is not begun anew when another process commits. */
static int copy_pages(vst_sql *sql, sqlite3 *copy)
{
	sqlite3_backup *backup = sqlite3_backup_init(copy, "main", sql->db, "main");
	int code;

	if (backup == NULL) {
		return sqlite3_extended_errcode(copy);
	}
	do {
		code = vst_env_stops(sql->env) ? SQLITE_INTERRUPT : sqlite3_backup_step(backup, BACKUP_PAGES);
	} while (code == SQLITE_OK);
	if (sqlite3_backup_finish(backup) != SQLITE_OK && code == SQLITE_DONE) {
		code = sqlite3_extended_errcode(copy);
	}
	return code == SQLITE_DONE ? SQLITE_OK : code;
}

static vst_rc driver_backup(vst_sql *sql, const char *target, const char *script, vst_err *err)
{
	sqlite3 *copy = NULL;
	int code = sqlite3_open_v2(target, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

	if (code == SQLITE_OK) {
		code = sqlite3_exec(sql->db, "BEGIN; SELECT count(*) FROM vst_version", NULL, NULL, NULL);
	}
	if (code == SQLITE_OK) {
		code = copy_pages(sql, copy);
	}
	driver_rollback(sql);
	if (code == SQLITE_OK) {
		code = sqlite3_exec(copy, script, NULL, NULL, NULL);
	}
	/* The copy's log is moved into it here, so that it is one file. */
	if (sqlite3_close(copy) != SQLITE_OK && code == SQLITE_OK) {
		code = SQLITE_IOERR;
	}
	return code == SQLITE_OK ? VST_OK : fail(NULL, code, "backup", err);
}

static vst_rc driver_checkpoint(vst_sql *sql, vst_err *err)
{
	int pages = 0, moved = 0;
	int code = sqlite3_wal_checkpoint_v2(sql->db, "main", SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);

	/* Another process is at it: that is what was wanted. */
	if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY) {
		return fail(sql->db, code, "checkpoint", err);
	}
	if (code == SQLITE_OK) {
		sql->log_pages = pages - moved; /* the next commit tells the truth again */
	}
	return VST_OK;
}

static int64_t driver_log_bytes(vst_sql *sql)
{
	return (int64_t) sql->log_pages * FRAME_SIZE;
}

const vst_sql_driver vst_sqlite_driver = {
	.name = "sqlite",
	.dialect = VST_DIALECT_SQLITE,
	.version = driver_version,
	.open = driver_open,
	.close = driver_close,
	.begin = driver_begin,
	.commit = driver_commit,
	.rollback = driver_rollback,
	.script = driver_script,
	.has_tables = driver_has_tables,
	.prepare = driver_prepare,
	.finalize = driver_finalize,
	.bind = driver_bind,
	.step = driver_step,
	.column_int = driver_column_int,
	.column_text = driver_column_text,
	.reset = driver_reset,
	.changes = driver_changes,
	.total_changes = driver_total_changes,
	.backup = driver_backup,
	.checkpoint = driver_checkpoint,
	.log_bytes = driver_log_bytes,
};
