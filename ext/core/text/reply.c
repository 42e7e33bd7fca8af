#include "reply.h"

#include "reply_reading.h"
#include "reply_words.h"
#include "utf8.h"

/* Letters of keywords in which one slip of the finger is forgiven; and two swapped letters, which make no other word. */
#define LONG_KEYWORD 6
#define SWAP_KEYWORD 4
/* How far back a "не" is looked for, and how far around a verb its object, in words. */
#define NEGATION_REACH 4
#define OBJECT_REACH 4

typedef struct reply_text {
	vst_reply_word words[VST_REPLY_WORDS];
	size_t count;
	unsigned senses; /* of all words */
	bool asks;       /* has a question mark or a question word */
	uint32_t sounds; /* beginnings of the words in Latin letters, see vst_reply_sound_bit() */
} reply_text;

const char *vst_reply_intent_name(vst_reply_intent intent)
{
	static const char *const names[] = {
		[VST_REPLY_NONE] = "none",   [VST_REPLY_STOP] = "stop", [VST_REPLY_STOP_ALL] = "stop_all",
		[VST_REPLY_START] = "start", [VST_REPLY_HELP] = "help", [VST_REPLY_REVIEW] = "review",
	};

	return names[intent];
}

/* The character at *offset, a repetition of it skipped: "стооп" reads as "стоп"; 0 at the end. */
static uint32_t next_distinct(vst_str text, size_t *offset)
{
	uint32_t code = *offset < text.len ? vst_utf8_next(text, offset) : 0;
	size_t next = *offset;

	while (*offset < text.len && vst_utf8_next(text, &next) == code) {
		*offset = next;
	}
	return code;
}

static bool equal_distinct(vst_str a, vst_str b)
{
	size_t at_a = 0, at_b = 0;

	for (;;) {
		uint32_t left = next_distinct(a, &at_a), right = next_distinct(b, &at_b);

		if (left != right) {
			return false;
		}
		if (left == 0) {
			return true;
		}
	}
}

static size_t letters_of(vst_str text, uint32_t letters[VST_REPLY_LETTERS])
{
	size_t offset = 0, count = 0;

	while (offset < text.len && count < VST_REPLY_LETTERS) {
		letters[count++] = vst_utf8_next(text, &offset);
	}
	return count;
}

/* At most one letter put in, left out or exchanged, or two swapped; the first letter is right. */
static bool one_slip(vst_str given, vst_str keyword)
{
	uint32_t a[VST_REPLY_LETTERS], b[VST_REPLY_LETTERS];
	size_t count_a = letters_of(given, a), count_b = letters_of(keyword, b), head = 0, tail = 0, shorter;

	shorter = count_a < count_b ? count_a : count_b;
	if (count_b < SWAP_KEYWORD || count_a + 1 < count_b || count_a > count_b + 1 || a[0] != b[0]) {
		return false;
	}
	while (head < shorter && a[head] == b[head]) {
		head++;
	}
	while (tail < shorter - head && a[count_a - 1 - tail] == b[count_b - 1 - tail]) {
		tail++;
	}
	count_a -= head + tail;
	count_b -= head + tail;
	if (count_a == 2 && count_b == 2 && a[head] == b[head + 1] && a[head + 1] == b[head]) {
		return true;
	}
	return count_a <= 1 && count_b <= 1 && head + count_b + tail >= LONG_KEYWORD;
}

static bool is_own_word(vst_str word)
{
	for (size_t i = 0; i < vst_reply_own_word_count; i++) {
		if (vst_str_is(word, vst_reply_own_words[i])) {
			return true;
		}
	}
	return false;
}

static bool reads_as(const char *reading, vst_str keyword)
{
	vst_str given;

	if (reading[0] == '\0' || reading[0] != keyword.ptr[0]) {
		return false;
	}
	given = vst_str_from(reading);
	return equal_distinct(given, keyword) || (one_slip(given, keyword) && !is_own_word(given));
}

