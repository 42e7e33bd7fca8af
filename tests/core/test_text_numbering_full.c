/*
 * A whole plan against its own CSV: the made-up one, or the official one where VESTNIK_NUMBERING_CSV names it (the
 * project ships none of it). What is true of the official one only is skipped without it, and counts that hold for one
 * extract only are checked for that extract.
 */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"

#include "base/digest.h"
#include "numbering_fixture.h"
#include "text/numbering.h"
#include "text/numbering_csv.h"
#include "vectors.h"

/* The extract of 2026-08-19. */
static const char known_extract[] = "03401d8fbc8a52edcd8df7d5abc67c41a02e5fc33c1c0e13cc8a2dd055d1f215";

typedef struct full {
	vst_buf csv, image;
	vst_numbering plan;
	vst_numbering_summary summary;
	bool official, known;
} full;

static int load(void **state)
{
	const char *path = getenv("VESTNIK_NUMBERING_CSV");
	unsigned char digest[VST_SHA256_LEN];
	char hex[2 * VST_SHA256_LEN + 1], chunk[4096];
	vst_err err = VST_ERR_INIT;
	size_t got;
	FILE *file;
	full *f;
	vst_str csv;

	f = calloc(1, sizeof *f);
	if (f == NULL) {
		return -1;
	}
	f->official = path != NULL && *path != '\0';
	if (f->official) {
		file = fopen(path, "rb");
		if (file == NULL) {
			fprintf(stderr, "VESTNIK_NUMBERING_CSV cannot be read\n");
			return -1;
		}
		while ((got = fread(chunk, 1, sizeof chunk, file)) > 0) {
			vst_buf_append(&f->csv, (vst_str) {chunk, got});
		}
		(void) fclose(file);
	} else {
		vst_buf_append(&f->csv, VST_STR(NUMBERING_HEADER));
		vst_buf_append(&f->csv, vst_str_from(numbering_rows));
	}
	csv = vst_buf_str(&f->csv);
	if (vst_numbering_compile(csv, 1, &f->image, &f->summary, &err) != VST_OK ||
	    vst_numbering_read(vst_buf_str(&f->image), &f->plan, &err) != VST_OK ||
	    vst_sha256_parts(&csv, 1, digest, &err) != VST_OK) {
		fprintf(stderr, "%s\n", err.text);
		return -1;
	}
	vst_hex(digest, sizeof digest, hex);
	f->known = strcmp(hex, known_extract) == 0;
	*state = f;
	return 0;
}

static int unload(void **state)
{
	full *f = *state;

	if (f != NULL) {
		vst_buf_free(&f->csv);
		vst_buf_free(&f->image);
		free(f);
	}
	return 0;
}

/* Skipped, and counted so, when the official plan was not named. */
static full *official(void **state)
{
	full *f = *state;

	if (!f->official) {
		skip();
	}
	return f;
}

static void every_territory_of_the_plan_is_known(void **state)
{
	full *f = official(state);

	case_integer(f->summary.unknown_territory.ptr, "unknown territories", f->summary.unknown_territories, 0);
	assert_true(f->summary.ranges > 15000 && f->summary.numbers > 600000000);
	if (f->known) {
		assert_int_equal(f->summary.ranges, 17059);
		assert_int_equal(f->summary.numbers, 706567081);
		assert_int_equal(f->summary.operators, 73);
	}
}

/* Both bounds of every row, and the numbers beside them that no row holds. */
static void every_row_is_found_at_its_bounds(void **state)
{
	full *f = *state;
	vst_numbering_csv csv;
	vst_numbering_row row, before = {0, 0, 0, VST_STR_EMPTY, VST_STR_EMPTY, VST_STR_EMPTY};
	bool found = true;
	size_t rows = 0;

	assert_int_equal(vst_numbering_csv_begin(vst_buf_str(&f->csv), &csv, NULL), VST_OK);
	while (vst_numbering_csv_next(&csv, &row, &found, NULL) == VST_OK && found) {
		int64_t code = INT64_C(70000000000) + (int64_t) row.code * 10000000;
		vst_numbering_entry first, last;

		assert_true(vst_numbering_find(&f->plan, code + row.first, &first));
		assert_true(vst_numbering_find(&f->plan, code + row.last, &last));
		assert_true(vst_str_equal(first.operator_inn, row.inn) && vst_str_equal(last.operator_inn, row.inn));
		assert_true(vst_str_contains(row.territory, first.territory));
		assert_true(first.territory.ptr == last.territory.ptr);
		if (row.first > 0 && (row.code != before.code || before.last + 1 != row.first)) {
			assert_false(vst_numbering_find(&f->plan, code + row.first - 1, &first));
		}
		before = row;
		rows++;
	}
	assert_int_equal(rows, f->summary.ranges);
}

static void places_known_by_heart_are_right(void **state)
{
	static const struct {
		int64_t number;
		const char *zones; /* NULL: not allotted */
	} cases[] = {
		{INT64_C(79000062001), "Europe/Moscow"},
		{INT64_C(79000200000), "Asia/Yekaterinburg"},
		{INT64_C(79000500000), "Asia/Novokuznetsk"},
		{INT64_C(79990000001), "Europe/Moscow"},
		{INT64_C(79700000000), NULL},
		{INT64_C(79540000000), NULL},
		{INT64_C(79400000001), NULL},
		{INT64_C(79070000001), NULL},
	};
	full *f = official(state);

	if (!f->known) {
		skip();
	}
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		vst_numbering_entry entry;
		bool found = vst_numbering_find(&f->plan, cases[i].number, &entry);

		assert_int_equal(found, cases[i].zones != NULL);
		if (found) {
			assert_str(entry.zones, cases[i].zones);
		}
	}
}

