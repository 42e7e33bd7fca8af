/*
 * Which time zones the subjects of the Russian Federation keep (federal law 107-FZ, article 5; IANA names, tzdata
 * 2026f). The subjects are named as in the column «Территория ГАР» of the numbering plan.
 */
#ifndef VST_TEXT_TERRITORIES_H
#define VST_TEXT_TERRITORIES_H

#include "base/str.h"

/* Zones that one territory of the plan may have in all: it may be several subjects, one of them with several zones. */
#define VST_TERRITORY_ZONES_MAX 8
#define VST_TERRITORY_ZONES_TEXT (VST_TERRITORY_ZONES_MAX * 32)

typedef enum vst_territory_kind {
	VST_TERRITORY_UNKNOWN, /* a name that the table does not hold */
	VST_TERRITORY_NATIONWIDE,
	VST_TERRITORY_ZONED
} vst_territory_kind;

typedef struct vst_territory {
	vst_territory_kind kind;
	vst_str name;                         /* without the place and district before it; part of the input */
	char zones[VST_TERRITORY_ZONES_TEXT]; /* joined with '|', each once, "" unless the kind is ZONED */
} vst_territory;

/*
 * Reads one value of the column: a subject, several with commas ("Город Москва, Московская область"), or a path whose
 * last part is the subject ("г. Норильск|г.о. город Норильск|Красноярский край"). One unknown subject makes the whole
 * unknown: nobody is woken because a neighbour is known.
 */
void vst_territory_read(vst_str text, vst_territory *out);

/* The table itself: the name at an index and its zones as above, NULL past the end. */
const char *vst_territory_entry(size_t index, const char **zones);

#endif
