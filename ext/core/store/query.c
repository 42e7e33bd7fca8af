/* Running statements inside of a transaction. */
#include "handle.h"

/*
 * A full or broken disk may have rolled the transaction back, and what follows would be written outside of any. So
 * the first failure ends it, also for a body that overlooks it.
 */
static vst_rc noted(vst_tx *tx, vst_rc rc)
{
	tx->broken = tx->broken || rc != VST_OK;
	return rc;
}

static vst_rc usable(const vst_tx *tx, vst_err *err)
{
	if (!tx->open || tx->broken) {
		return vst_fail(err, VST_E_CORRUPT, "the store was used outside of a transaction or after its failure");
	}
	return VST_OK;
}

static vst_rc prepared(vst_tx *tx, const vst_statement *statement, vst_stmt **out, vst_err *err)
{
	vst_store *store = tx->store;
	vst_rc rc = usable(tx, err);

	if (rc != VST_OK) {
		return rc;
	}
	if (store->running[statement->id]) {
		return vst_fail(err, VST_E_CORRUPT, "a statement of the store was used inside of itself");
	}
	if (store->statements[statement->id] == NULL) {
		rc = store->driver->prepare(store->sql, statement->sql, &store->statements[statement->id], err);
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
	rc = usable(tx, err);
	if (rc != VST_OK) {
		return rc;
	}
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
