#include "event_append.h"

vst_rc vst_event_say(vst_tx *tx, const char *type, const vst_message *message, int64_t entity, int64_t phone,
                     vst_json *take_data, vst_err *err)
{
	vst_arena memory = VST_ARENA_INIT;
	vst_event event;
	json_t *data = NULL;
	vst_rc rc = vst_json_end(take_data, &data, err);

	memset(&event, 0, sizeof event);
	event.type = vst_str_from(type);
	event.entity = entity;
	event.phone = phone;
	if (message != NULL) {
		event.seq = message->id.seq;
		event.nonce = message->id.nonce;
	}
	event.data = VST_STR_EMPTY;
	if (rc == VST_OK && json_object_size(data) > 0) {
		rc = vst_json_dump(data, JSON_COMPACT, &memory, &event.data, err);
	}
	if (rc == VST_OK) {
		rc = vst_event_append(tx, &event, err);
	}
	json_decref(data);
	vst_arena_free(&memory);
	return rc;
}
