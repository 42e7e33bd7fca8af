/* Webhooks: a request as PHP has it → vst_webhook. */
#include "php_vestnik.h"

/* Names and values of headers or of a query, in the order given. */
typedef struct pairs {
	vst_pair *items;
	size_t count, capacity;
	vst_arena *arena;
} pairs;

static vst_rc add_pair(pairs *list, vst_str name, const zval *value, vst_err *err)
{
	vst_pair pair = {name, VST_STR_EMPTY};

	switch (Z_TYPE_P(value)) {
		case IS_STRING: pair.value = vst_str_of(Z_STRVAL_P(value), Z_STRLEN_P(value)); break;
		case IS_LONG: pair.value = vst_arena_format(list->arena, "%lld", (long long) Z_LVAL_P(value)); break;
		default:
			return vst_fail(err, VST_E_TYPE, "request: values must be strings, ints or arrays of them, %s given",
			                zend_zval_type_name(value));
	}
	if (list->count == list->capacity) {
		size_t capacity = list->capacity * 2 + 16;
		vst_pair *items = vst_arena_array(list->arena, capacity, sizeof *items);

		if (items == NULL) {
			return vst_fail_nomem(err);
		}
		if (list->count > 0) {
			memcpy(items, list->items, list->count * sizeof *items);
		}
		list->items = items;
		list->capacity = capacity;
	}
	list->items[list->count++] = pair;
	return VST_OK;
}

static vst_str member_name(vst_arena *arena, vst_str parent, const zend_string *key, zend_ulong index)
{
	vst_str name = key != NULL ? vst_str_of(ZSTR_VAL(key), ZSTR_LEN(key))
	                           : vst_arena_format(arena, "%lld", (long long) (zend_long) index);

	return parent.len == 0 ? name : vst_arena_format(arena, "%.*s[%.*s]", VST_STR_ARGS(parent), VST_STR_ARGS(name));
}

/* As in $_GET: a nested member is named as it came, "data[0]". */
static vst_rc read_query(pairs *list, vst_str parent, HashTable *members, int depth, vst_err *err)
{
	zend_string *key;
	zend_ulong index;
	zval *value;

	if (depth >= PHP_VESTNIK_DEPTH_MAX) {
		return vst_fail(err, VST_E_INVALID, "query: nested deeper than %d levels", PHP_VESTNIK_DEPTH_MAX);
	}
	ZEND_HASH_FOREACH_KEY_VAL(members, index, key, value) {
		vst_str name = member_name(list->arena, parent, key, index);
		vst_rc rc;

		ZVAL_DEREF(value);
		rc = Z_TYPE_P(value) == IS_ARRAY ? read_query(list, name, Z_ARRVAL_P(value), depth + 1, err)
		                                 : add_pair(list, name, value, err);
		if (rc != VST_OK) {
			return rc;
		}
	}
	ZEND_HASH_FOREACH_END();
	return VST_OK;
}

static vst_str lower_case(vst_arena *arena, const zend_string *name)
{
	char *copy = vst_arena_alloc(arena, ZSTR_LEN(name) + 1);

	if (copy == NULL) {
		return VST_STR_EMPTY;
	}
	zend_str_tolower_copy(copy, ZSTR_VAL(name), ZSTR_LEN(name));
	return vst_str_of(copy, ZSTR_LEN(name));
}

static vst_rc read_headers(pairs *list, HashTable *headers, vst_err *err)
{
	zend_string *key;
	zval *value;

	ZEND_HASH_FOREACH_STR_KEY_VAL(headers, key, value) {
		vst_str name;
		zval *line;
		vst_rc rc = VST_OK;

		if (key == NULL) {
			return vst_fail(err, VST_E_TYPE, "headers: must be an array of name => value");
		}
		name = lower_case(list->arena, key);
		ZVAL_DEREF(value);
		if (Z_TYPE_P(value) != IS_ARRAY) {
			rc = add_pair(list, name, value, err);
		} else {
			ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(value), line) {
				ZVAL_DEREF(line);
				if (rc == VST_OK) {
					rc = add_pair(list, name, line, err);
				}
			}
			ZEND_HASH_FOREACH_END();
		}
		if (rc != VST_OK) {
			return rc;
		}
	}
	ZEND_HASH_FOREACH_END();
	return VST_OK;
}

