/* Facts as they are kept with a decision: every field, nothing lost, little space, and no harm in a broken record. */
#define _GNU_SOURCE

#include <stdio.h>
#include <stdlib.h>

#include "engine/facts_record.h"
#include "engine/text_delta.h"
#include "law_scene.h"
#include "shop.h"

static struct shop shop;
static vst_arena arena;

static int open_shop(void **state)
{
	(void) state;
	shop_open(&shop, NULL);
	return 0;
}

static int close_shop(void **state)
{
	(void) state;
	vst_arena_free(&arena);
	shop_close(&shop);
	scene_end();
	return 0;
}

/* ---- that all fields are there ---- */

static char *read_header(const char *path)
{
	char name[512];
	FILE *file;
	char *text;
	size_t len;

	(void) snprintf(name, sizeof name, "%s/../../ext/core/%s", VST_TESTS_DIR, path);
	file = fopen(name, "r");
	assert_non_null(file);
	text = calloc(1, 1 << 16);
	assert_non_null(text);
	len = fread(text, 1, (1 << 16) - 1, file);
	assert_true(len > 0);
	assert_int_equal(fclose(file), 0);
	return text;
}

/* The body of `typedef struct NAME { … } NAME;` without its comments; free it. */
static char *body_of(const char *path, const char *name)
{
	char opening[80], closing[80];
	char *text = read_header(path), *begin, *end, *out, *to;

	(void) snprintf(opening, sizeof opening, "typedef struct %s {", name);
	(void) snprintf(closing, sizeof closing, "} %s;", name);
	begin = strstr(text, opening);
	assert_non_null(begin);
	begin += strlen(opening);
	end = strstr(begin, closing);
	assert_non_null(end);
	*end = '\0';
	out = to = calloc(1, strlen(begin) + 1);
	assert_non_null(out);
	while (*begin != '\0') {
		if (begin[0] == '/' && begin[1] == '*') {
			begin = strstr(begin, "*/") + 2;
		} else {
			*to++ = *begin++;
		}
	}
	free(text);
	return out;
}

typedef void (*member_visit)(const char *type, const char *member, void *context);

/* Every member of a struct with its type's first word. */
static void each_member(const char *path, const char *name, member_visit visit, void *context)
{
	char *body = body_of(path, name), *declaration, *rest = body;

	while ((declaration = strtok_r(rest, ";", &rest)) != NULL) {
		char type[64] = "", *declarator, *more = declaration;

		if (sscanf(declaration, " %63s", type) != 1) {
			continue;
		}
		while ((declarator = strtok_r(more, ",", &more)) != NULL) {
			size_t end = strcspn(declarator, "["), begin;

			while (end > 0 && strchr(" \t\n", declarator[end - 1]) != NULL) {
				end--;
			}
			declarator[end] = '\0';
			for (begin = end; begin > 0 && strchr(" \t\n*", declarator[begin - 1]) == NULL; begin--) {
			}
			visit(type, declarator + begin, context);
		}
	}
	free(body);
}

static bool is_field(const char *name)
{
	for (size_t i = 0; vst_facts_field_name(i) != NULL; i++) {
		if (strcmp(vst_facts_field_name(i), name) == 0) {
			return true;
		}
	}
	return false;
}

static void expect_field(const char *type, const char *member, void *context)
{
	const char *prefix = context;
	char name[128];
	size_t len = strlen(member);

	(void) snprintf(name, sizeof name, "%s%s", prefix, member);
	if (strcmp(type, "vst_gate_entity") == 0) {
		each_member("law/law.h", type, expect_field, (char[]) {"entity."});
	} else if (strcmp(type, "vst_gate_sender") == 0) {
		each_member("law/law.h", type, expect_field, (char[]) {"sender."});
	} else if (strcmp(type, "vst_template_fault") == 0) {
		each_member("text/template.h", type, expect_field, (char[]) {"template_fault."});
	} else if (!(len > 6 && strcmp(member + len - 6, "_count") == 0) && !is_field(name)) {
		fail_msg("%s is a fact that facts_record.c does not pack", name);
	}
}

