#include "smsru.h"

#define SEND(kind) VST_OUTCOME_##kind

#define STATE(code, kind, reason) \
	{ \
		code, SEND(ACCEPTED), SEND(kind), reason, VST_SMSRU_NO_WAIT, false, false \
	}
#define DEAD(code, reason) \
	{ \
		code, SEND(REJECTED), SEND(UNDELIVERED), reason, VST_SMSRU_NO_WAIT, false, false \
	}
#define NUMBER(code, kind, report, reason) \
	{ \
		code, SEND(kind), SEND(report), reason, VST_SMSRU_NO_WAIT, false, true \
	}
#define ACCOUNT(code, report, reason) \
	{ \
		code, SEND(MISCONFIGURED), SEND(report), reason, VST_SMSRU_NO_WAIT, false, false \
	}
#define LIMIT(code, reason, wait, wide) \
	{ \
		code, SEND(LIMIT), SEND(UNDELIVERED), reason, wait, wide, false \
	}

const vst_smsru_code vst_smsru_codes[] = {
	{-1, SEND(UNSURE), SEND(UNSURE), "unknown_id", VST_SMSRU_NO_WAIT, false, false},
	STATE(100, PENDING, "accepted"),
	STATE(101, PENDING, "sending"),
	STATE(102, PENDING, "sending"),
	STATE(103, DELIVERED, "delivered"),
	DEAD(104, "expired"),
	DEAD(105, "removed_by_operator"),
	DEAD(106, "handset_failure"),
	DEAD(107, "unknown_failure"),
	DEAD(108, "operator_rejected"),
	STATE(110, DELIVERED, "read"),
	NUMBER(150, REJECTED, UNDELIVERED, "no_route"),
	ACCOUNT(200, UNSURE, "bad_key"),
	ACCOUNT(201, UNDELIVERED, "no_money"),
	NUMBER(202, REJECTED, UNDELIVERED, "bad_number"),
	DEAD(203, "no_text"),
	ACCOUNT(204, UNDELIVERED, "bad_sender"),
	DEAD(205, "too_long"),
	LIMIT(206, "daily_limit", VST_SMSRU_NEXT_DAY, true),
	NUMBER(207, REJECTED, UNDELIVERED, "no_route"),
	ACCOUNT(208, UNDELIVERED, "bad_time"),
	NUMBER(209, OPT_OUT, OPT_OUT, "stop_list"),
	ACCOUNT(210, UNSURE, "bad_method"),
	ACCOUNT(211, UNSURE, "bad_method"),
	ACCOUNT(212, UNDELIVERED, "bad_encoding"),
	ACCOUNT(213, UNSURE, "too_many_recipients"),
	/* the account's own setting, but it must not stop the channel for everybody else */
	NUMBER(214, REJECTED, UNDELIVERED, "foreign_barred"),
	NUMBER(215, OPT_OUT, OPT_OUT, "complaint"),
	{220, SEND(RETRY), SEND(UNSURE), "busy", VST_SMSRU_NO_WAIT, false, false},
	ACCOUNT(221, UNSURE, "no_sender"),
	LIMIT(230, "daily_number_limit", VST_SMSRU_NEXT_DAY, false),
	/* also the proof that an earlier try got through */
	LIMIT(231, "repeated_text", VST_SMSRU_MINUTE, false),
	LIMIT(232, "repeated_text_in_day", VST_SMSRU_NEXT_DAY, false),
	LIMIT(233, "repeated_codes", VST_SMSRU_NEXT_DAY, false),
	ACCOUNT(300, UNSURE, "bad_key"),
	ACCOUNT(301, UNSURE, "bad_key"),
	ACCOUNT(302, UNSURE, "account_unconfirmed"),
	ACCOUNT(303, UNSURE, "account_unconfirmed"),
	ACCOUNT(304, UNSURE, "account_unconfirmed"),
	ACCOUNT(305, UNSURE, "account_unconfirmed"),
	ACCOUNT(401, UNSURE, "call_check"),
	ACCOUNT(402, UNSURE, "call_check"),
	{500, SEND(UNSURE), SEND(UNSURE), "server_error", VST_SMSRU_NO_WAIT, false, false},
	ACCOUNT(901, UNSURE, "bad_callback"),
	ACCOUNT(902, UNSURE, "no_callback"),
	{0, SEND(UNSURE), SEND(UNSURE), NULL, VST_SMSRU_NO_WAIT, false, false},
};

vst_smsru_code vst_smsru_code_find(int64_t code)
{
	for (const vst_smsru_code *row = vst_smsru_codes; row->reason != NULL; row++) {
		if (row->code == code) {
			return *row;
		}
	}
	return (vst_smsru_code) {
		.send = code >= 500 || code < 0 ? VST_OUTCOME_UNSURE : VST_OUTCOME_MISCONFIGURED,
		.report = VST_OUTCOME_UNSURE,
		.reason = "unknown_code",
	};
}

int vst_smsru_wait_seconds(vst_smsru_wait wait, int64_t now)
{
	int64_t moscow = (now + 3 * 3600) % 86400;

	switch (wait) {
		case VST_SMSRU_NO_WAIT: return 0;
		case VST_SMSRU_MINUTE: return 60;
		case VST_SMSRU_NEXT_DAY: break;
	}
	return now < 0 ? 86400 : (int) (86400 - moscow);
}
