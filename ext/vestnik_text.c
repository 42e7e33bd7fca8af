/* Numbers and texts: functions without a store, straight on the core's text room. */
#include "php_vestnik.h"

#include "base/buf.h"
#include "text/measure.h"
#include "text/template.h"
#include "text/utf8.h"

/* Well-formed and of the length of a message; false: an exception was thrown. */
static bool message_text(uint32_t number, const zend_string *text, vst_str *out)
{
	if (!php_vestnik_argument(number, text, out)) {
		return false;
	}
	if (vst_utf8_count(*out) > VST_TEXT_CHARACTERS_MAX) {
		zend_argument_value_error(number, "must not be longer than %d characters", VST_TEXT_CHARACTERS_MAX);
		return false;
	}
	return true;
}

static void put_offender(zval *list, const vst_offender *offender)
{
	zval entry;
	char character[4];

	array_init_size(&entry, 3);
	add_assoc_stringl(&entry, "char", character, vst_utf8_put(offender->code, character));
	add_assoc_long(&entry, "position", (zend_long) offender->position);
	if (offender->replaceable) {
		add_assoc_stringl(&entry, "replacement", offender->replacement.ptr, offender->replacement.len);
	} else {
		add_assoc_null(&entry, "replacement");
	}
	zend_hash_next_index_insert_new(Z_ARRVAL_P(list), &entry);
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
	if (!message_text(1, given, &text)) {
		RETURN_THROWS();
	}
	vst_text_measure(text, &measure);
	array_init(&list);
	offenders = vst_text_offenders(text);
	while (vst_offenders_next(&offenders, &offender)) {
		put_offender(&list, &offender);
	}
	array_init_size(return_value, 5);
	add_assoc_string(return_value, "encoding", vst_encoding_name(measure.encoding));
	add_assoc_long(return_value, "units", measure.units);
	add_assoc_long(return_value, "segments", measure.segments);
	add_assoc_long(return_value, "remaining", measure.remaining);
	add_assoc_zval(return_value, "offenders", &list);
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
	if (!message_text(1, given, &text)) {
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
