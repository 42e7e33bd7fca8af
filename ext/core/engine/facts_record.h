/*
 * The facts of a decision in the form they are kept in with the message: what its row does not tell already, and what of
 * the settings is not kept with their version. From it the second look and replay know what the first look knew.
 *
 * A record is a version, the version of the settings, then fields as (number, value). A reader passes over fields that
 * it does not know; one that is absent has the value that the row or the settings give it.
 */
#ifndef VST_ENGINE_FACTS_RECORD_H
#define VST_ENGINE_FACTS_RECORD_H

#include "base/packing.h"
#include "internal.h"

/* What is at hand beside the record: the row, the names in it, the settings that held then. */
typedef struct vst_facts_known {
	const vst_message *message; /* as submitted; facts from its row are not packed again */
	vst_str sender, provider;   /* names of its ids, "" none */
	const vst_settings *settings;
	const vst_gate_entity *entity;  /* in the settings */
	const vst_zone *const *unknown; /* the array that stands for an unknown zone; NULL when unpacking */
} vst_facts_known;

/* Facts that came out of a record. Strings are borrowed from what is known and from the record, or in the arena. */
typedef struct vst_kept_facts {
	vst_gate_facts facts; /* complete but for the zones; facts.person is &person or NULL */
	vst_person person;
	vst_str zone_names; /* joined with '|', "" all of Russia: for vst_facts_zones */
} vst_kept_facts;

/* In the writing transaction of the message: words of the numbering plan become names. */
vst_rc vst_facts_pack(vst_tx *tx, const vst_gate_facts *facts, const vst_facts_known *known, vst_arena *arena,
                      vst_str *out, vst_err *err) VST_CHECKED;
/* An empty record gives what the row tells. VST_E_CORRUPT when it cannot be read. */
vst_rc vst_facts_unpack(vst_tx *tx, const vst_facts_known *known, vst_arena *arena, vst_kept_facts *out, vst_err *err)
	VST_CHECKED;
/* False: the record is empty or cannot be read. */
bool vst_facts_settings_version(vst_str record, int64_t *version);

#define VST_FACTS_ZONES_MAX 64
#define VST_ZONE_NAME_BYTES 64
/*
 * Sets the facts' zones from the cache; `own` takes those of a list. VST_E_CANCELLED: `wanted` is not loaded yet, which
 * vst_zone_cache_load does with no transaction open.
 */
vst_rc vst_facts_zones(vst_zone_cache *cache, vst_str names, const vst_zone *own[VST_FACTS_ZONES_MAX],
                       vst_gate_facts *facts, char wanted[VST_ZONE_NAME_BYTES], vst_err *err) VST_CHECKED;

/* The fields, for the test that all of them are there: NULL after the last. */
const char *vst_facts_field_name(size_t number);

/* facts_person.c: a person as known at `now`. */
void vst_facts_pack_person(vst_packer *packer, const vst_person *person, const vst_message *message, int64_t now);
bool vst_facts_unpack_person(vst_unpacker *unpacker, const vst_message *message, int64_t now, vst_person *out);

#endif
