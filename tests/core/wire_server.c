#define _GNU_SOURCE /* memmem, pthread */
#include "wire_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#define CONNECTIONS_MAX 256

struct wire_server {
	int listener, port;
	bool stopping;
	int permits; /* given by server_go, taken by W */
	const char *const *scripts;
	const char *answer;
	size_t answer_len;
	server_seen seen;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	pthread_t acceptor, threads[CONNECTIONS_MAX];
	int thread_count;
};

typedef struct peer_connection {
	wire_server *server;
	int fd;
	const char *script;
	char *data; /* what was read and not consumed */
	size_t len, capacity;
	size_t body_left; /* of a request whose head was read */
	size_t body_taken;
} peer_connection;

static void die(const char *what)
{
	perror(what);
	abort();
}

/* Waits for bytes while looking whether the server stops; false: end of the stream. */
static bool read_more(peer_connection *peer)
{
	for (;;) {
		struct pollfd entry = {.fd = peer->fd, .events = POLLIN};
		ssize_t got;

		pthread_mutex_lock(&peer->server->lock);
		bool stopping = peer->server->stopping;
		pthread_mutex_unlock(&peer->server->lock);
		if (stopping) {
			return false;
		}
		if (poll(&entry, 1, 20) <= 0) {
			continue;
		}
		if (peer->capacity - peer->len < 65536) {
			peer->capacity = peer->capacity * 2 + 65536;
			peer->data = realloc(peer->data, peer->capacity);
			if (peer->data == NULL) {
				die("realloc");
			}
		}
		got = recv(peer->fd, peer->data + peer->len, peer->capacity - peer->len, 0);
		if (got <= 0) {
			return false;
		}
		peer->len += (size_t) got;
		return true;
	}
}

static void consume(peer_connection *peer, size_t count)
{
	memmove(peer->data, peer->data + count, peer->len - count);
	peer->len -= count;
}

static bool read_head(peer_connection *peer)
{
	wire_server *server = peer->server;
	const char *end;
	size_t head_len;

	while (peer->len == 0 || (end = memmem(peer->data, peer->len, "\r\n\r\n", 4)) == NULL) {
		if (!read_more(peer)) {
			return false;
		}
	}
	head_len = (size_t) (end - peer->data) + 4;
	pthread_mutex_lock(&server->lock);
	server->seen.heads++;
	snprintf(server->seen.head, sizeof server->seen.head, "%.*s", (int) head_len, peer->data);
	const char *length = strcasestr(server->seen.head, "Content-Length:");
	peer->body_left = length != NULL ? strtoul(length + 15, NULL, 10) : 0;
	peer->body_taken = 0;
	server->seen.body[0] = '\0';
	pthread_mutex_unlock(&server->lock);
	consume(peer, head_len);
	return true;
}

static void take_body(peer_connection *peer)
{
	wire_server *server = peer->server;
	size_t count = peer->len < peer->body_left ? peer->len : peer->body_left;

	pthread_mutex_lock(&server->lock);
	server->seen.body_bytes += count;
	if (peer->body_taken + count < sizeof server->seen.body && count > 0) {
		memcpy(server->seen.body + peer->body_taken, peer->data, count);
		server->seen.body[peer->body_taken + count] = '\0';
	}
	pthread_mutex_unlock(&server->lock);
	peer->body_taken += count;
	peer->body_left -= count;
	if (count > 0) {
		consume(peer, count);
	}
}

static bool read_request(peer_connection *peer)
{
	if (!read_head(peer)) {
		return false;
	}
	take_body(peer);
	while (peer->body_left > 0) {
		if (!read_more(peer)) {
			return false;
		}
		take_body(peer);
	}
	pthread_mutex_lock(&peer->server->lock);
	peer->server->seen.requests++;
	pthread_mutex_unlock(&peer->server->lock);
	return true;
}

static bool write_answer(peer_connection *peer)
{
	wire_server *server = peer->server;
	size_t sent = 0;

	while (sent < server->answer_len) {
		ssize_t put = send(peer->fd, server->answer + sent, server->answer_len - sent, MSG_NOSIGNAL);

		if (put <= 0) {
			return false;
		}
		sent += (size_t) put;
	}
	pthread_mutex_lock(&server->lock);
	server->seen.answers++;
	pthread_mutex_unlock(&server->lock);
	return true;
}

