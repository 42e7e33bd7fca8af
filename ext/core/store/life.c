/* The store's life: its clock, the installation it is bound to, the answer after a move, what it says of itself. */
#include <stdio.h>
#include <sys/stat.h>

#include "handle.h"
#include "ownership.h"

static const vst_statement version_place = {
	VST_S_VERSION_PLACE, "UPDATE vst_version SET hold = ?, inode = ?, born = ?, machine = ? WHERE id = 1"};
static const vst_statement version_bind = {
	VST_S_VERSION_BIND,
	"UPDATE vst_version SET bound = 1, bound_id = ?, bound_root = ?, bound_database = ? WHERE id = 1"};
static const vst_statement version_texts = {
	VST_S_VERSION_TEXTS, "SELECT store_id, bound, bound_id, bound_root, bound_database FROM vst_version WHERE id = 1"};

/* ---- clock ---- */

static vst_rc set_clock(vst_tx *tx, void *context, vst_err *err)
{
	int64_t now_ms = *(const int64_t *) context;

	if (now_ms < tx->now_ms) {
		return vst_fail(err, VST_E_INVALID, "the clock does not go back");
	}
	tx->now_ms = now_ms;
	return vst_counter_set(tx, VST_COUNTER_CLOCK_MS, now_ms, err);
}

vst_rc vst_store_set_clock(vst_store *store, int64_t now, vst_err *err)
{
	int64_t now_ms;

	if (store->clock != VST_CLOCK_MANUAL) {
		return vst_fail(err, VST_E_INVALID,
		                "this store's clock is the system's: only a store made with ?clock=manual is set");
	}
	/* a seq has 48 bits of milliseconds */
	if (now < 0 || __builtin_mul_overflow(now, 1000, &now_ms) || now_ms >= INT64_C(1) << 47) {
		return vst_fail(err, VST_E_INVALID, "the clock cannot show this instant");
	}
	return vst_store_write(store, set_clock, &now_ms, err);
}

/* ---- installation ---- */

static bool same_installation(const vst_rows *rows, const vst_installation *installation)
{
	return vst_str_equal(vst_rows_text(rows, 2), installation->id) &&
	       vst_str_equal(vst_rows_text(rows, 3), installation->document_root) &&
	       vst_str_equal(vst_rows_text(rows, 4), installation->database);
}

static vst_rc bind(vst_tx *tx, void *context, vst_err *err)
{
	const vst_installation *installation = context;
	vst_rows rows;
	bool found = false, bound = false;
	vst_rc rc = vst_tx_query(tx, &version_texts, VST_NO_ARGS, &rows, err);

	if (rc == VST_OK) {
		rc = vst_rows_next(&rows, &found, err);
	}
	if (rc == VST_OK) {
		bound = vst_rows_integer(&rows, 1) != 0;
		if (bound && !same_installation(&rows, installation)) {
			vst_str id = vst_rows_text(&rows, 2);

			rc = vst_fail(err, VST_E_DENIED, "the store belongs to another installation: \"%.*s\"",
			              (int) (id.len < 64 ? id.len : 64), id.ptr);
		}
	}
	vst_rows_end(&rows);
	if (rc == VST_OK && !bound) {
		rc = vst_tx_run(tx, &version_bind,
		                VST_ARGS(VST_TEXT(installation->id), VST_TEXT(installation->document_root),
		                         VST_TEXT(installation->database)),
		                NULL, err);
	}
	return rc;
}

static vst_rc check_binding(vst_tx *tx, void *context, vst_err *err)
{
	const vst_installation **installation = context;
	vst_rows rows;
	bool found = false;
	vst_rc rc = vst_tx_query(tx, &version_texts, VST_NO_ARGS, &rows, err);

	if (rc == VST_OK) {
		rc = vst_rows_next(&rows, &found, err);
	}
	if (rc == VST_OK && vst_rows_integer(&rows, 1) != 0 && same_installation(&rows, *installation)) {
		*installation = NULL;
	}
	vst_rows_end(&rows);
	return rc;
}

