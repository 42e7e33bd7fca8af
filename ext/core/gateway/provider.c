#define _GNU_SOURCE /* O_CLOEXEC, strdup */
#include "gateway.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fields.h"
#include "providers.h"

#define KEYS_MAX 12
#define COUNTRIES_MAX 32
#define URL_MAX_LEN 1024
#define SECRET_FILE_MAX 4096

typedef struct setting {
	const vst_provider_key *key;
	char *given; /* as in the settings: of a secret perhaps a reference */
	char *value; /* NULL: absent, or a secret not resolved yet */
} setting;

struct vst_provider {
	const vst_provider_class *class;
	char name[40], path[VST_PATH_MAX];
	char *url;
	bool loopback;
	int64_t rate_per_1000s, timeout_ms, connect_timeout_ms, batch;
	char country_codes[COUNTRIES_MAX][3];
	const char *countries[COUNTRIES_MAX + 1];
	setting settings[KEYS_MAX];
	size_t setting_count;
};

static const vst_provider_class *const classes[] = {&vst_smsru_class, &vst_sandbox_class, NULL};

const vst_provider_class *const *vst_provider_classes(void)
{
	return classes;
}

const vst_provider_class *vst_provider_class_find(vst_str name)
{
	for (size_t i = 0; classes[i] != NULL; i++) {
		if (vst_str_is(name, classes[i]->name)) {
			return classes[i];
		}
	}
	return NULL;
}

static void wipe_text(char *text)
{
	if (text != NULL) {
		OPENSSL_cleanse(text, strlen(text));
		free(text);
	}
}

static void wipe_buf(vst_buf *buf)
{
	if (buf->ptr != NULL) {
		OPENSSL_cleanse(buf->ptr, buf->capacity);
	}
	vst_buf_free(buf);
}

void vst_request_free(vst_request *request)
{
	wipe_buf(&request->url);
	wipe_buf(&request->body);
	wipe_buf(&request->headers);
}

static vst_rc set_url(vst_provider *provider, const vst_fields *fields, vst_err *err)
{
	vst_str url = vst_str_from(provider->class->default_url);
	vst_rc rc = vst_fields_text(fields, "url", 1, URL_MAX_LEN, &url, err);

	if (rc != VST_OK) {
		return rc;
	}
	while (url.len > 0 && url.ptr[url.len - 1] == '/') {
		url.len--;
	}
	provider->url = strndup(url.ptr, url.len);
	if (provider->url == NULL) {
		return vst_fail_nomem(err);
	}
	if (!vst_url_read(provider->url, &provider->loopback)) {
		return vst_fields_refuse(fields, "url", err,
		                         "expected an address that begins with http:// or https://, "
		                         "without a password, query or fragment");
	}
	return VST_OK;
}

static vst_rc set_rate(vst_provider *provider, const vst_fields *fields, vst_err *err)
{
	static const char *const known[] = {"per_second", NULL};
	char path[VST_PATH_MAX];
	const json_t *rate;
	vst_rc rc = vst_fields_object(fields, "rate", &rate, err);
	vst_fields inner;

	if (rc != VST_OK || rate == NULL) {
		return rc;
	}
	vst_fields_path(fields, "rate", path);
	inner = vst_fields_settings(rate, path);
	rc = vst_fields_known(&inner, known, err);
	if (rc != VST_OK) {
		return rc;
	}
	return vst_fields_milli(&inner, "per_second", 100, 1000000, &provider->rate_per_1000s, err);
}

static bool is_country(const json_t *item)
{
	const char *code = json_string_value(item);

	return code != NULL && json_string_length(item) == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' &&
	       code[1] <= 'Z';
}

static vst_rc set_countries(vst_provider *provider, const vst_fields *fields, vst_err *err)
{
	const json_t *list;
	vst_rc rc = vst_fields_list(fields, "countries", COUNTRIES_MAX, &list, err);
	size_t count;

	if (rc != VST_OK) {
		return rc;
	}
	if (list == NULL) {
		provider->countries[0] = "RU";
		return VST_OK;
	}
	count = json_array_size(list);
	for (size_t i = 0; i < count; i++) {
		const json_t *item = json_array_get(list, i);

		if (!is_country(item)) {
			count = 0;
			break;
		}
		memcpy(provider->country_codes[i], json_string_value(item), 3);
		provider->countries[i] = provider->country_codes[i];
	}
	if (count == 0) {
		return vst_fields_refuse(fields, "countries", err, "expected a list of two-letter country codes such as RU");
	}
	return VST_OK;
}

static bool is_reference(const char *text)
{
	return strncmp(text, "env:", 4) == 0 || strncmp(text, "file:", 5) == 0;
}

