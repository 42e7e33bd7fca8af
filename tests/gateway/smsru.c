/* SMS.ru's protocol except sending, which is send.c. */
#define _GNU_SOURCE /* strndup */
#include "smsru.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

const char *gw_code_words(int code)
{
	static const struct {
		int code;
		const char *words;
	} rows[] = {
		{-1, "message id not found"},
		{100, "done"},
		{102, "on its way"},
		{103, "delivered"},
		{104, "not delivered: expired"},
		{106, "not delivered: handset failure"},
		{108, "not delivered: rejected"},
		{110, "read"},
		{200, "wrong api_id"},
		{201, "not enough money"},
		{202, "wrong number or no route"},
		{203, "no text"},
		{204, "sender not approved"},
		{205, "longer than 8 segments"},
		{206, "daily limit reached"},
		{207, "no route for this number"},
		{208, "wrong time"},
		{209, "number in your stop list"},
		{210, "GET where POST is needed"},
		{211, "unknown method"},
		{212, "text is not UTF-8"},
		{213, "too many recipients"},
		{215, "number in our stop list after a complaint"},
		{220, "service busy"},
		{231, "same text to the same number within a minute"},
		{500, "server error"},
		{901, "wrong callback url"},
		{902, "callback not found"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (rows[i].code == code) {
			return rows[i].words;
		}
	}
	return "unknown";
}

int64_t gw_unix_time(const gw_state *gw)
{
	return gw->fixed_time != 0 ? gw->fixed_time : (int64_t) time(NULL);
}

gw_text gw_value(const gw_request *request, const char *name)
{
	const gw_text *value = gw_form_get(&request->form, name);

	value = value != NULL ? value : gw_form_get(&request->query, name);
	return value != NULL ? *value : TEXT("");
}

bool gw_wants_json(const gw_request *request)
{
	return gw_is(gw_value(request, "json"), "1");
}

void gw_refuse_request(gw_state *gw, const gw_request *request, gw_reply *reply, int code)
{
	if (code >= 0 && code < 1000) {
		gw->refused[code]++;
	}
	reply->body.len = 0;
	if (gw_wants_json(request)) {
		gw_print(&reply->body, "{\"status\":\"ERROR\",\"status_code\":%d,\"status_text\":\"%s\"}", code,
		         gw_code_words(code));
	} else {
		gw_print(&reply->body, "%d", code);
	}
}

void gw_put_balance(gw_state *gw, gw_buf *out)
{
	gw_print(out, "%" PRId64 ".%02" PRId64, gw->balance_kopecks / 100, gw->balance_kopecks % 100);
}

/* "8 (999) 000-00-01" and "+7…" → 79990000001; 0: no phone. */
int64_t gw_phone(gw_text text)
{
	int64_t number = 0;
	int count = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c >= '0' && c <= '9') {
			number = number * 10 + (c - '0');
			count++;
		} else if (strchr(" -()+", c) == NULL) {
			return 0;
		}
		if (count > 15) {
			return 0;
		}
	}
	if (count == 11 && number / 10000000000 == 8) {
		number -= 10000000000;
	} else if (count == 10) {
		number += 70000000000;
	}
	return count >= 10 ? number : 0;
}

bool gw_is_stopped(const gw_state *gw, int64_t phone)
{
	for (size_t i = 0; i < gw->stop_count; i++) {
		if (gw->stops[i].phone == phone) {
			return true;
		}
	}
	return false;
}

/* ---- the methods */

static void ok(gw_reply *reply)
{
	gw_print(&reply->body, "{\"status\":\"OK\",\"status_code\":100}");
}

static void auth_check(gw_state *gw, gw_request *request, gw_reply *reply)
{
	(void) gw;
	if (gw_wants_json(request)) {
		ok(reply);
	} else {
		gw_print(&reply->body, "100");
	}
}

static void balance(gw_state *gw, gw_request *request, gw_reply *reply)
{
	gw_print(&reply->body, gw_wants_json(request) ? "{\"status\":\"OK\",\"status_code\":100,\"balance\":" : "100\n");
	gw_put_balance(gw, &reply->body);
	gw_print(&reply->body, "%s", gw_wants_json(request) ? "}" : "");
}

