#include "gateway.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void *gw_grow(void *items, size_t *capacity, size_t needed, size_t item_size)
{
	if (needed > *capacity) {
		*capacity = needed + needed / 2 + 16;
		items = realloc(items, *capacity * item_size);
		if (items == NULL) {
			perror("gateway: memory");
			exit(1);
		}
	}
	return items;
}

void gw_put(gw_buf *buf, gw_text text)
{
	if (text.len > 0) {
		buf->ptr = gw_grow(buf->ptr, &buf->capacity, buf->len + text.len, 1);
		memcpy(buf->ptr + buf->len, text.ptr, text.len);
		buf->len += text.len;
	}
}

void gw_print(gw_buf *buf, const char *format, ...)
{
	va_list args;
	int len;

	buf->ptr = gw_grow(buf->ptr, &buf->capacity, buf->len + 256, 1);
	va_start(args, format);
	len = vsnprintf(buf->ptr + buf->len, 256, format, args);
	va_end(args);
	if (len >= 256) {
		buf->ptr = gw_grow(buf->ptr, &buf->capacity, buf->len + (size_t) len + 1, 1);
		va_start(args, format);
		(void) vsnprintf(buf->ptr + buf->len, (size_t) len + 1, format, args);
		va_end(args);
	}
	buf->len += (size_t) len;
}

gw_text gw_text_of(const char *text)
{
	return (gw_text) {text, strlen(text)};
}

bool gw_is(gw_text text, const char *other)
{
	return text.len == strlen(other) && memcmp(text.ptr, other, text.len) == 0;
}

bool gw_number(gw_text text, int64_t *out)
{
	int64_t value = 0;

	if (text.len == 0 || text.len > 18) {
		return false;
	}
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9') {
			return false;
		}
		value = value * 10 + (text.ptr[i] - '0');
	}
	*out = value;
	return true;
}

