/* One row for all that the gate asks of a person towards an entity. Stops in it are a summary: stop.c keeps it. */
#include "person.h"

#include "base/packing.h"

static const vst_statement person_get = {VST_S_PERSON_GET,
                                         "SELECT last_seq, stop_advertising, stop_all, stop_expires, bar_until, "
                                         "active, consent, charges, charge_tags FROM vst_person"
                                         " WHERE entity = ? AND phone = ?"};
static const vst_statement person_update = {VST_S_PERSON_UPDATE,
                                            "UPDATE vst_person SET last_seq = ?, active = ?, consent = ?, charges = ?, "
                                            "charge_tags = ? WHERE entity = ? AND phone = ?"};
static const vst_statement person_insert = {
	VST_S_PERSON_INSERT,
	"INSERT INTO vst_person (last_seq, active, consent, charges, charge_tags, entity, phone, stop_advertising,"
	" stop_all, stop_expires, bar_until) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0)"};
static const vst_statement person_stops = {
	VST_S_PERSON_STOPS, "UPDATE vst_person SET stop_advertising = ?, stop_all = ?, stop_expires = ?, bar_until = ?"
						" WHERE entity = ? AND phone = ?"};
static const vst_statement person_elsewhere = {
	VST_S_PERSON_ELSEWHERE, "SELECT entity, consent FROM vst_person"
							" WHERE phone = ? AND entity IN (SELECT id FROM vst_name WHERE kind = ?)"};

/* purpose, status, source and complete in one number, then since and event; absent purposes are left out */
#define CONSENT_BYTES (VST_PURPOSE_COUNT * 30)
#define CHARGES_BYTES (VST_CHARGES_MAX * 20)
#define TAGS_BYTES (VST_CHARGES_MAX * 2)

static vst_str pack_consent(const vst_person *person, unsigned char bytes[CONSENT_BYTES])
{
	vst_packer packer = {bytes, 0, CONSENT_BYTES, false};

	for (int purpose = 0; purpose < VST_PURPOSE_COUNT; purpose++) {
		const vst_consent_fact *fact = &person->consent[purpose];

		if (fact->status != VST_CONSENT_NONE || fact->event != 0) {
			vst_pack(&packer,
			         purpose | (int) fact->status << 3 | (fact->complete ? 1 : 0) << 6 | (int) fact->source << 7);
			vst_pack(&packer, fact->since);
			vst_pack(&packer, fact->event);
		}
	}
	return vst_str_of((const char *) bytes, packer.len);
}

static bool unpack_consent(vst_str blob, vst_person *person)
{
	vst_unpacker unpacker = vst_unpacker_of(blob);

	while (unpacker.at < unpacker.end && !unpacker.broken) {
		int64_t tag = vst_unpack(&unpacker);
		int64_t purpose = tag & 7, status = tag >> 3 & 7, source = tag >> 7;
		vst_consent_fact *fact;

		if (tag < 0 || purpose >= VST_PURPOSE_COUNT || status >= VST_CONSENT_STATUS_COUNT ||
		    source >= VST_SOURCE_COUNT) {
			return false;
		}
		fact = &person->consent[purpose];
		fact->status = (vst_consent_status) status;
		fact->source = (vst_source) source;
		fact->complete = (tag >> 6 & 1) != 0;
		fact->since = vst_unpack(&unpacker);
		fact->event = vst_unpack(&unpacker);
	}
	return !unpacker.broken;
}

/* Charges ascend, so differences are small. */
static vst_str pack_charges(const vst_person *person, unsigned char bytes[CHARGES_BYTES])
{
	vst_packer packer = {bytes, 0, CHARGES_BYTES, false};
	int64_t at = 0, seq = 0;

	for (size_t i = 0; i < person->charge_count; i++) {
		vst_pack(&packer, person->charges[i].at - at);
		vst_pack(&packer, person->charges[i].seq - seq);
		at = person->charges[i].at;
		seq = person->charges[i].seq;
	}
	return vst_str_of((const char *) bytes, packer.len);
}

