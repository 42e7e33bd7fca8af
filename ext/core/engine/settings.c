/* Settings of design section 3: validation as a whole, then plain structs. Providers check their own keys. */
#include "settings.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/fields.h"
#include "text/phone.h"
#include "text/rewrite.h"

static const char *const top_keys[] = {
	"entities", "sites",    "providers", "senders",   "routes",  "windows", "caps",
	"keep",     "in_doubt", "rules",     "scenarios", "version", NULL,
};

#define NAME_MAX_BYTES 64

/* Counts the entries of a map at the top, allocates the array for them. */
static vst_rc open_map(const vst_fields *top, const char *key, size_t max, size_t size, const json_t **map,
                       void **items, vst_err *err)
{
	vst_rc rc = vst_fields_object(top, key, map, err);

	if (rc != VST_OK || *map == NULL || json_object_size(*map) == 0) {
		return rc;
	}
	if (json_object_size(*map) > max) {
		return vst_fields_refuse(top, key, err, "too many entries");
	}
	*items = calloc(json_object_size(*map), size);
	return *items != NULL ? VST_OK : vst_fail_nomem(err);
}

static vst_rc check_name(const vst_fields *top, const char *map, const char *name, vst_err *err)
{
	size_t len = strlen(name);

	if (len == 0 || len > NAME_MAX_BYTES) {
		return vst_fields_refuse(top, map, err, "a name has 1 to 64 bytes");
	}
	return VST_OK;
}

static vst_rc read_entity(const char *name, const json_t *value, vst_gate_entity *entity, vst_err *err)
{
	static const char *const keys[] = {
		"name", "brand", "inn", "ogrn", "address", "site", "opt_out_number", NULL,
	};
	char path[VST_PATH_MAX];
	vst_fields fields;
	vst_phone phone;
	vst_rc rc;

	(void) snprintf(path, sizeof path, "entities.%s", name);
	fields = vst_fields_settings(value, path);
	*entity = (vst_gate_entity) {vst_str_from(name), VST_STR_EMPTY, VST_STR_EMPTY, VST_STR_EMPTY,
	                             VST_STR_EMPTY,      VST_STR_EMPTY, VST_STR_EMPTY, VST_STR_EMPTY};
	if ((rc = vst_fields_known(&fields, keys, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "name", 1, 255, &entity->name, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "brand", 1, 64, &entity->brand, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "inn", 10, 12, &entity->inn, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "ogrn", 13, 15, &entity->ogrn, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "address", 1, 500, &entity->address, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "site", 1, 255, &entity->site, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "opt_out_number", 1, 32, &entity->opt_out_number, err)) != VST_OK) {
		return rc;
	}
	if (entity->name.len == 0) {
		return vst_fields_refuse(&fields, "name", err, "missing: the legal entity's name");
	}
	if (entity->opt_out_number.len > 0 && !vst_phone_parse(entity->opt_out_number, VST_STR("RU"), &phone)) {
		return vst_fields_refuse(&fields, "opt_out_number", err, "expected a phone number that takes messages");
	}
	return VST_OK;
}

static vst_rc read_entities(vst_settings *settings, const vst_fields *top, vst_err *err)
{
	const json_t *map = NULL;
	const char *name;
	json_t *value;
	vst_rc rc = open_map(top, "entities", 1000, sizeof *settings->entities, &map, (void **) &settings->entities, err);

	json_object_foreach((json_t *) (uintptr_t) map, name, value) {
		if (rc == VST_OK && (rc = check_name(top, "entities", name, err)) == VST_OK) {
			rc = read_entity(name, value, &settings->entities[settings->entity_count++], err);
		}
	}
	return rc;
}

