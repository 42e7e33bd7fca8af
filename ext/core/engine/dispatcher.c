/* The slice of work that vestnik_dispatch is: passes, and between them the wire. */
#define _POSIX_C_SOURCE 200809L /* gethostname */
#include <stdlib.h>
#include <unistd.h>

#include "dispatch.h"

#define SECOND_NS INT64_C(1000000000)

static vst_rc make(vst_engine *engine, vst_err *err)
{
	const vst_zone *const *zones;
	size_t count;
	vst_store_info info;
	vst_dispatcher *dispatcher;
	/* The second look happens inside transactions, where no zone may be loaded. */
	vst_rc rc = vst_zone_cache_russia(engine->zones, &zones, &count, err);

	if (rc != VST_OK || (rc = vst_store_describe(engine->store, &info, err)) != VST_OK) {
		return rc;
	}
	dispatcher = calloc(1, sizeof *dispatcher);
	if (dispatcher == NULL) {
		return vst_fail_nomem(err);
	}
	rc = vst_wire_new(engine->env, VST_REQUESTS_MAX, &dispatcher->wire, err);
	if (rc != VST_OK) {
		free(dispatcher);
		return rc;
	}
	dispatcher->started = engine->env->now_ms(engine->env->context) / 1000;
	dispatcher->inode = info.inode;
	(void) gethostname(dispatcher->host, sizeof dispatcher->host - 1);
	engine->dispatcher = dispatcher;
	return VST_OK;
}

vst_rc vst_dispatcher_get(vst_engine *engine, vst_dispatcher **out, vst_err *err)
{
	vst_dispatcher *dispatcher;
	vst_rc rc = engine->dispatcher == NULL ? make(engine, err) : VST_OK;

	if (rc != VST_OK) {
		return rc;
	}
	dispatcher = engine->dispatcher;
	if (!dispatcher->entered) {
		rc = vst_worker_enter(engine->store, &dispatcher->worker, err);
		dispatcher->entered = rc == VST_OK;
		dispatcher->next_heartbeat_ns = 0;
		dispatcher->next_recovery_ns = 0;
	}
	*out = dispatcher;
	return rc;
}

void vst_dispatcher_free(vst_engine *engine)
{
	vst_dispatcher *dispatcher = engine->dispatcher;

	if (dispatcher == NULL) {
		return;
	}
	while (dispatcher->shipments != NULL) {
		vst_shipment *next = dispatcher->shipments->next;

		vst_shipment_free(dispatcher->shipments);
		dispatcher->shipments = next;
	}
	vst_wire_free(dispatcher->wire);
	if (dispatcher->entered) {
		vst_worker_leave(engine->store, &dispatcher->worker);
	}
	free(dispatcher);
	engine->dispatcher = NULL;
}

static void free_list(vst_shipment **list)
{
	while (*list != NULL) {
		vst_shipment *next = (*list)->next;

		vst_shipment_free(*list);
		*list = next;
	}
}

/* ---- one pass ---- */

static vst_rc beat(vst_pass *pass, vst_tx *tx, vst_err *err)
{
	const vst_env *env = pass->engine->env;
	const vst_dispatcher *dispatcher = pass->engine->dispatcher;
	vst_heartbeat heartbeat = {
		.slot = dispatcher->worker.slot,
		.fence = dispatcher->worker.fence,
		.pid = (int64_t) getpid(),
		.started = dispatcher->started,
		.seen = env->now_ms(env->context) / 1000,
		.version = VST_STR(VST_VERSION),
		.user = pass->engine->options.user,
		.host = vst_str_from(dispatcher->host),
		.ini = pass->engine->options.ini_path,
		.inode = dispatcher->inode,
	};
	vst_rc rc = vst_heartbeat_put(tx, &heartbeat, err);

	return rc == VST_OK
	           ? vst_flight_renew(tx, heartbeat.slot, heartbeat.fence, env->now_ms(env->context) + VST_LEASE_MS, err)
	           : rc;
}

