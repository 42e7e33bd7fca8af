#include "transaction.h"

#include <string.h>
#include <unistd.h>

#include "handle.h"

#define TRIES 5
#define WEB_WAIT_MS 5000
#define WAIT_MS 30000
#define LOG_LIMIT_BYTES (INT64_C(256) * 1024 * 1024)

static const vst_statement version_get = {VST_S_VERSION_GET,
	"SELECT v.schema_major, v.schema_minor, v.settings_version, v.clock, v.hold, v.inode, v.born, c.value, v.machine"
	" FROM vst_version v, vst_counter c WHERE v.id = 1 AND c.id = 1"};
static const vst_statement version_hold = {VST_S_VERSION_HOLD, "UPDATE vst_version SET hold = ? WHERE id = 1"};
static const vst_statement counter_get = {VST_S_COUNTER_GET, "SELECT value FROM vst_counter WHERE id = ?"};
static const vst_statement counter_put = {VST_S_COUNTER_PUT, "REPLACE INTO vst_counter (id, value) VALUES (?, ?)"};

/*
 * A full or broken disk may have rolled the transaction back, and what follows would be written outside of any. So
 * the first failure ends it, also for a body that overlooks it.
 */
static vst_rc noted(vst_tx *tx, vst_rc rc)
{
	tx->broken = tx->broken || rc != VST_OK;
	return rc;
}

static vst_rc prepared(vst_tx *tx, const vst_statement *statement, vst_stmt **out, vst_err *err)
{
	vst_store *store = tx->store;

	if (!tx->open || tx->broken) {
		return vst_fail(err, VST_E_CORRUPT, "the store was used outside of a transaction or after its failure");
	}
	if (store->running[statement->id]) {
		return vst_fail(err, VST_E_CORRUPT, "a statement of the store was used inside of itself");
	}
	if (store->statements[statement->id] == NULL) {
		vst_rc rc = store->driver->prepare(store->sql, statement->sql, &store->statements[statement->id], err);

		if (rc != VST_OK) {
			return noted(tx, rc);
		}
	}
	*out = store->statements[statement->id];
	return VST_OK;
}

vst_rc vst_tx_run(vst_tx *tx, const vst_statement *statement, const vst_arg *args, size_t count, int64_t *changes,
                  vst_err *err)
{
	const vst_sql_driver *driver = tx->store->driver;
	vst_sql *sql = tx->store->sql;
	vst_stmt *stmt = NULL;
	bool row;
	vst_rc rc = prepared(tx, statement, &stmt, err);

	if (rc != VST_OK) {
		return rc;
	}
	if (!tx->write) {
		return vst_fail(err, VST_E_CORRUPT, "a read transaction may not write");
	}
	rc = driver->bind(sql, stmt, args, count, err);
	if (rc == VST_OK) {
		rc = driver->step(sql, stmt, &row, err);
	}
	if (rc == VST_OK && changes != NULL) {
		*changes = driver->changes(sql);
	}
	driver->reset(stmt);
	return noted(tx, rc);
}

vst_rc vst_tx_integers(vst_tx *tx, const vst_statement *statement, const vst_arg *args, size_t count, int64_t *out,
                       size_t columns, bool *found, vst_err *err)
{
	const vst_sql_driver *driver = tx->store->driver;
	vst_stmt *stmt = NULL;
	bool row = false;
	vst_rc rc = prepared(tx, statement, &stmt, err);

	if (rc != VST_OK) {
		return rc;
	}
	rc = driver->bind(tx->store->sql, stmt, args, count, err);
	if (rc == VST_OK) {
		rc = driver->step(tx->store->sql, stmt, &row, err);
	}
	if (rc == VST_OK && row) {
		for (size_t i = 0; i < columns; i++) {
			out[i] = driver->column_int(stmt, (int) i);
		}
	}
	if (rc == VST_OK && found != NULL) {
		*found = row;
	}
	driver->reset(stmt);
	return noted(tx, rc);
}

