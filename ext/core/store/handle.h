/* The inside of a handle and of its one transaction. For this room's files of opening, transactions and names only. */
#ifndef VST_STORE_HANDLE_H
#define VST_STORE_HANDLE_H

#include <sys/types.h>

#include "place.h"
#include "schema.h"
#include "tables.h"
#include "transaction.h"
#include "turnstile.h"

#define VST_NAMES_CACHED 512

typedef struct vst_cached_name {
	int64_t id;
	vst_name_kind kind;
	vst_str name; /* owned */
} vst_cached_name;

typedef struct vst_counter_value {
	bool known, changed;
	int64_t value;
} vst_counter_value;

struct vst_tx {
	vst_store *store;
	bool open, write;
	bool broken; /* a statement failed: nothing more is run */
	int64_t now_ms, settings_version;
	vst_hold hold, stored_hold;
	int64_t changes_before; /* total_changes at the beginning */
	int64_t last_seq;       /* of vst_message; -1 not read yet */
	vst_counter_value counters[VST_COUNTER_LIMIT];
	size_t names_committed;   /* names in the cache before this transaction */
	unsigned char secret[32]; /* of the ledger's marks */
	bool secret_known;
};

struct vst_store {
	const vst_sql_driver *driver;
	const vst_schema *schema;
	vst_sql *sql;
	vst_env env;
	pid_t owner;
	bool web;
	int file_mode;
	char *path, *lock_path, *document_root;
	vst_clock_kind clock;
	vst_place place; /* as found when it was opened */
	vst_turnstile turnstile;
	int64_t last_now_ms; /* of this handle: also a reader's time never goes back */
	vst_stmt *statements[VST_S_COUNT];
	bool running[VST_S_COUNT];
	vst_cached_name names[VST_NAMES_CACHED];
	size_t name_count;
	bool worker_slots[VST_WORKER_SLOTS];
	vst_tx tx;
};

/* The version row, as far as every transaction needs it. */
typedef struct vst_version {
	int major, minor;
	int64_t settings_version;
	vst_clock_kind clock;
	vst_hold hold;
	vst_place place;
	int64_t clock_ms;
} vst_version;

/* transaction.c */
vst_rc vst_version_read(vst_tx *tx, vst_version *out, vst_err *err) VST_CHECKED;
/* One transaction without the checks of the version row: for creation and migration. */
vst_rc vst_store_write_unchecked(vst_store *store, vst_tx_body body, void *context, vst_err *err) VST_CHECKED;

/* query.c */
void vst_store_drop_statements(vst_store *store);

/* migrate.c */
vst_rc vst_schema_create(vst_store *store, vst_err *err) VST_CHECKED;
vst_rc vst_schema_migrate(vst_store *store, vst_migration_result *out, vst_err *err) VST_CHECKED;

/* open.c: with another driver or schema, for tests of faults and of migrations. */
vst_rc vst_store_open_with(const vst_store_options *options, const vst_env *env, const vst_sql_driver *driver,
                           const vst_schema *schema, vst_store **out, vst_err *err) VST_CHECKED;
vst_rc vst_store_migrate_with(const vst_store_options *options, const vst_env *env, const vst_sql_driver *driver,
                              const vst_schema *schema, vst_migration_result *out, vst_err *err) VST_CHECKED;
/* VST_OK when this process may use the handle and no transaction is open in it. */
vst_rc vst_store_usable(const vst_store *store, vst_err *err) VST_CHECKED;

/* name.c */
void vst_names_forget(vst_store *store, size_t keep);

#endif