static void test_every_fact_has_a_field(void **state)
{
	(void) state;
	each_member("law/law.h", "vst_gate_facts", expect_field, (char[]) {""});
}

static void expect_known(const char *type, const char *member, void *context)
{
	(void) type;
	if (strstr((const char *) context, member) == NULL) {
		fail_msg("%s is a part of a person that facts_person.c does not pack", member);
	}
}

static void test_all_of_a_person_is_packed(void **state)
{
	(void) state;
	each_member("base/model.h", "vst_person", expect_known,
	            (char[]) {"phone consent stop_advertising stop_all bar_until active_at last_seq consent_elsewhere charges "
	                      "charge_count"});
	each_member("base/model.h", "vst_consent_fact", expect_known, (char[]) {"status since event source complete"});
	each_member("base/model.h", "vst_cap_charge", expect_known, (char[]) {"at seq kind priority sent"});
}

/* ---- there and back ---- */

struct keeping {
	const vst_facts_known *known;
	const vst_gate_facts *facts; /* NULL: unpack */
	vst_str record;
	vst_kept_facts *kept;
};

static vst_rc keep(vst_tx *tx, void *context, vst_err *err)
{
	struct keeping *k = context;

	return k->facts != NULL ? vst_facts_pack(tx, k->facts, k->known, &arena, &k->record, err)
	                        : vst_facts_unpack(tx, k->known, &arena, k->kept, err);
}

static vst_str pack(const vst_facts_known *known, const vst_gate_facts *facts)
{
	struct keeping k = {known, facts, VST_STR_EMPTY, NULL};
	vst_err err = VST_ERR_INIT;

	assert_ok(vst_store_write(shop.engine->store, keep, &k, &err), err);
	return k.record;
}

static vst_rc unpack(const vst_facts_known *known, vst_kept_facts *kept)
{
	struct keeping k = {known, NULL, VST_STR_EMPTY, kept};
	vst_err err = VST_ERR_INIT;

	return vst_store_read(shop.engine->store, keep, &k, &err);
}

static vst_message a_row(void)
{
	vst_message row;

	memset(&row, 0, sizeof row);
	row.text = VST_STR("Скидка 20% Отказ: +79990000099");
	row.sender = row.provider = 0;
	row.key = row.order_number = row.campaign = row.customer = row.site = row.basis = row.approved_by = row.tags =
		row.zones = row.decision = row.facts = VST_STR_EMPTY;
	row.phone = INT64_C(79990000001);
	row.category = VST_ADVERTISING;
	row.created_ms = INT64_C(1795435200000);
	return row;
}

static const vst_zone *zones[2];
static vst_str lists[4][2] = {
	{VST_STR("romashka.example"), VST_STR("r.example")},
	{VST_STR("https://a.example"), VST_STR("https://b.example")},
	{VST_STR("R23"), VST_STR("R33")},
	{VST_STR("alcohol"), VST_STR("autumn")},
};

static vst_person a_person(void)
{
	vst_person person;

	memset(&person, 0, sizeof person);
	person.phone = INT64_C(79990000002);
	for (int i = 0; i < VST_PURPOSE_COUNT; i++) {
		person.consent[i] = (vst_consent_fact) {(vst_consent_status) i, 1700000000 + i, 100 + i, (vst_source) (7 - i),
		                                        i % 2 == 0};
	}
	person.stop_advertising = 5;
	person.stop_all = 8;
	person.bar_until = 1800000000;
	person.active_at = 1600000000;
	person.last_seq = INT64_C(58831823000000000);
	person.consent_elsewhere = true;
	person.charge_count = VST_CHARGES_MAX;
	for (size_t i = 0; i < VST_CHARGES_MAX; i++) {
		int64_t at = 1795000000 + (int64_t) i * 7777;

		person.charges[i] = (vst_cap_charge) {at, (at * 1000 - 12345) << VST_SEQ_COUNTER_BITS | (int64_t) i,
		                                      (vst_charge_kind) (i % VST_CHARGE_KIND_COUNT), (int) (i % 10), i % 2 == 0};
	}
	return person;
}

