/* The extension's own wire and SMS.ru client against the gateway: two implementations that share no code agree. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "gateway/wire.h"
#include "harness.h"
#include "tests.h"

typedef struct client {
	vst_env env;
	vst_wire *wire;
	vst_provider *provider;
	vst_arena arena;
	int64_t now;
} client;

static int64_t monotonic_ns(void *context)
{
	struct timespec now;

	(void) context;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static bool never(void *context)
{
	(void) context;
	return false;
}

static void client_open(client *self, const gateway *server, int timeout_ms)
{
	char url[64];
	json_t *settings;

	snprintf(url, sizeof url, "http://127.0.0.1:%d", server->port);
	settings = json_pack("{sssssi}", "api_id", KEY, "url", url, "timeout_ms", timeout_ms);
	self->env = (vst_env) {.monotonic_ns = monotonic_ns, .should_stop = never};
	self->arena = (vst_arena) VST_ARENA_INIT;
	self->now = 1763668800;
	self->provider = NULL;
	assert_int_equal(vst_wire_new(&self->env, 16, &self->wire, NULL), VST_OK);
	assert_int_equal(vst_provider_new(VST_STR("smsru"), settings, "p", &self->provider, NULL), VST_OK);
	assert_int_equal(vst_provider_resolve(self->provider, NULL), VST_OK);
	json_decref(settings);
}

static void client_close(client *self)
{
	vst_wire_free(self->wire);
	vst_provider_free(self->provider);
	vst_arena_free(&self->arena);
}

static vst_outcome send_one(client *self, int64_t phone, const char *text)
{
	const vst_provider_class *class = vst_provider_class_of(self->provider);
	vst_parcel parcel = {
		.id = VST_STR_EMPTY,
		.phone = phone,
		.text = vst_str_from(text),
		.sender = VST_STR("Romashka"),
		.now = self->now,
	};
	vst_exchange *exchange = NULL, *done = NULL;
	vst_request request;
	vst_outcome outcome;

	assert_int_equal(class->build_send(self->provider, &parcel, 1, &request, NULL), VST_OK);
	assert_int_equal(vst_wire_start(self->wire, &request, NULL, &exchange, NULL), VST_OK);
	while (done == NULL) {
		assert_int_equal(vst_wire_poll(self->wire, 1000, NULL), VST_OK);
		while (vst_wire_next_held(self->wire) != NULL) {
			vst_exchange_release(exchange);
		}
		done = vst_wire_next_finished(self->wire);
	}
	assert_int_equal(class->read_send(self->provider, &parcel, 1, vst_exchange_reply(done), &self->arena, &outcome,
	                                  NULL),
	                 VST_OK);
	vst_exchange_drop(done);
	return outcome;
}

typedef struct digits_row {
	int digits;
	vst_outcome_kind first, second; /* what two sends in a row come to */
} digits_row;