vst_rc vst_tx_query(vst_tx *tx, const vst_statement *statement, const vst_arg *args, size_t count, vst_rows *rows,
                    vst_err *err)
{
	vst_rc rc;

	*rows = (vst_rows) {tx, NULL, -1};
	rc = prepared(tx, statement, &rows->stmt, err);
	if (rc != VST_OK) {
		rows->stmt = NULL;
		return rc;
	}
	rows->running = (int) statement->id;
	tx->store->running[statement->id] = true;
	return noted(tx, tx->store->driver->bind(tx->store->sql, rows->stmt, args, count, err));
}

vst_rc vst_tx_query_text(vst_tx *tx, const char *sql, const vst_arg *args, size_t count, vst_rows *rows, vst_err *err)
{
	vst_rc rc;

	*rows = (vst_rows) {tx, NULL, -1};
	rc = tx->store->driver->prepare(tx->store->sql, sql, &rows->stmt, err);
	if (rc != VST_OK) {
		rows->stmt = NULL;
		return rc;
	}
	return noted(tx, tx->store->driver->bind(tx->store->sql, rows->stmt, args, count, err));
}

vst_rc vst_rows_next(vst_rows *rows, bool *found, vst_err *err)
{
	return noted(rows->tx, rows->tx->store->driver->step(rows->tx->store->sql, rows->stmt, found, err));
}

void vst_rows_end(vst_rows *rows)
{
	if (rows->stmt == NULL) {
		return;
	}
	if (rows->running >= 0) {
		rows->tx->store->running[rows->running] = false;
		rows->tx->store->driver->reset(rows->stmt);
	} else {
		rows->tx->store->driver->finalize(rows->stmt);
	}
	rows->stmt = NULL;
}

int64_t vst_rows_integer(const vst_rows *rows, int column)
{
	return rows->tx->store->driver->column_int(rows->stmt, column);
}

vst_str vst_rows_text(const vst_rows *rows, int column)
{
	return rows->tx->store->driver->column_text(rows->stmt, column);
}

void vst_store_drop_statements(vst_store *store)
{
	for (size_t i = 0; i < VST_S_COUNT; i++) {
		if (store->statements[i] != NULL) {
			store->driver->finalize(store->statements[i]);
			store->statements[i] = NULL;
		}
	}
}

/* ---- counters ---- */

vst_rc vst_counter_get(vst_tx *tx, vst_counter_id id, int64_t *value, vst_err *err)
{
	vst_counter_value *counter = &tx->counters[id];

	if (!counter->known) {
		int64_t stored = 0;
		vst_rc rc = vst_tx_integers(tx, &counter_get, VST_ARGS(VST_INT(id)), &stored, 1, NULL, err);

		if (rc != VST_OK) {
			return rc;
		}
		counter->value = stored;
		counter->known = true;
	}
	*value = counter->value;
	return VST_OK;
}

vst_rc vst_counter_set(vst_tx *tx, vst_counter_id id, int64_t value, vst_err *err)
{
	if (!tx->write) {
		return vst_fail(err, VST_E_CORRUPT, "a read transaction may not write");
	}
	tx->counters[id] = (vst_counter_value) {true, true, value};
	return VST_OK;
}

vst_rc vst_counter_next(vst_tx *tx, vst_counter_id id, int64_t *value, vst_err *err)
{
	int64_t last;
	vst_rc rc = vst_counter_get(tx, id, &last, err);

	if (rc == VST_OK) {
		rc = vst_counter_set(tx, id, last + 1, err);
	}
	if (rc == VST_OK) {
		*value = last + 1;
	}
	return rc;
}

static vst_rc write_counters(vst_tx *tx, vst_err *err)
{
	vst_rc rc = VST_OK;

	for (int id = 1; rc == VST_OK && id < VST_COUNTER_LIMIT; id++) {
		if (tx->counters[id].changed) {
			rc = vst_tx_run(tx, &counter_put, VST_ARGS(VST_INT(id), VST_INT(tx->counters[id].value)), NULL, err);
		}
	}
	return rc;
}

/* ---- the transaction ---- */

