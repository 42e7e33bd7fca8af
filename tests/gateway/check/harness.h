/* Starting the gateway as a program of its own, and talking to it from outside. */
#ifndef GATEWAY_CHECK_HARNESS_H
#define GATEWAY_CHECK_HARNESS_H

#include <curl/curl.h>
#include <jansson.h>
#include <sys/types.h>

#include "check.h"

#define KEY "00000000-0000-0000-0000-000000000000"

typedef struct gateway {
	pid_t pid;
	int port;
	char folder[64]; /* holds "port" and "log" */
} gateway;

typedef struct answer {
	CURLcode result;
	long status;
	char *body; /* NUL-terminated; freed by answer_free */
	size_t len;
} answer;

/* The program named by the environment's GATEWAY, with --log and up to 8 more arguments, ending with NULL. */
void gateway_start(gateway *server, ...);
void gateway_stop(gateway *server);
/* The exit status of the program with these arguments. */
int gateway_exit_status(const char *argument, const char *value);

/* Each over a new connection, so that libcurl repeats nothing. body NULL: a GET. timeout_ms 0: none. */
answer ask(const gateway *server, const char *path, const char *body, long timeout_ms);
void answer_free(answer *got);
/* A POST with key and json=1 before `fields`; the parsed reply, NULL when it is none. The caller owns it. */
json_t *post(const gateway *server, const char *path, const char *fields);
long long post_code(const gateway *server, const char *path, const char *fields); /* its status_code, -99 none */
/* Of the reply to a send: the code of a phone, -99 none. */
long long send_code(const gateway *server, const char *phone, const char *text);
long long stat_of(const gateway *server, const char *name);
void control(const gateway *server, const char *path, const char *fields);

#endif
