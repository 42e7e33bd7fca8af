/*
 * Rewrites that keep the sense of a text. Each returns true and puts the new text into the arena when something
 * changed; *out is the text as given otherwise. Takes checked UTF-8.
 */
#ifndef VST_TEXT_REWRITE_H
#define VST_TEXT_REWRITE_H

#include "base/arena.h"
#include "base/str.h"

/*
 * Control characters go (a tab becomes a space, CR LF, CR and Unicode's line separators a line feed), so do marks that
 * turn the direction of writing; spaces and line feeds at both ends go.
 */
bool vst_text_clean(vst_str text, vst_arena *arena, vst_str *out);
/*
 * Typographic and invisible characters become plain ones, and Cyrillic letters in Latin words Latin ones, when that
 * saves a segment, or brings the text back into the GSM alphabet without costing one; else all stay. URLs are left alone.
 */
bool vst_text_lighten(vst_str text, vst_arena *arena, vst_str *out);
/*
 * A Cyrillic letter that looks like no Latin one keeps a text in UCS-2, where plain characters cost no less: most Russian
 * texts need no more than this look.
 */
bool vst_text_cannot_get_lighter(vst_str text);

/* One URL or host with a path in a text, byte offsets; the first at or after *offset. False: none. */
bool vst_text_next_url(vst_str text, size_t offset, size_t *begin, size_t *end);
/* Length of the URL that begins at `offset`, 0: none. word_start: no letter, digit, hyphen or dot stands before it. */
size_t vst_url_at(vst_str text, size_t offset, bool word_start);
/* Length of the mail address or host of a known top-level domain that begins at `offset`, where a word starts; 0: none. */
size_t vst_address_at(vst_str text, size_t offset);
/* The host inside a URL ("https://user@Shop.example:8080/x" → "Shop.example"); empty when there is none. */
vst_str vst_url_host(vst_str url);
bool vst_text_has_cyrillic(vst_str text);

#endif
