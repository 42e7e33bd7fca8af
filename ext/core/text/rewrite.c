#include "rewrite.h"

#include "homoglyph.h"
#include "measure.h"
#include "utf8.h"

static bool is_direction_mark(uint32_t code)
{
	return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

static bool is_outer_space(uint32_t code)
{
	return code == ' ' || code == '\n' || code == 0xA0 || code == 0xFEFF || code == 0x200B || code == 0x202F ||
	       code == 0x3000;
}

/* What a character becomes; 0: it goes. */
static uint32_t cleaned(uint32_t code, bool after_return)
{
	if (code == '\n') {
		return after_return ? 0 : '\n';
	}
	if (code == '\r' || code == 0x2028 || code == 0x2029 || code == 0x0085) {
		return '\n';
	}
	if (code == '\t') {
		return ' ';
	}
	return code < 0x20 || (code >= 0x7F && code <= 0x9F) || is_direction_mark(code) ? 0 : code;
}

/* Letters, digits and marks only: no byte that begins anything which is cleaned away, and no blank at an end. */
static bool is_clean_at_sight(vst_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char) text.ptr[i];
		bool mark = byte == 0xE2 && i + 1 < text.len && (unsigned char) text.ptr[i + 1] > 0x81; /* above U+207F */

		if (byte < 0x20 || byte == 0x7F || (byte >= 0xC2 && byte < 0xD0) || (byte > 0xD3 && !mark)) {
			return false;
		}
	}
	return text.len > 0 && text.ptr[0] != ' ' && text.ptr[text.len - 1] != ' ';
}

static bool needs_cleaning(vst_str text)
{
	size_t offset = 0;
	uint32_t code = 'x';

	if (is_clean_at_sight(text)) {
		return false;
	}
	while (offset < text.len) {
		bool first = offset == 0;

		code = vst_utf8_next(text, &offset);
		if (cleaned(code, false) != code || (first && is_outer_space(code))) {
			return true;
		}
	}
	return is_outer_space(code);
}

bool vst_text_clean(vst_str text, vst_arena *arena, vst_str *out)
{
	size_t offset = 0, len = 0, end = 0;
	bool after_return = false;
	char *result;

	*out = text;
	if (!needs_cleaning(text) || (result = vst_arena_alloc(arena, text.len + 1)) == NULL) {
		return false;
	}
	while (offset < text.len) {
		size_t start = offset;
		uint32_t given = vst_utf8_next(text, &offset), code = cleaned(given, after_return);

		after_return = given == '\r';
		if (code == 0 || (len == 0 && is_outer_space(code))) {
			continue;
		}
		if (code == given) { /* as it stands: a malformed byte must not grow */
			memcpy(result + len, text.ptr + start, offset - start);
			len += offset - start;
		} else {
			len += vst_utf8_put(code, result + len);
		}
		end = is_outer_space(code) ? end : len;
	}
	*out = (vst_str) {result, end};
	return true;
}

/* Bytes that end a URL; of the others, closing punctuation does not belong to it when it stands last. */
static bool ends_url(vst_str text, size_t offset)
{
	size_t next = offset;
	uint32_t code = vst_utf8_next(text, &next);

	return code <= ' ' || code == '"' || code == '<' || code == '>' || code == 0xA0 || code == 0xAB || code == 0xBB ||
	       code == 0x201C || code == 0x201D || code == 0x201E || code == 0x202F || code == 0x3000;
}

/* Letters of any alphabet, digits, hyphen and dot. */
static bool is_host_character(uint32_t code)
{
	return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || (code >= '0' && code <= '9') ||
	       code == '-' || code == '.' || (code >= 0xC0 && code < 0x2000);
}

