#include "measure.h"

#include "utf8.h"

/*
 * Septets by code point, U+0000 to U+00FF. Made from the Unicode Consortium's table "GSM 03.38 to Unicode", version
 * 2.0, corrected to TS 23.038: 0x09 is capital C cedilla (U+00C7), and 0x1B is the escape, not a no-break space.
 * U+0000 has no entry: NUL never gets here.
 */
static const unsigned char latin_septets[256] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 1, 0, 0, /* 0x00 */
                                                 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* 0x10 */
                                                 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* 0x20 */
                                                 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* 0x30 */
                                                 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* 0x40 */
                                                 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 1, /* 0x50 */
                                                 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, /* 0x60 */
                                                 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 0, /* 0x70 */
                                                 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* 0x80 */
                                                 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* 0x90 */
                                                 0, 1, 0, 1, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, /* 0xA0 */
                                                 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, /* 0xB0 */
                                                 0, 0, 0, 0, 1, 1, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, /* 0xC0 */
                                                 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 1, /* 0xD0 */
                                                 1, 0, 0, 0, 1, 1, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0, /* 0xE0 */
                                                 0, 1, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 1, 0, 0, 0,
                                                 /* 0xF0 */};

#define SINGLE_SEPTETS 160
#define PART_SEPTETS 153
#define SINGLE_UNITS 70
#define PART_UNITS 67

int vst_gsm_septets(uint32_t code)
{
	if (code < 0x100) {
		return latin_septets[code];
	}
	switch (code) {
		case 0x0393: /* Γ */
		case 0x0394: /* Δ */
		case 0x0398: /* Θ */
		case 0x039B: /* Λ */
		case 0x039E: /* Ξ */
		case 0x03A0: /* Π */
		case 0x03A3: /* Σ */
		case 0x03A6: /* Φ */
		case 0x03A8: /* Ψ */
		case 0x03A9: /* Ω */ return 1;
		case 0x20AC: /* € */ return 2;
		default: return 0;
	}
}

static void set_parts(vst_measure *out, int units, int segments, int left)
{
	out->units = units;
	out->segments = segments;
	out->remaining = left;
}

/* Parts of equal width 1: nothing can be split. */
static void even_parts(vst_measure *out, int units, int single, int part)
{
	int segments;

	if (units <= single) {
		set_parts(out, units, units > 0, single - units);
		return;
	}
	segments = (units + part - 1) / part;
	set_parts(out, units, segments, segments * part - units);
}

/* Parts of a text with characters of width 2, which do not start in the last unit of a part. */
static void uneven_parts(vst_str text, vst_measure *out, int units, int part)
{
	size_t offset = 0;
	int segments = 1, used = 0;

	while (offset < text.len) {
		uint32_t code = vst_utf8_next(text, &offset);
		int width = out->encoding == VST_GSM7 ? vst_gsm_septets(code) : code > 0xFFFF ? 2 : 1;

		if (used + width > part) {
			segments++;
			used = 0;
		}
		used += width;
	}
	set_parts(out, units, segments, part - used);
}

/* Septets of the whole text, or -1 when a character is outside the alphabet; *pairs: some take two. */
static int gsm_units(vst_str text, bool *pairs)
{
	size_t offset = 0;
	int units = 0, characters = 0;

	while (offset < text.len) {
		unsigned char byte = (unsigned char) text.ptr[offset];
		int septets;

		if (byte < 0x80) {
			septets = latin_septets[byte];
			offset++;
		} else {
			septets = vst_gsm_septets(vst_utf8_next(text, &offset));
		}
		if (septets == 0) {
			return -1;
		}
		units += septets;
		characters++;
	}
	*pairs = units != characters;
	return units;
}

static int utf16_units(vst_str text, bool *pairs)
{
	size_t surrogates = vst_utf8_count_pairs(text);

	*pairs = surrogates > 0;
	return (int) (vst_utf8_count(text) + surrogates);
}

