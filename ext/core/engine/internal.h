/* What the engine's files share; not for the binding. */
#ifndef VST_ENGINE_INTERNAL_H
#define VST_ENGINE_INTERNAL_H

#include "engine.h"
#include "settings.h"
#include "store/tables.h"

typedef struct vst_dispatcher vst_dispatcher;

struct vst_engine {
	const vst_env *env;
	vst_arena memory; /* of the options' strings */
	vst_engine_options options;
	vst_store *store;
	vst_zone_cache *zones;
	vst_settings *settings;     /* of the version last seen; use vst_engine_current inside a transaction */
	vst_dispatcher *dispatcher; /* NULL until the first dispatch */
	char wanted_zone[64];       /* that a write needs and that is not loaded yet; "" none */
};

/*
 * The settings of the version that this transaction sees; reads and compiles them when they changed. Borrowed until
 * the next call; hold a reference to keep them longer.
 */
vst_rc vst_engine_current(vst_engine *engine, vst_tx *tx, vst_settings **out, vst_err *err) VST_CHECKED;

/* A transaction that may need zones: VST_E_CANCELLED with wanted_zone set loads it and runs the body again. */
vst_rc vst_engine_write(vst_engine *engine, vst_tx_body body, void *context, vst_err *err) VST_CHECKED;

/* The entity by name, "" meaning the only one. VST_E_INVALID: unknown, or not named where there are several. */
vst_rc vst_engine_entity(vst_engine *engine, vst_tx *tx, vst_str name, const vst_gate_entity **out, int64_t *id,
                         vst_err *err) VST_CHECKED;

/* A phone that must be readable: VST_E_INVALID without the number in its words. */
vst_rc vst_engine_phone(vst_str text, int64_t *phone, vst_err *err) VST_CHECKED;

/*
 * Ends a message that waits (deferred, queued or claimed) in `state` for `reason`: takes it out of the queue, the flight and its
 * timers, gives back its cap slot, frees its key when it is refused, appends the event. Writes message and person.
 */
vst_rc vst_message_end(vst_tx *tx, vst_message *message, vst_state state, vst_str reason, vst_err *err) VST_CHECKED;
/* The same for the whole chain of a person: what waits in the given categories (bit set) is cancelled. */
vst_rc vst_person_cancel_waiting(vst_tx *tx, int64_t entity, int64_t phone, unsigned categories, vst_str reason,
                                 int64_t *cancelled, vst_err *err) VST_CHECKED;
/* Takes a waiting message out of the queue table, or puts it there, by its own lane and due. */
vst_rc vst_message_enqueue(vst_tx *tx, const vst_message *message, vst_err *err) VST_CHECKED;
vst_rc vst_message_dequeue(vst_tx *tx, const vst_message *message, vst_err *err) VST_CHECKED;
/* The person's charge of this message, if it counts at all: moved to `at`, or removed. Reads and writes the person row. */
vst_rc vst_charge_set(vst_tx *tx, const vst_message *message, int64_t at, bool sent, vst_err *err) VST_CHECKED;
vst_rc vst_charge_drop(vst_tx *tx, const vst_message *message, vst_err *err) VST_CHECKED;

/* "message.<state>" with {reason?, provider?, code?}. */
vst_rc vst_message_event(vst_tx *tx, const vst_message *message, vst_err *err) VST_CHECKED;

/* JSON builders that turn out-of-memory into an error once: json_t or NULL. */
json_t *vst_json_text(vst_str text);

#ifdef VESTNIK_STOP_POINTS
/* Builds for the crash test only: stops this process when VESTNIK_STOP_AT names this point and its turn has come. */
void vst_stop_point(const char *name);
int64_t vst_stop_lease_ms(void);
#define VST_STOP_POINT(name) vst_stop_point(name)
#else
#define VST_STOP_POINT(name) ((void) 0)
#endif

#endif