static vst_rc pass_body(vst_tx *tx, void *context, vst_err *err)
{
	vst_pass *pass = context;
	vst_shipment *shipment;
	vst_rc rc;

	memset(&pass->counts, 0, sizeof pass->counts);
	free_list(&pass->claimed);
	pass->claimed_messages = 0;
	vst_arena_reset(&pass->scratch);
	rc = vst_engine_current(pass->engine, tx, &pass->settings, err);
	if (rc == VST_OK && pass->beat) {
		rc = beat(pass, tx, err);
	}
	for (shipment = pass->engine->dispatcher->shipments; rc == VST_OK && shipment != NULL; shipment = shipment->next) {
		shipment->plan = VST_PLAN_NONE;
		if (shipment->phase == VST_PHASE_FINISHED) {
			rc = vst_pass_settle(pass, tx, shipment, err);
		} else if (pass->drain && (shipment->phase == VST_PHASE_HELD || shipment->phase == VST_PHASE_CONNECTING)) {
			rc = vst_pass_abandon(pass, tx, shipment, err);
		} else if (pass->drain && shipment->cargo != VST_CARGO_MESSAGES) {
			shipment->plan = VST_PLAN_DROP; /* a question can be asked again */
		} else if (shipment->phase == VST_PHASE_HELD && shipment->cargo == VST_CARGO_MESSAGES) {
			rc = vst_pass_intent(pass, tx, shipment, err);
		} else if (shipment->phase == VST_PHASE_HELD) {
			shipment->plan = VST_PLAN_RELEASE;
		}
	}
	if (rc == VST_OK && pass->recover) {
		rc = vst_pass_recover(pass, tx, err);
	}
	if (rc == VST_OK && !pass->drain) {
		rc = vst_pass_expire(pass, tx, err);
	}
	if (rc == VST_OK && !pass->drain) {
		rc = vst_pass_claim(pass, tx, err);
	}
	if (rc == VST_OK && !pass->drain) {
		rc = vst_pass_claim_status(pass, tx, err);
	}
	if (rc == VST_OK && !pass->drain && pass->beat) {
		rc = vst_pass_claim_balance(pass, tx, err);
	}
	if (rc == VST_OK && pass->claimed != NULL) {
		VST_STOP_POINT("before_claim_commit");
	}
	return rc;
}

/* After the commit: release, drop, start. */
static vst_rc carry_out(vst_pass *pass, vst_err *err)
{
	vst_dispatcher *dispatcher = pass->engine->dispatcher;
	vst_shipment **link = &dispatcher->shipments;
	vst_rc rc = VST_OK;

	while (*link != NULL) {
		vst_shipment *shipment = *link;

		if (shipment->plan == VST_PLAN_SETTLED || shipment->plan == VST_PLAN_DROP) {
			*link = shipment->next;
			vst_shipment_free(shipment);
			continue;
		}
		if (shipment->plan == VST_PLAN_RELEASE) {
			shipment->intent = true;
			VST_STOP_POINT("after_intent");
			vst_shipment_release(shipment);
		}
		shipment->plan = VST_PLAN_NONE;
		link = &shipment->next;
	}
	if (pass->claimed != NULL) {
		VST_STOP_POINT("after_claim");
	}
	while (pass->claimed != NULL) {
		vst_shipment *shipment = pass->claimed;

		pass->claimed = shipment->next;
		shipment->next = dispatcher->shipments;
		dispatcher->shipments = shipment;
		if (rc == VST_OK) {
			rc = vst_shipment_start(pass->engine, shipment, err);
		}
	}
	return rc;
}

/* ---- what happened on the wire ---- */

static vst_rc collect(vst_engine *engine, vst_err *err)
{
	vst_dispatcher *dispatcher = engine->dispatcher;
	vst_exchange *exchange;
	vst_rc rc = VST_OK;

	while ((exchange = vst_wire_next_held(dispatcher->wire)) != NULL) {
		vst_shipment *shipment = vst_exchange_tag(exchange);

		if (shipment->phase == VST_PHASE_CONNECTING) {
			shipment->phase = VST_PHASE_HELD;
		}
	}
	while (rc == VST_OK && (exchange = vst_wire_next_finished(dispatcher->wire)) != NULL) {
		rc = vst_shipment_finish(vst_exchange_tag(exchange), err);
	}
	return rc;
}

static size_t count_phase(const vst_dispatcher *dispatcher, unsigned phases, bool messages)
{
	size_t count = 0;

	for (const vst_shipment *s = dispatcher->shipments; s != NULL; s = s->next) {
		if ((phases & 1u << s->phase) != 0) {
			count += messages ? (s->cargo == VST_CARGO_MESSAGES ? s->count : 0) : 1;
		}
	}
	return count;
}

