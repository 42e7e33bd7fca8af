/*
 * Cancel, hold and release by a filter. What matches is looked for in short read transactions, then changed in short
 * write transactions that look at each message again: it may have gone on meanwhile.
 */
#include "event_append.h"
#include "message_view.h"

#define CHANGES_PER_TRANSACTION 1000

typedef enum change_kind { CHANGE_CANCEL, CHANGE_HOLD, CHANGE_RELEASE, CHANGE_KIND_COUNT } change_kind;

#define WAITING (1u << VST_DEFERRED | 1u << VST_QUEUED)

/* Whom a change concerns: states, and the flag `held` (-1: both). */
static const struct {
	unsigned states;
	int held;
} concerns[CHANGE_KIND_COUNT] = {
	[CHANGE_CANCEL] = {WAITING | 1u << VST_CLAIMED, -1},
	[CHANGE_HOLD] = {WAITING, 0},
	[CHANGE_RELEASE] = {WAITING, 1},
};

struct changing {
	vst_engine *engine;
	const json_t *json;
	change_kind kind;
	int64_t position, resume;
	vst_arena memory;
	vst_message_filter filter; /* of the last search */
	int64_t seqs[CHANGES_PER_TRANSACTION];
	size_t found, begun;
	int64_t changed;
};

static vst_rc note(void *context, const vst_message *message, bool *stop, vst_err *err)
{
	struct changing *c = context;

	(void) err;
	c->seqs[c->found++] = message->id.seq;
	*stop = c->found == CHANGES_PER_TRANSACTION;
	return VST_OK;
}

/* The filter given, narrowed to what the change concerns; false when nothing is left of it. */
static bool narrow(struct changing *c)
{
	unsigned states = concerns[c->kind].states;
	int held = concerns[c->kind].held;

	c->filter.states = c->filter.states == 0 ? states : c->filter.states & states;
	if (held != -1) {
		if (c->filter.held != -1 && c->filter.held != held) {
			return false;
		}
		c->filter.held = held;
	}
	return c->filter.states != 0;
}

static vst_rc search(vst_tx *tx, void *context, vst_err *err)
{
	struct changing *c = context;
	vst_rc rc;

	vst_arena_reset(&c->memory);
	rc = vst_message_filter_read(tx, c->json, NULL, &c->memory, &c->filter, err);
	c->found = 0;
	c->resume = 0;
	if (rc != VST_OK || !narrow(c)) {
		return rc;
	}
	rc = vst_message_scan(tx, &c->filter, false, c->position, VST_SCAN_ROWS, note, c, &c->resume, err);
	if (rc == VST_OK && c->found == CHANGES_PER_TRANSACTION) {
		c->resume = c->seqs[c->found - 1];
	}
	return rc;
}

static bool still_concerned(const struct changing *c, const vst_message *message)
{
	return (c->filter.states & 1u << message->state) != 0 &&
	       (c->filter.held == -1 || message->held == (c->filter.held == 1));
}

static vst_rc set_held(vst_tx *tx, vst_message *message, bool held, vst_err *err)
{
	vst_json data;
	vst_rc rc = vst_message_dequeue(tx, message, err);

	if (rc != VST_OK) {
		return rc;
	}
	message->held = held;
	if ((rc = vst_message_enqueue(tx, message, err)) != VST_OK ||
	    (rc = vst_message_update(tx, message, message->state, err)) != VST_OK) {
		return rc;
	}
	vst_json_begin(&data);
	return vst_event_say(tx, held ? "message.held" : "message.released", message, message->entity, message->phone,
	                     &data, err);
}

static vst_rc change_one(vst_tx *tx, struct changing *c, int64_t seq, int64_t *changed, vst_err *err)
{
	vst_arena memory = VST_ARENA_INIT;
	vst_message message;
	bool found = false;
	vst_rc rc = vst_message_get(tx, seq, &memory, &message, &found, err);

	if (rc == VST_OK && found && still_concerned(c, &message)) {
		if (c->kind == CHANGE_CANCEL) {
			rc = vst_message_end(tx, &message, VST_CANCELLED, VST_STR("cancelled"), err);
		} else {
			rc = set_held(tx, &message, c->kind == CHANGE_HOLD, err);
		}
		(*changed)++;
	}
	vst_arena_free(&memory);
	return rc;
}

struct slice {
	struct changing *all;
	size_t done;
	int64_t changed;
};

static vst_rc change_some(vst_tx *tx, void *context, vst_err *err)
{
	struct slice *s = context;
	vst_rc rc = VST_OK;

	s->done = s->all->begun;
	s->changed = 0;
	while (rc == VST_OK && s->done < s->all->found) {
		rc = change_one(tx, s->all, s->all->seqs[s->done++], &s->changed, err);
		if (vst_tx_someone_waits(tx)) {
			break;
		}
	}
	return rc;
}

/* Writes what one search found, in as many transactions as those who wait for the store need. */
static vst_rc change_found(struct changing *c, vst_err *err)
{
	struct slice s = {c, 0, 0};
	vst_rc rc = VST_OK;

	for (c->begun = 0; rc == VST_OK && c->begun < c->found; c->begun = s.done) {
		rc = vst_store_write(c->engine->store, change_some, &s, err);
		if (rc == VST_OK) {
			c->changed += s.changed;
		}
	}
	return rc;
}

/* A condition that is null says nothing, as an absent one: ['order' => null] must not mean every message. */
static bool says_nothing(const json_t *filter)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *) (uintptr_t) filter, key, value) {
		(void) key;
		if (!json_is_null(value)) {
			return false;
		}
	}
	return vst_json_is_map(filter);
}

static vst_rc change(vst_engine *engine, const json_t *filter, change_kind kind, int64_t *changed, vst_err *err)
{
	struct changing c = {.engine = engine, .json = filter, .kind = kind};
	vst_rc rc;

	if (says_nothing(filter)) {
		return vst_fail(err, VST_E_INVALID, "filter: empty; name what is meant");
	}
	do {
		c.position = c.resume;
		rc = vst_store_read(engine->store, search, &c, err);
		if (rc == VST_OK) {
			rc = change_found(&c, err);
		}
	} while (rc == VST_OK && c.resume != 0);
	vst_arena_free(&c.memory);
	if (rc == VST_OK) {
		*changed = c.changed;
	}
	return rc;
}

vst_rc vst_engine_cancel(vst_engine *engine, const json_t *filter, int64_t *changed, vst_err *err)
{
	return change(engine, filter, CHANGE_CANCEL, changed, err);
}

vst_rc vst_engine_hold(vst_engine *engine, const json_t *filter, bool hold, int64_t *changed, vst_err *err)
{
	return change(engine, filter, hold ? CHANGE_HOLD : CHANGE_RELEASE, changed, err);
}
