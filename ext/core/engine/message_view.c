#include "message_view.h"

#include "breaker.h"
#include "json.h"

struct names {
	vst_str entity, sender, provider;
};

static vst_rc read_name(vst_tx *tx, int64_t id, vst_arena *memory, vst_str *out, vst_err *err)
{
	*out = VST_STR_EMPTY;
	return id != 0 ? vst_name_text(tx, id, memory, out, err) : VST_OK;
}

static vst_rc read_names(vst_tx *tx, const vst_message *message, vst_arena *memory, struct names *out, vst_err *err)
{
	vst_rc rc;

	if ((rc = read_name(tx, message->entity, memory, &out->entity, err)) != VST_OK ||
	    (rc = read_name(tx, message->sender, memory, &out->sender, err)) != VST_OK) {
		return rc;
	}
	return read_name(tx, message->provider, memory, &out->provider, err);
}

static json_t *list_of_zones(vst_str zones)
{
	json_t *list = json_array();
	size_t start = 0;

	for (size_t i = 0; i <= zones.len; i++) {
		if (i < zones.len && zones.ptr[i] != '|') {
			continue;
		}
		if (i > start && json_array_append_new(list, json_stringn(zones.ptr + start, i - start)) != 0) {
			json_decref(list);
			return NULL;
		}
		start = i + 1;
	}
	return list;
}

/* A stored JSON list; an empty one when there is none. */
static vst_rc load_list(vst_str text, json_t **out, vst_err *err)
{
	json_error_t problem;

	*out = text.len > 0 ? json_loadb(text.ptr, text.len, 0, &problem) : json_array();
	return json_is_array(*out) ? VST_OK : vst_fail(err, VST_E_CORRUPT, "a stored list cannot be read");
}

static vst_rc load_findings(vst_str decision, json_t **out, vst_err *err)
{
	json_error_t problem;
	json_t *stored, *findings;

	*out = NULL;
	if (decision.len == 0) {
		*out = json_array();
		return *out != NULL ? VST_OK : vst_fail_nomem(err);
	}
	stored = json_loadb(decision.ptr, decision.len, 0, &problem);
	findings = json_object_get(stored, "findings");
	if (json_is_array(findings)) {
		*out = json_incref(findings);
	}
	json_decref(stored);
	return *out != NULL ? VST_OK : vst_fail(err, VST_E_CORRUPT, "a stored decision cannot be read");
}

struct waits {
	vst_str reason; /* "" the message does not wait */
	int64_t until;  /* 0 nobody can tell */
};

/* A message whose time has come waits for its turn, and the turn may wait for its provider. */
static vst_rc read_turn(vst_tx *tx, const struct names *names, vst_arena *memory, struct waits *out, vst_err *err)
{
	vst_str limit = vst_arena_format(memory, "provider:%.*s", VST_STR_ARGS(names->provider));
	int64_t now = vst_tx_now(tx), arrival_us = 0;
	vst_breaker breaker;
	vst_rc rc;

	out->reason = VST_STR("turn");
	if (names->provider.len == 0) {
		out->reason = VST_STR("no_provider");
		return VST_OK;
	}
	if (vst_tx_hold(tx) != VST_HOLD_NONE && !vst_str_is(names->provider, "sandbox")) {
		out->reason = VST_STR("store_holds");
		return VST_OK;
	}
	rc = vst_breaker_get(tx, names->provider, &breaker, err);
	if (rc == VST_OK) {
		rc = vst_limit_get(tx, limit, &arrival_us, err);
	}
	if (rc == VST_OK && breaker.until > now) {
		out->reason = VST_STR("provider_stopped");
		out->until = breaker.until;
	} else if (rc == VST_OK && arrival_us / 1000000 > now) {
		out->reason = VST_STR("rate_limit");
		out->until = arrival_us / 1000000;
	}
	return rc;
}

/*
 * Why a message waits and until when. A held one waits for a person; its own reason stays in the row and holds again
 * after the release.
 */
