/*
 * The words that more than one room uses: categories, states, purposes, what is known of a person.
 * Their names (in PHP, JSON and the store's text columns) stand in model.c, once.
 */
#ifndef VST_BASE_MODEL_H
#define VST_BASE_MODEL_H

#include "result.h"
#include "str.h"

/* The order is the order of the lanes: a smaller number goes first. */
typedef enum vst_category { VST_AUTHENTICATION, VST_SERVICE, VST_ADVERTISING, VST_CATEGORY_COUNT } vst_category;

typedef enum vst_state {
	VST_DEFERRED,
	VST_QUEUED,
	VST_CLAIMED,
	VST_SENDING,
	VST_ACCEPTED,
	VST_DELIVERED,
	VST_UNDELIVERED,
	VST_REFUSED,
	VST_FAILED,
	VST_EXPIRED,
	VST_CANCELLED,
	VST_IN_DOUBT,
	VST_STATE_COUNT
} vst_state;

typedef enum vst_purpose {
	VST_PURPOSE_ADVERTISING,
	VST_PURPOSE_SERVICE,
	VST_PURPOSE_SURVEY,
	VST_PURPOSE_DATA,
	VST_PURPOSE_COUNT
} vst_purpose;

typedef enum vst_consent_status {
	VST_CONSENT_NONE,
	VST_CONSENT_UNCONFIRMED,
	VST_CONSENT_GRANTED,
	VST_CONSENT_WITHDRAWN,
	VST_CONSENT_STATUS_COUNT
} vst_consent_status;

typedef enum vst_source {
	VST_SOURCE_CHECKOUT,
	VST_SOURCE_REGISTRATION,
	VST_SOURCE_FORM,
	VST_SOURCE_SURVEY,
	VST_SOURCE_CHATBOT,
	VST_SOURCE_CALL,
	VST_SOURCE_PAPER,
	VST_SOURCE_IMPORT,
	VST_SOURCE_COUNT
} vst_source;

typedef enum vst_stop_kind {
	VST_STOP_OPT_OUT,
	VST_STOP_COMPLAINT,
	VST_STOP_PROVIDER,
	VST_STOP_OPERATOR_BAR,
	VST_STOP_KIND_COUNT
} vst_stop_kind;

typedef enum vst_stop_scope { VST_SCOPE_ADVERTISING, VST_SCOPE_ALL, VST_SCOPE_COUNT } vst_stop_scope;

typedef enum vst_encoding { VST_GSM7, VST_UCS2, VST_ENCODING_COUNT } vst_encoding;

/* How a provider takes the end of a message's validity. */
typedef enum vst_validity {
	VST_VALIDITY_MINUTES, /* to the minute or finer */
	VST_VALIDITY_HOURS,   /* whole hours only */
	VST_VALIDITY_NONE     /* not at all */
} vst_validity;

typedef enum vst_verdict { VST_VERDICT_SEND, VST_VERDICT_DEFER, VST_VERDICT_REFUSE, VST_VERDICT_COUNT } vst_verdict;

const char *vst_category_name(vst_category category);
const char *vst_state_name(vst_state state);
const char *vst_purpose_name(vst_purpose purpose);
const char *vst_consent_status_name(vst_consent_status status);
const char *vst_source_name(vst_source source);
const char *vst_stop_kind_name(vst_stop_kind kind);
const char *vst_stop_scope_name(vst_stop_scope scope);
const char *vst_encoding_name(vst_encoding encoding);
const char *vst_verdict_name(vst_verdict verdict);

bool vst_category_parse(vst_str text, vst_category *out);
bool vst_state_parse(vst_str text, vst_state *out);
bool vst_purpose_parse(vst_str text, vst_purpose *out);
bool vst_source_parse(vst_str text, vst_source *out);
bool vst_stop_kind_parse(vst_str text, vst_stop_kind *out);
bool vst_stop_scope_parse(vst_str text, vst_stop_scope *out);

/* The one table of legal state transitions (model.c). Nothing else changes a message's state. */
bool vst_state_may_become(vst_state from, vst_state to);
bool vst_state_is_final(vst_state state);

/* What is recorded of one consent of one person towards one entity. */
typedef struct vst_consent_fact {
	vst_consent_status status;
	int64_t since; /* Unix seconds of the last change */
	int64_t event; /* its number in the ledger */
	vst_source source;
	bool complete; /* the proof holds all that R05 asks for */
} vst_consent_fact;

/* What a charge counts against: the caps of advertising, or the limits on reminders of a debt (R14). */
typedef enum vst_charge_kind {
	VST_CHARGE_NONE,
	VST_CHARGE_ADVERTISING,
	VST_CHARGE_DEBT,
	VST_CHARGE_KIND_COUNT
} vst_charge_kind;

/* One message that counts, or is reserved to count, against a person's limits. */
typedef struct vst_cap_charge {
	int64_t at; /* the instant it was handed over, rounded up, or its due instant while it waits */
	int64_t seq;
	vst_charge_kind kind;
	int priority; /* 0 to VST_PRIORITY_MAX */
	bool sent;    /* handed over: nobody outbids it any more */
} vst_cap_charge;

/* Among advertisements of one person a larger priority goes first. */
#define VST_PRIORITY_MAX 9

#define VST_CHARGES_MAX 64

/* All that the gate needs to know of a person: one row of the store. */
typedef struct vst_person {
	int64_t phone; /* E.164 digits: +7 999 000-00-01 is 79990000001 */
	vst_consent_fact consent[VST_PURPOSE_COUNT];
	/* Bit sets over vst_stop_kind, in force at the instant asked for. */
	unsigned stop_advertising, stop_all;
	int64_t bar_until;      /* operator bar: refused until then; 0 none */
	int64_t active_at;      /* last sign of life: an order, a click, a reply, a confirmed code; 0 none */
	int64_t last_seq;       /* newest message to this person from this entity; 0 none */
	bool consent_elsewhere; /* advertising consent exists, but to another entity; looked up only where it matters */
	vst_cap_charge charges[VST_CHARGES_MAX]; /* ascending by `at` */
	size_t charge_count;
} vst_person;

#endif
