/*
 * The test gateway: a server that speaks SMS.ru's protocol, counts what reached it, and misbehaves on demand.
 * One thread, one epoll loop. It shares no code with the client under test, so that both cannot be wrong alike.
 */
#ifndef GATEWAY_H
#define GATEWAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define BATCH_MAX 100

/* ---- text.c: memory that ends the program when it runs out, buffers, forms, what a text is */
typedef struct gw_text {
	const char *ptr;
	size_t len;
} gw_text;

typedef struct gw_buf {
	char *ptr;
	size_t len, capacity;
} gw_buf;

typedef struct gw_pair {
	gw_text name, value;
} gw_pair;

typedef struct gw_form {
	gw_pair *items;
	size_t count, capacity;
} gw_form;

#define TEXT(literal) ((gw_text) {(literal), sizeof(literal) - 1})

void *gw_grow(void *items, size_t *capacity, size_t needed, size_t item_size);
void gw_put(gw_buf *buf, gw_text text);
void gw_print(gw_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void gw_put_json(gw_buf *buf, gw_text text); /* a JSON string with its quotes; bad UTF-8 becomes "?" */
void gw_put_form(gw_buf *buf, gw_text text); /* percent-encoded */
gw_text gw_text_of(const char *text);
bool gw_is(gw_text text, const char *other);
bool gw_number(gw_text text, int64_t *out);
/* Decodes in place: `data` changes. */
void gw_form_read(gw_form *form, char *data, size_t len);
const gw_text *gw_form_get(const gw_form *form, const char *name); /* the last one; NULL: absent */
bool gw_is_utf8(gw_text text);
int gw_segments(gw_text utf8);

/* ---- faults.c: what goes wrong, asked for by control, by option, by query or by the digits of a phone */
typedef enum gw_fault {
	FAULT_NONE,
	FAULT_REFUSE_CONNECTIONS,
	FAULT_CLOSE_ON_ACCEPT,
	FAULT_CLOSE_BEFORE_BODY,
	FAULT_CLOSE_AFTER_READ,
	FAULT_HANG,
	FAULT_DELAY,
	FAULT_HALF_JSON,
	FAULT_HTML,
	FAULT_HTTP_500,
	FAULT_HTTP_429,
	FAULT_LARGE_BODY,
	FAULT_SLOW_DRIP,
	FAULT_WRONG_LENGTH,
	FAULT_GZIP,
	FAULT_BOM,
	FAULT_BUSY,
	FAULT_SERVER_ERROR,
	FAULT_NO_MONEY,
	FAULT_COUNT
} gw_fault;

typedef struct gw_fault_row {
	const char *name;
	bool refuses; /* nothing is accepted; otherwise the messages count as taken although the reply is bad */
	int code;     /* of a whole reply that is well-formed but an error; 0 none */
	int ms;       /* by default */
} gw_fault_row;

typedef struct gw_fault_plan {
	long times; /* still to come; -1: for ever */
	long skip;  /* requests that pass before */
	int ms;
	long hits;
} gw_fault_plan;

/* What the last four digits of +7 999 000-xx-xx ask for. */
typedef struct gw_digits_row {
	int digits;
	int code;       /* of the recipient in the reply to a send */
	int report;     /* of its delivery report; 0: none, ever */
	gw_fault fault; /* of the whole reply */
	bool once;      /* only the first time this text goes to this phone; then delivered */
	bool with_id;   /* an id stands in the entry although it is an error */
	bool no_entry;  /* the recipient is missing in the reply */
	const char *what;
} gw_digits_row;

extern const gw_fault_row gw_faults[FAULT_COUNT];
gw_fault gw_fault_named(gw_text name);            /* FAULT_COUNT: unknown */
const gw_digits_row *gw_digits_of(int64_t phone); /* NULL: an ordinary number */
const gw_digits_row *gw_digits_table(size_t *count);

/* ---- ledger.c: what reached the gateway */
typedef struct gw_entry { /* one phone and text */
	int64_t phone;
	char *text, *sender;
	uint32_t text_len, sender_len;
	uint32_t count;    /* times it was read in a whole request */
	uint32_t accepted; /* times it was taken for sending */
	int64_t last_ms;   /* when it was last taken, monotonic */
	uint32_t last_id;  /* 0: never taken */
	uint64_t hash;
} gw_entry;

typedef struct gw_sent { /* one taken message; its id is its place + 1 */
	uint32_t entry;
	int16_t report; /* code to come; 0 none */
	bool reported;
} gw_sent;

typedef struct gw_ledger {
	gw_entry *entries;
	size_t entry_count, entry_capacity;
	uint32_t *slots; /* place + 1 of entries; a power of two of them */
	size_t slot_count;
	gw_sent *sent;
	size_t sent_count, sent_capacity;
	int log; /* fd, -1 none */
	gw_buf log_lines;
} gw_ledger;

/* The entry, counted. The pointer holds until the next call. */
gw_entry *gw_ledger_count(gw_ledger *ledger, int64_t phone, gw_text text, gw_text sender);
uint32_t gw_ledger_accept(gw_ledger *ledger, gw_entry *entry, int64_t now_ms, int report); /* → id */
void gw_ledger_log(gw_ledger *ledger, const gw_entry *entry, int code);                    /* kept back until flush */
void gw_ledger_flush(gw_ledger *ledger);
void gw_ledger_clear(gw_ledger *ledger);
void gw_entry_json(gw_buf *out, const gw_entry *entry);
void gw_id_format(uint32_t id, char out[24]);
uint32_t gw_id_parse(gw_text text); /* 0: not one of ours */

/* ---- loop.c: sources, timers, connections */
typedef struct gw_state gw_state;

typedef struct gw_source {
	int fd;
	void (*ready)(gw_state *gw, struct gw_source *source, uint32_t events);
} gw_source;

typedef struct gw_timer {
	int64_t due_ns; /* monotonic */
	size_t place;   /* in the heap + 1; 0: not armed */
	void (*fire)(gw_state *gw, void *context);
	void *context;
} gw_timer;

int64_t gw_now_ns(void);
void gw_watch(gw_state *gw, gw_source *source, uint32_t events);
void gw_arm(gw_state *gw, gw_timer *timer, int64_t delay_ms);
void gw_disarm(gw_state *gw, gw_timer *timer);
void gw_later_free(gw_state *gw, void *memory); /* after the events that are being handled */
bool gw_listen(gw_state *gw);
void gw_refuse(gw_state *gw, int ms); /* no listening for so long */
void gw_run(gw_state *gw);

/* ---- http.c: a request as it came, a reply as it will go */
typedef struct gw_request {
	gw_text method, path;
	gw_form query, form; /* form: of the body */
	gw_text body;
	bool keep_alive;
} gw_request;

typedef struct gw_reply {
	int status; /* 200 when 0 */
	const char *type;
	const char *header; /* one more line with its \r\n, or NULL */
	gw_buf body;
	gw_fault fault;
	int fault_ms;
} gw_reply;

typedef enum gw_parsed { PARSED_MORE, PARSED_HEAD, PARSED_REQUEST, PARSED_BAD } gw_parsed;

/* `*used`: bytes of the request. `data` changes when a request is complete. */
gw_parsed gw_http_read(char *data, size_t len, gw_request *request, size_t *used, bool *wants_continue);
void gw_http_write(gw_buf *out, gw_reply *reply, bool *close_after);

/* ---- smsru.c and control.c: what a request asks for */
void gw_smsru(gw_state *gw, gw_request *request, gw_reply *reply);
void gw_control(gw_state *gw, gw_request *request, gw_reply *reply);

/* ---- reports.c: delivery reports to come */
typedef struct gw_reports {
	uint32_t *ids; /* a queue: ids of sent messages in the order they were taken */
	size_t first, count, capacity;
	int64_t delivered, failed_posts;
	struct gw_post *post; /* on its way to the callback URL */
	gw_timer timer;
} gw_reports;

void gw_reports_add(gw_state *gw, uint32_t id);
/* A form body with up to `limit` records, one `test` record among them, and the hash; how many reports are in it. */
size_t gw_reports_form(gw_state *gw, size_t limit, int64_t at, gw_buf *out);
void gw_reports_take(gw_state *gw, size_t count);
void gw_reports_clear(gw_state *gw);

/* ---- the whole */
typedef struct gw_stop {
	int64_t phone;
	char *comment;
} gw_stop;

struct gw_state {
	/* options */
	int port;
	const char *api_id, *callback_url, *port_file;
	const char *senders[16];
	size_t sender_count;
	int latency_ms, repeat_window_s, report_delay_ms, callback_retry_ms;
	int64_t balance_kopecks, price_kopecks; /* price 0: nothing is charged */
	int64_t daily_limit;                    /* 0 none */
	int64_t fixed_time;                     /* of reports; 0: the clock's */
	bool plain;                             /* the digits of phones mean nothing */
	bool no_reports;
	int parent;

	/* state */
	int epoll;
	gw_source listener, clock, signals, parent_end;
	gw_timer **heap;
	size_t heap_count, heap_capacity;
	int64_t clock_due_ns;
	gw_timer listen_again;
	void **garbage;
	size_t garbage_count, garbage_capacity;
	bool stopping;

	gw_fault_plan plans[FAULT_COUNT];
	gw_ledger ledger;
	gw_reports reports;
	gw_stop *stops;
	size_t stop_count, stop_capacity;
	char *callbacks[8];
	size_t callback_count;

	/* counters */
	int64_t connections, requests, sends, messages, accepted, tests, unfinished;
	int64_t refused[1000]; /* by code, requests and recipients */
};

/* The plan says that this fault happens now; *ms from it. */
bool gw_fault_now(gw_state *gw, gw_fault fault, int *ms);
int64_t gw_unix_time(const gw_state *gw);

#endif
