#include "inspect_company.h"
#include "inspect_scan.h"
#include "utf8.h"

enum { KIND_CYRILLIC = 1, KIND_LATIN = 2, KIND_DIGIT = 4, KIND_INVISIBLE = 8, KIND_SIGN = 16 };

#define WORD_KINDS (KIND_CYRILLIC | KIND_LATIN | KIND_DIGIT)

#define K4(kind) kind, kind, kind, kind
#define K16(kind) K4(kind), K4(kind), K4(kind), K4(kind)

static const uint8_t kinds[VST_SYMBOLS_OF_TEXT] = {
	0,
	K16(KIND_CYRILLIC),
	K16(KIND_CYRILLIC),
	K16(KIND_LATIN),
	K4(KIND_LATIN),
	K4(KIND_LATIN),
	KIND_LATIN,
	KIND_LATIN,
	K4(KIND_DIGIT),
	K4(KIND_DIGIT),
	KIND_DIGIT,
	KIND_DIGIT,
	[VST_SYMBOL_STAR] = KIND_SIGN,
	[VST_SYMBOL_PERCENT] = KIND_SIGN,
	[VST_SYMBOL_NUMERO] = KIND_SIGN,
	[VST_SYMBOL_RUBLE] = KIND_SIGN,
	[VST_SYMBOL_PLUS] = KIND_SIGN,
	[VST_SYMBOL_INVISIBLE] = KIND_INVISIBLE,
	[VST_SYMBOL_BREVE] = KIND_INVISIBLE,
};

typedef struct collector {
	vst_arena *arena;
	vst_match *items;
	size_t count, capacity;
	uint32_t covered[64], excepted[64]; /* by list: matches and exceptions reach up to here */
} collector;

vst_inspection vst_inspection_builtin(uint64_t lists)
{
	return (vst_inspection) {vst_lexicon_builtin(), lists, vst_lexicon_masked()};
}

vst_inspection vst_inspection_own(const vst_lexicon *lexicon)
{
	return (vst_inspection) {lexicon, ~UINT64_C(0), ~UINT64_C(0)};
}

void vst_scan_note(vst_scan *scan, size_t end, uint64_t hit, uint64_t except)
{
	vst_scan_event *last = scan->event_count > 0 ? &scan->events[scan->event_count - 1] : NULL;

	if (last != NULL && last->end == end) {
		last->hit |= hit;
		last->except |= except;
	} else if (scan->event_count < VST_SCAN_EVENTS_MAX) {
		scan->events[scan->event_count++] = (vst_scan_event) {end, hit, except};
	}
}

static void note_state(vst_scan *scan, size_t end, uint32_t state)
{
	const vst_lexicon *lexicon = scan->inspection.lexicon;

	if (lexicon->accepts[state] != 0) {
		const vst_lexicon_output *output = vst_lexicon_accepts(lexicon, state);

		vst_scan_note(scan, end, output->hit, output->except);
	}
}

/* What the plain way cannot read: the masked one must look, from the beginning of the word on. */
static bool is_odd(const uint8_t *symbols, size_t at, uint8_t previous)
{
	uint8_t symbol = symbols[at], next = symbols[at + 1];

	if (kinds[symbol] & (KIND_CYRILLIC | KIND_DIGIT)) {
		return (symbol == previous && (kinds[symbol] & KIND_CYRILLIC)) ||
		       (previous != 0 && kinds[symbol] != kinds[previous]) || next >= VST_SYMBOL_INVISIBLE;
	}
	if (kinds[symbol] & (KIND_LATIN | KIND_INVISIBLE)) {
		return true;
	}
	if (kinds[previous] & KIND_DIGIT && kinds[next] & KIND_DIGIT) {
		return false; /* "20:00": marks hide letters, not digits */
	}
	return previous != 0 && symbol != VST_SYMBOL_SPACE && symbol != VST_SYMBOL_PERCENT &&
	       (kinds[next] & (WORD_KINDS | KIND_INVISIBLE) || next == VST_SYMBOL_STAR || symbol == VST_SYMBOL_STAR ||
	        symbol == VST_SYMBOL_AT);
}

static size_t gap_end(const uint8_t *symbols, size_t at)
{
	while (vst_symbol_is_gap(symbols[at])) {
		at++;
	}
	return at;
}

/*
 * The plain way: words as they are spelled. True when that was all there is to it; false when something odd was met
 * while the automaton was still alive, so that another reading is possible.
 */
