#include "tables.h"
#include "transaction.h"

static const vst_statement rate_get = {VST_S_RATE_GET, "SELECT arrival_us FROM vst_rate WHERE name = ?"};
static const vst_statement rate_put = {VST_S_RATE_PUT, "REPLACE INTO vst_rate (name, arrival_us) VALUES (?, ?)"};
static const vst_statement rate_list = {
	VST_S_RATE_LIST, "SELECT name, arrival_us FROM vst_rate WHERE name >= ? ORDER BY name LIMIT 1000"};

vst_rc vst_limit_get(vst_tx *tx, vst_str name, int64_t *arrival_us, vst_err *err)
{
	int64_t stored = 0;
	vst_rc rc = vst_tx_integers(tx, &rate_get, VST_ARGS(VST_TEXT(name)), &stored, 1, NULL, err);

	if (rc == VST_OK) {
		*arrival_us = stored;
	}
	return rc;
}

vst_rc vst_limit_put(vst_tx *tx, vst_str name, int64_t arrival_us, vst_err *err)
{
	return vst_tx_run(tx, &rate_put, VST_ARGS(VST_TEXT(name), VST_INT(arrival_us)), NULL, err);
}

vst_rc vst_limit_list(vst_tx *tx, vst_str prefix, vst_limit_visit visit, void *context, vst_err *err)
{
	vst_rows rows;
	bool found = true;
	vst_rc rc = vst_tx_query(tx, &rate_list, VST_ARGS(VST_TEXT(prefix)), &rows, err);

	while (rc == VST_OK && (rc = vst_rows_next(&rows, &found, err)) == VST_OK && found) {
		vst_str name = vst_rows_text(&rows, 0);

		if (!vst_str_starts(name, prefix)) {
			break;
		}
		rc = visit(context, name, vst_rows_integer(&rows, 1), err);
	}
	vst_rows_end(&rows);
	return rc;
}
