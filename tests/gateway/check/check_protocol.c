/* The gateway speaks SMS.ru, refuses what is wrong, and counts. */
#define _GNU_SOURCE /* kill */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"
#include "tests.h"

static char *repeat(const char *begin, const char *part, int times)
{
	char *text = malloc(strlen(begin) + strlen(part) * (size_t) times + 1), *end;

	assert_non_null(text);
	end = stpcpy(text, begin);
	for (int i = 0; i < times; i++) {
		end = stpcpy(end, part);
	}
	return text;
}

typedef struct wrong_request {
	const char *path, *fields;
	long long code;
} wrong_request;

static const wrong_request wrong[] = {
	{"/sms/nothing", "to=79991110001&msg=a", 211},
	{"/", "", 211},
	{"/sms/send", "msg=a", 202},
	{"/sms/send", "to=79991110001&msg=%FF", 212},
	{"/sms/send", "to=79991110001&msg=%ED%A0%80", 212},
	{"/sms/send", "to=79991110001&msg=a&from=Stranger", 204},
	{"/sms/send", "to=79991110001&msg=a&ttl=0", 208},
	{"/sms/send", "to=79991110001&msg=a&ttl=1441", 208},
	{"/sms/send", "to=79991110001&msg=a&time=99999999999", 208},
	{"/sms/send", "to=79991110001&msg=a&ttl=1440&from=Romashka", 100},
	{"/sms/status", "sms_id=000000-10000009", 100},
	{"/stoplist/add", "stoplist_phone=12", 202},
	{"/callback/add", "url=x", 901},
	{"/callback/del", "url=http://127.0.0.1/", 902},
	{"/auth/check", "", 100},
};

static void wrong_requests_get_their_code(void **state)
{
	gateway server;
	answer got;
	char *phones;

	(void) state;
	gateway_start(&server, "--sender", "Romashka", NULL);
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		if (post_code(&server, wrong[i].path, wrong[i].fields) != wrong[i].code) {
			fail_msg("%s with %s is not answered with %lld", wrong[i].path, wrong[i].fields, wrong[i].code);
		}
	}
	got = ask(&server, "/sms/send", "api_id=wrong&json=1&to=79991110001&msg=a", 0);
	assert_non_null(strstr(got.body, "\"status_code\":200"));
	answer_free(&got);
	got = ask(&server, "/sms/send?api_id=" KEY "&json=1&to=79991110001&msg=a", NULL, 0);
	assert_non_null(strstr(got.body, "\"status_code\":210"));
	answer_free(&got);
	phones = repeat("msg=a&to=79991110001", ",79991110001", 99);
	assert_int_equal(post_code(&server, "/sms/send", phones), 100);
	free(phones);
	phones = repeat("msg=a&to=79991110001", ",79991110001", 100);
	assert_int_equal(post_code(&server, "/sms/send", phones), 213);
	free(phones);
	assert_int_equal(stat_of(&server, "refused.213"), 1);
	assert_int_equal(stat_of(&server, "refused.212"), 2);
	gateway_stop(&server);
}

static void texts_end_at_eight_segments(void **state)
{
	static const struct {
		const char *part;
		int times;
		long long code;
	} rows[] = {
		{"a", 8 * 153, 100},         {"a", 8 * 153 + 1, 205},         {"%D1%8F", 8 * 67, 100},
		{"%D1%8F", 8 * 67 + 1, 205}, {"%E2%82%AC", 8 * 153 / 2, 100}, {"%E2%82%AC", 8 * 153 / 2 + 1, 205},
		{"%F0%9F%98%80", 268, 100},  {"%F0%9F%98%80", 269, 205},
	};
	gateway server;

	(void) state;
	gateway_start(&server, NULL);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char *fields = repeat("to=79991110001&msg=", rows[i].part, rows[i].times);
		json_t *json = post(&server, "/sms/send", fields);
		const json_t *entry = json_object_get(json_object_get(json, "sms"), "79991110001");

		assert_int_equal(json_integer_value(json_object_get(entry, "status_code")), rows[i].code);
		json_decref(json);
		free(fields);
	}
	gateway_stop(&server);
}

