#define _GNU_SOURCE
#include "shop.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char default_settings[] =
	"{\"entities\":{\"main\":{\"name\":\"ООО «Ромашка»\",\"brand\":\"Ромашка\",\"inn\":\"7700000000\","
	"\"ogrn\":\"1027700000000\",\"address\":\"Москва\",\"site\":\"https://romashka.example\","
	"\"opt_out_number\":\"+79990000099\"}},"
	"\"providers\":{\"sandbox\":{}},"
	"\"senders\":{\"Romashka\":{\"provider\":\"sandbox\"}}}";

static const struct {
	const char *name;
	int hours;
} zones[] = {
	{"Europe/Kaliningrad", 2},  {"Europe/Moscow", 3},    {"Europe/Samara", 4},   {"Asia/Yekaterinburg", 5},
	{"Asia/Omsk", 6},           {"Asia/Krasnoyarsk", 7}, {"Asia/Irkutsk", 8},    {"Asia/Yakutsk", 9},
	{"Asia/Vladivostok", 10},   {"Asia/Magadan", 11},    {"Asia/Kamchatka", 12}, {"Asia/Ust-Nera", 10},
	{"Asia/Srednekolymsk", 11},
};

static int64_t now_ms(void *context)
{
	return ((struct shop *) context)->now_ms;
}

static int64_t monotonic_ns(void *context)
{
	return ((struct shop *) context)->monotonic_ns += 1000;
}

/* xorshift64*: repeatable; ids need to differ, not to be secret here. */
static bool fill_random(void *context, void *bytes, size_t count)
{
	uint64_t *state = &((struct shop *) context)->random;

	for (size_t i = 0; i < count; i++) {
		*state ^= *state >> 12;
		*state ^= *state << 25;
		*state ^= *state >> 27;
		((unsigned char *) bytes)[i] = (unsigned char) (*state * UINT64_C(2685821657736338717) >> 56);
	}
	return true;
}

static vst_rc zone_load(void *context, const char *name, vst_zone **out, vst_err *err)
{
	int hours = 3; /* the other zones of Russia: any of its offsets will do */

	(void) context;
	if (strncmp(name, "Europe/", 7) != 0 && strncmp(name, "Asia/", 5) != 0) {
		return vst_fail(err, VST_E_INVALID, "no such zone");
	}
	for (size_t i = 0; i < COUNT_OF(zones); i++) {
		hours = strcmp(zones[i].name, name) == 0 ? zones[i].hours : hours;
	}
	return vst_zone_new(name, &(vst_transition) {0, hours * 3600}, 1, out, err);
}

static void keep_quiet(void *context, vst_log_level level, const char *text)
{
	(void) context;
	(void) level;
	(void) text;
}

static bool should_stop(void *context)
{
	return ((struct shop *) context)->stop;
}

static void open_engine(struct shop *shop)
{
	vst_engine_options options = {
		.store = {.dsn = vst_str_from(shop->dsn), .file_mode = 0600, .document_root = VST_STR_EMPTY},
		.ini_path = VST_STR_EMPTY,
		.user = VST_STR("tester"),
		.numbering = shop->numbering,
	};
	vst_err err = VST_ERR_INIT;

	assert_ok(vst_engine_open(&options, &shop->env, &shop->engine, &err), err);
}

void shop_open(struct shop *shop, const char *json)
{
	json_t *settings = json_loads(json != NULL ? json : default_settings, 0, NULL);
	vst_err err = VST_ERR_INIT;

	memset(shop, 0, sizeof *shop);
	(void) snprintf(shop->directory, sizeof shop->directory, "/tmp/vestnik-test-XXXXXX");
	assert_non_null(mkdtemp(shop->directory));
	(void) snprintf(shop->dsn, sizeof shop->dsn, "sqlite:%s/s.db", shop->directory);
	shop->now_ms = SHOP_NOON * 1000;
	shop->random = UINT64_C(0x9e3779b97f4a7c15);
	shop->env = (vst_env) {shop, now_ms, monotonic_ns, fill_random, zone_load, keep_quiet, should_stop};
	open_engine(shop);
	assert_non_null(settings);
	assert_ok(vst_engine_configure(shop->engine, settings, &err), err);
	json_decref(settings);
}

