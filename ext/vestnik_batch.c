/*
 * vestnik_submit_batch(): pulls a window of messages with nothing open, hands it to the engine, pulls the next. While
 * it pulls, userland code runs: it may call any function of this extension, replace the store's file, fork, throw,
 * exit or die. So the engine is pinned, its owner looked at before every use, and a batch that a bailout left behind
 * is freed at the end of the request.
 */
#include "php_vestnik.h"

#include "ext/spl/spl_iterators.h"
#include "zend_exceptions.h"

struct php_vestnik_batch {
	php_vestnik_batch *next;
	vst_engine *engine;
	vst_batch *batch;
};

static void end_batch(php_vestnik_batch **place)
{
	php_vestnik_batch *run = *place;

	*place = run->next;
	/* Memory only: in a forked child too, where the engine is the parent's. */
	vst_batch_free(run->batch);
	php_vestnik_engine_pin(run->engine, false);
	pefree(run, 1);
}

void php_vestnik_batches_end(void)
{
	while (VESTNIK_G(batches) != NULL) {
		end_batch(&VESTNIK_G(batches));
	}
}

static php_vestnik_batch *begin_batch(void)
{
	vst_engine *engine = php_vestnik_engine();
	vst_err err = VST_ERR_INIT;
	vst_batch *batch = NULL;
	php_vestnik_batch *run;

	if (engine == NULL || !php_vestnik_ok(vst_batch_new(engine, &batch, &err), &err)) {
		return NULL;
	}
	run = pecalloc(1, sizeof *run, 1);
	*run = (php_vestnik_batch) {VESTNIK_G(batches), engine, batch};
	VESTNIK_G(batches) = run;
	php_vestnik_engine_pin(engine, true);
	return run;
}

/* Generators may run batches of their own: the one that ends need not be the first in the list. */
static void finish_batch(const php_vestnik_batch *run)
{
	php_vestnik_batch **place = &VESTNIK_G(batches);

	while (*place != NULL && *place != run) {
		place = &(*place)->next;
	}
	if (*place != NULL) {
		end_batch(place);
	}
}

/* Userland ran since the last look. False: an exception was thrown. */
static bool is_mine(const php_vestnik_batch *run)
{
	if (vst_engine_is_mine(run->engine)) {
		return true;
	}
	zend_throw_exception(php_vestnik_store_exception_ce, "a batch cannot go on in a forked process", 0);
	return false;
}

/* Also looks whether the file is still the one the store's path names: what goes into another is lost. */
static vst_rc flush(const php_vestnik_batch *run, vst_err *err)
{
	if (!vst_engine_is_current(run->engine)) {
		return vst_fail(err, VST_E_IO, "the store's file was replaced while the batch ran; this window was dropped");
	}
	return vst_batch_flush(run->batch, err);
}

/* A row that cannot be read is counted, never thrown. */
static vst_rc add_row(const php_vestnik_batch *run, zval *row, vst_err *err)
{
	vst_submission submission;
	vst_err fault = VST_ERR_INIT;
	vst_rc rc;

	ZVAL_DEREF(row);
	if (Z_TYPE_P(row) != IS_ARRAY) {
		return vst_batch_invalid(run->batch, VST_STR("a message must be an array"), err);
	}
	rc = php_vestnik_submission(Z_ARRVAL_P(row), php_vestnik_scratch(), &submission, &fault);
	if (rc == VST_E_INVALID || rc == VST_E_TYPE) {
		return vst_batch_invalid(run->batch, vst_str_from(fault.text), err);
	}
	if (rc != VST_OK) {
		return vst_fail(err, rc, "%s", fault.text);
	}
	return vst_batch_add(run->batch, &submission, err);
}

/* False: an exception was thrown. */
static bool take_row(const php_vestnik_batch *run, zval *row)
{
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	if (!is_mine(run)) {
		return false;
	}
	rc = add_row(run, row, &err);
	if (rc == VST_OK && vst_batch_full(run->batch)) {
		rc = flush(run, &err);
	}
	return php_vestnik_ok(rc, &err);
}

static int take_current(zend_object_iterator *iterator, void *context)
{
	zval *row = iterator->funcs->get_current_data(iterator);

	if (EG(exception) != NULL || row == NULL || !take_row(context, row)) {
		return ZEND_HASH_APPLY_STOP;
	}
	return ZEND_HASH_APPLY_KEEP;
}

static void take_all(php_vestnik_batch *run, zval *messages)
{
	zval *row;

	if (Z_TYPE_P(messages) != IS_ARRAY) {
		spl_iterator_apply(messages, take_current, run);
		return;
	}
	ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(messages), row) {
		if (!take_row(run, row)) {
			return;
		}
	}
	ZEND_HASH_FOREACH_END();
}

static bool no_options(HashTable *options)
{
	zend_string *key;
	zend_ulong index;

	ZEND_HASH_FOREACH_KEY(options, index, key)
	{
		char name[PHP_VESTNIK_NAME_MAX];

		zend_argument_value_error(2, "has an unknown key %s", php_vestnik_name(key, index, name));
		return false;
	}
	ZEND_HASH_FOREACH_END();
	return true;
}

PHP_FUNCTION(vestnik_submit_batch)
{
	zval *messages;
	HashTable *options = NULL;
	php_vestnik_batch *run;
	json_t *result = NULL;
	vst_err err = VST_ERR_INIT;
	vst_rc rc;

	ZEND_PARSE_PARAMETERS_START(1, 2)
		Z_PARAM_ITERABLE(messages)
		Z_PARAM_OPTIONAL
		Z_PARAM_ARRAY_HT(options)
	ZEND_PARSE_PARAMETERS_END();
	if ((options != NULL && !no_options(options)) || (run = begin_batch()) == NULL) {
		RETURN_THROWS();
	}
	take_all(run, messages);
	if (EG(exception) != NULL || !is_mine(run)) {
		finish_batch(run);
		RETURN_THROWS();
	}
	rc = flush(run, &err);
	if (rc == VST_OK) {
		rc = vst_batch_result(run->batch, &result, &err);
	}
	finish_batch(run);
	php_vestnik_return_json(return_value, rc, result, &err);
}
