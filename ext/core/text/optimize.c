#include "optimize.h"

#include "homoglyph.h"
#include "rewrite.h"
#include "template.h"
#include "utf8.h"

typedef enum typography { TYPOGRAPHY_STAYS, TYPOGRAPHY_INVISIBLE, TYPOGRAPHY_ALL } typography;

/* One way to rewrite the text. */
typedef struct plan {
	typography typography;
	bool spaces, homoglyphs;
	vst_translit transliterate;
} plan;

typedef struct writer {
	vst_str text;
	vst_arena *arena;
	plan plan;
	vst_homoglyphs homoglyphs;
	char *result; /* never longer than text.len * 2 + 1 */
	size_t len;
	vst_change *changes;
	size_t count, capacity;
	uint32_t before; /* the character before the one at hand; 0: none */
} writer;

const char *vst_change_name(vst_change_kind kind)
{
	static const char *const names[] = {
		[VST_CHANGE_TYPOGRAPHY] = "typography",
		[VST_CHANGE_SPACE] = "space",
		[VST_CHANGE_HOMOGLYPH] = "homoglyph",
		[VST_CHANGE_TRANSLITERATION] = "transliteration",
	};

	return names[kind];
}

static void keep(writer *w, size_t from, size_t to)
{
	memcpy(w->result + w->len, w->text.ptr + from, to - from);
	w->len += to - from;
}

static vst_change *new_change(writer *w)
{
	if (w->count == w->capacity) {
		size_t capacity = w->capacity > 0 ? w->capacity * 2 : 8;
		vst_change *grown = vst_arena_array(w->arena, capacity, sizeof *grown);

		if (grown == NULL) {
			return NULL;
		}
		if (w->count > 0) {
			memcpy(grown, w->changes, w->count * sizeof *grown);
		}
		w->changes = grown;
		w->capacity = capacity;
	}
	return &w->changes[w->count++];
}

static void replace(writer *w, vst_change_kind kind, size_t from, size_t to, size_t position, vst_str with)
{
	vst_change *last = w->count > 0 ? &w->changes[w->count - 1] : NULL, *change;
	char *start = w->result + w->len;

	bool joins = last != NULL && kind == VST_CHANGE_TRANSLITERATION && last->kind == kind &&
	             last->from.ptr + last->from.len == w->text.ptr + from;

	memcpy(start, with.ptr, with.len);
	w->len += with.len;
	if (joins) {
		last->from.len += to - from;
		last->to.len += with.len;
	} else if (vst_str_equal(with, (vst_str) {w->text.ptr + from, to - from})) {
		return; /* a Latin look-alike whose Cyrillic letter is transliterated back to it */
	} else if ((change = new_change(w)) != NULL) {
		*change = (vst_change) {kind, position, {w->text.ptr + from, to - from}, {start, with.len}};
	}
}

static bool is_blank(uint32_t code)
{
	return code == ' ' || code == '\t' || code == 0xA0 || (code >= 0x2000 && code <= 0x200A) || code == 0x202F ||
	       code == 0x205F || code == 0x3000;
}

static bool is_line_end(uint32_t code)
{
	return code == '\n' || code == '\r' || code == 0;
}

static uint32_t character_at(vst_str text, size_t offset)
{
	return offset < text.len ? vst_utf8_next(text, &offset) : 0;
}

static bool is_invisible(uint32_t code)
{
	vst_str plain;

	return code >= 0x80 && vst_typographic_replacement(code, &plain) && plain.len == 0;
}

/* A joiner or variation selector that belongs to a picture: without it another one is shown. */
static bool shapes_picture(const writer *w, uint32_t code)
{
	return (code == 0x200D || code == 0xFE0E || code == 0xFE0F) &&
	       (w->before >= 0x2190 || w->before == '#' || w->before == '*' || (w->before >= '0' && w->before <= '9'));
}

/* Spaces from `offset` on: a run of them, or one at the end of a line. True: they were written; *characters of them. */
static bool write_spaces(writer *w, size_t *offset, size_t position, size_t *characters)
{
	size_t end = *offset, next = *offset, count = 0, visible = 0;
	bool outer;

	while (next < w->text.len) {
		uint32_t code = vst_utf8_next(w->text, &next);

		if (!is_blank(code) && (!is_invisible(code) || (count == 0 && shapes_picture(w, code)))) {
			break;
		}
		visible += is_blank(code);
		end = next;
		count++;
	}
	outer = is_line_end(w->before) || is_line_end(character_at(w->text, end));
	if (visible == 0 || (count == 1 && !outer)) {
		return false;
	}
	replace(w, VST_CHANGE_SPACE, *offset, end, position, outer ? VST_STR_EMPTY : VST_STR(" "));
	*offset = end;
	*characters = count;
	return true;
}

static bool plain_character(const writer *w, uint32_t code, vst_str *out)
{
	if (w->plan.typography == TYPOGRAPHY_STAYS || vst_gsm_septets(code) > 0 ||
	    !vst_typographic_replacement(code, out)) {
		return false;
	}
	return w->plan.typography == TYPOGRAPHY_ALL || (out->len == 0 && !shapes_picture(w, code));
}

