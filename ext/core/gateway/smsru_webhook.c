/* SMS.ru's callback: a form with records data[0], data[1] … and their hash. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/digest.h"
#include "form.h"
#include "smsru.h"

#define BODY_MAX ((size_t) 1024 * 1024) /* a hundred records are some ten kilobytes */
#define LINES_MAX 4

typedef struct entry {
	int64_t index;
	size_t place; /* in the request, so that equal indexes keep their order */
	vst_str value;
} entry;

static bool read_index(vst_str name, int64_t *index)
{
	if (!vst_str_starts(name, VST_STR("data[")) || name.len < 7 || name.ptr[name.len - 1] != ']' ||
	    name.ptr[5] == '-') {
		return false;
	}
	return vst_smsru_integer_text(vst_str_of(name.ptr + 5, name.len - 6), index);
}

static int compare_entries(const void *a, const void *b)
{
	const entry *left = a, *right = b;

	if (left->index != right->index) {
		return left->index < right->index ? -1 : 1;
	}
	return left->place < right->place ? -1 : left->place > right->place;
}

/* The records in numeric order (data[10] after data[9]) and the hash as given. */
static vst_rc read_form(const vst_webhook *webhook, vst_arena *arena, entry **entries, size_t *count, vst_str *hash,
                        vst_err *err)
{
	vst_pair *pairs = NULL;
	size_t pair_count = 0, used = 0;
	vst_rc rc = vst_form_parse(webhook->body, arena, &pairs, &pair_count, err);
	entry *found;

	if (rc != VST_OK) {
		return rc;
	}
	found = vst_arena_array(arena, pair_count + 1, sizeof *found);
	if (found == NULL) {
		return vst_fail_nomem(err);
	}
	for (size_t i = 0; i < pair_count; i++) {
		int64_t index;

		if (vst_str_is(pairs[i].name, "hash")) {
			*hash = pairs[i].value;
		} else if (read_index(pairs[i].name, &index)) {
			found[used] = (entry) {index, used, pairs[i].value};
			used++;
		}
	}
	qsort(found, used, sizeof *found, compare_entries);
	*entries = found;
	*count = used;
	return VST_OK;
}

static vst_rc is_authentic(vst_str key, const entry *entries, size_t count, vst_str hash, vst_arena *arena,
                           bool *authentic, vst_err *err)
{
	unsigned char digest[VST_SHA256_LEN];
	char hex[2 * VST_SHA256_LEN + 1];
	vst_str *parts = vst_arena_array(arena, count + 1, sizeof *parts);
	vst_rc rc;

	if (parts == NULL) {
		return vst_fail_nomem(err);
	}
	parts[0] = key;
	for (size_t i = 0; i < count; i++) {
		parts[i + 1] = entries[i].value;
	}
	rc = vst_sha256_parts(parts, count + 1, digest, err);
	if (rc == VST_OK) {
		vst_hex(digest, sizeof digest, hex);
		*authentic = vst_equal_secret(vst_str_from(hex), hash);
	}
	return rc;
}

static size_t split_lines(vst_str text, vst_str lines[LINES_MAX])
{
	size_t count = 0, start = 0;

	while (count < LINES_MAX && start <= text.len) {
		const char *from = text.ptr + start;
		const char *end = memchr(from, '\n', text.len - start);
		size_t len = end != NULL ? (size_t) (end - from) : text.len - start;

		start += len + 1;
		if (len > 0 && from[len - 1] == '\r') {
			len--;
		}
		lines[count++] = vst_str_of(from, len);
	}
	return count;
}

/* sms_status is a report; a heartbeat (test), call checks and what is unknown or cannot be read are ignored. */
static vst_record read_record(vst_str text, vst_arena *arena)
{
	vst_record record = {
		.kind = VST_RECORD_IGNORED,
		.provider_id = VST_STR_EMPTY,
		.outcome = {.provider_id = VST_STR_EMPTY, .code = VST_STR_EMPTY, .reason = "ignored"},
		.text = VST_STR_EMPTY,
		.dedup = VST_STR_EMPTY,
	};
	vst_str lines[LINES_MAX];
	vst_smsru_code row;
	int64_t code, at;

	if (split_lines(text, lines) < LINES_MAX || !vst_str_is(lines[0], "sms_status") || lines[1].len == 0 ||
	    !vst_smsru_integer_text(lines[2], &code) || !vst_smsru_integer_text(lines[3], &at)) {
		return record;
	}
	row = vst_smsru_code_find(code);
	record.kind = VST_RECORD_REPORT;
	record.provider_id = lines[1];
	record.outcome = (vst_outcome) {
		.kind = row.report,
		.provider_id = lines[1],
		.code = lines[2],
		.reason = row.reason,
		.at = at,
	};
	record.dedup = vst_arena_format(arena, "%.*s:%" PRId64 ":%" PRId64, VST_STR_ARGS(lines[1]), code, at);
	return record;
}

static vst_rc answer(vst_webhook_reply *reply, int status, vst_str body, bool authentic)
{
	*reply = (vst_webhook_reply) {.status = status, .body = body, .authentic = authentic};
	return VST_OK;
}

vst_rc vst_smsru_read_webhook(const vst_provider *provider, const vst_webhook *webhook, vst_arena *arena,
                              vst_records *records, vst_webhook_reply *reply, vst_err *err)
{
	vst_str key = vst_provider_text(provider, "api_id"), hash = VST_STR_EMPTY;
	entry *entries = NULL;
	bool authentic = false;
	size_t count = 0;
	vst_rc rc;

	*records = (vst_records) {NULL, 0};
	if (key.len == 0) {
		/* without the key anybody could make a right hash */
		return vst_fail(err, VST_E_SETTINGS, "providers.smsru.api_id: is not resolved");
	}
	if (!vst_str_is(webhook->method, "POST")) {
		return answer(reply, 405, VST_STR("POST only"), false);
	}
	if (webhook->body.len > BODY_MAX) {
		return answer(reply, 413, VST_STR("too large"), false);
	}
	rc = read_form(webhook, arena, &entries, &count, &hash, err);
	if (rc == VST_OK) {
		rc = is_authentic(key, entries, count, hash, arena, &authentic, err);
	}
	if (rc != VST_OK) {
		return rc;
	}
	if (!authentic) {
		return answer(reply, 403, VST_STR("wrong hash"), false);
	}
	records->items = vst_arena_array(arena, count + 1, sizeof *records->items);
	if (records->items == NULL) {
		return vst_fail_nomem(err);
	}
	for (size_t i = 0; i < count; i++) {
		records->items[i] = read_record(entries[i].value, arena);
	}
	records->count = count;
	return arena->failed ? vst_fail_nomem(err) : answer(reply, 200, VST_STR("100"), true);
}
