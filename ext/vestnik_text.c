/* Templates: no store needed. */
#include "php_vestnik.h"

#include "base/buf.h"
#include "text/template.h"
#include "text/template_worst.h"
#include "text/utf8.h"

bool php_vestnik_message_text(uint32_t number, const zend_string *text, vst_str *out)
{
	if (!php_vestnik_argument(number, text, out)) {
		return false;
	}
	if (out->len > VST_TEXT_CHARACTERS_MAX && vst_utf8_count(*out) > VST_TEXT_CHARACTERS_MAX) {
		zend_argument_value_error(number, "must not be longer than %d characters", VST_TEXT_CHARACTERS_MAX);
		return false;
	}
	return true;
}

typedef struct variables {
	const vst_pair *pairs;
	size_t count;
} variables;

static bool look_up(void *context, vst_str name, vst_str *value)
{
	const variables *vars = context;

	for (size_t i = 0; i < vars->count; i++) {
		if (vst_str_equal(vars->pairs[i].name, name)) {
			*value = vars->pairs[i].value;
			return true;
		}
	}
	return false;
}

static vst_rc fault_error(const vst_template_fault *fault, vst_err *err)
{
	char name[PHP_VESTNIK_NAME_MAX];
	zend_string *variable;

	if (fault->name.len == 0) {
		return vst_fail(err, VST_E_INVALID, "template: %s (character %zu)", fault->why, fault->position);
	}
	variable = zend_string_init(fault->name.ptr, fault->name.len, 0);
	vst_fail(err, VST_E_INVALID, "template: {%s}: %s (character %zu)", php_vestnik_name(variable, 0, name), fault->why,
	         fault->position);
	zend_string_release(variable);
	return VST_E_INVALID;
}

static vst_rc render(vst_str text, HashTable *given, vst_buf *out, vst_err *err)
{
	vst_arena *arena = php_vestnik_scratch();
	vst_template_fault fault = {VST_TEMPLATE_OK, 0, VST_STR_EMPTY, ""};
	const vst_template *compiled = NULL;
	variables vars = {NULL, 0};
	vst_rc rc = php_vestnik_vars(given, arena, &vars.pairs, &vars.count, err);

	if (rc == VST_OK) {
		rc = vst_template_compile(text, arena, &compiled, &fault, err);
	}
	if (rc == VST_OK && compiled != NULL) {
		rc = vst_template_render(compiled, look_up, &vars, out, &fault, err);
	}
	if (rc == VST_OK && fault.kind != VST_TEMPLATE_OK) {
		rc = fault_error(&fault, err);
	}
	return rc == VST_OK && out->failed ? vst_fail_nomem(err) : rc;
}

PHP_FUNCTION(vestnik_template_render)
{
	zend_string *given, *rendered = NULL;
	HashTable *vars;
	vst_str text;
	vst_buf out = VST_BUF_INIT;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(given)
		Z_PARAM_ARRAY_HT(vars)
	ZEND_PARSE_PARAMETERS_END();
	if (!php_vestnik_message_text(1, given, &text)) {
		RETURN_THROWS();
	}
	rc = render(text, vars, &out, &err);
	if (rc == VST_OK) {
		rendered = zend_string_init(vst_buf_str(&out).ptr, out.len, 0);
	}
	vst_buf_free(&out);
	if (!php_vestnik_ok(rc, &err)) {
		RETURN_THROWS();
	}
	RETURN_STR(rendered);
}

/* All that one variable can be: a scalar, or a list of them; null is empty. */
static vst_rc read_choice(zval *given, const char *place, vst_arena *arena, vst_template_choice *out, vst_err *err)
{
	uint32_t count = Z_TYPE_P(given) == IS_ARRAY ? zend_hash_num_elements(Z_ARRVAL_P(given)) : 1;
	vst_str *values = vst_arena_array(arena, count + 1, sizeof *values);
	zval *value;

	if (values == NULL) {
		return vst_fail_nomem(err);
	}
	if (count == 0) {
		return vst_fail(err, VST_E_INVALID, "%s: expected one value at least", place);
	}
	out->values = values;
	out->count = count;
	if (Z_TYPE_P(given) != IS_ARRAY) {
		values[0] = VST_STR_EMPTY;
		return Z_TYPE_P(given) == IS_NULL ? VST_OK : php_vestnik_scalar_text(place, given, arena, values, err);
	}
	ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(given), value) {
		vst_rc rc = VST_OK;

		ZVAL_DEREF(value);
		*values = VST_STR_EMPTY;
		if (Z_TYPE_P(value) != IS_NULL) {
			rc = php_vestnik_scalar_text(place, value, arena, values, err);
		}
		if (rc != VST_OK) {
			return rc;
		}
		values++;
	}
	ZEND_HASH_FOREACH_END();
	return VST_OK;
}