static const digits_row rows[] = {
	{0, VST_OUTCOME_ACCEPTED, VST_OUTCOME_LIMIT},          {1, VST_OUTCOME_ACCEPTED, VST_OUTCOME_LIMIT},
	{2, VST_OUTCOME_REJECTED, VST_OUTCOME_REJECTED},       {4, VST_OUTCOME_OPT_OUT, VST_OUTCOME_OPT_OUT},
	{5, VST_OUTCOME_OPT_OUT, VST_OUTCOME_OPT_OUT},         {6, VST_OUTCOME_ACCEPTED, VST_OUTCOME_LIMIT},
	{7, VST_OUTCOME_ACCEPTED, VST_OUTCOME_LIMIT},          {8, VST_OUTCOME_LIMIT, VST_OUTCOME_LIMIT},
	{9, VST_OUTCOME_UNSURE, VST_OUTCOME_UNSURE},           {11, VST_OUTCOME_RETRY, VST_OUTCOME_RETRY},
	{12, VST_OUTCOME_REJECTED, VST_OUTCOME_REJECTED},      {13, VST_OUTCOME_ACCEPTED, VST_OUTCOME_LIMIT},
	{14, VST_OUTCOME_ACCEPTED, VST_OUTCOME_LIMIT},         {15, VST_OUTCOME_ACCEPTED, VST_OUTCOME_LIMIT},
	{16, VST_OUTCOME_RETRY, VST_OUTCOME_ACCEPTED},         {17, VST_OUTCOME_LIMIT, VST_OUTCOME_ACCEPTED},
	{18, VST_OUTCOME_UNSURE, VST_OUTCOME_UNSURE},          {20, VST_OUTCOME_UNSURE, VST_OUTCOME_UNSURE},
	{21, VST_OUTCOME_UNSURE, VST_OUTCOME_UNSURE},          {22, VST_OUTCOME_UNSURE, VST_OUTCOME_UNSURE},
	{23, VST_OUTCOME_UNSURE, VST_OUTCOME_UNSURE},          {24, VST_OUTCOME_LIMIT, VST_OUTCOME_ACCEPTED},
	{25, VST_OUTCOME_UNSURE, VST_OUTCOME_UNSURE},          {26, VST_OUTCOME_UNSURE, VST_OUTCOME_UNSURE},
	{27, VST_OUTCOME_ACCEPTED, VST_OUTCOME_LIMIT}, /* cut off, but the object is whole */
	{28, VST_OUTCOME_ACCEPTED, VST_OUTCOME_LIMIT},         {29, VST_OUTCOME_ACCEPTED, VST_OUTCOME_LIMIT},
	{30, VST_OUTCOME_RETRY, VST_OUTCOME_ACCEPTED},         {31, VST_OUTCOME_UNSURE, VST_OUTCOME_UNSURE},
	{32, VST_OUTCOME_MISCONFIGURED, VST_OUTCOME_ACCEPTED},
};

static void every_number_with_a_meaning_is_understood(void **state)
{
	gateway server;
	client self;

	(void) state;
	gateway_start(&server, NULL);
	client_open(&self, &server, 1000);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		vst_outcome first = send_one(&self, INT64_C(79990000000) + rows[i].digits, "text");
		vst_outcome second = send_one(&self, INT64_C(79990000000) + rows[i].digits, "text");

		if (first.kind != rows[i].first || second.kind != rows[i].second) {
			fail_msg("%04d: %s (%.*s), then %s (%.*s)", rows[i].digits, first.reason, VST_STR_ARGS(first.code),
			         second.reason, VST_STR_ARGS(second.code));
		}
	}
	assert_int_equal(stat_of(&server, "messages"), 2 * COUNT_OF(rows)); /* each arrived just as often as it was sent */
	assert_int_equal(stat_of(&server, "accepted_twice"), 0);
	client_close(&self);
	gateway_stop(&server);
}

static void plain_numbers_mean_nothing(void **state)
{
	gateway server;
	client self;

	(void) state;
	gateway_start(&server, "--plain", NULL);
	client_open(&self, &server, 30000);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		assert_int_equal(send_one(&self, INT64_C(79990000000) + rows[i].digits, "text").kind, VST_OUTCOME_ACCEPTED);
	}
	client_close(&self);
	gateway_stop(&server);
}

/* The body strings of /control/callbacks. */
static json_t *callbacks(const gateway *server, const char *query)
{
	char path[96];
	answer got;
	json_t *json;

	snprintf(path, sizeof path, "/control/callbacks?%s", query);
	got = ask(server, path, NULL, 0);
	json = json_loads(got.body, 0, NULL);
	assert_non_null(json);
	answer_free(&got);
	return json;
}

static size_t read_reports(client *self, const json_t *json, size_t *heartbeats, vst_outcome_kind *last)
{
	const json_t *list = json_object_get(json, "callbacks");
	size_t reports = 0;

	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *body = json_string_value(json_array_get(list, i));
		vst_webhook webhook = {.method = VST_STR("POST"), .body = vst_str_from(body), .now = self->now};
		vst_webhook_reply reply;
		vst_records records;

		assert_int_equal(vst_provider_class_of(self->provider)
		                     ->read_webhook(self->provider, &webhook, &self->arena, &records, &reply, NULL),
		                 VST_OK);
		assert_true(reply.authentic);
		assert_true(records.count <= 100);
		for (size_t k = 0; k < records.count; k++) {
			if (records.items[k].kind == VST_RECORD_REPORT) {
				reports++;
				*last = records.items[k].outcome.kind;
				assert_int_equal(records.items[k].outcome.at, 1700000000);
			} else {
				(*heartbeats)++;
			}
		}
	}
	return reports;
}

