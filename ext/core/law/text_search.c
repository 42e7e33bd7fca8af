#include "text_search.h"

#include "text/rewrite.h"
#include "text/utf8.h"

vst_str vst_search_lower(vst_arena *arena, vst_str text)
{
	char *out = vst_arena_alloc(arena, text.len + 1);
	size_t offset = 0, len = 0;

	if (out == NULL) {
		return VST_STR_EMPTY;
	}
	while (offset < text.len) {
		size_t start = offset;
		uint32_t code = vst_utf8_next(text, &offset);

		if (code == VST_REPLACEMENT_CHARACTER) { /* may be one malformed byte: keep what is there */
			memcpy(out + len, text.ptr + start, offset - start);
			len += offset - start;
			continue;
		}
		if ((code >= 'A' && code <= 'Z') || (code >= 0x0410 && code <= 0x042F)) {
			code += 0x20;
		}
		len += vst_utf8_put(code, out + len);
	}
	return (vst_str) {out, len};
}

/* Letters of one case, Latin and Cyrillic: enough to find a brand. */
static uint32_t folded(uint32_t code)
{
	if ((code >= 'A' && code <= 'Z') || (code >= 0x0410 && code <= 0x042F)) {
		return code + 0x20;
	}
	return code == 0x0401 || code == 0x0451 ? 0x0435 : code; /* Ё, ё → е */
}

static bool starts_folded(vst_str text, vst_str prefix)
{
	size_t at = 0, of = 0;

	while (of < prefix.len) {
		if (at >= text.len || folded(vst_utf8_next(text, &at)) != folded(vst_utf8_next(prefix, &of))) {
			return false;
		}
	}
	return true;
}

static bool search_slowly(vst_str text, vst_str needle)
{
	for (size_t at = 0; at < text.len;) {
		if (starts_folded((vst_str) {text.ptr + at, text.len - at}, needle)) {
			return true;
		}
		(void) vst_utf8_next(text, &at);
	}
	return false;
}

/* The last byte of a letter's two cases: enough to pass over nearly all other letters without reading them. */
static void last_bytes(uint32_t letter, char out[2])
{
	char bytes[4];
	uint32_t upper = letter - 0x20;
	bool cased = (letter >= 'a' && letter <= 'z') || (letter >= 0x0430 && letter <= 0x044F);

	out[0] = bytes[vst_utf8_put(letter, bytes) - 1];
	out[1] = bytes[vst_utf8_put(cased ? upper : letter, bytes) - 1];
}

bool vst_search_text(vst_str text, vst_str needle)
{
	size_t first = 0;
	uint32_t letter = needle.len > 0 ? folded(vst_utf8_next(needle, &first)) : 0;
	char last[2];

	if (needle.len == 0 || letter == 0x0435) { /* Е is Ё too, which ends otherwise */
		return search_slowly(text, needle);
	}
	last_bytes(letter, last);
	for (size_t end = first; end <= text.len; end++) {
		char byte = text.ptr[end - 1];

		if ((byte == last[0] || byte == last[1]) &&
		    starts_folded((vst_str) {text.ptr + end - first, text.len - end + first}, needle)) {
			return true;
		}
	}
	return false;
}

bool vst_search_number(vst_str text, vst_str number)
{
	char wanted[16];
	size_t count = 0, matched = 0;

	for (size_t i = 0; i < number.len && count < sizeof wanted; i++) {
		if (number.ptr[i] >= '0' && number.ptr[i] <= '9') {
			wanted[count++] = number.ptr[i];
		}
	}
	if (count == 11 && (wanted[0] == '7' || wanted[0] == '8')) {
		memmove(wanted, wanted + 1, --count);
	}
	for (size_t i = 0; i < text.len && count > 0; i++) {
		char c = text.ptr[i];

		if (c >= '0' && c <= '9') {
			/* the wanted digits may begin again inside a longer run, such as the country code before them */
			while (matched > 0 && wanted[matched] != c) {
				size_t shorter = matched - 1;

				while (shorter > 0 && memcmp(wanted, wanted + matched - shorter, shorter) != 0) {
					shorter--;
				}
				matched = shorter;
			}
			matched += wanted[matched] == c;
			if (matched == count) {
				return true;
			}
		} else if (c != ' ' && c != '-' && c != '(' && c != ')' && c != '.') {
			matched = 0;
		}
	}
	return false;
}

