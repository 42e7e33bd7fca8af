/*
 * What a text is by law: advertising, a service message or a code. A text with any promotional part is advertising, and
 * so is one that says nothing a service message says: when unsure, advertising.
 */
#ifndef VST_TEXT_CLASSIFY_H
#define VST_TEXT_CLASSIFY_H

#include "base/model.h"
#include "inspect.h"

typedef struct vst_reason {
	vst_str match; /* empty: the reason is about the whole text */
	uint32_t position, length;
	const char *why_ru, *why_en;
	bool weighed; /* the wording leans that way: a hint, no word of a list */
} vst_reason;

typedef struct vst_classification {
	vst_category category;
	const vst_reason *reasons; /* in the arena; at least one */
	size_t count;
} vst_classification;

/* Takes checked UTF-8. What is declared advertising stays so. */
vst_rc vst_text_classify(vst_str text, vst_category declared, vst_arena *arena, vst_classification *out, vst_err *err)
	VST_CHECKED;
/* The lists that a judgement needs. */
uint64_t vst_classify_lists(void);
/* The same from an inspection that was made already, of these lists at least. */
vst_rc vst_text_classify_matches(vst_str text, const vst_matches *matches, vst_category declared, vst_arena *arena,
                                 vst_classification *out, vst_err *err) VST_CHECKED;

#endif
