/*
 * vst_phone_parse and vst_phone_find over any bytes. The first byte chooses the region. Whatever is read must be a
 * number that is read again as itself.
 */
#include "fuzz.h"

#include "text/phone.h"
#include "text/phone_find.h"

static void check(const vst_phone *phone)
{
	char text[VST_PHONE_TEXT], mask[VST_PHONE_MASK];
	vst_phone again;

	vst_phone_format(phone->number, text);
	vst_phone_mask(phone->number, mask);
	HOLDS(vst_phone_parse(vst_str_from(text), VST_STR("RU"), &again));
	HOLDS(again.number == phone->number && again.mobile == phone->mobile);
	HOLDS(memcmp(again.country, phone->country, sizeof again.country) == 0);
	HOLDS(vst_phone_describe(phone->number, &again));
	HOLDS(strlen(mask) < VST_PHONE_MASK && strstr(mask, "*******") != NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const regions[] = {"RU", "KZ", "BY", "US", "IT", "DE", "ZZ", ""};
	vst_arena arena = VST_ARENA_INIT;
	vst_phone phone, *found = NULL;
	size_t count = 0;
	vst_str text;

	if (size == 0) {
		return 0;
	}
	text = vst_str_of((const char *) data + 1, size - 1);
	if (vst_phone_parse(text, vst_str_from(regions[data[0] % 8]), &phone)) {
		check(&phone);
	}
	HOLDS(vst_phone_find(text, &arena, &found, &count, NULL) == VST_OK);
	for (size_t i = 0; i < count; i++) {
		check(&found[i]);
		HOLDS(i == 0 || found[i - 1].mobile == found[i].mobile || found[i].mobile != 1);
		for (size_t j = 0; j < i; j++) {
			HOLDS(found[j].number != found[i].number);
		}
	}
	vst_arena_free(&arena);
	return 0;
}
