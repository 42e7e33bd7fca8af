#include "facts_record.h"

#include "text_delta.h"

#define RECORD_VERSION 1

typedef enum field_kind {
	FIELD_BOOL,
	FIELD_INT, /* int or an enum */
	FIELD_INT64,
	FIELD_UINT64,
	FIELD_SIZE,
	FIELD_KINDS_OF_NUMBER, /* below: bytes */
	FIELD_TEXT,
	FIELD_WORD,  /* a text that many messages share: kept as a name's id */
	FIELD_DELTA, /* a text close to the one before it in the table; the first is close to the row's */
	FIELD_WORDS, /* const char *, NUL-terminated */
	FIELD_CODE,  /* char[3] */
	FIELD_LIST,  /* const vst_str *, its count in another field */
	FIELD_NAMES, /* const char *const *, NULL-terminated */
	FIELD_ZONES,
	FIELD_PERSON
} field_kind;

typedef struct field {
	const char *name;
	field_kind kind;
	size_t offset, count_offset;
} field;

#define FIELD(kind, member) \
	{ \
#member, kind, offsetof(vst_gate_facts, member), 0 \
	}
#define LIST(kind, member, count) \
	{ \
#member, kind, offsetof(vst_gate_facts, member), offsetof(vst_gate_facts, count) \
	}

/*
 * Every member of vst_gate_facts. A field's place is its number in stored records: new ones go to the end, an entry is
 * never moved or removed. Those that are often packed stand among the first 32, whose number takes one byte.
 */
static const field fields[] = {
	FIELD(FIELD_DELTA, text),
	FIELD(FIELD_DELTA, given_text),
	FIELD(FIELD_BOOL, from_template),
	FIELD(FIELD_INT, category),
	FIELD(FIELD_INT64, now),
	FIELD(FIELD_PERSON, person),
	FIELD(FIELD_UINT64, spread_key),
	FIELD(FIELD_WORD, operator_name),
	FIELD(FIELD_WORD, territory),
	FIELD(FIELD_INT, zone_source),
	FIELD(FIELD_INT, validity),
	FIELD(FIELD_INT, priority),
	FIELD(FIELD_TEXT, scenario),
	FIELD(FIELD_TEXT, scenario_approved_by),
	FIELD(FIELD_TEXT, campaign_approved_by),
	FIELD(FIELD_INT64, offer_until),
	LIST(FIELD_LIST, acknowledged, acknowledged_count),
	LIST(FIELD_LIST, order_links, order_link_count),
	FIELD(FIELD_TEXT, link),
	FIELD(FIELD_INT, template_fault.kind),
	FIELD(FIELD_SIZE, template_fault.position),
	FIELD(FIELD_TEXT, template_fault.name),
	FIELD(FIELD_WORDS, template_fault.why),
	FIELD(FIELD_BOOL, sender.unregistered),
	FIELD(FIELD_BOOL, sender.inbound),
	FIELD(FIELD_BOOL, sender.named),
	FIELD(FIELD_TEXT, sender.name),
	FIELD(FIELD_BOOL, phone_mobile_known),
	FIELD(FIELD_BOOL, phone_mobile),
	FIELD(FIELD_CODE, phone_country),
	LIST(FIELD_LIST, own_hosts, own_host_count),
	FIELD(FIELD_NAMES, countries),
	LIST(FIELD_ZONES, zones, zone_count),
	FIELD(FIELD_BOOL, zones_known),
	FIELD(FIELD_TEXT, provider),
	FIELD(FIELD_BOOL, phone_valid),
	FIELD(FIELD_INT64, not_before),
	FIELD(FIELD_INT64, valid_until),
	FIELD(FIELD_TEXT, order),
	FIELD(FIELD_TEXT, basis),
	FIELD(FIELD_TEXT, approved_by),
	FIELD(FIELD_TEXT, campaign),
	FIELD(FIELD_BOOL, debt),
	FIELD(FIELD_TEXT, entity.id),
	FIELD(FIELD_TEXT, entity.name),
	FIELD(FIELD_TEXT, entity.brand),
	FIELD(FIELD_TEXT, entity.inn),
	FIELD(FIELD_TEXT, entity.ogrn),
	FIELD(FIELD_TEXT, entity.address),
	FIELD(FIELD_TEXT, entity.site),
	FIELD(FIELD_TEXT, entity.opt_out_number),
	FIELD(FIELD_BOOL, at_dispatch),
	FIELD(FIELD_INT64, own_seq),
	FIELD(FIELD_BOOL, outbid),
	FIELD(FIELD_BOOL, spread),
	FIELD(FIELD_WORD, operator_inn),
	FIELD(FIELD_INT64, rate_until),
	LIST(FIELD_LIST, tags, tag_count),
};

