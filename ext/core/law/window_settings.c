/* The settings' key `windows`. */
#include <stdio.h>

#include "base/fields.h"
#include "rule.h"
#include "text/region.h"

#define SPREAD_STANDARD 900
#define EXPECTED_TIME "expected a time such as 07:00"

static vst_window_rule rule_of(int family, int index, vst_window window)
{
	return (vst_window_rule) {
		.family = family,
		.index = index,
		.window = window,
		.entity = VST_STR_EMPTY,
		.operator_name = VST_STR_EMPTY,
		.provider = VST_STR_EMPTY,
		.territory = VST_STR_EMPTY,
		.law_ru = VST_STR_EMPTY,
		.law_en = VST_STR_EMPTY,
	};
}

void vst_windows_standard(vst_law_settings *settings)
{
	vst_category_window *advertising = &settings->windows[VST_ADVERTISING];

	for (int family = 0; family <= VST_WINDOW_DEBT; family++) {
		settings->windows[family].spread_s = SPREAD_STANDARD;
		settings->windows[family].base = rule_of(family, -1, (vst_window) {0, 1440});
	}
	advertising->limited = true;
	advertising->base.window = (vst_window) {7 * 60, 23 * 60};
	advertising->preferred[0] = rule_of(VST_ADVERTISING, -1, (vst_window) {8 * 60, 10 * 60});
	advertising->preferred[1] = rule_of(VST_ADVERTISING, -1, (vst_window) {18 * 60, 21 * 60});
	advertising->preferred_count = 2;
	advertising->prefer_campaigns = true;
}

/* ---- hours of one category ---- */

static vst_rc read_preferred(const vst_fields *fields, vst_category_window *out, vst_err *err)
{
	const json_t *list = NULL;
	vst_rc rc = vst_fields_list(fields, "preferred", VST_PREFERRED_MAX, &list, err);

	if (rc != VST_OK || list == NULL) {
		return rc;
	}
	out->preferred_count = 0;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *pair = json_array_get(list, i);
		const char *from = json_string_value(json_array_get(pair, 0));
		const char *to = json_string_value(json_array_get(pair, 1));
		vst_window window;

		if (json_array_size(pair) != 2 || from == NULL || to == NULL ||
		    !vst_window_parse(vst_str_from(from), vst_str_from(to), &window)) {
			return vst_fields_refuse(fields, "preferred", err, "expected pairs of times such as ['08:00', '10:00']");
		}
		if (window.from >= window.to) {
			return vst_fields_refuse(fields, "preferred", err, "each pair must run from an earlier to a later time");
		}
		if (out->preferred_count > 0 && window.from < out->preferred[out->preferred_count - 1].window.to) {
			return vst_fields_refuse(fields, "preferred", err, "the pairs overlap or are out of order");
		}
		out->preferred[out->preferred_count++] = rule_of(out->base.family, -1, window);
	}
	return VST_OK;
}

static vst_rc read_prefer(const vst_fields *fields, vst_category_window *out, vst_err *err)
{
	const json_t *list = NULL;
	vst_rc rc = vst_fields_list(fields, "prefer", 2, &list, err);

	if (rc != VST_OK || list == NULL) {
		return rc;
	}
	out->prefer_campaigns = out->prefer_triggers = false;
	for (size_t i = 0; i < json_array_size(list); i++) {
		vst_str name = vst_str_from(json_string_value(json_array_get(list, i)));

		if (vst_str_is(name, "campaign")) {
			out->prefer_campaigns = true;
		} else if (vst_str_is(name, "trigger")) {
			out->prefer_triggers = true;
		} else {
			return vst_fields_refuse(fields, "prefer", err, "expected a list of campaign, trigger");
		}
	}
	return VST_OK;
}

