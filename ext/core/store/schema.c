/*
 * The tables. Locality is the performance: `vst_message` is written once, at its end, and has no secondary index; what
 * changes later stands in the narrow `vst_progress`, so that a worker's pass over 32 messages touches one page of it and
 * not 32 texts. Waiting, in flight, keys and persons are tables of their own.
 *
 * Names are prefixed, since a shop may keep these tables in its own database.
 */
#include "schema.h"

static const char sqlite_1_0[] =
	/* One row, read first in every transaction; the columns that are read stand first. */
	"CREATE TABLE vst_version ("
	" id INTEGER PRIMARY KEY, schema_major INTEGER NOT NULL, schema_minor INTEGER NOT NULL,"
	" settings_version INTEGER NOT NULL, clock INTEGER NOT NULL, hold INTEGER NOT NULL, inode INTEGER NOT NULL,"
	" born INTEGER NOT NULL, machine TEXT NOT NULL, store_id TEXT NOT NULL, bound INTEGER NOT NULL,"
	" bound_id TEXT NOT NULL, bound_root TEXT NOT NULL, bound_database TEXT NOT NULL, secret BLOB NOT NULL);"
	/* vst_counter_id in transaction.h */
	"CREATE TABLE vst_counter (id INTEGER PRIMARY KEY, value INTEGER NOT NULL);"
	"CREATE TABLE vst_settings (id INTEGER PRIMARY KEY, body TEXT NOT NULL);"
	"CREATE TABLE vst_name (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, name TEXT NOT NULL, UNIQUE (kind, name));"

	"CREATE TABLE vst_message ("
	" seq INTEGER PRIMARY KEY, nonce INTEGER NOT NULL, entity INTEGER NOT NULL, phone INTEGER NOT NULL,"
	" category INTEGER NOT NULL, created_ms INTEGER NOT NULL, previous INTEGER NOT NULL, state INTEGER NOT NULL,"
	" held INTEGER NOT NULL, provider INTEGER NOT NULL, due INTEGER NOT NULL, final_ms INTEGER NOT NULL,"
	" encoding INTEGER NOT NULL, units INTEGER NOT NULL, segments INTEGER NOT NULL, sender INTEGER NOT NULL,"
	" valid_until INTEGER NOT NULL, not_before INTEGER NOT NULL, debt INTEGER NOT NULL, counts INTEGER NOT NULL,"
	" reason TEXT NOT NULL, idempotency_key TEXT NOT NULL, order_number TEXT NOT NULL, campaign TEXT NOT NULL,"
	" customer TEXT NOT NULL, site TEXT NOT NULL, basis TEXT NOT NULL, approved_by TEXT NOT NULL,"
	" tags TEXT NOT NULL, zones TEXT NOT NULL, text TEXT NOT NULL, decision TEXT NOT NULL);"
	/* From a message's first change on; before it, what it was submitted with holds. */
	"CREATE TABLE vst_progress ("
	" seq INTEGER PRIMARY KEY, state INTEGER NOT NULL, held INTEGER NOT NULL, provider INTEGER NOT NULL,"
	" due INTEGER NOT NULL, attempts INTEGER NOT NULL, sending_ms INTEGER NOT NULL, accepted_ms INTEGER NOT NULL,"
	" final_ms INTEGER NOT NULL, reason TEXT NOT NULL, provider_message TEXT NOT NULL, provider_code TEXT NOT NULL);"
	"CREATE TABLE vst_key (entity INTEGER NOT NULL, name TEXT NOT NULL, seq INTEGER NOT NULL,"
	" PRIMARY KEY (entity, name)) WITHOUT ROWID;"
	"CREATE TABLE vst_queue (lane INTEGER NOT NULL, due INTEGER NOT NULL, seq INTEGER NOT NULL,"
	" PRIMARY KEY (lane, due, seq)) WITHOUT ROWID;"
	"CREATE TABLE vst_flight (seq INTEGER PRIMARY KEY, slot INTEGER NOT NULL, fence INTEGER NOT NULL,"
	" lease_until_ms INTEGER NOT NULL, intent INTEGER NOT NULL);"
	"CREATE TABLE vst_timer (timer INTEGER NOT NULL, due INTEGER NOT NULL, seq INTEGER NOT NULL,"
	" PRIMARY KEY (timer, due, seq)) WITHOUT ROWID;"
	"CREATE TABLE vst_handover (provider INTEGER NOT NULL, name TEXT NOT NULL, seq INTEGER NOT NULL,"
	" PRIMARY KEY (provider, name)) WITHOUT ROWID;"

	/* consent and charges: packed by person.c. stop_expires: the earliest instant at which a stop ends, 0 never. */
	"CREATE TABLE vst_person (entity INTEGER NOT NULL, phone INTEGER NOT NULL, last_seq INTEGER NOT NULL,"
	" stop_advertising INTEGER NOT NULL, stop_all INTEGER NOT NULL, stop_expires INTEGER NOT NULL,"
	" bar_until INTEGER NOT NULL, consent BLOB NOT NULL, charges BLOB NOT NULL,"
	" PRIMARY KEY (entity, phone)) WITHOUT ROWID;"
	"CREATE TABLE vst_stop (phone INTEGER NOT NULL, entity INTEGER NOT NULL, kind INTEGER NOT NULL,"
	" scope INTEGER NOT NULL, added INTEGER NOT NULL, expires INTEGER NOT NULL, reason TEXT NOT NULL,"
	" author TEXT NOT NULL, PRIMARY KEY (phone, entity, kind)) WITHOUT ROWID;"
	"CREATE INDEX vst_stop_added ON vst_stop (added, phone, entity, kind);"

	/* The marks are keyed hashes: erasing phone and body leaves the chain whole. */
	"CREATE TABLE vst_ledger (number INTEGER PRIMARY KEY, at INTEGER NOT NULL, entity INTEGER NOT NULL,"
	" phone INTEGER NOT NULL, purpose INTEGER NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL,"
	" phone_mark BLOB NOT NULL, body_mark BLOB NOT NULL, wording BLOB NOT NULL, hash BLOB NOT NULL);"
	"CREATE TABLE vst_wording (hash BLOB PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;"

	"CREATE TABLE vst_rate (name TEXT PRIMARY KEY, arrival_us INTEGER NOT NULL) WITHOUT ROWID;"
	"CREATE TABLE vst_event (number INTEGER PRIMARY KEY, at INTEGER NOT NULL, seq INTEGER NOT NULL,"
	" nonce INTEGER NOT NULL, entity INTEGER NOT NULL, phone INTEGER NOT NULL, type TEXT NOT NULL,"
	" data TEXT NOT NULL);"
	"CREATE TABLE vst_document (kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL,"
	" changed INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, id));"
	"CREATE TABLE vst_inbox (number INTEGER PRIMARY KEY, provider INTEGER NOT NULL, received INTEGER NOT NULL,"
	" state INTEGER NOT NULL, dedup TEXT NOT NULL, provider_message TEXT NOT NULL, body TEXT NOT NULL,"
	" UNIQUE (provider, dedup));"
	"CREATE TABLE vst_inbox_waiting (provider INTEGER NOT NULL, provider_message TEXT NOT NULL,"
	" number INTEGER NOT NULL, PRIMARY KEY (provider, provider_message, number)) WITHOUT ROWID;"
	"CREATE TABLE vst_heartbeat (slot INTEGER PRIMARY KEY, fence INTEGER NOT NULL, pid INTEGER NOT NULL,"
	" started INTEGER NOT NULL, seen INTEGER NOT NULL, inode INTEGER NOT NULL, version TEXT NOT NULL,"
	" user_name TEXT NOT NULL, host TEXT NOT NULL, ini TEXT NOT NULL);"
	"CREATE TABLE vst_fact (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;";

static const char sqlite_1_1[] =
	/* What the gate went by while each version of the settings was in force: replay reads old decisions under it. */
	"CREATE TABLE vst_rule_set (version INTEGER PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL);"
	/* What the gate knew when it decided, packed by the engine; empty in what 1.0 stored. */
	"ALTER TABLE vst_message ADD COLUMN facts BLOB NOT NULL DEFAULT x'';"
	/* The person's last sign of life. */
	"ALTER TABLE vst_person ADD COLUMN active INTEGER NOT NULL DEFAULT 0;"
	/* Kind, priority and whether sent, of each of `charges`, which 1.0 reads and writes as before. */
	"ALTER TABLE vst_person ADD COLUMN charge_tags BLOB NOT NULL DEFAULT x'';";

static const vst_migration steps[] = {
	{1, 0, {sqlite_1_0}},
	{1, 1, {sqlite_1_1}},
};

const vst_schema vst_schema_current = {steps, sizeof steps / sizeof *steps, 1};
