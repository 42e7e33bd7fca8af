#include "check.h"
#include "gateway/gateway.h"
#include "gateway_fixture.h"
#include "vectors.h"

typedef struct answer {
	int what;
	const char *body;
	const char *expected; /* JSON; NULL: refused */
	const char *words;    /* of the refusal */
	bool retryable;
} answer;

static const answer answers[] = {
	{VST_QUERY_BALANCE, "{\"status_code\":100,\"balance\":122.56}", "{\"balance\":\"122.56\",\"currency\":\"RUB\"}",
     NULL, false},
	{VST_QUERY_BALANCE, "{\"status_code\":100,\"balance\":0}", "{\"balance\":\"0.00\",\"currency\":\"RUB\"}", NULL,
     false},
	{VST_QUERY_BALANCE, "{\"status_code\":100,\"balance\":-3.5}", "{\"balance\":\"-3.50\",\"currency\":\"RUB\"}", NULL,
     false},
	{VST_QUERY_BALANCE, "{\"status_code\":100,\"balance\":-0.07}", "{\"balance\":\"-0.07\",\"currency\":\"RUB\"}", NULL,
     false},
	{VST_QUERY_BALANCE, "{\"status_code\":100,\"balance\":0.1234}", "{\"balance\":\"0.1234\",\"currency\":\"RUB\"}",
     NULL, false},
	{VST_QUERY_BALANCE, "{\"status_code\":100,\"balance\":0.125}", "{\"balance\":\"0.125\",\"currency\":\"RUB\"}", NULL,
     false},
	{VST_QUERY_BALANCE, "{\"status_code\":100,\"balance\":1000000}",
     "{\"balance\":\"1000000.00\",\"currency\":\"RUB\"}", NULL, false},
	{VST_QUERY_BALANCE, "{\"status_code\":\"100\",\"balance\":\"12.30\"}",
     "{\"balance\":\"12.30\",\"currency\":\"RUB\"}", NULL, false},
	{VST_QUERY_BALANCE, "{\"status_code\":100,\"balance\":\"many\"}", NULL, "smsru: the answer cannot be read", true},
	{VST_QUERY_BALANCE, "{\"status_code\":100,\"balance\":1e300}", NULL, "smsru: the answer cannot be read", true},
	{VST_QUERY_BALANCE, "{\"status_code\":100}", NULL, "smsru: the answer cannot be read", true},
	{VST_QUERY_BALANCE, "<html>", NULL, "smsru: the answer cannot be read", true},
	{VST_QUERY_BALANCE, "{\"status_code\":301}", NULL, "smsru: bad_key", false},
	{VST_QUERY_BALANCE, "{\"status_code\":220}", NULL, "smsru: busy", true},
	{VST_QUERY_BALANCE, "{\"status_code\":500}", NULL, "smsru: server_error", true},
	{VST_QUERY_STOP_LIST, "{\"status_code\":100,\"stoplist\":{\"79990000101\":\"spam\",\"+79990000102\":null}}",
     "{\"phones\":[{\"phone\":\"+79990000101\",\"comment\":\"spam\"},{\"phone\":\"+79990000102\",\"comment\":\"\"}]}",
     NULL, false},
	{VST_QUERY_STOP_LIST, "{\"status_code\":100,\"stoplist\":[]}", "{\"phones\":[]}", NULL, false},
	{VST_QUERY_STOP_LIST, "{\"status_code\":100,\"stoplist\":null}", "{\"phones\":[]}", NULL, false},
	{VST_QUERY_STOP_LIST, "{\"status_code\":100}", "{\"phones\":[]}", NULL, false},
	{VST_QUERY_STOP_LIST, "{\"status_code\":100,\"stoplist\":[1]}", NULL, "smsru: the answer cannot be read", true},
	{VST_QUERY_STOP_ADD, "{\"status_code\":100}", "{}", NULL, false},
	{VST_QUERY_STOP_ADD, "{\"status_code\":202}", NULL, "smsru: bad_number", false},
	{VST_QUERY_STOP_REMOVE, "{\"status\":\"OK\",\"status_code\":100}", "{}", NULL, false},
};

