/*
 * The wire: many HTTP exchanges at once over one libcurl multi handle. Belongs to one process and thread; a forked
 * child forgets it (never frees it).
 *
 * A POST is held before its body: once the connection is up the exchange reports `held` and waits. Only then does
 * the engine store the intent, after which it releases the exchange or drops it. That libcurl was never given a byte
 * of the body (reply.released is false) is the only proof that nothing of it went out; it also holds when a release
 * came too late. Bodies come from a read callback without a seek callback, so libcurl cannot rewind and repeat a POST
 * on a connection that closed without a reply.
 */
#ifndef VST_GATEWAY_WIRE_H
#define VST_GATEWAY_WIRE_H

#include "gateway.h"

typedef struct vst_wire vst_wire;
typedef struct vst_exchange vst_exchange;

/* max_connections: 1 to 4096, silently kept within. curl_global_init is the caller's. `env` must outlive the wire. */
vst_rc vst_wire_new(const vst_env *env, size_t max_connections, vst_wire **out, vst_err *err) VST_CHECKED;
void vst_wire_free(vst_wire *wire); /* drops what is in flight */

/*
 * Takes the request over (the struct is emptied), also on failure. `tag` comes back with the exchange. VST_E_BUSY:
 * max_connections exchanges are in flight. A POST needs a body.
 */
vst_rc vst_wire_start(vst_wire *wire, vst_request *take_request, void *tag, vst_exchange **out, vst_err *err)
	VST_CHECKED;
void *vst_exchange_tag(const vst_exchange *exchange);
bool vst_exchange_held(const vst_exchange *exchange); /* connection up, body waiting for release */

/*
 * Lets the body go. From here on the outcome may be unknown. The deadline (timeout_ms) starts now, or when the
 * connection is up. Finds out first whether the peer has closed meanwhile: then the exchange is finished, with
 * reply.released false.
 */
void vst_exchange_release(vst_exchange *exchange);
/*
 * Before a release: from this monotonic instant on libcurl is given nothing more of the body and the exchange fails.
 * For a process that was stopped and wakes when its claim on the messages has passed.
 */
void vst_exchange_hand_until(vst_exchange *exchange, int64_t at_ns);
/* Ends an exchange and frees it, at any time; if it was never released nothing of the body went out. */
void vst_exchange_drop(vst_exchange *exchange);

/*
 * Moves bytes for at most wait_ms (0: no wait), ends early when an exchange becomes held or finished or when
 * env->should_stop says so. Our own deadlines (connect, whole exchange) are applied AFTER bytes were moved, so a reply
 * that arrived while the caller was busy counts. Monotonic clock.
 */
vst_rc vst_wire_poll(vst_wire *wire, int wait_ms, vst_err *err) VST_CHECKED;
/* The next exchange that newly became held, or finished; NULL when none. Each is reported once per kind. */
vst_exchange *vst_wire_next_held(vst_wire *wire);
vst_exchange *vst_wire_next_finished(vst_wire *wire);
/* Of a finished exchange; valid until it is dropped. */
const vst_reply *vst_exchange_reply(const vst_exchange *exchange);
size_t vst_wire_in_flight(const vst_wire *wire); /* started, neither finished nor dropped */
/*
 * One exchange from start to end, not held (GETs and account queries, PHP waits for it); max_connections does not
 * count. VST_E_CANCELLED: should_stop said so. The others go on meanwhile, their notices wait.
 */
vst_rc vst_wire_fetch(vst_wire *wire, vst_request *take_request, vst_arena *arena, vst_reply *out, vst_err *err)
	VST_CHECKED;

#endif
