/*
 * The gate: message + facts → decision. Pure: no store, no clock, no settings file; everything comes in as a fact.
 * The rules are a table (rules.c): the next rule is one entry and one function.
 */
#ifndef VST_LAW_LAW_H
#define VST_LAW_LAW_H

#include <jansson.h>

#include "base/arena.h"
#include "base/model.h"
#include "base/result.h"
#include "base/str.h"
#include "base/zone.h"
#include "text/template.h"

/* ---- settings of the law: windows, caps, rules ---- */

/* Allowed local minutes of the day, half-open [from, to), may wrap midnight; from == to means always open. */
typedef struct vst_window {
	int from, to; /* 0 to 1440 */
} vst_window;

typedef struct vst_cap {
	int count;       /* at most so many advertising messages … */
	int64_t seconds; /* … in any span of so many seconds */
} vst_cap;

#define VST_CAPS_MAX 8

typedef struct vst_law_settings vst_law_settings; /* owns everything it refers to; immutable once made */

/*
 * From the settings' keys `windows`, `caps` and `rules` (each may be NULL: the shipped defaults). A problem is
 * VST_E_SETTINGS with a text that begins with the path ("rules.R27.segments.advertising: expected …").
 */
vst_rc vst_law_settings_new(const json_t *windows, const json_t *caps, const json_t *rules, vst_law_settings **out,
                            vst_err *err) VST_CHECKED;
void vst_law_settings_free(vst_law_settings *settings);
/* Seconds that deferred messages of the category are spread over after an opening. */
int vst_law_spread_s(const vst_law_settings *settings, vst_category category);
/* The longest span any limit of the kind looks back over, seconds: charges as old as that no longer count. */
int64_t vst_law_charge_span(const vst_law_settings *settings, vst_charge_kind kind);
/* The settings' window of the category; NULL when it has none (always open). */
const vst_window *vst_law_window(const vst_law_settings *settings, vst_category category);
/* R09: how long an operator bar is believed, seconds. */
int64_t vst_law_bar_period(const vst_law_settings *settings);

/* R35: duties of a data operator that the settings do not tell to be met. */
#define VST_DUTY_STORED_IN_RUSSIA 1u   /* 152-FZ art. 18(5) */
#define VST_DUTY_PROCESSOR_CONTRACT 2u /* 152-FZ art. 6(3) */
#define VST_DUTY_REGULATOR_NOTICE 4u   /* 152-FZ art. 22 */
unsigned vst_law_unmet_duties(const vst_law_settings *settings);

/* ---- send window ---- */

/*
 * Is the window open at `at` in every zone? *next: first open instant ≥ at, INT64_MIN when none lies within 4 days.
 * No zones at all is the caller's error here: unknown must have been replaced by all zones of the country.
 */
bool vst_window_open(const vst_window *window, const vst_zone *const *zones, size_t zone_count, int64_t at,
                     int64_t *next);
/* First closing instant > at of an open window (over all zones); INT64_MAX when it never closes. */
int64_t vst_window_closes(const vst_window *window, const vst_zone *const *zones, size_t zone_count, int64_t at);
bool vst_window_parse(vst_str from, vst_str to, vst_window *out); /* "HH:MM"; to may be "24:00" */
/* The IANA zones of Russia, NULL-terminated: what an unknown zone stands for. */
const char *const *vst_russian_zones(void);

/* ---- frequency caps ---- */

/* Which of a person's charges count for one more advertisement. */
typedef struct vst_cap_view {
	const vst_cap_charge *charges; /* ascending; only those of advertising count */
	size_t count;
	int64_t own_seq;        /* whose own charge does not count; 0: none */
	int least_priority;     /* reservations below it do not count; VST_PRIORITY_MAX + 1: only what was sent does */
	const int64_t *without; /* messages whose charges do not count either */
	size_t without_count;
} vst_cap_view;

/* The earliest instant ≥ at at which one more message keeps every cap. */
int64_t vst_cap_next(const vst_law_settings *settings, const vst_cap_view *view, int64_t at);
/*
 * From an instant that keeps every cap: the last instant up to which all of them keep it too; INT64_MAX when no cap
 * ends that.
 */
int64_t vst_cap_until(const vst_law_settings *settings, const vst_cap_view *view, int64_t at);
/*
 * At an instant that keeps every cap in this view: the messages below its least_priority that must give their slots up
 * so that the caps are kept with all that stay. As few as can be, the lowest priority and among equals the latest first.
 */
size_t vst_cap_losers(const vst_law_settings *settings, const vst_cap_view *view, int64_t at,
                      int64_t out[VST_CHARGES_MAX]);

/* ---- the gate ---- */

typedef struct vst_gate_entity {
	vst_str id, name, brand, inn, ogrn, address, site, opt_out_number;
} vst_gate_entity;

typedef struct vst_gate_sender {
	vst_str name;
	bool named;        /* stands in settings.senders */
	bool inbound;      /* numeric and takes inbound messages */
	bool unregistered; /* with the recipient's operator, which is known */
} vst_gate_sender;

/* Whose word the recipient's time zone is, the surest first. */
typedef enum vst_zone_source {
	VST_ZONE_STATED, /* the message or the customer says it */
	VST_ZONE_REGION, /* the delivery region's */
	VST_ZONE_PLAN,   /* of the territory the number was allotted to */
	VST_ZONE_UNKNOWN /* all zones of the country */
} vst_zone_source;

