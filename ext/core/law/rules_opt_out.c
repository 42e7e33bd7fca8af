#include "rule.h"
#include "text/rewrite.h"
#include "text/utf8.h"

/*
 * A working instruction to opt out is a word of refusal together with a way that works: a number that takes inbound
 * messages, a page of the entity's own site, or a reply where the sender is a number that takes them. A reply to a name
 * reaches nobody.
 */

/* The text in lower case, Latin and Cyrillic; empty when out of memory. */
static vst_str lowered(vst_arena *arena, vst_str text)
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

enum { SAYS_REFUSAL = 1, SAYS_REPLY = 2 };

static const struct {
	vst_str text;
	bool whole; /* nothing may follow in the word: "стоп", not "стопроцентный" */
	unsigned says;
} stems[] = {
	{VST_STR("отказ"), false, SAYS_REFUSAL},  {VST_STR("откаж"), false, SAYS_REFUSAL},
	{VST_STR("отпис"), false, SAYS_REFUSAL},  {VST_STR("отпиш"), false, SAYS_REFUSAL},
	{VST_STR("отключ"), false, SAYS_REFUSAL}, {VST_STR("откл"), true, SAYS_REFUSAL},
	{VST_STR("стоп"), true, SAYS_REFUSAL},    {VST_STR("stop"), true, SAYS_REFUSAL},
	{VST_STR("unsub"), false, SAYS_REFUSAL},  {VST_STR("opt out"), true, SAYS_REFUSAL},
	{VST_STR("opt-out"), true, SAYS_REFUSAL}, {VST_STR("optout"), true, SAYS_REFUSAL},
	{VST_STR("ответьте"), true, SAYS_REPLY},  {VST_STR("ответ"), true, SAYS_REPLY},
	{VST_STR("ответом"), true, SAYS_REPLY},   {VST_STR("ответной"), true, SAYS_REPLY},
	{VST_STR("reply"), true, SAYS_REPLY},     {VST_STR("respond"), true, SAYS_REPLY},
};

static bool is_letter(uint32_t code)
{
	return (code >= 'a' && code <= 'z') || (code >= 0xC0 && code < 0x2000);
}

static bool begins_with_stem(vst_str rest, size_t stem)
{
	size_t end = stems[stem].text.len;

	return vst_str_starts(rest, stems[stem].text) &&
	       (!stems[stem].whole || end == rest.len || !is_letter(vst_utf8_next(rest, &end)));
}

/* What the words of a text in lower case say. */
static unsigned says(vst_str lower)
{
	unsigned found = 0;
	bool in_word = false;

	for (size_t at = 0; at < lower.len;) {
		vst_str rest = {lower.ptr + at, lower.len - at};
		bool letter = is_letter(vst_utf8_next(lower, &at));

		for (size_t i = 0; letter && !in_word && i < sizeof stems / sizeof stems[0]; i++) {
			found |= begins_with_stem(rest, i) ? stems[i].says : 0;
		}
		in_word = letter;
	}
	return found;
}

/* The digits of `number` stand in the text, whatever separates them; a leading 7 and 8 are the same. */
static bool holds_number(vst_str text, vst_str number)
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

static vst_str host_of(vst_str url)
{
	vst_str host = vst_url_host(url);

	return host.len > 4 && vst_str_equal_nocase((vst_str) {host.ptr, 4}, VST_STR("www."))
	           ? (vst_str) {host.ptr + 4, host.len - 4}
	           : host;
}

/* A link to the entity's site or a host below it. */
static bool holds_own_link(vst_str text, vst_str site)
{
	vst_str own = host_of(site);
	size_t offset = 0, begin, end;

	while (own.len > 0 && vst_text_next_url(text, offset, &begin, &end)) {
		vst_str host = host_of((vst_str) {text.ptr + begin, end - begin});

		if (host.len >= own.len) {
			vst_str tail = {host.ptr + host.len - own.len, own.len};

			if (vst_str_equal_nocase(tail, own) && (host.len == own.len || tail.ptr[-1] == '.')) {
				return true;
			}
		}
		offset = end;
	}
	return false;
}

/* " Отказ: +79990000000", in the language of the text. */
static vst_str suffix(vst_gate *gate, vst_str number)
{
	const vst_rule_values *rules = &gate->settings->rules;
	vst_str wording = vst_text_has_cyrillic(gate->out->text) ? rules->opt_out_ru : rules->opt_out_en;
	vst_str mark = VST_STR("{number}");

	for (size_t at = 0; at + mark.len <= wording.len; at++) {
		if (memcmp(wording.ptr + at, mark.ptr, mark.len) == 0) {
			return vst_arena_format(gate->arena, " %.*s%.*s%.*s", (int) at, wording.ptr, VST_STR_ARGS(number),
			                        (int) (wording.len - at - mark.len), wording.ptr + at + mark.len);
		}
	}
	return VST_STR_EMPTY; /* cannot be: the settings insist on the mark */
}

void vst_rule_add_opt_out(vst_gate *gate)
{
	const vst_gate_facts *facts = gate->facts;
	const vst_gate_sender *sender = &facts->sender;
	vst_str text = gate->out->text, lower = lowered(gate->arena, text), number = facts->entity.opt_out_number;
	unsigned said = says(lower);
	bool refusal = (said & SAYS_REFUSAL) != 0;

	if (refusal && (sender->inbound || holds_number(text, number) || holds_own_link(text, facts->entity.site))) {
		return;
	}
	if (number.len == 0 && sender->inbound) {
		number = sender->name;
	}
	if (number.len == 0) {
		vst_gate_find(gate, VST_F_OPT_OUT_MISSING, 0, NULL, 0);
		return;
	}
	gate->out->text = vst_arena_format(gate->arena, "%.*s%.*s", VST_STR_ARGS(text), VST_STR_ARGS(suffix(gate, number)));
	vst_gate_find(gate, refusal && (said & SAYS_REPLY) != 0 ? VST_F_OPT_OUT_REPLY_DEAD : VST_F_OPT_OUT_ADDED, 0, NULL,
	              0);
}
