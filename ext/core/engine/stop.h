/* The stop list inside a transaction that is already open: for withdrawals, and for what a provider reports. */
#ifndef VST_ENGINE_STOP_H
#define VST_ENGINE_STOP_H

#include "internal.h"
#include "json.h"

/*
 * Puts the entry, appends the event, and cancels for `reason` what waits within its scope (all: service too, never
 * authentication).
 */
vst_rc vst_stop_put_and_cancel(vst_tx *tx, const vst_stop *stop, vst_str reason, int64_t *cancelled, vst_err *err)
	VST_CHECKED;
/* {phone, entity, kind, scope, reason, author, added, expires} */
void vst_stop_show(vst_json *json, const vst_stop *stop, vst_str entity);
/* "stop.added" or "stop.removed" with {kind, scope, expires}. */
vst_rc vst_stop_announce(vst_tx *tx, const vst_stop *stop, bool added, vst_err *err) VST_CHECKED;

/*
 * `reason` and *out as for vst_engine_stop_add: {reason (words), kind, scope, entity, author, expires}. An operator
 * bar without `expires` gets the period of rule R09.
 */
vst_rc vst_stop_add_in(vst_engine *engine, vst_tx *tx, int64_t phone, const json_t *reason, json_t **out, vst_err *err)
	VST_CHECKED;

#endif
