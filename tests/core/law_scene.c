#include "law_scene.h"

#include <stdlib.h>

#include "check.h"
#include "vectors.h"

#define ZONES_MAX 64
#define CONSENT_SINCE INT64_C(1795348800) /* 2026-11-22T12:00Z, the day before `now` */

static struct {
	vst_zone *zones[ZONES_MAX];
	size_t count;
	const char *names[2][ZONES_MAX];
	json_t *json;
} loaded;

static void load_zones(void)
{
	const char *name;
	json_t *transitions, *item;
	size_t i;

	if (loaded.json != NULL) {
		return;
	}
	loaded.json = vectors_load("zones.json");
	json_object_foreach(json_object_get(loaded.json, "zones"), name, transitions) {
		vst_transition list[256];
		vst_err err = VST_ERR_INIT;

		json_array_foreach(transitions, i, item) {
			assert_true(i < COUNT_OF(list));
			list[i].at = json_integer_value(json_array_get(item, 0));
			list[i].offset = (int32_t) json_integer_value(json_array_get(item, 1));
		}
		assert_true(loaded.count < ZONES_MAX);
		assert_int_equal(vst_zone_new(name, list, json_array_size(transitions), &loaded.zones[loaded.count], &err),
		                 VST_OK);
		loaded.count++;
	}
	json_array_foreach(json_object_get(loaded.json, "russian"), i, item) {
		loaded.names[0][i] = json_string_value(item);
	}
	json_array_foreach(json_object_get(loaded.json, "seasonal"), i, item) {
		loaded.names[1][i] = json_string_value(item);
	}
}

const vst_zone *scene_zone(const char *name)
{
	load_zones();
	for (size_t i = 0; i < loaded.count; i++) {
		if (strcmp(loaded.zones[i]->name, name) == 0) {
			return loaded.zones[i];
		}
	}
	fail_msg("no zone %s in zones.json", name);
	return NULL;
}

const char *const *scene_zone_names(const char *group)
{
	load_zones();
	return loaded.names[strcmp(group, "russian") == 0 ? 0 : 1];
}

void scene_end(void)
{
	for (size_t i = 0; i < loaded.count; i++) {
		vst_zone_free(loaded.zones[i]);
	}
	json_decref(loaded.json);
	memset(&loaded, 0, sizeof loaded);
}

static void set_defaults(gate_scene *scene)
{
	static const vst_str text = VST_STR("Ромашка: скидка 20% на букеты до пятницы. Отказ: r.romashka.example/a1");
	static const vst_str own_hosts[] = {VST_STR("romashka.example"), VST_STR("r.romashka.example")};
	vst_gate_facts *facts = &scene->facts;

	memset(scene, 0, sizeof *scene);
	facts->category = VST_ADVERTISING;
	facts->text = facts->given_text = text;
	facts->phone_valid = facts->phone_mobile_known = facts->phone_mobile = true;
	memcpy(facts->phone_country, "RU", 3);
	scene->countries[0] = "RU";
	facts->countries = scene->countries;
	scene->zones[0] = scene_zone("Europe/Moscow");
	facts->zones = scene->zones;
	facts->zone_count = 1;
	facts->zones_known = true;
	facts->now = INT64_C(1795435200); /* 2026-11-23T12:00Z, a Monday: 15:00 in Moscow */
	facts->order = facts->basis = facts->campaign = VST_STR_EMPTY;
	facts->approved_by = VST_STR("anna");
	facts->acknowledged = scene->acknowledged;
	facts->order_links = scene->links;
	facts->tags = scene->tags;
	facts->entity = (vst_gate_entity) {
		VST_STR("main"),
		VST_STR("ООО «Ромашка»"),
		VST_STR("Ромашка"),
		VST_STR("7700000000"),
		VST_STR("1027700000000"),
		VST_STR("Москва"),
		VST_STR("https://romashka.example"),
		VST_STR("+79990000099"),
	};
	facts->sender = (vst_gate_sender) {VST_STR("Romashka"), true, false, false};
	facts->operator_name = facts->operator_inn = facts->territory = facts->provider = VST_STR_EMPTY;
	facts->scenario = facts->campaign_approved_by = facts->scenario_approved_by = VST_STR_EMPTY;
	facts->link = VST_STR("r.romashka.example/a1");
	facts->own_hosts = own_hosts;
	facts->own_host_count = COUNT_OF(own_hosts);
	facts->template_fault.name = VST_STR_EMPTY;
	facts->template_fault.why = "";
	facts->person = &scene->person;
	scene->person.phone = INT64_C(79990000001);
	scene->person.consent[VST_PURPOSE_ADVERTISING] =
		(vst_consent_fact) {VST_CONSENT_GRANTED, CONSENT_SINCE, 1, VST_SOURCE_CHECKOUT, true};
}

