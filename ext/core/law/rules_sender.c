#include "rule.h"
#include "text_search.h"

static bool has_letter(vst_str name)
{
	for (size_t i = 0; i < name.len; i++) {
		if ((name.ptr[i] >= 'a' && name.ptr[i] <= 'z') || (name.ptr[i] >= 'A' && name.ptr[i] <= 'Z')) {
			return true;
		}
	}
	return false;
}

/* A name tells who writes, and whether it is a good one is R29's matter; a number does not. */
void vst_rule_identify_sender(vst_gate *gate)
{
	const vst_gate_facts *facts = gate->facts;
	vst_str brand = facts->entity.brand;

	if (facts->sender.name.len == 0 || has_letter(facts->sender.name)) {
		return;
	}
	if (brand.len == 0) {
		vst_gate_find(gate, VST_F_SENDER_UNIDENTIFIED, 0, NULL, 0);
	} else if (!vst_search_text(gate->out->text, brand)) {
		gate->out->text = vst_arena_join(gate->arena, (const vst_str[]) {brand, VST_STR(": "), gate->out->text}, 3);
		vst_gate_find(gate, VST_F_SENDER_PREFIXED, 0, NULL, 0);
	}
}

/*
 * Names: 3 to 11 of Latin letters, digits and the marks MTS allows, with a letter among them. Numbers: short codes
 * from 3 digits, others up to the 15 of E.164.
 */
static bool is_well_formed(vst_str name)
{
	bool letter = has_letter(name);
	size_t begin = !letter && name.len > 0 && name.ptr[0] == '+';

	if (name.len - begin < 3 || name.len - begin > (letter ? 11 : 15)) {
		return false;
	}
	for (size_t i = begin; i < name.len; i++) {
		char c = name.ptr[i];
		bool digit = c >= '0' && c <= '9';
		bool named = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c != '\0' && strchr("!?-_.()", c) != NULL);

		if (!digit && !(letter && named)) {
			return false;
		}
	}
	return true;
}

void vst_rule_sender(vst_gate *gate)
{
	const vst_gate_sender *sender = &gate->facts->sender;

	if (sender->name.len == 0) {
		vst_gate_find(gate, VST_F_SENDER_MISSING, 0, NULL, 0);
	} else if (!is_well_formed(sender->name)) {
		vst_gate_find(gate, VST_F_SENDER_MALFORMED, 0, NULL, 0);
	} else if (!sender->named) {
		vst_gate_find(gate, VST_F_SENDER_UNKNOWN, 0, NULL, 0);
	} else if (sender->unregistered) {
		vst_gate_word name = {"operator", gate->facts->operator_name, gate->facts->operator_name};

		vst_gate_find(gate, VST_F_SENDER_NOT_REGISTERED, 0, &name, 1);
	}
}

static bool serves(const vst_gate_facts *facts)
{
	for (size_t i = 0; facts->countries != NULL && facts->countries[i] != NULL; i++) {
		if (strcmp(facts->countries[i], facts->phone_country) == 0) {
			return true;
		}
	}
	return false;
}

void vst_rule_phone(vst_gate *gate)
{
	const vst_gate_facts *facts = gate->facts;

	if (!facts->phone_valid) {
		vst_gate_find(gate, VST_F_PHONE_INVALID, 0, NULL, 0);
	} else if (facts->phone_mobile_known && !facts->phone_mobile) {
		vst_gate_find(gate, VST_F_PHONE_FIXED_LINE, 0, NULL, 0);
	} else if (!serves(facts)) {
		vst_gate_find(gate, VST_F_COUNTRY_NOT_SERVED, 0, NULL, 0);
	}
}

/* The engine counts, in the transaction that claims the message. */
int64_t vst_rule_rate_next(const vst_gate *gate, int64_t at)
{
	return gate->facts->rate_until > at ? gate->facts->rate_until : at;
}

void vst_rule_rate_deferred(vst_gate *gate, int64_t until)
{
	vst_gate_word when = vst_gate_when(gate, "when", until);

	vst_gate_find(gate, VST_F_SENDER_LIMIT, until, &when, 1);
}
