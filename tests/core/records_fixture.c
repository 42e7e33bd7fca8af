#define _POSIX_C_SOURCE 200809L
#include "records_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static int64_t now_ms(void *context)
{
	struct timespec now;

	(void) context;
	(void) clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t monotonic_ns(void *context)
{
	struct timespec now;

	(void) context;
	(void) clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t) now.tv_sec * 1000000000 + now.tv_nsec;
}

static bool random_bytes(void *context, void *bytes, size_t count)
{
	records *r = context;
	unsigned char *to = bytes;

	for (size_t i = 0; i < count; i++) {
		r->random_state = r->random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		to[i] = (unsigned char) (r->random_state >> 56);
	}
	return true;
}

static vst_rc zone_load(void *context, const char *name, vst_zone **out, vst_err *err)
{
	static const vst_transition moscow[] = {{0, 3 * 3600}};

	(void) context;
	return vst_zone_new(name, moscow, 1, out, err);
}

static void say(void *context, vst_log_level level, const char *text)
{
	(void) context;
	(void) level;
	(void) text;
}

static bool should_stop(void *context)
{
	(void) context;
	return false;
}

static void open_engine(records *r)
{
	vst_engine_options options;
	vst_err err = VST_ERR_INIT;

	memset(&options, 0, sizeof options);
	options.store.dsn = vst_str_from(r->dsn);
	options.store.file_mode = 0600;
	options.store.document_root = VST_STR_EMPTY;
	options.ini_path = VST_STR_EMPTY;
	options.user = VST_STR("tester");
	if (vst_engine_open(&options, &r->env, &r->engine, &err) != VST_OK) {
		fail_msg("open: %s", err.text);
	}
}

int records_open(void **state)
{
	records *r = calloc(1, sizeof *r);

	assert_non_null(r);
	r->random_state = 1;
	r->env = (vst_env) {r, now_ms, monotonic_ns, random_bytes, zone_load, say, should_stop};
	(void) snprintf(r->directory, sizeof r->directory, "/tmp/vestnik-records-XXXXXX");
	assert_non_null(mkdtemp(r->directory));
	(void) snprintf(r->dsn, sizeof r->dsn, "sqlite:%s/s.db?clock=manual", r->directory);
	open_engine(r);
	records_clock(r, RECORDS_START);
	records_settings(r, "{'main': {'name': 'ООО «Ромашка»', 'brand': 'Ромашка', 'inn': '7700000000',"
	                    " 'opt_out_number': '+79990000099'}}");
	*state = r;
	return 0;
}

int records_close(void **state)
{
	static const char *const suffixes[] = {"", "-wal", "-shm", "-lock", "-journal"};
	records *r = *state;
	char path[160];

	vst_engine_close(r->engine);
	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		(void) snprintf(path, sizeof path, "%s/s.db%s", r->directory, suffixes[i]);
		(void) unlink(path);
	}
	assert_int_equal(rmdir(r->directory), 0);
	free(r);
	return 0;
}

void records_reopen(records *r)
{
	vst_engine_close(r->engine);
	r->engine = NULL;
	open_engine(r);
}

void records_clock(records *r, int64_t now)
{
	vst_err err = VST_ERR_INIT;

	if (vst_engine_clock(r->engine, now, &err) != VST_OK) {
		fail_msg("clock: %s", err.text);
	}
}

void records_case(const char *name)
{
	print_message("  case: %s\n", name);
}

json_t *json_of(const char *text)
{
	char *copy = strdup(text);
	json_error_t problem;
	json_t *json;

	assert_non_null(copy);
	for (char *c = copy; *c != '\0'; c++) {
		if (*c == '\'') {
			*c = '"';
		}
	}
	json = json_loads(copy, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &problem);
	free(copy);
	if (json == NULL) {
		fail_msg("%s in %s", problem.text, text);
	}
	return json;
}

void records_settings(records *r, const char *entities)
{
	json_t *settings = json_pack("{s:o, s:{s:{}}, s:{s:{s:s}}}", "entities", json_of(entities), "providers", "sandbox",
	                             "senders", "Romashka", "provider", "sandbox");
	vst_err err = VST_ERR_INIT;

	assert_non_null(settings);
	if (vst_engine_configure(r->engine, settings, &err) != VST_OK) {
		fail_msg("configure: %s", err.text);
	}
	json_decref(settings);
}

