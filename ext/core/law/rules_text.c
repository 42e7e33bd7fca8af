#include "rule.h"
#include "text/measure.h"
#include "text/rewrite.h"
#include "text_search.h"

void vst_rule_clean(vst_gate *gate)
{
	vst_str cleaned;
	bool changed = vst_text_clean(gate->out->text, gate->arena, &cleaned);

	gate->out->text = cleaned;
	if (cleaned.len == 0) {
		vst_gate_find(gate, VST_F_TEXT_EMPTY, 0, NULL, 0);
	} else if (changed) {
		vst_gate_find(gate, VST_F_TEXT_CLEANED, 0, NULL, 0);
	}
}

void vst_rule_lighten(vst_gate *gate)
{
	vst_str lighter;

	/* an operator compares every character: a registered template stays as it was registered */
	if (!gate->heavy && vst_text_lighten(gate->out->text, gate->arena, &lighter) &&
	    !vst_gate_is_registered(gate, gate->out->text)) {
		gate->out->text = lighter;
		vst_gate_find(gate, VST_F_TEXT_LIGHTENED, 0, NULL, 0);
	}
}

unsigned vst_gate_says(vst_gate *gate)
{
	if (!gate->says_known) {
		gate->says = vst_text_says(vst_search_lower(gate->arena, gate->out->text));
		gate->says_known = true;
	}
	return gate->says;
}

int vst_gate_segments(vst_gate *gate, vst_str text)
{
	vst_str lighter = text;
	vst_measure measured;

	if (!gate->heavy_known) {
		gate->heavy = vst_text_cannot_get_lighter(gate->facts->text);
		gate->heavy_known = true;
	}
	if (!gate->heavy) {
		(void) vst_text_lighten(text, gate->arena, &lighter);
	}
	vst_text_measure(lighter, &measured);
	return measured.segments;
}

void vst_rule_segments(vst_gate *gate)
{
	int64_t limit = gate->settings->rules.segments[gate->out->category];

	if (gate->out->segments > limit && gate->facts->template_fault.kind == VST_TEMPLATE_OK) {
		vst_gate_word words[] = {
			vst_gate_number(gate, "segments", gate->out->segments),
			vst_gate_number(gate, "limit", limit),
		};

		vst_gate_find(gate, VST_F_TOO_MANY_SEGMENTS, 0, words, 2);
	}
}

static void find_template_fault(vst_gate *gate, const vst_template_fault *fault)
{
	vst_finding_id id = fault->kind == VST_TEMPLATE_UNRESOLVED ? VST_F_VARIABLE_UNRESOLVED
	                    : fault->kind == VST_TEMPLATE_EMPTY    ? VST_F_VARIABLE_EMPTY
	                                                           : VST_F_TEMPLATE_MALFORMED;
	vst_str why = vst_str_from(fault->why);
	vst_gate_word words[] = {
		{"name", fault->name, fault->name},
		vst_gate_number(gate, "position", (int64_t) fault->position + 1),
		{"why", why, why},
	};

	vst_gate_find(gate, id, 0, words, 3);
}

/* Only in what the caller gave as text: braces of a template are read by its renderer, values are never searched. */
void vst_rule_placeholders(vst_gate *gate)
{
	const vst_gate_facts *facts = gate->facts;
	vst_str found;
	size_t position;

	if (facts->template_fault.kind != VST_TEMPLATE_OK) {
		find_template_fault(gate, &facts->template_fault);
	} else if (!facts->from_template && vst_text_placeholder(facts->given_text, &found, &position)) {
		vst_str shown = found.len <= 80 ? found : VST_STR("{…}");
		vst_gate_word words[] = {
			{"placeholder", shown, shown},
			vst_gate_number(gate, "position", (int64_t) position + 1),
		};

		vst_gate_find(gate, VST_F_PLACEHOLDER, 0, words, 2);
	}
}
