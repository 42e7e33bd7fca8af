#define _GNU_SOURCE /* strndup, FD_CLOEXEC */
#include "exchange.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "providers.h"

#define SEND_BUFFER_MIN ((size_t) 64 * 1024)
#define SEND_BUFFER_MAX ((size_t) 2 * 1024 * 1024) /* libcurl's own bound */
#define NS_PER_MS INT64_C(1000000)

/*
 * Gives the body away, once. Held: the first call pauses the transfer. There is no seek callback, and a body that was
 * given in full is not given again, so libcurl cannot repeat the request on another connection: what is left of a
 * repetition is an error. (While nothing was given, libcurl may change the connection: that is harmless.)
 */
static size_t read_body(char *buffer, size_t size, size_t count, void *context)
{
	vst_exchange *exchange = context;
	vst_str body = vst_buf_str(&exchange->request.body);
	size_t room = size * count, left = body.len - exchange->handed;

	if (!exchange->released) {
		exchange->paused = true;
		exchange->fd = vst_sockets_find(vst_wire_sockets(exchange->wire), exchange->easy);
		if (!exchange->ready) {
			exchange->ready = true;
			exchange->deadline_ns = 0;
			vst_wire_note_held(exchange->wire, exchange);
		}
		return CURL_READFUNC_PAUSE;
	}
	if (!exchange->ready) {
		exchange->ready = true;
		exchange->deadline_ns = vst_wire_now(exchange->wire) + exchange->request.timeout_ms * NS_PER_MS;
	}
	if (left == 0 || (exchange->hand_until_ns != 0 && vst_wire_now(exchange->wire) >= exchange->hand_until_ns)) {
		return CURL_READFUNC_ABORT;
	}
	left = left < room ? left : room;
	memcpy(buffer, body.ptr + exchange->handed, left);
	exchange->handed += left;
	return left;
}

static size_t write_answer(char *data, size_t size, size_t count, void *context)
{
	vst_exchange *exchange = context;
	size_t len = size * count;

	if (len > VST_REPLY_MAX - exchange->answer.len) {
		exchange->too_large = true;
		return 0;
	}
	vst_buf_append(&exchange->answer, vst_str_of(data, len));
	return exchange->answer.failed ? 0 : len;
}

/* A program started by PHP must not inherit the connection. */
static int note_socket(void *context, curl_socket_t fd, curlsocktype purpose)
{
	vst_wire *wire = context;

	(void) purpose;
	return fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 && vst_sockets_add(vst_wire_sockets(wire), fd) ? CURL_SOCKOPT_OK
	                                                                                          : CURL_SOCKOPT_ERROR;
}

static int close_socket(void *context, curl_socket_t fd)
{
	vst_wire *wire = context;

	vst_wire_note_closing(wire, fd);
	vst_sockets_remove(vst_wire_sockets(wire), fd);
	return close(fd);
}

/* The options are known to libcurl of every version we take; what can fail here is memory. */
static bool set_constant_options(CURL *easy, vst_exchange *exchange)
{
	CURLcode bad = CURLE_OK;

#define SET(option, value) \
	do { \
		bad = bad != CURLE_OK ? bad : curl_easy_setopt(easy, option, value); \
	} while (0)
	SET(CURLOPT_PRIVATE, exchange);
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_VERBOSE, 0L);
	SET(CURLOPT_NOPROGRESS, 1L);
	SET(CURLOPT_FOLLOWLOCATION, 0L);
#if LIBCURL_VERSION_NUM >= 0x075500
	SET(CURLOPT_PROTOCOLS_STR, "http,https");
