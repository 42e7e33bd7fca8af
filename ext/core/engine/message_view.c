#include "message_view.h"

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

/*
 * Why a message waits and until when. A held one waits for a person; its own reason stays in the row and holds again
 * after the release. A queued one whose time has come waits for its turn.
 */
static void set_waits(vst_json *json, const vst_message *message, int64_t now)
{
	vst_json waits;
	vst_str reason = message->reason;
	int64_t until = message->due > now ? message->due : 0;

	if (message->state != VST_DEFERRED && message->state != VST_QUEUED) {
		vst_json_set(json, "waits", json_null());
		return;
	}
	if (message->held) {
		reason = VST_STR("held");
		until = 0;
	} else if (until == 0) {
		reason = VST_STR("turn");
	} else if (reason.len == 0) {
		reason = VST_STR("not_before");
	}
	vst_json_begin(&waits);
	vst_json_set_text(&waits, "for", reason);
	vst_json_set_instant(&waits, "until", until);
	json->failed = json->failed || waits.failed;
	vst_json_set(json, "waits", waits.object);
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

static void set_message(vst_json *json, const vst_message *message, const struct names *names, int64_t now)
{
	char id[VST_ID_LEN + 1];

	vst_id_format(message->id, id);
	vst_json_set_name(json, "id", id);
	vst_json_set_text(json, "entity", names->entity);
	vst_json_set_phone(json, "phone", message->phone);
	vst_json_set_name(json, "category", vst_category_name(message->category));
	vst_json_set_name(json, "state", vst_state_name(message->state));
	vst_json_set_bool(json, "held", message->held);
	set_waits(json, message, now);
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
	json_t *tags = NULL, *findings = NULL;
	vst_json json;
	vst_rc rc;

	if ((rc = read_names(tx, message, &memory, &names, err)) != VST_OK ||
	    (rc = load_list(message->tags, &tags, err)) != VST_OK ||
	    (rc = load_findings(message->decision, &findings, err)) != VST_OK) {
		goto out;
	}
	vst_json_begin(&json);
	set_message(&json, message, &names, vst_tx_now(tx));
	vst_json_set(&json, "tags", json_incref(tags));
	vst_json_set(&json, "findings", json_incref(findings));
	rc = vst_json_end(&json, out, err);
out:
	json_decref(tags);
	json_decref(findings);
	vst_arena_free(&memory);
	return rc;
}
