#define _GNU_SOURCE /* memmem */
#include "gateway.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define HEAD_MAX ((size_t) 64 * 1024)
#define BODY_MAX ((int64_t) 64 * 1024 * 1024)

/* The header's value; false: it is not there. `name` is lower case. */
static bool header(const char *head, size_t len, const char *name, gw_text *value)
{
	size_t name_len = strlen(name);
	const char *end = head + len;

	for (const char *line = memchr(head, '\n', len); line != NULL && ++line < end;
	     line = memchr(line, '\n', (size_t) (end - line))) {
		const char *stop = memchr(line, '\r', (size_t) (end - line));

		if (stop != NULL && (size_t) (stop - line) > name_len && line[name_len] == ':' &&
		    strncasecmp(line, name, name_len) == 0) {
			const char *from = line + name_len + 1;

			while (from < stop && *from == ' ') {
				from++;
			}
			*value = (gw_text) {from, (size_t) (stop - from)};
			return true;
		}
	}
	return false;
}

static gw_text until(char **at, char *end, char mark)
{
	char *from = *at, *stop = memchr(from, mark, (size_t) (end - from));

	stop = stop != NULL ? stop : end;
	*at = stop < end ? stop + 1 : end;
	return (gw_text) {from, (size_t) (stop - from)};
}

/* "POST /sms/send?x=1 HTTP/1.1" */
static bool read_line(char *line, size_t len, gw_request *request)
{
	char *at = line, *end = line + len, *question;
	gw_text target, version;

	request->method = until(&at, end, ' ');
	target = until(&at, end, ' ');
	version = (gw_text) {at, (size_t) (end - at)};
	question = memchr(target.ptr, '?', target.len);
	request->path = target;
	request->query.count = 0;
	if (question != NULL) {
		request->path.len = (size_t) (question - target.ptr);
		gw_form_read(&request->query, question + 1, target.len - request->path.len - 1);
	}
	request->keep_alive = gw_is(version, "HTTP/1.1");
	return request->method.len > 0 && target.len > 0 && target.ptr[0] == '/' && version.len == 8;
}

gw_parsed gw_http_read(char *data, size_t len, gw_request *request, size_t *used, bool *wants_continue)
{
	char *end = len > 0 ? memmem(data, len, "\r\n\r\n", 4) : NULL;
	int64_t length = 0;
	size_t head_len;
	gw_text value;

	*wants_continue = false;
	if (end == NULL) {
		return len > HEAD_MAX ? PARSED_BAD : PARSED_MORE;
	}
	head_len = (size_t) (end - data) + 2; /* with the last line's end */
	if (header(data, head_len, "transfer-encoding", &value) ||
	    (header(data, head_len, "content-length", &value) && (!gw_number(value, &length) || length > BODY_MAX))) {
		return PARSED_BAD;
	}
	*used = head_len + 2 + (size_t) length;
	if (len < *used) {
		*wants_continue = header(data, head_len, "expect", &value);
		return PARSED_HEAD;
	}
	request->body = (gw_text) {data + head_len + 2, (size_t) length};
	value = (gw_text) {NULL, 0};
	(void) header(data, head_len, "connection", &value);
	if (!read_line(data, (size_t) ((char *) memchr(data, '\r', head_len) - data), request)) {
		return PARSED_BAD;
	}
	if (value.len == 5 && strncasecmp(value.ptr, "close", 5) == 0) {
		request->keep_alive = false;
	}
	return PARSED_REQUEST;
}

static uint32_t crc32(gw_text text)
{
	uint32_t crc = 0xFFFFFFFFu;

	for (size_t i = 0; i < text.len; i++) {
		crc ^= (unsigned char) text.ptr[i];
		for (int bit = 0; bit < 8; bit++) {
			crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
		}
	}
	return ~crc;
}

