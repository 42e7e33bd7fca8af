#include "content.h"
#include "text/rewrite.h"
#include "text/utf8.h"
#include "text_search.h"

/* ---- R24: the language of the text ---- */

#define RUSSIAN_FOR_ALL_SINCE INT64_C(1772312400) /* 2026-03-01 Moscow time: 168-FZ */

/* Designations without a Russian form in use: sizes, units, standards, and what a person may reply. */
static const vst_str everyday[] = {
	VST_STR("sms"),    VST_STR("mms"),   VST_STR("usb"),  VST_STR("wi-fi"),    VST_STR("wifi"),      VST_STR("vip"),
	VST_STR("stop"),   VST_STR("start"), VST_STR("help"), VST_STR("trade-in"), VST_STR("xs"),        VST_STR("xl"),
	VST_STR("xxl"),    VST_STR("xxxl"),  VST_STR("xxs"),  VST_STR("pin"),      VST_STR("cvv"),       VST_STR("cvc"),
	VST_STR("id"),     VST_STR("ip"),    VST_STR("qr"),   VST_STR("nfc"),      VST_STR("gps"),       VST_STR("gsm"),
	VST_STR("lte"),    VST_STR("tv"),    VST_STR("led"),  VST_STR("oled"),     VST_STR("hd"),        VST_STR("ssd"),
	VST_STR("hdmi"),   VST_STR("cd"),    VST_STR("dvd"),  VST_STR("pdf"),      VST_STR("vin"),       VST_STR("sim"),
	VST_STR("e-mail"), VST_STR("email"), VST_STR("www"),  VST_STR("ooo"),      VST_STR("gb"),        VST_STR("tb"),
	VST_STR("ml"),     VST_STR("kg"),    VST_STR("cm"),   VST_STR("mm"),       VST_STR("bluetooth"), VST_STR("rub"),
};

static bool is_latin(uint32_t code)
{
	return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
	       (code >= 0xC0 && code <= 0x24F && code != 0xD7 && code != 0xF7);
}

static bool is_word_character(uint32_t code)
{
	return is_latin(code) || (code >= '0' && code <= '9') || (code >= 0x400 && code <= 0x52F) || code == '-' ||
	       code == '_' || code == '\'' || code == 0x2019 || code == '&';
}

/* `phrase` stands at the beginning of the text and ends with a word there. */
static bool begins_with(vst_str text, vst_str phrase)
{
	size_t next = phrase.len;

	return phrase.len > 0 && text.len >= phrase.len && vst_str_equal_nocase((vst_str) {text.ptr, phrase.len}, phrase) &&
	       (text.len == phrase.len || !is_word_character(vst_utf8_next(text, &next)));
}

/* The word stands among those of a name. */
static bool names_word(vst_str name, vst_str word)
{
	uint32_t before = ' ';

	for (size_t at = 0; at + word.len <= name.len;) {
		if (!is_word_character(before) && begins_with((vst_str) {name.ptr + at, name.len - at}, word)) {
			return true;
		}
		before = vst_utf8_next(name, &at);
	}
	return false;
}

static bool is_name(const vst_gate *gate, vst_str word)
{
	const vst_gate_facts *facts = gate->facts;

	return names_word(facts->entity.brand, word) || names_word(facts->entity.name, word) ||
	       names_word(facts->entity.site, word) || names_word(facts->sender.name, word) ||
	       names_word(facts->order, word);
}

/* Length of what is allowed to stand at the beginning of the rest of the text; 0: nothing. */
static size_t allowed_at(const vst_gate *gate, vst_str rest)
{
	const vst_texts *allowed = &gate->settings->rules.latin_allowed;

	for (size_t i = 0; i < allowed->count; i++) {
		if (begins_with(rest, allowed->items[i])) {
			return allowed->items[i].len;
		}
	}
	for (size_t i = 0; i < sizeof everyday / sizeof everyday[0]; i++) {
		if (begins_with(rest, everyday[i])) {
			return everyday[i].len;
		}
	}
	return 0;
}