static vst_rc read_site(const vst_settings *settings, const char *name, const json_t *value, vst_site *site,
                        vst_err *err)
{
	static const char *const keys[] = {"entity", "sender", "link_host", NULL};
	char path[VST_PATH_MAX];
	vst_fields fields;
	vst_rc rc;

	(void) snprintf(path, sizeof path, "sites.%s", name);
	fields = vst_fields_settings(value, path);
	*site = (vst_site) {vst_str_from(name), VST_STR_EMPTY, VST_STR_EMPTY, VST_STR_EMPTY};
	if ((rc = vst_fields_known(&fields, keys, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "entity", 1, NAME_MAX_BYTES, &site->entity, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "sender", 1, NAME_MAX_BYTES, &site->sender, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "link_host", 1, 255, &site->link_host, err)) != VST_OK) {
		return rc;
	}
	if (site->entity.len > 0 && vst_settings_entity(settings, site->entity) == NULL) {
		return vst_fields_refuse(&fields, "entity", err, "not one of settings.entities");
	}
	if (site->sender.len > 0 && vst_settings_sender(settings, site->sender) == NULL) {
		return vst_fields_refuse(&fields, "sender", err, "not one of settings.senders");
	}
	return VST_OK;
}

static vst_rc read_sites(vst_settings *settings, const vst_fields *top, vst_err *err)
{
	const json_t *map = NULL;
	const char *name;
	json_t *value;
	vst_rc rc = open_map(top, "sites", 1000, sizeof *settings->sites, &map, (void **) &settings->sites, err);

	json_object_foreach((json_t *) (uintptr_t) map, name, value) {
		if (rc == VST_OK && (rc = check_name(top, "sites", name, err)) == VST_OK) {
			rc = read_site(settings, name, value, &settings->sites[settings->site_count++], err);
		}
	}
	return rc;
}

static void add_host(vst_settings *settings, vst_own_hosts *own, vst_str host)
{
	if (host.len > 0) {
		settings->hosts[own->items - settings->hosts + (ptrdiff_t) own->count++] = host;
	}
}

/* A site that names no entity belongs to the only one. */
static vst_rc join_hosts(vst_settings *settings, vst_err *err)
{
	size_t used = 0;

	settings->hosts = calloc(settings->entity_count * (settings->site_count + 1) + 1, sizeof *settings->hosts);
	settings->own_hosts = calloc(settings->entity_count + 1, sizeof *settings->own_hosts);
	if (settings->hosts == NULL || settings->own_hosts == NULL) {
		return vst_fail_nomem(err);
	}
	for (size_t i = 0; i < settings->entity_count; i++) {
		const vst_gate_entity *entity = &settings->entities[i];
		vst_own_hosts *own = &settings->own_hosts[i];

		own->items = settings->hosts + used;
		add_host(settings, own, vst_url_host(entity->site));
		for (size_t s = 0; s < settings->site_count; s++) {
			const vst_site *site = &settings->sites[s];

			if (vst_str_equal(site->entity, entity->id) || (site->entity.len == 0 && settings->entity_count == 1)) {
				add_host(settings, own, vst_url_host(site->link_host));
			}
		}
		used += own->count;
	}
	return VST_OK;
}

static vst_rc read_scenario(const char *name, const json_t *value, vst_scenario *scenario, vst_err *err)
{
	static const char *const keys[] = {"approved_by", NULL};
	char path[VST_PATH_MAX];
	vst_fields fields;
	vst_rc rc;

	(void) snprintf(path, sizeof path, "scenarios.%s", name);
	fields = vst_fields_settings(value, path);
	*scenario = (vst_scenario) {vst_str_from(name), VST_STR_EMPTY};
	if ((rc = vst_fields_known(&fields, keys, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "approved_by", 1, 191, &scenario->approved_by, err)) != VST_OK) {
		return rc;
	}
	return scenario->approved_by.len > 0 ? VST_OK
	                                     : vst_fields_refuse(&fields, "approved_by", err, "missing: who approved it");
}

static vst_rc read_scenarios(vst_settings *settings, const vst_fields *top, vst_err *err)
{
	const json_t *map = NULL;
	const char *name;
	json_t *value;
	vst_rc rc =
		open_map(top, "scenarios", 1000, sizeof *settings->scenarios, &map, (void **) &settings->scenarios, err);

	json_object_foreach((json_t *) (uintptr_t) map, name, value) {
		if (rc == VST_OK && (rc = check_name(top, "scenarios", name, err)) == VST_OK) {
			rc = read_scenario(name, value, &settings->scenarios[settings->scenario_count++], err);
		}
	}
	return rc;
}

