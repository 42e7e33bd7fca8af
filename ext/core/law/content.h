/* What the rules of content see in the text as the caller gave it. Private to the room. */
#ifndef VST_LAW_CONTENT_H
#define VST_LAW_CONTENT_H

#include "rule.h"

#define VST_LIST_BIT(list) (UINT64_C(1) << VST_LIST_##list)
#define VST_OWN_BIT(list) (UINT64_C(1) << VST_OWN_##list)

/* Inspected at the first call of a decision, and only then. */
const vst_gate_content *vst_gate_content_of(vst_gate *gate);

/* Matches of shipped lists and of own ones, in one walk by position; those that the shop excepted are left out. */
typedef struct vst_content_walk {
	const vst_gate_content *content;
	uint64_t lists, own; /* which ones */
	uint64_t excepted;   /* own lists that except what they cover; 0: none */
	size_t at, own_at;
} vst_content_walk;

vst_content_walk vst_content_of(vst_gate *gate, uint64_t lists, uint64_t own, uint64_t excepted);
/* NULL: no more. */
const vst_match *vst_content_next(vst_content_walk *walk);
bool vst_content_has(vst_gate *gate, uint64_t lists, uint64_t own, uint64_t excepted);

/* Words of a text as an explanation shows them: «бонусы», «промокод» … */
typedef struct vst_quotes {
	vst_str shown; /* in the arena */
	size_t count;
} vst_quotes;

void vst_quote(vst_gate *gate, vst_quotes *quotes, vst_str word);
vst_quotes vst_content_quotes(vst_gate *gate, uint64_t lists, uint64_t own, uint64_t excepted);

/* Links of the text that are none of those the caller named as the order's. None named: none. */
vst_quotes vst_foreign_order_links(vst_gate *gate);

/* The next link with a host in a text, with or without scheme or path; no mail address. Byte offsets. */
bool vst_next_link(vst_str text, size_t offset, size_t *begin, size_t *end);

#endif
