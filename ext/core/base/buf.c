#include "buf.h"

#include <stdio.h>
#include <stdlib.h>

static bool reserve(vst_buf *buf, size_t more)
{
	size_t needed, capacity;
	char *ptr;

	if (buf->failed || __builtin_add_overflow(buf->len, more, &needed) || needed > SIZE_MAX / 4) {
		buf->failed = true;
		return false;
	}
	if (needed + 1 <= buf->capacity) {
		return true;
	}
	capacity = buf->capacity < 64 ? 64 : buf->capacity * 2;
	if (capacity < needed + 1) {
		capacity = needed + 1;
	}
	ptr = realloc(buf->ptr, capacity);
	if (ptr == NULL) {
		buf->failed = true;
		return false;
	}
	buf->ptr = ptr;
	buf->capacity = capacity;
	return true;
}

void vst_buf_append(vst_buf *buf, vst_str text)
{
	if (!reserve(buf, text.len)) {
		return;
	}
	memcpy(buf->ptr + buf->len, text.ptr, text.len);
	buf->len += text.len;
	buf->ptr[buf->len] = '\0';
}

void vst_buf_byte(vst_buf *buf, char byte)
{
	vst_buf_append(buf, (vst_str) {&byte, 1});
}

void vst_buf_format(vst_buf *buf, const char *format, ...)
{
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0 || !reserve(buf, (size_t) len)) {
		buf->failed = true;
		return;
	}
	va_start(args, format);
	(void) vsnprintf(buf->ptr + buf->len, (size_t) len + 1, format, args);
	va_end(args);
	buf->len += (size_t) len;
}

void vst_buf_clear(vst_buf *buf)
{
	buf->len = 0;
	buf->failed = false;
	if (buf->ptr != NULL) {
		buf->ptr[0] = '\0';
	}
}

void vst_buf_free(vst_buf *buf)
{
	free(buf->ptr);
	*buf = (vst_buf) VST_BUF_INIT;
}
