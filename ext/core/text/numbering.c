#include "numbering.h"

#include "base/digest.h"
#include "numbering_format.h"
#include "territories.h"
#include "utf8.h"

#define NATIONAL_DIGITS INT64_C(10000000000)

static const unsigned char *bytes_of(const vst_numbering *plan)
{
	return (const unsigned char *) plan->image.ptr;
}

static const unsigned char *range_at(const vst_numbering *plan, uint32_t number)
{
	return bytes_of(plan) + VST_PLAN_HEADER + VST_PLAN_INDEX_BYTES + (size_t) number * VST_PLAN_RANGE_BYTES;
}

static uint32_t first_of_code(const vst_numbering *plan, uint32_t code)
{
	return vst_plan_u32(bytes_of(plan) + VST_PLAN_HEADER + (size_t) code * 4);
}

static const unsigned char *operator_at(const vst_numbering *plan, uint32_t number)
{
	return range_at(plan, plan->ranges) + (size_t) number * VST_PLAN_ENTRY_BYTES;
}

static const unsigned char *territory_at(const vst_numbering *plan, uint32_t number)
{
	return operator_at(plan, plan->operators) + (size_t) number * VST_PLAN_ENTRY_BYTES;
}

static vst_str string_at(const vst_numbering *plan, const unsigned char *reference)
{
	const char *strings = (const char *) territory_at(plan, plan->territories);

	return (vst_str) {strings + vst_plan_u32(reference), vst_plan_u32(reference + 4)};
}

/* ---- checking ---- */

static bool check_digest(vst_str image, vst_err *err)
{
	const vst_str parts[] = {
		{image.ptr, VST_PLAN_AT_DIGEST},
		{image.ptr + VST_PLAN_HEADER, image.len - VST_PLAN_HEADER},
	};
	unsigned char digest[VST_SHA256_LEN];

	return vst_sha256_parts(parts, 2, digest, err) == VST_OK &&
	       memcmp(digest, image.ptr + VST_PLAN_AT_DIGEST, sizeof digest) == 0;
}

static bool check_index(const vst_numbering *plan)
{
	uint32_t before = 0;

	for (uint32_t code = 0; code <= VST_PLAN_CODES; code++) {
		uint32_t first = first_of_code(plan, code);

		if (first < before || first > plan->ranges) {
			return false;
		}
		before = first;
	}
	return first_of_code(plan, 0) == 0 && before == plan->ranges;
}

static bool check_ranges(const vst_numbering *plan, uint32_t named_operators)
{
	for (uint32_t code = 0; code < VST_PLAN_CODES; code++) {
		uint32_t free_from = 0;

		for (uint32_t i = first_of_code(plan, code); i < first_of_code(plan, code + 1); i++) {
			const unsigned char *range = range_at(plan, i);
			uint32_t first = vst_plan_u32(range), last = vst_plan_u32(range + 4);

			if (first < free_from || last < first || last > VST_PLAN_SUBSCRIBER_MAX ||
			    vst_plan_u16(range + 8) >= named_operators || vst_plan_u16(range + 10) >= plan->territories) {
				return false;
			}
			free_from = last + 1;
		}
	}
	return true;
}

static bool check_string(const vst_numbering *plan, const unsigned char *reference, uint32_t bytes)
{
	uint64_t end = (uint64_t) vst_plan_u32(reference) + vst_plan_u32(reference + 4);

	return end <= bytes && vst_utf8_check(string_at(plan, reference), NULL) == VST_UTF8_OK;
}

/* As long and as many as what reads them has room for. */
static bool check_zones(vst_str zones)
{
	size_t names = zones.len > 0 ? 1 : 0, len = 0;

	for (size_t i = 0; i < zones.len; i++) {
		len = zones.ptr[i] == '|' ? 0 : len + 1;
		names += zones.ptr[i] == '|';
		if (len > 32 || (len == 0 && (i == 0 || zones.ptr[i - 1] == '|'))) {
			return false;
		}
	}
	return names <= VST_TERRITORY_ZONES_MAX && (names == 0 || len > 0);
}

static bool check_strings(const vst_numbering *plan, uint32_t bytes)
{
	for (uint32_t i = 0; i < plan->operators + plan->territories; i++) {
		const unsigned char *entry = operator_at(plan, i); /* the territories follow at once */

		if (!check_string(plan, entry, bytes) || !check_string(plan, entry + 8, bytes) ||
		    (i >= plan->operators && !check_zones(string_at(plan, entry + 8)))) {
			return false;
		}
	}
	return true;
}