/* from and to; with `required` both must be given, else what is not given stays as it is. */
static vst_rc read_hours(const vst_fields *fields, bool required, vst_window *out, vst_err *err)
{
	static const char *const names[] = {"from", "to"};
	int *minutes[] = {&out->from, &out->to};

	for (int i = 0; i < 2; i++) {
		vst_str text = VST_STR_EMPTY;
		vst_window window;
		vst_rc rc = vst_fields_text(fields, names[i], 1, 16, &text, err);

		if (rc != VST_OK) {
			return rc;
		}
		if (text.len == 0 && !required) {
			continue;
		}
		if (!vst_window_parse(i == 0 ? text : VST_STR("00:00"), i == 0 ? VST_STR("24:00") : text, &window)) {
			return vst_fields_refuse(fields, names[i], err, EXPECTED_TIME);
		}
		*minutes[i] = i == 0 ? window.from : window.to;
	}
	if (out->from == out->to) {
		return vst_fields_refuse(fields, "to", err, "equal to from; write 00:00 to 24:00 for the whole day");
	}
	return VST_OK;
}

static vst_rc read_preset(const vst_fields *fields, vst_category_window *out, vst_err *err)
{
	vst_str preset = VST_STR("guide");
	bool hours = vst_fields_has(fields, "from") || vst_fields_has(fields, "to");
	vst_rc rc = vst_fields_text(fields, "preset", 1, 16, &preset, err);

	if (rc != VST_OK) {
		return rc;
	}
	if (vst_str_is(preset, "market")) {
		out->base.window = (vst_window) {9 * 60, 21 * 60};
		return hours ? vst_fields_refuse(fields, "preset", err, "market has hours of its own: leave out from and to")
		             : VST_OK;
	}
	out->strict = vst_str_is(preset, "strict");
	return out->strict || vst_str_is(preset, "guide")
	           ? VST_OK
	           : vst_fields_refuse(fields, "preset", err, "expected guide, market or strict");
}

static vst_rc read_window(const vst_fields *windows, const char *name, const char *const *known,
                          vst_category_window *out, vst_err *err)
{
	const json_t *object = NULL;
	char path[VST_PATH_MAX];
	int64_t spread = out->spread_s;
	vst_fields fields;
	vst_rc rc = vst_fields_object(windows, name, &object, err);

	if (rc != VST_OK || object == NULL) {
		return rc;
	}
	vst_fields_path(windows, name, path);
	fields = vst_fields_settings(object, path);
	if ((rc = vst_fields_known(&fields, known, err)) != VST_OK || (rc = read_preset(&fields, out, err)) != VST_OK) {
		return rc;
	}
	if (vst_fields_has(&fields, "from") || vst_fields_has(&fields, "to")) {
		rc = read_hours(&fields, !out->limited, &out->base.window, err);
		out->limited = true;
	}
	if (rc == VST_OK && (rc = read_preferred(&fields, out, err)) == VST_OK &&
	    (rc = read_prefer(&fields, out, err)) == VST_OK) {
		rc = vst_fields_integer(&fields, "spread_s", 0, 86400, &spread, err);
	}
	out->spread_s = (int) spread;
	return rc;
}

/* ---- further windows under conditions ---- */

static vst_rc read_days(const vst_fields *fields, unsigned *out, vst_err *err)
{
	const json_t *value = json_object_get(fields->object, "days");
	size_t count = json_is_array(value) ? json_array_size(value) : 1;

	if (value == NULL || json_is_null(value)) {
		return VST_OK;
	}
	for (size_t i = 0; i < count; i++) {
		const json_t *item = json_is_array(value) ? json_array_get(value, i) : value;
		unsigned bit = vst_calendar_parse(vst_str_from(json_string_value(item)));

		if (bit == 0) {
			return vst_fields_refuse(fields, "days", err,
			                         "expected a list of mon, tue, wed, thu, fri, sat, sun, working, weekend, holiday");
		}
		*out |= bit;
	}
	return count > 0 ? VST_OK : vst_fields_refuse(fields, "days", err, "empty; leave it out for every day");
}