static vst_rc read_waits(vst_tx *tx, const vst_message *message, const struct names *names, vst_arena *memory,
                         struct waits *out, vst_err *err)
{
	*out = (struct waits) {VST_STR_EMPTY, 0};
	if (message->state != VST_DEFERRED && message->state != VST_QUEUED) {
		return VST_OK;
	}
	if (message->held) {
		out->reason = VST_STR("held");
		return VST_OK;
	}
	if (message->due <= vst_tx_now(tx)) {
		return read_turn(tx, names, memory, out, err);
	}
	out->reason = message->reason.len > 0 ? message->reason : VST_STR("not_before");
	out->until = message->due;
	return VST_OK;
}

static void set_waits(vst_json *json, const struct waits *waits)
{
	vst_json object;

	if (waits->reason.len == 0) {
		vst_json_set(json, "waits", json_null());
		return;
	}
	vst_json_begin(&object);
	vst_json_set_text(&object, "for", waits->reason);
	vst_json_set_instant(&object, "until", waits->until);
	json->failed = json->failed || object.failed;
	vst_json_set(json, "waits", object.object);
}

static void set_what_was_given(vst_json *json, const vst_message *message)
{
	vst_json_set_text(json, "key", message->key);
	vst_json_set_text(json, "campaign", message->campaign);
	vst_json_set_text(json, "order", message->order_number);
	vst_json_set_text(json, "customer", message->customer);
	vst_json_set_text(json, "site", message->site);
	vst_json_set_text(json, "basis", message->basis);
	vst_json_set_text(json, "approved_by", message->approved_by);
	vst_json_set_bool(json, "debt", message->debt);
	vst_json_set_instant(json, "not_before", message->not_before);
	vst_json_set_instant(json, "valid_until", message->valid_until);
}

static void set_what_happened(vst_json *json, const vst_message *message)
{
	vst_json_set_instant(json, "due", message->due);
	vst_json_set_integer(json, "attempts", message->attempts);
	vst_json_set_text(json, "reason", message->held ? VST_STR("held") : message->reason);
	vst_json_set_text(json, "provider_message", message->provider_message);
	vst_json_set_text(json, "provider_code", message->provider_code);
	vst_json_set_integer(json, "created_ms", message->created_ms);
	vst_json_set_instant(json, "sending_ms", message->sending_ms);
	vst_json_set_instant(json, "accepted_ms", message->accepted_ms);
	vst_json_set_instant(json, "final_ms", message->final_ms);
}

static void set_message(vst_json *json, const vst_message *message, const struct names *names,
                        const struct waits *waits)
{
	char id[VST_ID_LEN + 1];

	vst_id_format(message->id, id);
	vst_json_set_name(json, "id", id);
	vst_json_set_text(json, "entity", names->entity);
	vst_json_set_phone(json, "phone", message->phone);
	vst_json_set_name(json, "category", vst_category_name(message->category));
	vst_json_set_name(json, "state", vst_state_name(message->state));
	vst_json_set_bool(json, "held", message->held);
	set_waits(json, waits);
	vst_json_set(json, "text", vst_json_text(message->text));
	vst_json_set_name(json, "encoding", vst_encoding_name(message->encoding));
	vst_json_set_integer(json, "units", message->units);
	vst_json_set_integer(json, "segments", message->segments);
	vst_json_set_text(json, "sender", names->sender);
	vst_json_set_text(json, "provider", names->provider);
	set_what_was_given(json, message);
	set_what_happened(json, message);
	vst_json_set(json, "timezones", list_of_zones(message->zones));
}

vst_rc vst_message_view(vst_tx *tx, const vst_message *message, json_t **out, vst_err *err)
{
	vst_arena memory = VST_ARENA_INIT;
	struct names names;
	struct waits waits;
	json_t *tags = NULL, *findings = NULL;
	vst_json json;
	vst_rc rc;

	if ((rc = read_names(tx, message, &memory, &names, err)) != VST_OK ||
	    (rc = read_waits(tx, message, &names, &memory, &waits, err)) != VST_OK ||
	    (rc = load_list(message->tags, &tags, err)) != VST_OK ||
	    (rc = load_findings(message->decision, &findings, err)) != VST_OK) {
		goto out;
	}
	vst_json_begin(&json);
	set_message(&json, message, &names, &waits);
	vst_json_set(&json, "tags", json_incref(tags));
	vst_json_set(&json, "findings", json_incref(findings));
	rc = vst_json_end(&json, out, err);
out:
	json_decref(tags);
	json_decref(findings);
	vst_arena_free(&memory);
	return rc;
}
