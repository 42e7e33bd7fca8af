/*
 * Rule sets: what of the settings the gate goes by, kept for every version of them. Literal secrets are not in them.
 */
#ifndef VST_ENGINE_RULE_SET_H
#define VST_ENGINE_RULE_SET_H

#include "internal.h"

/* With the settings, in their transaction. */
vst_rc vst_rule_set_keep(vst_tx *tx, const vst_settings *settings, vst_err *err) VST_CHECKED;

/*
 * The settings as the gate went by them under a version, with other rules laid over them: {windows?, caps?, R01? …}, each
 * in place of what stands there, NULL none. For facts and decisions only: they hold no secrets and are never dispatched
 * with. VST_E_SETTINGS with the path when the rules do not fit; VST_E_CORRUPT when the version is not kept.
 */
vst_rc vst_rule_set_load(vst_tx *tx, int64_t version, const json_t *rules, vst_settings **out, vst_err *err)
	VST_CHECKED;
/* The same over settings at hand. */
vst_rc vst_rule_set_over(const vst_settings *settings, const json_t *rules, vst_settings **out, vst_err *err)
	VST_CHECKED;

#endif
