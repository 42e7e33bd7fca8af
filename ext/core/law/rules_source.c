#include "rule.h"
#include "text/measure.h"
#include "text/rewrite.h"
#include "text_search.h"

/*
 * R19: the person sees where the consent came from. The phrase of the recorded consent is put in front of the opt-out
 * when it costs no further segment, the long wording before the short one; else the link tells it.
 */

/* A text that says so itself. */
static bool names_source(vst_gate *gate)
{
	static const vst_str stems[] = {
		VST_STR("вы подписал"),       VST_STR("вы подписан"),      VST_STR("вашей подписк"),
		VST_STR("ваша подписк"),      VST_STR("вы согласи"),       VST_STR("вашего согласия"),
		VST_STR("вашему согласию"),   VST_STR("вы дали согласие"), VST_STR("you subscribed"),
		VST_STR("you signed up"),     VST_STR("you agreed"),       VST_STR("your consent"),
		VST_STR("your subscription"),
	};

	for (size_t i = 0; i < sizeof stems / sizeof stems[0]; i++) {
		if (vst_search_text(gate->out->text, stems[i])) {
			return true;
		}
	}
	return false;
}

/* The text with the phrase in front of what the gate itself added; no more segments than before, or empty. */
static vst_str with_phrase(vst_gate *gate, vst_str phrase, int segments_max)
{
	vst_str text = gate->out->text;
	size_t at = gate->suffix_at > 0 ? gate->suffix_at : text.len;
	vst_str head = {text.ptr, at}, tail = {text.ptr + at, text.len - at}, joined;
	const char *stop = vst_needs_stop(head) ? "." : "";
	vst_measure measured;

	joined = vst_arena_format(gate->arena, "%.*s%s %.*s.%.*s", VST_STR_ARGS(head), stop, VST_STR_ARGS(phrase),
	                          VST_STR_ARGS(tail));
	vst_text_measure(joined, &measured);
	return measured.segments <= segments_max ? joined : VST_STR_EMPTY;
}

static bool add_phrase(vst_gate *gate, int segments_max)
{
	const vst_rule_values *rules = &gate->settings->rules;
	vst_source source = gate->facts->person->consent[VST_PURPOSE_ADVERTISING].source;
	bool russian = vst_text_has_cyrillic(gate->out->text);
	const vst_str phrases[] = {
		(russian ? rules->source_long_ru : rules->source_long_en)[source],
		(russian ? rules->source_short_ru : rules->source_short_en)[source],
	};

	for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
		vst_str joined = with_phrase(gate, phrases[i], segments_max);

		if (joined.len > 0) {
			gate->out->text = joined;
			vst_gate_find(gate, VST_F_SOURCE_ADDED, 0, NULL, 0);
			return true;
		}
	}
	return false;
}

/* The page behind the link tells the source; it stands in the text already where it is the way to opt out. */
static bool add_link(vst_gate *gate)
{
	vst_str link = gate->facts->link;

	if (link.len == 0) {
		return false;
	}
	if (!vst_str_contains(gate->out->text, link)) {
		gate->out->text = vst_arena_format(gate->arena, "%.*s %.*s", VST_STR_ARGS(gate->out->text), VST_STR_ARGS(link));
		vst_gate_find(gate, VST_F_SOURCE_ADDED, 0, NULL, 0);
	}
	return true;
}

void vst_rule_add_source(vst_gate *gate)
{
	const vst_rule_values *rules = &gate->settings->rules;
	const vst_person *person = gate->facts->person;
	vst_measure measured;

	if (person == NULL || person->consent[VST_PURPOSE_ADVERTISING].status == VST_CONSENT_NONE || names_source(gate)) {
		return; /* without a consent there is no source to name: R03 says so */
	}
	vst_text_measure(gate->out->text, &measured);
	if (add_phrase(gate, measured.segments) || add_link(gate) ||
	    (rules->source_costs && add_phrase(gate, measured.segments + 1))) {
		return;
	}
	vst_gate_find(gate, rules->source_required ? VST_F_SOURCE_MISSING : VST_F_SOURCE_MISSING_ACCEPTED, 0, NULL, 0);
}
