/* Making the tables and bringing older ones up to date, one transaction for all. */
#include <stdio.h>

#include "base/digest.h"
#include "handle.h"

static const vst_statement counter_start = {VST_S_COUNTER_PUT, "REPLACE INTO vst_counter (id, value) VALUES (?, ?)"};

static vst_rc run_steps(vst_store *store, int after_major, int after_minor, vst_err *err)
{
	vst_rc rc = VST_OK;

	for (size_t i = 0; rc == VST_OK && i < store->schema->count; i++) {
		const vst_migration *step = &store->schema->steps[i];

		if (step->major > after_major || (step->major == after_major && step->minor > after_minor)) {
			rc = store->driver->script(store->sql, step->sql[store->driver->dialect], err);
		}
	}
	return rc;
}

static vst_rc insert_version(vst_tx *tx, vst_err *err)
{
	static const char text[] =
		"INSERT INTO vst_version (id, schema_major, schema_minor, settings_version, clock, hold, inode, born, machine,"
		" store_id, bound, bound_id, bound_root, bound_database, secret)"
		" VALUES (1, ?, ?, 0, ?, 0, ?, ?, ?, ?, 0, '', '', '', ?)";
	vst_store *store = tx->store;
	const vst_migration *newest = &store->schema->steps[store->schema->count - 1];
	unsigned char bytes[16 + 32];
	char id[33];
	bool found;
	vst_rows rows;
	vst_rc rc;

	if (!store->env.random(store->env.context, bytes, sizeof bytes)) {
		return vst_fail(err, VST_E_IO, "the system gives no random bytes");
	}
	vst_hex(bytes, 16, id);
	rc = vst_tx_query_text(tx, text,
	                       VST_ARGS(VST_INT(newest->major), VST_INT(newest->minor), VST_INT(store->clock),
	                                VST_INT(store->place.inode), VST_INT(store->place.born),
	                                VST_TEXT(vst_str_from(store->place.machine)), VST_TEXT(vst_str_of(id, 32)),
	                                VST_BLOB(vst_str_of((const char *) bytes + 16, 32))),
	                       &rows, err);
	if (rc == VST_OK) {
		rc = vst_rows_next(&rows, &found, err);
	}
	vst_rows_end(&rows);
	return rc;
}

static vst_rc create(vst_tx *tx, void *context, vst_err *err)
{
	vst_store *store = tx->store;
	bool any = false, ours = false;
	vst_rc rc = store->driver->has_tables(store->sql, &any, &ours, err);

	(void) context;
	if (rc != VST_OK || ours) {
		return rc; /* another process was first */
	}
	rc = run_steps(store, 0, 0, err);
	if (rc == VST_OK) {
		rc = insert_version(tx, err);
	}
	if (rc == VST_OK) {
		rc = vst_tx_run(tx, &counter_start, VST_ARGS(VST_INT(VST_COUNTER_CLOCK_MS), VST_INT(0)), NULL, err);
	}
	return rc;
}

vst_rc vst_schema_create(vst_store *store, vst_err *err)
{
	return vst_store_write_unchecked(store, create, NULL, err);
}

static vst_rc migrate(vst_tx *tx, void *context, vst_err *err)
{
	vst_migration_result *out = context;
	vst_store *store = tx->store;
	const vst_migration *newest = &store->schema->steps[store->schema->count - 1];
	vst_version version;
	char text[96];
	vst_rc rc = vst_version_read(tx, &version, err);

	if (rc != VST_OK) {
		return rc;
	}
	if (version.major > newest->major) {
		return vst_fail(err, VST_E_DENIED, "the store has schema %d.%d, newer than this extension's %d.%d: update it",
		                version.major, version.minor, newest->major, newest->minor);
	}
	*out = (vst_migration_result) {version.minor, version.minor, version.major};
	if (version.major == newest->major && version.minor >= newest->minor) {
		return VST_OK;
	}
	rc = run_steps(store, version.major, version.minor, err);
	if (rc == VST_OK) {
		(void) snprintf(text, sizeof text, "UPDATE vst_version SET schema_major = %d, schema_minor = %d WHERE id = 1",
		                newest->major, newest->minor);
		rc = store->driver->script(store->sql, text, err);
	}
	out->to_minor = newest->minor;
	out->major = newest->major;
	return rc;
}

vst_rc vst_schema_migrate(vst_store *store, vst_migration_result *out, vst_err *err)
{
	return vst_store_write_unchecked(store, migrate, out, err);
}
