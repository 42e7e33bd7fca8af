#include "limiter.h"

vst_limit vst_limit_of(int64_t count, int64_t period_us)
{
	vst_limit limit = {0, 1};

	if (count <= 0 || period_us <= 0) {
		return limit;
	}
	limit.burst = count / 20 > 1 ? count / 20 : 1;
	limit.spacing_us = (period_us + count - limit.burst) / (count - limit.burst + 1);
	return limit;
}

vst_limit vst_limit_of_rate(int64_t per_1000s)
{
	if (per_1000s <= 0) {
		return (vst_limit) {0, 1};
	}
	if (per_1000s < 1000) {
		return (vst_limit) {(INT64_C(1000000000) + per_1000s - 1) / per_1000s, 1};
	}
	return vst_limit_of(per_1000s / 1000, 1000000);
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

int64_t vst_limit_available(vst_limit limit, int64_t arrival_us, int64_t now_us)
{
	int64_t room;

	if (limit.spacing_us == 0) {
		return INT64_MAX;
	}
	room = now_us + (limit.burst - 1) * limit.spacing_us - later(arrival_us, now_us);
	return room < 0 ? 0 : room / limit.spacing_us + 1;
}

int64_t vst_limit_charge(vst_limit limit, int64_t arrival_us, int64_t now_us, int64_t count)
{
	return later(arrival_us, now_us) + count * limit.spacing_us;
}

int64_t vst_limit_next_us(vst_limit limit, int64_t arrival_us, int64_t now_us)
{
	return later(now_us, arrival_us - (limit.burst - 1) * limit.spacing_us);
}
