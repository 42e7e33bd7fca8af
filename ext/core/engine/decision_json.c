/* A decision in the form it is stored in. Written by hand: this is the hot path, and its shape is fixed. */
#define _GNU_SOURCE /* memmem */

#include "evaluate.h"

static void put_string(vst_buf *buf, vst_str text)
{
	size_t plain = 0;

	vst_buf_byte(buf, '"');
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char) text.ptr[i];

		if (c != '"' && c != '\\' && c >= 0x20) {
			continue;
		}
		vst_buf_append(buf, (vst_str) {text.ptr + plain, i - plain});
		if (c < 0x20) {
			vst_buf_format(buf, "\\u%04x", c);
		} else {
			vst_buf_byte(buf, '\\');
			vst_buf_byte(buf, (char) c);
		}
		plain = i + 1;
	}
	vst_buf_append(buf, (vst_str) {text.ptr + plain, text.len - plain});
	vst_buf_byte(buf, '"');
}

static void put_member(vst_buf *buf, const char *name, vst_str value)
{
	vst_buf_format(buf, ",\"%s\":", name);
	put_string(buf, value);
}

static void put_finding(vst_buf *buf, const vst_finding *finding)
{
	vst_buf_format(buf, "{\"rule\":\"%s\"", finding->rule);
	put_member(buf, "code", vst_str_from(finding->code));
	put_member(buf, "verdict", vst_str_from(vst_finding_verdict_name(finding->verdict)));
	put_member(buf, "basis", vst_str_from(finding->basis_ru));
	put_member(buf, "explanation", finding->explanation_ru);
	put_member(buf, "basis_en", vst_str_from(finding->basis_en));
	put_member(buf, "explanation_en", finding->explanation_en);
	if (finding->acknowledged) {
		vst_buf_append(buf, VST_STR(",\"acknowledged\":true"));
	}
	vst_buf_byte(buf, '}');
}

vst_str vst_decision_json(const vst_decision *decision, vst_arena *arena)
{
	vst_buf buf = VST_BUF_INIT;
	vst_str result;

	vst_buf_format(&buf, "{\"version\":\"%s\",\"verdict\":\"%s\",\"findings\":[", vst_law_version(),
	               vst_verdict_name(decision->verdict));
	for (size_t i = 0; i < decision->finding_count; i++) {
		if (i > 0) {
			vst_buf_byte(&buf, ',');
		}
		put_finding(&buf, &decision->findings[i]);
	}
	vst_buf_append(&buf, VST_STR("]}"));
	result = vst_arena_copy(arena, vst_buf_str(&buf));
	if (buf.failed) {
		arena->failed = true;
	}
	vst_buf_free(&buf);
	return result;
}

vst_str vst_decision_findings(vst_str stored)
{
	static const char opening[] = "\"findings\":";

	for (size_t i = 0; i + sizeof opening < stored.len; i++) {
		if (memcmp(stored.ptr + i, opening, sizeof opening - 1) == 0) {
			size_t start = i + sizeof opening - 1;

			return (vst_str) {stored.ptr + start, stored.len - start - 1};
		}
	}
	return VST_STR("[]");
}

/* The string after the next `"name":"`, taken off the text. What is inside a string has its quotes escaped, so that no
 * other place looks like that. */
static bool next_value(vst_str *text, const char *opening, vst_str *value)
{
	size_t len = strlen(opening);
	const char *found = text->len >= len ? memmem(text->ptr, text->len, opening, len) : NULL;
	const char *end;

	if (found == NULL) {
		return false;
	}
	found += len;
	end = memchr(found, '"', (size_t) (text->ptr + text->len - found));
	if (end == NULL) {
		return false;
	}
	*value = vst_str_of(found, (size_t) (end - found));
	*text = vst_str_of(end, (size_t) (text->ptr + text->len - end));
	return true;
}

bool vst_decision_read(vst_str stored, vst_verdict *verdict, vst_str codes[VST_FINDINGS_MAX], size_t *count)
{
	vst_str rest = stored, name;
	int found = VST_VERDICT_COUNT;

	if (!next_value(&rest, "\"verdict\":\"", &name)) {
		return false;
	}
	for (int i = 0; i < VST_VERDICT_COUNT; i++) {
		found = vst_str_is(name, vst_verdict_name((vst_verdict) i)) ? i : found;
	}
	*verdict = (vst_verdict) found;
	for (*count = 0; *count < VST_FINDINGS_MAX && next_value(&rest, ",\"code\":\"", &codes[*count]); (*count)++) {}
	return found != VST_VERDICT_COUNT;
}
