#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <sys/stat.h>

#include "engine/breaker.h"
#include "engine/limiter.h"
#include "records_fixture.h"

#define PHONE_NUMBER INT64_C(79990000001)

static json_t *health(records *r)
{
	json_t *out = NULL;
	vst_err err = VST_ERR_INIT;

	if (vst_engine_health(r->engine, &out, &err) != VST_OK) {
		fail_msg("health: %s", err.text);
	}
	return out;
}

static bool has_problem(const json_t *health, const char *code)
{
	json_t *problem;
	size_t i;

	json_array_foreach(json_object_get(health, "problems"), i, problem) {
		if (strcmp(json_string_value(json_object_get(problem, "code")), code) == 0) {
			return true;
		}
	}
	return false;
}

static bool problem_now(records *r, const char *code)
{
	json_t *out = health(r);
	bool has = has_problem(out, code);

	json_decref(out);
	return has;
}

static void assert_health(records *r, const char *expected)
{
	json_t *out = health(r);

	assert_json_like(out, expected);
	json_decref(out);
}

static void a_quiet_store_shows_zeros_and_its_place(void **state)
{
	records *r = *state;
	json_t *out = health(r);
	char path[80];

	assert_json_like(out, "{'version': '" VST_VERSION "', 'now': 1795597200, 'settings_version': 1,"
	                      " 'store': {'driver': 'sqlite', 'clock': 'manual', 'hold': null, 'hold_reason': null,"
	                      " 'bound': false},"
	                      " 'queue': {'authentication': {'queued': 0, 'deferred': 0, 'held': 0, 'oldest_due_s': null,"
	                      " 'next_due': null}, 'service': {'queued': 0}, 'advertising': {'queued': 0}},"
	                      " 'in_flight': {'claimed': 0, 'sending': 0}, 'in_doubt': 0,"
	                      " 'providers': {'sandbox': {'state': 'ok', 'since': null, 'failures': 0, 'code': null}},"
	                      " 'limits': {}, 'ledger': {'events': 0, 'head': null}, 'events': {'oldest': 0, 'newest': 0},"
	                      " 'workers': []}");
	(void) snprintf(path, sizeof path, "%s/s.db", r->directory);
	assert_string_equal(json_string_value(json_object_get(json_object_get(out, "store"), "path")), path);
	assert_int_equal(json_string_length(json_object_get(json_object_get(out, "store"), "store_id")), 32);
	assert_true(json_integer_value(json_object_get(json_object_get(out, "store"), "file_bytes")) > 0);
	json_decref(out);
}

static void every_problem_has_words_in_both_languages(void **state)
{
	records *r = *state;
	json_t *out = health(r), *problem;
	size_t i;

	assert_true(has_problem(out, "manual_clock"));
	assert_true(has_problem(out, "numbering_absent"));
	assert_false(has_problem(out, "no_worker"));
	assert_false(has_problem(out, "settings_absent"));
	json_array_foreach(json_object_get(out, "problems"), i, problem) {
		const char *level = json_string_value(json_object_get(problem, "level"));

		assert_int_equal(json_object_size(problem), 4);
		assert_true(json_string_length(json_object_get(problem, "ru")) > 20);
		assert_true(json_string_length(json_object_get(problem, "en")) > 20);
		assert_true(strcmp(level, "error") == 0 || strcmp(level, "warning") == 0 || strcmp(level, "info") == 0);
	}
	json_decref(out);
}

