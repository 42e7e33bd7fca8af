/*
 * Replay: what stored decisions would have been under other rules, from the facts as they were then. Reads in short
 * transactions of some hundred rows; between two calls nothing is open, so that a replay outlives its engine's handle, a
 * fork, or being left half-way. It belongs to one store: another one in its place is refused.
 */
#ifndef VST_ENGINE_REPLAY_H
#define VST_ENGINE_REPLAY_H

#include "engine.h"

typedef struct vst_replay vst_replay;

typedef struct vst_replayed_decision {
	vst_verdict verdict;
	vst_category category; /* what it was treated as */
	const vst_str *codes;  /* of the findings */
	size_t code_count;
	int64_t due; /* 0 none */
	int segments;
} vst_replayed_decision;

typedef struct vst_replayed {
	vst_id id;
	int64_t created;
	vst_category declared;
	vst_replayed_decision was, would;
	bool text_differs;
	bool differs; /* in anything of the two */
} vst_replayed;

/*
 * Of messages created in [from, to). `rules`: {windows?, caps?, R02? …}, each in place of what stood there when the
 * message was submitted; {} or an empty list: as it was. VST_E_SETTINGS with the path when they would not do as settings.
 */
vst_rc vst_replay_new(vst_engine *engine, int64_t from, int64_t to, const json_t *rules, vst_replay **out, vst_err *err)
	VST_CHECKED;
void vst_replay_free(vst_replay *replay);
void vst_replay_rewind(vst_replay *replay);
/* Whether the next decision must be read: only then vst_replay_next uses the engine. */
bool vst_replay_reads(const vst_replay *replay);
/* *out: NULL at the end; lives until the next call. After an error the replay stands where it stood. */
vst_rc vst_replay_next(vst_replay *replay, vst_engine *engine, const vst_replayed **out, vst_err *err) VST_CHECKED;

#endif
