/*
 * Looking through messages. There is no index but time: a period bounds the seqs, a person's messages are chained, and
 * the rest is read and compared, in steps that the caller bounds.
 */
#include <stdlib.h>

#include "message.h"

static const vst_statement message_up = {VST_S_MESSAGE_UP, "SELECT " VST_MESSAGE_COLUMNS " FROM " VST_MESSAGE_TABLES
                                                           " WHERE m.seq > ? AND m.seq < ? ORDER BY m.seq LIMIT ?"};
static const vst_statement message_down = {VST_S_MESSAGE_DOWN,
                                           "SELECT " VST_MESSAGE_COLUMNS " FROM " VST_MESSAGE_TABLES
                                           " WHERE m.seq > ? AND m.seq < ? ORDER BY m.seq DESC LIMIT ?"};
static const vst_statement message_one = {VST_S_MESSAGE_ONE,
                                          "SELECT " VST_MESSAGE_COLUMNS " FROM " VST_MESSAGE_TABLES " WHERE m.seq = ?"};
static const vst_statement message_previous = {VST_S_MESSAGE_PREVIOUS,
                                               "SELECT previous FROM vst_message WHERE seq = ?"};
static const vst_statement name_ids = {VST_S_NAME_IDS, "SELECT id FROM vst_name WHERE kind = ?"};
static const vst_statement person_newest = {VST_S_PERSON_NEWEST,
                                            "SELECT last_seq FROM vst_person WHERE entity = ? AND phone = ?"};

typedef struct bounds {
	int64_t above, below; /* seqs, both exclusive */
} bounds;

static bounds bounds_of(const vst_message_filter *filter, bool ascending, int64_t after)
{
	bounds range = {0, INT64_MAX};

	if (filter->from != 0) {
		int64_t first = vst_seq_first(vst_seconds_ms(filter->from, 0));

		range.above = first > 0 ? first - 1 : 0;
	}
	if (filter->to != 0) {
		range.below = vst_seq_first(vst_seconds_ms(filter->to, VST_SEQ_AHEAD_MS));
	}
	if (filter->seq != 0) {
		range.above = filter->seq - 1 > range.above ? filter->seq - 1 : range.above;
		range.below = filter->seq < INT64_MAX && filter->seq + 1 < range.below ? filter->seq + 1 : range.below;
	}
	if (after != 0 && ascending && after > range.above) {
		range.above = after;
	}
	if (after != 0 && !ascending && after < range.below) {
		range.below = after;
	}
	return range;
}

static bool text_matches(vst_str wanted, vst_str found)
{
	return wanted.len == 0 || vst_str_equal(wanted, found);
}

/* One character of a JSON string as jansson writes it: UTF-8 as it is, \u only for control characters. */
static char unescaped(const char **at, const char *end)
{
	static const char plain[] = "bfnrt", meant[] = "\b\f\n\r\t";
	const char *found;
	char c = *(*at)++;

	if (c != '\\' || *at == end) {
		return c;
	}
	c = *(*at)++;
	found = memchr(plain, c, sizeof plain - 1);
	if (found != NULL) {
		return meant[found - plain];
	}
	if (c == 'u' && end - *at >= 4) {
		char digits[5] = {(*at)[0], (*at)[1], (*at)[2], (*at)[3], '\0'};

		*at += 4;
		return (char) strtol(digits, NULL, 16);
	}
	return c;
}

/* Tags are a JSON list of strings. */
static bool tag_matches(vst_str wanted, vst_str tags)
{
	const char *at = tags.ptr, *end = tags.ptr + tags.len;

	if (wanted.len == 0) {
		return true;
	}
	while ((at = memchr(at, '"', (size_t) (end - at))) != NULL) {
		size_t matched = 0;
		bool equal = true;

		at++;
		while (at < end && *at != '"') {
			char c = unescaped(&at, end);

			equal = equal && matched < wanted.len && wanted.ptr[matched] == c;
			matched++;
		}
		if (equal && matched == wanted.len && at < end) {
			return true;
		}
		at += at < end ? 1 : 0;
	}
	return false;
}

static bool matches(const vst_message_filter *filter, const vst_message *m)
{
	return (filter->entity == 0 || filter->entity == m->entity) && (filter->phone == 0 || filter->phone == m->phone) &&
	       (filter->states == 0 || (filter->states >> m->state & 1) != 0) &&
	       (filter->categories == 0 || (filter->categories >> m->category & 1) != 0) &&
	       (filter->held < 0 || (filter->held != 0) == m->held) &&
	       (filter->from == 0 || m->created_ms / 1000 >= filter->from) &&
	       (filter->to == 0 || m->created_ms / 1000 < filter->to) &&
	       (filter->seq == 0 || (filter->seq == m->id.seq && filter->nonce == m->id.nonce)) &&
	       text_matches(filter->order_number, m->order_number) && text_matches(filter->campaign, m->campaign) &&
	       text_matches(filter->customer, m->customer) && tag_matches(filter->tag, m->tags);
}

typedef struct scan {
	const vst_message_filter *filter;
	vst_message_visit visit;
	void *context;
	int64_t last; /* seq read last */
	int64_t read;
	bool stop;
} scan;

static vst_rc look_at(scan *state, const vst_rows *rows, vst_err *err)
{
	vst_message message;
	vst_rc rc = vst_message_from_row(rows, &message, err);

	if (rc != VST_OK) {
		return rc;
	}
	state->read++;
	state->last = message.id.seq;
	return matches(state->filter, &message) ? state->visit(state->context, &message, &state->stop, err) : VST_OK;
}

