/* What comes as evidence of a grant or a withdrawal, and how it is written into the ledger. */
#include "consent.h"
#include "filter.h"
#include "json.h"

#define WORDING_MAX 20000
#define TOPICS_MAX 100

static const char *const grant_keys[] = {
	"source", "wording", "confirmed_by", "purpose", "entity", "customer", "pre_ticked", "separate",
	"url",    "ip",      "user_agent",   "actor",   "topics", "at",       NULL,
};

static const char *const withdrawal_keys[] = {
	"source",   "wording", "confirmed_by", "purpose",    "entity", "customer", "pre_ticked",
	"separate", "url",     "ip",           "user_agent", "actor",  "topics",   "at",
	"channel",  "text",    "keyword",      "message",    "reason", "scope",    NULL,
};

/* Texts that are only kept: their greatest length. */
static const struct {
	const char *key;
	size_t max;
} kept_texts[] = {
	{"url", 2000}, {"ip", 64}, {"user_agent", 1000}, {"actor", 191}, {"channel", 32}, {"message", VST_ID_LEN},
};

/* Sources where the person's own hand is on a site: there R05 asks how the box stood before. */
#define SITE_SOURCES \
	(1u << VST_SOURCE_CHECKOUT | 1u << VST_SOURCE_REGISTRATION | 1u << VST_SOURCE_FORM | 1u << VST_SOURCE_SURVEY | \
	 1u << VST_SOURCE_CHATBOT)

static vst_rc check_customer(const vst_fields *fields, vst_err *err)
{
	vst_str text = VST_STR_EMPTY;

	/* A user's number in the shop is an integer there. */
	if (json_is_integer(json_object_get(fields->object, "customer"))) {
		return VST_OK;
	}
	return vst_fields_text(fields, "customer", 1, 191, &text, err);
}

static vst_rc check_topics(const vst_fields *fields, vst_err *err)
{
	const json_t *topics, *topic;
	vst_rc rc = vst_fields_list(fields, "topics", TOPICS_MAX, &topics, err);

	for (size_t i = 0; rc == VST_OK && i < json_array_size(topics); i++) {
		topic = json_array_get(topics, i);
		if (!json_is_string(topic)) {
			return vst_fail(err, VST_E_TYPE, "evidence.topics: expected a list of strings");
		}
		if (json_string_length(topic) == 0 || json_string_length(topic) > 191) {
			return vst_fail(err, VST_E_INVALID, "evidence.topics: a topic has 1 to 191 bytes");
		}
	}
	return rc;
}

static vst_rc read_confirmation(const vst_fields *fields, vst_evidence *out, vst_err *err)
{
	vst_str by = VST_STR_EMPTY;
	vst_rc rc = vst_fields_text(fields, "confirmed_by", 1, 32, &by, err);

	if (rc != VST_OK || by.len == 0) {
		return rc;
	}
	out->confirmed_by_code = vst_str_is(by, "code");
	out->confirmed = out->confirmed_by_code || vst_str_is(by, "kernel");
	return out->confirmed ? VST_OK : vst_fields_refuse(fields, "confirmed_by", err, "expected 'code' or 'kernel'");
}

/* The box was empty and stood apart from other consents: R05 wants both said, silence is no proof. */
static vst_rc read_proof(const vst_fields *fields, vst_evidence *out, vst_err *err)
{
	bool pre_ticked = true, separate = false;
	vst_rc rc;

	if ((rc = vst_fields_bool(fields, "pre_ticked", &pre_ticked, err)) != VST_OK ||
	    (rc = vst_fields_bool(fields, "separate", &separate, err)) != VST_OK) {
		return rc;
	}
	out->complete = out->has_source && out->wording.len > 0 &&
	                ((SITE_SOURCES & 1u << out->source) == 0 || (!pre_ticked && separate));
	return VST_OK;
}

static vst_rc read_common(const vst_fields *fields, vst_evidence *out, vst_err *err)
{
	unsigned purpose = VST_PURPOSE_ADVERTISING, source = 0;
	vst_str ignored = VST_STR_EMPTY;
	vst_rc rc;

	*out = (vst_evidence) {
		.given = fields->object,
		.entity = VST_STR_EMPTY,
		.wording = VST_STR_EMPTY,
		.reason = VST_STR_EMPTY,
		.text = VST_STR_EMPTY,
		.keyword = VST_STR_EMPTY,
	};
	if ((rc = vst_filter_word(fields, "purpose", vst_word_purpose, &purpose, err)) != VST_OK ||
	    (rc = vst_filter_word(fields, "source", vst_word_source, &source, err)) != VST_OK ||
	    (rc = vst_fields_text(fields, "wording", 1, WORDING_MAX, &out->wording, err)) != VST_OK ||
	    (rc = vst_fields_text(fields, "entity", 1, 64, &out->entity, err)) != VST_OK ||
	    (rc = vst_fields_integer(fields, "at", 1, VST_INSTANT_MAX, &out->at, err)) != VST_OK ||
	    (rc = check_customer(fields, err)) != VST_OK || (rc = check_topics(fields, err)) != VST_OK) {
		return rc;
	}
	for (size_t i = 0; i < sizeof kept_texts / sizeof kept_texts[0]; i++) {
		rc = vst_fields_text(fields, kept_texts[i].key, 1, kept_texts[i].max, &ignored, err);
		if (rc != VST_OK) {
			return rc;
		}
	}
	out->purpose = (vst_purpose) purpose;
	out->source = (vst_source) source;
	out->has_source = vst_fields_has(fields, "source");
	rc = read_confirmation(fields, out, err);
	return rc == VST_OK ? read_proof(fields, out, err) : rc;
}

