/* The smallest automaton that accepts the same, and its tables. */
#include <stdlib.h>

#include "lexicon_pattern.h"

#define OUTPUTS_MAX 60000
#define PACKED_STATES_MAX 1000000
#define REST_BUCKETS ((size_t) 1 << 18) /* four times what a number of rests can count */

/* ---- minimizing: bottom-up, since nothing but loops of one state leads back ---- */

typedef struct merging {
	const vst_dfa *old;
	vst_dfa fresh;    /* states numbered as they are met */
	uint32_t *merged; /* by old state: the new one, 0 for not yet */
	uint32_t *buckets;
	size_t bucket_count;
} merging;

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 32;
}

static uint64_t hash_of_state(const vst_dfa *dfa, uint32_t state)
{
	const vst_dfa_state *at = &dfa->states[state];
	uint64_t hash = mix(mix(1, at->output.hit), at->output.except);

	for (uint32_t i = 0; i < at->edges; i++) {
		const vst_dfa_edge *edge = &dfa->edges[at->first + i];

		hash = mix(mix(hash, edge->symbol), edge->to == state ? 0 : edge->to);
	}
	return hash;
}

static bool same_state(const vst_dfa *dfa, uint32_t a, uint32_t b)
{
	const vst_dfa_state *left = &dfa->states[a], *right = &dfa->states[b];

	if (left->output.hit != right->output.hit || left->output.except != right->output.except ||
	    left->edges != right->edges) {
		return false;
	}
	for (uint32_t i = 0; i < left->edges; i++) {
		const vst_dfa_edge *x = &dfa->edges[left->first + i], *y = &dfa->edges[right->first + i];

		if (x->symbol != y->symbol || (x->to != y->to && !(x->to == a && y->to == b))) {
			return false;
		}
	}
	return true;
}

/* The state just built, or an equal one that stood there before. */
static uint32_t registered(merging *m, uint32_t fresh)
{
	size_t at = hash_of_state(&m->fresh, fresh) & (m->bucket_count - 1);

	while (m->buckets[at] != 0) {
		if (same_state(&m->fresh, m->buckets[at], fresh)) {
			m->fresh.state_count--;
			m->fresh.edge_count = m->fresh.states[fresh].first;
			return m->buckets[at];
		}
		at = (at + 1) & (m->bucket_count - 1);
	}
	m->buckets[at] = fresh;
	return fresh;
}

/* Entries bound the depth: see ENTRY_MAX. */
static void merge_state(merging *m, uint32_t state)
{
	const vst_dfa_state *old = &m->old->states[state];
	vst_dfa *fresh = &m->fresh;
	uint32_t number;

	for (uint32_t i = 0; i < old->edges; i++) {
		uint32_t to = m->old->edges[old->first + i].to;

		if (to != state && m->merged[to] == 0) {
			merge_state(m, to);
		}
	}
	number = fresh->state_count++;
	fresh->states[number] = (vst_dfa_state) {old->output, fresh->edge_count, old->edges};
	for (uint32_t i = 0; i < old->edges; i++) {
		const vst_dfa_edge *edge = &m->old->edges[old->first + i];

		fresh->edges[fresh->edge_count++] =
			(vst_dfa_edge) {edge->symbol, edge->to == state ? number : m->merged[edge->to]};
	}
	m->merged[state] = registered(m, number);
}

/* Numbers the states breadth-first from the root, so that the first letters of words lie together. */
static void renumber(const vst_dfa *from, uint32_t root, vst_dfa *to, uint32_t *numbers, uint32_t *queue)
{
	uint32_t count = 0;

	memset(numbers, 0, from->state_count * sizeof *numbers);
	queue[count++] = root;
	numbers[root] = VST_LEXICON_ROOT;
	to->edge_count = 0;
	to->states[VST_LEXICON_DEAD] = (vst_dfa_state) {{0, 0}, 0, 0};
	for (uint32_t at = 0; at < count; at++) {
		const vst_dfa_state *state = &from->states[queue[at]];

		to->states[at + 1] = (vst_dfa_state) {state->output, to->edge_count, state->edges};
		for (uint32_t i = 0; i < state->edges; i++) {
			const vst_dfa_edge *edge = &from->edges[state->first + i];

			if (numbers[edge->to] == 0) {
				queue[count++] = edge->to;
				numbers[edge->to] = count;
			}
			to->edges[to->edge_count++] = (vst_dfa_edge) {edge->symbol, numbers[edge->to]};
		}
	}
	to->state_count = count + 1;
}

