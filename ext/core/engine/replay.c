#include "replay.h"

#include <stdlib.h>

#include "evaluate.h"
#include "facts_record.h"
#include "rule_set.h"

#define PAGE_ROWS 256
#define RULE_SETS_KEPT 8

struct vst_replay {
	int64_t from, to;
	json_t *rules; /* NULL: as it was */
	char store[sizeof((vst_store_info *) NULL)->store_id];
	int64_t after; /* the last seq that was taken; INT64_MAX: all were read */
	vst_settings *rule_sets[RULE_SETS_KEPT];
	size_t next_rule_set; /* the one that gives way */
	vst_replayed page[PAGE_ROWS];
	size_t count, given;
	vst_arena memory;  /* of the page's codes */
	vst_arena scratch; /* of one decision */
	vst_decision decision;
};

static void drop_page(vst_replay *replay)
{
	replay->count = replay->given = 0;
	vst_arena_reset(&replay->memory);
}

static void drop_rule_sets(vst_replay *replay)
{
	for (size_t i = 0; i < RULE_SETS_KEPT; i++) {
		vst_settings_release(replay->rule_sets[i]);
		replay->rule_sets[i] = NULL;
	}
}

struct opening {
	vst_engine *engine;
	const json_t *rules;
};

/* Over the settings of today: the paths of mistakes are those of settings. */
static vst_rc check_rules(vst_tx *tx, void *context, vst_err *err)
{
	struct opening *o = context;
	vst_settings *current, *compiled = NULL;
	vst_rc rc = vst_engine_current(o->engine, tx, &current, err);

	if (rc == VST_OK) {
		rc = vst_rule_set_over(current, o->rules, &compiled, err);
	}
	vst_settings_release(compiled);
	return rc;
}

vst_rc vst_replay_new(vst_engine *engine, int64_t from, int64_t to, const json_t *rules, vst_replay **out, vst_err *err)
{
	struct opening o = {engine, rules};
	vst_store_info info;
	vst_replay *replay;
	vst_rc rc = vst_store_read(engine->store, check_rules, &o, err);

	if (rc == VST_OK) {
		rc = vst_store_describe(engine->store, &info, err);
	}
	if (rc != VST_OK) {
		return rc;
	}
	replay = calloc(1, sizeof *replay);
	if (replay == NULL) {
		return vst_fail_nomem(err);
	}
	replay->from = from;
	replay->to = to;
	memcpy(replay->store, info.store_id, sizeof replay->store);
	if (json_object_size(rules) > 0) {
		replay->rules = json_deep_copy(rules);
		if (replay->rules == NULL) {
			vst_replay_free(replay);
			return vst_fail_nomem(err);
		}
	}
	*out = replay;
	return VST_OK;
}

void vst_replay_free(vst_replay *replay)
{
	if (replay != NULL) {
		drop_rule_sets(replay);
		json_decref(replay->rules);
		vst_arena_free(&replay->memory);
		vst_arena_free(&replay->scratch);
		free(replay);
	}
}

void vst_replay_rewind(vst_replay *replay)
{
	drop_page(replay);
	replay->after = 0;
}

bool vst_replay_reads(const vst_replay *replay)
{
	return replay->given == replay->count && replay->after != INT64_MAX;
}

/* ---- one decision ---- */

struct page {
	vst_replay *replay;
	vst_engine *engine;
	vst_tx *tx;
	int64_t after;                         /* where the replay goes on once the transaction has ended */
	char wanted_zone[VST_ZONE_NAME_BYTES]; /* "" none */
};

static vst_rc rule_set_of(struct page *p, int64_t version, const vst_settings **out, vst_err *err)
{
	vst_replay *replay = p->replay;
	vst_settings *loaded = NULL;
	vst_settings **place;
	vst_rc rc;

	for (size_t i = 0; i < RULE_SETS_KEPT; i++) {
		if (replay->rule_sets[i] != NULL && replay->rule_sets[i]->version == version) {
			*out = replay->rule_sets[i];
			return VST_OK;
		}
	}
	rc = vst_rule_set_load(p->tx, version, replay->rules, &loaded, err);
	if (rc == VST_OK) {
		place = &replay->rule_sets[replay->next_rule_set++ % RULE_SETS_KEPT];
		vst_settings_release(*place);
		*out = *place = loaded;
	}
	return rc;
}

static vst_rc name_of(struct page *p, int64_t id, vst_str *out, vst_err *err)
{
	*out = VST_STR_EMPTY;
	return id != 0 ? vst_name_text(p->tx, id, &p->replay->scratch, out, err) : VST_OK;
}

static vst_rc know(struct page *p, const vst_message *message, vst_facts_known *known, vst_err *err)
{
	vst_str entity;
	int64_t version = 0;
	vst_rc rc = VST_OK;

	*known = (vst_facts_known) {.message = message};
	if (!vst_facts_settings_version(message->facts, &version)) {
		return vst_fail(err, VST_E_CORRUPT, "the stored facts of a decision cannot be read");
	}
	if ((rc = rule_set_of(p, version, &known->settings, err)) != VST_OK ||
	    (rc = name_of(p, message->entity, &entity, err)) != VST_OK ||
	    (rc = name_of(p, message->sender, &known->sender, err)) != VST_OK ||
	    (rc = name_of(p, message->provider, &known->provider, err)) != VST_OK) {
		return rc;
	}
	known->entity = vst_settings_entity(known->settings, entity);
	return known->entity != NULL ? VST_OK : vst_fail(err, VST_E_CORRUPT, "a decision's entity is not in its rules");
}

