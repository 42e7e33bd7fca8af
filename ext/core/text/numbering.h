/*
 * The numbering plan: which operator and which territory a Russian number was allotted to. The official CSV is compiled
 * into an image, a compact file that is mapped and read in place. An image is only read after it was checked whole.
 *
 * A number that the plan does not hold is unknown, never impossible: the plan grows daily. And it tells where a number
 * was allotted, not where its owner lives.
 */
#ifndef VST_TEXT_NUMBERING_H
#define VST_TEXT_NUMBERING_H

#include "base/buf.h"
#include "base/result.h"

/* An image that was checked; borrows its memory. */
typedef struct vst_numbering {
	vst_str image;
	int64_t imported; /* Unix seconds */
	int64_t numbers;  /* numbers in all ranges */
	uint32_t ranges, operators, territories;
} vst_numbering;

/* The strings lie in the image. */
typedef struct vst_numbering_entry {
	vst_str operator_name, operator_inn; /* the spelling with the most numbers where one tax number has several */
	vst_str territory;
	vst_str zones; /* IANA names joined with '|', the main one first; "": nationwide or unknown */
} vst_numbering_entry;

/* VST_E_CORRUPT: not an image of this version, truncated, or changed. */
vst_rc vst_numbering_read(vst_str image, vst_numbering *out, vst_err *err) VST_CHECKED;
/* number: E.164 digits. False: no Russian number, or not allotted. */
bool vst_numbering_find(const vst_numbering *plan, int64_t number, vst_numbering_entry *out);
/* Whether this text means the operator: its tax number, or any spelling of its name in the plan. */
bool vst_numbering_is_operator(const vst_numbering *plan, const vst_numbering_entry *entry, vst_str text);

typedef struct vst_numbering_summary {
	int64_t numbers;
	size_t ranges, operators, territories; /* operators: tax numbers */
	size_t unknown_territories;            /* whose zones are therefore unknown */
	vst_str unknown_territory;             /* the first of them, part of the CSV */
} vst_numbering_summary;

#define VST_NUMBERING_CSV_MAX ((size_t) 256 << 20)

/*
 * The official CSV (UTF-8, ';', eight columns, sorted, no overlaps) as an image in *out, which must be empty.
 * VST_E_INVALID names the line. now: Unix seconds, the date of the import.
 */
vst_rc vst_numbering_compile(vst_str csv, int64_t now, vst_buf *out, vst_numbering_summary *summary, vst_err *err)
	VST_CHECKED;

#endif