static void put_little(gw_buf *out, uint32_t value, int bytes)
{
	for (int i = 0; i < bytes; i++) {
		char byte = (char) (value >> 8 * i & 0xFF);

		gw_put(out, (gw_text) {&byte, 1});
	}
}

/* gzip of stored blocks: right, though it packs nothing. */
static void pack(gw_buf *body)
{
	gw_buf out = {NULL, 0, 0};
	size_t done = 0;

	gw_put(&out, TEXT("\x1f\x8b\x08\0\0\0\0\0\0\xff"));
	do {
		size_t part = body->len - done < 65535 ? body->len - done : 65535;

		put_little(&out, done + part == body->len, 1);
		put_little(&out, (uint32_t) part, 2);
		put_little(&out, (uint32_t) part ^ 0xFFFFu, 2);
		gw_put(&out, (gw_text) {body->ptr + done, part});
		done += part;
	} while (done < body->len);
	put_little(&out, crc32((gw_text) {body->ptr, body->len}), 4);
	put_little(&out, (uint32_t) body->len, 4);
	free(body->ptr);
	*body = out;
}

static void replace(gw_reply *reply, int status, const char *type, gw_text body)
{
	reply->status = status;
	reply->type = type;
	reply->body.len = 0;
	gw_put(&reply->body, body);
}

/* Inside the object, so that it cannot be read without its end. */
static void enlarge(gw_buf *body)
{
	char filler[4096];

	memset(filler, 'x', sizeof filler);
	body->len -= body->len > 0;
	gw_put(body, TEXT(",\"filler\":\""));
	while (body->len < 5 * 1024 * 1024) {
		gw_put(body, (gw_text) {filler, sizeof filler});
	}
	gw_put(body, TEXT("\"}"));
}

static void spoil(gw_reply *reply)
{
	gw_buf *body = &reply->body, with_bom = {NULL, 0, 0};

	switch (reply->fault) {
		case FAULT_HALF_JSON: body->len /= 2; break;
		case FAULT_HTML:
			replace(reply, 200, "text/html", TEXT("<!DOCTYPE html><html><body><h1>It works!</h1></body></html>"));
			break;
		case FAULT_HTTP_500:
			replace(reply, 500, "text/html", TEXT("<html><body>Internal Server Error</body></html>"));
			break;
		case FAULT_HTTP_429:
			replace(reply, 429, "text/plain", TEXT("slow down"));
			reply->header = "Retry-After: 1\r\n";
			break;
		case FAULT_LARGE_BODY: enlarge(body); break;
		case FAULT_GZIP:
			pack(body);
			reply->header = "Content-Encoding: gzip\r\n";
			break;
		case FAULT_BOM:
			gw_put(&with_bom, TEXT("\xEF\xBB\xBF"));
			gw_put(&with_bom, (gw_text) {body->ptr, body->len});
			free(body->ptr);
			*body = with_bom;
			break;
		default: break;
	}
}

static const char *words_of(int status)
{
	switch (status) {
		case 200: return "OK";
		case 400: return "Bad Request";
		case 404: return "Not Found";
		case 429: return "Too Many Requests";
		default: return "Internal Server Error";
	}
}

void gw_http_write(gw_buf *out, gw_reply *reply, bool *close_after)
{
	size_t length;

	spoil(reply);
	length = reply->body.len;
	if (reply->fault == FAULT_WRONG_LENGTH) {
		length += 100;
		*close_after = true;
	}
	gw_print(out, "HTTP/1.1 %d %s\r\nSms-Api: 1\r\nContent-Type: %s\r\nContent-Length: %zu\r\n%s%s\r\n",
	         reply->status != 0 ? reply->status : 200, words_of(reply->status != 0 ? reply->status : 200),
	         reply->type != NULL ? reply->type : "application/json; charset=utf-8", length,
	         reply->header != NULL ? reply->header : "", *close_after ? "Connection: close\r\n" : "");
	gw_put(out, (gw_text) {reply->body.ptr, reply->body.len});
}