/* Kind, sent and priority of each charge in one number. */
static vst_str pack_tags(const vst_person *person, unsigned char bytes[TAGS_BYTES])
{
	vst_packer packer = {bytes, 0, TAGS_BYTES, false};

	for (size_t i = 0; i < person->charge_count; i++) {
		vst_pack(&packer, (person->charges[i].kind == VST_CHARGE_DEBT ? 1 : 0) |
		                      (person->charges[i].sent ? 1 : 0) << 1 | person->charges[i].priority << 2);
	}
	return vst_str_of((const char *) bytes, packer.len);
}

static bool unpack_charges(vst_str blob, vst_person *person)
{
	vst_unpacker unpacker = vst_unpacker_of(blob);
	int64_t at = 0, seq = 0;

	person->charge_count = 0;
	while (unpacker.at < unpacker.end && !unpacker.broken) {
		if (person->charge_count == VST_CHARGES_MAX) {
			return false;
		}
		at += vst_unpack(&unpacker);
		seq += vst_unpack(&unpacker);
		person->charges[person->charge_count++] =
			(vst_cap_charge) {at, seq, VST_CHARGE_ADVERTISING, VST_PRIORITY_MAX, true};
	}
	return !unpacker.broken;
}

/* Schema 1.0 knows no tags: where there are not as many as charges, each counts, and nobody outbids it. */
static bool unpack_tags(vst_str blob, vst_person *person)
{
	vst_unpacker unpacker = vst_unpacker_of(blob);
	int64_t tags[VST_CHARGES_MAX];
	size_t count = 0;

	while (unpacker.at < unpacker.end && !unpacker.broken && count < VST_CHARGES_MAX) {
		tags[count] = vst_unpack(&unpacker);
		if (tags[count] < 0 || tags[count] >> 2 > VST_PRIORITY_MAX) {
			return false;
		}
		count++;
	}
	for (size_t i = 0; count == person->charge_count && i < count; i++) {
		vst_cap_charge *charge = &person->charges[i];

		charge->kind = (tags[i] & 1) != 0 ? VST_CHARGE_DEBT : VST_CHARGE_ADVERTISING;
		charge->sent = (tags[i] & 2) != 0;
		charge->priority = (int) (tags[i] >> 2);
	}
	return !unpacker.broken;
}

static vst_rc read_person(vst_tx *tx, int64_t entity, int64_t phone, vst_person *out, int64_t *stop_expires,
                          vst_err *err)
{
	vst_rows rows;
	bool found = false;
	vst_rc rc = vst_tx_query(tx, &person_get, VST_ARGS(VST_INT(entity), VST_INT(phone)), &rows, err);

	if (rc == VST_OK) {
		rc = vst_rows_next(&rows, &found, err);
	}
	if (rc == VST_OK && found) {
		out->last_seq = vst_rows_integer(&rows, 0);
		out->stop_advertising = (unsigned) vst_rows_integer(&rows, 1);
		out->stop_all = (unsigned) vst_rows_integer(&rows, 2);
		*stop_expires = vst_rows_integer(&rows, 3);
		out->bar_until = vst_rows_integer(&rows, 4);
		out->active_at = vst_rows_integer(&rows, 5);
		if (!unpack_consent(vst_rows_text(&rows, 6), out) || !unpack_charges(vst_rows_text(&rows, 7), out) ||
		    !unpack_tags(vst_rows_text(&rows, 8), out)) {
			rc = vst_fail(err, VST_E_CORRUPT, "a stored person cannot be read");
		}
	}
	vst_rows_end(&rows);
	return rc;
}

vst_rc vst_person_get(vst_tx *tx, int64_t entity, int64_t phone, int64_t now, vst_person *out, vst_err *err)
{
	int64_t stop_expires = 0;
	vst_rc rc;

	memset(out->consent, 0, sizeof out->consent);
	out->phone = phone;
	out->stop_advertising = out->stop_all = 0;
	out->bar_until = out->last_seq = out->active_at = 0;
	out->consent_elsewhere = false;
	out->charge_count = 0;
	rc = read_person(tx, entity, phone, out, &stop_expires, err);
	if (rc == VST_OK && stop_expires != 0 && stop_expires <= now) {
		vst_stop_summary summary;

		rc = vst_stop_summarise(tx, entity, phone, now, &summary, err);
		if (rc == VST_OK) {
			out->stop_advertising = summary.advertising;
			out->stop_all = summary.all;
			out->bar_until = summary.bar_until;
		}
	}
	return rc;
}

