/* The filters of templates. Private to the room. */
#ifndef VST_TEXT_TEMPLATE_FILTER_H
#define VST_TEXT_TEMPLATE_FILTER_H

#include "base/buf.h"
#include "base/str.h"

typedef struct vst_template_filter {
	const char *name;
	/* NULL: the argument is fine, else what is wrong with it. has_argument: there was a colon. */
	const char *(*check)(vst_str argument, bool has_argument);
	/* Appends the filtered value; NULL, or why the value cannot be read. */
	const char *(*apply)(vst_str value, vst_str argument, vst_buf *out);
} vst_template_filter;

const vst_template_filter *vst_template_filter_find(vst_str name); /* NULL: none of that name */

#endif
