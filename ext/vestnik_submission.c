/* A message array → vst_submission, by a table of its keys. Runs no userland code. */
#include "php_vestnik.h"

#include "zend_smart_str.h"

typedef enum field_kind {
	FIELD_TEXT,    /* string */
	FIELD_LABEL,   /* string, or int that becomes one */
	FIELD_INSTANT, /* int above 0 */
	FIELD_INTEGER, /* int of any size: core checks its bounds */
	FIELD_BOOL,
	FIELD_LIST, /* list of strings */
	FIELD_VARS  /* name → scalar */
} field_kind;

typedef struct field {
	const char *name;
	field_kind kind;
	size_t value;
	size_t extra; /* FIELD_TEXT, FIELD_INTEGER: its flag, or 0; FIELD_LIST, FIELD_VARS: the count */
} field;

#define AT(member) offsetof(vst_submission, member)

static const field fields[] = {
	{"phone", FIELD_TEXT, AT(phone), 0},
	{"category", FIELD_TEXT, AT(category), 0},
	{"text", FIELD_TEXT, AT(text), AT(has_text)},
	{"template", FIELD_TEXT, AT(template_text), AT(has_template)},
	{"vars", FIELD_VARS, AT(vars), AT(var_count)},
	{"entity", FIELD_TEXT, AT(entity), 0},
	{"sender", FIELD_TEXT, AT(sender), 0},
	{"provider", FIELD_TEXT, AT(provider), 0},
	{"key", FIELD_TEXT, AT(key), AT(has_key)},
	{"not_before", FIELD_INSTANT, AT(not_before), 0},
	{"valid_until", FIELD_INSTANT, AT(valid_until), 0},
	{"timezone", FIELD_TEXT, AT(timezone), 0},
	{"offer_until", FIELD_INSTANT, AT(offer_until), 0},
	{"region", FIELD_TEXT, AT(region), 0},
	{"campaign", FIELD_TEXT, AT(campaign), 0},
	{"scenario", FIELD_TEXT, AT(scenario), 0},
	{"priority", FIELD_INTEGER, AT(priority), AT(has_priority)},
	{"links", FIELD_LIST, AT(links), AT(link_count)},
	{"order", FIELD_LABEL, AT(order_number), 0},
	{"basis", FIELD_TEXT, AT(basis), 0},
	{"tags", FIELD_LIST, AT(tags), AT(tag_count)},
	{"site", FIELD_TEXT, AT(site), 0},
	{"customer", FIELD_LABEL, AT(customer), 0},
	{"approved_by", FIELD_TEXT, AT(approved_by), 0},
	{"acknowledged", FIELD_LIST, AT(acknowledged), AT(acknowledged_count)},
	{"debt", FIELD_BOOL, AT(debt), 0},
};

/* Name → field. Written when the module starts, only read afterwards, by any thread. */
static HashTable fields_by_name;

void php_vestnik_submission_startup(void)
{
	size_t count = sizeof fields / sizeof *fields;

	zend_hash_init(&fields_by_name, (uint32_t) count, NULL, NULL, 1);
	for (size_t i = 0; i < count; i++) {
		zend_hash_str_add_ptr(&fields_by_name, fields[i].name, strlen(fields[i].name), (void *) &fields[i]);
	}
}

void php_vestnik_submission_shutdown(void)
{
	zend_hash_destroy(&fields_by_name);
}

vst_arena *php_vestnik_scratch(void)
{
	vst_arena *arena = &VESTNIK_G(scratch);

	vst_arena_reset(arena);
	arena->failed = false;
	return arena;
}

static vst_rc wrong_type(const char *name, const char *expected, const zval *value, vst_err *err)
{
	return vst_fail(err, VST_E_TYPE, "%s: must be of type %s, %s given", name, expected, zend_zval_type_name(value));
}

static vst_rc read_list(const char *name, zval *value, vst_arena *arena, const vst_str **out, size_t *count,
                        vst_err *err)
{
	vst_str *items;
	zval *element;
	size_t filled = 0;

	if (Z_TYPE_P(value) != IS_ARRAY || !zend_array_is_list(Z_ARRVAL_P(value))) {
		return wrong_type(name, "list of strings", value, err);
	}
	items = vst_arena_array(arena, zend_hash_num_elements(Z_ARRVAL_P(value)) + 1, sizeof *items);
	if (items == NULL) {
		return vst_fail_nomem(err);
	}
	ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(value), element) {
		vst_rc rc;

		ZVAL_DEREF(element);
		if (Z_TYPE_P(element) != IS_STRING) {
			return wrong_type(name, "list of strings", element, err);
		}
		rc = php_vestnik_text(Z_STR_P(element), name, &items[filled++], err);
		if (rc != VST_OK) {
			return rc;
		}
	}
	ZEND_HASH_FOREACH_END();
	*out = items;
	*count = filled;
	return VST_OK;
}

/* The text a scalar has in a message, the same in every locale. */
vst_rc php_vestnik_scalar_text(const char *name, const zval *value, vst_arena *arena, vst_str *out, vst_err *err)
{
	smart_str number = {0};

	switch (Z_TYPE_P(value)) {
		case IS_STRING: return php_vestnik_text(Z_STR_P(value), name, out, err);
		case IS_LONG: *out = vst_arena_format(arena, "%lld", (long long) Z_LVAL_P(value)); break;
		case IS_DOUBLE:
			if (!zend_finite(Z_DVAL_P(value))) {
				return vst_fail(err, VST_E_INVALID, "%s: expected a finite number", name);
			}
			smart_str_append_double(&number, Z_DVAL_P(value), -1, false);
			*out = vst_arena_copy(arena, vst_str_of(ZSTR_VAL(number.s), ZSTR_LEN(number.s)));
			smart_str_free(&number);
			break;
		default: return wrong_type(name, "string, int, float or null", value, err);
	}
	return arena->failed ? vst_fail_nomem(err) : VST_OK;
}