static void a_repetition_within_a_minute_is_refused(void **state)
{
	gateway server;

	(void) state;
	gateway_start(&server, NULL);
	assert_int_equal(send_code(&server, "79991110001", "a"), 100);
	assert_int_equal(send_code(&server, "79991110001", "a"), 231);
	assert_int_equal(send_code(&server, "79991110001", "b"), 100);
	assert_int_equal(send_code(&server, "79991110002", "a"), 100);
	assert_int_equal(stat_of(&server, "messages"), 4);
	assert_int_equal(stat_of(&server, "unique"), 3);
	assert_int_equal(stat_of(&server, "repeated"), 1);
	assert_int_equal(stat_of(&server, "accepted"), 3);
	assert_int_equal(stat_of(&server, "accepted_twice"), 0);
	control(&server, "/control/set", "repeat_window_s=0");
	assert_int_equal(send_code(&server, "79991110001", "a"), 100);
	assert_int_equal(stat_of(&server, "accepted_twice"), 1);
	control(&server, "/control/reset", "");
	assert_int_equal(stat_of(&server, "messages"), 0);
	assert_int_equal(send_code(&server, "79991110001", "a"), 100);
	gateway_stop(&server);
}

static void replies_have_the_shapes_seen_in_life(void **state)
{
	gateway server;
	json_t *json, *entry;
	answer got;

	(void) state;
	gateway_start(&server, NULL);
	json = post(&server, "/sms/send", "to[79991110001]=a&to%5B79990000012%5D=b&multi[89991110003]=c&to[abc]=d");
	entry = json_object_get(json_object_get(json, "sms"), "79991110001");
	assert_string_equal(json_string_value(json_object_get(entry, "sms_id")), "000000-10000001");
	entry = json_object_get(json_object_get(json, "sms"), "79990000012");
	assert_int_equal(json_integer_value(json_object_get(entry, "status_code")), 207);
	assert_true(json_is_string(json_object_get(entry, "sms_id")));        /* an id in an error */
	entry = json_object_get(json_object_get(json, "sms"), "89991110003"); /* as it was spelt */
	assert_int_equal(json_integer_value(json_object_get(entry, "status_code")), 100);
	entry = json_object_get(json_object_get(json, "sms"), "abc");
	assert_int_equal(json_integer_value(json_object_get(entry, "status_code")), 202);
	assert_true(json_is_real(json_object_get(json, "balance")));
	json_decref(json);

	got = ask(&server, "/sms/send", "api_id=" KEY "&to=79991110005,79990000002&msg=lines", 0);
	assert_string_equal(got.body, "100\n000000-10000003\n202\nbalance=122.56");
	answer_free(&got);
	json = post(&server, "/my/limit", "");
	assert_true(json_is_string(json_object_get(json, "total_limit")));
	json_decref(json);
	json = post(&server, "/my/senders", "");
	assert_null(json_object_get(json, "senders"));
	json_decref(json);
	json = post(&server, "/stoplist/get", "");
	assert_true(json_is_array(json_object_get(json, "stoplist")));
	json_decref(json);
	json = post(&server, "/sms/cost", "to=79991110001,x&msg=a");
	assert_int_equal(json_integer_value(json_object_get(json, "total_sms")), 1);
	json_decref(json);
	json = post(&server, "/sms/cost", "to=x&msg=a");
	assert_null(json_object_get(json, "total_sms"));
	json_decref(json);
	gateway_stop(&server);
}

static void the_account_runs_out(void **state)
{
	gateway server;

	(void) state;
	gateway_start(&server, "--balance-kopecks", "500", "--price-kopecks", "230", "--daily-limit", "2", NULL);
	assert_int_equal(post_code(&server, "/sms/send", "to=79991110001&msg=a"), 100);
	assert_int_equal(post_code(&server, "/sms/send", "to=79991110002&msg=a"), 100);
	assert_int_equal(post_code(&server, "/sms/send", "to=79991110003&msg=a"), 201);
	control(&server, "/control/set", "balance_kopecks=1000");
	assert_int_equal(post_code(&server, "/sms/send", "to=79991110003&msg=a"), 206);
	assert_int_equal(post_code(&server, "/sms/send", "to=79991110003&msg=a&test=1"), 206);
	gateway_stop(&server);
}

static void a_test_sends_nothing(void **state)
{
	gateway server;

	(void) state;
	gateway_start(&server, NULL);
	assert_int_equal(post_code(&server, "/sms/send", "to=79991110001&msg=a&test=1"), 100);
	assert_int_equal(stat_of(&server, "tests"), 1);
	assert_int_equal(stat_of(&server, "messages"), 0);
	assert_int_equal(stat_of(&server, "reports_pending"), 0);
	gateway_stop(&server);
}

