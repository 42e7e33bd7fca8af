/*
 * The gateway room: what a provider's protocol says (one file per provider) and the wire that carries it
 * (wire.h, libcurl). It knows neither the store nor the law.
 */
#ifndef VST_GATEWAY_GATEWAY_H
#define VST_GATEWAY_GATEWAY_H

#include <jansson.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/env.h"
#include "base/model.h"
#include "base/result.h"
#include "base/str.h"

/* One configured provider, made from settings.providers.<name>. */
typedef struct vst_provider vst_provider;

/* What to do with a provider's answer. */
typedef enum vst_outcome_kind {
	VST_OUTCOME_ACCEPTED, /* taken; provider_id set when the provider gave one */
	VST_OUTCOME_PENDING,  /* a report: on its way, not final */
	VST_OUTCOME_DELIVERED,
	VST_OUTCOME_UNDELIVERED,   /* final */
	VST_OUTCOME_RETRY,         /* temporary; was not sent; back off */
	VST_OUTCOME_LIMIT,         /* provider's own limit; was not sent; slow down. retry_after_s may be set */
	VST_OUTCOME_REJECTED,      /* this recipient or text will never work */
	VST_OUTCOME_OPT_OUT,       /* the recipient stands on the provider's stop list */
	VST_OUTCOME_BARRED,        /* the operator bars mass messages to this subscriber */
	VST_OUTCOME_MISCONFIGURED, /* key, money, sender: stop the whole provider, tell a person */
	VST_OUTCOME_UNSURE         /* outcome unknown: in doubt */
} vst_outcome_kind;

typedef struct vst_outcome {
	vst_outcome_kind kind;
	vst_str provider_id; /* in the arena given to the reader; "" none */
	vst_str code;        /* the provider's own code as text, "" none */
	const char *reason;  /* stable word of ours: "stop_list", "no_route", "bad_sender" … */
	int retry_after_s;   /* 0: no word of it */
	bool provider_wide;  /* of a LIMIT: holds for the whole provider; false: for this recipient or text only */
	int64_t at;          /* instant the provider names in a report, 0 none */
} vst_outcome;

/* One message of a request. Strings are borrowed until the request is built. */
typedef struct vst_parcel {
	vst_str id; /* our message id, for providers that take one, and the sandbox's */
	int64_t phone;
	vst_str text;
	vst_str sender;      /* as shown on the phone */
	int64_t valid_until; /* 0 none; Unix seconds */
	int64_t now;
	bool authentication;
} vst_parcel;

/* A request ready for the wire. The buffers are owned by the request, wiped and freed by vst_request_free. */
typedef struct vst_request {
	vst_buf url;
	vst_buf body;
	vst_buf headers; /* lines joined by "\n", without Content-Length */
	bool post;
	int timeout_ms; /* whole exchange after the body was released */
	int connect_timeout_ms;
} vst_request;

void vst_request_free(vst_request *request);

typedef struct vst_reply {
	long status;       /* HTTP status; 0: none arrived */
	vst_str body;      /* borrowed; capped at 4 MiB */
	bool complete;     /* the whole reply arrived */
	bool released;     /* libcurl was given bytes of the body: they may have gone out. false: safe to repeat */
	int retry_after_s; /* of the Retry-After header, 0 none */
	vst_str failure;   /* words for the log when !complete; never a secret */
} vst_reply;

/* One delivery report, inbound message or other record of a webhook or a status answer. */
typedef enum vst_record_kind { VST_RECORD_REPORT, VST_RECORD_INBOUND, VST_RECORD_IGNORED } vst_record_kind;

typedef struct vst_record {
	vst_record_kind kind;
	vst_str provider_id;
	vst_outcome outcome; /* of a report */
	int64_t from, to;    /* phones of an inbound message, 0 unknown */
	vst_str text;        /* of an inbound message */
	vst_str dedup;       /* what makes the record unique at this provider */
} vst_record;

typedef struct vst_records {
	vst_record *items;
	size_t count;
} vst_records;

typedef struct vst_pair {
	vst_str name, value;
} vst_pair;

typedef struct vst_webhook {
	vst_str method;
	const vst_pair *headers; /* names lower case */
	size_t header_count;
	const vst_pair *query;
	size_t query_count;
	vst_str body; /* raw */
	int64_t now;
} vst_webhook;

typedef struct vst_webhook_reply {
	int status;
	vst_str body;
	bool authentic; /* false: signature wrong, nothing may change */
} vst_webhook_reply;

/*
 * Keys of settings.providers.<name> of one provider beyond those all have; a table, also made into docs. A secret is a
 * text of at most `max` bytes, or env:NAME, or file:/absolute/path (its content without the white space at its end).
 */
typedef enum vst_key_kind { VST_KEY_SECRET, VST_KEY_TEXT, VST_KEY_BOOL, VST_KEY_INTEGER } vst_key_kind;

