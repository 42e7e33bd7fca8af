/* The compiled settings of the law. Private to the room. */
#ifndef VST_LAW_LAW_SETTINGS_H
#define VST_LAW_LAW_SETTINGS_H

#include "law.h"

#define VST_PREFERRED_MAX 8

typedef struct vst_category_window {
	bool limited; /* false: no window, always open */
	vst_window window;
	vst_window preferred[VST_PREFERRED_MAX]; /* proposed for campaigns; binds nothing in the gate */
	size_t preferred_count;
	int spread_s;
} vst_category_window;

/* A list of texts; owned by the settings. */
typedef struct vst_texts {
	const vst_str *items;
	size_t count;
} vst_texts;

/* What rules may be set to; each field is named by one entry of a rule's settings table (rules.c). */
typedef struct vst_rule_values {
	unsigned confirm_warn_for;                /* R06: bit set over vst_source */
	vst_texts bases;                          /* R08: the shop's own bases */
	int64_t bar_days;                         /* R09 */
	int64_t guard_s;                          /* R12 */
	bool seller_strict;                       /* R17: only in the text */
	vst_str opt_out_ru, opt_out_en;           /* R18: with "{number}" */
	vst_str opt_out_link_ru, opt_out_link_en; /* R18: with "{link}" */
	/* R19: what to say of a consent, by vst_source */
	vst_str source_long_ru[VST_SOURCE_COUNT], source_short_ru[VST_SOURCE_COUNT];
	vst_str source_long_en[VST_SOURCE_COUNT], source_short_en[VST_SOURCE_COUNT];
	bool source_costs, source_required; /* R19: may take one more segment; refuse without it */
	int64_t fresh_months;               /* R33 */
	/* R35: what the shop says of its duties towards Roskomnadzor */
	bool data_in_russia;
	vst_str processor_contract, regulator_notice;
	int64_t segments[VST_CATEGORY_COUNT]; /* R27 */
} vst_rule_values;

struct vst_law_settings {
	vst_category_window windows[VST_CATEGORY_COUNT];
	vst_cap caps[VST_CAPS_MAX];
	size_t cap_count;
	vst_rule_values rules;
	vst_arena texts; /* owns the strings above */
};

#endif
