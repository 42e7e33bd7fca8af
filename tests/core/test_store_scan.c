#include "store_fixture.h"

#include <jansson.h>
#include <stdlib.h>

/* A property test: whatever the filter, the direction and the size of a step, a scan finds what a plain loop finds. */

enum { MESSAGES = 240, PEOPLE = 5, ENTITIES = 2 };

typedef struct sample {
	vst_message messages[MESSAGES];
	size_t count;
	unsigned random;
} sample;

static unsigned draw(sample *set, unsigned below)
{
	set->random = set->random * 1664525u + 1013904223u;
	return (set->random >> 16) % below;
}

static vst_str one_of(sample *set, const char *const *texts, unsigned count)
{
	return vst_str_from(texts[draw(set, count)]);
}

static vst_message drawn_message(sample *set, int64_t now_ms)
{
	static const char *const orders[] = {"", "15", "16"};
	static const char *const campaigns[] = {"", "autumn", "Autumn"};
	static const char *const tags[] = {
		"", "[]", "[\"a\"]", "[\"ab\",\"b\"]", "[\"a\\\"b\",\"vip\"]", "[\"a\\nb\",\"\\u001fx\",\"ю\"]"};

	return (vst_message) {
		.id = {0, draw(set, 1000)},
		.entity = 1 + draw(set, ENTITIES),
		.phone = INT64_C(79990000000) + draw(set, PEOPLE),
		.category = (vst_category) draw(set, VST_CATEGORY_COUNT),
		.created_ms = now_ms,
		.state = (vst_state) draw(set, VST_STATE_COUNT),
		.held = draw(set, 2) != 0,
		.order_number = one_of(set, orders, COUNT_OF(orders)),
		.campaign = one_of(set, campaigns, COUNT_OF(campaigns)),
		.tags = one_of(set, tags, COUNT_OF(tags)),
		.text = VST_STR("text"),
		.key = VST_STR_EMPTY,
		.customer = VST_STR_EMPTY,
		.site = VST_STR_EMPTY,
		.basis = VST_STR_EMPTY,
		.approved_by = VST_STR_EMPTY,
		.zones = VST_STR_EMPTY,
		.decision = VST_STR_EMPTY,
		.reason = VST_STR_EMPTY,
		.provider_message = VST_STR_EMPTY,
		.provider_code = VST_STR_EMPTY,
	};
}

/* Ids 1, 2 … in this order: a store that never saw a name gives them. */
static vst_rc name_entities(vst_tx *tx, void *context, vst_err *err)
{
	(void) context;
	for (int64_t i = 1; i <= ENTITIES; i++) {
		char name[2] = {(char) ('a' + i), '\0'};
		int64_t id;

		TRY(vst_name_id(tx, VST_NAME_ENTITY, vst_str_from(name), &id, err));
		assert_int_equal(id, i);
	}
	return VST_OK;
}

static vst_rc put_some(vst_tx *tx, void *context, vst_err *err)
{
	sample *set = context;

	for (int i = 0; i < 12; i++) {
		vst_message *message = &set->messages[set->count];
		vst_person person;

		*message = drawn_message(set, vst_tx_now_ms(tx));
		TRY(vst_message_next_seq(tx, &message->id.seq, err));
		TRY(vst_person_get(tx, message->entity, message->phone, vst_tx_now(tx), &person, err));
		message->previous = person.last_seq;
		person.last_seq = message->id.seq;
		TRY(vst_person_put(tx, message->entity, &person, err));
		TRY(vst_message_insert(tx, message, err));
		set->count++;
	}
	return VST_OK;
}

static sample *put_sample(store_fixture *fixture)
{
	sample *set = calloc(1, sizeof *set);

	assert_non_null(set);
	set->random = 7;
	store_write(fixture->store, name_entities, NULL);
	while (set->count < MESSAGES) {
		store_write(fixture->store, put_some, set);
		fixture->now_ms += 10000;
	}
	return set;
}

