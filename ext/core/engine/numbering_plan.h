/*
 * The compiled numbering plan of a process: mapped read-only, looked at again when its file was replaced. Not
 * thread-safe; a forked child may go on using what it inherited, since nothing is ever written.
 *
 * The file may only be replaced by rename, as vst_numbering_import does: a file that is shortened in place kills every
 * process that reads the lost part (SIGBUS).
 */
#ifndef VST_ENGINE_NUMBERING_PLAN_H
#define VST_ENGINE_NUMBERING_PLAN_H

#include <jansson.h>

#include "base/env.h"
#include "text/numbering.h"

typedef struct vst_numbering_plan vst_numbering_plan;

/* Opens nothing yet. env is borrowed for the plan's life. */
vst_rc vst_numbering_plan_new(vst_str path, const vst_env *env, vst_numbering_plan **out, vst_err *err) VST_CHECKED;
void vst_numbering_plan_free(vst_numbering_plan *plan);
vst_str vst_numbering_plan_path(const vst_numbering_plan *plan);

/*
 * The plan as it is now, NULL when there is none that can be read. Looks at the file at most once a second; a new file
 * that is no sound plan is passed over and the old one kept. What was found in it is borrowed until the next call.
 */
const vst_numbering *vst_numbering_plan_current(vst_numbering_plan *plan);
/* The same without a look at the file: for use inside a transaction. `plan` may be NULL. */
const vst_numbering *vst_numbering_plan_seen(const vst_numbering_plan *plan);
/* Why the file at the path cannot be used; "" when it can, or when there is no file. */
const char *vst_numbering_plan_problem(const vst_numbering_plan *plan);

/*
 * Compiles the official CSV at `csv` into the file `target`, which is replaced at once or not at all. Refuses a CSV that
 * is no sound plan (VST_E_INVALID), one with less than half the numbers of the plan at the target, and a target that is
 * another kind of file. {path, ranges, numbers, operators, territories, unknown_territories, unknown_territory,
 * imported, bytes}
 */
vst_rc vst_numbering_import(vst_str csv, vst_str target, const vst_env *env, json_t **out, vst_err *err) VST_CHECKED;

#endif
