/* How much waits, how long, and what is on its way. */
#include "health.h"
#include "json.h"

struct depth {
	int64_t queued, deferred, held, first_due;
};

static int64_t capped(int64_t count)
{
	return count < VST_HEALTH_COUNT_MAX ? count : VST_HEALTH_COUNT_MAX;
}

static vst_rc add_lane(vst_tx *tx, int64_t lane, struct depth *depth, vst_err *err)
{
	int64_t now = vst_tx_now(tx), all = 0, due = 0, first = INT64_MAX;
	vst_rc rc = vst_queue_count(tx, lane, INT64_MAX, VST_HEALTH_COUNT_MAX, &all, err);

	if (rc != VST_OK || vst_lane_held(lane)) {
		depth->held += all;
		return rc;
	}
	if ((rc = vst_queue_count(tx, lane, now, VST_HEALTH_COUNT_MAX, &due, err)) != VST_OK ||
	    (rc = vst_queue_first_due(tx, lane, &first, err)) != VST_OK) {
		return rc;
	}
	depth->queued += due;
	depth->deferred += all - due;
	depth->first_due = first < depth->first_due ? first : depth->first_due;
	return VST_OK;
}

static json_t *show_depth(const struct depth *depth, int64_t now)
{
	bool any = depth->first_due != INT64_MAX;
	vst_json json;

	vst_json_begin(&json);
	vst_json_set_integer(&json, "queued", capped(depth->queued));
	vst_json_set_integer(&json, "deferred", capped(depth->deferred));
	vst_json_set_integer(&json, "held", capped(depth->held));
	vst_json_set(&json, "oldest_due_s",
	             any && depth->first_due <= now ? json_integer(now - depth->first_due) : json_null());
	vst_json_set(&json, "next_due", any ? json_integer(depth->first_due) : json_null());
	if (json.failed) {
		vst_json_drop(&json);
	}
	return json.object;
}

static vst_rc read_lanes(vst_health *health, vst_tx *tx, vst_err *err)
{
	struct depth depths[VST_CATEGORY_COUNT];
	int64_t lane = -1;
	vst_json json;
	vst_rc rc;

	for (size_t i = 0; i < VST_CATEGORY_COUNT; i++) {
		depths[i] = (struct depth) {0, 0, 0, INT64_MAX};
	}
	while ((rc = vst_queue_next_lane(tx, lane, &lane, err)) == VST_OK && lane != -1) {
		if (vst_lane_category(lane) >= VST_CATEGORY_COUNT) {
			return vst_fail(err, VST_E_CORRUPT, "a lane of the queue has an unknown category");
		}
		rc = add_lane(tx, lane, &depths[vst_lane_category(lane)], err);
		if (rc != VST_OK) {
			return rc;
		}
	}
	if (rc != VST_OK) {
		return rc;
	}
	vst_json_begin(&json);
	for (size_t i = 0; i < VST_CATEGORY_COUNT; i++) {
		health->due += depths[i].queued;
		vst_json_set(&json, vst_category_name((vst_category) i), show_depth(&depths[i], health->now));
	}
	return vst_json_end(&json, &health->queue, err);
}

#define FLIGHTS_AT_ONCE 64

static vst_rc read_flights(vst_health *health, vst_tx *tx, vst_err *err)
{
	vst_flight rows[FLIGHTS_AT_ONCE];
	int64_t after = 0, claimed = 0, sending = 0;
	size_t count;
	vst_json json;
	vst_rc rc;

	do {
		count = 0;
		rc = vst_flight_list(tx, after, FLIGHTS_AT_ONCE, rows, &count, err);
		if (rc != VST_OK) {
			return rc;
		}
		for (size_t i = 0; i < count; i++) {
			claimed += !rows[i].intent;
			sending += rows[i].intent;
			after = rows[i].seq;
		}
	} while (count == FLIGHTS_AT_ONCE);
	vst_json_begin(&json);
	vst_json_set_integer(&json, "claimed", claimed);
	vst_json_set_integer(&json, "sending", sending);
	return vst_json_end(&json, &health->in_flight, err);
}

static vst_rc count_doubt(void *context, const vst_message *message, bool *stop, vst_err *err)
{
	vst_health *health = context;

	(void) message;
	(void) stop;
	(void) err;
	health->in_doubt++;
	return VST_OK;
}

static vst_rc read_doubt(vst_health *health, vst_tx *tx, vst_err *err)
{
	vst_message_filter filter;
	int64_t resume = 0;

	memset(&filter, 0, sizeof filter);
	filter.order_number = filter.campaign = filter.tag = filter.customer = VST_STR_EMPTY;
	filter.states = 1u << VST_IN_DOUBT;
	filter.held = -1;
	return vst_message_scan(tx, &filter, false, 0, VST_HEALTH_DOUBT_ROWS, count_doubt, health, &resume, err);
}

vst_rc vst_health_queue(vst_health *health, vst_tx *tx, vst_err *err)
{
	vst_rc rc;

	if ((rc = read_lanes(health, tx, err)) != VST_OK || (rc = read_flights(health, tx, err)) != VST_OK) {
		return rc;
	}
	return read_doubt(health, tx, err);
}