/* Bytes of the character that begins here; 0: none is well-formed (RFC 3629). */
static size_t utf8_length(const unsigned char *at, size_t left)
{
	static const struct {
		unsigned char first, last, low, high;
		size_t len;
	} rows[] = {
		{0x00, 0x7F, 0, 0, 1},       {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
		{0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
		{0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (at[0] < rows[i].first || at[0] > rows[i].last) {
			continue;
		}
		if (rows[i].len > left || (rows[i].len > 1 && (at[1] < rows[i].low || at[1] > rows[i].high))) {
			return 0;
		}
		for (size_t k = 2; k < rows[i].len; k++) {
			if ((at[k] & 0xC0) != 0x80) {
				return 0;
			}
		}
		return rows[i].len;
	}
	return 0;
}

bool gw_is_utf8(gw_text text)
{
	for (size_t i = 0; i < text.len;) {
		size_t len = utf8_length((const unsigned char *) text.ptr + i, text.len - i);

		if (len == 0) {
			return false;
		}
		i += len;
	}
	return true;
}

void gw_put_json(gw_buf *buf, gw_text text)
{
	gw_put(buf, TEXT("\""));
	for (size_t i = 0; i < text.len;) {
		unsigned char c = (unsigned char) text.ptr[i];
		size_t len = utf8_length((const unsigned char *) text.ptr + i, text.len - i);

		if (len == 0) {
			gw_put(buf, TEXT("?"));
			len = 1;
		} else if (c == '"' || c == '\\') {
			char pair[2] = {'\\', (char) c};

			gw_put(buf, (gw_text) {pair, 2});
		} else if (c < 0x20) {
			gw_print(buf, "\\u%04x", c);
		} else {
			gw_put(buf, (gw_text) {text.ptr + i, len});
		}
		i += len;
	}
	gw_put(buf, TEXT("\""));
}

void gw_put_form(gw_buf *buf, gw_text text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char) text.ptr[i];

		if (c < 0x80 &&
		    (strchr("-._", c) != NULL ? c != '\0' : (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'))) {
			gw_put(buf, (gw_text) {text.ptr + i, 1});
		} else if (c == ' ') {
			gw_put(buf, TEXT("+"));
		} else {
			gw_print(buf, "%%%02X", c);
		}
	}
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9') {
		return c - '0';
	}
	c = (char) (c | 32);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static gw_text decode(char *data, size_t len)
{
	size_t out = 0;

	for (size_t i = 0; i < len; i++) {
		char c = data[i];

		if (c == '+') {
			c = ' ';
		} else if (c == '%' && i + 2 < len && hex_value(data[i + 1]) >= 0 && hex_value(data[i + 2]) >= 0) {
			c = (char) (hex_value(data[i + 1]) * 16 + hex_value(data[i + 2]));
			i += 2;
		}
		data[out++] = c;
	}
	return (gw_text) {data, out};
}

void gw_form_read(gw_form *form, char *data, size_t len)
{
	form->count = 0;
	while (len > 0) {
		char *end = memchr(data, '&', len);
		size_t part = end != NULL ? (size_t) (end - data) : len;
		char *equals = memchr(data, '=', part);
		size_t name = equals != NULL ? (size_t) (equals - data) : part;

		if (part > 0) {
			form->items = gw_grow(form->items, &form->capacity, form->count + 1, sizeof *form->items);
			form->items[form->count].name = decode(data, name);
			form->items[form->count].value = equals != NULL ? decode(equals + 1, part - name - 1) : TEXT("");
			form->count++;
		}
		part += end != NULL;
		data += part;
		len -= part;
	}
}

const gw_text *gw_form_get(const gw_form *form, const char *name)
{
	for (size_t i = form->count; i > 0; i--) {
		if (gw_is(form->items[i - 1].name, name)) {
			return &form->items[i - 1].value;
		}
	}
	return NULL;
}

/* Septets of a character of the GSM 7-bit default alphabet and its extension; 0: it is in neither. */
static int septets(uint32_t code)
{
	static const uint32_t others[] = {0xA3,  0xA5,  0xE8,  0xE9,  0xF9,  0xEC,  0xF2,  0xC7,  0xD8,  0xF8,
	                                  0xC5,  0xE5,  0x394, 0x3A6, 0x393, 0x39B, 0x3A9, 0x3A0, 0x3A8, 0x3A3,
	                                  0x398, 0x39E, 0xC6,  0xE6,  0xDF,  0xC9,  0xA4,  0xA1,  0xC4,  0xD6,
	                                  0xD1,  0xDC,  0xA7,  0xBF,  0xE4,  0xF6,  0xF1,  0xFC,  0xE0};

	if (code == 0x20AC || code == 0x0C || (code < 0x80 && code != 0 && strchr("^{}\\[~]|", (int) code) != NULL)) {
		return 2;
	}
	if (code == '\n' || code == '\r' || (code >= 0x20 && code < 0x7F && code != '`')) {
		return 1;
	}
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		if (others[i] == code) {
			return 1;
		}
	}
	return 0;
}

static int parts(int units, int single, int joined)
{
	return units <= single ? 1 : (units + joined - 1) / joined;
}

/* To the unit: a pair that would be torn at the end of a part is not moved on, which only makes 205 a little later. */
int gw_segments(gw_text utf8)
{
	int seven = 0, wide = 0;
	bool gsm = true;

	for (size_t i = 0; i < utf8.len;) {
		const unsigned char *at = (const unsigned char *) utf8.ptr + i;
		size_t len = utf8_length(at, utf8.len - i);
		uint32_t code = len <= 1 ? at[0] : at[0] & (0x7Fu >> len);
		int units;

		for (size_t k = 1; k < len; k++) {
			code = code << 6 | (at[k] & 0x3F);
		}
		units = septets(code);
		gsm = gsm && units > 0;
		seven += units;
		wide += code > 0xFFFF ? 2 : 1;
		i += len > 0 ? len : 1;
	}
	return gsm ? parts(seven, 160, 153) : parts(wide, 70, 67);
}
