/* What health looks at, and the table of what a person should be told about it. */
#ifndef VST_ENGINE_HEALTH_H
#define VST_ENGINE_HEALTH_H

#include "internal.h"

/* Counts in health stop here: an exact million helps nobody and costs a scan. */
#define VST_HEALTH_COUNT_MAX 100000
/* Messages in doubt are looked for among so many of the newest. */
#define VST_HEALTH_DOUBT_ROWS 10000

typedef struct vst_health {
	vst_engine *engine;
	vst_store_info store;
	vst_arena memory;
	int64_t now, settings_version;
	/* of the settings */
	size_t entity_count, provider_count, sender_count, entities_without_opt_out_number;
	unsigned unmet_duties; /* R35, VST_DUTY bits; none while only the sandbox is configured */
	/* of the numbering plan; NULL: none */
	const vst_numbering *numbering;
	bool numbering_broken;
	/* of the queue */
	int64_t due; /* messages whose turn has come, held ones left out */
	int64_t in_doubt;
	/* of the providers */
	bool provider_stopped, provider_unreachable;
	/* of the workers */
	vst_heartbeat *workers;
	size_t worker_count, alive, of_another_store, of_another_version;
	/* sections that need the transaction to be built */
	json_t *queue, *in_flight, *providers, *limits, *ledger, *events;
} vst_health;

/* Inside a reading transaction: fills the section `queue`, `in_flight` and the facts about them (health_queue.c). */
vst_rc vst_health_queue(vst_health *health, vst_tx *tx, vst_err *err) VST_CHECKED;
/* [{code, level, ru, en}], the worst first (health_problems.c). */
vst_rc vst_health_problems(const vst_health *health, json_t **out, vst_err *err) VST_CHECKED;

#endif