static void set_consent(const json_t *json, vst_consent_fact *out)
{
	static const char *const known[] = {"status", "source", "complete", "since", NULL};
	vst_str status = vectors_text(json, "status", "granted");

	if (json == NULL) {
		return;
	}
	vectors_known(json, known);
	*out = (vst_consent_fact) {VST_CONSENT_STATUS_COUNT, CONSENT_SINCE, 1, VST_SOURCE_CHECKOUT,
	                           vectors_bool(json, "complete", true)};
	if (json_object_get(json, "since") != NULL) {
		out->since = vectors_instant(json_object_get(json, "since"));
	}
	for (int i = 0; i < VST_CONSENT_STATUS_COUNT; i++) {
		out->status =
			vst_str_is(status, vst_consent_status_name((vst_consent_status) i)) ? (vst_consent_status) i : out->status;
	}
	assert_int_not_equal(out->status, VST_CONSENT_STATUS_COUNT);
	assert_true(vst_source_parse(vectors_text(json, "source", "checkout"), &out->source));
}

static unsigned stop_bits(const json_t *list)
{
	unsigned bits = 0;
	size_t i;
	json_t *item;

	json_array_foreach(list, i, item) {
		vst_stop_kind kind;

		assert_true(vst_stop_kind_parse(vst_str_from(json_string_value(item)), &kind));
		bits |= 1u << kind;
	}
	return bits;
}

const char *const scene_charge_kinds[VST_CHARGE_KIND_COUNT] = {"none", "advertising", "debt"};

/* An instant, or {at, kind, priority, sent, days}; what lies in the past was sent. `days`: one on each of so many days. */
static void set_charge(const json_t *json, int64_t now, vst_cap_charge *out)
{
	static const char *const known[] = {"at", "kind", "priority", "sent", "days", NULL};
	bool object = json_is_object(json);
	vst_str kind = object ? vectors_text(json, "kind", "advertising") : VST_STR("advertising");

	memset(out, 0, sizeof *out);
	out->at = vectors_instant(object ? json_object_get(json, "at") : json);
	for (int i = 0; i < VST_CHARGE_KIND_COUNT; i++) {
		out->kind = vst_str_is(kind, scene_charge_kinds[i]) ? (vst_charge_kind) i : out->kind;
	}
	assert_int_not_equal(out->kind, VST_CHARGE_NONE);
	out->sent = out->at <= now;
	if (object) {
		vectors_known(json, known);
		out->priority = (int) vectors_integer(json, "priority", 0);
		out->sent = vectors_bool(json, "sent", out->sent);
	}
}

static void set_person(gate_scene *scene, const json_t *json)
{
	static const char *const known[] = {"advertising", "service",   "survey",    "data",    "stop_advertising",
	                                    "stop_all",    "bar_until", "elsewhere", "charges", "active_at", NULL};
	vst_person *person = &scene->person;
	size_t i;
	json_t *item;

	if (json == NULL) {
		return;
	}
	if (json_is_null(json)) {
		scene->facts.person = NULL;
		return;
	}
	vectors_known(json, known);
	for (int purpose = 0; purpose < VST_PURPOSE_COUNT; purpose++) {
		set_consent(json_object_get(json, vst_purpose_name((vst_purpose) purpose)), &person->consent[purpose]);
	}
	person->stop_advertising = stop_bits(json_object_get(json, "stop_advertising"));
	person->stop_all = stop_bits(json_object_get(json, "stop_all"));
	person->bar_until = vectors_instant(json_object_get(json, "bar_until"));
	person->active_at = vectors_instant(json_object_get(json, "active_at"));
	person->consent_elsewhere = vectors_bool(json, "elsewhere", false);
	json_array_foreach(json_object_get(json, "charges"), i, item) {
		for (int64_t day = 0; day < (json_is_object(item) ? vectors_integer(item, "days", 1) : 1); day++) {
			vst_cap_charge *charge = &person->charges[person->charge_count++];

			set_charge(item, scene->facts.now, charge);
			charge->at += day * 86400;
			charge->seq = (int64_t) person->charge_count;
		}
	}
}

