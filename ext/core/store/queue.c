/* Who waits, who is in flight, what is due when, and which message a provider's id means. */
#include "tables.h"
#include "transaction.h"

static const vst_statement queue_add = {VST_S_QUEUE_ADD, "INSERT INTO vst_queue (lane, due, seq) VALUES (?, ?, ?)"};
static const vst_statement queue_remove = {VST_S_QUEUE_REMOVE,
                                           "DELETE FROM vst_queue WHERE lane = ? AND due = ? AND seq = ?"};
static const vst_statement queue_lane = {VST_S_QUEUE_LANE,
                                         "SELECT lane FROM vst_queue WHERE lane > ? ORDER BY lane LIMIT 1"};
static const vst_statement queue_due = {
	VST_S_QUEUE_DUE, "SELECT lane, due, seq FROM vst_queue WHERE lane = ? AND due <= ? ORDER BY due, seq LIMIT ?"};
static const vst_statement queue_first = {VST_S_QUEUE_FIRST,
                                          "SELECT due FROM vst_queue WHERE lane = ? ORDER BY due LIMIT 1"};
static const vst_statement queue_count = {
	VST_S_QUEUE_COUNT, "SELECT COUNT(*) FROM (SELECT 1 FROM vst_queue WHERE lane = ? AND due <= ? LIMIT ?) q"};
static const vst_statement flight_put = {
	VST_S_FLIGHT_PUT, "REPLACE INTO vst_flight (seq, slot, fence, lease_until_ms, intent) VALUES (?, ?, ?, ?, ?)"};
static const vst_statement flight_get = {
	VST_S_FLIGHT_GET, "SELECT seq, slot, fence, lease_until_ms, intent FROM vst_flight WHERE seq = ?"};
static const vst_statement flight_remove = {VST_S_FLIGHT_REMOVE, "DELETE FROM vst_flight WHERE seq = ?"};
static const vst_statement flight_renew = {VST_S_FLIGHT_RENEW,
                                           "UPDATE vst_flight SET lease_until_ms = ? WHERE slot = ? AND fence = ?"};
static const vst_statement flight_list = {
	VST_S_FLIGHT_LIST,
	"SELECT seq, slot, fence, lease_until_ms, intent FROM vst_flight WHERE seq > ? ORDER BY seq LIMIT ?"};
static const vst_statement timer_add = {VST_S_TIMER_ADD, "REPLACE INTO vst_timer (timer, due, seq) VALUES (?, ?, ?)"};
static const vst_statement timer_remove = {VST_S_TIMER_REMOVE,
                                           "DELETE FROM vst_timer WHERE timer = ? AND due = ? AND seq = ?"};
static const vst_statement timer_due = {
	VST_S_TIMER_DUE, "SELECT 0, due, seq FROM vst_timer WHERE timer = ? AND due <= ? ORDER BY due, seq LIMIT ?"};
static const vst_statement timer_first = {VST_S_TIMER_FIRST,
                                          "SELECT due FROM vst_timer WHERE timer = ? ORDER BY due LIMIT 1"};
static const vst_statement handover_put = {VST_S_HANDOVER_PUT,
                                           "INSERT INTO vst_handover (provider, name, seq) VALUES (?, ?, ?)"};
static const vst_statement handover_get = {VST_S_HANDOVER_GET,
                                           "SELECT seq FROM vst_handover WHERE provider = ? AND name = ?"};

vst_rc vst_queue_add(vst_tx *tx, int64_t lane, int64_t due, int64_t seq, vst_err *err)
{
	return vst_tx_run(tx, &queue_add, VST_ARGS(VST_INT(lane), VST_INT(due), VST_INT(seq)), NULL, err);
}

vst_rc vst_queue_remove(vst_tx *tx, int64_t lane, int64_t due, int64_t seq, vst_err *err)
{
	int64_t removed = 0;
	vst_rc rc = vst_tx_run(tx, &queue_remove, VST_ARGS(VST_INT(lane), VST_INT(due), VST_INT(seq)), &removed, err);

	if (rc == VST_OK && removed != 1) {
		rc = vst_fail(err, VST_E_CORRUPT, "a waiting message is not in the queue");
	}
	return rc;
}

vst_rc vst_queue_next_lane(vst_tx *tx, int64_t above, int64_t *lane, vst_err *err)
{
	int64_t next = -1;
	vst_rc rc = vst_tx_integers(tx, &queue_lane, VST_ARGS(VST_INT(above)), &next, 1, NULL, err);

	if (rc == VST_OK) {
		*lane = next;
	}
	return rc;
}

static vst_rc list_rows(vst_tx *tx, const vst_statement *statement, const vst_arg *args, size_t arg_count, size_t limit,
                        vst_queue_row *out, size_t *count, vst_err *err)
{
	vst_rows rows;
	size_t filled = 0;
	bool found = true;
	vst_rc rc = vst_tx_query(tx, statement, args, arg_count, &rows, err);

	while (rc == VST_OK && filled < limit && (rc = vst_rows_next(&rows, &found, err)) == VST_OK && found) {
		out[filled].lane = vst_rows_integer(&rows, 0);
		out[filled].due = vst_rows_integer(&rows, 1);
		out[filled].seq = vst_rows_integer(&rows, 2);
		filled++;
	}
	vst_rows_end(&rows);
	if (rc == VST_OK) {
		*count = filled;
	}
	return rc;
}

