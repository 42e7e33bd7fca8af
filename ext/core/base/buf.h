/* A growing byte buffer. Once an allocation fails it stays failed and takes nothing more: check `failed` once. */
#ifndef VST_BASE_BUF_H
#define VST_BASE_BUF_H

#include "result.h"
#include "str.h"

typedef struct vst_buf {
	char *ptr; /* NUL-terminated when not NULL */
	size_t len, capacity;
	bool failed;
} vst_buf;

#define VST_BUF_INIT \
	{ \
		NULL, 0, 0, false \
	}

void vst_buf_append(vst_buf *buf, vst_str text);
void vst_buf_byte(vst_buf *buf, char byte);
void vst_buf_format(vst_buf *buf, const char *format, ...) VST_FORMAT(2, 3);
void vst_buf_clear(vst_buf *buf); /* keeps the memory */
void vst_buf_free(vst_buf *buf);

static inline vst_str vst_buf_str(const vst_buf *buf)
{
	return vst_str_of(buf->ptr, buf->len);
}

#endif
