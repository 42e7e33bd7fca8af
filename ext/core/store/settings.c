#include "handle.h"

static const vst_statement settings_get = {VST_S_SETTINGS_GET, "SELECT body FROM vst_settings WHERE id = 1"};
static const vst_statement settings_put = {VST_S_SETTINGS_PUT, "REPLACE INTO vst_settings (id, body) VALUES (1, ?)"};
static const vst_statement version_settings = {VST_S_VERSION_SETTINGS,
                                               "UPDATE vst_version SET settings_version = ? WHERE id = 1"};

vst_rc vst_settings_get(vst_tx *tx, vst_arena *arena, vst_str *json, int64_t *version, vst_err *err)
{
	vst_rows rows;
	bool found = false;
	vst_str body = VST_STR("{}");
	vst_rc rc = vst_tx_query(tx, &settings_get, VST_NO_ARGS, &rows, err);

	if (rc == VST_OK) {
		rc = vst_rows_next(&rows, &found, err);
	}
	if (rc == VST_OK && found) {
		body = vst_arena_copy(arena, vst_rows_text(&rows, 0));
		rc = arena->failed ? vst_fail_nomem(err) : VST_OK;
	}
	vst_rows_end(&rows);
	if (rc == VST_OK) {
		*json = body;
		*version = tx->settings_version;
	}
	return rc;
}

vst_rc vst_settings_put(vst_tx *tx, vst_str json, int64_t *version, vst_err *err)
{
	int64_t next = tx->settings_version + 1;
	vst_rc rc = vst_tx_run(tx, &settings_put, VST_ARGS(VST_TEXT(json)), NULL, err);

	if (rc == VST_OK) {
		rc = vst_tx_run(tx, &version_settings, VST_ARGS(VST_INT(next)), NULL, err);
	}
	if (rc == VST_OK) {
		tx->settings_version = next;
		*version = next;
	}
	return rc;
}
