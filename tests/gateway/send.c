/* /sms/send and /sms/cost */
#include "smsru.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

#define RECIPIENTS_MAX (BATCH_MAX + 1) /* one more than is allowed is enough to know */
#define SEGMENTS_MAX 8

typedef struct recipient {
	gw_text given; /* as it stood in the request: the key of the reply */
	int64_t phone; /* 0: no number */
	gw_text text;
	int segments, code;
	uint32_t id;
	bool no_entry;
} recipient;

typedef struct mailing {
	recipient items[RECIPIENTS_MAX];
	size_t count;
	gw_text sender;
	bool test;
} mailing;

static void add(mailing *batch, gw_text phone, gw_text text)
{
	if (batch->count < RECIPIENTS_MAX) {
		batch->items[batch->count++] = (recipient) {.given = phone, .phone = gw_phone(phone), .text = text};
	}
}

static void add_list(mailing *batch, gw_text list, gw_text text)
{
	while (list.len > 0) {
		const char *comma = memchr(list.ptr, ',', list.len);
		size_t len = comma != NULL ? (size_t) (comma - list.ptr) : list.len;

		if (len > 0) {
			add(batch, (gw_text) {list.ptr, len}, text);
		}
		len += comma != NULL;
		list = (gw_text) {list.ptr + len, list.len - len};
	}
}

/* "to[79990000001]" and the older "multi[79990000001]" */
static bool pair_phone(gw_text name, gw_text *phone)
{
	size_t skip = name.len > 3 && memcmp(name.ptr, "to[", 3) == 0      ? 3
	              : name.len > 6 && memcmp(name.ptr, "multi[", 6) == 0 ? 6
	                                                                   : 0;

	if (skip == 0 || name.ptr[name.len - 1] != ']') {
		return false;
	}
	*phone = (gw_text) {name.ptr + skip, name.len - skip - 1};
	return true;
}

static void read_recipients(const gw_request *request, mailing *batch)
{
	gw_text text = gw_value(request, "msg"), phone;

	text = text.len > 0 ? text : gw_value(request, "text");
	batch->sender = gw_value(request, "from");
	batch->test = gw_is(gw_value(request, "test"), "1");
	for (size_t i = 0; i < request->form.count; i++) {
		if (pair_phone(request->form.items[i].name, &phone)) {
			add(batch, phone, request->form.items[i].value);
		}
	}
	add_list(batch, gw_value(request, "to"), text);
}

static bool is_sender_good(const gw_state *gw, gw_text sender)
{
	bool good = gw->sender_count == 0 || sender.len == 0;

	for (size_t i = 0; !good && i < gw->sender_count; i++) {
		good = gw_is(sender, gw->senders[i]);
	}
	return good;
}

/* `time` lies at most about two months ahead, `ttl` is 1 to 1440 minutes. */
static bool are_times_good(const gw_request *request)
{
	gw_text at = gw_value(request, "time"), ttl = gw_value(request, "ttl");
	int64_t number;

	if (at.len > 0 && (!gw_number(at, &number) || number > (int64_t) time(NULL) + 62 * 86400)) {
		return false;
	}
	return ttl.len == 0 || (gw_number(ttl, &number) && number >= 1 && number <= 1440);
}

/* What is wrong with the request as a whole; 0: nothing. */
static int check(gw_state *gw, const gw_request *request, mailing *batch)
{
	int64_t price = 0;

	if (batch->count > BATCH_MAX) {
		return 213;
	}
	if (batch->count == 0) {
		return 202;
	}
	for (size_t i = 0; i < batch->count; i++) {
		if (!gw_is_utf8(batch->items[i].text)) {
			return 212;
		}
		batch->items[i].segments = gw_segments(batch->items[i].text);
		price += batch->items[i].segments * gw->price_kopecks;
	}
	if (!is_sender_good(gw, batch->sender)) {
		return 204;
	}
	if (!are_times_good(request)) {
		return 208;
	}
	if (gw->price_kopecks > 0 && price > gw->balance_kopecks) {
		return 201;
	}
	return gw->daily_limit > 0 && gw->accepted + (int64_t) batch->count > gw->daily_limit ? 206 : 0;
}

