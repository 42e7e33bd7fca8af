#include "law_settings.h"

/*
 * A cap of N in S seconds is kept when any N + 1 messages next to each other in time span at least S. One more
 * message at t breaks it exactly when some N charges next to each other, themselves spanning less than S, lie so
 * close that t falls between (last of them − S) and (first of them + S), both ends excluded. Charges may lie in the
 * future: reservations of messages that wait.
 */

/* The instants of all advertising but the message's own. */
static size_t instants(const vst_cap_charge *charges, size_t count, int64_t own_seq, int64_t out[VST_CHARGES_MAX])
{
	size_t taken = 0;

	for (size_t i = 0; i < count && taken < VST_CHARGES_MAX; i++) {
		if (charges[i].kind == VST_CHARGE_ADVERTISING && (own_seq == 0 || charges[i].seq != own_seq)) {
			out[taken++] = charges[i].at;
		}
	}
	return taken;
}

static int64_t next_under(const vst_cap *cap, const int64_t *at, size_t count, int64_t t)
{
	size_t group = (size_t) cap->count;

	for (size_t i = 0; i + group <= count; i++) {
		int64_t first = at[i], last = at[i + group - 1];

		if (last - first < cap->seconds && t > last - cap->seconds && t < first + cap->seconds) {
			t = first + cap->seconds;
		}
	}
	return t;
}

int64_t vst_cap_next(const vst_law_settings *settings, const vst_cap_charge *charges, size_t count, int64_t own_seq,
                     int64_t at)
{
	int64_t taken[VST_CHARGES_MAX];
	size_t taken_count = instants(charges, count, own_seq, taken);
	bool moved = true;

	while (moved) {
		int64_t before = at;

		for (size_t i = 0; i < settings->cap_count; i++) {
			if (settings->caps[i].count < 1) {
				return INT64_MIN;
			}
			at = next_under(&settings->caps[i], taken, taken_count, at);
		}
		moved = at != before;
	}
	return at;
}

int64_t vst_cap_until(const vst_law_settings *settings, const vst_cap_charge *charges, size_t count, int64_t own_seq,
                      int64_t at)
{
	int64_t taken[VST_CHARGES_MAX], until = INT64_MAX;
	size_t taken_count = instants(charges, count, own_seq, taken);

	for (size_t c = 0; c < settings->cap_count; c++) {
		const vst_cap *cap = &settings->caps[c];
		size_t group = (size_t) cap->count;

		for (size_t i = 0; group > 0 && i + group <= taken_count; i++) {
			int64_t begins = taken[i + group - 1] - cap->seconds;

			if (taken[i + group - 1] - taken[i] < cap->seconds && begins >= at && begins < until) {
				until = begins;
			}
		}
	}
	return until;
}
