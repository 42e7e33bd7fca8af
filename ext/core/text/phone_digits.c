#include "phone_digits.h"

#include "utf8.h"

#define E164_MAX 15

/* clang-format off */
static const unsigned char ascii[128] = {
	['0'] = VST_PHONE_DIGIT, ['1'] = VST_PHONE_DIGIT, ['2'] = VST_PHONE_DIGIT, ['3'] = VST_PHONE_DIGIT,
	['4'] = VST_PHONE_DIGIT, ['5'] = VST_PHONE_DIGIT, ['6'] = VST_PHONE_DIGIT, ['7'] = VST_PHONE_DIGIT,
	['8'] = VST_PHONE_DIGIT, ['9'] = VST_PHONE_DIGIT,
	['+'] = VST_PHONE_PLUS,
	[' '] = VST_PHONE_SEPARATOR, ['\t'] = VST_PHONE_SEPARATOR, ['-'] = VST_PHONE_SEPARATOR,
	['.'] = VST_PHONE_SEPARATOR, [')'] = VST_PHONE_SEPARATOR, ['/'] = VST_PHONE_SEPARATOR,
	['~'] = VST_PHONE_SEPARATOR, ['_'] = VST_PHONE_SEPARATOR, ['['] = VST_PHONE_SEPARATOR,
	[']'] = VST_PHONE_SEPARATOR, ['\''] = VST_PHONE_SEPARATOR, ['"'] = VST_PHONE_SEPARATOR,
	['\r'] = VST_PHONE_BREAK, ['\n'] = VST_PHONE_BREAK,
	['('] = VST_PHONE_OPENING,
	[','] = VST_PHONE_COMMA, [';'] = VST_PHONE_COMMA,
};
/* clang-format on */

/* The zeros of Unicode's decimal digits (general category Nd, Unicode 15) below U+10000, in order. */
static const uint16_t zeros[] = {
	0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66,
	0x0DE6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90,
	0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
};

typedef struct span {
	uint16_t first, last;
	unsigned char mark;
} span;

/* In order. */
static const span spans[] = {
	{0x00A0, 0x00A0, VST_PHONE_SEPARATOR}, /* no-break space */
	{0x00AB, 0x00AB, VST_PHONE_SEPARATOR}, /* « */
	{0x00AD, 0x00AD, VST_PHONE_IGNORED},   /* soft hyphen */
	{0x00B7, 0x00B7, VST_PHONE_SEPARATOR}, /* middle dot */
	{0x00BB, 0x00BB, VST_PHONE_SEPARATOR}, /* » */
	{0x2000, 0x200A, VST_PHONE_SEPARATOR}, /* spaces */
	{0x200B, 0x200F, VST_PHONE_IGNORED},   /* zero width, direction */
	{0x2010, 0x2015, VST_PHONE_SEPARATOR}, /* dashes */
	{0x2018, 0x201F, VST_PHONE_SEPARATOR}, /* quotes */
	{0x2022, 0x2022, VST_PHONE_SEPARATOR}, /* bullet */
	{0x2028, 0x2029, VST_PHONE_BREAK},     /* line and paragraph separators */
	{0x202A, 0x202E, VST_PHONE_IGNORED},   /* direction */
	{0x202F, 0x202F, VST_PHONE_SEPARATOR}, /* narrow no-break space */
	{0x2053, 0x2053, VST_PHONE_SEPARATOR}, /* swung dash */
	{0x205F, 0x205F, VST_PHONE_SEPARATOR}, /* mathematical space */
	{0x2060, 0x2060, VST_PHONE_IGNORED},   /* word joiner */
	{0x2066, 0x2069, VST_PHONE_IGNORED},   /* direction */
	{0x20E3, 0x20E3, VST_PHONE_IGNORED},   /* the key around an emoji digit */
	{0x2212, 0x2212, VST_PHONE_SEPARATOR}, /* minus */
	{0x223C, 0x223C, VST_PHONE_SEPARATOR}, /* tilde operator */
	{0x2500, 0x2501, VST_PHONE_SEPARATOR}, /* box lines, which pass for dashes */
	{0x3000, 0x3000, VST_PHONE_SEPARATOR}, /* ideographic space */
	{0x30FC, 0x30FC, VST_PHONE_SEPARATOR}, /* prolonged sound mark, which passes for a dash */
	{0xFE0E, 0xFE0F, VST_PHONE_IGNORED},   /* text or emoji form */
	{0xFE58, 0xFE58, VST_PHONE_SEPARATOR}, /* small dash */
	{0xFE63, 0xFE63, VST_PHONE_SEPARATOR}, /* small hyphen */
	{0xFEFF, 0xFEFF, VST_PHONE_IGNORED},   /* byte order mark */
	{0xFF08, 0xFF08, VST_PHONE_OPENING},   /* fullwidth ( */
	{0xFF09, 0xFF09, VST_PHONE_SEPARATOR}, /* fullwidth ) */
	{0xFF0B, 0xFF0B, VST_PHONE_PLUS},      /* fullwidth + */
	{0xFF0D, 0xFF0F, VST_PHONE_SEPARATOR}, /* fullwidth - . / */
};