static bool all_digits(vst_str text)
{
	size_t i = text.len > 0 && text.ptr[0] == '+' ? 1 : 0;

	if (i == text.len) {
		return false;
	}
	for (; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9') {
			return false;
		}
	}
	return true;
}

static vst_rc read_operators(const vst_fields *fields, const json_t **out, vst_err *err)
{
	vst_rc rc = vst_fields_list(fields, "operators", 100, out, err);

	for (size_t i = 0; rc == VST_OK && *out != NULL && i < json_array_size(*out); i++) {
		if (json_string_length(json_array_get(*out, i)) == 0) {
			return vst_fields_refuse(fields, "operators", err, "expected a list of operators' names or tax numbers");
		}
	}
	return rc;
}

static vst_rc read_sender(const vst_settings *settings, const char *name, const json_t *value, vst_sender *sender,
                          vst_err *err)
{
	static const char *const keys[] = {"provider", "inbound", "operators", "rate", NULL};
	char path[VST_PATH_MAX];
	vst_fields fields;
	vst_rc rc;

	(void) snprintf(path, sizeof path, "senders.%s", name);
	fields = vst_fields_settings(value, path);
	*sender =
		(vst_sender) {.name = vst_str_from(name), .provider = VST_STR_EMPTY, .numeric = all_digits(vst_str_from(name))};
	if ((rc = vst_fields_known(&fields, keys, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "provider", 1, NAME_MAX_BYTES, &sender->provider, err)) != VST_OK ||
	    (rc = vst_fields_bool(&fields, "inbound", &sender->inbound, err)) != VST_OK) {
		return rc;
	}
	if (sender->provider.len > 0 && vst_settings_provider(settings, sender->provider) == NULL) {
		return vst_fields_refuse(&fields, "provider", err, "not one of settings.providers");
	}
	if ((rc = read_operators(&fields, &sender->operators, err)) != VST_OK ||
	    (rc = vst_sender_rate_read(&fields, sender, err)) != VST_OK) {
		return rc;
	}
	if (sender->inbound && !sender->numeric) {
		return vst_fields_refuse(&fields, "inbound", err, "a sender of letters cannot receive replies");
	}
	return VST_OK;
}

static vst_rc read_senders(vst_settings *settings, const vst_fields *top, vst_err *err)
{
	const json_t *map = NULL;
	const char *name;
	json_t *value;
	vst_rc rc = open_map(top, "senders", 10000, sizeof *settings->senders, &map, (void **) &settings->senders, err);

	json_object_foreach((json_t *) (uintptr_t) map, name, value) {
		if (rc == VST_OK && (rc = check_name(top, "senders", name, err)) == VST_OK) {
			rc = read_sender(settings, name, value, &settings->senders[settings->sender_count++], err);
		}
	}
	return rc;
}

static vst_rc read_providers(vst_settings *settings, const vst_fields *top, vst_err *err)
{
	const json_t *map = NULL;
	const char *name;
	json_t *value;
	char path[VST_PATH_MAX];
	vst_rc rc = open_map(top, "providers", 64, sizeof *settings->providers, &map, (void **) &settings->providers, err);

	json_object_foreach((json_t *) (uintptr_t) map, name, value) {
		if (rc != VST_OK) {
			break;
		}
		(void) snprintf(path, sizeof path, "providers.%.64s", name);
		rc = vst_provider_new(vst_str_from(name), value, path, &settings->providers[settings->provider_count], err);
		if (rc == VST_OK) {
			settings->provider_count++;
		}
	}
	return rc;
}