static bool scan_plain(vst_scan *scan, size_t start)
{
	const vst_lexicon *lexicon = scan->inspection.lexicon;
	const uint8_t *symbols = scan->symbols;
	uint32_t state = VST_LEXICON_ROOT;
	uint8_t previous = 0;

	for (size_t at = start; at < scan->count;) {
		uint8_t symbol = symbols[at];

		if (is_odd(symbols, at, previous)) {
			return false;
		}
		if (kinds[symbol] & (KIND_CYRILLIC | KIND_DIGIT)) {
			state = vst_lexicon_step(lexicon, state, symbol);
			previous = symbol;
			at++;
			if (state == VST_LEXICON_DEAD) {
				return true;
			}
			if (!(kinds[symbols[at]] & WORD_KINDS)) {
				note_state(scan, at, state);
			}
			continue;
		}
		if (vst_symbol_is_sign(symbol)) {
			state = vst_lexicon_step(lexicon, state, symbol);
			note_state(scan, ++at, state);
			if (state != VST_LEXICON_DEAD && kinds[symbols[at]] & WORD_KINDS) {
				uint32_t after = vst_lexicon_step(lexicon, state, VST_SYMBOL_SPACE);

				state = after != VST_LEXICON_DEAD ? after : state;
			}
		} else if (vst_symbol_is_gap(symbol)) {
			state = vst_lexicon_step(lexicon, state, VST_SYMBOL_SPACE);
			at = gap_end(symbols, at);
		} else {
			return true;
		}
		previous = 0;
		if (state == VST_LEXICON_DEAD) {
			return true;
		}
	}
	return true;
}

static bool is_single(const uint8_t *symbols, size_t at)
{
	return kinds[symbols[at]] & (KIND_CYRILLIC | KIND_LATIN) && !(kinds[symbols[at + 1]] & WORD_KINDS);
}

/* Three letters that stand apart: a word may be spelled so. */
static bool is_spelled(const uint8_t *symbols, size_t at)
{
	size_t second;

	if (!is_single(symbols, at)) {
		return false;
	}
	second = gap_end(symbols, at + 1 + (symbols[at + 1] == VST_SYMBOL_DOT));
	return is_single(symbols, second) ||
	       (kinds[symbols[second]] & KIND_DIGIT && !(kinds[symbols[second + 1]] & WORD_KINDS)) ||
	       (symbols[second] == VST_SYMBOL_STAR && symbols[second - 1] == VST_SYMBOL_SPACE);
}

static void put(collector *c, unsigned list, size_t start, size_t end)
{
	if (c->count == c->capacity) {
		size_t capacity = c->capacity == 0 ? 16 : c->capacity * 2;
		vst_match *items = vst_arena_array(c->arena, capacity, sizeof *items);

		if (items == NULL) {
			return;
		}
		if (c->count > 0) {
			memcpy(items, c->items, c->count * sizeof *items);
		}
		c->items = items;
		c->capacity = capacity;
	}
	c->items[c->count++] = (vst_match) {list, (uint32_t) start, (uint32_t) (end - start), VST_STR_EMPTY};
	c->covered[list] = (uint32_t) end;
}

/* A shortener is a host: what only contains or continues its name is another one. */
static bool is_whole_host(const vst_scan *scan, size_t start, size_t end)
{
	uint8_t before = start > 0 ? scan->symbols[start - 1] : VST_SYMBOL_SPACE, after = scan->symbols[end];

	return before != VST_SYMBOL_HYPHEN && (before != VST_SYMBOL_AT || after == VST_SYMBOL_SLASH) &&
	       !((after == VST_SYMBOL_DOT || after == VST_SYMBOL_HYPHEN) && kinds[scan->symbols[end + 1]] & WORD_KINDS);
}

static void settle(vst_scan *scan, collector *c, size_t start, bool own)
{
	uint64_t settled = 0;

	/* ends grow: the longest first */
	for (size_t i = scan->event_count; i-- > 0;) {
		const vst_scan_event *event = &scan->events[i];
		uint64_t hit = event->hit & scan->inspection.lists & ~settled;

		settled |= event->except | hit;
		hit &= ~event->except;
		for (unsigned list = 0; hit != 0; list++, hit >>= 1) {
			if ((hit & 1u) && start >= c->covered[list] && start >= c->excepted[list] &&
			    (own || list != VST_LIST_SHORTENER || is_whole_host(scan, start, event->end))) {
				put(c, list, start, event->end);
			}
		}
	}
	for (size_t i = 0; i < scan->event_count; i++) {
		uint64_t except = scan->events[i].except;

		for (unsigned list = 0; except != 0; list++, except >>= 1) {
			if ((except & 1u) && c->excepted[list] < scan->events[i].end) {
				c->excepted[list] = (uint32_t) scan->events[i].end;
			}
		}
	}
}

