/*
 * CSV → image. Operators are known by their tax number, since one has several spellings; ranges name the spelling with
 * the most numbers, the others stay in the table so that a route may be written with any of them.
 */
#include <stdlib.h>

#include "base/digest.h"
#include "numbering.h"
#include "numbering_csv.h"
#include "numbering_format.h"
#include "territories.h"

#define IDS_MAX 0xFFFFu /* ranges name operators and territories by 16 bits */

/* A list of different texts with a hash over it: pairs (operator: name and tax number; territory: name and zones). */
typedef struct entry {
	vst_str first, second;
	int64_t numbers;
	uint32_t main; /* operators: the entry that ranges name instead, or this one */
	uint32_t id;   /* its place in the image */
} entry;

typedef struct table {
	entry *entries;
	uint32_t count, capacity;
	uint32_t *slots; /* entry number + 1; a power of two, at least twice the capacity */
} table;

typedef struct range {
	uint32_t code, first, last, operator_entry, territory_entry;
} range;

typedef struct compiler {
	range *ranges;
	uint32_t count, capacity;
	table operators, territories;
	vst_buf strings;
	vst_numbering_summary summary;
} compiler;

static uint32_t hash(vst_str a, vst_str b)
{
	uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */

	for (size_t i = 0; i < a.len + b.len; i++) {
		h = (h ^ (unsigned char) (i < a.len ? a.ptr[i] : b.ptr[i - a.len])) * UINT64_C(1099511628211);
	}
	return (uint32_t) (h ^ h >> 32);
}

static uint32_t *slot_of(const table *t, vst_str first, vst_str second)
{
	uint32_t mask = t->capacity * 2 - 1, at = hash(first, second) & mask;

	while (t->slots[at] != 0 && !(vst_str_equal(t->entries[t->slots[at] - 1].first, first) &&
	                              vst_str_equal(t->entries[t->slots[at] - 1].second, second))) {
		at = (at + 1) & mask;
	}
	return &t->slots[at];
}

static bool grow(table *t)
{
	uint32_t capacity = t->capacity == 0 ? 128 : t->capacity * 2;
	entry *entries = realloc(t->entries, capacity * sizeof *entries);
	uint32_t *slots = calloc((size_t) capacity * 2, sizeof *slots);

	if (entries != NULL) {
		t->entries = entries;
	}
	if (entries == NULL || slots == NULL) {
		free(slots);
		return false;
	}
	free(t->slots);
	t->slots = slots;
	t->capacity = capacity;
	for (uint32_t i = 0; i < t->count; i++) {
		*slot_of(t, t->entries[i].first, t->entries[i].second) = i + 1;
	}
	return true;
}

static vst_rc find_or_add(table *t, vst_str first, vst_str second, uint32_t *number, bool *added, vst_err *err)
{
	uint32_t *slot;

	if (t->count == t->capacity && !grow(t)) {
		return vst_fail_nomem(err);
	}
	slot = slot_of(t, first, second);
	*added = *slot == 0;
	if (*added) {
		t->entries[t->count] = (entry) {first, second, 0, t->count, 0};
		*slot = ++t->count;
	}
	*number = *slot - 1;
	return VST_OK;
}

static vst_rc add_territory(compiler *c, vst_str text, uint32_t *number, vst_err *err)
{
	vst_territory territory;
	bool added;
	vst_rc rc;

	vst_territory_read(text, &territory);
	rc = find_or_add(&c->territories, territory.name, VST_STR_EMPTY, number, &added, err);
	if (rc == VST_OK && added && territory.kind == VST_TERRITORY_UNKNOWN) {
		if (c->summary.unknown_territories++ == 0) {
			c->summary.unknown_territory = territory.name;
		}
	}
	return rc;
}

static vst_rc add_row(compiler *c, const vst_numbering_row *row, size_t line, vst_err *err)
{
	const range *before = c->count > 0 ? &c->ranges[c->count - 1] : NULL;
	range added = {row->code, row->first, row->last, 0, 0};
	bool is_new;
	vst_rc rc;

	if (before != NULL && (row->code < before->code || (row->code == before->code && row->first <= before->last))) {
		return vst_fail(err, VST_E_INVALID, "csv: line %zu: the range overlaps the one before it, or stands before it",
		                line);
	}
	if (c->count == c->capacity) {
		uint32_t capacity = c->capacity == 0 ? 4096 : c->capacity * 2;
		range *ranges = realloc(c->ranges, capacity * sizeof *ranges);

		if (ranges == NULL) {
			return vst_fail_nomem(err);
		}
		c->ranges = ranges;
		c->capacity = capacity;
	}
	if ((rc = find_or_add(&c->operators, row->operator_name, row->inn, &added.operator_entry, &is_new, err)) !=
	        VST_OK ||
	    (rc = add_territory(c, row->territory, &added.territory_entry, err)) != VST_OK) {
		return rc;
	}
	c->operators.entries[added.operator_entry].numbers += row->last - row->first + 1;
	c->summary.numbers += row->last - row->first + 1;
	c->ranges[c->count++] = added;
	return VST_OK;
}

