/*
 * What a text costs: encoding, units and segments after 3GPP TS 23.038 (GSM 7-bit default alphabet with its
 * extension table) and 3GPP TS 23.040 (concatenation with an 8-bit reference: 153 septets or 67 UCS-2 units a part;
 * neither an escape pair nor a surrogate pair is split). Takes checked UTF-8.
 */
#ifndef VST_TEXT_MEASURE_H
#define VST_TEXT_MEASURE_H

#include "base/model.h"
#include "base/str.h"
#include "homoglyph.h"

typedef struct vst_measure {
	vst_encoding encoding;
	int units;     /* septets (an extension character is 2) or UTF-16 units */
	int segments;  /* 0 for an empty text */
	int remaining; /* units left in the last segment */
} vst_measure;

void vst_text_measure(vst_str text, vst_measure *out);

/* Septets of one character in the GSM 7-bit alphabet: 1, 2 (extension table) or 0 (not in it). */
int vst_gsm_septets(uint32_t code);

/* The characters that force UCS-2, in order. */
typedef struct vst_offenders {
	vst_str text;
	size_t offset, position;
	vst_homoglyphs homoglyphs;
} vst_offenders;

typedef struct vst_offender {
	uint32_t code;
	size_t position; /* in characters, from 0 */
	size_t offset;   /* in bytes, from 0 */
	bool replaceable;
	/* GSM 7-bit text of the same sense or, for a Cyrillic letter in a Latin word, look; empty: it is invisible and may go */
	vst_str replacement;
} vst_offender;

static inline vst_offenders vst_text_offenders(vst_str text)
{
	return (vst_offenders) {text, 0, 0, vst_text_homoglyphs(text)};
}

bool vst_offenders_next(vst_offenders *offenders, vst_offender *out);

/* The plain replacement of a typographic or invisible character outside the GSM alphabet. */
bool vst_typographic_replacement(uint32_t code, vst_str *out);

#endif
