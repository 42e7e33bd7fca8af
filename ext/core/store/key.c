#include "message.h"

static const vst_statement key_get = {VST_S_KEY_GET, "SELECT seq FROM vst_key WHERE entity = ? AND name = ?"};
static const vst_statement key_put = {VST_S_KEY_PUT, "INSERT INTO vst_key (entity, name, seq) VALUES (?, ?, ?)"};
static const vst_statement key_remove = {VST_S_KEY_REMOVE, "DELETE FROM vst_key WHERE entity = ? AND name = ?"};
static const vst_statement key_forget = {VST_S_KEY_FORGET,
                                         "DELETE FROM vst_key WHERE entity = ? AND name = ? AND seq = ?"};
/* A seq is never before the millisecond its message was created in. */
static const vst_statement key_old = {
	VST_S_KEY_OLD,
	"SELECT seq, entity, idempotency_key FROM vst_message WHERE seq > ? AND seq < ? ORDER BY seq LIMIT ?"};

vst_rc vst_key_get(vst_tx *tx, int64_t entity, vst_str key, int64_t *seq, vst_err *err)
{
	int64_t stored = 0;
	vst_rc rc = vst_tx_integers(tx, &key_get, VST_ARGS(VST_INT(entity), VST_TEXT(key)), &stored, 1, NULL, err);

	if (rc == VST_OK) {
		*seq = stored;
	}
	return rc;
}

vst_rc vst_key_put(vst_tx *tx, int64_t entity, vst_str key, int64_t seq, vst_err *err)
{
	return vst_tx_run(tx, &key_put, VST_ARGS(VST_INT(entity), VST_TEXT(key), VST_INT(seq)), NULL, err);
}

vst_rc vst_key_remove(vst_tx *tx, int64_t entity, vst_str key, vst_err *err)
{
	return vst_tx_run(tx, &key_remove, VST_ARGS(VST_INT(entity), VST_TEXT(key)), NULL, err);
}

vst_rc vst_key_prune(vst_tx *tx, int64_t before_ms, int64_t scan, bool *done, vst_err *err)
{
	int64_t last, count = 0;
	vst_rows rows;
	bool found = true;
	vst_rc rc = vst_counter_get(tx, VST_COUNTER_KEY_PRUNED, &last, err);

	if (rc != VST_OK) {
		return rc;
	}
	rc = vst_tx_query(tx, &key_old, VST_ARGS(VST_INT(last), VST_INT(vst_seq_first(before_ms)), VST_INT(scan)), &rows,
	                  err);
	while (rc == VST_OK && (rc = vst_rows_next(&rows, &found, err)) == VST_OK && found) {
		vst_str key = vst_rows_text(&rows, 2);

		count++;
		last = vst_rows_integer(&rows, 0);
		if (key.len > 0) {
			rc = vst_tx_run(tx, &key_forget,
			                VST_ARGS(VST_INT(vst_rows_integer(&rows, 1)), VST_TEXT(key), VST_INT(last)), NULL, err);
		}
	}
	vst_rows_end(&rows);
	if (rc == VST_OK && count > 0) {
		rc = vst_counter_set(tx, VST_COUNTER_KEY_PRUNED, last, err);
	}
	if (rc == VST_OK) {
		*done = count < scan;
	}
	return rc;
}
