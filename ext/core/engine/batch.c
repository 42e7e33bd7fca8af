/*
 * Batch submit. A window is copied with nothing open, prepared, sorted by person (input order within one person) and
 * written in transactions of at most 1,000 rows, cut short when somebody waits for the store.
 */
#include <stdlib.h>

#include "submit.h"

#define ROWS_PER_TRANSACTION 1000
#define PATIENCE_NS INT64_C(2000000)             /* how long others wait for one transaction */
#define WINDOW_BYTES ((size_t) 24 * 1024 * 1024) /* with the cache of the store (open.c) within 64 MB */
#define ERRORS_MAX 100

struct row {
	vst_submission given;
	vst_prepared prepared;
	int64_t index; /* in the whole batch */
};

struct vst_batch {
	vst_engine *engine;
	vst_arena strings; /* of the window's copies */
	struct row *rows;
	size_t count, capacity, bytes;
	int64_t next_index;
	int64_t verdicts[VST_VERDICT_COUNT];
	int64_t duplicate, invalid;
	json_t *codes, *errors;
};

vst_rc vst_batch_new(vst_engine *engine, vst_batch **out, vst_err *err)
{
	vst_batch *batch = calloc(1, sizeof *batch);

	if (batch == NULL) {
		return vst_fail_nomem(err);
	}
	batch->engine = engine;
	batch->codes = json_object();
	batch->errors = json_array();
	if (batch->codes == NULL || batch->errors == NULL) {
		vst_batch_free(batch);
		return vst_fail_nomem(err);
	}
	*out = batch;
	return VST_OK;
}

void vst_batch_free(vst_batch *batch)
{
	if (batch != NULL) {
		vst_arena_free(&batch->strings);
		free(batch->rows);
		json_decref(batch->codes);
		json_decref(batch->errors);
		free(batch);
	}
}

bool vst_batch_full(const vst_batch *batch)
{
	return batch->count == VST_BATCH_WINDOW || batch->bytes >= WINDOW_BYTES;
}

static vst_str copy(vst_batch *batch, vst_str text)
{
	if (text.len == 0) {
		return VST_STR_EMPTY;
	}
	batch->bytes += text.len + 16;
	return vst_arena_copy(&batch->strings, text);
}

static const vst_str *copy_list(vst_batch *batch, const vst_str *list, size_t count)
{
	vst_str *result = count > 0 ? vst_arena_array(&batch->strings, count, sizeof *result) : NULL;

	for (size_t i = 0; result != NULL && i < count; i++) {
		result[i] = copy(batch, list[i]);
	}
	batch->bytes += count * sizeof *result;
	return result;
}

static const vst_pair *copy_vars(vst_batch *batch, const vst_pair *vars, size_t count)
{
	vst_pair *result = count > 0 ? vst_arena_array(&batch->strings, count, sizeof *result) : NULL;

	for (size_t i = 0; result != NULL && i < count; i++) {
		result[i] = (vst_pair) {copy(batch, vars[i].name), copy(batch, vars[i].value)};
	}
	batch->bytes += count * sizeof *result;
	return result;
}

static vst_rc grow(vst_batch *batch, vst_err *err)
{
	size_t capacity = batch->capacity == 0 ? 256 : batch->capacity * 2;
	struct row *rows = realloc(batch->rows, capacity * sizeof *rows);

	if (rows == NULL) {
		return vst_fail_nomem(err);
	}
	batch->rows = rows;
	batch->capacity = capacity;
	return VST_OK;
}

vst_rc vst_batch_add(vst_batch *batch, const vst_submission *message, vst_err *err)
{
	vst_submission *given;

	if (batch->count == batch->capacity && grow(batch, err) != VST_OK) {
		return VST_E_NOMEM;
	}
	batch->rows[batch->count].index = batch->next_index++;
	given = &batch->rows[batch->count].given;
	*given = *message;
	given->phone = copy(batch, message->phone);
	given->category = copy(batch, message->category);
	given->text = copy(batch, message->text);
	given->template_text = copy(batch, message->template_text);
	given->vars = copy_vars(batch, message->vars, message->var_count);
	given->entity = copy(batch, message->entity);
	given->sender = copy(batch, message->sender);
	given->provider = copy(batch, message->provider);
	given->key = copy(batch, message->key);
	given->timezone = copy(batch, message->timezone);
	given->region = copy(batch, message->region);
	given->campaign = copy(batch, message->campaign);
	given->scenario = copy(batch, message->scenario);
	given->order_number = copy(batch, message->order_number);
	given->basis = copy(batch, message->basis);
	given->site = copy(batch, message->site);
	given->customer = copy(batch, message->customer);
	given->approved_by = copy(batch, message->approved_by);
	given->links = copy_list(batch, message->links, message->link_count);
	given->tags = copy_list(batch, message->tags, message->tag_count);
	given->acknowledged = copy_list(batch, message->acknowledged, message->acknowledged_count);
	if (batch->strings.failed) {
		return vst_fail_nomem(err);
	}
	batch->bytes += sizeof(struct row);
	batch->count++;
	return VST_OK;
}

