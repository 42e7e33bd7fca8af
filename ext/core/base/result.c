#include "result.h"

#include <stdio.h>
#include <string.h>

static void record(vst_err *err, vst_rc rc, vst_domain domain, long native, const char *format, va_list args)
{
	if (err == NULL || err->rc != VST_OK) {
		return;
	}
	err->rc = rc;
	err->domain = domain;
	err->native = native;
	err->retryable = rc == VST_E_BUSY || rc == VST_E_TIMEOUT || rc == VST_E_CANCELLED;
	(void) vsnprintf(err->text, sizeof err->text, format, args);
}

vst_rc vst_fail(vst_err *err, vst_rc rc, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	record(err, rc, VST_DOMAIN_CORE, 0, format, args);
	va_end(args);
	return rc;
}

vst_rc vst_fail_native(vst_err *err, vst_rc rc, vst_domain domain, long native, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	record(err, rc, domain, native, format, args);
	va_end(args);
	return rc;
}

vst_rc vst_fail_nomem(vst_err *err)
{
	return vst_fail(err, VST_E_NOMEM, "out of memory");
}

void vst_err_clear(vst_err *err)
{
	if (err != NULL) {
		memset(err, 0, sizeof *err);
	}
}