vst_rc vst_numbering_read(vst_str image, vst_numbering *out, vst_err *err)
{
	const unsigned char *header = (const unsigned char *) image.ptr;
	vst_numbering plan = {.image = image};
	uint32_t string_bytes, named_operators;
	uint64_t size;

	if (image.len < VST_PLAN_HEADER + VST_PLAN_INDEX_BYTES || memcmp(header, VST_PLAN_MAGIC, 8) != 0) {
		return vst_fail(err, VST_E_CORRUPT, "not a compiled numbering plan");
	}
	if (vst_plan_u32(header + VST_PLAN_AT_VERSION) != VST_PLAN_VERSION) {
		return vst_fail(err, VST_E_CORRUPT, "a numbering plan compiled by another version: import it again");
	}
	plan.ranges = vst_plan_u32(header + VST_PLAN_AT_RANGES);
	plan.operators = vst_plan_u32(header + VST_PLAN_AT_OPERATORS);
	plan.territories = vst_plan_u32(header + VST_PLAN_AT_TERRITORIES);
	plan.imported = (int64_t) (vst_plan_u64(header + VST_PLAN_AT_IMPORTED) & INT64_MAX);
	plan.numbers = (int64_t) (vst_plan_u64(header + VST_PLAN_AT_NUMBERS) & INT64_MAX);
	string_bytes = vst_plan_u32(header + VST_PLAN_AT_STRINGS);
	named_operators = vst_plan_u32(header + VST_PLAN_AT_OPERATOR_NAMES);
	size = VST_PLAN_HEADER + VST_PLAN_INDEX_BYTES + (uint64_t) plan.ranges * VST_PLAN_RANGE_BYTES +
	       ((uint64_t) plan.operators + plan.territories) * VST_PLAN_ENTRY_BYTES + string_bytes;
	if (size != image.len || size != vst_plan_u64(header + VST_PLAN_AT_SIZE)) {
		return vst_fail(err, VST_E_CORRUPT, "a numbering plan that is cut off: import it again");
	}
	if (!check_digest(image, err) || named_operators > plan.operators || !check_index(&plan) ||
	    !check_ranges(&plan, named_operators) || !check_strings(&plan, string_bytes)) {
		return vst_fail(err, VST_E_CORRUPT, "a damaged numbering plan: import it again");
	}
	*out = plan;
	return VST_OK;
}

/* ---- looking up ---- */

bool vst_numbering_find(const vst_numbering *plan, int64_t number, vst_numbering_entry *out)
{
	uint32_t subscriber, code, from, to;
	const unsigned char *range;

	if (number / NATIONAL_DIGITS != 7 || number < 0) {
		return false;
	}
	code = (uint32_t) (number % NATIONAL_DIGITS / (VST_PLAN_SUBSCRIBER_MAX + 1));
	subscriber = (uint32_t) (number % (VST_PLAN_SUBSCRIBER_MAX + 1));
	from = first_of_code(plan, code);
	to = first_of_code(plan, code + 1);
	while (from < to) { /* the first range that ends at the number or behind it */
		uint32_t middle = from + (to - from) / 2;

		if (vst_plan_u32(range_at(plan, middle) + 4) < subscriber) {
			from = middle + 1;
		} else {
			to = middle;
		}
	}
	if (from == first_of_code(plan, code + 1) || vst_plan_u32(range_at(plan, from)) > subscriber) {
		return false;
	}
	range = range_at(plan, from);
	out->operator_name = string_at(plan, operator_at(plan, vst_plan_u16(range + 8)));
	out->operator_inn = string_at(plan, operator_at(plan, vst_plan_u16(range + 8)) + 8);
	out->territory = string_at(plan, territory_at(plan, vst_plan_u16(range + 10)));
	out->zones = string_at(plan, territory_at(plan, vst_plan_u16(range + 10)) + 8);
	return true;
}

bool vst_numbering_is_operator(const vst_numbering *plan, const vst_numbering_entry *entry, vst_str text)
{
	if (vst_str_equal(entry->operator_inn, text) || vst_str_equal(entry->operator_name, text)) {
		return true;
	}
	for (uint32_t i = 0; i < plan->operators; i++) {
		if (vst_str_equal(string_at(plan, operator_at(plan, i)), text) &&
		    vst_str_equal(string_at(plan, operator_at(plan, i) + 8), entry->operator_inn)) {
			return true;
		}
	}
	return false;
}
