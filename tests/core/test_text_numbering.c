#include <stdio.h>
#include <stdlib.h>

#include "check.h"

#include "allocation.h"
#include "base/digest.h"
#include "numbering_fixture.h"
#include "text/numbering.h"
#include "text/numbering_format.h"
#include "text/territories.h"
#include "vectors.h"

/* The fixture's image; free it. */
static vst_buf compiled(const char *rows, vst_numbering_summary *summary)
{
	vst_buf csv = VST_BUF_INIT, image = VST_BUF_INIT;
	vst_err err = VST_ERR_INIT;

	vst_buf_append(&csv, VST_STR(NUMBERING_HEADER));
	vst_buf_append(&csv, vst_str_from(rows));
	if (vst_numbering_compile(vst_buf_str(&csv), 1795424400, &image, summary, &err) != VST_OK) {
		fail_msg("%s", err.text);
	}
	vst_buf_free(&csv);
	return image;
}

static void numbers_are_found_up_to_the_bounds(void **state)
{
	static const struct {
		int64_t number;
		const char *operator_name, *territory, *zones; /* NULL: not in the plan */
	} cases[] = {
		{INT64_C(79000000000), "ООО \"Первый\"", "Город Москва, Московская область", "Europe/Moscow"},
		{INT64_C(79000061999), "ООО \"Первый\"", "Город Москва, Московская область", "Europe/Moscow"},
		{INT64_C(79000062000), "ООО \"Первый\"", "Калининградская область", "Europe/Kaliningrad"},
		{INT64_C(79000062001), NULL, NULL, NULL},
		{INT64_C(79000062002), "ООО \"Первый\"", "Алтайский край", "Asia/Barnaul"},
		{INT64_C(79000999999), "ООО \"Первый\"", "Алтайский край", "Asia/Barnaul"},
		{INT64_C(79001000000), NULL, NULL, NULL},
		{INT64_C(79009999999), NULL, NULL, NULL},
		{INT64_C(79010000000), NULL, NULL, NULL},
		{INT64_C(79142500000), "ПАО \"Второй\"", "Республика Саха (Якутия)",
	     "Asia/Yakutsk|Asia/Ust-Nera|Asia/Srednekolymsk"},
		{INT64_C(79540000050), "ПАО \"Второй\"", "Российская Федерация", ""},
		{INT64_C(79990000049), "ООО \"Первый\"", "Красноярский край", "Asia/Krasnoyarsk"},
		{INT64_C(79990000050), "ПАО \"Второй\"", "Камчатский край", "Asia/Kamchatka"},
		{INT64_C(79990000100), NULL, NULL, NULL},
		{INT64_C(79999999999), "ПАО \"Второй\"", "Страна Оз", ""},
		{INT64_C(80000000000), NULL, NULL, NULL},
		{INT64_C(69990000049), NULL, NULL, NULL},
		{INT64_C(375290000001), NULL, NULL, NULL},
		{9000000000, NULL, NULL, NULL},
		{0, NULL, NULL, NULL},
		{-79000000000, NULL, NULL, NULL},
		{INT64_MAX, NULL, NULL, NULL},
	};
	vst_numbering_summary summary;
	vst_buf image = compiled(numbering_rows, &summary);
	vst_numbering plan;
	vst_err err = VST_ERR_INIT;

	(void) state;
	assert_int_equal(vst_numbering_read(vst_buf_str(&image), &plan, &err), VST_OK);
	assert_int_equal(plan.imported, 1795424400);
	assert_int_equal(plan.numbers, summary.numbers);
	assert_int_equal(summary.numbers, 62000 + 1 + 937998 + 1000000 + 100 + 50 + 50 + 1);
	assert_int_equal(summary.ranges, 8);
	assert_int_equal(summary.operators, 2);
	assert_int_equal(summary.territories, 8);
	assert_int_equal(summary.unknown_territories, 1);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		vst_numbering_entry entry;
		bool found = vst_numbering_find(&plan, cases[i].number, &entry);

		if (found != (cases[i].operator_name != NULL)) {
			fail_msg("%lld: %s", (long long) cases[i].number, found ? "found" : "not found");
		}
		if (found) {
			assert_str(entry.operator_name, cases[i].operator_name);
			assert_str(entry.territory, cases[i].territory);
			assert_str(entry.zones, cases[i].zones);
		}
	}
	vst_buf_free(&image);
}

