#include "lexicon_pattern.h"

#include <stdlib.h>

#include "utf8.h"

#define DEPTH_MAX 8
#define ENTRY_MAX 4000 /* bytes; also bounds the depth of the automaton */
#define NODES_MAX 4000000

typedef struct parser {
	vst_nfa *nfa;
	vst_str classes, text;
	size_t at;
	unsigned depth;
	bool layout;         /* blanks beside '|' only make it readable */
	const char *problem; /* NULL: none yet */
} parser;

/* A piece of the automaton; its end is an empty node without a way on. */
typedef struct fragment {
	uint32_t start, end;
} fragment;

static fragment parse_choice(parser *p);

bool vst_reserve(void *array, size_t *capacity, size_t needed, size_t size)
{
	void *old, *grown;
	size_t room = *capacity < 64 ? 64 : *capacity;

	if (needed <= *capacity) {
		return true;
	}
	while (room < needed) {
		room *= 2;
	}
	memcpy(&old, array, sizeof old);
	grown = realloc(old, room * size);
	if (grown == NULL) {
		return false;
	}
	memcpy(array, &grown, sizeof grown);
	*capacity = room;
	return true;
}

static uint32_t add_node(vst_nfa *nfa, vst_nfa_kind kind, uint8_t symbol, uint32_t out, uint32_t other)
{
	size_t capacity = nfa->capacity;

	if (nfa->failed || nfa->count >= NODES_MAX ||
	    !vst_reserve(&nfa->nodes, &capacity, (size_t) nfa->count + 2, sizeof *nfa->nodes)) {
		nfa->failed = true;
		return 0;
	}
	nfa->capacity = (uint32_t) capacity;
	if (nfa->count == 0) {
		nfa->nodes[nfa->count++] = (vst_nfa_node) {VST_NFA_EMPTY, 0, 0, 0};
	}
	nfa->nodes[nfa->count] = (vst_nfa_node) {(uint8_t) kind, symbol, out, other};
	return nfa->count++;
}

static void lead_to(vst_nfa *nfa, uint32_t node, uint32_t out)
{
	if (!nfa->failed) {
		nfa->nodes[node].out = out;
	}
}

static fragment empty(parser *p)
{
	uint32_t node = add_node(p->nfa, VST_NFA_EMPTY, 0, 0, 0);

	return (fragment) {node, node};
}

static fragment one(parser *p, vst_nfa_kind kind, uint8_t symbol)
{
	uint32_t end = add_node(p->nfa, VST_NFA_EMPTY, 0, 0, 0);

	return (fragment) {add_node(p->nfa, kind, symbol, end, 0), end};
}

static fragment optional(parser *p, fragment inner)
{
	uint32_t end = add_node(p->nfa, VST_NFA_EMPTY, 0, 0, 0);

	lead_to(p->nfa, inner.end, end);
	return (fragment) {add_node(p->nfa, VST_NFA_EMPTY, 0, inner.start, end), end};
}

/* Once or more, or any number of times. */
static fragment repeated(parser *p, vst_nfa_kind kind, bool at_least_once)
{
	uint32_t end = add_node(p->nfa, VST_NFA_EMPTY, 0, 0, 0);
	uint32_t reader = add_node(p->nfa, kind, 0, end, 0);

	if (!p->nfa->failed) {
		p->nfa->nodes[end].other = reader;
	}
	return (fragment) {at_least_once ? reader : end, end};
}

static fragment joined(parser *p, fragment first, fragment second)
{
	lead_to(p->nfa, first.end, second.start);
	return (fragment) {first.start, second.end};
}

static bool looks_at(const parser *p, char character)
{
	return p->at < p->text.len && p->text.ptr[p->at] == character;
}

static fragment fail(parser *p, const char *problem)
{
	p->problem = p->problem == NULL ? problem : p->problem;
	p->at = p->text.len;
	return empty(p);
}

static vst_str trimmed(vst_str text)
{
	while (text.len > 0 && strchr(" \t\r", text.ptr[text.len - 1]) != NULL) {
		text.len--;
	}
	while (text.len > 0 && strchr(" \t", text.ptr[0]) != NULL) {
		text = (vst_str) {text.ptr + 1, text.len - 1};
	}
	return text;
}

/* Cuts the first line off. */
static vst_str next_line(vst_str *text)
{
	const char *end = memchr(text->ptr, '\n', text->len);
	size_t len = end != NULL ? (size_t) (end - text->ptr) : text->len;
	vst_str line = {text->ptr, len};

	*text = (vst_str) {text->ptr + len + (end != NULL), text->len - len - (end != NULL)};
	return trimmed(line);
}

