/* One look at everything: store, queue, providers, workers, and what a person should do. */
#include "health.h"

#include <stdio.h>

#include "balance.h"
#include "base/digest.h"
#include "breaker.h"
#include "json.h"
#include "limiter.h"
#include "sender_limit.h"

static const char *provider_state(const vst_breaker *breaker, int64_t now)
{
	if (breaker->failures == 0) {
		return "ok";
	}
	if (breaker->until <= now) {
		return "failing"; /* may be tried */
	}
	return vst_breaker_cause_name(breaker->cause);
}

static vst_rc show_provider(vst_health *h, vst_tx *tx, const vst_provider *provider, json_t **out, vst_err *err)
{
	vst_breaker breaker;
	json_t *balance = NULL;
	vst_json json;
	vst_rc rc = vst_breaker_get(tx, vst_provider_name(provider), &breaker, err);

	if (rc == VST_OK) {
		rc = vst_balance_get(tx, provider, &h->memory, &balance, err);
	}
	if (rc != VST_OK) {
		return rc;
	}
	if (breaker.failures > 0 && breaker.until > h->now) {
		h->provider_stopped = h->provider_stopped || breaker.cause == VST_BREAKER_MISCONFIGURED;
		h->provider_unreachable = h->provider_unreachable || breaker.cause == VST_BREAKER_UNREACHABLE;
	}
	vst_json_begin(&json);
	vst_json_set_name(&json, "state", provider_state(&breaker, h->now));
	vst_json_set_instant(&json, "since", breaker.failures > 0 ? breaker.since : 0);
	vst_json_set_instant(&json, "until", breaker.until > h->now ? breaker.until : 0);
	vst_json_set_integer(&json, "failures", breaker.failures);
	vst_json_set_name(&json, "code", breaker.code);
	vst_json_set(&json, "balance", balance != NULL ? balance : json_null());
	return vst_json_end(&json, out, err);
}

/* Milliseconds until the provider's limit lets one more message go; NULL in *out without a limit. */
static vst_rc show_limit(vst_tx *tx, const char *name, const vst_provider *provider, json_t **out, vst_err *err)
{
	vst_limit limit = vst_limit_of_rate(vst_provider_rate_per_1000s(provider));
	int64_t now_us = vst_tx_now_ms(tx) * 1000, arrival_us = 0;
	vst_rc rc;

	*out = NULL;
	if (limit.spacing_us == 0) {
		return VST_OK;
	}
	rc = vst_limit_get(tx, vst_str_from(name), &arrival_us, err);
	if (rc == VST_OK) {
		*out = json_integer((vst_limit_next_us(limit, arrival_us, now_us) - now_us + 999) / 1000);
		rc = *out != NULL ? VST_OK : vst_fail_nomem(err);
	}
	return rc;
}

static vst_rc show_sender_limit(void *context, const char *name, int64_t wait_ms, vst_err *err)
{
	(void) err;
	vst_json_set_integer(context, name, wait_ms);
	return VST_OK;
}

/* Into the section `limits`, beside those of the providers. */
static vst_rc read_sender_limits(vst_health *h, vst_tx *tx, const vst_settings *settings, vst_err *err)
{
	vst_json limits = {h->limits, false};
	vst_rc rc = VST_OK;

	for (size_t i = 0; rc == VST_OK && i < settings->sender_count; i++) {
		const vst_sender *sender = &settings->senders[i];

		if (sender->rate.per_hour > 0 || sender->rate.per_1000s > 0 || sender->operator_rate_count > 0) {
			rc = vst_sender_limits_show(tx, sender, vst_numbering_plan_seen(h->engine->options.numbering),
			                            show_sender_limit, &limits, err);
		}
	}
	return rc == VST_OK && limits.failed ? vst_fail_nomem(err) : rc;
}

static vst_rc read_providers(vst_health *h, vst_tx *tx, const vst_settings *settings, vst_err *err)
{
	vst_json providers, limits;
	json_t *item;
	vst_rc rc = VST_OK;

	vst_json_begin(&providers);
	vst_json_begin(&limits);
	for (size_t i = 0; rc == VST_OK && i < settings->provider_count; i++) {
		const vst_provider *provider = settings->providers[i];
		char name[96];

		/* The limit has the fact's name; a provider's name has at most 64 bytes. */
		(void) snprintf(name, sizeof name, "provider:%.*s", VST_STR_ARGS(vst_provider_name(provider)));
		rc = show_provider(h, tx, provider, &item, err);
		if (rc == VST_OK) {
			vst_json_set(&providers, name + sizeof "provider:" - 1, item);
			rc = show_limit(tx, name, provider, &item, err);
		}
		if (rc == VST_OK && item != NULL) {
			vst_json_set(&limits, name, item);
		}
	}
	if (rc != VST_OK) {
		vst_json_drop(&providers);
		vst_json_drop(&limits);
		return rc;
	}
	rc = vst_json_end(&providers, &h->providers, err);
	if (rc != VST_OK) {
		vst_json_drop(&limits);
		return rc;
	}
	return vst_json_end(&limits, &h->limits, err);
}

