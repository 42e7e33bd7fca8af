#include "template_filter.h"

#include "utf8.h"

static const char *no_argument(vst_str argument, bool has_argument)
{
	(void) argument;
	return has_argument ? "this filter takes no argument" : NULL;
}

/* Capitals of ASCII, Latin-1 and Cyrillic letters. */
static uint32_t upper(uint32_t code)
{
	if ((code >= 'a' && code <= 'z') || (code >= 0x0430 && code <= 0x044F) ||
	    (code >= 0xE0 && code <= 0xFE && code != 0xF7)) {
		return code - 0x20;
	}
	return code >= 0x0450 && code <= 0x045F ? code - 0x50 : code;
}

static const char *apply_upper(vst_str value, vst_str argument, vst_buf *out)
{
	size_t offset = 0;

	(void) argument;
	while (offset < value.len) {
		char bytes[4];
		size_t len = vst_utf8_put(upper(vst_utf8_next(value, &offset)), bytes);

		vst_buf_append(out, (vst_str) {bytes, len});
	}
	return NULL;
}

static bool is_space(uint32_t code)
{
	return code == ' ' || code == '\t' || code == '\n' || code == '\r' || code == 0xA0 || code == 0x202F;
}

static const char *apply_first_word(vst_str value, vst_str argument, vst_buf *out)
{
	size_t offset = 0, begin = value.len, end = value.len;

	(void) argument;
	while (offset < value.len) {
		size_t at = offset;
		bool space = is_space(vst_utf8_next(value, &offset));

		if (begin == value.len && !space) {
			begin = at;
		} else if (begin < value.len && space) {
			end = at;
			break;
		}
	}
	vst_buf_append(out, (vst_str) {value.ptr + begin, end - begin});
	return NULL;
}

/* A decimal number with grouping spaces, as hundredths, rounded half up. At most 15 digits before the point. */
static bool read_hundredths(vst_str value, bool *negative, int64_t *hundredths)
{
	size_t offset = 0;
	int digits = 0, decimals = -1;
	int64_t number = 0;

	*negative = false;
	while (offset < value.len) {
		uint32_t code = vst_utf8_next(value, &offset);

		if (code >= '0' && code <= '9') {
			if (decimals < 0 ? ++digits > 15 : ++decimals > 9) {
				return false;
			}
			if (decimals <= 2) {
				number = number * 10 + (int64_t) (code - '0');
			} else if (decimals == 3) {
				number += code >= '5';
			}
		} else if ((code == '.' || code == ',') && decimals < 0 && digits > 0) {
			decimals = 0;
		} else if ((code == '-' || code == 0x2212) && digits == 0 && !*negative) {
			*negative = true;
		} else if (!is_space(code) || decimals >= 0) {
			return false;
		}
	}
	for (int i = decimals < 0 ? 0 : decimals; i < 2; i++) {
		number *= 10;
	}
	*hundredths = number;
	return digits > 0 && decimals != 0;
}

/* Groups by a plain space: a no-break space would turn a Latin text into UCS-2. */
static const char *apply_money(vst_str value, vst_str argument, vst_buf *out)
{
	char digits[24];
	bool negative;
	int64_t hundredths;
	size_t count = 0;

	if (!read_hundredths(value, &negative, &hundredths)) {
		return "the value is not an amount of money";
	}
	if (negative && hundredths > 0) {
		vst_buf_byte(out, '-');
	}
	for (int64_t whole = hundredths / 100; count == 0 || whole > 0; whole /= 10) {
		digits[count++] = (char) ('0' + whole % 10);
	}
	while (count > 0) {
		vst_buf_byte(out, digits[--count]);
		if (count > 0 && count % 3 == 0) {
			vst_buf_byte(out, ' ');
		}
	}
	if (hundredths % 100 != 0) {
		vst_buf_format(out, ",%02d", (int) (hundredths % 100));
	}
	if (argument.len > 0) {
		vst_buf_byte(out, ' ');
		vst_buf_append(out, argument);
	}
	return NULL;
}