#define FIELD_COUNT (sizeof fields / sizeof *fields)

const char *vst_facts_field_name(size_t number)
{
	return number < FIELD_COUNT ? fields[number].name : NULL;
}

static const void *at(const field *f, const vst_gate_facts *facts)
{
	return (const char *) facts + f->offset;
}

static void *in(const field *f, vst_gate_facts *facts)
{
	return (char *) facts + f->offset;
}

static size_t count_of(const field *f, const vst_gate_facts *facts)
{
	return *(const size_t *) (const void *) ((const char *) facts + f->count_offset);
}

static int64_t number_of(const field *f, const vst_gate_facts *facts)
{
	switch (f->kind) {
		case FIELD_BOOL: return *(const bool *) at(f, facts);
		case FIELD_INT: return *(const int *) at(f, facts);
		case FIELD_SIZE: return (int64_t) * (const size_t *) at(f, facts);
		case FIELD_UINT64: return (int64_t) * (const uint64_t *) at(f, facts);
		default: return *(const int64_t *) at(f, facts);
	}
}

static void set_number(const field *f, vst_gate_facts *facts, int64_t value)
{
	switch (f->kind) {
		case FIELD_BOOL: *(bool *) in(f, facts) = value != 0; break;
		case FIELD_INT: *(int *) in(f, facts) = (int) value; break;
		case FIELD_SIZE: *(size_t *) in(f, facts) = (size_t) value; break;
		case FIELD_UINT64: *(uint64_t *) in(f, facts) = (uint64_t) value; break;
		default: *(int64_t *) in(f, facts) = value; break;
	}
}

static bool is_text(field_kind kind)
{
	return kind == FIELD_TEXT || kind == FIELD_WORD || kind == FIELD_DELTA;
}

/* ---- what the row and the settings tell ---- */

static void expect(const vst_facts_known *known, vst_gate_facts *out)
{
	static const char *const russia[] = {"RU", NULL};
	const vst_message *m = known->message;

	memset(out, 0, sizeof *out);
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		if (is_text(fields[i].kind)) {
			*(vst_str *) in(&fields[i], out) = VST_STR_EMPTY;
		}
	}
	out->template_fault.why = "";
	out->category = m->category;
	out->text = out->given_text = m->text;
	out->phone_valid = m->phone != 0;
	out->phone_mobile_known = out->phone_mobile = true;
	memcpy(out->phone_country, "RU", 3);
	out->countries = russia;
	out->zones_known = m->zones.len > 0;
	out->zone_source = m->zones.len > 0 ? VST_ZONE_PLAN : VST_ZONE_UNKNOWN;
	out->provider = known->provider;
	out->now = m->created_ms / 1000;
	out->not_before = m->not_before;
	out->valid_until = m->valid_until;
	out->order = m->order_number;
	out->basis = m->basis;
	out->approved_by = m->approved_by;
	out->campaign = m->campaign;
	out->debt = m->debt;
	out->sender = (vst_gate_sender) {.name = known->sender, .named = true};
	out->spread = true;
	if (known->entity != NULL) {
		vst_own_hosts own = vst_settings_own_hosts(known->settings, known->entity);

		out->entity = *known->entity;
		out->own_hosts = own.items;
		out->own_host_count = own.count;
	}
}

/* ---- packing ---- */