/* As seen in real replies: the limit is a text, what is used a number. */
static void limit(gw_state *gw, gw_request *request, gw_reply *reply)
{
	(void) request;
	gw_print(&reply->body,
	         "{\"status\":\"OK\",\"status_code\":100,\"total_limit\":\"%" PRId64 "\",\"used_today\":%" PRId64 "}",
	         gw->daily_limit != 0 ? gw->daily_limit : 100000, gw->accepted);
}

static void free_limit(gw_state *gw, gw_request *request, gw_reply *reply)
{
	(void) gw;
	(void) request;
	gw_print(&reply->body, "{\"status\":\"OK\",\"status_code\":100,\"total_free\":5,\"used_today\":null}");
}

/* Without senders the member is missing. */
static void senders(gw_state *gw, gw_request *request, gw_reply *reply)
{
	(void) request;
	gw_print(&reply->body, "{\"status\":\"OK\",\"status_code\":100");
	for (size_t i = 0; i < gw->sender_count; i++) {
		gw_print(&reply->body, i == 0 ? ",\"senders\":[" : ",");
		gw_put_json(&reply->body, gw_text_of(gw->senders[i]));
	}
	gw_print(&reply->body, gw->sender_count > 0 ? "]}" : "}");
}

static void put_status(gw_state *gw, gw_buf *out, gw_text id)
{
	uint32_t number = gw_id_parse(id);
	int code = -1;

	if (number != 0 && number <= gw->ledger.sent_count) {
		int16_t report = gw->ledger.sent[number - 1].report;

		code = report == 0 ? 102 : report;
	}
	gw_put_json(out, id);
	gw_print(out, ":{\"status\":\"%s\",\"status_code\":%d,\"status_text\":\"%s\",\"cost\":%s}",
	         code > 0 ? "OK" : "ERROR", code, gw_code_words(code), code > 0 ? "\"2.30\"" : "null");
}

static void status(gw_state *gw, gw_request *request, gw_reply *reply)
{
	gw_text list = gw_value(request, "sms_id");
	size_t count = 0;

	gw_print(&reply->body, "{\"status\":\"OK\",\"status_code\":100,\"sms\":{");
	while (list.len > 0) {
		const char *comma = memchr(list.ptr, ',', list.len);
		size_t len = comma != NULL ? (size_t) (comma - list.ptr) : list.len;

		gw_print(&reply->body, count > 0 ? "," : "");
		put_status(gw, &reply->body, (gw_text) {list.ptr, len});
		len += comma != NULL;
		list = (gw_text) {list.ptr + len, list.len - len};
		count++;
	}
	gw_print(&reply->body, "},\"balance\":");
	gw_put_balance(gw, &reply->body);
	gw_print(&reply->body, "}");
	if (count > BATCH_MAX) {
		gw_refuse_request(gw, request, reply, 213);
	}
}

static void stop_add(gw_state *gw, gw_request *request, gw_reply *reply)
{
	int64_t phone = gw_phone(gw_value(request, "stoplist_phone"));
	gw_text comment = gw_value(request, "stoplist_text");

	if (phone == 0) {
		gw_refuse_request(gw, request, reply, 202);
		return;
	}
	if (!gw_is_stopped(gw, phone)) {
		gw->stops = gw_grow(gw->stops, &gw->stop_capacity, gw->stop_count + 1, sizeof *gw->stops);
		gw->stops[gw->stop_count++] = (gw_stop) {phone, strndup(comment.ptr, comment.len)};
	}
	ok(reply);
}

static void stop_del(gw_state *gw, gw_request *request, gw_reply *reply)
{
	int64_t phone = gw_phone(gw_value(request, "stoplist_phone"));

	for (size_t i = 0; i < gw->stop_count; i++) {
		if (gw->stops[i].phone == phone) {
			free(gw->stops[i].comment);
			gw->stops[i] = gw->stops[--gw->stop_count];
			break;
		}
	}
	ok(reply);
}

/* An empty map is printed as PHP does: []. */
static void stop_get(gw_state *gw, gw_request *request, gw_reply *reply)
{
	(void) request;
	gw_print(&reply->body, "{\"status\":\"OK\",\"status_code\":100,\"stoplist\":%s", gw->stop_count > 0 ? "{" : "[]}");
	for (size_t i = 0; i < gw->stop_count; i++) {
		gw_print(&reply->body, "%s\"%" PRId64 "\":", i > 0 ? "," : "", gw->stops[i].phone);
		gw_put_json(&reply->body, gw_text_of(gw->stops[i].comment));
	}
	gw_print(&reply->body, gw->stop_count > 0 ? "}}" : "");
}

