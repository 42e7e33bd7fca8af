#include "gateway.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static uint64_t hash_of(int64_t phone, gw_text text)
{
	uint64_t hash = UINT64_C(14695981039346656037) ^ (uint64_t) phone;

	for (size_t i = 0; i < text.len; i++) {
		hash = (hash ^ (unsigned char) text.ptr[i]) * UINT64_C(1099511628211);
	}
	hash = (hash ^ (uint64_t) phone) * UINT64_C(1099511628211);
	return hash ^ hash >> 29;
}

static char *copy(gw_text text)
{
	size_t capacity = 0;
	char *result = gw_grow(NULL, &capacity, text.len + 1, 1);

	memcpy(result, text.ptr, text.len);
	result[text.len] = '\0';
	return realloc(result, text.len + 1);
}

static void insert(gw_ledger *ledger, uint32_t place)
{
	size_t at = ledger->entries[place].hash & (ledger->slot_count - 1);

	while (ledger->slots[at] != 0) {
		at = (at + 1) & (ledger->slot_count - 1);
	}
	ledger->slots[at] = place + 1;
}

static void widen(gw_ledger *ledger)
{
	ledger->slot_count = ledger->slot_count == 0 ? 4096 : ledger->slot_count * 2;
	free(ledger->slots);
	ledger->slots = calloc(ledger->slot_count, sizeof *ledger->slots);
	if (ledger->slots == NULL) {
		perror("gateway: memory");
		exit(1);
	}
	for (size_t i = 0; i < ledger->entry_count; i++) {
		insert(ledger, (uint32_t) i);
	}
}

static gw_entry *find(gw_ledger *ledger, uint64_t hash, int64_t phone, gw_text text)
{
	for (size_t at = hash & (ledger->slot_count - 1); ledger->slots[at] != 0;
	     at = (at + 1) & (ledger->slot_count - 1)) {
		gw_entry *entry = &ledger->entries[ledger->slots[at] - 1];

		if (entry->hash == hash && entry->phone == phone && entry->text_len == text.len &&
		    memcmp(entry->text, text.ptr, text.len) == 0) {
			return entry;
		}
	}
	return NULL;
}

gw_entry *gw_ledger_count(gw_ledger *ledger, int64_t phone, gw_text text, gw_text sender)
{
	uint64_t hash = hash_of(phone, text);
	gw_entry *entry;

	if (ledger->entry_count * 2 >= ledger->slot_count) {
		widen(ledger);
	}
	entry = find(ledger, hash, phone, text);
	if (entry == NULL) {
		ledger->entries = gw_grow(ledger->entries, &ledger->entry_capacity, ledger->entry_count + 1, sizeof *entry);
		entry = &ledger->entries[ledger->entry_count];
		*entry = (gw_entry) {
			.phone = phone,
			.text = copy(text),
			.text_len = (uint32_t) text.len,
			.sender = copy(sender),
			.sender_len = (uint32_t) sender.len,
			.hash = hash,
		};
		insert(ledger, (uint32_t) ledger->entry_count++);
	}
	entry->count++;
	return entry;
}

uint32_t gw_ledger_accept(gw_ledger *ledger, gw_entry *entry, int64_t now_ms, int report)
{
	ledger->sent = gw_grow(ledger->sent, &ledger->sent_capacity, ledger->sent_count + 1, sizeof *ledger->sent);
	ledger->sent[ledger->sent_count++] = (gw_sent) {(uint32_t) (entry - ledger->entries), (int16_t) report, false};
	entry->accepted++;
	entry->last_ms = now_ms;
	entry->last_id = (uint32_t) ledger->sent_count;
	return entry->last_id;
}

void gw_id_format(uint32_t id, char out[24])
{
	(void) snprintf(out, 24, "%06" PRIu32 "-%08" PRIu32, id / 90000000, 10000000 + id % 90000000);
}

uint32_t gw_id_parse(gw_text text)
{
	int64_t high, low;

	if (text.len != 15 || text.ptr[6] != '-' || !gw_number((gw_text) {text.ptr, 6}, &high) ||
	    !gw_number((gw_text) {text.ptr + 7, 8}, &low) || low < 10000000) {
		return 0;
	}
	return (uint32_t) (high * 90000000 + low - 10000000);
}

static void put_fields(gw_buf *out, const gw_entry *entry)
{
	char id[24] = "";

	if (entry->last_id != 0) {
		gw_id_format(entry->last_id, id);
	}
	gw_print(out, "{\"phone\":\"%" PRId64 "\",\"text\":", entry->phone);
	gw_put_json(out, (gw_text) {entry->text, entry->text_len});
	gw_put(out, TEXT(",\"sender\":"));
	gw_put_json(out, (gw_text) {entry->sender, entry->sender_len});
	gw_print(out, ",\"id\":\"%s\",\"count\":%" PRIu32 ",\"accepted\":%" PRIu32, id, entry->count, entry->accepted);
}

void gw_entry_json(gw_buf *out, const gw_entry *entry)
{
	put_fields(out, entry);
	gw_put(out, TEXT("}\n"));
}

void gw_ledger_log(gw_ledger *ledger, const gw_entry *entry, int code)
{
	if (ledger->log >= 0) {
		put_fields(&ledger->log_lines, entry);
		gw_print(&ledger->log_lines, ",\"code\":%d}\n", code);
	}
}

/* One write for all messages of a request, before its reply: the lines outlive the process. */
void gw_ledger_flush(gw_ledger *ledger)
{
	size_t done = 0;

	while (done < ledger->log_lines.len) {
		ssize_t put = write(ledger->log, ledger->log_lines.ptr + done, ledger->log_lines.len - done);

		if (put < 0) {
			perror("gateway: log");
			exit(1);
		}
		done += (size_t) put;
	}
	ledger->log_lines.len = 0;
}

void gw_ledger_clear(gw_ledger *ledger)
{
	for (size_t i = 0; i < ledger->entry_count; i++) {
		free(ledger->entries[i].text);
		free(ledger->entries[i].sender);
	}
	free(ledger->entries);
	free(ledger->slots);
	free(ledger->sent);
	free(ledger->log_lines.ptr);
	*ledger = (gw_ledger) {.log = ledger->log};
}