vst_rc vst_person_put(vst_tx *tx, int64_t entity, const vst_person *person, vst_err *err)
{
	unsigned char consent[CONSENT_BYTES], charges[CHARGES_BYTES], tags[TAGS_BYTES];
	const vst_arg args[] = {
		VST_INT(person->last_seq),
		VST_INT(person->active_at),
		VST_BLOB(pack_consent(person, consent)),
		VST_BLOB(pack_charges(person, charges)),
		VST_BLOB(pack_tags(person, tags)),
		VST_INT(entity),
		VST_INT(person->phone),
	};
	int64_t changed = 0;
	vst_rc rc;

	if (person->charge_count > VST_CHARGES_MAX) {
		return vst_fail(err, VST_E_CORRUPT, "a person has more charges than fit");
	}
	rc = vst_tx_run(tx, &person_update, args, sizeof args / sizeof *args, &changed, err);
	if (rc == VST_OK && changed == 0) {
		rc = vst_tx_run(tx, &person_insert, args, sizeof args / sizeof *args, NULL, err);
	}
	return rc;
}

vst_rc vst_person_put_stops(vst_tx *tx, int64_t entity, int64_t phone, const vst_stop_summary *summary, vst_err *err)
{
	const vst_arg args[] = {
		VST_INT(summary->advertising), VST_INT(summary->all), VST_INT(summary->expires),
		VST_INT(summary->bar_until),   VST_INT(entity),       VST_INT(phone),
	};
	int64_t changed = 0;
	vst_rc rc = vst_tx_run(tx, &person_stops, args, sizeof args / sizeof *args, &changed, err);

	if (rc == VST_OK && changed == 0) {
		const vst_arg empty[] = {
			VST_INT(0),      VST_INT(0),     VST_BLOB(VST_STR_EMPTY), VST_BLOB(VST_STR_EMPTY), VST_BLOB(VST_STR_EMPTY),
			VST_INT(entity), VST_INT(phone),
		};

		rc = vst_tx_run(tx, &person_insert, empty, sizeof empty / sizeof *empty, NULL, err);
		if (rc == VST_OK) {
			rc = vst_tx_run(tx, &person_stops, args, sizeof args / sizeof *args, NULL, err);
		}
	}
	return rc;
}

static bool consent_counts(const vst_person *person, bool same_entity)
{
	if (!same_entity) {
		return person->consent[VST_PURPOSE_ADVERTISING].status == VST_CONSENT_GRANTED;
	}
	for (int purpose = 0; purpose < VST_PURPOSE_COUNT; purpose++) {
		if (purpose != VST_PURPOSE_ADVERTISING && person->consent[purpose].status == VST_CONSENT_GRANTED) {
			return true;
		}
	}
	return false;
}

vst_rc vst_person_consent_elsewhere(vst_tx *tx, int64_t entity, int64_t phone, bool *elsewhere, vst_err *err)
{
	vst_rows rows;
	bool found = true, result = false;
	vst_rc rc = vst_tx_query(tx, &person_elsewhere, VST_ARGS(VST_INT(phone), VST_INT(VST_NAME_ENTITY)), &rows, err);

	while (rc == VST_OK && !result && (rc = vst_rows_next(&rows, &found, err)) == VST_OK && found) {
		vst_person person = {0};

		if (!unpack_consent(vst_rows_text(&rows, 1), &person)) {
			rc = vst_fail(err, VST_E_CORRUPT, "a stored person cannot be read");
		}
		result = consent_counts(&person, vst_rows_integer(&rows, 0) == entity);
	}
	vst_rows_end(&rows);
	if (rc == VST_OK) {
		*elsewhere = result;
	}
	return rc;
}
