#include "form.h"

#include <inttypes.h>

static bool is_unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
	       c == '_' || c == '~';
}

static void add_encoded(vst_buf *body, vst_str text)
{
	static const char digits[] = "0123456789ABCDEF";
	char chunk[192];
	size_t used = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char) text.ptr[i];

		if (used + 3 > sizeof chunk) {
			vst_buf_append(body, vst_str_of(chunk, used));
			used = 0;
		}
		if (is_unreserved(c)) {
			chunk[used++] = (char) c;
		} else {
			chunk[used++] = '%';
			chunk[used++] = digits[c >> 4];
			chunk[used++] = digits[c & 15];
		}
	}
	vst_buf_append(body, vst_str_of(chunk, used));
}

void vst_form_add(vst_buf *body, vst_str name, vst_str value)
{
	if (body->len > 0) {
		vst_buf_byte(body, '&');
	}
	add_encoded(body, name);
	vst_buf_byte(body, '=');
	add_encoded(body, value);
}

void vst_form_add_integer(vst_buf *body, vst_str name, int64_t value)
{
	if (body->len > 0) {
		vst_buf_byte(body, '&');
	}
	add_encoded(body, name);
	vst_buf_format(body, "=%" PRId64, value);
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9') {
		return c - '0';
	}
	if (c >= 'a' && c <= 'f') {
		return c - 'a' + 10;
	}
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static vst_str decode(vst_str text, vst_arena *arena)
{
	char *out = vst_arena_alloc(arena, text.len + 1);
	size_t len = 0;

	if (out == NULL) {
		return VST_STR_EMPTY;
	}
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '+') {
			c = ' ';
		} else if (c == '%' && i + 2 < text.len && hex_value(text.ptr[i + 1]) >= 0 && hex_value(text.ptr[i + 2]) >= 0) {
			c = (char) (hex_value(text.ptr[i + 1]) * 16 + hex_value(text.ptr[i + 2]));
			i += 2;
		}
		out[len++] = c;
	}
	return vst_str_of(out, len);
}

static size_t count_parts(vst_str body)
{
	size_t count = 1;

	for (size_t i = 0; i < body.len; i++) {
		count += body.ptr[i] == '&';
	}
	return count;
}

vst_rc vst_form_parse(vst_str body, vst_arena *arena, vst_pair **pairs, size_t *count, vst_err *err)
{
	vst_pair *items = vst_arena_array(arena, count_parts(body), sizeof *items);
	size_t used = 0, start = 0;

	if (items == NULL) {
		return vst_fail_nomem(err);
	}
	while (start < body.len) {
		const char *from = body.ptr + start;
		const char *end = memchr(from, '&', body.len - start);
		size_t len = end != NULL ? (size_t) (end - from) : body.len - start;
		const char *equals = memchr(from, '=', len);
		size_t name_len = equals != NULL ? (size_t) (equals - from) : len;

		if (len > 0) {
			items[used].name = decode(vst_str_of(from, name_len), arena);
			items[used].value =
				equals != NULL ? decode(vst_str_of(equals + 1, len - name_len - 1), arena) : VST_STR_EMPTY;
			used++;
		}
		start += len + 1;
	}
	if (arena->failed) {
		return vst_fail_nomem(err);
	}
	*pairs = items;
	*count = used;
	return VST_OK;
}
