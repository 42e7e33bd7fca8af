#include "sender_limit.h"

#include <stdio.h>

#define SECOND_US INT64_C(1000000)
#define HOUR_US (3600 * SECOND_US)

/* Turns are given out so far ahead; who comes later looks again then. What was cancelled meanwhile costs no more. */
#define TURNS_AHEAD_US HOUR_US
#define LATER_SPREAD_S 600

static const char *const units[VST_SENDER_LIMITS] = {"hour", "second"};

static vst_rate rate_with(const vst_sender *sender, vst_str operator_inn, const vst_numbering *numbering)
{
	vst_numbering_entry allotted = {VST_STR_EMPTY, operator_inn, VST_STR_EMPTY, VST_STR_EMPTY};

	for (size_t i = 0; numbering != NULL && operator_inn.len > 0 && i < sender->operator_rate_count; i++) {
		if (vst_numbering_is_operator(numbering, &allotted, sender->operator_rates[i].operator_name)) {
			return sender->operator_rates[i].rate;
		}
	}
	return sender->rate;
}

static vst_limit limit_of(vst_rate rate, size_t unit)
{
	return unit == 0 ? vst_limit_of(rate.per_hour, HOUR_US) : vst_limit_of_rate(rate.per_1000s);
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* The turn of a message that may not go now, and the one after it. */
static vst_rc read_turn(vst_tx *tx, int64_t phone, size_t index, vst_sender_limits *out, vst_err *err)
{
	int64_t turn = 0, until;
	vst_rc rc = vst_limit_get(tx, out->turn_names[index], &turn, err);

	turn = later(turn, vst_limit_next_us(out->limits[index], out->arrivals_us[index], out->now_us));
	until = (turn + SECOND_US - 1) / SECOND_US; /* rounded up: at the second that is told, it may really go */
	if (turn > out->now_us + TURNS_AHEAD_US) {
		until = (out->now_us + TURNS_AHEAD_US) / SECOND_US + phone % LATER_SPREAD_S;
	} else {
		out->turns_us[index] = turn + out->limits[index].spacing_us;
	}
	out->until = later(out->until, until);
	return rc;
}

vst_rc vst_sender_limits_read(vst_tx *tx, const vst_sender *sender, int64_t phone, vst_category category,
                              const vst_numbering *numbering, vst_arena *arena, vst_sender_limits *out, vst_err *err)
{
	vst_numbering_entry allotted = {VST_STR_EMPTY, VST_STR_EMPTY, VST_STR_EMPTY, VST_STR_EMPTY};
	vst_rate rate;
	vst_rc rc = VST_OK;

	out->count = 0;
	out->until = 0;
	if (sender == NULL ||
	    (sender->rate.per_hour == 0 && sender->rate.per_1000s == 0 && sender->operator_rate_count == 0)) {
		return VST_OK;
	}
	if (numbering != NULL) {
		(void) vst_numbering_find(numbering, phone, &allotted);
	}
	rate = rate_with(sender, allotted.operator_inn, numbering);
	out->now_us = vst_tx_now_ms(tx) * 1000;
	for (size_t unit = 0; rc == VST_OK && unit < VST_SENDER_LIMITS; unit++) {
		size_t i = out->count;

		out->limits[i] = limit_of(rate, unit);
		if (out->limits[i].spacing_us == 0) {
			continue;
		}
		out->names[i] = vst_arena_format(arena, "sender:%.*s:%.*s:%s", VST_STR_ARGS(sender->name),
		                                 VST_STR_ARGS(allotted.operator_inn), units[unit]);
		out->turn_names[i] =
			vst_arena_format(arena, "turn:%s:%.*s", vst_category_name(category), VST_STR_ARGS(out->names[i]));
		out->turns_us[i] = 0;
		rc = arena->failed ? vst_fail_nomem(err) : vst_limit_get(tx, out->names[i], &out->arrivals_us[i], err);
		if (rc == VST_OK && vst_limit_available(out->limits[i], out->arrivals_us[i], out->now_us) == 0) {
			rc = read_turn(tx, phone, i, out, err);
		}
		out->count++;
	}
	return rc;
}

vst_rc vst_sender_limits_charge(vst_tx *tx, const vst_sender_limits *limits, vst_err *err)
{
	vst_rc rc = VST_OK;

	for (size_t i = 0; rc == VST_OK && i < limits->count; i++) {
		rc = vst_limit_put(tx, limits->names[i],
		                   vst_limit_charge(limits->limits[i], limits->arrivals_us[i], limits->now_us, 1), err);
	}
	return rc;
}

vst_rc vst_sender_limits_wait(vst_tx *tx, const vst_sender_limits *limits, vst_err *err)
{
	vst_rc rc = VST_OK;

	for (size_t i = 0; rc == VST_OK && i < limits->count; i++) {
		if (limits->turns_us[i] > 0) {
			rc = vst_limit_put(tx, limits->turn_names[i], limits->turns_us[i], err);
		}
	}
	return rc;
}

/* ---- for health ---- */

struct showing {
	const vst_sender *sender;
	const vst_numbering *numbering;
	vst_str prefix;
	int64_t now_us;
	vst_sender_limit_show show;
	void *context;
};

/* "sender:Romashka:7700000001:hour"; what follows the prefix is the operator and the unit. */
static vst_rc show_one(void *context, vst_str name, int64_t arrival_us, vst_err *err)
{
	const struct showing *s = context;
	vst_str rest = {name.ptr + s->prefix.len, name.len - s->prefix.len};
	const char *colon = memchr(rest.ptr, ':', rest.len);
	char shown[160];

	for (size_t unit = 0; colon != NULL && unit < VST_SENDER_LIMITS; unit++) {
		vst_str inn = {rest.ptr, (size_t) (colon - rest.ptr)}, word = {colon + 1, rest.len - inn.len - 1};
		vst_limit limit = limit_of(rate_with(s->sender, inn, s->numbering), unit);

		if (vst_str_is(word, units[unit]) && limit.spacing_us > 0) {
			(void) snprintf(shown, sizeof shown, "%.*s", VST_STR_ARGS(name));
			return s->show(s->context, shown,
			               (vst_limit_next_us(limit, arrival_us, s->now_us) - s->now_us + 999) / 1000, err);
		}
	}
	return VST_OK;
}

vst_rc vst_sender_limits_show(vst_tx *tx, const vst_sender *sender, const vst_numbering *numbering,
                              vst_sender_limit_show show, void *context, vst_err *err)
{
	char prefix[96];
	struct showing s = {sender, numbering, VST_STR_EMPTY, vst_tx_now_ms(tx) * 1000, show, context};

	/* a sender's name has at most 64 bytes */
	(void) snprintf(prefix, sizeof prefix, "sender:%.*s:", VST_STR_ARGS(sender->name));
	s.prefix = vst_str_from(prefix);
	return vst_limit_list(tx, s.prefix, show_one, &s, err);
}
