#define _GNU_SOURCE /* clock_gettime, usleep */
#include "gateway/wire.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "wire_server.h"

#define ANSWER "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
#define TURNS 2000 /* of 5 ms: what has not happened by then will not */

typedef struct test_world {
	int64_t ahead_ns; /* how far the test has put its clock forward */
	bool stop;
	vst_env env;
	vst_wire *wire;
	wire_server *server;
} test_world;

static int64_t now_ns(void *context)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * INT64_C(1000000000) + time.tv_nsec + ((test_world *) context)->ahead_ns;
}

static bool stopped(void *context)
{
	return ((test_world *) context)->stop;
}

static void open_world(test_world *world, const char *const *scripts, const char *answer, size_t answer_len)
{
	world->ahead_ns = 0;
	world->stop = false;
	world->env = (vst_env) {.context = world, .monotonic_ns = now_ns, .should_stop = stopped};
	world->server = scripts != NULL ? server_start(scripts, answer, answer_len) : NULL;
	assert_int_equal(vst_wire_new(&world->env, 8, &world->wire, NULL), VST_OK);
}

#define OPEN(world, ...) \
	static const char *const scripts_[] = {__VA_ARGS__, NULL}; \
	open_world(world, scripts_, ANSWER, sizeof ANSWER - 1)

static void close_world(test_world *world)
{
	vst_wire_free(world->wire);
	if (world->server != NULL) {
		server_stop(world->server);
	}
}

static vst_request request_to(const char *scheme, int port, const char *body)
{
	vst_request request = {.post = body != NULL, .timeout_ms = 60000, .connect_timeout_ms = 60000};

	vst_buf_format(&request.url, "%s://127.0.0.1:%d/sms/send", scheme, port);
	vst_buf_append(&request.headers, VST_STR("Content-Type: text/plain\nX-Second: 2"));
	vst_buf_append(&request.body, vst_str_from(body));
	return request;
}

static vst_exchange *start(test_world *world, const char *body)
{
	vst_request request = request_to("http", server_port(world->server), body);
	vst_exchange *exchange = NULL;

	assert_int_equal(vst_wire_start(world->wire, &request, world, &exchange, NULL), VST_OK);
	assert_null(request.url.ptr);
	return exchange;
}

static void wait_held(test_world *world, vst_exchange *expected)
{
	vst_exchange *held = NULL;

	for (int i = 0; i < TURNS && held == NULL; i++) {
		assert_int_equal(vst_wire_poll(world->wire, 5, NULL), VST_OK);
		held = vst_wire_next_held(world->wire);
	}
	assert_ptr_equal(held, expected);
	assert_true(vst_exchange_held(held));
	assert_ptr_equal(vst_exchange_tag(held), world);
}

/* The head of a held request is on its way; whoever looks at the last one that came must know that it is there. */
static void wait_heads(test_world *world, int count)
{
	for (int i = 0; i < TURNS && server_look(world->server).heads < count; i++) {
		assert_int_equal(vst_wire_poll(world->wire, 5, NULL), VST_OK);
	}
	assert_int_equal(server_look(world->server).heads, count);
}

static const vst_reply *wait_finished(test_world *world, vst_exchange *expected)
{
	vst_exchange *finished = NULL;

	for (int i = 0; i < TURNS && finished == NULL; i++) {
		assert_int_equal(vst_wire_poll(world->wire, 5, NULL), VST_OK);
		finished = vst_wire_next_finished(world->wire);
	}
	assert_ptr_equal(finished, expected);
	assert_false(vst_exchange_held(finished));
	return vst_exchange_reply(finished);
}

/* Lets both sides run on for a while, for what must not happen. */
static void run_on(test_world *world)
{
	for (int i = 0; i < 20; i++) {
		assert_int_equal(vst_wire_poll(world->wire, 5, NULL), VST_OK);
		usleep(2000);
	}
}

static void send_whole(test_world *world, const char *body)
{
	vst_exchange *exchange = start(world, body);
	const vst_reply *reply;

	wait_held(world, exchange);
	vst_exchange_release(exchange);
	reply = wait_finished(world, exchange);
	assert_true(reply->complete);
	assert_true(reply->released);
	assert_int_equal(reply->status, 200);
	assert_str(reply->body, "ok");
	assert_str(reply->failure, "");
	vst_exchange_drop(exchange);
}

