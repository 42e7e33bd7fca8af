/*
 * Templates as they are registered with operators: text with operands. Everything else must match exactly.
 *
 *   %d %d+          a number: one or more digits
 *   %d{4} %d{4,6}   so many digits
 *   %w %w+          a word: anything without a blank
 *   %w{3} %w{1,5}   so many words, one blank between two
 *   %%              a percent sign; so is a % before anything else than d, w or %
 */
#ifndef VST_LAW_OPERATOR_TEMPLATE_H
#define VST_LAW_OPERATOR_TEMPLATE_H

#include "base/arena.h"
#include "base/str.h"

#define VST_TEMPLATE_REPEAT_MAX 99

typedef enum vst_operand { VST_OPERAND_NONE, VST_OPERAND_DIGITS, VST_OPERAND_WORDS } vst_operand;

typedef struct vst_template_part {
	vst_operand operand;
	vst_str literal; /* of VST_OPERAND_NONE */
	int min, max;    /* of the others; max 0: any number */
} vst_template_part;

typedef struct vst_operator_template {
	const vst_template_part *parts;
	size_t count;
} vst_operator_template;

/* The result borrows from the text. NULL: read, or out of memory (the arena says so); else why it cannot be read. */
const char *vst_operator_template_read(vst_str text, vst_arena *arena, vst_operator_template *out);
/* False also when out of memory. */
bool vst_operator_template_matches(const vst_operator_template *given, vst_str text, vst_arena *arena);

#endif