static bool has_tag(vst_str tags, vst_str tag)
{
	json_t *list = json_loadb(tags.ptr, tags.len, 0, NULL), *item;
	size_t i;
	bool found = false;

	json_array_foreach(list, i, item) {
		found = found || vst_str_is(tag, json_string_value(item));
	}
	json_decref(list);
	return found;
}

static bool wanted(const vst_message_filter *f, const vst_message *m)
{
	return (f->entity == 0 || m->entity == f->entity) && (f->phone == 0 || m->phone == f->phone) &&
	       (f->states == 0 || (f->states & 1u << m->state) != 0) &&
	       (f->categories == 0 || (f->categories & 1u << m->category) != 0) &&
	       (f->held == -1 || f->held == (m->held ? 1 : 0)) && (f->from == 0 || m->created_ms >= f->from * 1000) &&
	       (f->to == 0 || m->created_ms < f->to * 1000) &&
	       (f->order_number.len == 0 || vst_str_equal(f->order_number, m->order_number)) &&
	       (f->campaign.len == 0 || vst_str_equal(f->campaign, m->campaign)) &&
	       (f->tag.len == 0 || has_tag(m->tags, f->tag));
}

typedef struct scan_body {
	vst_message_filter filter;
	bool ascending;
	int64_t position, step;
	int64_t resume;
	int stop_after; /* 0: never */
	int64_t seen[MESSAGES];
	size_t count;
} scan_body;

static vst_rc visit(void *context, const vst_message *message, bool *stop, vst_err *err)
{
	scan_body *body = context;

	(void) err;
	assert_str(message->text, "text");
	assert_true(body->count < MESSAGES);
	body->seen[body->count++] = message->id.seq;
	*stop = body->stop_after != 0 && body->count % (size_t) body->stop_after == 0;
	return VST_OK;
}

static vst_rc scan(vst_tx *tx, void *context, vst_err *err)
{
	scan_body *body = context;

	return vst_message_scan(tx, &body->filter, body->ascending, body->position, body->step, visit, body, &body->resume,
	                        err);
}

static void scan_all(store_fixture *fixture, scan_body *body)
{
	int rounds = 0;

	body->count = 0;
	body->position = 0;
	do {
		store_read(fixture->store, scan, body);
		body->position = body->resume;
		assert_true(++rounds < 1000);
	} while (body->resume != 0);
}

static void assert_found(const sample *set, const scan_body *body)
{
	size_t found = 0;

	for (size_t i = 0; i < set->count; i++) {
		const vst_message *message = &set->messages[body->ascending ? i : set->count - 1 - i];

		if (wanted(&body->filter, message)) {
			assert_true(found < body->count);
			assert_int_equal(body->seen[found], message->id.seq);
			found++;
		}
	}
	assert_int_equal(body->count, found);
}

static vst_message_filter drawn_filter(sample *set)
{
	static const char *const tags[] = {"a", "ab", "b", "vip", "a\"b", "a\nb", "\x1fx", "ю", "missing"};
	int64_t first = FIXTURE_NOW_MS / 1000;
	vst_message_filter filter = {.order_number = VST_STR_EMPTY,
	                             .campaign = VST_STR_EMPTY,
	                             .tag = VST_STR_EMPTY,
	                             .customer = VST_STR_EMPTY,
	                             .held = -1};

	filter.entity = draw(set, 2) == 0 ? 1 + draw(set, ENTITIES) : 0;
	filter.phone = draw(set, 2) == 0 ? INT64_C(79990000000) + draw(set, PEOPLE + 1) : 0;
	filter.states = draw(set, 2) == 0 ? draw(set, 1 << VST_STATE_COUNT) : 0;
	filter.categories = draw(set, 2) == 0 ? draw(set, 1 << VST_CATEGORY_COUNT) : 0;
	filter.held = (int) draw(set, 3) - 1;
	filter.from = draw(set, 3) == 0 ? first + draw(set, 200) : 0;
	filter.to = draw(set, 3) == 0 ? first + draw(set, 200) : 0;
	filter.order_number = draw(set, 4) == 0 ? VST_STR("15") : VST_STR_EMPTY;
	filter.campaign = draw(set, 4) == 0 ? VST_STR("autumn") : VST_STR_EMPTY;
	filter.tag = draw(set, 3) == 0 ? vst_str_from(tags[draw(set, COUNT_OF(tags))]) : VST_STR_EMPTY;
	return filter;
}