static void a_body_waits_for_its_release(void **state)
{
	test_world world;
	vst_exchange *exchange;
	const vst_reply *reply;

	(void) state;
	OPEN(&world, "BR");
	exchange = start(&world, "to=1&msg=hello");
	wait_held(&world, exchange);
	run_on(&world);
	assert_int_equal(server_look(world.server).heads, 1);
	assert_int_equal(server_look(world.server).body_bytes, 0);
	assert_int_equal(server_look(world.server).requests, 0);
	assert_null(vst_wire_next_held(world.wire));
	assert_null(vst_wire_next_finished(world.wire));

	vst_exchange_release(exchange);
	reply = wait_finished(&world, exchange);
	assert_true(reply->complete && reply->released);
	assert_int_equal(server_look(world.server).requests, 1);
	assert_string_equal(server_look(world.server).body, "to=1&msg=hello");
	vst_exchange_drop(exchange);
	assert_int_equal(vst_wire_in_flight(world.wire), 0);
	close_world(&world);
}

static void the_head_is_what_the_protocol_needs(void **state)
{
	server_seen seen;
	test_world world;

	(void) state;
	OPEN(&world, "BR");
	send_whole(&world, "0123456789");
	seen = server_look(world.server);
	assert_non_null(strstr(seen.head, "POST /sms/send HTTP/1.1\r\n"));
	assert_non_null(strstr(seen.head, "Content-Length: 10\r\n"));
	assert_non_null(strstr(seen.head, "Content-Type: text/plain\r\n"));
	assert_non_null(strstr(seen.head, "X-Second: 2\r\n"));
	assert_null(strcasestr(seen.head, "Expect:"));
	assert_null(strcasestr(seen.head, "Transfer-Encoding:"));
	close_world(&world);
}

static void a_dropped_exchange_sends_nothing_of_its_body(void **state)
{
	test_world world;
	vst_exchange *exchange;

	(void) state;
	OPEN(&world, "BR");
	exchange = start(&world, "secret");
	wait_held(&world, exchange);
	vst_exchange_drop(exchange);
	for (int i = 0; i < TURNS && server_look(world.server).closed == 0; i++) {
		usleep(5000);
	}
	assert_int_equal(server_look(world.server).closed, 1);
	assert_int_equal(server_look(world.server).body_bytes, 0);
	assert_int_equal(server_look(world.server).requests, 0);
	assert_int_equal(vst_wire_in_flight(world.wire), 0);
	close_world(&world);
}

static void connections_are_used_again(void **state)
{
	test_world world;

	(void) state;
	OPEN(&world, "BRBRBRBRBRBRBRBRBRBR");
	for (int i = 0; i < 10; i++) {
		send_whole(&world, "body");
	}
	assert_int_equal(server_look(world.server).requests, 10);
	assert_int_equal(server_look(world.server).connections, 1);
	close_world(&world);
}

/* libcurl by itself would repeat the second request. */
static void a_request_read_on_a_used_connection_is_sent_once(void **state)
{
	test_world world;
	vst_exchange *exchange;
	const vst_reply *reply;

	(void) state;
	OPEN(&world, "BRBC", "BRBRBR");
	send_whole(&world, "first");
	exchange = start(&world, "second");
	wait_held(&world, exchange);
	vst_exchange_release(exchange);
	reply = wait_finished(&world, exchange);
	assert_false(reply->complete);
	assert_true(reply->released);
	assert_int_equal(reply->status, 0);
	assert_true(reply->failure.len > 0);
	vst_exchange_drop(exchange);
	run_on(&world);
	assert_int_equal(server_look(world.server).requests, 2);
	assert_int_equal(server_look(world.server).body_bytes, strlen("firstsecond"));
	close_world(&world);
}

static void a_request_read_on_a_new_connection_is_sent_once(void **state)
{
	test_world world;
	vst_exchange *exchange;
	const vst_reply *reply;

	(void) state;
	OPEN(&world, "BC", "BRBRBR");
	exchange = start(&world, "only");
	wait_held(&world, exchange);
	vst_exchange_release(exchange);
	reply = wait_finished(&world, exchange);
	assert_false(reply->complete);
	assert_true(reply->released);
	vst_exchange_drop(exchange);
	run_on(&world);
	assert_int_equal(server_look(world.server).requests, 1);
	close_world(&world);
}

