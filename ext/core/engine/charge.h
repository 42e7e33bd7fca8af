/*
 * A person's charges: messages that were handed over or are reserved to be, in the order of their instants. They stand
 * in the person's row, so that one read shows them and one write reserves a slot.
 */
#ifndef VST_ENGINE_CHARGE_H
#define VST_ENGINE_CHARGE_H

#include "internal.h"

/* Of an advertisement that names none: what a campaign planned gives way to what an event set off. */
#define VST_PRIORITY_CAMPAIGN 0
#define VST_PRIORITY_TRIGGER 5

static inline int vst_priority_of(vst_str campaign)
{
	return campaign.len > 0 ? VST_PRIORITY_CAMPAIGN : VST_PRIORITY_TRIGGER;
}

/* The charge of a message; NULL: none. */
const vst_cap_charge *vst_charge_find(const vst_person *person, int64_t seq);
/* Puts a charge in its place; the one its message had before goes. */
void vst_charge_put(vst_person *person, vst_cap_charge charge);
void vst_charge_take(vst_person *person, int64_t seq);
/* It is on its way: it counts as sent from its reservation on. */
void vst_charge_mark_sent(vst_person *person, int64_t seq);
/* Leaves out what was sent so long ago that no limit counts it any more. Reservations stay. */
void vst_charges_forget(vst_person *person, const vst_law_settings *law, int64_t now);

#endif
