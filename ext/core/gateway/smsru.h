/* SMS.ru, inside: what its files share. The protocol: https://sms.ru/api */
#ifndef VST_GATEWAY_SMSRU_H
#define VST_GATEWAY_SMSRU_H

#include "providers.h"

#define VST_SMSRU_BATCH 100

typedef enum vst_smsru_wait { VST_SMSRU_NO_WAIT, VST_SMSRU_MINUTE, VST_SMSRU_NEXT_DAY } vst_smsru_wait;

/* One row of the code table: what a code means for a message sent, and what it means in a delivery report. */
typedef struct vst_smsru_code {
	int code;
	vst_outcome_kind send, report;
	const char *reason;
	vst_smsru_wait wait;
	bool provider_wide; /* of a LIMIT */
	bool one_number;    /* says something about one number: as the answer to a whole request it cannot be believed */
} vst_smsru_code;

/* Ends with a NULL reason. */
extern const vst_smsru_code vst_smsru_codes[];
/* Also for an unknown code. */
vst_smsru_code vst_smsru_code_find(int64_t code);
/* Seconds from `now` to the end of the wait; days end at midnight in Moscow. 0: none. */
int vst_smsru_wait_seconds(vst_smsru_wait wait, int64_t now);

/* The reply as JSON object, NULL when it is none. A UTF-8 BOM is tolerated. The caller owns it. */
json_t *vst_smsru_reply_object(const vst_reply *reply);
/* An integer given as number or as text. */
bool vst_smsru_integer(const json_t *value, int64_t *out);
bool vst_smsru_integer_text(vst_str text, int64_t *out);
/* Begins a request to `path` with the key and json=1. */
vst_rc vst_smsru_begin(const vst_provider *provider, const char *path, vst_request *out, vst_err *err);
/* Fails, and frees the request, when memory ran out while it was built. */
vst_rc vst_smsru_end(vst_request *out, vst_err *err);

vst_rc vst_smsru_read_webhook(const vst_provider *provider, const vst_webhook *webhook, vst_arena *arena,
                              vst_records *records, vst_webhook_reply *reply, vst_err *err);
vst_rc vst_smsru_build_query(const vst_provider *provider, int what, vst_str argument, vst_request *out, vst_err *err);
vst_rc vst_smsru_read_query(const vst_provider *provider, int what, const vst_reply *reply, json_t **out, vst_err *err);

#endif