static const gw_digits_row *script_of(const gw_state *gw, int64_t phone)
{
	return gw->plain ? NULL : gw_digits_of(phone);
}

/* The code of one recipient; `times`: how often its text has reached us for it, this time included. */
static int decide(const gw_state *gw, const recipient *to, const gw_entry *entry, int64_t now_ms)
{
	const gw_digits_row *script = script_of(gw, to->phone);

	if (to->text.len == 0) {
		return 203;
	}
	if (to->segments > SEGMENTS_MAX) {
		return 205;
	}
	if (gw_is_stopped(gw, to->phone)) {
		return 209;
	}
	if (script != NULL && script->code != 100 && (!script->once || entry->count == 1)) {
		return script->code;
	}
	if (gw->repeat_window_s > 0 && entry->accepted > 0 &&
	    now_ms - entry->last_ms < gw->repeat_window_s * INT64_C(1000)) {
		return 231;
	}
	return 100;
}

static int report_of(const gw_state *gw, int64_t phone)
{
	const gw_digits_row *script = script_of(gw, phone);

	return script != NULL ? script->report : 103;
}

/* The first fault that the digits of a phone ask for, if none was chosen for the request. */
static void choose_by_digits(const gw_state *gw, const recipient *to, const gw_entry *entry, gw_reply *reply)
{
	const gw_digits_row *script = script_of(gw, to->phone);

	if (reply->fault == FAULT_NONE && script != NULL && script->fault != FAULT_NONE &&
	    (!script->once || entry->count == 1)) {
		reply->fault = script->fault;
		reply->fault_ms = gw_faults[script->fault].ms;
	}
}

static void accept_one(gw_state *gw, recipient *to, gw_entry *entry, int64_t now_ms)
{
	int report = report_of(gw, to->phone);

	to->id = gw_ledger_accept(&gw->ledger, entry, now_ms, report);
	gw->accepted++;
	gw->balance_kopecks -= to->segments * gw->price_kopecks;
	if (report != 0 && !gw->no_reports) {
		gw_reports_add(gw, to->id);
	}
}

/* Counts everything first: what a fault then does to the reply is another matter. */
static void take(gw_state *gw, mailing *batch, gw_reply *reply)
{
	int64_t now_ms = gw_now_ns() / 1000000;
	uint32_t places[BATCH_MAX];

	for (size_t i = 0; i < batch->count; i++) {
		recipient *to = &batch->items[i];
		gw_entry *entry;

		if (to->phone == 0) {
			to->code = 202;
			continue;
		}
		gw->messages++;
		entry = gw_ledger_count(&gw->ledger, to->phone, to->text, batch->sender);
		places[i] = (uint32_t) (entry - gw->ledger.entries);
		choose_by_digits(gw, to, entry, reply);
	}
	for (size_t i = 0; i < batch->count; i++) {
		recipient *to = &batch->items[i];
		const gw_digits_row *script = script_of(gw, to->phone);
		gw_entry *entry;

		if (to->phone == 0) {
			continue;
		}
		entry = &gw->ledger.entries[places[i]];
		to->code = decide(gw, to, entry, now_ms);
		if (gw_faults[reply->fault].refuses) {
			to->code = gw_faults[reply->fault].code;
		} else if (to->code == 100) {
			accept_one(gw, to, entry, now_ms);
		} else if (script != NULL && script->with_id) {
			to->id = UINT32_C(80000000) + (uint32_t) i; /* an id that nothing is known of */
		}
		to->no_entry = script != NULL && script->no_entry;
		gw_ledger_log(&gw->ledger, entry, to->code);
	}
	gw_ledger_flush(&gw->ledger);
}

static void pretend(gw_state *gw, mailing *batch)
{
	gw->tests += (int64_t) batch->count;
	for (size_t i = 0; i < batch->count; i++) {
		batch->items[i].code = batch->items[i].phone == 0 ? 202 : 100;
		batch->items[i].id = UINT32_C(70000000) + (uint32_t) i;
	}
}

