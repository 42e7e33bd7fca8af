/*
 * Several windows that hold together: open only where all of them are open, in every zone. A window may hold on some
 * days only; which day it is says the recipient's own calendar, and at midnight of that calendar the day changes also
 * inside a window that wraps. Private to the room.
 */
#ifndef VST_LAW_SCHEDULE_H
#define VST_LAW_SCHEDULE_H

#include "calendar.h"
#include "law.h"

/* Allowed hours, under conditions. Empty texts and 0: any. */
typedef struct vst_window_rule {
	int family; /* vst_category, or VST_WINDOW_DEBT */
	int index;  /* in settings.windows.rules; -1: not from there */
	vst_window window;
	unsigned days; /* VST_ON bits, any of which is enough; 0: every day */
	vst_str entity, operator_name, provider, territory;
	vst_str law_ru, law_en; /* of a regional law: its name */
} vst_window_rule;

#define VST_WINDOW_DEBT VST_CATEGORY_COUNT
#define VST_WINDOW_RULES_MAX 64
#define VST_SCHEDULE_MAX (VST_WINDOW_RULES_MAX + 16)

typedef struct vst_schedule {
	const vst_window_rule *rules[VST_SCHEDULE_MAX];
	size_t count;
	bool dated; /* some rule holds on some days only */
	const int64_t *holidays;
	size_t holiday_count;
} vst_schedule;

/* Beyond VST_SCHEDULE_MAX the rule is left out: the callers' counts make that impossible. */
void vst_schedule_add(vst_schedule *schedule, const vst_window_rule *rule);

/* As vst_window_open and vst_window_closes. A schedule without rules is always open. */
bool vst_schedule_open(const vst_schedule *schedule, const vst_zone *const *zones, size_t zone_count, int64_t at,
                       int64_t *next);
int64_t vst_schedule_closes(const vst_schedule *schedule, const vst_zone *const *zones, size_t zone_count, int64_t at);
/*
 * Which rule to name when a message of `at` leaves at the opening `until`: one that is closed at first and opens last,
 * else one that is closed at first, else one that opens last. NULL: none is closed.
 */
const vst_window_rule *vst_schedule_closed_by(const vst_schedule *schedule, const vst_zone *const *zones,
                                              size_t zone_count, int64_t at, int64_t until);

/* The first instant ≥ at at which a zone's calendar shows the day, or a later one. */
int64_t vst_zone_day_begins(const vst_zone *zone, int64_t day, int64_t at);

/*
 * Hours of rest of the regions' noise laws, as allowed hours; each names one territory. NULL past the end. Where the
 * territory is unknown or not in the table, all of them hold.
 */
const vst_window_rule *vst_noise_law(size_t index);

/* The hours of 230-FZ for reminders of a debt. */
#define VST_DEBT_HOURS 2
const vst_window_rule *vst_debt_hours(size_t index);

#endif