static vst_rc read_choices(HashTable *given, vst_arena *arena, vst_template_choice **out, vst_err *err)
{
	vst_template_choice *choice = vst_arena_array(arena, zend_hash_num_elements(given) + 1, sizeof *choice);
	zend_string *key;
	zend_ulong index;
	zval *value;

	if (choice == NULL) {
		return vst_fail_nomem(err);
	}
	*out = choice;
	ZEND_HASH_FOREACH_KEY_VAL(given, index, key, value) {
		char name[PHP_VESTNIK_NAME_MAX], place[PHP_VESTNIK_NAME_MAX + 8];
		vst_rc rc = VST_OK;

		ZVAL_DEREF(value);
		snprintf(place, sizeof place, "values.%s", php_vestnik_name(key, index, name));
		if (key != NULL) {
			rc = php_vestnik_text(key, "values: a key", &choice->name, err);
		} else {
			choice->name = vst_arena_format(arena, ZEND_LONG_FMT, (zend_long) index);
		}
		if (rc == VST_OK) {
			rc = read_choice(value, place, arena, choice, err);
		}
		if (rc != VST_OK) {
			return rc;
		}
		choice++;
	}
	ZEND_HASH_FOREACH_END();
	return arena->failed ? vst_fail_nomem(err) : VST_OK;
}

/* The text is copied into scratch memory: PHP's may run out while results are made. */
static vst_rc find_worst(vst_str text, vst_template_choice *choices, size_t count, vst_arena *arena, vst_str *out,
                         vst_measure *measure, vst_err *err)
{
	vst_template_fault fault = {VST_TEMPLATE_OK, 0, VST_STR_EMPTY, ""};
	const vst_template *compiled = NULL;
	vst_buf worst = VST_BUF_INIT;
	vst_rc rc = vst_template_compile(text, arena, &compiled, &fault, err);

	if (rc == VST_OK && compiled != NULL) {
		rc = vst_template_worst(compiled, choices, count, &worst, measure, &fault, err);
	}
	if (rc == VST_OK && fault.kind != VST_TEMPLATE_OK) {
		rc = fault_error(&fault, err);
	}
	if (rc == VST_OK) {
		*out = vst_arena_copy(arena, vst_buf_str(&worst));
		rc = arena->failed ? vst_fail_nomem(err) : VST_OK;
	}
	vst_buf_free(&worst);
	return rc;
}

PHP_FUNCTION(vestnik_template_worst_case)
{
	zend_string *given;
	HashTable *values;
	vst_arena *arena = php_vestnik_scratch();
	vst_template_choice *choices = NULL;
	vst_str text, worst;
	vst_measure measure;
	zval vars;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_START(2, 2)
		Z_PARAM_STR(given)
		Z_PARAM_ARRAY_HT(values)
	ZEND_PARSE_PARAMETERS_END();
	if (!php_vestnik_message_text(1, given, &text)) {
		RETURN_THROWS();
	}
	rc = read_choices(values, arena, &choices, &err);
	if (rc == VST_OK) {
		rc = find_worst(text, choices, zend_hash_num_elements(values), arena, &worst, &measure, &err);
	}
	if (!php_vestnik_ok(rc, &err)) {
		RETURN_THROWS();
	}
	array_init_size(return_value, 6);
	add_assoc_stringl(return_value, "text", worst.ptr, worst.len);
	php_vestnik_put_cost(Z_ARRVAL_P(return_value), &measure);
	array_init_size(&vars, zend_hash_num_elements(values));
	for (uint32_t i = 0; i < zend_hash_num_elements(values); i++) {
		vst_str chosen = choices[i].values[choices[i].chosen];
		zval value;

		ZVAL_STRINGL(&value, chosen.ptr, chosen.len);
		zend_symtable_str_update(Z_ARRVAL(vars), choices[i].name.ptr, choices[i].name.len, &value);
	}
	add_assoc_zval(return_value, "vars", &vars);
}
