#include "wire.h"

#include <stdlib.h>

#include "exchange.h"

#define NS_PER_MS INT64_C(1000000)
#define CONNECTIONS_MAX ((size_t) 4096)
#define SLICE_MS 100 /* should_stop is looked at this often, in case a signal slips in just before a wait */

struct vst_wire {
	const vst_env *env;
	CURLM *multi;
	size_t max_connections, in_flight, spare_count;
	vst_sockets sockets;
	vst_link open, spare;    /* rings over vst_exchange.place */
	vst_link held, finished; /* rings over vst_exchange.notice */
};

static void ring_init(vst_link *ring)
{
	ring->prev = ring->next = ring;
}

static void ring_remove(vst_link *link)
{
	link->prev->next = link->next;
	link->next->prev = link->prev;
	ring_init(link);
}

static void ring_append(vst_link *ring, vst_link *link)
{
	link->prev = ring->prev;
	link->next = ring;
	ring->prev->next = link;
	ring->prev = link;
}

static vst_exchange *at_place(vst_link *link)
{
	return (vst_exchange *) (void *) ((char *) link - offsetof(vst_exchange, place));
}

static vst_exchange *take_notice(vst_link *ring)
{
	vst_link *first = ring->next;

	if (first == ring) {
		return NULL;
	}
	ring_remove(first);
	return (vst_exchange *) (void *) ((char *) first - offsetof(vst_exchange, notice));
}

int64_t vst_wire_now(const vst_wire *wire)
{
	return wire->env->monotonic_ns(wire->env->context);
}

void vst_wire_note_held(vst_wire *wire, vst_exchange *exchange)
{
	ring_append(&wire->held, &exchange->notice);
}

vst_sockets *vst_wire_sockets(vst_wire *wire)
{
	return &wire->sockets;
}

void vst_wire_note_closing(vst_wire *wire, int fd)
{
	for (vst_link *link = wire->open.next; link != &wire->open; link = link->next) {
		if (at_place(link)->fd == fd) {
			at_place(link)->fd = -1;
		}
	}
}

vst_rc vst_wire_new(const vst_env *env, size_t max_connections, vst_wire **out, vst_err *err)
{
	vst_wire *wire = calloc(1, sizeof *wire);

	if (wire == NULL) {
		return vst_fail_nomem(err);
	}
	wire->env = env;
	wire->max_connections = max_connections < 1                 ? 1
	                        : max_connections < CONNECTIONS_MAX ? max_connections
	                                                            : CONNECTIONS_MAX;
	ring_init(&wire->open);
	ring_init(&wire->spare);
	ring_init(&wire->held);
	ring_init(&wire->finished);
	wire->multi = curl_multi_init();
	if (wire->multi == NULL ||
	    curl_multi_setopt(wire->multi, CURLMOPT_MAXCONNECTS, (long) wire->max_connections) != CURLM_OK ||
	    curl_multi_setopt(wire->multi, CURLMOPT_PIPELINING, (long) CURLPIPE_NOTHING) != CURLM_OK) {
		vst_wire_free(wire);
		return vst_fail_nomem(err);
	}
	*out = wire;
	return VST_OK;
}

void vst_wire_free(vst_wire *wire)
{
	if (wire == NULL) {
		return;
	}
	while (wire->open.next != &wire->open) {
		vst_exchange_drop(at_place(wire->open.next));
	}
	while (wire->spare.next != &wire->spare) {
		vst_exchange *exchange = at_place(wire->spare.next);

		ring_remove(&exchange->place);
		vst_exchange_free(exchange);
	}
	(void) curl_multi_cleanup(wire->multi);
	vst_sockets_free(&wire->sockets);
	free(wire);
}

static vst_exchange *take_spare(vst_wire *wire)
{
	vst_link *first = wire->spare.next;

	if (first == &wire->spare) {
		return vst_exchange_new(wire);
	}
	ring_remove(first);
	wire->spare_count--;
	return at_place(first);
}

static vst_rc start(vst_wire *wire, vst_request *take_request, void *tag, bool fetched, vst_exchange **out,
                    vst_err *err)
{
	vst_exchange *exchange = take_spare(wire);
	int64_t wait_ms;
	vst_rc rc;

	if (exchange == NULL) {
		vst_request_free(take_request);
		return vst_fail_nomem(err);
	}
	rc = vst_exchange_prepare(exchange, take_request, err);
	if (rc == VST_OK && curl_multi_add_handle(wire->multi, exchange->easy) != CURLM_OK) {
		rc = vst_fail_nomem(err);
	}
	if (rc != VST_OK) {
		vst_exchange_free(exchange);
		return rc;
	}
	exchange->tag = tag;
	exchange->fetched = fetched;
	exchange->released = fetched || !exchange->request.post;
	/* A GET has no body, so nothing tells when its connection is up: both deadlines are one. */
	wait_ms = exchange->request.connect_timeout_ms;
	wait_ms += exchange->request.post ? 0 : exchange->request.timeout_ms;
	exchange->deadline_ns = vst_wire_now(wire) + wait_ms * NS_PER_MS;
	ring_append(&wire->open, &exchange->place);
	wire->in_flight++;
	*out = exchange;
	return VST_OK;
}