/* The countries that any provider serves: a shop without providers still may write texts to Russia. */
static vst_rc join_countries(vst_settings *settings, vst_err *err)
{
	size_t total = 1, count = 0;

	for (size_t i = 0; i < settings->provider_count; i++) {
		for (const char *const *c = vst_provider_countries(settings->providers[i]); *c != NULL; c++) {
			total++;
		}
	}
	settings->countries = calloc(total + 1, sizeof(const char *));
	if (settings->countries == NULL) {
		return vst_fail_nomem(err);
	}
	for (size_t i = 0; i < settings->provider_count; i++) {
		for (const char *const *c = vst_provider_countries(settings->providers[i]); *c != NULL; c++) {
			settings->countries[count++] = *c;
		}
	}
	if (count == 0) {
		settings->countries[0] = "RU";
	}
	return VST_OK;
}

static vst_rc read_route(const vst_settings *settings, size_t index, const json_t *value, vst_route *route,
                         vst_err *err)
{
	static const char *const keys[] = {"provider", "category", "country", "operator", "sender", NULL};
	char path[VST_PATH_MAX];
	vst_fields fields;
	vst_str category = VST_STR_EMPTY;
	vst_category parsed;
	vst_rc rc;

	(void) snprintf(path, sizeof path, "routes.%zu", index);
	fields = vst_fields_settings(value, path);
	*route = (vst_route) {VST_STR_EMPTY, 0, VST_STR_EMPTY, VST_STR_EMPTY, VST_STR_EMPTY};
	if ((rc = vst_fields_known(&fields, keys, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "provider", 1, NAME_MAX_BYTES, &route->provider, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "category", 1, 32, &category, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "country", 2, 2, &route->country, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "operator", 1, 255, &route->operator_name, err)) != VST_OK ||
	    (rc = vst_fields_text(&fields, "sender", 1, NAME_MAX_BYTES, &route->sender, err)) != VST_OK) {
		return rc;
	}
	if (route->provider.len == 0 || vst_settings_provider(settings, route->provider) == NULL) {
		return vst_fields_refuse(&fields, "provider", err, "expected one of settings.providers");
	}
	if (category.len > 0) {
		if (!vst_category_parse(category, &parsed)) {
			return vst_fields_refuse(&fields, "category", err, "expected advertising, service or authentication");
		}
		route->categories = 1u << parsed;
	}
	return VST_OK;
}

static vst_rc read_routes(vst_settings *settings, const vst_fields *top, vst_err *err)
{
	const json_t *list;
	vst_rc rc = vst_fields_list(top, "routes", 1000, &list, err);

	if (rc != VST_OK || list == NULL || json_array_size(list) == 0) {
		return rc;
	}
	settings->routes = calloc(json_array_size(list), sizeof *settings->routes);
	if (settings->routes == NULL) {
		return vst_fail_nomem(err);
	}
	for (size_t i = 0; rc == VST_OK && i < json_array_size(list); i++) {
		rc = read_route(settings, i, json_array_get(list, i), &settings->routes[settings->route_count++], err);
	}
	return rc;
}

static vst_rc read_keep(vst_settings *settings, const vst_fields *top, vst_err *err)
{
	static const char *const keys[] = {"keys_days", "events_days", NULL};
	const json_t *map;
	vst_fields fields;
	vst_rc rc = vst_fields_object(top, "keep", &map, err);

	settings->keys_days = 400;
	settings->events_days = 30;
	if (rc != VST_OK || map == NULL) {
		return rc;
	}
	fields = vst_fields_settings(map, "keep");
	if ((rc = vst_fields_known(&fields, keys, err)) != VST_OK ||
	    (rc = vst_fields_integer(&fields, "keys_days", 1, 36500, &settings->keys_days, err)) != VST_OK) {
		return rc;
	}
	return vst_fields_integer(&fields, "events_days", 1, 36500, &settings->events_days, err);
}

