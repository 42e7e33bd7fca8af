/*
 * A rule of the gate: one entry of the table in rules.c and the functions it names. Private to the room.
 *
 * A decision runs in five steps, each over the table in its order:
 *   reclassify  what the text is by law, whatever it was declared, only at submit
 *   rewrite  the text is corrected (in the order of rewrite_turn), only at submit
 *   check    what does not depend on the hour
 *   next     when the message may leave: all rules' instants are one fixpoint
 *   at_due   what depends on the instant found
 * All findings are kept, in the order of the table, so that a person sees everything at once.
 */
#ifndef VST_LAW_RULE_H
#define VST_LAW_RULE_H

#include "law_settings.h"
#include "text/inspect.h"

#define VST_FOR(category) (1u << (category))
#define VST_FOR_ALL (VST_FOR(VST_AUTHENTICATION) | VST_FOR(VST_SERVICE) | VST_FOR(VST_ADVERTISING))

#define VST_AT_SUBMIT 1u
#define VST_AT_DISPATCH 2u

#define VST_REWRITE_TURNS 5

typedef enum vst_finding_id {
	VST_F_PROMOTIONAL,
	VST_F_LINK_NOT_OF_ORDER,
	VST_F_CATEGORY_UNCLEAR,
	VST_F_PRICE_BESIDE_ORDER,
	VST_F_CONSENT_MISSING,
	VST_F_CONSENT_ELSEWHERE,
	VST_F_PROOF_INCOMPLETE,
	VST_F_CONSENT_UNCONFIRMED,
	VST_F_CONSENT_UNCONFIRMED_ACCEPTED,
	VST_F_CONSENT_WITHDRAWN,
	VST_F_STOPPED,
	VST_F_SERVICE_STOPPED,
	VST_F_SERVICE_BASIS_MISSING,
	VST_F_SERVICE_CONSENT_MISSING,
	VST_F_OPERATOR_BAR,
	VST_F_APPROVAL_MISSING,
	VST_F_WINDOW_CLOSED,
	VST_F_WINDOW_NEVER,
	VST_F_VALIDITY_PASSED,
	VST_F_VALIDITY_BEFORE_DUE,
	VST_F_OFFER_OVER,
	VST_F_VALIDITY_SHORTENED,
	VST_F_WINDOW_CLOSING,
	VST_F_ROUTE_CLOSING,
	VST_F_SERVICE_WINDOW_CLOSED,
	VST_F_SERVICE_WINDOW_NEVER,
	VST_F_DEBT_WINDOW_CLOSED,
	VST_F_DEBT_LIMIT_REACHED,
	VST_F_DEBT_NEVER,
	VST_F_CAP_REACHED,
	VST_F_CAP_FULL,
	VST_F_SENDER_PREFIXED,
	VST_F_SENDER_UNIDENTIFIED,
	VST_F_SELLER_UNNAMED,
	VST_F_SELLER_NOT_IN_TEXT,
	VST_F_OPT_OUT_ADDED,
	VST_F_OPT_OUT_REPLY_DEAD,
	VST_F_OPT_OUT_MISSING,
	VST_F_SOURCE_ADDED,
	VST_F_SOURCE_MISSING,
	VST_F_SOURCE_MISSING_ACCEPTED,
	VST_F_PROFANITY,
	VST_F_INSULT,
	VST_F_THREAT,
	VST_F_VIOLENCE,
	VST_F_FORBIDDEN_WORD,
	VST_F_FORBIDDEN_GOODS,
	VST_F_WARNING_MEDICINE,
	VST_F_WARNING_SUPPLEMENT,
	VST_F_WARNING_INFANT_FORMULA,
	VST_F_WARNING_BANKRUPTCY,
	VST_F_CONTEST_TERMS,
	VST_F_CREDITOR_UNNAMED,
	VST_F_FINANCE_UNNAMED,
	VST_F_CREDIT_TERMS,
	VST_F_CURE_PROMISED,
	VST_F_RELIEF_PROMISED,
	VST_F_SUPERLATIVE,
	VST_F_CLAIM_WITHOUT_TERMS,
	VST_F_LATIN_WORDS,
	VST_F_LATIN_TEXT,
	VST_F_PRICE_WITHOUT_ROUBLES,
	VST_F_LINK_SHORTENER,
	VST_F_LINK_SHORTENER_ACCEPTED,
	VST_F_LINK_FOREIGN,
	VST_F_LINK_FOREIGN_ACCEPTED,
	VST_F_TEXT_LIGHTENED,
	VST_F_TOO_MANY_SEGMENTS,
	VST_F_TEXT_CLEANED,
	VST_F_TEXT_EMPTY,
	VST_F_PLACEHOLDER,
	VST_F_VARIABLE_UNRESOLVED,
	VST_F_VARIABLE_EMPTY,
	VST_F_TEMPLATE_MALFORMED,
	VST_F_SENDER_MISSING,
	VST_F_SENDER_MALFORMED,
	VST_F_SENDER_UNKNOWN,
	VST_F_SENDER_NOT_REGISTERED,
	VST_F_TEMPLATE_NOT_REGISTERED,
	VST_F_SENDER_LIMIT,
	VST_F_PHONE_INVALID,
	VST_F_PHONE_FIXED_LINE,
	VST_F_COUNTRY_NOT_SERVED,
	VST_F_CONSENT_STALE,
	VST_FINDING_ID_COUNT
} vst_finding_id;