static vst_rc read_ledger(vst_health *h, vst_tx *tx, vst_err *err)
{
	unsigned char hash[VST_SHA256_LEN] = {0};
	char text[2 * VST_SHA256_LEN + 1];
	int64_t number = 0;
	vst_json json;
	vst_rc rc = vst_ledger_head(tx, &number, hash, err);

	if (rc != VST_OK) {
		return rc;
	}
	vst_hex(hash, sizeof hash, text);
	vst_json_begin(&json);
	vst_json_set_integer(&json, "events", number);
	vst_json_set_name(&json, "head", number > 0 ? text : "");
	return vst_json_end(&json, &h->ledger, err);
}

static vst_rc read_events(vst_health *h, vst_tx *tx, vst_err *err)
{
	int64_t oldest = 0, newest = 0;
	vst_json json;
	vst_rc rc = vst_event_range(tx, &oldest, &newest, err);

	if (rc != VST_OK) {
		return rc;
	}
	vst_json_begin(&json);
	vst_json_set_integer(&json, "oldest", oldest);
	vst_json_set_integer(&json, "newest", newest);
	return vst_json_end(&json, &h->events, err);
}

static void read_settings(vst_health *h, const vst_settings *settings)
{
	h->entity_count = settings->entity_count;
	h->provider_count = settings->provider_count;
	for (size_t i = 0; i < settings->provider_count; i++) {
		if (!vst_provider_is_sandbox(settings->providers[i])) {
			h->unmet_duties = vst_law_unmet_duties(settings->law);
		}
	}
	h->sender_count = settings->sender_count;
	for (size_t i = 0; i < settings->entity_count; i++) {
		h->entities_without_opt_out_number += settings->entities[i].opt_out_number.len == 0;
	}
}

static void drop_sections(vst_health *h)
{
	json_t **const sections[] = {&h->queue, &h->in_flight, &h->providers, &h->limits, &h->ledger, &h->events};

	for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
		json_decref(*sections[i]);
		*sections[i] = NULL;
	}
}

static vst_rc look(vst_tx *tx, void *context, vst_err *err)
{
	vst_health *h = context;
	vst_settings *settings;
	vst_rc rc = vst_engine_current(h->engine, tx, &settings, err);

	if (rc != VST_OK) {
		return rc;
	}
	/* From the start again, should the transaction have been run before. */
	drop_sections(h);
	vst_arena_reset(&h->memory);
	h->due = h->in_doubt = 0;
	h->provider_stopped = h->provider_unreachable = false;
	h->entities_without_opt_out_number = 0;
	h->unmet_duties = 0;
	h->now = vst_tx_now(tx);
	h->settings_version = vst_tx_settings_version(tx);
	read_settings(h, settings);
	if ((rc = vst_health_queue(h, tx, err)) != VST_OK || (rc = read_providers(h, tx, settings, err)) != VST_OK ||
	    (rc = read_sender_limits(h, tx, settings, err)) != VST_OK || (rc = read_ledger(h, tx, err)) != VST_OK ||
	    (rc = read_events(h, tx, err)) != VST_OK) {
		return rc;
	}
	return vst_heartbeat_list(tx, &h->memory, &h->workers, &h->worker_count, err);
}

static json_t *show_worker(vst_health *h, const vst_heartbeat *worker)
{
	bool alive = vst_worker_alive(h->engine->store, worker->slot);
	vst_json json;

	h->alive += alive;
	h->of_another_store += alive && worker->inode != h->store.inode;
	h->of_another_version += alive && !vst_str_is(worker->version, VST_VERSION);
	vst_json_begin(&json);
	vst_json_set_integer(&json, "slot", worker->slot);
	vst_json_set_integer(&json, "pid", worker->pid);
	vst_json_set_text(&json, "host", worker->host);
	vst_json_set_text(&json, "user", worker->user);
	vst_json_set_text(&json, "version", worker->version);
	vst_json_set_text(&json, "ini", worker->ini);
	vst_json_set_instant(&json, "started", worker->started);
	vst_json_set_instant(&json, "seen", worker->seen);
	vst_json_set_bool(&json, "alive", alive);
	vst_json_set_integer(&json, "inode", worker->inode);
	if (json.failed) {
		vst_json_drop(&json);
	}
	return json.object;
}

