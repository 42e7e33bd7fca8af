/* What a test asks of the gateway itself: /control/… */
#include "smsru.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static int64_t number(const gw_request *request, const char *name, int64_t otherwise)
{
	gw_text text = gw_value(request, name);
	int64_t value;

	if (gw_is(text, "-1")) {
		return -1;
	}
	return gw_number(text, &value) ? value : otherwise;
}

static void put_refused(gw_state *gw, gw_buf *out)
{
	bool first = true;

	gw_put(out, TEXT(",\"refused\":{"));
	for (int code = 0; code < 1000; code++) {
		if (gw->refused[code] > 0) {
			gw_print(out, "%s\"%d\":%" PRId64, first ? "" : ",", code, gw->refused[code]);
			first = false;
		}
	}
	gw_put(out, TEXT("},\"faults\":{"));
	first = true;
	for (int fault = 1; fault < FAULT_COUNT; fault++) {
		if (gw->plans[fault].hits > 0) {
			gw_print(out, "%s\"%s\":%ld", first ? "" : ",", gw_faults[fault].name, gw->plans[fault].hits);
			first = false;
		}
	}
	gw_put(out, TEXT("}"));
}

static void stats(gw_state *gw, gw_request *request, gw_reply *reply)
{
	int64_t repeated = 0, twice = 0;

	(void) request;
	for (size_t i = 0; i < gw->ledger.entry_count; i++) {
		repeated += gw->ledger.entries[i].count > 1;
		twice += gw->ledger.entries[i].accepted > 1;
	}
	gw_print(&reply->body, "{\"connections\":%" PRId64 ",\"requests\":%" PRId64 ",\"unfinished\":%" PRId64,
	         gw->connections, gw->requests, gw->unfinished);
	gw_print(&reply->body, ",\"sends\":%" PRId64 ",\"messages\":%" PRId64 ",\"unique\":%zu,\"repeated\":%" PRId64,
	         gw->sends, gw->messages, gw->ledger.entry_count, repeated);
	gw_print(&reply->body, ",\"accepted\":%" PRId64 ",\"accepted_twice\":%" PRId64 ",\"tests\":%" PRId64, gw->accepted,
	         twice, gw->tests);
	gw_print(&reply->body, ",\"reports_pending\":%zu,\"reports_delivered\":%" PRId64 ",\"failed_posts\":%" PRId64,
	         gw->reports.count, gw->reports.delivered, gw->reports.failed_posts);
	put_refused(gw, &reply->body);
	gw_put(&reply->body, TEXT("}\n"));
}

static void messages(gw_state *gw, gw_request *request, gw_reply *reply)
{
	int64_t from = number(request, "from", 0), limit = number(request, "limit", INT64_MAX);
	int64_t phone = gw_phone(gw_value(request, "phone"));
	bool repeated = number(request, "repeated", 0) == 1;

	reply->type = "application/x-ndjson";
	for (size_t i = (size_t) from; i < gw->ledger.entry_count && limit > 0; i++) {
		const gw_entry *entry = &gw->ledger.entries[i];

		if ((phone == 0 || entry->phone == phone) && (!repeated || entry->count > 1)) {
			gw_entry_json(&reply->body, entry);
			limit--;
		}
	}
}

static void bad(gw_reply *reply, const char *words)
{
	reply->status = 400;
	gw_print(&reply->body, "{\"error\":\"%s\"}\n", words);
}

static void fault(gw_state *gw, gw_request *request, gw_reply *reply)
{
	gw_fault which = gw_fault_named(gw_value(request, "name"));
	gw_fault_plan *plan;

	if (which == FAULT_COUNT) {
		bad(reply, "unknown fault");
		return;
	}
	plan = &gw->plans[which];
	plan->ms = (int) number(request, "ms", gw_faults[which].ms);
	if (which == FAULT_REFUSE_CONNECTIONS) {
		plan->hits++;
		gw_refuse(gw, plan->ms);
	} else {
		plan->times = (long) number(request, "times", 1);
		plan->skip = (long) number(request, "skip", 0);
	}
	gw_print(&reply->body, "{\"fault\":\"%s\"}\n", gw_faults[which].name);
}

static void reset(gw_state *gw, gw_request *request, gw_reply *reply)
{
	(void) request;
	gw_reports_clear(gw);
	gw_ledger_clear(&gw->ledger);
	for (size_t i = 0; i < gw->stop_count; i++) {
		free(gw->stops[i].comment);
	}
	gw->stop_count = 0;
	memset(gw->plans, 0, sizeof gw->plans);
	memset(gw->refused, 0, sizeof gw->refused);
	gw->connections = gw->requests = gw->sends = gw->messages = gw->accepted = gw->tests = gw->unfinished = 0;
	gw_print(&reply->body, "{\"reset\":true}\n");
}

static void callbacks(gw_state *gw, gw_request *request, gw_reply *reply)
{
	int64_t limit = number(request, "limit", BATCH_MAX), at = number(request, "time", gw_unix_time(gw));
	bool keep = number(request, "keep", 0) == 1;
	gw_buf form = {NULL, 0, 0};
	bool first = true;
	size_t count;

	gw_put(&reply->body, TEXT("{\"callbacks\":["));
	while (gw->reports.count > 0 && (first || !keep)) {
		form.len = 0;
		count = gw_reports_form(gw, (size_t) (limit > 0 ? limit : 0), at, &form);
		gw_put(&reply->body, first ? TEXT("") : TEXT(","));
		gw_put_json(&reply->body, (gw_text) {form.ptr, form.len});
		first = false;
		if (!keep) {
			gw_reports_take(gw, count);
		}
	}
	free(form.ptr);
	gw_put(&reply->body, TEXT("]}\n"));
}

static void set(gw_state *gw, gw_request *request, gw_reply *reply)
{
	gw->latency_ms = (int) number(request, "latency_ms", gw->latency_ms);
	gw->repeat_window_s = (int) number(request, "repeat_window_s", gw->repeat_window_s);
	gw->fixed_time = number(request, "time", gw->fixed_time);
	gw->balance_kopecks = number(request, "balance_kopecks", gw->balance_kopecks);
	gw_print(&reply->body, "{\"set\":true}\n");
}

static const struct {
	const char *path, *method;
	void (*answer)(gw_state *gw, gw_request *request, gw_reply *reply);
} methods[] = {
	{"/control/stats", "GET", stats},  {"/control/messages", "GET", messages}, {"/control/callbacks", "GET", callbacks},
	{"/control/fault", "POST", fault}, {"/control/reset", "POST", reset},      {"/control/set", "POST", set},
};

void gw_control(gw_state *gw, gw_request *request, gw_reply *reply)
{
	for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
		if (gw_is(request->path, methods[i].path)) {
			if (gw_is(request->method, methods[i].method)) {
				methods[i].answer(gw, request, reply);
			} else {
				bad(reply, "wrong method");
			}
			return;
		}
	}
	reply->status = 404;
	gw_print(&reply->body, "{\"error\":\"unknown path\"}\n");
}