static vst_rc read_part(const zend_string *key, const zval *value, pairs *headers, pairs *query, vst_webhook *out,
                        vst_err *err)
{
	bool is_list = zend_string_equals_literal(key, "headers") || zend_string_equals_literal(key, "query");
	char name[PHP_VESTNIK_NAME_MAX];

	if (!is_list && !zend_string_equals_literal(key, "method") && !zend_string_equals_literal(key, "body")) {
		return vst_fail(err, VST_E_INVALID, "request: unknown key %s", php_vestnik_name(key, 0, name));
	}
	if (Z_TYPE_P(value) != (is_list ? IS_ARRAY : IS_STRING)) {
		return vst_fail(err, VST_E_TYPE, "request.%s: must be of type %s, %s given", ZSTR_VAL(key),
		                is_list ? "array" : "string", zend_zval_type_name(value));
	}
	if (zend_string_equals_literal(key, "headers")) {
		return read_headers(headers, Z_ARRVAL_P(value), err);
	}
	if (zend_string_equals_literal(key, "query")) {
		return read_query(query, VST_STR_EMPTY, Z_ARRVAL_P(value), 0, err);
	}
	if (zend_string_equals_literal(key, "method")) {
		return php_vestnik_text(Z_STR_P(value), "request.method", &out->method, err);
	}
	out->body = vst_str_of(Z_STRVAL_P(value), Z_STRLEN_P(value));
	return VST_OK;
}

/* Borrows the request's strings; what is made here lives in the arena. The body may be any bytes. */
static vst_rc read_request(HashTable *request, vst_arena *arena, vst_webhook *out, vst_err *err)
{
	pairs headers = {NULL, 0, 0, arena}, query = {NULL, 0, 0, arena};
	zend_string *key;
	zend_ulong index;
	zval *value;

	*out = (vst_webhook) {.method = VST_STR("POST"), .body = VST_STR_EMPTY};
	out->now = php_vestnik_env()->now_ms(NULL) / 1000;
	ZEND_HASH_FOREACH_KEY_VAL(request, index, key, value) {
		vst_rc rc;

		if (key == NULL) {
			char name[PHP_VESTNIK_NAME_MAX];

			return vst_fail(err, VST_E_INVALID, "request: unknown key %s", php_vestnik_name(key, index, name));
		}
		ZVAL_DEREF(value);
		rc = read_part(key, value, &headers, &query, out, err);
		if (rc != VST_OK) {
			return rc;
		}
	}
	ZEND_HASH_FOREACH_END();
	out->headers = headers.items;
	out->header_count = headers.count;
	out->query = query.items;
	out->query_count = query.count;
	return arena->failed ? vst_fail_nomem(err) : VST_OK;
}

PHP_FUNCTION(vestnik_receive)
{
	zend_string *provider;
	HashTable *request;
	vst_str name;
	vst_webhook webhook;
	vst_engine *engine;
	json_t *result = NULL;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(provider)
		Z_PARAM_ARRAY_HT(request)
	ZEND_PARSE_PARAMETERS_END();
	if (!php_vestnik_argument(1, provider, &name) ||
	    !php_vestnik_ok(read_request(request, php_vestnik_scratch(), &webhook, &err), &err) ||
	    (engine = php_vestnik_engine()) == NULL) {
		RETURN_THROWS();
	}
	rc = vst_engine_receive(engine, name, &webhook, &result, &err);
	php_vestnik_return_json(return_value, rc, result, &err);
}
