/* Reading what list, count and change functions are asked for. Problems are VST_E_INVALID or VST_E_TYPE. */
#ifndef VST_ENGINE_FILTER_H
#define VST_ENGINE_FILTER_H

#include "base/fields.h"
#include "internal.h"

#define VST_LIMIT_MAX 1000
#define VST_EVENT_LIMIT_MAX 10000
#define VST_OFFSET_MAX 10000
/* Instants that a caller may name: up to the year 9999. */
#define VST_INSTANT_MAX INT64_C(253402300799)

/* A word of a closed list → its number in the model's enumeration. */
typedef bool (*vst_word_parse)(vst_str text, unsigned *index);
bool vst_word_state(vst_str text, unsigned *index);
bool vst_word_category(vst_str text, unsigned *index);
bool vst_word_stop_kind(vst_str text, unsigned *index);
bool vst_word_stop_scope(vst_str text, unsigned *index);
bool vst_word_purpose(vst_str text, unsigned *index);
bool vst_word_source(vst_str text, unsigned *index);

/* One word; absent leaves *index as it is. */
vst_rc vst_filter_word(const vst_fields *fields, const char *key, vst_word_parse parse, unsigned *index, vst_err *err)
	VST_CHECKED;
/* One word or a list of them, as a bit set; absent leaves it. An empty list matches nothing and is refused. */
vst_rc vst_filter_words(const vst_fields *fields, const char *key, vst_word_parse parse, unsigned *bits, vst_err *err)
	VST_CHECKED;
vst_rc vst_filter_phone(const vst_fields *fields, int64_t *phone, vst_err *err) VST_CHECKED;
/* from, to */
vst_rc vst_filter_period(const vst_fields *fields, int64_t *from, int64_t *to, vst_err *err) VST_CHECKED;
vst_rc vst_filter_limit(int64_t limit, int64_t max, vst_err *err) VST_CHECKED;
vst_rc vst_filter_stop_at(int64_t stop_at, vst_err *err) VST_CHECKED;
/* `sort` and `offset` of a filter; *sort comes without its "-". `columns` NULL-terminated, the first is the default. */
vst_rc vst_filter_page(const vst_fields *fields, const char *const *columns, vst_str *sort, vst_page *page,
                       vst_err *err) VST_CHECKED;

/* `entity` of a filter: absent leaves 0 (any). Also one that was taken out of the settings and left rows behind. */
vst_rc vst_filter_entity(vst_tx *tx, const vst_fields *fields, int64_t *id, vst_err *err) VST_CHECKED;

#endif
