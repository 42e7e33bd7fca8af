#include "translit.h"

#define FIRST 0x0430

/* By the small letter. */
static const struct {
	const char *icao, *readable;
} letters[] = {
	[0x0430 - FIRST] = {"a", "a"},   [0x0431 - FIRST] = {"b", "b"},      [0x0432 - FIRST] = {"v", "v"},
	[0x0433 - FIRST] = {"g", "g"},   [0x0434 - FIRST] = {"d", "d"},      [0x0435 - FIRST] = {"e", "e"},
	[0x0436 - FIRST] = {"zh", "zh"}, [0x0437 - FIRST] = {"z", "z"},      [0x0438 - FIRST] = {"i", "i"},
	[0x0439 - FIRST] = {"i", "y"},   [0x043A - FIRST] = {"k", "k"},      [0x043B - FIRST] = {"l", "l"},
	[0x043C - FIRST] = {"m", "m"},   [0x043D - FIRST] = {"n", "n"},      [0x043E - FIRST] = {"o", "o"},
	[0x043F - FIRST] = {"p", "p"},   [0x0440 - FIRST] = {"r", "r"},      [0x0441 - FIRST] = {"s", "s"},
	[0x0442 - FIRST] = {"t", "t"},   [0x0443 - FIRST] = {"u", "u"},      [0x0444 - FIRST] = {"f", "f"},
	[0x0445 - FIRST] = {"kh", "kh"}, [0x0446 - FIRST] = {"ts", "ts"},    [0x0447 - FIRST] = {"ch", "ch"},
	[0x0448 - FIRST] = {"sh", "sh"}, [0x0449 - FIRST] = {"shch", "sch"}, [0x044A - FIRST] = {"ie", ""},
	[0x044B - FIRST] = {"y", "y"},   [0x044C - FIRST] = {"", ""},        [0x044D - FIRST] = {"e", "e"},
	[0x044E - FIRST] = {"iu", "yu"}, [0x044F - FIRST] = {"ia", "ya"},    [0x0451 - FIRST] = {"e", "yo"},
	[0x0454 - FIRST] = {"ie", "ye"}, [0x0456 - FIRST] = {"i", "i"},      [0x0457 - FIRST] = {"i", "yi"},
	[0x045E - FIRST] = {"u", "u"},   [0x0491 - FIRST] = {"g", "g"},
};

static uint32_t small(uint32_t code)
{
	if (code >= 0x0410 && code <= 0x042F) {
		return code + 0x20;
	}
	return code >= 0x0400 && code <= 0x040F ? code + 0x50 : code == 0x0490 ? 0x0491 : code;
}

static bool is_capital(uint32_t code)
{
	return (code >= 'A' && code <= 'Z') || (code >= 0x0400 && code <= 0x042F) || code == 0x0490;
}

static bool is_letter(uint32_t code)
{
	return is_capital(code) || (code >= 'a' && code <= 'z') || (code >= 0x0430 && code <= 0x045F) || code == 0x0491;
}

bool vst_translit_find(vst_str name, vst_translit *out)
{
	bool icao = vst_str_is(name, "icao");

	*out = icao ? VST_TRANSLIT_ICAO : VST_TRANSLIT_READABLE;
	return icao || vst_str_is(name, "readable");
}

int vst_transliterate(vst_translit system, uint32_t before, uint32_t code, uint32_t after, char out[5])
{
	uint32_t wanted = small(code);
	bool capital = is_capital(code), all_capitals;
	const char *latin = NULL;
	int count = 0;

	if (wanted >= FIRST && wanted - FIRST < sizeof letters / sizeof letters[0]) {
		latin = system == VST_TRANSLIT_ICAO ? letters[wanted - FIRST].icao : letters[wanted - FIRST].readable;
	}
	if (latin == NULL) {
		return -1;
	}
	if (system == VST_TRANSLIT_READABLE && wanted == 0x0439 && small(before) == 0x044B) { /* "ый" */
		return 0;
	}
	all_capitals = capital && (is_letter(after) ? is_capital(after) : is_letter(before) && is_capital(before));
	for (; latin[count] != '\0'; count++) {
		bool raise = count == 0 ? capital : all_capitals;

		out[count] = (char) (raise ? latin[count] - 'a' + 'A' : latin[count]);
	}
	return count;
}