/* One finding a rule can make. The explanations may hold {words}, filled in by vst_gate_find. */
typedef struct vst_finding_kind {
	const char *rule, *code;
	vst_finding_verdict verdict;
	vst_str ru, en;
} vst_finding_kind;

typedef enum vst_setting_kind {
	VST_SETTING_INTEGER, /* int64_t */
	VST_SETTING_BOOL,    /* bool; standard is 0 or 1 */
	VST_SETTING_SOURCES, /* unsigned, bit set over vst_source */
	VST_SETTING_TEXTS, /* vst_texts; min and max bytes of each, standard: how many at most; vst_law_compile reads some */
	VST_SETTING_WORDING /* vst_str; holds the placeholder named in `must_hold` */
} vst_setting_kind;

typedef struct vst_rule_setting {
	const char *group; /* rules.<id>.<group>.<key>, NULL: rules.<id>.<key> */
	const char *key;   /* NULL ends a list */
	vst_setting_kind kind;
	size_t offset; /* in vst_rule_values */
	int64_t min, max, standard;
	const char *wording;   /* the default of a wording */
	const char *must_hold; /* what a wording must contain ("{number}"), NULL nothing */
} vst_rule_setting;

/* What the rules of content see (content.h). */
typedef struct vst_gate_content {
	bool inspected;
	vst_matches found, own;    /* of the shipped dictionaries, of the shop's own words */
	uint64_t lists, own_lists; /* in which something was found */
} vst_gate_content;

typedef struct vst_gate {
	const vst_law_settings *settings;
	const vst_gate_facts *facts;
	vst_arena *arena;
	vst_decision *out;
	unsigned says; /* of the text before anything was added: VST_SAYS bits, valid once says_known */
	bool says_known;
	bool heavy, heavy_known; /* the text as given cannot get lighter, and neither can it with what the gate adds */
	size_t suffix_at;        /* where the opt-out that the gate added begins in out->text; 0: it added none */
	vst_schedule hours;      /* of the category it is treated as; made before the rules of time are asked */
	vst_schedule debt_hours; /* of a reminder of a debt */
	vst_gate_content content;
} vst_gate;

typedef struct vst_rule {
	const char *id;
	unsigned categories; /* VST_FOR bits */
	unsigned looks;      /* VST_AT bits: when check, next and at_due run; 0: enforced outside the gate */
	void (*reclassify)(vst_gate *gate);
	int rewrite_turn; /* 1 to VST_REWRITE_TURNS, 0: no rewrite */
	void (*rewrite)(vst_gate *gate);
	void (*check)(vst_gate *gate);
	/* First instant ≥ at this rule allows, INT64_MIN: none. */
	int64_t (*next)(const vst_gate *gate, int64_t at);
	/* Makes the finding for what next did: `until` is its last answer. */
	void (*deferred)(vst_gate *gate, int64_t until);
	void (*at_due)(vst_gate *gate, int64_t due);
	const char *name_ru, *name_en;
	const char *basis_ru, *basis_en;
	int64_t valid_from, valid_until;  /* instants at which the rule begins and ends to hold, half-open; 0: open */
	const vst_rule_setting *settings; /* ends with a NULL key; NULL: none */
} vst_rule;

/*
 * R02 makes an advertisement of a service text or a code only on evidence: words of a promotional list, a promo code, a
 * percentage off, a link that is not the order's. A text that is merely unclear (no word of a service event, nothing
 * promotional) stays what it was declared, with a warning, which never holds it.
 */

/* The table, ending with a NULL id. */
const vst_rule *vst_rules(void);
/* Where a rule stands in the table, which holds R01 to R35 and no gaps. */
static inline size_t vst_rule_place(const char *id)
{
	return (size_t) (id[1] - '0') * 10 + (size_t) (id[2] - '0') - 1;
}
const vst_finding_kind *vst_finding_kinds(void);

/* One word of an explanation: {name} becomes ru or en. */
typedef struct vst_gate_word {
	const char *name;
	vst_str ru, en;
} vst_gate_word;

/* Adds a finding; `until` is 0 unless it defers. */
void vst_gate_find(vst_gate *gate, vst_finding_id id, int64_t until, const vst_gate_word *words, size_t count);
/* "24.11 в 07:00 по времени получателя" */
vst_gate_word vst_gate_when(const vst_gate *gate, const char *name, int64_t at);
vst_gate_word vst_gate_number(const vst_gate *gate, const char *name, int64_t number);