#define ALL_PHASES 0xfu
#define READY_PHASES (1u << VST_PHASE_HELD | 1u << VST_PHASE_FINISHED)

/* ---- the slice ---- */

struct slice {
	vst_engine *engine;
	vst_pass pass;
	vst_dispatch_result *result;
	int64_t deadline_ns;
	bool drain;
};

static int64_t monotonic(const vst_engine *engine)
{
	return engine->env->monotonic_ns(engine->env->context);
}

static vst_rc look_body(vst_tx *tx, void *context, vst_err *err)
{
	struct slice *slice = context;
	bool work = false;
	vst_rc rc;

	vst_arena_reset(&slice->pass.scratch);
	rc = vst_engine_current(slice->engine, tx, &slice->pass.settings, err);
	if (rc == VST_OK) {
		rc = vst_pass_look(&slice->pass, tx, &work, err);
	}
	slice->result->idle = !work;
	return rc;
}

static bool has_free_slot(const vst_dispatcher *dispatcher)
{
	return count_phase(dispatcher, ALL_PHASES, false) < VST_REQUESTS_MAX;
}

/* Is a pass due: something came back, or a look shows that something waits? */
static vst_rc pass_is_due(struct slice *slice, bool *due, vst_err *err)
{
	vst_dispatcher *dispatcher = slice->engine->dispatcher;
	int64_t now = monotonic(slice->engine);
	vst_rc rc = VST_OK;

	slice->pass.beat = now >= dispatcher->next_heartbeat_ns;
	slice->pass.recover = now >= dispatcher->next_recovery_ns;
	*due = slice->pass.beat || count_phase(dispatcher, READY_PHASES, false) > 0 ||
	       (slice->drain && count_phase(dispatcher, 1u << VST_PHASE_CONNECTING, false) > 0);
	if (!*due && !slice->drain && has_free_slot(dispatcher)) {
		rc = vst_store_read(slice->engine->store, look_body, slice, err);
		*due = !slice->result->idle;
	}
	return rc;
}

static vst_rc load_wanted_zone(struct slice *slice, vst_err *err)
{
	const char *wanted = slice->pass.wanted_zone;

	return wanted[0] != '\0' ? vst_zone_cache_load(slice->engine->zones, wanted, err) : VST_OK;
}

static void add_counts(struct slice *slice)
{
	const vst_dispatch_result *from = &slice->pass.counts;
	vst_dispatch_result *to = slice->result;

	to->sent += from->sent;
	to->settled += from->settled;
	to->claimed += from->claimed;
	to->expired += from->expired;
	to->recovered += from->recovered;
	to->in_doubt += from->in_doubt;
}

static vst_rc run_pass(struct slice *slice, bool *progress, vst_err *err)
{
	vst_dispatcher *dispatcher = slice->engine->dispatcher;
	vst_pass *pass = &slice->pass;
	bool ready = count_phase(dispatcher, READY_PHASES, false) > 0;
	vst_rc rc;

	pass->engine = slice->engine;
	pass->drain = slice->drain;
	pass->wanted_zone[0] = '\0';
	if (count_phase(dispatcher, 1u << VST_PHASE_FINISHED, false) > 0) {
		VST_STOP_POINT("before_settle");
	}
	rc = vst_store_write(slice->engine->store, pass_body, pass, err);
	if (rc != VST_OK) {
		free_list(&pass->claimed);
		return rc;
	}
	add_counts(slice);
	if (pass->beat) {
		dispatcher->next_heartbeat_ns = monotonic(slice->engine) + 5 * SECOND_NS;
	}
	if (pass->recover) {
		dispatcher->next_recovery_ns = monotonic(slice->engine) + SECOND_NS;
	}
	*progress = ready || pass->claimed != NULL || pass->counts.expired > 0 || pass->counts.recovered > 0 ||
	            pass->wanted_zone[0] != '\0';
	rc = carry_out(pass, err);
	if (rc == VST_OK) {
		rc = load_wanted_zone(slice, err);
	}
	if (rc == VST_OK) {
		rc = vst_store_checkpoint(slice->engine->store, INT64_C(16) << 20, err);
	}
	return rc;
}

