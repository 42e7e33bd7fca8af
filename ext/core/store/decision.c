/*
 * Decisions in the order they were made: messages as they were submitted, whatever became of them since. No look at
 * vst_progress, and no other index than time.
 */
#include "message.h"

/* In the order of VST_MESSAGE_COLUMNS. */
static const vst_statement decisions = {
	VST_S_DECISIONS,
	"SELECT seq, nonce, entity, phone, category, created_ms, previous, state, held, provider, due, final_ms, 0, 0, 0,"
	" encoding, units, segments, sender, valid_until, not_before, debt, counts, reason, '', '', idempotency_key,"
	" order_number, campaign, customer, site, basis, approved_by, tags, zones, text, decision, facts"
	" FROM vst_message WHERE seq > ? AND seq < ? ORDER BY seq LIMIT ?"};

vst_rc vst_decision_scan(vst_tx *tx, int64_t from, int64_t to, int64_t after, int64_t limit, vst_message_visit visit,
                         void *context, int64_t *resume, vst_err *err)
{
	int64_t first = vst_seq_first(vst_seconds_ms(from, 0)), below = vst_seq_first(vst_seconds_ms(to, VST_SEQ_AHEAD_MS));
	int64_t above = after > 0 && after >= first ? after : first - 1, last = after, read = 0;
	vst_rows rows;
	bool found = true, stop = false;
	vst_rc rc = vst_tx_query(tx, &decisions, VST_ARGS(VST_INT(above), VST_INT(below), VST_INT(limit)), &rows, err);

	while (rc == VST_OK && !stop && (rc = vst_rows_next(&rows, &found, err)) == VST_OK && found) {
		vst_message message;

		rc = vst_message_from_row(&rows, &message, err);
		if (rc != VST_OK) {
			break;
		}
		read++;
		if (message.created_ms / 1000 >= from && message.created_ms / 1000 < to) {
			rc = visit(context, &message, &stop, err);
		}
		last = stop ? last : message.id.seq;
	}
	vst_rows_end(&rows);
	if (rc == VST_OK) {
		*resume = stop ? last : read == limit ? last : INT64_MAX;
	}
	return rc;
}
