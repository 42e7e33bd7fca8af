/* The state of one inspection, shared by the plain and the masked way through a word. */
#ifndef VST_TEXT_INSPECT_SCAN_H
#define VST_TEXT_INSPECT_SCAN_H

#include "inspect.h"

/* What was accepted from one beginning. */
typedef struct vst_scan_event {
	size_t end;
	uint64_t hit, except;
} vst_scan_event;

#define VST_SCAN_EVENTS_MAX 48

typedef struct vst_scan {
	const uint8_t *symbols; /* `count`, then VST_SCAN_PADDING breaks */
	size_t count;
	vst_inspection inspection;
	vst_scan_event events[VST_SCAN_EVENTS_MAX];
	size_t event_count;
	/* Of the piece between blanks that was looked at last: where it ends, and whether it is a link or an address. */
	size_t piece_end;
	bool piece_is_address;
} vst_scan;

#define VST_SCAN_PADDING 8

void vst_scan_note(vst_scan *scan, size_t end, uint64_t hit, uint64_t except);
/* Everything that may be read from `start` on, as events. */
void vst_scan_masked(vst_scan *scan, size_t start);

/* Signs that are words of their own. */
static inline bool vst_symbol_is_sign(uint8_t symbol)
{
	return symbol >= VST_SYMBOL_PERCENT && symbol <= VST_SYMBOL_PLUS;
}

/* What may stand between the words of a phrase. */
static inline bool vst_symbol_is_gap(uint8_t symbol)
{
	return symbol == VST_SYMBOL_SPACE || symbol == VST_SYMBOL_OTHER || symbol == VST_SYMBOL_HYPHEN ||
	       symbol >= VST_SYMBOL_INVISIBLE;
}

#endif
