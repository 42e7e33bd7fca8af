#include "template.h"

#include "template_filter.h"
#include "utf8.h"

#define NAME_MAX_BYTES 64

typedef struct filter_call {
	const vst_template_filter *filter;
	vst_str argument;
} filter_call;

typedef struct template_part {
	vst_str literal; /* when name is empty */
	vst_str name;
	size_t position;
	filter_call *filters;
	size_t filter_count;
	vst_str fallback;
	bool has_fallback;
} template_part;

struct vst_template {
	template_part *parts;
	size_t count;
};

typedef struct template_parser {
	vst_str text;
	vst_arena *arena;
	vst_template *compiled;
	vst_template_fault *fault;
} template_parser;

static bool is_ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Letters of any alphabet: every byte of a non-ASCII character counts as one. */
static bool starts_name(char c)
{
	return is_ascii_letter(c) || c == '_' || (unsigned char) c >= 0x80;
}

static bool continues_name(char c)
{
	return starts_name(c) || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

static size_t name_length(vst_str text)
{
	size_t len = 0;

	if (text.len == 0 || !starts_name(text.ptr[0])) {
		return 0;
	}
	while (len < text.len && continues_name(text.ptr[len])) {
		len++;
	}
	return len;
}

static bool fail(template_parser *parser, size_t offset, const char *why)
{
	vst_str before = {parser->text.ptr, offset};

	*parser->fault = (vst_template_fault) {VST_TEMPLATE_SYNTAX, vst_utf8_count(before), VST_STR_EMPTY, why};
	return false;
}

static vst_str slice(vst_str text, size_t from, size_t to)
{
	return (vst_str) {text.ptr + from, to - from};
}

static void add_literal(template_parser *parser, size_t from, size_t to)
{
	if (to > from) {
		parser->compiled->parts[parser->compiled->count++].literal = slice(parser->text, from, to);
	}
}

static size_t find_byte(vst_str text, char byte)
{
	const char *found = text.len > 0 ? memchr(text.ptr, byte, text.len) : NULL;

	return found != NULL ? (size_t) (found - text.ptr) : text.len;
}

/* One piece after a bar: a filter, or, as the last one, the fallback. */
static bool parse_piece(template_parser *parser, template_part *part, vst_str piece, bool last, size_t offset)
{
	size_t colon = find_byte(piece, ':');
	const vst_template_filter *filter = vst_template_filter_find(slice(piece, 0, colon));
	vst_str argument = colon < piece.len ? slice(piece, colon + 1, piece.len) : VST_STR_EMPTY;
	const char *wrong;

	if (filter == NULL) {
		if (!last) {
			return fail(parser, offset, "unknown filter");
		}
		part->has_fallback = true;
		part->fallback = piece;
		return true;
	}
	wrong = filter->check(argument, colon < piece.len);
	if (wrong != NULL) {
		return fail(parser, offset, wrong);
	}
	part->filters[part->filter_count++] = (filter_call) {filter, argument};
	return true;
}

/* The inside of one pair of braces, at `offset` of the text. */
static bool parse_variable(template_parser *parser, vst_str inside, size_t offset)
{
	size_t bar = find_byte(inside, '|'), bars = 0;
	template_part *part = &parser->compiled->parts[parser->compiled->count];

	part->name = slice(inside, 0, bar);
	part->position = vst_utf8_count(slice(parser->text, 0, offset - 1));
	if (part->name.len == 0 || part->name.len > NAME_MAX_BYTES || name_length(part->name) != part->name.len) {
		return fail(parser, offset - 1, "expected a variable's name after the brace");
	}
	for (size_t i = 0; i < inside.len; i++) {
		bars += inside.ptr[i] == '|';
	}
	part->filters = vst_arena_array(parser->arena, bars, sizeof *part->filters);
	if (parser->arena->failed) {
		return false;
	}
	while (bar < inside.len) {
		vst_str rest = slice(inside, bar + 1, inside.len);
		size_t end = bar + 1 + find_byte(rest, '|');

		if (!parse_piece(parser, part, slice(inside, bar + 1, end), end == inside.len, offset + bar + 1)) {
			return false;
		}
		bar = end;
	}
	parser->compiled->count++;
	return true;
}

static bool parse(template_parser *parser)
{
	vst_str text = parser->text;
	size_t literal = 0, at = 0;

	while (at < text.len) {
		char c = text.ptr[at];
		size_t close;

		if (c != '{' && c != '}') {
			at++;
			continue;
		}
		if (at + 1 < text.len && text.ptr[at + 1] == c) { /* the first of the two is the literal brace */
			add_literal(parser, literal, at + 1);
			at += 2;
			literal = at;
			continue;
		}
		if (c == '}') {
			return fail(parser, at, "closing brace without an opening one; write }} for a literal brace");
		}
		add_literal(parser, literal, at);
		close = at + 1;
		while (close < text.len && text.ptr[close] != '}' && text.ptr[close] != '{') {
			close++;
		}
		if (close == text.len || text.ptr[close] == '{') {
			return fail(parser, at, "opening brace without a closing one; write {{ for a literal brace");
		}
		if (!parse_variable(parser, slice(text, at + 1, close), at + 1)) {
			return false;
		}
		at = close + 1;
		literal = at;
	}
	add_literal(parser, literal, text.len);
	return true;
}

vst_rc vst_template_compile(vst_str text, vst_arena *arena, const vst_template **out, vst_template_fault *fault,
                            vst_err *err)
{
	template_parser parser = {text, arena, vst_arena_alloc(arena, sizeof(vst_template)), fault};
	size_t braces = 0;

	*fault = (vst_template_fault) {VST_TEMPLATE_OK, 0, VST_STR_EMPTY, ""};
	*out = NULL;
	for (size_t i = 0; i < text.len; i++) {
		braces += text.ptr[i] == '{' || text.ptr[i] == '}';
	}
	if (parser.compiled == NULL) {
		return vst_fail_nomem(err);
	}
	/* each brace ends at most one literal and begins at most one variable */
	parser.compiled->parts = vst_arena_array(arena, braces * 2 + 1, sizeof(template_part));
	if (parser.compiled->parts == NULL) {
		return vst_fail_nomem(err);
	}
	if (parse(&parser)) {
		*out = parser.compiled;
	}
	return arena->failed ? vst_fail_nomem(err) : VST_OK;
}

static bool is_blank(vst_str text)
{
	size_t offset = 0;

	while (offset < text.len) {
		uint32_t code = vst_utf8_next(text, &offset);

		if (code != ' ' && code != '\t' && code != '\n' && code != '\r' && code != 0xA0) {
			return false;
		}
	}
	return true;
}

/* The value through the filters; scratch holds two buffers that take turns. */
static const char *filtered(const template_part *part, vst_str *value, vst_buf scratch[2])
{
	for (size_t i = 0; i < part->filter_count; i++) {
		vst_buf *out = &scratch[i % 2];
		const char *why;

		vst_buf_clear(out);
		why = part->filters[i].filter->apply(*value, part->filters[i].argument, out);
		if (why != NULL) {
			return why;
		}
		*value = vst_buf_str(out);
	}
	return NULL;
}

static void render_variable(const template_part *part, vst_template_lookup lookup, void *context, vst_buf *out,
                            vst_buf scratch[2], vst_template_fault *fault)
{
	vst_str value = VST_STR_EMPTY;
	bool found = lookup(context, part->name, &value);
	const char *why = NULL;

	if (found && !is_blank(value)) {
		why = filtered(part, &value, scratch);
		if (why != NULL) {
			*fault = (vst_template_fault) {VST_TEMPLATE_VALUE, part->position, part->name, why};
			return;
		}
		if (!is_blank(value)) {
			vst_buf_append(out, value);
			return;
		}
	}
	if (part->has_fallback) {
		vst_buf_append(out, part->fallback);
		return;
	}
	*fault = (vst_template_fault) {found ? VST_TEMPLATE_EMPTY : VST_TEMPLATE_UNRESOLVED, part->position, part->name,
	                               found ? "the variable is empty" : "there is no such variable"};
}

vst_rc vst_template_render(const vst_template *compiled, vst_template_lookup lookup, void *context, vst_buf *out,
                           vst_template_fault *fault, vst_err *err)
{
	vst_buf scratch[2] = {VST_BUF_INIT, VST_BUF_INIT};
	bool failed;

	*fault = (vst_template_fault) {VST_TEMPLATE_OK, 0, VST_STR_EMPTY, ""};
	for (size_t i = 0; i < compiled->count && fault->kind == VST_TEMPLATE_OK; i++) {
		const template_part *part = &compiled->parts[i];

		if (part->name.len == 0) {
			vst_buf_append(out, part->literal);
		} else {
			render_variable(part, lookup, context, out, scratch, fault);
		}
	}
	failed = out->failed || scratch[0].failed || scratch[1].failed;
	vst_buf_free(&scratch[0]);
	vst_buf_free(&scratch[1]);
	return failed ? vst_fail_nomem(err) : VST_OK;
}

/* Length of "{name}", "{{ name }}" or "{name|…}" at the start of the text, 0 when there is none. */
static size_t braced_placeholder(vst_str text)
{
	size_t at = 1, name, close;

	if (at < text.len && text.ptr[at] == '{') {
		at++;
	}
	while (at < text.len && text.ptr[at] == ' ') {
		at++;
	}
	name = name_length(slice(text, at, text.len));
	if (name == 0 || name > NAME_MAX_BYTES) {
		return 0;
	}
	at += name;
	while (at < text.len && text.ptr[at] == ' ') {
		at++;
	}
	if (at == text.len || (text.ptr[at] != '}' && text.ptr[at] != '|')) {
		return 0;
	}
	close = at + find_byte(slice(text, at, text.len), '}');
	return close < text.len ? close + 1 : 0;
}

/* Length of "#NAME#" or "%NAME%". Bitrix writes its macros in capitals, and so do people who hide a word in marks. */
static size_t marked_placeholder(vst_str text)
{
	char mark = text.ptr[0];
	size_t at = 1;

	while (at < text.len && ((text.ptr[at] >= 'A' && text.ptr[at] <= 'Z') || text.ptr[at] == '_' ||
	                         (at > 1 && text.ptr[at] >= '0' && text.ptr[at] <= '9') ||
	                         (mark == '%' && text.ptr[at] >= 'a' && text.ptr[at] <= 'z'))) {
		at++;
	}
	return at > 2 && at < text.len && text.ptr[at] == mark ? at + 1 : 0;
}

size_t vst_placeholder_at(vst_str text, size_t offset)
{
	char c = text.ptr[offset];
	vst_str rest = slice(text, offset, text.len);

	return c == '{' ? braced_placeholder(rest) : c == '#' || c == '%' ? marked_placeholder(rest) : 0;
}

bool vst_text_placeholder(vst_str text, vst_str *found, size_t *position)
{
	if (text.len == 0) {
		return false;
	}
	if (memchr(text.ptr, '{', text.len) == NULL && memchr(text.ptr, '#', text.len) == NULL &&
	    memchr(text.ptr, '%', text.len) == NULL) {
		return false;
	}
	for (size_t at = 0; at < text.len; at++) {
		size_t len = vst_placeholder_at(text, at);

		if (len > 0) {
			*found = slice(text, at, at + len);
			*position = vst_utf8_count(slice(text, 0, at));
			return true;
		}
	}
	return false;
}
