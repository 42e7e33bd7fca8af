#include "arena.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>

#define BLOCK_SIZE ((size_t) 16 * 1024)

struct vst_arena_block {
	vst_arena_block *next;
	size_t used, size;
	max_align_t data[];
};

static vst_arena_block *add_block(vst_arena *arena, size_t size)
{
	size_t capacity = size > BLOCK_SIZE ? size : BLOCK_SIZE;
	vst_arena_block *block = malloc(sizeof *block + capacity);

	if (block == NULL) {
		arena->failed = true;
		return NULL;
	}
	block->used = 0;
	block->size = capacity;
	block->next = arena->head;
	arena->head = block;
	return block;
}

void *vst_arena_alloc(vst_arena *arena, size_t size)
{
	size_t align = alignof(max_align_t);
	vst_arena_block *block = arena->head;
	void *result;

	if (size > SIZE_MAX / 2) {
		arena->failed = true;
		return NULL;
	}
	size = (size + align - 1) / align * align;
	if (block == NULL || block->size - block->used < size) {
		block = add_block(arena, size);
		if (block == NULL) {
			return NULL;
		}
	}
	result = (char *) block->data + block->used;
	block->used += size;
	return memset(result, 0, size);
}

void *vst_arena_array(vst_arena *arena, size_t count, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(count, size, &total)) {
		arena->failed = true;
		return NULL;
	}
	return vst_arena_alloc(arena, total);
}

vst_str vst_arena_copy(vst_arena *arena, vst_str text)
{
	char *copy = vst_arena_alloc(arena, text.len + 1);

	if (copy == NULL) {
		return VST_STR_EMPTY;
	}
	memcpy(copy, text.ptr, text.len);
	return (vst_str) {copy, text.len};
}

vst_str vst_arena_format(vst_arena *arena, const char *format, ...)
{
	va_list args;
	int len;
	char *text;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0 || (text = vst_arena_alloc(arena, (size_t) len + 1)) == NULL) {
		arena->failed = true;
		return VST_STR_EMPTY;
	}
	va_start(args, format);
	(void) vsnprintf(text, (size_t) len + 1, format, args);
	va_end(args);
	return (vst_str) {text, (size_t) len};
}

vst_str vst_arena_join(vst_arena *arena, const vst_str *texts, size_t count)
{
	size_t size = 1, len = 0;
	char *out;

	for (size_t i = 0; i < count; i++) {
		size += texts[i].len;
	}
	out = vst_arena_alloc(arena, size);
	if (out == NULL) {
		return VST_STR_EMPTY;
	}
	for (size_t i = 0; i < count; i++) {
		if (texts[i].len > 0) {
			memcpy(out + len, texts[i].ptr, texts[i].len);
			len += texts[i].len;
		}
	}
	return (vst_str) {out, len};
}

void vst_arena_reset(vst_arena *arena)
{
	while (arena->head != NULL && arena->head->next != NULL) {
		vst_arena_block *next = arena->head->next;

		free(arena->head);
		arena->head = next;
	}
	if (arena->head != NULL) {
		arena->head->used = 0;
	}
	arena->failed = false;
}

void vst_arena_free(vst_arena *arena)
{
	while (arena->head != NULL) {
		vst_arena_block *next = arena->head->next;

		free(arena->head);
		arena->head = next;
	}
	arena->failed = false;
}
