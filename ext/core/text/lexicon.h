/*
 * Dictionaries as one automaton over the symbols of normalize.h: a minimal deterministic one, in row-displaced tables.
 * It is walked from the first letter of a word; a state that is accepting at a word's end says which lists hold the word
 * or phrase, and which lists it is an exception of.
 *
 * A dictionary is a text with one entry a line:
 *
 *   # a remark
 *   !entry            an exception: what it covers is no match of this list
 *   entry             a word or a phrase
 *
 * In an entry ё is е, case does not count, and
 *   скидк*            any ending (letters of the same alphabet)
 *   (за|на)брать      alternatives;  сер(дц)?е, ра?сти: what stands before ? may be missing
 *   <ending>          a class of the file of classes: `ending = а | у | ой`
 *   #                 a number
 *   a blank           a gap between words: blanks, a comma, a hyphen, quotes
 *   % № ₽ + .         themselves; before % and ₽ and behind № there may be a blank
 *   \*                an asterisk in place of letters
 */
#ifndef VST_TEXT_LEXICON_H
#define VST_TEXT_LEXICON_H

#include "base/result.h"
#include "base/str.h"
#include "normalize.h"

#define VST_LEXICON_DEAD 0u
#define VST_LEXICON_ROOT 1u

typedef struct vst_lexicon_output {
	uint64_t hit, except; /* bits: lists */
} vst_lexicon_output;

typedef struct vst_lexicon_slot {
	uint32_t owner, next;
} vst_lexicon_slot;

/* Where any letter leads that has no slot: what '*' stands for. */
typedef struct vst_lexicon_rest {
	uint32_t cyrillic, latin;
} vst_lexicon_rest;

/* State 0 is dead, state 1 the root. slots has VST_SYMBOLS entries behind the highest base. */
typedef struct vst_lexicon {
	const uint32_t *bases;   /* by state */
	const uint16_t *accepts; /* by state: an index into outputs, 0 when it accepts nothing */
	const uint16_t *rest_of; /* by state: an index into rests, 0 for those that lead nowhere */
	const vst_lexicon_rest *rests;
	const vst_lexicon_slot *slots;
	const vst_lexicon_output *outputs;
	uint32_t states, slot_count, output_count, rest_count;
} vst_lexicon;

static inline size_t vst_lexicon_bytes(const vst_lexicon *lexicon)
{
	return lexicon->states * (sizeof *lexicon->bases + sizeof *lexicon->accepts + sizeof *lexicon->rest_of) +
	       lexicon->slot_count * sizeof *lexicon->slots + lexicon->output_count * sizeof *lexicon->outputs +
	       lexicon->rest_count * sizeof *lexicon->rests;
}

static inline uint32_t vst_lexicon_step(const vst_lexicon *lexicon, uint32_t state, uint8_t symbol)
{
	vst_lexicon_slot slot = lexicon->slots[lexicon->bases[state] + symbol];

	if (slot.owner == state) {
		return slot.next;
	}
	return vst_symbol_is_cyrillic(symbol) ? lexicon->rests[lexicon->rest_of[state]].cyrillic
	       : vst_symbol_is_latin(symbol)  ? lexicon->rests[lexicon->rest_of[state]].latin
	                                      : VST_LEXICON_DEAD;
}

static inline const vst_lexicon_output *vst_lexicon_accepts(const vst_lexicon *lexicon, uint32_t state)
{
	return &lexicon->outputs[lexicon->accepts[state]];
}

/* The dictionaries that ship. */
const vst_lexicon *vst_lexicon_builtin(void);

typedef struct vst_lexicon_source {
	unsigned list;    /* the bit of its matches, below 64 */
	const char *name; /* for errors */
	vst_str text;
} vst_lexicon_source;

/*
 * Compiles dictionaries; the caller frees *out. VST_E_INVALID: an entry cannot be read; the text names file, line and
 * reason, never the entry. A shop's words are compiled so when its settings are read.
 */
vst_rc vst_lexicon_compile(const vst_lexicon_source *sources, size_t count, vst_str classes, vst_lexicon **out,
                           vst_err *err) VST_CHECKED;
void vst_lexicon_free(vst_lexicon *lexicon);

#endif
