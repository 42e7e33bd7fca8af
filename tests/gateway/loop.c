#define _GNU_SOURCE /* accept4 */
#include "gateway.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_MS INT64_C(1000000)

typedef struct gw_connection {
	gw_source source;
	gw_timer timer;
	gw_buf in, out;
	size_t in_used, out_sent;
	gw_request request;
	gw_reply reply;
	bool waiting;     /* for its timer; nothing is read or sent meanwhile */
	bool drips;       /* what is to be sent goes byte by byte */
	bool close_after; /* when `out` is sent */
	bool continued;   /* 100 Continue was sent for the request that is being read */
	bool head_seen;
} gw_connection;

int64_t gw_now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

void gw_watch(gw_state *gw, gw_source *source, uint32_t events)
{
	struct epoll_event event = {.events = events, .data.ptr = source};

	if (epoll_ctl(gw->epoll, EPOLL_CTL_ADD, source->fd, &event) != 0) {
		perror("gateway: epoll_ctl");
		exit(1);
	}
}

void gw_later_free(gw_state *gw, void *memory)
{
	gw->garbage = gw_grow(gw->garbage, &gw->garbage_capacity, gw->garbage_count + 1, sizeof *gw->garbage);
	gw->garbage[gw->garbage_count++] = memory;
}

/* ---- timers: a binary heap, and one timerfd set to its top */

static void put_at(gw_state *gw, size_t place, gw_timer *timer)
{
	gw->heap[place] = timer;
	timer->place = place + 1;
}

static void sift_up(gw_state *gw, size_t place, gw_timer *timer)
{
	while (place > 0 && gw->heap[(place - 1) / 2]->due_ns > timer->due_ns) {
		put_at(gw, place, gw->heap[(place - 1) / 2]);
		place = (place - 1) / 2;
	}
	put_at(gw, place, timer);
}

static void sift_down(gw_state *gw, size_t place, gw_timer *timer)
{
	for (;;) {
		size_t child = place * 2 + 1;

		if (child + 1 < gw->heap_count && gw->heap[child + 1]->due_ns < gw->heap[child]->due_ns) {
			child++;
		}
		if (child >= gw->heap_count || gw->heap[child]->due_ns >= timer->due_ns) {
			break;
		}
		put_at(gw, place, gw->heap[child]);
		place = child;
	}
	put_at(gw, place, timer);
}

void gw_disarm(gw_state *gw, gw_timer *timer)
{
	size_t place = timer->place;
	gw_timer *last;

	if (place == 0) {
		return;
	}
	timer->place = 0;
	last = gw->heap[--gw->heap_count];
	if (last != timer) {
		sift_up(gw, place - 1, last);
		sift_down(gw, last->place - 1, last);
	}
}

void gw_arm(gw_state *gw, gw_timer *timer, int64_t delay_ms)
{
	gw_disarm(gw, timer);
	timer->due_ns = gw_now_ns() + delay_ms * NS_PER_MS;
	gw->heap = gw_grow(gw->heap, &gw->heap_capacity, gw->heap_count + 1, sizeof(gw_timer *));
	sift_up(gw, gw->heap_count++, timer);
}

static void set_clock(gw_state *gw)
{
	int64_t due = gw->heap_count > 0 ? gw->heap[0]->due_ns : 0;
	struct itimerspec when = {.it_value = {due / 1000000000, due % 1000000000}};

	if (due != gw->clock_due_ns) {
		(void) timerfd_settime(gw->clock.fd, TFD_TIMER_ABSTIME, &when, NULL);
		gw->clock_due_ns = due;
	}
}

static void clock_ready(gw_state *gw, gw_source *source, uint32_t events)
{
	uint64_t ticks;
	int64_t now = gw_now_ns();

	(void) events;
	(void) !read(source->fd, &ticks, sizeof ticks);
	gw->clock_due_ns = 0;
	while (gw->heap_count > 0 && gw->heap[0]->due_ns <= now) {
		gw_timer *timer = gw->heap[0];

		gw_disarm(gw, timer);
		timer->fire(gw, timer->context);
	}
}

/* ---- connections */

