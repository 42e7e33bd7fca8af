/* The settings, validated as a whole and compiled to plain structs. Immutable; counted references. */
#ifndef VST_ENGINE_SETTINGS_H
#define VST_ENGINE_SETTINGS_H

#include <jansson.h>

#include "gateway/gateway.h"
#include "law/law.h"
#include "text/numbering.h"
#include "text/phone.h"

typedef struct vst_site {
	vst_str name, entity, sender, link_host;
} vst_site;

/* Messages at most; 0: no limit. */
typedef struct vst_rate {
	int64_t per_hour, per_1000s;
} vst_rate;

typedef struct vst_operator_rate {
	vst_str operator_name; /* or tax number */
	vst_rate rate;
} vst_operator_rate;

typedef struct vst_sender {
	vst_str name, provider;
	bool inbound, numeric;
	const json_t *operators; /* at which it is registered, by name or tax number; NULL: at all */
	vst_rate rate;           /* with each operator but those below */
	vst_operator_rate *operator_rates;
	size_t operator_rate_count;
} vst_sender;

typedef struct vst_route {
	vst_str provider;
	unsigned categories;                    /* bit set; 0 any */
	vst_str country, sender, operator_name; /* "" any */
} vst_route;

/* Hosts that are an entity's own: of its site and of its sites' short links. */
typedef struct vst_own_hosts {
	const vst_str *items;
	size_t count;
} vst_own_hosts;

typedef struct vst_scenario {
	vst_str name, approved_by;
} vst_scenario;

typedef struct vst_settings {
	int references;
	int64_t version;
	json_t *root; /* as given, without `version`; everything below borrows from it */
	vst_law_settings *law;
	vst_gate_entity *entities;
	size_t entity_count;
	vst_str *hosts;           /* of all entities, one after another */
	vst_own_hosts *own_hosts; /* by entity */
	vst_scenario *scenarios;
	size_t scenario_count;
	vst_site *sites;
	size_t site_count;
	vst_sender *senders;
	size_t sender_count;
	vst_provider **providers;
	size_t provider_count;
	vst_route *routes;
	size_t route_count;
	const char **countries; /* of all providers, NULL-terminated */
	int64_t keys_days, events_days;
	bool resend[VST_CATEGORY_COUNT]; /* in doubt: send again */
} vst_settings;

/* `rate` of a sender; fields are the sender's (settings_rate.c). */
struct vst_fields;
vst_rc vst_sender_rate_read(const struct vst_fields *fields, vst_sender *sender, vst_err *err) VST_CHECKED;

/* Validates all of it. `root` is borrowed and kept by reference. */
vst_rc vst_settings_new(json_t *root, int64_t version, vst_settings **out, vst_err *err) VST_CHECKED;
vst_settings *vst_settings_hold(vst_settings *settings);
void vst_settings_release(vst_settings *settings);

const vst_gate_entity *vst_settings_entity(const vst_settings *settings, vst_str name); /* NULL: unknown */
vst_own_hosts vst_settings_own_hosts(const vst_settings *settings, const vst_gate_entity *entity);
/* Who approved the trigger scenario; "" when it is not in the settings. */
vst_str vst_settings_approver(const vst_settings *settings, vst_str scenario);
const vst_site *vst_settings_site(const vst_settings *settings, vst_str name);
const vst_sender *vst_settings_sender(const vst_settings *settings, vst_str name);
/* Whether the operator of the number is known and not one of those at which the sender is registered (R29). */
bool vst_settings_unregistered(const vst_sender *sender, int64_t number, const vst_numbering *numbering);
vst_provider *vst_settings_provider(const vst_settings *settings, vst_str name);
/*
 * First route that fits, then the only provider; NULL: none. A route may name an operator by its tax number or by any
 * spelling of its name in the plan; numbering NULL: no operator is known.
 */
vst_provider *vst_settings_route(const vst_settings *settings, vst_category category, const vst_phone *phone,
                                 vst_str sender, const vst_numbering *numbering);

/* A copy for people: literal secrets are "***", references stay. */
vst_rc vst_settings_mask(const vst_settings *settings, json_t **out, vst_err *err) VST_CHECKED;
/* Puts the stored secrets where `given` has "***" at the same path; "***" anywhere else is refused. */
vst_rc vst_settings_unmask(const vst_settings *stored, json_t *given, vst_err *err) VST_CHECKED;

#endif
