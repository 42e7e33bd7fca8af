/* The gateway misbehaves as asked, and counts what it has read all the same. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness.h"
#include "tests.h"

typedef struct fault_row {
	const char *name;
	CURLcode result;
	long status;
	const char *contains; /* in the body; NULL: the body is empty */
	bool reached, taken;
} fault_row;

static const fault_row rows[] = {
	{"close_after_read", CURLE_GOT_NOTHING, 0, NULL, true, true},
	{"hang", CURLE_OPERATION_TIMEDOUT, 0, NULL, true, true},
	{"delay&ms=20", CURLE_OK, 200, "sms_id", true, true},
	{"half_json", CURLE_OK, 200, "{\"status\":\"OK\"", true, true},
	{"html", CURLE_OK, 200, "<html>", true, true},
	{"http_500", CURLE_OK, 500, "<html>", true, true},
	{"http_429", CURLE_OK, 429, "slow", true, false},
	{"large_body", CURLE_OK, 200, "sms_id", true, true},
	{"slow_drip&ms=1", CURLE_OK, 200, "balance\":122.56}", true, true},
	{"wrong_length", CURLE_PARTIAL_FILE, 200, "sms_id", true, true},
	{"gzip", CURLE_OK, 200, "\x1f\x8b", true, true},
	{"bom", CURLE_OK, 200, "\xEF\xBB\xBF{", true, true},
	{"busy", CURLE_OK, 200, "\"status_code\":220", true, false},
	{"server_error", CURLE_OK, 200, "\"status_code\":500", true, true},
	{"no_money", CURLE_OK, 200, "\"status_code\":201", true, false},
};

static void check_fault(const gateway *server, const fault_row *row, const char *path, int number)
{
	char body[160];
	long long messages = stat_of(server, "messages"), accepted = stat_of(server, "accepted");
	answer got;

	snprintf(body, sizeof body, "api_id=" KEY "&json=1&to=7999111%04d&msg=%s", number, "a");
	got = ask(server, path, body, strcmp(row->name, "hang") == 0 ? 300 : 0);
	if (got.result != row->result || got.status != row->status || (row->contains == NULL) != (got.len == 0) ||
	    (row->contains != NULL && strstr(got.body, row->contains) == NULL)) {
		fail_msg("%s: result %d, status %ld, %zu bytes: %.60s", row->name, got.result, got.status, got.len, got.body);
	}
	if (stat_of(server, "messages") != messages + row->reached ||
	    stat_of(server, "accepted") != accepted + row->taken) {
		fail_msg("%s is counted wrongly", row->name);
	}
	answer_free(&got);
}

static void every_fault_by_the_query(void **state)
{
	gateway server;

	(void) state;
	gateway_start(&server, NULL);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char path[96];

		snprintf(path, sizeof path, "/sms/send?fault=%s", rows[i].name);
		check_fault(&server, &rows[i], path, 1000 + (int) i);
	}
	assert_int_equal(stat_of(&server, "repeated"), 0);
	assert_int_equal(send_code(&server, "79991119999", "a"), 100); /* and then it is well again */
	gateway_stop(&server);
}

static void every_fault_by_control(void **state)
{
	gateway server;

	(void) state;
	gateway_start(&server, NULL);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char fields[96], name[64];

		snprintf(fields, sizeof fields, "name=%s", rows[i].name);
		snprintf(name, sizeof name, "faults.%.*s", (int) strcspn(rows[i].name, "&"), rows[i].name);
		control(&server, "/control/fault", fields);
		check_fault(&server, &rows[i], "/sms/send", 1000 + (int) i);
		assert_int_equal(stat_of(&server, name), 1);
	}
	assert_int_equal(send_code(&server, "79991119999", "a"), 100);
	gateway_stop(&server);
}

static void faults_come_as_often_as_was_asked(void **state)
{
	gateway server;

	(void) state;
	gateway_start(&server, "--fault", "busy:2", NULL);
	assert_int_equal(post_code(&server, "/sms/send", "to=79991110001&msg=a"), 220);
	assert_int_equal(post_code(&server, "/sms/send", "to=79991110001&msg=a"), 220);
	assert_int_equal(post_code(&server, "/sms/send", "to=79991110001&msg=a"), 100);
	control(&server, "/control/fault", "name=busy&times=-1&skip=1");
	assert_int_equal(post_code(&server, "/sms/send", "to=79991110002&msg=a"), 100);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(post_code(&server, "/sms/send", "to=79991110003&msg=a"), 220);
	}
	control(&server, "/control/fault", "name=busy&times=0");
	assert_int_equal(post_code(&server, "/sms/send", "to=79991110003&msg=a"), 100);
	gateway_stop(&server);
}