static void an_operator_is_known_by_tax_number_and_every_spelling(void **state)
{
	vst_numbering_summary summary;
	vst_buf image = compiled(numbering_rows, &summary);
	vst_numbering plan;
	vst_numbering_entry first, second;

	(void) state;
	assert_int_equal(vst_numbering_read(vst_buf_str(&image), &plan, NULL), VST_OK);
	assert_int_equal(plan.operators, 3);
	assert_true(vst_numbering_find(&plan, INT64_C(79990000001), &first));
	assert_true(vst_numbering_find(&plan, INT64_C(79990000050), &second));
	assert_true(vst_numbering_is_operator(&plan, &first, VST_STR("7700000001")));
	assert_true(vst_numbering_is_operator(&plan, &first, VST_STR("ООО \"Первый\"")));
	assert_true(vst_numbering_is_operator(&plan, &first, VST_STR("ООО \"ПЕРВЫЙ\"")));
	assert_false(vst_numbering_is_operator(&plan, &first, VST_STR("ПАО \"Второй\"")));
	assert_false(vst_numbering_is_operator(&plan, &second, VST_STR("ООО \"ПЕРВЫЙ\"")));
	assert_false(vst_numbering_is_operator(&plan, &second, VST_STR("")));
	vst_buf_free(&image);
}

static void a_csv_that_is_no_sound_plan_is_refused_with_the_line(void **state)
{
	static const char *const known[] = {"csv", "header", "says", NULL};
	json_t *cases = vectors_load("numbering_refused.json");
	size_t i;
	json_t *item;

	(void) state;
	json_array_foreach(cases, i, item) {
		vst_buf csv = VST_BUF_INIT, image = VST_BUF_INIT;
		vst_numbering_summary summary;
		vst_err err = VST_ERR_INIT;
		vst_str rows = vectors_text(item, "csv", "");

		vectors_known(item, known);
		if (vectors_bool(item, "header", true)) {
			vst_buf_append(&csv, VST_STR(NUMBERING_HEADER));
		}
		vst_buf_append(&csv, rows);
		case_integer(rows.ptr, "rc", vst_numbering_compile(vst_buf_str(&csv), 1, &image, &summary, &err),
		             VST_E_INVALID);
		if (!vst_str_contains(vst_str_from(err.text), vectors_text(item, "says", "?"))) {
			fail_msg("%s: %s", rows.ptr, err.text);
		}
		vst_buf_free(&csv);
		vst_buf_free(&image);
	}
	assert_true(i > 25);
	json_decref(cases);
}

static void other_encodings_are_refused(void **state)
{
	static const char cp1251[] = "\xC0\xC2\xD1/ DEF;\xCE\xF2;\xC4\xEE\n";
	vst_buf image = VST_BUF_INIT;
	vst_numbering_summary summary;
	vst_err err = VST_ERR_INIT;

	(void) state;
	assert_int_equal(vst_numbering_compile(VST_STR(cp1251), 1, &image, &summary, &err), VST_E_INVALID);
	assert_non_null(strstr(err.text, "not UTF-8"));
	vst_buf_free(&image);
}

static void carriage_returns_and_a_missing_last_newline_do_not_matter(void **state)
{
	vst_numbering_summary summary;
	vst_buf image = compiled("900;0000000;0000009;10;a;-;Алтайский край;7700000001\r\n"
	                         "900;0000010;0000019;10;a;-;Алтайский край;770000000112",
	                         &summary);

	(void) state;
	assert_int_equal(summary.ranges, 2);
	assert_int_equal(summary.operators, 2);
	vst_buf_free(&image);
}

