#include "rule.h"

bool vst_gate_is_registered(const vst_gate *gate, vst_str text)
{
	const vst_law_settings *settings = gate->settings;

	for (size_t i = 0; i < settings->template_count && gate->out->category != VST_ADVERTISING; i++) {
		if (vst_operator_template_matches(&settings->templates[i], text, gate->arena)) {
			return true;
		}
	}
	return false;
}

/* Operators bill what matches no registered template as advertising. Who has registered none is not reminded of it. */
void vst_rule_template(vst_gate *gate)
{
	if (gate->settings->template_count > 0 && gate->facts->template_fault.kind == VST_TEMPLATE_OK &&
	    !vst_gate_is_registered(gate, gate->out->text)) {
		vst_gate_find(gate, VST_F_TEMPLATE_NOT_REGISTERED, 0, NULL, 0);
	}
}