static bool class_named(vst_str classes, vst_str name, vst_str *body)
{
	while (classes.len > 0) {
		vst_str line = next_line(&classes);
		const char *sign = line.len > 0 && line.ptr[0] != '#' ? memchr(line.ptr, '=', line.len) : NULL;
		size_t len = sign != NULL ? (size_t) (sign - line.ptr) : 0;

		if (sign != NULL && vst_str_equal(trimmed((vst_str) {line.ptr, len}), name)) {
			*body = trimmed((vst_str) {sign + 1, line.len - len - 1});
			return true;
		}
	}
	return false;
}

static fragment parse_class(parser *p)
{
	const char *close = memchr(p->text.ptr + p->at, '>', p->text.len - p->at);
	parser inner = *p;
	fragment found;

	if (close == NULL) {
		return fail(p, "a class without '>'");
	}
	if (!class_named(p->classes, (vst_str) {p->text.ptr + p->at, (size_t) (close - p->text.ptr) - p->at},
	                 &inner.text)) {
		return fail(p, "an unknown class");
	}
	inner.at = 0;
	inner.layout = true;
	found = parse_choice(&inner);
	if (inner.problem != NULL || inner.at < inner.text.len) {
		return fail(p, inner.problem != NULL ? inner.problem : "a class with a ')' too many");
	}
	p->at = (size_t) (close - p->text.ptr) + 1;
	return found;
}

static fragment parse_gap(parser *p)
{
	while (looks_at(p, ' ')) {
		p->at++;
	}
	if (p->layout && (p->at >= p->text.len || looks_at(p, '|'))) {
		return empty(p);
	}
	return one(p, VST_NFA_SYMBOL, VST_SYMBOL_SPACE);
}

static fragment with_gap(parser *p, fragment sign, bool before)
{
	fragment gap = optional(p, one(p, VST_NFA_SYMBOL, VST_SYMBOL_SPACE));

	return before ? joined(p, gap, sign) : joined(p, sign, gap);
}

static fragment parse_symbol(parser *p, uint8_t last)
{
	uint8_t symbol = vst_symbol_by_rule(vst_utf8_next(p->text, &p->at));
	fragment read;

	switch (symbol) {
		case VST_SYMBOL_STAR:
			return repeated(p,
			                vst_symbol_is_latin(last)      ? VST_NFA_LATIN
			                : vst_symbol_is_cyrillic(last) ? VST_NFA_CYRILLIC
			                                               : VST_NFA_LETTER,
			                false);
		case VST_SYMBOL_HYPHEN: return one(p, VST_NFA_SYMBOL, VST_SYMBOL_SPACE);
		case VST_SYMBOL_HASH: return repeated(p, VST_NFA_DIGIT, true);
		case VST_SYMBOL_PERCENT:
		case VST_SYMBOL_RUBLE:
		case VST_SYMBOL_NUMERO:
			read = one(p, VST_NFA_SYMBOL, symbol);
			return with_gap(p, read, symbol != VST_SYMBOL_NUMERO);
		default:
			if (symbol == VST_SYMBOL_OTHER || symbol >= VST_SYMBOLS) {
				return fail(p, "a character that cannot stand in an entry");
			}
			return one(p, VST_NFA_SYMBOL, symbol);
	}
}

/* What stands right in front of the place; VST_SYMBOL_OTHER for a group and for nothing. */
static uint8_t symbol_before(const parser *p)
{
	size_t at = p->at;

	while (at > 0 && ((unsigned char) p->text.ptr[--at] & 0xC0u) == 0x80u) {}
	return p->at > 0 ? vst_symbol_by_rule(vst_utf8_next(p->text, &at)) : VST_SYMBOL_OTHER;
}

static fragment parse_atom(parser *p)
{
	uint8_t last = symbol_before(p);
	fragment inner;

	switch (p->text.ptr[p->at]) {
		case '(':
			p->at++;
			inner = parse_choice(p);
			if (!looks_at(p, ')')) {
				return fail(p, "a '(' without ')'");
			}
			p->at++;
			return inner;
		case '<': p->at++; return parse_class(p);
		case ' ': return parse_gap(p);
		case '?': return fail(p, "a '?' without something in front");
		case '\\':
			p->at++;
			if (!looks_at(p, '*')) {
				return fail(p, "only '*' may stand behind '\\'");
			}
			p->at++;
			return one(p, VST_NFA_SYMBOL, VST_SYMBOL_STAR);
		default: return parse_symbol(p, last);
	}
}