void assert_json_has(const json_t *actual, const json_t *expected)
{
	const char *key;
	json_t *value;

	if (!json_is_object(expected)) {
		if (!json_equal(actual, expected)) {
			char *got = json_dumps(actual, JSON_ENCODE_ANY), *wanted = json_dumps(expected, JSON_ENCODE_ANY);

			print_error("got %s, expected %s\n", got != NULL ? got : "nothing", wanted);
			free(got);
			free(wanted);
			fail();
		}
		return;
	}
	json_object_foreach((json_t *) (uintptr_t) expected, key, value) {
		if (json_object_get(actual, key) == NULL) {
			fail_msg("%s is missing", key);
		}
		if (!json_is_object(value) && !json_equal(json_object_get(actual, key), value)) {
			print_error("%s: ", key);
		}
		assert_json_has(json_object_get(actual, key), value);
	}
}

void assert_json_like(const json_t *actual, const char *expected)
{
	json_t *json = json_of(expected);

	assert_json_has(actual, json);
	json_decref(json);
}

void records_write(records *r, vst_tx_body body, void *context)
{
	vst_err err = VST_ERR_INIT;

	if (vst_store_write(r->engine->store, body, context, &err) != VST_OK) {
		fail_msg("write: %s", err.text);
	}
}

void records_read(records *r, vst_tx_body body, void *context)
{
	vst_err err = VST_ERR_INIT;

	if (vst_store_read(r->engine->store, body, context, &err) != VST_OK) {
		fail_msg("read: %s", err.text);
	}
}

struct putting {
	records *r;
	const records_message *given;
	vst_id id;
};

static void fill(const struct putting *p, vst_tx *tx, vst_message *m)
{
	const records_message *g = p->given;

	memset(m, 0, sizeof *m);
	m->phone = g->phone;
	m->category = g->category;
	m->created_ms = g->created != 0 ? g->created * 1000 : vst_tx_now_ms(tx);
	m->text = VST_STR("Заказ 1234 передан в доставку");
	m->encoding = VST_UCS2;
	m->units = 29;
	m->segments = 1;
	m->valid_until = g->valid_until;
	m->key = vst_str_from(g->key);
	m->order_number = vst_str_from(g->order);
	m->campaign = vst_str_from(g->campaign);
	m->customer = vst_str_from(g->customer);
	m->site = m->basis = m->approved_by = m->provider_message = m->provider_code = VST_STR_EMPTY;
	m->tags = vst_str_from(g->tags);
	m->zones = vst_str_from(g->zones);
	m->decision = vst_str_from(g->decision);
	m->reason = vst_str_from(g->reason);
	m->counts = g->counts;
	m->state = g->state;
	m->held = g->held;
	m->due = g->due;
	m->final_ms = vst_state_is_final(g->state) ? m->created_ms : 0;
}

static vst_rc queue_up(vst_tx *tx, const vst_message *m, vst_err *err)
{
	vst_rc rc = VST_OK;

	if (m->state == VST_DEFERRED || m->state == VST_QUEUED) {
		rc = vst_message_enqueue(tx, m, err);
	} else if (m->state == VST_CLAIMED || m->state == VST_SENDING) {
		vst_flight flight = {m->id.seq, 0, 1, INT64_MAX, m->state == VST_SENDING};

		rc = vst_flight_put(tx, &flight, err);
	}
	if (rc == VST_OK && m->valid_until != 0) {
		rc = vst_timer_add(tx, VST_TIMER_EXPIRY, m->valid_until, m->id.seq, err);
	}
	if (rc == VST_OK && m->key.len > 0) {
		rc = vst_key_put(tx, m->entity, m->key, m->id.seq, err);
	}
	return rc == VST_OK ? vst_charge_set(tx, m, m->due, false, err) : rc;
}

