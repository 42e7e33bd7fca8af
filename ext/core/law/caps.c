#include "law_settings.h"

/*
 * A cap of N in S seconds is kept when any N + 1 messages next to each other in time span at least S. One more
 * message at t breaks it exactly when some N charges next to each other, themselves spanning less than S, lie so
 * close that t falls between (last of them − S) and (first of them + S), both ends excluded. Charges may lie in the
 * future: reservations of messages that wait.
 */

static bool is_left_out(const vst_cap_view *view, int64_t seq)
{
	if (view->own_seq != 0 && seq == view->own_seq) {
		return true;
	}
	for (size_t i = 0; i < view->without_count; i++) {
		if (view->without[i] == seq) {
			return true;
		}
	}
	return false;
}

static bool may_count(const vst_cap_view *view, const vst_cap_charge *charge)
{
	return charge->kind == VST_CHARGE_ADVERTISING && !is_left_out(view, charge->seq);
}

/* The instants of all advertising that counts in this view. */
static size_t instants(const vst_cap_view *view, int64_t out[VST_CHARGES_MAX])
{
	size_t taken = 0;

	for (size_t i = 0; i < view->count && taken < VST_CHARGES_MAX; i++) {
		const vst_cap_charge *charge = &view->charges[i];

		if (may_count(view, charge) && (charge->sent || charge->priority >= view->least_priority)) {
			out[taken++] = charge->at;
		}
	}
	return taken;
}

static int64_t next_under(const vst_cap *cap, const int64_t *at, size_t count, int64_t t)
{
	size_t group = (size_t) cap->count;

	for (size_t i = 0; group > 0 && i + group <= count; i++) {
		int64_t first = at[i], last = at[i + group - 1];

		if (last - first < cap->seconds && t > last - cap->seconds && t < first + cap->seconds) {
			t = first + cap->seconds;
		}
	}
	return t;
}

int64_t vst_cap_next(const vst_law_settings *settings, const vst_cap_view *view, int64_t at)
{
	int64_t taken[VST_CHARGES_MAX];
	size_t count = instants(view, taken);
	bool moved = true;

	while (moved) {
		int64_t before = at;

		for (size_t i = 0; i < settings->cap_count; i++) {
			at = next_under(&settings->caps[i], taken, count, at);
		}
		moved = at != before;
	}
	return at;
}

int64_t vst_cap_until(const vst_law_settings *settings, const vst_cap_view *view, int64_t at)
{
	int64_t taken[VST_CHARGES_MAX], until = INT64_MAX;
	size_t count = instants(view, taken);

	for (size_t c = 0; c < settings->cap_count; c++) {
		const vst_cap *cap = &settings->caps[c];
		size_t group = (size_t) cap->count;

		for (size_t i = 0; i + group <= count; i++) {
			int64_t begins = taken[i + group - 1] - cap->seconds;

			if (taken[i + group - 1] - taken[i] < cap->seconds && begins >= at && begins < until) {
				until = begins;
			}
		}
	}
	return until;
}

/* ---- outbidding ---- */

typedef struct outbidding {
	const vst_law_settings *settings;
	vst_cap_view view; /* everything counts but what is in `without` */
	int64_t at;
	int64_t without[VST_CHARGES_MAX];
} outbidding;

static bool kept(outbidding *o, size_t without_count)
{
	o->view.without_count = without_count;
	return vst_cap_next(o->settings, &o->view, o->at) == o->at;
}

/* Who gives way first: the lowest priority, of equal ones the latest. */
static bool before(const vst_cap_charge *a, const vst_cap_charge *b)
{
	if (a->priority != b->priority) {
		return a->priority < b->priority;
	}
	return a->at != b->at ? a->at > b->at : a->seq > b->seq;
}

/* The reservations of a lower priority, in the order in which they give way. */
static size_t candidates(const vst_cap_view *view, int64_t out[VST_CHARGES_MAX])
{
	const vst_cap_charge *sorted[VST_CHARGES_MAX];
	size_t count = 0;

	for (size_t i = 0; i < view->count && count < VST_CHARGES_MAX; i++) {
		const vst_cap_charge *charge = &view->charges[i];
		size_t place = count;

		if (!may_count(view, charge) || charge->sent || charge->priority >= view->least_priority) {
			continue;
		}
		for (; place > 0 && before(charge, sorted[place - 1]); place--) {
			sorted[place] = sorted[place - 1];
		}
		sorted[place] = charge;
		count++;
	}
	for (size_t i = 0; i < count; i++) {
		out[i] = sorted[i]->seq;
	}
	return count;
}

/* Takes out candidate after candidate until the caps are kept, then puts back those that need not have gone. */
static size_t greedy(outbidding *o, const int64_t *seqs, size_t count)
{
	size_t taken = 0;

	while (taken < count && !kept(o, taken)) {
		o->without[taken] = seqs[taken];
		taken++;
	}
	for (size_t i = taken; i-- > 0;) {
		int64_t back = o->without[i];

		o->without[i] = o->without[taken - 1];
		if (kept(o, taken - 1)) {
			taken--;
		} else {
			o->without[taken - 1] = o->without[i];
			o->without[i] = back;
		}
	}
	return taken;
}

/*
 * One loser nearest before the instant and one nearest after it are always enough where the caps were kept; more are
 * needed only after a cap was lowered.
 */
static size_t fewest(outbidding *o, const int64_t *seqs, size_t count)
{
	if (kept(o, 0)) {
		return 0;
	}
	for (size_t i = 0; i < count; i++) {
		o->without[0] = seqs[i];
		if (kept(o, 1)) {
			return 1;
		}
	}
	for (size_t i = 0; i + 1 < count; i++) {
		for (size_t j = i + 1; j < count; j++) {
			o->without[0] = seqs[i];
			o->without[1] = seqs[j];
			if (kept(o, 2)) {
				return 2;
			}
		}
	}
	return greedy(o, seqs, count);
}

size_t vst_cap_losers(const vst_law_settings *settings, const vst_cap_view *view, int64_t at,
                      int64_t out[VST_CHARGES_MAX])
{
	outbidding o = {.settings = settings, .view = *view, .at = at};
	int64_t seqs[VST_CHARGES_MAX];
	size_t count = candidates(view, seqs), losers;

	o.view.least_priority = 0;
	o.view.without = o.without;
	losers = fewest(&o, seqs, count);
	memcpy(out, o.without, losers * sizeof *out);
	return losers;
}