static void set_entity_and_sender(vst_gate_facts *facts, const json_t *json)
{
	static const char *const entity_known[] = {"brand", "address", "ogrn", "opt_out_number", NULL};
	static const char *const sender_known[] = {"name", "named", "inbound", "unregistered", NULL};
	const json_t *entity = json_object_get(json, "entity"), *sender = json_object_get(json, "sender");

	vectors_known(entity, entity_known);
	vectors_known(sender, sender_known);
	facts->entity.brand = vectors_text(entity, "brand", facts->entity.brand.ptr);
	facts->entity.address = vectors_text(entity, "address", facts->entity.address.ptr);
	facts->entity.ogrn = vectors_text(entity, "ogrn", facts->entity.ogrn.ptr);
	facts->entity.opt_out_number = vectors_text(entity, "opt_out_number", facts->entity.opt_out_number.ptr);
	facts->sender.name = vectors_text(sender, "name", facts->sender.name.ptr);
	facts->sender.named = vectors_bool(sender, "named", true);
	facts->sender.inbound = vectors_bool(sender, "inbound", false);
	facts->sender.unregistered = vectors_bool(sender, "unregistered", false);
}

static void set_phone(gate_scene *scene, const json_t *json)
{
	static const char *const known[] = {"valid", "mobile", "country", NULL};
	const json_t *phone = json_object_get(json, "phone"), *mobile = json_object_get(phone, "mobile");
	vst_str country = vectors_text(phone, "country", "RU");
	size_t i;
	json_t *item;

	vectors_known(phone, known);
	scene->facts.phone_valid = vectors_bool(phone, "valid", true);
	scene->facts.phone_mobile_known = !json_is_null(mobile);
	scene->facts.phone_mobile = mobile == NULL || json_is_true(mobile);
	assert_true(country.len < 3);
	memcpy(scene->facts.phone_country, country.ptr, country.len + 1);
	json_array_foreach(json_object_get(json, "countries"), i, item) {
		scene->countries[i] = json_string_value(item);
		scene->countries[i + 1] = NULL;
	}
}

static void set_zones(gate_scene *scene, const json_t *json)
{
	const json_t *zones = json_object_get(json, "zones");
	size_t i;
	json_t *item;

	if (json_is_string(zones)) { /* "russian": the zone is unknown */
		const char *const *names = scene_zone_names(json_string_value(zones));

		for (i = 0; names[i] != NULL; i++) {
			scene->zones[i] = scene_zone(names[i]);
		}
		scene->facts.zone_count = i;
		scene->facts.zones_known = false;
	}
	json_array_foreach(zones, i, item) {
		scene->zones[i] = scene_zone(json_string_value(item));
		scene->facts.zone_count = i + 1;
	}
}

static void set_texts(gate_scene *scene, const json_t *json)
{
	static const char *const known[] = {"kind", "position", "name", "why", NULL};
	static const char *const kinds[] = {"ok", "syntax", "unresolved", "empty", "value"};
	const json_t *text = json_object_get(json, "text"), *fault = json_object_get(json, "fault");
	vst_gate_facts *facts = &scene->facts;

	if (text != NULL) {
		scene->text = vectors_built(text);
		facts->text = facts->given_text = vst_str_from(scene->text);
	}
	facts->given_text = vectors_text(json, "given_text", facts->given_text.ptr);
	facts->from_template = vectors_bool(json, "from_template", false);
	vectors_known(fault, known);
	for (size_t i = 0; fault != NULL && i < COUNT_OF(kinds); i++) {
		if (vst_str_is(vectors_text(fault, "kind", ""), kinds[i])) {
			facts->template_fault.kind = (vst_template_kind) i;
		}
	}
	facts->template_fault.position = (size_t) vectors_integer(fault, "position", 0);
	facts->template_fault.name = vectors_text(fault, "name", "");
	facts->template_fault.why = vectors_text(fault, "why", "").ptr;
}

