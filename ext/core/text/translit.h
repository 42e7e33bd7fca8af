/* Cyrillic letters in Latin ones, a letter at a time. */
#ifndef VST_TEXT_TRANSLIT_H
#define VST_TEXT_TRANSLIT_H

#include "base/str.h"

typedef enum vst_translit {
	VST_TRANSLIT_NONE,
	VST_TRANSLIT_ICAO,    /* ICAO Doc 9303 part 3, section 6.B: as Russian passports have been written since 2014 */
	VST_TRANSLIT_READABLE /* as people write: zh, ch, yo, yu; no signs, and "y" for the ending "ый" */
} vst_translit;

/* "icao" or "readable"; false: neither. */
bool vst_translit_find(vst_str name, vst_translit *out);
/*
 * The letter `code` between two others (0: none) as up to 5 ASCII letters; their number, or -1: not a letter this knows.
 * A capital stays one: "Щука" → "Shchuka", "ЩУКА" → "SHCHUKA".
 */
int vst_transliterate(vst_translit system, uint32_t before, uint32_t code, uint32_t after, char out[5]);

#endif
