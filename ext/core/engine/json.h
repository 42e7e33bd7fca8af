/* Building JSON for results: a failed allocation is noticed once, at the end. Instants and counts as in tables.h. */
#ifndef VST_ENGINE_JSON_H
#define VST_ENGINE_JSON_H

#include <jansson.h>

#include "base/arena.h"
#include "base/result.h"
#include "base/str.h"

/* An object being built. After a failure it takes nothing more, and what it is given is released. */
typedef struct vst_json {
	json_t *object;
	bool failed;
} vst_json;

void vst_json_begin(vst_json *json);
void vst_json_set(vst_json *json, const char *key, json_t *take_value); /* NULL is a failed allocation */
void vst_json_set_text(vst_json *json, const char *key, vst_str value); /* "" becomes null */
void vst_json_set_name(vst_json *json, const char *key, const char *value);
void vst_json_set_integer(vst_json *json, const char *key, int64_t value);
void vst_json_set_instant(vst_json *json, const char *key, int64_t value); /* 0 becomes null */
void vst_json_set_bool(vst_json *json, const char *key, bool value);
void vst_json_set_phone(vst_json *json, const char *key, int64_t phone); /* E.164; 0 becomes null */
/* Gives the object away, or frees it and reports that memory ran out. */
vst_rc vst_json_end(vst_json *json, json_t **out, vst_err *err) VST_CHECKED;
void vst_json_drop(vst_json *json);

/* {items, next}; takes the list; next "" becomes null. */
vst_rc vst_json_page(json_t *take_items, vst_str next, json_t **out, vst_err *err) VST_CHECKED;
/* A call's result to its caller, or released after a failure; returns rc. */
vst_rc vst_json_give(json_t *take_result, vst_rc rc, json_t **out);
/* The text of a value, in the arena. */
vst_rc vst_json_dump(const json_t *value, size_t flags, vst_arena *arena, vst_str *out, vst_err *err) VST_CHECKED;

#endif
