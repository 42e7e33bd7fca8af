/*
 * The gate in plain C, without PHP and store: decide FILE COUNT. FILE is a JSON list of advertisements; they are decided in
 * turn, COUNT times in all, with all rules and their rewrites. Prints {"seconds": …, "count": …}.
 */
#define _GNU_SOURCE
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "law/law.h"

static void die(const char *what)
{
	fprintf(stderr, "decide: %s\n", what);
	exit(1);
}

static int64_t now_ns(void)
{
	struct timespec now;

	(void) clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t) now.tv_sec * 1000000000 + now.tv_nsec;
}

#define NOON INT64_C(1795435200) /* 2026-11-23T12:00Z */

static void set_facts(vst_gate_facts *facts, vst_person *person, const vst_zone *const *zones)
{
	static const char *const countries[] = {"RU", NULL};
	static const vst_str hosts[] = {VST_STR("romashka.example"), VST_STR("r.romashka.example")};

	memset(facts, 0, sizeof *facts);
	memset(person, 0, sizeof *person);
	facts->category = VST_ADVERTISING;
	facts->phone_valid = facts->phone_mobile_known = facts->phone_mobile = true;
	memcpy(facts->phone_country, "RU", 3);
	facts->countries = countries;
	facts->operator_name = facts->territory = facts->provider = VST_STR_EMPTY;
	facts->zones = zones;
	facts->zone_count = 1;
	facts->zones_known = true;
	facts->now = NOON;
	facts->order = facts->basis = facts->campaign = facts->scenario = VST_STR_EMPTY;
	facts->campaign_approved_by = facts->scenario_approved_by = VST_STR_EMPTY;
	facts->approved_by = VST_STR("anna");
	facts->link = VST_STR("r.romashka.example/a1");
	facts->own_hosts = hosts;
	facts->own_host_count = 2;
	facts->entity = (vst_gate_entity) {
		VST_STR("main"),          VST_STR("ООО «Ромашка»"), VST_STR("Ромашка"),
		VST_STR("7700000000"),    VST_STR("1027700000000"), VST_STR("Москва"),
		VST_STR("https://romashka.example"), VST_STR("+79990000099"),
	};
	facts->sender = (vst_gate_sender) {.name = VST_STR("Romashka"), .named = true};
	facts->template_fault.name = VST_STR_EMPTY;
	facts->template_fault.why = "";
	facts->person = person;
	person->phone = INT64_C(79990000001);
	person->consent[VST_PURPOSE_ADVERTISING] =
		(vst_consent_fact) {VST_CONSENT_GRANTED, NOON - 86400, 1, VST_SOURCE_CHECKOUT, true};
	person->charges[0] = (vst_cap_charge) {.at = NOON - 3 * 86400, .seq = 1, .sent = true};
	person->charge_count = 1;
}

int main(int argc, char **argv)
{
	json_t *list = argc == 3 ? json_load_file(argv[1], 0, NULL) : NULL;
	long count = argc == 3 ? atol(argv[2]) : 0;
	vst_transition moscow = {0, 3 * 3600};
	vst_zone *zone;
	vst_law_settings *settings;
	vst_gate_facts facts;
	vst_person person;
	vst_arena arena = VST_ARENA_INIT;
	vst_err err = VST_ERR_INIT;
	size_t sum = 0;
	int64_t started;

	if (count <= 0 || json_array_size(list) == 0) {
		die("usage: decide FILE COUNT");
	}
	if (vst_zone_new("Europe/Moscow", &moscow, 1, &zone, &err) != VST_OK ||
	    vst_law_settings_new(NULL, NULL, NULL, &settings, &err) != VST_OK) {
		die(err.text);
	}
	set_facts(&facts, &person, (const vst_zone *const *) &zone);
	started = now_ns();
	for (long i = 0; i < count; i++) {
		vst_decision decision;

		facts.text = facts.given_text =
			vst_str_from(json_string_value(json_array_get(list, (size_t) i % json_array_size(list))));
		vst_arena_reset(&arena);
		if (vst_gate_decide(settings, &facts, &arena, &decision, &err) != VST_OK) {
			die("out of memory");
		}
		if (decision.verdict != VST_VERDICT_SEND) {
			die(decision.finding_count > 0 ? decision.findings[0].code : "not sent");
		}
		sum += decision.text.len + decision.finding_count;
	}
	printf("{\"seconds\":%.6f,\"count\":%ld,\"sum\":%zu}\n", (double) (now_ns() - started) / 1e9, count, sum);
	return 0;
}