static vst_rc show_workers(vst_health *h, json_t **out, vst_err *err)
{
	json_t *list = json_array();

	for (size_t i = 0; i < h->worker_count; i++) {
		if (json_array_append_new(list, show_worker(h, &h->workers[i])) != 0) {
			json_decref(list);
			return vst_fail_nomem(err);
		}
	}
	*out = list;
	return list != NULL ? VST_OK : vst_fail_nomem(err);
}

static json_t *show_store(const vst_store_info *store)
{
	static const char *const words[] = {
		[VST_HOLD_NONE] = "",
		[VST_HOLD_MOVED] = "moved",
		[VST_HOLD_COPY] = "copy",
	};
	char schema[32];
	vst_json json;

	(void) snprintf(schema, sizeof schema, "%d.%d", store->schema_major, store->schema_minor);
	vst_json_begin(&json);
	vst_json_set_name(&json, "path", store->path);
	vst_json_set_name(&json, "store_id", store->store_id);
	vst_json_set_name(&json, "driver", store->driver);
	vst_json_set_name(&json, "driver_version", store->driver_version);
	vst_json_set_name(&json, "schema", schema);
	vst_json_set_name(&json, "clock", store->clock == VST_CLOCK_MANUAL ? "manual" : "system");
	vst_json_set_name(&json, "hold", words[store->hold]);
	vst_json_set_name(&json, "hold_reason", store->hold_reason);
	vst_json_set_integer(&json, "file_bytes", store->file_bytes);
	vst_json_set_integer(&json, "log_bytes", store->log_bytes);
	vst_json_set_bool(&json, "bound", store->bound);
	if (json.failed) {
		vst_json_drop(&json);
	}
	return json.object;
}

static json_t *show_numbering(const vst_health *h)
{
	const vst_numbering *numbering = h->numbering;
	vst_json json;

	vst_json_begin(&json);
	vst_json_set_name(&json, "state", numbering != NULL ? "ready" : h->numbering_broken ? "broken" : "absent");
	vst_json_set_instant(&json, "imported", numbering != NULL ? numbering->imported : 0);
	vst_json_set_integer(&json, "ranges", numbering != NULL ? numbering->ranges : 0);
	vst_json_set_integer(&json, "numbers", numbering != NULL ? numbering->numbers : 0);
	if (json.failed) {
		vst_json_drop(&json);
	}
	return json.object;
}

static void look_at_numbering(vst_health *h)
{
	vst_numbering_plan *plan = h->engine->options.numbering;

	if (plan != NULL) {
		h->numbering = vst_numbering_plan_current(plan);
		h->numbering_broken = vst_numbering_plan_problem(plan)[0] != '\0';
	}
}

static vst_rc show(vst_health *h, json_t **out, vst_err *err)
{
	json_t *workers = NULL, *problems = NULL;
	vst_json json;
	vst_rc rc;

	if ((rc = show_workers(h, &workers, err)) != VST_OK || (rc = vst_health_problems(h, &problems, err)) != VST_OK) {
		json_decref(workers);
		return rc;
	}
	vst_json_begin(&json);
	vst_json_set_name(&json, "version", VST_VERSION);
	vst_json_set_integer(&json, "now", h->now);
	vst_json_set(&json, "store", show_store(&h->store));
	vst_json_set_integer(&json, "settings_version", h->settings_version);
	vst_json_set(&json, "queue", json_incref(h->queue));
	vst_json_set(&json, "in_flight", json_incref(h->in_flight));
	vst_json_set_integer(&json, "in_doubt", h->in_doubt);
	vst_json_set(&json, "providers", json_incref(h->providers));
	vst_json_set(&json, "limits", json_incref(h->limits));
	vst_json_set(&json, "ledger", json_incref(h->ledger));
	vst_json_set(&json, "events", json_incref(h->events));
	vst_json_set(&json, "numbering", show_numbering(h));
	vst_json_set(&json, "workers", workers);
	vst_json_set(&json, "problems", problems);
	return vst_json_end(&json, out, err);
}

vst_rc vst_engine_health(vst_engine *engine, json_t **out, vst_err *err)
{
	vst_health health = {.engine = engine};
	vst_rc rc = vst_store_describe(engine->store, &health.store, err);

	look_at_numbering(&health);
	if (rc == VST_OK) {
		rc = vst_store_read(engine->store, look, &health, err);
	}
	if (rc == VST_OK) {
		rc = show(&health, out, err);
	}
	drop_sections(&health);
	vst_arena_free(&health.memory);
	return rc;
}
