/* What the gate went by under each version of the settings. Written with them, never changed, never removed. */
#include "handle.h"

static const vst_statement rule_set_get = {VST_S_RULE_SET_GET, "SELECT body FROM vst_rule_set WHERE version = ?"};
static const vst_statement rule_set_put = {VST_S_RULE_SET_PUT,
                                           "INSERT INTO vst_rule_set (version, at, body) VALUES (?, ?, ?)"};

vst_rc vst_rule_set_put(vst_tx *tx, int64_t version, vst_str json, vst_err *err)
{
	return vst_tx_run(tx, &rule_set_put, VST_ARGS(VST_INT(version), VST_INT(vst_tx_now(tx)), VST_TEXT(json)), NULL,
	                  err);
}

vst_rc vst_rule_set_get(vst_tx *tx, int64_t version, vst_arena *arena, vst_str *json, bool *found, vst_err *err)
{
	vst_rows rows;
	vst_rc rc = vst_tx_query(tx, &rule_set_get, VST_ARGS(VST_INT(version)), &rows, err);

	*found = false;
	if (rc == VST_OK) {
		rc = vst_rows_next(&rows, found, err);
	}
	if (rc == VST_OK && *found) {
		*json = vst_arena_copy(arena, vst_rows_text(&rows, 0));
		rc = arena->failed ? vst_fail_nomem(err) : VST_OK;
	}
	vst_rows_end(&rows);
	return rc;
}