static int64_t error_index(const vst_batch *batch, size_t place)
{
	return json_integer_value(json_object_get(json_array_get(batch->errors, place), "index"));
}

/* The first ones of the batch are kept, in input order: rows are not looked at in that order. */
static vst_rc count_invalid(vst_batch *batch, int64_t index, vst_str words, vst_err *err)
{
	size_t place = json_array_size(batch->errors);

	batch->invalid++;
	while (place > 0 && error_index(batch, place - 1) > index) {
		place--;
	}
	if (place >= ERRORS_MAX) {
		return VST_OK;
	}
	if (json_array_insert_new(batch->errors, place,
	                          json_pack("{s:I, s:s%}", "index", (json_int_t) index, "reason", words.ptr, words.len)) !=
	    0) {
		return vst_fail_nomem(err);
	}
	if (json_array_size(batch->errors) > ERRORS_MAX) {
		json_array_remove(batch->errors, ERRORS_MAX);
	}
	return VST_OK;
}

vst_rc vst_batch_invalid(vst_batch *batch, vst_str words, vst_err *err)
{
	return count_invalid(batch, batch->next_index++, words, err);
}

/* Prepares all rows; those that are malformed leave the window. */
static vst_rc prepare_window(vst_batch *batch, vst_err *err)
{
	size_t kept = 0;
	vst_rc rc = VST_OK;

	for (size_t i = 0; rc == VST_OK && i < batch->count; i++) {
		vst_err problem = VST_ERR_INIT;

		batch->rows[kept] = batch->rows[i];
		rc = vst_prepare(batch->engine, &batch->rows[kept].given, &batch->strings, &batch->rows[kept].prepared,
		                 &problem);
		if (rc == VST_OK) {
			kept++;
		} else if (rc == VST_E_INVALID) {
			rc = count_invalid(batch, batch->rows[kept].index, vst_str_from(problem.text), err);
		} else if (err != NULL && err->rc == VST_OK) {
			*err = problem;
		}
	}
	batch->count = kept;
	return rc;
}

static int by_person(const void *a, const void *b)
{
	const struct row *left = a, *right = b;

	if (left->prepared.phone.number != right->prepared.phone.number) {
		return left->prepared.phone.number < right->prepared.phone.number ? -1 : 1;
	}
	return left->index < right->index ? -1 : 1;
}

/* What one transaction did; counted only after its commit, since its body may run again. */
struct outcome {
	vst_verdict verdict;
	bool duplicate, invalid;
	char problem[256];
	const char *codes[VST_FINDINGS_MAX];
	size_t code_count;
};

struct writing {
	vst_batch *batch;
	size_t first, done; /* rows of the window: written are [first, first + done) */
	struct outcome *outcomes;
	vst_arena scratch;
};

static void note_outcome(const vst_receipt *receipt, struct outcome *outcome)
{
	outcome->verdict = receipt->decision.verdict;
	outcome->duplicate = receipt->duplicate;
	for (size_t i = 0; !receipt->duplicate && i < receipt->decision.finding_count; i++) {
		const vst_finding *finding = &receipt->decision.findings[i];

		if (finding->verdict == VST_FINDING_REFUSE || finding->verdict == VST_FINDING_DEFER) {
			outcome->codes[outcome->code_count++] = finding->code;
		}
	}
}

