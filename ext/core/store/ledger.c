/*
 * The consent ledger: append-only and chained. A hash covers the hash before it and a canonical text of the entry, in
 * which the phone and the evidence stand as keyed marks. So an entry can be erased of personal data and the chain
 * still verifies, and nobody finds a phone by trying all numbers without the store's secret.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/digest.h"
#include "handle.h"

static const vst_statement secret_get = {VST_S_VERSION_SECRET, "SELECT secret FROM vst_version WHERE id = 1"};
static const vst_statement ledger_hash = {VST_S_LEDGER_HASH, "SELECT hash FROM vst_ledger WHERE number = ?"};
static const vst_statement ledger_put = {
	VST_S_LEDGER_PUT,
	"INSERT INTO vst_ledger (number, at, entity, phone, purpose, type, body, phone_mark, body_mark, wording, hash)"
	" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
static const vst_statement ledger_get = {
	VST_S_LEDGER_GET,
	"SELECT l.number, l.at, l.entity, l.phone, l.purpose, l.type, l.body, l.hash, COALESCE(w.text, '')"
	" FROM vst_ledger l LEFT JOIN vst_wording w ON w.hash = l.wording WHERE l.number = ?"};
static const vst_statement ledger_walk = {
	VST_S_LEDGER_WALK,
	"SELECT l.number, l.at, l.entity, l.phone, l.purpose, l.type, l.body, l.phone_mark, l.body_mark, l.wording, l.hash,"
	" w.text FROM vst_ledger l LEFT JOIN vst_wording w ON w.hash = l.wording"
	" WHERE l.number > ? ORDER BY l.number LIMIT ?"};
static const vst_statement wording_get = {VST_S_WORDING_GET, "SELECT 1 FROM vst_wording WHERE hash = ?"};
static const vst_statement wording_put = {VST_S_WORDING_PUT, "INSERT INTO vst_wording (hash, text) VALUES (?, ?)"};

#define CANONICAL_MAX 512

/* What is hashed, besides the hash before. */
typedef struct canonical {
	int64_t number, at, entity;
	vst_purpose purpose;
	vst_str type;
	unsigned char phone_mark[VST_SHA256_LEN], body_mark[VST_SHA256_LEN];
	unsigned char wording[VST_SHA256_LEN];
	bool has_wording;
} canonical;

static vst_str bytes_of(const unsigned char *bytes)
{
	return vst_str_of((const char *) bytes, VST_SHA256_LEN);
}

static vst_rc read_secret(vst_tx *tx, vst_err *err)
{
	vst_rows rows;
	bool found = false;
	vst_rc rc;

	if (tx->secret_known) {
		return VST_OK;
	}
	rc = vst_tx_query(tx, &secret_get, VST_NO_ARGS, &rows, err);
	if (rc == VST_OK) {
		rc = vst_rows_next(&rows, &found, err);
	}
	if (rc == VST_OK) {
		vst_str secret = found ? vst_rows_text(&rows, 0) : VST_STR_EMPTY;

		if (secret.len == sizeof tx->secret) {
			memcpy(tx->secret, secret.ptr, secret.len);
			tx->secret_known = true;
		} else {
			rc = vst_fail(err, VST_E_CORRUPT, "the store has lost the secret of its ledger");
		}
	}
	vst_rows_end(&rows);
	return rc;
}

/* Phone and evidence are marked with different prefixes, so that neither mark can pass for the other. */
static vst_rc mark_phone(const vst_tx *tx, int64_t phone, unsigned char out[VST_SHA256_LEN], vst_err *err)
{
	char text[48];
	int len = snprintf(text, sizeof text, "phone:%" PRId64, phone);

	return vst_hmac_sha256(vst_str_of((const char *) tx->secret, sizeof tx->secret), vst_str_of(text, (size_t) len),
	                       out, err);
}