static void the_log_outlives_a_kill(void **state)
{
	gateway server;
	char path[96], line[512];
	int lines = 0, repetitions = 0, status;
	FILE *log;

	(void) state;
	gateway_start(&server, NULL);
	assert_int_equal(send_code(&server, "79991110001", "one"), 100);
	assert_int_equal(send_code(&server, "79991110002", "%D0%B4%D0%B2%D0%B0"), 100);
	assert_int_equal(send_code(&server, "79991110001", "one"), 231);
	kill(server.pid, SIGKILL);
	assert_int_equal(waitpid(server.pid, &status, 0), server.pid);
	server.pid = 0;
	snprintf(path, sizeof path, "%s/log", server.folder);
	log = fopen(path, "re");
	assert_non_null(log);
	while (fgets(line, sizeof line, log) != NULL) {
		json_t *json = json_loads(line, 0, NULL);

		assert_non_null(json);
		assert_true(json_is_string(json_object_get(json, "phone")));
		assert_true(json_is_integer(json_object_get(json, "code")));
		repetitions += json_integer_value(json_object_get(json, "count")) > 1;
		json_decref(json);
		lines++;
	}
	fclose(log);
	assert_int_equal(lines, 3);
	assert_int_equal(repetitions, 1);
	gateway_stop(&server);
}

static void messages_are_listed(void **state)
{
	gateway server;
	answer got;

	(void) state;
	gateway_start(&server, NULL);
	assert_int_equal(post_code(&server, "/sms/send", "to=79991110001,79991110002&msg=%22q%22%0A&from=Shop"), 100);
	assert_int_equal(send_code(&server, "79991110002", "b"), 100);
	assert_int_equal(send_code(&server, "79991110002", "b"), 231);
	got = ask(&server, "/control/messages?repeated=1", NULL, 0);
	assert_string_equal(got.body,
	                    "{\"phone\":\"79991110002\",\"text\":\"b\",\"sender\":\"\",\"id\":\"000000-10000003\","
	                    "\"count\":2,\"accepted\":1}\n");
	answer_free(&got);
	got = ask(&server, "/control/messages?phone=79991110001", NULL, 0);
	assert_string_equal(got.body, "{\"phone\":\"79991110001\",\"text\":\"\\\"q\\\"\\u000a\",\"sender\":\"Shop\","
	                              "\"id\":\"000000-10000001\",\"count\":1,\"accepted\":1}\n");
	answer_free(&got);
	got = ask(&server, "/control/messages?from=1&limit=1", NULL, 0);
	assert_non_null(strstr(got.body, "79991110002"));
	assert_ptr_equal(strchr(got.body, '\n'), got.body + got.len - 1);
	answer_free(&got);
	got = ask(&server, "/control/nothing", NULL, 0);
	assert_int_equal(got.status, 404);
	answer_free(&got);
	got = ask(&server, "/control/reset", NULL, 0); /* a GET changes nothing */
	assert_int_equal(got.status, 400);
	answer_free(&got);
	assert_int_equal(stat_of(&server, "messages"), 4);
	gateway_stop(&server);
}

/* Its standard output stays open as long as it lives. */
static void it_ends_with_its_parent(void **state)
{
	char parent[16], byte = 0, *program = getenv("GATEWAY");
	int ends[2];
	pid_t middle;

	(void) state;
	assert_int_equal(pipe(ends), 0);
	middle = fork();
	if (middle == 0) {
		snprintf(parent, sizeof parent, "%d", (int) getpid());
		if (fork() == 0) {
			dup2(ends[1], 1);
			close(ends[0]);
			close(ends[1]);
			execl(program, program, "--parent", parent, (char *) NULL);
			_exit(127);
		}
		close(ends[1]);
		pause();
	}
	close(ends[1]);
	while (byte != '\n') { /* "PORT n": it listens */
		assert_int_equal(read(ends[0], &byte, 1), 1);
	}
	kill(middle, SIGKILL);
	assert_int_equal(waitpid(middle, NULL, 0), middle);
	assert_int_equal(read(ends[0], &byte, 1), 0);
	close(ends[0]);
}

static void bad_options_are_refused(void **state)
{
	(void) state;
	assert_int_equal(gateway_exit_status("--nothing", NULL), 2);
	assert_int_equal(gateway_exit_status("--fault", "nothing"), 2);
	assert_int_equal(gateway_exit_status("--callback", "http://example.org/"), 2);
	assert_int_equal(gateway_exit_status("word", NULL), 2);
	assert_int_equal(gateway_exit_status("--list", NULL), 0);
}

const struct CMUnitTest protocol_tests[] = {
	cmocka_unit_test(wrong_requests_get_their_code),
	cmocka_unit_test(texts_end_at_eight_segments),
	cmocka_unit_test(a_repetition_within_a_minute_is_refused),
	cmocka_unit_test(replies_have_the_shapes_seen_in_life),
	cmocka_unit_test(the_account_runs_out),
	cmocka_unit_test(a_test_sends_nothing),
	cmocka_unit_test(the_log_outlives_a_kill),
	cmocka_unit_test(messages_are_listed),
	cmocka_unit_test(it_ends_with_its_parent),
	cmocka_unit_test(bad_options_are_refused),
};
const size_t protocol_test_count = COUNT_OF(protocol_tests);
