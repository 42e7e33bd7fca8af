/*
 * How the wording of a text leans: words, their beginnings and ends, and pairs of neighbours have weights that
 * build-support/weigh.php learnt from the labelled texts of tests/lexicon. Above 0: to advertising, below: to service.
 */
#ifndef VST_TEXT_CLASSIFY_WEIGH_H
#define VST_TEXT_CLASSIFY_WEIGH_H

#include "classify_text.h"

/*
 * In hundredths, of the whole text or of the sentence that stands out, to which `allowed` more is allowed: an offer
 * behind a status weighs little in the whole. *heaviest: the word that leans most to advertising, [0, 0) where none
 * does.
 */
int vst_text_leaning(const uint8_t *symbols, size_t count, int allowed, vst_span *heaviest);

#endif