static vst_rc mark_body(const vst_tx *tx, vst_str body, unsigned char out[VST_SHA256_LEN], vst_err *err)
{
	const vst_str parts[] = {VST_STR("body:"), body};
	unsigned char digest[VST_SHA256_LEN];
	vst_rc rc = vst_sha256_parts(parts, 2, digest, err);

	return rc == VST_OK
	           ? vst_hmac_sha256(vst_str_of((const char *) tx->secret, sizeof tx->secret), bytes_of(digest), out, err)
	           : rc;
}

static vst_rc chain(vst_str previous, const canonical *entry, unsigned char out[VST_SHA256_LEN], vst_err *err)
{
	char phone[2 * VST_SHA256_LEN + 1], body[2 * VST_SHA256_LEN + 1], wording[2 * VST_SHA256_LEN + 1] = "";
	char text[CANONICAL_MAX];
	vst_str parts[2] = {previous, VST_STR_EMPTY};
	int len;

	vst_hex(entry->phone_mark, VST_SHA256_LEN, phone);
	vst_hex(entry->body_mark, VST_SHA256_LEN, body);
	if (entry->has_wording) {
		vst_hex(entry->wording, VST_SHA256_LEN, wording);
	}
	len = snprintf(text, sizeof text, "vestnik ledger 1\n%" PRId64 "\n%" PRId64 "\n%" PRId64 "\n%s\n%.*s\n%s\n%s\n%s\n",
	               entry->number, entry->at, entry->entity, vst_purpose_name(entry->purpose), VST_STR_ARGS(entry->type),
	               phone, body, wording);
	if (len < 0 || (size_t) len >= sizeof text) {
		return vst_fail(err, VST_E_INVALID, "the type of a ledger entry is too long");
	}
	parts[1] = vst_str_of(text, (size_t) len);
	return vst_sha256_parts(parts, 2, out, err);
}

static vst_rc keep_wording(vst_tx *tx, vst_str wording, canonical *out, vst_err *err)
{
	int64_t one;
	bool found = false;
	vst_rc rc;

	out->has_wording = wording.len > 0;
	if (!out->has_wording) {
		return VST_OK;
	}
	rc = vst_sha256_parts(&wording, 1, out->wording, err);
	if (rc == VST_OK) {
		rc = vst_tx_integers(tx, &wording_get, VST_ARGS(VST_BLOB(bytes_of(out->wording))), &one, 1, &found, err);
	}
	if (rc == VST_OK && !found) {
		rc = vst_tx_run(tx, &wording_put, VST_ARGS(VST_BLOB(bytes_of(out->wording)), VST_TEXT(wording)), NULL, err);
	}
	return rc;
}

static vst_rc hash_of(vst_tx *tx, int64_t number, unsigned char out[VST_SHA256_LEN], vst_err *err)
{
	vst_rows rows;
	bool found = false;
	vst_rc rc;

	memset(out, 0, VST_SHA256_LEN);
	if (number == 0) {
		return VST_OK; /* before the first entry */
	}
	rc = vst_tx_query(tx, &ledger_hash, VST_ARGS(VST_INT(number)), &rows, err);
	if (rc == VST_OK) {
		rc = vst_rows_next(&rows, &found, err);
	}
	if (rc == VST_OK) {
		vst_str hash = found ? vst_rows_text(&rows, 0) : VST_STR_EMPTY;

		if (hash.len == VST_SHA256_LEN) {
			memcpy(out, hash.ptr, hash.len);
		} else {
			rc = vst_fail(err, VST_E_CORRUPT, "an entry of the consent ledger is missing");
		}
	}
	vst_rows_end(&rows);
	return rc;
}

