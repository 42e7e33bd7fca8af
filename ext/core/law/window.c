#include "schedule.h"

static void one_window(const vst_window *window, vst_window_rule *rule, vst_schedule *schedule)
{
	memset(rule, 0, sizeof *rule);
	rule->window = *window;
	schedule->count = 0;
	schedule->dated = false;
	schedule->holiday_count = 0;
	schedule->holidays = NULL;
	vst_schedule_add(schedule, rule);
}

bool vst_window_open(const vst_window *window, const vst_zone *const *zones, size_t zone_count, int64_t at,
                     int64_t *next)
{
	vst_window_rule rule;
	vst_schedule schedule;

	one_window(window, &rule, &schedule);
	return vst_schedule_open(&schedule, zones, zone_count, at, next);
}

int64_t vst_window_closes(const vst_window *window, const vst_zone *const *zones, size_t zone_count, int64_t at)
{
	vst_window_rule rule;
	vst_schedule schedule;

	one_window(window, &rule, &schedule);
	return vst_schedule_closes(&schedule, zones, zone_count, at);
}

static bool parse_time(vst_str text, int *minute)
{
	int hour, minutes;

	if (text.len != 5 || text.ptr[2] != ':') {
		return false;
	}
	for (size_t i = 0; i < 5; i++) {
		if (i != 2 && (text.ptr[i] < '0' || text.ptr[i] > '9')) {
			return false;
		}
	}
	hour = (text.ptr[0] - '0') * 10 + text.ptr[1] - '0';
	minutes = (text.ptr[3] - '0') * 10 + text.ptr[4] - '0';
	*minute = hour * 60 + minutes;
	return minutes < 60 && (hour < 24 || (hour == 24 && minutes == 0));
}

bool vst_window_parse(vst_str from, vst_str to, vst_window *out)
{
	vst_window window;

	if (!parse_time(from, &window.from) || !parse_time(to, &window.to) || window.from == 1440) {
		return false;
	}
	*out = window;
	return true;
}
