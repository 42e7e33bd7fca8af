/* Finding things in compiled settings. The tables are short: a shop has one entity, a few senders and providers. */
#include "settings.h"

const vst_gate_entity *vst_settings_entity(const vst_settings *settings, vst_str name)
{
	for (size_t i = 0; i < settings->entity_count; i++) {
		if (vst_str_equal(settings->entities[i].id, name)) {
			return &settings->entities[i];
		}
	}
	return NULL;
}

vst_own_hosts vst_settings_own_hosts(const vst_settings *settings, const vst_gate_entity *entity)
{
	return settings->own_hosts[entity - settings->entities];
}

vst_str vst_settings_approver(const vst_settings *settings, vst_str scenario)
{
	for (size_t i = 0; i < settings->scenario_count; i++) {
		if (vst_str_equal(settings->scenarios[i].name, scenario)) {
			return settings->scenarios[i].approved_by;
		}
	}
	return VST_STR_EMPTY;
}

const vst_site *vst_settings_site(const vst_settings *settings, vst_str name)
{
	for (size_t i = 0; i < settings->site_count; i++) {
		if (vst_str_equal(settings->sites[i].name, name)) {
			return &settings->sites[i];
		}
	}
	return NULL;
}

const vst_sender *vst_settings_sender(const vst_settings *settings, vst_str name)
{
	for (size_t i = 0; i < settings->sender_count; i++) {
		if (vst_str_equal(settings->senders[i].name, name)) {
			return &settings->senders[i];
		}
	}
	return NULL;
}

bool vst_settings_unregistered(const vst_sender *sender, int64_t number, const vst_numbering *numbering)
{
	vst_numbering_entry allotted;

	if (sender->operators == NULL || numbering == NULL || !vst_numbering_find(numbering, number, &allotted)) {
		return false;
	}
	for (size_t i = 0; i < json_array_size(sender->operators); i++) {
		const char *name = json_string_value(json_array_get(sender->operators, i));

		if (vst_numbering_is_operator(numbering, &allotted, vst_str_from(name))) {
			return false;
		}
	}
	return true;
}

vst_provider *vst_settings_provider(const vst_settings *settings, vst_str name)
{
	for (size_t i = 0; i < settings->provider_count; i++) {
		if (vst_str_equal(vst_provider_name(settings->providers[i]), name)) {
			return settings->providers[i];
		}
	}
	return NULL;
}

static bool serves(const vst_provider *provider, const char *country)
{
	if (country[0] == '\0') {
		return true;
	}
	for (const char *const *c = vst_provider_countries(provider); *c != NULL; c++) {
		if (strcmp(*c, country) == 0) {
			return true;
		}
	}
	return false;
}

/* Without a plan no operator is known: a route for one then fits nobody. */
static bool fits_operator(const vst_route *route, int64_t number, const vst_numbering *numbering)
{
	vst_numbering_entry allotted;

	return route->operator_name.len == 0 || (numbering != NULL && vst_numbering_find(numbering, number, &allotted) &&
	                                         vst_numbering_is_operator(numbering, &allotted, route->operator_name));
}

vst_provider *vst_settings_route(const vst_settings *settings, vst_category category, const vst_phone *phone,
                                 vst_str sender, const vst_numbering *numbering)
{
	for (size_t i = 0; i < settings->route_count; i++) {
		const vst_route *route = &settings->routes[i];
		vst_provider *provider = vst_settings_provider(settings, route->provider);

		if ((route->categories == 0 || (route->categories & 1u << category) != 0) &&
		    (route->country.len == 0 || vst_str_is(route->country, phone->country)) &&
		    (route->sender.len == 0 || vst_str_equal(route->sender, sender)) && provider != NULL &&
		    serves(provider, phone->country) && fits_operator(route, phone->number, numbering)) {
			return provider;
		}
	}
	return settings->provider_count == 1 ? settings->providers[0] : NULL;
}