/* UTC offset → numbers, in hundreds of thousands, as an independent count gives them. */
static void numbers_per_hour_are_right(void **state)
{
	static const struct {
		const char *zones;
		int offset; /* 0: none; 99: Yakutia's three */
	} offsets[] = {
		{"", 0},
		{"Europe/Kaliningrad", 2},
		{"Europe/Moscow", 3},
		{"Europe/Simferopol", 3},
		{"Europe/Kirov", 3},
		{"Europe/Volgograd", 3},
		{"Europe/Samara", 4},
		{"Europe/Saratov", 4},
		{"Europe/Astrakhan", 4},
		{"Europe/Ulyanovsk", 4},
		{"Asia/Yekaterinburg", 5},
		{"Asia/Omsk", 6},
		{"Asia/Barnaul", 7},
		{"Asia/Novosibirsk", 7},
		{"Asia/Tomsk", 7},
		{"Asia/Novokuznetsk", 7},
		{"Asia/Krasnoyarsk", 7},
		{"Asia/Irkutsk", 8},
		{"Asia/Chita", 9},
		{"Asia/Yakutsk", 9},
		{"Asia/Vladivostok", 10},
		{"Asia/Magadan", 11},
		{"Asia/Sakhalin", 11},
		{"Asia/Kamchatka", 12},
		{"Asia/Anadyr", 12},
		{"Asia/Yakutsk|Asia/Ust-Nera|Asia/Srednekolymsk", 99},
	};
	static const struct {
		int offset, hundred_thousands;
	} expected[] = {
		{0, 2},   {2, 42}, {3, 4811}, {4, 368}, {5, 858}, {6, 70},  {7, 475},
		{8, 131}, {9, 64}, {10, 152}, {11, 34}, {12, 21}, {99, 35},
	};
	int64_t counts[100] = {0};
	vst_numbering_csv csv;
	vst_numbering_row row;
	full *f = official(state);
	bool found = true;

	assert_int_equal(vst_numbering_csv_begin(vst_buf_str(&f->csv), &csv, NULL), VST_OK);
	while (vst_numbering_csv_next(&csv, &row, &found, NULL) == VST_OK && found) {
		vst_numbering_entry entry;
		size_t i = 0;

		assert_true(
			vst_numbering_find(&f->plan, INT64_C(70000000000) + (int64_t) row.code * 10000000 + row.first, &entry));
		while (i < COUNT_OF(offsets) && !vst_str_is(entry.zones, offsets[i].zones)) {
			i++;
		}
		case_integer(entry.zones.ptr, "in the list of zones", i < COUNT_OF(offsets), true);
		counts[offsets[i].offset] += row.last - row.first + 1;
	}
	for (size_t i = 0; f->known && i < COUNT_OF(expected); i++) {
		case_integer("numbers of the offset", "hundred thousands", (counts[expected[i].offset] + 50000) / 100000,
		             expected[i].hundred_thousands);
	}
	assert_true(counts[3] > counts[5] && counts[99] > 0);
}

/* Any number: what the binary search says is what reading the rows one after the other says. */
static void any_number_is_found_as_by_reading_all_rows(void **state)
{
	enum { NUMBERS = 3000 };
	full *f = *state;
	static uint32_t wanted[NUMBERS];
	static bool expected[NUMBERS];
	vst_numbering_csv csv;
	vst_numbering_row row;
	uint64_t seed = 41;
	bool found = true;
	size_t hits = 0;

	for (size_t i = 0; i < NUMBERS; i++) {
		wanted[i] = (uint32_t) (900000000u + vectors_random(&seed) % 100000000u);
	}
	assert_int_equal(vst_numbering_csv_begin(vst_buf_str(&f->csv), &csv, NULL), VST_OK);
	while (vst_numbering_csv_next(&csv, &row, &found, NULL) == VST_OK && found) {
		for (size_t i = 0; i < NUMBERS; i++) {
			/* nine digits and a zero: ten-digit numbers do not fit into 32 bits */
			int64_t number = (int64_t) wanted[i] * 10;

			expected[i] = expected[i] || (number / 10000000 == row.code && number % 10000000 >= row.first &&
			                              number % 10000000 <= row.last);
		}
	}
	for (size_t i = 0; i < NUMBERS; i++) {
		vst_numbering_entry entry;

		assert_int_equal(vst_numbering_find(&f->plan, INT64_C(70000000000) + (int64_t) wanted[i] * 10, &entry),
		                 expected[i]);
		hits += expected[i];
	}
	assert_true(hits > 0 && hits < NUMBERS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_territory_of_the_plan_is_known),
		cmocka_unit_test(every_row_is_found_at_its_bounds),
		cmocka_unit_test(places_known_by_heart_are_right),
		cmocka_unit_test(numbers_per_hour_are_right),
		cmocka_unit_test(any_number_is_found_as_by_reading_all_rows),
	};

	return cmocka_run_group_tests_name("text/numbering_full", tests, load, unload);
}