/* Nothing is as a row or the settings would say it. */
static void fill(vst_gate_facts *f, const vst_person *person)
{
	static const char *const countries[] = {"BY", "KZ", NULL};

	memset(f, 0, sizeof *f);
	f->at_dispatch = true;
	f->category = VST_SERVICE;
	f->text = VST_STR("Скидка 30%");
	f->given_text = VST_STR("Скидка {percent}%");
	f->from_template = true;
	f->template_fault = (vst_template_fault) {VST_TEMPLATE_EMPTY, 7, VST_STR("percent"), "it is empty"};
	memcpy(f->phone_country, "KZ", 3);
	f->operator_name = VST_STR("ПАО «Первый»");
	f->operator_inn = VST_STR("7700000009");
	f->territory = VST_STR("Республика Саха (Якутия)");
	f->countries = countries;
	f->zones = zones;
	f->zone_count = 2;
	f->zones_known = true;
	f->zone_source = VST_ZONE_REGION;
	f->provider = VST_STR("other");
	f->validity = VST_VALIDITY_NONE;
	f->now = 1795435201;
	f->not_before = 11;
	f->valid_until = 12;
	f->offer_until = 13;
	f->order = VST_STR("order");
	f->basis = VST_STR("basis");
	f->approved_by = VST_STR("approved by");
	f->campaign = VST_STR("campaign");
	f->scenario = VST_STR("scenario");
	f->campaign_approved_by = VST_STR("campaign approved by");
	f->scenario_approved_by = VST_STR("scenario approved by");
	f->priority = 9;
	f->debt = true;
	f->link = VST_STR("https://r.example/x");
	f->own_hosts = lists[0];
	f->order_links = lists[1];
	f->acknowledged = lists[2];
	f->tags = lists[3];
	f->own_host_count = f->order_link_count = f->acknowledged_count = f->tag_count = 2;
	f->entity = (vst_gate_entity) {VST_STR("id"),   VST_STR("name"),    VST_STR("brand"), VST_STR("inn"),
	                               VST_STR("ogrn"), VST_STR("address"), VST_STR("site"),  VST_STR("opt out")};
	f->sender = (vst_gate_sender) {VST_STR("Sender"), false, true, true};
	f->person = person;
	f->own_seq = INT64_C(1) << 62;
	f->outbid = true;
	f->rate_until = 14;
	f->spread_key = UINT64_C(0xfedcba9876543210);
}

/* The numbers of the fields in a record, as a bit set. */
static uint64_t numbers_in(vst_str record)
{
	vst_unpacker unpacker = vst_unpacker_of(record);
	uint64_t found = 0;

	(void) vst_unpack(&unpacker);
	(void) vst_unpack(&unpacker);
	while (unpacker.at < unpacker.end) {
		int64_t tag = vst_unpack(&unpacker);

		if ((tag & 1) != 0) {
			(void) vst_unpack_bytes(&unpacker);
		} else {
			(void) vst_unpack(&unpacker);
		}
		assert_false(unpacker.broken);
		found |= UINT64_C(1) << (tag >> 1);
	}
	return found;
}

