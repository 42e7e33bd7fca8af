#include "reply_reading.h"

#include "homoglyph.h"
#include "measure.h"
#include "translit.h"
#include "utf8.h"

static uint32_t small_letter(uint32_t code)
{
	if (code >= 0xFF21 && code <= 0xFF3A) { /* fullwidth */
		return code - 0xFF21 + 'a';
	}
	if (code >= 0xFF41 && code <= 0xFF5A) {
		return code - 0xFF41 + 'a';
	}
	if (code >= 'A' && code <= 'Z') {
		return code + 0x20;
	}
	if (code >= 0x0410 && code <= 0x042F) {
		return code + 0x20;
	}
	return code == 0x0401 || code == 0x0451 ? 0x0435 : code;
}

static bool is_word_character(uint32_t code)
{
	return vst_alphabet_of(code) != VST_ALPHABET_NONE || (code >= '0' && code <= '9');
}

/* Marks above and below letters, invisible characters, and the apostrophe of "don't": as if they were not there. */
static bool is_nothing(uint32_t code)
{
	vst_str plain;

	return (code >= 0x0300 && code <= 0x036F) || code == '\'' || code == 0x2019 ||
	       (code >= 0x80 && vst_typographic_replacement(code, &plain) && plain.len == 0);
}

/* What else passes for a letter among others of the alphabet; 0: nothing. */
static uint32_t as_cyrillic(uint32_t code)
{
	static const struct {
		unsigned char latin;
		uint16_t cyrillic;
	} table[] = {{'0', 0x043E}, {'3', 0x0437}, {'4', 0x0447}, {'6', 0x0431}, {'a', 0x0430}, {'b', 0x0432},
	             {'c', 0x0441}, {'e', 0x0435}, {'h', 0x043D}, {'k', 0x043A}, {'m', 0x043C}, {'o', 0x043E},
	             {'p', 0x0440}, {'t', 0x0442}, {'x', 0x0445}, {'y', 0x0443}};

	if (code >= 0x0430 && code <= 0x044F) {
		return code;
	}
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		if (table[i].latin == code) {
			return table[i].cyrillic;
		}
	}
	return 0;
}

static char as_latin(uint32_t code)
{
	static const struct {
		uint16_t given;
		char latin;
	} table[] = {{'0', 'o'},    {'1', 'i'},    {'3', 'e'},    {'5', 's'},    {0x0430, 'a'}, {0x0432, 'b'},
	             {0x0435, 'e'}, {0x043A, 'k'}, {0x043C, 'm'}, {0x043D, 'h'}, {0x043E, 'o'}, {0x0440, 'p'},
	             {0x0441, 'c'}, {0x0442, 't'}, {0x0443, 'y'}, {0x0445, 'x'}, {0x0455, 's'}, {0x0456, 'i'}};

	if (code >= 'a' && code <= 'z') {
		return (char) code;
	}
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		if (table[i].given == code) {
			return table[i].latin;
		}
	}
	return '\0';
}

static void read_word(vst_reply_word *word)
{
	size_t cyrillic_len = 0, latin_len = 0, letters = 0, latin_letters = 0;

	for (size_t i = 0; i < word->length; i++) {
		letters += vst_alphabet_of(word->letters[i]) != VST_ALPHABET_NONE;
		latin_letters += word->letters[i] >= 'a' && word->letters[i] <= 'z';
	}
	for (size_t i = 0; i < word->length && letters > 0; i++) {
		uint32_t cyrillic = as_cyrillic(word->letters[i]);

		if (cyrillic == 0) {
			cyrillic_len = 0;
			break;
		}
		cyrillic_len += vst_utf8_put(cyrillic, word->cyrillic + cyrillic_len);
	}
	for (size_t i = 0; i < word->length && letters > 0; i++) {
		char latin = as_latin(word->letters[i]);

		if (latin == '\0') {
			latin_len = 0;
			break;
		}
		word->latin[latin_len++] = latin;
	}
	word->cyrillic[cyrillic_len] = '\0';
	word->latin[latin_len] = '\0';
	word->sound[0] = '\0';
	if (latin_letters == word->length) {
		(void) vst_reply_sound((vst_str) {word->latin, latin_len}, word->sound, sizeof word->sound - 1);
	}
}

/* Three words and more of one letter each become one. */
static size_t join_letters(vst_reply_word *words, size_t count)
{
	size_t kept = 0, run;

	for (size_t i = 0; i < count; i += run) {
		run = 1;
		while (i + run < count && words[i].length == 1 && words[i + run].length == 1) {
			run++;
		}
		if (run < 3) {
			run = 1;
		}
		words[kept] = words[i];
		for (size_t k = 1; k < run && k < VST_REPLY_LETTERS; k++) {
			words[kept].letters[words[kept].length++] = words[i + k].letters[0];
		}
		words[kept++].ends_clause = words[i + run - 1].ends_clause;
	}
	return kept;
}

static void add_letter(vst_reply_word *word, uint32_t code)
{
	if (code == 0x0306 && word->length > 0 && word->letters[word->length - 1] == 0x0438) {
		word->letters[word->length - 1] = 0x0439; /* й, written as и with a breve */
	} else if (is_word_character(code) && word->length < VST_REPLY_LETTERS) {
		word->letters[word->length++] = code;
	}
}

/* Whether a pause is heard at it. */
static bool is_punctuation(uint32_t code)
{
	return code == '\n' || (code > ' ' && code < 0x80 && code != '-' && code != '"') || code == 0x2014 ||
	       code == 0x2013 || code == 0x2026;
}

