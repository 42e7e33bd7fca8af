/*
 * vestnik_text_measure(). It runs on every keystroke, and in a Russian text every letter is an offender: entries of
 * Russian letters are made once per place and process, immutable, and shared by all results.
 */
#include "php_vestnik.h"

#include "text/measure.h"
#include "text/utf8.h"

/* А to я, then Ё and ё; places in the first two segments, others are made anew. At most 3.4 MB, of which few are used. */
#define SHARED_LETTERS 66
#define SHARED_PLACES 134

struct php_vestnik_offenders {
	zend_array *entries[SHARED_LETTERS][SHARED_PLACES];
};

/* Interned when the module starts, only read afterwards, by any thread. */
/* clang-format off */
#define MEASURE_KEYS(X) \
	X(encoding) X(units) X(segments) X(remaining) X(offenders) X(char) X(position) X(replacement)
/* clang-format on */

static struct {
#define DECLARE(name) zend_string *key_##name;
	MEASURE_KEYS(DECLARE)
#undef DECLARE
	zend_string *letters[SHARED_LETTERS];
	zend_string *encodings[VST_ENCODING_COUNT];
} words;

static uint32_t letter_of(int index)
{
	return index < 64 ? 0x0410 + (uint32_t) index : index == 64 ? 0x0401 : 0x0451;
}

static int index_of(uint32_t letter)
{
	if (letter >= 0x0410 && letter <= 0x044F) {
		return (int) (letter - 0x0410);
	}
	return letter == 0x0401 ? 64 : letter == 0x0451 ? 65 : -1;
}

void php_vestnik_measure_startup(void)
{
#define INTERN(name) words.key_##name = zend_string_init_interned(#name, strlen(#name), true);
	MEASURE_KEYS(INTERN)
#undef INTERN
	for (int i = 0; i < SHARED_LETTERS; i++) {
		char bytes[4];

		words.letters[i] = zend_string_init_interned(bytes, vst_utf8_put(letter_of(i), bytes), true);
	}
	for (int i = 0; i < VST_ENCODING_COUNT; i++) {
		const char *name = vst_encoding_name((vst_encoding) i);

		words.encodings[i] = zend_string_init_interned(name, strlen(name), true);
	}
}

static void put_entry(HashTable *entry, zend_string *letter, const vst_offender *offender)
{
	zval value;

	if (letter != NULL) {
		ZVAL_INTERNED_STR(&value, letter);
	} else {
		char bytes[4];

		ZVAL_STRINGL_FAST(&value, bytes, vst_utf8_put(offender->code, bytes));
	}
	_zend_hash_append(entry, words.key_char, &value);
	ZVAL_LONG(&value, (zend_long) offender->position);
	_zend_hash_append(entry, words.key_position, &value);
	ZVAL_NULL(&value);
	if (offender->replaceable) {
		ZVAL_STRINGL_FAST(&value, offender->replacement.ptr, offender->replacement.len);
	}
	_zend_hash_append(entry, words.key_replacement, &value);
}

/* As opcache makes them for literals: whoever changes one gets a copy of it. */
static zend_array *shared_entry(int letter, const vst_offender *offender)
{
	php_vestnik_offenders *shared = VESTNIK_G(offenders);
	zend_array *entry;

	if (shared == NULL) {
		shared = VESTNIK_G(offenders) = pecalloc(1, sizeof *shared, true);
	}
	entry = shared->entries[letter][offender->position];
	if (entry == NULL) {
		entry = pemalloc(sizeof *entry, true);
		zend_hash_init(entry, 3, NULL, NULL, true);
		zend_hash_real_init_mixed(entry);
		put_entry(entry, words.letters[letter], offender);
		GC_SET_REFCOUNT(entry, 2);
		GC_ADD_FLAGS(entry, GC_IMMUTABLE);
		shared->entries[letter][offender->position] = entry;
	}
	return entry;
}

/* The strings in the entries are interned, and may be gone already. */
void php_vestnik_offenders_free(zend_vestnik_globals *globals)
{
	for (int letter = 0; globals->offenders != NULL && letter < SHARED_LETTERS; letter++) {
		for (int place = 0; place < SHARED_PLACES; place++) {
			zend_array *entry = globals->offenders->entries[letter][place];

			if (entry != NULL) {
				pefree(HT_GET_DATA_ADDR(entry), true);
				pefree(entry, true);
			}
		}
	}
	if (globals->offenders != NULL) {
		pefree(globals->offenders, true);
		globals->offenders = NULL;
	}
}

static void put_offender(HashTable *list, const vst_offender *offender)
{
	int letter = offender->replaceable || offender->position >= SHARED_PLACES ? -1 : index_of(offender->code);
	zval entry;

	if (letter >= 0) {
		ZVAL_ARR(&entry, shared_entry(letter, offender));
		Z_TYPE_INFO(entry) = IS_ARRAY; /* not counted */
	} else {
		array_init_size(&entry, 3);
		zend_hash_real_init_mixed(Z_ARRVAL(entry));
		put_entry(Z_ARRVAL(entry), NULL, offender);
	}
	zend_hash_next_index_insert_new(list, &entry);
}

static void put_number(HashTable *result, zend_string *key, int number)
{
	zval value;

	ZVAL_LONG(&value, number);
	_zend_hash_append(result, key, &value);
}

void php_vestnik_put_cost(HashTable *result, const vst_measure *measure)
{
	zval value;

	ZVAL_INTERNED_STR(&value, words.encodings[measure->encoding]);
	_zend_hash_append(result, words.key_encoding, &value);
	put_number(result, words.key_units, measure->units);
	put_number(result, words.key_segments, measure->segments);
	put_number(result, words.key_remaining, measure->remaining);
}

PHP_FUNCTION(vestnik_text_measure)
{
	zend_string *given;
	vst_str text;
	vst_measure measure;
	vst_offenders offenders;
	vst_offender offender;
	zval list;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(given)
	ZEND_PARSE_PARAMETERS_END();
	if (!php_vestnik_message_text(1, given, &text)) {
		RETURN_THROWS();
	}
	vst_text_measure(text, &measure);
	array_init_size(return_value, 5);
	zend_hash_real_init_mixed(Z_ARRVAL_P(return_value));
	php_vestnik_put_cost(Z_ARRVAL_P(return_value), &measure);
	ZVAL_EMPTY_ARRAY(&list);
	if (measure.encoding != VST_GSM7) {
		array_init_size(&list, (uint32_t) measure.units);
		zend_hash_real_init_packed(Z_ARRVAL(list));
		offenders = vst_text_offenders(text);
		while (vst_offenders_next(&offenders, &offender)) {
			put_offender(Z_ARRVAL(list), &offender);
		}
	}
	_zend_hash_append(Z_ARRVAL_P(return_value), words.key_offenders, &list);
}
