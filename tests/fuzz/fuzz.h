/* What the fuzz targets share. A property that does not hold ends the program, as a broken memory access does. */
#ifndef VST_FUZZ_H
#define VST_FUZZ_H

#include <stdint.h>
#include <stdlib.h>

#include "base/str.h"

#define HOLDS(condition) \
	do { \
		if (!(condition)) { \
			abort(); \
		} \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The input up to a NUL byte, in memory of exactly that size; *data and *size move past it. */
static inline vst_str fuzz_piece(const uint8_t **data, size_t *size, char **owned)
{
	const uint8_t *end = *size > 0 ? memchr(*data, 0, *size) : NULL;
	size_t len = end != NULL ? (size_t) (end - *data) : *size;

	*owned = malloc(len > 0 ? len : 1);
	if (*owned == NULL) {
		abort();
	}
	memcpy(*owned, *data, len);
	*data += len + (end != NULL);
	*size -= len + (end != NULL);
	return (vst_str) {*owned, len};
}

#endif
