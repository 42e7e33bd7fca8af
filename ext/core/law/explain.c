#include "rule.h"

static const vst_gate_word *word_at(vst_str text, const vst_gate_word *words, size_t count, size_t *len)
{
	for (size_t i = 0; i < count; i++) {
		size_t name = strlen(words[i].name);

		if (text.len >= name + 2 && memcmp(text.ptr + 1, words[i].name, name) == 0 && text.ptr[name + 1] == '}') {
			*len = name + 2;
			return &words[i];
		}
	}
	return NULL;
}

/* The text with its {words} filled in. Each word stands at most twice. */
static vst_str fill(vst_gate *gate, vst_str text, const vst_gate_word *words, size_t count, bool russian)
{
	size_t size = text.len + 1, len = 0;
	char *out;

	if (count == 0) {
		return text;
	}
	for (size_t i = 0; i < count; i++) {
		size += 2 * (russian ? words[i].ru.len : words[i].en.len);
	}
	out = vst_arena_alloc(gate->arena, size);
	if (out == NULL) {
		return VST_STR_EMPTY;
	}
	for (size_t at = 0; at < text.len;) {
		size_t skip = 1;
		vst_str piece = {text.ptr + at, 1};
		const vst_gate_word *word =
			text.ptr[at] == '{' ? word_at((vst_str) {text.ptr + at, text.len - at}, words, count, &skip) : NULL;

		if (word != NULL) {
			piece = russian ? word->ru : word->en;
		}
		if (len + piece.len >= size) {
			break;
		}
		memcpy(out + len, piece.ptr, piece.len);
		len += piece.len;
		at += skip;
	}
	return (vst_str) {out, len};
}

static bool is_acknowledged(const vst_gate_facts *facts, const char *rule)
{
	for (size_t i = 0; i < facts->acknowledged_count; i++) {
		if (vst_str_is(facts->acknowledged[i], rule)) {
			return true;
		}
	}
	return false;
}

void vst_gate_find(vst_gate *gate, vst_finding_id id, int64_t until, const vst_gate_word *words, size_t count)
{
	const vst_finding_kind *kind = &vst_finding_kinds()[id];
	const vst_rule *rule = &vst_rules()[vst_rule_place(kind->rule)];
	vst_finding *finding;

	if (gate->out->finding_count == VST_FINDINGS_MAX) {
		return; /* cannot happen: every rule makes at most three findings */
	}
	finding = &gate->out->findings[gate->out->finding_count++];
	*finding = (vst_finding) {
		.rule = kind->rule,
		.code = kind->code,
		.verdict = kind->verdict,
		.acknowledged = kind->verdict == VST_FINDING_WARN && is_acknowledged(gate->facts, kind->rule),
		.basis_ru = rule->basis_ru,
		.basis_en = rule->basis_en,
		.explanation_ru = fill(gate, kind->ru, words, count, true),
		.explanation_en = fill(gate, kind->en, words, count, false),
		.until = until,
	};
}

#define MOSCOW_OFFSET (3 * 3600) /* since 2014-10-26 */

vst_gate_word vst_gate_when(const vst_gate *gate, const char *name, int64_t at)
{
	bool known = gate->facts->zones_known && gate->facts->zone_count > 0;
	int64_t local = at + (known ? vst_zone_offset(gate->facts->zones[0], at) : MOSCOW_OFFSET);
	int64_t days = vst_day_of(local);
	vst_date date = vst_date_of(days);
	int minute = (int) ((local - days * 86400) / 60);

	return (vst_gate_word) {
		name,
		vst_arena_format(gate->arena, "%02d.%02d в %02d:%02d %s", date.day, date.month, minute / 60, minute % 60,
	                     known ? "по времени получателя" : "по московскому времени"),
		vst_arena_format(gate->arena, "on %02d.%02d at %02d:%02d %s", date.day, date.month, minute / 60, minute % 60,
	                     known ? "by the recipient's clock" : "Moscow time"),
	};
}

vst_gate_word vst_gate_number(const vst_gate *gate, const char *name, int64_t number)
{
	vst_str text = vst_arena_format(gate->arena, "%lld", (long long) number);

	return (vst_gate_word) {name, text, text};
}
