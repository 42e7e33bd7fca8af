#include "operator_template.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n';
}

static int read_number(vst_str text, size_t *at)
{
	int number = 0;

	while (*at < text.len && is_digit(text.ptr[*at]) && number <= VST_TEMPLATE_REPEAT_MAX) {
		number = number * 10 + (text.ptr[(*at)++] - '0');
	}
	return number;
}

/* "{4}" or "{1,5}" at *at; false: it is neither. */
static bool read_bounds(vst_str text, size_t *at, vst_template_part *part)
{
	++*at;
	part->min = part->max = read_number(text, at);
	if (*at < text.len && text.ptr[*at] == ',') {
		++*at;
		part->max = read_number(text, at);
	}
	return *at < text.len && text.ptr[(*at)++] == '}' && part->min >= 1 && part->min <= part->max &&
	       part->max <= VST_TEMPLATE_REPEAT_MAX;
}

/* An operand at *at, which is behind a percent sign. */
static const char *read_operand(vst_str text, size_t *at, vst_template_part *part)
{
	bool digits = text.ptr[(*at)++] == 'd';

	*part = (vst_template_part) {digits ? VST_OPERAND_DIGITS : VST_OPERAND_WORDS, VST_STR_EMPTY, 1, digits ? 0 : 1};
	if (*at < text.len && text.ptr[*at] == '+') {
		++*at;
	} else if (*at < text.len && text.ptr[*at] == '{' && !read_bounds(text, at, part)) {
		return "expected bounds such as {4} or {1,5}, of 1 to 99";
	}
	return NULL;
}

static size_t literal_end(vst_str text, size_t at)
{
	while (at < text.len && (text.ptr[at] != '%' || at + 1 == text.len || strchr("dw%", text.ptr[at + 1]) == NULL)) {
		at++;
	}
	return at;
}

const char *vst_operator_template_read(vst_str text, vst_arena *arena, vst_operator_template *out)
{
	vst_template_part *parts = vst_arena_array(arena, text.len + 1, sizeof *parts);
	const char *problem = NULL;

	*out = (vst_operator_template) {parts, 0};
	if (text.len == 0 || is_blank(text.ptr[0]) || is_blank(text.ptr[text.len - 1])) {
		return "must neither begin nor end with a blank";
	}
	for (size_t at = 0; at < text.len && parts != NULL && problem == NULL; out->count++) {
		size_t end = literal_end(text, at);
		vst_template_part *part = &parts[out->count];

		if (end == at && text.ptr[at + 1] != '%') {
			at++;
			problem = read_operand(text, &at, part);
			continue;
		}
		at += end == at; /* "%%": the second one is the literal */
		end = end == at - 1 ? at + 1 : end;
		*part = (vst_template_part) {VST_OPERAND_NONE, {text.ptr + at, end - at}, 0, 0};
		at = end;
	}
	return problem;
}

/*
 * Places are bytes of the text: places[i] says whether the template's parts so far can end before byte i. Each part
 * turns the places where it may begin into those where it may end.
 */
static void pass_literal(vst_str text, vst_str literal, const char *from, char *to)
{
	for (size_t i = 0; i + literal.len <= text.len; i++) {
		if (from[i] && memcmp(text.ptr + i, literal.ptr, literal.len) == 0) {
			to[i + literal.len] = 1;
		}
	}
}

static void pass_digits(vst_str text, const vst_template_part *part, const char *from, char *to)
{
	for (size_t i = 0; i < text.len; i++) {
		size_t most = part->max == 0 ? text.len : (size_t) part->max;

		for (size_t n = 1; from[i] && i + n <= text.len && n <= most && is_digit(text.ptr[i + n - 1]); n++) {
			to[i + n] = (char) (to[i + n] | (n >= (size_t) part->min));
		}
	}
}

/* `from` is used up. */
static void pass_words(vst_str text, const vst_template_part *part, char *from, char *to)
{
	for (int word = 1; word <= part->max; word++) {
		bool inside = false, again = false;

		for (size_t i = 0; i <= text.len; i++) {
			bool begins = from[i];

			/* inside: a word that began earlier may end before byte i */
			inside = inside && i > 0 && !is_blank(text.ptr[i - 1]);
			to[i] = (char) (to[i] | (inside && word >= part->min));
			from[i] = 0;
			if (inside && i < text.len && text.ptr[i] == ' ') {
				from[i] = 2; /* the next word begins behind it */
				again = true;
			}
			inside = inside || begins;
		}
		if (!again) {
			return;
		}
		for (size_t i = text.len; i > 0; i--) {
			from[i] = from[i - 1] == 2;
		}
		from[0] = 0;
	}
}

bool vst_operator_template_matches(const vst_operator_template *given, vst_str text, vst_arena *arena)
{
	size_t size = text.len + 1;
	char *from, *to;

	if (given->count == 0 ||
	    (given->parts[0].operand == VST_OPERAND_NONE && !vst_str_starts(text, given->parts[0].literal))) {
		return false;
	}
	from = vst_arena_alloc(arena, size);
	to = vst_arena_alloc(arena, size);
	if (from == NULL || to == NULL) {
		return false;
	}
	from[0] = 1;
	for (size_t i = 0; i < given->count; i++) {
		const vst_template_part *part = &given->parts[i];
		char *old = from;

		memset(to, 0, size);
		switch (part->operand) {
			case VST_OPERAND_NONE: pass_literal(text, part->literal, from, to); break;
			case VST_OPERAND_DIGITS: pass_digits(text, part, from, to); break;
			case VST_OPERAND_WORDS: pass_words(text, part, from, to); break;
		}
		from = to;
		to = old;
	}
	return from[text.len] != 0;
}
