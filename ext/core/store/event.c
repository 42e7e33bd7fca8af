/* The feed of what happened, in the order of commits. */
#include "tables.h"
#include "transaction.h"

static const vst_statement event_put = {
	VST_S_EVENT_PUT,
	"INSERT INTO vst_event (number, at, seq, nonce, entity, phone, type, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};
static const vst_statement event_list = {
	VST_S_EVENT_LIST,
	"SELECT number, at, seq, nonce, entity, phone, type, data FROM vst_event WHERE number > ? ORDER BY number LIMIT ?"};
static const vst_statement event_oldest = {VST_S_EVENT_OLDEST, "SELECT COALESCE(MIN(number), 0) FROM vst_event"};
static const vst_statement event_old = {VST_S_EVENT_OLD, "SELECT number, at FROM vst_event ORDER BY number LIMIT ?"};
static const vst_statement event_prune = {VST_S_EVENT_PRUNE, "DELETE FROM vst_event WHERE number <= ?"};

vst_rc vst_event_append(vst_tx *tx, const vst_event *event, vst_err *err)
{
	int64_t number;
	vst_rc rc = vst_counter_next(tx, VST_COUNTER_EVENT, &number, err);

	if (rc != VST_OK) {
		return rc;
	}
	return vst_tx_run(tx, &event_put,
	                  VST_ARGS(VST_INT(number), VST_INT(vst_tx_now(tx)), VST_INT(event->seq), VST_INT(event->nonce),
	                           VST_INT(event->entity), VST_INT(event->phone), VST_TEXT(event->type),
	                           VST_TEXT(event->data)),
	                  NULL, err);
}

vst_rc vst_event_list(vst_tx *tx, int64_t after, int64_t limit, vst_arena *arena, vst_event **rows, size_t *count,
                      vst_err *err)
{
	vst_event *events = vst_arena_array(arena, (size_t) limit, sizeof *events);
	size_t filled = 0;
	bool found = true;
	vst_rows query;
	vst_rc rc;

	if (events == NULL) {
		return vst_fail_nomem(err);
	}
	rc = vst_tx_query(tx, &event_list, VST_ARGS(VST_INT(after), VST_INT(limit)), &query, err);
	while (rc == VST_OK && (rc = vst_rows_next(&query, &found, err)) == VST_OK && found) {
		events[filled++] = (vst_event) {
			.number = vst_rows_integer(&query, 0),
			.at = vst_rows_integer(&query, 1),
			.seq = vst_rows_integer(&query, 2),
			.nonce = (uint64_t) vst_rows_integer(&query, 3),
			.entity = vst_rows_integer(&query, 4),
			.phone = vst_rows_integer(&query, 5),
			.type = vst_arena_copy(arena, vst_rows_text(&query, 6)),
			.data = vst_arena_copy(arena, vst_rows_text(&query, 7)),
		};
	}
	vst_rows_end(&query);
	if (rc == VST_OK && arena->failed) {
		rc = vst_fail_nomem(err);
	}
	if (rc == VST_OK) {
		*rows = events;
		*count = filled;
	}
	return rc;
}

vst_rc vst_event_range(vst_tx *tx, int64_t *oldest, int64_t *newest, vst_err *err)
{
	int64_t first = 0, last = 0;
	vst_rc rc = vst_counter_get(tx, VST_COUNTER_EVENT, &last, err);

	if (rc == VST_OK) {
		rc = vst_tx_integers(tx, &event_oldest, VST_NO_ARGS, &first, 1, NULL, err);
	}
	if (rc == VST_OK) {
		*oldest = first != 0 || last == 0 ? first : last + 1;
		*newest = last;
	}
	return rc;
}

vst_rc vst_event_prune(vst_tx *tx, int64_t before, int64_t limit, bool *done, vst_err *err)
{
	vst_rows query;
	int64_t last = 0, count = 0;
	bool found = true;
	vst_rc rc = vst_tx_query(tx, &event_old, VST_ARGS(VST_INT(limit)), &query, err);

	/* Time never goes back, so numbers ascend with it. */
	while (rc == VST_OK && (rc = vst_rows_next(&query, &found, err)) == VST_OK && found &&
	       vst_rows_integer(&query, 1) < before) {
		last = vst_rows_integer(&query, 0);
		count++;
	}
	vst_rows_end(&query);
	if (rc == VST_OK && count > 0) {
		rc = vst_tx_run(tx, &event_prune, VST_ARGS(VST_INT(last)), NULL, err);
	}
	if (rc == VST_OK) {
		*done = count < limit;
	}
	return rc;
}
