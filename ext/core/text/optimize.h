/*
 * Making a text cheaper without changing what it says. URLs, mail addresses, hosts and placeholders stay as they are.
 *
 * - spaces: runs become one, spaces at the ends of lines and of the text go;
 * - homoglyphs: look-alikes of another alphabet become letters of the word's own;
 * - typography: typographic characters become plain ones where that brings the text into the GSM alphabet at no more
 *   segments. In a text that stays in UCS-2 they cost nothing and stay; only invisible ones go;
 * - transliteration, when asked for, unless it costs more segments.
 *
 * The result never has more segments than the text. Takes checked UTF-8.
 */
#ifndef VST_TEXT_OPTIMIZE_H
#define VST_TEXT_OPTIMIZE_H

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"
#include "measure.h"
#include "translit.h"

typedef struct vst_optimize_options {
	bool typography, spaces, homoglyphs;
	vst_translit transliterate;
} vst_optimize_options;

#define VST_OPTIMIZE_DEFAULT ((vst_optimize_options) {true, true, true, VST_TRANSLIT_NONE})

typedef enum vst_change_kind {
	VST_CHANGE_TYPOGRAPHY,
	VST_CHANGE_SPACE,
	VST_CHANGE_HOMOGLYPH,
	VST_CHANGE_TRANSLITERATION
} vst_change_kind;

const char *vst_change_name(vst_change_kind kind);

typedef struct vst_change {
	vst_change_kind kind;
	size_t position; /* in the given text, in characters, from 0 */
	vst_str from;    /* borrowed from the given text; neighbouring letters that are transliterated are one change */
	vst_str to;      /* borrowed from the result; empty: it went */
} vst_change;

typedef struct vst_optimized {
	vst_str text;
	vst_measure before, after;
	const vst_change *changes; /* in the order of the text; what lies between two is the same in both texts */
	size_t count;
} vst_optimized;

/* Text and changes lie in the arena or are borrowed. Only VST_E_NOMEM is possible. */
vst_rc vst_text_optimize(vst_str text, const vst_optimize_options *options, vst_arena *arena, vst_optimized *out,
                         vst_err *err) VST_CHECKED;

#endif