static void close_connection(gw_state *gw, gw_connection *peer)
{
	if (peer->source.fd < 0) {
		return;
	}
	gw->unfinished += peer->head_seen;
	gw_disarm(gw, &peer->timer);
	close(peer->source.fd);
	peer->source.fd = -1;
	free(peer->in.ptr);
	free(peer->out.ptr);
	free(peer->request.query.items);
	free(peer->request.form.items);
	free(peer->reply.body.ptr);
	gw_later_free(gw, peer);
}

/* Sends what can be sent now. false: the connection is gone. */
static bool flush(gw_state *gw, gw_connection *peer)
{
	while (peer->out_sent < peer->out.len) {
		size_t part = peer->drips ? 1 : peer->out.len - peer->out_sent;
		ssize_t put = send(peer->source.fd, peer->out.ptr + peer->out_sent, part, MSG_NOSIGNAL);

		if (put < 0) {
			if (errno == EAGAIN || errno == EINTR) {
				return true;
			}
			close_connection(gw, peer);
			return false;
		}
		peer->out_sent += (size_t) put;
		if (peer->drips && peer->out_sent < peer->out.len) {
			peer->waiting = true;
			gw_arm(gw, &peer->timer, peer->reply.fault_ms);
			return true;
		}
	}
	peer->out.len = peer->out_sent = 0;
	peer->drips = false;
	if (peer->close_after) {
		close_connection(gw, peer);
		return false;
	}
	return true;
}

/* The reply goes out at once, later, or never. */
static void send_reply(gw_state *gw, gw_connection *peer)
{
	gw_reply *reply = &peer->reply;
	int wait_ms = gw->latency_ms;

	gw->plans[reply->fault].hits++;
	if (reply->fault == FAULT_CLOSE_AFTER_READ) {
		close_connection(gw, peer);
		return;
	}
	if (reply->fault == FAULT_HANG) {
		peer->waiting = true; /* until the client gives up */
		return;
	}
	if (reply->fault == FAULT_DELAY) {
		wait_ms += reply->fault_ms;
	}
	peer->close_after = !peer->request.keep_alive;
	gw_http_write(&peer->out, reply, &peer->close_after);
	peer->drips = reply->fault == FAULT_SLOW_DRIP;
	if (wait_ms > 0) {
		peer->waiting = true;
		gw_arm(gw, &peer->timer, wait_ms);
	}
}

static void answer(gw_state *gw, gw_connection *peer)
{
	gw_request *request = &peer->request;
	gw_reply *reply = &peer->reply;
	gw_buf body = reply->body;

	body.len = 0;
	*reply = (gw_reply) {.body = body};
	gw_form_read(&request->form, (char *) (uintptr_t) request->body.ptr, request->body.len);
	if (request->path.len > 9 && memcmp(request->path.ptr, "/control/", 9) == 0) {
		gw_control(gw, request, reply);
		peer->close_after = !request->keep_alive;
		gw_http_write(&peer->out, reply, &peer->close_after);
		return;
	}
	gw->requests++;
	gw_smsru(gw, request, reply);
	send_reply(gw, peer);
}

