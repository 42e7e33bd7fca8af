/* The first step: malformed input is refused, the phone read, the template rendered, the zone loaded. */
#include "evaluate.h"
#include "text/region.h"
#include "text/utf8.h"

#define VARS_MAX 1000
#define LIST_MAX 100

static vst_rc check_text(vst_str text, const char *what, size_t max_bytes, vst_err *err)
{
	switch (vst_utf8_check(text, NULL)) {
		case VST_UTF8_MALFORMED: return vst_fail(err, VST_E_INVALID, "%s: not valid UTF-8", what);
		case VST_UTF8_NUL: return vst_fail(err, VST_E_INVALID, "%s: a NUL byte is not allowed", what);
		default: break;
	}
	if (text.len > max_bytes) {
		return vst_fail(err, VST_E_INVALID, "%s: longer than %zu bytes", what, max_bytes);
	}
	return VST_OK;
}

static vst_rc check_fields(const vst_submission *given, vst_err *err)
{
	const struct {
		const char *what;
		vst_str text;
		size_t max_bytes;
	} fields[] = {
		{"entity", given->entity, 64},
		{"sender", given->sender, 64},
		{"provider", given->provider, 64},
		{"key", given->key, VST_KEY_BYTES_MAX},
		{"timezone", given->timezone, 63},
		{"region", given->region, 255},
		{"campaign", given->campaign, 191},
		{"scenario", given->scenario, 64},
		{"order", given->order_number, 191},
		{"basis", given->basis, 64},
		{"site", given->site, 64},
		{"customer", given->customer, 191},
		{"approved_by", given->approved_by, 191},
		{"phone", given->phone, 1000},
	};
	vst_rc rc = VST_OK;

	for (size_t i = 0; rc == VST_OK && i < sizeof fields / sizeof fields[0]; i++) {
		rc = check_text(fields[i].text, fields[i].what, fields[i].max_bytes, err);
	}
	if (rc == VST_OK &&
	    (given->tag_count > LIST_MAX || given->acknowledged_count > LIST_MAX || given->link_count > LIST_MAX)) {
		rc = vst_fail(err, VST_E_INVALID, "tags, acknowledged, links: at most %d entries", LIST_MAX);
	}
	for (size_t i = 0; rc == VST_OK && i < given->tag_count; i++) {
		rc = check_text(given->tags[i], "tags", 64, err);
	}
	for (size_t i = 0; rc == VST_OK && i < given->acknowledged_count; i++) {
		rc = check_text(given->acknowledged[i], "acknowledged", 8, err);
	}
	for (size_t i = 0; rc == VST_OK && i < given->link_count; i++) {
		rc = check_text(given->links[i], "links", 2000, err);
	}
	if (rc == VST_OK && (given->priority < 0 || given->priority > VST_PRIORITY_MAX)) {
		rc = vst_fail(err, VST_E_INVALID, "priority: expected 0 to %d", VST_PRIORITY_MAX);
	}
	if (rc == VST_OK && given->phone.len == 0) {
		rc = vst_fail(err, VST_E_INVALID, "phone: missing");
	}
	if (rc == VST_OK && given->has_key && given->key.len == 0) {
		rc = vst_fail(err, VST_E_INVALID, "key: expected 1 to %d bytes", VST_KEY_BYTES_MAX);
	}
	if (rc == VST_OK && (given->not_before < 0 || given->valid_until < 0 || given->offer_until < 0)) {
		rc = vst_fail(err, VST_E_INVALID, "not_before, valid_until, offer_until: expected Unix seconds");
	}
	return rc;
}

static vst_rc check_body(vst_str text, const char *what, vst_err *err)
{
	vst_rc rc = check_text(text, what, (size_t) 4 * VST_TEXT_CHARACTERS_MAX, err);

	if (rc == VST_OK && text.len == 0) {
		rc = vst_fail(err, VST_E_INVALID, "%s: empty", what);
	}
	if (rc == VST_OK && text.len > VST_TEXT_CHARACTERS_MAX && vst_utf8_count(text) > VST_TEXT_CHARACTERS_MAX) {
		rc = vst_fail(err, VST_E_INVALID, "%s: longer than %d characters", what, VST_TEXT_CHARACTERS_MAX);
	}
	return rc;
}

