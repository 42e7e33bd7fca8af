/*
 * vst_receipt → array. The hot path: keys and words are interned strings made once, when the module starts, and only
 * read afterwards, by any thread.
 */
#include "php_vestnik.h"

/* clang-format off */
#define DECISION_KEYS(X) \
	X(verdict) X(category) X(text) X(encoding) X(segments) X(due) X(timezones) X(findings) \
	X(rule) X(code) X(basis) X(explanation) X(basis_en) X(explanation_en) X(acknowledged) \
	X(id) X(state) X(duplicate)
/* clang-format on */

static struct {
#define DECLARE(name) zend_string *name;
	DECISION_KEYS(DECLARE)
#undef DECLARE
} keys;

static zend_string *verdicts[VST_VERDICT_COUNT];
static zend_string *categories[VST_CATEGORY_COUNT];
static zend_string *encodings[VST_ENCODING_COUNT];
static zend_string *states[VST_STATE_COUNT];
static zend_string *finding_verdicts[VST_FINDING_REFUSE + 1];

static zend_string *intern(const char *word)
{
	return zend_string_init_interned(word, strlen(word), 1);
}

void php_vestnik_decision_startup(void)
{
#define INTERN(name) keys.name = intern(#name);
	DECISION_KEYS(INTERN)
#undef INTERN
	for (int i = 0; i < VST_VERDICT_COUNT; i++) {
		verdicts[i] = intern(vst_verdict_name((vst_verdict) i));
	}
	for (int i = 0; i < VST_CATEGORY_COUNT; i++) {
		categories[i] = intern(vst_category_name((vst_category) i));
	}
	for (int i = 0; i < VST_ENCODING_COUNT; i++) {
		encodings[i] = intern(vst_encoding_name((vst_encoding) i));
	}
	for (int i = 0; i < VST_STATE_COUNT; i++) {
		states[i] = intern(vst_state_name((vst_state) i));
	}
	for (int i = 0; i <= VST_FINDING_REFUSE; i++) {
		finding_verdicts[i] = intern(vst_finding_verdict_name((vst_finding_verdict) i));
	}
}

static void put(HashTable *array, zend_string *key, zval *value)
{
	_zend_hash_append(array, key, value);
}

static void put_word(HashTable *array, zend_string *key, zend_string *word)
{
	zval value;

	ZVAL_INTERNED_STR(&value, word);
	put(array, key, &value);
}

static void put_text(HashTable *array, zend_string *key, const char *text, size_t length)
{
	zval value;

	ZVAL_STRINGL_FAST(&value, text, length);
	put(array, key, &value);
}

static void put_bool(HashTable *array, zend_string *key, bool given)
{
	zval value;

	ZVAL_BOOL(&value, given);
	put(array, key, &value);
}

static void put_finding(HashTable *list, const vst_finding *finding)
{
	zval value;
	HashTable *entry;

	array_init_size(&value, 8);
	entry = Z_ARRVAL(value);
	zend_hash_real_init_mixed(entry);
	put_text(entry, keys.rule, finding->rule, strlen(finding->rule));
	put_text(entry, keys.code, finding->code, strlen(finding->code));
	put_word(entry, keys.verdict, finding_verdicts[finding->verdict]);
	put_text(entry, keys.basis, finding->basis_ru, strlen(finding->basis_ru));
	put_text(entry, keys.explanation, finding->explanation_ru.ptr, finding->explanation_ru.len);
	put_text(entry, keys.basis_en, finding->basis_en, strlen(finding->basis_en));
	put_text(entry, keys.explanation_en, finding->explanation_en.ptr, finding->explanation_en.len);
	if (finding->acknowledged) {
		put_bool(entry, keys.acknowledged, true);
	}
	zend_hash_next_index_insert_new(list, &value);
}

/* What was stored with the first message of a key; a list, whatever the store holds. */
static void stored_findings(zval *out, vst_str text)
{
	json_t *findings = json_loadb(text.ptr, text.len, 0, NULL);

	if (json_is_array(findings)) {
		php_vestnik_from_json(out, findings);
	} else {
		ZVAL_EMPTY_ARRAY(out);
	}
	json_decref(findings);
}

static void put_findings(HashTable *array, const vst_receipt *receipt)
{
	zval value;

	if (receipt->duplicate && receipt->findings_json.len > 0) {
		stored_findings(&value, receipt->findings_json);
	} else if (receipt->decision.finding_count == 0) {
		ZVAL_EMPTY_ARRAY(&value);
	} else {
		array_init_size(&value, (uint32_t) receipt->decision.finding_count);
		for (size_t i = 0; i < receipt->decision.finding_count; i++) {
			put_finding(Z_ARRVAL(value), &receipt->decision.findings[i]);
		}
	}
	put(array, keys.findings, &value);
}

static void put_timezones(HashTable *array, const char *const *names)
{
	zval value;

	if (names == NULL || *names == NULL) {
		ZVAL_EMPTY_ARRAY(&value);
	} else {
		array_init(&value);
		for (; *names != NULL; names++) {
			add_next_index_string(&value, *names);
		}
	}
	put(array, keys.timezones, &value);
}

void php_vestnik_decision(zval *out, const vst_receipt *receipt)
{
	const vst_decision *decision = &receipt->decision;
	HashTable *array;
	zval value;

	array_init_size(out, receipt->stored ? 11 : 8);
	array = Z_ARRVAL_P(out);
	zend_hash_real_init_mixed(array);
	put_word(array, keys.verdict, verdicts[decision->verdict]);
	put_word(array, keys.category, categories[decision->category]);
	put_text(array, keys.text, decision->text.ptr, decision->text.len);
	put_word(array, keys.encoding, encodings[decision->encoding]);
	ZVAL_LONG(&value, decision->segments);
	put(array, keys.segments, &value);
	if (decision->verdict == VST_VERDICT_SEND || decision->due == 0) {
		ZVAL_NULL(&value);
	} else {
		ZVAL_LONG(&value, decision->due);
	}
	put(array, keys.due, &value);
	put_timezones(array, receipt->timezones);
	put_findings(array, receipt);
	if (receipt->stored) {
		char id[VST_ID_LEN + 1];

		vst_id_format(receipt->id, id);
		put_text(array, keys.id, id, VST_ID_LEN);
		put_word(array, keys.state, states[receipt->state]);
		put_bool(array, keys.duplicate, receipt->duplicate);
	}
}
