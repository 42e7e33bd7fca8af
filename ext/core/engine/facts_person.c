/* What was known of a person, as a part of a record of facts. Instants are relative to the decision's. */
#include "facts_record.h"

enum {
	HAS_PHONE = 1, /* another than the row's */
	HAS_LAST = 2,
	HAS_STOPS = 4,
	HAS_BAR = 8,
	HAS_ACTIVE = 16,
	HAS_ELSEWHERE = 32,
	FLAG_COUNT = 6,
};

static int flags_of(const vst_person *person, const vst_message *message)
{
	return (person->phone != message->phone ? HAS_PHONE : 0) | (person->last_seq != message->previous ? HAS_LAST : 0) |
	       (person->stop_advertising != 0 || person->stop_all != 0 ? HAS_STOPS : 0) |
	       (person->bar_until != 0 ? HAS_BAR : 0) | (person->active_at != 0 ? HAS_ACTIVE : 0) |
	       (person->consent_elsewhere ? HAS_ELSEWHERE : 0);
}

static bool says_something(const vst_consent_fact *fact)
{
	return fact->status != VST_CONSENT_NONE || fact->since != 0 || fact->event != 0 || fact->complete ||
	       fact->source != 0;
}

static int purposes_of(const vst_person *person)
{
	int purposes = 0;

	for (int purpose = 0; purpose < VST_PURPOSE_COUNT; purpose++) {
		purposes |= says_something(&person->consent[purpose]) ? 1 << purpose : 0;
	}
	return purposes;
}

static void pack_consents(vst_packer *packer, const vst_person *person, int64_t now)
{
	for (int purpose = 0; purpose < VST_PURPOSE_COUNT; purpose++) {
		const vst_consent_fact *fact = &person->consent[purpose];

		if (says_something(fact)) {
			vst_pack(packer, (int) fact->status | (fact->complete ? 1 : 0) << 2 | (int) fact->source << 3);
			vst_pack(packer, fact->since - now);
			vst_pack(packer, fact->event);
		}
	}
}

static bool unpack_consents(vst_unpacker *unpacker, int64_t purposes, int64_t now, vst_person *out)
{
	for (int purpose = 0; purpose < VST_PURPOSE_COUNT; purpose++) {
		vst_consent_fact *fact = &out->consent[purpose];
		int64_t tag;

		if ((purposes >> purpose & 1) == 0) {
			continue;
		}
		tag = vst_unpack(unpacker);
		if (tag < 0 || tag >> 3 >= VST_SOURCE_COUNT || (tag & 3) >= VST_CONSENT_STATUS_COUNT) {
			return false;
		}
		fact->status = (vst_consent_status) (tag & 3);
		fact->complete = (tag & 4) != 0;
		fact->source = (vst_source) (tag >> 3);
		fact->since = vst_unpack(unpacker) + now;
		fact->event = vst_unpack(unpacker);
	}
	return true;
}

/* A message's seq lies near the instant it was made at, and that near its charge's. */
static int64_t likely_seq(int64_t at)
{
	return (int64_t) ((uint64_t) at * 1000 << VST_SEQ_COUNTER_BITS);
}

static void pack_charges(vst_packer *packer, const vst_person *person, int64_t now)
{
	for (size_t i = 0; i < person->charge_count; i++) {
		const vst_cap_charge *charge = &person->charges[i];

		vst_pack(packer, (int) charge->kind | (charge->sent ? 1 : 0) << 2 | charge->priority << 3);
		vst_pack(packer, charge->at - now);
		vst_pack(packer, (int64_t) ((uint64_t) charge->seq - (uint64_t) likely_seq(charge->at)));
	}
}

static bool unpack_charges(vst_unpacker *unpacker, int64_t count, int64_t now, vst_person *out)
{
	if (count < 0 || count > VST_CHARGES_MAX) {
		return false;
	}
	for (int64_t i = 0; i < count; i++) {
		int64_t tag = vst_unpack(unpacker);
		vst_cap_charge *charge = &out->charges[i];

		if (tag < 0 || tag >> 3 > VST_PRIORITY_MAX || (tag & 3) >= VST_CHARGE_KIND_COUNT) {
			return false;
		}
		charge->kind = (vst_charge_kind) (tag & 3);
		charge->sent = (tag & 4) != 0;
		charge->priority = (int) (tag >> 3);
		charge->at = vst_unpack(unpacker) + now;
		charge->seq = (int64_t) ((uint64_t) vst_unpack(unpacker) + (uint64_t) likely_seq(charge->at));
	}
	out->charge_count = (size_t) count;
	return true;
}

void vst_facts_pack_person(vst_packer *packer, const vst_person *person, const vst_message *message, int64_t now)
{
	int flags = flags_of(person, message);

	vst_pack(packer, flags | purposes_of(person) << FLAG_COUNT);
	if ((flags & HAS_PHONE) != 0) {
		vst_pack(packer, person->phone);
	}
	if ((flags & HAS_LAST) != 0) {
		vst_pack(packer, person->last_seq);
	}
	if ((flags & HAS_STOPS) != 0) {
		vst_pack(packer, person->stop_advertising);
		vst_pack(packer, person->stop_all);
	}
	if ((flags & HAS_BAR) != 0) {
		vst_pack(packer, person->bar_until - now);
	}
	if ((flags & HAS_ACTIVE) != 0) {
		vst_pack(packer, person->active_at - now);
	}
	pack_consents(packer, person, now);
	vst_pack(packer, (int64_t) person->charge_count);
	pack_charges(packer, person, now);
}

bool vst_facts_unpack_person(vst_unpacker *unpacker, const vst_message *message, int64_t now, vst_person *out)
{
	int64_t flags = vst_unpack(unpacker), purposes = flags >> FLAG_COUNT;

	memset(out, 0, offsetof(vst_person, charges));
	out->charge_count = 0;
	out->phone = (flags & HAS_PHONE) != 0 ? vst_unpack(unpacker) : message->phone;
	out->last_seq = (flags & HAS_LAST) != 0 ? vst_unpack(unpacker) : message->previous;
	if ((flags & HAS_STOPS) != 0) {
		out->stop_advertising = (unsigned) vst_unpack(unpacker);
		out->stop_all = (unsigned) vst_unpack(unpacker);
	}
	out->bar_until = (flags & HAS_BAR) != 0 ? vst_unpack(unpacker) + now : 0;
	out->active_at = (flags & HAS_ACTIVE) != 0 ? vst_unpack(unpacker) + now : 0;
	out->consent_elsewhere = (flags & HAS_ELSEWHERE) != 0;
	return purposes < 1 << VST_PURPOSE_COUNT && unpack_consents(unpacker, purposes, now, out) &&
	       unpack_charges(unpacker, vst_unpack(unpacker), now, out) && !unpacker->broken;
}