static vst_rc scan_time(vst_tx *tx, scan *state, bool ascending, bounds range, int64_t limit, int64_t *resume,
                        vst_err *err)
{
	vst_rows rows;
	bool found = true;
	vst_rc rc = vst_tx_query(tx, ascending ? &message_up : &message_down,
	                         VST_ARGS(VST_INT(range.above), VST_INT(range.below), VST_INT(limit)), &rows, err);

	while (rc == VST_OK && !state->stop && (rc = vst_rows_next(&rows, &found, err)) == VST_OK && found) {
		rc = look_at(state, &rows, err);
	}
	vst_rows_end(&rows);
	if (rc == VST_OK) {
		*resume = state->stop || state->read == limit ? state->last : 0;
	}
	return rc;
}

static vst_rc visit_one(vst_tx *tx, scan *state, int64_t seq, vst_err *err)
{
	vst_rows rows;
	bool found = false;
	vst_rc rc = vst_tx_query(tx, &message_one, VST_ARGS(VST_INT(seq)), &rows, err);

	if (rc == VST_OK) {
		rc = vst_rows_next(&rows, &found, err);
	}
	if (rc == VST_OK && !found) {
		rc = vst_fail(err, VST_E_CORRUPT, "a person's chain of messages is broken");
	}
	if (rc == VST_OK) {
		rc = look_at(state, &rows, err);
	}
	vst_rows_end(&rows);
	return rc;
}

typedef struct seq_list {
	int64_t *items;
	size_t count, capacity;
} seq_list;

static vst_rc add_seq(seq_list *list, int64_t seq, vst_err *err)
{
	if (list->count == list->capacity) {
		size_t capacity = list->capacity > 0 ? list->capacity * 2 : 64;
		int64_t *grown = realloc(list->items, capacity * sizeof *grown);

		if (grown == NULL) {
			return vst_fail_nomem(err);
		}
		list->items = grown;
		list->capacity = capacity;
	}
	list->items[list->count++] = seq;
	return VST_OK;
}

/* The seqs of one person's messages from one entity that lie in the range, without reading the messages. */
static vst_rc gather_chain(vst_tx *tx, int64_t entity, int64_t phone, bounds range, seq_list *list, vst_err *err)
{
	bool found = true;
	int64_t at = 0;
	vst_rc rc = vst_tx_integers(tx, &person_newest, VST_ARGS(VST_INT(entity), VST_INT(phone)), &at, 1, NULL, err);

	while (rc == VST_OK && at > range.above) {
		rc = at < range.below ? add_seq(list, at, err) : VST_OK;
		if (rc == VST_OK) {
			rc = vst_tx_integers(tx, &message_previous, VST_ARGS(VST_INT(at)), &at, 1, &found, err);
		}
		if (rc == VST_OK && !found) {
			rc = vst_fail(err, VST_E_CORRUPT, "a person's chain of messages is broken");
		}
	}
	return rc;
}

/* A phone has a chain with every entity that ever wrote to it; also with one that left the settings. */
static vst_rc gather_chains(vst_tx *tx, int64_t phone, bounds range, seq_list *list, vst_err *err)
{
	seq_list entities = {NULL, 0, 0};
	vst_rows rows;
	bool found = true;
	vst_rc rc = vst_tx_query(tx, &name_ids, VST_ARGS(VST_INT(VST_NAME_ENTITY)), &rows, err);

	while (rc == VST_OK && (rc = vst_rows_next(&rows, &found, err)) == VST_OK && found) {
		rc = add_seq(&entities, vst_rows_integer(&rows, 0), err);
	}
	vst_rows_end(&rows);
	for (size_t i = 0; rc == VST_OK && i < entities.count; i++) {
		rc = gather_chain(tx, entities.items[i], phone, range, list, err);
	}
	free(entities.items);
	return rc;
}

static int ascending_seqs(const void *a, const void *b)
{
	int64_t left = *(const int64_t *) a, right = *(const int64_t *) b;

	return left < right ? -1 : left > right;
}

/* All messages of a person: their seqs are gathered first, eight bytes each, since chains lead backwards only. */
static vst_rc scan_person(vst_tx *tx, scan *state, bool ascending, bounds range, int64_t limit, int64_t *resume,
                          vst_err *err)
{
	const vst_message_filter *filter = state->filter;
	seq_list list = {NULL, 0, 0};
	size_t done = 0;
	vst_rc rc = filter->entity != 0 ? gather_chain(tx, filter->entity, filter->phone, range, &list, err)
	                                : gather_chains(tx, filter->phone, range, &list, err);

	if (rc == VST_OK && list.count > 1) {
		qsort(list.items, list.count, sizeof *list.items, ascending_seqs);
	}
	while (rc == VST_OK && done < list.count && !state->stop && state->read < limit) {
		rc = visit_one(tx, state, list.items[ascending ? done : list.count - 1 - done], err);
		done++;
	}
	if (rc == VST_OK) {
		*resume = done < list.count ? state->last : 0;
	}
	free(list.items);
	return rc;
}

vst_rc vst_message_scan(vst_tx *tx, const vst_message_filter *filter, bool ascending, int64_t after, int64_t limit,
                        vst_message_visit visit, void *context, int64_t *resume, vst_err *err)
{
	scan state = {filter, visit, context, 0, 0, false};
	bounds range = bounds_of(filter, ascending, after);

	if (filter->phone == 0 || filter->seq != 0) {
		return scan_time(tx, &state, ascending, range, limit, resume, err);
	}
	return scan_person(tx, &state, ascending, range, limit, resume, err);
}