static void the_queue_is_counted_by_category_and_turn(void **state)
{
	static const struct {
		vst_category category;
		vst_state state;
		bool held;
		int64_t due;
	} messages[] = {
		{VST_AUTHENTICATION, VST_QUEUED, false, 0}, {VST_SERVICE, VST_QUEUED, false, -30},
		{VST_SERVICE, VST_QUEUED, false, -90},      {VST_SERVICE, VST_DEFERRED, false, 600},
		{VST_ADVERTISING, VST_DEFERRED, false, 60}, {VST_ADVERTISING, VST_DEFERRED, false, 30},
		{VST_ADVERTISING, VST_QUEUED, true, -100},  {VST_ADVERTISING, VST_DEFERRED, true, 100},
		{VST_ADVERTISING, VST_CLAIMED, false, 0},   {VST_ADVERTISING, VST_SENDING, false, 0},
		{VST_SERVICE, VST_SENDING, false, 0},       {VST_SERVICE, VST_IN_DOUBT, false, 0},
	};
	records *r = *state;

	for (size_t i = 0; i < COUNT_OF(messages); i++) {
		records_message m = {.phone = PHONE_NUMBER, .category = messages[i].category, .state = messages[i].state,
		                     .held = messages[i].held, .due = RECORDS_START + messages[i].due};

		(void) records_put(r, &m);
	}
	assert_health(r, "{'queue': {"
	                 "'authentication': {'queued': 1, 'deferred': 0, 'held': 0, 'oldest_due_s': 0},"
	                 "'service': {'queued': 2, 'deferred': 1, 'held': 0, 'oldest_due_s': 90, 'next_due': 1795597110},"
	                 "'advertising': {'queued': 0, 'deferred': 2, 'held': 2, 'oldest_due_s': null,"
	                 " 'next_due': 1795597230}}, 'in_flight': {'claimed': 1, 'sending': 2}, 'in_doubt': 1}");
	assert_true(problem_now(r, "no_worker"));
	assert_true(problem_now(r, "in_doubt"));
}

static void what_is_held_or_not_due_needs_no_worker(void **state)
{
	records *r = *state;
	records_message m = {.phone = PHONE_NUMBER, .category = VST_SERVICE, .state = VST_QUEUED, .held = true,
	                     .due = RECORDS_START};

	(void) records_put(r, &m);
	m.held = false;
	m.state = VST_DEFERRED;
	m.due = RECORDS_START + 10;
	(void) records_put(r, &m);
	assert_false(problem_now(r, "no_worker"));
	records_clock(r, RECORDS_START + 10);
	assert_true(problem_now(r, "no_worker"));
}

struct beating {
	int slot;
	const char *version;
	int64_t inode;
};

static vst_rc beat(vst_tx *tx, void *context, vst_err *err)
{
	const struct beating *b = context;
	vst_heartbeat heartbeat = {
		.slot = b->slot, .fence = 1, .pid = 77, .started = RECORDS_START, .seen = RECORDS_START + 1,
		.version = vst_str_from(b->version), .user = VST_STR("www-data"), .host = VST_STR("web1"),
		.ini = VST_STR("/etc/php.ini"), .inode = b->inode,
	};

	return vst_heartbeat_put(tx, &heartbeat, err);
}

static void workers_are_known_by_their_lock_not_by_their_word(void **state)
{
	records *r = *state;
	vst_store_info info;
	vst_worker worker;
	struct beating own, dead;
	json_t *out, *workers;
	records_message m = {.phone = PHONE_NUMBER, .category = VST_SERVICE, .state = VST_QUEUED, .due = RECORDS_START};

	(void) records_put(r, &m);
	assert_int_equal(vst_store_describe(r->engine->store, &info, NULL), VST_OK);
	assert_int_equal(vst_worker_enter(r->engine->store, &worker, NULL), VST_OK);
	own = (struct beating) {worker.slot, VST_VERSION, info.inode};
	dead = (struct beating) {worker.slot + 1, "0.0.1", info.inode + 1};
	records_write(r, beat, &own);
	records_write(r, beat, &dead);
	out = health(r);
	workers = json_object_get(out, "workers");
	assert_int_equal(json_array_size(workers), 2);
	assert_json_like(json_array_get(workers, 0), "{'slot': 0, 'pid': 77, 'host': 'web1', 'user': 'www-data',"
	                                             " 'ini': '/etc/php.ini', 'started': 1795597200,"
	                                             " 'seen': 1795597201, 'alive': true}");
	assert_json_like(json_array_get(workers, 1), "{'slot': 1, 'version': '0.0.1', 'alive': false}");
	/* A dead worker's old version or file is no problem any more. */
	assert_false(has_problem(out, "no_worker"));
	assert_false(has_problem(out, "worker_version_differs"));
	assert_false(has_problem(out, "worker_of_another_store"));
	json_decref(out);
	own.version = "0.0.1";
	own.inode = info.inode + 1;
	records_write(r, beat, &own);
	assert_true(problem_now(r, "worker_version_differs"));
	assert_true(problem_now(r, "worker_of_another_store"));
	vst_worker_leave(r->engine->store, &worker);
	assert_true(problem_now(r, "no_worker"));
	assert_false(problem_now(r, "worker_version_differs"));
}

