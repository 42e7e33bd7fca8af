/* The official CSV of the numbering plan, row by row. It has no quoting: '"' is a plain character of operators' names. */
#ifndef VST_TEXT_NUMBERING_CSV_H
#define VST_TEXT_NUMBERING_CSV_H

#include "base/result.h"
#include "base/str.h"

typedef struct vst_numbering_row {
	uint32_t code;        /* three digits after +7 */
	uint32_t first, last; /* seven digits, inclusive */
	vst_str operator_name, territory, inn;
} vst_numbering_row;

typedef struct vst_numbering_csv {
	vst_str rest;
	size_t line; /* of the row that was read last, from 1 */
} vst_numbering_csv;

/* Checks the encoding and the header. VST_E_INVALID with words for whoever gave the file. */
vst_rc vst_numbering_csv_begin(vst_str csv, vst_numbering_csv *out, vst_err *err) VST_CHECKED;
/* *found false at the end. Each row is checked by itself; order and overlaps are the caller's. */
vst_rc vst_numbering_csv_next(vst_numbering_csv *csv, vst_numbering_row *out, bool *found, vst_err *err) VST_CHECKED;

#endif
