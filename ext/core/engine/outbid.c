#include "outbid.h"

#include "charge.h"
#include "dispatch.h"
#include "event_append.h"

static bool waits(const vst_message *message)
{
	return message->state == VST_DEFERRED || message->state == VST_QUEUED;
}

/* *again: some that the decision names are on their way. */
static vst_rc check(vst_tx *tx, vst_evaluation *evaluation, vst_arena *arena, bool *again, vst_err *err)
{
	const vst_decision *decision = &evaluation->decision;
	vst_rc rc = VST_OK;

	*again = false;
	for (size_t i = 0; rc == VST_OK && i < decision->outbid_count; i++) {
		vst_message message;
		bool found = false;

		rc = vst_message_get(tx, decision->outbids[i], arena, &message, &found, err);
		if (rc == VST_OK && (!found || !waits(&message))) {
			vst_charge_mark_sent(&evaluation->person, decision->outbids[i]);
			*again = true;
		}
	}
	return rc;
}

vst_rc vst_outbid_decide(vst_tx *tx, const vst_law_settings *law, const vst_gate_facts *facts, vst_arena *arena,
                         vst_evaluation *evaluation, vst_err *err)
{
	bool again;
	vst_rc rc;

	do {
		again = false;
		rc = vst_gate_decide(law, facts, arena, &evaluation->decision, err);
		if (rc == VST_OK && evaluation->decision.outbid_count > 0) {
			rc = check(tx, evaluation, arena, &again, err);
		}
	} while (rc == VST_OK && again);
	return rc;
}

/* The largest priority chooses first, of equal ones the earliest. */
static bool chooses_before(const vst_cap_charge *a, const vst_cap_charge *b)
{
	if (a->priority != b->priority) {
		return a->priority > b->priority;
	}
	return a->at != b->at ? a->at < b->at : a->seq < b->seq;
}

void vst_outbid_take(vst_evaluation *evaluation, vst_losers *losers)
{
	const vst_decision *decision = &evaluation->decision;

	losers->count = 0;
	for (size_t i = 0; i < decision->outbid_count; i++) {
		const vst_cap_charge *charge = vst_charge_find(&evaluation->person, decision->outbids[i]);
		size_t place = losers->count;

		if (charge == NULL) {
			continue;
		}
		for (; place > 0 && chooses_before(charge, &losers->charges[place - 1]); place--) {
			losers->charges[place] = losers->charges[place - 1];
		}
		losers->charges[place] = *charge;
		losers->count++;
		vst_charge_take(&evaluation->person, decision->outbids[i]);
	}
}

/* What it waits for after that, and whom it made room for. */
static vst_rc say(vst_tx *tx, const vst_message *loser, vst_id winner, vst_err *err)
{
	char id[VST_ID_LEN + 1];
	vst_json data;

	vst_id_format(winner, id);
	vst_json_begin(&data);
	vst_json_set_text(&data, "reason", loser->reason);
	vst_json_set_name(&data, "by", id);
	vst_json_set_instant(&data, "due", loser->due);
	return vst_event_say(tx, "message.deferred", loser, loser->entity, loser->phone, &data, err);
}

static vst_rc reserve(vst_tx *tx, const vst_message *message, vst_cap_charge charge, vst_err *err)
{
	vst_person person;
	vst_rc rc = vst_person_get(tx, message->entity, message->phone, vst_tx_now(tx), &person, err);

	if (rc != VST_OK) {
		return rc;
	}
	charge.at = message->due;
	vst_charge_put(&person, charge);
	return vst_person_put(tx, message->entity, &person, err);
}

/* Refused only because the instant left to it comes too late: then the reason is that it was outbid. */
static bool comes_too_late(const vst_decision *decision)
{
	bool late = false;

	for (size_t i = 0; i < decision->finding_count; i++) {
		const vst_finding *finding = &decision->findings[i];

		if (finding->verdict == VST_FINDING_REFUSE) {
			if (strcmp(finding->rule, "R12") != 0) {
				return false;
			}
			late = true;
		}
	}
	return late;
}

static vst_rc place(vst_pass *pass, vst_tx *tx, vst_message *message, const vst_cap_charge *charge,
                    const vst_decision *decision, vst_id winner, vst_err *err)
{
	static const vst_str outbid = VST_STR("outbid");
	vst_state from = message->state;
	vst_rc rc;

	if (decision->verdict == VST_VERDICT_REFUSE) {
		return comes_too_late(decision) ? vst_message_end(tx, message, VST_REFUSED, outbid, err)
		                                : vst_apply_decision(pass, tx, message, decision, err);
	}
	rc = vst_message_dequeue(tx, message, err);
	if (rc != VST_OK) {
		return rc;
	}
	message->state = VST_DEFERRED;
	message->due = decision->verdict == VST_VERDICT_DEFER ? decision->due : vst_tx_now(tx);
	message->reason = outbid;
	if ((rc = vst_message_update(tx, message, from, err)) != VST_OK ||
	    (rc = vst_message_enqueue(tx, message, err)) != VST_OK || (rc = reserve(tx, message, *charge, err)) != VST_OK) {
		return rc;
	}
	return say(tx, message, winner, err);
}

static vst_rc move_one(vst_pass *pass, vst_tx *tx, const vst_cap_charge *charge, vst_id winner, vst_err *err)
{
	vst_decision decision;
	vst_message message;
	bool found = false;
	vst_rc rc = vst_message_get(tx, charge->seq, &pass->scratch, &message, &found, err);

	if (rc == VST_OK && !found) {
		rc = vst_fail(err, VST_E_CORRUPT, "a message that was outbid is not there");
	}
	if (rc == VST_OK) {
		rc = vst_second_look(pass, tx, &message, &(vst_circumstances) {.outbid = true}, &decision, err);
	}
	return rc == VST_OK ? place(pass, tx, &message, charge, &decision, winner, err) : rc;
}

vst_rc vst_outbid_move(vst_engine *engine, vst_tx *tx, const vst_losers *losers, vst_id winner, vst_err *err)
{
	vst_pass pass = {.engine = engine, .settings = engine->settings, .scratch = VST_ARENA_INIT};
	vst_rc rc = VST_OK;

	for (size_t i = 0; rc == VST_OK && i < losers->count; i++) {
		rc = move_one(&pass, tx, &losers->charges[i], winner, err);
	}
	if (rc == VST_E_CANCELLED) {
		memcpy(engine->wanted_zone, pass.wanted_zone, sizeof engine->wanted_zone);
	}
	vst_arena_free(&pass.scratch);
	return rc;
}
