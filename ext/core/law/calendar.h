/*
 * Dates, weekdays and the Russian production calendar. A day is a count of days since 1970-01-01 by the recipient's own
 * clock; nothing here knows of zones. Private to the room.
 */
#ifndef VST_LAW_CALENDAR_H
#define VST_LAW_CALENDAR_H

#include "base/str.h"

typedef struct vst_date {
	int year, month, day; /* month and day from 1 */
} vst_date;

vst_date vst_date_of(int64_t day);
int64_t vst_date_day(vst_date date);              /* the inverse; date must exist */
bool vst_date_parse(vst_str text, int64_t *day);  /* "2026-12-31", a date that exists */
static inline int64_t vst_day_of(int64_t instant) /* of local seconds since 1970 */
{
	return instant / 86400 - (instant % 86400 < 0);
}

/* What a day may be called in settings: bits of a set. Each day has one weekday bit and one of the last three. */
#define VST_ON_MONDAY 1u         /* … Sunday is VST_ON_MONDAY << 6 */
#define VST_ON_WORKING (1u << 7) /* a working day, also one that was moved to a Saturday */
#define VST_ON_WEEKEND (1u << 8) /* Saturday or Sunday and no holiday */
#define VST_ON_HOLIDAY (1u << 9) /* a public holiday, or a day off that was moved to a weekday */
#define VST_ON_NON_WORKING (VST_ON_WEEKEND | VST_ON_HOLIDAY)

/* The bits of a day. `more`: further holidays of the shop, ascending. */
unsigned vst_calendar_bits(int64_t day, const int64_t *more, size_t count);
/* "mon" to "sun", "working", "weekend", "holiday"; 0: no such name. */
unsigned vst_calendar_parse(vst_str name);
/* The words for a set of days: "выходные, праздники". Names past the end: NULL. */
const char *vst_calendar_name(unsigned bit, bool russian);

#endif
