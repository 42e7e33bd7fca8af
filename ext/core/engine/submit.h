/* Submitting one prepared message inside a transaction that may hold many. */
#ifndef VST_ENGINE_SUBMIT_H
#define VST_ENGINE_SUBMIT_H

#include "evaluate.h"

/* Evaluates, finds the duplicate or writes the message. The receipt lives in the arena. May run again. */
vst_rc vst_submit_in(vst_engine *engine, vst_tx *tx, const vst_prepared *prepared, vst_arena *arena, vst_receipt *out,
                     vst_err *err) VST_CHECKED;

#endif