static vst_rc misconfigured(vst_tx *tx, void *context, vst_err *err)
{
	(void) context;
	return vst_breaker_fail(tx, VST_STR("sandbox"), VST_BREAKER_MISCONFIGURED, VST_STR("301"), 0, err);
}

static vst_rc unreachable(vst_tx *tx, void *context, vst_err *err)
{
	(void) context;
	return vst_breaker_fail(tx, VST_STR("sandbox"), VST_BREAKER_UNREACHABLE, VST_STR("connect"), 0, err);
}

static void a_stopped_provider_is_a_problem_until_it_may_be_tried(void **state)
{
	records *r = *state;

	records_write(r, misconfigured, NULL);
	assert_health(r, "{'providers': {'sandbox': {'state': 'misconfigured', 'since': 1795597200, 'failures': 1,"
	                 " 'code': '301', 'until': 1795597260}}}");
	assert_true(problem_now(r, "provider_stopped"));
	assert_false(problem_now(r, "provider_unreachable"));
	records_clock(r, RECORDS_START + 60);
	assert_health(r, "{'providers': {'sandbox': {'state': 'failing', 'until': null}}}");
	assert_false(problem_now(r, "provider_stopped"));
}

static void a_provider_that_does_not_answer_is_one_too(void **state)
{
	records *r = *state;

	records_write(r, unreachable, NULL);
	assert_false(problem_now(r, "provider_unreachable")); /* once happens */
	records_write(r, unreachable, NULL);
	records_write(r, unreachable, NULL);
	assert_true(problem_now(r, "provider_unreachable"));
	assert_health(r, "{'providers': {'sandbox': {'state': 'unreachable', 'code': 'connect', 'failures': 3}}}");
}

static void configure(records *r, const char *settings)
{
	json_t *given = json_of(settings);
	vst_err err = VST_ERR_INIT;

	if (vst_engine_configure(r->engine, given, &err) != VST_OK) {
		fail_msg("configure: %s", err.text);
	}
	json_decref(given);
}

static vst_rc charge_limit(vst_tx *tx, void *context, vst_err *err)
{
	vst_limit limit = vst_limit_of_rate(10000);

	(void) context;
	return vst_limit_put(tx, VST_STR("provider:sandbox"), vst_limit_charge(limit, 0, vst_tx_now_ms(tx) * 1000, 5), err);
}

static void limits_tell_when_the_next_message_may_go(void **state)
{
	records *r = *state;
	vst_limit limit = vst_limit_of_rate(10000);
	char expected[80];

	configure(r, "{'providers': {'sandbox': {'rate': {'per_second': 10}}}}");
	assert_health(r, "{'limits': {'provider:sandbox': 0}}");
	records_write(r, charge_limit, NULL);
	(void) snprintf(expected, sizeof expected, "{'limits': {'provider:sandbox': %d}}",
	                (int) ((5 - (limit.burst - 1)) * limit.spacing_us / 1000));
	assert_health(r, expected);
	records_clock(r, RECORDS_START + 1);
	assert_health(r, "{'limits': {'provider:sandbox': 0}}");
}

static void missing_settings_are_named_one_by_one(void **state)
{
	static const struct {
		const char *settings;
		const char *problems; /* of those below */
	} cases[] = {
		{"{}", "no_entity no_provider no_sender"},
		{"{'providers': {'sandbox': {}}}", "no_entity no_sender"},
		{"{'entities': {'main': {'name': 'A'}}}", "no_provider no_sender"},
		{"{'entities': {'main': {'name': 'A'}}, 'providers': {'sandbox': {}}, 'senders': {'Shop': {}}}",
		 "no_opt_out_number"},
		{"{'entities': {'main': {'name': 'A', 'opt_out_number': '+79990000099'}}, 'providers': {'sandbox': {}},"
		 " 'senders': {'Shop': {}}}", ""},
	};
	static const char *const codes[] = {
		"no_entity", "no_provider", "no_sender", "no_opt_out_number", "settings_absent",
	};
	records *r = *state;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		json_t *out;

		records_case(cases[i].settings);
		configure(r, cases[i].settings);
		out = health(r);
		for (size_t j = 0; j < COUNT_OF(codes); j++) {
			assert_int_equal(has_problem(out, codes[j]), strstr(cases[i].problems, codes[j]) != NULL);
		}
		json_decref(out);
	}
}