static vst_phone_mark classify(uint32_t code, char *digit)
{
	size_t i = 0;

	if (code >= 0x1D7CE && code <= 0x1D7FF) { /* mathematical digits, five runs of ten */
		*digit = (char) ('0' + (code - 0x1D7CE) % 10);
		return VST_PHONE_DIGIT;
	}
	if (code > 0xFFFF) {
		return VST_PHONE_OTHER;
	}
	while (i < sizeof spans / sizeof spans[0] && spans[i].last < code) {
		i++;
	}
	if (i < sizeof spans / sizeof spans[0] && code >= spans[i].first) {
		return (vst_phone_mark) spans[i].mark;
	}
	for (i = 0; i < sizeof zeros / sizeof zeros[0] && zeros[i] <= code; i++) {
		if (code <= zeros[i] + 9u) {
			*digit = (char) ('0' + (code - zeros[i]));
			return VST_PHONE_DIGIT;
		}
	}
	return VST_PHONE_OTHER;
}

vst_phone_mark vst_phone_next(vst_str text, size_t *offset, char *digit)
{
	unsigned char byte = (unsigned char) text.ptr[*offset];

	if (byte < 0x80) {
		*offset += 1;
		*digit = (char) byte;
		return (vst_phone_mark) ascii[byte];
	}
	return classify(vst_utf8_next(text, offset), digit);
}

/*
 * The area and service codes of the Russian plan: one bit for the last digit. What it does not hold, as 849 or any 88x
 * and 89x, is often what remains of a number dialled with 8 that lost a digit.
 */
static bool is_russian_area(const char *area)
{
	/* clang-format off */
	static const uint16_t codes[3][10] = { /* 3xx, 4xx, 8xx */
		[0][0] = 0x006, /* 301 302 */
		[0][3] = 0x040, /* 336 */
		[0][4] = 0x2EE, /* 341 342 343 345 346 347 349 */
		[0][5] = 0x00E, /* 351 352 353 */
		[0][6] = 0x020, /* 365 */
		[0][8] = 0x13E, /* 381 382 383 384 385 388 */
		[0][9] = 0x033, /* 390 391 394 395 */
		[1][0] = 0x002, /* 401 */
		[1][1] = 0x06A, /* 411 413 415 416 */
		[1][2] = 0x0DA, /* 421 423 424 426 427 */
		[1][7] = 0x03E, /* 471 472 473 474 475 */
		[1][8] = 0x0FE, /* 481 482 483 484 485 486 487 */
		[1][9] = 0x37E, /* 491 492 493 494 495 496 498 499 */
		[2][0] = 0x3FF, /* 800 801 802 803 804 805 806 807 808 809 */
		[2][1] = 0x1FE, /* 811 812 813 814 815 816 817 818 */
		[2][2] = 0x003, /* 820 821 */
		[2][3] = 0x07A, /* 831 833 834 835 836 */
		[2][4] = 0x1FF, /* 840 841 842 843 844 845 846 847 848 */
		[2][5] = 0x0E2, /* 851 855 856 857 */
		[2][6] = 0x2EF, /* 860 861 862 863 865 866 867 869 */
		[2][7] = 0x38E, /* 871 872 873 877 878 879 */
	};
	/* clang-format on */
	size_t hundred = area[0] == '8' ? 2 : (size_t) (area[0] - '3');

	return (codes[hundred][area[1] - '0'] >> (area[2] - '0') & 1u) != 0;
}