static bool same_text(vst_str a, vst_str b)
{
	return a.len == b.len && (a.len == 0 || a.ptr == b.ptr || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static bool same_list(const vst_str *a, size_t a_count, const vst_str *b, size_t b_count)
{
	bool same = a_count == b_count;

	for (size_t i = 0; same && a != b && i < a_count; i++) {
		same = same_text(a[i], b[i]);
	}
	return same;
}

static bool same_names(const char *const *a, const char *const *b)
{
	size_t i = 0;

	if (a == NULL || b == NULL) {
		return a == b;
	}
	for (; a[i] != NULL && b[i] != NULL && strcmp(a[i], b[i]) == 0; i++) {}
	return a[i] == NULL && b[i] == NULL;
}

/* Do the facts' zones have the names that the row gives? */
static bool same_zones(const vst_gate_facts *facts, const vst_facts_known *known)
{
	vst_str rest = known->message->zones;

	if (rest.len == 0) {
		return facts->zones == known->unknown;
	}
	for (size_t i = 0; i < facts->zone_count; i++) {
		size_t len = strlen(facts->zones[i]->name);

		if (rest.len < len || memcmp(rest.ptr, facts->zones[i]->name, len) != 0 ||
		    (rest.len > len && rest.ptr[len] != '|') || (rest.len == len && i + 1 < facts->zone_count)) {
			return false;
		}
		rest = rest.len > len ? (vst_str) {rest.ptr + len + 1, rest.len - len - 1} : VST_STR_EMPTY;
	}
	return rest.len == 0;
}

static bool same(const field *f, const vst_gate_facts *facts, const vst_gate_facts *expected,
                 const vst_facts_known *known)
{
	switch (f->kind) {
		case FIELD_TEXT:
		case FIELD_WORD:
		case FIELD_DELTA: return same_text(*(const vst_str *) at(f, facts), *(const vst_str *) at(f, expected));
		case FIELD_WORDS:
			return same_text(vst_str_from(*(const char *const *) at(f, facts)),
			                 vst_str_from(*(const char *const *) at(f, expected)));
		case FIELD_CODE: return memcmp(at(f, facts), at(f, expected), sizeof facts->phone_country) == 0;
		case FIELD_LIST:
			return same_list(*(const vst_str *const *) at(f, facts), count_of(f, facts),
			                 *(const vst_str *const *) at(f, expected), count_of(f, expected));
		case FIELD_NAMES:
			return same_names(*(const char *const *const *) at(f, facts),
			                  *(const char *const *const *) at(f, expected));
		case FIELD_ZONES: return same_zones(facts, known);
		case FIELD_PERSON: return facts->person == NULL;
		default: return number_of(f, facts) == number_of(f, expected);
	}
}

/* Lists and the like within one string of bytes, which an older reader can pass over. */
static void pack_inner(vst_packer *packer, const field *f, const vst_gate_facts *facts, const vst_gate_facts *expected,
                       const vst_facts_known *known)
{
	const vst_str *list;
	const char *const *names;

	switch (f->kind) {
		case FIELD_DELTA:
			vst_delta_pack(packer, *(const vst_str *) at(f, facts), *(const vst_str *) at(f, expected));
			break;
		case FIELD_LIST:
			list = *(const vst_str *const *) at(f, facts);
			for (size_t i = 0; i < count_of(f, facts); i++) {
				vst_pack_bytes(packer, list[i]);
			}
			break;
		case FIELD_NAMES:
			names = *(const char *const *const *) at(f, facts);
			for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
				vst_pack_bytes(packer, vst_str_from(names[i]));
			}
			break;
		case FIELD_ZONES:
			for (size_t i = 0; i < facts->zone_count; i++) {
				vst_pack_bytes(packer, vst_str_from(facts->zones[i]->name));
			}
			break;
		case FIELD_PERSON: vst_facts_pack_person(packer, facts->person, known->message, facts->now); break;
		default: break;
	}
}

static vst_rc pack_word(vst_tx *tx, vst_packer *packer, vst_str word, vst_err *err)
{
	int64_t id = 0;
	vst_rc rc = word.len > 0 ? vst_name_id(tx, VST_NAME_WORD, word, &id, err) : VST_OK;

	vst_pack(packer, id);
	return rc;
}

static vst_rc pack_field(vst_tx *tx, vst_packer *packer, size_t number, const vst_gate_facts *facts,
                         const vst_gate_facts *expected, const vst_facts_known *known, vst_packer *inner, vst_err *err)
{
	const field *f = &fields[number];
	bool is_number = f->kind < FIELD_KINDS_OF_NUMBER || f->kind == FIELD_WORD;

	vst_pack(packer, (int64_t) (number << 1 | (is_number ? 0 : 1)));
	switch (f->kind) {
		case FIELD_TEXT: vst_pack_bytes(packer, *(const vst_str *) at(f, facts)); break;
		case FIELD_WORDS: vst_pack_bytes(packer, vst_str_from(*(const char *const *) at(f, facts))); break;
		case FIELD_CODE: vst_pack_bytes(packer, vst_str_from(at(f, facts))); break;
		case FIELD_WORD: return pack_word(tx, packer, *(const vst_str *) at(f, facts), err);
		case FIELD_DELTA:
		case FIELD_LIST:
		case FIELD_NAMES:
		case FIELD_ZONES:
		case FIELD_PERSON:
			inner->len = 0;
			pack_inner(inner, f, facts, expected, known);
			packer->full = packer->full || inner->full;
			vst_pack_bytes(packer, vst_str_of((const char *) inner->bytes, inner->len));
			break;
		default: vst_pack(packer, number_of(f, facts)); break;
	}
	return VST_OK;
}

static vst_rc pack_all(vst_tx *tx, vst_packer *packer, const vst_gate_facts *facts, const vst_facts_known *known,
                       vst_packer *inner, vst_err *err)
{
	vst_gate_facts expected;
	vst_rc rc = VST_OK;

	expect(known, &expected);
	vst_pack(packer, RECORD_VERSION);
	vst_pack(packer, known->settings != NULL ? known->settings->version : 0);
	for (size_t i = 0; rc == VST_OK && i < FIELD_COUNT; i++) {
		if (!same(&fields[i], facts, &expected, known)) {
			rc = pack_field(tx, packer, i, facts, &expected, known, inner, err);
		}
		if (fields[i].offset == offsetof(vst_gate_facts, text)) {
			expected.given_text = facts->text;
		}
	}
	return rc;
}

vst_rc vst_facts_pack(vst_tx *tx, const vst_gate_facts *facts, const vst_facts_known *known, vst_arena *arena,
                      vst_str *out, vst_err *err)
{
	/* Nearly always enough at once. */
	for (size_t capacity = 512;; capacity *= 4) {
		unsigned char *bytes = vst_arena_alloc(arena, capacity * 2);
		vst_packer packer = {bytes, 0, capacity, false};
		vst_packer inner = {bytes != NULL ? bytes + capacity : NULL, 0, capacity, false};
		vst_rc rc = bytes != NULL ? pack_all(tx, &packer, facts, known, &inner, err) : vst_fail_nomem(err);

		if (rc != VST_OK || !packer.full) {
			*out = vst_str_of((const char *) bytes, packer.len);
			return rc;
		}
	}
}

/* ---- unpacking ---- */

static bool unpack_list(vst_unpacker *inner, vst_arena *arena, const vst_str **out, size_t *count)
{
	size_t most = (size_t) (inner->end - inner->at);
	vst_str *list = most > 0 ? vst_arena_array(arena, most, sizeof *list) : NULL;

	*count = 0;
	while (list != NULL && inner->at < inner->end && !inner->broken) {
		list[(*count)++] = vst_unpack_bytes(inner);
	}
	*out = list;
	return !inner->broken;
}

static bool unpack_names(vst_unpacker *inner, vst_arena *arena, const char *const **out)
{
	const vst_str *list = NULL;
	size_t count = 0;
	const char **names;

	if (!unpack_list(inner, arena, &list, &count)) {
		return false;
	}
	names = vst_arena_array(arena, count + 1, sizeof *names);
	for (size_t i = 0; names != NULL && i < count; i++) {
		names[i] = vst_arena_copy(arena, list[i]).ptr;
	}
	*out = names;
	return true;
}

static bool unpack_zones(vst_unpacker *inner, vst_arena *arena, vst_str *out)
{
	const vst_str *list = NULL;
	size_t count = 0;
	vst_str joined = VST_STR_EMPTY;

	if (!unpack_list(inner, arena, &list, &count)) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		joined = vst_arena_format(arena, "%.*s%s%.*s", VST_STR_ARGS(joined), i > 0 ? "|" : "", VST_STR_ARGS(list[i]));
	}
	*out = joined;
	return true;
}