static void put_json(gw_state *gw, const mailing *batch, gw_buf *out)
{
	char id[24];
	bool first = true;

	gw_put(out, TEXT("{\"status\":\"OK\",\"status_code\":100,\"sms\":{"));
	for (size_t i = 0; i < batch->count; i++) {
		const recipient *to = &batch->items[i];

		if (to->no_entry) {
			continue;
		}
		gw_put(out, first ? TEXT("") : TEXT(","));
		first = false;
		gw_put_json(out, to->given);
		if (to->code == 100) {
			gw_id_format(to->id, id);
			gw_print(out, ":{\"status\":\"OK\",\"status_code\":100,\"sms_id\":\"%s\"}", id);
			continue;
		}
		gw_print(out, ":{\"status\":\"ERROR\",\"status_code\":%d,\"status_text\":\"%s\"", to->code,
		         gw_code_words(to->code));
		if (to->id != 0) {
			gw_id_format(to->id, id);
			gw_print(out, ",\"sms_id\":\"%s\"", id);
		}
		gw_put(out, TEXT("}"));
	}
	gw_put(out, TEXT("},\"balance\":"));
	gw_put_balance(gw, out);
	gw_put(out, TEXT("}"));
}

static void put_lines(gw_state *gw, const mailing *batch, gw_buf *out)
{
	char id[24];

	gw_put(out, TEXT("100\n"));
	for (size_t i = 0; i < batch->count; i++) {
		if (batch->items[i].code == 100) {
			gw_id_format(batch->items[i].id, id);
			gw_print(out, "%s\n", id);
		} else {
			gw_print(out, "%d\n", batch->items[i].code);
		}
	}
	gw_put(out, TEXT("balance="));
	gw_put_balance(gw, out);
}

void gw_send(gw_state *gw, gw_request *request, gw_reply *reply)
{
	mailing batch;
	int code;

	batch.count = 0;
	gw->sends++;
	read_recipients(request, &batch);
	code = check(gw, request, &batch);
	if (code == 0) {
		if (batch.test) {
			pretend(gw, &batch);
		} else {
			take(gw, &batch, reply);
		}
		code = gw_faults[reply->fault].code;
	}
	if (code != 0) {
		gw_refuse_request(gw, request, reply, code);
		return;
	}
	for (size_t i = 0; i < batch.count; i++) {
		gw->refused[batch.items[i].code] += batch.items[i].code != 100 && batch.items[i].code != 0;
	}
	if (gw_wants_json(request)) {
		put_json(gw, &batch, &reply->body);
	} else {
		put_lines(gw, &batch, &reply->body);
	}
}

/* The totals are missing when every number failed. */
void gw_cost(gw_state *gw, gw_request *request, gw_reply *reply)
{
	mailing batch;
	int segments = 0, code;

	batch.count = 0;
	read_recipients(request, &batch);
	code = check(gw, request, &batch);
	if (code != 0) {
		gw_refuse_request(gw, request, reply, code);
		return;
	}
	gw_print(&reply->body, "{\"status\":\"OK\",\"status_code\":100,\"sms\":{");
	for (size_t i = 0; i < batch.count; i++) {
		const recipient *to = &batch.items[i];

		gw_print(&reply->body, i > 0 ? "," : "");
		gw_put_json(&reply->body, to->given);
		if (to->phone == 0) {
			gw_print(&reply->body, ":{\"status\":\"ERROR\",\"status_code\":202,\"status_text\":\"%s\"}",
			         gw_code_words(202));
			continue;
		}
		segments += to->segments;
		gw_print(&reply->body, ":{\"status\":\"OK\",\"status_code\":100,\"cost\":%d.30,\"sms\":%d}", to->segments * 2,
		         to->segments);
	}
	gw_print(&reply->body, "}");
	if (segments > 0) {
		gw_print(&reply->body, ",\"total_cost\":%d.30,\"total_sms\":%d", segments * 2, segments);
	}
	gw_print(&reply->body, "}");
}