static void a_scan_finds_what_a_loop_finds(void **state)
{
	store_fixture *fixture = *state;
	sample *set = put_sample(fixture);
	size_t found = 0;

	for (int i = 0; i < 500; i++) {
		scan_body body = {.filter = drawn_filter(set),
		                  .ascending = draw(set, 2) != 0,
		                  .step = 1 + draw(set, 50),
		                  .stop_after = (int) draw(set, 4)};

		scan_all(fixture, &body);
		assert_found(set, &body);
		found += body.count;
	}
	assert_true(found > 1000); /* the filters are not so narrow that nothing was compared */
	free(set);
}

static void a_step_reads_no_more_than_it_may(void **state)
{
	store_fixture *fixture = *state;
	sample *set = put_sample(fixture);
	scan_body body = {.filter = {.held = -1,
	                             .order_number = VST_STR_EMPTY,
	                             .campaign = VST_STR_EMPTY,
	                             .tag = VST_STR("missing"),
	                             .customer = VST_STR_EMPTY},
	                  .step = 10};

	store_read(fixture->store, scan, &body);
	assert_int_equal(body.count, 0);
	assert_int_equal(body.resume, set->messages[MESSAGES - 10].id.seq);
	free(set);
}

static void one_message_is_found_by_its_id_only_with_its_nonce(void **state)
{
	store_fixture *fixture = *state;
	sample *set = put_sample(fixture);
	scan_body body = {.filter = {.held = -1,
	                             .order_number = VST_STR_EMPTY,
	                             .campaign = VST_STR_EMPTY,
	                             .tag = VST_STR_EMPTY,
	                             .customer = VST_STR_EMPTY},
	                  .step = 10};

	body.filter.seq = set->messages[17].id.seq;
	body.filter.nonce = set->messages[17].id.nonce;
	scan_all(fixture, &body);
	assert_int_equal(body.count, 1);
	assert_int_equal(body.seen[0], body.filter.seq);
	body.filter.nonce++;
	scan_all(fixture, &body);
	assert_int_equal(body.count, 0);
	free(set);
}

static void changed_states_are_what_is_filtered(void **state)
{
	store_fixture *fixture = *state;
	sample *set = put_sample(fixture);
	scan_body body = {.filter = {.held = -1,
	                             .order_number = VST_STR_EMPTY,
	                             .campaign = VST_STR_EMPTY,
	                             .tag = VST_STR_EMPTY,
	                             .customer = VST_STR_EMPTY,
	                             .states = 1u << VST_IN_DOUBT},
	                  .step = 1000};
	size_t before;

	scan_all(fixture, &body);
	before = body.count;
	store_sql(
		fixture->store,
		"INSERT INTO vst_progress SELECT seq, 11, 0, 0, 0, 1, 0, 0, 0, '', '', '' FROM vst_message WHERE state = 0");
	scan_all(fixture, &body);
	assert_int_equal(body.count,
	                 before + (size_t) store_sql_integer(fixture->store, "SELECT COUNT(*) FROM vst_progress"));
	assert_true(body.count > before);
	free(set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_scan_finds_what_a_loop_finds, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(a_step_reads_no_more_than_it_may, store_setup, store_teardown),
		cmocka_unit_test_setup_teardown(one_message_is_found_by_its_id_only_with_its_nonce, store_setup,
	                                    store_teardown),
		cmocka_unit_test_setup_teardown(changed_states_are_what_is_filtered, store_setup, store_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
