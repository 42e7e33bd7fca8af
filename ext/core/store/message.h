/* Columns of a stored message, for message.c and message_list.c. */
#ifndef VST_STORE_MESSAGE_H
#define VST_STORE_MESSAGE_H

#include "tables.h"
#include "transaction.h"

/* Progress, where there is any, holds instead of what the message was submitted with. */
#define VST_MESSAGE_COLUMNS \
	"m.seq, m.nonce, m.entity, m.phone, m.category, m.created_ms, m.previous," \
	" COALESCE(p.state, m.state), COALESCE(p.held, m.held), COALESCE(p.provider, m.provider)," \
	" COALESCE(p.due, m.due), COALESCE(p.final_ms, m.final_ms), COALESCE(p.attempts, 0)," \
	" COALESCE(p.sending_ms, 0), COALESCE(p.accepted_ms, 0), m.encoding, m.units, m.segments, m.sender," \
	" m.valid_until, m.not_before, m.debt, m.counts, COALESCE(p.reason, m.reason)," \
	" COALESCE(p.provider_message, ''), COALESCE(p.provider_code, ''), m.idempotency_key, m.order_number," \
	" m.campaign, m.customer, m.site, m.basis, m.approved_by, m.tags, m.zones, m.text, m.decision, m.facts"
#define VST_MESSAGE_TABLES "vst_message m LEFT JOIN vst_progress p ON p.seq = m.seq"

/* The first seq that a millisecond may have; 0 for those before 1970, where a manual clock's past may lie. */
static inline int64_t vst_seq_first(int64_t ms)
{
	if (ms <= 0) {
		return 0;
	}
	return ms > INT64_MAX >> VST_SEQ_COUNTER_BITS ? INT64_MAX : ms << VST_SEQ_COUNTER_BITS;
}

/*
 * A seq's milliseconds are never before the message's creation. They run ahead of it when more than 32,768 messages
 * are made in one millisecond of the store's clock, which a manual clock stands still long enough for.
 */
#define VST_SEQ_AHEAD_MS (INT64_C(10) * 60 * 1000)

/* Seconds as milliseconds and some more; at the ends of what there is instead of beyond them. */
static inline int64_t vst_seconds_ms(int64_t seconds, int64_t later_ms)
{
	int64_t ms;

	if (__builtin_mul_overflow(seconds, 1000, &ms) || __builtin_add_overflow(ms, later_ms, &ms)) {
		return seconds > 0 ? INT64_MAX : 0;
	}
	return ms;
}

/* Texts are borrowed from the row. VST_E_CORRUPT when a number is out of its range. */
vst_rc vst_message_from_row(const vst_rows *rows, vst_message *out, vst_err *err) VST_CHECKED;

#endif