static void write_character(writer *w, size_t offset, size_t next, size_t position, uint32_t code)
{
	vst_alphabet alphabet = vst_alphabet_of(code), word = VST_ALPHABET_NONE;
	uint32_t twin = 0;
	char bytes[8];
	vst_str with;
	int count;

	if (alphabet == VST_ALPHABET_NONE) {
		if (plain_character(w, code, &with)) {
			replace(w, VST_CHANGE_TYPOGRAPHY, offset, next, position, with);
		} else {
			keep(w, offset, next);
		}
		return;
	}
	if (w->plan.homoglyphs) {
		word = vst_homoglyph_word(&w->homoglyphs, offset);
	}
	if (word == VST_ALPHABET_LATIN && alphabet == VST_ALPHABET_CYRILLIC && vst_homoglyph_latin(code, &with)) {
		replace(w, VST_CHANGE_HOMOGLYPH, offset, next, position, with);
		return;
	}
	if (word == VST_ALPHABET_CYRILLIC && alphabet == VST_ALPHABET_LATIN) {
		twin = vst_homoglyph_cyrillic(code);
	}
	count = w->plan.transliterate == VST_TRANSLIT_NONE
	            ? -1
	            : vst_transliterate(w->plan.transliterate, w->before, twin > 0 ? twin : code,
	                                character_at(w->text, next), bytes);
	if (count >= 0) {
		replace(w, VST_CHANGE_TRANSLITERATION, offset, next, position, (vst_str) {bytes, (size_t) count});
	} else if (twin > 0) {
		replace(w, VST_CHANGE_HOMOGLYPH, offset, next, position, (vst_str) {bytes, vst_utf8_put(twin, bytes)});
	} else {
		keep(w, offset, next);
	}
}

/* Whether an address could not begin after this character, since it would have begun before. */
static bool goes_on(uint32_t code)
{
	return vst_alphabet_of(code) != VST_ALPHABET_NONE || (code >= '0' && code <= '9') || code == '-' || code == '.' ||
	       code == '_' || code == '+' || code == '@' || code >= 0x0250;
}

static size_t protected_at(const writer *w, size_t offset)
{
	bool word_start = !goes_on(w->before);
	size_t len = vst_placeholder_at(w->text, offset);

	if (len == 0) {
		len = vst_url_at(w->text, offset, word_start);
	}
	return len == 0 && word_start ? vst_address_at(w->text, offset) : len;
}

/* The text by a plan; false: out of memory. */
static bool carry_out(plan chosen, vst_str text, vst_arena *arena, vst_optimized *out)
{
	writer w = {.text = text, .arena = arena, .plan = chosen, .homoglyphs = vst_text_homoglyphs(text)};
	size_t offset = 0, position = 0;

	w.result = vst_arena_alloc(arena, text.len * 2 + 1);
	if (w.result == NULL) {
		return false;
	}
	while (offset < text.len) {
		size_t len = protected_at(&w, offset), characters = 1, start = offset;

		if (len > 0) {
			keep(&w, offset, offset + len);
			offset += len;
			w.before = '}'; /* of no word */
			position += vst_utf8_count((vst_str) {text.ptr + start, len});
			continue;
		}
		if (chosen.spaces && write_spaces(&w, &offset, position, &characters)) {
			w.before = ' ';
		} else {
			uint32_t code = vst_utf8_next(text, &offset);

			write_character(&w, start, offset, position, code);
			w.before = code;
		}
		position += characters;
	}
	*out = (vst_optimized) {.text = {w.result, w.len}, .changes = w.changes, .count = w.count};
	vst_text_measure(out->text, &out->after);
	return !arena->failed;
}

/* The result with plain characters where they bring it into the GSM alphabet, else with as few changes as do any good. */
static bool carry_out_best(plan chosen, bool typographic, vst_str text, vst_arena *arena, vst_optimized *out)
{
	vst_optimized plain;

	chosen.typography = typographic ? TYPOGRAPHY_INVISIBLE : TYPOGRAPHY_STAYS;
	if (!carry_out(chosen, text, arena, out)) {
		return false;
	}
	if (!typographic || out->after.encoding == VST_GSM7) {
		return true;
	}
	chosen.typography = TYPOGRAPHY_ALL;
	if (!carry_out(chosen, text, arena, &plain)) {
		return false;
	}
	if (plain.after.encoding == VST_GSM7 && plain.after.segments <= out->after.segments) {
		*out = plain;
	}
	return true;
}

vst_rc vst_text_optimize(vst_str text, const vst_optimize_options *options, vst_arena *arena, vst_optimized *out,
                         vst_err *err)
{
	plan chosen = {TYPOGRAPHY_STAYS, options->spaces, options->homoglyphs, VST_TRANSLIT_NONE};
	vst_optimized latin;

	if (!carry_out_best(chosen, options->typography, text, arena, out)) {
		return vst_fail_nomem(err);
	}
	if (options->transliterate != VST_TRANSLIT_NONE) {
		chosen.transliterate = options->transliterate;
		if (!carry_out_best(chosen, options->typography, text, arena, &latin)) {
			return vst_fail_nomem(err);
		}
		if (latin.after.segments <= out->after.segments) {
			*out = latin;
		}
	}
	vst_text_measure(text, &out->before);
	return VST_OK;
}
