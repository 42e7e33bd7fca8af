/*
 * A provider's webhook: authentic records go into the inbox, each once, and are applied in the same transaction, before
 * the reply is given. A report whose message is not known yet waits there until the message's provider id is stored.
 */
#include "dispatch.h"

struct receiving {
	vst_engine *engine;
	int64_t provider_id;
	vst_str provider;
	const vst_records *records;
	int64_t events;
	vst_arena scratch;
};

static vst_rc take_report(struct receiving *r, vst_tx *tx, const vst_record *record, vst_err *err)
{
	vst_str body;
	int64_t seq = 0;
	bool fresh = false, changed = false;
	vst_rc rc = vst_outcome_json(&record->outcome, &r->scratch, &body, err);

	if (rc == VST_OK) {
		rc = vst_handover_get(tx, r->provider_id, record->provider_id, &seq, err);
	}
	if (rc == VST_OK) {
		rc = vst_inbox_add(tx, r->provider_id, record->dedup, record->provider_id, body,
		                   seq != 0 ? VST_INBOX_APPLIED : VST_INBOX_WAITING, &fresh, err);
	}
	if (rc == VST_OK && fresh && seq != 0) {
		rc = vst_report_apply(r->engine, tx, seq, &record->outcome, &r->scratch, &changed, err);
	}
	r->events += fresh;
	return rc;
}

/* Inbound messages are kept and announced; what they mean is the consent work's matter. */
static vst_rc take_inbound(struct receiving *r, vst_tx *tx, const vst_record *record, vst_err *err)
{
	vst_event event = {.type = VST_STR("inbound.received"), .phone = record->from, .data = VST_STR_EMPTY};
	bool fresh = false;
	vst_rc rc =
		vst_inbox_add(tx, r->provider_id, record->dedup, VST_STR_EMPTY, record->text, VST_INBOX_APPLIED, &fresh, err);

	r->events += fresh;
	return rc == VST_OK && fresh ? vst_event_append(tx, &event, err) : rc;
}

static vst_rc receive_body(vst_tx *tx, void *context, vst_err *err)
{
	struct receiving *r = context;
	vst_settings *settings;
	vst_rc rc = vst_engine_current(r->engine, tx, &settings, err);

	r->events = 0;
	vst_arena_reset(&r->scratch);
	if (rc == VST_OK) {
		rc = vst_name_id(tx, VST_NAME_PROVIDER, r->provider, &r->provider_id, err);
	}
	for (size_t i = 0; rc == VST_OK && i < r->records->count; i++) {
		const vst_record *record = &r->records->items[i];

		if (record->kind == VST_RECORD_REPORT) {
			rc = take_report(r, tx, record, err);
		} else if (record->kind == VST_RECORD_INBOUND) {
			rc = take_inbound(r, tx, record, err);
		}
	}
	return rc;
}

struct loading {
	vst_engine *engine;
	vst_settings *settings;
};

static vst_rc load(vst_tx *tx, void *context, vst_err *err)
{
	struct loading *l = context;

	return vst_engine_current(l->engine, tx, &l->settings, err);
}

vst_rc vst_engine_receive(vst_engine *engine, vst_str provider, const vst_webhook *webhook, json_t **out, vst_err *err)
{
	struct loading loading = {engine, NULL};
	vst_arena memory = VST_ARENA_INIT;
	vst_records records = {NULL, 0};
	vst_webhook_reply reply = {500, VST_STR_EMPTY, false};
	struct receiving r = {engine, 0, provider, &records, 0, VST_ARENA_INIT};
	vst_provider *configured;
	vst_rc rc = vst_store_read(engine->store, load, &loading, err);

	if (rc != VST_OK) {
		return rc;
	}
	configured = vst_settings_provider(loading.settings, provider);
	if (configured == NULL) {
		return vst_fail(err, VST_E_INVALID, "provider: not one of settings.providers");
	}
	if (vst_provider_class_of(configured)->read_webhook == NULL) {
		return vst_fail(err, VST_E_INVALID, "provider: this one has no webhook");
	}
	rc = vst_provider_resolve(configured, err);
	if (rc == VST_OK) {
		rc = vst_provider_class_of(configured)->read_webhook(configured, webhook, &memory, &records, &reply, err);
	}
	if (rc == VST_OK && reply.authentic && records.count > 0) {
		rc = vst_store_write(engine->store, receive_body, &r, err);
	}
	if (rc == VST_OK) {
		*out = json_pack("{s:{s:i, s:s%}, s:I}", "reply", "status", reply.status, "body", reply.body.ptr,
		                 reply.body.len, "events", (json_int_t) r.events);
		rc = *out != NULL ? VST_OK : vst_fail_nomem(err);
	}
	vst_arena_free(&r.scratch);
	vst_arena_free(&memory);
	return rc;
}
