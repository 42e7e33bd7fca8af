#include "normalize.h"

#include "utf8.h"

/* Characters and what each is: pairs, a character of the first and what stands at the same place in the second. */
static const struct {
	const char *from, *to;
} twins[] = {
	{"ёЁѐЀєЄҽӗ", "ееееееее"},
	{"іІїЇѝЍӣӥҋ", "иииииииий"},
	{"ўЎүҮұҰӯӱӳ", "ууууууууу"},
	{"ґҐғҒӷҕ", "гггггг"},
	{"һҺҳҲӽӿ", "хххххх"},
	{"җӂӝҙӟӡҡқҚҝҟӄ", "жжжззззкккккк"},
	{"ңҥӈӊ", "нннн"},
	{"ҫҭҷҹҵӵӌ", "стччччч"},
	{"ӑӓәӘӕ", "ааааа"},
	{"өӨӧӫ", "оооо"},
	{"ӹыѣҍ", "ыыеь"},
	{"аӏ", "аи"},
	{"ƃʙᴀᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "bbacdefghijklmnoprstuvwyz"},
	{"αΑβΒεΕηΗιΙκΚνΝοΟρΡτΤυΥχΧμΜζΖγσωΩ", "aabbeennhhiikkvnooppttyyxxmmzzysww"},
	{"ıłøđħŧſƒ", "ilodhtsf"},
	{"∂δΔπΠλΛΓφΦ", "дддппллгфф"},
	{"×✕✖", "xxx"},
	{"•●∙⋅·∗✱✲✳⁎﹡＊※", "*************"},
	{"–—−‐‑‒―_~¬", "----------"},
	{"…‚．。﹒", "....."},
	{"％﹪", "%%"},
};

/* Accented Latin letters by their bases: U+00C0 to U+017F. A space: not a letter. */
static const char latin_bases[] = "aaaaaaaceeeeiiiidnooooo ouuuuypsaaaaaaaceeeeiiiidnooooo ouuuuypy"
								  "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllllll"
								  "lnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static uint8_t of_ascii(uint32_t code)
{
	if (code >= 'a' && code <= 'z') {
		return (uint8_t) (VST_SYMBOL_LATIN + (code - 'a'));
	}
	if (code >= 'A' && code <= 'Z') {
		return (uint8_t) (VST_SYMBOL_LATIN + (code - 'A'));
	}
	if (code >= '0' && code <= '9') {
		return (uint8_t) (VST_SYMBOL_DIGIT + (code - '0'));
	}
	switch (code) {
		case ' ':
		case '\n':
		case '\r':
		case '\t': return VST_SYMBOL_SPACE;
		case '*': return VST_SYMBOL_STAR;
		case '.': return VST_SYMBOL_DOT;
		case '%': return VST_SYMBOL_PERCENT;
		case '+': return VST_SYMBOL_PLUS;
		case '-':
		case '_':
		case '~': return VST_SYMBOL_HYPHEN;
		case '?':
		case ';': return VST_SYMBOL_BREAK;
		case '@': return VST_SYMBOL_AT;
		case '$': return VST_SYMBOL_DOLLAR;
		case '!': return VST_SYMBOL_EXCLAMATION;
		case '#': return VST_SYMBOL_HASH;
		case '/':
		case '\\': return VST_SYMBOL_SLASH;
		default: return VST_SYMBOL_OTHER;
	}
}

static uint8_t of_cyrillic(uint32_t code)
{
	if (code >= 0x430 && code <= 0x44F) {
		return (uint8_t) (VST_SYMBOL_CYRILLIC + (code - 0x430));
	}
	return code >= 0x410 && code <= 0x42F ? (uint8_t) (VST_SYMBOL_CYRILLIC + (code - 0x410)) : VST_SYMBOL_OTHER;
}

static uint8_t of_twin(uint32_t code)
{
	for (size_t i = 0; i < sizeof twins / sizeof twins[0]; i++) {
		vst_str from = vst_str_from(twins[i].from), to = vst_str_from(twins[i].to);
		size_t at = 0, other = 0;

		while (at < from.len && other < to.len) {
			uint32_t given = vst_utf8_next(from, &at), plain = vst_utf8_next(to, &other);

			if (given == code) {
				return plain < 0x80 ? of_ascii(plain) : of_cyrillic(plain);
			}
		}
	}
	return VST_SYMBOL_OTHER;
}

static bool within(uint32_t code, uint32_t first, uint32_t last)
{
	return code - first <= last - first;
}

static bool is_space(uint32_t code)
{
	return code == 0x85 || code == 0xA0 || within(code, 0x2000, 0x200A) || within(code, 0x2028, 0x2029) ||
	       code == 0x202F || code == 0x205F || code == 0x3000 || code == 0x1680;
}

static bool is_invisible(uint32_t code)
{
	return code == 0xAD || within(code, 0x300, 0x36F) || within(code, 0x483, 0x489) || code == 0x34F || code == 0x61C ||
	       within(code, 0x180B, 0x180E) || within(code, 0x200B, 0x200F) || within(code, 0x202A, 0x202E) ||
	       within(code, 0x2060, 0x206F) || within(code, 0x20D0, 0x20F0) || within(code, 0x1AB0, 0x1AFF) ||
	       within(code, 0x1DC0, 0x1DFF) || within(code, 0xFE00, 0xFE0F) || within(code, 0xFE20, 0xFE2F) ||
	       code == 0xFEFF || code == 0x115F || code == 0x1160 || code == 0x3164 || code == 0xFFA0 ||
	       within(code, 0xE0000, 0xE01EF);
}

static uint8_t latin(uint32_t number)
{
	return (uint8_t) (VST_SYMBOL_LATIN + number % 26);
}

/* Letters and digits in other dress. */
static uint8_t of_styled(uint32_t code)
{
	if (within(code, 0xFF01, 0xFF5E)) {
		return of_ascii(code - 0xFF01 + '!');
	}
	if (within(code, 0x1D400, 0x1D6A3)) { /* mathematical alphanumerics: 26 capitals, 26 small ones, and again */
		return latin(code - 0x1D400);
	}
	if (within(code, 0x1D7CE, 0x1D7FF)) {
		return (uint8_t) (VST_SYMBOL_DIGIT + (code - 0x1D7CE) % 10);
	}
	if (within(code, 0x24B6, 0x24E9)) {
		return latin(code - 0x24B6);
	}
	if (within(code, 0x249C, 0x24B5)) {
		return latin(code - 0x249C);
	}
	if (within(code, 0x1F110, 0x1F129) || within(code, 0x1F130, 0x1F149)) {
		return latin((code - 0x1F110) % 32);
	}
	if (within(code, 0x1F150, 0x1F169) || within(code, 0x1F170, 0x1F189)) {
		return latin((code - 0x1F150) % 32);
	}
	if (within(code, 0x1F1E6, 0x1F1FF)) {
		return latin(code - 0x1F1E6);
	}
	if (within(code, 0x2460, 0x2468)) {
		return (uint8_t) (VST_SYMBOL_DIGIT + 1 + (code - 0x2460));
	}
	if (within(code, 0x660, 0x669) || within(code, 0x6F0, 0x6F9)) {
		return (uint8_t) (VST_SYMBOL_DIGIT + (code & 0xFu));
	}
	return VST_SYMBOL_OTHER;
}

uint8_t vst_symbol_by_rule(uint32_t code)
{
	uint8_t symbol;

	if (code < 0x80) {
		return of_ascii(code);
	}
	if (code == 0x306) {
		return VST_SYMBOL_BREVE;
	}
	if (is_space(code)) {
		return VST_SYMBOL_SPACE;
	}
	if (is_invisible(code)) {
		return VST_SYMBOL_INVISIBLE;
	}
	if (code == 0x2116) {
		return VST_SYMBOL_NUMERO;
	}
	if (code == 0x20BD) {
		return VST_SYMBOL_RUBLE;
	}
	if (code == 0x20AC) {
		return VST_SYMBOL_EURO;
	}
	if ((symbol = of_cyrillic(code)) != VST_SYMBOL_OTHER || (symbol = of_styled(code)) != VST_SYMBOL_OTHER ||
	    (symbol = of_twin(code)) != VST_SYMBOL_OTHER) {
		return symbol;
	}
	return within(code, 0xC0, 0x17F) ? of_ascii((uint32_t) latin_bases[code - 0xC0]) : VST_SYMBOL_OTHER;
}

/* Longest first. What is found as several letters by sound is not read letter by letter that way: "sh" is no с and х. */
static const struct {
	char from[5];
	const char *look, *sound, *both;
} readings[] = {
	{"shch", "", "щ", ""}, {"sch", "", "щ", ""}, {"zh", "", "ж", ""},  {"kh", "", "х", ""},  {"ch", "", "ч", ""},
	{"sh", "", "ш", ""},   {"ts", "", "ц", ""},  {"tz", "", "ц", ""},  {"ya", "", "я", ""},  {"ja", "", "я", ""},
	{"ia", "", "я", ""},   {"yu", "", "ю", ""},  {"ju", "", "ю", ""},  {"iu", "", "ю", ""},  {"yo", "", "е", ""},
	{"jo", "", "е", ""},   {"io", "", "е", ""},  {"ye", "", "е", ""},  {"je", "", "е", ""},  {"oo", "", "у", ""},
	{"bi", "ы", "", ""},   {"ck", "", "к", ""},  {"yi", "", "ы", ""},  {"ee", "", "и", ""},  {"a", "", "", "а"},
	{"b", "вь", "б", ""},  {"c", "с", "ц", ""},  {"d", "", "д", ""},   {"e", "", "э", "е"},  {"f", "", "ф", ""},
	{"g", "", "г", ""},    {"h", "н", "х", ""},  {"i", "", "йы", "и"}, {"j", "", "йж", ""},  {"k", "", "", "к"},
	{"l", "", "л", ""},    {"m", "", "", "м"},   {"n", "п", "н", ""},  {"o", "", "", "о"},   {"p", "р", "п", ""},
	{"q", "", "к", ""},    {"r", "г", "р", ""},  {"s", "", "с", ""},   {"t", "", "", "т"},   {"u", "и", "у", ""},
	{"v", "", "в", ""},    {"w", "шщ", "в", ""}, {"x", "", "", "х"},   {"y", "у", "ый", ""}, {"z", "", "з", ""},
	{"0", "", "", "о"},    {"1", "", "", "ил"},  {"3", "", "", "зэе"}, {"4", "", "", "ча"},  {"5", "", "", "с"},
	{"6", "", "", "б"},    {"7", "", "", "т"},   {"8", "", "", "в"},   {"9", "", "", "яд"},  {"@", "", "", "а"},
	{"$", "", "", "с"},    {"!", "", "", "и"},   {"+", "", "", "т"},
};

/* The character that a symbol was, as the table above writes it; 0: none that it holds. */
static char written(uint8_t symbol)
{
	switch (symbol) {
		case VST_SYMBOL_AT: return '@';
		case VST_SYMBOL_DOLLAR: return '$';
		case VST_SYMBOL_EXCLAMATION: return '!';
		case VST_SYMBOL_PLUS: return '+';
		default:
			return vst_symbol_is_latin(symbol)   ? (char) ('a' + (symbol - VST_SYMBOL_LATIN))
			       : vst_symbol_is_digit(symbol) ? (char) ('0' + (symbol - VST_SYMBOL_DIGIT))
			                                     : '\0';
	}
}

static size_t put_readings(vst_reading *out, size_t count, const char *letters, size_t symbols, unsigned by)
{
	vst_str rest = vst_str_from(letters);
	size_t offset = 0;

	while (offset < rest.len && count < VST_READINGS_MAX) {
		out[count++] = (vst_reading) {of_cyrillic(vst_utf8_next(rest, &offset)), (uint8_t) symbols, (uint8_t) by};
	}
	return count;
}

size_t vst_readings(const uint8_t *at, const uint8_t *end, vst_reading out[VST_READINGS_MAX])
{
	char text[5] = "";
	size_t count = 0;
	bool several = false;

	for (size_t i = 0; i < 4 && at + i < end && (text[i] = written(at[i])) != '\0'; i++) {}
	for (size_t i = 0; i < sizeof readings / sizeof readings[0] && text[0] != '\0'; i++) {
		size_t len = strlen(readings[i].from);

		if (readings[i].from[0] != text[0] || strncmp(readings[i].from, text, len) != 0) {
			continue;
		}
		count = put_readings(out, count, readings[i].look, len, VST_BY_LOOK);
		if (len > 1 || !several) {
			count = put_readings(out, count, readings[i].sound, len, VST_BY_SOUND);
		}
		count = put_readings(out, count, readings[i].both, len, VST_BY_LOOK | (several ? 0 : VST_BY_SOUND));
		several = several || (len > 1 && strchr("hk", readings[i].from[1]) != NULL);
	}
	return count;
}

uint8_t vst_latin_twin(uint8_t cyrillic)
{
	static const char letters[] = "a b  e  i k mho pcty x";
	size_t number = (size_t) cyrillic - VST_SYMBOL_CYRILLIC;

	return number < sizeof letters - 1 && letters[number] != ' ' ? of_ascii((uint8_t) letters[number]) : 0;
}

uint8_t vst_latin_disguised(uint8_t symbol)
{
	static const char letters[] = "oi eas t";

	switch (symbol) {
		case VST_SYMBOL_AT: return of_ascii('a');
		case VST_SYMBOL_DOLLAR: return of_ascii('s');
		case VST_SYMBOL_EXCLAMATION: return of_ascii('i');
		default: break;
	}
	if (symbol < VST_SYMBOL_DIGIT || symbol > VST_SYMBOL_DIGIT + 7 || letters[symbol - VST_SYMBOL_DIGIT] == ' ') {
		return 0;
	}
	return of_ascii((uint8_t) letters[symbol - VST_SYMBOL_DIGIT]);
}
