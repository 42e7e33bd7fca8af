#include "dsn.h"

static vst_rc clock_option(vst_str value, vst_dsn *out, vst_err *err)
{
	if (vst_str_is(value, "manual")) {
		out->clock = VST_CLOCK_MANUAL;
	} else if (vst_str_is(value, "system")) {
		out->clock = VST_CLOCK_SYSTEM;
	} else {
		return vst_fail(err, VST_E_INVALID, "store: option \"clock\" is \"manual\" or \"system\"");
	}
	return VST_OK;
}

static const struct {
	const char *name;
	vst_rc (*set)(vst_str value, vst_dsn *out, vst_err *err);
} options[] = {
	{"clock", clock_option},
};

static vst_rc parse_option(vst_str text, vst_dsn *out, vst_err *err)
{
	const char *equals = memchr(text.ptr, '=', text.len);
	vst_str name = vst_str_of(text.ptr, equals != NULL ? (size_t) (equals - text.ptr) : text.len);

	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		if (vst_str_is(name, options[i].name)) {
			if (equals == NULL || name.len + 1 == text.len) {
				return vst_fail(err, VST_E_INVALID,
				                "store: option \"%s\" has no value (quote a DSN with options in php.ini and with -d)",
				                options[i].name);
			}
			return options[i].set(vst_str_of(equals + 1, text.len - name.len - 1), out, err);
		}
	}
	return vst_fail(err, VST_E_INVALID, "store: unknown option \"%.*s\"", (int) (name.len < 64 ? name.len : 64),
	                name.ptr);
}

vst_rc vst_dsn_parse(vst_str text, vst_dsn *out, vst_err *err)
{
	vst_str scheme = VST_STR("sqlite:");
	vst_dsn dsn = {VST_STR_EMPTY, VST_CLOCK_SYSTEM};
	vst_str rest;
	const char *question;

	if (memchr(text.ptr, '\0', text.len) != NULL) {
		return vst_fail(err, VST_E_INVALID, "store: the DSN has a NUL byte");
	}
	if (!vst_str_starts(text, scheme)) {
		return vst_fail(err, VST_E_INVALID, "store: expected a DSN like sqlite:/var/lib/vestnik/store.db");
	}
	rest = vst_str_of(text.ptr + scheme.len, text.len - scheme.len);
	question = memchr(rest.ptr, '?', rest.len);
	dsn.path = vst_str_of(rest.ptr, question != NULL ? (size_t) (question - rest.ptr) : rest.len);
	if (dsn.path.len == 0 || dsn.path.ptr[0] != '/' || dsn.path.ptr[dsn.path.len - 1] == '/') {
		return vst_fail(err, VST_E_INVALID, "store: the path of the DSN must be absolute and name a file");
	}
	if (dsn.path.len > VST_PATH_LIMIT) {
		return vst_fail(err, VST_E_INVALID, "store: the path of the DSN is longer than %d bytes", VST_PATH_LIMIT);
	}
	while (question != NULL) {
		const char *from = question + 1;
		const char *end = text.ptr + text.len;
		const char *next = memchr(from, '&', (size_t) (end - from));
		vst_rc rc = parse_option(vst_str_of(from, (size_t) ((next != NULL ? next : end) - from)), &dsn, err);

		if (rc != VST_OK) {
			return rc;
		}
		question = next;
	}
	*out = dsn;
	return VST_OK;
}

bool vst_store_dsn_valid(vst_str dsn, vst_err *err)
{
	vst_dsn parsed;

	return vst_dsn_parse(dsn, &parsed, err) == VST_OK;
}