vst_rc vst_dfa_minimize(vst_dfa *dfa, vst_err *err)
{
	merging m = {.old = dfa, .bucket_count = 1024};
	uint32_t *queue = calloc((size_t) dfa->state_count + 1, sizeof *queue);
	bool ready;

	while (m.bucket_count < (size_t) dfa->state_count * 2) {
		m.bucket_count *= 2;
	}
	m.merged = calloc(dfa->state_count, sizeof *m.merged);
	m.buckets = calloc(m.bucket_count, sizeof *m.buckets);
	m.fresh.states = calloc((size_t) dfa->state_count + 1, sizeof *m.fresh.states);
	m.fresh.edges = calloc((size_t) dfa->edge_count + 1, sizeof *m.fresh.edges);
	ready = queue != NULL && m.merged != NULL && m.buckets != NULL && m.fresh.states != NULL && m.fresh.edges != NULL;
	if (ready) {
		m.fresh.state_count = 1;
		merge_state(&m, VST_LEXICON_ROOT);
		renumber(&m.fresh, m.merged[VST_LEXICON_ROOT], dfa, m.merged, queue);
	}
	free(queue);
	free(m.merged);
	free(m.buckets);
	free(m.fresh.states);
	free(m.fresh.edges);
	return ready ? VST_OK : vst_fail_nomem(err);
}

/* ---- packing: rows of next states laid over each other where their holes allow ---- */

typedef struct tables {
	uint32_t *bases;
	uint16_t *accepts;
	uint16_t *rest_of;
	vst_lexicon_rest *rests;
	size_t rest_capacity;
	uint32_t rest_count;
	uint32_t *rest_buckets; /* by hash: an index into rests, 0 for none */
	vst_lexicon_slot *slots;
	size_t slot_capacity;
	uint64_t *taken; /* a bit for each slot */
	size_t taken_capacity;
	uint32_t slot_count, first_free;
	vst_lexicon_output *outputs;
	size_t output_capacity;
	uint32_t output_count;
} tables;

/* Capacity is one more word than there are slots for, so that any 64 bits can be read across two words. */
static bool reserve_slots(tables *t, size_t needed)
{
	size_t before = t->slot_capacity, words = t->taken_capacity;

	if (needed <= before) {
		return true;
	}
	if (!vst_reserve(&t->slots, &t->slot_capacity, needed, sizeof *t->slots) ||
	    !vst_reserve(&t->taken, &t->taken_capacity, t->slot_capacity / 64 + 2, sizeof *t->taken)) {
		return false;
	}
	memset(t->slots + before, 0, (t->slot_capacity - before) * sizeof *t->slots);
	memset(t->taken + words, 0, (t->taken_capacity - words) * sizeof *t->taken);
	return true;
}

static void take(tables *t, uint32_t slot)
{
	t->taken[slot / 64] |= UINT64_C(1) << slot % 64;
}

/* Which of the 64 slots from this one on are taken, the first in the lowest bit. */
static uint64_t taken_from(const tables *t, uint32_t slot)
{
	uint64_t low = t->taken[slot / 64] >> slot % 64;

	return slot % 64 == 0 ? low : low | t->taken[slot / 64 + 1] << (64 - slot % 64);
}