static void put_callbacks(gw_state *gw, gw_reply *reply)
{
	gw_print(&reply->body, "{\"status\":\"OK\",\"status_code\":100");
	for (size_t i = 0; i < gw->callback_count; i++) {
		gw_print(&reply->body, i == 0 ? ",\"callback\":[" : ",");
		gw_put_json(&reply->body, gw_text_of(gw->callbacks[i]));
	}
	gw_print(&reply->body, gw->callback_count > 0 ? "]}" : "}");
}

static void callback_get(gw_state *gw, gw_request *request, gw_reply *reply)
{
	(void) request;
	put_callbacks(gw, reply);
}

/* Listed; posted to is only the address of --callback, so that a test decides by itself. */
static void callback_add(gw_state *gw, gw_request *request, gw_reply *reply)
{
	gw_text url = gw_value(request, "url");

	if (url.len < 8 || memcmp(url.ptr, "http", 4) != 0 || gw->callback_count == 8) {
		gw_refuse_request(gw, request, reply, 901);
		return;
	}
	gw->callbacks[gw->callback_count++] = strndup(url.ptr, url.len);
	put_callbacks(gw, reply);
}

static void callback_del(gw_state *gw, gw_request *request, gw_reply *reply)
{
	gw_text url = gw_value(request, "url");

	for (size_t i = 0; i < gw->callback_count; i++) {
		if (gw_is(url, gw->callbacks[i])) {
			free(gw->callbacks[i]);
			gw->callbacks[i] = gw->callbacks[--gw->callback_count];
			put_callbacks(gw, reply);
			return;
		}
	}
	gw_refuse_request(gw, request, reply, 902);
}

static const struct {
	const char *path;
	void (*answer)(gw_state *gw, gw_request *request, gw_reply *reply);
	bool post_only;
} methods[] = {
	{"/sms/send", gw_send, true},           {"/sms/cost", gw_cost, true},
	{"/sms/status", status, false},         {"/auth/check", auth_check, false},
	{"/my/balance", balance, false},        {"/my/limit", limit, false},
	{"/my/free", free_limit, false},        {"/my/senders", senders, false},
	{"/stoplist/add", stop_add, false},     {"/stoplist/del", stop_del, false},
	{"/stoplist/get", stop_get, false},     {"/callback/add", callback_add, false},
	{"/callback/del", callback_del, false}, {"/callback/get", callback_get, false},
};

/*
 * A fault named in the query (?fault=delay&ms=500), else one that was planned: those hit sends, so that a client's
 * questions (balance, status) use none of them up.
 */
static void choose_fault(gw_state *gw, gw_request *request, gw_reply *reply)
{
	const gw_text *name = gw_form_get(&request->query, "fault"), *ms = gw_form_get(&request->query, "ms");
	int64_t number;

	if (name != NULL && gw_fault_named(*name) != FAULT_COUNT) {
		reply->fault = gw_fault_named(*name);
		reply->fault_ms = gw_faults[reply->fault].ms;
		if (ms != NULL && gw_number(*ms, &number)) {
			reply->fault_ms = (int) number;
		}
		return;
	}
	for (int fault = FAULT_CLOSE_AFTER_READ; fault < FAULT_COUNT && gw_is(request->path, "/sms/send"); fault++) {
		if (gw_fault_now(gw, (gw_fault) fault, &reply->fault_ms)) {
			reply->fault = (gw_fault) fault;
			return;
		}
	}
}

void gw_smsru(gw_state *gw, gw_request *request, gw_reply *reply)
{
	choose_fault(gw, request, reply);
	for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
		if (!gw_is(request->path, methods[i].path)) {
			continue;
		}
		if (methods[i].post_only && !gw_is(request->method, "POST")) {
			gw_refuse_request(gw, request, reply, 210);
		} else if (!gw_is(gw_value(request, "api_id"), gw->api_id)) {
			gw_refuse_request(gw, request, reply, 200);
		} else {
			methods[i].answer(gw, request, reply);
		}
		return;
	}
	gw_refuse_request(gw, request, reply, 211);
}
