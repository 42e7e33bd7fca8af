/*
 * The store: open, transactions, clock, place. The tables' own functions stand in tables.h. This room is the only
 * place with SQL and with calls of an SQL driver; it never sees the law.
 *
 * A handle belongs to one process and one thread and carries its owner's pid. A forked child forgets an inherited
 * handle: vst_store_is_mine() is false there, and it must neither use nor close it.
 */
#ifndef VST_STORE_STORE_H
#define VST_STORE_STORE_H

#include "base/arena.h"
#include "base/env.h"
#include "base/model.h"
#include "base/result.h"
#include "base/str.h"

typedef struct vst_store vst_store;
typedef struct vst_tx vst_tx;

typedef enum vst_clock_kind { VST_CLOCK_SYSTEM, VST_CLOCK_MANUAL } vst_clock_kind;

typedef struct vst_store_options {
	vst_str dsn;           /* "sqlite:/path/s.db", "sqlite:/path/s.db?clock=manual" */
	int file_mode;         /* 0600, or 0660 for a group; directories get the matching x bits */
	vst_str document_root; /* "" none; the store must not lie below it */
	bool web;              /* a web process: never migrates, never waits long */
} vst_store_options;

/*
 * Opens, creating the file and its schema when it does not exist. Refused: another owner (VST_E_DENIED, both user
 * names and the command that helps), a newer major schema, a schema too old for this code (which vst_store_migrate
 * mends; opening never migrates), a network file system, a path under the document root, an unknown DSN option or one
 * without a value (VST_E_INVALID), `clock` other than the one the store was created with (none named is the system's).
 * A store whose file or machine is not the one it knows is opened and holds. `env` is copied; its context outlives
 * the handle.
 */
vst_rc vst_store_open(const vst_store_options *options, const vst_env *env, vst_store **out, vst_err *err) VST_CHECKED;
void vst_store_close(vst_store *store); /* own handles only */
/*
 * In a forked child, once, before it drops the pointer to an inherited handle: closes the child's copy of the lock
 * file, so that the locks of the parent end with the parent. Touches nothing else of the handle, and nothing in its owner.
 */
void vst_store_forget(vst_store *store);
bool vst_store_is_mine(const vst_store *store); /* opened by this process */
/* The file at the path is still the one that is open (a replaced or removed file: open anew). */
bool vst_store_is_current(const vst_store *store);
/* True when the DSN is well-formed; for checking an INI value without opening anything. */
bool vst_store_dsn_valid(vst_str dsn, vst_err *err);

/*
 * One transaction. The body may run again (deadlock, lost commit answer), so it has no outside effects. Writers queue
 * at the turnstile. The version row is read first in every transaction. VST_OK commits, anything else rolls back.
 */
typedef vst_rc (*vst_tx_body)(vst_tx *tx, void *context, vst_err *err);
vst_rc vst_store_write(vst_store *store, vst_tx_body body, void *context, vst_err *err) VST_CHECKED;
vst_rc vst_store_read(vst_store *store, vst_tx_body body, void *context, vst_err *err) VST_CHECKED;
/* Somebody else is waiting at the turnstile: a batch ends its transaction early (after 2 ms). */
bool vst_tx_someone_waits(const vst_tx *tx);

/* Time of the transaction, never before any time seen by an earlier one; the manual clock's own time there. */
int64_t vst_tx_now_ms(const vst_tx *tx);
static inline int64_t vst_tx_now(const vst_tx *tx)
{
	return vst_tx_now_ms(tx) / 1000;
}
int64_t vst_tx_settings_version(const vst_tx *tx);

typedef enum vst_hold { VST_HOLD_NONE, VST_HOLD_MOVED, VST_HOLD_COPY } vst_hold;
/* MOVED: file or machine differ and nobody has answered yet. COPY: a person said it is a copy. Both: only the sandbox sends. */
vst_hold vst_tx_hold(const vst_tx *tx);

vst_clock_kind vst_store_clock(const vst_store *store);
/* Manual clock only (else VST_E_INVALID); an instant before the last is VST_E_INVALID. */
vst_rc vst_store_set_clock(vst_store *store, int64_t now, vst_err *err) VST_CHECKED;

typedef struct vst_installation {
	vst_str id, document_root, database;
} vst_installation;

/* The first call binds; the same values again are fine; another installation is VST_E_DENIED. */
vst_rc vst_store_bind(vst_store *store, const vst_installation *installation, vst_err *err) VST_CHECKED;
/* For a store that holds: live adopts the new place and releases, copy stays held. VST_E_INVALID when it does not hold. */
vst_rc vst_store_answer(vst_store *store, bool live, vst_err *err) VST_CHECKED;
/* Consistent copy of the live store by the driver's backup interface; the target must not exist. */
vst_rc vst_store_backup(vst_store *store, vst_str target, int64_t *bytes, vst_err *err) VST_CHECKED;

typedef struct vst_migration_result {
	int from_minor, to_minor, major;
} vst_migration_result;
/* Opens the store only for migrating it. Never called in a web process. */
vst_rc vst_store_migrate(const vst_store_options *options, const vst_env *env, vst_migration_result *out, vst_err *err)
	VST_CHECKED;

/* Checkpoint when the log is above `bytes`; called after a transaction, outside of the turnstile's B. */
vst_rc vst_store_checkpoint(vst_store *store, int64_t above_bytes, vst_err *err) VST_CHECKED;

typedef struct vst_store_info {
	char path[512];
	char store_id[33];
	char driver[16], driver_version[32];
	int schema_major, schema_minor;
	int64_t inode, file_bytes, log_bytes;
	vst_clock_kind clock;
	vst_hold hold;
	char hold_reason[96]; /* "inode", "machine" … for health */
	char owner[64];
	bool bound;
	char bound_id[64], bound_root[256], bound_database[128];
} vst_store_info;
vst_rc vst_store_describe(vst_store *store, vst_store_info *out, vst_err *err) VST_CHECKED;

/*
 * Workers. A slot is held by a lock on a byte of the lock file for as long as the process lives, so a dead worker is
 * known at once. The fence grows with every registration: what an older holder of the slot wrote is recognised.
 */
typedef struct vst_worker {
	int slot; /* 0 … 255 */
	int64_t fence;
} vst_worker;
vst_rc vst_worker_enter(vst_store *store, vst_worker *out, vst_err *err) VST_CHECKED; /* VST_E_BUSY: all taken */
void vst_worker_leave(vst_store *store, vst_worker *worker);
bool vst_worker_alive(vst_store *store, int slot);

#endif
