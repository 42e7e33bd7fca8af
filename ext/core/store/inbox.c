/* What providers say: kept once, applied once. A report may come before its message's provider id is stored: it waits. */
#include "tables.h"
#include "transaction.h"

static const vst_statement inbox_find = {VST_S_INBOX_FIND,
                                         "SELECT number FROM vst_inbox WHERE provider = ? AND dedup = ?"};
static const vst_statement inbox_put = {
	VST_S_INBOX_PUT, "INSERT INTO vst_inbox (number, provider, received, state, dedup, provider_message, body)"
					 " VALUES (?, ?, ?, ?, ?, ?, ?)"};
static const vst_statement inbox_wait = {
	VST_S_INBOX_WAIT, "INSERT INTO vst_inbox_waiting (provider, provider_message, number) VALUES (?, ?, ?)"};
static const vst_statement inbox_take = {
	VST_S_INBOX_TAKE, "SELECT i.number, i.body FROM vst_inbox_waiting w JOIN vst_inbox i ON i.number = w.number"
					  " WHERE w.provider = ? AND w.provider_message = ? ORDER BY w.number"};
static const vst_statement inbox_applied = {VST_S_INBOX_APPLIED, "UPDATE vst_inbox SET state = ? WHERE number = ?"};
static const vst_statement inbox_arrived = {
	VST_S_INBOX_ARRIVED, "DELETE FROM vst_inbox_waiting WHERE provider = ? AND provider_message = ?"};
static const vst_statement inbox_old = {VST_S_INBOX_OLD,
                                        "SELECT number, received FROM vst_inbox ORDER BY number LIMIT ?"};
static const vst_statement inbox_prune = {VST_S_INBOX_PRUNE, "DELETE FROM vst_inbox WHERE number <= ?"};
static const vst_statement inbox_prune_waiting = {VST_S_INBOX_PRUNE_WAITING,
                                                  "DELETE FROM vst_inbox_waiting WHERE number <= ?"};

vst_rc vst_inbox_add(vst_tx *tx, int64_t provider, vst_str dedup, vst_str provider_message, vst_str body,
                     vst_inbox_state state, bool *fresh, vst_err *err)
{
	int64_t number;
	bool known = false;
	vst_rc rc = vst_tx_integers(tx, &inbox_find, VST_ARGS(VST_INT(provider), VST_TEXT(dedup)), &number, 1, &known, err);

	if (rc == VST_OK && !known) {
		rc = vst_counter_next(tx, VST_COUNTER_INBOX, &number, err);
		if (rc == VST_OK) {
			rc = vst_tx_run(tx, &inbox_put,
			                VST_ARGS(VST_INT(number), VST_INT(provider), VST_INT(vst_tx_now(tx)), VST_INT(state),
			                         VST_TEXT(dedup), VST_TEXT(provider_message), VST_TEXT(body)),
			                NULL, err);
		}
		if (rc == VST_OK && state == VST_INBOX_WAITING) {
			rc = vst_tx_run(tx, &inbox_wait, VST_ARGS(VST_INT(provider), VST_TEXT(provider_message), VST_INT(number)),
			                NULL, err);
		}
	}
	if (rc == VST_OK) {
		*fresh = !known;
	}
	return rc;
}

typedef struct waiting {
	struct waiting *next;
	int64_t number;
	vst_str body;
} waiting;

/* Oldest first; the list is read to its end before anything is changed. */
static vst_rc read_waiting(vst_tx *tx, int64_t provider, vst_str provider_message, vst_arena *arena, waiting **first,
                           size_t *count, vst_err *err)
{
	waiting **end = first;
	vst_rows rows;
	bool found = true;
	vst_rc rc = vst_tx_query(tx, &inbox_take, VST_ARGS(VST_INT(provider), VST_TEXT(provider_message)), &rows, err);

	*first = NULL;
	*count = 0;
	while (rc == VST_OK && (rc = vst_rows_next(&rows, &found, err)) == VST_OK && found) {
		waiting *item = vst_arena_alloc(arena, sizeof *item);

		if (item == NULL) {
			rc = vst_fail_nomem(err);
			break;
		}
		item->number = vst_rows_integer(&rows, 0);
		item->body = vst_arena_copy(arena, vst_rows_text(&rows, 1));
		*end = item;
		end = &item->next;
		(*count)++;
	}
	vst_rows_end(&rows);
	return rc == VST_OK && arena->failed ? vst_fail_nomem(err) : rc;
}

vst_rc vst_inbox_take(vst_tx *tx, int64_t provider, vst_str provider_message, vst_arena *arena, vst_str **bodies,
                      size_t *count, vst_err *err)
{
	waiting *first;
	size_t waiting_count;
	vst_str *texts = NULL;
	vst_rc rc = read_waiting(tx, provider, provider_message, arena, &first, &waiting_count, err);

	if (rc != VST_OK) {
		return rc;
	}
	if (waiting_count > 0) {
		size_t i = 0;

		texts = vst_arena_array(arena, waiting_count, sizeof *texts);
		rc = texts != NULL ? VST_OK : vst_fail_nomem(err);
		for (const waiting *item = first; rc == VST_OK && item != NULL; item = item->next) {
			texts[i++] = item->body;
			rc = vst_tx_run(tx, &inbox_applied, VST_ARGS(VST_INT(VST_INBOX_APPLIED), VST_INT(item->number)), NULL, err);
		}
		if (rc == VST_OK) {
			rc = vst_tx_run(tx, &inbox_arrived, VST_ARGS(VST_INT(provider), VST_TEXT(provider_message)), NULL, err);
		}
	}
	if (rc == VST_OK) {
		*bodies = texts;
		*count = waiting_count;
	}
	return rc;
}

vst_rc vst_inbox_prune(vst_tx *tx, int64_t before, int64_t limit, bool *done, vst_err *err)
{
	vst_rows rows;
	int64_t last = 0, count = 0;
	bool found = true;
	vst_rc rc = vst_tx_query(tx, &inbox_old, VST_ARGS(VST_INT(limit)), &rows, err);

	while (rc == VST_OK && (rc = vst_rows_next(&rows, &found, err)) == VST_OK && found &&
	       vst_rows_integer(&rows, 1) < before) {
		last = vst_rows_integer(&rows, 0);
		count++;
	}
	vst_rows_end(&rows);
	if (rc == VST_OK && count > 0) {
		rc = vst_tx_run(tx, &inbox_prune_waiting, VST_ARGS(VST_INT(last)), NULL, err);
		if (rc == VST_OK) {
			rc = vst_tx_run(tx, &inbox_prune, VST_ARGS(VST_INT(last)), NULL, err);
		}
	}
	if (rc == VST_OK) {
		*done = count < limit;
	}
	return rc;
}
