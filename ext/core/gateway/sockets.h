/*
 * Inside the wire: which socket an exchange travels on. libcurl tells it only of connections that an easy handle made
 * itself, and while a transfer is paused it does not report that its peer has closed: we look for ourselves.
 */
#ifndef VST_GATEWAY_SOCKETS_H
#define VST_GATEWAY_SOCKETS_H

#include <curl/curl.h>

#include "base/result.h"

typedef struct vst_socket {
	int fd;
	long local_port; /* 0: not asked yet, it was not connected */
	long peer_port;
	char peer[46];
} vst_socket;

typedef struct vst_sockets {
	vst_socket *items;
	size_t count, capacity;
} vst_sockets;

bool vst_sockets_add(vst_sockets *sockets, int fd); /* false: out of memory */
void vst_sockets_remove(vst_sockets *sockets, int fd);
void vst_sockets_free(vst_sockets *sockets); /* closes nothing */
/* The socket of the transfer that runs in `easy`; -1: not known. */
int vst_sockets_find(vst_sockets *sockets, CURL *easy);
/* The peer has closed or broken the connection and nothing of it waits to be read. */
bool vst_socket_is_dead(int fd);

#endif
