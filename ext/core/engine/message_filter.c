#include <inttypes.h>

#include "filter.h"
#include "message_view.h"

static const char *const conditions[] = {
	"id", "phone", "order", "campaign", "customer", "state", "category", "tag", "entity", "held", "from", "to", NULL,
};

static const char *const list_keys[] = {
	"id",     "phone", "order", "campaign", "customer", "state",  "category", "tag",
	"entity", "held",  "from",  "to",       "sort",     "offset", NULL,
};

static vst_rc read_id(const vst_fields *fields, vst_message_filter *out, vst_err *err)
{
	vst_str text = VST_STR_EMPTY;
	vst_id id;
	vst_rc rc = vst_fields_text(fields, "id", 1, 64, &text, err);

	if (rc != VST_OK || text.len == 0) {
		return rc;
	}
	if (!vst_id_parse(text, &id)) {
		return vst_fields_refuse(fields, "id", err, "not a message id");
	}
	out->seq = id.seq;
	out->nonce = id.nonce;
	return VST_OK;
}

static vst_rc read_held(const vst_fields *fields, vst_message_filter *out, vst_err *err)
{
	bool held = false;
	vst_rc rc = vst_fields_bool(fields, "held", &held, err);

	if (rc == VST_OK && vst_fields_has(fields, "held")) {
		out->held = held;
	}
	return rc;
}

static vst_rc read_texts(const vst_fields *fields, vst_arena *memory, vst_message_filter *out, vst_err *err)
{
	const struct {
		const char *key;
		vst_str *value;
		bool number; /* may be given as one, as at submit */
	} texts[] = {
		{"order", &out->order_number, true},
		{"campaign", &out->campaign, false},
		{"customer", &out->customer, true},
		{"tag", &out->tag, false},
	};
	vst_rc rc = VST_OK;

	for (size_t i = 0; rc == VST_OK && i < sizeof texts / sizeof texts[0]; i++) {
		const json_t *value = json_object_get(fields->object, texts[i].key);

		if (texts[i].number && json_is_integer(value)) {
			*texts[i].value = vst_arena_format(memory, "%" PRId64, (int64_t) json_integer_value(value));
			rc = memory->failed ? vst_fail_nomem(err) : VST_OK;
		} else {
			rc = vst_fields_text(fields, texts[i].key, 1, 255, texts[i].value, err);
		}
	}
	return rc;
}

vst_rc vst_message_filter_read(vst_tx *tx, const json_t *json, vst_page *page, vst_arena *memory,
                               vst_message_filter *out, vst_err *err)
{
	static const char *const columns[] = {"created", NULL};
	vst_fields fields = vst_fields_input(json, "filter");
	vst_str sort;
	vst_rc rc;

	memset(out, 0, sizeof *out);
	out->order_number = out->campaign = out->tag = out->customer = VST_STR_EMPTY;
	out->held = -1;
	if ((rc = vst_fields_known(&fields, page != NULL ? list_keys : conditions, err)) != VST_OK ||
	    (rc = read_id(&fields, out, err)) != VST_OK || (rc = vst_filter_phone(&fields, &out->phone, err)) != VST_OK ||
	    (rc = read_texts(&fields, memory, out, err)) != VST_OK ||
	    (rc = vst_filter_words(&fields, "state", vst_word_state, &out->states, err)) != VST_OK ||
	    (rc = vst_filter_words(&fields, "category", vst_word_category, &out->categories, err)) != VST_OK ||
	    (rc = read_held(&fields, out, err)) != VST_OK ||
	    (rc = vst_filter_period(&fields, &out->from, &out->to, err)) != VST_OK ||
	    (rc = vst_filter_entity(tx, &fields, &out->entity, err)) != VST_OK) {
		return rc;
	}
	if (page == NULL) {
		return VST_OK;
	}
	/* Newest first unless asked for otherwise. */
	page->descending = !vst_fields_has(&fields, "sort");
	return vst_filter_page(&fields, columns, &sort, page, err);
}
