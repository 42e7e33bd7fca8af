/*
 * Read before each file by c-analysis only. The analyzer looks into one file at a time and would assume that vst_fail()
 * may return VST_OK; this tells it that the code it is given comes back.
 */
#include "base/result.h"

#define vst_fail(err, rc, ...) ((void) vst_fail((err), (rc), __VA_ARGS__), (rc))
#define vst_fail_native(err, rc, ...) ((void) vst_fail_native((err), (rc), __VA_ARGS__), (rc))
#define vst_fail_nomem(err) ((void) vst_fail_nomem(err), VST_E_NOMEM)
