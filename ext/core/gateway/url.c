/* Addresses are read by curl's parser, so that we and the wire read them alike. */
#include <arpa/inet.h>
#include <curl/curl.h>
#include <stdio.h>

#include "providers.h"

static bool is_loopback_host(const char *host)
{
	struct in_addr four;
	struct in6_addr six;
	char inner[64];
	size_t len = strlen(host);

	if (vst_str_equal_nocase(vst_str_from(host), VST_STR("localhost"))) {
		return true;
	}
	if (inet_pton(AF_INET, host, &four) == 1) {
		return (ntohl(four.s_addr) >> 24) == 127;
	}
	if (len > 2 && len < sizeof inner && host[0] == '[') {
		(void) snprintf(inner, sizeof inner, "%.*s", (int) len - 2, host + 1);
		return inet_pton(AF_INET6, inner, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
	}
	return false;
}

static bool has_part(CURLU *url, CURLUPart part)
{
	char *text = NULL;
	bool found = curl_url_get(url, part, &text, 0) == CURLUE_OK && text[0] != '\0';

	curl_free(text);
	return found;
}

bool vst_url_read(const char *text, bool *loopback)
{
	CURLU *url = curl_url();
	char *scheme = NULL, *host = NULL;
	bool good = url != NULL && curl_url_set(url, CURLUPART_URL, text, 0) == CURLUE_OK &&
	            curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
	            curl_url_get(url, CURLUPART_HOST, &host, 0) == CURLUE_OK;

	good = good && (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0);
	good = good && !has_part(url, CURLUPART_USER) && !has_part(url, CURLUPART_PASSWORD);
	good = good && !has_part(url, CURLUPART_QUERY) && !has_part(url, CURLUPART_FRAGMENT);
	if (good) {
		*loopback = is_loopback_host(host);
	}
	curl_free(scheme);
	curl_free(host);
	curl_url_cleanup(url);
	return good;
}

bool vst_url_is_loopback(const char *url)
{
	bool loopback = false;

	return vst_url_read(url, &loopback) && loopback;
}
