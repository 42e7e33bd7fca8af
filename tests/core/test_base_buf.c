#include "check.h"

#include "allocation.h"
#include "base/buf.h"

static void bytes_come_out_as_they_went_in(void **state)
{
	vst_buf buf = VST_BUF_INIT;

	(void) state;
	vst_buf_append(&buf, VST_STR("a\0b"));
	vst_buf_byte(&buf, ' ');
	vst_buf_format(&buf, "%d/%s", 42, "х");
	assert_false(buf.failed);
	assert_true(vst_str_equal(vst_buf_str(&buf), VST_STR("a\0b 42/х")));
	assert_int_equal(buf.ptr[buf.len], 0);
	vst_buf_free(&buf);
}

static void it_grows_past_every_capacity(void **state)
{
	vst_buf buf = VST_BUF_INIT;

	(void) state;
	for (int i = 0; i < 5000; i++) {
		vst_buf_format(&buf, "%04d", i);
		assert_int_equal(buf.len, 4 * (i + 1));
		assert_true(buf.capacity > buf.len);
	}
	assert_memory_equal(buf.ptr + 4 * 4321, "4321", 4);
	vst_buf_free(&buf);
}

static void an_empty_one_is_an_empty_view(void **state)
{
	vst_buf buf = VST_BUF_INIT;

	(void) state;
	assert_non_null(vst_buf_str(&buf).ptr);
	assert_int_equal(vst_buf_str(&buf).len, 0);
	vst_buf_clear(&buf);
	vst_buf_free(&buf);
	vst_buf_append(&buf, VST_STR_EMPTY);
	assert_string_equal(buf.ptr, "");
	vst_buf_free(&buf);
}

static void clearing_keeps_the_memory(void **state)
{
	vst_buf buf = VST_BUF_INIT;
	char *before;

	(void) state;
	vst_buf_append(&buf, VST_STR("something"));
	before = buf.ptr;
	vst_buf_clear(&buf);
	assert_ptr_equal(buf.ptr, before);
	assert_int_equal(buf.len, 0);
	assert_string_equal(buf.ptr, "");
	vst_buf_free(&buf);
}

static void after_a_failed_allocation_it_takes_nothing(void **state)
{
	vst_buf buf = VST_BUF_INIT;

	(void) state;
	vst_buf_append(&buf, VST_STR("kept"));
	fail_allocation(1);
	vst_buf_format(&buf, "%0500d", 1);
	assert_true(buf.failed);
	vst_buf_append(&buf, VST_STR("later"));
	assert_str(vst_buf_str(&buf), "kept");
	vst_buf_clear(&buf);
	assert_false(buf.failed);
	vst_buf_free(&buf);
	fail_allocation(0);
}

static void a_length_that_cannot_be_is_refused(void **state)
{
	vst_buf buf = VST_BUF_INIT;

	(void) state;
	vst_buf_append(&buf, (vst_str) {"x", SIZE_MAX});
	assert_true(buf.failed);
	vst_buf_free(&buf);
	vst_buf_append(&buf, (vst_str) {"x", SIZE_MAX / 3});
	assert_true(buf.failed);
	vst_buf_free(&buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_come_out_as_they_went_in),
		cmocka_unit_test(it_grows_past_every_capacity),
		cmocka_unit_test(an_empty_one_is_an_empty_view),
		cmocka_unit_test(clearing_keeps_the_memory),
		cmocka_unit_test(after_a_failed_allocation_it_takes_nothing),
		cmocka_unit_test(a_length_that_cannot_be_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