/* Looks at what begins at `start`, the first symbol of a word or a sign; returns where the word ends. */
static size_t look(vst_scan *scan, collector *c, size_t start, bool own)
{
	const uint8_t *symbols = scan->symbols;
	size_t end = start;
	unsigned found = 0;
	bool plain;

	while (kinds[symbols[end]] & (WORD_KINDS | KIND_INVISIBLE)) {
		found |= kinds[symbols[end++]];
	}
	end = end > start ? end : start + 1;
	scan->event_count = 0;
	plain = !(found & KIND_LATIN) && symbols[start] != VST_SYMBOL_STAR && !is_spelled(symbols, start) &&
	        scan_plain(scan, start);
	if (!plain) {
		scan->event_count = 0;
		vst_scan_masked(scan, start);
	}
	if (scan->event_count > 0) {
		settle(scan, c, start, own);
	}
	if ((found & (KIND_CYRILLIC | KIND_LATIN)) == (KIND_CYRILLIC | KIND_LATIN) && !own &&
	    scan->inspection.lists & UINT64_C(1) << VST_LIST_MIXED) {
		put(c, VST_LIST_MIXED, start, end);
	}
	return end;
}

/* Puts in what words mean together, and takes out the lists that only served for that. */
static void bring_together(collector *c, const uint8_t *symbols, uint64_t wanted)
{
	size_t kept = 0;

	for (size_t i = 0, count = c->count; i < count; i++) {
		vst_match match;

		if (vst_company_of(symbols, (vst_matches) {c->items, c->count}, i, &match)) {
			put(c, match.list, match.position, (size_t) match.position + match.length);
		}
	}
	for (size_t i = 0; i < c->count; i++) {
		vst_match match = c->items[i];
		size_t at = kept;

		if ((wanted & UINT64_C(1) << match.list) == 0) {
			continue;
		}
		for (; at > 0 && c->items[at - 1].position > match.position; at--) {
			c->items[at] = c->items[at - 1];
		}
		c->items[at] = match;
		kept++;
	}
	c->count = kept;
}

static void find_texts(collector *c, vst_str text)
{
	size_t character = 0, offset = 0;

	for (size_t i = 0; i < c->count; i++) {
		vst_match *match = &c->items[i];
		vst_str rest;

		offset += vst_utf8_offset((vst_str) {text.ptr + offset, text.len - offset}, match->position - character);
		character = match->position;
		rest = (vst_str) {text.ptr + offset, text.len - offset};
		match->text = (vst_str) {rest.ptr, vst_utf8_offset(rest, match->length)};
	}
}

vst_rc vst_text_inspect(vst_str text, const vst_inspection *inspection, vst_arena *arena, vst_matches *out,
                        vst_err *err)
{
	uint8_t *symbols = vst_arena_alloc(arena, text.len + VST_SCAN_PADDING);
	collector c = {.arena = arena};
	vst_scan scan; /* not zeroed: its events are a kilobyte, and a message is short */
	bool own = inspection->lexicon != vst_lexicon_builtin();

	if (symbols == NULL) {
		return vst_fail_nomem(err);
	}
	scan.symbols = symbols;
	scan.inspection = *inspection;
	scan.inspection.lists |= own ? 0 : vst_company_lists(inspection->lists);
	scan.event_count = scan.piece_end = 0;
	scan.count = vst_symbols(text, symbols);
	memset(symbols + scan.count, VST_SYMBOL_BREAK, VST_SCAN_PADDING);
	for (size_t at = 0; at < scan.count;) {
		uint8_t kind = kinds[symbols[at]];

		at = kind & (WORD_KINDS | KIND_SIGN) ? look(&scan, &c, at, own) : at + 1;
	}
	if (arena->failed) {
		return vst_fail_nomem(err);
	}
	if (scan.inspection.lists != inspection->lists) {
		bring_together(&c, symbols, inspection->lists);
	}
	find_texts(&c, text);
	*out = (vst_matches) {c.items, c.count};
	return VST_OK;
}