/* The first base ≥ `base` at which all edges fall on free slots, 64 bases at a time; UINT32_MAX: no memory. */
static uint32_t first_fit(tables *t, const vst_dfa_edge *edges, uint32_t count, uint32_t base)
{
	for (;; base += 64) {
		uint64_t blocked = 0;

		if (!reserve_slots(t, (size_t) base + 64 + 2 * VST_SYMBOLS)) {
			return UINT32_MAX;
		}
		for (uint32_t i = 0; i < count && blocked != UINT64_MAX; i++) {
			blocked |= taken_from(t, base + edges[i].symbol);
		}
		if (blocked != UINT64_MAX) {
			while ((blocked & 1) != 0) {
				blocked >>= 1;
				base++;
			}
			return base;
		}
	}
}

/* The target that most letters from `first` on lead to, when all of them lead somewhere; else the dead state. */
static uint32_t common_target(const vst_dfa_edge *edges, uint32_t count, uint8_t first, uint32_t letters)
{
	uint32_t best = VST_LEXICON_DEAD, most = 0, found = 0;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t same = 0;

		if ((uint32_t) edges[i].symbol - first >= letters) {
			continue;
		}
		found++;
		for (uint32_t j = 0; j < count; j++) {
			same += (uint32_t) edges[j].symbol - first < letters && edges[j].to == edges[i].to;
		}
		if (same > most) {
			most = same;
			best = edges[i].to;
		}
	}
	return found == letters ? best : VST_LEXICON_DEAD;
}

/* Few pairs of rests differ, so a state holds the number of its own. */
static bool note_rest(tables *t, uint32_t state, vst_lexicon_rest rest)
{
	size_t at = (rest.cyrillic * UINT32_C(2654435761) ^ rest.latin * UINT32_C(40503)) % REST_BUCKETS;
	uint32_t i;

	if (rest.cyrillic == VST_LEXICON_DEAD && rest.latin == VST_LEXICON_DEAD) {
		return true;
	}
	while ((i = t->rest_buckets[at]) != 0 &&
	       (t->rests[i].cyrillic != rest.cyrillic || t->rests[i].latin != rest.latin)) {
		at = (at + 1) % REST_BUCKETS;
	}
	if (i == 0) {
		i = t->rest_count;
		if (i > UINT16_MAX || !vst_reserve(&t->rests, &t->rest_capacity, (size_t) i + 1, sizeof *t->rests)) {
			return false;
		}
		t->rests[t->rest_count++] = rest;
		t->rest_buckets[at] = i;
	}
	t->rest_of[state] = (uint16_t) i;
	return true;
}

/* The edges that need a slot. False: no memory, or more kinds of rests than a number holds. */
static bool slotted(tables *t, const vst_dfa *dfa, uint32_t state, vst_dfa_edge out[VST_SYMBOLS], uint32_t *slots)
{
	const vst_dfa_state *at = &dfa->states[state];
	const vst_dfa_edge *edges = dfa->edges + at->first;
	uint32_t cyrillic = common_target(edges, at->edges, VST_SYMBOL_CYRILLIC, 32),
			 latin = common_target(edges, at->edges, VST_SYMBOL_LATIN, 26), count = 0;

	for (uint32_t i = 0; i < at->edges; i++) {
		uint32_t rest = vst_symbol_is_cyrillic(edges[i].symbol) ? cyrillic
		                : vst_symbol_is_latin(edges[i].symbol)  ? latin
		                                                        : VST_LEXICON_DEAD;

		if (edges[i].to != rest) {
			out[count++] = edges[i];
		}
	}
	*slots = count;
	return note_rest(t, state, (vst_lexicon_rest) {cyrillic, latin});
}

static bool place(tables *t, const vst_dfa *dfa, uint32_t state)
{
	vst_dfa_edge edges[VST_SYMBOLS];
	/* without any edge there is no array of them either */
	uint32_t base = 0, count = 0;

	if (dfa->states[state].edges > 0 && !slotted(t, dfa, state, edges, &count)) {
		return false;
	}
	if (count == 0) {
		t->bases[state] = 0;
		return true;
	}
	while (t->slots[t->first_free].owner != VST_LEXICON_DEAD) {
		if (!reserve_slots(t, (size_t) ++t->first_free + 2 * VST_SYMBOLS)) {
			return false;
		}
	}
	base = t->first_free > edges[0].symbol ? t->first_free - edges[0].symbol : 0;
	base = first_fit(t, edges, count, base);
	if (base == UINT32_MAX) {
		return false;
	}
	t->bases[state] = base;
	for (uint32_t i = 0; i < count; i++) {
		take(t, base + edges[i].symbol);
		t->slots[base + edges[i].symbol] = (vst_lexicon_slot) {state, edges[i].to};
	}
	t->slot_count = base + VST_SYMBOLS > t->slot_count ? base + VST_SYMBOLS : t->slot_count;
	return true;
}

