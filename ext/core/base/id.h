/*
 * Message ids. Outside an id is a ULID (26 characters, Crockford base 32): 48 bits of Unix milliseconds and 80 more.
 * The milliseconds and the first 15 of the 80 bits, a counter, are the row's `seq` (63 bits, so a positive int64);
 * the last 64 bits are the row's `nonce`, random, checked on every look-up, so that ids cannot be guessed. The one
 * bit between them is 0. No index is needed to find a message by its id.
 */
#ifndef VST_BASE_ID_H
#define VST_BASE_ID_H

#include "result.h"
#include "str.h"

#define VST_ID_LEN 26
#define VST_SEQ_COUNTER_BITS 15

typedef struct vst_id {
	int64_t seq;
	uint64_t nonce;
} vst_id;

void vst_id_format(vst_id id, char out[VST_ID_LEN + 1]);
bool vst_id_parse(vst_str text, vst_id *out); /* lower case is taken too */

static inline int64_t vst_seq_ms(int64_t seq)
{
	return seq >> VST_SEQ_COUNTER_BITS;
}

/* The next seq: never at or below `last`, at or after the millisecond `now_ms`. */
static inline int64_t vst_seq_next(int64_t last, int64_t now_ms)
{
	int64_t first = now_ms << VST_SEQ_COUNTER_BITS;

	return first > last ? first : last + 1;
}

#endif