static void a_store_without_settings_says_just_that(void **state)
{
	static const char *const suffixes[] = {"", "-wal", "-shm"};
	records *r = *state;
	char path[96];
	json_t *out;

	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		(void) snprintf(path, sizeof path, "%s/s.db%s", r->directory, suffixes[i]);
		(void) remove(path);
	}
	records_reopen(r);
	out = health(r);
	assert_true(has_problem(out, "settings_absent"));
	assert_false(has_problem(out, "no_entity"));
	assert_json_like(out, "{'settings_version': 0, 'providers': {}}");
	json_decref(out);
}

/* A file of the same content that is another file: what a copied site has. */
static void replace_by_copy(records *r)
{
	char path[96], aside[96];
	FILE *from, *to;
	int c;

	vst_engine_close(r->engine);
	r->engine = NULL;
	(void) snprintf(path, sizeof path, "%s/s.db", r->directory);
	(void) snprintf(aside, sizeof aside, "%s/aside", r->directory);
	assert_int_equal(rename(path, aside), 0);
	from = fopen(aside, "rb");
	to = fopen(path, "wb");
	assert_non_null(from);
	assert_non_null(to);
	while ((c = fgetc(from)) != EOF) {
		(void) fputc(c, to);
	}
	(void) fclose(from);
	assert_int_equal(fclose(to), 0);
	assert_int_equal(chmod(path, 0600), 0);
	assert_int_equal(remove(aside), 0);
	records_reopen(r);
}

static void a_copied_store_says_that_it_holds(void **state)
{
	records *r = *state;
	json_t *out = NULL;

	assert_false(problem_now(r, "store_holds"));
	/* The log goes into the file when its last user leaves, or is taken along by a copy. */
	assert_int_equal(vst_store_checkpoint(r->engine->store, 0, NULL), VST_OK);
	replace_by_copy(r);
	assert_true(problem_now(r, "store_holds"));
	assert_false(problem_now(r, "store_is_copy"));
	assert_health(r, "{'store': {'hold': 'moved'}}");
	assert_int_equal(vst_engine_answer(r->engine, VST_STR("copy"), &out, NULL), VST_OK);
	json_decref(out);
	assert_true(problem_now(r, "store_is_copy"));
	assert_false(problem_now(r, "store_holds"));
	assert_health(r, "{'store': {'hold': 'copy'}}");
	assert_int_equal(vst_engine_answer(r->engine, VST_STR("live"), &out, NULL), VST_OK);
	json_decref(out);
	assert_false(problem_now(r, "store_is_copy"));
	assert_health(r, "{'store': {'hold': null}}");
}

static void ledger_and_feed_show_their_ends(void **state)
{
	records *r = *state;
	json_t *evidence = json_of("{'source': 'paper', 'wording': 'w'}"), *out = NULL;

	assert_int_equal(vst_engine_consent_grant(r->engine, VST_STR("+79990000001"), evidence, &out, NULL), VST_OK);
	json_decref(out);
	assert_int_equal(vst_engine_consent_grant(r->engine, VST_STR("+79990000002"), evidence, &out, NULL), VST_OK);
	json_decref(out);
	json_decref(evidence);
	out = health(r);
	assert_json_like(out, "{'ledger': {'events': 2}, 'events': {'oldest': 1, 'newest': 2}}");
	assert_int_equal(json_string_length(json_object_get(json_object_get(out, "ledger"), "head")), 64);
	json_decref(out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		records_test(a_quiet_store_shows_zeros_and_its_place),
		records_test(every_problem_has_words_in_both_languages),
		records_test(the_queue_is_counted_by_category_and_turn),
		records_test(what_is_held_or_not_due_needs_no_worker),
		records_test(workers_are_known_by_their_lock_not_by_their_word),
		records_test(a_stopped_provider_is_a_problem_until_it_may_be_tried),
		records_test(a_provider_that_does_not_answer_is_one_too),
		records_test(limits_tell_when_the_next_message_may_go),
		records_test(missing_settings_are_named_one_by_one),
		records_test(a_store_without_settings_says_just_that),
		records_test(a_copied_store_says_that_it_holds),
		records_test(ledger_and_feed_show_their_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