static bool note_output(tables *t, uint32_t state, const vst_lexicon_output *output)
{
	uint32_t i = 0;

	while (i < t->output_count && (t->outputs[i].hit != output->hit || t->outputs[i].except != output->except)) {
		i++;
	}
	if (i == t->output_count) {
		if (i >= OUTPUTS_MAX || !vst_reserve(&t->outputs, &t->output_capacity, (size_t) i + 1, sizeof *t->outputs)) {
			return false;
		}
		t->outputs[t->output_count++] = *output;
	}
	t->accepts[state] = (uint16_t) i;
	return true;
}

static bool fill(tables *t, const vst_dfa *dfa)
{
	static const vst_lexicon_output nothing = {0, 0};

	t->bases = calloc(dfa->state_count, sizeof *t->bases);
	t->accepts = calloc(dfa->state_count, sizeof *t->accepts);
	t->rest_of = calloc(dfa->state_count, sizeof *t->rest_of);
	t->rest_buckets = calloc(REST_BUCKETS, sizeof *t->rest_buckets);
	if (t->bases == NULL || t->accepts == NULL || t->rest_of == NULL || t->rest_buckets == NULL ||
	    !vst_reserve(&t->rests, &t->rest_capacity, 1, sizeof *t->rests) ||
	    !reserve_slots(t, 2 * (size_t) VST_SYMBOLS)) {
		return false;
	}
	t->slot_count = VST_SYMBOLS;
	t->rests[t->rest_count++] = (vst_lexicon_rest) {VST_LEXICON_DEAD, VST_LEXICON_DEAD};
	if (!note_output(t, VST_LEXICON_DEAD, &nothing)) {
		return false;
	}
	for (uint32_t state = VST_LEXICON_ROOT; state < dfa->state_count; state++) {
		if (!note_output(t, state, &dfa->states[state].output) || !place(t, dfa, state)) {
			return false;
		}
	}
	return true;
}

vst_rc vst_lexicon_pack(const vst_dfa *dfa, vst_lexicon **out, vst_err *err)
{
	tables t = {0};
	vst_lexicon *lexicon = NULL;

	if (dfa->state_count > PACKED_STATES_MAX) {
		return vst_fail(err, VST_E_INVALID, "dictionary: too large");
	}
	if (!fill(&t, dfa) || (lexicon = malloc(sizeof *lexicon)) == NULL) {
		free(t.taken);
		free(t.rest_buckets);
		free(t.rest_of);
		free(t.bases);
		free(t.accepts);
		free(t.rests);
		free(t.slots);
		free(t.outputs);
		return vst_fail_nomem(err);
	}
	free(t.taken);
	free(t.rest_buckets);
	*lexicon = (vst_lexicon) {t.bases,   t.accepts,        t.rest_of,    t.rests,        t.slots,
	                          t.outputs, dfa->state_count, t.slot_count, t.output_count, t.rest_count};
	*out = lexicon;
	return VST_OK;
}

void vst_lexicon_free(vst_lexicon *lexicon)
{
	if (lexicon != NULL) {
		free((void *) (uintptr_t) lexicon->bases);
		free((void *) (uintptr_t) lexicon->accepts);
		free((void *) (uintptr_t) lexicon->rest_of);
		free((void *) (uintptr_t) lexicon->rests);
		free((void *) (uintptr_t) lexicon->slots);
		free((void *) (uintptr_t) lexicon->outputs);
		free(lexicon);
	}
}
