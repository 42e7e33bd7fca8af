#include "rule.h"

/*
 * What the rules may say: rule, stable code, verdict, and the words for a person: what is wrong, what to do and, where
 * there is one, the risk in roubles (code of administrative offences as of 2026-11).
 */
/* The formatter would break the words in the middle of a phrase. */
/* clang-format off */
static const vst_finding_kind kinds[VST_FINDING_ID_COUNT] = {
#include "findings_consent.inc"
#include "findings_time.inc"
#include "findings_content.inc"
#include "findings_text.inc"
#include "findings_sender.inc"
};
/* clang-format on */

const vst_finding_kind *vst_finding_kinds(void)
{
	return kinds;
}

const char *vst_finding_verdict_name(vst_finding_verdict verdict)
{
	static const char *const names[] = {"rewrite", "warn", "defer", "refuse"};

	return (size_t) verdict < sizeof names / sizeof names[0] ? names[verdict] : "?";
}