/* Facts of one message. Strings are borrowed for the call. Instants are Unix seconds, 0 means not given. */
typedef struct vst_gate_facts {
	/*
	 * The second look: the text is final, nothing is rewritten, only what can have changed counts (the table in rules.c
	 * says which rules). Order, basis and acknowledgements are needed again; the approval is not.
	 */
	bool at_dispatch;
	vst_category category; /* as declared */
	vst_str text;          /* rendered; what will be sent when nothing is rewritten */
	vst_str given_text;    /* the text or template as the caller gave it: R28 looks for placeholders only here */
	bool from_template;    /* given_text was a template whose variables have all been resolved */
	/* Why a template could not be rendered; kind VST_TEMPLATE_OK otherwise. Then text is the template itself. */
	vst_template_fault template_fault;
	bool phone_valid, phone_mobile_known, phone_mobile;
	char phone_country[3];               /* ISO 3166, "" unknown */
	vst_str operator_name, operator_inn; /* of the number by the numbering plan, "" unknown */
	/* Subjects as the plan names them, several joined with ", ": the delivery region's, else the number's; "" unknown. */
	vst_str territory;
	const char *const *countries; /* NULL-terminated, of the configured providers: R32 */
	const vst_zone *const *zones; /* never empty: unknown was replaced by all Russian zones */
	size_t zone_count;
	bool zones_known;
	vst_zone_source zone_source; /* where the zones are known from */
	vst_str provider;            /* the settings' name of the route's provider, "" none yet */
	vst_validity validity;       /* how that provider takes the end of a message's validity */
	int64_t now, not_before, valid_until;
	int64_t offer_until;
	vst_str order, basis, approved_by, campaign, scenario;
	vst_str campaign_approved_by; /* the human who approved the campaign, "" nobody */
	vst_str scenario_approved_by; /* the settings' approver of the scenario, "" nobody */
	int priority;                 /* among advertisements of one person: a larger one goes first */
	bool debt;
	/* One short link to a page with seller, consent and opt-out, ready to append; "" none: R17, R18, R19. */
	vst_str link;
	const vst_str *own_hosts; /* of the entity's site and its sites' short links: R18, R26 */
	size_t own_host_count;
	const vst_str *order_links; /* links that belong to the order, as the caller named them: R02 */
	size_t order_link_count;
	const vst_str *tags; /* the caller's labels; those that name forbidden goods: R21 */
	size_t tag_count;
	const vst_str *acknowledged; /* rule ids */
	size_t acknowledged_count;
	vst_gate_entity entity;
	vst_gate_sender sender;
	const vst_person *person; /* NULL: nothing is known (the phone was not valid) */
	int64_t own_seq;          /* at dispatch: the message's own seq, whose reservation is not counted; else 0 */
	/*
	 * At dispatch only what was sent counts for the caps: the message keeps its place before those that wait beside it. One
	 * that was outbid has lost it, and all reservations count.
	 */
	bool outbid;
	int64_t rate_until;  /* at dispatch: when the sender's rate with the operator lets it go; 0: now. R30 */
	uint64_t spread_key; /* deterministic; spreads a deferral over spread_s seconds; ignored when !spread */
	bool spread;
} vst_gate_facts;

typedef enum vst_finding_verdict {
	VST_FINDING_REWRITE,
	VST_FINDING_WARN,
	VST_FINDING_DEFER,
	VST_FINDING_REFUSE
} vst_finding_verdict;

const char *vst_finding_verdict_name(vst_finding_verdict verdict); /* rewrite, warn, defer, refuse */

typedef struct vst_finding {
	const char *rule; /* "R11" */
	const char *code; /* stable: "window_closed" */
	vst_finding_verdict verdict;
	bool acknowledged;
	const char *basis_ru, *basis_en; /* the article, or "practice, not a statute" */
	vst_str explanation_ru, explanation_en;
	int64_t until; /* of a deferral: first lawful instant as far as this rule goes; else 0 */
} vst_finding;

#define VST_FINDINGS_MAX 48

typedef struct vst_decision {
	vst_verdict verdict;
	vst_category category; /* what it is treated as */
	vst_str text;          /* final; in the arena or borrowed from the facts */
	vst_encoding encoding;
	int units, segments;
	int64_t due; /* 0 when the verdict is send */
	/*
	 * After R12's clipping to the end of the send window; 0 none. For the wire only: what is stored and given back at
	 * dispatch is the caller's own, or an advertisement that waits for the next window would expire with the first.
	 */
	int64_t valid_until;
	vst_charge_kind counts;           /* what a slot must be reserved for: R14, R15 */
	int64_t outbids[VST_CHARGES_MAX]; /* messages of a lower priority that give their slots up for this one */
	size_t outbid_count;
	vst_finding findings[VST_FINDINGS_MAX];
	size_t finding_count;
	const char *waits_for; /* code of the rule that set `due`; NULL when the verdict is not defer */
} vst_decision;

/* Version of the rule table, stored with every decision. */
const char *vst_law_version(void);
/* The table: a list of {id, name, basis, categories, valid_from, findings …}, as vestnik_rules() gives it. */
vst_rc vst_law_describe(json_t **out, vst_err *err) VST_CHECKED;

/* The arena receives what the decision refers to beyond the facts. Only VST_E_NOMEM is possible. */
vst_rc vst_gate_decide(const vst_law_settings *settings, const vst_gate_facts *facts, vst_arena *arena,
                       vst_decision *out, vst_err *err) VST_CHECKED;

#endif
