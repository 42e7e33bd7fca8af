#define _GNU_SOURCE /* memmem */
#include "str.h"

bool vst_str_contains(vst_str haystack, vst_str needle)
{
	return memmem(haystack.ptr, haystack.len, needle.ptr, needle.len) != NULL;
}

static unsigned char lower(unsigned char c)
{
	return c >= 'A' && c <= 'Z' ? (unsigned char) (c + 32) : c;
}

bool vst_str_equal_nocase(vst_str a, vst_str b)
{
	if (a.len != b.len) {
		return false;
	}
	for (size_t i = 0; i < a.len; i++) {
		if (lower((unsigned char) a.ptr[i]) != lower((unsigned char) b.ptr[i])) {
			return false;
		}
	}
	return true;
}