static void test_nothing_is_lost(void **state)
{
	vst_message row = a_row();
	vst_person person = a_person();
	vst_facts_known known = {.message = &row, .sender = VST_STR_EMPTY, .provider = VST_STR_EMPTY};
	const vst_zone *own[VST_FACTS_ZONES_MAX];
	vst_kept_facts kept;
	vst_gate_facts facts;
	vst_str again;

	(void) state;
	zones[0] = scene_zone("Asia/Yakutsk");
	zones[1] = scene_zone("Asia/Vladivostok");
	fill(&facts, &person);
	row.facts = pack(&known, &facts);
	for (size_t i = 0; vst_facts_field_name(i) != NULL; i++) {
		if ((numbers_in(row.facts) >> i & 1) == 0 && strcmp(vst_facts_field_name(i), "phone_valid") != 0) {
			/* false, as the struct's zero is: of these the row expects the opposite */
			assert_string_equal(vst_facts_field_name(i), "a field whose value the row would give");
		}
	}
	assert_int_equal(unpack(&known, &kept), VST_OK);
	assert_str(kept.zone_names, "Asia/Yakutsk|Asia/Vladivostok");
	own[0] = zones[0];
	own[1] = zones[1];
	kept.facts.zones = own;
	kept.facts.zone_count = 2;
	again = pack(&known, &kept.facts);
	assert_int_equal(again.len, row.facts.len);
	assert_memory_equal(again.ptr, row.facts.ptr, again.len);
	/* and what came out is what went in */
	assert_str(kept.facts.text, "Скидка 30%");
	assert_str(kept.facts.given_text, "Скидка {percent}%");
	assert_str(kept.facts.territory, "Республика Саха (Якутия)");
	assert_string_equal(kept.facts.countries[1], "KZ");
	assert_null(kept.facts.countries[2]);
	assert_string_equal(kept.facts.template_fault.why, "it is empty");
	assert_str(kept.facts.acknowledged[1], "R33");
	assert_false(kept.facts.spread);
	assert_true(kept.facts.spread_key == facts.spread_key && kept.facts.own_seq == facts.own_seq);
	assert_ptr_equal(kept.facts.person, &kept.person);
	assert_int_equal(kept.person.charges[63].seq, person.charges[63].seq);
	assert_int_equal(kept.person.charges[63].at, person.charges[63].at);
	assert_int_equal(kept.person.charges[62].kind, person.charges[62].kind);
	assert_int_equal(kept.person.consent[3].since, person.consent[3].since);
	assert_int_equal(kept.person.consent[3].source, person.consent[3].source);
	assert_int_equal(kept.person.stop_all, 8);
	assert_int_equal(kept.person.active_at, person.active_at);
	assert_int_equal(kept.person.last_seq, person.last_seq);
	assert_int_equal(kept.person.phone, person.phone);
}

static void test_a_broken_record_is_noticed(void **state)
{
	vst_message row = a_row();
	vst_person person = a_person();
	vst_facts_known known = {.message = &row, .sender = VST_STR_EMPTY, .provider = VST_STR_EMPTY};
	vst_gate_facts facts;
	vst_kept_facts kept;
	vst_str packed;
	char *record;

	(void) state;
	fill(&facts, &person);
	packed = pack(&known, &facts);
	record = malloc(packed.len);
	assert_non_null(record);
	memcpy(record, packed.ptr, packed.len);
	/* Cut or changed anywhere: read as far as it goes, or refused; never beyond its end. */
	for (size_t round = 1; round < packed.len + 20000; round++) {
		size_t len = round < packed.len ? round : packed.len;
		char *copy = malloc(len);
		uint64_t dice;
		vst_rc rc;

		assert_non_null(copy);
		memcpy(copy, record, len);
		for (int i = 0; i < 3 && round >= packed.len; i++) {
			assert_true(shop.env.random(shop.env.context, &dice, sizeof dice));
			copy[dice % len] = (char) (dice >> 40);
		}
		row.facts = vst_str_of(copy, len);
		rc = unpack(&known, &kept);
		assert_true(rc == VST_OK || rc == VST_E_CORRUPT);
		free(copy);
		vst_arena_reset(&arena);
	}
	free(record);
}

