/* Hashes, by OpenSSL's libcrypto. */
#ifndef VST_BASE_DIGEST_H
#define VST_BASE_DIGEST_H

#include "result.h"
#include "str.h"

#define VST_SHA256_LEN 32

/* One-shot over the parts in order. */
vst_rc vst_sha256_parts(const vst_str *parts, size_t count, unsigned char out[VST_SHA256_LEN], vst_err *err)
	VST_CHECKED;
vst_rc vst_hmac_sha256(vst_str key, vst_str data, unsigned char out[VST_SHA256_LEN], vst_err *err) VST_CHECKED;
void vst_hex(const unsigned char *bytes, size_t count, char *out); /* 2 * count + 1 bytes, lower case */
/* Constant time for equal lengths; the length itself is not hidden. */
bool vst_equal_secret(vst_str a, vst_str b);

#endif
