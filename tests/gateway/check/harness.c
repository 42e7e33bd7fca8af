#define _GNU_SOURCE /* mkdtemp */
#include "harness.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int read_port(const char *path)
{
	FILE *file = fopen(path, "re");
	int port = 0;

	if (file != NULL) {
		if (fscanf(file, "%d", &port) != 1) {
			port = 0;
		}
		fclose(file);
	}
	return port;
}

static void run(char **arguments)
{
	const char *program = getenv("GATEWAY");

	if (program == NULL || freopen("/dev/null", "w", stdout) == NULL) {
		_exit(127);
	}
	arguments[0] = (char *) (uintptr_t) program;
	execv(program, arguments);
	_exit(127);
}

void gateway_start(gateway *server, ...)
{
	char port_file[96], log[96], parent[16];
	char *arguments[20] = {NULL, "--port-file", port_file, "--log", log, "--parent", parent};
	int count = 7;
	va_list more;

	snprintf(server->folder, sizeof server->folder, "/tmp/vestnik-gateway-XXXXXX");
	assert_non_null(mkdtemp(server->folder));
	snprintf(port_file, sizeof port_file, "%s/port", server->folder);
	snprintf(log, sizeof log, "%s/log", server->folder);
	snprintf(parent, sizeof parent, "%d", (int) getpid());
	va_start(more, server);
	while (count < 19 && (arguments[count] = va_arg(more, char *)) != NULL) {
		count++;
	}
	va_end(more);
	server->pid = fork();
	assert_true(server->pid >= 0);
	if (server->pid == 0) {
		run(arguments);
	}
	for (int i = 0; i < 4000 && (server->port = read_port(port_file)) == 0; i++) {
		usleep(5000);
	}
	assert_true(server->port > 0);
}

void gateway_stop(gateway *server)
{
	char path[96];
	int status;

	if (server->pid > 0) {
		kill(server->pid, SIGTERM);
		assert_int_equal(waitpid(server->pid, &status, 0), server->pid);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	}
	snprintf(path, sizeof path, "%s/port", server->folder);
	unlink(path);
	snprintf(path, sizeof path, "%s/log", server->folder);
	unlink(path);
	rmdir(server->folder);
}

int gateway_exit_status(const char *argument, const char *value)
{
	char *arguments[] = {NULL, (char *) (uintptr_t) argument, (char *) (uintptr_t) value, NULL};
	pid_t pid = fork();
	int status = 0;

	if (pid == 0) {
		if (freopen("/dev/null", "w", stderr) != NULL) {
			run(arguments);
		}
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static size_t keep(char *data, size_t size, size_t count, void *context)
{
	answer *got = context;
	size_t len = size * count;
	char *body = realloc(got->body, got->len + len + 1);

	if (body == NULL) {
		return 0;
	}
	memcpy(body + got->len, data, len);
	got->body = body;
	got->len += len;
	body[got->len] = '\0';
	return len;
}

answer ask(const gateway *server, const char *path, const char *body, long timeout_ms)
{
	CURL *easy = curl_easy_init();
	answer got = {.body = calloc(1, 1)};
	char url[512];

	assert_non_null(easy);
	assert_non_null(got.body);
	snprintf(url, sizeof url, "http://127.0.0.1:%d%s", server->port, path);
	curl_easy_setopt(easy, CURLOPT_URL, url);
	curl_easy_setopt(easy, CURLOPT_PROXY, "");
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, keep);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, &got);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, timeout_ms);
	if (body != NULL) {
		curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
	}
	got.result = curl_easy_perform(easy);
	curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &got.status);
	curl_easy_cleanup(easy);
	return got;
}

void answer_free(answer *got)
{
	free(got->body);
	got->body = NULL;
}

json_t *post(const gateway *server, const char *path, const char *fields)
{
	size_t size = strlen(fields) + 128;
	char *body = malloc(size);
	answer got;
	json_t *json;

	assert_non_null(body);
	snprintf(body, size, "api_id=" KEY "&json=1&%s", fields);
	got = ask(server, path, body, 0);
	free(body);
	json = json_loads(got.body, 0, NULL);
	answer_free(&got);
	return json;
}

static long long code_in(const json_t *object)
{
	const json_t *code = json_object_get(object, "status_code");

	return json_is_integer(code) ? json_integer_value(code) : -99;
}

long long post_code(const gateway *server, const char *path, const char *fields)
{
	json_t *json = post(server, path, fields);
	long long code = code_in(json);

	json_decref(json);
	return code;
}

long long send_code(const gateway *server, const char *phone, const char *text)
{
	char fields[512];
	json_t *json;
	long long code;

	snprintf(fields, sizeof fields, "to=%s&msg=%s", phone, text);
	json = post(server, "/sms/send", fields);
	code = code_in(json_object_get(json_object_get(json, "sms"), phone));
	json_decref(json);
	return code;
}

long long stat_of(const gateway *server, const char *name)
{
	answer got = ask(server, "/control/stats", NULL, 0);
	json_t *json = json_loads(got.body, 0, NULL);
	const json_t *value = json;
	char part[64];
	const char *dot = strchr(name, '.');
	long long number;

	if (dot != NULL) { /* "refused.213": 0 when it never happened */
		snprintf(part, sizeof part, "%.*s", (int) (dot - name), name);
		value = json_object_get(json, part);
		assert_true(json_is_object(value));
		value = json_object_get(value, dot + 1);
	} else {
		value = json_object_get(json, name);
		assert_true(json_is_integer(value));
	}
	number = json_integer_value(value);
	json_decref(json);
	answer_free(&got);
	return number;
}

void control(const gateway *server, const char *path, const char *fields)
{
	answer got = ask(server, path, fields, 0);

	assert_int_equal(got.result, CURLE_OK);
	assert_int_equal(got.status, 200);
	answer_free(&got);
}
