#define _GNU_SOURCE /* mkdtemp, setenv */
#include "gateway/gateway.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "allocation.h"
#include "check.h"
#include "gateway_fixture.h"
#include "vectors.h"

static void check_good(const char *name, const json_t *item, const vst_provider *provider)
{
	const json_t *countries = json_object_get(item, "countries");
	const char *const *actual = vst_provider_countries(provider);

	case_integer(name, "rate", vst_provider_rate_per_1000s(provider), vectors_integer(item, "rate", 0));
	case_integer(name, "timeout_ms", vst_provider_timeout_ms(provider), vectors_integer(item, "timeout_ms", 30000));
	case_integer(name, "loopback", vst_provider_is_loopback(provider), vectors_bool(item, "loopback", false));
	if (json_object_get(item, "batch") != NULL) {
		case_integer(name, "batch", (int64_t) vst_provider_batch(provider), vectors_integer(item, "batch", 0));
	}
	if (json_object_get(item, "url") != NULL) {
		case_text(name, "url", vst_provider_url(provider), vectors_text(item, "url", NULL));
	}
	if (countries != NULL) {
		for (size_t i = 0; i < json_array_size(countries); i++) {
			assert_non_null(actual[i]);
			assert_string_equal(actual[i], json_string_value(json_array_get(countries, i)));
		}
		assert_null(actual[json_array_size(countries)]);
	}
}

static void settings_are_taken_or_refused_with_their_path(void **state)
{
	static const char *const known[] = {"provider", "settings", "rate",  "timeout_ms", "countries",
	                                    "url",      "loopback", "batch", "error",      NULL};
	json_t *cases = vectors_load("provider_settings.json"), *item;
	size_t i;

	(void) state;
	json_array_foreach(cases, i, item) {
		const json_t *settings = json_object_get(item, "settings");
		char *name = json_dumps(settings, JSON_ENCODE_ANY);
		vst_provider *provider = NULL;
		vst_err err = VST_ERR_INIT;
		vst_rc rc = vst_provider_new(vectors_text(item, "provider", NULL), settings, "providers.x", &provider, &err);

		vectors_known(item, known);
		case_text(name, "error", vst_str_from(err.text), vectors_text(item, "error", ""));
		case_integer(name, "rc", rc, err.text[0] != '\0' ? VST_E_SETTINGS : VST_OK);
		if (rc == VST_OK) {
			check_good(name, item, provider);
		}
		vst_provider_free(provider);
		free(name);
	}
	assert_true(i > 45);
	json_decref(cases);
}

static void all_providers_are_found_by_name(void **state)
{
	const vst_provider_class *const *classes = vst_provider_classes();
	size_t count = 0;

	(void) state;
	for (; classes[count] != NULL; count++) {
		assert_ptr_equal(vst_provider_class_find(vst_str_from(classes[count]->name)), classes[count]);
		assert_true(classes[count]->max_batch > 0);
		assert_true((classes[count]->deliver != NULL) == (classes[count]->default_url == NULL));
		assert_true((classes[count]->build_send != NULL) == (classes[count]->default_url != NULL));
		assert_true(!classes[count]->can_poll || classes[count]->build_status != NULL);
	}
	assert_int_equal(count, 2);
	assert_null(vst_provider_class_find(VST_STR("smsr")));
	assert_null(vst_provider_class_find(VST_STR_EMPTY));
}

static vst_provider *unresolved(const char *api_id)
{
	json_t *settings = json_pack("{ss}", "api_id", api_id);
	vst_provider *provider = NULL;

	assert_int_equal(vst_provider_new(VST_STR("smsru"), settings, "providers.x", &provider, NULL), VST_OK);
	json_decref(settings);
	return provider;
}