vst_rc vst_ledger_append(vst_tx *tx, vst_ledger_entry *entry, vst_err *err)
{
	canonical form = {.at = entry->at, .entity = entry->entity, .purpose = entry->purpose, .type = entry->type};
	unsigned char previous[VST_SHA256_LEN], hash[VST_SHA256_LEN];
	vst_rc rc = read_secret(tx, err);

	if (rc == VST_OK) {
		rc = vst_counter_next(tx, VST_COUNTER_LEDGER, &form.number, err);
	}
	if (rc == VST_OK) {
		rc = hash_of(tx, form.number - 1, previous, err);
	}
	if (rc == VST_OK) {
		rc = mark_phone(tx, entry->phone, form.phone_mark, err);
	}
	if (rc == VST_OK) {
		rc = mark_body(tx, entry->body, form.body_mark, err);
	}
	if (rc == VST_OK) {
		rc = keep_wording(tx, entry->wording, &form, err);
	}
	if (rc == VST_OK) {
		rc = chain(bytes_of(previous), &form, hash, err);
	}
	if (rc == VST_OK) {
		rc = vst_tx_run(tx, &ledger_put,
		                VST_ARGS(VST_INT(form.number), VST_INT(form.at), VST_INT(form.entity), VST_INT(entry->phone),
		                         VST_INT(form.purpose), VST_TEXT(form.type), VST_TEXT(entry->body),
		                         VST_BLOB(bytes_of(form.phone_mark)), VST_BLOB(bytes_of(form.body_mark)),
		                         VST_BLOB(form.has_wording ? bytes_of(form.wording) : VST_STR_EMPTY),
		                         VST_BLOB(bytes_of(hash))),
		                NULL, err);
	}
	if (rc == VST_OK) {
		entry->number = form.number;
		memcpy(entry->hash, hash, sizeof hash);
	}
	return rc;
}

vst_rc vst_ledger_get(vst_tx *tx, int64_t number, vst_arena *arena, vst_ledger_entry *out, bool *found, vst_err *err)
{
	vst_rows rows;
	vst_ledger_entry entry = {0};
	bool row = false;
	vst_rc rc = vst_tx_query(tx, &ledger_get, VST_ARGS(VST_INT(number)), &rows, err);

	if (rc == VST_OK) {
		rc = vst_rows_next(&rows, &row, err);
	}
	if (rc == VST_OK && row) {
		vst_str hash = vst_rows_text(&rows, 7);

		entry.number = vst_rows_integer(&rows, 0);
		entry.at = vst_rows_integer(&rows, 1);
		entry.entity = vst_rows_integer(&rows, 2);
		entry.phone = vst_rows_integer(&rows, 3);
		entry.purpose = (vst_purpose) vst_rows_integer(&rows, 4);
		entry.type = vst_arena_copy(arena, vst_rows_text(&rows, 5));
		entry.body = vst_arena_copy(arena, vst_rows_text(&rows, 6));
		memcpy(entry.hash, hash.ptr, hash.len < sizeof entry.hash ? hash.len : sizeof entry.hash);
		entry.wording = vst_arena_copy(arena, vst_rows_text(&rows, 8));
		rc = arena->failed ? vst_fail_nomem(err) : VST_OK;
	}
	vst_rows_end(&rows);
	if (rc == VST_OK) {
		if (row) {
			*out = entry;
		}
		*found = row;
	}
	return rc;
}

vst_rc vst_ledger_head(vst_tx *tx, int64_t *number, unsigned char hash[32], vst_err *err)
{
	int64_t last = 0;
	vst_rc rc = vst_counter_get(tx, VST_COUNTER_LEDGER, &last, err);

	if (rc == VST_OK) {
		rc = hash_of(tx, last, hash, err);
	}
	if (rc == VST_OK) {
		*number = last;
	}
	return rc;
}

static bool copy_hash(vst_str bytes, unsigned char out[VST_SHA256_LEN])
{
	if (bytes.len != VST_SHA256_LEN) {
		return false;
	}
	memcpy(out, bytes.ptr, VST_SHA256_LEN);
	return true;
}