static vst_rc write_rows(vst_tx *tx, void *context, vst_err *err)
{
	struct writing *w = context;
	const vst_env *env = w->batch->engine->env;
	int64_t started = env->monotonic_ns(env->context);
	vst_rc rc = VST_OK;

	for (w->done = 0; rc == VST_OK && w->done < ROWS_PER_TRANSACTION && w->first + w->done < w->batch->count;) {
		struct row *row = &w->batch->rows[w->first + w->done];
		struct outcome *outcome = &w->outcomes[w->done];
		vst_err problem = VST_ERR_INIT;
		vst_receipt receipt;

		vst_arena_reset(&w->scratch);
		/* The rows may have moved since they were prepared. */
		row->prepared.given = &row->given;
		memset(outcome, 0, sizeof *outcome);
		rc = vst_submit_in(w->batch->engine, tx, &row->prepared, &w->scratch, &receipt, &problem);
		if (rc == VST_OK) {
			note_outcome(&receipt, outcome);
		} else if (rc == VST_E_INVALID) {
			outcome->invalid = true;
			memcpy(outcome->problem, problem.text, sizeof outcome->problem);
			rc = VST_OK;
		} else if (err != NULL && err->rc == VST_OK) {
			*err = problem;
		}
		w->done++;
		if ((w->done & 15) == 0 && env->monotonic_ns(env->context) - started > PATIENCE_NS &&
		    vst_tx_someone_waits(tx)) {
			break;
		}
	}
	return rc;
}

static vst_rc count_code(json_t *codes, const char *code, vst_err *err)
{
	json_int_t before = json_integer_value(json_object_get(codes, code));

	return json_object_set_new(codes, code, json_integer(before + 1)) == 0 ? VST_OK : vst_fail_nomem(err);
}

static vst_rc count_outcomes(struct writing *w, vst_err *err)
{
	vst_rc rc = VST_OK;

	for (size_t i = 0; rc == VST_OK && i < w->done; i++) {
		struct outcome *outcome = &w->outcomes[i];

		if (outcome->invalid) {
			rc = count_invalid(w->batch, w->batch->rows[w->first + i].index, vst_str_from(outcome->problem), err);
		} else if (outcome->duplicate) {
			w->batch->duplicate++;
		} else {
			w->batch->verdicts[outcome->verdict]++;
		}
		for (size_t k = 0; rc == VST_OK && k < outcome->code_count; k++) {
			rc = count_code(w->batch->codes, outcome->codes[k], err);
		}
	}
	return rc;
}

vst_rc vst_batch_flush(vst_batch *batch, vst_err *err)
{
	struct writing w = {batch, 0, 0, NULL, VST_ARENA_INIT};
	vst_rc rc = prepare_window(batch, err);

	w.outcomes = rc == VST_OK ? calloc(ROWS_PER_TRANSACTION, sizeof *w.outcomes) : NULL;
	if (rc == VST_OK && w.outcomes == NULL) {
		rc = vst_fail_nomem(err);
	}
	if (rc == VST_OK && batch->count > 1) {
		qsort(batch->rows, batch->count, sizeof *batch->rows, by_person);
	}
	while (rc == VST_OK && w.first < batch->count) {
		rc = vst_engine_write(batch->engine, write_rows, &w, err);
		if (rc == VST_OK) {
			rc = count_outcomes(&w, err);
			w.first += w.done;
		}
	}
	free(w.outcomes);
	vst_arena_free(&w.scratch);
	batch->count = 0;
	batch->bytes = 0;
	vst_arena_reset(&batch->strings);
	return rc;
}

vst_rc vst_batch_result(vst_batch *batch, json_t **out, vst_err *err)
{
	int64_t written =
		batch->verdicts[VST_VERDICT_SEND] + batch->verdicts[VST_VERDICT_DEFER] + batch->verdicts[VST_VERDICT_REFUSE];

	*out = json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:O, s:O}", "total",
	                 (json_int_t) (written + batch->duplicate + batch->invalid), "send",
	                 (json_int_t) batch->verdicts[VST_VERDICT_SEND], "defer",
	                 (json_int_t) batch->verdicts[VST_VERDICT_DEFER], "refuse",
	                 (json_int_t) batch->verdicts[VST_VERDICT_REFUSE], "duplicate", (json_int_t) batch->duplicate,
	                 "invalid", (json_int_t) batch->invalid, "codes", batch->codes, "errors", batch->errors);
	return *out != NULL ? VST_OK : vst_fail_nomem(err);
}