static void connections_can_be_refused_for_a_while(void **state)
{
	gateway server;
	answer got;

	(void) state;
	gateway_start(&server, NULL);
	control(&server, "/control/fault", "name=refuse_connections&ms=400");
	got = ask(&server, "/auth/check", "api_id=" KEY, 0);
	assert_int_equal(got.result, CURLE_COULDNT_CONNECT);
	answer_free(&got);
	for (int i = 0; i < 2000; i++) {
		got = ask(&server, "/auth/check", "api_id=" KEY, 0);
		answer_free(&got);
		if (got.result == CURLE_OK) {
			break;
		}
		usleep(5000);
	}
	assert_int_equal(got.result, CURLE_OK);
	control(&server, "/control/fault", "name=close_on_accept");
	got = ask(&server, "/auth/check", "api_id=" KEY, 0);
	assert_true(got.result == CURLE_GOT_NOTHING || got.result == CURLE_RECV_ERROR || got.result == CURLE_SEND_ERROR);
	answer_free(&got);
	assert_int_equal(send_code(&server, "79991119999", "a"), 100);
	gateway_stop(&server);
}

static int connect_to(const gateway *server)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	address.sin_port = htons((uint16_t) server->port);
	assert_int_equal(connect(fd, (struct sockaddr *) &address, sizeof address), 0);
	return fd;
}

static void talk(int fd, const char *bytes)
{
	assert_int_equal(send(fd, bytes, strlen(bytes), MSG_NOSIGNAL), strlen(bytes));
}

static void a_head_without_its_body_counts_as_unfinished(void **state)
{
	static const char head[] = "POST /sms/send HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n";
	gateway server;
	char byte;
	int fd;

	(void) state;
	gateway_start(&server, NULL);
	fd = connect_to(&server);
	talk(fd, head);
	talk(fd, "api_id=" KEY "&json=1&to=7999");
	usleep(50000);
	close(fd);
	for (int i = 0; i < 2000 && stat_of(&server, "unfinished") == 0; i++) {
		usleep(5000);
	}
	assert_int_equal(stat_of(&server, "unfinished"), 1);
	assert_int_equal(stat_of(&server, "requests"), 0);
	assert_int_equal(stat_of(&server, "messages"), 0);
	control(&server, "/control/fault", "name=close_before_body");
	fd = connect_to(&server);
	talk(fd, head);
	assert_int_equal(recv(fd, &byte, 1, 0), 0);
	close(fd);
	gateway_stop(&server);
}

static void pieces_and_pipelines_are_read_alike(void **state)
{
	static const char request[] = "POST /sms/send HTTP/1.1\r\nHost: x\r\nContent-Length: 71\r\n\r\n"
								  "api_id=" KEY "&json=1&to=79991110001&msg=1";
	gateway server;
	char bytes[4096];
	size_t got = 0;
	int fd, replies = 0;

	(void) state;
	assert_int_equal(strlen(strstr(request, "api_id")), 71);
	gateway_start(&server, "--repeat-window", "0", NULL);
	fd = connect_to(&server);
	for (size_t i = 0; i < sizeof request - 1; i++) {
		assert_int_equal(send(fd, request + i, 1, MSG_NOSIGNAL), 1);
		if (i % 16 == 0) {
			usleep(1000);
		}
	}
	talk(fd, request);
	talk(fd, request);
	while (replies < 3) {
		ssize_t more = recv(fd, bytes + got, sizeof bytes - 1 - got, 0);

		assert_true(more > 0);
		got += (size_t) more;
		bytes[got] = '\0';
		replies = 0;
		for (const char *at = bytes; (at = strstr(at, "balance\":")) != NULL; at++) {
			replies++;
		}
	}
	close(fd);
	assert_int_equal(stat_of(&server, "messages"), 3);
	assert_int_equal(stat_of(&server, "requests"), 3);
	gateway_stop(&server);
}

static void nonsense_is_answered_with_400(void **state)
{
	static const char *const nonsense[] = {
		"hello\r\n\r\n",
		"POST /sms/send HTTP/1.1\r\nContent-Length: x\r\n\r\n",
		"POST /sms/send HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
	};
	gateway server;

	(void) state;
	gateway_start(&server, NULL);
	for (size_t i = 0; i < COUNT_OF(nonsense); i++) {
		int fd = connect_to(&server);
		char bytes[256] = {0};

		talk(fd, nonsense[i]);
		assert_true(recv(fd, bytes, sizeof bytes - 1, MSG_WAITALL) > 0);
		assert_non_null(strstr(bytes, "HTTP/1.1 400"));
		close(fd);
	}
	gateway_stop(&server);
}

const struct CMUnitTest fault_tests[] = {
	cmocka_unit_test(every_fault_by_the_query),
	cmocka_unit_test(every_fault_by_control),
	cmocka_unit_test(faults_come_as_often_as_was_asked),
	cmocka_unit_test(connections_can_be_refused_for_a_while),
	cmocka_unit_test(a_head_without_its_body_counts_as_unfinished),
	cmocka_unit_test(pieces_and_pipelines_are_read_alike),
	cmocka_unit_test(nonsense_is_answered_with_400),
};
const size_t fault_test_count = COUNT_OF(fault_tests);
