/*
 * A region as people, carriers and shops write it («Свердловская обл.», «г Москва», «Респ Татарстан», «Саха /Якутия/
 * Респ», "Россия, Пермский край, г. Пермь") to the subject of the Russian Federation that the numbering plan names.
 */
#ifndef VST_TEXT_REGION_H
#define VST_TEXT_REGION_H

#include "territories.h"

typedef struct vst_region {
	char names[256];                      /* subjects as the plan names them, several joined with ", " */
	char zones[VST_TERRITORY_ZONES_TEXT]; /* joined with '|', each once */
} vst_region;

/*
 * Several subjects with commas, all of them known, are meant together; of an address the first part that is a subject
 * counts. False: none is known, which is no error: the next source of the zone is asked.
 */
bool vst_region_read(vst_str text, vst_region *out);

/* The table of spellings, for its test: NULL past the end. */
const char *vst_region_spelling(size_t index, const char **subject);

#endif
