#include "zone.h"

#include <stdlib.h>

vst_rc vst_zone_new(const char *name, const vst_transition *transitions, size_t count, vst_zone **out, vst_err *err)
{
	vst_zone *zone;

	if (count == 0 || strlen(name) >= sizeof zone->name) {
		return vst_fail(err, VST_E_INVALID, "time zone without transitions or with too long a name");
	}
	for (size_t i = 1; i < count; i++) {
		if (transitions[i].at <= transitions[i - 1].at) {
			return vst_fail(err, VST_E_INVALID, "time zone transitions out of order");
		}
	}
	zone = calloc(1, sizeof *zone);
	if (zone == NULL) {
		return vst_fail_nomem(err);
	}
	zone->transitions = calloc(count, sizeof *transitions);
	if (zone->transitions == NULL) {
		free(zone);
		return vst_fail_nomem(err);
	}
	memcpy(zone->transitions, transitions, count * sizeof *transitions);
	zone->count = count;
	memcpy(zone->name, name, strlen(name) + 1);
	*out = zone;
	return VST_OK;
}

void vst_zone_free(vst_zone *zone)
{
	if (zone != NULL) {
		free(zone->transitions);
		free(zone);
	}
}

/* Index of the transition in force at `at`. */
static size_t in_force(const vst_zone *zone, int64_t at)
{
	size_t low = 0, high = zone->count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (zone->transitions[middle].at <= at) {
			low = middle;
		} else {
			high = middle;
		}
	}
	return low;
}

int32_t vst_zone_offset(const vst_zone *zone, int64_t at)
{
	return zone->transitions[in_force(zone, at)].offset;
}

int64_t vst_zone_next_change(const vst_zone *zone, int64_t at)
{
	size_t next = in_force(zone, at) + 1;

	return next < zone->count ? zone->transitions[next].at : INT64_MAX;
}
