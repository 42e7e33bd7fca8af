/* Deferrals under many settings: each leads to a lawful instant, and reminders of debts to the earliest one. */
#include "check.h"

#include "law/calendar.h"
#include "law_scene.h"
#include "vectors.h"

#define DAY 86400

static vst_law_settings *settings_of(const char *text)
{
	json_t *json = json_loads(text, 0, NULL);
	vst_law_settings *settings;

	assert_non_null(json);
	settings = scene_settings(json);
	json_decref(json);
	return settings;
}

static vst_decision decide(const vst_law_settings *settings, const gate_scene *scene)
{
	vst_arena arena = VST_ARENA_INIT;
	vst_decision decision;
	vst_err err = VST_ERR_INIT;

	assert_int_equal(vst_gate_decide(settings, &scene->facts, &arena, &decision, &err), VST_OK);
	vst_arena_free(&arena); /* numbers and names of rules stay valid */
	return decision;
}

static void set_random_person(uint64_t *seed, gate_scene *scene, vst_charge_kind kind)
{
	vst_person *person = &scene->person;
	int64_t at = scene->facts.now - 8 * DAY;

	person->charge_count = vectors_random(seed) % 6;
	for (size_t i = 0; i < person->charge_count; i++) {
		at += (int64_t) (vectors_random(seed) % (4 * DAY));
		person->charges[i] =
			(vst_cap_charge) {.at = at, .seq = (int64_t) i + 1, .kind = kind, .sent = at <= scene->facts.now};
	}
}

/* A reminder of a debt; the scene's own text is an advertisement, which R02 would make it. */
static void set_reminder(gate_scene *scene)
{
	scene->facts.category = VST_SERVICE;
	scene->facts.order = VST_STR("1");
	scene->facts.debt = true;
	scene->facts.text = scene->facts.given_text = VST_STR("Заказ 1 не оплачен, срок оплаты прошёл");
}

static void set_random_scene(uint64_t *seed, gate_scene *scene)
{
	static const char *const territories[] = {"", "Город Москва", "Московская область", "Тверская область",
	                                          "Омская область"};
	const char *const *zones = scene_zone_names("russian");
	uint64_t kind = vectors_random(seed) % 3;

	scene_set(scene, NULL);
	scene->facts.now += (int64_t) (vectors_random(seed) % (60 * DAY));
	scene->facts.zone_count = 1 + vectors_random(seed) % 3;
	for (size_t i = 0; i < scene->facts.zone_count; i++) {
		scene->zones[i] = scene_zone(zones[vectors_random(seed) % 27]);
	}
	scene->facts.campaign = kind == 0 ? VST_STR("autumn") : VST_STR_EMPTY;
	scene->facts.validity = (vst_validity) (vectors_random(seed) % 3);
	scene->facts.territory = vst_str_from(territories[vectors_random(seed) % COUNT_OF(territories)]);
	if (kind == 2) {
		set_reminder(scene);
	}
	set_random_person(seed, scene, kind == 2 ? VST_CHARGE_DEBT : VST_CHARGE_ADVERTISING);
	if (vectors_random(seed) % 4 == 0) {
		scene->facts.not_before = scene->facts.now + (int64_t) (vectors_random(seed) % (3 * DAY));
	}
	if (vectors_random(seed) % 4 == 0) {
		scene->facts.valid_until = scene->facts.now + (int64_t) (vectors_random(seed) % (3 * DAY)) + 1;
	}
	scene->facts.spread_key = vectors_random(seed);
}

static void what_is_deferred_is_sent_at_its_due_time(void **state)
{
	static const char *const variants[] = {
		"{}",
		"{\"windows\": {\"advertising\": {\"preset\": \"market\"}}}",
		"{\"windows\": {\"advertising\": {\"preset\": \"strict\", \"prefer\": [\"campaign\", \"trigger\"]}}}",
		"{\"windows\": {\"rules\": [{\"category\": \"advertising\", \"days\": [\"weekend\", \"holiday\"], \"from\": "
		"\"11:00\", \"to\": \"19:00\"}, {\"category\": \"advertising\", \"territory\": \"Омская обл\", \"from\": "
		"\"08:00\", \"to\": \"20:00\"}, {\"category\": \"debt\", \"days\": \"mon\", \"from\": \"12:00\", \"to\": "
		"\"18:00\"}, {\"category\": \"service\", \"from\": \"07:00\", \"to\": \"21:00\"}]}}",
	};
	uint64_t seed = 51;
	int deferred = 0, refused = 0;

	(void) state;
	for (size_t v = 0; v < COUNT_OF(variants); v++) {
		vst_law_settings *settings = settings_of(variants[v]);

		for (int round = 0; round < 1500; round++) {
			gate_scene scene;
			vst_decision checked, decision;

			set_random_scene(&seed, &scene);
			checked = decide(settings, &scene);
			scene.facts.spread = true;
			decision = decide(settings, &scene);
			assert_int_equal(decision.verdict, checked.verdict);
			refused += decision.verdict == VST_VERDICT_REFUSE;
			if (decision.verdict != VST_VERDICT_DEFER) {
				continue;
			}
			deferred++;
			assert_true(checked.due > scene.facts.now && decision.due >= checked.due);
			assert_true(decision.due < checked.due + 900);
			assert_true(scene.facts.valid_until == 0 || decision.due < scene.facts.valid_until);
			scene.facts.at_dispatch = true;
			scene.facts.now = decision.due;
			assert_int_equal(decide(settings, &scene).verdict, VST_VERDICT_SEND);
			scene.facts.now = checked.due;
			assert_int_equal(decide(settings, &scene).verdict, VST_VERDICT_SEND);
		}
		vst_law_settings_free(settings);
	}
	assert_true(deferred > 2000 && refused > 50);
}