typedef struct word_reading {
	size_t letters; /* Latin ones */
	bool other;     /* digits or letters of another alphabet: a number, a model, a mixed word */
	size_t end;
} word_reading;

static word_reading read_word(vst_str text, size_t at)
{
	word_reading word = {0, false, at};

	while (at < text.len) {
		uint32_t code = vst_utf8_next(text, &at);

		if (!is_word_character(code)) {
			break;
		}
		word.letters += is_latin(code);
		word.other = word.other || (code >= '0' && code <= '9') || (code >= 0x400 && code <= 0x52F);
		word.end = at;
	}
	return word;
}

/* Length of what excuses the Latin letters at `at`, where a word stands; 0: nothing does. */
static size_t excused_at(const vst_gate *gate, vst_str text, size_t at, word_reading word)
{
	vst_str rest = {text.ptr + at, text.len - at};
	size_t len = allowed_at(gate, rest);

	if (len == 0 && (word.other || is_name(gate, (vst_str) {rest.ptr, word.end - at}))) {
		len = word.end - at;
	}
	return len > 0 ? len : vst_address_at(text, at); /* a mail address */
}

/* Words that announce a code: what stands behind them in capitals is spelled as it was made up. */
static bool announces_code(vst_str before)
{
	return vst_search_text(before, VST_STR("код")) || vst_search_text(before, VST_STR("купон")) ||
	       vst_search_text(before, VST_STR("пароль"));
}

static bool is_capital(vst_str word)
{
	for (size_t i = 0; i < word.len; i++) {
		if (word.ptr[i] >= 'a' && word.ptr[i] <= 'z') {
			return false;
		}
	}
	return true;
}

/* Latin words that nothing excuses. */
static vst_quotes foreign_words(vst_gate *gate)
{
	vst_str text = gate->facts->text;
	vst_quotes foreign = {VST_STR_EMPTY, 0};
	size_t link = 0, link_end = 0;
	bool links = vst_next_link(text, 0, &link, &link_end);

	for (size_t at = 0; at < text.len;) {
		vst_str rest = {text.ptr + at, text.len - at};
		word_reading word;
		size_t skip;

		if (links && at >= link) {
			at = link_end > at ? link_end : at;
			links = vst_next_link(text, link_end, &link, &link_end);
			continue;
		}
		word = read_word(text, at);
		if (word.end == at) {
			(void) vst_utf8_next(text, &at);
			continue;
		}
		rest.len = word.end - at;
		skip = word.letters > 0 ? excused_at(gate, text, at, word) : 0;
		if (word.letters > 1 && skip == 0 && !(is_capital(rest) && announces_code((vst_str) {text.ptr, at}))) {
			vst_quote(gate, &foreign, rest);
		}
		at = skip > 0 ? at + skip : word.end;
	}
	return foreign;
}

static bool has_latin(vst_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
			return true;
		}
	}
	return false;
}

/* Names of variables that nobody filled in: R28 refuses the text, whose words they are not. */
static bool has_placeholder(const vst_gate_facts *facts)
{
	vst_str found;
	size_t position;

	return facts->template_fault.kind != VST_TEMPLATE_OK ||
	       (!facts->from_template && vst_text_placeholder(facts->given_text, &found, &position));
}

/* The law is that of Russia: a message to another country is left alone. */
void vst_rule_language(vst_gate *gate)
{
	const vst_gate_facts *facts = gate->facts;
	bool abroad = facts->phone_country[0] != '\0' && strcmp(facts->phone_country, "RU") != 0;
	vst_quotes foreign;

	if (abroad || !has_latin(facts->text) || has_placeholder(facts) ||
	    (gate->out->category != VST_ADVERTISING && facts->now < RUSSIAN_FOR_ALL_SINCE)) {
		return;
	}
	foreign = foreign_words(gate);
	if (foreign.count > 0) {
		vst_gate_word words[] = {{"words", foreign.shown, foreign.shown}};
		bool all = !vst_text_has_cyrillic(facts->text);

		vst_gate_find(gate, all ? VST_F_LATIN_TEXT : VST_F_LATIN_WORDS, 0, words, 1);
	}
}

