/*
 * Result codes and error detail of the core.
 *
 * A function that can fail returns vst_rc and takes a vst_err as its last parameter (NULL is legal). Results go
 * through out-parameters, which are set only on VST_OK. Expected outcomes (a refusal, a limit, a duplicate, an
 * empty queue) are values, never errors.
 */
#ifndef VST_BASE_RESULT_H
#define VST_BASE_RESULT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define VST_CHECKED __attribute__((warn_unused_result))
#define VST_FORMAT(text, args) __attribute__((format(printf, text, args)))
#else
#define VST_CHECKED
#define VST_FORMAT(text, args)
#endif

typedef enum vst_rc {
	VST_OK = 0,
	VST_E_NOMEM,
	VST_E_IO,       /* disk, lock file, read-only or full store */
	VST_E_BUSY,     /* could not get the store within the wait; retryable */
	VST_E_CORRUPT,  /* what was read contradicts itself */
	VST_E_INVALID,  /* input: becomes a \ValueError */
	VST_E_TYPE,     /* input of a wrong type: becomes a \TypeError */
	VST_E_SETTINGS, /* settings refused; the text begins with the path */
	VST_E_PROTO,    /* a provider answered what its protocol does not allow */
	VST_E_TIMEOUT,
	VST_E_CANCELLED, /* should_stop said so */
	VST_E_DENIED     /* the store belongs to another user, installation or major version */
} vst_rc;

typedef enum vst_domain {
	VST_DOMAIN_CORE = 0,
	VST_DOMAIN_SYSTEM, /* native is errno */
	VST_DOMAIN_STORE,  /* native is the SQL driver's code */
	VST_DOMAIN_HTTP,   /* native is a CURLcode or an HTTP status */
	VST_DOMAIN_JSON
} vst_domain;

/* Fixed size, no heap: usable on the out-of-memory path. The text never holds a phone, a message text or a secret. */
typedef struct vst_err {
	vst_rc rc;
	vst_domain domain;
	long native;
	bool retryable;
	char text[256];
} vst_err;

#define VST_ERR_INIT \
	{ \
		VST_OK, VST_DOMAIN_CORE, 0, false, \
		{ \
			0 \
		} \
	}

/* Records the first error only and returns rc in any case, so that `return vst_fail(err, …)` reads well. */
vst_rc vst_fail(vst_err *err, vst_rc rc, const char *format, ...) VST_FORMAT(3, 4);
vst_rc vst_fail_native(vst_err *err, vst_rc rc, vst_domain domain, long native, const char *format, ...)
	VST_FORMAT(5, 6);
vst_rc vst_fail_nomem(vst_err *err);
void vst_err_clear(vst_err *err);

#endif
