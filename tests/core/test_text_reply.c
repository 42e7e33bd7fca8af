#include "check.h"

#include "text/reply.h"
#include "vectors.h"

static void replies_are_understood(void **state)
{
	static const char *const known[] = {"intent", "keyword", "weak", "texts", NULL};
	json_t *groups = vectors_load("replies.json"), *group, *item;
	size_t i, k, count = 0;

	(void) state;
	json_array_foreach(groups, i, group) {
		vectors_known(group, known);
		json_array_foreach(json_object_get(group, "texts"), k, item) {
			const char *text = json_string_value(item);
			vst_reply_meaning reply;

			vst_reply_parse(vst_str_from(text), &reply);
			case_text(text, "intent", vst_str_from(vst_reply_intent_name(reply.intent)),
			          vectors_text(group, "intent", NULL));
			case_text(text, "keyword", vst_str_from(reply.keyword), vectors_text(group, "keyword", ""));
			case_integer(text, "weak", reply.weak, vectors_bool(group, "weak", false));
			count++;
		}
	}
	assert_true(count >= 600);
	json_decref(groups);
}

/* Texts that the words were not chosen by. No share is allowed to be wrong the dangerous way: an opt-out read as nothing. */
static void replies_never_tuned_on_are_understood(void **state)
{
	static const char *const known[] = {"intent", "texts", NULL};
	json_t *groups = vectors_load("replies_unseen.json"), *group, *item;
	size_t i, k, count = 0, wrong = 0;

	(void) state;
	json_array_foreach(groups, i, group) {
		vst_str expected = vectors_text(group, "intent", NULL);

		vectors_known(group, known);
		json_array_foreach(json_object_get(group, "texts"), k, item) {
			vst_reply_meaning reply;

			vst_reply_parse(vst_str_from(json_string_value(item)), &reply);
			if (!vst_str_is(expected, vst_reply_intent_name(reply.intent))) {
				print_message("%s: %s, expected %.*s\n", json_string_value(item), vst_reply_intent_name(reply.intent),
				              VST_STR_ARGS(expected));
				wrong++;
			}
			count++;
		}
	}
	assert_true(count >= 100);
	assert_true(wrong * 20 <= count);
	json_decref(groups);
}

static void only_the_first_words_of_a_long_text_are_read(void **state)
{
	char text[64 * 1024];
	vst_reply_meaning reply;

	(void) state;
	for (size_t i = 0; i < sizeof text; i++) {
		text[i] = i % 2 == 0 ? 'b' : ' ';
	}
	vst_reply_parse(vst_str_of(text, sizeof text), &reply);
	assert_int_equal(reply.intent, VST_REPLY_NONE);
	memcpy(text, "STOP ", 5);
	vst_reply_parse(vst_str_of(text, sizeof text), &reply);
	assert_int_equal(reply.intent, VST_REPLY_STOP);
	memset(text, 'b', sizeof text);
	vst_reply_parse(vst_str_of(text, sizeof text), &reply);
	assert_int_equal(reply.intent, VST_REPLY_NONE);
}

/* Whatever stands around a keyword without being a word changes nothing. */
static void marks_around_a_keyword_make_no_difference(void **state)
{
	static const char *const marks[] = {" ", "!", ".", "\"", "«", "»", "…", "—", "😡", "\n", "*", "\xe2\x80\x8b", "("};
	static const char *const keywords[] = {"стоп", "STOP", "отписка", "нет", "стоп все", "START", "help"};
	uint64_t seed = 3;

	(void) state;
	for (int round = 0; round < 5000; round++) {
		const char *keyword = keywords[vectors_random(&seed) % COUNT_OF(keywords)];
		char text[200] = "";
		vst_reply_meaning plain, marked;

		for (size_t i = vectors_random(&seed) % 5; i > 0; i--) {
			strcat(text, marks[vectors_random(&seed) % COUNT_OF(marks)]);
		}
		strcat(text, keyword);
		for (size_t i = vectors_random(&seed) % 5; i > 0; i--) {
			strcat(text, marks[vectors_random(&seed) % COUNT_OF(marks)]);
		}
		vst_reply_parse(vst_str_from(keyword), &plain);
		vst_reply_parse(vst_str_from(text), &marked);
		case_integer(text, "intent", marked.intent, plain.intent);
		case_integer(text, "weak", marked.weak, plain.weak);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(replies_are_understood),
		cmocka_unit_test(replies_never_tuned_on_are_understood),
		cmocka_unit_test(only_the_first_words_of_a_long_text_are_read),
		cmocka_unit_test(marks_around_a_keyword_make_no_difference),
	};

	return cmocka_run_group_tests_name("text/reply", tests, NULL, NULL);
}
