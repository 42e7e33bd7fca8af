#include "transaction.h"

#include <string.h>
#include <unistd.h>

#include "handle.h"

#define TRIES 5
#define WEB_WAIT_MS 5000
#define WAIT_MS 30000
#define LOG_LIMIT_BYTES (INT64_C(256) * 1024 * 1024)

static const vst_statement version_get = {
	VST_S_VERSION_GET,
	"SELECT v.schema_major, v.schema_minor, v.settings_version, v.clock, v.hold, v.inode, v.born, c.value, v.machine"
	" FROM vst_version v, vst_counter c WHERE v.id = 1 AND c.id = 1"};
static const vst_statement version_hold = {VST_S_VERSION_HOLD, "UPDATE vst_version SET hold = ? WHERE id = 1"};
static const vst_statement counter_get = {VST_S_COUNTER_GET, "SELECT value FROM vst_counter WHERE id = ?"};
static const vst_statement counter_put = {VST_S_COUNTER_PUT, "REPLACE INTO vst_counter (id, value) VALUES (?, ?)"};

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
		                "the store has the older schema %d.%d, this extension needs %d.%d: run vestnik_store_migrate() "
		                "outside of the web",
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
	int64_t give_up_ns = store->env.monotonic_ns(store->env.context) + wait_ms * 1000000;
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
		/* Waiting in the driver counts too: the tries together are no longer than one. */
		if (rc != VST_E_BUSY || problem.domain != VST_DOMAIN_STORE ||
		    store->env.monotonic_ns(store->env.context) >= give_up_ns) {
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
