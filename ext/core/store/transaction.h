/*
 * Inside of a transaction: what the table files build on. A statement is prepared at its first use and kept in the
 * handle, so that it is dropped with it.
 */
#ifndef VST_STORE_TRANSACTION_H
#define VST_STORE_TRANSACTION_H

#include "sql.h"
#include "store.h"

/* One constant per statement; each names exactly one text, in the file of its table. */
typedef enum vst_statement_id {
	VST_S_VERSION_GET,
	VST_S_VERSION_HOLD,
	VST_S_VERSION_SETTINGS,
	VST_S_VERSION_PLACE,
	VST_S_VERSION_BIND,
	VST_S_VERSION_TEXTS,
	VST_S_VERSION_SECRET,
	VST_S_COUNTER_GET,
	VST_S_COUNTER_PUT,
	VST_S_SETTINGS_GET,
	VST_S_SETTINGS_PUT,
	VST_S_RULE_SET_GET,
	VST_S_RULE_SET_PUT,
	VST_S_NAME_FIND,
	VST_S_NAME_TEXT,
	VST_S_NAME_LAST,
	VST_S_NAME_PUT,
	VST_S_NAME_IDS,
	VST_S_MESSAGE_LAST,
	VST_S_MESSAGE_INSERT,
	VST_S_MESSAGE_GET,
	VST_S_MESSAGE_STATE,
	VST_S_MESSAGE_PREVIOUS,
	VST_S_MESSAGE_UP,
	VST_S_MESSAGE_DOWN,
	VST_S_MESSAGE_ONE,
	VST_S_DECISIONS,
	VST_S_PROGRESS_INSERT,
	VST_S_PROGRESS_UPDATE,
	VST_S_KEY_GET,
	VST_S_KEY_PUT,
	VST_S_KEY_REMOVE,
	VST_S_KEY_OLD,
	VST_S_KEY_FORGET,
	VST_S_QUEUE_ADD,
	VST_S_QUEUE_REMOVE,
	VST_S_QUEUE_LANE,
	VST_S_QUEUE_DUE,
	VST_S_QUEUE_FIRST,
	VST_S_QUEUE_COUNT,
	VST_S_FLIGHT_PUT,
	VST_S_FLIGHT_GET,
	VST_S_FLIGHT_REMOVE,
	VST_S_FLIGHT_RENEW,
	VST_S_FLIGHT_LIST,
	VST_S_TIMER_ADD,
	VST_S_TIMER_REMOVE,
	VST_S_TIMER_DUE,
	VST_S_TIMER_FIRST,
	VST_S_HANDOVER_PUT,
	VST_S_HANDOVER_GET,
	VST_S_PERSON_GET,
	VST_S_PERSON_UPDATE,
	VST_S_PERSON_INSERT,
	VST_S_PERSON_STOPS,
	VST_S_PERSON_ELSEWHERE,
	VST_S_PERSON_NEWEST,
	VST_S_STOP_OF_PERSON,
	VST_S_STOP_GET,
	VST_S_STOP_PUT,
	VST_S_STOP_REMOVE,
	VST_S_LEDGER_HASH,
	VST_S_LEDGER_PUT,
	VST_S_LEDGER_GET,
	VST_S_LEDGER_WALK,
	VST_S_WORDING_GET,
	VST_S_WORDING_PUT,
	VST_S_RATE_GET,
	VST_S_RATE_PUT,
	VST_S_RATE_LIST,
	VST_S_EVENT_PUT,
	VST_S_EVENT_LIST,
	VST_S_EVENT_OLDEST,
	VST_S_EVENT_OLD,
	VST_S_EVENT_PRUNE,
	VST_S_DOCUMENT_GET,
	VST_S_DOCUMENT_VERSION,
	VST_S_DOCUMENT_INSERT,
	VST_S_DOCUMENT_UPDATE,
	VST_S_DOCUMENT_DELETE,
	VST_S_INBOX_FIND,
	VST_S_INBOX_PUT,
	VST_S_INBOX_WAIT,
	VST_S_INBOX_TAKE,
	VST_S_INBOX_APPLIED,
	VST_S_INBOX_ARRIVED,
	VST_S_INBOX_OLD,
	VST_S_INBOX_PRUNE,
	VST_S_INBOX_PRUNE_WAITING,
	VST_S_HEARTBEAT_PUT,
	VST_S_HEARTBEAT_LIST,
	VST_S_FACT_GET,
	VST_S_FACT_PUT,
	VST_S_COUNT
} vst_statement_id;

typedef struct vst_statement {
	vst_statement_id id;
	const char *sql;
} vst_statement;

/* Rows of vst_counter. Never renumbered. */
typedef enum vst_counter_id {
	VST_COUNTER_CLOCK_MS = 1, /* latest time seen; the manual clock's time */
	VST_COUNTER_EVENT,
	VST_COUNTER_LEDGER,
	VST_COUNTER_FENCE,
	VST_COUNTER_INBOX,
	VST_COUNTER_KEY_PRUNED, /* keys of messages up to this seq have been removed */
	VST_COUNTER_LIMIT
} vst_counter_id;

/* Runs a statement that gives no rows. changes may be NULL. */
vst_rc vst_tx_run(vst_tx *tx, const vst_statement *statement, const vst_arg *args, size_t count, int64_t *changes,
                  vst_err *err) VST_CHECKED;
/* The first row's integers; they stay as they are when there is no row. */
vst_rc vst_tx_integers(vst_tx *tx, const vst_statement *statement, const vst_arg *args, size_t count, int64_t *out,
                       size_t columns, bool *found, vst_err *err) VST_CHECKED;

/* A running query. After vst_tx_query, whatever it returned, vst_rows_end must be called; it is fine twice. */
typedef struct vst_rows {
	vst_tx *tx;
	vst_stmt *stmt;
	int running; /* its statement id; -1: prepared for this one query */
} vst_rows;

vst_rc vst_tx_query(vst_tx *tx, const vst_statement *statement, const vst_arg *args, size_t count, vst_rows *rows,
                    vst_err *err) VST_CHECKED;
/* For texts that are put together at run time (lists with filters): not kept. */
vst_rc vst_tx_query_text(vst_tx *tx, const char *sql, const vst_arg *args, size_t count, vst_rows *rows, vst_err *err)
	VST_CHECKED;
vst_rc vst_rows_next(vst_rows *rows, bool *found, vst_err *err) VST_CHECKED;
void vst_rows_end(vst_rows *rows);
int64_t vst_rows_integer(const vst_rows *rows, int column);
vst_str vst_rows_text(const vst_rows *rows, int column); /* or bytes; borrowed until the next row or the end */

/* Counters are read once in a transaction, counted in memory and written before its commit. */
vst_rc vst_counter_get(vst_tx *tx, vst_counter_id id, int64_t *value, vst_err *err) VST_CHECKED;
vst_rc vst_counter_set(vst_tx *tx, vst_counter_id id, int64_t value, vst_err *err) VST_CHECKED;
vst_rc vst_counter_next(vst_tx *tx, vst_counter_id id, int64_t *value, vst_err *err) VST_CHECKED; /* 1, 2, … */

#endif