vst_rc php_vestnik_vars(HashTable *vars, vst_arena *arena, const vst_pair **out, size_t *count, vst_err *err)
{
	vst_pair *pairs = vst_arena_array(arena, zend_hash_num_elements(vars) + 1, sizeof *pairs);
	zend_string *key;
	zend_ulong index;
	zval *value;
	size_t filled = 0;

	if (pairs == NULL) {
		return vst_fail_nomem(err);
	}
	ZEND_HASH_FOREACH_KEY_VAL(vars, index, key, value) {
		char name[PHP_VESTNIK_NAME_MAX], place[PHP_VESTNIK_NAME_MAX + 8];
		vst_pair *pair = &pairs[filled];
		vst_rc rc = VST_OK;

		ZVAL_DEREF(value);
		if (Z_TYPE_P(value) == IS_NULL) {
			continue;
		}
		snprintf(place, sizeof place, "vars.%s", php_vestnik_name(key, index, name));
		if (key != NULL) {
			rc = php_vestnik_text(key, "vars: a key", &pair->name, err);
		} else {
			pair->name = vst_arena_format(arena, "%lld", (long long) (zend_long) index);
		}
		if (rc == VST_OK) {
			rc = php_vestnik_scalar_text(place, value, arena, &pair->value, err);
		}
		if (rc != VST_OK) {
			return rc;
		}
		filled++;
	}
	ZEND_HASH_FOREACH_END();
	*out = pairs;
	*count = filled;
	return arena->failed ? vst_fail_nomem(err) : VST_OK;
}

static vst_rc read_text(const field *field, const zval *value, vst_arena *arena, char *target, vst_err *err)
{
	vst_str *text = (vst_str *) (target + field->value);
	vst_rc rc;

	if (field->kind == FIELD_LABEL && Z_TYPE_P(value) == IS_LONG) {
		return php_vestnik_scalar_text(field->name, value, arena, text, err);
	}
	if (Z_TYPE_P(value) != IS_STRING) {
		return wrong_type(field->name, field->kind == FIELD_LABEL ? "string or int" : "string", value, err);
	}
	rc = php_vestnik_text(Z_STR_P(value), field->name, text, err);
	if (rc == VST_OK && field->extra != 0) {
		*(bool *) (target + field->extra) = true;
	}
	return rc;
}

static vst_rc read_instant(const field *field, const zval *value, char *target, vst_err *err)
{
	if (Z_TYPE_P(value) != IS_LONG) {
		return wrong_type(field->name, "int", value, err);
	}
	if (Z_LVAL_P(value) < 1) {
		return vst_fail(err, VST_E_INVALID, "%s: expected Unix seconds above 0", field->name);
	}
	*(int64_t *) (target + field->value) = Z_LVAL_P(value);
	return VST_OK;
}

static vst_rc read_field(const field *field, zval *value, vst_arena *arena, char *target, vst_err *err)
{
	switch (field->kind) {
		case FIELD_TEXT:
		case FIELD_LABEL: return read_text(field, value, arena, target, err);
		case FIELD_INSTANT: return read_instant(field, value, target, err);
		case FIELD_INTEGER:
			if (Z_TYPE_P(value) != IS_LONG) {
				return wrong_type(field->name, "int", value, err);
			}
			*(int64_t *) (target + field->value) = Z_LVAL_P(value);
			*(bool *) (target + field->extra) = true;
			return VST_OK;
		case FIELD_BOOL:
			if (Z_TYPE_P(value) != IS_TRUE && Z_TYPE_P(value) != IS_FALSE) {
				return wrong_type(field->name, "bool", value, err);
			}
			*(bool *) (target + field->value) = Z_TYPE_P(value) == IS_TRUE;
			return VST_OK;
		case FIELD_LIST:
			return read_list(field->name, value, arena, (const vst_str **) (target + field->value),
			                 (size_t *) (target + field->extra), err);
		case FIELD_VARS:
		default:
			if (Z_TYPE_P(value) != IS_ARRAY) {
				return wrong_type(field->name, "array", value, err);
			}
			return php_vestnik_vars(Z_ARRVAL_P(value), arena, (const vst_pair **) (target + field->value),
			                        (size_t *) (target + field->extra), err);
	}
}

static void clear_submission(vst_submission *out)
{
	memset(out, 0, sizeof *out);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		if (fields[i].kind == FIELD_TEXT || fields[i].kind == FIELD_LABEL) {
			*(vst_str *) ((char *) out + fields[i].value) = VST_STR_EMPTY;
		}
	}
}

vst_rc php_vestnik_submission(HashTable *message, vst_arena *arena, vst_submission *out, vst_err *err)
{
	zend_string *key;
	zend_ulong index;
	zval *value;

	clear_submission(out);
	ZEND_HASH_FOREACH_KEY_VAL(message, index, key, value) {
		const field *field = key != NULL ? zend_hash_find_ptr(&fields_by_name, key) : NULL;
		char name[PHP_VESTNIK_NAME_MAX];
		vst_rc rc;

		if (field == NULL) {
			return vst_fail(err, VST_E_INVALID, "unknown key %s", php_vestnik_name(key, index, name));
		}
		ZVAL_DEREF(value);
		if (Z_TYPE_P(value) == IS_NULL) {
			continue;
		}
		rc = read_field(field, value, arena, (char *) out, err);
		if (rc != VST_OK) {
			return rc;
		}
	}
	ZEND_HASH_FOREACH_END();
	return VST_OK;
}