void shop_reopen(struct shop *shop)
{
	vst_engine_close(shop->engine);
	open_engine(shop);
}

void shop_forked(struct shop *shop)
{
	vst_engine_forget(shop->engine);
	open_engine(shop);
}

void shop_close(struct shop *shop)
{
	char command[128];

	vst_engine_close(shop->engine);
	vst_arena_free(&shop->arena);
	(void) snprintf(command, sizeof command, "rm -rf '%s'", shop->directory);
	assert_int_equal(system(command), 0);
}

void shop_advance(struct shop *shop, int64_t seconds)
{
	shop->now_ms += seconds * 1000;
	shop->monotonic_ns += seconds * INT64_C(1000000000);
}

void shop_consent(struct shop *shop, const char *phone)
{
	json_t *evidence = json_pack("{s:s, s:s, s:s, s:b, s:b}", "source", "checkout", "wording", "Согласен на рекламу",
	                             "confirmed_by", "code", "pre_ticked", 0, "separate", 1);
	json_t *out = NULL;
	vst_err err = VST_ERR_INIT;

	assert_ok(vst_engine_consent_grant(shop->engine, vst_str_from(phone), evidence, &out, &err), err);
	json_decref(evidence);
	json_decref(out);
}

vst_submission shop_message(const char *phone, const char *text)
{
	vst_submission message;

	memset(&message, 0, sizeof message);
	message.phone = vst_str_from(phone);
	message.text = vst_str_from(text);
	message.has_text = true;
	message.category = VST_STR("service");
	message.order_number = VST_STR("15");
	message.template_text = message.entity = message.sender = message.provider = message.key = message.timezone =
		message.campaign = message.basis = message.site = message.customer = message.approved_by = message.region =
			message.scenario = VST_STR_EMPTY;
	return message;
}

vst_submission shop_advertisement(const char *phone, const char *text)
{
	vst_submission message = shop_message(phone, text);

	message.category = VST_STR("advertising");
	message.order_number = VST_STR_EMPTY;
	message.approved_by = VST_STR("Иванова");
	return message;
}

vst_receipt shop_submit(struct shop *shop, const vst_submission *message)
{
	vst_receipt receipt;
	vst_err err = VST_ERR_INIT;

	assert_ok(vst_engine_submit(shop->engine, message, &shop->arena, &receipt, &err), err);
	return receipt;
}

vst_dispatch_result shop_dispatch(struct shop *shop)
{
	vst_dispatch_result result, total = {0};
	vst_err err = VST_ERR_INIT;

	for (int i = 0; i < 100; i++) {
		assert_ok(vst_engine_dispatch(shop->engine, 1000, false, &result, &err), err);
		total.sent += result.sent;
		total.settled += result.settled;
		total.claimed += result.claimed;
		total.expired += result.expired;
		total.recovered += result.recovered;
		total.in_doubt += result.in_doubt;
		if (result.idle) {
			break;
		}
	}
	total.next_due = result.next_due;
	total.in_flight = result.in_flight;
	total.idle = result.idle;
	return total;
}

json_t *shop_stored(struct shop *shop, vst_id id)
{
	char text[VST_ID_LEN + 1];
	json_t *out = NULL;
	vst_err err = VST_ERR_INIT;

	vst_id_format(id, text);
	assert_ok(vst_engine_message(shop->engine, vst_str_from(text), &out, &err), err);
	return out;
}

void assert_state(struct shop *shop, vst_id id, const char *state)
{
	json_t *stored = shop_stored(shop, id);
	const char *actual = json_string_value(json_object_get(stored, "state"));

	if (actual == NULL || strcmp(actual, state) != 0) {
		const char *reason = json_string_value(json_object_get(stored, "reason"));

		fail_msg("state is %s (%s), expected %s", actual != NULL ? actual : "?", reason != NULL ? reason : "", state);
	}
	json_decref(stored);
}

bool receipt_has(const vst_receipt *receipt, const char *code)
{
	for (size_t i = 0; i < receipt->decision.finding_count; i++) {
		if (strcmp(receipt->decision.findings[i].code, code) == 0) {
			return true;
		}
	}
	return false;
}