static bool is_keyword(const vst_reply_word *word, const vst_reply_pattern *keyword)
{
	return reads_as(word->cyrillic, keyword->text) || reads_as(word->latin, keyword->text) ||
	       (keyword->sound_length > 0 && reads_as(word->sound, (vst_str) {keyword->sound, keyword->sound_length}));
}

/* Takes one piece up to a space from *rest. */
static vst_str next_piece(vst_str *rest)
{
	size_t len = 0;
	vst_str piece;

	while (len < rest->len && rest->ptr[len] != ' ') {
		len++;
	}
	piece = (vst_str) {rest->ptr, len};
	len += len < rest->len;
	*rest = (vst_str) {rest->ptr + len, rest->len - len};
	return piece;
}

/* Words the keyword takes from `at` on; 0: it does not stand there. */
static size_t keyword_at(const reply_text *text, size_t at, const vst_keyword *keyword)
{
	vst_str rest = vst_str_from(keyword->words);
	size_t taken = 0;

	while (rest.len > 0) {
		vst_reply_pattern piece = vst_reply_pattern_of(next_piece(&rest), text->sounds);

		if (at + taken == text->count || !is_keyword(&text->words[at + taken], &piece)) {
			return 0;
		}
		taken++;
	}
	return taken;
}

/* A verb that tells or asks for, in the infinitive or the imperative, not in the past or the present tense. */
static bool is_request(vst_str word)
{
	static const char *const other[] = {"л",  "ла",   "ло",   "ли",   "лся", "лась", "лись", "ет",
	                                    "ем", "аете", "яете", "уете", "ешь", "ют",   "ение"};

	for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
		vst_str ending = vst_str_from(other[i]);

		if (word.len >= ending.len && memcmp(word.ptr + word.len - ending.len, ending.ptr, ending.len) == 0) {
			return false;
		}
	}
	return true;
}

/* Whether one reading of a word begins with the stem, or is it, as the mark behind the stem says. */
static bool stem_fits(const char *reading, vst_str stem, char mark)
{
	vst_str given;

	if (reading[0] == '\0' || reading[0] != stem.ptr[0]) {
		return false;
	}
	given = vst_str_from(reading);
	if (!vst_str_starts(given, stem)) {
		return false;
	}
	return mark == '=' ? given.len == stem.len : mark != '~' || is_request(given);
}

/* Gives the senses to all words that have the stem. */
static void mark_words(reply_text *text, vst_str stem, unsigned senses)
{
	char mark = stem.ptr[stem.len - 1];
	vst_reply_pattern pattern;
	bool cyrillic = (unsigned char) stem.ptr[0] >= 0x80;

	if (mark == '=' || mark == '~') {
		stem.len--;
	}
	pattern = vst_reply_pattern_of(stem, text->sounds);
	for (size_t i = 0; i < text->count; i++) {
		vst_reply_word *word = &text->words[i];

		if (stem_fits(cyrillic ? word->cyrillic : word->latin, stem, mark) ||
		    (pattern.sound_length > 0 &&
		     stem_fits(word->sound, (vst_str) {pattern.sound, pattern.sound_length}, mark))) {
			word->senses |= senses;
			text->senses |= senses;
		}
	}
}

static void read_text(vst_str given, bool transliterated, reply_text *text)
{
	text->count = vst_reply_split(given, text->words);
	text->senses = 0;
	text->sounds = 0;
	for (size_t i = 0; i < text->count; i++) {
		text->sounds |= transliterated ? vst_reply_sound_bit(text->words[i].sound) : 0;
	}
	for (size_t i = 0; i < vst_sense_count; i++) {
		vst_str rest = vst_str_from(vst_senses[i].stems);

		while (rest.len > 0) {
			mark_words(text, next_piece(&rest), vst_senses[i].senses);
		}
	}
	text->asks = (text->senses & VST_SENSE_QUESTION) != 0 || vst_str_contains(given, VST_STR("?"));
}

static bool all_mean(const reply_text *text, size_t from, size_t to, unsigned senses)
{
	for (size_t i = from; i < to; i++) {
		if ((text->words[i].senses & senses) == 0) {
			return false;
		}
	}
	return true;
}

