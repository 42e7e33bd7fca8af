#include "tables.h"
#include "transaction.h"

static const vst_statement rate_get = {VST_S_RATE_GET, "SELECT arrival_us FROM vst_rate WHERE name = ?"};
static const vst_statement rate_put = {VST_S_RATE_PUT, "REPLACE INTO vst_rate (name, arrival_us) VALUES (?, ?)"};

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