static const char *check_money(vst_str argument, bool has_argument)
{
	return has_argument && argument.len == 0 ? "expected a currency after \"money:\"" : NULL;
}

typedef struct date_value {
	int year, month, day, hour, minute;
	bool has_time;
} date_value;

/* `count` digits at *at, which moves past them; -1 when there are none. */
static int read_digits(vst_str text, size_t *at, int count)
{
	int number = 0;

	for (int i = 0; i < count; i++) {
		if (*at >= text.len || text.ptr[*at] < '0' || text.ptr[*at] > '9') {
			return -1;
		}
		number = number * 10 + (text.ptr[(*at)++] - '0');
	}
	return number;
}

static bool read_byte(vst_str text, size_t *at, char byte)
{
	if (*at >= text.len || text.ptr[*at] != byte) {
		return false;
	}
	(*at)++;
	return true;
}

static bool is_date(int year, int month, int day)
{
	static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] &&
	       (month != 2 || day < 29 || leap);
}

/* "2026-06-12" or "12.06.2026", then nothing or a time; seconds and an offset may follow and are not needed. */
static bool read_date(vst_str value, date_value *out)
{
	size_t at = 0;

	if (value.len >= 10 && value.ptr[2] == '.') {
		out->day = read_digits(value, &at, 2);
		(void) read_byte(value, &at, '.');
		out->month = read_digits(value, &at, 2);
		if (!read_byte(value, &at, '.')) {
			return false;
		}
		out->year = read_digits(value, &at, 4);
	} else {
		out->year = read_digits(value, &at, 4);
		if (!read_byte(value, &at, '-')) {
			return false;
		}
		out->month = read_digits(value, &at, 2);
		if (!read_byte(value, &at, '-')) {
			return false;
		}
		out->day = read_digits(value, &at, 2);
	}
	out->has_time = at < value.len;
	if (out->has_time) {
		if (!read_byte(value, &at, 'T') && !read_byte(value, &at, ' ')) {
			return false;
		}
		out->hour = read_digits(value, &at, 2);
		if (!read_byte(value, &at, ':')) {
			return false;
		}
		out->minute = read_digits(value, &at, 2);
		if (out->hour < 0 || out->hour > 23 || out->minute < 0 || out->minute > 59) {
			return false;
		}
	}
	return is_date(out->year, out->month, out->day);
}