vst_rc vst_store_bind(vst_store *store, const vst_installation *installation, vst_err *err)
{
	const vst_installation *left = installation;
	vst_installation copy = *installation;
	vst_rc rc;

	if (installation->id.len == 0) {
		return vst_fail(err, VST_E_INVALID, "id: an installation has an id");
	}
	/* Bound already is what a page finds: it need not queue with the writers. */
	rc = vst_store_read(store, check_binding, &left, err);
	return rc == VST_OK && left != NULL ? vst_store_write(store, bind, &copy, err) : rc;
}

/* ---- after a move ---- */

static vst_rc answer(vst_tx *tx, void *context, vst_err *err)
{
	bool live = *(const bool *) context;
	const vst_place *place = &tx->store->place;
	vst_rc rc;

	if (tx->hold == VST_HOLD_NONE) {
		return vst_fail(err, VST_E_INVALID, "the store does not hold: there is nothing to answer");
	}
	tx->hold = tx->stored_hold = live ? VST_HOLD_NONE : VST_HOLD_COPY;
	rc = vst_tx_run(tx, &version_place,
	                VST_ARGS(VST_INT(tx->hold), VST_INT(place->inode), VST_INT(place->born),
	                         VST_TEXT(vst_str_from(place->machine))),
	                NULL, err);
	return rc;
}

vst_rc vst_store_answer(vst_store *store, bool live, vst_err *err)
{
	return vst_store_write(store, answer, &live, err);
}

/* ---- what it says of itself ---- */

static void copy_text(char *out, size_t size, vst_str text)
{
	size_t len = text.len < size ? text.len : size - 1;

	memcpy(out, text.ptr, len);
	out[len] = '\0';
}

static void describe_hold(const vst_version *version, const vst_tx *tx, vst_store_info *out)
{
	const char *difference = vst_place_difference(&version->place, &tx->store->place);
	const char *reason = "";

	if (tx->hold == VST_HOLD_COPY) {
		reason = "copy";
	} else if (tx->hold == VST_HOLD_MOVED) {
		reason = difference != NULL ? difference : "backup";
	}
	copy_text(out->hold_reason, sizeof out->hold_reason, vst_str_from(reason));
}

static vst_rc describe(vst_tx *tx, void *context, vst_err *err)
{
	vst_store_info *out = context;
	vst_version version;
	vst_rows rows;
	bool found = false;
	vst_rc rc = vst_version_read(tx, &version, err);

	if (rc != VST_OK) {
		return rc;
	}
	out->schema_major = version.major;
	out->schema_minor = version.minor;
	out->clock = version.clock;
	out->hold = tx->hold;
	describe_hold(&version, tx, out);
	rc = vst_tx_query(tx, &version_texts, VST_NO_ARGS, &rows, err);
	if (rc == VST_OK) {
		rc = vst_rows_next(&rows, &found, err);
	}
	if (rc == VST_OK && found) {
		copy_text(out->store_id, sizeof out->store_id, vst_rows_text(&rows, 0));
		out->bound = vst_rows_integer(&rows, 1) != 0;
		copy_text(out->bound_id, sizeof out->bound_id, vst_rows_text(&rows, 2));
		copy_text(out->bound_root, sizeof out->bound_root, vst_rows_text(&rows, 3));
		copy_text(out->bound_database, sizeof out->bound_database, vst_rows_text(&rows, 4));
	}
	vst_rows_end(&rows);
	return rc;
}

vst_rc vst_store_describe(vst_store *store, vst_store_info *out, vst_err *err)
{
	vst_store_info info = {0};
	struct stat status;
	char log[520];
	vst_rc rc = vst_store_read(store, describe, &info, err);

	if (rc != VST_OK) {
		return rc;
	}
	copy_text(info.path, sizeof info.path, vst_str_from(store->path));
	copy_text(info.driver, sizeof info.driver, vst_str_from(store->driver->name));
	copy_text(info.driver_version, sizeof info.driver_version, vst_str_from(store->driver->version()));
	info.inode = store->place.inode;
	if (stat(store->path, &status) == 0) {
		info.file_bytes = (int64_t) status.st_size;
		vst_user_name((unsigned) status.st_uid, info.owner, sizeof info.owner);
	}
	(void) snprintf(log, sizeof log, "%s-wal", store->path);
	if (stat(log, &status) == 0) {
		info.log_bytes = (int64_t) status.st_size;
	}
	*out = info;
	return VST_OK;
}