static void seal(vst_buf *image)
{
	const vst_str parts[] = {
		{image->ptr, VST_PLAN_AT_DIGEST},
		{image->ptr + VST_PLAN_HEADER, image->len - VST_PLAN_HEADER},
	};

	assert_int_equal(vst_sha256_parts(parts, 2, (unsigned char *) image->ptr + VST_PLAN_AT_DIGEST, NULL), VST_OK);
}

static void a_changed_or_shortened_image_is_refused(void **state)
{
	vst_numbering_summary summary;
	vst_buf image = compiled(numbering_rows, &summary);
	vst_numbering plan;

	(void) state;
	for (size_t i = 0; i < image.len; i++) {
		image.ptr[i] ^= 1;
		assert_int_equal(vst_numbering_read(vst_buf_str(&image), &plan, NULL), VST_E_CORRUPT);
		image.ptr[i] ^= 1;
	}
	for (size_t len = 0; len < image.len; len++) {
		char *part = test_malloc(len + 1);

		memcpy(part, image.ptr, len);
		assert_int_equal(vst_numbering_read((vst_str) {part, len}, &plan, NULL), VST_E_CORRUPT);
		test_free(part);
	}
	assert_int_equal(vst_numbering_read(vst_buf_str(&image), &plan, NULL), VST_OK);
	vst_buf_free(&image);
}

/* Even with a seal that fits, nothing outside of the image is read: ASAN watches an allocation of exactly its size. */
static void a_forged_image_is_read_within_its_bounds(void **state)
{
	vst_numbering_summary summary;
	vst_buf image = compiled(numbering_rows, &summary);
	uint64_t seed = 23;
	int accepted = 0, refused = 0;

	(void) state;
	for (int round = 0; round < 20000; round++) {
		vst_buf forged = {test_malloc(image.len), image.len, image.len, false};
		vst_numbering plan;
		size_t changes = 1 + vectors_random(&seed) % 3;

		memcpy(forged.ptr, image.ptr, image.len);
		while (changes-- > 0) {
			/* the index is long and dull: most changes go around it */
			size_t at = vectors_random(&seed) % (image.len - VST_PLAN_INDEX_BYTES);

			at += at >= VST_PLAN_HEADER && vectors_random(&seed) % 8 != 0 ? VST_PLAN_INDEX_BYTES : 0;
			forged.ptr[at] = (char) vectors_random(&seed);
		}
		seal(&forged);
		if (vst_numbering_read(vst_buf_str(&forged), &plan, NULL) == VST_OK) {
			accepted++;
			for (int64_t number = INT64_C(78999999999); number < INT64_C(80000000001); number += 99991) {
				vst_numbering_entry entry;

				if (vst_numbering_find(&plan, number, &entry)) {
					unsigned char digest[VST_SHA256_LEN];
					const vst_str parts[] = {entry.operator_name, entry.operator_inn, entry.territory, entry.zones};

					assert_int_equal(vst_sha256_parts(parts, 4, digest, NULL), VST_OK);
					(void) vst_numbering_is_operator(&plan, &entry, VST_STR("x"));
				}
			}
		} else {
			refused++;
		}
		test_free(forged.ptr);
	}
	assert_true(accepted > 1000 && refused > 1000);
	vst_buf_free(&image);
}

static void running_out_of_memory_loses_nothing(void **state)
{
	vst_str csv = vst_str_from(NUMBERING_HEADER "900;0000000;0000009;10;a;-;Алтайский край;7700000001\n");
	int failures = 0;

	(void) state;
	for (unsigned long n = 1; n < 100; n++) {
		vst_buf image = VST_BUF_INIT;
		vst_numbering_summary summary;
		vst_err err = VST_ERR_INIT;
		bool failed;
		vst_rc rc;

		fail_allocation(n);
		rc = vst_numbering_compile(csv, 1, &image, &summary, &err);
		failed = allocation_count() >= n;
		fail_allocation(0);
		vst_buf_free(&image);
		if (!failed) {
			assert_int_equal(rc, VST_OK);
			break;
		}
		assert_int_equal(rc, VST_E_NOMEM);
		failures++;
	}
	assert_true(failures > 5);
}