#else
	SET(CURLOPT_PROTOCOLS, (long) (CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
	SET(CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_1_1);
	SET(CURLOPT_SSL_VERIFYPEER, 1L);
	SET(CURLOPT_SSL_VERIFYHOST, 2L);
	SET(CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
	SET(CURLOPT_TCP_KEEPALIVE, 1L);
	SET(CURLOPT_USERAGENT, "vestnik");
	SET(CURLOPT_SOCKOPTFUNCTION, note_socket);
	SET(CURLOPT_SOCKOPTDATA, exchange->wire);
	SET(CURLOPT_CLOSESOCKETFUNCTION, close_socket);
	SET(CURLOPT_CLOSESOCKETDATA, exchange->wire);
	SET(CURLOPT_READFUNCTION, read_body);
	SET(CURLOPT_READDATA, exchange);
	SET(CURLOPT_WRITEFUNCTION, write_answer);
	SET(CURLOPT_WRITEDATA, exchange);
	if (bad == CURLE_OK) {
		/* what the server packed unasked is unpacked; a libcurl without zlib has no such option */
		(void) curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
	}
	return bad == CURLE_OK;
}

vst_exchange *vst_exchange_new(vst_wire *wire)
{
	vst_exchange *exchange = calloc(1, sizeof *exchange);

	if (exchange == NULL) {
		return NULL;
	}
	exchange->wire = wire;
	exchange->fd = -1;
	exchange->place = (vst_link) {&exchange->place, &exchange->place};
	exchange->notice = (vst_link) {&exchange->notice, &exchange->notice};
	exchange->easy = curl_easy_init();
	if (exchange->easy == NULL || !set_constant_options(exchange->easy, exchange)) {
		vst_exchange_free(exchange);
		return NULL;
	}
	return exchange;
}

/* Rebuilt only when it changed: the requests of one provider have the same headers. */
static bool make_header_list(vst_exchange *exchange)
{
	vst_str text = vst_buf_str(&exchange->request.headers);
	/* libcurl would ask for leave before bigger bodies and wait a second for it */
	struct curl_slist *list = curl_slist_append(NULL, "Expect:"), *longer;
	size_t start = 0;

	while (list != NULL && start < text.len) {
		const char *from = text.ptr + start;
		const char *end = memchr(from, '\n', text.len - start);
		size_t len = end != NULL ? (size_t) (end - from) : text.len - start;
		char *line = strndup(from, len);

		longer = line != NULL ? curl_slist_append(list, line) : NULL;
		free(line);
		if (longer == NULL) {
			curl_slist_free_all(list);
			return false;
		}
		start += len + 1;
	}
	if (list == NULL) {
		return false;
	}
	curl_slist_free_all(exchange->header_list);
	exchange->header_list = list;
	vst_buf_clear(&exchange->header_text);
	vst_buf_append(&exchange->header_text, text);
	return !exchange->header_text.failed;
}

static size_t send_buffer_size(size_t len)
{
	if (len <= SEND_BUFFER_MIN) {
		return SEND_BUFFER_MIN;
	}
	return len < SEND_BUFFER_MAX ? len : SEND_BUFFER_MAX;
}

vst_rc vst_exchange_prepare(vst_exchange *exchange, vst_request *take_request, vst_err *err)
{
	CURL *easy = exchange->easy;
	vst_request *request = &exchange->request;
	CURLcode bad = CURLE_OK;

	*request = *take_request;
	*take_request = (vst_request) {.post = false};
	if (request->url.ptr == NULL || request->url.failed || request->body.failed || request->headers.failed) {
		return vst_fail_nomem(err);
	}
	if (request->post && request->body.len == 0) {
		return vst_fail(err, VST_E_INVALID, "wire: a POST without a body cannot be held");
	}
	if (exchange->header_list == NULL ||
	    !vst_str_equal(vst_buf_str(&exchange->header_text), vst_buf_str(&request->headers))) {
		if (!make_header_list(exchange)) {
			return vst_fail_nomem(err);
		}
		SET(CURLOPT_HTTPHEADER, exchange->header_list);
	}
	if (request->post) {
		SET(CURLOPT_POST, 1L);
		SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) request->body.len);
		SET(CURLOPT_UPLOAD_BUFFERSIZE, (long) send_buffer_size(request->body.len));
	} else {
		SET(CURLOPT_HTTPGET, 1L);
	}
	/* proxies come from the environment; loopback is never asked of one */
	SET(CURLOPT_PROXY, vst_url_is_loopback(request->url.ptr) ? "" : NULL);
	SET(CURLOPT_URL, request->url.ptr);
#undef SET
	return bad == CURLE_OK ? VST_OK : vst_fail_nomem(err);
}

void vst_exchange_close(vst_exchange *exchange, CURLcode result, const char *words)
{
	long status = 0;
	curl_off_t wait = 0;

	(void) curl_easy_getinfo(exchange->easy, CURLINFO_RESPONSE_CODE, &status);
	(void) curl_easy_getinfo(exchange->easy, CURLINFO_RETRY_AFTER, &wait);
	if (exchange->too_large) {
		words = "the answer is above 4 MiB";
	}
	if (words == NULL) {
		words = result == CURLE_OK ? "" : curl_easy_strerror(result);
	}
	exchange->reply = (vst_reply) {
		.status = status,
		.body = vst_buf_str(&exchange->answer),
		.complete = result == CURLE_OK,
		.released = exchange->handed > 0 || (!exchange->request.post && exchange->released),
		.retry_after_s = wait > 0 && wait < 7 * 86400 ? (int) wait : 0,
		.failure = vst_str_from(words),
	};
	exchange->finished = true;
}

void vst_exchange_clear(vst_exchange *exchange)
{
	vst_request_free(&exchange->request);
	if (exchange->answer.capacity > SEND_BUFFER_MIN) {
		vst_buf_free(&exchange->answer);
	}
	vst_buf_clear(&exchange->answer);
	exchange->handed = 0;
	exchange->fd = -1;
	exchange->ready = exchange->paused = exchange->released = exchange->finished = false;
	exchange->fetched = exchange->too_large = false;
	exchange->deadline_ns = exchange->hand_until_ns = 0;
	exchange->reply = (vst_reply) {.status = 0};
	exchange->tag = NULL;
}

void vst_exchange_free(vst_exchange *exchange)
{
	if (exchange == NULL) {
		return;
	}
	curl_easy_cleanup(exchange->easy);
	curl_slist_free_all(exchange->header_list);
	vst_buf_free(&exchange->header_text);
	vst_request_free(&exchange->request);
	vst_buf_free(&exchange->answer);
	free(exchange);
}