static vst_rc read_rows(compiler *c, vst_str text, vst_err *err)
{
	vst_numbering_csv csv;
	vst_numbering_row row;
	bool found = true;
	vst_rc rc = vst_numbering_csv_begin(text, &csv, err);

	while (rc == VST_OK && found) {
		rc = vst_numbering_csv_next(&csv, &row, &found, err);
		if (rc == VST_OK && found) {
			rc = add_row(c, &row, csv.line, err);
		}
	}
	if (rc == VST_OK && c->count == 0) {
		rc = vst_fail(err, VST_E_INVALID, "csv: the numbering plan has no ranges");
	}
	return rc;
}

/* Chooses one spelling for each tax number and gives the chosen ones the first places. */
static vst_rc number_operators(compiler *c, vst_err *err)
{
	table mains = {NULL, 0, 0, NULL};
	uint32_t next = 0;
	vst_rc rc = VST_OK;

	for (uint32_t i = 0; rc == VST_OK && i < c->operators.count; i++) {
		entry *spelling = &c->operators.entries[i];
		uint32_t number;
		bool added;

		rc = find_or_add(&mains, spelling->second, VST_STR_EMPTY, &number, &added, err);
		if (rc == VST_OK && (added || spelling->numbers > c->operators.entries[mains.entries[number].main].numbers)) {
			mains.entries[number].main = i;
		}
	}
	for (uint32_t i = 0; rc == VST_OK && i < mains.count; i++) {
		c->operators.entries[mains.entries[i].main].id = next++;
	}
	for (uint32_t i = 0; rc == VST_OK && i < c->operators.count; i++) {
		entry *spelling = &c->operators.entries[i];

		spelling->main = mains.entries[*slot_of(&mains, spelling->second, VST_STR_EMPTY) - 1].main;
		if (spelling->main != i) {
			spelling->id = next++;
		}
	}
	c->summary.operators = mains.count;
	if (rc == VST_OK && (mains.count > IDS_MAX || c->territories.count > IDS_MAX)) {
		rc = vst_fail(err, VST_E_INVALID, "csv: more than %u operators or territories", IDS_MAX);
	}
	free(mains.entries);
	free(mains.slots);
	return rc;
}

static void put_string(compiler *c, unsigned char *reference, vst_str text)
{
	vst_plan_put(reference, c->strings.len, 4);
	vst_plan_put(reference + 4, text.len, 4);
	vst_buf_append(&c->strings, text);
}

static void put_ranges(const compiler *c, unsigned char *index, unsigned char *ranges)
{
	uint32_t code = 0;

	for (uint32_t i = 0; i < c->count; i++) {
		const range *r = &c->ranges[i];
		unsigned char *at = ranges + (size_t) i * VST_PLAN_RANGE_BYTES;

		while (code <= r->code) {
			vst_plan_put(index + (size_t) 4 * code++, i, 4);
		}
		vst_plan_put(at, r->first, 4);
		vst_plan_put(at + 4, r->last, 4);
		vst_plan_put(at + 8, c->operators.entries[c->operators.entries[r->operator_entry].main].id, 2);
		vst_plan_put(at + 10, r->territory_entry, 2);
	}
	while (code <= VST_PLAN_CODES) {
		vst_plan_put(index + (size_t) 4 * code++, c->count, 4);
	}
}

static void put_tables(compiler *c, unsigned char *operators, unsigned char *territories)
{
	for (uint32_t i = 0; i < c->operators.count; i++) {
		const entry *e = &c->operators.entries[i];
		unsigned char *at = operators + (size_t) e->id * VST_PLAN_ENTRY_BYTES;

		put_string(c, at, e->first);
		put_string(c, at + 8, e->second);
	}
	for (uint32_t i = 0; i < c->territories.count; i++) {
		unsigned char *at = territories + (size_t) i * VST_PLAN_ENTRY_BYTES;
		vst_territory territory;

		vst_territory_read(c->territories.entries[i].first, &territory);
		put_string(c, at, territory.name);
		put_string(c, at + 8, vst_str_from(territory.zones));
	}
}