static void territories_are_read_by_subject(void **state)
{
	static const struct {
		const char *text;
		vst_territory_kind kind;
		const char *name, *zones;
	} cases[] = {
		{"Алтайский край", VST_TERRITORY_ZONED, "Алтайский край", "Asia/Barnaul"},
		{"Город Москва, Московская область", VST_TERRITORY_ZONED, "Город Москва, Московская область", "Europe/Moscow"},
		{"Калининградская область, Камчатский край", VST_TERRITORY_ZONED, "Калининградская область, Камчатский край",
	     "Europe/Kaliningrad|Asia/Kamchatka"},
		{"г. Псков|г.о. город Псков|Псковская область", VST_TERRITORY_ZONED, "Псковская область", "Europe/Moscow"},
		{"Республика Саха (Якутия)", VST_TERRITORY_ZONED, "Республика Саха (Якутия)",
	     "Asia/Yakutsk|Asia/Ust-Nera|Asia/Srednekolymsk"},
		{"Республика Саха (Якутия), Амурская область", VST_TERRITORY_ZONED,
	     "Республика Саха (Якутия), Амурская область", "Asia/Yakutsk|Asia/Ust-Nera|Asia/Srednekolymsk"},
		{" Томская область ", VST_TERRITORY_ZONED, "Томская область", "Asia/Tomsk"},
		{"Российская Федерация", VST_TERRITORY_NATIONWIDE, "Российская Федерация", ""},
		{"Российская Федерация, Томская область", VST_TERRITORY_NATIONWIDE, "Российская Федерация, Томская область",
	     ""},
		{"Страна Оз", VST_TERRITORY_UNKNOWN, "Страна Оз", ""},
		{"Томская область, Страна Оз", VST_TERRITORY_UNKNOWN, "Томская область, Страна Оз", ""},
		{"", VST_TERRITORY_UNKNOWN, "", ""},
		{"Томская область|", VST_TERRITORY_UNKNOWN, "", ""},
		{",", VST_TERRITORY_UNKNOWN, ",", ""},
	};

	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		vst_territory territory;

		vst_territory_read(vst_str_from(cases[i].text), &territory);
		case_integer(cases[i].text, "kind", territory.kind, cases[i].kind);
		case_text(cases[i].text, "name", territory.name, vst_str_from(cases[i].name));
		case_text(cases[i].text, "zones", vst_str_from(territory.zones), vst_str_from(cases[i].zones));
	}
}

static void the_table_holds_every_subject_in_order(void **state)
{
	const char *before = "", *name, *zones;
	size_t count = 0, several = 0;

	(void) state;
	for (; (name = vst_territory_entry(count, &zones)) != NULL; count++) {
		vst_territory territory;

		assert_true(strcmp(before, name) < 0);
		before = name;
		several += strchr(zones, '|') != NULL;
		vst_territory_read(vst_str_from(name), &territory);
		assert_string_equal(territory.zones, zones);
	}
	assert_int_equal(count, 89 + 1); /* and the country */
	assert_int_equal(several, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_found_up_to_the_bounds),
		cmocka_unit_test(an_operator_is_known_by_tax_number_and_every_spelling),
		cmocka_unit_test(a_csv_that_is_no_sound_plan_is_refused_with_the_line),
		cmocka_unit_test(other_encodings_are_refused),
		cmocka_unit_test(carriage_returns_and_a_missing_last_newline_do_not_matter),
		cmocka_unit_test(a_changed_or_shortened_image_is_refused),
		cmocka_unit_test(a_forged_image_is_read_within_its_bounds),
		cmocka_unit_test(running_out_of_memory_loses_nothing),
		cmocka_unit_test(territories_are_read_by_subject),
		cmocka_unit_test(the_table_holds_every_subject_in_order),
	};

	return cmocka_run_group_tests_name("text/numbering", tests, NULL, NULL);
}