/* One subject of the federation, in any usual spelling; kept as the numbering plan names it. */
static vst_rc read_territory(const vst_fields *fields, vst_arena *texts, vst_str *out, vst_err *err)
{
	vst_region found;
	vst_str text = VST_STR_EMPTY;
	vst_rc rc = vst_fields_text(fields, "territory", 1, 255, &text, err);

	if (rc != VST_OK || text.len == 0) {
		return rc;
	}
	if (!vst_region_read(text, &found) || memchr(found.names, ',', strlen(found.names)) != NULL) {
		return vst_fields_refuse(fields, "territory", err, "expected one subject of the Russian Federation");
	}
	*out = vst_arena_copy(texts, vst_str_from(found.names));
	return VST_OK;
}

static vst_rc read_text(const vst_fields *fields, const char *key, vst_arena *texts, vst_str *out, vst_err *err)
{
	vst_str text = VST_STR_EMPTY;
	vst_rc rc = vst_fields_text(fields, key, 1, 255, &text, err);

	if (rc == VST_OK && text.len > 0) {
		*out = vst_arena_copy(texts, text);
	}
	return rc;
}

static vst_rc read_family(const vst_fields *fields, int *out, vst_err *err)
{
	static const struct {
		const char *name;
		int family;
	} families[] = {{"advertising", VST_ADVERTISING}, {"service", VST_SERVICE}, {"debt", VST_WINDOW_DEBT}};
	vst_str name = VST_STR_EMPTY;
	vst_rc rc = vst_fields_text(fields, "category", 1, 32, &name, err);

	for (size_t i = 0; rc == VST_OK && i < sizeof families / sizeof families[0]; i++) {
		if (vst_str_is(name, families[i].name)) {
			*out = families[i].family;
			return VST_OK;
		}
	}
	return rc != VST_OK ? rc : vst_fields_refuse(fields, "category", err, "expected advertising, service or debt");
}

static bool same_conditions(const vst_window_rule *a, const vst_window_rule *b)
{
	return a->family == b->family && vst_str_equal(a->entity, b->entity) &&
	       vst_str_equal(a->operator_name, b->operator_name) && vst_str_equal(a->provider, b->provider) &&
	       vst_str_equal(a->territory, b->territory);
}

/* Two rules for the same messages on the same day: nobody could say which was meant. */
static vst_rc refuse_overlap(const vst_fields *fields, const vst_law_settings *settings, const vst_window_rule *rule,
                             vst_err *err)
{
	for (size_t i = 0; i < settings->window_rule_count; i++) {
		const vst_window_rule *other = &settings->window_rules[i];

		if (same_conditions(rule, other) && (rule->days == other->days || (rule->days & other->days) != 0)) {
			char words[80];

			(void) snprintf(words, sizeof words, "overlaps windows.rules.%zu, which has the same conditions", i);
			return vst_fields_refuse(fields, "days", err, words);
		}
	}
	return VST_OK;
}

static vst_rc read_rule(const json_t *json, size_t index, vst_law_settings *out, vst_err *err)
{
	static const char *const known[] = {"category", "entity", "operator", "provider", "territory",
	                                    "days",     "from",   "to",       NULL};
	vst_window_rule rule = rule_of(VST_ADVERTISING, (int) index, (vst_window) {0, 0});
	char path[40];
	vst_fields fields;
	vst_rc rc;

	(void) snprintf(path, sizeof path, "windows.rules.%zu", index);
	fields = vst_fields_settings(json, path);
	if ((rc = vst_fields_known(&fields, known, err)) != VST_OK ||
	    (rc = read_family(&fields, &rule.family, err)) != VST_OK ||
	    (rc = read_text(&fields, "entity", &out->texts, &rule.entity, err)) != VST_OK ||
	    (rc = read_text(&fields, "operator", &out->texts, &rule.operator_name, err)) != VST_OK ||
	    (rc = read_text(&fields, "provider", &out->texts, &rule.provider, err)) != VST_OK ||
	    (rc = read_territory(&fields, &out->texts, &rule.territory, err)) != VST_OK ||
	    (rc = read_days(&fields, &rule.days, err)) != VST_OK ||
	    (rc = read_hours(&fields, true, &rule.window, err)) != VST_OK ||
	    (rc = refuse_overlap(&fields, out, &rule, err)) != VST_OK) {
		return rc;
	}
	out->window_rules[out->window_rule_count++] = rule;
	return VST_OK;
}

