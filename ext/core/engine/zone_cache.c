#include <stdlib.h>

#include "engine.h"

struct vst_zone_cache {
	const vst_env *env;
	vst_zone **zones;
	size_t count, capacity;
	const vst_zone **russia;
	size_t russia_count;
};

vst_rc vst_zone_cache_new(const vst_env *env, vst_zone_cache **out, vst_err *err)
{
	vst_zone_cache *cache = calloc(1, sizeof *cache);

	if (cache == NULL) {
		return vst_fail_nomem(err);
	}
	cache->env = env;
	*out = cache;
	return VST_OK;
}

void vst_zone_cache_free(vst_zone_cache *cache)
{
	if (cache == NULL) {
		return;
	}
	for (size_t i = 0; i < cache->count; i++) {
		vst_zone_free(cache->zones[i]);
	}
	free(cache->zones);
	free(cache->russia);
	free(cache);
}

const vst_zone *vst_zone_cache_peek(const vst_zone_cache *cache, const char *name)
{
	for (size_t i = 0; i < cache->count; i++) {
		if (strcmp(cache->zones[i]->name, name) == 0) {
			return cache->zones[i];
		}
	}
	return NULL;
}

vst_rc vst_zone_cache_get(vst_zone_cache *cache, const char *name, const vst_zone **out, vst_err *err)
{
	vst_zone *zone = NULL;
	vst_rc rc;

	*out = vst_zone_cache_peek(cache, name);
	if (*out != NULL) {
		return VST_OK;
	}
	if (cache->count == cache->capacity) {
		size_t capacity = cache->capacity == 0 ? 32 : cache->capacity * 2;
		vst_zone **zones = realloc(cache->zones, capacity * sizeof *zones);

		if (zones == NULL) {
			return vst_fail_nomem(err);
		}
		cache->zones = zones;
		cache->capacity = capacity;
	}
	rc = cache->env->zone_load(cache->env->context, name, &zone, err);
	if (rc == VST_OK) {
		cache->zones[cache->count++] = zone;
		*out = zone;
	}
	return rc;
}

vst_rc vst_zone_cache_russia(vst_zone_cache *cache, const vst_zone *const **zones, size_t *count, vst_err *err)
{
	const char *const *names = vst_russian_zones();
	size_t total = 0;
	vst_rc rc = VST_OK;

	if (cache->russia == NULL) {
		while (names[total] != NULL) {
			total++;
		}
		cache->russia = calloc(total, sizeof(const vst_zone *));
		if (cache->russia == NULL) {
			return vst_fail_nomem(err);
		}
		for (cache->russia_count = 0; rc == VST_OK && cache->russia_count < total; cache->russia_count++) {
			rc = vst_zone_cache_get(cache, names[cache->russia_count], &cache->russia[cache->russia_count], err);
		}
		if (rc != VST_OK) {
			free(cache->russia);
			cache->russia = NULL;
			return rc;
		}
	}
	*zones = cache->russia;
	*count = cache->russia_count;
	return VST_OK;
}

bool vst_zone_cache_has_russia(const vst_zone_cache *cache)
{
	return cache->russia != NULL;
}

vst_rc vst_zone_cache_load(vst_zone_cache *cache, const char *wanted, vst_err *err)
{
	const vst_zone *const *zones;
	const vst_zone *zone;
	size_t count;

	if (strcmp(wanted, VST_ZONES_OF_RUSSIA) == 0) {
		return vst_zone_cache_russia(cache, &zones, &count, err);
	}
	return vst_zone_cache_get(cache, wanted, &zone, err);
}
