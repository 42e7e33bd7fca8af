#include "text_search.h"

#include "text/utf8.h"

static const struct {
	vst_str text;
	bool whole; /* nothing may follow in the word: "стоп", not "стопроцентный" */
	unsigned says;
} stems[] = {
	{VST_STR("отказ"), false, VST_SAYS_REFUSAL},
	{VST_STR("откаж"), false, VST_SAYS_REFUSAL},
	{VST_STR("отпис"), false, VST_SAYS_REFUSAL},
	{VST_STR("отпиш"), false, VST_SAYS_REFUSAL},
	{VST_STR("отключ"), false, VST_SAYS_REFUSAL},
	{VST_STR("откл"), true, VST_SAYS_REFUSAL},
	{VST_STR("стоп"), true, VST_SAYS_REFUSAL},
	{VST_STR("stop"), true, VST_SAYS_REFUSAL},
	{VST_STR("unsub"), false, VST_SAYS_REFUSAL},
	{VST_STR("opt out"), true, VST_SAYS_REFUSAL},
	{VST_STR("opt-out"), true, VST_SAYS_REFUSAL},
	{VST_STR("optout"), true, VST_SAYS_REFUSAL},
	{VST_STR("ответьте"), true, VST_SAYS_REPLY},
	{VST_STR("ответ"), true, VST_SAYS_REPLY},
	{VST_STR("ответом"), true, VST_SAYS_REPLY},
	{VST_STR("ответной"), true, VST_SAYS_REPLY},
	{VST_STR("reply"), true, VST_SAYS_REPLY},
	{VST_STR("respond"), true, VST_SAYS_REPLY},
	/* "Подписка" alone may be what is sold, "подпишитесь" is a call */
	{VST_STR("вы подписал"), false, VST_SAYS_SOURCE},
	{VST_STR("вы подписан"), false, VST_SAYS_SOURCE},
	{VST_STR("вашей подписк"), false, VST_SAYS_SOURCE},
	{VST_STR("вашему согласию"), true, VST_SAYS_SOURCE},
	{VST_STR("вашего согласия"), true, VST_SAYS_SOURCE},
	{VST_STR("вы согласил"), false, VST_SAYS_SOURCE},
	{VST_STR("вы дали согласие"), true, VST_SAYS_SOURCE},
	{VST_STR("вы давали согласие"), true, VST_SAYS_SOURCE},
	{VST_STR("you subscribed"), true, VST_SAYS_SOURCE},
	{VST_STR("you signed"), true, VST_SAYS_SOURCE},
	{VST_STR("you agreed"), true, VST_SAYS_SOURCE},
	{VST_STR("you gave your consent"), true, VST_SAYS_SOURCE},
	{VST_STR("your subscription"), true, VST_SAYS_SOURCE},
	{VST_STR("your consent"), true, VST_SAYS_SOURCE},
};

static bool is_letter(uint32_t code)
{
	return (code >= 'a' && code <= 'z') || (code >= 0xC0 && code < 0x2000);
}

static bool begins_with_stem(vst_str rest, size_t stem)
{
	size_t end = stems[stem].text.len;

	return rest.len >= end && rest.ptr[0] == stems[stem].text.ptr[0] && rest.ptr[1] == stems[stem].text.ptr[1] &&
	       vst_str_starts(rest, stems[stem].text) &&
	       (!stems[stem].whole || end == rest.len || !is_letter(vst_utf8_next(rest, &end)));
}

#define LOW_BITS(byte) (UINT64_C(1) << ((byte) &63))

/* By the six low bits of the last byte of a word's first letter: most words are none of the stems. */
static bool may_begin(vst_str rest)
{
	static const uint64_t first = LOW_BITS(0xBE) | LOW_BITS(0x81) | LOW_BITS(0xB2) /* о, с, в */ | LOW_BITS('s') |
	                              LOW_BITS('u') | LOW_BITS('o') | LOW_BITS('r') | LOW_BITS('y');
	unsigned char byte = (unsigned char) rest.ptr[0];

	if (byte >= 0x80 && rest.len > 1) {
		byte = (unsigned char) rest.ptr[1];
	}
	return (first >> (byte & 63) & 1) != 0;
}

unsigned vst_text_says(vst_str lower)
{
	unsigned found = 0;
	bool in_word = false;

	for (size_t at = 0; at < lower.len;) {
		vst_str rest = {lower.ptr + at, lower.len - at};
		bool letter = is_letter(vst_utf8_next(lower, &at));

		for (size_t i = 0; letter && !in_word && may_begin(rest) && i < sizeof stems / sizeof stems[0]; i++) {
			found |= begins_with_stem(rest, i) ? stems[i].says : 0;
		}
		in_word = letter;
	}
	return found;
}
