#include "schedule.h"

/*
 * Hours of the regions' laws on the peace of citizens (законы о тишине), as the hours outside them. They speak of noise,
 * not of messages; the preset "strict" keeps to them all the same. Weekends hold for public holidays too.
 * Sources: the laws named, as reported in the press of 2025-12 to 2026-11; quiet hours by day are left out.
 */
#define HOURS(from, to) \
	{ \
		(from) * 60, (to) *60 \
	}
#define ANY .entity = {"", 0}, .operator_name = {"", 0}, .provider = {"", 0}
#define TEXT(literal) \
	{ \
		(literal), sizeof(literal) - 1 \
	}
#define LAW(name, window_, days_) \
	{ \
		.family = VST_ADVERTISING, .index = -1, .window = window_, .days = (days_), ANY, .territory = TEXT(name), \
		.law_ru = TEXT("закон о тишине: " name), .law_en = TEXT("noise law: " name) \
	}

/* Within one subject the entries stand together. */
static const vst_window_rule laws[] = {
	LAW("Город Москва", HOURS(7, 23), 0),
	LAW("Калужская область", HOURS(7, 23), 0),
	LAW("Московская область", HOURS(8, 21), VST_ON_WORKING),
	LAW("Московская область", HOURS(10, 22), VST_ON_NON_WORKING),
	LAW("Омская область", HOURS(8, 22), 0),
	LAW("Республика Алтай", HOURS(6, 22), 0),
};

const vst_window_rule *vst_noise_law(size_t index)
{
	return index < sizeof laws / sizeof laws[0] ? &laws[index] : NULL;
}
