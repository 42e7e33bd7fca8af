#include "json.h"

#include <stdlib.h>

#include "internal.h"
#include "text/phone.h"

json_t *vst_json_text(vst_str text)
{
	return json_stringn(text.ptr, text.len);
}

void vst_json_begin(vst_json *json)
{
	json->object = json_object();
	json->failed = json->object == NULL;
}

void vst_json_set(vst_json *json, const char *key, json_t *take_value)
{
	if (json->failed) {
		json_decref(take_value);
		return;
	}
	json->failed = json_object_set_new(json->object, key, take_value) != 0;
}

void vst_json_set_text(vst_json *json, const char *key, vst_str value)
{
	vst_json_set(json, key, value.len > 0 ? vst_json_text(value) : json_null());
}

void vst_json_set_name(vst_json *json, const char *key, const char *value)
{
	vst_json_set_text(json, key, vst_str_from(value));
}

void vst_json_set_integer(vst_json *json, const char *key, int64_t value)
{
	vst_json_set(json, key, json_integer((json_int_t) value));
}

void vst_json_set_instant(vst_json *json, const char *key, int64_t value)
{
	vst_json_set(json, key, value != 0 ? json_integer((json_int_t) value) : json_null());
}

void vst_json_set_bool(vst_json *json, const char *key, bool value)
{
	vst_json_set(json, key, json_boolean(value));
}

void vst_json_set_phone(vst_json *json, const char *key, int64_t phone)
{
	char text[VST_PHONE_TEXT];

	if (phone == 0) {
		vst_json_set(json, key, json_null());
		return;
	}
	vst_phone_format(phone, text);
	vst_json_set_name(json, key, text);
}

vst_rc vst_json_end(vst_json *json, json_t **out, vst_err *err)
{
	if (json->failed) {
		vst_json_drop(json);
		return vst_fail_nomem(err);
	}
	*out = json->object;
	json->object = NULL;
	return VST_OK;
}

void vst_json_drop(vst_json *json)
{
	json_decref(json->object);
	json->object = NULL;
}

vst_rc vst_json_page(json_t *take_items, vst_str next, json_t **out, vst_err *err)
{
	vst_json page;

	vst_json_begin(&page);
	vst_json_set(&page, "items", take_items);
	vst_json_set_text(&page, "next", next);
	return vst_json_end(&page, out, err);
}

vst_rc vst_json_give(json_t *take_result, vst_rc rc, json_t **out)
{
	if (rc == VST_OK) {
		*out = take_result;
	} else {
		json_decref(take_result);
	}
	return rc;
}

vst_rc vst_json_dump(const json_t *value, size_t flags, vst_arena *arena, vst_str *out, vst_err *err)
{
	char *text = json_dumps(value, flags);

	if (text == NULL) {
		return vst_fail_nomem(err);
	}
	*out = vst_arena_copy(arena, vst_str_from(text));
	free(text);
	return arena->failed ? vst_fail_nomem(err) : VST_OK;
}