static void test_a_field_of_a_later_version_is_passed_over(void **state)
{
	unsigned char bytes[64];
	vst_packer packer = {bytes, 0, sizeof bytes, false};
	vst_message row = a_row();
	vst_facts_known known = {.message = &row, .sender = VST_STR_EMPTY, .provider = VST_STR_EMPTY};
	vst_kept_facts kept;

	(void) state;
	vst_pack(&packer, 1);
	vst_pack(&packer, 3);
	vst_pack(&packer, 400 << 1 | 1);
	vst_pack_bytes(&packer, VST_STR("what nobody knows yet"));
	vst_pack(&packer, 401 << 1);
	vst_pack(&packer, -5);
	vst_pack(&packer, 11 << 1);
	vst_pack(&packer, 7);
	row.facts = vst_str_of((const char *) bytes, packer.len);
	assert_int_equal(unpack(&known, &kept), VST_OK);
	assert_int_equal(kept.facts.priority, 7);
	bytes[0] = 4; /* a version of the record itself that is not ours */
	assert_int_equal(unpack(&known, &kept), VST_E_CORRUPT);
	row.facts = VST_STR_EMPTY;
	assert_int_equal(unpack(&known, &kept), VST_OK);
	assert_str(kept.facts.text, "Скидка 20% Отказ: +79990000099");
}

/* ---- differences of texts ---- */

static size_t delta_of(vst_str text, vst_str base)
{
	static unsigned char bytes[1 << 17];
	vst_packer packer = {bytes, 0, sizeof bytes, false};
	vst_unpacker unpacker;
	vst_str back;

	vst_delta_pack(&packer, text, base);
	assert_false(packer.full);
	unpacker = vst_unpacker_of(vst_str_of((const char *) bytes, packer.len));
	assert_true(vst_delta_unpack(&unpacker, base, &arena, &back));
	assert_int_equal(back.len, text.len);
	assert_memory_equal(back.ptr, text.ptr, text.len);
	assert_ptr_equal(unpacker.at, unpacker.end);
	return packer.len;
}

static void test_deltas(void **state)
{
	char long_text[20001], other[20001];
	uint64_t dice;

	(void) state;
	assert_true(delta_of(VST_STR("Скидка 20%"), VST_STR("Ромашка: Скидка 20% Отказ: +79990000099")) <= 10);
	assert_true(delta_of(VST_STR("Заказ {order} принят, сумма {price}"), VST_STR("Заказ 15 принят, сумма 1990 ₽")) <=
	            32);
	assert_true(delta_of(VST_STR("«Да» — сказал он"), VST_STR("\"Да\" - сказал он")) <= 32);
	assert_true(delta_of(VST_STR_EMPTY, VST_STR("abc")) <= 1);
	assert_true(delta_of(VST_STR("abc"), VST_STR_EMPTY) <= 8);
	for (int round = 0; round < 300; round++) {
		size_t len, other_len;

		assert_true(shop.env.random(shop.env.context, &dice, sizeof dice));
		len = dice % (round % 50 == 0 ? 20000 : 300);
		other_len = (dice >> 20) % 300;
		for (size_t i = 0; i < len; i++) {
			long_text[i] = (char) ('a' + (dice >> (i % 48)) % 3);
		}
		memcpy(other, long_text, len);
		for (size_t i = 0; i < other_len && i < len; i++) {
			other[(i * 37) % len] = (char) ('a' + i % 3);
		}
		assert_true(delta_of(vst_str_of(long_text, len), vst_str_of(other, len)) <= len * 2 + 32);
		(void) delta_of(vst_str_of(long_text, len), vst_str_of(other, other_len < len ? other_len : len));
		vst_arena_reset(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_fact_has_a_field),
		cmocka_unit_test(test_all_of_a_person_is_packed),
		cmocka_unit_test(test_nothing_is_lost),
		cmocka_unit_test(test_a_broken_record_is_noticed),
		cmocka_unit_test(test_a_field_of_a_later_version_is_passed_over),
		cmocka_unit_test(test_deltas),
	};

	return cmocka_run_group_tests(tests, open_shop, close_shop);
}