vst_rc vst_wire_start(vst_wire *wire, vst_request *take_request, void *tag, vst_exchange **out, vst_err *err)
{
	if (wire->in_flight >= wire->max_connections) {
		vst_request_free(take_request);
		return vst_fail(err, VST_E_BUSY, "all connections of the wire are taken");
	}
	return start(wire, take_request, tag, false, out, err);
}

void *vst_exchange_tag(const vst_exchange *exchange)
{
	return exchange->tag;
}

bool vst_exchange_held(const vst_exchange *exchange)
{
	return exchange->ready && !exchange->released && !exchange->finished;
}

static void finish(vst_exchange *exchange, CURLcode result, const char *words)
{
	vst_wire *wire = exchange->wire;

	vst_exchange_close(exchange, result, words);
	(void) curl_multi_remove_handle(wire->multi, exchange->easy);
	ring_remove(&exchange->notice);
	if (!exchange->fetched) {
		ring_append(&wire->finished, &exchange->notice);
	}
	wire->in_flight--;
}

/* While it is paused libcurl says nothing of a peer that closed. Nothing of the body has gone out. */
static bool finish_if_dead(vst_exchange *exchange)
{
	if (!exchange->paused || exchange->handed > 0 || !vst_socket_is_dead(exchange->fd)) {
		return false;
	}
	finish(exchange, CURLE_GOT_NOTHING, "the connection closed before the body");
	return true;
}

void vst_exchange_release(vst_exchange *exchange)
{
	if (exchange->released || exchange->finished || finish_if_dead(exchange)) {
		return;
	}
	exchange->released = true;
	if (exchange->ready) {
		exchange->deadline_ns = vst_wire_now(exchange->wire) + exchange->request.timeout_ms * NS_PER_MS;
	}
	if (exchange->paused) {
		exchange->paused = false;
		/* what can fail here also ends the transfer, and is seen there */
		(void) curl_easy_pause(exchange->easy, CURLPAUSE_CONT);
	}
}

void vst_exchange_hand_until(vst_exchange *exchange, int64_t at_ns)
{
	exchange->hand_until_ns = at_ns;
}

void vst_exchange_drop(vst_exchange *exchange)
{
	vst_wire *wire = exchange->wire;
	/* A handle that was stopped half-way may carry a pause into its next transfer. */
	bool reusable = exchange->finished && exchange->reply.complete && wire->spare_count < wire->max_connections;

	if (!exchange->finished) {
		(void) curl_multi_remove_handle(wire->multi, exchange->easy);
		wire->in_flight--;
	}
	ring_remove(&exchange->notice);
	ring_remove(&exchange->place);
	if (reusable) {
		vst_exchange_clear(exchange);
		ring_append(&wire->spare, &exchange->place);
		wire->spare_count++;
	} else {
		vst_exchange_free(exchange);
	}
}

static vst_rc perform(vst_wire *wire, vst_err *err)
{
	int running, left;
	CURLMcode code = curl_multi_perform(wire->multi, &running);
	CURLMsg *message;

	if (code != CURLM_OK) {
		return code == CURLM_OUT_OF_MEMORY
		           ? vst_fail_nomem(err)
		           : vst_fail_native(err, VST_E_IO, VST_DOMAIN_HTTP, code, "wire: %s", curl_multi_strerror(code));
	}
	while ((message = curl_multi_info_read(wire->multi, &left)) != NULL) {
		vst_exchange *exchange = NULL;
		CURLcode result = message->data.result;

		if (message->msg == CURLMSG_DONE &&
		    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &exchange) == CURLE_OK) {
			finish(exchange, result, NULL);
		}
	}
	return VST_OK;
}

static void finish_dead(vst_wire *wire)
{
	for (vst_link *link = wire->open.next, *next; link != &wire->open; link = next) {
		next = link->next;
		if (!at_place(link)->finished) {
			(void) finish_if_dead(at_place(link));
		}
	}
}

static bool is_late(const vst_exchange *exchange, int64_t now)
{
	return !exchange->finished && exchange->deadline_ns != 0 && exchange->deadline_ns <= now;
}

static bool any_late(vst_wire *wire, int64_t now)
{
	for (vst_link *link = wire->open.next; link != &wire->open; link = link->next) {
		if (is_late(at_place(link), now)) {
			return true;
		}
	}
	return false;
}

