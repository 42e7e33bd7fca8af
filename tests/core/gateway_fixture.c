#include "gateway_fixture.h"

#include "check.h"
#include "gateway/form.h"

vst_provider *provider_of(const char *name, const char *settings)
{
	json_t *json = json_loads(settings, 0, NULL);
	vst_provider *provider = NULL;
	vst_err err = VST_ERR_INIT;

	assert_non_null(json);
	if (vst_provider_new(vst_str_from(name), json, "providers.p", &provider, &err) != VST_OK ||
	    vst_provider_resolve(provider, &err) != VST_OK) {
		fail_msg("%s", err.text);
	}
	json_decref(json);
	return provider;
}

vst_provider *test_smsru(void)
{
	return provider_of("smsru", "{\"api_id\": \"" TEST_API_ID "\", \"url\": \"http://127.0.0.1:8080\"}");
}

const char *outcome_kind_name(vst_outcome_kind kind)
{
	switch (kind) {
		case VST_OUTCOME_ACCEPTED: return "accepted";
		case VST_OUTCOME_PENDING: return "pending";
		case VST_OUTCOME_DELIVERED: return "delivered";
		case VST_OUTCOME_UNDELIVERED: return "undelivered";
		case VST_OUTCOME_RETRY: return "retry";
		case VST_OUTCOME_LIMIT: return "limit";
		case VST_OUTCOME_REJECTED: return "rejected";
		case VST_OUTCOME_OPT_OUT: return "opt_out";
		case VST_OUTCOME_BARRED: return "barred";
		case VST_OUTCOME_MISCONFIGURED: return "misconfigured";
		case VST_OUTCOME_UNSURE: return "unsure";
	}
	return "?";
}

vst_str form_value(vst_arena *arena, vst_str body, const char *name)
{
	vst_pair *pairs = NULL;
	size_t count = 0, found = 0;
	vst_str value = VST_STR_EMPTY;

	assert_int_equal(vst_form_parse(body, arena, &pairs, &count, NULL), VST_OK);
	for (size_t i = 0; i < count; i++) {
		if (vst_str_is(pairs[i].name, name)) {
			value = pairs[i].value;
			found++;
		}
	}
	assert_true(found <= 1);
	return value;
}

size_t form_count(vst_arena *arena, vst_str body)
{
	vst_pair *pairs = NULL;
	size_t count = 0;

	assert_int_equal(vst_form_parse(body, arena, &pairs, &count, NULL), VST_OK);
	return count;
}
