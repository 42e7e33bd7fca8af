#include "phone.h"

#include <stdio.h>

#include "phone_digits.h"
#include "utf8.h"

#define EXTENSION_MAX 7

typedef struct scan {
	char digits[VST_PHONE_DIGITS_MAX];
	size_t count;
	bool plus;
} scan;

/* clang-format off */
static const char *const extension_words[] = {
	"доб", "Доб", "ДОБ", "добавочный", "Добавочный", "ДОБАВОЧНЫЙ", "доп", "Доп", "ДОП",
	"вн", "Вн", "ВН", "внут", "Внут", "внутр", "Внутр", "внутренний", "Внутренний",
	"ext", "Ext", "EXT", "extension", "Extension", "x", "X", "х", "Х", "#",
};
/* clang-format on */

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
		char digit = 0;
		vst_phone_mark mark = vst_phone_next(rest, &offset, &digit);

		if (mark == VST_PHONE_DIGIT) {
			digits++;
		} else if (mark == VST_PHONE_COMMA || mark == VST_PHONE_PLUS || (mark == VST_PHONE_OTHER && digit != ':')) {
			return false;
		}
	}
	return digits >= 1 && digits <= EXTENSION_MAX;
}

static bool scan_digits(vst_str raw, scan *out)
{
	size_t offset = 0;
	bool comma = false;

	out->count = 0;
	out->plus = false;
	if (raw.len >= 4 && vst_str_equal_nocase((vst_str) {raw.ptr, 4}, VST_STR("tel:"))) {
		offset = 4;
	}
	while (offset < raw.len) {
		size_t start = offset;
		char digit = 0;

		switch (vst_phone_next(raw, &offset, &digit)) {
			case VST_PHONE_DIGIT:
				if (comma || out->count == VST_PHONE_DIGITS_MAX) {
					return false;
				}
				out->digits[out->count++] = digit;
				break;
			case VST_PHONE_PLUS:
				if (out->plus || out->count > 0) {
					return false;
				}
				out->plus = true;
				break;
			case VST_PHONE_COMMA: /* before an extension or at the end; digits after it are another number */
				comma = out->count > 0;
				if (!comma) {
					return false;
				}
				break;
			case VST_PHONE_OTHER: return out->count > 0 && is_extension(raw, start);
			default: break;
		}
	}
	return out->count > 0;
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

/* Digits as dialled inside another country. */
static bool read_abroad(const vst_country_code *entry, const char *digits, size_t count, vst_phone *out)
{
	size_t own = country_code_len(entry->prefix);
	char international[4 + VST_PHONE_DIGITS_MAX];

	if (count > 2 && digits[0] == '0' && digits[1] == '0') {
		return vst_phone_international(digits + 2, count - 2, out);
	}
	if (count >= entry->min && count <= entry->max && memcmp(digits, entry->prefix, own) == 0 &&
	    vst_phone_international(digits, count, out)) {
		return true;
	}
	if (digits[0] == '0' && !vst_str_is(vst_str_from(entry->country), "IT")) {
		digits++; /* trunk prefix; in Italy the zero belongs to the number */
		count--;
	}
	memcpy(international, entry->prefix, own);
	memcpy(international + own, digits, count);
	return vst_phone_international(international, own + count, out);
}

bool vst_phone_parse(vst_str raw, vst_str region, vst_phone *out)
{
	bool at_home = vst_str_is(region, "RU") || vst_str_is(region, "KZ");
	const vst_country_code *code = at_home ? NULL : vst_country_code_for(region);
	vst_phone phone = {0, "", -1};
	bool valid;
	scan found;

	if ((!at_home && code == NULL) || !scan_digits(raw, &found)) {
		return false;
	}
	if (found.plus) {
		valid = vst_phone_with_plus(found.digits, found.count, &phone);
	} else if (at_home) {
		valid = vst_phone_at_home(found.digits, found.count, &phone);
	} else {
		valid = read_abroad(code, found.digits, found.count, &phone);
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

	if (number <= 0 || !vst_phone_international(digits, (size_t) len, &phone)) {
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
	size_t at = sizeof digits;
	uint64_t rest = number > 0 ? (uint64_t) number : 0; /* by hand: this is a hot path */
	size_t len;

	do {
		digits[--at] = (char) ('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	digits[--at] = '+';
	len = sizeof digits - at < VST_PHONE_TEXT ? sizeof digits - at : VST_PHONE_TEXT - 1;
	memcpy(out, digits + at, len);
	out[len] = '\0';
}

void vst_phone_mask(int64_t number, char out[VST_PHONE_MASK])
{
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%lld", (long long) number);
	int shown = len > 5 ? (int) country_code_len(digits) : 0;

	(void) snprintf(out, VST_PHONE_MASK, "+%.*s*******%s", shown, digits, len > 5 ? digits + len - 2 : "");
}
