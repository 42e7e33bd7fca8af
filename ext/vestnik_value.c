/* zval ↔ JSON, and checked texts. What the core gets is valid UTF-8 without NUL, whatever came in. */
#include "php_vestnik.h"

#include "base/fields.h"
#include "text/utf8.h"

static bool is_plain(const zend_string *key)
{
	const char *text = ZSTR_VAL(key);

	if (ZSTR_LEN(key) == 0 || ZSTR_LEN(key) >= PHP_VESTNIK_NAME_MAX ||
	    (!isalpha((unsigned char) *text) && *text != '_')) {
		return false;
	}
	for (size_t i = 1; i < ZSTR_LEN(key); i++) {
		if (!isalnum((unsigned char) text[i]) && text[i] != '_' && text[i] != '.' && text[i] != '-') {
			return false;
		}
	}
	return true;
}

const char *php_vestnik_name(const zend_string *key, zend_ulong index, char out[PHP_VESTNIK_NAME_MAX])
{
	if (key != NULL) {
		snprintf(out, PHP_VESTNIK_NAME_MAX, "%s", is_plain(key) ? ZSTR_VAL(key) : "(not a plain name)");
	} else if (index < 1000000) {
		snprintf(out, PHP_VESTNIK_NAME_MAX, ZEND_ULONG_FMT, index);
	} else {
		snprintf(out, PHP_VESTNIK_NAME_MAX, "(a number)");
	}
	return out;
}

vst_rc php_vestnik_text(const zend_string *text, const char *what, vst_str *out, vst_err *err)
{
	vst_str checked = vst_str_of(ZSTR_VAL(text), ZSTR_LEN(text));

	switch (vst_utf8_check(checked, NULL)) {
		case VST_UTF8_MALFORMED: return vst_fail(err, VST_E_INVALID, "%s: malformed UTF-8", what);
		case VST_UTF8_NUL: return vst_fail(err, VST_E_INVALID, "%s: a NUL byte", what);
		case VST_UTF8_OK:
		default: *out = checked; return VST_OK;
	}
}

bool php_vestnik_argument(uint32_t number, const zend_string *text, vst_str *out)
{
	*out = vst_str_of(ZSTR_VAL(text), ZSTR_LEN(text));
	switch (vst_utf8_check(*out, NULL)) {
		case VST_UTF8_MALFORMED: zend_argument_value_error(number, "must be well-formed UTF-8"); return false;
		case VST_UTF8_NUL: zend_argument_value_error(number, "must not contain any null bytes"); return false;
		case VST_UTF8_OK:
		default: return true;
	}
}

/* Where in the argument a value stands, for the error: "providers.smsru.rate". Cut off when too long. */
typedef struct place {
	char text[VST_PATH_MAX];
	size_t length; /* may be beyond what is kept */
	int depth;
} place;

static vst_rc to_json(zval *value, const place *at, json_t **out, vst_err *err);

static place enter(const place *at, const zend_string *key, zend_ulong index)
{
	char name[PHP_VESTNIK_NAME_MAX];
	place inner = *at;

	/* The argument's own name stands there only as long as there is nothing better. */
	if (at->depth == 0) {
		inner.length = 0;
	}
	if (inner.length < sizeof inner.text) {
		snprintf(inner.text + inner.length, sizeof inner.text - inner.length, "%s%s", at->depth == 0 ? "" : ".",
		         php_vestnik_name(key, index, name));
		inner.length += strlen(inner.text + inner.length);
	}
	inner.depth++;
	return inner;
}

static vst_rc put_member(json_t *target, const zend_string *key, zend_ulong index, json_t *member, vst_err *err)
{
	char number[24];
	const char *name = number;

	if (json_is_array(target)) {
		return json_array_append_new(target, member) == 0 ? VST_OK : vst_fail_nomem(err);
	}
	if (key != NULL) {
		name = ZSTR_VAL(key);
	} else {
		snprintf(number, sizeof number, ZEND_LONG_FMT, (zend_long) index);
	}
	return json_object_set_new_nocheck(target, name, member) == 0 ? VST_OK : vst_fail_nomem(err);
}

static vst_rc members_to_json(HashTable *members, const place *at, json_t *target, vst_err *err)
{
	zend_string *key;
	zend_ulong index;
	zval *element;

	ZEND_HASH_FOREACH_KEY_VAL(members, index, key, element) {
		place inner = enter(at, key, index);
		json_t *member = NULL;
		vst_str checked;
		vst_rc rc = key != NULL ? php_vestnik_text(key, "a key", &checked, err) : VST_OK;

		if (rc == VST_OK) {
			rc = to_json(element, &inner, &member, err);
		}
		if (rc == VST_OK) {
			rc = put_member(target, key, index, member, err);
		}
		if (rc != VST_OK) {
			return rc;
		}
	}
	ZEND_HASH_FOREACH_END();
	return VST_OK;
}