/* What the words of the text say (VST_SAYS bits), before the gate added any. */
unsigned vst_gate_says(vst_gate *gate);
/* What a text costs once R27 has made it lighter. */
int vst_gate_segments(vst_gate *gate, vst_str text);

/* The instant from which the rules of time count: now, or not_before. */
static inline int64_t vst_gate_from(const vst_gate *gate)
{
	return gate->facts->not_before > gate->facts->now ? gate->facts->not_before : gate->facts->now;
}

/* hours.c: which windows hold for this message, and words for one of them. */
void vst_gate_hours(const vst_gate *gate, int family, vst_schedule *out);
/* {from}, {to}, {by} (which rule or law it is), {zone} and {when} */
#define VST_HOURS_WORDS 5
void vst_gate_hours_words(const vst_gate *gate, const vst_schedule *schedule, int64_t until,
                          vst_gate_word words[VST_HOURS_WORDS]);
/* How long before the window closes nothing leaves any more: R12's guard, and the margin of the route. Seconds. */
int64_t vst_gate_guard(const vst_gate *gate);
/* A reminder of an overdue payment: R14. */
static inline bool vst_gate_is_debt(const vst_gate *gate)
{
	return gate->facts->debt && gate->out->category == VST_SERVICE;
}

void vst_rule_reclassify(vst_gate *gate);     /* R02 */
void vst_rule_consent(vst_gate *gate);        /* R03 */
void vst_rule_consent_entity(vst_gate *gate); /* R04 */
void vst_rule_proof(vst_gate *gate);          /* R05 */
void vst_rule_confirmed(vst_gate *gate);      /* R06 */
void vst_rule_stopped(vst_gate *gate);        /* R07 */
void vst_rule_service_basis(vst_gate *gate);  /* R08 */
void vst_rule_operator_bar(vst_gate *gate);   /* R09 */
void vst_rule_approval(vst_gate *gate);       /* R10 */

int64_t vst_rule_window_next(const vst_gate *gate, int64_t at); /* R11 */
void vst_rule_window_deferred(vst_gate *gate, int64_t until);
void vst_rule_validity(vst_gate *gate, int64_t due);                    /* R12 */
int64_t vst_rule_service_window_next(const vst_gate *gate, int64_t at); /* R13 */
void vst_rule_service_window_deferred(vst_gate *gate, int64_t until);
int64_t vst_rule_debt_next(const vst_gate *gate, int64_t at); /* R14 */
void vst_rule_debt_deferred(vst_gate *gate, int64_t until);
int64_t vst_rule_cap_next(const vst_gate *gate, int64_t at); /* R15 */
void vst_rule_cap_deferred(vst_gate *gate, int64_t until);
/* Chooses who must give a slot up, so that this message may leave at `due`. */
void vst_rule_outbid(vst_gate *gate, int64_t due);
/* The last instant up to which the caps allow what they allow at `due`; INT64_MAX: none. After vst_rule_outbid. */
int64_t vst_rule_cap_until(const vst_gate *gate, int64_t due);

void vst_rule_identify_sender(vst_gate *gate); /* R16 */
void vst_rule_seller(vst_gate *gate);          /* R17 */
void vst_rule_add_opt_out(vst_gate *gate);     /* R18 */
void vst_rule_add_source(vst_gate *gate);      /* R19 */
void vst_rule_offensive(vst_gate *gate);       /* R20 */
void vst_rule_forbidden(vst_gate *gate);       /* R21 */
void vst_rule_warnings(vst_gate *gate);        /* R22 */
void vst_rule_claims(vst_gate *gate);          /* R23 */
void vst_rule_language(vst_gate *gate);        /* R24 */
void vst_rule_price(vst_gate *gate);           /* R25 */
void vst_rule_links(vst_gate *gate);           /* R26 */
void vst_rule_sender(vst_gate *gate);          /* R29 */

int64_t vst_rule_rate_next(const vst_gate *gate, int64_t at); /* R30 */
void vst_rule_rate_deferred(vst_gate *gate, int64_t until);

void vst_rule_template(vst_gate *gate); /* R31 */
/* The text is that of a template registered with the operators: no rewrite may change it. Not for advertising. */
bool vst_gate_is_registered(const vst_gate *gate, vst_str text);
void vst_rule_phone(vst_gate *gate); /* R32 */

void vst_rule_lighten(vst_gate *gate); /* R27 */
void vst_rule_segments(vst_gate *gate);
void vst_rule_fresh(vst_gate *gate); /* R33 */
void vst_rule_clean(vst_gate *gate); /* R28 */
void vst_rule_placeholders(vst_gate *gate);

#endif
