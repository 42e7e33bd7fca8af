/* SMS.ru: balance and stop list. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "form.h"
#include "smsru.h"

vst_rc vst_smsru_build_query(const vst_provider *provider, int what, vst_str argument, vst_request *out, vst_err *err)
{
	static const char *const paths[] = {
		[VST_QUERY_BALANCE] = "/my/balance",
		[VST_QUERY_STOP_LIST] = "/stoplist/get",
		[VST_QUERY_STOP_ADD] = "/stoplist/add",
		[VST_QUERY_STOP_REMOVE] = "/stoplist/del",
	};
	bool takes_phone = what == VST_QUERY_STOP_ADD || what == VST_QUERY_STOP_REMOVE;
	int64_t phone;
	vst_rc rc;

	if (what < 0 || (size_t) what >= sizeof paths / sizeof paths[0]) {
		return vst_fail(err, VST_E_INVALID, "smsru: unknown query");
	}
	if (takes_phone && (!vst_smsru_integer_text(argument, &phone) || phone <= 0)) {
		return vst_fail(err, VST_E_INVALID, "smsru: expected the digits of a phone");
	}
	rc = vst_smsru_begin(provider, paths[what], out, err);
	if (rc != VST_OK) {
		return rc;
	}
	if (takes_phone) {
		vst_form_add(&out->body, VST_STR("stoplist_phone"), argument);
	}
	if (what == VST_QUERY_STOP_ADD) {
		vst_form_add(&out->body, VST_STR("stoplist_text"), VST_STR("opt-out"));
	}
	return vst_smsru_end(out, err);
}

/* "122.56" of a number or a text. Own digits, since printf would follow the locale; at least two decimals. */
static bool money_text(const json_t *value, char out[32])
{
	if (json_is_number(value)) {
		double number = json_number_value(value);
		int64_t units;
		int len;

		if (!(fabs(number) < 1e12)) {
			return false;
		}
		units = (int64_t) llround(number * 10000);
		len = snprintf(out, 32, "%s%" PRId64 ".%04" PRId64, units < 0 ? "-" : "", (units < 0 ? -units : units) / 10000,
		               (units < 0 ? -units : units) % 10000);
		for (int cut = 0; cut < 2 && out[len - 1] == '0'; cut++) {
			out[--len] = '\0';
		}
		return true;
	}
	if (json_is_string(value)) {
		size_t len = json_string_length(value);

		if (len == 0 || len > 20 || strspn(json_string_value(value), "-.0123456789") != len) {
			return false;
		}
		(void) snprintf(out, 32, "%s", json_string_value(value));
		return true;
	}
	return false;
}

static json_t *make_balance(const json_t *root)
{
	char text[32];

	return money_text(json_object_get(root, "balance"), text) ? json_pack("{ssss}", "balance", text, "currency", "RUB")
	                                                          : NULL;
}

/* {phone: comment}; an empty list may come as an array or not at all. */
static json_t *make_stop_list(const json_t *root)
{
	json_t *list = json_object_get(root, "stoplist"), *phones = json_array(), *comment;
	const char *phone;

	if (list != NULL && !json_is_object(list) && !json_is_null(list) && json_array_size(list) > 0) {
		json_decref(phones);
		return NULL;
	}
	json_object_foreach(list, phone, comment) {
		const char *words = json_is_string(comment) ? json_string_value(comment) : "";
		const char *digits = phone[0] == '+' ? phone + 1 : phone;
		json_t *item = json_pack("{ss+ss}", "phone", "+", digits, "comment", words);

		if (item == NULL || json_array_append_new(phones, item) != 0) {
			json_decref(phones);
			return NULL;
		}
	}
	return json_pack("{so}", "phones", phones);
}

static vst_rc refuse(vst_err *err, int64_t code, bool retryable, const char *words)
{
	bool first = err != NULL && err->rc == VST_OK;
	vst_rc rc = vst_fail_native(err, VST_E_PROTO, VST_DOMAIN_HTTP, (long) code, "smsru: %s", words);

	if (first) {
		err->retryable = retryable;
	}
	return rc;
}

vst_rc vst_smsru_read_query(const vst_provider *provider, int what, const vst_reply *reply, json_t **out, vst_err *err)
{
	json_t *root = vst_smsru_reply_object(reply), *result = NULL;
	int64_t code = 0;
	vst_rc rc = VST_OK;

	(void) provider;
	if (!vst_smsru_integer(json_object_get(root, "status_code"), &code)) {
		rc = refuse(err, reply->status, true, "the answer cannot be read");
	} else if (code != 100) {
		vst_smsru_code row = vst_smsru_code_find(code);

		rc = refuse(err, code, row.send == VST_OUTCOME_RETRY || row.send == VST_OUTCOME_UNSURE, row.reason);
	} else {
		result = what == VST_QUERY_BALANCE     ? make_balance(root)
		         : what == VST_QUERY_STOP_LIST ? make_stop_list(root)
		                                       : json_object();
		rc = result != NULL ? VST_OK : refuse(err, reply->status, true, "the answer cannot be read");
	}
	json_decref(root);
	if (rc == VST_OK) {
		*out = result;
	}
	return rc;
}
