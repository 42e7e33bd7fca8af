/*
 * The masked way through a word: all its readings at once, as a set of states a position. Linear in the length of what
 * stays alive, since the automaton drops nearly every reading after a few letters and a set has a limit.
 */
#include "inspect_scan.h"

enum {
	FLAG_LATIN = 1,      /* a letter was taken as Latin */
	FLAG_CYRILLIC = 2,   /* a letter was taken as Cyrillic */
	FLAG_JOINED = 4,     /* a separator inside a word was passed over */
	FLAG_SPELLED = 8,    /* … or a gap between single letters */
	FLAG_COLLAPSED = 16, /* one of two equal letters was passed over */
	FLAG_STARS_SKIPPED = 32,
	FLAG_STARS_READ = 64,
	FLAG_GAP = 128, /* the gap between two words was read and may go on */
	FLAG_LOOK = 256,
	FLAG_SOUND = 512 /* a word of Latin letters is read in one way: by look or by sound */
};

typedef struct reading {
	uint32_t state;
	uint16_t flags;
	uint8_t letters, wild, changed; /* letters seen, asterisks and other characters taken for letters */
} reading;

#define READINGS_MAX 128
#define AHEAD 6 /* a reading moves by 5 symbols at most */
#define LENGTH_MAX 400
#define WILD_MAX 3

typedef struct reading_set {
	reading items[READINGS_MAX];
	size_t count;
} reading_set;

typedef struct masked {
	vst_scan *scan;
	const vst_lexicon *lexicon;
	size_t start, limit;
	bool mixed, literal; /* both alphabets in the word; an address: nothing is hidden in it */
	bool spelled;        /* it begins in the middle of a word whose letters stand apart */
	reading_set sets[AHEAD];
} masked;

static bool is_letter(uint8_t symbol)
{
	return vst_symbol_is_cyrillic(symbol) || vst_symbol_is_latin(symbol);
}

static void go(masked *m, size_t at, reading next)
{
	reading_set *set = &m->sets[at % AHEAD];

	if (next.state == VST_LEXICON_DEAD) {
		return;
	}
	for (size_t i = 0; i < set->count; i++) {
		reading *item = &set->items[i];

		if (item->state == next.state && item->flags == next.flags) {
			if (next.wild + next.changed < item->wild + item->changed) {
				*item = next;
			}
			return;
		}
	}
	if (set->count < READINGS_MAX) {
		set->items[set->count++] = next;
	}
}

static reading stepped(const masked *m, reading from, uint8_t symbol, unsigned flags)
{
	from.state = vst_lexicon_step(m->lexicon, from.state, symbol);
	from.flags = (uint16_t) ((from.flags | flags) & ~(unsigned) FLAG_GAP);
	return from;
}

static reading lettered(const masked *m, reading from, uint8_t symbol, unsigned flags)
{
	from = stepped(m, from, symbol, flags);
	from.letters = from.letters < 255 ? (uint8_t) (from.letters + 1) : from.letters;
	return from;
}

/* Which lists a reading may speak for. */
static uint64_t lists_of(const masked *m, const reading *r)
{
	bool hidden = r->wild > 0 || (r->flags & FLAG_COLLAPSED) != 0;

	if (r->changed > r->letters || (r->changed > 0 && r->letters < 2) || r->wild > r->letters ||
	    (r->wild > 0 && r->letters < 2) || ((r->flags & FLAG_SPELLED) && r->letters + r->wild < 3) ||
	    ((r->flags & FLAG_JOINED) && m->spelled)) {
		return 0;
	}
	return hidden ? m->scan->inspection.masked : ~UINT64_C(0);
}

static void accept(masked *m, size_t at, const reading_set *set)
{
	uint64_t hit = 0, except = 0;

	for (size_t i = 0; i < set->count; i++) {
		const reading *r = &set->items[i];
		const vst_lexicon_output *output = vst_lexicon_accepts(m->lexicon, r->state);

		if (!(r->flags & FLAG_GAP)) {
			hit |= output->hit & lists_of(m, r);
			except |= r->wild == 0 ? output->except : 0; /* what letters a mask hides is only a guess */
		}
	}
	if ((hit | except) != 0) {
		vst_scan_note(m->scan, at, hit, except);
	}
}

