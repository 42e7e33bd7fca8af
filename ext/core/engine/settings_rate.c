/* senders.<name>.rate: what a sender may hand over to each operator, and to some of them differently (R30). */
#include <stdlib.h>

#include "base/fields.h"
#include "settings.h"

/* What operators are usually said to allow a number: one message a second. An engineering value, not law. */
#define NUMERIC_PER_HOUR 3600
#define OPERATORS_MAX 100

static vst_rc read_rate(const vst_fields *fields, vst_rate *rate, vst_err *err)
{
	vst_rc rc = vst_fields_integer(fields, "per_hour", 1, 3600000, &rate->per_hour, err);

	return rc == VST_OK ? vst_fields_milli(fields, "per_second", 100, 1000000, &rate->per_1000s, err) : rc;
}

/* What is not said of an operator is as it is with all others. */
static vst_rc read_operators(const vst_fields *fields, vst_sender *sender, vst_err *err)
{
	static const char *const keys[] = {"per_hour", "per_second", NULL};
	const json_t *map = NULL;
	char path[VST_PATH_MAX], inner_path[VST_PATH_MAX];
	const char *name;
	json_t *value;
	vst_fields operators;
	vst_rc rc = vst_fields_object(fields, "operators", &map, err);

	if (rc != VST_OK || map == NULL || json_object_size(map) == 0) {
		return rc;
	}
	if (json_object_size(map) > OPERATORS_MAX) {
		return vst_fields_refuse(fields, "operators", err, "too many entries");
	}
	sender->operator_rates = calloc(json_object_size(map), sizeof *sender->operator_rates);
	if (sender->operator_rates == NULL) {
		return vst_fail_nomem(err);
	}
	vst_fields_path(fields, "operators", path);
	operators = vst_fields_settings(map, path);
	json_object_foreach((json_t *) (uintptr_t) map, name, value) {
		vst_operator_rate *rate = &sender->operator_rates[sender->operator_rate_count++];
		vst_fields inner;

		*rate = (vst_operator_rate) {vst_str_from(name), sender->rate};
		vst_fields_path(&operators, name, inner_path);
		inner = vst_fields_settings(value, inner_path);
		if ((rc = vst_fields_known(&inner, keys, err)) != VST_OK ||
		    (rc = read_rate(&inner, &rate->rate, err)) != VST_OK) {
			return rc;
		}
	}
	return VST_OK;
}

vst_rc vst_sender_rate_read(const vst_fields *fields, vst_sender *sender, vst_err *err)
{
	static const char *const keys[] = {"per_hour", "per_second", "operators", NULL};
	const json_t *object = NULL;
	char path[VST_PATH_MAX];
	vst_fields inner;
	vst_rc rc = vst_fields_object(fields, "rate", &object, err);

	sender->rate.per_hour = sender->numeric ? NUMERIC_PER_HOUR : 0;
	if (rc != VST_OK || object == NULL) {
		return rc;
	}
	vst_fields_path(fields, "rate", path);
	inner = vst_fields_settings(object, path);
	if ((rc = vst_fields_known(&inner, keys, err)) != VST_OK ||
	    (rc = read_rate(&inner, &sender->rate, err)) != VST_OK) {
		return rc;
	}
	return read_operators(&inner, sender, err);
}
