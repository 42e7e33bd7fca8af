/* The dictionaries of ext/core/text/lexicon/, compiled by ./phpize-build.sh lexicon. */
#include "lexicon.h"

#include "lexicon_automaton.inc"

const vst_lexicon *vst_lexicon_builtin(void)
{
	return &builtin;
}
