/* What is known of a provider's account: {"balance": "122.56", "currency": "RUB", "at": …, "asked": …}. */
#ifndef VST_ENGINE_BALANCE_H
#define VST_ENGINE_BALANCE_H

#include "internal.h"

/* NULL in *out: nothing is known. The caller owns it. */
vst_rc vst_balance_get(vst_tx *tx, const vst_provider *provider, vst_arena *arena, json_t **out, vst_err *err)
	VST_CHECKED;

#endif
