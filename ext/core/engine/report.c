/* Delivery reports and what a provider says of a recipient. A final state is never lowered. */
#include <stdlib.h>

#include "dispatch.h"
#include "stop.h"

static const struct {
	const char *name;
	vst_outcome_kind kind;
} kinds[] = {
	{"accepted", VST_OUTCOME_ACCEPTED},   {"pending", VST_OUTCOME_PENDING},
	{"delivered", VST_OUTCOME_DELIVERED}, {"undelivered", VST_OUTCOME_UNDELIVERED},
	{"retry", VST_OUTCOME_RETRY},         {"limit", VST_OUTCOME_LIMIT},
	{"rejected", VST_OUTCOME_REJECTED},   {"opt_out", VST_OUTCOME_OPT_OUT},
	{"barred", VST_OUTCOME_BARRED},       {"misconfigured", VST_OUTCOME_MISCONFIGURED},
	{"unsure", VST_OUTCOME_UNSURE},
};

vst_rc vst_outcome_json(const vst_outcome *outcome, vst_arena *arena, vst_str *json, vst_err *err)
{
	const char *name = "unsure";
	json_t *object;
	char *text;

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		if (kinds[i].kind == outcome->kind) {
			name = kinds[i].name;
		}
	}
	object = json_pack("{s:s, s:s%, s:s, s:I}", "kind", name, "code", outcome->code.ptr, outcome->code.len, "reason",
	                   outcome->reason != NULL ? outcome->reason : "", "at", (json_int_t) outcome->at);
	text = object != NULL ? json_dumps(object, JSON_COMPACT) : NULL;
	json_decref(object);
	if (text == NULL) {
		return vst_fail_nomem(err);
	}
	*json = vst_arena_copy(arena, vst_str_from(text));
	free(text);
	return arena->failed ? vst_fail_nomem(err) : VST_OK;
}

bool vst_outcome_parse(vst_str json, vst_arena *arena, vst_outcome *out)
{
	json_t *object = json_loadb(json.ptr, json.len, 0, NULL);
	const char *name = json_string_value(json_object_get(object, "kind"));
	bool good = false;

	memset(out, 0, sizeof *out);
	for (size_t i = 0; name != NULL && i < sizeof kinds / sizeof kinds[0]; i++) {
		if (strcmp(kinds[i].name, name) == 0) {
			out->kind = kinds[i].kind;
			good = true;
		}
	}
	out->provider_id = VST_STR_EMPTY;
	out->code = vst_arena_copy(arena, vst_str_from(json_string_value(json_object_get(object, "code"))));
	out->reason = vst_arena_copy(arena, vst_str_from(json_string_value(json_object_get(object, "reason")))).ptr;
	out->at = json_integer_value(json_object_get(object, "at"));
	json_decref(object);
	return good && !arena->failed;
}

/* The state a report leads to from where the message is; false: it changes nothing. */
static bool next_state(vst_state from, vst_outcome_kind kind, vst_state *to)
{
	switch (kind) {
		case VST_OUTCOME_DELIVERED: *to = VST_DELIVERED; break;
		case VST_OUTCOME_UNDELIVERED:
		case VST_OUTCOME_REJECTED:
		case VST_OUTCOME_OPT_OUT:
		case VST_OUTCOME_BARRED: *to = VST_UNDELIVERED; break;
		case VST_OUTCOME_ACCEPTED:
		case VST_OUTCOME_PENDING: *to = VST_ACCEPTED; break;
		default: return false;
	}
	return (from == VST_SENDING || from == VST_ACCEPTED || from == VST_IN_DOUBT) && from != *to &&
	       vst_state_may_become(from, *to);
}

vst_rc vst_report_apply(vst_engine *engine, vst_tx *tx, int64_t seq, const vst_outcome *outcome, vst_arena *arena,
                        bool *changed, vst_err *err)
{
	vst_message message;
	vst_state to;
	bool found = false;
	vst_rc rc = vst_message_get(tx, seq, arena, &message, &found, err);

	*changed = false;
	if (rc != VST_OK || !found || !next_state(message.state, outcome->kind, &to)) {
		return rc;
	}
	if (outcome->code.len > 0) {
		message.provider_code = outcome->code;
	}
	*changed = true;
	rc = vst_message_settle(tx, &message, to, vst_str_from(to == VST_UNDELIVERED ? outcome->reason : NULL), err);
	if (rc == VST_OK && (outcome->kind == VST_OUTCOME_OPT_OUT || outcome->kind == VST_OUTCOME_BARRED)) {
		rc = vst_report_stop(engine, tx, &message, outcome, err);
	}
	return rc;
}

vst_rc vst_report_stop(vst_engine *engine, vst_tx *tx, const vst_message *message, const vst_outcome *outcome,
                       vst_err *err)
{
	bool barred = outcome->kind == VST_OUTCOME_BARRED;
	vst_stop stop = {
		.entity = message->entity,
		.phone = message->phone,
		.kind = barred ? VST_STOP_OPERATOR_BAR : VST_STOP_PROVIDER,
		.scope = barred ? VST_SCOPE_ALL : VST_SCOPE_ADVERTISING,
		.reason = vst_str_from(outcome->reason),
		.author = VST_STR("provider"),
		.added = vst_tx_now(tx),
		.expires = barred ? vst_tx_now(tx) + vst_law_bar_period(engine->settings->law) : 0,
	};
	vst_str reason = vst_str_from(vst_stop_kind_name(stop.kind));
	int64_t cancelled;
	vst_rc rc = VST_OK;

	if (!barred) {
		return vst_stop_put_and_cancel(tx, &stop, reason, &cancelled, err);
	}
	/* The subscriber's operator lets no mass message through, whoever sends it. */
	for (size_t i = 0; rc == VST_OK && i < engine->settings->entity_count; i++) {
		rc = vst_name_find(tx, VST_NAME_ENTITY, engine->settings->entities[i].id, &stop.entity, err);
		if (rc == VST_OK && stop.entity != 0) {
			rc = vst_stop_put_and_cancel(tx, &stop, reason, &cancelled, err);
		}
	}
	return rc;
}