static void answers_are_read_into_one_shape(void **state)
{
	vst_provider *provider = test_smsru();

	(void) state;
	for (size_t i = 0; i < COUNT_OF(answers); i++) {
		vst_reply reply = {.status = 200, .body = vst_str_from(answers[i].body), .complete = true, .released = true};
		json_t *got = NULL, *expected = answers[i].expected != NULL ? json_loads(answers[i].expected, 0, NULL) : NULL;
		vst_err err = VST_ERR_INIT;
		vst_rc rc = vst_provider_class_of(provider)->read_query(provider, answers[i].what, &reply, &got, &err);

		case_integer(answers[i].body, "rc", rc, answers[i].expected != NULL ? VST_OK : VST_E_PROTO);
		case_text(answers[i].body, "error", vst_str_from(err.text), vst_str_from(answers[i].words));
		case_integer(answers[i].body, "retryable", err.retryable, answers[i].retryable);
		if (expected != NULL && !json_equal(got, expected)) {
			fail_msg("%s: another answer than %s", answers[i].body, answers[i].expected);
		}
		json_decref(got);
		json_decref(expected);
	}
	vst_provider_free(provider);
}

static void queries_are_posts_with_the_key_in_the_body(void **state)
{
	static const struct {
		int what;
		const char *url, *argument;
		size_t fields;
	} rows[] = {
		{VST_QUERY_BALANCE, "http://127.0.0.1:8080/my/balance", "", 2},
		{VST_QUERY_STOP_LIST, "http://127.0.0.1:8080/stoplist/get", "", 2},
		{VST_QUERY_STOP_ADD, "http://127.0.0.1:8080/stoplist/add", "79990000101", 4},
		{VST_QUERY_STOP_REMOVE, "http://127.0.0.1:8080/stoplist/del", "79990000101", 3},
	};
	vst_provider *provider = test_smsru();

	(void) state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		vst_request request;
		vst_arena arena = VST_ARENA_INIT;

		assert_int_equal(vst_provider_class_of(provider)->build_query(provider, rows[i].what,
		                                                              vst_str_from(rows[i].argument), &request, NULL),
		                 VST_OK);
		assert_true(request.post);
		assert_str(vst_buf_str(&request.url), rows[i].url);
		assert_str(form_value(&arena, vst_buf_str(&request.body), "api_id"), TEST_API_ID);
		assert_str(form_value(&arena, vst_buf_str(&request.body), "stoplist_phone"), rows[i].argument);
		assert_int_equal(form_count(&arena, vst_buf_str(&request.body)), rows[i].fields);
		vst_request_free(&request);
		vst_arena_free(&arena);
	}
	vst_provider_free(provider);
}

static void queries_that_make_no_sense_are_refused(void **state)
{
	static const char *const phones[] = {"", "+79990000101", "7999000010a", "-5", "0"};
	vst_provider *provider = test_smsru();
	vst_request request;

	(void) state;
	for (size_t i = 0; i < COUNT_OF(phones); i++) {
		assert_int_equal(vst_provider_class_of(provider)->build_query(provider, VST_QUERY_STOP_ADD,
		                                                              vst_str_from(phones[i]), &request, NULL),
		                 VST_E_INVALID);
	}
	assert_int_equal(vst_provider_class_of(provider)->build_query(provider, 99, VST_STR_EMPTY, &request, NULL),
	                 VST_E_INVALID);
	assert_int_equal(vst_provider_class_of(provider)->build_query(provider, -1, VST_STR_EMPTY, &request, NULL),
	                 VST_E_INVALID);
	vst_provider_free(provider);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_read_into_one_shape),
		cmocka_unit_test(queries_are_posts_with_the_key_in_the_body),
		cmocka_unit_test(queries_that_make_no_sense_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