static vst_str without_www(vst_str host)
{
	return host.len > 4 && vst_str_equal_nocase((vst_str) {host.ptr, 4}, VST_STR("www."))
	           ? (vst_str) {host.ptr + 4, host.len - 4}
	           : host;
}

bool vst_host_is_own(vst_str url_host, const vst_str *own_hosts, size_t count)
{
	vst_str host = without_www(url_host);

	for (size_t i = 0; i < count; i++) {
		vst_str own = without_www(own_hosts[i]);

		if (own.len > 0 && host.len >= own.len) {
			vst_str tail = {host.ptr + host.len - own.len, own.len};

			if (vst_str_equal_nocase(tail, own) && (host.len == own.len || tail.ptr[-1] == '.')) {
				return true;
			}
		}
	}
	return false;
}

static bool is_host_character(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

/* What follows the place where a host ends would make another host of it: "shop.example.evil", "shop.examples", "shop.example@evil". */
static bool host_goes_on(vst_str rest)
{
	return rest.len > 0 &&
	       (is_host_character(rest.ptr[0]) || (rest.ptr[0] == '.' && rest.len > 1 && is_host_character(rest.ptr[1])));
}

/* A bare host ("shop.example") opens on a phone like a link with a path, which is all that vst_text_next_url takes. */
static bool names_host(vst_str text, vst_str host)
{
	const char *dot = host.len > 0 ? memchr(host.ptr, '.', host.len) : NULL;
	size_t before_dot = dot != NULL ? (size_t) (dot - host.ptr) : host.len;

	/* From dot to dot: the host's first one must stand on one of them. */
	for (size_t at = 0; dot != NULL && at + host.len <= text.len; at++) {
		const char *next = memchr(text.ptr + at + before_dot, '.', text.len - at - before_dot);
		vst_str here, rest;
		char before;

		if (next == NULL || (at = (size_t) (next - text.ptr) - before_dot) + host.len > text.len) {
			return false;
		}
		before = at > 0 ? text.ptr[at - 1] : ' ';
		here = (vst_str) {text.ptr + at, host.len};
		rest = (vst_str) {text.ptr + at + host.len, text.len - at - host.len};
		if (!is_host_character(before) && strchr("@/=?&_%#:~+", before) == NULL && vst_str_equal_nocase(here, host) &&
		    !host_goes_on(rest)) {
			return true;
		}
	}
	return false;
}

bool vst_search_own_link(vst_str text, const vst_str *own_hosts, size_t count)
{
	size_t offset = 0, begin, end;

	while (count > 0 && vst_text_next_url(text, offset, &begin, &end)) {
		if (vst_host_is_own(vst_url_host((vst_str) {text.ptr + begin, end - begin}), own_hosts, count)) {
			return true;
		}
		offset = end;
	}
	for (size_t i = 0; i < count; i++) {
		if (names_host(text, without_www(own_hosts[i]))) {
			return true;
		}
	}
	return false;
}

static bool ends_sentence(vst_str text)
{
	return text.len > 0 && strchr(".!?:;,)", text.ptr[text.len - 1]) != NULL;
}

/* A dot within the last word: a host, a link, an address. A full stop behind it would become part of the link on many phones. */
static bool ends_with_link(vst_str text)
{
	size_t begin = text.len;

	while (begin > 0 && text.ptr[begin - 1] != ' ' && text.ptr[begin - 1] != '\n') {
		begin--;
	}
	return memchr(text.ptr + begin, '.', text.len - begin) != NULL ||
	       memchr(text.ptr + begin, '/', text.len - begin) != NULL;
}

bool vst_needs_stop(vst_str text)
{
	return !ends_sentence(text) && !ends_with_link(text);
}