static vst_rc check_reference(const vst_fields *fields, const char *key, const char *text, vst_err *err)
{
	if (strncmp(text, "env:", 4) == 0 && (text[4] == '\0' || strchr(text, '=') != NULL)) {
		return vst_fields_refuse(fields, key, err, "expected the name of an environment variable after env:");
	}
	if (strncmp(text, "file:", 5) == 0 && text[5] != '/') {
		return vst_fields_refuse(fields, key, err, "expected an absolute path after file:");
	}
	return VST_OK;
}

/* The setting as text, "" when absent. */
static vst_rc read_key(const vst_fields *fields, const vst_provider_key *key, char number[24], vst_str *text,
                       vst_err *err)
{
	bool on = false;
	int64_t integer = 0;
	vst_rc rc;

	switch (key->kind) {
		case VST_KEY_BOOL:
			rc = vst_fields_bool(fields, key->name, &on, err);
			*text = on ? VST_STR("1") : VST_STR_EMPTY;
			return rc;
		case VST_KEY_INTEGER:
			rc = vst_fields_integer(fields, key->name, key->min, key->max, &integer, err);
			(void) snprintf(number, 24, "%" PRId64, integer);
			*text = vst_fields_has(fields, key->name) ? vst_str_from(number) : VST_STR_EMPTY;
			return rc;
		case VST_KEY_SECRET:
		case VST_KEY_TEXT: break;
	}
	return vst_fields_text(fields, key->name, (size_t) key->min, (size_t) key->max, text, err);
}

static vst_rc set_key(vst_provider *provider, const vst_fields *fields, const vst_provider_key *key, vst_err *err)
{
	setting *slot = &provider->settings[provider->setting_count];
	vst_str text = VST_STR_EMPTY;
	char number[24];
	vst_rc rc;

	if (key->required && !vst_fields_has(fields, key->name)) {
		return vst_fields_refuse(fields, key->name, err, "is required");
	}
	rc = read_key(fields, key, number, &text, err);
	if (rc != VST_OK || text.len == 0) {
		return rc;
	}
	slot->key = key;
	slot->given = strndup(text.ptr, text.len);
	provider->setting_count++;
	if (slot->given == NULL) {
		return vst_fail_nomem(err);
	}
	if (key->kind == VST_KEY_SECRET) {
		return check_reference(fields, key->name, slot->given, err);
	}
	slot->value = strdup(slot->given);
	return slot->value != NULL ? VST_OK : vst_fail_nomem(err);
}

/* With a wire: all; without: the first two. */
static const char *const common_keys[] = {"rate", "countries", "url", "timeout_ms", "connect_timeout_ms", "batch"};

static vst_rc check_known(const vst_provider_class *class, const vst_fields *fields, vst_err *err)
{
	const char *known[sizeof common_keys / sizeof common_keys[0] + KEYS_MAX + 1];
	size_t count = class->default_url != NULL ? sizeof common_keys / sizeof common_keys[0] : 2;

	for (size_t i = 0; i < count; i++) {
		known[i] = common_keys[i];
	}
	for (const vst_provider_key *key = class->keys; key->name != NULL; key++) {
		known[count++] = key->name;
	}
	known[count] = NULL;
	return vst_fields_known(fields, known, err);
}

static vst_rc fill(vst_provider *provider, const vst_fields *fields, vst_err *err)
{
	vst_rc rc = check_known(provider->class, fields, err);

	if (rc == VST_OK) {
		rc = set_rate(provider, fields, err);
	}
	if (rc == VST_OK) {
		rc = set_countries(provider, fields, err);
	}
	if (rc == VST_OK && provider->class->default_url != NULL) {
		rc = set_url(provider, fields, err);
	}
	if (rc == VST_OK) {
		rc = vst_fields_integer(fields, "timeout_ms", 1000, 120000, &provider->timeout_ms, err);
	}
	if (rc == VST_OK) {
		rc = vst_fields_integer(fields, "connect_timeout_ms", 100, 60000, &provider->connect_timeout_ms, err);
	}
	if (rc == VST_OK) {
		rc = vst_fields_integer(fields, "batch", 1, (int64_t) provider->class->max_batch, &provider->batch, err);
	}
	for (const vst_provider_key *key = provider->class->keys; rc == VST_OK && key->name != NULL; key++) {
		rc = set_key(provider, fields, key, err);
	}
	return rc;
}

vst_rc vst_provider_new(vst_str name, const json_t *settings, const char *path, vst_provider **out, vst_err *err)
{
	const vst_provider_class *class = vst_provider_class_find(name);
	vst_fields fields = vst_fields_settings(settings, path);
	vst_provider *provider;
	vst_rc rc;

	if (class == NULL) {
		return vst_fail(err, VST_E_SETTINGS, "%s: unknown provider", path);
	}
	provider = calloc(1, sizeof *provider);
	if (provider == NULL) {
		return vst_fail_nomem(err);
	}
	provider->class = class;
	provider->timeout_ms = 30000;
	provider->connect_timeout_ms = 5000;
	provider->batch = (int64_t) class->max_batch;
	(void) snprintf(provider->name, sizeof provider->name, "%s", class->name);
	(void) snprintf(provider->path, sizeof provider->path, "%s", path);
	rc = fill(provider, &fields, err);
	if (rc != VST_OK) {
		vst_provider_free(provider);
		return rc;
	}
	*out = provider;
	return VST_OK;
}