static void a_used_connection_that_closes_before_the_body_is_safe_to_repeat(void **state)
{
	test_world world;
	vst_exchange *exchange;
	const vst_reply *reply;

	(void) state;
	OPEN(&world, "BRHWC", "BR");
	send_whole(&world, "first");
	exchange = start(&world, "second");
	wait_held(&world, exchange);
	server_go(world.server);
	reply = wait_finished(&world, exchange);
	assert_false(reply->complete || reply->released);
	vst_exchange_drop(exchange);
	send_whole(&world, "second");
	assert_int_equal(server_look(world.server).requests, 2);
	assert_int_equal(server_look(world.server).body_bytes, strlen("firstsecond"));
	close_world(&world);
}

static void a_release_sees_that_the_peer_has_closed(void **state)
{
	test_world world;
	vst_exchange *exchange;

	(void) state;
	OPEN(&world, "BRHWC", "BR");
	send_whole(&world, "first");
	exchange = start(&world, "second");
	wait_held(&world, exchange);
	server_go(world.server);
	for (int i = 0; i < TURNS && server_look(world.server).closed == 0; i++) {
		usleep(5000);
	}
	vst_exchange_release(exchange);
	assert_ptr_equal(vst_wire_next_finished(world.wire), exchange);
	assert_false(vst_exchange_reply(exchange)->released);
	assert_str(vst_exchange_reply(exchange)->failure, "the connection closed before the body");
	vst_exchange_drop(exchange);
	close_world(&world);
}

static void connections_that_close_before_the_body_prove_that_nothing_went_out(void **state)
{
	test_world world;
	vst_exchange *exchange;
	const vst_reply *reply;

	(void) state;
	OPEN(&world, "BRHWC", "HC");
	send_whole(&world, "first");
	exchange = start(&world, "second");
	wait_held(&world, exchange);
	server_go(world.server);
	reply = wait_finished(&world, exchange);
	assert_false(reply->complete);
	assert_false(reply->released);
	assert_null(vst_wire_next_held(world.wire));
	vst_exchange_release(exchange); /* too late, harmless */
	assert_false(vst_exchange_reply(exchange)->released);
	vst_exchange_drop(exchange);
	assert_int_equal(server_look(world.server).body_bytes, strlen("first"));
	close_world(&world);
}

/* The process was stopped between the release and the body, and somebody else has taken the messages over. */
static void a_body_released_too_late_does_not_go_out(void **state)
{
	test_world world;
	vst_exchange *exchange;
	const vst_reply *reply;

	(void) state;
	OPEN(&world, "BR", "BR");
	exchange = start(&world, "late");
	wait_held(&world, exchange);
	vst_exchange_hand_until(exchange, now_ns(&world) + INT64_C(90000000000));
	world.ahead_ns = INT64_C(91000000000);
	vst_exchange_release(exchange);
	reply = wait_finished(&world, exchange);
	assert_false(reply->complete || reply->released);
	vst_exchange_drop(exchange);
	send_whole(&world, "in time");
	assert_int_equal(server_look(world.server).requests, 1);
	assert_int_equal(server_look(world.server).body_bytes, strlen("in time"));
	close_world(&world);
}

static void an_idle_connection_closed_by_the_server_costs_nothing(void **state)
{
	test_world world;

	(void) state;
	OPEN(&world, "BRC", "BR");
	send_whole(&world, "first");
	for (int i = 0; i < TURNS && server_look(world.server).closed == 0; i++) {
		usleep(5000);
	}
	send_whole(&world, "second");
	assert_int_equal(server_look(world.server).requests, 2);
	close_world(&world);
}

static int unused_port(void)
{
	static const char *const scripts[] = {"", NULL};
	wire_server *server = server_start(scripts, "", 0);
	int port = server_port(server);

	server_stop(server);
	return port;
}

static void a_refused_connection_is_safe_even_after_the_release(void **state)
{
	test_world world;
	vst_request request = request_to("http", unused_port(), "body");
	vst_exchange *exchange = NULL;
	const vst_reply *reply;

	(void) state;
	open_world(&world, NULL, NULL, 0);
	assert_int_equal(vst_wire_start(world.wire, &request, &world, &exchange, NULL), VST_OK);
	vst_exchange_release(exchange);
	reply = wait_finished(&world, exchange);
	assert_false(reply->complete);
	assert_false(reply->released);
	assert_int_equal(reply->status, 0);
	vst_exchange_drop(exchange);
	close_world(&world);
}

