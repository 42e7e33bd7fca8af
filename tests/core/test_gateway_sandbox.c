#include "gateway/gateway.h"

#include "check.h"
#include "gateway_fixture.h"

typedef struct row {
	int64_t phone;
	const char *accepted, *report, *reason;
} row;

static const row rows[] = {
	{79990000000, "accepted", "delivered", "delivered"}, {79990000001, "accepted", "delivered", "delivered"},
	{79990000002, "rejected", "pending", "bad_number"},  {79990000004, "opt_out", "pending", "stop_list"},
	{79990000005, "opt_out", "pending", "complaint"},    {79990000006, "accepted", "undelivered", "operator_rejected"},
	{79990000007, "accepted", "pending", "accepted"},    {79990000008, "limit", "pending", "repeated_text"},
	{79990000009, "unsure", "pending", "no_answer"},     {79990000010, "barred", "pending", "operator_bar"},
	{79990000011, "retry", "pending", "busy"},           {79990001002, "accepted", "delivered", "delivered"},
	{79161230002, "accepted", "delivered", "delivered"}, {375290000002, "accepted", "delivered", "delivered"},
};

static void the_last_digits_of_test_numbers_select_the_outcome(void **state)
{
	vst_provider *provider = provider_of("sandbox", "[]");
	vst_arena arena = VST_ARENA_INIT;

	(void) state;
	assert_true(vst_provider_is_sandbox(provider));
	assert_false(vst_provider_is_loopback(provider));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		vst_parcel parcel = {
			.id = VST_STR("01J"), .phone = rows[i].phone, .text = VST_STR("t"), .sender = VST_STR("S"), .now = 100};
		vst_outcome accepted, report;
		bool taken = strcmp(rows[i].accepted, "accepted") == 0;

		vst_provider_class_of(provider)->deliver(provider, &parcel, &arena, &accepted, &report);
		assert_string_equal(outcome_kind_name(accepted.kind), rows[i].accepted);
		assert_string_equal(outcome_kind_name(report.kind), rows[i].report);
		assert_string_equal(taken ? report.reason : accepted.reason, rows[i].reason);
		assert_str(accepted.provider_id, taken ? "sandbox-01J" : "");
		assert_true(vst_str_equal(accepted.provider_id, report.provider_id));
		assert_int_equal(report.at, report.kind == VST_OUTCOME_PENDING ? 0 : 100);
	}
	vst_arena_free(&arena);
	vst_provider_free(provider);
}

static void without_an_id_the_content_makes_one(void **state)
{
	vst_provider *provider = provider_of("sandbox", "[]");
	vst_arena arena = VST_ARENA_INIT;
	vst_parcel parcel = {.id = VST_STR_EMPTY, .phone = 79990001234, .text = VST_STR("one"), .now = 5};
	vst_outcome first, second, report;

	(void) state;
	vst_provider_class_of(provider)->deliver(provider, &parcel, &arena, &first, &report);
	parcel.text = VST_STR("two");
	vst_provider_class_of(provider)->deliver(provider, &parcel, &arena, &second, &report);
	assert_true(vst_str_starts(first.provider_id, VST_STR("sandbox-")));
	assert_int_equal(first.provider_id.len, strlen("sandbox-") + 26);
	assert_false(vst_str_equal(first.provider_id, second.provider_id));
	vst_arena_free(&arena);
	vst_provider_free(provider);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_digits_of_test_numbers_select_the_outcome),
		cmocka_unit_test(without_an_id_the_content_makes_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