static vst_rc turn_wire(struct slice *slice, bool wait, vst_err *err)
{
	vst_dispatcher *dispatcher = slice->engine->dispatcher;
	int64_t left_ms = (slice->deadline_ns - monotonic(slice->engine)) / 1000000;
	int wait_ms = !wait || left_ms <= 0 ? 0 : left_ms > 50 ? 50 : (int) left_ms;
	bool sending = count_phase(dispatcher, 1u << VST_PHASE_SENDING, false) > 0;
	vst_rc rc = vst_wire_poll(dispatcher->wire, wait_ms, err);

	if (rc == VST_OK && sending) {
		VST_STOP_POINT("body_written");
	}
	return rc == VST_OK ? collect(slice->engine, err) : rc;
}

static bool stop_asked(const vst_engine *engine)
{
	return engine->env->should_stop != NULL && engine->env->should_stop(engine->env->context);
}

static vst_rc run_slice(struct slice *slice, vst_err *err)
{
	vst_dispatcher *dispatcher = slice->engine->dispatcher;
	bool due, progress = true;
	vst_rc rc = VST_OK;

	while (rc == VST_OK) {
		if (vst_wire_in_flight(dispatcher->wire) > 0) {
			rc = turn_wire(slice, !progress, err);
		}
		if (rc != VST_OK || (rc = pass_is_due(slice, &due, err)) != VST_OK) {
			break;
		}
		progress = false;
		if (due) {
			rc = run_pass(slice, &progress, err);
		}
		if (!progress && count_phase(dispatcher, ALL_PHASES, false) == 0) {
			break;
		}
		if (monotonic(slice->engine) >= slice->deadline_ns || stop_asked(slice->engine)) {
			break;
		}
	}
	return rc;
}

vst_rc vst_engine_dispatch(vst_engine *engine, int64_t budget_ms, bool drain, vst_dispatch_result *out, vst_err *err)
{
	vst_dispatcher *dispatcher;
	struct slice slice;
	vst_rc rc;

	memset(out, 0, sizeof *out);
	memset(&slice, 0, sizeof slice);
	if (budget_ms < 0 || budget_ms > 3600000) {
		return vst_fail(err, VST_E_INVALID, "budget_ms: expected 0 to 3600000");
	}
	rc = vst_dispatcher_get(engine, &dispatcher, err);
	if (rc != VST_OK) {
		return rc;
	}
	if (engine->options.numbering != NULL) { /* routes look at it inside of transactions, where no file is opened */
		(void) vst_numbering_plan_current(engine->options.numbering);
	}
	slice.engine = slice.pass.engine = engine;
	slice.result = out;
	slice.drain = slice.pass.drain = drain;
	slice.pass.next_due = INT64_MAX;
	slice.deadline_ns = monotonic(engine) + budget_ms * 1000000;
	rc = run_slice(&slice, err);
	if (rc == VST_OK && !drain && monotonic(engine) >= dispatcher->next_pruning_ns) {
		dispatcher->next_pruning_ns = monotonic(engine) + 600 * SECOND_NS;
		rc = vst_prune(engine, err);
	}
	if (rc == VST_OK) {
		/* The caller sleeps until the earliest due: looked up last, after all that this slice changed. */
		rc = vst_store_read(engine->store, look_body, &slice, err);
	}
	out->next_due = slice.pass.next_due;
	out->in_flight = (int64_t) count_phase(dispatcher, ALL_PHASES, true);
	out->idle = out->idle && out->in_flight == 0;
	vst_arena_free(&slice.pass.scratch);
	return rc;
}

vst_rc vst_engine_drain(vst_engine *engine, vst_err *err)
{
	vst_dispatch_result result;
	int64_t longest_ms = 1000;
	vst_rc rc = VST_OK;

	if (engine->dispatcher == NULL) {
		return VST_OK;
	}
	for (const vst_shipment *s = engine->dispatcher->shipments; s != NULL; s = s->next) {
		int64_t timeout_ms = vst_provider_timeout_ms(s->provider) + 1000;

		longest_ms = timeout_ms > longest_ms ? timeout_ms : longest_ms;
	}
	if (engine->dispatcher->shipments != NULL) {
		rc = vst_engine_dispatch(engine, longest_ms, true, &result, err);
	}
	vst_dispatcher_free(engine);
	return rc;
}