static void a_connection_that_does_not_come_up_in_time_is_given_up(void **state)
{
	test_world world;
	vst_request request;
	vst_exchange *exchange = NULL;
	const vst_reply *reply;

	(void) state;
	OPEN(&world, "L");
	request = request_to("https", server_port(world.server), "body"); /* no answer to the TLS greeting */
	assert_int_equal(vst_wire_start(world.wire, &request, &world, &exchange, NULL), VST_OK);
	run_on(&world);
	assert_null(vst_wire_next_finished(world.wire));
	world.ahead_ns += INT64_C(60000) * 1000000;
	reply = wait_finished(&world, exchange);
	assert_false(reply->complete || reply->released);
	assert_str(reply->failure, "no connection in time");
	vst_exchange_drop(exchange);
	close_world(&world);
}

static void a_held_exchange_has_no_deadline_until_its_release(void **state)
{
	test_world world;
	vst_exchange *exchange;
	const vst_reply *reply;

	(void) state;
	OPEN(&world, "BL");
	exchange = start(&world, "body");
	wait_held(&world, exchange);
	world.ahead_ns += INT64_C(3600000) * 1000000;
	run_on(&world);
	assert_true(vst_exchange_held(exchange));
	vst_exchange_release(exchange);
	run_on(&world);
	assert_null(vst_wire_next_finished(world.wire));
	world.ahead_ns += INT64_C(60000) * 1000000;
	reply = wait_finished(&world, exchange);
	assert_false(reply->complete);
	assert_true(reply->released);
	assert_str(reply->failure, "no answer in time");
	assert_int_equal(server_look(world.server).requests, 1);
	vst_exchange_drop(exchange);
	close_world(&world);
}

static void a_reply_that_came_while_the_caller_was_busy_counts(void **state)
{
	test_world world;
	vst_exchange *exchange;
	const vst_reply *reply;

	(void) state;
	OPEN(&world, "BWR");
	exchange = start(&world, "body");
	wait_held(&world, exchange);
	vst_exchange_release(exchange);
	for (int i = 0; i < TURNS && server_look(world.server).requests == 0; i++) {
		assert_int_equal(vst_wire_poll(world.wire, 5, NULL), VST_OK);
	}
	server_go(world.server);
	for (int i = 0; i < TURNS && server_look(world.server).answers == 0; i++) {
		usleep(5000);
	}
	world.ahead_ns += INT64_C(3600000) * 1000000;
	assert_int_equal(vst_wire_poll(world.wire, 0, NULL), VST_OK);
	assert_ptr_equal(vst_wire_next_finished(world.wire), exchange);
	reply = vst_exchange_reply(exchange);
	assert_true(reply->complete);
	assert_str(reply->body, "ok");
	vst_exchange_drop(exchange);
	close_world(&world);
}

typedef struct answer_row {
	const char *name, *answer;
	size_t len;
	bool complete;
	long status;
	const char *body;
	int retry_after_s;
} answer_row;

#define CASE(name, text, ...) \
	{ \
		name, text, sizeof(text) - 1, __VA_ARGS__ \
	}

static const answer_row answers[] = {
	CASE("error with a page", "HTTP/1.1 500 No\r\nContent-Length: 6\r\n\r\n<html>", true, 500, "<html>", 0),
	CASE("half a body", "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"status\"", false, 200, "{\"status\"", 0),
	CASE("too short a length", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{\"status\"", true, 200, "{\"s", 0),
	CASE("no length", "HTTP/1.1 200 OK\r\n\r\nall until the end", true, 200, "all until the end", 0),
	CASE("slow down", "HTTP/1.1 429 Slow\r\nRetry-After: 17\r\nContent-Length: 0\r\n\r\n", true, 429, "", 17),
	CASE("redirect", "HTTP/1.1 302 Go\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", true, 302, "", 0),
	CASE("no head", "nonsense without any head", false, 0, "", 0),
	CASE("gzip",
         "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 25\r\n\r\n"
         "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x48\xcd\xc9\xc9\x07\x00\x86\xa6\x10\x36\x05\x00\x00\x00",
         true, 200, "hello", 0),
};

static void answers_are_reported_as_they_came(void **state)
{
	static const char *const scripts[] = {"BR", NULL};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(answers); i++) {
		test_world world;
		vst_exchange *exchange;
		const vst_reply *reply;

		open_world(&world, scripts, answers[i].answer, answers[i].len);
		exchange = start(&world, "body");
		vst_exchange_release(exchange);
		reply = wait_finished(&world, exchange);
		if (reply->complete != answers[i].complete || reply->status != answers[i].status ||
		    !vst_str_is(reply->body, answers[i].body) || reply->retry_after_s != answers[i].retry_after_s) {
			fail_msg("%s: complete %d status %ld body \"%.*s\" retry %d: %.*s", answers[i].name, reply->complete,
			         reply->status, VST_STR_ARGS(reply->body), reply->retry_after_s, VST_STR_ARGS(reply->failure));
		}
		assert_true(reply->released);
		assert_int_equal(reply->failure.len == 0, reply->complete);
		vst_exchange_drop(exchange);
		run_on(&world);
		assert_int_equal(server_look(world.server).requests, 1);
		close_world(&world);
	}
}