/* "shop.example/x" or "www.shop.example": a host with a dot and letters after it, then a path; www needs none. */
static bool is_bare_host(vst_str word)
{
	size_t end = 0, next = 0, dot = 0;

	while (next < word.len && is_host_character(vst_utf8_next(word, &next))) {
		dot = word.ptr[end] == '.' ? end : dot;
		end = next;
	}
	if (dot == 0 || end < dot + 3 || (word.ptr[dot + 1] >= '0' && word.ptr[dot + 1] <= '9')) {
		return false;
	}
	return (end < word.len && word.ptr[end] == '/') ||
	       (word.len > 4 && vst_str_equal_nocase((vst_str) {word.ptr, 4}, VST_STR("www.")));
}

static bool starts_url(vst_str rest)
{
	if (rest.len < 8 || (rest.ptr[0] != 'h' && rest.ptr[0] != 'H')) {
		return false;
	}
	return vst_str_equal_nocase((vst_str) {rest.ptr, 7}, VST_STR("http://")) ||
	       (rest.len > 8 && vst_str_equal_nocase((vst_str) {rest.ptr, 8}, VST_STR("https://")));
}

static size_t url_end(vst_str text, size_t begin)
{
	size_t end = begin;

	while (end < text.len && !ends_url(text, end)) {
		(void) vst_utf8_next(text, &end);
	}
	while (end > begin + 1 && strchr(".,;:!?)'", text.ptr[end - 1]) != NULL) {
		end--;
	}
	return end;
}

size_t vst_url_at(vst_str text, size_t offset, bool word_start)
{
	vst_str rest = {text.ptr + offset, text.len - offset};

	return starts_url(rest) || (word_start && is_bare_host(rest)) ? url_end(text, offset) - offset : 0;
}

/* Every URL holds "://" or a dot with something behind it: most texts are done with here. */
static bool may_hold_url(vst_str text, size_t offset)
{
	const char *at = text.ptr + offset, *end = text.ptr + text.len;

	for (const char *dot = at; dot < end && (dot = memchr(dot, '.', (size_t) (end - dot))) != NULL; dot++) {
		if (dot + 1 < end && (unsigned char) dot[1] > ' ') {
			return true;
		}
	}
	for (const char *colon = at; colon < end && (colon = memchr(colon, ':', (size_t) (end - colon))) != NULL; colon++) {
		if (end - colon > 2 && colon[1] == '/' && colon[2] == '/') {
			return true;
		}
	}
	return false;
}

bool vst_text_next_url(vst_str text, size_t offset, size_t *begin, size_t *end)
{
	bool word_start = true;

	if (!may_hold_url(text, offset)) {
		return false;
	}
	while (offset < text.len) {
		size_t len = vst_url_at(text, offset, word_start);

		if (len > 0) {
			*begin = offset;
			*end = offset + len;
			return true;
		}
		word_start = !is_host_character(vst_utf8_next(text, &offset));
	}
	return false;
}

/* Where a Russian shop's links lead; a missed one only means that its letters may be rewritten. */
static bool is_top_level_domain(vst_str label)
{
	static const char *const known[] = {"ru",   "com",    "net",    "org",    "su",     "by",      "kz",
	                                    "shop", "store",  "online", "site",   "pro",    "info",    "biz",
	                                    "io",   "me",     "club",   "market", "moscow", "example", "рф",
	                                    "рус",  "москва", "онлайн", "сайт",   "дети",   "бел",     "қаз"};

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		if (vst_str_equal_nocase(label, vst_str_from(known[i]))) {
			return true;
		}
	}
	return false;
}

size_t vst_address_at(vst_str text, size_t offset)
{
	size_t next = offset, end = offset, label = offset, at_sign = 0;

	while (next < text.len) {
		uint32_t code = vst_utf8_next(text, &next);

		if (code == '@' && at_sign == 0 && end > offset) {
			at_sign = end;
		} else if (!is_host_character(code) && code != '_' && code != '+') {
			break;
		}
		if (code == '.' || code == '@') {
			if (next == text.len ||
			    !is_host_character((unsigned char) text.ptr[next] < 0x80 ? (unsigned char) text.ptr[next] : 0x0400)) {
				break;
			}
			label = next;
		}
		end = next;
	}
	if (at_sign > 0) {
		return label > at_sign + 1 && end > label ? end - offset : 0;
	}
	return label > offset && is_top_level_domain((vst_str) {text.ptr + label, end - label}) ? end - offset : 0;
}

