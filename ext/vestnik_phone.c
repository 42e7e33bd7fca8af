/*
 * Phone numbers and the numbering plan: functions without a store. Parsing is a hot path: keys, countries and time zones
 * are interned strings made once, when the module starts, and only read afterwards, by any thread.
 */
#include "php_vestnik.h"

#include "text/phone.h"
#include "text/phone_find.h"

/* clang-format off */
#define PHONE_KEYS(X) X(e164) X(country) X(mobile) X(operator) X(territory) X(timezones)
/* clang-format on */

static struct {
#define DECLARE(name) zend_string *name;
	PHONE_KEYS(DECLARE)
#undef DECLARE
} keys;

static zend_string *russia;

struct php_vestnik_plan {
	php_vestnik_plan *next;
	vst_numbering_plan *plan;
};

void php_vestnik_phone_startup(void)
{
#define INTERN(name) keys.name = zend_string_init_interned(#name, sizeof #name - 1, 1);
	PHONE_KEYS(INTERN)
#undef INTERN
	russia = zend_string_init_interned("RU", 2, 1);
}

vst_numbering_plan *php_vestnik_numbering(void)
{
	const char *path = VESTNIK_G(numbering);
	php_vestnik_plan *entry = VESTNIK_G(plans);
	vst_numbering_plan *plan = NULL;

	if (path == NULL || *path == '\0') {
		return NULL;
	}
	while (entry != NULL && !vst_str_is(vst_numbering_plan_path(entry->plan), path)) {
		entry = entry->next;
	}
	if (entry == NULL) {
		/* Out of memory: as if there were no plan. */
		if (vst_numbering_plan_new(vst_str_from(path), php_vestnik_env(), &plan, NULL) != VST_OK) {
			return NULL;
		}
		entry = pemalloc(sizeof *entry, 1);
		entry->plan = plan;
		entry->next = VESTNIK_G(plans);
		VESTNIK_G(plans) = entry;
	}
	return entry->plan;
}

void php_vestnik_plans_free(zend_vestnik_globals *globals)
{
	while (globals->plans != NULL) {
		php_vestnik_plan *entry = globals->plans;

		globals->plans = entry->next;
		vst_numbering_plan_free(entry->plan);
		pefree(entry, 1);
	}
}

static void put(HashTable *array, zend_string *key, zval *value)
{
	_zend_hash_append(array, key, value);
}

static void put_text(HashTable *array, zend_string *key, vst_str text)
{
	zval value;

	ZVAL_STRINGL_FAST(&value, text.ptr, text.len);
	put(array, key, &value);
}

static void put_null(HashTable *array, zend_string *key)
{
	zval value;

	ZVAL_NULL(&value);
	put(array, key, &value);
}

static void put_zones(HashTable *array, vst_str zones)
{
	zval value;
	size_t start = 0;

	if (zones.len == 0) {
		ZVAL_EMPTY_ARRAY(&value);
		put(array, keys.timezones, &value);
		return;
	}
	array_init(&value);
	for (size_t i = 0; i <= zones.len; i++) {
		if (i == zones.len || zones.ptr[i] == '|') {
			add_next_index_stringl(&value, zones.ptr + start, i - start);
			start = i + 1;
		}
	}
	put(array, keys.timezones, &value);
}

static void put_allotment(HashTable *array, const vst_numbering *numbering, int64_t number)
{
	vst_numbering_entry entry;

	if (numbering != NULL && vst_numbering_find(numbering, number, &entry)) {
		put_text(array, keys.operator, entry.operator_name);
		put_text(array, keys.territory, entry.territory);
		put_zones(array, entry.zones);
	} else {
		put_null(array, keys.operator);
		put_null(array, keys.territory);
		put_zones(array, VST_STR_EMPTY);
	}
}

static void put_phone(zval *out, const vst_phone *phone, const vst_numbering *numbering)
{
	char e164[VST_PHONE_TEXT];
	HashTable *array;
	zval value = {0}; /* append copies all of it, also what a bool does not use */

	vst_phone_format(phone->number, e164);
	array_init_size(out, 8);
	array = Z_ARRVAL_P(out);
	zend_hash_real_init_mixed(array);
	put_text(array, keys.e164, vst_str_from(e164));
	if (memcmp(phone->country, "RU", 2) == 0) {
		ZVAL_INTERNED_STR(&value, russia);
		put(array, keys.country, &value);
	} else {
		put_text(array, keys.country, vst_str_from(phone->country));
	}
	if (phone->mobile < 0) {
		put_null(array, keys.mobile);
	} else {
		ZVAL_BOOL(&value, phone->mobile == 1);
		put(array, keys.mobile, &value);
	}
	put_allotment(array, numbering, phone->number);
}

/* NULL: none is named, or it cannot be read; health says which. */
static const vst_numbering *current_numbering(void)
{
	vst_numbering_plan *plan = php_vestnik_numbering();

	return plan != NULL ? vst_numbering_plan_current(plan) : NULL;
}

PHP_FUNCTION(vestnik_phone_parse)
{
	zend_string *raw, *region = NULL;
	vst_str country = VST_STR("RU");
	vst_phone phone;

	ZEND_PARSE_PARAMETERS_START(1, 2)
		Z_PARAM_STR(raw)
		Z_PARAM_OPTIONAL
		Z_PARAM_STR(region)
	ZEND_PARSE_PARAMETERS_END();
	if (region != NULL) {
		country = vst_str_of(ZSTR_VAL(region), ZSTR_LEN(region));
		if (!vst_phone_region_known(country)) {
			zend_argument_value_error(2, "must be an ISO 3166-1 alpha-2 country code with phone numbers");
			RETURN_THROWS();
		}
	}
	if (!vst_phone_parse(vst_str_of(ZSTR_VAL(raw), ZSTR_LEN(raw)), country, &phone)) {
		RETURN_NULL();
	}
	put_phone(return_value, &phone, current_numbering());
}

PHP_FUNCTION(vestnik_phone_find)
{
	zend_string *given;
	vst_str text;
	vst_phone *found;
	size_t count = 0;
	const vst_numbering *numbering;
	vst_err err = VST_ERR_INIT;
	zval item;

	ZEND_PARSE_PARAMETERS_START(1, 1)
		Z_PARAM_STR(given)
	ZEND_PARSE_PARAMETERS_END();
	if (!php_vestnik_argument(1, given, &text) ||
	    !php_vestnik_ok(vst_phone_find(text, php_vestnik_scratch(), &found, &count, &err), &err)) {
		RETURN_THROWS();
	}
	numbering = current_numbering();
	array_init_size(return_value, (uint32_t) count);
	for (size_t i = 0; i < count; i++) {
		put_phone(&item, &found[i], numbering);
		zend_hash_next_index_insert_new(Z_ARRVAL_P(return_value), &item);
	}
}

PHP_FUNCTION(vestnik_numbering_import)
{
	zend_string *csv, *target;
	char from[MAXPATHLEN], to[MAXPATHLEN];
	json_t *result = NULL;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_PATH_STR(csv)
		Z_PARAM_PATH_STR(target)
	ZEND_PARSE_PARAMETERS_END();
	if (!php_vestnik_path(1, csv, from) || !php_vestnik_path(2, target, to)) {
		RETURN_THROWS();
	}
	rc = vst_numbering_import(vst_str_from(from), vst_str_from(to), php_vestnik_env(), &result, &err);
	php_vestnik_return_json(return_value, rc, result, &err);
}