static void put_header(const compiler *c, size_t size, int64_t now, unsigned char *header)
{
	memcpy(header, VST_PLAN_MAGIC, sizeof VST_PLAN_MAGIC - 1);
	vst_plan_put(header + VST_PLAN_AT_VERSION, VST_PLAN_VERSION, 4);
	vst_plan_put(header + VST_PLAN_AT_RANGES, c->count, 4);
	vst_plan_put(header + VST_PLAN_AT_SIZE, size, 8);
	vst_plan_put(header + VST_PLAN_AT_IMPORTED, (uint64_t) now, 8);
	vst_plan_put(header + VST_PLAN_AT_NUMBERS, (uint64_t) c->summary.numbers, 8);
	vst_plan_put(header + VST_PLAN_AT_OPERATORS, c->operators.count, 4);
	vst_plan_put(header + VST_PLAN_AT_TERRITORIES, c->territories.count, 4);
	vst_plan_put(header + VST_PLAN_AT_STRINGS, c->strings.len, 4);
	vst_plan_put(header + VST_PLAN_AT_OPERATOR_NAMES, c->summary.operators, 4);
}

static vst_rc seal(vst_buf *image, vst_str csv, vst_err *err)
{
	vst_str parts[2] = {csv, VST_STR_EMPTY};
	unsigned char digest[VST_SHA256_LEN];
	vst_rc rc = vst_sha256_parts(parts, 1, digest, err);

	if (rc != VST_OK) {
		return rc;
	}
	memcpy(image->ptr + VST_PLAN_AT_SOURCE, digest, sizeof digest);
	parts[0] = (vst_str) {image->ptr, VST_PLAN_AT_DIGEST};
	parts[1] = (vst_str) {image->ptr + VST_PLAN_HEADER, image->len - VST_PLAN_HEADER};
	rc = vst_sha256_parts(parts, 2, digest, err);
	if (rc == VST_OK) {
		memcpy(image->ptr + VST_PLAN_AT_DIGEST, digest, sizeof digest);
	}
	return rc;
}

static vst_rc put_image(compiler *c, vst_str csv, int64_t now, vst_buf *out, vst_err *err)
{
	size_t operators = VST_PLAN_HEADER + VST_PLAN_INDEX_BYTES + (size_t) c->count * VST_PLAN_RANGE_BYTES;
	size_t territories = operators + (size_t) c->operators.count * VST_PLAN_ENTRY_BYTES;
	size_t tables = territories + (size_t) c->territories.count * VST_PLAN_ENTRY_BYTES;
	unsigned char *image = calloc(1, tables);

	if (image == NULL) {
		return vst_fail_nomem(err);
	}
	put_ranges(c, image + VST_PLAN_HEADER, image + VST_PLAN_HEADER + VST_PLAN_INDEX_BYTES);
	put_tables(c, image + operators, image + territories);
	put_header(c, tables + c->strings.len, now, image);
	vst_buf_append(out, (vst_str) {(const char *) image, tables});
	vst_buf_append(out, vst_buf_str(&c->strings));
	free(image);
	return out->failed || c->strings.failed ? vst_fail_nomem(err) : seal(out, csv, err);
}

vst_rc vst_numbering_compile(vst_str csv, int64_t now, vst_buf *out, vst_numbering_summary *summary, vst_err *err)
{
	compiler c;
	vst_rc rc = VST_OK;

	memset(&c, 0, sizeof c);
	c.summary.unknown_territory = VST_STR_EMPTY;
	if (csv.len > VST_NUMBERING_CSV_MAX) {
		rc = vst_fail(err, VST_E_INVALID, "csv: longer than %zu bytes", VST_NUMBERING_CSV_MAX);
	}
	if (rc == VST_OK && (rc = read_rows(&c, csv, err)) == VST_OK && (rc = number_operators(&c, err)) == VST_OK) {
		rc = put_image(&c, csv, now, out, err);
	}
	if (rc == VST_OK) {
		c.summary.ranges = c.count;
		c.summary.territories = c.territories.count;
		*summary = c.summary;
	}
	free(c.ranges);
	free(c.operators.entries);
	free(c.operators.slots);
	free(c.territories.entries);
	free(c.territories.slots);
	vst_buf_free(&c.strings);
	return rc;
}
