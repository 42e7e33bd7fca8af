/*
 * The SQL seam: what the store asks of a database. One driver, one table of functions. Only a driver's own file calls
 * its library. Not thread-safe: a connection belongs to one handle.
 *
 * SQL that passes here is portable: no RETURNING, no partial indexes, no upsert beyond REPLACE INTO, which SQLite and
 * MariaDB share. What cannot be said in both stands in schema.c, per dialect.
 */
#ifndef VST_STORE_SQL_H
#define VST_STORE_SQL_H

#include "base/env.h"
#include "base/result.h"
#include "base/str.h"

typedef struct vst_sql vst_sql;   /* a connection */
typedef struct vst_stmt vst_stmt; /* a prepared statement of one connection */

typedef enum vst_arg_kind { VST_ARG_INT, VST_ARG_TEXT, VST_ARG_BLOB, VST_ARG_NULL } vst_arg_kind;

/* A parameter. Text and bytes are borrowed until the statement is reset. */
typedef struct vst_arg {
	vst_arg_kind kind;
	int64_t number;
	vst_str text;
} vst_arg;

#define VST_INT(value) \
	{ \
		VST_ARG_INT, (int64_t) (value), \
		{ \
			"", 0 \
		} \
	}
#define VST_TEXT(value) \
	{ \
		VST_ARG_TEXT, 0, (value) \
	}
#define VST_BLOB(value) \
	{ \
		VST_ARG_BLOB, 0, (value) \
	}
#define VST_NULL \
	{ \
		VST_ARG_NULL, 0, \
		{ \
			"", 0 \
		} \
	}
/* An array and its length, for the two parameters of the functions that take arguments. */
#define VST_ARGS(...) (const vst_arg[]) {__VA_ARGS__}, sizeof((const vst_arg[]) {__VA_ARGS__}) / sizeof(vst_arg)
#define VST_NO_ARGS NULL, 0

/*
 * When should_stop says so, a wait for the store ends after this long, not at once: a worker that was told to stop
 * must still write down what the wire answered, and a lock is free within milliseconds unless its holder hangs.
 */
#define VST_STOP_GRACE_MS 2000

static inline bool vst_env_stops(const vst_env *env)
{
	return env->should_stop != NULL && env->should_stop(env->context);
}

typedef enum vst_dialect { VST_DIALECT_SQLITE, VST_DIALECT_COUNT } vst_dialect;

typedef struct vst_sql_target {
	const char *path;    /* the database file */
	const char *mode_of; /* a new file takes the permissions of this one, whatever the umask is */
	const vst_env *env;  /* outlives the connection */
	int64_t wait_ms;     /* the longest wait for a lock of the database itself */
	int cache_kib;       /* pages kept in memory */
} vst_sql_target;

typedef struct vst_sql_driver {
	const char *name;
	vst_dialect dialect;
	const char *(*version)(void); /* of the library that runs */

	/* Opens for reading and writing, creates when missing. VST_E_IO when it can only be read. */
	vst_rc (*open)(const vst_sql_target *target, vst_sql **out, vst_err *err);
	void (*close)(vst_sql *sql); /* NULL is fine; its statements are finalized by the caller before */

	vst_rc (*begin)(vst_sql *sql, bool write, vst_err *err);
	vst_rc (*commit)(vst_sql *sql, vst_err *err); /* after a failure the transaction may be open: roll back */
	void (*rollback)(vst_sql *sql);               /* fine when none is open */

	vst_rc (*script)(vst_sql *sql, const char *text, vst_err *err); /* statements without parameters */
	/* Are there tables at all, and those of a store? */
	vst_rc (*has_tables)(vst_sql *sql, bool *any, bool *ours, vst_err *err);

	vst_rc (*prepare)(vst_sql *sql, const char *text, vst_stmt **out, vst_err *err);
	void (*finalize)(vst_stmt *stmt);
	vst_rc (*bind)(vst_sql *sql, vst_stmt *stmt, const vst_arg *args, size_t count, vst_err *err);
	vst_rc (*step)(vst_sql *sql, vst_stmt *stmt, bool *row, vst_err *err);
	int64_t (*column_int)(vst_stmt *stmt, int column);
	vst_str (*column_text)(vst_stmt *stmt, int column); /* text or bytes; borrowed until step or reset */
	void (*reset)(vst_stmt *stmt);

	int64_t (*changes)(vst_sql *sql);       /* rows that the last statement matched, changed or not */
	int64_t (*total_changes)(vst_sql *sql); /* rows since the connection was opened */

	/*
	 * Copies a snapshot into the existing empty file `target`, then runs `script` on the copy. Writers go on. Ends
	 * with VST_E_CANCELLED when env->should_stop says so.
	 */
	vst_rc (*backup)(vst_sql *sql, const char *target, const char *script, vst_err *err);
	/* Moves the log into the database as far as readers allow; never waits for anybody. */
	vst_rc (*checkpoint)(vst_sql *sql, vst_err *err);
	int64_t (*log_bytes)(vst_sql *sql); /* of the part of the log in use, as of this connection's last commit */
} vst_sql_driver;

extern const vst_sql_driver vst_sqlite_driver;

#endif
