/*
 * The import of the numbering plan: any bytes as CSV, as they are and with the header put before them. What compiles
 * must be an image that is read, and whose bounds are found; then the image itself is damaged, its seal made anew, and read.
 */
#include "fuzz.h"

#include "base/digest.h"
#include "text/numbering.h"
#include "text/numbering_csv.h"
#include "text/numbering_format.h"

static const char header[] = "\xEF\xBB\xBF"
							 "АВС/ DEF;От;До;Емкость;Оператор;Регион;Территория ГАР;ИНН\n";

static void check_rows(vst_str text, const vst_numbering *plan)
{
	vst_numbering_csv csv;
	vst_numbering_row row;
	vst_numbering_entry entry;
	bool found = true;

	HOLDS(vst_numbering_csv_begin(text, &csv, NULL) == VST_OK);
	while (vst_numbering_csv_next(&csv, &row, &found, NULL) == VST_OK && found) {
		int64_t code = INT64_C(70000000000) + (int64_t) row.code * 10000000;

		HOLDS(vst_numbering_find(plan, code + row.first, &entry));
		HOLDS(vst_str_equal(entry.operator_inn, row.inn));
		HOLDS(vst_numbering_is_operator(plan, &entry, row.operator_name));
		HOLDS(vst_numbering_find(plan, code + row.last, &entry));
	}
}

/* Reads every entry that a look-up in a damaged image may reach. */
static void look_around(const vst_numbering *plan)
{
	volatile char sink = 0;

	for (int64_t number = INT64_C(70000000000); number < INT64_C(80000000000); number += 7999993) {
		vst_numbering_entry entry;

		if (vst_numbering_find(plan, number, &entry)) {
			const vst_str texts[] = {entry.operator_name, entry.operator_inn, entry.territory, entry.zones};

			for (size_t i = 0; i < 4; i++) {
				for (size_t j = 0; j < texts[i].len; j++) {
					sink ^= texts[i].ptr[j];
				}
			}
			(void) vst_numbering_is_operator(plan, &entry, VST_STR("nobody"));
		}
	}
	(void) sink;
}

static void damage(const vst_buf *image, const uint8_t *data, size_t size)
{
	char *copy = malloc(image->len);
	vst_numbering plan;
	vst_str parts[2];

	HOLDS(copy != NULL);
	memcpy(copy, image->ptr, image->len);
	for (size_t i = 0; i + 3 < size && i < 64; i += 4) {
		size_t at = ((size_t) data[i] << 16 | (size_t) data[i + 1] << 8 | data[i + 2]) % image->len;

		copy[at] = (char) data[i + 3];
	}
	parts[0] = (vst_str) {copy, VST_PLAN_AT_DIGEST};
	parts[1] = (vst_str) {copy + VST_PLAN_HEADER, image->len - VST_PLAN_HEADER};
	HOLDS(vst_sha256_parts(parts, 2, (unsigned char *) copy + VST_PLAN_AT_DIGEST, NULL) == VST_OK);
	if (vst_numbering_read((vst_str) {copy, image->len}, &plan, NULL) == VST_OK) {
		look_around(&plan);
	}
	free(copy);
}

static void compile(vst_str csv, const uint8_t *data, size_t size)
{
	vst_buf image = VST_BUF_INIT;
	vst_numbering_summary summary;
	vst_numbering plan;

	if (vst_numbering_compile(csv, 1, &image, &summary, NULL) == VST_OK) {
		HOLDS(vst_numbering_read(vst_buf_str(&image), &plan, NULL) == VST_OK);
		HOLDS(plan.ranges == summary.ranges && plan.numbers == summary.numbers);
		check_rows(csv, &plan);
		damage(&image, data, size);
	}
	vst_buf_free(&image);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *whole = malloc(sizeof header - 1 + size);

	HOLDS(whole != NULL);
	memcpy(whole, header, sizeof header - 1);
	if (size > 0) {
		memcpy(whole + sizeof header - 1, data, size);
	}
	compile(vst_str_of((const char *) data, size), data, size);
	compile((vst_str) {whole, sizeof header - 1 + size}, data, size);
	free(whole);
	return 0;
}
