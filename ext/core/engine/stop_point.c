/* Stop points of the crash test. Not compiled into a build that ships. */
#define _POSIX_C_SOURCE 200809L /* kill */
#include "internal.h"

#ifdef VESTNIK_STOP_POINTS

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/*
 * VESTNIK_STOP_AT=name:n kills this process at its n-th passage of the point. With VESTNIK_STOP_SIGNAL=STOP it is only
 * stopped, until somebody continues it.
 */
void vst_stop_point(const char *name)
{
	static int passed;
	const char *wanted = getenv("VESTNIK_STOP_AT");
	const char *signal_name = getenv("VESTNIK_STOP_SIGNAL");
	size_t len = strlen(name);

	if (wanted != NULL && strncmp(wanted, name, len) == 0 && wanted[len] == ':' && ++passed == atoi(wanted + len + 1)) {
		(void) kill(getpid(), signal_name != NULL && strcmp(signal_name, "STOP") == 0 ? SIGSTOP : SIGKILL);
	}
}

/* So that a test need not wait for a minute and a half. */
int64_t vst_stop_lease_ms(void)
{
	const char *given = getenv("VESTNIK_LEASE_MS");

	return given != NULL && atoi(given) > 0 ? atoi(given) : 90000;
}

#else

typedef int vst_no_stop_points;

#endif
