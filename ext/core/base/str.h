/* String views: pointer and length, the pointer never NULL. Not NUL-terminated unless a function says so. */
#ifndef VST_BASE_STR_H
#define VST_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct vst_str {
	const char *ptr;
	size_t len;
} vst_str;

#define VST_STR(literal) ((vst_str) {(literal), sizeof(literal) - 1})
#define VST_STR_EMPTY ((vst_str) {"", 0})
/* for printf("%.*s") */
#define VST_STR_ARGS(s) (int) (s).len, (s).ptr

static inline vst_str vst_str_of(const char *ptr, size_t len)
{
	return (vst_str) {ptr != NULL ? ptr : "", ptr != NULL ? len : 0};
}

static inline vst_str vst_str_from(const char *text)
{
	return text != NULL ? (vst_str) {text, strlen(text)} : VST_STR_EMPTY;
}

static inline bool vst_str_equal(vst_str a, vst_str b)
{
	return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0;
}

static inline bool vst_str_is(vst_str a, const char *text)
{
	return vst_str_equal(a, vst_str_from(text));
}

static inline bool vst_str_starts(vst_str a, vst_str prefix)
{
	return a.len >= prefix.len && memcmp(a.ptr, prefix.ptr, prefix.len) == 0;
}

bool vst_str_contains(vst_str haystack, vst_str needle);
/* ASCII letters only */
bool vst_str_equal_nocase(vst_str a, vst_str b);

#endif
