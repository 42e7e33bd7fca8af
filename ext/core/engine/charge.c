#include "charge.h"

/* Kept for as long even when no limit asks for it: a cap made longer then finds the month that has passed. */
#define KEPT_AT_LEAST ((int64_t) 32 * 86400)

const vst_cap_charge *vst_charge_find(const vst_person *person, int64_t seq)
{
	for (size_t i = 0; i < person->charge_count; i++) {
		if (person->charges[i].seq == seq) {
			return &person->charges[i];
		}
	}
	return NULL;
}

void vst_charge_mark_sent(vst_person *person, int64_t seq)
{
	for (size_t i = 0; i < person->charge_count; i++) {
		person->charges[i].sent = person->charges[i].sent || person->charges[i].seq == seq;
	}
}

static void remove_at(vst_person *person, size_t index)
{
	person->charge_count--;
	memmove(&person->charges[index], &person->charges[index + 1],
	        (person->charge_count - index) * sizeof person->charges[0]);
}

void vst_charge_take(vst_person *person, int64_t seq)
{
	const vst_cap_charge *charge = vst_charge_find(person, seq);

	if (charge != NULL) {
		remove_at(person, (size_t) (charge - person->charges));
	}
}

/*
 * What gives way in a full row: the oldest that was sent, else the reservation farthest away, which is charged again
 * when it is sent. Where caps hold, R15 refuses before this.
 */
static size_t least_needed(const vst_person *person)
{
	for (size_t i = 0; i < person->charge_count; i++) {
		if (person->charges[i].sent) {
			return i;
		}
	}
	return person->charge_count - 1;
}

void vst_charge_put(vst_person *person, vst_cap_charge charge)
{
	size_t i;

	vst_charge_take(person, charge.seq);
	if (person->charge_count == VST_CHARGES_MAX) {
		size_t gives_way = least_needed(person);

		if (!charge.sent && !person->charges[gives_way].sent && charge.at >= person->charges[gives_way].at) {
			return;
		}
		remove_at(person, gives_way);
	}
	for (i = person->charge_count; i > 0 && person->charges[i - 1].at > charge.at; i--) {
		person->charges[i] = person->charges[i - 1];
	}
	person->charges[i] = charge;
	person->charge_count++;
}

static void forget(vst_person *person, const vst_law_settings *law, int64_t now, int64_t at_least)
{
	size_t kept = 0;

	for (size_t i = 0; i < person->charge_count; i++) {
		const vst_cap_charge *charge = &person->charges[i];
		int64_t span = vst_law_charge_span(law, charge->kind);

		if (!charge->sent || charge->at > now - (span > at_least ? span : at_least)) {
			person->charges[kept++] = *charge;
		}
	}
	person->charge_count = kept;
}

void vst_charges_forget(vst_person *person, const vst_law_settings *law, int64_t now)
{
	forget(person, law, now, KEPT_AT_LEAST);
	if (person->charge_count == VST_CHARGES_MAX) {
		forget(person, law, now, 0);
	}
}

vst_rc vst_charge_set(vst_tx *tx, const vst_message *message, int64_t at, bool sent, vst_err *err)
{
	const vst_cap_charge *before;
	vst_person person;
	vst_rc rc;

	if (message->counts == VST_CHARGE_NONE || message->phone == 0) {
		return VST_OK;
	}
	rc = vst_person_get(tx, message->entity, message->phone, vst_tx_now(tx), &person, err);
	if (rc != VST_OK) {
		return rc;
	}
	before = vst_charge_find(&person, message->id.seq);
	vst_charge_put(&person, (vst_cap_charge) {
								.at = at,
								.seq = message->id.seq,
								.kind = message->counts,
								.priority = before != NULL ? before->priority : vst_priority_of(message->campaign),
								.sent = sent,
							});
	return vst_person_put(tx, message->entity, &person, err);
}

vst_rc vst_charge_drop(vst_tx *tx, const vst_message *message, vst_err *err)
{
	vst_person person;
	vst_rc rc;

	if (message->counts == VST_CHARGE_NONE || message->phone == 0) {
		return VST_OK;
	}
	rc = vst_person_get(tx, message->entity, message->phone, vst_tx_now(tx), &person, err);
	if (rc != VST_OK || vst_charge_find(&person, message->id.seq) == NULL) {
		return rc;
	}
	vst_charge_take(&person, message->id.seq);
	return vst_person_put(tx, message->entity, &person, err);
}