/* Takes one request out of what was read. false: there is none, or the connection is gone. */
static bool next_request(gw_state *gw, gw_connection *peer)
{
	size_t used = 0;
	bool wants_continue;
	int ms;

	if (peer->in.len == peer->in_used) {
		return false;
	}
	switch (gw_http_read(peer->in.ptr + peer->in_used, peer->in.len - peer->in_used, &peer->request, &used,
	                     &wants_continue)) {
		case PARSED_MORE: return false;
		case PARSED_HEAD:
			if (!peer->head_seen && gw_fault_now(gw, FAULT_CLOSE_BEFORE_BODY, &ms)) {
				close_connection(gw, peer);
				return false;
			}
			peer->head_seen = true;
			if (wants_continue && !peer->continued) {
				gw_put(&peer->out, TEXT("HTTP/1.1 100 Continue\r\n\r\n"));
				peer->continued = true;
				(void) flush(gw, peer);
			}
			return false;
		case PARSED_BAD:
			gw_put(&peer->out, TEXT("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
			peer->close_after = true;
			(void) flush(gw, peer);
			return false;
		case PARSED_REQUEST: break;
	}
	peer->head_seen = peer->continued = false;
	answer(gw, peer);
	if (peer->source.fd < 0) {
		return false;
	}
	peer->in_used += used;
	if (peer->in_used == peer->in.len) {
		peer->in.len = peer->in_used = 0;
	}
	return true;
}

static void advance(gw_state *gw, gw_connection *peer)
{
	do {
		if (peer->waiting || !flush(gw, peer) || peer->waiting || peer->out.len > 0) {
			return;
		}
	} while (next_request(gw, peer));
}

static void connection_fires(gw_state *gw, void *context)
{
	gw_connection *peer = context;

	peer->waiting = false;
	advance(gw, peer);
}

/* false: the client is gone. */
static bool receive(gw_state *gw, gw_connection *peer)
{
	for (;;) {
		size_t room;
		ssize_t got;

		if (peer->in_used > 0) {
			memmove(peer->in.ptr, peer->in.ptr + peer->in_used, peer->in.len - peer->in_used);
			peer->in.len -= peer->in_used;
			peer->in_used = 0;
		}
		peer->in.ptr = gw_grow(peer->in.ptr, &peer->in.capacity, peer->in.len + 4096, 1);
		room = peer->in.capacity - peer->in.len;
		got = recv(peer->source.fd, peer->in.ptr + peer->in.len, room, 0);
		if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
			return true;
		}
		if (got <= 0) {
			close_connection(gw, peer);
			return false;
		}
		peer->in.len += (size_t) got;
		if ((size_t) got < room) {
			return true; /* of a stream a short read took all */
		}
	}
}

static void connection_ready(gw_state *gw, gw_source *source, uint32_t events)
{
	gw_connection *peer = (gw_connection *) source;

	if (source->fd < 0) {
		return;
	}
	if ((events & EPOLLIN) != 0 && !receive(gw, peer)) {
		return;
	}
	advance(gw, peer);
	if (source->fd >= 0 && (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) {
		close_connection(gw, peer);
	}
}

static void listener_ready(gw_state *gw, gw_source *source, uint32_t events)
{
	int fd, on = 1, ms;

	(void) events;
	while ((fd = accept4(source->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
		gw_connection *peer;

		gw->connections++;
		if (gw_fault_now(gw, FAULT_CLOSE_ON_ACCEPT, &ms)) {
			close(fd);
			continue;
		}
		peer = calloc(1, sizeof *peer);
		if (peer == NULL) {
			close(fd);
			continue;
		}
		(void) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
		peer->source = (gw_source) {fd, connection_ready};
		peer->timer = (gw_timer) {.fire = connection_fires, .context = peer};
		gw_watch(gw, &peer->source, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
	}
}

bool gw_listen(gw_state *gw)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;

	address.sin_port = htons((uint16_t) gw->port);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
	    bind(fd, (struct sockaddr *) &address, sizeof address) != 0 || listen(fd, 4096) != 0 ||
	    getsockname(fd, (struct sockaddr *) &address, &size) != 0) {
		perror("gateway: listen");
		return false;
	}
	gw->port = ntohs(address.sin_port);
	gw->listener = (gw_source) {fd, listener_ready};
	gw_watch(gw, &gw->listener, EPOLLIN);
	return true;
}

static void listen_again(gw_state *gw, void *context)
{
	(void) context;
	if (!gw_listen(gw)) {
		exit(1);
	}
}

void gw_refuse(gw_state *gw, int ms)
{
	if (gw->listener.fd >= 0) {
		close(gw->listener.fd);
		gw->listener.fd = -1;
	}
	gw->listen_again = (gw_timer) {.place = gw->listen_again.place, .fire = listen_again};
	gw_arm(gw, &gw->listen_again, ms);
}

static void start_clock(gw_state *gw)
{
	gw->clock = (gw_source) {timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC), clock_ready};
	if (gw->clock.fd < 0) {
		perror("gateway: timerfd");
		exit(1);
	}
	gw_watch(gw, &gw->clock, EPOLLIN);
}

void gw_run(gw_state *gw)
{
	struct epoll_event events[128];

	start_clock(gw);
	while (!gw->stopping) {
		int count;

		set_clock(gw);
		count = epoll_wait(gw->epoll, events, 128, -1);
		for (int i = 0; i < count; i++) {
			gw_source *source = events[i].data.ptr;

			if (source->fd >= 0) {
				source->ready(gw, source, events[i].events);
			}
		}
		while (gw->garbage_count > 0) {
			free(gw->garbage[--gw->garbage_count]);
		}
	}
}
