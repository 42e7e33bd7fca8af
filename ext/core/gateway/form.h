/* application/x-www-form-urlencoded, both ways. */
#ifndef VST_GATEWAY_FORM_H
#define VST_GATEWAY_FORM_H

#include "gateway.h"

/* Appends "name=value", after "&" when the buffer holds something already. A space becomes %20, never "+". */
void vst_form_add(vst_buf *body, vst_str name, vst_str value);
void vst_form_add_integer(vst_buf *body, vst_str name, int64_t value);

/*
 * All pairs in their order, duplicates and empty values included. "+" is a space; a "%" without two hex digits stays
 * as it is, as PHP reads it. Names and values are in the arena and may hold any bytes.
 */
vst_rc vst_form_parse(vst_str body, vst_arena *arena, vst_pair **pairs, size_t *count, vst_err *err) VST_CHECKED;

#endif