/* Moves the bytes that can be moved now, then looks at the deadlines. */
static vst_rc pump(vst_wire *wire, vst_err *err)
{
	vst_rc rc = perform(wire, err);
	int64_t now = vst_wire_now(wire);

	finish_dead(wire);
	if (rc != VST_OK || !any_late(wire, now)) {
		return rc;
	}
	/* One turn of libcurl reads a bounded amount: what waits in the socket gets a second one. */
	rc = perform(wire, err);
	for (vst_link *link = wire->open.next, *next; rc == VST_OK && link != &wire->open; link = next) {
		vst_exchange *exchange = at_place(link);

		next = link->next;
		if (is_late(exchange, now)) {
			finish(exchange, CURLE_OPERATION_TIMEDOUT,
			       exchange->ready || !exchange->request.post ? "no answer in time" : "no connection in time");
		}
	}
	return rc;
}

/* Milliseconds until the next deadline, at most `limit_ms`; rounded up, so that it has then passed. */
static int64_t until_deadline(vst_wire *wire, int64_t now, int64_t limit_ms)
{
	for (vst_link *link = wire->open.next; link != &wire->open; link = link->next) {
		const vst_exchange *exchange = at_place(link);

		if (!exchange->finished && exchange->deadline_ns != 0) {
			int64_t left = (exchange->deadline_ns - now + NS_PER_MS - 1) / NS_PER_MS;

			left = left > 0 ? left : 0;
			limit_ms = left < limit_ms ? left : limit_ms;
		}
	}
	return limit_ms;
}

/* Waits for a socket, a deadline or a signal. *woken: something other than the end of the wait ended it. */
static vst_rc wait_some(vst_wire *wire, int64_t limit_ms, bool *woken, vst_err *err)
{
	int64_t before = vst_wire_now(wire);
	int64_t wait_ms = until_deadline(wire, before, limit_ms < SLICE_MS ? limit_ms : SLICE_MS);
	int ready = 0;
	CURLMcode code = curl_multi_poll(wire->multi, NULL, 0, (int) wait_ms, &ready);

	if (code != CURLM_OK) {
		return vst_fail_native(err, VST_E_IO, VST_DOMAIN_HTTP, code, "wire: %s", curl_multi_strerror(code));
	}
	*woken = ready == 0 && vst_wire_now(wire) - before < wait_ms * NS_PER_MS - NS_PER_MS;
	return VST_OK;
}

static bool has_notices(const vst_wire *wire)
{
	return wire->held.next != &wire->held || wire->finished.next != &wire->finished;
}

static bool should_stop(const vst_wire *wire)
{
	return wire->env->should_stop(wire->env->context);
}

vst_rc vst_wire_poll(vst_wire *wire, int wait_ms, vst_err *err)
{
	int64_t end = vst_wire_now(wire) + wait_ms * NS_PER_MS;
	bool woken = false;

	for (;;) {
		vst_rc rc = pump(wire, err);
		int64_t left = (end - vst_wire_now(wire) + NS_PER_MS - 1) / NS_PER_MS;

		/* woken without a ready socket: perhaps a signal, which the caller wants to look at */
		if (rc != VST_OK || has_notices(wire) || woken || left <= 0 || should_stop(wire)) {
			return rc;
		}
		rc = wait_some(wire, left, &woken, err);
		if (rc != VST_OK) {
			return rc;
		}
	}
}

vst_exchange *vst_wire_next_held(vst_wire *wire)
{
	return take_notice(&wire->held);
}

vst_exchange *vst_wire_next_finished(vst_wire *wire)
{
	return take_notice(&wire->finished);
}

const vst_reply *vst_exchange_reply(const vst_exchange *exchange)
{
	return &exchange->reply;
}

size_t vst_wire_in_flight(const vst_wire *wire)
{
	return wire->in_flight;
}

vst_rc vst_wire_fetch(vst_wire *wire, vst_request *take_request, vst_arena *arena, vst_reply *out, vst_err *err)
{
	vst_exchange *exchange = NULL;
	vst_rc rc = start(wire, take_request, NULL, true, &exchange, err);
	bool woken;

	if (rc != VST_OK) {
		return rc;
	}
	for (;;) {
		rc = pump(wire, err);
		if (rc != VST_OK || exchange->finished) {
			break;
		}
		if (should_stop(wire)) {
			rc = vst_fail(err, VST_E_CANCELLED, "stopped while waiting for a provider");
			break;
		}
		rc = wait_some(wire, SLICE_MS, &woken, err);
		if (rc != VST_OK) {
			break;
		}
	}
	if (rc == VST_OK) {
		*out = exchange->reply;
		out->body = vst_arena_copy(arena, exchange->reply.body);
		rc = arena->failed ? vst_fail_nomem(err) : VST_OK;
	}
	vst_exchange_drop(exchange);
	return rc;
}
