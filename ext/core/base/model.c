#include "model.h"

static const char *const category_names[VST_CATEGORY_COUNT] = {"authentication", "service", "advertising"};

static const char *const state_names[VST_STATE_COUNT] = {
	"deferred",    "queued",  "claimed", "sending", "accepted",  "delivered",
	"undelivered", "refused", "failed",  "expired", "cancelled", "in_doubt",
};

static const char *const purpose_names[VST_PURPOSE_COUNT] = {"advertising", "service", "survey", "data"};

static const char *const consent_status_names[VST_CONSENT_STATUS_COUNT] = {
	"none",
	"unconfirmed",
	"granted",
	"withdrawn",
};

static const char *const source_names[VST_SOURCE_COUNT] = {
	"checkout", "registration", "form", "survey", "chatbot", "call", "paper", "import",
};

static const char *const stop_kind_names[VST_STOP_KIND_COUNT] = {"opt_out", "complaint", "provider", "operator_bar"};

static const char *const stop_scope_names[VST_SCOPE_COUNT] = {"advertising", "all"};

static const char *const encoding_names[VST_ENCODING_COUNT] = {"GSM-7", "UCS-2"};

static const char *const verdict_names[VST_VERDICT_COUNT] = {"send", "defer", "refuse"};

#define BIT(state) (1u << (state))

/*
 * From each state, the states it may become. `claimed` falls back when its worker dies before the intent is stored,
 * `sending` when it is proven that no byte of the body went out. A delivery report may overtake the settlement of
 * its own request, and it resolves a doubt.
 */
static const unsigned transitions[VST_STATE_COUNT] = {
	[VST_DEFERRED] = BIT(VST_DEFERRED) | BIT(VST_QUEUED) | BIT(VST_CLAIMED) | BIT(VST_REFUSED) | BIT(VST_EXPIRED) |
                     BIT(VST_CANCELLED),
	[VST_QUEUED] = BIT(VST_QUEUED) | BIT(VST_DEFERRED) | BIT(VST_CLAIMED) | BIT(VST_REFUSED) | BIT(VST_EXPIRED) |
                   BIT(VST_CANCELLED),
	[VST_CLAIMED] = BIT(VST_QUEUED) | BIT(VST_DEFERRED) | BIT(VST_SENDING) | BIT(VST_REFUSED) | BIT(VST_EXPIRED) |
                    BIT(VST_CANCELLED) | BIT(VST_FAILED),
	[VST_SENDING] = BIT(VST_QUEUED) | BIT(VST_DEFERRED) | BIT(VST_ACCEPTED) | BIT(VST_DELIVERED) |
                    BIT(VST_UNDELIVERED) | BIT(VST_FAILED) | BIT(VST_IN_DOUBT),
	[VST_ACCEPTED] = BIT(VST_DELIVERED) | BIT(VST_UNDELIVERED),
	[VST_IN_DOUBT] = BIT(VST_QUEUED) | BIT(VST_ACCEPTED) | BIT(VST_DELIVERED) | BIT(VST_UNDELIVERED) | BIT(VST_FAILED),
};

static const char *name_of(const char *const *names, size_t count, size_t index)
{
	return index < count ? names[index] : "?";
}

static bool parse_name(const char *const *names, size_t count, vst_str text, size_t *index)
{
	for (size_t i = 0; i < count; i++) {
		if (vst_str_is(text, names[i])) {
			*index = i;
			return true;
		}
	}
	return false;
}

#define NAMED(type, function, names, count) \
	const char *function(type value) \
	{ \
		return name_of(names, count, (size_t) value); \
	}

#define PARSED(type, function, names, count) \
	bool function(vst_str text, type *out) \
	{ \
		size_t index; \
\
		if (!parse_name(names, count, text, &index)) { \
			return false; \
		} \
		*out = (type) index; \
		return true; \
	}

NAMED(vst_category, vst_category_name, category_names, VST_CATEGORY_COUNT)
NAMED(vst_state, vst_state_name, state_names, VST_STATE_COUNT)
NAMED(vst_purpose, vst_purpose_name, purpose_names, VST_PURPOSE_COUNT)
NAMED(vst_consent_status, vst_consent_status_name, consent_status_names, VST_CONSENT_STATUS_COUNT)
NAMED(vst_source, vst_source_name, source_names, VST_SOURCE_COUNT)
NAMED(vst_stop_kind, vst_stop_kind_name, stop_kind_names, VST_STOP_KIND_COUNT)
NAMED(vst_stop_scope, vst_stop_scope_name, stop_scope_names, VST_SCOPE_COUNT)
NAMED(vst_encoding, vst_encoding_name, encoding_names, VST_ENCODING_COUNT)
NAMED(vst_verdict, vst_verdict_name, verdict_names, VST_VERDICT_COUNT)

PARSED(vst_category, vst_category_parse, category_names, VST_CATEGORY_COUNT)
PARSED(vst_state, vst_state_parse, state_names, VST_STATE_COUNT)
PARSED(vst_purpose, vst_purpose_parse, purpose_names, VST_PURPOSE_COUNT)
PARSED(vst_source, vst_source_parse, source_names, VST_SOURCE_COUNT)
PARSED(vst_stop_kind, vst_stop_kind_parse, stop_kind_names, VST_STOP_KIND_COUNT)
PARSED(vst_stop_scope, vst_stop_scope_parse, stop_scope_names, VST_SCOPE_COUNT)

bool vst_state_may_become(vst_state from, vst_state to)
{
	return from < VST_STATE_COUNT && to < VST_STATE_COUNT && (transitions[from] & BIT(to)) != 0;
}

bool vst_state_is_final(vst_state state)
{
	return state < VST_STATE_COUNT && transitions[state] == 0;
}