/* ---- R25: prices are in roubles ---- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/*
 * "за 990!", "от 1 990": a preposition and a number of three to six digits with nothing behind it that says of what.
 * "за 2026." is a year.
 */
static bool is_price(vst_str text, const vst_match *match)
{
	static const vst_str prepositions[] = {VST_STR("за "), VST_STR("от "), VST_STR("по ")};
	size_t after = (size_t) (match->text.ptr - text.ptr) + match->text.len, digits = 0;
	bool weak = false, year;

	for (size_t i = 0; i < sizeof prepositions / sizeof prepositions[0]; i++) {
		weak = weak ||
		       vst_search_text((vst_str) {match->text.ptr, prepositions[i].len < match->text.len ? prepositions[i].len
		                                                                                         : match->text.len},
		                       prepositions[i]);
	}
	if (!weak) {
		return true;
	}
	for (size_t i = 0; i < match->text.len; i++) {
		digits += is_digit(match->text.ptr[i]);
	}
	year = digits == 4 && vst_str_starts((vst_str) {match->text.ptr + match->text.len - 4, 4}, VST_STR("20"));
	return digits >= 3 && digits <= 6 && !year &&
	       (after == text.len || (strchr("!,;)?\n", text.ptr[after]) != NULL) ||
	        (text.ptr[after] == '.' && (after + 1 == text.len || text.ptr[after + 1] == ' ')));
}

/* "$20", "20 $", "20€" */
static bool next_foreign_price(vst_str text, size_t *at, vst_str *found)
{
	static const vst_str signs[] = {VST_STR("$"), VST_STR("€")};

	for (; *at < text.len; ++*at) {
		if (text.ptr[*at] != '$' && text.ptr[*at] != '\xE2') {
			continue;
		}
		for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
			size_t begin = *at, end = *at + signs[i].len;

			if (!vst_str_starts((vst_str) {text.ptr + begin, text.len - begin}, signs[i])) {
				continue;
			}
			begin -= begin > 1 && text.ptr[begin - 1] == ' ' && is_digit(text.ptr[begin - 2]);
			while (begin > 0 && is_digit(text.ptr[begin - 1])) {
				begin--;
			}
			while (end < text.len && is_digit(text.ptr[end])) {
				end++;
			}
			if (end - begin > signs[i].len) {
				*found = (vst_str) {text.ptr + begin, end - begin};
				*at = end;
				return true;
			}
		}
	}
	return false;
}

static bool says_roubles(vst_str text)
{
	return vst_str_contains(text, VST_STR("₽")) || vst_search_text(text, VST_STR("руб"));
}

void vst_rule_price(vst_gate *gate)
{
	vst_str text = gate->facts->text, found;
	vst_content_walk walk = vst_content_of(gate, VST_LIST_BIT(CUE_PRICE), 0, 0);
	vst_quotes prices = {VST_STR_EMPTY, 0};
	size_t at = 0;

	for (const vst_match *match; (match = vst_content_next(&walk)) != NULL;) {
		if (is_price(text, match)) {
			vst_quote(gate, &prices, match->text);
		}
	}
	while (next_foreign_price(text, &at, &found) && !says_roubles(text)) {
		vst_quote(gate, &prices, found);
	}
	if (prices.count > 0) {
		vst_gate_word words[] = {{"prices", prices.shown, prices.shown}};

		vst_gate_find(gate, VST_F_PRICE_WITHOUT_ROUBLES, 0, words, 1);
	}
}