static bool unpack_inner(const field *f, vst_str bytes, const vst_facts_known *known, vst_arena *arena,
                         vst_kept_facts *out)
{
	vst_unpacker inner = vst_unpacker_of(bytes);
	vst_gate_facts *facts = &out->facts;
	vst_str base;

	switch (f->kind) {
		case FIELD_TEXT: *(vst_str *) in(f, facts) = bytes; return true;
		case FIELD_WORDS: *(const char **) in(f, facts) = vst_arena_copy(arena, bytes).ptr; return true;
		case FIELD_CODE:
			memset(in(f, facts), 0, sizeof facts->phone_country);
			memcpy(in(f, facts), bytes.ptr, bytes.len < sizeof facts->phone_country ? bytes.len : 0);
			return bytes.len < sizeof facts->phone_country;
		case FIELD_DELTA:
			base = *(const vst_str *) at(f, facts);
			return vst_delta_unpack(&inner, base, arena, in(f, facts));
		case FIELD_LIST:
			return unpack_list(&inner, arena, in(f, facts), (size_t *) (void *) ((char *) facts + f->count_offset));
		case FIELD_NAMES: return unpack_names(&inner, arena, in(f, facts));
		case FIELD_ZONES: return unpack_zones(&inner, arena, &out->zone_names);
		case FIELD_PERSON:
			facts->person = &out->person;
			return vst_facts_unpack_person(&inner, known->message, facts->now, &out->person);
		default: return false;
	}
}

