/* Which send windows hold for a message, and how a person is told. */
#include "rule.h"

static bool fits(vst_str wanted, vst_str fact)
{
	return wanted.len == 0 || vst_str_equal(wanted, fact);
}

/* The next of the subjects joined with ", ". */
static vst_str next_subject(vst_str *rest)
{
	const char *comma = memchr(rest->ptr, ',', rest->len);
	vst_str subject = {rest->ptr, comma != NULL ? (size_t) (comma - rest->ptr) : rest->len};

	*rest = comma != NULL ? (vst_str) {comma + 1, rest->len - subject.len - 1} : VST_STR_EMPTY;
	while (rest->len > 0 && rest->ptr[0] == ' ') {
		*rest = (vst_str) {rest->ptr + 1, rest->len - 1};
	}
	return subject;
}

static bool in_territory(vst_str wanted, vst_str territory)
{
	bool found = wanted.len == 0;

	while (!found && territory.len > 0) {
		found = vst_str_equal(next_subject(&territory), wanted);
	}
	return found;
}

static bool holds_for(const vst_window_rule *rule, int family, const vst_gate_facts *facts)
{
	return rule->family == family && fits(rule->entity, facts->entity.id) && fits(rule->provider, facts->provider) &&
	       (fits(rule->operator_name, facts->operator_name) || fits(rule->operator_name, facts->operator_inn)) &&
	       in_territory(rule->territory, facts->territory);
}

/* The noise laws of the recipient's subjects; of all the table when one of them is unknown or not in it. */
static void add_noise_laws(vst_str territory, vst_schedule *out)
{
	bool every = territory.len == 0;
	size_t before = out->count;

	while (!every && territory.len > 0) {
		vst_str subject = next_subject(&territory);
		const vst_window_rule *law;

		every = true;
		for (size_t i = 0; (law = vst_noise_law(i)) != NULL; i++) {
			if (vst_str_equal(law->territory, subject)) {
				vst_schedule_add(out, law);
				every = false;
			}
		}
	}
	if (every) {
		out->count = before;
		for (size_t i = 0; vst_noise_law(i) != NULL; i++) {
			vst_schedule_add(out, vst_noise_law(i));
		}
	}
}

void vst_gate_hours(const vst_gate *gate, int family, vst_schedule *out)
{
	const vst_law_settings *settings = gate->settings;

	out->count = 0;
	out->dated = false;
	out->holidays = settings->holidays;
	out->holiday_count = settings->holiday_count;
	for (size_t i = 0; family == VST_WINDOW_DEBT && i < VST_DEBT_HOURS; i++) {
		vst_schedule_add(out, vst_debt_hours(i));
	}
	vst_schedule_add(out, &settings->windows[family].base);
	for (size_t i = 0; i < settings->window_rule_count; i++) {
		if (holds_for(&settings->window_rules[i], family, gate->facts)) {
			vst_schedule_add(out, &settings->window_rules[i]);
		}
	}
	if (settings->windows[family].strict) {
		add_noise_laws(gate->facts->territory, out);
	}
}

int64_t vst_gate_guard(const vst_gate *gate)
{
	const vst_rule_values *values = &gate->settings->rules;

	return values->guard_s + (gate->facts->validity == VST_VALIDITY_MINUTES ? 0 : values->margin_s);
}

static vst_gate_word clock_word(const vst_gate *gate, const char *name, int minute)
{
	vst_str text = vst_arena_format(gate->arena, "%02d:%02d", minute / 60, minute % 60);

	return (vst_gate_word) {name, text, text};
}

static vst_str with(const vst_gate *gate, vst_str list, vst_str more)
{
	return more.len == 0 ? list
	                     : vst_arena_format(gate->arena, "%.*s%s%.*s", VST_STR_ARGS(list), list.len > 0 ? ", " : "",
	                                        VST_STR_ARGS(more));
}

/* " (windows.rules.2: Московская область, выходные)" */
static vst_str rule_words(const vst_gate *gate, const vst_window_rule *rule, bool russian)
{
	vst_str list = with(gate, with(gate, VST_STR_EMPTY, rule->entity), rule->operator_name);

	list = with(gate, with(gate, list, rule->provider), rule->index >= 0 ? rule->territory : VST_STR_EMPTY);
	list = with(gate, list, russian ? rule->law_ru : rule->law_en);
	for (unsigned bit = 1; vst_calendar_name(bit, russian) != NULL; bit <<= 1) {
		if ((rule->days & bit) != 0) {
			list = with(gate, list, vst_str_from(vst_calendar_name(bit, russian)));
		}
	}
	if (rule->index >= 0) {
		list = vst_arena_format(gate->arena, "windows.rules.%d%s%.*s", rule->index, list.len > 0 ? ": " : "",
		                        VST_STR_ARGS(list));
	}
	return list.len > 0 ? vst_arena_format(gate->arena, " (%.*s)", VST_STR_ARGS(list)) : VST_STR_EMPTY;
}

void vst_gate_hours_words(const vst_gate *gate, const vst_schedule *schedule, int64_t until,
                          vst_gate_word words[VST_HOURS_WORDS])
{
	const vst_gate_facts *facts = gate->facts;
	const vst_window_rule *rule =
		vst_schedule_closed_by(schedule, facts->zones, facts->zone_count, vst_gate_from(gate), until);

	rule = rule != NULL || schedule->count == 0 ? rule : schedule->rules[0];
	words[0] = clock_word(gate, "from", rule != NULL ? rule->window.from : 0);
	words[1] = clock_word(gate, "to", rule != NULL ? rule->window.to : 1440);
	words[2] = (vst_gate_word) {"by", VST_STR_EMPTY, VST_STR_EMPTY};
	words[3] = (vst_gate_word) {"zone", VST_STR_EMPTY, VST_STR_EMPTY};
	words[4] = vst_gate_when(gate, "when", until);
	if (rule != NULL) {
		words[2].ru = rule_words(gate, rule, true);
		words[2].en = rule_words(gate, rule, false);
	}
	if (!facts->zones_known) {
		words[3].ru = VST_STR(" (его часовой пояс неизвестен, поэтому — во всех поясах страны)");
		words[3].en = VST_STR(" (the zone is unknown, so in every zone of the country)");
	}
}