/* Whether an order is spoken of, and the mailing is not. */
static bool about_order(const reply_text *text)
{
	return (text->senses & VST_SENSE_ORDER) != 0 && (text->senses & VST_SENSE_MAILING) == 0;
}

static bool set_keyword(vst_reply_meaning *out, const vst_keyword *keyword, vst_reply_intent intent, bool weak)
{
	*out = (vst_reply_meaning) {intent, keyword->name, weak};
	return true;
}

/* A keyword with nothing beside it but polite words and, where that makes sense, the name of what should stop. */
static bool whole_keyword(const reply_text *text, vst_reply_meaning *out)
{
	const unsigned beside = VST_SENSE_POLITE | VST_SENSE_MAILING;

	for (size_t i = 0; i < vst_keyword_count; i++) {
		const vst_keyword *keyword = &vst_keywords[i];
		unsigned allowed = keyword->strength == VST_KEYWORD_WEAK ? VST_SENSE_POLITE : beside;

		for (size_t at = 0; at < text->count && all_mean(text, 0, at, allowed); at++) {
			size_t taken = keyword_at(text, at, keyword);
			bool named;

			if (taken == 0 || !all_mean(text, at + taken, text->count, allowed)) {
				continue;
			}
			named = (text->senses & VST_SENSE_MAILING) != 0;
			return set_keyword(out, keyword, keyword->intent,
			                   keyword->strength == VST_KEYWORD_WEAK ||
			                       (keyword->strength == VST_KEYWORD_OBJECT && !named));
		}
	}
	return false;
}

/* A strong keyword in front acts, erring towards refusal; beside a question or an order a person has to read it. */
static bool leading_keyword(const reply_text *text, vst_reply_meaning *out)
{
	for (size_t at = 0; at < text->count; at++) {
		for (size_t i = 0; i < vst_keyword_count; i++) {
			if (vst_keywords[i].strength == VST_KEYWORD_LEADS && keyword_at(text, at, &vst_keywords[i]) > 0) {
				bool doubtful = text->asks || about_order(text);

				return set_keyword(out, &vst_keywords[i], doubtful ? VST_REPLY_REVIEW : vst_keywords[i].intent, false);
			}
		}
		if ((text->words[at].senses & VST_SENSE_POLITE) == 0) {
			break;
		}
	}
	return false;
}

/* A "не" in front, in the same clause. */
static bool is_denied(const reply_text *text, size_t at, size_t reach)
{
	for (size_t back = 1; back <= reach && back <= at; back++) {
		const vst_reply_word *word = &text->words[at - back];

		if (word->ends_clause) {
			return false;
		}
		if ((word->senses & VST_SENSE_NOT) != 0) {
			return true;
		}
	}
	return false;
}

/* "Не удаляйте", "не надо удалять". */
static bool is_forbidden(const reply_text *text, size_t at)
{
	return is_denied(text, at, 1) ||
	       (at > 0 && (text->words[at - 1].senses & VST_SENSE_UNWANTED) != 0 && is_denied(text, at - 1, 1));
}

/* The first word that says what should be removed, after the verb or else before it; 0 when none does. */
static unsigned object_of(const reply_text *text, size_t at)
{
	const unsigned objects = VST_SENSE_ORDER | VST_SENSE_MAILING | VST_SENSE_PERSON | VST_SENSE_SEND;

	for (size_t i = at + 1; i < text->count && i <= at + OBJECT_REACH; i++) {
		if ((text->words[i].senses & objects) != 0) {
			return text->words[i].senses & objects;
		}
	}
	for (size_t back = 1; back <= at && back <= OBJECT_REACH; back++) {
		if ((text->words[at - back].senses & objects) != 0) {
			return text->words[at - back].senses & objects;
		}
	}
	return 0;
}