/* Transliteration drops soft signs: one may have stood before a consonant, before "yu" and the like, and at the end. */
static bool may_have_been_soft(const masked *m, size_t at)
{
	static const char vowels[] = "aeiou";
	uint8_t symbol = m->scan->symbols[at];

	for (size_t i = 0; vowels[i] != '\0'; i++) {
		if (symbol == VST_SYMBOL_LATIN + (vowels[i] - 'a')) {
			return false;
		}
	}
	return true;
}

/* Whether the reading may be taken after what was read; *flags: what it adds. */
static bool goes_with(const masked *m, const reading *from, const vst_reading *found, unsigned *flags)
{
	unsigned by = found->by;

	*flags = FLAG_CYRILLIC;
	if (m->mixed) {
		return true;
	}
	by &= from->flags & FLAG_LOOK ? VST_BY_LOOK : from->flags & FLAG_SOUND ? VST_BY_SOUND : by;
	*flags |= by == VST_BY_LOOK ? FLAG_LOOK : by == VST_BY_SOUND ? FLAG_SOUND : 0;
	return by != 0;
}

/* Letters and digits that are written otherwise. */
static void read_as(masked *m, size_t at, reading from, bool changes)
{
	const uint8_t *symbols = m->scan->symbols;
	vst_reading found[VST_READINGS_MAX];
	size_t count;
	const uint8_t soft_sign = VST_SYMBOL_CYRILLIC + 28;

	if (m->literal || (from.flags & FLAG_LATIN)) {
		return;
	}
	count = vst_readings(symbols + at, symbols + m->scan->count, found);
	for (size_t i = 0; i < count; i++) {
		size_t after = at + found[i].symbols;
		unsigned flags;
		reading next;

		if (!goes_with(m, &from, &found[i], &flags)) {
			continue;
		}
		if (changes) {
			next = stepped(m, from, found[i].letter, flags);
			next.changed++;
			go(m, after, next);
			continue;
		}
		next = lettered(m, from, found[i].letter, flags);
		go(m, after, next);
		if (!(next.flags & FLAG_LOOK) && may_have_been_soft(m, after)) {
			go(m, after, stepped(m, next, soft_sign, m->mixed ? 0 : FLAG_SOUND));
		}
	}
}

/* Whether one of two symbols is a letter of the other alphabet for the same: "рr". */
static bool says_the_same(uint8_t cyrillic, const uint8_t *latin)
{
	vst_reading found[VST_READINGS_MAX];
	size_t count =
		vst_symbol_is_cyrillic(cyrillic) && vst_symbol_is_latin(*latin) ? vst_readings(latin, latin + 1, found) : 0;

	while (count > 0 && found[count - 1].letter != cyrillic) {
		count--;
	}
	return count > 0;
}

/* "c@sino" */
static void read_as_latin(masked *m, size_t at, reading from)
{
	uint8_t letter = vst_latin_disguised(m->scan->symbols[at]);
	reading next;

	if (letter == 0 || !(from.flags & FLAG_LATIN) || m->literal) {
		return;
	}
	next = stepped(m, from, letter, FLAG_LATIN);
	next.changed++;
	go(m, at + 1, next);
}

/* A letter again: "сууука". Twice may be right or not; three times is not. */
static void pass_repetition(masked *m, size_t at, reading from)
{
	const uint8_t *symbols = m->scan->symbols;
	bool thrice = (at >= m->start + 2 && symbols[at - 2] == symbols[at]) || symbols[at + 1] == symbols[at];
	bool again =
		at > m->start &&
		(symbols[at - 1] == symbols[at] ||
	     (m->mixed && (says_the_same(symbols[at - 1], symbols + at) || says_the_same(symbols[at], symbols + at - 1))));

	if (again && !m->literal) {
		from.flags |= thrice ? 0 : FLAG_COLLAPSED;
		go(m, at + 1, from);
	}
}

/* What completes a soft sign to ы: "ьI". */
static bool is_stroke(uint8_t symbol)
{
	return symbol == VST_SYMBOL_LATIN + ('i' - 'a') || symbol == VST_SYMBOL_LATIN + ('l' - 'a') ||
	       symbol == VST_SYMBOL_DIGIT + 1;
}

