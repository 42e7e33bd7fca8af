/* The dearest text a template can become, over the values its variables can take. */
#ifndef VST_TEXT_TEMPLATE_WORST_H
#define VST_TEXT_TEMPLATE_WORST_H

#include "measure.h"
#include "template.h"

/* A variable and all it may be. Empty values stand for "empty": the template's fallback, or a fault. */
typedef struct vst_template_choice {
	vst_str name;
	const vst_str *values; /* one at least */
	size_t count;
	size_t chosen; /* out: which one makes the text dear */
} vst_template_choice;

/*
 * Renders the combination that costs most: first by segments, then by units of the dearer encoding. Exact for units. Of
 * combinations with as many segments of room one may lose a unit or two more at the edges of parts, where pairs are not
 * split; a text within (segments - 1) units of the next segment may therefore need one more.
 * Every value is tried, so a value that a filter cannot read is found. The text goes to the buffer. Faults as in
 * vst_template_render().
 */
vst_rc vst_template_worst(const vst_template *compiled, vst_template_choice *choices, size_t count, vst_buf *out,
                          vst_measure *measure, vst_template_fault *fault, vst_err *err) VST_CHECKED;

#endif