static void an_answer_above_the_cap_is_cut_off(void **state)
{
	static const char *const scripts[] = {"BR", NULL};
	static const char head[] = "HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n";
	size_t len = sizeof head - 1 + 5000000;
	char *answer = malloc(len);
	test_world world;
	vst_exchange *exchange;
	const vst_reply *reply;

	(void) state;
	assert_non_null(answer);
	memset(answer, 'x', len);
	memcpy(answer, head, sizeof head - 1);
	open_world(&world, scripts, answer, len);
	exchange = start(&world, "body");
	vst_exchange_release(exchange);
	reply = wait_finished(&world, exchange);
	assert_false(reply->complete);
	assert_true(reply->released);
	assert_true(reply->body.len <= 4 * 1024 * 1024);
	assert_str(reply->failure, "the answer is above 4 MiB");
	vst_exchange_drop(exchange);
	close_world(&world);
	free(answer);
}

static void a_body_larger_than_any_buffer_arrives_whole(void **state)
{
	size_t len = 5 * 1024 * 1024;
	char *body = malloc(len + 1);
	test_world world;

	(void) state;
	assert_non_null(body);
	memset(body, 'b', len);
	body[len] = '\0';
	OPEN(&world, "BR");
	send_whole(&world, body);
	assert_int_equal(server_look(world.server).body_bytes, len);
	assert_int_equal(server_look(world.server).requests, 1);
	close_world(&world);
	free(body);
}

static void no_more_exchanges_than_connections(void **state)
{
	test_world world;
	vst_exchange *exchanges[8], *one_more = NULL;
	vst_request request;
	vst_err err = VST_ERR_INIT;

	(void) state;
	OPEN(&world, "BR");
	for (size_t i = 0; i < COUNT_OF(exchanges); i++) {
		exchanges[i] = start(&world, "body");
	}
	request = request_to("http", server_port(world.server), "body");
	assert_int_equal(vst_wire_start(world.wire, &request, NULL, &one_more, &err), VST_E_BUSY);
	assert_true(err.retryable);
	assert_null(request.url.ptr);
	vst_exchange_drop(exchanges[3]);
	exchanges[3] = start(&world, "body");
	assert_int_equal(vst_wire_in_flight(world.wire), 8);
	close_world(&world); /* drops what is in flight */
}

static void many_are_held_and_released_together(void **state)
{
	test_world world;
	vst_exchange *exchanges[8], *held, *finished;
	int count = 0;

	(void) state;
	OPEN(&world, "BRBR");
	for (size_t i = 0; i < COUNT_OF(exchanges); i++) {
		exchanges[i] = start(&world, "body");
	}
	for (int i = 0; i < TURNS && count < 8; i++) {
		assert_int_equal(vst_wire_poll(world.wire, 5, NULL), VST_OK);
		while ((held = vst_wire_next_held(world.wire)) != NULL) {
			count++;
		}
	}
	assert_int_equal(count, 8);
	assert_int_equal(server_look(world.server).body_bytes, 0);
	vst_exchange_drop(exchanges[5]);
	for (size_t i = 0; i < COUNT_OF(exchanges); i++) {
		if (i != 5) {
			vst_exchange_release(exchanges[i]);
		}
	}
	for (int i = 0; i < TURNS && count < 8 + 7; i++) {
		assert_int_equal(vst_wire_poll(world.wire, 5, NULL), VST_OK);
		while ((finished = vst_wire_next_finished(world.wire)) != NULL) {
			assert_true(vst_exchange_reply(finished)->complete);
			vst_exchange_drop(finished);
			count++;
		}
	}
	assert_int_equal(count, 8 + 7);
	assert_int_equal(server_look(world.server).requests, 7);
	close_world(&world);
}

