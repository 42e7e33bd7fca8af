/* Providers and requests for the tests of the gateway room. */
#ifndef VST_TESTS_GATEWAY_FIXTURE_H
#define VST_TESTS_GATEWAY_FIXTURE_H

#include "gateway/gateway.h"

#define TEST_API_ID "00000000-0000-0000-0000-000000000000"

/* Of settings as JSON text, resolved; fails the test when they are refused. */
vst_provider *provider_of(const char *name, const char *settings);
vst_provider *test_smsru(void); /* with TEST_API_ID */
const char *outcome_kind_name(vst_outcome_kind kind);
/* The value of a form body's field, "" when absent; fails the test when it comes twice. */
vst_str form_value(vst_arena *arena, vst_str body, const char *name);
size_t form_count(vst_arena *arena, vst_str body);

#endif