static bool wait_for_go(wire_server *server)
{
	bool go;

	pthread_mutex_lock(&server->lock);
	while (server->permits == 0 && !server->stopping) {
		pthread_cond_wait(&server->changed, &server->lock);
	}
	go = !server->stopping;
	if (go) {
		server->permits--;
	}
	pthread_mutex_unlock(&server->lock);
	return go;
}

static bool step(peer_connection *peer, char letter)
{
	switch (letter) {
		case 'H': return read_head(peer);
		case 'B': return read_request(peer);
		case 'R': return write_answer(peer);
		case 'W': return wait_for_go(peer->server);
		case 'L':
			while (read_more(peer)) {
				take_body(peer);
			}
			return false;
		default: return false;
	}
}

static void *serve(void *context)
{
	peer_connection *peer = context;

	for (const char *letter = peer->script; *letter != '\0' && step(peer, *letter); letter++) {}
	close(peer->fd);
	pthread_mutex_lock(&peer->server->lock);
	peer->server->seen.closed++;
	pthread_mutex_unlock(&peer->server->lock);
	free(peer->data);
	free(peer);
	return NULL;
}

static void *accept_all(void *context)
{
	wire_server *server = context;
	size_t script = 0;
	int fd;

	while ((fd = accept(server->listener, NULL, NULL)) >= 0) {
		peer_connection *peer = calloc(1, sizeof *peer);

		if (peer == NULL || server->thread_count == CONNECTIONS_MAX) {
			die("connection");
		}
		peer->server = server;
		peer->fd = fd;
		peer->script = server->scripts[script];
		if (server->scripts[script + 1] != NULL) {
			script++;
		}
		pthread_mutex_lock(&server->lock);
		server->seen.connections++;
		pthread_mutex_unlock(&server->lock);
		if (pthread_create(&server->threads[server->thread_count++], NULL, serve, peer) != 0) {
			die("pthread_create");
		}
	}
	return NULL;
}

wire_server *server_start(const char *const *scripts, const char *answer, size_t answer_len)
{
	wire_server *server = calloc(1, sizeof *server);
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof address;

	if (server == NULL) {
		die("server");
	}
	server->scripts = scripts;
	server->answer = answer;
	server->answer_len = answer_len;
	server->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (server->listener < 0 || bind(server->listener, (struct sockaddr *) &address, sizeof address) != 0 ||
	    listen(server->listener, 64) != 0 || getsockname(server->listener, (struct sockaddr *) &address, &size) != 0) {
		die("listen");
	}
	server->port = ntohs(address.sin_port);
	pthread_mutex_init(&server->lock, NULL);
	pthread_cond_init(&server->changed, NULL);
	if (pthread_create(&server->acceptor, NULL, accept_all, server) != 0) {
		die("pthread_create");
	}
	return server;
}

int server_port(const wire_server *server)
{
	return server->port;
}

server_seen server_look(wire_server *server)
{
	server_seen seen;

	pthread_mutex_lock(&server->lock);
	seen = server->seen;
	pthread_mutex_unlock(&server->lock);
	return seen;
}

void server_go(wire_server *server)
{
	pthread_mutex_lock(&server->lock);
	server->permits++;
	pthread_cond_broadcast(&server->changed);
	pthread_mutex_unlock(&server->lock);
}

void server_stop(wire_server *server)
{
	pthread_mutex_lock(&server->lock);
	server->stopping = true;
	pthread_cond_broadcast(&server->changed);
	pthread_mutex_unlock(&server->lock);
	shutdown(server->listener, SHUT_RDWR);
	pthread_join(server->acceptor, NULL);
	close(server->listener);
	for (int i = 0; i < server->thread_count; i++) {
		pthread_join(server->threads[i], NULL);
	}
	pthread_cond_destroy(&server->changed);
	pthread_mutex_destroy(&server->lock);
	free(server);
}
