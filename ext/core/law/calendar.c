#include "calendar.h"

/*
 * Public holidays of every year: article 112 of the labour code (Трудовой кодекс, ст. 112), as of 2026-11. The same
 * article moves the rest of a holiday on a Saturday or Sunday to the next working day, January's excepted.
 */
static const struct {
	signed char month, day;
} holidays[] = {
	{1, 1}, {1, 2}, {1, 3}, {1, 4}, {1, 5}, {1, 6}, {1, 7}, {1, 8}, {2, 23}, {3, 8}, {5, 1}, {5, 9}, {6, 12}, {11, 4},
};

/*
 * Days that a year's calendar moved. 2026: decree of the government of 2025-09-24 on moving days off in 2026 (3 January
 * to the 9th, 4 January to 31 December) and article 112. 2027: article 112 only; the decree was not out in the sources
 * seen by 2026-11, its days (the rest of 2 and 3 January) go into `windows.holidays`.
 */
static const struct {
	short year;
	signed char month, day;
	unsigned kind;
} moved[] = {
	{2026, 1, 9, VST_ON_HOLIDAY},   {2026, 3, 9, VST_ON_HOLIDAY}, {2026, 5, 11, VST_ON_HOLIDAY},
	{2026, 12, 31, VST_ON_HOLIDAY}, {2027, 5, 3, VST_ON_HOLIDAY}, {2027, 5, 10, VST_ON_HOLIDAY},
	{2027, 6, 14, VST_ON_HOLIDAY},
};

static const struct {
	const char *name, *ru, *en;
} names[] = {
	{"mon", "понедельник", "Monday"},    {"tue", "вторник", "Tuesday"},
	{"wed", "среда", "Wednesday"},       {"thu", "четверг", "Thursday"},
	{"fri", "пятница", "Friday"},        {"sat", "суббота", "Saturday"},
	{"sun", "воскресенье", "Sunday"},    {"working", "рабочие дни", "working days"},
	{"weekend", "выходные", "weekends"}, {"holiday", "праздники", "holidays"},
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Proleptic Gregorian, by eras of 400 years that begin on 1 March. */
vst_date vst_date_of(int64_t day)
{
	int64_t shifted = day + 719468; /* since 0000-03-01 */
	int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	int64_t of_era = shifted - era * 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t index = (5 * of_year + 2) / 153;
	vst_date date;

	date.day = (int) (of_year - (153 * index + 2) / 5 + 1);
	date.month = (int) (index < 10 ? index + 3 : index - 9);
	date.year = (int) (year + era * 400 + (date.month <= 2));
	return date;
}

int64_t vst_date_day(vst_date date)
{
	int64_t year = date.year - (date.month <= 2);
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t of_era = year - era * 400;
	int64_t index = date.month > 2 ? date.month - 3 : date.month + 9;
	int64_t of_year = (153 * index + 2) / 5 + date.day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

bool vst_date_parse(vst_str text, int64_t *day)
{
	int part[3] = {0, 0, 0}, at = 0;
	vst_date date, back;

	if (text.len != 10) {
		return false;
	}
	for (size_t i = 0; i < text.len; i++) {
		if (i == 4 || i == 7) {
			if (text.ptr[i] != '-') {
				return false;
			}
			at++;
		} else if (text.ptr[i] < '0' || text.ptr[i] > '9') {
			return false;
		} else {
			part[at] = part[at] * 10 + text.ptr[i] - '0';
		}
	}
	date = (vst_date) {part[0], part[1], part[2]};
	if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31) {
		return false;
	}
	*day = vst_date_day(date);
	back = vst_date_of(*day);
	return back.month == date.month && back.day == date.day;
}

static unsigned kind_of(int64_t day, unsigned weekday, const int64_t *more, size_t count)
{
	vst_date date = vst_date_of(day);

	for (size_t i = 0; i < COUNT(holidays); i++) {
		if (holidays[i].month == date.month && holidays[i].day == date.day) {
			return VST_ON_HOLIDAY;
		}
	}
	for (size_t i = 0; i < count && more[i] <= day; i++) {
		if (more[i] == day) {
			return VST_ON_HOLIDAY;
		}
	}
	for (size_t i = 0; i < COUNT(moved); i++) {
		if (moved[i].year == date.year && moved[i].month == date.month && moved[i].day == date.day) {
			return moved[i].kind;
		}
	}
	return weekday >= 5 ? VST_ON_WEEKEND : VST_ON_WORKING;
}

unsigned vst_calendar_bits(int64_t day, const int64_t *more, size_t count)
{
	int64_t weekday = (day + 3) % 7; /* 1970-01-01 was a Thursday */

	weekday = weekday < 0 ? weekday + 7 : weekday;
	return VST_ON_MONDAY << weekday | kind_of(day, (unsigned) weekday, more, count);
}

unsigned vst_calendar_parse(vst_str name)
{
	for (size_t i = 0; i < COUNT(names); i++) {
		if (vst_str_is(name, names[i].name)) {
			return 1u << i;
		}
	}
	return 0;
}

const char *vst_calendar_name(unsigned bit, bool russian)
{
	for (size_t i = 0; i < COUNT(names); i++) {
		if (bit == 1u << i) {
			return russian ? names[i].ru : names[i].en;
		}
	}
	return NULL;
}