static bool look_up(void *context, vst_str name, vst_str *value)
{
	const vst_submission *given = context;

	for (size_t i = 0; i < given->var_count; i++) {
		if (vst_str_equal(given->vars[i].name, name)) {
			*value = given->vars[i].value;
			return true;
		}
	}
	return false;
}

static vst_rc render(const vst_submission *given, vst_arena *arena, vst_prepared *out, vst_err *err)
{
	const vst_template *compiled = NULL;
	vst_template_fault *fault = &out->fault;
	vst_buf text = VST_BUF_INIT;
	vst_rc rc;

	if (given->var_count > VARS_MAX) {
		return vst_fail(err, VST_E_INVALID, "vars: at most %d", VARS_MAX);
	}
	for (size_t i = 0; i < given->var_count; i++) {
		if ((rc = check_text(given->vars[i].name, "vars", 64, err)) != VST_OK ||
		    (rc = check_text(given->vars[i].value, "vars", (size_t) 4 * VST_TEXT_CHARACTERS_MAX, err)) != VST_OK) {
			return rc;
		}
	}
	rc = vst_template_compile(given->template_text, arena, &compiled, fault, err);
	if (rc == VST_OK && compiled == NULL) {
		rc = vst_fail(err, VST_E_INVALID, "template: %s at character %zu", fault->why, fault->position);
	}
	if (rc == VST_OK) {
		rc = vst_template_render(compiled, look_up, (void *) (uintptr_t) given, &text, fault, err);
	}
	if (rc == VST_OK && fault->kind == VST_TEMPLATE_OK) {
		out->from_template = true;
		out->text = vst_arena_copy(arena, vst_buf_str(&text));
		rc = text.failed || arena->failed ? vst_fail_nomem(err) : check_body(out->text, "template", err);
	}
	vst_buf_free(&text);
	return rc;
}

/* What the plan says of the number. Copied: the plan may be replaced before the message is stored. */
static vst_str read_plan(vst_engine *engine, vst_arena *arena, vst_prepared *out)
{
	vst_numbering_plan *plan = engine->options.numbering;
	const vst_numbering *numbering = plan != NULL && out->phone_valid ? vst_numbering_plan_current(plan) : NULL;
	vst_numbering_entry entry;

	if (numbering == NULL || !vst_numbering_find(numbering, out->phone.number, &entry)) {
		return VST_STR_EMPTY;
	}
	out->operator_name = vst_arena_copy(arena, entry.operator_name);
	out->operator_inn = vst_arena_copy(arena, entry.operator_inn);
	out->territory = entry.zones.len > 0 ? vst_arena_copy(arena, entry.territory) : VST_STR_EMPTY;
	return entry.zones;
}

/*
 * The zones of a list joined with '|'. What is kept are the cache's own names: the list may lie in a plan that is
 * replaced before the message is stored.
 */
static vst_rc load_zones(vst_engine *engine, vst_str list, vst_arena *arena, vst_prepared *out, vst_err *err)
{
	const char **names = vst_arena_array(arena, VST_TERRITORY_ZONES_MAX + 1, sizeof *names);
	const vst_zone **zones = vst_arena_array(arena, VST_TERRITORY_ZONES_MAX, sizeof *zones);
	size_t count = 0;
	vst_rc rc = arena->failed ? vst_fail_nomem(err) : VST_OK;

	while (rc == VST_OK && list.len > 0 && count < VST_TERRITORY_ZONES_MAX) {
		const char *bar = memchr(list.ptr, '|', list.len);
		size_t len = bar != NULL ? (size_t) (bar - list.ptr) : list.len;
		char name[64];

		if (len >= sizeof name) {
			return vst_fail(err, VST_E_INVALID, "too long a name of a time zone");
		}
		memcpy(name, list.ptr, len);
		name[len] = '\0';
		rc = vst_zone_cache_get(engine->zones, name, &zones[count], err);
		if (rc == VST_OK) {
			names[count] = zones[count]->name;
			count++;
		}
		list = bar != NULL ? (vst_str) {bar + 1, list.len - len - 1} : VST_STR_EMPTY;
	}
	if (rc == VST_OK) {
		out->zone_names = names;
		out->zones = zones;
		out->zone_count = count;
	}
	return rc;
}

