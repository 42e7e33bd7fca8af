/*
 * Outcomes become states. A message that is no longer this worker's (its lease passed, somebody else recovered it, a
 * report overtook the reply) is left as it is.
 */
#include "dispatch.h"

static vst_rc accepted(vst_pass *pass, vst_tx *tx, const vst_shipment *shipment, size_t i, vst_message *message,
                       vst_err *err)
{
	const vst_provider_class *class = vst_provider_class_of(shipment->provider);
	const vst_outcome *outcome = &shipment->outcomes[i];
	vst_str *waiting = NULL;
	size_t count = 0;
	bool changed;
	vst_rc rc;

	message->provider_message = outcome->provider_id;
	message->provider_code = outcome->code;
	rc = vst_message_settle(tx, message, VST_ACCEPTED, VST_STR_EMPTY, err);
	if (rc == VST_OK && outcome->provider_id.len > 0) {
		rc = vst_handover_put(tx, shipment->provider_id, outcome->provider_id, message->id.seq, err);
	}
	if (rc == VST_OK && class->can_poll && outcome->provider_id.len > 0) {
		rc = vst_timer_add(tx, VST_TIMER_POLL, vst_tx_now(tx) + 60, message->id.seq, err);
	}
	if (rc == VST_OK && vst_provider_is_sandbox(shipment->provider)) {
		return vst_report_apply(pass->engine, tx, message->id.seq, &shipment->reports[i], &pass->scratch, &changed,
		                        err);
	}
	/* Reports that came before this reply was stored. */
	if (rc == VST_OK && outcome->provider_id.len > 0) {
		rc = vst_inbox_take(tx, shipment->provider_id, outcome->provider_id, &pass->scratch, &waiting, &count, err);
	}
	for (size_t k = 0; rc == VST_OK && k < count; k++) {
		vst_outcome report;

		if (vst_outcome_parse(waiting[k], &pass->scratch, &report)) {
			rc = vst_report_apply(pass->engine, tx, message->id.seq, &report, &pass->scratch, &changed, err);
		}
	}
	return rc;
}

static vst_rc try_again(vst_pass *pass, vst_tx *tx, vst_message *message, int64_t rest_s, vst_str reason, vst_err *err)
{
	if (message->attempts >= VST_ATTEMPTS_MAX) {
		return vst_message_settle(tx, message, VST_FAILED, reason, err);
	}
	if (rest_s == 0) {
		rest_s = vst_backoff_s(pass->engine->env, message->attempts);
	}
	return vst_message_requeue(tx, message, vst_tx_now(tx) + rest_s, reason, err);
}

static vst_rc in_doubt(vst_pass *pass, vst_tx *tx, vst_message *message, vst_err *err)
{
	vst_rc rc = vst_message_settle(tx, message, VST_IN_DOUBT, VST_STR("no_answer"), err);

	pass->counts.in_doubt++;
	if (rc == VST_OK && pass->settings->resend[message->category] && message->attempts < VST_ATTEMPTS_MAX) {
		rc = vst_message_requeue(tx, message, 0, VST_STR("in_doubt_resend"), err);
	}
	return rc;
}

static vst_rc settle_one(vst_pass *pass, vst_tx *tx, const vst_shipment *shipment, size_t i, vst_message *message,
                         vst_err *err)
{
	const vst_outcome *outcome = &shipment->outcomes[i];
	vst_str reason = vst_str_from(outcome->reason);
	vst_rc rc;

	message->provider_code = outcome->code;
	switch (outcome->kind) {
		case VST_OUTCOME_ACCEPTED:
		case VST_OUTCOME_PENDING:
		case VST_OUTCOME_DELIVERED: return accepted(pass, tx, shipment, i, message, err);
		case VST_OUTCOME_RETRY: return try_again(pass, tx, message, outcome->retry_after_s, reason, err);
		case VST_OUTCOME_LIMIT:
			message->attempts--; /* waiting for a limit uses up no attempt */
			return vst_message_requeue(tx, message,
			                           vst_tx_now(tx) + (outcome->retry_after_s > 0 ? outcome->retry_after_s : 60),
			                           VST_STR("provider_limit"), err);
		case VST_OUTCOME_MISCONFIGURED:
			message->attempts--;
			return vst_message_requeue(tx, message, 0, VST_STR("provider_stopped"), err);
		case VST_OUTCOME_UNSURE: return in_doubt(pass, tx, message, err);
		case VST_OUTCOME_OPT_OUT:
		case VST_OUTCOME_BARRED:
			rc = vst_message_settle(tx, message, VST_FAILED, reason, err);
			return rc == VST_OK ? vst_report_stop(pass->engine, tx, message, outcome, err) : rc;
		case VST_OUTCOME_UNDELIVERED:
		case VST_OUTCOME_REJECTED: break;
	}
	return vst_message_settle(tx, message, VST_FAILED, reason, err);
}

