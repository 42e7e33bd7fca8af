/* SMS.ru: sending and delivery status. Account and stop list: smsru_account.c, callbacks: smsru_webhook.c. */
#include "smsru.h"

#include <inttypes.h>
#include <stdio.h>

#include "form.h"

#define TTL_MAX 1440

vst_rc vst_smsru_begin(const vst_provider *provider, const char *path, vst_request *out, vst_err *err)
{
	vst_str key = vst_provider_text(provider, "api_id");

	*out = (vst_request) {
		.url = VST_BUF_INIT,
		.post = true,
		.timeout_ms = vst_provider_timeout_ms(provider),
		.connect_timeout_ms = vst_provider_connect_timeout_ms(provider),
	};
	if (key.len == 0) {
		return vst_fail(err, VST_E_SETTINGS, "providers.smsru.api_id: is not resolved");
	}
	vst_buf_append(&out->url, vst_provider_url(provider));
	vst_buf_append(&out->url, vst_str_from(path));
	vst_buf_append(&out->headers, VST_STR("Content-Type: application/x-www-form-urlencoded\nAccept: application/json"));
	vst_form_add(&out->body, VST_STR("api_id"), key);
	vst_form_add(&out->body, VST_STR("json"), VST_STR("1"));
	return VST_OK;
}

vst_rc vst_smsru_end(vst_request *out, vst_err *err)
{
	if (out->url.failed || out->body.failed || out->headers.failed) {
		vst_request_free(out);
		return vst_fail_nomem(err);
	}
	return VST_OK;
}

/* Whole minutes left, rounded down so that nothing arrives after valid_until; 0: no limit. */
static int64_t ttl_minutes(const vst_parcel *parcel)
{
	int64_t minutes;

	if (parcel->valid_until == 0) {
		return 0;
	}
	minutes = (parcel->valid_until - parcel->now) / 60;
	if (minutes < 1) {
		return 1;
	}
	return minutes < TTL_MAX ? minutes : TTL_MAX;
}

static bool may_share(const vst_provider *provider, const vst_parcel *a, const vst_parcel *b)
{
	(void) provider;
	return a->phone != b->phone && vst_str_equal(a->sender, b->sender) && ttl_minutes(a) == ttl_minutes(b);
}

static vst_rc check_parcels(const vst_parcel *parcels, size_t count, vst_err *err)
{
	if (count == 0 || count > VST_SMSRU_BATCH) {
		return vst_fail(err, VST_E_INVALID, "smsru: a request takes 1 to %d messages", VST_SMSRU_BATCH);
	}
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < i; k++) {
			if (!may_share(NULL, &parcels[i], &parcels[k])) {
				return vst_fail(err, VST_E_INVALID, "smsru: messages that cannot share a request");
			}
		}
	}
	return VST_OK;
}

static bool same_text(const vst_parcel *parcels, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		if (!vst_str_equal(parcels[i].text, parcels[0].text)) {
			return false;
		}
	}
	return true;
}

static void add_recipients(vst_buf *body, const vst_parcel *parcels, size_t count)
{
	char name[40], list[VST_SMSRU_BATCH * 21];
	size_t used = 0;

	if (!same_text(parcels, count)) {
		for (size_t i = 0; i < count; i++) {
			(void) snprintf(name, sizeof name, "to[%" PRId64 "]", parcels[i].phone);
			vst_form_add(body, vst_str_from(name), parcels[i].text);
		}
		return;
	}
	for (size_t i = 0; i < count; i++) {
		used += (size_t) snprintf(list + used, sizeof list - used, "%s%" PRId64, i > 0 ? "," : "", parcels[i].phone);
	}
	vst_form_add(body, VST_STR("to"), vst_str_of(list, used));
	vst_form_add(body, VST_STR("msg"), parcels[0].text);
}

static vst_rc build_send(const vst_provider *provider, const vst_parcel *parcels, size_t count, vst_request *out,
                         vst_err *err)
{
	vst_rc rc = check_parcels(parcels, count, err);

	if (rc == VST_OK) {
		rc = vst_smsru_begin(provider, "/sms/send", out, err);
	}
	if (rc != VST_OK) {
		return rc;
	}
	if (parcels[0].sender.len > 0) {
		vst_form_add(&out->body, VST_STR("from"), parcels[0].sender);
	}
	if (parcels[0].valid_until != 0) {
		vst_form_add_integer(&out->body, VST_STR("ttl"), ttl_minutes(&parcels[0]));
	}
	if (vst_provider_text(provider, "test").len > 0) {
		vst_form_add(&out->body, VST_STR("test"), VST_STR("1"));
	}
	add_recipients(&out->body, parcels, count);
	return vst_smsru_end(out, err);
}

