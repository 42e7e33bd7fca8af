/* Settings: what is refused and by which path, masking, versions. */
#include "shop.h"

static vst_err configure(struct shop *shop, const char *json)
{
	json_t *settings = json_loads(json, 0, NULL);
	vst_err err = VST_ERR_INIT;

	assert_non_null(settings);
	(void) !vst_engine_configure(shop->engine, settings, &err);
	json_decref(settings);
	return err;
}

static json_t *read_settings(struct shop *shop)
{
	json_t *out = NULL;
	vst_err err = VST_ERR_INIT;

	assert_ok(vst_engine_settings(shop->engine, &out, &err), err);
	return out;
}

static void a_problem_names_its_path(void **state)
{
	static const struct {
		const char *json, *begins;
	} cases[] = {
		{"{\"colour\":1}", "colour: unknown key"},
		{"{\"entities\":[1]}", "entities: expected"},
		{"{\"entities\":{\"main\":{}}}", "entities.main.name: missing"},
		{"{\"entities\":{\"main\":{\"name\":\"X\",\"inn\":\"12\"}}}", "entities.main.inn: expected"},
		{"{\"entities\":{\"main\":{\"name\":\"X\",\"opt_out_number\":\"call us\"}}}", "entities.main.opt_out_number:"},
		{"{\"sites\":{\"s1\":{\"entity\":\"other\"}}}", "sites.s1.entity: not one of"},
		{"{\"senders\":{\"Shop\":{\"provider\":\"nobody\"}}}", "senders.Shop.provider: not one of"},
		{"{\"senders\":{\"Shop\":{\"inbound\":true}}}", "senders.Shop.inbound:"},
		{"{\"senders\":{\"Shop\":{\"operators\":[\"\"]}}}", "senders.Shop.operators: expected a list"},
		{"{\"senders\":{\"Shop\":{\"rate\":5}}}", "senders.Shop.rate: expected"},
		{"{\"senders\":{\"Shop\":{\"rate\":{\"per_minute\":5}}}}", "senders.Shop.rate.per_minute: unknown key"},
		{"{\"senders\":{\"Shop\":{\"rate\":{\"per_hour\":0}}}}",
	     "senders.Shop.rate.per_hour: expected a whole number from 1 to 3600000"},
		{"{\"senders\":{\"Shop\":{\"rate\":{\"per_second\":0.01}}}}",
	     "senders.Shop.rate.per_second: expected a number from 0.1 to 1000"},
		{"{\"senders\":{\"Shop\":{\"rate\":{\"operators\":{\"7700000001\":{\"per_hour\":-1}}}}}}",
	     "senders.Shop.rate.operators.7700000001.per_hour: expected"},
		{"{\"senders\":{\"Shop\":{\"rate\":{\"operators\":{\"7700000001\":{\"hour\":1}}}}}}",
	     "senders.Shop.rate.operators.7700000001.hour: unknown key"},
		{"{\"scenarios\":{\"cart\":{}}}", "scenarios.cart.approved_by: missing"},
		{"{\"scenarios\":{\"cart\":{\"by\":\"Anna\"}}}", "scenarios.cart.by: unknown key"},
		{"{\"providers\":{\"nobody\":{}}}", "providers.nobody"},
		{"{\"providers\":{\"smsru\":{\"api_id\":\"x\",\"rate\":{\"per_second\":0}}}}",
	     "providers.smsru.rate.per_second: expected a number from 0.1 to 1000"},
		{"{\"routes\":[{}]}", "routes.0.provider:"},
		{"{\"keep\":{\"keys_days\":0}}", "keep.keys_days: expected a whole number"},
		{"{\"in_doubt\":{\"advertising\":\"resend\"}}", "in_doubt.advertising: unknown key"},
		{"{\"in_doubt\":{\"service\":\"maybe\"}}", "in_doubt.service:"},
		{"{\"windows\":{\"advertising\":{\"from\":\"25:00\"}}}", "windows.advertising.from:"},
		{"{\"caps\":[{\"category\":\"advertising\",\"count\":-1,\"days\":7}]}", "caps.0.count:"},
		{"{\"windows\":{\"rules\":[{\"category\":\"service\",\"entity\":\"x\",\"from\":\"08:00\",\"to\":\"20:00\"}]}}",
	     "windows.rules.0.entity: not one of settings.entities"},
		{"{\"windows\":{\"rules\":[{\"category\":\"debt\",\"provider\":\"x\",\"from\":\"08:00\",\"to\":\"20:00\"}]}}",
	     "windows.rules.0.provider: not one of settings.providers"},
		{"{\"rules\":{\"R99\":{}}}", "rules.R99"},
	};
	struct shop shop;

	(void) state;
	shop_open(&shop, NULL);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		vst_err err = configure(&shop, cases[i].json);

		assert_int_equal(err.rc, VST_E_SETTINGS);
		if (strncmp(err.text, cases[i].begins, strlen(cases[i].begins)) != 0) {
			fail_msg("%s: \"%s\" does not begin with \"%s\"", cases[i].json, err.text, cases[i].begins);
		}
	}
	shop_close(&shop);
}