static void read_cyrillic(masked *m, size_t at, reading from)
{
	const uint8_t i_letter = VST_SYMBOL_CYRILLIC + 8, short_i = VST_SYMBOL_CYRILLIC + 9, e = VST_SYMBOL_CYRILLIC + 5,
				  o = VST_SYMBOL_CYRILLIC + 14, yery = VST_SYMBOL_CYRILLIC + 27, soft_sign = VST_SYMBOL_CYRILLIC + 28;
	const uint8_t *symbols = m->scan->symbols;
	uint8_t symbol = symbols[at], twin;

	if (!(from.flags & FLAG_LATIN)) {
		go(m, at + 1, lettered(m, from, symbol, FLAG_CYRILLIC));
		if (symbol == i_letter && symbols[at + 1] == VST_SYMBOL_BREVE) {
			go(m, at + 2, lettered(m, from, short_i, FLAG_CYRILLIC));
		}
		if (symbol == short_i && symbols[at + 1] == o) {
			go(m, at + 2, lettered(m, from, e, FLAG_CYRILLIC));
		}
		if (symbol == soft_sign && is_stroke(symbols[at + 1])) {
			go(m, at + 2, lettered(m, from, yery, FLAG_CYRILLIC));
		}
	}
	if (m->mixed && !(from.flags & FLAG_CYRILLIC) && (twin = vst_latin_twin(symbol)) != 0) {
		go(m, at + 1, lettered(m, from, twin, FLAG_LATIN));
	}
	pass_repetition(m, at, from);
}

static void read_latin(masked *m, size_t at, reading from)
{
	if (!(from.flags & FLAG_CYRILLIC) || m->literal) {
		go(m, at + 1, lettered(m, from, m->scan->symbols[at], FLAG_LATIN));
	}
	read_as(m, at, from, false);
	pass_repetition(m, at, from);
}

static void read_digit(masked *m, size_t at, reading from)
{
	const uint8_t *symbols = m->scan->symbols;

	go(m, at + 1, stepped(m, from, symbols[at], 0));
	if (is_letter(symbols[at + 1]) || (at > m->start && is_letter(symbols[at - 1])) || (from.flags & FLAG_SPELLED)) {
		read_as(m, at, from, true);
		read_as_latin(m, at, from);
	}
}

static bool is_single(const uint8_t *symbols, size_t at)
{
	return (vst_symbol_is_word(symbols[at]) || symbols[at] == VST_SYMBOL_STAR) &&
	       !vst_symbol_is_word(symbols[at + 1]) && symbols[at + 1] != VST_SYMBOL_STAR;
}

/* A gap between two single letters may stand inside a word that is spelled out. */
static bool is_spelling_gap(const masked *m, size_t at)
{
	const uint8_t *symbols = m->scan->symbols;
	size_t before = at, after = at;

	while (after < m->limit && (vst_symbol_is_gap(symbols[after]) || symbols[after] == VST_SYMBOL_DOT)) {
		after++;
	}
	while (before > m->start && !vst_symbol_is_word(symbols[before - 1]) && symbols[before - 1] != VST_SYMBOL_STAR) {
		before--;
	}
	return after - at <= 3 && at - before <= 2 && before > m->start && is_single(symbols, after) &&
	       is_single(symbols, before - 1) &&
	       !(vst_symbol_is_digit(symbols[after]) && vst_symbol_is_digit(symbols[before - 1])) &&
	       (before - 1 == m->start || !vst_symbol_is_word(symbols[before - 2]));
}

static void read_gap(masked *m, size_t at, reading from)
{
	reading next = stepped(m, from, VST_SYMBOL_SPACE, 0);

	if (from.flags & FLAG_GAP) {
		go(m, at + 1, from);
		return;
	}
	next.flags |= FLAG_GAP;
	/* each word of a phrase chooses its alphabet anew */
	next.flags &= (uint16_t) ~(FLAG_LATIN | FLAG_CYRILLIC | FLAG_LOOK | FLAG_SOUND);
	go(m, at + 1, next);
	if (!m->literal && is_spelling_gap(m, at)) {
		from.flags |= FLAG_JOINED | FLAG_SPELLED;
		go(m, at + 1, from);
	}
}

static void read_star(masked *m, size_t at, reading from)
{
	go(m, at + 1, stepped(m, from, VST_SYMBOL_STAR, 0));
	if (from.wild >= WILD_MAX || m->literal) {
		return;
	}
	if (!(from.flags & FLAG_STARS_SKIPPED)) {
		for (uint8_t letter = 0; letter < 32; letter++) {
			reading next = stepped(m, from, (uint8_t) (VST_SYMBOL_CYRILLIC + letter), FLAG_STARS_READ);

			next.wild++;
			go(m, at + 1, next);
		}
	}
}

