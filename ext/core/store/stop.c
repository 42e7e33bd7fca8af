/* The stop list. Every change makes the summary in the person's row anew. */
#include "person.h"

static const vst_statement stop_of_person = {
	VST_S_STOP_OF_PERSON, "SELECT kind, scope, expires FROM vst_stop WHERE phone = ? AND entity = ?"};
static const vst_statement stop_get = {
	VST_S_STOP_GET,
	"SELECT scope, added, expires, reason, author FROM vst_stop WHERE phone = ? AND entity = ? AND kind = ?"};
static const vst_statement stop_put = {
	VST_S_STOP_PUT, "REPLACE INTO vst_stop (phone, entity, kind, scope, added, expires, reason, author)"
					" VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};
static const vst_statement stop_remove = {VST_S_STOP_REMOVE,
                                          "DELETE FROM vst_stop WHERE phone = ? AND entity = ? AND kind = ?"};

static void add_to_summary(vst_stop_summary *summary, int64_t kind, int64_t scope, int64_t expires)
{
	/* The operator's bar is a state of its own, not a wish of the person. */
	if (kind == VST_STOP_OPERATOR_BAR) {
		summary->bar_until = expires != 0 ? expires : INT64_MAX;
	} else {
		summary->advertising |= 1u << kind;
		summary->all |= scope == VST_SCOPE_ALL ? 1u << kind : 0;
	}
	if (expires != 0 && (summary->expires == 0 || expires < summary->expires)) {
		summary->expires = expires;
	}
}

vst_rc vst_stop_summarise(vst_tx *tx, int64_t entity, int64_t phone, int64_t now, vst_stop_summary *out, vst_err *err)
{
	vst_stop_summary summary = {0, 0, 0, 0};
	vst_rows rows;
	bool found = true;
	vst_rc rc = vst_tx_query(tx, &stop_of_person, VST_ARGS(VST_INT(phone), VST_INT(entity)), &rows, err);

	while (rc == VST_OK && (rc = vst_rows_next(&rows, &found, err)) == VST_OK && found) {
		int64_t kind = vst_rows_integer(&rows, 0), expires = vst_rows_integer(&rows, 2);

		if (kind < 0 || kind >= VST_STOP_KIND_COUNT) {
			rc = vst_fail(err, VST_E_CORRUPT, "a stored stop has an unknown kind");
		} else if (expires == 0 || expires > now) {
			add_to_summary(&summary, kind, vst_rows_integer(&rows, 1), expires);
		}
	}
	vst_rows_end(&rows);
	if (rc == VST_OK) {
		*out = summary;
	}
	return rc;
}

static vst_rc summarise_again(vst_tx *tx, int64_t entity, int64_t phone, vst_err *err)
{
	vst_stop_summary summary;
	vst_rc rc = vst_stop_summarise(tx, entity, phone, vst_tx_now(tx), &summary, err);

	return rc == VST_OK ? vst_person_put_stops(tx, entity, phone, &summary, err) : rc;
}

vst_rc vst_stop_put(vst_tx *tx, const vst_stop *stop, vst_err *err)
{
	int64_t before[3] = {VST_SCOPE_ADVERTISING, 0, 0}; /* scope, added, expires */
	bool found = false, in_force;
	int64_t scope = stop->scope;
	vst_rc rc =
		vst_tx_integers(tx, &stop_get, VST_ARGS(VST_INT(stop->phone), VST_INT(stop->entity), VST_INT(stop->kind)),
	                    before, 3, &found, err);

	if (rc != VST_OK) {
		return rc;
	}
	in_force = found && (before[2] == 0 || before[2] > vst_tx_now(tx));
	if (in_force && before[0] == VST_SCOPE_ALL) {
		scope = VST_SCOPE_ALL;
	}
	rc = vst_tx_run(tx, &stop_put,
	                VST_ARGS(VST_INT(stop->phone), VST_INT(stop->entity), VST_INT(stop->kind), VST_INT(scope),
	                         VST_INT(stop->added), VST_INT(stop->expires), VST_TEXT(stop->reason),
	                         VST_TEXT(stop->author)),
	                NULL, err);
	return rc == VST_OK ? summarise_again(tx, stop->entity, stop->phone, err) : rc;
}

vst_rc vst_stop_get(vst_tx *tx, int64_t entity, int64_t phone, vst_stop_kind kind, vst_arena *arena, vst_stop *out,
                    bool *found, vst_err *err)
{
	vst_rows rows;
	vst_stop stop = {.entity = entity, .phone = phone, .kind = kind};
	bool row = false;
	vst_rc rc = vst_tx_query(tx, &stop_get, VST_ARGS(VST_INT(phone), VST_INT(entity), VST_INT(kind)), &rows, err);

	if (rc == VST_OK) {
		rc = vst_rows_next(&rows, &row, err);
	}
	if (rc == VST_OK && row) {
		stop.scope = vst_rows_integer(&rows, 0) == VST_SCOPE_ALL ? VST_SCOPE_ALL : VST_SCOPE_ADVERTISING;
		stop.added = vst_rows_integer(&rows, 1);
		stop.expires = vst_rows_integer(&rows, 2);
		stop.reason = vst_arena_copy(arena, vst_rows_text(&rows, 3));
		stop.author = vst_arena_copy(arena, vst_rows_text(&rows, 4));
		rc = arena->failed ? vst_fail_nomem(err) : VST_OK;
	}
	vst_rows_end(&rows);
	if (rc == VST_OK) {
		if (row) {
			*out = stop;
		}
		*found = row;
	}
	return rc;
}

vst_rc vst_stop_remove(vst_tx *tx, int64_t entity, int64_t phone, vst_stop_kind kind, bool *removed, vst_err *err)
{
	int64_t changed = 0;
	vst_rc rc = vst_tx_run(tx, &stop_remove, VST_ARGS(VST_INT(phone), VST_INT(entity), VST_INT(kind)), &changed, err);

	if (rc == VST_OK && changed != 0) {
		rc = summarise_again(tx, entity, phone, err);
	}
	if (rc == VST_OK) {
		*removed = changed != 0;
	}
	return rc;
}
