/* The compiled settings of the law. Private to the room. */
#ifndef VST_LAW_LAW_SETTINGS_H
#define VST_LAW_LAW_SETTINGS_H

#include "operator_template.h"
#include "schedule.h"
#include "text/lexicon.h"

#define VST_PREFERRED_MAX 8

typedef struct vst_category_window {
	bool limited; /* false: no window of its own, always open as far as it goes */
	vst_window_rule base;
	bool strict; /* the region's noise law holds too */
	/* The best hours, each within one day; a message moves into them only if it still arrives in time. */
	vst_window_rule preferred[VST_PREFERRED_MAX];
	size_t preferred_count;
	bool prefer_campaigns, prefer_triggers; /* which messages move */
	int spread_s;
} vst_category_window;

/* A list of texts; owned by the settings. */
typedef struct vst_texts {
	const vst_str *items;
	size_t count;
} vst_texts;

/* Kinds of goods and services that are advertised only with a warning: R22. */
typedef enum vst_regulated {
	VST_REGULATED_MEDICINE,
	VST_REGULATED_SUPPLEMENT,
	VST_REGULATED_INFANT_FORMULA,
	VST_REGULATED_CREDIT,
	VST_REGULATED_BANKRUPTCY,
	VST_REGULATED_CONTEST,
	VST_REGULATED_COUNT
} vst_regulated;

/* The lists of the shop's own words, compiled into one lexicon. What an exception covers is no match of its rule. */
enum {
	VST_OWN_PROMOTION,
	VST_OWN_OFFENSIVE,
	VST_OWN_FORBIDDEN,
	VST_OWN_CLAIM,
	VST_OWN_NOT_PROMOTION,
	VST_OWN_NOT_OFFENSIVE,
	VST_OWN_NOT_CLAIM,
	VST_OWN_WARNING, /* and VST_REGULATED_COUNT more */
	VST_OWN_NONE = VST_OWN_WARNING + VST_REGULATED_COUNT
};

/* What rules may be set to; each field is named by one entry of a rule's settings table (rules.c). */
typedef struct vst_rule_values {
	unsigned confirm_warn_for; /* R06: bit set over vst_source */
	/* entries of the lexicon: what is promotional beside the dictionaries (R02), offensive (R20), forbidden (R21), … */
	vst_texts promotion_words, offensive_words, forbidden_words, claim_words;
	vst_texts warnings[VST_REGULATED_COUNT];       /* R22: any of them will do, instead of the shipped wording */
	vst_texts latin_allowed;                       /* R24 */
	vst_texts hosts;                               /* R26 */
	vst_texts templates;                           /* R31: as registered with the operators */
	vst_texts bases;                               /* R08: the shop's own bases */
	int64_t bar_days;                              /* R09 */
	int64_t guard_s, margin_s;                     /* R12 */
	int64_t debt_a_day, debt_a_week, debt_a_month; /* R14 */
	bool seller_strict;                            /* R17: only in the text */
	vst_str opt_out_ru, opt_out_en;                /* R18: with "{number}" */
	vst_str opt_out_link_ru, opt_out_link_en;      /* R18: with "{link}" */
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

#define VST_HOLIDAYS_MAX 256

struct vst_law_settings {
	vst_category_window windows[VST_CATEGORY_COUNT + 1]; /* the last: VST_WINDOW_DEBT */
	vst_window_rule window_rules[VST_WINDOW_RULES_MAX];  /* in the order given */
	size_t window_rule_count;
	int64_t holidays[VST_HOLIDAYS_MAX]; /* of the shop: days, ascending */
	size_t holiday_count;
	uint32_t unknown_zones; /* bit set over vst_russian_zones(): what an unknown zone stands for; 0: all */
	vst_cap caps[VST_CAPS_MAX];
	size_t cap_count;
	vst_rule_values rules;
	vst_lexicon *words; /* the shop's own words; NULL: none */
	vst_operator_template *templates;
	size_t template_count;
	vst_arena texts; /* owns the strings above and the templates */
};

/* The key `windows` (window_settings.c): the shipped values, what was given, and whether all of it fits together. */
void vst_windows_standard(vst_law_settings *settings);
vst_rc vst_windows_read(const json_t *json, vst_law_settings *out, vst_err *err) VST_CHECKED;
vst_rc vst_windows_check(const vst_law_settings *settings, vst_err *err) VST_CHECKED;

/* The last step of reading: compiles the words and templates. VST_E_SETTINGS with the path of the entry. */
vst_rc vst_law_compile(vst_law_settings *settings, vst_err *err) VST_CHECKED;

#endif
