#include "check.h"

#include "base/model.h"

static void every_state_has_one_name_and_is_read_back(void **state)
{
	(void) state;
	for (vst_state a = 0; a < VST_STATE_COUNT; a++) {
		vst_state back = VST_STATE_COUNT;

		assert_true(vst_state_parse(vst_str_from(vst_state_name(a)), &back));
		assert_int_equal(back, a);
	}
	for (vst_category a = 0; a < VST_CATEGORY_COUNT; a++) {
		vst_category back = VST_CATEGORY_COUNT;

		assert_true(vst_category_parse(vst_str_from(vst_category_name(a)), &back));
		assert_int_equal(back, a);
	}
	for (vst_source a = 0; a < VST_SOURCE_COUNT; a++) {
		vst_source back = VST_SOURCE_COUNT;

		assert_true(vst_source_parse(vst_str_from(vst_source_name(a)), &back));
		assert_int_equal(back, a);
	}
}

static void other_words_are_not_taken(void **state)
{
	static const char *const words[] = {"", "Queued", "queued ", "in doubt", "?", "sent"};
	vst_state back = VST_IN_DOUBT;

	(void) state;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		assert_false(vst_state_parse(vst_str_from(words[i]), &back));
	}
	assert_int_equal(back, VST_IN_DOUBT);
	assert_string_equal(vst_state_name(VST_STATE_COUNT), "?");
}

static void lanes_go_by_category(void **state)
{
	(void) state;
	assert_true(VST_AUTHENTICATION < VST_SERVICE && VST_SERVICE < VST_ADVERTISING);
}

/* The life of a message as the design tells it: F final, 1 may become. */
static void only_legal_transitions_are_allowed(void **state)
{
	static const char *const final[] = {"delivered", "undelivered", "refused", "failed", "expired", "cancelled"};
	static const struct {
		vst_state from;
		const char *to;
	} legal[] = {
		{VST_DEFERRED, "deferred queued claimed refused expired cancelled"},
		{VST_QUEUED, "queued deferred claimed refused expired cancelled"},
		{VST_CLAIMED, "queued deferred sending refused expired cancelled failed"},
		{VST_SENDING, "queued deferred accepted delivered undelivered failed in_doubt"},
		{VST_ACCEPTED, "delivered undelivered"},
		{VST_IN_DOUBT, "queued accepted delivered undelivered failed"},
	};
	unsigned known = 0;

	(void) state;
	for (size_t i = 0; i < COUNT_OF(final); i++) {
		vst_state from = VST_STATE_COUNT;

		assert_true(vst_state_parse(vst_str_from(final[i]), &from));
		assert_true(vst_state_is_final(from));
		for (vst_state to = 0; to < VST_STATE_COUNT; to++) {
			assert_false(vst_state_may_become(from, to));
		}
		known |= 1u << from;
	}
	for (size_t i = 0; i < COUNT_OF(legal); i++) {
		assert_false(vst_state_is_final(legal[i].from));
		for (vst_state to = 0; to < VST_STATE_COUNT; to++) {
			const char *name = vst_state_name(to), *found = strstr(legal[i].to, name);
			bool listed = false;

			/* whole words: "delivered" is part of "undelivered" */
			for (; found != NULL && !listed; found = strstr(found + 1, name)) {
				char after = found[strlen(name)];

				listed = (found == legal[i].to || found[-1] == ' ') && (after == ' ' || after == '\0');
			}
			assert_int_equal(vst_state_may_become(legal[i].from, to), listed);
		}
		known |= 1u << legal[i].from;
	}
	assert_int_equal(known, (1u << VST_STATE_COUNT) - 1);
}

static void what_is_no_state_becomes_nothing(void **state)
{
	(void) state;
	assert_false(vst_state_may_become(VST_STATE_COUNT, VST_QUEUED));
	assert_false(vst_state_may_become(VST_QUEUED, VST_STATE_COUNT));
	assert_false(vst_state_is_final(VST_STATE_COUNT));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_state_has_one_name_and_is_read_back),
		cmocka_unit_test(other_words_are_not_taken),
		cmocka_unit_test(lanes_go_by_category),
		cmocka_unit_test(only_legal_transitions_are_allowed),
		cmocka_unit_test(what_is_no_state_becomes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