static void reports_come_in_signed_batches(void **state)
{
	gateway server;
	client self;
	size_t heartbeats = 0;
	vst_outcome_kind last = VST_OUTCOME_PENDING;
	json_t *json;

	(void) state;
	gateway_start(&server, "--time", "1700000000", NULL);
	client_open(&self, &server, 30000);
	for (int i = 0; i < 250; i++) {
		assert_int_equal(send_one(&self, 79991110000 + i, "text").kind, VST_OUTCOME_ACCEPTED);
	}
	assert_int_equal(send_one(&self, 79990000007, "text").kind, VST_OUTCOME_ACCEPTED); /* never a report */
	assert_int_equal(stat_of(&server, "reports_pending"), 250);
	json = callbacks(&server, "keep=1&limit=10");
	assert_int_equal(json_array_size(json_object_get(json, "callbacks")), 1);
	assert_int_equal(read_reports(&self, json, &heartbeats, &last), 10);
	json_decref(json);
	assert_int_equal(stat_of(&server, "reports_pending"), 250);
	heartbeats = 0;
	json = callbacks(&server, "");
	assert_int_equal(json_array_size(json_object_get(json, "callbacks")), 3);
	assert_int_equal(read_reports(&self, json, &heartbeats, &last), 250);
	assert_int_equal(heartbeats, 3);
	assert_int_equal(last, VST_OUTCOME_DELIVERED);
	json_decref(json);
	assert_int_equal(stat_of(&server, "reports_pending"), 0);
	assert_int_equal(stat_of(&server, "reports_delivered"), 250);
	json = callbacks(&server, "");
	assert_int_equal(json_array_size(json_object_get(json, "callbacks")), 0);
	json_decref(json);

	assert_int_equal(send_one(&self, 79990000006, "text").kind, VST_OUTCOME_ACCEPTED);
	json = callbacks(&server, "");
	assert_int_equal(read_reports(&self, json, &heartbeats, &last), 1);
	assert_int_equal(last, VST_OUTCOME_UNDELIVERED);
	json_decref(json);
	client_close(&self);
	gateway_stop(&server);
}

static int listen_on(int *port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(bind(fd, (struct sockaddr *) &address, sizeof address), 0);
	assert_int_equal(listen(fd, 8), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *) &address, &size), 0);
	*port = ntohs(address.sin_port);
	return fd;
}

/* Takes one POST, answers it, and gives its body back. */
static char *take_post(int listener, const char *reply)
{
	int fd = accept(listener, NULL, NULL);
	char *data = calloc(1, 65536), *body;
	size_t len = 0, length;
	ssize_t got;

	assert_non_null(data);
	do {
		got = recv(fd, data + len, 65535 - len, 0);
		assert_true(got > 0);
		len += (size_t) got;
		body = strstr(data, "\r\n\r\n");
		length = body != NULL ? strtoul(strstr(data, "Content-Length:") + 15, NULL, 10) : 0;
	} while (body == NULL || len < (size_t) (body + 4 - data) + length);
	assert_true(strncmp(data, "POST /hook?x=1 HTTP/1.0\r\n", 25) == 0);
	assert_int_equal(send(fd, reply, strlen(reply), MSG_NOSIGNAL), strlen(reply));
	close(fd);
	memmove(data, body + 4, length + 1);
	return data;
}

static void reports_are_posted_until_the_answer_is_100(void **state)
{
	static const char *const replies[] = {
		"HTTP/1.0 200 OK\r\n\r\nOK",
		"HTTP/1.0 500 No\r\n\r\n",
		"HTTP/1.0 200 OK\r\n\r\n1000",
		"HTTP/1.0 200 OK\r\n\r\n100",
	};
	gateway server;
	char url[64];
	int port, listener = listen_on(&port);
	char *first = NULL;

	(void) state;
	snprintf(url, sizeof url, "http://127.0.0.1:%d/hook?x=1", port);
	gateway_start(&server, "--callback", url, "--callback-retry-ms", "10", "--time", "1700000000", NULL);
	assert_int_equal(send_code(&server, "79991110001", "a"), 100);
	for (size_t i = 0; i < COUNT_OF(replies); i++) {
		char *body = take_post(listener, replies[i]);

		if (first == NULL) {
			first = body;
			assert_non_null(strstr(first, "sms_status%0A000000-10000001%0A103%0A1700000000"));
		} else {
			assert_string_equal(body, first);
			free(body);
		}
	}
	free(first);
	for (int i = 0; i < 2000 && stat_of(&server, "reports_pending") != 0; i++) {
		usleep(5000);
	}
	assert_int_equal(stat_of(&server, "reports_pending"), 0);
	assert_int_equal(stat_of(&server, "reports_delivered"), 1);
	assert_int_equal(stat_of(&server, "failed_posts"), 3);
	close(listener);
	gateway_stop(&server);
}

