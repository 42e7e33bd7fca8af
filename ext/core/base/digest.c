#include "digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

vst_rc vst_sha256_parts(const vst_str *parts, size_t count, unsigned char out[VST_SHA256_LEN], vst_err *err)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool good = context != NULL && EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1;

	for (size_t i = 0; good && i < count; i++) {
		good = EVP_DigestUpdate(context, parts[i].ptr, parts[i].len) == 1;
	}
	good = good && EVP_DigestFinal_ex(context, out, NULL) == 1;
	EVP_MD_CTX_free(context);
	return good ? VST_OK : vst_fail(err, VST_E_NOMEM, "SHA-256 is not available");
}

vst_rc vst_hmac_sha256(vst_str key, vst_str data, unsigned char out[VST_SHA256_LEN], vst_err *err)
{
	unsigned int len = VST_SHA256_LEN;

	if (key.len > INT32_MAX ||
	    HMAC(EVP_sha256(), key.ptr, (int) key.len, (const unsigned char *) data.ptr, data.len, out, &len) == NULL) {
		return vst_fail(err, VST_E_NOMEM, "HMAC-SHA-256 is not available");
	}
	return VST_OK;
}

void vst_hex(const unsigned char *bytes, size_t count, char *out)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < count; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
	out[2 * count] = '\0';
}

bool vst_equal_secret(vst_str a, vst_str b)
{
	return a.len == b.len && CRYPTO_memcmp(a.ptr, b.ptr, a.len) == 0;
}