static const char *check_date(vst_str argument, bool has_argument)
{
	if (!has_argument || argument.len == 0) {
		return "expected a format after \"date:\", such as d.m";
	}
	for (size_t i = 0; i < argument.len; i++) {
		char c = argument.ptr[i];

		if (((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) && strchr("djmnyYHGiF", c) == NULL) {
			return "unknown letter in the date format: d j m n y Y H G i F are known";
		}
	}
	return NULL;
}

static const char *apply_date(vst_str value, vst_str argument, vst_buf *out)
{
	static const char *const months[] = {"января", "февраля", "марта",    "апреля",  "мая",    "июня",
	                                     "июля",   "августа", "сентября", "октября", "ноября", "декабря"};
	date_value date = {0};

	if (!read_date(value, &date)) {
		return "the value is not a date such as 2026-06-12 or 12.06.2026";
	}
	for (size_t i = 0; i < argument.len; i++) {
		char c = argument.ptr[i];

		if (strchr("HGi", c) != NULL && !date.has_time) {
			return "the value is a date without a time";
		}
		switch (c) {
			case 'd': vst_buf_format(out, "%02d", date.day); break;
			case 'j': vst_buf_format(out, "%d", date.day); break;
			case 'm': vst_buf_format(out, "%02d", date.month); break;
			case 'n': vst_buf_format(out, "%d", date.month); break;
			case 'y': vst_buf_format(out, "%02d", date.year % 100); break;
			case 'Y': vst_buf_format(out, "%04d", date.year); break;
			case 'H': vst_buf_format(out, "%02d", date.hour); break;
			case 'G': vst_buf_format(out, "%d", date.hour); break;
			case 'i': vst_buf_format(out, "%02d", date.minute); break;
			case 'F': vst_buf_append(out, vst_str_from(months[date.month - 1])); break;
			default: vst_buf_byte(out, c); break;
		}
	}
	return NULL;
}

/* The comma-separated form with that number, "" when there are fewer; *count: how many forms there are. */
static vst_str plural_form(vst_str forms, size_t index, size_t *count)
{
	vst_str found = VST_STR_EMPTY;
	size_t begin = 0, number = 0;

	for (size_t i = 0; i <= forms.len; i++) {
		if (i == forms.len || forms.ptr[i] == ',') {
			if (number++ == index) {
				found = (vst_str) {forms.ptr + begin, i - begin};
			}
			begin = i + 1;
		}
	}
	*count = number;
	return found;
}

static const char *check_plural(vst_str argument, bool has_argument)
{
	size_t count = 0;

	(void) has_argument;
	for (size_t i = 0; i < 3; i++) {
		if (plural_form(argument, i, &count).len == 0 && i < count) {
			return "an empty form in \"plural:\"";
		}
	}
	return count == 2 || count == 3 ? NULL : "expected two or three forms after \"plural:\", separated by commas";
}

static const char *apply_plural(vst_str value, vst_str argument, vst_buf *out)
{
	size_t at = 0, count = 0, index;
	int tens = 0;

	(void) read_byte(value, &at, '-');
	if (at == value.len || value.len > 18) {
		return "the value is not a whole number";
	}
	for (; at < value.len; at++) {
		if (value.ptr[at] < '0' || value.ptr[at] > '9') {
			return "the value is not a whole number";
		}
		tens = (tens * 10 + value.ptr[at] - '0') % 100;
	}
	(void) plural_form(argument, 0, &count);
	if (count == 2) {
		index = !vst_str_is(value, "1") && !vst_str_is(value, "-1");
	} else if (tens / 10 == 1 || tens % 10 == 0 || tens % 10 > 4) {
		index = 2;
	} else {
		index = tens % 10 == 1 ? 0 : 1;
	}
	vst_buf_append(out, plural_form(argument, index, &count));
	return NULL;
}

static size_t truncate_length(vst_str argument)
{
	size_t at = 0;
	int number = argument.len >= 1 && argument.len <= 4 ? read_digits(argument, &at, (int) argument.len) : -1;

	return number > 0 ? (size_t) number : 0;
}

static const char *check_truncate(vst_str argument, bool has_argument)
{
	(void) has_argument;
	return truncate_length(argument) == 0 ? "expected a length from 1 to 9999 after \"truncate:\"" : NULL;
}

static const char *apply_truncate(vst_str value, vst_str argument, vst_buf *out)
{
	size_t length = truncate_length(argument), kept;

	if (vst_utf8_count(value) <= length) {
		vst_buf_append(out, value);
		return NULL;
	}
	kept = vst_utf8_offset(value, length > 3 ? length - 3 : length);
	while (kept > 0 && value.ptr[kept - 1] == ' ') {
		kept--;
	}
	vst_buf_append(out, (vst_str) {value.ptr, kept});
	if (length > 3) {
		vst_buf_append(out, VST_STR("...")); /* an ellipsis character is outside the GSM alphabet */
	}
	return NULL;
}

static const vst_template_filter filters[] = {
	{"upper", no_argument, apply_upper},    {"first_word", no_argument, apply_first_word},
	{"money", check_money, apply_money},    {"date", check_date, apply_date},
	{"plural", check_plural, apply_plural}, {"truncate", check_truncate, apply_truncate},
};

const vst_template_filter *vst_template_filter_find(vst_str name)
{
	for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++) {
		if (vst_str_is(name, filters[i].name)) {
			return &filters[i];
		}
	}
	return NULL;
}