static vst_rc read_what_was(vst_replay *replay, const vst_message *message, vst_replayed_decision *out, vst_err *err)
{
	vst_str codes[VST_FINDINGS_MAX];
	vst_str *kept;

	if (!vst_decision_read(message->decision, &out->verdict, codes, &out->code_count)) {
		return vst_fail(err, VST_E_CORRUPT, "a stored decision cannot be read");
	}
	kept = vst_arena_array(&replay->memory, out->code_count + 1, sizeof *kept);
	for (size_t i = 0; kept != NULL && i < out->code_count; i++) {
		kept[i] = vst_arena_copy(&replay->memory, codes[i]);
	}
	out->codes = kept;
	out->code_count = kept != NULL ? out->code_count : 0;
	out->category = message->category;
	out->due = out->verdict == VST_VERDICT_DEFER ? message->due : 0;
	out->segments = message->segments;
	return VST_OK;
}

static void take_what_would_be(vst_replay *replay, vst_replayed_decision *out)
{
	const vst_decision *decision = &replay->decision;
	vst_str *codes = vst_arena_array(&replay->memory, decision->finding_count + 1, sizeof *codes);

	for (size_t i = 0; codes != NULL && i < decision->finding_count; i++) {
		codes[i] = vst_str_from(decision->findings[i].code); /* static */
	}
	*out = (vst_replayed_decision) {
		.verdict = decision->verdict,
		.category = decision->category,
		.codes = codes,
		.code_count = codes != NULL ? decision->finding_count : 0,
		.due = decision->due,
		.segments = decision->segments,
	};
}

static bool differ(const vst_replayed_decision *was, const vst_replayed_decision *would)
{
	if (was->verdict != would->verdict || was->category != would->category || was->due != would->due ||
	    was->segments != would->segments || was->code_count != would->code_count) {
		return true;
	}
	for (size_t i = 0; i < would->code_count; i++) {
		if (!vst_str_equal(was->codes[i], would->codes[i])) {
			return true;
		}
	}
	return false;
}

static vst_rc decide_again(struct page *p, const vst_message *message, const vst_facts_known *known,
                           vst_kept_facts *kept, vst_err *err)
{
	vst_replay *replay = p->replay;
	vst_replayed *out = &replay->page[replay->count];
	vst_rc rc = vst_gate_decide(known->settings->law, &kept->facts, &replay->scratch, &replay->decision, err);

	memset(out, 0, sizeof *out);
	if (rc == VST_OK) {
		rc = read_what_was(replay, message, &out->was, err);
	}
	if (rc != VST_OK) {
		return rc;
	}
	take_what_would_be(replay, &out->would);
	if (replay->memory.failed) {
		return vst_fail_nomem(err);
	}
	out->id = message->id;
	out->created = message->created_ms / 1000;
	out->declared = kept->facts.category;
	out->text_differs = !vst_str_equal(replay->decision.text, message->text);
	out->differs = out->text_differs || differ(&out->was, &out->would);
	replay->count++;
	return VST_OK;
}

static vst_rc visit(void *context, const vst_message *message, bool *stop, vst_err *err)
{
	struct page *p = context;
	const vst_zone *own[VST_FACTS_ZONES_MAX];
	vst_facts_known known;
	vst_kept_facts kept;
	vst_rc rc;

	vst_arena_reset(&p->replay->scratch);
	if ((rc = know(p, message, &known, err)) != VST_OK ||
	    (rc = vst_facts_unpack(p->tx, &known, &p->replay->scratch, &kept, err)) != VST_OK) {
		return rc;
	}
	rc = vst_facts_zones(p->engine->zones, kept.zone_names, own, &kept.facts, p->wanted_zone, err);
	if (rc == VST_E_CANCELLED) {
		*stop = true; /* the page ends before it */
		return VST_OK;
	}
	return rc == VST_OK ? decide_again(p, message, &known, &kept, err) : rc;
}

static vst_rc read_page(vst_tx *tx, void *context, vst_err *err)
{
	struct page *p = context;
	vst_replay *replay = p->replay;

	drop_page(replay);
	p->tx = tx;
	p->wanted_zone[0] = '\0';
	return vst_decision_scan(tx, replay->from, replay->to, replay->after, PAGE_ROWS, visit, p, &p->after, err);
}

static vst_rc check_store(const vst_replay *replay, vst_engine *engine, vst_err *err)
{
	vst_store_info info;
	vst_rc rc = vst_store_describe(engine->store, &info, err);

	if (rc == VST_OK && strcmp(info.store_id, replay->store) != 0) {
		rc = vst_fail(err, VST_E_IO, "the store was replaced while its decisions were replayed");
	}
	return rc;
}

vst_rc vst_replay_next(vst_replay *replay, vst_engine *engine, const vst_replayed **out, vst_err *err)
{
	struct page page = {.replay = replay, .engine = engine};
	vst_rc rc = vst_replay_reads(replay) ? check_store(replay, engine, err) : VST_OK;

	while (rc == VST_OK && vst_replay_reads(replay)) {
		rc = vst_store_read(engine->store, read_page, &page, err);
		if (rc == VST_OK) {
			replay->after = page.after;
		} else {
			drop_page(replay);
		}
		if (rc == VST_OK && page.wanted_zone[0] != '\0') {
			rc = vst_zone_cache_load(engine->zones, page.wanted_zone, err);
		}
	}
	if (rc == VST_OK) {
		*out = replay->given < replay->count ? &replay->page[replay->given++] : NULL;
	}
	return rc;
}