vst_rc vst_queue_due(vst_tx *tx, int64_t lane, int64_t now, size_t limit, vst_queue_row *rows, size_t *count,
                     vst_err *err)
{
	return list_rows(tx, &queue_due, VST_ARGS(VST_INT(lane), VST_INT(now), VST_INT(limit)), limit, rows, count, err);
}

vst_rc vst_queue_first_due(vst_tx *tx, int64_t lane, int64_t *due, vst_err *err)
{
	int64_t first = INT64_MAX;
	vst_rc rc = vst_tx_integers(tx, &queue_first, VST_ARGS(VST_INT(lane)), &first, 1, NULL, err);

	if (rc == VST_OK) {
		*due = first;
	}
	return rc;
}

vst_rc vst_queue_count(vst_tx *tx, int64_t lane, int64_t due_until, int64_t stop_at, int64_t *count, vst_err *err)
{
	return vst_tx_integers(tx, &queue_count, VST_ARGS(VST_INT(lane), VST_INT(due_until), VST_INT(stop_at)), count, 1,
	                       NULL, err);
}

/* ---- in flight ---- */

vst_rc vst_flight_put(vst_tx *tx, const vst_flight *flight, vst_err *err)
{
	return vst_tx_run(tx, &flight_put,
	                  VST_ARGS(VST_INT(flight->seq), VST_INT(flight->slot), VST_INT(flight->fence),
	                           VST_INT(flight->lease_until_ms), VST_INT(flight->intent)),
	                  NULL, err);
}

static vst_flight flight_of(const int64_t values[5])
{
	return (vst_flight) {values[0], (int) values[1], values[2], values[3], values[4] != 0};
}

vst_rc vst_flight_get(vst_tx *tx, int64_t seq, vst_flight *out, bool *found, vst_err *err)
{
	int64_t values[5] = {0};
	bool row = false;
	vst_rc rc = vst_tx_integers(tx, &flight_get, VST_ARGS(VST_INT(seq)), values, 5, &row, err);

	if (rc == VST_OK) {
		if (row) {
			*out = flight_of(values);
		}
		*found = row;
	}
	return rc;
}

vst_rc vst_flight_remove(vst_tx *tx, int64_t seq, vst_err *err)
{
	return vst_tx_run(tx, &flight_remove, VST_ARGS(VST_INT(seq)), NULL, err);
}

vst_rc vst_flight_renew(vst_tx *tx, int slot, int64_t fence, int64_t lease_until_ms, vst_err *err)
{
	return vst_tx_run(tx, &flight_renew, VST_ARGS(VST_INT(lease_until_ms), VST_INT(slot), VST_INT(fence)), NULL, err);
}

vst_rc vst_flight_list(vst_tx *tx, int64_t after, size_t limit, vst_flight *rows, size_t *count, vst_err *err)
{
	vst_rows query;
	size_t filled = 0;
	bool found = true;
	vst_rc rc = vst_tx_query(tx, &flight_list, VST_ARGS(VST_INT(after), VST_INT(limit)), &query, err);

	while (rc == VST_OK && filled < limit && (rc = vst_rows_next(&query, &found, err)) == VST_OK && found) {
		int64_t values[5];

		for (int i = 0; i < 5; i++) {
			values[i] = vst_rows_integer(&query, i);
		}
		rows[filled++] = flight_of(values);
	}
	vst_rows_end(&query);
	if (rc == VST_OK) {
		*count = filled;
	}
	return rc;
}

/* ---- timers ---- */

vst_rc vst_timer_add(vst_tx *tx, vst_timer timer, int64_t at, int64_t seq, vst_err *err)
{
	return vst_tx_run(tx, &timer_add, VST_ARGS(VST_INT(timer), VST_INT(at), VST_INT(seq)), NULL, err);
}

vst_rc vst_timer_remove(vst_tx *tx, vst_timer timer, int64_t at, int64_t seq, vst_err *err)
{
	return vst_tx_run(tx, &timer_remove, VST_ARGS(VST_INT(timer), VST_INT(at), VST_INT(seq)), NULL, err);
}

vst_rc vst_timer_due(vst_tx *tx, vst_timer timer, int64_t now, size_t limit, vst_queue_row *rows, size_t *count,
                     vst_err *err)
{
	return list_rows(tx, &timer_due, VST_ARGS(VST_INT(timer), VST_INT(now), VST_INT(limit)), limit, rows, count, err);
}

vst_rc vst_timer_first(vst_tx *tx, vst_timer timer, int64_t *at, vst_err *err)
{
	int64_t first = INT64_MAX;
	vst_rc rc = vst_tx_integers(tx, &timer_first, VST_ARGS(VST_INT(timer)), &first, 1, NULL, err);

	if (rc == VST_OK) {
		*at = first;
	}
	return rc;
}

/* ---- providers' ids ---- */

vst_rc vst_handover_put(vst_tx *tx, int64_t provider, vst_str provider_message, int64_t seq, vst_err *err)
{
	return vst_tx_run(tx, &handover_put, VST_ARGS(VST_INT(provider), VST_TEXT(provider_message), VST_INT(seq)), NULL,
	                  err);
}

vst_rc vst_handover_get(vst_tx *tx, int64_t provider, vst_str provider_message, int64_t *seq, vst_err *err)
{
	int64_t stored = 0;
	vst_rc rc = vst_tx_integers(tx, &handover_get, VST_ARGS(VST_INT(provider), VST_TEXT(provider_message)), &stored, 1,
	                            NULL, err);

	if (rc == VST_OK) {
		*seq = stored;
	}
	return rc;
}
