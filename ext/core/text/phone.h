/*
 * Phone numbers as people type them into shop forms. A number is its E.164 digits as an integer:
 * +7 999 000-00-01 is 79990000001.
 */
#ifndef VST_TEXT_PHONE_H
#define VST_TEXT_PHONE_H

#include "base/str.h"

typedef struct vst_phone {
	int64_t number;
	char country[3]; /* ISO 3166-1 alpha-2; "" for a code shared by no one country (+800, +883 …) */
	int mobile;      /* 1, 0, -1: cannot be told */
} vst_phone;

/*
 * One number or none: letters, garbage and two numbers in one field are refused, an extension ("доб. 12", "ext 5")
 * is dropped. region: ISO country of numbers without a country code. raw may be any bytes.
 */
bool vst_phone_parse(vst_str raw, vst_str region, vst_phone *out);
/* A stored number again: its country and kind; false when it is no valid number. */
bool vst_phone_describe(int64_t number, vst_phone *out);
bool vst_phone_region_known(vst_str region);

#define VST_PHONE_TEXT 17
#define VST_PHONE_MASK 20

void vst_phone_format(int64_t number, char out[VST_PHONE_TEXT]); /* +79990000001 */
/* +7*******01: country code and two digits; the count of stars tells nothing. */
void vst_phone_mask(int64_t number, char out[VST_PHONE_MASK]);

/* The table of country codes (country_codes.c). */
typedef struct vst_country_code {
	const char *prefix; /* country code, with the area code where the code is shared */
	char country[3];
	unsigned char min, max; /* digits in all, the country code included */
} vst_country_code;

/* The entry with the longest prefix of these digits, NULL when no country has such numbers. */
const vst_country_code *vst_country_code_of(const char *digits, size_t count);
/* The first entry of a country: its own code without area codes. */
const vst_country_code *vst_country_code_for(vst_str country);

#endif
