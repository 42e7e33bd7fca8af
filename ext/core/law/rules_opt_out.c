#include "rule.h"
#include "text_search.h"
#include "text/measure.h"
#include "text/rewrite.h"
#include "text/utf8.h"

/*
 * A working instruction to opt out is a word of refusal together with a way that works: a number that takes inbound
 * messages, a link on a host of the entity's own, or a reply where the sender is a number that takes them. A reply to a name
 * reaches nobody.
 */

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

/* "Отказ: +79990000000": a wording of the settings with what its mark stands for. */
static vst_str worded(vst_gate *gate, vst_str wording, vst_str mark, vst_str value)
{
	for (size_t at = 0; at + mark.len <= wording.len; at++) {
		if (memcmp(wording.ptr + at, mark.ptr, mark.len) == 0) {
			return vst_arena_format(gate->arena, "%.*s%.*s%.*s", (int) at, wording.ptr, VST_STR_ARGS(value),
			                        (int) (wording.len - at - mark.len), wording.ptr + at + mark.len);
		}
	}
	return VST_STR_EMPTY; /* cannot be: the settings insist on the mark */
}

/* In the language of the text. The link tells seller and consent as well, so it goes before the number. */
static vst_str suffix(vst_gate *gate)
{
	const vst_rule_values *rules = &gate->settings->rules;
	const vst_gate_facts *facts = gate->facts;
	bool russian = vst_text_has_cyrillic(gate->out->text);
	vst_str number = facts->entity.opt_out_number;

	if (facts->link.len > 0) {
		return worded(gate, russian ? rules->opt_out_link_ru : rules->opt_out_link_en, VST_STR("{link}"), facts->link);
	}
	if (number.len == 0 && facts->sender.inbound) {
		number = facts->sender.name;
	}
	return number.len == 0 ? VST_STR_EMPTY
	                       : worded(gate, russian ? rules->opt_out_ru : rules->opt_out_en, VST_STR("{number}"), number);
}

/* A full stop in between reads better, but is not worth a segment. */
static void append(vst_gate *gate, vst_str added)
{
	vst_str text = gate->out->text;
	vst_str plain = vst_arena_format(gate->arena, "%.*s %.*s", VST_STR_ARGS(text), VST_STR_ARGS(added));
	vst_measure without, with;

	gate->suffix_at = text.len;
	gate->out->text = plain;
	if (vst_needs_stop(text)) {
		vst_str stopped = vst_arena_format(gate->arena, "%.*s. %.*s", VST_STR_ARGS(text), VST_STR_ARGS(added));

		vst_text_measure(plain, &without);
		vst_text_measure(stopped, &with);
		if (with.segments == without.segments) {
			gate->suffix_at = text.len + 1;
			gate->out->text = stopped;
		}
	}
}

void vst_rule_add_opt_out(vst_gate *gate)
{
	const vst_gate_facts *facts = gate->facts;
	vst_str text = gate->out->text, added;
	unsigned said = says(vst_search_lower(gate->arena, text));
	bool refusal = (said & SAYS_REFUSAL) != 0;

	if (refusal && (facts->sender.inbound || vst_search_number(text, facts->entity.opt_out_number) ||
	                vst_search_own_link(text, facts->own_hosts, facts->own_host_count))) {
		return;
	}
	added = suffix(gate);
	if (added.len == 0) {
		vst_gate_find(gate, VST_F_OPT_OUT_MISSING, 0, NULL, 0);
		return;
	}
	append(gate, added);
	vst_gate_find(gate, refusal && (said & SAYS_REPLY) != 0 ? VST_F_OPT_OUT_REPLY_DEAD : VST_F_OPT_OUT_ADDED, 0, NULL,
	              0);
}
