/* From entries to a deterministic automaton: the construction of subsets. */
#include <stdlib.h>

#include "lexicon_pattern.h"

#define STATES_MAX 2000000

/* A set of nodes that read or accept: a state of the deterministic automaton. */
typedef struct node_set {
	uint32_t first, count; /* in subsets.members */
} node_set;

typedef struct subsets {
	const vst_nfa *nfa;
	vst_dfa dfa;
	node_set *sets;
	size_t set_capacity;
	uint32_t *members;
	size_t member_count, member_capacity;
	uint32_t *buckets; /* by hash: a state, 0 for none */
	size_t bucket_count;
	/* the set under construction */
	uint32_t *found, *stack, *stamps;
	uint32_t found_count, stamp;
} subsets;

static void gather(subsets *s, uint32_t node)
{
	uint32_t depth = 0;

	s->stack[depth++] = node;
	while (depth > 0) {
		const vst_nfa_node *at;

		node = s->stack[--depth];
		if (node == 0 || s->stamps[node] == s->stamp) {
			continue;
		}
		s->stamps[node] = s->stamp;
		at = &s->nfa->nodes[node];
		if (at->kind != VST_NFA_EMPTY) {
			s->found[s->found_count++] = node;
			continue;
		}
		/* at most one more than is taken off, each node once: the stack has room for all nodes twice */
		s->stack[depth++] = at->out;
		s->stack[depth++] = at->other;
	}
}

static int ascending(const void *a, const void *b)
{
	uint32_t left = *(const uint32_t *) a, right = *(const uint32_t *) b;

	return left < right ? -1 : left > right;
}

static uint64_t hash_of(const uint32_t *members, uint32_t count)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (uint32_t i = 0; i < count; i++) {
		hash = (hash ^ members[i]) * UINT64_C(0x100000001b3);
	}
	return hash ^ hash >> 29;
}

static bool same_set(const subsets *s, uint32_t state)
{
	const node_set *set = &s->sets[state];

	return set->count == s->found_count &&
	       memcmp(s->members + set->first, s->found, s->found_count * sizeof *s->found) == 0;
}

static bool grow_buckets(subsets *s)
{
	size_t count = s->bucket_count == 0 ? 1024 : s->bucket_count * 2;
	uint32_t *buckets = calloc(count, sizeof *buckets);

	if (buckets == NULL) {
		return false;
	}
	for (uint32_t state = 1; state < s->dfa.state_count; state++) {
		const node_set *set = &s->sets[state];
		size_t at = hash_of(s->members + set->first, set->count) & (count - 1);

		while (buckets[at] != 0) {
			at = (at + 1) & (count - 1);
		}
		buckets[at] = state;
	}
	free(s->buckets);
	s->buckets = buckets;
	s->bucket_count = count;
	return true;
}

static bool add_state(subsets *s, uint32_t *state)
{
	*state = s->dfa.state_count;
	if (*state >= STATES_MAX ||
	    !vst_reserve(&s->dfa.states, &s->dfa.state_capacity, (size_t) *state + 1, sizeof *s->dfa.states) ||
	    !vst_reserve(&s->sets, &s->set_capacity, (size_t) *state + 1, sizeof *s->sets) ||
	    !vst_reserve(&s->members, &s->member_capacity, s->member_count + s->found_count, sizeof *s->members)) {
		return false;
	}
	s->dfa.states[*state] = (vst_dfa_state) {{0, 0}, 0, 0};
	s->sets[*state] = (node_set) {(uint32_t) s->member_count, s->found_count};
	if (s->found_count > 0) {
		memcpy(s->members + s->member_count, s->found, s->found_count * sizeof *s->found);
	}
	s->member_count += s->found_count;
	s->dfa.state_count++;
	return true;
}

/* The state of the set found, new or not; the dead one for the empty set. */
static bool state_of_found(subsets *s, uint32_t *state)
{
	size_t at;

	*state = VST_LEXICON_DEAD;
	if (s->found_count == 0) {
		return true;
	}
	if ((size_t) s->dfa.state_count * 2 >= s->bucket_count && !grow_buckets(s)) {
		return false;
	}
	qsort(s->found, s->found_count, sizeof *s->found, ascending);
	at = hash_of(s->found, s->found_count) & (s->bucket_count - 1);
	while (s->buckets[at] != 0) {
		if (same_set(s, s->buckets[at])) {
			*state = s->buckets[at];
			return true;
		}
		at = (at + 1) & (s->bucket_count - 1);
	}
	if (!add_state(s, state)) {
		return false;
	}
	s->buckets[at] = *state;
	return true;
}

static bool node_reads(const vst_nfa_node *node, uint8_t symbol)
{
	switch (node->kind) {
		case VST_NFA_SYMBOL: return node->symbol == symbol;
		case VST_NFA_CYRILLIC: return vst_symbol_is_cyrillic(symbol);
		case VST_NFA_LATIN: return vst_symbol_is_latin(symbol);
		case VST_NFA_LETTER: return vst_symbol_is_cyrillic(symbol) || vst_symbol_is_latin(symbol);
		case VST_NFA_DIGIT: return vst_symbol_is_digit(symbol);
		default: return false;
	}
}

