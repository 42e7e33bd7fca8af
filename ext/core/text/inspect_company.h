/* Words that make a match only together. */
#ifndef VST_TEXT_INSPECT_COMPANY_H
#define VST_TEXT_INSPECT_COMPANY_H

#include "inspect.h"

/* The hidden lists that those wanted need. */
uint64_t vst_company_lists(uint64_t wanted);
/* The match that found.items[number] makes together with others near it, when there is one that none overlaps yet. */
bool vst_company_of(const uint8_t *symbols, vst_matches found, size_t number, vst_match *out);

#endif
