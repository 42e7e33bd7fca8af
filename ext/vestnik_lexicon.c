/* Words of the lexicon in a text, and what a text is: straight on the core's text room. */
#include "php_vestnik.h"

#include "text/classify.h"
#include "text/utf8.h"

/* What the options say; owned by malloc and the arena, as no bailout may lose anything. */
typedef struct inspect_options {
	uint64_t lists;
	vst_lexicon *own;
	zend_string *categories[64]; /* of the shop's words; borrowed, NULL: "words" */
	unsigned count;
} inspect_options;

#define WORDS_CATEGORY "words"

static bool checked_text(uint32_t number, const zend_string *given, vst_str *out)
{
	if (!php_vestnik_argument(number, given, out)) {
		return false;
	}
	if (vst_utf8_count(*out) > VST_TEXT_CHARACTERS_MAX) {
		zend_argument_value_error(number, "must not be longer than %d characters", VST_TEXT_CHARACTERS_MAX);
		return false;
	}
	return true;
}

static vst_rc read_categories(zval *value, uint64_t *lists, vst_err *err)
{
	zval *entry;

	if (Z_TYPE_P(value) != IS_ARRAY) {
		return vst_fail(err, VST_E_TYPE, "options.categories: expected a list of strings");
	}
	*lists = 0;
	ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(value), entry) {
		uint64_t found;

		ZVAL_DEREF(entry);
		if (Z_TYPE_P(entry) != IS_STRING) {
			return vst_fail(err, VST_E_TYPE, "options.categories: expected a list of strings");
		}
		found = vst_lexicon_category(vst_str_of(Z_STRVAL_P(entry), Z_STRLEN_P(entry)));
		if (found == 0) {
			return vst_fail(err, VST_E_INVALID, "options.categories: an unknown category");
		}
		*lists |= found;
	}
	ZEND_HASH_FOREACH_END();
	return VST_OK;
}

/* The words of one category as the text of a dictionary. */
static vst_rc read_words(HashTable *words, vst_arena *arena, vst_str *out, vst_err *err)
{
	vst_buf text = VST_BUF_INIT;
	zval *entry;
	vst_rc rc = VST_OK;

	ZEND_HASH_FOREACH_VAL(words, entry) {
		vst_str word;

		ZVAL_DEREF(entry);
		if (Z_TYPE_P(entry) != IS_STRING) {
			rc = vst_fail(err, VST_E_TYPE, "options.words: expected strings");
			break;
		}
		rc = php_vestnik_text(Z_STR_P(entry), "options.words", &word, err);
		if (rc == VST_OK && memchr(word.ptr, '\n', word.len) != NULL) {
			rc = vst_fail(err, VST_E_INVALID, "options.words: a word of several lines");
		}
		if (rc != VST_OK) {
			break;
		}
		vst_buf_append(&text, word);
		vst_buf_byte(&text, '\n');
	}
	ZEND_HASH_FOREACH_END();
	*out = vst_arena_copy(arena, vst_buf_str(&text));
	if (text.failed || arena->failed) {
		rc = rc == VST_OK ? vst_fail_nomem(err) : rc;
	}
	vst_buf_free(&text);
	return rc;
}

static vst_rc add_source(inspect_options *options, vst_lexicon_source *sources, zend_string *category, HashTable *words,
                         vst_arena *arena, vst_err *err)
{
	if (options->count >= 64) {
		return vst_fail(err, VST_E_INVALID, "options.words: expected at most 64 categories");
	}
	options->categories[options->count] = category;
	sources[options->count] = (vst_lexicon_source) {options->count, "options.words", VST_STR_EMPTY};
	return read_words(words, arena, &sources[options->count++].text, err);
}

/* A list of words, or a map category → list of words. */
static vst_rc read_own(zval *value, inspect_options *options, vst_arena *arena, vst_err *err)
{
	vst_lexicon_source *sources = vst_arena_array(arena, 64, sizeof *sources);
	zend_string *key;
	zval *entry;
	vst_rc rc = VST_OK;

	if (sources == NULL) {
		return vst_fail_nomem(err);
	}
	if (Z_TYPE_P(value) != IS_ARRAY) {
		return vst_fail(err, VST_E_TYPE, "options.words: expected a list, or lists by category");
	}
	if (zend_hash_num_elements(Z_ARRVAL_P(value)) == 0) {
		return VST_OK;
	}
	if (zend_array_is_list(Z_ARRVAL_P(value))) {
		rc = add_source(options, sources, NULL, Z_ARRVAL_P(value), arena, err);
	} else {
		ZEND_HASH_FOREACH_STR_KEY_VAL(Z_ARRVAL_P(value), key, entry) {
			ZVAL_DEREF(entry);
			if (key == NULL || ZSTR_LEN(key) == 0 || Z_TYPE_P(entry) != IS_ARRAY) {
				return vst_fail(err, VST_E_TYPE, "options.words: expected a list, or lists by category");
			}
			rc = add_source(options, sources, key, Z_ARRVAL_P(entry), arena, err);
			if (rc != VST_OK) {
				return rc;
			}
		}
		ZEND_HASH_FOREACH_END();
	}
	return rc == VST_OK ? vst_lexicon_compile(sources, options->count, VST_STR_EMPTY, &options->own, err) : rc;
}

