/*
 * A loopback HTTP server for the tests of the wire, one thread per connection. The n-th connection follows the n-th
 * script, later ones the last script. Steps of a script, each one letter:
 *   H read the head of a request       B read a whole request (counted)   C close
 *   R answer with `answer`             W wait for server_go                L stay silent until the peer closes
 * After its last step a connection is closed.
 */
#ifndef VST_TESTS_WIRE_SERVER_H
#define VST_TESTS_WIRE_SERVER_H

#include <stdbool.h>
#include <stddef.h>

typedef struct wire_server wire_server;

typedef struct server_seen {
	int connections, closed;     /* closed: connections that have come to their end */
	int heads, requests;         /* heads read; whole requests read */
	int answers;                 /* answers written */
	size_t body_bytes;           /* of all requests */
	char head[4096], body[4096]; /* the last ones, cut off */
} server_seen;

/* `scripts` ends with NULL; both are borrowed. `answer` is a whole HTTP reply. */
wire_server *server_start(const char *const *scripts, const char *answer, size_t answer_len);
int server_port(const wire_server *server);
server_seen server_look(wire_server *server);
void server_go(wire_server *server);
void server_stop(wire_server *server);

#endif
