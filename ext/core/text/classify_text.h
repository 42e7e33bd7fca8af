/* What the classifier sees in a text beside the words of the lexicon: its sentences, and calls to do something. */
#ifndef VST_TEXT_CLASSIFY_TEXT_H
#define VST_TEXT_CLASSIFY_TEXT_H

#include "inspect.h"

/* Characters [begin, end). */
typedef struct vst_span {
	uint32_t begin, end;
} vst_span;

/* The next imperative at or after *from ("загляните", "запишитесь"), by its ending. False: none. */
bool vst_next_imperative(const uint8_t *symbols, size_t count, size_t *from, vst_span *out);
/* Where the next word of a form is, from *from on. False: none. */
typedef bool vst_next_form(const uint8_t *symbols, size_t count, size_t *from, vst_span *out);

/* The next short passive participle ("подшиты", "отремонтирована"), by its ending. False: none. */
bool vst_next_participle(const uint8_t *symbols, size_t count, size_t *from, vst_span *out);
/* The next verb in the past tense ("уехала", "пришёл", "закончились"), by its ending. False: none. */
bool vst_next_past(const uint8_t *symbols, size_t count, size_t *from, vst_span *out);
/* The next sentence at or after *from; *words: its words of three letters or more. False: none. */
bool vst_next_sentence(const uint8_t *symbols, size_t count, size_t *from, vst_span *out, size_t *words);

#endif