static vst_rc unpack_fields(vst_tx *tx, vst_unpacker *unpacker, const vst_facts_known *known, vst_arena *arena,
                            vst_kept_facts *out, vst_err *err)
{
	bool fits = true, text_read = false;
	vst_rc rc = VST_OK;

	while (rc == VST_OK && fits && unpacker->at < unpacker->end) {
		int64_t tag = vst_unpack(unpacker);
		bool bytes = (tag & 1) != 0;
		vst_str inner = bytes ? vst_unpack_bytes(unpacker) : VST_STR_EMPTY;
		int64_t number = bytes ? 0 : vst_unpack(unpacker);
		const field *f = tag >= 0 && tag >> 1 < (int64_t) FIELD_COUNT ? &fields[tag >> 1] : NULL;

		fits = !unpacker->broken;
		if (!fits || f == NULL) {
			continue; /* of a later version */
		}
		if (bytes) {
			fits = unpack_inner(f, inner, known, arena, out);
			text_read = f->offset == offsetof(vst_gate_facts, text);
			out->facts.given_text = text_read ? out->facts.text : out->facts.given_text;
		} else if (f->kind == FIELD_WORD) {
			rc = vst_name_text(tx, number, arena, in(f, &out->facts), err);
		} else if (f->kind < FIELD_KINDS_OF_NUMBER) {
			set_number(f, &out->facts, number);
		} else {
			fits = false;
		}
	}
	return rc == VST_OK && !fits ? vst_fail(err, VST_E_CORRUPT, "the stored facts of a decision cannot be read") : rc;
}

static bool read_head(vst_unpacker *unpacker, int64_t *settings_version)
{
	int64_t version = vst_unpack(unpacker);

	*settings_version = vst_unpack(unpacker);
	return version == RECORD_VERSION && !unpacker->broken;
}

bool vst_facts_settings_version(vst_str record, int64_t *version)
{
	vst_unpacker unpacker = vst_unpacker_of(record);

	return record.len > 0 && read_head(&unpacker, version);
}

vst_rc vst_facts_unpack(vst_tx *tx, const vst_facts_known *known, vst_arena *arena, vst_kept_facts *out, vst_err *err)
{
	vst_unpacker unpacker = vst_unpacker_of(known->message->facts);
	int64_t version;
	vst_rc rc = VST_OK;

	expect(known, &out->facts);
	out->zone_names = known->message->zones;
	if (known->message->facts.len > 0) {
		rc = read_head(&unpacker, &version)
		         ? unpack_fields(tx, &unpacker, known, arena, out, err)
		         : vst_fail(err, VST_E_CORRUPT, "the stored facts of a decision cannot be read");
	}
	return rc == VST_OK && arena->failed ? vst_fail_nomem(err) : rc;
}

vst_rc vst_facts_zones(vst_zone_cache *cache, vst_str names, const vst_zone *own[VST_FACTS_ZONES_MAX],
                       vst_gate_facts *facts, char wanted[VST_ZONE_NAME_BYTES], vst_err *err)
{
	facts->zone_count = 0;
	if (names.len == 0) {
		if (!vst_zone_cache_has_russia(cache)) {
			memcpy(wanted, VST_ZONES_OF_RUSSIA, sizeof VST_ZONES_OF_RUSSIA);
			return VST_E_CANCELLED;
		}
		return vst_zone_cache_russia(cache, &facts->zones, &facts->zone_count, err);
	}
	while (names.len > 0) {
		const char *bar = memchr(names.ptr, '|', names.len);
		size_t len = bar != NULL ? (size_t) (bar - names.ptr) : names.len;
		char name[VST_ZONE_NAME_BYTES] = "";

		if (len >= sizeof name || facts->zone_count == VST_FACTS_ZONES_MAX) {
			return vst_fail(err, VST_E_CORRUPT, "a stored list of time zones cannot be read");
		}
		memcpy(name, names.ptr, len);
		own[facts->zone_count] = vst_zone_cache_peek(cache, name);
		if (own[facts->zone_count] == NULL) {
			memcpy(wanted, name, sizeof name);
			return VST_E_CANCELLED;
		}
		facts->zone_count++;
		names = bar != NULL ? (vst_str) {bar + 1, names.len - len - 1} : VST_STR_EMPTY;
	}
	facts->zones = own;
	return VST_OK;
}
