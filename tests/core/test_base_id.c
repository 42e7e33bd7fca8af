#include "check.h"

#include "base/id.h"

/* splitmix64: enough for property tests, the same at every run */
static uint64_t next_random(uint64_t *seed)
{
	uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static void known_ids(void **state)
{
	static const struct {
		vst_id id;
		const char *text;
	} cases[] = {
		{{0, 0}, "00000000000000000000000000"},
		{{0, 1}, "00000000000000000000000001"},
		{{INT64_MAX, UINT64_MAX}, "7ZZZZZZZZZZZZFZZZZZZZZZZZZ"},
		/* the millisecond of the ULID specification's example, 01ARYZ6S41 */
		{{INT64_C(1469918176385) << VST_SEQ_COUNTER_BITS, 0}, "01ARYZ6S410000000000000000"},
	};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char text[VST_ID_LEN + 1];
		vst_id back;

		vst_id_format(cases[i].id, text);
		assert_string_equal(text, cases[i].text);
		assert_true(vst_id_parse(vst_str_from(text), &back));
		assert_true(back.seq == cases[i].id.seq);
		assert_true(back.nonce == cases[i].id.nonce);
	}
}

static void every_id_survives_its_text(void **state)
{
	uint64_t seed = 1;

	(void) state;
	for (int i = 0; i < 20000; i++) {
		vst_id id = {(int64_t) (next_random(&seed) >> 1), next_random(&seed)}, back = {0, 0};
		char text[VST_ID_LEN + 1], lower[VST_ID_LEN + 1];

		vst_id_format(id, text);
		assert_int_equal(strlen(text), VST_ID_LEN);
		assert_true(vst_id_parse(vst_str_from(text), &back));
		assert_true(back.seq == id.seq && back.nonce == id.nonce);
		for (size_t j = 0; j <= VST_ID_LEN; j++) {
			lower[j] = text[j] >= 'A' && text[j] <= 'Z' ? (char) (text[j] + 32) : text[j];
		}
		assert_true(vst_id_parse(vst_str_from(lower), &back));
		assert_true(back.seq == id.seq && back.nonce == id.nonce);
	}
}

static void texts_sort_as_seq_does(void **state)
{
	uint64_t seed = 2;

	(void) state;
	for (int i = 0; i < 20000; i++) {
		/* neighbours too, where only the last bits differ */
		int64_t seq = (int64_t) (next_random(&seed) >> 1);
		vst_id a = {seq, next_random(&seed)};
		vst_id b = {i % 2 == 0 && seq < INT64_MAX ? seq + 1 : (int64_t) (next_random(&seed) >> 1), next_random(&seed)};
		char text_a[VST_ID_LEN + 1], text_b[VST_ID_LEN + 1];

		vst_id_format(a, text_a);
		vst_id_format(b, text_b);
		if (a.seq != b.seq) {
			assert_int_equal(a.seq < b.seq, strcmp(text_a, text_b) < 0);
		}
	}
}

static void what_is_no_id_is_refused(void **state)
{
	static const char *const cases[] = {
		"",
		"0000000000000000000000000",
		"000000000000000000000000000",
		"80000000000000000000000000",
		"ZZZZZZZZZZZZZZZZZZZZZZZZZZ",
		"0000000000000000000000000U",
		"0000000000000000000000000I",
		"0000000000000000000000000L",
		"0000000000000000000000000O",
		"0000000000000000000000000-",
		"0000000000000000000000000 ",
		"0000000000000G000000000000",
	};
	vst_id id = {-7, 7};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_false(vst_id_parse(vst_str_from(cases[i]), &id));
	}
	assert_false(vst_id_parse(VST_STR("000000000000000000000000\0000"), &id));
	assert_true(id.seq == -7 && id.nonce == 7);
}

static void the_next_seq_always_rises(void **state)
{
	int64_t now = 1764000000000, last = 0;

	(void) state;
	last = vst_seq_next(last, now);
	assert_int_equal(vst_seq_ms(last), now);
	/* more than fit in one millisecond: the counter runs into the next one */
	for (int i = 0; i < 40000; i++) {
		int64_t next = vst_seq_next(last, now);

		assert_true(next > last);
		last = next;
	}
	assert_int_equal(vst_seq_ms(last), now + 1);
	/* a clock that went back changes nothing */
	assert_true(vst_seq_next(last, now - 100000) == last + 1);
	assert_int_equal(vst_seq_ms(vst_seq_next(last, now + 2)), now + 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_ids),
		cmocka_unit_test(every_id_survives_its_text),
		cmocka_unit_test(texts_sort_as_seq_does),
		cmocka_unit_test(what_is_no_id_is_refused),
		cmocka_unit_test(the_next_seq_always_rises),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