void vst_provider_free(vst_provider *provider)
{
	if (provider == NULL) {
		return;
	}
	for (size_t i = 0; i < provider->setting_count; i++) {
		wipe_text(provider->settings[i].given);
		wipe_text(provider->settings[i].value);
	}
	free(provider->url);
	free(provider);
}

/* The whole of a small regular file into `out`; false with errno otherwise. */
static bool read_small_file(const char *path, char out[SECRET_FILE_MAX + 1])
{
	struct stat info;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe must not stop the process */
	size_t len = 0;
	ssize_t got = -1;

	if (fd < 0) {
		return false;
	}
	if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size <= SECRET_FILE_MAX) {
		do {
			got = read(fd, out + len, SECRET_FILE_MAX - len);
			len += got > 0 ? (size_t) got : 0;
		} while ((got > 0 && len < SECRET_FILE_MAX) || (got < 0 && errno == EINTR));
	} else {
		errno = EINVAL;
	}
	(void) close(fd);
	out[len] = '\0';
	return got >= 0;
}

static vst_rc resolve_file(const vst_fields *fields, setting *slot, vst_err *err)
{
	char text[SECRET_FILE_MAX + 1];
	size_t len;

	if (!read_small_file(slot->given + 5, text)) {
		OPENSSL_cleanse(text, sizeof text);
		return vst_fields_refuse(fields, slot->key->name, err, "the file it names cannot be read by this user");
	}
	len = strlen(text);
	while (len > 0 &&
	       (text[len - 1] == '\n' || text[len - 1] == '\r' || text[len - 1] == ' ' || text[len - 1] == '\t')) {
		len--;
	}
	slot->value = strndup(text, len);
	OPENSSL_cleanse(text, sizeof text);
	return slot->value != NULL ? VST_OK : vst_fail_nomem(err);
}

static vst_rc resolve_secret(const vst_fields *fields, setting *slot, vst_err *err)
{
	const char *source = slot->given;

	if (strncmp(source, "file:", 5) == 0) {
		vst_rc rc = resolve_file(fields, slot, err);

		if (rc != VST_OK) {
			return rc;
		}
	} else {
		if (is_reference(source)) {
			source = getenv(source + 4);
			if (source == NULL) {
				return vst_fields_refuse(fields, slot->key->name, err, "the environment variable it names is not set");
			}
		}
		slot->value = strdup(source);
		if (slot->value == NULL) {
			return vst_fail_nomem(err);
		}
	}
	if (strlen(slot->value) < (size_t) slot->key->min || strlen(slot->value) > (size_t) slot->key->max) {
		wipe_text(slot->value);
		slot->value = NULL;
		return vst_fields_refuse(fields, slot->key->name, err, "what it refers to is empty or too long");
	}
	return VST_OK;
}

vst_rc vst_provider_resolve(vst_provider *provider, vst_err *err)
{
	vst_fields fields = vst_fields_settings(NULL, provider->path);

	for (size_t i = 0; i < provider->setting_count; i++) {
		if (provider->settings[i].value == NULL) {
			vst_rc rc = resolve_secret(&fields, &provider->settings[i], err);

			if (rc != VST_OK) {
				return rc;
			}
		}
	}
	return VST_OK;
}

const vst_provider_class *vst_provider_class_of(const vst_provider *provider)
{
	return provider->class;
}

vst_str vst_provider_name(const vst_provider *provider)
{
	return vst_str_from(provider->name);
}

const char *const *vst_provider_countries(const vst_provider *provider)
{
	return provider->countries;
}

int64_t vst_provider_rate_per_1000s(const vst_provider *provider)
{
	return provider->rate_per_1000s;
}

int vst_provider_timeout_ms(const vst_provider *provider)
{
	return (int) provider->timeout_ms;
}

int vst_provider_connect_timeout_ms(const vst_provider *provider)
{
	return (int) provider->connect_timeout_ms;
}

size_t vst_provider_batch(const vst_provider *provider)
{
	return (size_t) provider->batch;
}

bool vst_provider_is_loopback(const vst_provider *provider)
{
	return provider->loopback;
}

bool vst_provider_is_sandbox(const vst_provider *provider)
{
	return provider->class->deliver != NULL;
}

vst_str vst_provider_text(const vst_provider *provider, const char *key)
{
	for (size_t i = 0; i < provider->setting_count; i++) {
		if (strcmp(provider->settings[i].key->name, key) == 0) {
			return vst_str_from(provider->settings[i].value);
		}
	}
	return VST_STR_EMPTY;
}

vst_str vst_provider_url(const vst_provider *provider)
{
	return vst_str_from(provider->url);
}