static vst_rc read_in_doubt(vst_settings *settings, const vst_fields *top, vst_err *err)
{
	/* Advertising is never sent again: the key is refused, not ignored. */
	static const char *const keys[] = {"service", "authentication", NULL};
	const json_t *map;
	vst_fields fields;
	vst_rc rc = vst_fields_object(top, "in_doubt", &map, err);

	if (rc != VST_OK || map == NULL) {
		return rc;
	}
	fields = vst_fields_settings(map, "in_doubt");
	rc = vst_fields_known(&fields, keys, err);
	for (size_t i = 0; rc == VST_OK && keys[i] != NULL; i++) {
		vst_str text = VST_STR("keep");
		vst_category category = VST_SERVICE;

		rc = vst_fields_text(&fields, keys[i], 1, 16, &text, err);
		if (rc == VST_OK && !vst_str_is(text, "keep") && !vst_str_is(text, "resend")) {
			rc = vst_fields_refuse(&fields, keys[i], err, "expected keep or resend");
		}
		if (vst_category_parse(vst_str_from(keys[i]), &category)) {
			settings->resend[category] = vst_str_is(text, "resend");
		}
	}
	return rc;
}

/* The law room knows no providers and entities: the names in its windows are checked here. */
static vst_rc check_window_rules(const vst_settings *settings, const json_t *root, vst_err *err)
{
	const json_t *rules = json_object_get(json_object_get(root, "windows"), "rules");

	for (size_t i = 0; i < json_array_size(rules); i++) {
		const json_t *rule = json_array_get(rules, i);
		vst_str entity = vst_str_from(json_string_value(json_object_get(rule, "entity")));
		vst_str provider = vst_str_from(json_string_value(json_object_get(rule, "provider")));

		if (entity.len > 0 && vst_settings_entity(settings, entity) == NULL) {
			return vst_fail(err, VST_E_SETTINGS, "windows.rules.%zu.entity: not one of settings.entities", i);
		}
		if (provider.len > 0 && vst_settings_provider(settings, provider) == NULL) {
			return vst_fail(err, VST_E_SETTINGS, "windows.rules.%zu.provider: not one of settings.providers", i);
		}
	}
	return VST_OK;
}

vst_rc vst_settings_new(json_t *root, int64_t version, vst_settings **out, vst_err *err)
{
	vst_settings *settings = calloc(1, sizeof *settings);
	vst_fields top = vst_fields_settings(root, "");
	vst_rc rc;

	if (settings == NULL) {
		return vst_fail_nomem(err);
	}
	settings->references = 1;
	settings->version = version;
	settings->root = json_incref(root);
	if ((rc = vst_fields_known(&top, top_keys, err)) != VST_OK || (rc = read_entities(settings, &top, err)) != VST_OK ||
	    (rc = read_providers(settings, &top, err)) != VST_OK || (rc = join_countries(settings, err)) != VST_OK ||
	    (rc = read_senders(settings, &top, err)) != VST_OK || (rc = read_sites(settings, &top, err)) != VST_OK ||
	    (rc = join_hosts(settings, err)) != VST_OK || (rc = read_scenarios(settings, &top, err)) != VST_OK ||
	    (rc = read_routes(settings, &top, err)) != VST_OK || (rc = read_keep(settings, &top, err)) != VST_OK ||
	    (rc = read_in_doubt(settings, &top, err)) != VST_OK ||
	    (rc = vst_law_settings_new(json_object_get(root, "windows"), json_object_get(root, "caps"),
	                               json_object_get(root, "rules"), &settings->law, err)) != VST_OK ||
	    (rc = check_window_rules(settings, root, err)) != VST_OK) {
		vst_settings_release(settings);
		return rc;
	}
	*out = settings;
	return VST_OK;
}

vst_settings *vst_settings_hold(vst_settings *settings)
{
	settings->references++;
	return settings;
}

void vst_settings_release(vst_settings *settings)
{
	if (settings == NULL || --settings->references > 0) {
		return;
	}
	for (size_t i = 0; i < settings->provider_count; i++) {
		vst_provider_free(settings->providers[i]);
	}
	vst_law_settings_free(settings->law);
	free(settings->entities);
	free(settings->hosts);
	free(settings->own_hosts);
	free(settings->scenarios);
	free(settings->sites);
	for (size_t i = 0; i < settings->sender_count; i++) {
		free(settings->senders[i].operator_rates);
	}
	free(settings->senders);
	free(settings->providers);
	free(settings->routes);
	free(settings->countries);
	json_decref(settings->root);
	free(settings);
}