/* Which symbols lead on from a state, and what it accepts. */
static void survey(const subsets *s, uint32_t state, bool reads[VST_SYMBOLS], vst_lexicon_output *output)
{
	const node_set *set = &s->sets[state];

	memset(reads, 0, VST_SYMBOLS * sizeof reads[0]);
	for (uint32_t i = 0; i < set->count; i++) {
		const vst_nfa_node *node = &s->nfa->nodes[s->members[set->first + i]];

		if (node->kind == VST_NFA_ACCEPT) {
			*(node->other != 0 ? &output->except : &output->hit) |= UINT64_C(1) << node->symbol;
		} else if (node->kind == VST_NFA_SYMBOL) {
			reads[node->symbol] = true;
		} else {
			for (unsigned symbol = 1; symbol < VST_SYMBOLS; symbol++) {
				reads[symbol] = reads[symbol] || node_reads(node, (uint8_t) symbol);
			}
		}
	}
}

static bool expand(subsets *s, uint32_t state)
{
	bool reads[VST_SYMBOLS];
	vst_lexicon_output output = {0, 0};

	survey(s, state, reads, &output);
	s->dfa.states[state].output = output;
	s->dfa.states[state].first = s->dfa.edge_count;
	for (unsigned symbol = 1; symbol < VST_SYMBOLS; symbol++) {
		uint32_t to;

		if (!reads[symbol]) {
			continue;
		}
		s->stamp++;
		s->found_count = 0;
		for (uint32_t i = 0; i < s->sets[state].count; i++) {
			uint32_t node = s->members[s->sets[state].first + i];

			if (node_reads(&s->nfa->nodes[node], (uint8_t) symbol)) {
				gather(s, s->nfa->nodes[node].out);
			}
		}
		if (!state_of_found(s, &to) ||
		    !vst_reserve(&s->dfa.edges, &s->dfa.edge_capacity, (size_t) s->dfa.edge_count + 1, sizeof *s->dfa.edges)) {
			return false;
		}
		if (to != VST_LEXICON_DEAD) {
			s->dfa.edges[s->dfa.edge_count++] = (vst_dfa_edge) {(uint8_t) symbol, to};
		}
	}
	s->dfa.states[state].edges = s->dfa.edge_count - s->dfa.states[state].first;
	return true;
}

static bool determinize(subsets *s)
{
	size_t room = (size_t) s->nfa->count * 2 + 4;
	uint32_t root;

	s->found = calloc(room, sizeof *s->found);
	s->stack = calloc(room, sizeof *s->stack);
	s->stamps = calloc(room, sizeof *s->stamps);
	if (s->found == NULL || s->stack == NULL || s->stamps == NULL || !add_state(s, &root)) {
		return false;
	}
	s->stamp = 1;
	gather(s, VST_NFA_START);
	if (s->found_count == 0) { /* no entries: a root that leads nowhere */
		return add_state(s, &root);
	}
	if (!state_of_found(s, &root)) {
		return false;
	}
	for (uint32_t state = root; state < s->dfa.state_count; state++) {
		if (!expand(s, state)) {
			return false;
		}
	}
	return true;
}

vst_rc vst_lexicon_build(const vst_nfa *nfa, vst_lexicon **out, vst_err *err)
{
	subsets s = {.nfa = nfa};
	vst_rc rc = determinize(&s) ? VST_OK : vst_fail_nomem(err);

	free(s.sets);
	free(s.members);
	free(s.buckets);
	free(s.found);
	free(s.stack);
	free(s.stamps);
	if (rc == VST_OK && s.dfa.states[VST_LEXICON_ROOT].output.hit != 0) {
		rc = vst_fail(err, VST_E_INVALID, "dictionary: an entry that may be empty");
	}
	if (rc == VST_OK) {
		rc = vst_dfa_minimize(&s.dfa, err);
	}
	if (rc == VST_OK) {
		rc = vst_lexicon_pack(&s.dfa, out, err);
	}
	free(s.dfa.states);
	free(s.dfa.edges);
	return rc;
}

vst_rc vst_lexicon_compile(const vst_lexicon_source *sources, size_t count, vst_str classes, vst_lexicon **out,
                           vst_err *err)
{
	vst_nfa nfa = {NULL, 0, 0, false};
	vst_rc rc = VST_OK;

	for (size_t i = 0; i < count && rc == VST_OK; i++) {
		rc = vst_nfa_add(&nfa, &sources[i], classes, err);
	}
	if (rc == VST_OK && nfa.count > 0) {
		rc = vst_lexicon_build(&nfa, out, err);
	} else if (rc == VST_OK) {
		rc = vst_fail(err, VST_E_INVALID, "dictionary: nothing in it");
	}
	free(nfa.nodes);
	return rc;
}
