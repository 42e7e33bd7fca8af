/* The summary of a person's stops that the person's row carries; stop.c makes it, person.c keeps it. */
#ifndef VST_STORE_PERSON_H
#define VST_STORE_PERSON_H

#include "tables.h"
#include "transaction.h"

typedef struct vst_stop_summary {
	unsigned advertising, all; /* bit sets over vst_stop_kind; a stop of all is in both */
	int64_t bar_until;         /* INT64_MAX: for good */
	int64_t expires;           /* the earliest end of any of them, from which on it must be made anew; 0 none */
} vst_stop_summary;

/* From the stop list, of what is in force at `now`. */
vst_rc vst_stop_summarise(vst_tx *tx, int64_t entity, int64_t phone, int64_t now, vst_stop_summary *out, vst_err *err)
	VST_CHECKED;
vst_rc vst_person_put_stops(vst_tx *tx, int64_t entity, int64_t phone, const vst_stop_summary *summary, vst_err *err)
	VST_CHECKED;

#endif