static void refused_settings_change_nothing(void **state)
{
	struct shop shop;
	json_t *before, *after;

	(void) state;
	shop_open(&shop, NULL);
	before = read_settings(&shop);
	assert_int_equal(configure(&shop, "{\"entities\":{\"main\":{}}}").rc, VST_E_SETTINGS);
	after = read_settings(&shop);
	assert_true(json_equal(before, after));
	json_decref(before);
	json_decref(after);
	shop_close(&shop);
}

static void a_literal_secret_is_masked_and_kept_when_given_back(void **state)
{
	struct shop shop;
	json_t *out;
	const json_t *smsru;

	(void) state;
	shop_open(&shop, "{\"providers\":{\"smsru\":{\"api_id\":\"very-secret\"}}}");
	out = read_settings(&shop);
	smsru = json_object_get(json_object_get(out, "providers"), "smsru");
	assert_string_equal(json_string_value(json_object_get(smsru, "api_id")), "***");
	json_decref(out);
	assert_int_equal(configure(&shop, "{\"providers\":{\"smsru\":{\"api_id\":\"***\"}}}").rc, VST_OK);
	/* Kept: a later mask at the same path is still accepted, anywhere else it is not. */
	assert_int_equal(configure(&shop, "{\"providers\":{\"smsru\":{\"api_id\":\"***\"}}}").rc, VST_OK);
	assert_int_equal(configure(&shop, "{\"providers\":{\"smsru\":{\"api_id\":\"x\",\"url\":\"***\"}}}").rc,
	                 VST_E_SETTINGS);
	assert_int_equal(configure(&shop, "{\"entities\":{\"main\":{\"name\":\"***\"}}}").rc, VST_E_SETTINGS);
	shop_close(&shop);
}

static void a_reference_to_a_secret_is_shown_as_it_is(void **state)
{
	struct shop shop;
	json_t *out;

	(void) state;
	shop_open(&shop, "{\"providers\":{\"smsru\":{\"api_id\":\"env:SMSRU\"}}}");
	out = read_settings(&shop);
	assert_string_equal(json_string_value(
							json_object_get(json_object_get(json_object_get(out, "providers"), "smsru"), "api_id")),
	                    "env:SMSRU");
	json_decref(out);
	shop_close(&shop);
}

static void saving_over_a_newer_version_is_refused(void **state)
{
	struct shop shop;
	json_t *read;
	vst_err err = VST_ERR_INIT;

	(void) state;
	shop_open(&shop, NULL);
	read = read_settings(&shop);
	assert_ok(vst_engine_configure(shop.engine, read, &err), err);
	assert_int_equal(vst_engine_configure(shop.engine, read, &err), VST_E_SETTINGS);
	assert_non_null(strstr(err.text, "version"));
	json_decref(read);
	shop_close(&shop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_problem_names_its_path),
		cmocka_unit_test(refused_settings_change_nothing),
		cmocka_unit_test(a_literal_secret_is_masked_and_kept_when_given_back),
		cmocka_unit_test(a_reference_to_a_secret_is_shown_as_it_is),
		cmocka_unit_test(saving_over_a_newer_version_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