/*
 * Kazakhstan: what its plan does not hold, such as 79x, is a Russian number with a lost digit. 750, 751, 76x and 785 are
 * networks of which it cannot be told.
 */
static bool describe_kazakh(const char *national, vst_phone *out)
{
	/* clang-format off */
	static const uint16_t mobile[10] = {[0] = 0x1FF, [4] = 0x080, [7] = 0x1E2}; /* 700–708, 747, 771, 775–778 */
	static const uint16_t fixed[10] = {[1] = 0x1FF, [2] = 0x3FE}; /* 710–718, 721–729 */
	static const uint16_t other[10] = {[5] = 0x003, [6] = 0x01F, [8] = 0x020}; /* 750, 751, 760–764, 785 */
	/* clang-format on */
	size_t second = (size_t) (national[1] - '0');
	unsigned bit = 1u << (national[2] - '0');

	if (national[0] != '7') {
		return false;
	}
	out->mobile = (mobile[second] & bit) != 0 ? 1 : (fixed[second] & bit) != 0 ? 0 : -1;
	return out->mobile >= 0 || (other[second] & bit) != 0;
}

/* +7 and ten digits. 970 and 971 are mobile here, although they serve satellites and take no SMS: the plan tells. */
static bool describe_plus_seven(const char *national, vst_phone *out)
{
	char first = national[0];

	if (first == '9') {
		out->mobile = 1;
		return true;
	}
	if (first == '3' || first == '4' || first == '8') {
		out->mobile = 0;
		return is_russian_area(national);
	}
	memcpy(out->country, "KZ", sizeof out->country);
	return describe_kazakh(national, out);
}

static int64_t value_of(const char *digits, size_t count)
{
	int64_t value = 0;

	for (size_t i = 0; i < count; i++) {
		value = value * 10 + (digits[i] - '0');
	}
	return value;
}

static bool plus_seven(const char *national, vst_phone *out)
{
	memcpy(out->country, "RU", sizeof out->country);
	out->number = INT64_C(70000000000) + value_of(national, 10);
	return describe_plus_seven(national, out);
}

bool vst_phone_international(const char *digits, size_t count, vst_phone *out)
{
	const vst_country_code *code;

	if (count == 0 || count > E164_MAX) {
		return false;
	}
	if (digits[0] == '7') { /* nearly all numbers: without a search in the table */
		return count == 11 && plus_seven(digits + 1, out);
	}
	code = vst_country_code_of(digits, count);
	if (code == NULL || count < code->min || count > code->max) {
		return false;
	}
	out->number = value_of(digits, count);
	memcpy(out->country, code->country, sizeof out->country);
	out->mobile = -1;
	/* North America: neither area code nor exchange begins with 0 or 1. */
	return digits[0] != '1' || (digits[1] >= '2' && digits[4] >= '2');
}

bool vst_phone_with_plus(const char *digits, size_t count, vst_phone *out)
{
	if (count == 11 && memcmp(digits, "89", 2) == 0) {
		return plus_seven(digits + 1, out); /* no country has +89 */
	}
	if (count == 12 && memcmp(digits, "78", 2) == 0) {
		return plus_seven(digits + 2, out); /* typed with the 8 into a field that shows +7 */
	}
	return vst_phone_international(digits, count, out);
}

bool vst_phone_at_home(const char *digits, size_t count, vst_phone *out)
{
	if (count == 11 && (digits[0] == '8' || digits[0] == '7')) {
		return plus_seven(digits + 1, out);
	}
	if (count == 10 && digits[0] != '0') {
		return plus_seven(digits, out);
	}
	if (count > 2 && digits[0] == '0' && digits[1] == '0') {
		return vst_phone_international(digits + 2, count - 2, out);
	}
	return count > 11 && memcmp(digits, "810", 3) == 0 && vst_phone_international(digits + 3, count - 3, out);
}