static void a_wait_ends_when_the_process_should_stop(void **state)
{
	test_world world;
	vst_exchange *exchange;

	(void) state;
	OPEN(&world, "BL");
	exchange = start(&world, "body");
	wait_held(&world, exchange);
	world.stop = true;
	assert_int_equal(vst_wire_poll(world.wire, 3600000, NULL), VST_OK);
	assert_true(vst_exchange_held(exchange));
	close_world(&world);
}

static void a_fetch_runs_beside_a_held_exchange(void **state)
{
	test_world world;
	vst_arena arena = VST_ARENA_INIT;
	vst_exchange *exchange;
	vst_request request;
	vst_reply reply;
	vst_err err = VST_ERR_INIT;

	(void) state;
	OPEN(&world, "BRL", "BRBRBR");
	exchange = start(&world, "body");
	wait_held(&world, exchange);
	wait_heads(&world, 1);
	request = request_to("http", server_port(world.server), "query");
	assert_int_equal(vst_wire_fetch(world.wire, &request, &arena, &reply, &err), VST_OK);
	assert_true(reply.complete && reply.released);
	assert_str(reply.body, "ok");
	request = request_to("http", server_port(world.server), NULL);
	assert_int_equal(vst_wire_fetch(world.wire, &request, &arena, &reply, &err), VST_OK);
	assert_true(reply.complete && reply.released);
	assert_non_null(strstr(server_look(world.server).head, "GET /sms/send HTTP/1.1"));
	assert_null(vst_wire_next_finished(world.wire));
	assert_true(vst_exchange_held(exchange));
	world.stop = true;
	request = request_to("http", server_port(world.server), "query");
	assert_int_equal(vst_wire_fetch(world.wire, &request, &arena, &reply, &err), VST_E_CANCELLED);
	vst_arena_free(&arena);
	close_world(&world);
}

static void other_protocols_and_empty_bodies_are_refused(void **state)
{
	test_world world;
	vst_request request = {.post = false, .timeout_ms = 1000, .connect_timeout_ms = 1000};
	vst_arena arena = VST_ARENA_INIT;
	vst_exchange *exchange = NULL;
	vst_reply reply;

	(void) state;
	open_world(&world, NULL, NULL, 0);
	vst_buf_append(&request.url, VST_STR("file:///etc/hostname"));
	assert_int_equal(vst_wire_fetch(world.wire, &request, &arena, &reply, NULL), VST_OK);
	assert_false(reply.complete);
	assert_int_equal(reply.body.len, 0);
	request = request_to("http", 1, "");
	assert_int_equal(vst_wire_start(world.wire, &request, NULL, &exchange, NULL), VST_E_INVALID);
	assert_null(exchange);
	vst_arena_free(&arena);
	close_world(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_body_waits_for_its_release),
		cmocka_unit_test(the_head_is_what_the_protocol_needs),
		cmocka_unit_test(a_dropped_exchange_sends_nothing_of_its_body),
		cmocka_unit_test(connections_are_used_again),
		cmocka_unit_test(a_request_read_on_a_used_connection_is_sent_once),
		cmocka_unit_test(a_request_read_on_a_new_connection_is_sent_once),
		cmocka_unit_test(a_used_connection_that_closes_before_the_body_is_safe_to_repeat),
		cmocka_unit_test(a_release_sees_that_the_peer_has_closed),
		cmocka_unit_test(connections_that_close_before_the_body_prove_that_nothing_went_out),
		cmocka_unit_test(a_body_released_too_late_does_not_go_out),
		cmocka_unit_test(an_idle_connection_closed_by_the_server_costs_nothing),
		cmocka_unit_test(a_refused_connection_is_safe_even_after_the_release),
		cmocka_unit_test(a_connection_that_does_not_come_up_in_time_is_given_up),
		cmocka_unit_test(a_held_exchange_has_no_deadline_until_its_release),
		cmocka_unit_test(a_reply_that_came_while_the_caller_was_busy_counts),
		cmocka_unit_test(answers_are_reported_as_they_came),
		cmocka_unit_test(an_answer_above_the_cap_is_cut_off),
		cmocka_unit_test(a_body_larger_than_any_buffer_arrives_whole),
		cmocka_unit_test(no_more_exchanges_than_connections),
		cmocka_unit_test(many_are_held_and_released_together),
		cmocka_unit_test(a_wait_ends_when_the_process_should_stop),
		cmocka_unit_test(a_fetch_runs_beside_a_held_exchange),
		cmocka_unit_test(other_protocols_and_empty_bodies_are_refused),
	};
	int failed;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		return 1;
	}
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	curl_global_cleanup();
	return failed;
}
