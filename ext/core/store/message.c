/* Messages: what was submitted is written once, what changes later stands in vst_progress from the first change on. */
#include "message.h"

#include "handle.h"

static const vst_statement message_last = {VST_S_MESSAGE_LAST, "SELECT COALESCE(MAX(seq), 0) FROM vst_message"};
static const vst_statement message_insert = {
	VST_S_MESSAGE_INSERT,
	"INSERT INTO vst_message (seq, nonce, entity, phone, category, created_ms, previous, state, held, provider, due,"
	" final_ms, encoding, units, segments, sender, valid_until, not_before, debt, counts, reason, idempotency_key,"
	" order_number, campaign, customer, site, basis, approved_by, tags, zones, text, decision,"
	" facts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
	"?)"};
static const vst_statement message_get = {VST_S_MESSAGE_GET,
                                          "SELECT " VST_MESSAGE_COLUMNS " FROM " VST_MESSAGE_TABLES " WHERE m.seq = ?"};
static const vst_statement message_state = {
	VST_S_MESSAGE_STATE,
	"SELECT COALESCE(p.state, m.state), p.seq IS NOT NULL FROM " VST_MESSAGE_TABLES " WHERE m.seq = ?"};
static const vst_statement progress_insert = {
	VST_S_PROGRESS_INSERT,
	"INSERT INTO vst_progress (state, held, provider, due, attempts, sending_ms, accepted_ms, final_ms, reason,"
	" provider_message, provider_code, seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
static const vst_statement progress_update = {
	VST_S_PROGRESS_UPDATE,
	"UPDATE vst_progress SET state = ?, held = ?, provider = ?, due = ?, attempts = ?, sending_ms = ?,"
	" accepted_ms = ?, final_ms = ?, reason = ?, provider_message = ?, provider_code = ? WHERE seq = ?"};

vst_rc vst_message_next_seq(vst_tx *tx, int64_t *seq, vst_err *err)
{
	if (tx->last_seq < 0) {
		int64_t last = 0;
		vst_rc rc = vst_tx_integers(tx, &message_last, VST_NO_ARGS, &last, 1, NULL, err);

		if (rc != VST_OK) {
			return rc;
		}
		tx->last_seq = last;
	}
	tx->last_seq = vst_seq_next(tx->last_seq, tx->now_ms);
	*seq = tx->last_seq;
	return VST_OK;
}

static vst_rc write_progress(vst_tx *tx, const vst_statement *statement, const vst_message *message, vst_err *err)
{
	return vst_tx_run(tx, statement,
	                  VST_ARGS(VST_INT(message->state), VST_INT(message->held), VST_INT(message->provider),
	                           VST_INT(message->due), VST_INT(message->attempts), VST_INT(message->sending_ms),
	                           VST_INT(message->accepted_ms), VST_INT(message->final_ms), VST_TEXT(message->reason),
	                           VST_TEXT(message->provider_message), VST_TEXT(message->provider_code),
	                           VST_INT(message->id.seq)),
	                  NULL, err);
}

vst_rc vst_message_insert(vst_tx *tx, const vst_message *message, vst_err *err)
{
	const vst_message *m = message;
	bool progressed = m->attempts != 0 || m->sending_ms != 0 || m->accepted_ms != 0 || m->provider_message.len > 0 ||
	                  m->provider_code.len > 0;
	vst_rc rc = vst_tx_run(tx, &message_insert,
	                       VST_ARGS(VST_INT(m->id.seq), VST_INT(m->id.nonce), VST_INT(m->entity), VST_INT(m->phone),
	                                VST_INT(m->category), VST_INT(m->created_ms), VST_INT(m->previous),
	                                VST_INT(m->state), VST_INT(m->held), VST_INT(m->provider), VST_INT(m->due),
	                                VST_INT(m->final_ms), VST_INT(m->encoding), VST_INT(m->units), VST_INT(m->segments),
	                                VST_INT(m->sender), VST_INT(m->valid_until), VST_INT(m->not_before),
	                                VST_INT(m->debt), VST_INT(m->counts), VST_TEXT(m->reason), VST_TEXT(m->key),
	                                VST_TEXT(m->order_number), VST_TEXT(m->campaign), VST_TEXT(m->customer),
	                                VST_TEXT(m->site), VST_TEXT(m->basis), VST_TEXT(m->approved_by), VST_TEXT(m->tags),
	                                VST_TEXT(m->zones), VST_TEXT(m->text), VST_TEXT(m->decision), VST_BLOB(m->facts)),
	                       NULL, err);

	if (rc == VST_OK && progressed) {
		rc = write_progress(tx, &progress_insert, message, err);
	}
	return rc;
}

vst_rc vst_message_from_row(const vst_rows *rows, vst_message *out, vst_err *err)
{
	int64_t category = vst_rows_integer(rows, 4);
	int64_t state = vst_rows_integer(rows, 7);
	int64_t encoding = vst_rows_integer(rows, 15);
	int64_t counts = vst_rows_integer(rows, 22);
	vst_message m = {0};

	if (category < 0 || category >= VST_CATEGORY_COUNT || state < 0 || state >= VST_STATE_COUNT || encoding < 0 ||
	    encoding >= VST_ENCODING_COUNT || counts < 0 || counts >= VST_CHARGE_KIND_COUNT) {
		return vst_fail(err, VST_E_CORRUPT, "a stored message has an unknown category, state, encoding or charge");
	}
	m.id.seq = vst_rows_integer(rows, 0);
	m.id.nonce = (uint64_t) vst_rows_integer(rows, 1);
	m.entity = vst_rows_integer(rows, 2);
	m.phone = vst_rows_integer(rows, 3);
	m.category = (vst_category) category;
	m.created_ms = vst_rows_integer(rows, 5);
	m.previous = vst_rows_integer(rows, 6);
	m.state = (vst_state) state;
	m.held = vst_rows_integer(rows, 8) != 0;
	m.provider = vst_rows_integer(rows, 9);
	m.due = vst_rows_integer(rows, 10);
	m.final_ms = vst_rows_integer(rows, 11);
	m.attempts = (int) vst_rows_integer(rows, 12);
	m.sending_ms = vst_rows_integer(rows, 13);
	m.accepted_ms = vst_rows_integer(rows, 14);
	m.encoding = (vst_encoding) encoding;
	m.units = (int) vst_rows_integer(rows, 16);
	m.segments = (int) vst_rows_integer(rows, 17);
	m.sender = vst_rows_integer(rows, 18);
	m.valid_until = vst_rows_integer(rows, 19);
	m.not_before = vst_rows_integer(rows, 20);
	m.debt = vst_rows_integer(rows, 21) != 0;
	m.counts = (vst_charge_kind) counts;
	m.reason = vst_rows_text(rows, 23);
	m.provider_message = vst_rows_text(rows, 24);
	m.provider_code = vst_rows_text(rows, 25);
	m.key = vst_rows_text(rows, 26);
	m.order_number = vst_rows_text(rows, 27);
	m.campaign = vst_rows_text(rows, 28);
	m.customer = vst_rows_text(rows, 29);
	m.site = vst_rows_text(rows, 30);
	m.basis = vst_rows_text(rows, 31);
	m.approved_by = vst_rows_text(rows, 32);
	m.tags = vst_rows_text(rows, 33);
	m.zones = vst_rows_text(rows, 34);
	m.text = vst_rows_text(rows, 35);
	m.decision = vst_rows_text(rows, 36);
	m.facts = vst_rows_text(rows, 37);
	*out = m;
	return VST_OK;
}

static void copy_texts(vst_message *message, vst_arena *arena)
{
	vst_str *const texts[] = {
		&message->reason,       &message->provider_message, &message->provider_code, &message->key,
		&message->order_number, &message->campaign,         &message->customer,      &message->site,
		&message->basis,        &message->approved_by,      &message->tags,          &message->zones,
		&message->text,         &message->decision,         &message->facts,
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		*texts[i] = texts[i]->len > 0 ? vst_arena_copy(arena, *texts[i]) : VST_STR_EMPTY;
	}
}

vst_rc vst_message_get(vst_tx *tx, int64_t seq, vst_arena *arena, vst_message *out, bool *found, vst_err *err)
{
	vst_rows rows;
	vst_message message;
	bool row = false;
	vst_rc rc = vst_tx_query(tx, &message_get, VST_ARGS(VST_INT(seq)), &rows, err);

	if (rc == VST_OK) {
		rc = vst_rows_next(&rows, &row, err);
	}
	if (rc == VST_OK && row) {
		rc = vst_message_from_row(&rows, &message, err);
		if (rc == VST_OK) {
			copy_texts(&message, arena);
			rc = arena->failed ? vst_fail_nomem(err) : VST_OK;
		}
	}
	vst_rows_end(&rows);
	if (rc == VST_OK) {
		if (row) {
			*out = message;
		}
		*found = row;
	}
	return rc;
}

vst_rc vst_message_update(vst_tx *tx, const vst_message *message, vst_state from, vst_err *err)
{
	int64_t stored[2] = {0, 0}; /* state, has progress */
	bool found = false;
	vst_rc rc = vst_tx_integers(tx, &message_state, VST_ARGS(VST_INT(message->id.seq)), stored, 2, &found, err);

	if (rc != VST_OK) {
		return rc;
	}
	if (!found || stored[0] != (int64_t) from) {
		return vst_fail(err, VST_E_CORRUPT, "message: expected state %s, found %s", vst_state_name(from),
		                found ? vst_state_name((vst_state) stored[0]) : "no message");
	}
	if (message->state != from && !vst_state_may_become(from, message->state)) {
		return vst_fail(err, VST_E_CORRUPT, "message: %s may not become %s", vst_state_name(from),
		                vst_state_name(message->state));
	}
	return write_progress(tx, stored[1] != 0 ? &progress_update : &progress_insert, message, err);
}
