/* Delivery reports: form bodies with their hash, handed out by control or posted to the callback URL. */
#define _GNU_SOURCE
#include "gateway.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct gw_post {
	gw_source source;
	gw_buf out, in;
	size_t sent, reports;
} gw_post;

static void post_now(gw_state *gw, void *context);

static void plan_post(gw_state *gw, int64_t ms)
{
	gw_reports *reports = &gw->reports;

	if (gw->callback_url != NULL && reports->post == NULL && reports->count > 0 && reports->timer.place == 0) {
		reports->timer.fire = post_now;
		gw_arm(gw, &reports->timer, ms);
	}
}

void gw_reports_add(gw_state *gw, uint32_t id)
{
	gw_reports *reports = &gw->reports;

	if (reports->first > 0 && reports->first + reports->count == reports->capacity) {
		memmove(reports->ids, reports->ids + reports->first, reports->count * sizeof *reports->ids);
		reports->first = 0;
	}
	reports->ids = gw_grow(reports->ids, &reports->capacity, reports->first + reports->count + 1, sizeof *reports->ids);
	reports->ids[reports->first + reports->count++] = id;
	plan_post(gw, gw->report_delay_ms);
}

static void put_record(gw_buf *out, gw_buf *hashed, size_t index, gw_text record)
{
	gw_put(hashed, record);
	gw_print(out, "%sdata%%5B%zu%%5D=", out->len > 0 ? "&" : "", index);
	gw_put_form(out, record);
}

size_t gw_reports_form(gw_state *gw, size_t limit, int64_t at, gw_buf *out)
{
	gw_reports *reports = &gw->reports;
	size_t count, index = 0;
	unsigned char digest[SHA256_DIGEST_LENGTH];
	gw_buf hashed = {NULL, 0, 0}, form = {NULL, 0, 0};
	char record[96], id[24];

	limit = limit < 1 || limit > BATCH_MAX - 1 ? BATCH_MAX - 1 : limit;
	count = reports->count < limit ? reports->count : limit;
	gw_put(&hashed, gw_text_of(gw->api_id));
	for (size_t i = 0; i < count; i++) {
		uint32_t number = reports->ids[reports->first + i];

		if (i == count / 2) { /* a heartbeat in the middle of the others */
			(void) snprintf(record, sizeof record, "test\n%" PRId64, at);
			put_record(&form, &hashed, index++, gw_text_of(record));
		}
		gw_id_format(number, id);
		(void) snprintf(record, sizeof record, "sms_status\n%s\n%d\n%" PRId64, id, gw->ledger.sent[number - 1].report,
		                at);
		put_record(&form, &hashed, index++, gw_text_of(record));
	}
	SHA256((const unsigned char *) hashed.ptr, hashed.len, digest);
	gw_put(&form, TEXT("&hash="));
	for (size_t i = 0; i < sizeof digest; i++) {
		gw_print(&form, "%02x", digest[i]);
	}
	gw_put(out, (gw_text) {form.ptr, form.len});
	free(form.ptr);
	free(hashed.ptr);
	return count;
}

void gw_reports_take(gw_state *gw, size_t count)
{
	gw_reports *reports = &gw->reports;

	for (size_t i = 0; i < count; i++) {
		gw->ledger.sent[reports->ids[reports->first + i] - 1].reported = true;
	}
	reports->first += count;
	reports->count -= count;
	reports->delivered += (int64_t) count;
}

static void end_post(gw_state *gw, bool taken)
{
	gw_reports *reports = &gw->reports;
	gw_post *post = reports->post;

	if (taken) {
		gw_reports_take(gw, post->reports);
	} else {
		reports->failed_posts++;
	}
	close(post->source.fd);
	post->source.fd = -1;
	free(post->out.ptr);
	free(post->in.ptr);
	gw_later_free(gw, post);
	reports->post = NULL;
	plan_post(gw, taken ? 0 : gw->callback_retry_ms);
}

/* The body of the whole reply is exactly 100. */
static bool says_100(const gw_post *post)
{
	const char *body = post->in.len > 0 ? memmem(post->in.ptr, post->in.len, "\r\n\r\n", 4) : NULL;

	return body != NULL && post->in.len - (size_t) (body - post->in.ptr) == 7 && memcmp(body + 4, "100", 3) == 0;
}

static void post_ready(gw_state *gw, gw_source *source, uint32_t events)
{
	gw_post *post = (gw_post *) source;

	(void) events;
	while (post->sent < post->out.len) {
		ssize_t put = send(source->fd, post->out.ptr + post->sent, post->out.len - post->sent, MSG_NOSIGNAL);

		if (put < 0) {
			if (errno != EAGAIN && errno != ENOTCONN) {
				end_post(gw, false);
			}
			return;
		}
		post->sent += (size_t) put;
	}
	for (;;) {
		ssize_t got;

		post->in.ptr = gw_grow(post->in.ptr, &post->in.capacity, post->in.len + 4096, 1);
		got = recv(source->fd, post->in.ptr + post->in.len, post->in.capacity - post->in.len, 0);
		if (got < 0 && errno == EAGAIN) {
			return;
		}
		if (got <= 0) {
			end_post(gw, got == 0 && says_100(post));
			return;
		}
		post->in.len += (size_t) got;
	}
}

/* "http://127.0.0.1:8080/callback" */
static bool read_url(const char *url, struct in_addr *host, int *port, const char **path)
{
	char name[64];
	int end = 0;

	*port = 80;
	if (sscanf(url, "http://%63[0-9.]%n", name, &end) != 1 || inet_pton(AF_INET, name, host) != 1) {
		return false;
	}
	if (url[end] == ':') {
		*port = (int) strtol(url + end + 1, (char **) (uintptr_t) path, 10);
	} else {
		*path = url + end;
	}
	return **path == '/' || **path == '\0';
}

static void post_now(gw_state *gw, void *context)
{
	gw_post *post = calloc(1, sizeof *post);
	struct sockaddr_in address = {.sin_family = AF_INET};
	const char *path;
	gw_buf form = {NULL, 0, 0};
	int port;

	(void) context;
	if (post == NULL || !read_url(gw->callback_url, &address.sin_addr, &port, &path)) {
		free(post);
		return;
	}
	address.sin_port = htons((uint16_t) port);
	post->source = (gw_source) {socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), post_ready};
	post->reports = gw_reports_form(gw, 0, gw_unix_time(gw), &form);
	/* HTTP/1.0: the reply ends with the connection and is never chunked */
	gw_print(&post->out,
	         "POST %s HTTP/1.0\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/x-www-form-urlencoded\r\n"
	         "Content-Length: %zu\r\n\r\n",
	         *path != '\0' ? path : "/", port, form.len);
	gw_put(&post->out, (gw_text) {form.ptr, form.len});
	free(form.ptr);
	gw->reports.post = post;
	if (connect(post->source.fd, (struct sockaddr *) &address, sizeof address) != 0 && errno != EINPROGRESS) {
		end_post(gw, false);
		return;
	}
	gw_watch(gw, &post->source, EPOLLIN | EPOLLOUT | EPOLLET);
}

void gw_reports_clear(gw_state *gw)
{
	gw_reports *reports = &gw->reports;

	if (reports->post != NULL) {
		reports->post->reports = 0;
		end_post(gw, true);
	}
	gw_disarm(gw, &reports->timer);
	free(reports->ids);
	*reports = (gw_reports) {.ids = NULL};
}
