/*
 * Outbidding: an advertisement of a larger priority takes the slot that one of a smaller priority only reserved. All of
 * it happens in the transaction that stores the winner; a loser moves to its next possible instant, or is refused when
 * there is none in time. Whom the winner needs to outbid is the gate's decision.
 */
#ifndef VST_ENGINE_OUTBID_H
#define VST_ENGINE_OUTBID_H

#include "evaluate.h"

typedef struct vst_losers {
	vst_cap_charge charges[VST_CHARGES_MAX];
	size_t count;
} vst_losers;

/*
 * The gate's decision on facts about evaluation->person. A message that is on its way cannot be outbid: its charge comes
 * to count as sent.
 */
vst_rc vst_outbid_decide(vst_tx *tx, const vst_law_settings *law, const vst_gate_facts *facts, vst_arena *arena,
                         vst_evaluation *evaluation, vst_err *err) VST_CHECKED;
/* Takes the losers' charges out of the person, whose row is to be written with the winner's next. */
void vst_outbid_take(vst_evaluation *evaluation, vst_losers *losers);
/*
 * After the winner was stored: gives every loser its new place. VST_E_CANCELLED: a loser's zone must be loaded first;
 * vst_engine_write does that.
 */
vst_rc vst_outbid_move(vst_engine *engine, vst_tx *tx, const vst_losers *losers, vst_id winner, vst_err *err)
	VST_CHECKED;

#endif