/* Whether a mark stands between letters with nothing but marks around it. */
static bool is_inside(const masked *m, size_t at)
{
	const uint8_t *symbols = m->scan->symbols;
	size_t after = at;

	while (after - at < 4 && symbols[after] != VST_SYMBOL_SPACE && symbols[after] != VST_SYMBOL_BREAK &&
	       !vst_symbol_is_word(symbols[after])) {
		after++;
	}
	return at > m->start && symbols[at - 1] != VST_SYMBOL_SPACE && vst_symbol_is_word(symbols[after]);
}

static bool hides_a_letter(uint8_t symbol)
{
	return symbol == VST_SYMBOL_HASH || symbol == VST_SYMBOL_AT || symbol == VST_SYMBOL_DOLLAR ||
	       symbol == VST_SYMBOL_EURO || symbol == VST_SYMBOL_PERCENT || symbol == VST_SYMBOL_EXCLAMATION;
}

static void read_mark(masked *m, size_t at, reading from)
{
	uint8_t symbol = m->scan->symbols[at];

	if (symbol < VST_SYMBOLS && symbol != VST_SYMBOL_OTHER && symbol != VST_SYMBOL_STAR) {
		go(m, at + 1, stepped(m, from, symbol, 0));
	}
	if (symbol == VST_SYMBOL_STAR) {
		read_star(m, at, from);
	}
	if (!m->literal && is_inside(m, at)) {
		if (!(symbol == VST_SYMBOL_STAR && (from.flags & FLAG_STARS_READ))) {
			reading next = from;

			next.flags |= FLAG_JOINED | (symbol == VST_SYMBOL_STAR ? FLAG_STARS_SKIPPED : 0);
			go(m, at + 1, next);
		}
		read_as(m, at, from, true);
		read_as_latin(m, at, from);
		if (hides_a_letter(symbol) && from.letters > 0) {
			read_star(m, at, from);
		}
	}
	if (symbol == VST_SYMBOL_AT && from.letters > 2 && !vst_symbol_is_word(m->scan->symbols[at + 1])) {
		read_as(m, at, from, true);
	}
	if (vst_symbol_is_gap(symbol)) {
		read_gap(m, at, from);
	} else if (symbol == VST_SYMBOL_DOT && !m->literal && is_spelling_gap(m, at)) {
		from.flags |= FLAG_JOINED | FLAG_SPELLED;
		go(m, at + 1, from);
	}
}

/* "300бонусов", "20%на": a number and a sign end a word. */
static void part_number(masked *m, size_t at, reading from)
{
	const uint8_t *symbols = m->scan->symbols;

	if (at > m->start && from.flags == 0 && is_letter(symbols[at]) &&
	    (vst_symbol_is_digit(symbols[at - 1]) || vst_symbol_is_sign(symbols[at - 1]))) {
		go(m, at, stepped(m, from, VST_SYMBOL_SPACE, 0));
	}
}

static void read_on(masked *m, size_t at, reading from)
{
	uint8_t symbol = m->scan->symbols[at];

	if (vst_symbol_is_word(symbol)) {
		part_number(m, at, from);
	}
	if (vst_symbol_is_cyrillic(symbol)) {
		read_cyrillic(m, at, from);
	} else if (vst_symbol_is_latin(symbol)) {
		read_latin(m, at, from);
	} else if (vst_symbol_is_digit(symbol)) {
		read_digit(m, at, from);
	} else if (symbol >= VST_SYMBOL_INVISIBLE) {
		go(m, at + 1, from);
	} else if (symbol == VST_SYMBOL_SPACE) {
		read_gap(m, at, from);
	} else if (symbol != VST_SYMBOL_BREAK) {
		read_mark(m, at, from);
	}
}

/* Whether a piece of Latin letters ends in a domain that shops have: "shop.example". */
static bool ends_in_domain(const uint8_t *symbols, size_t begin, size_t end)
{
	static const char *const domains[] = {"ru", "com", "net", "org", "su", "shop", "store", "online", "example"};
	size_t dot;

	while (end > begin && !vst_symbol_is_latin(symbols[end - 1])) {
		end--;
	}
	for (dot = end; dot > begin && vst_symbol_is_latin(symbols[dot - 1]); dot--) {}
	if (dot == begin || dot == end || symbols[dot - 1] != VST_SYMBOL_DOT) {
		return false;
	}
	for (size_t i = 0; i < sizeof domains / sizeof domains[0]; i++) {
		size_t at = 0;

		while (domains[i][at] != '\0' && dot + at < end &&
		       symbols[dot + at] == VST_SYMBOL_LATIN + (domains[i][at] - 'a')) {
			at++;
		}
		if (domains[i][at] == '\0' && dot + at == end) {
			return true;
		}
	}
	return false;
}

