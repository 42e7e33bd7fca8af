/* What happens when memory runs out in the middle: an error, nothing half-written, nothing leaked. */
#include "allocation.h"
#include "records_fixture.h"

#define PHONE VST_STR("+79990000001")
#define PHONE_NUMBER INT64_C(79990000001)

typedef vst_rc (*call)(records *r, const json_t *given, json_t **out, vst_err *err);

static vst_rc grant(records *r, const json_t *given, json_t **out, vst_err *err)
{
	return vst_engine_consent_grant(r->engine, PHONE, given, out, err);
}

static vst_rc withdraw(records *r, const json_t *given, json_t **out, vst_err *err)
{
	return vst_engine_consent_withdraw(r->engine, PHONE, given, out, err);
}

static vst_rc add_stop(records *r, const json_t *given, json_t **out, vst_err *err)
{
	return vst_engine_stop_add(r->engine, PHONE, given, out, err);
}

static vst_rc list_stops(records *r, const json_t *given, json_t **out, vst_err *err)
{
	return vst_engine_stop_list(r->engine, given, 10, VST_STR_EMPTY, out, err);
}

static vst_rc list_messages(records *r, const json_t *given, json_t **out, vst_err *err)
{
	return vst_engine_message_list(r->engine, given, 10, VST_STR_EMPTY, out, err);
}

static vst_rc put_document(records *r, const json_t *given, json_t **out, vst_err *err)
{
	int64_t version;

	(void) out;
	return vst_engine_document_put(r->engine, VST_STR("k"), VST_STR("i"), given, -1, &version, err);
}

static vst_rc list_documents(records *r, const json_t *given, json_t **out, vst_err *err)
{
	return vst_engine_document_list(r->engine, given, 10, VST_STR_EMPTY, out, err);
}

static vst_rc read_events(records *r, const json_t *given, json_t **out, vst_err *err)
{
	(void) given;
	return vst_engine_events(r->engine, 0, 10, out, err);
}

static vst_rc cancel(records *r, const json_t *given, json_t **out, vst_err *err)
{
	int64_t changed;

	(void) out;
	return vst_engine_cancel(r->engine, given, &changed, err);
}

static vst_rc health(records *r, const json_t *given, json_t **out, vst_err *err)
{
	(void) given;
	return vst_engine_health(r->engine, out, err);
}

static const struct {
	const char *name;
	call call;
	const char *given;
	bool writes;
} calls[] = {
	{"grant", grant, "{'source': 'paper', 'wording': 'w', 'confirmed_by': 'code'}", true},
	{"withdraw", withdraw, "{'scope': 'all'}", true},
	{"add a stop", add_stop, "{'kind': 'complaint', 'scope': 'all'}", true},
	{"put a document", put_document, "{'a': 1}", true},
	{"cancel", cancel, "{'order': 1234}", true},
	{"list stops", list_stops, "{}", false},
	{"list messages", list_messages, "{'order': 1234}", false},
	{"list documents", list_documents, "{}", false},
	{"read events", read_events, "{}", false},
	{"health", health, "{}", false},
};

static void fill(records *r)
{
	static const vst_category categories[] = {VST_ADVERTISING, VST_SERVICE, VST_AUTHENTICATION};
	json_t *reason = json_of("{'reason': 'x'}"), *document = json_of("{'b': 2}"), *out = NULL;
	int64_t version;

	for (size_t i = 0; i < COUNT_OF(categories); i++) {
		records_message m = {.phone = PHONE_NUMBER, .category = categories[i], .state = VST_QUEUED, .order = "1234",
		                     .due = RECORDS_START, .counts = i == 0 ? VST_CHARGE_ADVERTISING : VST_CHARGE_NONE, .tags = "[\"t\"]"};

		(void) records_put(r, &m);
	}
	assert_int_equal(vst_engine_stop_add(r->engine, VST_STR("+79990000002"), reason, &out, NULL), VST_OK);
	assert_int_equal(vst_engine_document_put(r->engine, VST_STR("k"), VST_STR("o"), document, -1, &version, NULL), VST_OK);
	json_decref(reason);
	json_decref(document);
	json_decref(out);
}

/* Everything that a caller can see of the store. */
static json_t *snapshot(records *r)
{
	json_t *all = json_array(), *part = NULL, *empty = json_object();

	for (size_t i = 0; i < COUNT_OF(calls); i++) {
		if (!calls[i].writes && calls[i].call != health) {
			assert_int_equal(calls[i].call(r, empty, &part, NULL), VST_OK);
			assert_int_equal(json_array_append_new(all, part), 0);
		}
	}
	(void) json_array_append_new(all, json_integer(records_ledger(r)));
	json_decref(empty);
	return all;
}

static void each_failed_allocation_leaves_all_or_nothing(void **state)
{
	(void) state;
	for (size_t i = 0; i < COUNT_OF(calls); i++) {
		json_t *given = json_of(calls[i].given), *before, *after, *out;
		unsigned long nth = 0, tries, failures = 0;
		bool written = false;
		vst_rc rc = VST_E_NOMEM;
		void *fresh = NULL;

		records_case(calls[i].name);
		(void) records_open(&fresh);
		fill(fresh);
		before = snapshot(fresh);
		do {
			vst_err err = VST_ERR_INIT;

			out = NULL;
			fail_allocation(++nth);
			rc = calls[i].call(fresh, given, &out, &err);
			tries = allocation_count();
			fail_allocation(0);
			assert_true(rc == VST_OK || rc == VST_E_NOMEM);
			after = snapshot(fresh);
			if (rc != VST_OK) {
				assert_null(out);
				assert_true(json_equal(before, after));
				failures++;
			}
			written = written || !json_equal(before, after);
			/* A call may do without an allocation (a cache that is not filled), so a success need not be the last. */
			json_decref(before);
			before = after;
			json_decref(out);
			assert_true(nth < 10000);
		} while (tries >= nth);
		assert_int_equal(rc, VST_OK);
		assert_true(failures > 0);
		assert_int_equal(written, calls[i].writes);
		json_decref(before);
		json_decref(given);
		(void) records_close(&fresh);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_failed_allocation_leaves_all_or_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
