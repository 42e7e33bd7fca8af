/* Workers' slots and heartbeats, and small facts by name. */
#include "handle.h"

static const vst_statement heartbeat_put = {
	VST_S_HEARTBEAT_PUT,
	"REPLACE INTO vst_heartbeat (slot, fence, pid, started, seen, inode, version, user_name, host, ini)"
	" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
static const vst_statement heartbeat_list = {
	VST_S_HEARTBEAT_LIST,
	"SELECT slot, fence, pid, started, seen, inode, version, user_name, host, ini FROM vst_heartbeat ORDER BY slot"};
static const vst_statement fact_get = {VST_S_FACT_GET, "SELECT body FROM vst_fact WHERE name = ?"};
static const vst_statement fact_put = {VST_S_FACT_PUT, "REPLACE INTO vst_fact (name, body) VALUES (?, ?)"};

static vst_rc next_fence(vst_tx *tx, void *context, vst_err *err)
{
	return vst_counter_next(tx, VST_COUNTER_FENCE, context, err);
}

vst_rc vst_worker_enter(vst_store *store, vst_worker *out, vst_err *err)
{
	int slot = 0;
	bool failed = false;
	int64_t fence = 0;
	vst_rc rc = vst_store_usable(store, err);

	if (rc != VST_OK) {
		return rc;
	}
	while (slot < VST_WORKER_SLOTS && (store->worker_slots[slot] || !vst_slot_take(&store->turnstile, slot, &failed))) {
		if (failed) {
			return vst_fail(err, VST_E_IO, "the lock file of the store cannot be locked");
		}
		slot++;
	}
	if (slot == VST_WORKER_SLOTS) {
		return vst_fail(err, VST_E_BUSY, "%d workers run already", VST_WORKER_SLOTS);
	}
	rc = vst_store_write(store, next_fence, &fence, err);
	if (rc != VST_OK) {
		vst_slot_give(&store->turnstile, slot);
		return rc;
	}
	store->worker_slots[slot] = true;
	*out = (vst_worker) {slot, fence};
	return VST_OK;
}

void vst_worker_leave(vst_store *store, vst_worker *worker)
{
	if (vst_store_is_mine(store) && worker->slot >= 0 && worker->slot < VST_WORKER_SLOTS &&
	    store->worker_slots[worker->slot]) {
		store->worker_slots[worker->slot] = false;
		vst_slot_give(&store->turnstile, worker->slot);
	}
	worker->slot = -1;
}

bool vst_worker_alive(vst_store *store, int slot)
{
	if (slot < 0 || slot >= VST_WORKER_SLOTS) {
		return false;
	}
	/* The kernel tells of other open files only. */
	return store->worker_slots[slot] || vst_slot_taken_elsewhere(&store->turnstile, slot);
}

vst_rc vst_heartbeat_put(vst_tx *tx, const vst_heartbeat *heartbeat, vst_err *err)
{
	return vst_tx_run(tx, &heartbeat_put,
	                  VST_ARGS(VST_INT(heartbeat->slot), VST_INT(heartbeat->fence), VST_INT(heartbeat->pid),
	                           VST_INT(heartbeat->started), VST_INT(heartbeat->seen), VST_INT(heartbeat->inode),
	                           VST_TEXT(heartbeat->version), VST_TEXT(heartbeat->user), VST_TEXT(heartbeat->host),
	                           VST_TEXT(heartbeat->ini)),
	                  NULL, err);
}

vst_rc vst_heartbeat_list(vst_tx *tx, vst_arena *arena, vst_heartbeat **rows, size_t *count, vst_err *err)
{
	vst_heartbeat *list = vst_arena_array(arena, VST_WORKER_SLOTS, sizeof *list);
	size_t filled = 0;
	bool found = true;
	vst_rows query;
	vst_rc rc;

	if (list == NULL) {
		return vst_fail_nomem(err);
	}
	rc = vst_tx_query(tx, &heartbeat_list, VST_NO_ARGS, &query, err);
	while (rc == VST_OK && filled < VST_WORKER_SLOTS && (rc = vst_rows_next(&query, &found, err)) == VST_OK && found) {
		list[filled++] = (vst_heartbeat) {
			.slot = (int) vst_rows_integer(&query, 0),
			.fence = vst_rows_integer(&query, 1),
			.pid = vst_rows_integer(&query, 2),
			.started = vst_rows_integer(&query, 3),
			.seen = vst_rows_integer(&query, 4),
			.inode = vst_rows_integer(&query, 5),
			.version = vst_arena_copy(arena, vst_rows_text(&query, 6)),
			.user = vst_arena_copy(arena, vst_rows_text(&query, 7)),
			.host = vst_arena_copy(arena, vst_rows_text(&query, 8)),
			.ini = vst_arena_copy(arena, vst_rows_text(&query, 9)),
		};
	}
	vst_rows_end(&query);
	if (rc == VST_OK && arena->failed) {
		rc = vst_fail_nomem(err);
	}
	if (rc == VST_OK) {
		*rows = list;
		*count = filled;
	}
	return rc;
}

vst_rc vst_fact_get(vst_tx *tx, vst_str name, vst_arena *arena, vst_str *json, vst_err *err)
{
	vst_rows rows;
	bool found = false;
	vst_str body = VST_STR_EMPTY;
	vst_rc rc = vst_tx_query(tx, &fact_get, VST_ARGS(VST_TEXT(name)), &rows, err);

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
	}
	return rc;
}

vst_rc vst_fact_put(vst_tx *tx, vst_str name, vst_str json, vst_err *err)
{
	return vst_tx_run(tx, &fact_put, VST_ARGS(VST_TEXT(name), VST_TEXT(json)), NULL, err);
}