json_t *vst_smsru_reply_object(const vst_reply *reply)
{
	vst_str body = reply->body;
	json_t *root;

	if (vst_str_starts(body, VST_STR("\xEF\xBB\xBF"))) {
		body = vst_str_of(body.ptr + 3, body.len - 3);
	}
	root = json_loadb(body.ptr, body.len, 0, NULL);
	if (!json_is_object(root)) {
		json_decref(root);
		return NULL;
	}
	return root;
}

bool vst_smsru_integer_text(vst_str text, int64_t *out)
{
	bool negative = text.len > 0 && text.ptr[0] == '-';
	int64_t value = 0;

	if (text.len <= negative || text.len > 18) {
		return false;
	}
	for (size_t i = negative; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9') {
			return false;
		}
		value = value * 10 + (text.ptr[i] - '0');
	}
	*out = negative ? -value : value;
	return true;
}

bool vst_smsru_integer(const json_t *value, int64_t *out)
{
	if (json_is_integer(value)) {
		*out = json_integer_value(value);
		return true;
	}
	return json_is_string(value) &&
	       vst_smsru_integer_text(vst_str_of(json_string_value(value), json_string_length(value)), out);
}

static vst_str id_text(const json_t *value, vst_arena *arena)
{
	if (json_is_integer(value)) {
		return vst_arena_format(arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	}
	return json_is_string(value)
	           ? vst_arena_copy(arena, vst_str_of(json_string_value(value), json_string_length(value)))
	           : VST_STR_EMPTY;
}

/* HTTP statuses that come from something before the API, so that nothing was sent. SMS.ru itself always says 200. */
static bool never_reached_api(long status)
{
	return (status >= 300 && status < 400) || status == 401 || status == 404 || status == 405 || status == 407;
}

/*
 * What a reply without a readable body means for a message: a server that read the request and answers nonsense may
 * have sent it.
 */
static vst_outcome unreadable(const vst_reply *reply, vst_arena *arena)
{
	vst_outcome outcome = {.kind = VST_OUTCOME_UNSURE, .provider_id = VST_STR_EMPTY, .code = VST_STR_EMPTY};

	if (reply->status != 0) {
		outcome.code = vst_arena_format(arena, "HTTP %ld", reply->status);
	}
	if (!reply->complete) {
		outcome.reason = reply->status == 0 ? "no_answer" : "broken_answer";
	} else if (reply->status == 429) {
		outcome.kind = VST_OUTCOME_LIMIT;
		outcome.reason = "too_many_requests";
		outcome.retry_after_s = reply->retry_after_s;
		outcome.provider_wide = true;
	} else if (never_reached_api(reply->status)) {
		outcome.kind = VST_OUTCOME_MISCONFIGURED;
		outcome.reason = "bad_url";
	} else {
		outcome.reason = "unreadable_answer";
	}
	return outcome;
}

static vst_outcome send_outcome(int64_t code, vst_str id, int64_t now, vst_arena *arena)
{
	vst_smsru_code row = vst_smsru_code_find(code);

	return (vst_outcome) {
		.kind = row.send,
		.provider_id = row.send == VST_OUTCOME_ACCEPTED ? id : VST_STR_EMPTY,
		.code = vst_arena_format(arena, "%" PRId64, code),
		.reason = row.reason,
		.retry_after_s = vst_smsru_wait_seconds(row.wait, now),
		.provider_wide = row.provider_wide,
	};
}

/* One recipient's outcome from the parsed reply. The codes decide, not the presence of an id. */
static vst_outcome read_recipient(const json_t *root, const vst_parcel *parcel, size_t count, vst_arena *arena)
{
	vst_outcome nothing = {
		.kind = VST_OUTCOME_UNSURE,
		.provider_id = VST_STR_EMPTY,
		.code = VST_STR_EMPTY,
		.reason = "no_entry",
	};
	const json_t *entry;
	vst_outcome outcome;
	char key[24];
	int64_t code;

	(void) snprintf(key, sizeof key, "%" PRId64, parcel->phone);
	entry = json_object_get(json_object_get(root, "sms"), key);
	if (vst_smsru_integer(json_object_get(entry, "status_code"), &code)) {
		return send_outcome(code, id_text(json_object_get(entry, "sms_id"), arena), parcel->now, arena);
	}
	if (!vst_smsru_integer(json_object_get(root, "status_code"), &code)) {
		nothing.reason = "unreadable_answer";
		return nothing;
	}
	outcome = send_outcome(code, VST_STR_EMPTY, parcel->now, arena);
	if (outcome.kind == VST_OUTCOME_ACCEPTED) {
		return nothing; /* the request was fine, this recipient is missing */
	}
	if (count > 1 && vst_smsru_code_find(code).one_number) {
		outcome.kind = VST_OUTCOME_RETRY; /* not sent, but it does not say whose number it means */
	}
	return outcome;
}

static vst_rc read_send(const vst_provider *provider, const vst_parcel *parcels, size_t count, const vst_reply *reply,
                        vst_arena *arena, vst_outcome *outcomes, vst_err *err)
{
	json_t *root = NULL;
	vst_outcome all = {
		.kind = VST_OUTCOME_RETRY,
		.provider_id = VST_STR_EMPTY,
		.code = VST_STR_EMPTY,
		.reason = "not_sent",
	};

	(void) provider;
	if (reply->released) {
		/* Also when it was cut off: half an object never parses, so a whole one is all there is to know. */
		root = vst_smsru_reply_object(reply);
		all = unreadable(reply, arena);
	}
	for (size_t i = 0; i < count; i++) {
		outcomes[i] = root != NULL ? read_recipient(root, &parcels[i], count, arena) : all;
	}
	json_decref(root);
	return arena->failed ? vst_fail_nomem(err) : VST_OK;
}

static vst_rc build_status(const vst_provider *provider, const vst_str *ids, size_t count, vst_request *out,
                           vst_err *err)
{
	vst_buf list = VST_BUF_INIT;
	vst_rc rc;

	if (count == 0 || count > VST_SMSRU_BATCH) {
		return vst_fail(err, VST_E_INVALID, "smsru: a status request takes 1 to %d ids", VST_SMSRU_BATCH);
	}
	rc = vst_smsru_begin(provider, "/sms/status", out, err);
	if (rc != VST_OK) {
		return rc;
	}
	for (size_t i = 0; i < count; i++) {
		if (i > 0) {
			vst_buf_byte(&list, ',');
		}
		vst_buf_append(&list, ids[i]);
	}
	vst_form_add(&out->body, VST_STR("sms_id"), vst_buf_str(&list));
	out->body.failed = out->body.failed || list.failed;
	vst_buf_free(&list);
	return vst_smsru_end(out, err);
}

/* A read that failed as a whole says nothing of the messages: ask again, slow down, or tell a person. */
static vst_outcome failed_read(const json_t *root, const vst_reply *reply, vst_arena *arena)
{
	vst_outcome outcome = unreadable(reply, arena);
	int64_t code;

	if (vst_smsru_integer(json_object_get(root, "status_code"), &code)) {
		outcome = send_outcome(code, VST_STR_EMPTY, 0, arena);
		outcome.retry_after_s = 0;
	}
	if (outcome.kind != VST_OUTCOME_LIMIT && outcome.kind != VST_OUTCOME_MISCONFIGURED) {
		outcome.kind = VST_OUTCOME_RETRY;
	}
	return outcome;
}

static vst_rc read_status(const vst_provider *provider, const vst_str *ids, size_t count, const vst_reply *reply,
                          vst_arena *arena, vst_outcome *outcomes, vst_err *err)
{
	json_t *root = vst_smsru_reply_object(reply);
	const json_t *sms = json_object_get(root, "sms");
	vst_outcome all = failed_read(root, reply, arena);

	(void) provider;
	for (size_t i = 0; i < count; i++) {
		vst_str id = vst_arena_copy(arena, ids[i]);
		const json_t *entry = json_object_get(sms, id.ptr);
		int64_t code;

		outcomes[i] = all;
		if (vst_smsru_integer(json_object_get(entry, "status_code"), &code)) {
			vst_smsru_code row = vst_smsru_code_find(code);

			outcomes[i] = (vst_outcome) {
				.kind = row.report,
				.code = vst_arena_format(arena, "%" PRId64, code),
				.reason = row.reason,
			};
		}
		outcomes[i].provider_id = id;
	}
	json_decref(root);
	return arena->failed ? vst_fail_nomem(err) : VST_OK;
}

static const vst_provider_key keys[] = {
	{"api_id", VST_KEY_SECRET, true, 1, 200},
	{"test", VST_KEY_BOOL, false, 0, 0}, /* SMS.ru processes in full, but sends and charges nothing */
	{NULL, VST_KEY_TEXT, false, 0, 0},
};

const vst_provider_class vst_smsru_class = {
	.name = "smsru",
	.default_url = "https://sms.ru",
	.max_batch = VST_SMSRU_BATCH,
	.can_poll = true,
	.validity = VST_VALIDITY_MINUTES,
	.keys = keys,
	.may_share = may_share,
	.build_send = build_send,
	.read_send = read_send,
	.build_status = build_status,
	.read_status = read_status,
	.read_webhook = vst_smsru_read_webhook,
	.build_query = vst_smsru_build_query,
	.read_query = vst_smsru_read_query,
};
