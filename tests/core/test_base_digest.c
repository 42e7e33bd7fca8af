#include "check.h"

#include "base/digest.h"

static void assert_digest(const unsigned char *digest, const char *hex)
{
	char text[2 * VST_SHA256_LEN + 1];

	vst_hex(digest, VST_SHA256_LEN, text);
	assert_string_equal(text, hex);
}

/* FIPS 180-4 examples of NIST */
static void sha256_of_known_texts(void **state)
{
	static const struct {
		const char *text, *hex;
	} cases[] = {
		{"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
		{"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
		{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
	};
	unsigned char digest[VST_SHA256_LEN];

	(void) state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		vst_str part = vst_str_from(cases[i].text);

		assert_int_equal(vst_sha256_parts(&part, 1, digest, NULL), VST_OK);
		assert_digest(digest, cases[i].hex);
	}
	assert_int_equal(vst_sha256_parts(NULL, 0, digest, NULL), VST_OK);
	assert_digest(digest, cases[0].hex);
}

static void parts_are_one_text(void **state)
{
	const vst_str whole = VST_STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq");
	unsigned char digest[VST_SHA256_LEN];

	(void) state;
	for (size_t cut = 0; cut <= whole.len; cut++) {
		vst_str parts[] = {{whole.ptr, cut}, VST_STR_EMPTY, {whole.ptr + cut, whole.len - cut}};

		assert_int_equal(vst_sha256_parts(parts, COUNT_OF(parts), digest, NULL), VST_OK);
		assert_digest(digest, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	}
}

/* RFC 4231, cases 1, 2, 6; and no key at all */
static void hmac_of_known_texts(void **state)
{
	char key_0b[20], key_aa[131];
	const struct {
		vst_str key, data;
		const char *hex;
	} cases[] = {
		{{key_0b, sizeof key_0b},
	     VST_STR("Hi There"),
	     "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
		{VST_STR("Jefe"), VST_STR("what do ya want for nothing?"),
	     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
		{{key_aa, sizeof key_aa},
	     VST_STR("Test Using Larger Than Block-Size Key - Hash Key First"),
	     "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
		{VST_STR_EMPTY, VST_STR_EMPTY, "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"},
	};
	unsigned char digest[VST_SHA256_LEN];

	(void) state;
	memset(key_0b, 0x0b, sizeof key_0b);
	memset(key_aa, 0xaa, sizeof key_aa);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(vst_hmac_sha256(cases[i].key, cases[i].data, digest, NULL), VST_OK);
		assert_digest(digest, cases[i].hex);
	}
}

static void hex_of_all_bytes(void **state)
{
	unsigned char bytes[256];
	char text[513];

	(void) state;
	for (size_t i = 0; i < sizeof bytes; i++) {
		bytes[i] = (unsigned char) i;
	}
	vst_hex(bytes, sizeof bytes, text);
	assert_int_equal(strlen(text), 512);
	assert_memory_equal(text, "000102", 6);
	assert_string_equal(text + 506, "fdfeff");
	vst_hex(bytes, 0, text);
	assert_string_equal(text, "");
}

static void secrets_are_equal_only_as_a_whole(void **state)
{
	(void) state;
	assert_true(vst_equal_secret(VST_STR("a\0b"), VST_STR("a\0b")));
	assert_true(vst_equal_secret(VST_STR_EMPTY, VST_STR_EMPTY));
	assert_false(vst_equal_secret(VST_STR("a\0b"), VST_STR("a\0c")));
	assert_false(vst_equal_secret(VST_STR("abc"), VST_STR("abcd")));
	assert_false(vst_equal_secret(VST_STR("abc"), VST_STR("Abc")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sha256_of_known_texts),
		cmocka_unit_test(parts_are_one_text),
		cmocka_unit_test(hmac_of_known_texts),
		cmocka_unit_test(hex_of_all_bytes),
		cmocka_unit_test(secrets_are_equal_only_as_a_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