/* ---- the first instant, against looking at every minute ---- */

/* The Russian zones of 2026 keep one offset each. */
static bool all_clocks_allow(const gate_scene *scene, int64_t at, int64_t guard)
{
	for (size_t i = 0; i < scene->facts.zone_count; i++) {
		int64_t second = (at + vst_zone_offset(scene->zones[i], at)) % DAY;

		if (second < 7 * 3600 || second >= 23 * 3600 - guard) {
			return false;
		}
	}
	return true;
}

static void advertising_leaves_at_the_first_minute_that_hours_guard_and_margin_allow(void **state)
{
	vst_law_settings *settings = settings_of("{}");
	const char *const *zones = scene_zone_names("russian");
	uint64_t seed = 53;

	(void) state;
	for (int round = 0; round < 3000; round++) {
		gate_scene scene;
		vst_decision decision;
		int64_t guard, at;

		scene_set(&scene, NULL);
		scene.facts.now += 60 * (int64_t) (vectors_random(&seed) % (30 * 1440));
		scene.facts.zone_count = 1 + vectors_random(&seed) % 3;
		for (size_t i = 0; i < scene.facts.zone_count; i++) {
			scene.zones[i] = scene_zone(zones[vectors_random(&seed) % 27]);
		}
		scene.facts.validity = (vst_validity) (vectors_random(&seed) % 3);
		guard = scene.facts.validity == VST_VALIDITY_MINUTES ? 900 : 4500;
		for (at = scene.facts.now; !all_clocks_allow(&scene, at, guard);) {
			at += 60;
			assert_true(at < scene.facts.now + 2 * DAY);
		}
		decision = decide(settings, &scene);
		assert_int_equal(decision.due, at == scene.facts.now ? 0 : at);
	}
	vst_law_settings_free(settings);
}

/* ---- reminders, against counting by hand ---- */

static vst_date local_date(const vst_zone *zone, int64_t at)
{
	return vst_date_of(vst_day_of(at + vst_zone_offset(zone, at)));
}

/* Monday's date stands for the week. */
static int64_t local_week(const vst_zone *zone, int64_t at)
{
	return (vst_day_of(at + vst_zone_offset(zone, at)) + 3) / 7;
}

static bool one_more_is_allowed(const vst_person *person, const vst_zone *zone, int64_t at)
{
	vst_date date = local_date(zone, at);
	int64_t second = (at + vst_zone_offset(zone, at)) % DAY, hour = second / 3600;
	bool working =
		(vst_calendar_bits(vst_day_of(at + vst_zone_offset(zone, at)), NULL, 0) & VST_ON_WORKING) != 0;
	int day = 0, week = 0, month = 0;

	for (size_t i = 0; i < person->charge_count; i++) {
		vst_date other = local_date(zone, person->charges[i].at);
		bool same_month = other.year == date.year && other.month == date.month;

		day += same_month && other.day == date.day;
		week += local_week(zone, person->charges[i].at) == local_week(zone, at);
		month += same_month;
	}
	return day < 2 && week < 4 && month < 16 && hour >= (working ? 8 : 9) && hour < (working ? 22 : 20);
}

static void reminders_leave_at_the_earliest_instant_that_the_law_allows(void **state)
{
	vst_law_settings *settings = settings_of("{}");
	const char *const *zones = scene_zone_names("russian");
	uint64_t seed = 52;

	(void) state;
	for (int history = 0; history < 60; history++) {
		gate_scene scene;

		scene_set(&scene, NULL);
		set_reminder(&scene);
		scene.zones[0] = scene_zone(zones[vectors_random(&seed) % 27]);
		scene.facts.now -= scene.facts.now % 900;
		for (size_t i = 0; i < 40; i++) {
			vst_decision decision = decide(settings, &scene);
			int64_t at = decision.due != 0 ? decision.due : scene.facts.now;

			assert_true(one_more_is_allowed(&scene.person, scene.zones[0], at));
			for (int64_t earlier = scene.facts.now; earlier < at; earlier += 900) {
				assert_false(one_more_is_allowed(&scene.person, scene.zones[0], earlier));
			}
			scene.person.charges[scene.person.charge_count++] =
				(vst_cap_charge) {.at = at, .seq = (int64_t) i + 1, .kind = VST_CHARGE_DEBT};
			scene.facts.now = at + 900 * (int64_t) (vectors_random(&seed) % 100);
		}
	}
	vst_law_settings_free(settings);
}

static int end(void **state)
{
	(void) state;
	scene_end();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_deferred_is_sent_at_its_due_time),
		cmocka_unit_test(advertising_leaves_at_the_first_minute_that_hours_guard_and_margin_allow),
		cmocka_unit_test(reminders_leave_at_the_earliest_instant_that_the_law_allows),
	};

	return cmocka_run_group_tests_name("law/deferral", tests, NULL, end);
}