static vst_rc put(vst_tx *tx, void *context, vst_err *err)
{
	struct putting *p = context;
	const vst_gate_entity *entity;
	vst_person person;
	vst_message m;
	vst_rc rc;

	fill(p, tx, &m);
	if ((rc = vst_engine_entity(p->r->engine, tx, vst_str_from(p->given->entity), &entity, &m.entity, err)) != VST_OK ||
	    (rc = vst_name_id(tx, VST_NAME_PROVIDER, VST_STR("sandbox"), &m.provider, err)) != VST_OK ||
	    (rc = vst_name_id(tx, VST_NAME_SENDER, VST_STR("Romashka"), &m.sender, err)) != VST_OK ||
	    (rc = vst_message_next_seq(tx, &m.id.seq, err)) != VST_OK ||
	    (rc = vst_person_get(tx, m.entity, m.phone, vst_tx_now(tx), &person, err)) != VST_OK) {
		return rc;
	}
	(void) random_bytes(p->r, &m.id.nonce, sizeof m.id.nonce);
	p->id = m.id;
	m.previous = person.last_seq;
	person.last_seq = m.id.seq;
	rc = vst_message_insert(tx, &m, err);
	if (rc == VST_OK && m.phone != 0) {
		rc = vst_person_put(tx, m.entity, &person, err);
	}
	return rc == VST_OK ? queue_up(tx, &m, err) : rc;
}

vst_id records_put(records *r, const records_message *message)
{
	struct putting p = {r, message, {0, 0}};

	records_write(r, put, &p);
	return p.id;
}

void records_id(vst_id id, char out[VST_ID_LEN + 1])
{
	vst_id_format(id, out);
}

struct lane_count {
	vst_category category;
	bool held;
	int64_t count;
};

static vst_rc count_lane(vst_tx *tx, void *context, vst_err *err)
{
	struct lane_count *l = context;
	int64_t provider = 0;
	vst_rc rc = vst_name_find(tx, VST_NAME_PROVIDER, VST_STR("sandbox"), &provider, err);

	return rc == VST_OK ? vst_queue_count(tx, vst_lane(l->category, l->held, provider), INT64_MAX, 1000000, &l->count, err)
	                    : rc;
}

int64_t records_lane(records *r, vst_category category, bool held)
{
	struct lane_count l = {category, held, 0};

	records_read(r, count_lane, &l);
	return l.count;
}

struct charge_count {
	int64_t phone;
	size_t count;
};

static vst_rc count_charges(vst_tx *tx, void *context, vst_err *err)
{
	struct charge_count *c = context;
	vst_person person;
	int64_t entity = 0;
	vst_rc rc = vst_name_find(tx, VST_NAME_ENTITY, VST_STR("main"), &entity, err);

	if (rc == VST_OK) {
		rc = vst_person_get(tx, entity, c->phone, vst_tx_now(tx), &person, err);
		c->count = person.charge_count;
	}
	return rc;
}

size_t records_charges(records *r, int64_t phone)
{
	struct charge_count c = {phone, 0};

	records_read(r, count_charges, &c);
	return c.count;
}

json_t *records_show(records *r, vst_id id)
{
	char text[VST_ID_LEN + 1];
	json_t *json = NULL;
	vst_err err = VST_ERR_INIT;

	records_id(id, text);
	if (vst_engine_message(r->engine, vst_str_from(text), &json, &err) != VST_OK) {
		fail_msg("message: %s", err.text);
	}
	return json;
}

void assert_message(records *r, vst_id id, const char *expected)
{
	json_t *json = records_show(r, id);

	assert_json_like(json, expected);
	json_decref(json);
}

json_t *records_events(records *r, const char *type)
{
	json_t *all = NULL, *some = json_array(), *event;
	vst_err err = VST_ERR_INIT;
	size_t i;

	if (vst_engine_events(r->engine, 0, 10000, &all, &err) != VST_OK) {
		fail_msg("events: %s", err.text);
	}
	json_array_foreach(all, i, event) {
		if (strcmp(json_string_value(json_object_get(event, "type")), type) == 0) {
			(void) json_array_append(some, event);
		}
	}
	json_decref(all);
	return some;
}

static vst_rc read_head(vst_tx *tx, void *context, vst_err *err)
{
	unsigned char hash[32];

	return vst_ledger_head(tx, context, hash, err);
}

int64_t records_ledger(records *r)
{
	int64_t number = 0;

	records_read(r, read_head, &number);
	return number;
}
