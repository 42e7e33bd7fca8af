/*
 * Literal secrets never leave the store: outside they are "***". Given back at the same path, "***" means "keep what
 * is stored"; anywhere else it is refused. Which keys are secret is in each provider's own table.
 */
#include <stdio.h>

#include "base/fields.h"
#include "settings.h"

static const char mask[] = "***";

static bool is_reference(const char *text)
{
	return strncmp(text, "env:", 4) == 0 || strncmp(text, "file:", 5) == 0;
}

static const vst_provider_key *secret_keys(const char *provider)
{
	const vst_provider_class *class = vst_provider_class_find(vst_str_from(provider));

	return class != NULL ? class->keys : NULL;
}

vst_rc vst_settings_mask(const vst_settings *settings, json_t **out, vst_err *err)
{
	json_t *copy = json_deep_copy(settings->root);
	json_t *provider;
	const char *name;

	if (copy == NULL) {
		return vst_fail_nomem(err);
	}
	json_object_foreach(json_object_get(copy, "providers"), name, provider) {
		for (const vst_provider_key *key = secret_keys(name); key != NULL && key->name != NULL; key++) {
			const char *value = json_string_value(json_object_get(provider, key->name));

			if (key->kind == VST_KEY_SECRET && value != NULL && !is_reference(value) &&
			    json_object_set_new(provider, key->name, json_string(mask)) != 0) {
				json_decref(copy);
				return vst_fail_nomem(err);
			}
		}
	}
	*out = copy;
	return VST_OK;
}

/* Is "***" somewhere in the tree? The path of the first one goes to `path`. */
static bool find_mask(const json_t *value, const char *path, char found[VST_PATH_MAX])
{
	char below[VST_PATH_MAX];
	const char *key;
	json_t *child;
	size_t index;

	if (json_is_string(value) && strcmp(json_string_value(value), mask) == 0) {
		(void) snprintf(found, VST_PATH_MAX, "%s", path);
		return true;
	}
	json_object_foreach((json_t *) (uintptr_t) value, key, child) {
		(void) snprintf(below, sizeof below, "%.90s%s%.32s", path, path[0] != '\0' ? "." : "", key);
		if (find_mask(child, below, found)) {
			return true;
		}
	}
	json_array_foreach((json_t *) (uintptr_t) value, index, child) {
		(void) snprintf(below, sizeof below, "%.100s.%zu", path, index);
		if (find_mask(child, below, found)) {
			return true;
		}
	}
	return false;
}

vst_rc vst_settings_unmask(const vst_settings *stored, json_t *given, vst_err *err)
{
	json_t *provider;
	const char *name;
	char path[VST_PATH_MAX];

	json_object_foreach(json_object_get(given, "providers"), name, provider) {
		json_t *before = json_object_get(json_object_get(stored->root, "providers"), name);

		for (const vst_provider_key *key = secret_keys(name); key != NULL && key->name != NULL; key++) {
			const char *value = json_string_value(json_object_get(provider, key->name));
			json_t *secret = json_object_get(before, key->name);

			if (key->kind == VST_KEY_SECRET && value != NULL && strcmp(value, mask) == 0 && json_is_string(secret) &&
			    json_object_set(provider, key->name, secret) != 0) {
				return vst_fail_nomem(err);
			}
		}
	}
	if (find_mask(given, "", path)) {
		return vst_fail(err, VST_E_SETTINGS, "%s: *** stands only for a secret that is stored at the same path", path);
	}
	return VST_OK;
}