static vst_rc read_rules(const vst_fields *windows, vst_law_settings *out, vst_err *err)
{
	const json_t *list = NULL;
	vst_rc rc = vst_fields_list(windows, "rules", VST_WINDOW_RULES_MAX, &list, err);

	for (size_t i = 0; rc == VST_OK && list != NULL && i < json_array_size(list); i++) {
		rc = read_rule(json_array_get(list, i), i, out, err);
	}
	return rc;
}

/* ---- days and zones ---- */

static vst_rc read_holidays(const vst_fields *windows, vst_law_settings *out, vst_err *err)
{
	const json_t *list = NULL;
	vst_rc rc = vst_fields_list(windows, "holidays", VST_HOLIDAYS_MAX, &list, err);

	for (size_t i = 0; rc == VST_OK && list != NULL && i < json_array_size(list); i++) {
		int64_t day = 0;
		size_t at = out->holiday_count;

		if (!vst_date_parse(vst_str_from(json_string_value(json_array_get(list, i))), &day)) {
			return vst_fields_refuse(windows, "holidays", err, "expected a list of dates such as 2027-12-31");
		}
		for (; at > 0 && out->holidays[at - 1] > day; at--) {
			out->holidays[at] = out->holidays[at - 1];
		}
		out->holidays[at] = day;
		out->holiday_count++;
	}
	return rc;
}

static vst_rc read_unknown_zones(const vst_fields *windows, vst_law_settings *out, vst_err *err)
{
	const char *const *zones = vst_russian_zones();
	const json_t *list = NULL;
	vst_rc rc = vst_fields_list(windows, "unknown_zones", 32, &list, err);

	for (size_t i = 0; rc == VST_OK && list != NULL && i < json_array_size(list); i++) {
		vst_str name = vst_str_from(json_string_value(json_array_get(list, i)));
		size_t zone = 0;

		while (zones[zone] != NULL && !vst_str_is(name, zones[zone])) {
			zone++;
		}
		if (zones[zone] == NULL) {
			return vst_fields_refuse(windows, "unknown_zones", err,
			                         "expected a list of the IANA time zones of Russia, such as Europe/Moscow");
		}
		out->unknown_zones |= UINT32_C(1) << zone;
	}
	return rc;
}

vst_rc vst_windows_read(const json_t *json, vst_law_settings *out, vst_err *err)
{
	/* codes are never held for the hour, so there is no window for authentication */
	static const char *const known[] = {"advertising", "service", "debt", "rules", "holidays", "unknown_zones", NULL};
	static const char *const advertising_keys[] = {"from", "to", "preset", "preferred", "prefer", "spread_s", NULL};
	static const char *const service_keys[] = {"from", "to", "preferred", "prefer", "spread_s", NULL};
	static const char *const debt_keys[] = {"from", "to", "spread_s", NULL};
	vst_fields fields = vst_fields_settings(json, "windows");
	vst_rc rc;

	if ((rc = vst_fields_known(&fields, known, err)) != VST_OK ||
	    (rc = read_window(&fields, "advertising", advertising_keys, &out->windows[VST_ADVERTISING], err)) != VST_OK ||
	    (rc = read_window(&fields, "service", service_keys, &out->windows[VST_SERVICE], err)) != VST_OK ||
	    (rc = read_window(&fields, "debt", debt_keys, &out->windows[VST_WINDOW_DEBT], err)) != VST_OK ||
	    (rc = read_rules(&fields, out, err)) != VST_OK || (rc = read_holidays(&fields, out, err)) != VST_OK) {
		return rc;
	}
	return read_unknown_zones(&fields, out, err);
}

/* ---- all of it together ---- */

