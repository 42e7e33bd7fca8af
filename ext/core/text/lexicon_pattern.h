/* Entries of dictionaries as a non-deterministic automaton: the first half of the compiler. See lexicon.h. */
#ifndef VST_TEXT_LEXICON_PATTERN_H
#define VST_TEXT_LEXICON_PATTERN_H

#include "base/arena.h"
#include "lexicon.h"

typedef enum vst_nfa_kind {
	VST_NFA_EMPTY, /* goes on to `out` and `other` without reading; 0 is nowhere */
	VST_NFA_SYMBOL,
	VST_NFA_CYRILLIC, /* any letter of the alphabet */
	VST_NFA_LATIN,
	VST_NFA_LETTER,
	VST_NFA_DIGIT,
	VST_NFA_ACCEPT /* symbol: the list; other: 1 for an exception */
} vst_nfa_kind;

typedef struct vst_nfa_node {
	uint8_t kind, symbol;
	uint32_t out, other;
} vst_nfa_node;

typedef struct vst_nfa {
	vst_nfa_node *nodes; /* malloc'd; node 0 is nowhere, node 1 the start */
	uint32_t count, capacity;
	bool failed; /* out of memory */
} vst_nfa;

#define VST_NFA_START 1u

/* Adds all entries of a source. The caller frees nfa->nodes whatever comes back. */
vst_rc vst_nfa_add(vst_nfa *nfa, const vst_lexicon_source *source, vst_str classes, vst_err *err) VST_CHECKED;

/* The second half: the minimal deterministic automaton in its tables. */
vst_rc vst_lexicon_build(const vst_nfa *nfa, vst_lexicon **out, vst_err *err) VST_CHECKED;

typedef struct vst_dfa_edge {
	uint8_t symbol;
	uint32_t to;
} vst_dfa_edge;

typedef struct vst_dfa_state {
	vst_lexicon_output output;
	uint32_t first, edges; /* in vst_dfa.edges */
} vst_dfa_state;

/* State 0 is dead, 1 the root. No cycles but loops of a state to itself. */
typedef struct vst_dfa {
	vst_dfa_state *states;
	vst_dfa_edge *edges;
	uint32_t state_count, edge_count;
	size_t state_capacity, edge_capacity;
} vst_dfa;

/* Merges states that accept the same; changes the automaton in place, states numbered breadth-first. */
vst_rc vst_dfa_minimize(vst_dfa *dfa, vst_err *err) VST_CHECKED;
vst_rc vst_lexicon_pack(const vst_dfa *dfa, vst_lexicon **out, vst_err *err) VST_CHECKED;

/* Makes room for `needed` elements of a malloc'd array. */
bool vst_reserve(void *array, size_t *capacity, size_t needed, size_t size);

#endif