vst_str vst_url_host(vst_str url)
{
	size_t begin = 0, end;

	for (size_t i = 0; i + 2 < url.len; i++) {
		if (memcmp(url.ptr + i, "://", 3) == 0) {
			begin = i + 3;
			break;
		}
	}
	for (end = begin; end < url.len; end++) {
		char c = url.ptr[end];

		if (c == '/' || c == '?' || c == '#' || c == '\\') {
			break;
		}
		if (c == '@') {
			begin = end + 1;
		}
	}
	for (size_t i = begin; i < end; i++) {
		if (url.ptr[i] == ':') {
			end = i;
		}
	}
	return (vst_str) {url.ptr + begin, end - begin};
}

bool vst_text_has_cyrillic(vst_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char) text.ptr[i];

		if (byte >= 0xD0 && byte <= 0xD3) { /* lead bytes of U+0400 to U+04FF */
			return true;
		}
	}
	return false;
}

/* What every offender with a replacement outside of URLs becomes; false: there is none. */
static bool lightened(vst_str text, vst_arena *arena, vst_str *out)
{
	vst_offenders offenders = vst_text_offenders(text);
	vst_offender offender;
	size_t copied = 0, len = 0, begin = 0, end = 0;
	bool url = vst_text_next_url(text, 0, &begin, &end);
	char *result = NULL;

	while (vst_offenders_next(&offenders, &offender)) {
		while (url && end <= offender.offset) {
			url = vst_text_next_url(text, end, &begin, &end);
		}
		if (!offender.replaceable || (url && begin <= offender.offset)) {
			continue;
		}
		/* the longest replacement, "(TM)", takes one byte more than its character; "(c)" takes one more than two */
		if (result == NULL && (result = vst_arena_alloc(arena, text.len * 2 + 1)) == NULL) {
			return false;
		}
		memcpy(result + len, text.ptr + copied, offender.offset - copied);
		len += offender.offset - copied;
		memcpy(result + len, offender.replacement.ptr, offender.replacement.len);
		len += offender.replacement.len;
		copied = offenders.offset;
	}
	if (result == NULL) {
		return false;
	}
	memcpy(result + len, text.ptr + copied, text.len - copied);
	*out = (vst_str) {result, len + text.len - copied};
	return true;
}

/* Characters whose plain form is never shorter than they are, in UTF-16 units. */
static bool never_gets_shorter(uint32_t code)
{
	return code < 0xAD || (code > 0xAD && code < 0x0300) || (code >= 0x0400 && code < 0x0483) ||
	       (code >= 0x2010 && code <= 0x2026) || code == 0x20BD || code == 0x2116;
}

bool vst_text_cannot_get_lighter(vst_str text)
{
	bool cyrillic = false;

	for (size_t offset = 0; offset < text.len;) {
		uint32_t code = vst_utf8_next(text, &offset);
		vst_str look_alike;

		if (!never_gets_shorter(code)) {
			return false;
		}
		cyrillic = cyrillic || (code >= 0x0410 && code < 0x0450 && !vst_homoglyph_latin(code, &look_alike));
	}
	return cyrillic;
}

bool vst_text_lighten(vst_str text, vst_arena *arena, vst_str *out)
{
	vst_measure before, after;
	vst_str lighter;

	*out = text;
	if (vst_text_cannot_get_lighter(text) || !lightened(text, arena, &lighter)) {
		return false;
	}
	vst_text_measure(text, &before);
	vst_text_measure(lighter, &after);
	if (after.segments < before.segments ||
	    (after.segments == before.segments && after.encoding == VST_GSM7 && before.encoding != VST_GSM7)) {
		*out = lighter;
		return true;
	}
	return false;
}