/* Whether the clause around a word speaks of an order, and not of the mailing. */
static bool clause_about_order(const reply_text *text, size_t at)
{
	unsigned senses = 0;

	for (size_t i = at; i > 0 && !text->words[i - 1].ends_clause; i--) {
		senses |= text->words[i - 1].senses;
	}
	for (size_t i = at; i < text->count; i++) {
		senses |= text->words[i].senses;
		if (text->words[i].ends_clause) {
			break;
		}
	}
	return (senses & VST_SENSE_ORDER) != 0 && (senses & VST_SENSE_MAILING) == 0;
}

/* What one word says in its place. */
static bool word_asks_to_stop(const reply_text *text, size_t at)
{
	unsigned senses = text->words[at].senses;

	if ((senses & VST_SENSE_LEAVE) != 0) {
		return true;
	}
	if ((senses & VST_SENSE_SEND) != 0 && is_denied(text, at, NEGATION_REACH) && !clause_about_order(text, at)) {
		return true;
	}
	if ((senses & VST_SENSE_REMOVE) != 0 && !is_forbidden(text, at)) {
		unsigned object = object_of(text, at);

		return object != 0 ? (object & VST_SENSE_ORDER) == 0 : text->count <= 2;
	}
	if ((senses & VST_SENSE_UNWANTED) != 0 && is_denied(text, at, 2)) {
		const unsigned refusal = VST_SENSE_NOT | VST_SENSE_UNWANTED | VST_SENSE_POLITE | VST_SENSE_PERSON;

		return (!about_order(text) && (text->senses & (VST_SENSE_MAILING | VST_SENSE_SEND | VST_SENSE_CONSENT)) != 0) ||
		       all_mean(text, 0, text->count, refusal);
	}
	return (senses & VST_SENSE_UNSUBSCRIBE) != 0 && !is_forbidden(text, at);
}

static bool text_asks_to_stop(const reply_text *text)
{
	unsigned senses = text->senses;

	if ((senses & (VST_SENSE_ANNOYED | VST_SENSE_AUTHORITY)) != 0 && !about_order(text)) {
		return true;
	}
	if ((senses & VST_SENSE_HOW_MUCH) != 0 && (senses & VST_SENSE_SEND) != 0 && !about_order(text)) {
		return true;
	}
	if ((senses & VST_SENSE_CONSENT) != 0 && (senses & VST_SENSE_REVOKE) != 0) {
		return true;
	}
	if ((senses & VST_SENSE_ORIGIN) != 0 && (senses & VST_SENSE_PERSON) != 0 && !about_order(text)) {
		return true;
	}
	for (size_t i = 0; i < text->count; i++) {
		if (word_asks_to_stop(text, i)) {
			return true;
		}
	}
	return false;
}

/* A strong keyword at the end: "я же сказал: стоп". */
static bool closing_keyword(const reply_text *text)
{
	size_t last = text->count;

	while (last > 1 && (text->words[last - 1].senses & VST_SENSE_POLITE) != 0) {
		last--;
	}
	for (size_t i = 0; i < vst_keyword_count && last > 0 && !text->asks && !about_order(text); i++) {
		if (vst_keywords[i].strength == VST_KEYWORD_LEADS && !is_denied(text, last - 1, 1) &&
		    keyword_at(text, last - 1, &vst_keywords[i]) > 0) {
			return true;
		}
	}
	return false;
}

static bool parse(vst_str given, bool transliterated, vst_reply_meaning *out)
{
	reply_text text;

	read_text(given, transliterated, &text);
	if (whole_keyword(&text, out) || leading_keyword(&text, out)) {
		return true;
	}
	if (text_asks_to_stop(&text) || closing_keyword(&text)) {
		*out = (vst_reply_meaning) {VST_REPLY_REVIEW, NULL, false};
		return true;
	}
	return false;
}

void vst_reply_parse(vst_str text, vst_reply_meaning *out)
{
	char other[1024];

	*out = (vst_reply_meaning) {VST_REPLY_NONE, NULL, false};
	if (!parse(text, true, out)) { /* nobody transliterates in the wrong layout */
		(void) parse(vst_reply_other_layout(text, other, sizeof other), false, out);
	}
}