/* What has not been erased must still be what was marked. */
static vst_rc contents_match(const vst_tx *tx, const vst_rows *rows, const canonical *entry, bool *match, vst_err *err)
{
	unsigned char mark[VST_SHA256_LEN];
	int64_t phone = vst_rows_integer(rows, 3);
	vst_str body = vst_rows_text(rows, 6), wording = vst_rows_text(rows, 11);
	vst_rc rc = VST_OK;

	*match = true;
	if (phone != 0) {
		rc = mark_phone(tx, phone, mark, err);
		*match = rc == VST_OK && memcmp(mark, entry->phone_mark, sizeof mark) == 0;
	}
	if (rc == VST_OK && *match && body.len > 0) {
		rc = mark_body(tx, body, mark, err);
		*match = rc == VST_OK && memcmp(mark, entry->body_mark, sizeof mark) == 0;
	}
	if (rc == VST_OK && *match && entry->has_wording) {
		rc = vst_sha256_parts(&wording, 1, mark, err);
		*match = rc == VST_OK && memcmp(mark, entry->wording, sizeof mark) == 0;
	}
	return rc;
}

/* `previous` is the hash before, and becomes this entry's. */
static vst_rc verify_one(const vst_tx *tx, const vst_rows *rows, int64_t number, unsigned char previous[VST_SHA256_LEN],
                         bool *intact, vst_err *err)
{
	canonical entry = {.number = vst_rows_integer(rows, 0),
	                   .at = vst_rows_integer(rows, 1),
	                   .entity = vst_rows_integer(rows, 2),
	                   .purpose = (vst_purpose) vst_rows_integer(rows, 4),
	                   .type = vst_rows_text(rows, 5)};
	unsigned char stored[VST_SHA256_LEN], computed[VST_SHA256_LEN];
	bool match = false;
	vst_rc rc;

	entry.has_wording = vst_rows_text(rows, 9).len > 0;
	*intact = false;
	if (entry.number != number || !copy_hash(vst_rows_text(rows, 7), entry.phone_mark) ||
	    !copy_hash(vst_rows_text(rows, 8), entry.body_mark) || !copy_hash(vst_rows_text(rows, 10), stored) ||
	    (entry.has_wording && !copy_hash(vst_rows_text(rows, 9), entry.wording))) {
		return VST_OK;
	}
	rc = contents_match(tx, rows, &entry, &match, err);
	if (rc == VST_OK) {
		rc = chain(bytes_of(previous), &entry, computed, err);
	}
	if (rc == VST_OK) {
		*intact = match && memcmp(computed, stored, sizeof stored) == 0;
		if (*intact) {
			memcpy(previous, stored, sizeof stored);
		}
	}
	return rc;
}

vst_rc vst_ledger_verify(vst_tx *tx, int64_t after, int64_t limit, unsigned char hash[32], int64_t *last,
                         int64_t *first_broken, vst_err *err)
{
	int64_t head = 0, at = after;
	vst_rows rows;
	bool found = true, intact = true;
	vst_rc rc = vst_counter_get(tx, VST_COUNTER_LEDGER, &head, err);

	if (rc == VST_OK) {
		rc = read_secret(tx, err);
	}
	if (rc != VST_OK) {
		return rc;
	}
	rc = vst_tx_query(tx, &ledger_walk, VST_ARGS(VST_INT(after), VST_INT(limit)), &rows, err);
	while (rc == VST_OK && intact && (rc = vst_rows_next(&rows, &found, err)) == VST_OK && found) {
		rc = verify_one(tx, &rows, at + 1, hash, &intact, err);
		at += intact ? 1 : 0;
	}
	vst_rows_end(&rows);
	if (rc == VST_OK) {
		/* an end cut off is a break as well: the counter knows how many there were */
		bool missing = intact && at - after < limit && at != head;

		*first_broken = !intact || missing ? at + 1 : 0;
		*last = at;
	}
	return rc;
}