typedef struct vst_provider_key {
	const char *name;
	vst_key_kind kind;
	bool required;
	int64_t min, max; /* of an integer; of a text: length */
} vst_provider_key;

/* One protocol. Static, immutable; listed in provider.c, the only place that names them all. */
typedef struct vst_provider_class {
	const char *name;
	const char *default_url;      /* NULL: no wire at all (sandbox) */
	size_t max_batch;             /* messages in one request */
	bool can_poll;                /* build_status/read_status exist */
	vst_validity validity;        /* how it takes the end of a message's validity */
	const vst_provider_key *keys; /* ends with a NULL name */
	/*
	 * May both travel in one request (same sender, same validity …)? Asked of the first parcel of a request and each
	 * further one. NULL: one message per request.
	 */
	bool (*may_share)(const vst_provider *provider, const vst_parcel *a, const vst_parcel *b);
	/* `count` parcels, one phone at most once, all of them fit for one request; the outcomes are in their order. */
	vst_rc (*build_send)(const vst_provider *provider, const vst_parcel *parcels, size_t count, vst_request *out,
	                     vst_err *err);
	vst_rc (*read_send)(const vst_provider *provider, const vst_parcel *parcels, size_t count, const vst_reply *reply,
	                    vst_arena *arena, vst_outcome *outcomes, vst_err *err);
	/* Delivery status by provider id, at most max_batch ids. */
	vst_rc (*build_status)(const vst_provider *provider, const vst_str *ids, size_t count, vst_request *out,
	                       vst_err *err);
	vst_rc (*read_status)(const vst_provider *provider, const vst_str *ids, size_t count, const vst_reply *reply,
	                      vst_arena *arena, vst_outcome *outcomes, vst_err *err);
	vst_rc (*read_webhook)(const vst_provider *provider, const vst_webhook *webhook, vst_arena *arena,
	                       vst_records *records, vst_webhook_reply *reply, vst_err *err);
	/* Account: what `what` is, see VST_QUERY_… The answer is JSON of our own shape. */
	vst_rc (*build_query)(const vst_provider *provider, int what, vst_str argument, vst_request *out, vst_err *err);
	vst_rc (*read_query)(const vst_provider *provider, int what, const vst_reply *reply, json_t **out, vst_err *err);
	/* Sandbox only: the outcome at once, without a wire. Without a report yet, report->kind is VST_OUTCOME_PENDING. */
	void (*deliver)(const vst_provider *provider, const vst_parcel *parcel, vst_arena *arena, vst_outcome *accepted,
	                vst_outcome *report);
} vst_provider_class;

/* Account queries. */
enum {
	VST_QUERY_BALANCE,   /* → {"balance": "122.56", "currency": "RUB"} */
	VST_QUERY_STOP_LIST, /* → {"phones": [{"phone": "+7…", "comment": "…"}]} */
	VST_QUERY_STOP_ADD,  /* argument: phone digits → {} */
	VST_QUERY_STOP_REMOVE
};

const vst_provider_class *vst_provider_class_find(vst_str name); /* NULL: unknown */
const vst_provider_class *const *vst_provider_classes(void);     /* NULL-terminated */

/*
 * From the (validated against the class's keys plus url, rate, timeout_ms, connect_timeout_ms, batch, countries) settings
 * object of one provider. Validation problems: VST_E_SETTINGS, the text beginning with `path`. Secrets given as
 * env:NAME or file:PATH stay references until vst_provider_resolve, called only where messages are dispatched.
 */
vst_rc vst_provider_new(vst_str name, const json_t *settings, const char *path, vst_provider **out, vst_err *err)
	VST_CHECKED;
void vst_provider_free(vst_provider *provider); /* wipes secrets */
vst_rc vst_provider_resolve(vst_provider *provider, vst_err *err) VST_CHECKED;

const vst_provider_class *vst_provider_class_of(const vst_provider *provider);
vst_str vst_provider_name(const vst_provider *provider);
const char *const *vst_provider_countries(const vst_provider *provider); /* NULL-terminated, default {"RU"} */
int64_t vst_provider_rate_per_1000s(const vst_provider *provider);       /* rate.per_second × 1000; 0 no limit */
size_t vst_provider_batch(const vst_provider *provider); /* messages in one request: `batch`, default max_batch */
int vst_provider_timeout_ms(const vst_provider *provider);
bool vst_provider_is_loopback(const vst_provider *provider); /* url's host is 127.0.0.0/8, ::1 or localhost */
bool vst_provider_is_sandbox(const vst_provider *provider);
int vst_provider_connect_timeout_ms(const vst_provider *provider);
/* For providers' own files: a setting as text (true is "1", false and absent are ""); a secret only after resolve. */
vst_str vst_provider_text(const vst_provider *provider, const char *key);
vst_str vst_provider_url(const vst_provider *provider);

#endif
