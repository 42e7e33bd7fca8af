#include "lane.h"

#include <stdio.h>

static vst_rc limit_name(const vst_provider *provider, char out[96], vst_err *err)
{
	int len = snprintf(out, 96, "provider:%.*s", VST_STR_ARGS(vst_provider_name(provider)));

	return len > 0 && len < 96 ? VST_OK : vst_fail(err, VST_E_INVALID, "provider: too long a name");
}

static vst_rc read_limit(vst_tx *tx, vst_lane_state *lane, vst_err *err)
{
	char name[96];
	vst_rc rc;

	lane->limit = vst_limit_of_rate(vst_provider_rate_per_1000s(lane->provider));
	lane->available = INT64_MAX;
	if (lane->limit.spacing_us == 0) {
		return VST_OK;
	}
	rc = limit_name(lane->provider, name, err);
	if (rc == VST_OK) {
		rc = vst_limit_get(tx, vst_str_from(name), &lane->arrival_us, err);
	}
	lane->available = vst_limit_available(lane->limit, lane->arrival_us, vst_tx_now_ms(tx) * 1000);
	return rc;
}

vst_rc vst_lane_charge(vst_tx *tx, vst_lane_state *lane, int64_t count, vst_err *err)
{
	char name[96];
	vst_rc rc;

	if (lane->limit.spacing_us == 0 || count == 0) {
		return VST_OK;
	}
	rc = limit_name(lane->provider, name, err);
	if (rc != VST_OK) {
		return rc;
	}
	lane->arrival_us = vst_limit_charge(lane->limit, lane->arrival_us, vst_tx_now_ms(tx) * 1000, count);
	lane->available -= count;
	return vst_limit_put(tx, vst_str_from(name), lane->arrival_us, err);
}

/* A store that holds and a store with a manual clock send only where no person can be reached. */
const char *vst_place_stops(vst_pass *pass, vst_tx *tx, const vst_provider *provider)
{
	if (vst_provider_is_sandbox(provider)) {
		return NULL;
	}
	if (vst_tx_hold(tx) != VST_HOLD_NONE) {
		return "store_holds";
	}
	if (vst_store_clock(pass->engine->store) == VST_CLOCK_MANUAL && !vst_provider_is_loopback(provider)) {
		return "clock";
	}
	return NULL;
}

static vst_rc judge(vst_pass *pass, vst_tx *tx, vst_lane_state *lane, vst_err *err)
{
	int64_t now = vst_tx_now(tx);
	vst_breaker breaker;
	vst_rc rc;

	lane->retry_at = lane->first_due;
	if (vst_lane_held(lane->lane)) {
		lane->stopped_by = "held";
		lane->retry_at = INT64_MAX;
		return VST_OK;
	}
	if (lane->provider == NULL) {
		/* Due rows are given to another provider, if there is one. */
		lane->usable = lane->first_due <= now && pass->settings->provider_count > 0;
		return VST_OK;
	}
	lane->stopped_by = vst_place_stops(pass, tx, lane->provider);
	if (lane->stopped_by != NULL) {
		lane->retry_at = INT64_MAX;
		return VST_OK;
	}
	rc = vst_breaker_get(tx, vst_provider_name(lane->provider), &breaker, err);
	if (rc == VST_OK) {
		rc = read_limit(tx, lane, err);
	}
	if (rc == VST_OK && breaker.until > now) {
		lane->stopped_by = "breaker";
		lane->retry_at = lane->retry_at > breaker.until ? lane->retry_at : breaker.until;
	} else if (rc == VST_OK && breaker.failures > 0) {
		lane->available = lane->available > 1 ? 1 : lane->available; /* one request finds out */
	}
	if (rc == VST_OK && lane->available == 0) {
		/* Rounded up: at the second that is told, something may really go. */
		int64_t next = (vst_limit_next_us(lane->limit, lane->arrival_us, vst_tx_now_ms(tx) * 1000) + 999999) / 1000000;

		lane->stopped_by = "limit";
		lane->retry_at = lane->retry_at > next ? lane->retry_at : next;
	}
	lane->usable = rc == VST_OK && lane->stopped_by == NULL && lane->first_due <= now;
	return rc;
}

vst_rc vst_lanes_read(vst_pass *pass, vst_tx *tx, vst_lane_state *lanes, size_t *count, vst_err *err)
{
	int64_t number = -1;
	vst_rc rc;

	*count = 0;
	while ((rc = vst_queue_next_lane(tx, number, &number, err)) == VST_OK && number >= 0 && *count < VST_LANES_MAX) {
		vst_lane_state *lane = &lanes[*count];
		int64_t provider = vst_lane_provider(number);
		vst_str name = VST_STR_EMPTY;

		memset(lane, 0, sizeof *lane);
		lane->lane = number;
		if (provider != 0) {
			rc = vst_name_text(tx, provider, &pass->scratch, &name, err);
		}
		if (rc == VST_OK && name.len > 0) {
			lane->provider = vst_settings_provider(pass->settings, name);
		}
		if (rc != VST_OK || (rc = vst_queue_first_due(tx, number, &lane->first_due, err)) != VST_OK ||
		    (rc = judge(pass, tx, lane, err)) != VST_OK) {
			return rc;
		}
		(*count)++;
	}
	return rc;
}
