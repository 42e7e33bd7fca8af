/* What the files of this room share and nobody else needs. */
#ifndef VST_GATEWAY_PROVIDERS_H
#define VST_GATEWAY_PROVIDERS_H

#include "gateway.h"

extern const vst_provider_class vst_smsru_class;
extern const vst_provider_class vst_sandbox_class;

/* http or https, a host, no password, and nothing after which a path could not be appended. */
bool vst_url_read(const char *text, bool *loopback);
/* The host is 127.0.0.0/8, ::1 or localhost. */
bool vst_url_is_loopback(const char *url);

#endif
