/*
 * Words and phrases of the lexicon in a text, seen through case, look-alikes, transliteration, masks, separated and
 * repeated letters. A match begins where a word begins and ends where one ends; no word is put together from two.
 */
#ifndef VST_TEXT_INSPECT_H
#define VST_TEXT_INSPECT_H

#include "base/arena.h"
#include "lexicon.h"
#include "lexicon_list.h"

typedef struct vst_match {
	unsigned list;
	uint32_t position, length; /* in characters */
	vst_str text;              /* points into the text inspected */
} vst_match;

typedef struct vst_matches {
	const vst_match *items; /* by position; in the arena */
	size_t count;
} vst_matches;

typedef struct vst_inspection {
	const vst_lexicon *lexicon;
	uint64_t lists;  /* those that are wanted */
	uint64_t masked; /* those whose words are also looked for behind masks */
} vst_inspection;

/* The shipped dictionaries; lists: which ones. */
vst_inspection vst_inspection_builtin(uint64_t lists);
/* A lexicon of one's own: all its lists, masked or not. */
vst_inspection vst_inspection_own(const vst_lexicon *lexicon);

/* Takes checked UTF-8. Within one list matches do not overlap; the longest one at a place is taken. */
vst_rc vst_text_inspect(vst_str text, const vst_inspection *inspection, vst_arena *arena, vst_matches *out,
                        vst_err *err) VST_CHECKED;

#endif
