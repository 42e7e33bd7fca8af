/*
 * A person's cap charges: advertising that was handed over or is reserved to be, in the order of its instants. They
 * stand in the person's row, so that one read shows them and one write reserves a slot.
 */
#include "internal.h"

static void take_out(vst_person *person, int64_t seq)
{
	size_t kept = 0;

	for (size_t i = 0; i < person->charge_count; i++) {
		if (person->charges[i].seq != seq) {
			person->charges[kept++] = person->charges[i];
		}
	}
	person->charge_count = kept;
}

static void put_in(vst_person *person, int64_t at, int64_t seq)
{
	size_t i;

	/* The oldest gives way when the row is full: caps look back over far fewer. */
	if (person->charge_count == VST_CHARGES_MAX) {
		person->charge_count--;
		memmove(&person->charges[0], &person->charges[1], person->charge_count * sizeof person->charges[0]);
	}
	for (i = person->charge_count; i > 0 && person->charges[i - 1].at > at; i--) {
		person->charges[i] = person->charges[i - 1];
	}
	person->charges[i] = (vst_cap_charge) {.at = at, .seq = seq};
	person->charge_count++;
}

static bool is_charged(const vst_person *person, int64_t seq)
{
	for (size_t i = 0; i < person->charge_count; i++) {
		if (person->charges[i].seq == seq) {
			return true;
		}
	}
	return false;
}

vst_rc vst_charge_set(vst_tx *tx, const vst_message *message, int64_t at, vst_err *err)
{
	vst_person person;
	vst_rc rc;

	if (!message->counts_for_caps || message->phone == 0) {
		return VST_OK;
	}
	rc = vst_person_get(tx, message->entity, message->phone, vst_tx_now(tx), &person, err);
	if (rc != VST_OK) {
		return rc;
	}
	take_out(&person, message->id.seq);
	put_in(&person, at, message->id.seq);
	return vst_person_put(tx, message->entity, &person, err);
}

vst_rc vst_charge_drop(vst_tx *tx, const vst_message *message, vst_err *err)
{
	vst_person person;
	vst_rc rc;

	if (!message->counts_for_caps || message->phone == 0) {
		return VST_OK;
	}
	rc = vst_person_get(tx, message->entity, message->phone, vst_tx_now(tx), &person, err);
	if (rc != VST_OK || !is_charged(&person, message->id.seq)) {
		return rc;
	}
	take_out(&person, message->id.seq);
	return vst_person_put(tx, message->entity, &person, err);
}
