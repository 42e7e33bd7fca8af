/* The gate's surroundings for tests: zones, settings and facts from data files. */
#ifndef VST_TESTS_LAW_SCENE_H
#define VST_TESTS_LAW_SCENE_H

#include <jansson.h>

#include "law/law.h"

/* A zone of data/zones.json; lives until scene_end(). Fails the test when there is none. */
const vst_zone *scene_zone(const char *name);
/* All names under "russian" or "seasonal"; the list ends with NULL and lives until scene_end(). */
const char *const *scene_zone_names(const char *group);
void scene_end(void);

#define SCENE_ZONES_MAX 32

/* A decision's surroundings, all lawful until the data say otherwise: data/gate.json explains the fields. */
typedef struct gate_scene {
	vst_gate_facts facts;
	vst_person person;
	const vst_zone *zones[SCENE_ZONES_MAX];
	const char *countries[8];
	vst_str acknowledged[8], links[8], tags[8];
	char *text; /* owned */
} gate_scene;

/* Names of vst_charge_kind. */
extern const char *const scene_charge_kinds[VST_CHARGE_KIND_COUNT];

void scene_set(gate_scene *scene, const json_t *facts);
void scene_clear(gate_scene *scene);

vst_validity scene_validity(vst_str name); /* minutes, hours, none */

/* Settings from {windows, caps, rules}, any of which may be absent; fails the test when they are refused. */
vst_law_settings *scene_settings(const json_t *settings);

#endif