static bool covers(const vst_window *window, int minute)
{
	int from = window->from, to = window->to % 1440;

	if (from == to) {
		return true;
	}
	return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/* The longest run of minutes in which both are open; a day at most. */
static int common_run(const vst_window *a, const vst_window *b)
{
	int longest = 0, run = 0;

	for (int minute = 0; minute < 2 * 1440 && longest < 1440; minute++) {
		run = covers(a, minute % 1440) && covers(b, minute % 1440) ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

static bool share_a_day(unsigned a, unsigned b)
{
	static const unsigned kinds[] = {VST_ON_WORKING, VST_ON_WEEKEND, VST_ON_HOLIDAY};

	for (unsigned weekday = 0; a != 0 && b != 0 && weekday < 7; weekday++) {
		for (size_t k = 0; k < 3; k++) {
			unsigned bits = VST_ON_MONDAY << weekday | kinds[k];

			if ((kinds[k] != VST_ON_WEEKEND || weekday >= 5) && (a & bits) != 0 && (b & bits) != 0) {
				return true;
			}
		}
	}
	return a == 0 || b == 0;
}

static bool compatible(vst_str a, vst_str b)
{
	return a.len == 0 || b.len == 0 || vst_str_equal(a, b);
}

/* May both hold for one message at one instant, and leave it no more than the guard? */
static bool contradict(const vst_law_settings *settings, const vst_window_rule *a, const vst_window_rule *b)
{
	int64_t guard = a->family == VST_ADVERTISING ? settings->rules.guard_s : 0;

	return a->family == b->family && compatible(a->entity, b->entity) &&
	       compatible(a->operator_name, b->operator_name) && compatible(a->provider, b->provider) &&
	       compatible(a->territory, b->territory) && share_a_day(a->days, b->days) &&
	       common_run(&a->window, &b->window) * 60 <= guard;
}

static vst_rc refuse_rule(const vst_window_rule *rule, const char *with, vst_err *err)
{
	return vst_fail(err, VST_E_SETTINGS, "windows.rules.%d: leaves no hour together with %s", rule->index, with);
}

static vst_rc check_rule(const vst_law_settings *settings, size_t index, vst_err *err)
{
	static const char *const names[] = {"", "windows.service", "windows.advertising", "windows.debt"};
	const vst_window_rule *rule = &settings->window_rules[index];
	char with[40];

	if (contradict(settings, rule, &settings->windows[rule->family].base)) {
		return refuse_rule(rule, names[rule->family], err);
	}
	for (size_t i = 0; i < index; i++) {
		if (contradict(settings, rule, &settings->window_rules[i])) {
			(void) snprintf(with, sizeof with, "windows.rules.%zu", i);
			return refuse_rule(rule, with, err);
		}
	}
	for (size_t i = 0; i < VST_DEBT_HOURS; i++) {
		if (contradict(settings, rule, vst_debt_hours(i))) {
			return refuse_rule(rule, "the hours of 230-FZ", err);
		}
	}
	return VST_OK;
}

vst_rc vst_windows_check(const vst_law_settings *settings, vst_err *err)
{
	const vst_category_window *advertising = &settings->windows[VST_ADVERTISING];
	const vst_window_rule *law;

	if (contradict(settings, &advertising->base, &advertising->base)) {
		return vst_fail(err, VST_E_SETTINGS,
		                "rules.R12.guard_s: as long as windows.advertising, so that nothing could ever be sent");
	}
	for (size_t i = 0; advertising->strict && (law = vst_noise_law(i)) != NULL; i++) {
		if (contradict(settings, &advertising->base, law)) {
			return vst_fail(err, VST_E_SETTINGS,
			                "windows.advertising.preset: strict leaves no hour between from and to");
		}
	}
	for (size_t i = 0; i < VST_DEBT_HOURS; i++) {
		if (contradict(settings, &settings->windows[VST_WINDOW_DEBT].base, vst_debt_hours(i))) {
			return vst_fail(err, VST_E_SETTINGS, "windows.debt: leaves no hour together with the hours of 230-FZ");
		}
	}
	for (size_t i = 0; i < settings->window_rule_count; i++) {
		vst_rc rc = check_rule(settings, i, err);

		if (rc != VST_OK) {
			return rc;
		}
	}
	return VST_OK;
}
