#include "content.h"
#include "text/rewrite.h"
#include "text/utf8.h"
#include "text_search.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* "ул.Ленина/Мира" is no host: without a scheme a name of Cyrillic letters must end in a domain that exists. */
static bool is_link(vst_str text, size_t begin, size_t end)
{
	vst_str link = {text.ptr + begin, end - begin};
	vst_str host = vst_url_host(link);
	bool scheme = host.ptr != link.ptr;

	return scheme || !vst_text_has_cyrillic(host) || vst_address_at(text, begin) > 0;
}

/* A host of a known domain that stands without a path; a mail address is none. */
static bool bare_host(vst_str text, size_t begin, size_t stop, size_t *end)
{
	size_t len = vst_address_at((vst_str) {text.ptr, stop}, begin);

	*end = begin + len;
	return len > 0 && memchr(text.ptr + begin, '@', len) == NULL;
}

static bool starts_word(uint32_t before)
{
	return (before < 0x80 && strchr("()[]{}<>\"',;:!?/=|", (int) before) != NULL) || before == 0xAB ||
	       before == 0x201C || before == 0x201E;
}

/* The first host without a path in a piece of text without blanks. */
static bool bare_host_in(vst_str text, size_t begin, size_t stop, size_t *from, size_t *to)
{
	bool word_start = true;

	for (size_t at = begin; at < stop;) {
		size_t end = at;

		if (word_start && bare_host(text, at, stop, &end)) {
			*from = at;
			*to = end;
			return true;
		}
		if (end > at) { /* a mail address: its host is no link */
			at = end;
			word_start = false;
		} else {
			word_start = starts_word(vst_utf8_next(text, &at));
		}
	}
	return false;
}

/* The first link in such a piece. */
static bool link_in(vst_str text, size_t begin, size_t stop, size_t *from, size_t *to)
{
	size_t url, url_end;
	bool found = vst_text_next_url((vst_str) {text.ptr, stop}, begin, &url, &url_end) && is_link(text, url, url_end);

	if (bare_host_in(text, begin, found ? url : stop, from, to)) {
		return true;
	}
	*from = url;
	*to = url_end;
	return found;
}

bool vst_next_link(vst_str text, size_t offset, size_t *begin, size_t *end)
{
	while (offset < text.len) {
		size_t stop = offset;
		bool dot = false;

		while (stop < text.len && !is_blank(text.ptr[stop])) {
			dot =
				dot || (text.ptr[stop] == '.' && stop > offset && stop + 1 < text.len && !is_blank(text.ptr[stop + 1]));
			stop++;
		}
		if (dot && link_in(text, offset, stop, begin, end)) {
			return true;
		}
		offset = stop + 1;
	}
	return false;
}

/* The host where a browser would go: in lower case, without the final dot of a full name. */
static vst_str host_of(vst_gate *gate, vst_str link)
{
	vst_str host = vst_url_host(link);

	while (host.len > 0 && host.ptr[host.len - 1] == '.') {
		host.len--;
	}
	return vst_text_has_cyrillic(host) ? vst_search_lower(gate->arena, host) : host;
}

static bool is_allowed(const vst_gate *gate, vst_str host)
{
	const vst_gate_facts *facts = gate->facts;
	const vst_texts *hosts = &gate->settings->rules.hosts;

	return vst_host_is_own(host, facts->own_hosts, facts->own_host_count) ||
	       vst_host_is_own(host, hosts->items, hosts->count);
}

/* Whether the link is one that was found as a shortener. Both point into the same text. */
static bool is_shortener(vst_gate *gate, vst_str link)
{
	vst_content_walk walk = vst_content_of(gate, VST_LIST_BIT(SHORTENER), 0, 0);

	for (const vst_match *match; (match = vst_content_next(&walk)) != NULL;) {
		if (match->text.ptr < link.ptr + link.len && match->text.ptr + match->text.len > link.ptr) {
			return true;
		}
	}
	return false;
}

static void find_links(vst_gate *gate, vst_finding_id refused, vst_finding_id warned, const vst_quotes *links)
{
	vst_gate_word words[] = {{"links", links->shown, links->shown}};

	if (links->count > 0) {
		vst_gate_find(gate, gate->out->category == VST_ADVERTISING ? refused : warned, 0, words, 1);
	}
}

void vst_rule_links(vst_gate *gate)
{
	vst_str text = gate->facts->text;
	bool advertising = gate->out->category == VST_ADVERTISING;
	vst_content_walk walk = vst_content_of(gate, VST_LIST_BIT(SHORTENER), 0, 0);
	vst_quotes shorteners = {VST_STR_EMPTY, 0}, foreign = {VST_STR_EMPTY, 0};
	size_t begin, end = 0;

	for (const vst_match *match; (match = vst_content_next(&walk)) != NULL;) {
		/* a public shortener may be listed for one's service messages, never for advertising */
		if (advertising || !is_allowed(gate, match->text)) {
			vst_quote(gate, &shorteners, match->text);
		}
	}
	while (vst_next_link(text, end, &begin, &end)) {
		vst_str link = {text.ptr + begin, end - begin}, host = host_of(gate, link);

		if (!is_allowed(gate, host) && !is_shortener(gate, link)) {
			vst_quote(gate, &foreign, host);
		}
	}
	find_links(gate, VST_F_LINK_SHORTENER, VST_F_LINK_SHORTENER_ACCEPTED, &shorteners);
	find_links(gate, VST_F_LINK_FOREIGN, VST_F_LINK_FOREIGN_ACCEPTED, &foreign);
}

/* A link without its scheme, "www." and final slash, as a reader sees it. */
static vst_str bare(vst_str link)
{
	static const vst_str prefixes[] = {VST_STR("https://"), VST_STR("http://"), VST_STR("www.")};

	for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
		size_t len = prefixes[i].len;

		if (link.len > len && vst_str_equal_nocase((vst_str) {link.ptr, len}, prefixes[i])) {
			link = (vst_str) {link.ptr + len, link.len - len};
		}
	}
	while (link.len > 0 && link.ptr[link.len - 1] == '/') {
		link.len--;
	}
	return link;
}

/* Hosts in any case, paths as they are. */
static bool same_link(vst_str a, vst_str b)
{
	size_t host;

	a = bare(a);
	b = bare(b);
	for (host = 0; host < a.len && strchr("/?#", a.ptr[host]) == NULL;) {
		host++;
	}
	return a.len == b.len && vst_str_equal_nocase((vst_str) {a.ptr, host}, (vst_str) {b.ptr, host}) &&
	       memcmp(a.ptr + host, b.ptr + host, a.len - host) == 0;
}

vst_quotes vst_foreign_order_links(vst_gate *gate)
{
	const vst_gate_facts *facts = gate->facts;
	vst_quotes foreign = {VST_STR_EMPTY, 0};
	size_t begin, end = 0;

	while (facts->order_link_count > 0 && vst_next_link(facts->text, end, &begin, &end)) {
		vst_str link = {facts->text.ptr + begin, end - begin};
		bool known = false;

		for (size_t i = 0; i < facts->order_link_count && !known; i++) {
			known = same_link(link, facts->order_links[i]);
		}
		if (!known) {
			vst_quote(gate, &foreign, link);
		}
	}
	return foreign;
}