static json_t *query(client *self, int what, const char *argument)
{
	const vst_provider_class *class = vst_provider_class_of(self->provider);
	vst_request request;
	vst_reply reply;
	json_t *out = NULL;

	assert_int_equal(class->build_query(self->provider, what, vst_str_from(argument), &request, NULL), VST_OK);
	assert_int_equal(vst_wire_fetch(self->wire, &request, &self->arena, &reply, NULL), VST_OK);
	assert_int_equal(class->read_query(self->provider, what, &reply, &out, NULL), VST_OK);
	return out;
}

static void the_account_and_the_stop_list_are_reached(void **state)
{
	gateway server;
	client self;
	json_t *json;

	(void) state;
	gateway_start(&server, NULL);
	client_open(&self, &server, 30000);
	json = query(&self, VST_QUERY_BALANCE, "");
	assert_string_equal(json_string_value(json_object_get(json, "balance")), "122.56");
	json_decref(json);
	json = query(&self, VST_QUERY_STOP_LIST, "");
	assert_int_equal(json_array_size(json_object_get(json, "phones")), 0);
	json_decref(json);
	json_decref(query(&self, VST_QUERY_STOP_ADD, "79991110001"));
	json = query(&self, VST_QUERY_STOP_LIST, "");
	assert_int_equal(json_array_size(json_object_get(json, "phones")), 1);
	json_decref(json);
	assert_int_equal(send_one(&self, 79991110001, "a").kind, VST_OUTCOME_OPT_OUT);
	json_decref(query(&self, VST_QUERY_STOP_REMOVE, "79991110001"));
	assert_int_equal(send_one(&self, 79991110001, "a").kind, VST_OUTCOME_ACCEPTED);
	client_close(&self);
	gateway_stop(&server);
}

static void the_status_of_a_message_can_be_asked(void **state)
{
	gateway server;
	client self;
	const vst_provider_class *class;
	vst_str ids[4];
	vst_outcome outcomes[4];
	vst_request request;
	vst_reply reply;

	(void) state;
	gateway_start(&server, NULL);
	client_open(&self, &server, 30000);
	class = vst_provider_class_of(self.provider);
	ids[0] = send_one(&self, 79991110001, "a").provider_id;
	ids[1] = send_one(&self, 79990000006, "a").provider_id;
	ids[2] = send_one(&self, 79990000007, "a").provider_id;
	ids[3] = VST_STR("000000-99999999");
	assert_int_equal(class->build_status(self.provider, ids, 4, &request, NULL), VST_OK);
	assert_int_equal(vst_wire_fetch(self.wire, &request, &self.arena, &reply, NULL), VST_OK);
	assert_int_equal(class->read_status(self.provider, ids, 4, &reply, &self.arena, outcomes, NULL), VST_OK);
	assert_int_equal(outcomes[0].kind, VST_OUTCOME_DELIVERED);
	assert_int_equal(outcomes[1].kind, VST_OUTCOME_UNDELIVERED);
	assert_int_equal(outcomes[2].kind, VST_OUTCOME_PENDING);
	assert_int_equal(outcomes[3].kind, VST_OUTCOME_UNSURE);
	client_close(&self);
	gateway_stop(&server);
}

const struct CMUnitTest client_tests[] = {
	cmocka_unit_test(every_number_with_a_meaning_is_understood),
	cmocka_unit_test(plain_numbers_mean_nothing),
	cmocka_unit_test(reports_come_in_signed_batches),
	cmocka_unit_test(reports_are_posted_until_the_answer_is_100),
	cmocka_unit_test(the_account_and_the_stop_list_are_reached),
	cmocka_unit_test(the_status_of_a_message_can_be_asked),
};
const size_t client_test_count = COUNT_OF(client_tests);
