#include "rule.h"
#include "text_search.h"
#include "text/rewrite.h"

/*
 * A working instruction to opt out is a word of refusal together with a way that works: a number that takes inbound
 * messages, a link on a host of the entity's own, or a reply where the sender is a number that takes them. A reply to a name
 * reaches nobody.
 */

/* "Отказ: +79990000000": a wording of the settings with what its mark stands for. */
static vst_str worded(vst_gate *gate, vst_str wording, vst_str mark, vst_str value)
{
	for (size_t at = 0; at + mark.len <= wording.len; at++) {
		if (memcmp(wording.ptr + at, mark.ptr, mark.len) == 0) {
			vst_str rest = {wording.ptr + at + mark.len, wording.len - at - mark.len};

			return vst_arena_join(gate->arena, (const vst_str[]) {{wording.ptr, at}, value, rest}, 3);
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
	vst_str plain = vst_arena_join(gate->arena, (const vst_str[]) {text, VST_STR(" "), added}, 3);

	gate->suffix_at = text.len;
	gate->out->text = plain;
	if (vst_needs_stop(text)) {
		vst_str stopped = vst_arena_join(gate->arena, (const vst_str[]) {text, VST_STR(". "), added}, 3);

		if (vst_gate_segments(gate, stopped) == vst_gate_segments(gate, plain)) {
			gate->suffix_at = text.len + 1;
			gate->out->text = stopped;
		}
	}
}

void vst_rule_add_opt_out(vst_gate *gate)
{
	const vst_gate_facts *facts = gate->facts;
	vst_str text = gate->out->text, added;
	unsigned said = vst_gate_says(gate);
	bool refusal = (said & VST_SAYS_REFUSAL) != 0;

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
	vst_gate_find(gate, refusal && (said & VST_SAYS_REPLY) != 0 ? VST_F_OPT_OUT_REPLY_DEAD : VST_F_OPT_OUT_ADDED, 0,
	              NULL, 0);
}
