/* All phone numbers in a text. */
#ifndef VST_TEXT_PHONE_FIND_H
#define VST_TEXT_PHONE_FIND_H

#include "base/arena.h"
#include "phone.h"

/*
 * Mobile numbers first, then those of which it cannot be told, then fixed ones; each number once, otherwise in their order.
 * *out lies in the arena. Dates, prices and accounts are no numbers: ten digits without a code count only when they
 * begin with 9 or are written as numbers are.
 */
vst_rc vst_phone_find(vst_str text, vst_arena *arena, vst_phone **out, size_t *count, vst_err *err) VST_CHECKED;

#endif
