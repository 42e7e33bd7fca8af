/* Integers in a blob: LEB128, signed ones zigzag. Small numbers take one byte. */
#ifndef VST_STORE_PACKING_H
#define VST_STORE_PACKING_H

#include "base/str.h"

typedef struct vst_packer {
	unsigned char *bytes;
	size_t len, capacity;
	bool full; /* something did not fit */
} vst_packer;

typedef struct vst_unpacker {
	const unsigned char *at, *end;
	bool broken; /* ended too early, or a number of more than 64 bits */
} vst_unpacker;

void vst_pack(vst_packer *packer, int64_t value);
int64_t vst_unpack(vst_unpacker *unpacker); /* 0 when broken */

static inline vst_unpacker vst_unpacker_of(vst_str blob)
{
	const unsigned char *bytes = (const unsigned char *) blob.ptr;

	return (vst_unpacker) {bytes, bytes + blob.len, false};
}

#endif
