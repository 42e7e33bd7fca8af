/* Appending to the feed of events, for the engine's own files. */
#ifndef VST_ENGINE_EVENT_APPEND_H
#define VST_ENGINE_EVENT_APPEND_H

#include "internal.h"
#include "json.h"

/* message NULL: an event of a person. The data is taken and released, whatever happens. */
vst_rc vst_event_say(vst_tx *tx, const char *type, const vst_message *message, int64_t entity, int64_t phone,
                     vst_json *take_data, vst_err *err) VST_CHECKED;

#endif
