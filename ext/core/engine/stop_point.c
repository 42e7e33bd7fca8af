/* Stop points of the crash test. Not compiled into a build that ships. */
#include "internal.h"

#ifdef VESTNIK_STOP_POINTS

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* VESTNIK_STOP_AT=name:n kills at the n-th passage of the point in this process. */
void vst_stop_point(const char *name)
{
	static int passed;
	const char *wanted = getenv("VESTNIK_STOP_AT");
	size_t len = strlen(name);

	if (wanted != NULL && strncmp(wanted, name, len) == 0 && wanted[len] == ':' && ++passed >= atoi(wanted + len + 1)) {
		(void) kill(getpid(), SIGKILL);
	}
}

#else

typedef int vst_no_stop_points;

#endif