vst_rc vst_evidence_of_grant(const json_t *given, vst_evidence *out, vst_err *err)
{
	vst_fields fields = vst_fields_input(given, "evidence");
	vst_rc rc = vst_fields_known(&fields, grant_keys, err);

	if (rc == VST_OK) {
		rc = read_common(&fields, out, err);
	}
	if (rc == VST_OK && !out->has_source) {
		rc = vst_fields_refuse(&fields, "source", err, "missing: where the consent was given");
	}
	if (rc == VST_OK && out->wording.len == 0) {
		rc = vst_fields_refuse(&fields, "wording", err, "missing: the full text that the person saw");
	}
	return rc;
}

vst_rc vst_evidence_of_withdrawal(const json_t *given, vst_evidence *out, vst_err *err)
{
	vst_fields fields = vst_fields_input(given, "evidence");
	unsigned scope = VST_SCOPE_ADVERTISING;
	vst_rc rc;

	if ((rc = vst_fields_known(&fields, withdrawal_keys, err)) != VST_OK ||
	    (rc = read_common(&fields, out, err)) != VST_OK ||
	    (rc = vst_filter_word(&fields, "scope", vst_word_stop_scope, &scope, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "text", 1, 4000, &out->text, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "keyword", 1, 64, &out->keyword, err)) != VST_OK) {
		return rc;
	}
	out->scope = (vst_stop_scope) scope;
	return vst_fields_text(&fields, "reason", 1, 500, &out->reason, err);
}

static json_t *entity_facts(const vst_gate_entity *entity)
{
	vst_json json;

	/* As they stood at that moment: the settings may change, the record does not. */
	vst_json_begin(&json);
	vst_json_set_text(&json, "id", entity->id);
	vst_json_set_text(&json, "name", entity->name);
	vst_json_set_text(&json, "brand", entity->brand);
	vst_json_set_text(&json, "inn", entity->inn);
	vst_json_set_text(&json, "ogrn", entity->ogrn);
	vst_json_set_text(&json, "address", entity->address);
	if (json.failed) {
		vst_json_drop(&json);
	}
	return json.object;
}

static void copy_given(vst_json *json, const json_t *given)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *) (uintptr_t) given, key, value) {
		/* The wording is kept by its hash, once for all who saw the same. */
		if (!json_is_null(value) && strcmp(key, "wording") != 0) {
			vst_json_set(json, key, json_incref(value));
		}
	}
}

vst_rc vst_consent_append(const vst_consent_record *record, const vst_evidence *evidence, int64_t *number, vst_err *err)
{
	vst_arena memory = VST_ARENA_INIT;
	vst_ledger_entry entry;
	json_t *body = NULL;
	vst_json json;
	vst_rc rc;

	memset(&entry, 0, sizeof entry);
	entry.at = vst_tx_now(record->tx);
	entry.entity = record->entity_id;
	entry.phone = record->phone;
	entry.purpose = record->purpose;
	entry.type = vst_str_from(record->grant ? "granted" : "withdrawn");
	entry.wording = evidence->wording;
	vst_json_begin(&json);
	copy_given(&json, evidence->given);
	vst_json_set(&json, "entity", entity_facts(record->entity));
	vst_json_set_name(&json, "purpose", vst_purpose_name(record->purpose));
	vst_json_set_integer(&json, "at", record->at);
	if (record->grant) {
		vst_json_set_bool(&json, "complete", evidence->complete);
	}
	if (record->because != 0) {
		vst_json_set_integer(&json, "because", record->because);
	}
	if (vst_store_clock(record->engine->store) == VST_CLOCK_MANUAL) {
		vst_json_set_name(&json, "clock", "manual");
	}
	rc = vst_json_end(&json, &body, err);
	if (rc == VST_OK) {
		rc = vst_json_dump(body, JSON_COMPACT | JSON_SORT_KEYS, &memory, &entry.body, err);
	}
	if (rc == VST_OK) {
		rc = vst_ledger_append(record->tx, &entry, err);
	}
	if (rc == VST_OK) {
		*number = entry.number;
	}
	json_decref(body);
	vst_arena_free(&memory);
	return rc;
}
