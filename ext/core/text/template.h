/*
 * Message templates.
 *
 *   {name}            the variable's value; missing or empty is a fault
 *   {name|friend}     "friend" when it is missing or empty; {name|} nothing
 *   {name|upper}      filters, in order, a fallback last: {name|first_word|upper|friend}
 *   {{ and }}         a literal brace
 *
 * Filters: upper · first_word · money ("1990.5" → "1 990,50"), money:₽ (the same and " ₽") ·
 * date:d.m (values 2026-06-12, 12.06.2026, with or without a time; letters d j m n y Y H G i F of PHP's date, F is the
 * Russian month in the genitive) · plural:товар,товара,товаров (the form for the number, two forms: English) ·
 * truncate:20 (at most 20 characters, "..." included).
 *
 * A value is never read as a template. A fallback passes no filter.
 */
#ifndef VST_TEXT_TEMPLATE_H
#define VST_TEXT_TEMPLATE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/result.h"
#include "base/str.h"

typedef enum vst_template_kind {
	VST_TEMPLATE_OK,
	VST_TEMPLATE_SYNTAX,     /* the template itself is wrong */
	VST_TEMPLATE_UNRESOLVED, /* no such variable */
	VST_TEMPLATE_EMPTY,      /* the variable, or what the filters leave of it, is empty */
	VST_TEMPLATE_VALUE       /* a filter cannot read the value */
} vst_template_kind;

typedef struct vst_template_fault {
	vst_template_kind kind;
	size_t position; /* in characters, from 0, of the opening brace or of the syntax error */
	vst_str name;    /* of the variable, borrowed from the template; empty for a syntax error */
	const char *why; /* English words, never with a value in them */
} vst_template_fault;

typedef struct vst_template vst_template;

/* False: there is no such variable. The value is borrowed until the rendering ends. */
typedef bool (*vst_template_lookup)(void *context, vst_str name, vst_str *value);

/*
 * Compile once, render many. The template lives in the arena and borrows the text. A fault of the template is not an
 * error: *out is NULL then and fault says it. Only VST_E_NOMEM is possible.
 */
vst_rc vst_template_compile(vst_str text, vst_arena *arena, const vst_template **out, vst_template_fault *fault,
                            vst_err *err) VST_CHECKED;
/* Appends to the buffer. After a fault the buffer holds the part before it. */
vst_rc vst_template_render(const vst_template *compiled, vst_template_lookup lookup, void *context, vst_buf *out,
                           vst_template_fault *fault, vst_err *err) VST_CHECKED;

/*
 * What looks like a placeholder nobody filled in: {name}, {{name}}, ${name}, #NAME#, %NAME%. The first one, its
 * position in characters.
 */
bool vst_text_placeholder(vst_str text, vst_str *found, size_t *position);
/* Length of the placeholder that begins at `offset`, 0: none. */
size_t vst_placeholder_at(vst_str text, size_t offset);

#endif
