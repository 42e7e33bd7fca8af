#include "check.h"

#include "text/utf8.h"

static void only_shortest_well_formed_sequences_pass(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		vst_utf8_fault fault;
		size_t position;
	} cases[] = {
		{"", 0, VST_UTF8_OK, 0},
		{"abc", 3, VST_UTF8_OK, 0},
		{"\xd0\xaf\xe2\x82\xac\xf0\x9f\x98\x80", 9, VST_UTF8_OK, 0},
		{"\xc2\x80", 2, VST_UTF8_OK, 0},
		{"\xe0\xa0\x80", 3, VST_UTF8_OK, 0},
		{"\xf0\x90\x80\x80", 4, VST_UTF8_OK, 0},
		{"\xf4\x8f\xbf\xbf", 4, VST_UTF8_OK, 0},
		{"\xed\x9f\xbf\xee\x80\x80", 6, VST_UTF8_OK, 0},
		{"a\0b", 3, VST_UTF8_NUL, 1},
		{"\xc0\x80", 2, VST_UTF8_MALFORMED, 0}, /* overlong NUL */
		{"\xc1\xbf", 2, VST_UTF8_MALFORMED, 0},
		{"\xe0\x9f\xbf", 3, VST_UTF8_MALFORMED, 0}, /* overlong */
		{"\xf0\x8f\xbf\xbf", 4, VST_UTF8_MALFORMED, 0},
		{"\xed\xa0\x80", 3, VST_UTF8_MALFORMED, 0}, /* a surrogate */
		{"ab\xed\xbf\xbf", 5, VST_UTF8_MALFORMED, 2},
		{"\xf4\x90\x80\x80", 4, VST_UTF8_MALFORMED, 0}, /* above U+10FFFF */
		{"\xf5\x80\x80\x80", 4, VST_UTF8_MALFORMED, 0},
		{"\x80", 1, VST_UTF8_MALFORMED, 0},
		{"\xff", 1, VST_UTF8_MALFORMED, 0},
		{"\xd0", 1, VST_UTF8_MALFORMED, 0}, /* cut off */
		{"\xe2\x82", 2, VST_UTF8_MALFORMED, 0},
		{"\xf0\x9f\x98", 3, VST_UTF8_MALFORMED, 0},
		{"\xd0\x41", 2, VST_UTF8_MALFORMED, 0},
	};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		size_t position = 0;
		/* an exact allocation, so that a read past the end is seen */
		char *copy = test_malloc(cases[i].len + 1);

		memcpy(copy, cases[i].bytes, cases[i].len);
		assert_int_equal(vst_utf8_check(vst_str_of(copy, cases[i].len), &position), cases[i].fault);
		assert_int_equal(position, cases[i].position);
		test_free(copy);
	}
}

static void every_character_survives_a_round_trip(void **state)
{
	(void) state;
	for (uint32_t code = 1; code <= 0x10FFFF; code++) {
		char bytes[4];
		size_t len, offset = 0;

		if (code >= 0xD800 && code <= 0xDFFF) {
			continue;
		}
		len = vst_utf8_put(code, bytes);
		assert_int_equal(vst_utf8_check(vst_str_of(bytes, len), NULL), VST_UTF8_OK);
		assert_int_equal(vst_utf8_next(vst_str_of(bytes, len), &offset), code);
		assert_int_equal(offset, len);
	}
}

static void characters_are_counted_and_found(void **state)
{
	vst_str text = VST_STR("aя€😀b");

	(void) state;
	assert_int_equal(vst_utf8_count(text), 5);
	assert_int_equal(vst_utf8_offset(text, 0), 0);
	assert_int_equal(vst_utf8_offset(text, 2), 3);
	assert_int_equal(vst_utf8_offset(text, 4), 10);
	assert_int_equal(vst_utf8_offset(text, 9), text.len);
}

static void a_malformed_byte_is_read_as_one_replacement(void **state)
{
	size_t offset = 0;
	vst_str text = {"\xd0\x41", 2};

	(void) state;
	assert_int_equal(vst_utf8_next(text, &offset), VST_REPLACEMENT_CHARACTER);
	assert_int_equal(offset, 1);
	assert_int_equal(vst_utf8_next(text, &offset), 'A');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_shortest_well_formed_sequences_pass),
		cmocka_unit_test(every_character_survives_a_round_trip),
		cmocka_unit_test(characters_are_counted_and_found),
		cmocka_unit_test(a_malformed_byte_is_read_as_one_replacement),
	};

	return cmocka_run_group_tests_name("text/utf8", tests, NULL, NULL);
}