vst_rc vst_version_read(vst_tx *tx, vst_version *out, vst_err *err)
{
	vst_rows rows;
	bool found = false;
	vst_str machine;
	vst_rc rc = vst_tx_query(tx, &version_get, VST_NO_ARGS, &rows, err);

	if (rc == VST_OK) {
		rc = vst_rows_next(&rows, &found, err);
	}
	if (rc == VST_OK && !found) {
		rc = vst_fail(err, VST_E_CORRUPT, "the store has no version row");
	}
	if (rc == VST_OK) {
		out->major = (int) vst_rows_integer(&rows, 0);
		out->minor = (int) vst_rows_integer(&rows, 1);
		out->settings_version = vst_rows_integer(&rows, 2);
		out->clock = vst_rows_integer(&rows, 3) == VST_CLOCK_MANUAL ? VST_CLOCK_MANUAL : VST_CLOCK_SYSTEM;
		out->hold = (vst_hold) vst_rows_integer(&rows, 4);
		out->place.device = 0;
		out->place.inode = vst_rows_integer(&rows, 5);
		out->place.born = vst_rows_integer(&rows, 6);
		out->clock_ms = vst_rows_integer(&rows, 7);
		machine = vst_rows_text(&rows, 8);
		if (machine.len >= sizeof out->place.machine) {
			machine.len = sizeof out->place.machine - 1;
		}
		memcpy(out->place.machine, machine.ptr, machine.len);
		out->place.machine[machine.len] = '\0';
	}
	vst_rows_end(&rows);
	return rc;
}

static vst_rc check_version(const vst_store *store, const vst_version *version, vst_err *err)
{
	const vst_migration *newest = &store->schema->steps[store->schema->count - 1];

	if (version->major > newest->major) {
		return vst_fail(err, VST_E_DENIED, "the store has schema %d.%d, newer than this extension's %d.%d: update it",
			version->major, version->minor, newest->major, newest->minor);
	}
	if (version->major < newest->major || version->minor < store->schema->oldest_minor) {
		return vst_fail(err, VST_E_DENIED,
			"the store has the older schema %d.%d, this extension needs %d.%d: run vestnik_store_migrate() outside of the web",
			version->major, version->minor, newest->major, store->schema->oldest_minor);
	}
	return VST_OK;
}

static int64_t time_of(vst_store *store, const vst_version *version)
{
	int64_t now;

	if (version->clock == VST_CLOCK_MANUAL) {
		return version->clock_ms;
	}
	now = store->env.now_ms(store->env.context);
	if (now < version->clock_ms) {
		now = version->clock_ms;
	}
	return now < store->last_now_ms ? store->last_now_ms : now;
}

static vst_rc start(vst_tx *tx, vst_err *err)
{
	vst_store *store = tx->store;
	vst_version version;
	vst_rc rc = vst_version_read(tx, &version, err);

	if (rc == VST_OK) {
		rc = check_version(store, &version, err);
	}
	if (rc != VST_OK) {
		return rc;
	}
	tx->settings_version = version.settings_version;
	tx->stored_hold = version.hold;
	tx->hold = version.hold;
	if (version.hold == VST_HOLD_NONE && vst_place_difference(&version.place, &store->place) != NULL) {
		tx->hold = VST_HOLD_MOVED;
	}
	tx->now_ms = time_of(store, &version);
	tx->counters[VST_COUNTER_CLOCK_MS] = (vst_counter_value) {true, false, version.clock_ms};
	return VST_OK;
}

/* What rides along with a transaction that wrote something; one that did not costs no write to the disk. */
static vst_rc finish_write(vst_tx *tx, vst_err *err)
{
	vst_store *store = tx->store;
	vst_rc rc = write_counters(tx, err);

	if (rc != VST_OK || store->driver->total_changes(store->sql) == tx->changes_before) {
		return rc;
	}
	if (store->clock == VST_CLOCK_SYSTEM && tx->now_ms > tx->counters[VST_COUNTER_CLOCK_MS].value) {
		rc = vst_tx_run(tx, &counter_put, VST_ARGS(VST_INT(VST_COUNTER_CLOCK_MS), VST_INT(tx->now_ms)), NULL, err);
	}
	if (rc == VST_OK && tx->hold != tx->stored_hold) {
		rc = vst_tx_run(tx, &version_hold, VST_ARGS(VST_INT(tx->hold)), NULL, err);
	}
	return rc;
}