static vst_rc read_options(HashTable *given, inspect_options *options, vst_arena *arena, vst_err *err)
{
	zend_string *key;
	zend_ulong index;
	zval *value;
	vst_rc rc = VST_OK;
	char name[PHP_VESTNIK_NAME_MAX];

	ZEND_HASH_FOREACH_KEY_VAL(given, index, key, value) {
		ZVAL_DEREF(value);
		if (key != NULL && zend_string_equals_literal(key, "categories")) {
			rc = read_categories(value, &options->lists, err);
		} else if (key != NULL && zend_string_equals_literal(key, "words")) {
			rc = read_own(value, options, arena, err);
		} else {
			rc = vst_fail(err, VST_E_INVALID, "options.%s: unknown key", php_vestnik_name(key, index, name));
		}
		if (rc != VST_OK) {
			break;
		}
	}
	ZEND_HASH_FOREACH_END();
	return rc;
}

static void put_place(zval *entry, vst_str match, uint32_t position, uint32_t length)
{
	add_assoc_stringl(entry, "match", match.ptr, match.len);
	add_assoc_long(entry, "position", (zend_long) position);
	add_assoc_long(entry, "length", (zend_long) length);
}

/* The next of the two lists of findings by position; several lists of one category at one place are one finding. */
static void put_findings(zval *out, const vst_matches *found, const vst_matches *own, const inspect_options *options)
{
	size_t i = 0, j = 0;
	const vst_match *last = NULL;

	while (i < found->count || j < own->count) {
		bool ours = i < found->count && (j >= own->count || found->items[i].position <= own->items[j].position);
		const vst_match *match = ours ? &found->items[i++] : &own->items[j++];
		zval entry;

		array_init_size(&entry, 4);
		if (!ours) {
			zend_string *name = options->categories[match->list];

			if (name != NULL) {
				add_assoc_str(&entry, "category", zend_string_copy(name));
			} else {
				add_assoc_string(&entry, "category", WORDS_CATEGORY);
			}
		} else {
			const char *category = vst_lexicon_list_of(match->list)->category;

			if (last != NULL && strcmp(category, vst_lexicon_list_of(last->list)->category) == 0 &&
			    match->position < last->position + last->length) {
				zval_ptr_dtor(&entry);
				continue;
			}
			last = match;
			add_assoc_string(&entry, "category", category);
		}
		put_place(&entry, match->text, match->position, match->length);
		zend_hash_next_index_insert_new(Z_ARRVAL_P(out), &entry);
	}
}

PHP_FUNCTION(vestnik_text_inspect)
{
	zend_string *given;
	HashTable *wanted = NULL;
	inspect_options options = {0};
	vst_arena *arena;
	vst_matches found = {NULL, 0}, own = {NULL, 0};
	vst_err err = VST_ERR_INIT;
	vst_str text;
	vst_rc rc = VST_OK;

	ZEND_PARSE_PARAMETERS_START(1, 2)
		Z_PARAM_STR(given)
		Z_PARAM_OPTIONAL
		Z_PARAM_ARRAY_HT(wanted)
	ZEND_PARSE_PARAMETERS_END();
	if (!checked_text(1, given, &text)) {
		RETURN_THROWS();
	}
	arena = php_vestnik_scratch();
	options.lists = vst_lexicon_shown();
	if (wanted != NULL) {
		rc = read_options(wanted, &options, arena, &err);
	}
	if (rc == VST_OK) {
		vst_inspection inspection = vst_inspection_builtin(options.lists);

		rc = vst_text_inspect(text, &inspection, arena, &found, &err);
	}
	if (rc == VST_OK && options.own != NULL) {
		vst_inspection inspection = vst_inspection_own(options.own);

		rc = vst_text_inspect(text, &inspection, arena, &own, &err);
	}
	vst_lexicon_free(options.own);
	if (!php_vestnik_ok(rc, &err)) {
		RETURN_THROWS();
	}
	array_init(return_value);
	put_findings(return_value, &found, &own, &options);
}

PHP_FUNCTION(vestnik_text_classify)
{
	zend_string *given, *declared = NULL;
	vst_category category = VST_SERVICE;
	vst_classification result;
	vst_err err = VST_ERR_INIT;
	vst_str text;
	zval reasons;

	ZEND_PARSE_PARAMETERS_START(1, 2)
		Z_PARAM_STR(given)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR(declared)
	ZEND_PARSE_PARAMETERS_END();
	if (declared != NULL && !vst_category_parse(vst_str_of(ZSTR_VAL(declared), ZSTR_LEN(declared)), &category)) {
		zend_argument_value_error(2, "must be one of \"advertising\", \"service\", or \"authentication\"");
		RETURN_THROWS();
	}
	if (!checked_text(1, given, &text)) {
		RETURN_THROWS();
	}
	if (!php_vestnik_ok(vst_text_classify(text, category, php_vestnik_scratch(), &result, &err), &err)) {
		RETURN_THROWS();
	}
	array_init_size(&reasons, (uint32_t) result.count);
	for (size_t i = 0; i < result.count; i++) {
		const vst_reason *reason = &result.reasons[i];
		zval entry;

		array_init_size(&entry, 5);
		put_place(&entry, reason->match, reason->position, reason->length);
		add_assoc_string(&entry, "why", reason->why_ru);
		add_assoc_string(&entry, "why_en", reason->why_en);
		zend_hash_next_index_insert_new(Z_ARRVAL(reasons), &entry);
	}
	array_init_size(return_value, 2);
	add_assoc_string(return_value, "category", vst_category_name(result.category));
	add_assoc_zval(return_value, "reasons", &reasons);
}
