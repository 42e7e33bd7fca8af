#include "rule.h"
#include "text_search.h"

/*
 * R17, article 8 of 38-FZ: who sells at a distance names itself, its place and its state registration number. In a text
 * of 70 characters that is a link to a page of the seller's own.
 */

static bool names_seller(const vst_gate *gate)
{
	const vst_gate_entity *entity = &gate->facts->entity;
	vst_str text = gate->out->text;

	return entity->ogrn.len > 0 && entity->address.len > 0 && vst_str_contains(text, entity->ogrn) &&
	       vst_search_text(text, entity->name) && vst_search_text(text, entity->address);
}

/* The page behind the gate's own link is made of the settings, so it tells only what stands there. */
static bool links_to_seller(const vst_gate *gate)
{
	const vst_gate_facts *facts = gate->facts;
	bool known = facts->entity.ogrn.len > 0 && facts->entity.address.len > 0;

	if (known && facts->link.len > 0 && vst_str_contains(gate->out->text, facts->link)) {
		return true;
	}
	return vst_search_own_link(facts->text, facts->own_hosts, facts->own_host_count);
}

void vst_rule_seller(vst_gate *gate)
{
	bool strict = gate->settings->rules.seller_strict;

	if (gate->facts->template_fault.kind != VST_TEMPLATE_OK) {
		return; /* there is no text yet */
	}
	if (!names_seller(gate) && (strict || !links_to_seller(gate))) {
		vst_gate_find(gate, strict ? VST_F_SELLER_NOT_IN_TEXT : VST_F_SELLER_UNNAMED, 0, NULL, 0);
	}
}
