/*
 * The provider without a wire: it takes every message and delivers it at once. Test numbers +7 999 000-xx-xx select
 * another outcome by their last four digits, the same convention as the test gateway's.
 */
#include "base/digest.h"
#include "providers.h"

typedef struct script {
	int digits;
	vst_outcome_kind accepted, report;
	const char *reason, *code;
	int retry_after_s;
} script;

static const script scripts[] = {
	{2, VST_OUTCOME_REJECTED, VST_OUTCOME_PENDING, "bad_number", "202", 0},
	{4, VST_OUTCOME_OPT_OUT, VST_OUTCOME_PENDING, "stop_list", "209", 0},
	{5, VST_OUTCOME_OPT_OUT, VST_OUTCOME_PENDING, "complaint", "215", 0},
	{6, VST_OUTCOME_ACCEPTED, VST_OUTCOME_UNDELIVERED, "operator_rejected", "108", 0},
	{7, VST_OUTCOME_ACCEPTED, VST_OUTCOME_PENDING, "accepted", "100", 0},
	{8, VST_OUTCOME_LIMIT, VST_OUTCOME_PENDING, "repeated_text", "231", 60},
	{9, VST_OUTCOME_UNSURE, VST_OUTCOME_PENDING, "no_answer", "", 0},
	{10, VST_OUTCOME_BARRED, VST_OUTCOME_PENDING, "operator_bar", "bar", 0},
	{11, VST_OUTCOME_RETRY, VST_OUTCOME_PENDING, "busy", "220", 0},
};

static const script delivered = {-1, VST_OUTCOME_ACCEPTED, VST_OUTCOME_DELIVERED, "delivered", "103", 0};

static const script *script_of(int64_t phone)
{
	if (phone / 10000 == 7999000) {
		for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
			if (scripts[i].digits == phone % 10000) {
				return &scripts[i];
			}
		}
	}
	return &delivered;
}

/* The message's own id makes the provider's; without one, what was sent and when does. */
static vst_str make_id(const vst_parcel *parcel, vst_arena *arena)
{
	unsigned char digest[VST_SHA256_LEN];
	char hex[2 * VST_SHA256_LEN + 1];
	vst_str numbers = vst_arena_format(arena, "%lld %lld ", (long long) parcel->phone, (long long) parcel->now);
	vst_str parts[] = {numbers, parcel->text};

	if (parcel->id.len > 0) {
		return vst_arena_format(arena, "sandbox-%.*s", VST_STR_ARGS(parcel->id));
	}
	if (vst_sha256_parts(parts, 2, digest, NULL) != VST_OK) {
		return VST_STR_EMPTY;
	}
	vst_hex(digest, 13, hex);
	return vst_arena_format(arena, "sandbox-%s", hex);
}

static void deliver(const vst_provider *provider, const vst_parcel *parcel, vst_arena *arena, vst_outcome *accepted,
                    vst_outcome *report)
{
	const script *chosen = script_of(parcel->phone);
	bool taken = chosen->accepted == VST_OUTCOME_ACCEPTED;
	vst_str id = taken ? make_id(parcel, arena) : VST_STR_EMPTY;

	(void) provider;
	*accepted = (vst_outcome) {
		.kind = chosen->accepted,
		.provider_id = id,
		.code = taken ? VST_STR("100") : vst_str_from(chosen->code),
		.reason = taken ? "accepted" : chosen->reason,
		.retry_after_s = chosen->retry_after_s,
	};
	*report = (vst_outcome) {
		.kind = chosen->report,
		.provider_id = id,
		.code = vst_str_from(chosen->code),
		.reason = chosen->reason,
		.at = chosen->report != VST_OUTCOME_PENDING ? parcel->now : 0,
	};
}

static const vst_provider_key keys[] = {{NULL, VST_KEY_TEXT, false, 0, 0}};

const vst_provider_class vst_sandbox_class = {
	.name = "sandbox",
	.max_batch = 1,
	.validity = VST_VALIDITY_MINUTES,
	.keys = keys,
	.deliver = deliver,
};