static void a_secret_is_known_only_after_it_is_resolved(void **state)
{
	vst_provider *provider = unresolved("literal");
	vst_request request;

	(void) state;
	assert_str(vst_provider_text(provider, "api_id"), "");
	assert_int_equal(vst_provider_class_of(provider)->build_query(provider, VST_QUERY_BALANCE, VST_STR_EMPTY, &request,
	                                                              NULL),
	                 VST_E_SETTINGS);
	assert_int_equal(vst_provider_resolve(provider, NULL), VST_OK);
	assert_int_equal(vst_provider_resolve(provider, NULL), VST_OK); /* again: nothing to do */
	assert_str(vst_provider_text(provider, "api_id"), "literal");
	assert_str(vst_provider_text(provider, "no_such_key"), "");
	vst_provider_free(provider);
}

static void a_secret_comes_from_the_environment(void **state)
{
	vst_provider *provider = unresolved("env:VESTNIK_TEST_SECRET");
	vst_err err = VST_ERR_INIT;

	(void) state;
	unsetenv("VESTNIK_TEST_SECRET");
	assert_int_equal(vst_provider_resolve(provider, &err), VST_E_SETTINGS);
	assert_string_equal(err.text, "providers.x.api_id: the environment variable it names is not set");
	setenv("VESTNIK_TEST_SECRET", "", 1);
	vst_err_clear(&err);
	assert_int_equal(vst_provider_resolve(provider, &err), VST_E_SETTINGS);
	assert_string_equal(err.text, "providers.x.api_id: what it refers to is empty or too long");
	setenv("VESTNIK_TEST_SECRET", "from-environment", 1);
	assert_int_equal(vst_provider_resolve(provider, NULL), VST_OK);
	assert_str(vst_provider_text(provider, "api_id"), "from-environment");
	vst_provider_free(provider);
	unsetenv("VESTNIK_TEST_SECRET");
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void a_secret_comes_from_a_file(void **state)
{
	char folder[] = "/tmp/vestnik-secret-XXXXXX", path[64], reference[80], long_text[6000];
	vst_provider *provider;
	vst_err err = VST_ERR_INIT;

	(void) state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/key", folder);
	snprintf(reference, sizeof reference, "file:%s", path);
	provider = unresolved(reference);
	assert_int_equal(vst_provider_resolve(provider, &err), VST_E_SETTINGS);
	assert_string_equal(err.text, "providers.x.api_id: the file it names cannot be read by this user");
	assert_int_equal(mkfifo(path, 0600), 0); /* nobody writes to it: must not hang */
	assert_int_equal(vst_provider_resolve(provider, NULL), VST_E_SETTINGS);
	unlink(path);
	write_file(path, " \n");
	assert_int_equal(vst_provider_resolve(provider, NULL), VST_E_SETTINGS);
	memset(long_text, 'x', sizeof long_text);
	long_text[sizeof long_text - 1] = '\0';
	write_file(path, long_text);
	assert_int_equal(vst_provider_resolve(provider, NULL), VST_E_SETTINGS);
	write_file(path, "from file\r\n");
	assert_int_equal(vst_provider_resolve(provider, NULL), VST_OK);
	assert_str(vst_provider_text(provider, "api_id"), "from file");
	vst_provider_free(provider);
	unlink(path);
	rmdir(folder);
}

static void a_failed_allocation_is_reported(void **state)
{
	json_t *settings = json_pack("{sss{si}}", "api_id", "k", "rate", "per_second", 5);
	unsigned long nth = 0;
	vst_rc rc;

	(void) state;
	do {
		vst_provider *provider = NULL;

		fail_allocation(++nth);
		rc = vst_provider_new(VST_STR("smsru"), settings, "providers.x", &provider, NULL);
		fail_allocation(0);
		assert_true(rc == VST_OK || rc == VST_E_NOMEM);
		vst_provider_free(provider);
	} while (rc != VST_OK);
	json_decref(settings);
	vst_provider_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(settings_are_taken_or_refused_with_their_path),
		cmocka_unit_test(all_providers_are_found_by_name),
		cmocka_unit_test(a_secret_is_known_only_after_it_is_resolved),
		cmocka_unit_test(a_secret_comes_from_the_environment),
		cmocka_unit_test(a_secret_comes_from_a_file),
		cmocka_unit_test(a_failed_allocation_is_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