void vst_text_measure(vst_str text, vst_measure *out)
{
	bool pairs = false;
	int units = gsm_units(text, &pairs);
	int single = SINGLE_SEPTETS, part = PART_SEPTETS;

	out->encoding = VST_GSM7;
	if (units < 0) {
		out->encoding = VST_UCS2;
		units = utf16_units(text, &pairs);
		single = SINGLE_UNITS;
		part = PART_UNITS;
	}
	if (pairs && units > single) {
		uneven_parts(text, out, units, part);
	} else {
		even_parts(out, units, single, part);
	}
}

static bool has_replacement(vst_offenders *offenders, size_t offset, uint32_t code, vst_str *out)
{
	if (vst_alphabet_of(code) == VST_ALPHABET_CYRILLIC) {
		return vst_homoglyph_word(&offenders->homoglyphs, offset) == VST_ALPHABET_LATIN &&
		       vst_homoglyph_latin(code, out);
	}
	return vst_typographic_replacement(code, out);
}

bool vst_offenders_next(vst_offenders *offenders, vst_offender *out)
{
	while (offenders->offset < offenders->text.len) {
		size_t offset = offenders->offset;
		uint32_t code = vst_utf8_next(offenders->text, &offenders->offset);
		size_t position = offenders->position++;

		if (vst_gsm_septets(code) == 0) {
			*out = (vst_offender) {code, position, offset, false, VST_STR_EMPTY};
			out->replaceable = has_replacement(offenders, offset, code, &out->replacement);
			return true;
		}
	}
	return false;
}

static const struct {
	uint32_t first, last;
	const char *plain;
} typographic[] = {
	{0x0009, 0x0009, " "},                                                   /* tab */
	{0x0060, 0x0060, "'"},                                                   /* grave accent */
	{0x00A0, 0x00A0, " "},                                                   /* no-break space */
	{0x00A9, 0x00A9, "(c)"},  {0x00AB, 0x00AB, "\""}, {0x00AD, 0x00AD, ""},  /* soft hyphen */
	{0x00AE, 0x00AE, "(R)"},  {0x00B4, 0x00B4, "'"},                         /* acute accent */
	{0x00B7, 0x00B7, "."},                                                   /* middle dot */
	{0x00BB, 0x00BB, "\""},   {0x00D7, 0x00D7, "x"},  {0x2000, 0x200A, " "}, /* spaces of all widths */
	{0x200B, 0x200F, ""},                                                    /* zero width, direction marks */
	{0x2010, 0x2015, "-"},                                                   /* hyphens and dashes */
	{0x2018, 0x201B, "'"},    {0x201C, 0x201F, "\""}, {0x2022, 0x2022, "-"}, /* bullet */
	{0x2024, 0x2024, "."},    {0x2025, 0x2025, ".."}, {0x2026, 0x2026, "..."},
	{0x202F, 0x202F, " "}, /* narrow no-break space */
	{0x2032, 0x2032, "'"},    {0x2033, 0x2033, "\""}, {0x2039, 0x203A, "'"},
	{0x205F, 0x205F, " "},    {0x2060, 0x2060, ""},  /* word joiner */
	{0x2116, 0x2116, "N"},                           /* numero sign */
	{0x2122, 0x2122, "(TM)"}, {0x2212, 0x2212, "-"}, /* minus */
	{0x3000, 0x3000, " "},    {0xFE0E, 0xFE0F, ""},  /* variation selectors */
	{0xFEFF, 0xFEFF, ""},                            /* byte order mark */
};

bool vst_typographic_replacement(uint32_t code, vst_str *out)
{
	if (code > 0xD7 && code < 0x2000) { /* Cyrillic and other letters: most of what is asked for */
		return false;
	}
	for (size_t i = 0; i < sizeof typographic / sizeof typographic[0] && typographic[i].first <= code; i++) {
		if (code <= typographic[i].last) {
			*out = vst_str_from(typographic[i].plain);
			return true;
		}
	}
	return false;
}