size_t vst_reply_split(vst_str text, vst_reply_word words[VST_REPLY_WORDS])
{
	size_t offset = 0, count = 0;
	bool inside = false;

	while (offset < text.len) {
		uint32_t code = small_letter(vst_utf8_next(text, &offset));

		if (is_word_character(code) && !inside) {
			if (count == VST_REPLY_WORDS) {
				break;
			}
			words[count++] = (vst_reply_word) {.length = 0};
			inside = true;
		}
		if (inside && (is_word_character(code) || is_nothing(code))) {
			add_letter(&words[count - 1], code);
		} else if (!is_nothing(code)) {
			inside = false;
			if (count > 0 && is_punctuation(code)) {
				words[count - 1].ends_clause = true;
			}
		}
	}
	count = join_letters(words, count);
	for (size_t i = 0; i < count; i++) {
		read_word(&words[i]);
	}
	return count;
}

vst_str vst_reply_other_layout(vst_str text, char *out, size_t size)
{
	static const char keys[] = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
	static const uint16_t letters[] = {
		0x0439, 0x0446, 0x0443, 0x043A, 0x0435, 0x043D, 0x0433, 0x0448, 0x0449, 0x0437, 0x0445,
		0x044A, 0x0444, 0x044B, 0x0432, 0x0430, 0x043F, 0x0440, 0x043E, 0x043B, 0x0434, 0x0436,
		0x044D, 0x044F, 0x0447, 0x0441, 0x043C, 0x0438, 0x0442, 0x044C, 0x0431, 0x044E, 0x0435,
	};
	size_t offset = 0, len = 0;

	while (offset < text.len && len + 4 <= size) {
		uint32_t code = small_letter(vst_utf8_next(text, &offset)), other = code;

		if (code == '{' || code == '}') { /* with Shift */
			code = code == '{' ? '[' : ']';
		}
		for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
			if (letters[i] == code) {
				other = (unsigned char) keys[i];
				break;
			}
			if ((unsigned char) keys[i] == code) {
				other = letters[i];
				break;
			}
		}
		len += vst_utf8_put(other, out + len);
	}
	return (vst_str) {out, len};
}

/* Groups of Latin letters and the one that stands for them all; longer ones first. */
static const struct {
	const char *group;
	char sound; /* a capital: one that no single letter has */
} sounds[] = {
	{"shch", 'S'}, {"sch", 'S'}, {"shh", 'S'}, {"sh", 'S'}, {"zh", 'Z'}, {"ch", 'C'}, {"kh", 'h'},
	{"ts", 'Q'},   {"tz", 'Q'},  {"ya", 'a'},  {"ia", 'a'}, {"ja", 'a'}, {"yu", 'u'}, {"iu", 'u'},
	{"ju", 'u'},   {"yo", 'e'},  {"jo", 'e'},  {"ye", 'e'}, {"ie", 'e'}, {"je", 'e'}, {"c", 'Q'},
	{"x", 'h'},    {"y", 'i'},   {"j", 'i'},   {"w", 'v'},  {"q", 'k'},
};

static size_t fold_sounds(vst_str latin, char *out, size_t size)
{
	size_t len = 0;

	for (size_t at = 0, step; at < latin.len && len < size; at += step) {
		char sound = latin.ptr[at];

		step = 1;
		for (size_t i = 0; i < sizeof sounds / sizeof sounds[0]; i++) {
			if (sounds[i].group[0] == latin.ptr[at] &&
			    vst_str_starts((vst_str) {latin.ptr + at, latin.len - at}, vst_str_from(sounds[i].group))) {
				sound = sounds[i].sound;
				step = strlen(sounds[i].group);
				break;
			}
		}
		if (len == 0 || out[len - 1] != sound) {
			out[len++] = sound;
		}
	}
	out[len] = '\0';
	return len;
}

size_t vst_reply_sound(vst_str word, char *out, size_t size)
{
	char latin[5 * VST_REPLY_LETTERS];
	size_t offset = 0, len = 0;
	uint32_t before = 0;

	while (offset < word.len && len + 5 <= sizeof latin) {
		uint32_t code = vst_utf8_next(word, &offset);
		int count = vst_transliterate(VST_TRANSLIT_READABLE, before, code, 0, latin + len);

		before = code;
		if (count >= 0) {
			len += (size_t) count;
		} else if (code >= 'a' && code <= 'z') {
			latin[len++] = (char) code;
		}
	}
	return fold_sounds((vst_str) {latin, len}, out, size);
}

uint32_t vst_reply_sound_bit(const char *sound)
{
	return sound[0] == '\0' ? 0 : UINT32_C(1) << ((unsigned char) sound[0] & 31u);
}

vst_reply_pattern vst_reply_pattern_of(vst_str text, uint32_t beginnings)
{
	vst_reply_pattern pattern = {.text = text, .sound = "", .sound_length = 0};

	if (beginnings != 0 && text.len >= 2 && (unsigned char) text.ptr[0] >= 0x80) {
		/* what the first letter sounds like rules most of them out */
		(void) vst_reply_sound((vst_str) {text.ptr, 2}, pattern.sound, sizeof pattern.sound - 1);
		if ((beginnings & vst_reply_sound_bit(pattern.sound)) != 0) {
			pattern.sound_length = vst_reply_sound(text, pattern.sound, sizeof pattern.sound - 1);
		}
	}
	return pattern;
}