vst_validity scene_validity(vst_str name)
{
	static const char *const names[] = {"minutes", "hours", "none"};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (vst_str_is(name, names[i])) {
			return (vst_validity) i;
		}
	}
	fail_msg("no such validity: %.*s", VST_STR_ARGS(name));
	return VST_VALIDITY_NONE;
}

void scene_set(gate_scene *scene, const json_t *json)
{
	static const char *const known[] = {
		"category",  "text",    "given_text",  "from_template", "fault",       "phone",
		"countries", "zones",   "now",         "not_before",    "valid_until", "offer_until",
		"order",     "basis",   "approved_by", "acknowledged",  "entity",      "sender",
		"person",    "own_seq", "dispatch",    "spread_key",    "link",        "priority",
		"outbid",    "rate_until", "operator", "scenario_approved_by", "campaign_approved_by",
		"campaign",  "territory", "provider",  "validity",      "debt",        "links",     "tags", NULL,
	};
	vst_gate_facts *facts = &scene->facts;
	size_t i;
	json_t *item;

	set_defaults(scene);
	vectors_known(json, known);
	assert_true(vst_category_parse(vectors_text(json, "category", "advertising"), &facts->category));
	set_texts(scene, json);
	set_phone(scene, json);
	set_zones(scene, json);
	if (json_object_get(json, "now") != NULL) {
		facts->now = vectors_instant(json_object_get(json, "now"));
	}
	facts->not_before = vectors_instant(json_object_get(json, "not_before"));
	facts->valid_until = vectors_instant(json_object_get(json, "valid_until"));
	facts->offer_until = vectors_instant(json_object_get(json, "offer_until"));
	facts->order = vectors_text(json, "order", "");
	facts->basis = vectors_text(json, "basis", "");
	facts->approved_by = vectors_text(json, "approved_by", "anna");
	facts->scenario_approved_by = vectors_text(json, "scenario_approved_by", "");
	facts->campaign_approved_by = vectors_text(json, "campaign_approved_by", "");
	facts->link = vectors_text(json, "link", facts->link.ptr);
	facts->operator_name = vectors_text(json, "operator", "");
	facts->territory = vectors_text(json, "territory", "");
	facts->provider = vectors_text(json, "provider", "smsru");
	facts->validity = scene_validity(vectors_text(json, "validity", "minutes"));
	facts->campaign = vectors_text(json, "campaign", "");
	facts->debt = vectors_bool(json, "debt", false);
	json_array_foreach(json_object_get(json, "acknowledged"), i, item) {
		scene->acknowledged[i] = vst_str_from(json_string_value(item));
		facts->acknowledged_count = i + 1;
	}
	json_array_foreach(json_object_get(json, "links"), i, item) {
		scene->links[i] = vst_str_from(json_string_value(item));
		facts->order_link_count = i + 1;
	}
	json_array_foreach(json_object_get(json, "tags"), i, item) {
		scene->tags[i] = vst_str_from(json_string_value(item));
		facts->tag_count = i + 1;
	}
	set_entity_and_sender(facts, json);
	set_person(scene, json_object_get(json, "person"));
	facts->own_seq = vectors_integer(json, "own_seq", 0);
	facts->at_dispatch = vectors_bool(json, "dispatch", false);
	facts->outbid = vectors_bool(json, "outbid", false);
	facts->rate_until = vectors_instant(json_object_get(json, "rate_until"));
	facts->priority = (int) vectors_integer(json, "priority", 0);
	facts->spread = json_object_get(json, "spread_key") != NULL;
	facts->spread_key = (uint64_t) vectors_integer(json, "spread_key", 0);
}

void scene_clear(gate_scene *scene)
{
	free(scene->text);
	scene->text = NULL;
}

vst_law_settings *scene_settings(const json_t *json)
{
	static const char *const known[] = {"windows", "caps", "rules", NULL};
	vst_law_settings *settings = NULL;
	vst_err err = VST_ERR_INIT;

	vectors_known(json, known);
	if (vst_law_settings_new(json_object_get(json, "windows"), json_object_get(json, "caps"),
	                         json_object_get(json, "rules"), &settings, &err) != VST_OK) {
		fail_msg("settings refused: %s", err.text);
	}
	return settings;
}
