/* Inside the wire: one exchange and its libcurl easy handle. */
#ifndef VST_GATEWAY_EXCHANGE_H
#define VST_GATEWAY_EXCHANGE_H

#include <curl/curl.h>

#include "sockets.h"
#include "wire.h"

#define VST_REPLY_MAX ((size_t) 4 * 1024 * 1024)

typedef struct vst_link {
	struct vst_link *prev, *next; /* a ring; of itself when in none */
} vst_link;

struct vst_exchange {
	vst_link place;  /* in the wire's list of open or of spare exchanges */
	vst_link notice; /* in the wire's queue of newly held or of newly finished ones */
	vst_wire *wire;
	CURL *easy;
	struct curl_slist *header_list; /* made from header_text */
	vst_buf header_text;
	vst_request request;
	size_t handed; /* bytes of the body that libcurl was given */
	bool ready;    /* connection up: libcurl asked for the body */
	int fd;        /* of the connection it is held on; -1: not known */
	bool paused;
	bool released;
	bool finished;
	bool fetched; /* started by vst_wire_fetch: no notices */
	bool too_large;
	int64_t deadline_ns;   /* 0: none */
	int64_t hand_until_ns; /* the body is given only until then; 0: for ever */
	vst_buf answer;
	vst_reply reply;
	void *tag;
};

/* NULL: out of memory. Everything that is the same for all exchanges is set. */
vst_exchange *vst_exchange_new(vst_wire *wire);
/* Takes the request. */
vst_rc vst_exchange_prepare(vst_exchange *exchange, vst_request *take_request, vst_err *err) VST_CHECKED;
/* Fills the reply; `words`: why it failed, NULL: libcurl's words for `result`. */
void vst_exchange_close(vst_exchange *exchange, CURLcode result, const char *words);
/* Forgets request and reply; afterwards the handle may be used again. */
void vst_exchange_clear(vst_exchange *exchange);
void vst_exchange_free(vst_exchange *exchange);

/* Of the wire, called from libcurl's callbacks. */
int64_t vst_wire_now(const vst_wire *wire);
void vst_wire_note_held(vst_wire *wire, vst_exchange *exchange);
vst_sockets *vst_wire_sockets(vst_wire *wire);
/* The connection goes: no exchange is on it any longer. */
void vst_wire_note_closing(vst_wire *wire, int fd);

#endif