/* Zones that a table of ours names; one that this system's tzdata does not know leaves the question to the next source. */
static vst_rc try_zones(vst_engine *engine, vst_str list, vst_zone_source source, vst_arena *arena, vst_prepared *out,
                        vst_err *err)
{
	vst_err problem = VST_ERR_INIT;
	vst_rc rc = list.len > 0 ? load_zones(engine, list, arena, out, &problem) : VST_E_INVALID;

	if (rc == VST_OK) {
		out->zone_source = source;
	} else if (rc != VST_E_INVALID && err != NULL) {
		*err = problem;
	}
	vst_err_clear(&problem);
	return rc;
}

static vst_rc stated_zone(vst_engine *engine, vst_str timezone, vst_arena *arena, vst_prepared *out, vst_err *err)
{
	vst_rc rc = VST_E_INVALID;

	if (memchr(timezone.ptr, '|', timezone.len) == NULL) {
		rc = try_zones(engine, timezone, VST_ZONE_STATED, arena, out, err);
	}
	return rc == VST_E_INVALID ? vst_fail(err, VST_E_INVALID, "timezone: not an IANA time zone") : rc;
}

/* The zone that the message states, else its delivery region's, else its number's by the plan, else all of Russia. */
static vst_rc prepare_zones(vst_engine *engine, const vst_submission *given, vst_arena *arena, vst_prepared *out,
                            vst_err *err)
{
	static const char *const unknown[] = {NULL};
	vst_region region = {"", ""};
	vst_str planned;
	vst_rc rc = VST_E_INVALID;

	out->operator_name = out->operator_inn = out->territory = VST_STR_EMPTY;
	planned = read_plan(engine, arena, out);
	if (given->region.len > 0 && vst_region_read(given->region, &region)) {
		out->territory = vst_arena_copy(arena, vst_str_from(region.names));
	} else {
		region.zones[0] = '\0';
	}
	if (given->timezone.len > 0) {
		return stated_zone(engine, given->timezone, arena, out, err);
	}
	rc = try_zones(engine, vst_str_from(region.zones), VST_ZONE_REGION, arena, out, err);
	if (rc == VST_E_INVALID) {
		rc = try_zones(engine, planned, VST_ZONE_PLAN, arena, out, err);
	}
	if (rc == VST_E_INVALID) {
		out->zone_names = unknown;
		out->zone_source = VST_ZONE_UNKNOWN;
		rc = vst_zone_cache_russia(engine->zones, &out->zones, &out->zone_count, err);
	}
	return rc;
}

vst_rc vst_prepare(vst_engine *engine, const vst_submission *given, vst_arena *arena, vst_prepared *out, vst_err *err)
{
	vst_rc rc;

	memset(out, 0, sizeof *out);
	out->given = given;
	if ((rc = check_fields(given, err)) != VST_OK) {
		return rc;
	}
	if (given->category.len == 0) {
		return vst_fail(err, VST_E_INVALID, "category: missing");
	}
	if (!vst_category_parse(given->category, &out->category)) {
		return vst_fail(err, VST_E_INVALID, "category: expected advertising, service or authentication");
	}
	if (given->has_text == given->has_template) {
		return vst_fail(err, VST_E_INVALID,
		                given->has_text ? "text, template: only one of them may be given"
		                                : "text: missing (or template)");
	}
	out->given_text = out->text = given->has_text ? given->text : given->template_text;
	rc = check_body(out->text, given->has_text ? "text" : "template", err);
	if (rc == VST_OK && given->has_template) {
		rc = render(given, arena, out, err);
	}
	if (rc != VST_OK) {
		return rc;
	}
	out->phone_valid = vst_phone_parse(given->phone, VST_STR("RU"), &out->phone);
	return prepare_zones(engine, given, arena, out, err);
}
