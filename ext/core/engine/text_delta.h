/*
 * A text as its difference from another that is at hand anyway: what a rewrite changed, what a template had in place of
 * values. A few bytes for a suffix or a prefix; never much longer than the text itself.
 */
#ifndef VST_ENGINE_TEXT_DELTA_H
#define VST_ENGINE_TEXT_DELTA_H

#include "base/arena.h"
#include "base/packing.h"

void vst_delta_pack(vst_packer *packer, vst_str text, vst_str base);
/* False: the delta does not fit the base, or memory ran out (the arena says so). */
bool vst_delta_unpack(vst_unpacker *unpacker, vst_str base, vst_arena *arena, vst_str *text);

#endif
