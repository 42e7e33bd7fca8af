/* Stored messages as JSON, and the filter that list, count, cancel, hold and release share. */
#ifndef VST_ENGINE_MESSAGE_VIEW_H
#define VST_ENGINE_MESSAGE_VIEW_H

#include "base/fields.h"
#include "internal.h"

/* Rows read in one short transaction of a longer scan. */
#define VST_SCAN_ROWS 10000

vst_rc vst_message_view(vst_tx *tx, const vst_message *message, json_t **out, vst_err *err) VST_CHECKED;

/*
 * The conditions of a filter; its strings are borrowed from the JSON or live in the arena. `sort` and `offset` are
 * read into `page` when it is given and are unknown keys otherwise.
 */
vst_rc vst_message_filter_read(vst_tx *tx, const json_t *json, vst_page *page, vst_arena *memory,
                               vst_message_filter *out, vst_err *err) VST_CHECKED;

#endif
