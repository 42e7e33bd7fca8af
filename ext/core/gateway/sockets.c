#define _GNU_SOURCE /* sockets */
#include "sockets.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

bool vst_sockets_add(vst_sockets *sockets, int fd)
{
	if (sockets->count == sockets->capacity) {
		size_t capacity = sockets->capacity * 2 + 16;
		vst_socket *items = realloc(sockets->items, capacity * sizeof *items);

		if (items == NULL) {
			return false;
		}
		sockets->items = items;
		sockets->capacity = capacity;
	}
	sockets->items[sockets->count++] = (vst_socket) {.fd = fd};
	return true;
}

void vst_sockets_remove(vst_sockets *sockets, int fd)
{
	for (size_t i = 0; i < sockets->count; i++) {
		if (sockets->items[i].fd == fd) {
			sockets->items[i] = sockets->items[--sockets->count];
			return;
		}
	}
}

void vst_sockets_free(vst_sockets *sockets)
{
	free(sockets->items);
	*sockets = (vst_sockets) {NULL, 0, 0};
}

typedef union any_address {
	struct sockaddr any;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
	struct sockaddr_storage room;
} any_address;

/* 0 when it is no internet address. */
static long port_of(const any_address *address)
{
	if (address->any.sa_family == AF_INET) {
		return ntohs(address->four.sin_port);
	}
	return address->any.sa_family == AF_INET6 ? ntohs(address->six.sin6_port) : 0;
}

static void describe(vst_socket *socket)
{
	any_address local = {.room.ss_family = 0}, peer = {.room.ss_family = 0};
	socklen_t local_size = sizeof local, peer_size = sizeof peer;
	const void *bytes = &peer.four.sin_addr;

	if (getpeername(socket->fd, &peer.any, &peer_size) != 0 || getsockname(socket->fd, &local.any, &local_size) != 0) {
		return;
	}
	if (peer.any.sa_family == AF_INET6) {
		bytes = &peer.six.sin6_addr;
	}
	if (inet_ntop(peer.any.sa_family, bytes, socket->peer, sizeof socket->peer) != NULL) {
		socket->peer_port = port_of(&peer);
		socket->local_port = port_of(&local);
	}
}

int vst_sockets_find(vst_sockets *sockets, CURL *easy)
{
	long local_port = 0, peer_port = 0;
	char *peer = NULL;

	if (curl_easy_getinfo(easy, CURLINFO_LOCAL_PORT, &local_port) != CURLE_OK ||
	    curl_easy_getinfo(easy, CURLINFO_PRIMARY_PORT, &peer_port) != CURLE_OK ||
	    curl_easy_getinfo(easy, CURLINFO_PRIMARY_IP, &peer) != CURLE_OK || local_port == 0 || peer == NULL) {
		return -1;
	}
	for (size_t i = 0; i < sockets->count; i++) {
		vst_socket *socket = &sockets->items[i];

		if (socket->local_port == 0) {
			describe(socket);
		}
		/* two connections may share a local port, but not to the same peer */
		if (socket->local_port == local_port && socket->peer_port == peer_port && strcmp(socket->peer, peer) == 0) {
			return socket->fd;
		}
	}
	return -1;
}

bool vst_socket_is_dead(int fd)
{
	char byte;
	ssize_t got;

	if (fd < 0) {
		return false;
	}
	got = recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
	return got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}
