#include "utf8.h"

static unsigned byte_at(vst_str text, size_t offset)
{
	return (unsigned char) text.ptr[offset];
}

static bool continues(vst_str text, size_t offset)
{
	return offset < text.len && (byte_at(text, offset) & 0xC0u) == 0x80u;
}

/* Length of the well-formed character at offset, 0 when there is none; the code point goes to *code. */
static size_t decode(vst_str text, size_t offset, uint32_t *code)
{
	unsigned lead = byte_at(text, offset);

	if (lead < 0x80) {
		*code = lead;
		return 1;
	}
	if (lead < 0xC2 || lead > 0xF4 || !continues(text, offset + 1)) {
		return 0;
	}
	if (lead < 0xE0) {
		*code = (lead & 0x1Fu) << 6 | (byte_at(text, offset + 1) & 0x3Fu);
		return 2;
	}
	if (!continues(text, offset + 2)) {
		return 0;
	}
	if (lead < 0xF0) {
		*code = (lead & 0x0Fu) << 12 | (byte_at(text, offset + 1) & 0x3Fu) << 6 | (byte_at(text, offset + 2) & 0x3Fu);
		return *code < 0x800 || (*code >= 0xD800 && *code <= 0xDFFF) ? 0 : 3;
	}
	if (!continues(text, offset + 3)) {
		return 0;
	}
	*code = (lead & 0x07u) << 18 | (byte_at(text, offset + 1) & 0x3Fu) << 12 |
	        (byte_at(text, offset + 2) & 0x3Fu) << 6 | (byte_at(text, offset + 3) & 0x3Fu);
	return *code < 0x10000 || *code > 0x10FFFF ? 0 : 4;
}

vst_utf8_fault vst_utf8_check(vst_str text, size_t *position)
{
	size_t offset = 0;

	while (offset < text.len) {
		unsigned lead = byte_at(text, offset);
		uint32_t code = 0;
		size_t len;

		if (lead - 1 < 0x7F) {
			offset++;
			continue;
		}
		if (lead >= 0xC2 && lead < 0xE0 && continues(text, offset + 1)) { /* Cyrillic texts are made of these */
			offset += 2;
			continue;
		}
		len = decode(text, offset, &code);
		if (len == 0 || code == 0) {
			if (position != NULL) {
				*position = offset;
			}
			return len == 0 ? VST_UTF8_MALFORMED : VST_UTF8_NUL;
		}
		offset += len;
	}
	return VST_UTF8_OK;
}

#define EACH_BYTE UINT64_C(0x0101010101010101)

static uint64_t eight_bytes(vst_str text, size_t offset)
{
	uint64_t bytes;

	memcpy(&bytes, text.ptr + offset, sizeof bytes);
	return bytes;
}

/* Bytes of which the lowest bit is set; all others are 0. */
static size_t sum_of_bytes(uint64_t bits)
{
	return (size_t) ((bits * EACH_BYTE) >> 56);
}

/* Both counts look at eight bytes at once: a check on every keystroke and a million a minute go through them. */
size_t vst_utf8_count(vst_str text)
{
	size_t continuations = 0, i = 0;

	for (; i + 8 <= text.len; i += 8) {
		uint64_t bytes = eight_bytes(text, i);

		continuations += sum_of_bytes(bytes >> 7 & ~bytes >> 6 & EACH_BYTE);
	}
	for (; i < text.len; i++) {
		continuations += (byte_at(text, i) & 0xC0u) == 0x80u;
	}
	return text.len - continuations;
}

size_t vst_utf8_count_pairs(vst_str text)
{
	size_t pairs = 0, i = 0;

	for (; i + 8 <= text.len; i += 8) {
		uint64_t bytes = eight_bytes(text, i);

		pairs += sum_of_bytes(bytes >> 7 & bytes >> 6 & bytes >> 5 & bytes >> 4 & EACH_BYTE);
	}
	for (; i < text.len; i++) {
		pairs += byte_at(text, i) >= 0xF0u;
	}
	return pairs;
}

uint32_t vst_utf8_next_long(vst_str text, size_t *offset)
{
	uint32_t code = 0;
	size_t len = decode(text, *offset, &code);

	if (len == 0) {
		*offset += 1;
		return VST_REPLACEMENT_CHARACTER;
	}
	*offset += len;
	return code;
}

size_t vst_utf8_put(uint32_t code, char out[4])
{
	if (code < 0x80) {
		out[0] = (char) code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char) (0xC0u | code >> 6);
		out[1] = (char) (0x80u | (code & 0x3Fu));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char) (0xE0u | code >> 12);
		out[1] = (char) (0x80u | (code >> 6 & 0x3Fu));
		out[2] = (char) (0x80u | (code & 0x3Fu));
		return 3;
	}
	out[0] = (char) (0xF0u | code >> 18);
	out[1] = (char) (0x80u | (code >> 12 & 0x3Fu));
	out[2] = (char) (0x80u | (code >> 6 & 0x3Fu));
	out[3] = (char) (0x80u | (code & 0x3Fu));
	return 4;
}

size_t vst_utf8_offset(vst_str text, size_t characters)
{
	size_t offset = 0;

	while (offset < text.len && characters > 0) {
		(void) vst_utf8_next(text, &offset);
		characters--;
	}
	return offset;
}
