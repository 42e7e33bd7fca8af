#include "phone.h"

#include <stdio.h>

#include "utf8.h"

#define DIGITS_MAX 20 /* "8-10-" and fifteen digits, with some to spare: more is two numbers */
#define EXTENSION_MAX 7
#define E164_MAX 15

typedef enum mark { MARK_DIGIT, MARK_PLUS, MARK_SEPARATOR, MARK_IGNORED, MARK_COMMA, MARK_OTHER } mark;

/* First digit (0) of the decimal digit runs of Unicode that keyboards and copied pages bring. */
static const uint32_t zeros[] = {0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10};

static mark classify(uint32_t code, int *digit)
{
	if (code >= '0' && code <= '9') {
		*digit = (int) (code - '0');
		return MARK_DIGIT;
	}
	if (code < 0x80) {
		switch (code) {
			case '+': return MARK_PLUS;
			case ' ':
			case '\t':
			case '\r':
			case '\n':
			case '-':
			case '.':
			case '(':
			case ')':
			case '/':
			case '~':
			case '_': return MARK_SEPARATOR;
			case ',':
			case ';': return MARK_COMMA;
			default: return MARK_OTHER;
		}
	}
	for (size_t i = 0; i < sizeof zeros / sizeof zeros[0]; i++) {
		if (code >= zeros[i] && code <= zeros[i] + 9) {
			*digit = (int) (code - zeros[i]);
			return MARK_DIGIT;
		}
	}
	if (code >= 0x1D7CE && code <= 0x1D7FF) { /* mathematical digits, five runs of ten */
		*digit = (int) ((code - 0x1D7CE) % 10);
		return MARK_DIGIT;
	}
	if (code == 0xFF0B) {
		return MARK_PLUS;
	}
	if ((code >= 0x200B && code <= 0x200F) || (code >= 0x202A && code <= 0x202E) || code == 0x2060 ||
	    (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF || code == 0x00AD) {
		return MARK_IGNORED; /* copied from contact lists and messengers */
	}
	if (code == 0x00A0 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F || code == 0x205F || code == 0x3000 ||
	    (code >= 0x2010 && code <= 0x2015) || code == 0x2212 || code == 0x30FC || code == 0xFE58 || code == 0xFE63 ||
	    (code >= 0xFF08 && code <= 0xFF09) || (code >= 0xFF0D && code <= 0xFF0F) || code == 0x00B7 || code == 0x2022) {
		return MARK_SEPARATOR;
	}
	return MARK_OTHER;
}

typedef struct scan {
	char digits[DIGITS_MAX + 1];
	size_t count;
	bool plus;
} scan;

static const char *const extension_words[] = {
	"добавочный", "Добавочный", "доб", "Доб",       "ДОБ", "внутр", "вн", "внут",
	"ext",        "Ext",        "EXT", "extension", "x",   "X",     "#",
};

/* What follows the number is one extension and nothing else. */
static bool is_extension(vst_str raw, size_t offset)
{
	size_t word = 0, digits = 0;
	vst_str rest = {raw.ptr + offset, raw.len - offset};

	for (size_t i = 0; i < sizeof extension_words / sizeof extension_words[0]; i++) {
		vst_str candidate = vst_str_from(extension_words[i]);

		if (candidate.len > word && vst_str_starts(rest, candidate)) {
			word = candidate.len;
		}
	}
	if (word == 0) {
		return false;
	}
	offset = word;
	while (offset < rest.len) {
		int digit = 0;
		uint32_t code = vst_utf8_next(rest, &offset);
		mark kind = classify(code, &digit);

		if (kind == MARK_DIGIT) {
			digits++;
		} else if (kind != MARK_SEPARATOR && kind != MARK_IGNORED && code != ':') {
			return false;
		}
	}
	return digits >= 1 && digits <= EXTENSION_MAX;
}

static bool scan_digits(vst_str raw, scan *out)
{
	size_t offset = 0;
	bool comma = false;

	*out = (scan) {{0}, 0, false};
	if (raw.len >= 4 && vst_str_equal_nocase((vst_str) {raw.ptr, 4}, VST_STR("tel:"))) {
		offset = 4;
	}
	while (offset < raw.len) {
		size_t start = offset;
		int digit = 0;

		switch (classify(vst_utf8_next(raw, &offset), &digit)) {
			case MARK_DIGIT:
				if (comma || out->count == DIGITS_MAX) {
					return false;
				}
				out->digits[out->count++] = (char) ('0' + digit);
				break;
			case MARK_PLUS:
				if (out->plus || out->count > 0) {
					return false;
				}
				out->plus = true;
				break;
			case MARK_COMMA: /* before an extension or at the end; digits after it are another number */
				comma = out->count > 0;
				if (!comma) {
					return false;
				}
				break;
			case MARK_SEPARATOR:
			case MARK_IGNORED: break;
			case MARK_OTHER: return out->count > 0 && is_extension(raw, start);
		}
	}
	return out->count > 0;
}

/*
 * The tens of area codes that the Russian plan holds. 849 it does not: that, 88x and 89x are what remains of a number
 * dialled with 8 that lost a digit.
 */
static bool is_russian_area(const char *area)
{
	static const char tens[] = "30 34 35 36 38 39 40 41 42 47 48 49 80 81 82 83 84 85 86 87";

	for (const char *entry = tens;; entry += 3) {
		if (entry[0] == area[0] && entry[1] == area[1]) {
			return memcmp(area, "849", 3) != 0;
		}
		if (entry[2] == '\0') {
			return false;
		}
	}
}

/* +7 and ten digits. 970 and 971 are mobile here, although they serve satellites and take no SMS: the plan tells. */
static bool describe_plus_seven(const char *digits, vst_phone *out)
{
	char first = digits[1], second = digits[2];

	if (first == '9') {
		out->mobile = 1;
		return true;
	}
	if (first == '3' || first == '4' || first == '8') {
		out->mobile = 0;
		return is_russian_area(digits + 1);
	}
	/*
	 * Kazakhstan: 700 to 708 and 771 to 778 mobile, 71x and 72x fixed, 747, 750, 751, 76x and 78x special. What its
	 * plan does not hold, such as 79x, is a Russian number with a lost digit.
	 */
	if (first == '7' && (second == '0' || second == '7' || (second == '4' && digits[3] == '7'))) {
		out->mobile = 1;
		return true;
	}
	if (first == '7' && (second == '1' || second == '2')) {
		out->mobile = 0;
		return true;
	}
	out->mobile = -1;
	return first == '7' && (second == '6' || (second == '5' && digits[3] <= '1') ||
	                        (second == '8' && (digits[3] == '0' || digits[3] == '5')));
}

static bool describe(const char *digits, size_t count, vst_phone *out)
{
	const vst_country_code *code;

	out->number = 0;
	for (size_t i = 0; i < count && count <= E164_MAX; i++) {
		out->number = out->number * 10 + (digits[i] - '0');
	}
	if (digits[0] == '7') { /* nearly all numbers: without a search in the table */
		memcpy(out->country, digits[1] == '6' || digits[1] == '7' ? "KZ" : "RU", sizeof out->country);
		return count == 11 && describe_plus_seven(digits, out);
	}
	code = vst_country_code_of(digits, count);
	if (code == NULL || count < code->min || count > code->max) {
		return false;
	}
	memcpy(out->country, code->country, sizeof out->country);
	out->mobile = -1;
	/* North America: neither area code nor exchange begins with 0 or 1. */
	return digits[0] != '1' || (digits[1] >= '2' && digits[4] >= '2');
}

static bool describe_with(const char *prefix, const char *national, vst_phone *out)
{
	char digits[DIGITS_MAX + 8];
	size_t code = strlen(prefix), rest = strlen(national);

	memcpy(digits, prefix, code);
	memcpy(digits + code, national, rest);
	digits[code + rest] = '\0';
	return describe(digits, code + rest, out);
}

/* Digits as dialled inside Russia and Kazakhstan. */
static bool parse_plus_seven_region(const char *digits, size_t count, vst_phone *out)
{
	if (digits[0] == '0' && digits[1] == '0') {
		return describe(digits + 2, count - 2, out);
	}
	if (count >= 11 && strncmp(digits, "810", 3) == 0) {
		return describe(digits + 3, count - 3, out);
	}
	if (count == 11 && digits[0] == '8') {
		return describe_with("7", digits + 1, out);
	}
	if (count == 10) {
		return describe_with("7", digits, out);
	}
	return count == 11 && digits[0] == '7' && describe(digits, count, out);
}

/* ITU-T E.164: which country codes have one or two digits; all others have three. */
static size_t country_code_len(const char *digits)
{
	static const char *const two =
		"20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 "
		"62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98";

	if (digits[0] == '1' || digits[0] == '7') {
		return 1;
	}
	for (const char *code = two;; code += 3) {
		if (code[0] == digits[0] && code[1] == digits[1]) {
			return 2;
		}
		if (code[2] == '\0') {
			return 3;
		}
	}
}

static bool parse_other_region(const vst_country_code *entry, const char *digits, size_t count, vst_phone *out)
{
	size_t own = country_code_len(entry->prefix);
	char code[4] = {0};

	if (digits[0] == '0' && digits[1] == '0') {
		return describe(digits + 2, count - 2, out);
	}
	memcpy(code, entry->prefix, own);
	if (strncmp(digits, code, own) == 0 && count >= entry->min && count <= entry->max && describe(digits, count, out)) {
		return true;
	}
	if (digits[0] == '0' && !vst_str_is(vst_str_from(entry->country), "IT")) {
		digits++; /* trunk prefix; in Italy the zero belongs to the number */
	}
	return describe_with(code, digits, out);
}

bool vst_phone_parse(vst_str raw, vst_str region, vst_phone *out)
{
	bool plus_seven = vst_str_is(region, "RU") || vst_str_is(region, "KZ");
	const vst_country_code *code = plus_seven ? NULL : vst_country_code_for(region);
	vst_phone phone = {0, "", -1};
	bool valid;
	scan found;

	if ((!plus_seven && code == NULL) || !scan_digits(raw, &found)) {
		return false;
	}
	if (found.plus) {
		/* "+8 916 …": no country has +89, so this is a Russian number dialled with 8 and typed with a plus */
		bool trunk = found.count == 11 && strncmp(found.digits, "89", 2) == 0;

		valid = trunk ? describe_with("7", found.digits + 1, &phone) : describe(found.digits, found.count, &phone);
	} else if (plus_seven) {
		valid = parse_plus_seven_region(found.digits, found.count, &phone);
	} else {
		valid = parse_other_region(code, found.digits, found.count, &phone);
	}
	if (valid) {
		*out = phone;
	}
	return valid;
}

bool vst_phone_describe(int64_t number, vst_phone *out)
{
	char digits[24];
	vst_phone phone = {0, "", -1};
	int len = snprintf(digits, sizeof digits, "%lld", (long long) number);

	if (number <= 0 || !describe(digits, (size_t) len, &phone)) {
		return false;
	}
	*out = phone;
	return true;
}

bool vst_phone_region_known(vst_str region)
{
	return vst_country_code_for(region) != NULL;
}

void vst_phone_format(int64_t number, char out[VST_PHONE_TEXT])
{
	char digits[24];

	(void) snprintf(digits, sizeof digits, "+%lld", (long long) number);
	memcpy(out, digits, VST_PHONE_TEXT - 1);
	out[VST_PHONE_TEXT - 1] = '\0';
}

void vst_phone_mask(int64_t number, char out[VST_PHONE_MASK])
{
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%lld", (long long) number);
	int shown = len > 5 ? (int) country_code_len(digits) : 0;

	(void) snprintf(out, VST_PHONE_MASK, "+%.*s*******%s", shown, digits, len > 5 ? digits + len - 2 : "");
}