/* What the whole request says about the provider. */
static vst_rc judge_provider(vst_tx *tx, const vst_shipment *shipment, vst_err *err)
{
	vst_str name = vst_provider_name(shipment->provider);

	if (!shipment->replied) {
		/* A provider that takes and never answers would put the whole queue in doubt. */
		return vst_breaker_fail(tx, name, VST_BREAKER_UNREACHABLE,
		                        shipment->released ? VST_STR("no_answer") : VST_STR("no_connection"), 0, err);
	}
	for (size_t i = 0; i < shipment->count; i++) {
		const vst_outcome *outcome = &shipment->outcomes[i];

		if (outcome->kind == VST_OUTCOME_MISCONFIGURED) {
			return vst_breaker_fail(tx, name, VST_BREAKER_MISCONFIGURED, outcome->code, 0, err);
		}
		if (outcome->kind == VST_OUTCOME_LIMIT && outcome->provider_wide) {
			return vst_breaker_fail(tx, name, VST_BREAKER_LIMITED, outcome->code, outcome->retry_after_s, err);
		}
	}
	return vst_breaker_reset(tx, name, err);
}

static vst_rc settle_message(vst_pass *pass, vst_tx *tx, const vst_shipment *shipment, size_t i, vst_message *message,
                             vst_err *err)
{
	if (shipment->replied) {
		return settle_one(pass, tx, shipment, i, message, err);
	}
	if (shipment->released) {
		return in_doubt(pass, tx, message, err);
	}
	return try_again(pass, tx, message, 0, VST_STR("no_connection"), err);
}

static vst_rc settle_status(vst_pass *pass, vst_tx *tx, const vst_shipment *shipment, vst_err *err)
{
	vst_rc rc = VST_OK;
	bool changed;

	for (size_t i = 0; rc == VST_OK && shipment->replied && i < shipment->count; i++) {
		rc = vst_report_apply(pass->engine, tx, shipment->seqs[i], &shipment->outcomes[i], &pass->scratch, &changed,
		                      err);
	}
	return rc;
}

vst_rc vst_pass_settle(vst_pass *pass, vst_tx *tx, vst_shipment *shipment, vst_err *err)
{
	const vst_worker *worker = &pass->engine->dispatcher->worker;
	bool any_mine = false;
	vst_rc rc = VST_OK;

	shipment->plan = VST_PLAN_SETTLED;
	if (shipment->cargo == VST_CARGO_STATUS) {
		return settle_status(pass, tx, shipment, err);
	}
	if (shipment->cargo == VST_CARGO_BALANCE) {
		return vst_pass_settle_balance(pass, tx, shipment, err);
	}
	for (size_t i = 0; rc == VST_OK && i < shipment->count; i++) {
		vst_message message;
		vst_flight flight;
		bool found = false;

		rc = vst_flight_get(tx, shipment->seqs[i], &flight, &found, err);
		if (rc != VST_OK || !found || flight.slot != worker->slot || flight.fence != worker->fence) {
			continue;
		}
		any_mine = true;
		rc = vst_message_get(tx, shipment->seqs[i], &pass->scratch, &message, &found, err);
		if (rc == VST_OK && found && (message.state == VST_SENDING || message.state == VST_CLAIMED)) {
			rc = settle_message(pass, tx, shipment, i, &message, err);
			pass->counts.settled++;
		}
	}
	/* Late news of a worker that lost all its messages say nothing of the provider today. */
	return rc == VST_OK && any_mine ? judge_provider(tx, shipment, err) : rc;
}
