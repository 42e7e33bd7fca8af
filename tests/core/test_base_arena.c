#include "check.h"

#include <stdalign.h>

#include "allocation.h"
#include "base/arena.h"

static void memory_is_zeroed_aligned_and_apart(void **state)
{
	vst_arena arena = VST_ARENA_INIT;
	unsigned char *last = NULL;

	(void) state;
	for (size_t size = 1; size < 3000; size += 7) {
		unsigned char *ptr = vst_arena_alloc(&arena, size);

		assert_non_null(ptr);
		assert_int_equal((uintptr_t) ptr % alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++) {
			assert_int_equal(ptr[i], 0);
		}
		memset(ptr, 0xff, size);
		if (last != NULL) {
			assert_int_equal(last[0], 0xff);
		}
		last = ptr;
	}
	vst_arena_free(&arena);
}

static void after_a_reset_memory_is_zeroed_again(void **state)
{
	vst_arena arena = VST_ARENA_INIT;
	unsigned char *first = vst_arena_alloc(&arena, 100), *again;

	(void) state;
	memset(first, 0xff, 100);
	assert_non_null(vst_arena_alloc(&arena, (size_t) 100 * 1024));
	vst_arena_reset(&arena);
	fail_allocation(1);
	again = vst_arena_alloc(&arena, 100);
	assert_ptr_equal(again, first);
	for (size_t i = 0; i < 100; i++) {
		assert_int_equal(again[i], 0);
	}
	fail_allocation(0);
	vst_arena_free(&arena);
}

static void copies_and_formats_are_terminated(void **state)
{
	vst_arena arena = VST_ARENA_INIT;
	vst_str copy = vst_arena_copy(&arena, vst_str_of("abcdef", 3));
	vst_str text = vst_arena_format(&arena, "%s=%d", "n", 5);
	vst_str empty = vst_arena_copy(&arena, VST_STR_EMPTY);

	(void) state;
	assert_string_equal(copy.ptr, "abc");
	assert_str(text, "n=5");
	assert_string_equal(text.ptr, "n=5");
	assert_string_equal(empty.ptr, "");
	assert_false(arena.failed);
	vst_arena_free(&arena);
}

static void a_product_that_overflows_is_refused(void **state)
{
	vst_arena arena = VST_ARENA_INIT;

	(void) state;
	assert_null(vst_arena_array(&arena, SIZE_MAX / 2, 3));
	assert_true(arena.failed);
	vst_arena_reset(&arena);
	assert_null(vst_arena_alloc(&arena, SIZE_MAX));
	assert_true(arena.failed);
	vst_arena_reset(&arena);
	assert_non_null(vst_arena_array(&arena, 10, 8));
	assert_false(arena.failed);
	vst_arena_free(&arena);
}

static void every_failed_allocation_is_seen_at_the_end(void **state)
{
	(void) state;
	for (unsigned long nth = 1;; nth++) {
		vst_arena arena = VST_ARENA_INIT;
		vst_str copy, text;
		unsigned long made;

		fail_allocation(nth);
		(void) vst_arena_alloc(&arena, 10);
		copy = vst_arena_copy(&arena, vst_str_from("some text"));
		(void) vst_arena_array(&arena, 5000, 8);
		text = vst_arena_format(&arena, "%020000d", 1);
		made = allocation_count();
		assert_non_null(copy.ptr);
		assert_non_null(text.ptr);
		assert_int_equal(arena.failed, nth <= made);
		vst_arena_free(&arena);
		fail_allocation(0);
		if (nth > made) {
			assert_true(made >= 3);
			break;
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
		cmocka_unit_test(after_a_reset_memory_is_zeroed_again),
		cmocka_unit_test(copies_and_formats_are_terminated),
		cmocka_unit_test(a_product_that_overflows_is_refused),
		cmocka_unit_test(every_failed_allocation_is_seen_at_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
