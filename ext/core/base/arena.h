/*
 * Scratch memory of one call: allocations are freed together. Not thread-safe, never shared between calls.
 * An allocation that fails returns NULL and also sets `failed`, so that a builder may check once at its end.
 */
#ifndef VST_BASE_ARENA_H
#define VST_BASE_ARENA_H

#include "result.h"
#include "str.h"

typedef struct vst_arena_block vst_arena_block;

typedef struct vst_arena {
	vst_arena_block *head;
	bool failed;
} vst_arena;

#define VST_ARENA_INIT \
	{ \
		NULL, false \
	}

void *vst_arena_alloc(vst_arena *arena, size_t size); /* zeroed, aligned for any type */
void *vst_arena_array(vst_arena *arena, size_t count, size_t size);
/* NUL-terminated copies; on failure the empty string, with `failed` set */
vst_str vst_arena_copy(vst_arena *arena, vst_str text);
vst_str vst_arena_format(vst_arena *arena, const char *format, ...) VST_FORMAT(2, 3);
/* The texts one after another, NUL-terminated likewise. */
vst_str vst_arena_join(vst_arena *arena, const vst_str *texts, size_t count);
/* Keeps the first block for the next call. */
void vst_arena_reset(vst_arena *arena);
void vst_arena_free(vst_arena *arena);

#endif