static vst_rc array_to_json(HashTable *array, const place *at, json_t **out, vst_err *err)
{
	json_t *target;
	vst_rc rc;

	if (at->depth >= PHP_VESTNIK_DEPTH_MAX) {
		return vst_fail(err, VST_E_INVALID, "%.40s…: nested deeper than %d levels", at->text, PHP_VESTNIK_DEPTH_MAX);
	}
	if (GC_IS_RECURSIVE(array)) {
		return vst_fail(err, VST_E_INVALID, "%s: an array that contains itself", at->text);
	}
	target = zend_array_is_list(array) ? json_array() : json_object();
	if (target == NULL) {
		return vst_fail_nomem(err);
	}
	GC_TRY_PROTECT_RECURSION(array);
	rc = members_to_json(array, at, target, err);
	GC_TRY_UNPROTECT_RECURSION(array);
	if (rc != VST_OK) {
		json_decref(target);
		return rc;
	}
	*out = target;
	return VST_OK;
}

static vst_rc given(json_t *value, json_t **out, vst_err *err)
{
	if (value == NULL) {
		return vst_fail_nomem(err);
	}
	*out = value;
	return VST_OK;
}

static vst_rc to_json(zval *value, const place *at, json_t **out, vst_err *err)
{
	vst_str text;
	vst_rc rc;

	ZVAL_DEREF(value);
	switch (Z_TYPE_P(value)) {
		case IS_NULL: return given(json_null(), out, err);
		case IS_FALSE:
		case IS_TRUE: return given(json_boolean(Z_TYPE_P(value) == IS_TRUE), out, err);
		case IS_LONG: return given(json_integer(Z_LVAL_P(value)), out, err);
		case IS_DOUBLE:
			if (!zend_finite(Z_DVAL_P(value))) {
				return vst_fail(err, VST_E_INVALID, "%s: expected a finite number", at->text);
			}
			return given(json_real(Z_DVAL_P(value)), out, err);
		case IS_STRING:
			rc = php_vestnik_text(Z_STR_P(value), at->text, &text, err);
			return rc == VST_OK ? given(json_stringn_nocheck(text.ptr, text.len), out, err) : rc;
		case IS_ARRAY: return array_to_json(Z_ARRVAL_P(value), at, out, err);
		default:
			return vst_fail(err, VST_E_TYPE, "%s: must be null, bool, int, float, string or array, %s given", at->text,
			                zend_zval_type_name(value));
	}
}

vst_rc php_vestnik_to_json(zval *value, const char *what, json_t **out, vst_err *err)
{
	place at = {"", 0, 0};

	snprintf(at.text, sizeof at.text, "%s", what);
	return to_json(value, &at, out, err);
}

static void list_from_json(zval *out, const json_t *value)
{
	json_t *element;
	size_t index;

	array_init_size(out, (uint32_t) json_array_size(value));
	json_array_foreach(value, index, element) {
		zval converted;

		php_vestnik_from_json(&converted, element);
		zend_hash_next_index_insert_new(Z_ARRVAL_P(out), &converted);
	}
}

static void map_from_json(zval *out, const json_t *value)
{
	const char *key;
	json_t *element;

	array_init_size(out, (uint32_t) json_object_size(value));
	json_object_foreach((json_t *) value, key, element) {
		zval converted;

		php_vestnik_from_json(&converted, element);
		zend_symtable_str_update(Z_ARRVAL_P(out), key, strlen(key), &converted);
	}
}

void php_vestnik_from_json(zval *out, const json_t *value)
{
	switch (json_typeof(value)) {
		case JSON_OBJECT: map_from_json(out, value); break;
		case JSON_ARRAY: list_from_json(out, value); break;
		case JSON_STRING: ZVAL_STRINGL_FAST(out, json_string_value(value), json_string_length(value)); break;
		case JSON_INTEGER: ZVAL_LONG(out, (zend_long) json_integer_value(value)); break;
		case JSON_REAL: ZVAL_DOUBLE(out, json_real_value(value)); break;
		case JSON_TRUE: ZVAL_TRUE(out); break;
		case JSON_FALSE: ZVAL_FALSE(out); break;
		case JSON_NULL: ZVAL_NULL(out); break;
	}
}

void php_vestnik_return_json(zval *return_value, vst_rc rc, json_t *value, const vst_err *err)
{
	if (!php_vestnik_ok(rc, err)) {
		return;
	}
	/* The memory limit may be hit while converting. */
	zend_try
	{
		php_vestnik_from_json(return_value, value);
	}
	zend_catch
	{
		json_decref(value);
		zend_bailout();
	}
	zend_end_try();
	json_decref(value);
}