static fragment parse_sequence(parser *p)
{
	fragment all = empty(p);

	while (p->layout && looks_at(p, ' ')) {
		p->at++;
	}
	while (p->at < p->text.len && !looks_at(p, '|') && !looks_at(p, ')')) {
		fragment atom = parse_atom(p);

		if (looks_at(p, '?')) {
			p->at++;
			atom = optional(p, atom);
		}
		all = joined(p, all, atom);
	}
	return all;
}

static fragment parse_choice(parser *p)
{
	fragment all;

	if (p->depth >= DEPTH_MAX) {
		return fail(p, "groups and classes nested too deeply");
	}
	p->depth++;
	all = parse_sequence(p);
	all = joined(p, all, empty(p)); /* an end of its own: the sequence's may be that of a repetition */
	while (looks_at(p, '|')) {
		fragment next;

		p->at++;
		next = parse_sequence(p);
		all.start = add_node(p->nfa, VST_NFA_EMPTY, 0, all.start, next.start);
		lead_to(p->nfa, next.end, all.end);
	}
	p->depth--;
	return all;
}

static bool is_repetition(const vst_nfa *nfa, uint32_t node)
{
	const vst_nfa_node *at = &nfa->nodes[node];

	return at->kind >= VST_NFA_CYRILLIC && at->kind <= VST_NFA_DIGIT && nfa->nodes[at->out].other == node;
}

/*
 * What may follow a repetition must not be what it repeats: "а*б" would go in circles, and match nearly everything.
 * True when a letter (a digit) may be read next from an empty node, other than by the repetition itself.
 */
static bool goes_on(const vst_nfa *nfa, uint32_t node, uint32_t repetition, unsigned depth)
{
	const vst_nfa_node *at = &nfa->nodes[node];
	bool digits = nfa->nodes[repetition].kind == VST_NFA_DIGIT;

	if (node == 0 || node == repetition) {
		return false;
	}
	switch (at->kind) {
		case VST_NFA_EMPTY:
			return depth > DEPTH_MAX * 100 || goes_on(nfa, at->out, repetition, depth + 1) ||
			       goes_on(nfa, at->other, repetition, depth + 1);
		case VST_NFA_SYMBOL:
			return digits ? vst_symbol_is_digit(at->symbol)
			              : vst_symbol_is_cyrillic(at->symbol) || vst_symbol_is_latin(at->symbol);
		case VST_NFA_ACCEPT: return false;
		default: return digits == (at->kind == VST_NFA_DIGIT);
	}
}

static bool repeats_inside(const vst_nfa *nfa, uint32_t first)
{
	for (uint32_t node = first; node < nfa->count; node++) {
		if (is_repetition(nfa, node) && goes_on(nfa, nfa->nodes[node].out, node, 0)) {
			return true;
		}
	}
	return false;
}

static const char *add_entry(vst_nfa *nfa, unsigned list, vst_str line, vst_str classes)
{
	bool exception = line.ptr[0] == '!';
	parser p = {nfa, classes, exception ? trimmed((vst_str) {line.ptr + 1, line.len - 1}) : line, 0, 0, false, NULL};
	fragment entry;
	uint32_t accept, first = nfa->count;

	if (line.len > ENTRY_MAX) {
		return "an entry that is too long";
	}
	entry = parse_choice(&p);
	if (p.problem == NULL && p.at < p.text.len) {
		return "a ')' without '('";
	}
	if (p.problem != NULL || nfa->failed) {
		return p.problem;
	}
	if (repeats_inside(nfa, first)) {
		return "a letter behind '*', or a digit behind '#'";
	}
	accept = add_node(nfa, VST_NFA_ACCEPT, (uint8_t) list, 0, exception);
	lead_to(nfa, entry.end, accept);
	accept = add_node(nfa, VST_NFA_EMPTY, 0, entry.start, nfa->failed ? 0 : nfa->nodes[VST_NFA_START].out);
	lead_to(nfa, VST_NFA_START, accept);
	return NULL;
}

vst_rc vst_nfa_add(vst_nfa *nfa, const vst_lexicon_source *source, vst_str classes, vst_err *err)
{
	vst_str rest = source->text;
	unsigned number = 0;

	if (nfa->count == 0) {
		(void) add_node(nfa, VST_NFA_EMPTY, 0, 0, 0);
	}
	while (rest.len > 0 && !nfa->failed) {
		vst_str line = next_line(&rest);
		const char *problem;

		number++;
		if (line.len == 0 || (line.ptr[0] == '#' && line.len > 1 && line.ptr[1] == ' ')) {
			continue;
		}
		problem = add_entry(nfa, source->list, line, classes);
		if (problem != NULL) {
			return vst_fail(err, VST_E_INVALID, "%s: entry %u: %s", source->name, number, problem);
		}
	}
	return nfa->failed ? vst_fail_nomem(err) : VST_OK;
}