static void forget_tx(vst_store *store)
{
	memset(&store->tx, 0, sizeof store->tx);
	store->tx.store = store;
	store->tx.last_seq = -1;
	store->tx.names_committed = store->name_count;
}

static vst_rc attempt(vst_store *store, bool write, bool checked, vst_tx_body body, void *context, vst_err *err)
{
	const vst_sql_driver *driver = store->driver;
	vst_tx *tx = &store->tx;
	vst_rc rc;

	forget_tx(store);
	rc = driver->begin(store->sql, write, err);
	if (rc != VST_OK) {
		driver->rollback(store->sql);
		return rc;
	}
	tx->open = true;
	tx->write = write;
	tx->changes_before = driver->total_changes(store->sql);
	if (checked) {
		rc = start(tx, err);
	}
	if (rc == VST_OK) {
		rc = body(tx, context, err);
	}
	if (rc == VST_OK && tx->broken) {
		rc = vst_fail(err, VST_E_CORRUPT, "a failure of the store was overlooked");
	}
	if (rc == VST_OK && write && checked) {
		rc = finish_write(tx, err);
	}
	if (rc == VST_OK) {
		rc = driver->commit(store->sql, err);
	}
	tx->open = false;
	if (rc != VST_OK) {
		driver->rollback(store->sql);
		vst_names_forget(store, tx->names_committed);
	} else if (tx->now_ms > store->last_now_ms) {
		store->last_now_ms = tx->now_ms;
	}
	return rc;
}

static vst_rc run(vst_store *store, bool write, bool checked, vst_tx_body body, void *context, vst_err *err)
{
	int64_t wait_ms = store->web ? WEB_WAIT_MS : WAIT_MS;
	vst_err problem = VST_ERR_INIT;
	vst_rc rc = vst_store_usable(store, err);

	if (rc != VST_OK) {
		return rc;
	}
	for (int i = 0; i < TRIES; i++) {
		vst_err_clear(&problem);
		rc = write ? vst_turnstile_enter(&store->turnstile, &store->env, wait_ms, &problem) : VST_OK;
		if (rc != VST_OK) {
			break;
		}
		rc = attempt(store, write, checked, body, context, &problem);
		if (write) {
			vst_turnstile_leave(&store->turnstile);
		}
		if (rc != VST_E_BUSY || problem.domain != VST_DOMAIN_STORE) {
			break;
		}
	}
	if (rc != VST_OK && err != NULL && err->rc == VST_OK) {
		*err = problem;
		err->rc = rc;
	}
	return rc;
}

vst_rc vst_store_write(vst_store *store, vst_tx_body body, void *context, vst_err *err)
{
	vst_rc rc = run(store, true, true, body, context, err);

	/* Without a worker nobody else empties the log. A failure shows again, and better, at the next write. */
	if (rc == VST_OK && store->driver->log_bytes(store->sql) > LOG_LIMIT_BYTES) {
		(void) !store->driver->checkpoint(store->sql, NULL);
	}
	return rc;
}

vst_rc vst_store_write_unchecked(vst_store *store, vst_tx_body body, void *context, vst_err *err)
{
	return run(store, true, false, body, context, err);
}

vst_rc vst_store_read(vst_store *store, vst_tx_body body, void *context, vst_err *err)
{
	return run(store, false, true, body, context, err);
}

vst_rc vst_store_checkpoint(vst_store *store, int64_t above_bytes, vst_err *err)
{
	vst_rc rc = vst_store_usable(store, err);

	if (rc != VST_OK || store->driver->log_bytes(store->sql) <= above_bytes) {
		return rc;
	}
	return store->driver->checkpoint(store->sql, err);
}

bool vst_tx_someone_waits(const vst_tx *tx)
{
	return tx->write && vst_turnstile_someone_waits(&tx->store->turnstile);
}

int64_t vst_tx_now_ms(const vst_tx *tx)
{
	return tx->now_ms;
}

int64_t vst_tx_settings_version(const vst_tx *tx)
{
	return tx->settings_version;
}

vst_hold vst_tx_hold(const vst_tx *tx)
{
	return tx->hold;
}