/* A link or an e-mail address: its codes only look like words. */
static bool is_address(vst_scan *scan, size_t at)
{
	const uint8_t *symbols = scan->symbols;
	size_t begin = at, end = at;
	bool slash = false, dot = false, latin = false, sign = false;

	if (at < scan->piece_end) {
		return scan->piece_is_address;
	}
	while (begin > 0 && at - begin < 300 && symbols[begin - 1] != VST_SYMBOL_SPACE) {
		begin--;
	}
	while (end < scan->count && end - at < 300 && symbols[end] != VST_SYMBOL_SPACE) {
		end++;
	}
	for (size_t i = begin; i < end; i++) {
		slash = slash || symbols[i] == VST_SYMBOL_SLASH;
		sign = sign || symbols[i] == VST_SYMBOL_AT;
		dot = dot || (symbols[i] == VST_SYMBOL_DOT && i > begin && vst_symbol_is_word(symbols[i - 1]) &&
		              is_letter(symbols[i + 1]) && is_letter(symbols[i + 2]));
		latin = latin || vst_symbol_is_latin(symbols[i]);
	}
	scan->piece_end = end;
	scan->piece_is_address = dot && (slash || (sign && latin) || ends_in_domain(symbols, begin, end));
	return scan->piece_is_address;
}

static bool is_mixed(const uint8_t *symbols, size_t at)
{
	bool latin = false, cyrillic = false;

	for (; vst_symbol_is_word(symbols[at]) || symbols[at] >= VST_SYMBOL_INVISIBLE; at++) {
		latin = latin || vst_symbol_is_latin(symbols[at]);
		cyrillic = cyrillic || vst_symbol_is_cyrillic(symbols[at]);
	}
	return latin && cyrillic;
}

/* The single letter before the gap or mark in front of `at`; 0: there is none. *place: where it stands. */
static uint8_t single_before(const uint8_t *symbols, size_t at, size_t *place)
{
	size_t gap = 0;

	while (at > 0 && gap < 2 && !vst_symbol_is_word(symbols[at - 1])) {
		at--;
		gap++;
	}
	if (gap == 0 || at == 0 || !is_letter(symbols[at - 1]) || (at > 1 && vst_symbol_is_word(symbols[at - 2]))) {
		return 0;
	}
	*place = at - 1;
	return symbols[at - 1];
}

/* Words of one letter: а в и к о с у я. */
static bool is_short_word(uint8_t symbol)
{
	static const uint8_t letters[] = {0, 2, 8, 10, 14, 17, 19, 31};

	for (size_t i = 0; i < sizeof letters; i++) {
		if (symbol == VST_SYMBOL_CYRILLIC + letters[i]) {
			return true;
		}
	}
	return false;
}

static bool continues_spelling(const uint8_t *symbols, size_t at)
{
	size_t place = at;
	uint8_t single = single_before(symbols, at, &place);

	return single != 0 && !(is_short_word(single) && single_before(symbols, place, &place) == 0);
}

void vst_scan_masked(vst_scan *scan, size_t start)
{
	masked m;
	size_t limit = start + LENGTH_MAX < scan->count ? start + LENGTH_MAX : scan->count;

	m.scan = scan;
	m.lexicon = scan->inspection.lexicon;
	m.start = start;
	m.limit = limit;
	m.mixed = is_mixed(scan->symbols, start);
	m.literal = is_address(scan, start);
	m.spelled = continues_spelling(scan->symbols, start);
	for (size_t i = 0; i < AHEAD; i++) {
		m.sets[i].count = 0;
	}
	go(&m, start, (reading) {VST_LEXICON_ROOT, 0, 0, 0, 0});
	for (size_t at = start, idle = 0; idle < AHEAD; at++) {
		reading_set *set = &m.sets[at % AHEAD];

		idle = set->count == 0 ? idle + 1 : 0;
		if (at > start && set->count > 0 &&
		    (at >= limit || !vst_symbol_is_word(scan->symbols[at]) || vst_symbol_is_sign(scan->symbols[at - 1]))) {
			accept(&m, at, set);
		}
		for (size_t i = 0; i < set->count && at < limit; i++) { /* the set may grow meanwhile */
			read_on(&m, at, set->items[i]);
		}
		set->count = 0;
	}
}
