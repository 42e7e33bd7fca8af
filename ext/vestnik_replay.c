/*
 * vestnik_replay() and the object it returns. The object holds memory of the core only: the engine is asked for anew with
 * every page that is read, so that nothing is open while userland code runs, and a forked process uses its own.
 */
#include "php_vestnik.h"

#include "engine/replay.h"
#include "zend_exceptions.h"
#include "zend_interfaces.h"

typedef struct replay_object {
	vst_replay *replay;
	const vst_replayed *row; /* NULL before the first and after the last */
	zend_long index;
	bool started;
	zend_object std;
} replay_object;

static zend_class_entry *replay_ce;
static zend_object_handlers handlers;

static replay_object *object_of(zend_object *object)
{
	return (replay_object *) ((char *) object - XtOffsetOf(replay_object, std));
}

static zend_object *create(zend_class_entry *class)
{
	replay_object *self = zend_object_alloc(sizeof *self, class);

	zend_object_std_init(&self->std, class);
	object_properties_init(&self->std, class);
	self->std.handlers = &handlers;
	return &self->std;
}

static void free_object(zend_object *object)
{
	vst_replay_free(object_of(object)->replay);
	zend_object_std_dtor(object);
}

void php_vestnik_replay_startup(zend_class_entry *class)
{
	replay_ce = class;
	class->create_object = create;
	memcpy(&handlers, &std_object_handlers, sizeof handlers);
	handlers.offset = XtOffsetOf(replay_object, std);
	handlers.free_obj = free_object;
	handlers.clone_obj = NULL;
}

/* Goes to the next decision. After an exception there is none. */
static void advance(replay_object *self)
{
	vst_err err = VST_ERR_INIT;
	vst_engine *engine = NULL;

	self->row = NULL;
	self->started = true;
	if (self->replay == NULL || (vst_replay_reads(self->replay) && (engine = php_vestnik_engine()) == NULL)) {
		return;
	}
	(void) php_vestnik_ok(vst_replay_next(self->replay, engine, &self->row, &err), &err);
}

static replay_object *started(zval *this)
{
	replay_object *self = object_of(Z_OBJ_P(this));

	if (!self->started) {
		advance(self);
	}
	return self;
}

static void put_decision(zval *row, const char *key, const vst_replayed_decision *decision)
{
	zval value, codes;

	array_init_size(&codes, (uint32_t) decision->code_count);
	for (size_t i = 0; i < decision->code_count; i++) {
		add_next_index_stringl(&codes, decision->codes[i].ptr, decision->codes[i].len);
	}
	array_init_size(&value, 5);
	add_assoc_string(&value, "verdict", vst_verdict_name(decision->verdict));
	add_assoc_string(&value, "category", vst_category_name(decision->category));
	add_assoc_zval(&value, "codes", &codes);
	if (decision->due != 0) {
		add_assoc_long(&value, "due", (zend_long) decision->due);
	} else {
		add_assoc_null(&value, "due");
	}
	add_assoc_long(&value, "segments", decision->segments);
	add_assoc_zval(row, key, &value);
}

PHP_METHOD(Vestnik_Replay, __construct)
{
	ZEND_PARSE_PARAMETERS_NONE();
}

PHP_METHOD(Vestnik_Replay, current)
{
	const vst_replayed *row;
	char id[VST_ID_LEN + 1];

	ZEND_PARSE_PARAMETERS_NONE();
	row = started(ZEND_THIS)->row;
	if (row == NULL) {
		RETURN_NULL();
	}
	vst_id_format(row->id, id);
	array_init_size(return_value, 7);
	add_assoc_stringl(return_value, "id", id, VST_ID_LEN);
	add_assoc_long(return_value, "created", (zend_long) row->created);
	add_assoc_string(return_value, "category", vst_category_name(row->declared));
	put_decision(return_value, "was", &row->was);
	put_decision(return_value, "would", &row->would);
	add_assoc_bool(return_value, "text_differs", row->text_differs);
	add_assoc_bool(return_value, "differs", row->differs);
}

PHP_METHOD(Vestnik_Replay, key)
{
	ZEND_PARSE_PARAMETERS_NONE();
	RETURN_LONG(object_of(Z_OBJ_P(ZEND_THIS))->index);
}

PHP_METHOD(Vestnik_Replay, next)
{
	replay_object *self;

	ZEND_PARSE_PARAMETERS_NONE();
	self = started(ZEND_THIS);
	if (self->row != NULL) {
		self->index++;
		advance(self);
	}
}

PHP_METHOD(Vestnik_Replay, rewind)
{
	replay_object *self;

	ZEND_PARSE_PARAMETERS_NONE();
	self = object_of(Z_OBJ_P(ZEND_THIS));
	self->index = 0;
	if (self->replay != NULL) {
		vst_replay_rewind(self->replay);
	}
	advance(self);
}

PHP_METHOD(Vestnik_Replay, valid)
{
	ZEND_PARSE_PARAMETERS_NONE();
	RETURN_BOOL(started(ZEND_THIS)->row != NULL);
}

PHP_FUNCTION(vestnik_replay)
{
	zend_long from, to;
	zval *rules = NULL, nothing;
	vst_engine *engine;
	json_t *json = NULL;
	vst_replay *replay = NULL;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_START(2, 3)
		Z_PARAM_LONG(from)
		Z_PARAM_LONG(to)
		Z_PARAM_OPTIONAL
		Z_PARAM_ARRAY(rules)
	ZEND_PARSE_PARAMETERS_END();
	if (to < from) {
		zend_argument_value_error(2, "must not be before argument #1 ($from)");
		RETURN_THROWS();
	}
	if (rules == NULL) {
		ZVAL_EMPTY_ARRAY(&nothing);
		rules = &nothing;
	}
	if (!php_vestnik_prepare(rules, "rules", &json, &engine)) {
		RETURN_THROWS();
	}
	rc = vst_replay_new(engine, from, to, json, &replay, &err);
	json_decref(json);
	if (!php_vestnik_ok(rc, &err)) {
		RETURN_THROWS();
	}
	zend_try
	{
		object_init_ex(return_value, replay_ce);
	}
	zend_catch
	{
		vst_replay_free(replay);
		zend_bailout();
	}
	zend_end_try();
	object_of(Z_OBJ_P(return_value))->replay = replay;
}

PHP_FUNCTION(vestnik_rules)
{
	json_t *list = NULL;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_NONE();
	rc = vst_law_describe(&list, &err);
	php_vestnik_return_json(return_value, rc, list, &err);
}
