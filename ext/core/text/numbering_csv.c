#include "numbering_csv.h"

#include "numbering_format.h"
#include "utf8.h"

#define COLUMNS 8
#define FIELD_MAX 1000

enum { CODE, FROM, TO, CAPACITY, OPERATOR, REGION, TERRITORY, INN };

static vst_str take_line(vst_str *rest)
{
	const char *end = memchr(rest->ptr, '\n', rest->len);
	vst_str line = {rest->ptr, end != NULL ? (size_t) (end - rest->ptr) : rest->len};

	*rest = end != NULL ? (vst_str) {end + 1, rest->len - line.len - 1} : VST_STR_EMPTY;
	if (line.len > 0 && line.ptr[line.len - 1] == '\r') {
		line.len--;
	}
	return line;
}

/* The count of fields, COLUMNS + 1 for any count above. */
static size_t split(vst_str line, vst_str fields[COLUMNS])
{
	size_t count = 0, start = 0;

	for (size_t i = 0; i <= line.len; i++) {
		if (i < line.len && line.ptr[i] != ';') {
			continue;
		}
		if (count == COLUMNS) {
			return COLUMNS + 1;
		}
		fields[count++] = (vst_str) {line.ptr + start, i - start};
		start = i + 1;
	}
	return count;
}

static bool is_header(const vst_str fields[COLUMNS])
{
	/* The first one mixes alphabets and has a space; "Ё" may come back one day. */
	return vst_str_contains(fields[CODE], VST_STR("DEF")) && vst_str_is(fields[FROM], "От") &&
	       vst_str_is(fields[TO], "До") &&
	       (vst_str_is(fields[CAPACITY], "Емкость") || vst_str_is(fields[CAPACITY], "Ёмкость")) &&
	       vst_str_is(fields[OPERATOR], "Оператор") && vst_str_is(fields[REGION], "Регион") &&
	       vst_str_is(fields[TERRITORY], "Территория ГАР") && vst_str_is(fields[INN], "ИНН");
}

static bool looks_like_html(vst_str text)
{
	size_t i = 0;

	while (i < text.len && (text.ptr[i] == ' ' || text.ptr[i] == '\n' || text.ptr[i] == '\r' || text.ptr[i] == '\t')) {
		i++;
	}
	return i < text.len && text.ptr[i] == '<';
}

vst_rc vst_numbering_csv_begin(vst_str csv, vst_numbering_csv *out, vst_err *err)
{
	vst_str fields[COLUMNS];
	size_t columns, position = 0;

	if (vst_str_starts(csv, VST_STR("\xEF\xBB\xBF"))) {
		csv = (vst_str) {csv.ptr + 3, csv.len - 3};
	}
	if (csv.len == 0) {
		return vst_fail(err, VST_E_INVALID, "csv: the file is empty");
	}
	if (looks_like_html(csv)) {
		return vst_fail(err, VST_E_INVALID, "csv: a web page instead of the numbering plan; the source refused");
	}
	if (vst_utf8_check(csv, &position) != VST_UTF8_OK) {
		return vst_fail(err, VST_E_INVALID, "csv: not UTF-8 at byte %zu; is it an older export?", position);
	}
	out->rest = csv;
	out->line = 1;
	columns = split(take_line(&out->rest), fields);
	if (columns != COLUMNS || !is_header(fields)) {
		return vst_fail(
			err, VST_E_INVALID,
			"csv: line 1: not the header of the numbering plan (eight columns, from \"АВС/ DEF\" to \"ИНН\")");
	}
	return VST_OK;
}

/* Exactly so many digits. */
static bool read_digits(vst_str text, size_t digits, uint32_t *out)
{
	*out = 0;
	for (size_t i = 0; i < text.len && text.len == digits; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9') {
			return false;
		}
		*out = *out * 10 + (uint32_t) (text.ptr[i] - '0');
	}
	return text.len == digits;
}

static bool is_inn(vst_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9') {
			return false;
		}
	}
	return text.len == 10 || text.len == 12; /* a legal entity's or a person's */
}

static const char *check_row(const vst_str fields[COLUMNS], vst_numbering_row *out)
{
	uint32_t capacity;

	if (!read_digits(fields[CODE], 3, &out->code)) {
		return "the code has not three digits";
	}
	if (!read_digits(fields[FROM], 7, &out->first) || !read_digits(fields[TO], 7, &out->last)) {
		return "a bound of the range has not seven digits";
	}
	if (out->last < out->first) {
		return "the range ends before it begins";
	}
	if (fields[CAPACITY].len > 8 || !read_digits(fields[CAPACITY], fields[CAPACITY].len, &capacity) ||
	    capacity != out->last - out->first + 1) {
		return "the capacity is not that of the range";
	}
	if (fields[OPERATOR].len == 0 || fields[OPERATOR].len > FIELD_MAX) {
		return "the operator is missing or too long";
	}
	if (fields[TERRITORY].len == 0 || fields[TERRITORY].len > FIELD_MAX) {
		return "the territory is missing or too long";
	}
	if (!is_inn(fields[INN])) {
		return "the operator's tax number has not 10 or 12 digits";
	}
	out->operator_name = fields[OPERATOR];
	out->territory = fields[TERRITORY];
	out->inn = fields[INN];
	return NULL;
}

vst_rc vst_numbering_csv_next(vst_numbering_csv *csv, vst_numbering_row *out, bool *found, vst_err *err)
{
	vst_str fields[COLUMNS];
	const char *why;

	*found = csv->rest.len > 0;
	if (!*found) {
		return VST_OK;
	}
	csv->line++;
	if (split(take_line(&csv->rest), fields) != COLUMNS) {
		return vst_fail(err, VST_E_INVALID, "csv: line %zu: not eight columns", csv->line);
	}
	why = check_row(fields, out);
	return why == NULL ? VST_OK : vst_fail(err, VST_E_INVALID, "csv: line %zu: %s", csv->line, why);
}
