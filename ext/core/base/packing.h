/* Integers and strings of bytes in a blob. Integers are LEB128, zigzag. Small numbers take one byte. */
#ifndef VST_BASE_PACKING_H
#define VST_BASE_PACKING_H

#include "str.h"

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
/* Its length, then the bytes. Unpacked ones are borrowed from the blob. */
void vst_pack_bytes(vst_packer *packer, vst_str bytes);
vst_str vst_unpack_bytes(vst_unpacker *unpacker); /* "" when broken */

static inline vst_unpacker vst_unpacker_of(vst_str blob)
{
	const unsigned char *bytes = (const unsigned char *) blob.ptr;

	return (vst_unpacker) {bytes, bytes + blob.len, false};
}

#endif
