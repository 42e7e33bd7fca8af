/* Encoding, segments, offenders, and the rewrites that rest on them. Malformed UTF-8 too: it must only do no harm. */
#include "fuzz.h"

#include "text/measure.h"
#include "text/rewrite.h"
#include "text/utf8.h"

/* The units of each part, one character after the other. */
static void pack(vst_str text, vst_encoding encoding, vst_measure *out)
{
	int single = encoding == VST_GSM7 ? 160 : 70, part = encoding == VST_GSM7 ? 153 : 67, total = 0, used = 0, parts = 1;
	size_t offset = 0;

	while (offset < text.len) {
		uint32_t code = vst_utf8_next(text, &offset);
		int width = encoding == VST_GSM7 ? vst_gsm_septets(code) : code > 0xFFFF ? 2 : 1;

		total += width;
		if (used + width > part) {
			parts++;
			used = 0;
		}
		used += width;
	}
	*out = (vst_measure) {encoding, total, parts, part - used};
	if (total <= single) {
		out->segments = total > 0;
		out->remaining = single - total;
	}
}

static void check_offenders(vst_str text, const vst_measure *measure)
{
	vst_offenders offenders = vst_text_offenders(text);
	vst_offender offender;
	size_t last = 0, count = 0;

	while (vst_offenders_next(&offenders, &offender)) {
		HOLDS(count == 0 || offender.position > last);
		HOLDS(offender.offset == vst_utf8_offset(text, offender.position));
		HOLDS(vst_gsm_septets(offender.code) == 0);
		for (size_t i = 0; i < offender.replacement.len; i++) {
			HOLDS(vst_gsm_septets((unsigned char) offender.replacement.ptr[i]) > 0);
		}
		last = offender.position;
		count++;
	}
	HOLDS((count > 0) == (measure->encoding == VST_UCS2));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *owned;
	vst_str text = fuzz_piece(&data, &size, &owned), cleaned, lighter;
	bool well_formed = vst_utf8_check(text, NULL) == VST_UTF8_OK;
	vst_arena arena = VST_ARENA_INIT;
	vst_measure measure, slow, after;
	size_t begin = 0, end = 0, offset = 0;

	vst_text_measure(text, &measure);
	if (well_formed) {
		pack(text, measure.encoding, &slow);
		HOLDS(measure.units == slow.units && measure.segments == slow.segments && measure.remaining == slow.remaining);
		check_offenders(text, &measure);
	}
	while (vst_text_next_url(text, offset, &begin, &end)) {
		HOLDS(begin >= offset && end > begin && end <= text.len);
		(void) vst_url_host((vst_str) {text.ptr + begin, end - begin});
		offset = end;
	}
	(void) vst_text_clean(text, &arena, &cleaned);
	(void) vst_text_lighten(cleaned, &arena, &lighter);
	if (well_formed) {
		HOLDS(vst_utf8_check(lighter, NULL) == VST_UTF8_OK);
		vst_text_measure(cleaned, &measure);
		vst_text_measure(lighter, &after);
		HOLDS(after.segments <= measure.segments);
	}
	vst_arena_free(&arena);
	free(owned);
	return 0;
}
