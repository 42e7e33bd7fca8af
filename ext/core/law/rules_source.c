#include "rule.h"
#include "text/rewrite.h"
#include "text_search.h"

/*
 * R19: the person sees where the consent came from. The phrase of the recorded consent is put in front of the opt-out
 * when it costs no further segment, the long wording before the short one; else the link tells it.
 */

typedef struct source_phrases {
	vst_str longer, shorter;
} source_phrases;

/* What the settings say of this person's consent, in the language of the text. */
static source_phrases phrases_of(const vst_gate *gate)
{
	const vst_rule_values *rules = &gate->settings->rules;
	vst_source source = gate->facts->person->consent[VST_PURPOSE_ADVERTISING].source;

	return vst_text_has_cyrillic(gate->out->text)
	           ? (source_phrases) {rules->source_long_ru[source], rules->source_short_ru[source]}
	           : (source_phrases) {rules->source_long_en[source], rules->source_short_en[source]};
}

/* A text that says so itself, or holds the link as it was given. */
static bool names_source(vst_gate *gate, const source_phrases *phrases)
{
	vst_str text = gate->out->text, link = gate->facts->link;

	if (link.len > 0 && vst_str_contains(gate->facts->text, link)) {
		return true;
	}
	return (vst_gate_says(gate) & VST_SAYS_SOURCE) != 0 || vst_str_contains(text, phrases->longer) ||
	       vst_str_contains(text, phrases->shorter);
}

/* The text with the phrase in front of what the gate itself added; no more segments than before, or empty. */
static vst_str with_phrase(vst_gate *gate, vst_str phrase, int segments_max)
{
	vst_str text = gate->out->text;
	size_t at = gate->suffix_at > 0 ? gate->suffix_at : text.len;
	vst_str head = {text.ptr, at}, tail = {text.ptr + at, text.len - at};
	vst_str stop = vst_needs_stop(head) ? VST_STR(". ") : VST_STR(" ");
	vst_str joined = vst_arena_join(gate->arena, (const vst_str[]) {head, stop, phrase, VST_STR("."), tail}, 5);

	return vst_gate_segments(gate, joined) <= segments_max ? joined : VST_STR_EMPTY;
}

static bool add_phrase(vst_gate *gate, const source_phrases *phrases, int segments_max)
{
	vst_str joined = with_phrase(gate, phrases->longer, segments_max);

	if (joined.len == 0) {
		joined = with_phrase(gate, phrases->shorter, segments_max);
	}
	if (joined.len == 0) {
		return false;
	}
	gate->out->text = joined;
	vst_gate_find(gate, VST_F_SOURCE_ADDED, 0, NULL, 0);
	return true;
}

/* The page behind the link tells the source; it stands in the text already where it is the way to opt out. */
static bool add_link(vst_gate *gate)
{
	vst_str link = gate->facts->link;

	if (link.len == 0) {
		return false;
	}
	if (!vst_str_contains(gate->out->text, link)) {
		gate->out->text = vst_arena_join(gate->arena, (const vst_str[]) {gate->out->text, VST_STR(" "), link}, 3);
		vst_gate_find(gate, VST_F_SOURCE_ADDED, 0, NULL, 0);
	}
	return true;
}

void vst_rule_add_source(vst_gate *gate)
{
	const vst_rule_values *rules = &gate->settings->rules;
	const vst_person *person = gate->facts->person;
	source_phrases phrases;
	int segments;

	if (person == NULL || person->consent[VST_PURPOSE_ADVERTISING].status == VST_CONSENT_NONE) {
		return; /* without a consent there is no source to name: R03 says so */
	}
	phrases = phrases_of(gate);
	if (names_source(gate, &phrases)) {
		return;
	}
	segments = vst_gate_segments(gate, gate->out->text);
	if (add_phrase(gate, &phrases, segments) || add_link(gate) ||
	    (rules->source_costs && add_phrase(gate, &phrases, segments + 1))) {
		return;
	}
	vst_gate_find(gate, rules->source_required ? VST_F_SOURCE_MISSING : VST_F_SOURCE_MISSING_ACCEPTED, 0, NULL, 0);
}
