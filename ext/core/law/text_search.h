/* What the rules look for in a text: numbers, words in any case, links of one's own. Takes checked UTF-8. */
#ifndef VST_LAW_TEXT_SEARCH_H
#define VST_LAW_TEXT_SEARCH_H

#include "base/arena.h"
#include "base/str.h"

/* The text in lower case, Latin and Cyrillic; empty when out of memory. */
vst_str vst_search_lower(vst_arena *arena, vst_str text);
/* Latin and Cyrillic letters of any case, Ё like Е. */
bool vst_search_text(vst_str text, vst_str needle);
/* The digits of `number` stand in the text, whatever separates them; a leading 7 and 8 are the same. */
bool vst_search_number(vst_str text, vst_str number);
/* The host is one of these or lies below one; "www." counts for nothing. */
bool vst_host_is_own(vst_str url_host, const vst_str *own_hosts, size_t count);
bool vst_search_own_link(vst_str text, const vst_str *own_hosts, size_t count);
/* What a text in lower case says by its words (text_says.c). */
#define VST_SAYS_REFUSAL 1u /* that one may refuse */
#define VST_SAYS_REPLY 2u   /* that one should answer it */
#define VST_SAYS_SOURCE 4u  /* where the consent came from */
unsigned vst_text_says(vst_str lower);

/* Whether a sentence that follows the text wants a full stop before it. Behind a link it would become part of the link. */
bool vst_needs_stop(vst_str text);

#endif
