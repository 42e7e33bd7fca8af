/*
 * How an image of the numbering plan is laid out. All integers are little-endian and read byte by byte, so that no
 * alignment is assumed. After the header:
 *
 *   index       u32 × 1001     first range of each three-digit code; the last entry is the count of ranges
 *   ranges      12 bytes each  u32 first, u32 last (seven digits, inclusive), u16 operator, u16 territory
 *   operators   16 bytes each  string name, string tax number; first those that ranges name, then other spellings
 *   territories 16 bytes each  string name, string zones
 *   strings     UTF-8; a string is u32 offset in here, u32 length
 */
#ifndef VST_TEXT_NUMBERING_FORMAT_H
#define VST_TEXT_NUMBERING_FORMAT_H

#include <stdint.h>

#define VST_PLAN_MAGIC "VSTPLAN\n"
#define VST_PLAN_VERSION 1u

#define VST_PLAN_CODES 1000u
#define VST_PLAN_SUBSCRIBER_MAX 9999999u

enum vst_plan_header {
	VST_PLAN_AT_VERSION = 8,         /* u32 */
	VST_PLAN_AT_RANGES = 12,         /* u32, count */
	VST_PLAN_AT_SIZE = 16,           /* u64, of the whole file */
	VST_PLAN_AT_IMPORTED = 24,       /* u64, Unix seconds */
	VST_PLAN_AT_NUMBERS = 32,        /* u64, numbers in all ranges */
	VST_PLAN_AT_OPERATORS = 40,      /* u32, entries of the table */
	VST_PLAN_AT_TERRITORIES = 44,    /* u32 */
	VST_PLAN_AT_STRINGS = 48,        /* u32, bytes */
	VST_PLAN_AT_OPERATOR_NAMES = 52, /* u32, entries that ranges may name */
	VST_PLAN_AT_RESERVED = 56,       /* 8 bytes, zero */
	VST_PLAN_AT_SOURCE = 64,         /* SHA-256 of the CSV */
	VST_PLAN_AT_DIGEST = 96,         /* SHA-256 of everything before and after it */
	VST_PLAN_HEADER = 128
};

#define VST_PLAN_INDEX_BYTES ((VST_PLAN_CODES + 1u) * 4u)
#define VST_PLAN_RANGE_BYTES 12u
#define VST_PLAN_ENTRY_BYTES 16u

static inline uint32_t vst_plan_u16(const unsigned char *at)
{
	return (uint32_t) at[0] | (uint32_t) at[1] << 8;
}

static inline uint32_t vst_plan_u32(const unsigned char *at)
{
	return vst_plan_u16(at) | vst_plan_u16(at + 2) << 16;
}

static inline uint64_t vst_plan_u64(const unsigned char *at)
{
	return (uint64_t) vst_plan_u32(at) | (uint64_t) vst_plan_u32(at + 4) << 32;
}

static inline void vst_plan_put(unsigned char *at, uint64_t value, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++) {
		at[i] = (unsigned char) (value >> 8 * i);
	}
}

#endif
