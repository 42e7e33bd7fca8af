/* The words of replies: data. Private to the room. Small letters, е for ё. */
#ifndef VST_TEXT_REPLY_WORDS_H
#define VST_TEXT_REPLY_WORDS_H

#include "base/str.h"
#include "reply.h"

typedef enum vst_keyword_strength {
	VST_KEYWORD_LEADS,  /* acts as the whole message and in front of other words */
	VST_KEYWORD_WHOLE,  /* acts as the whole message */
	VST_KEYWORD_OBJECT, /* acts with the mailing named ("отмена рассылки"), else weak */
	VST_KEYWORD_WEAK    /* counts as the whole message, after an advertisement */
} vst_keyword_strength;

typedef struct vst_keyword {
	const char *words; /* separated by one space */
	const char *name;  /* as it is reported */
	vst_reply_intent intent;
	vst_keyword_strength strength;
} vst_keyword;

extern const vst_keyword vst_keywords[];
extern const size_t vst_keyword_count;

/* What a word can mean in a reply; a word may mean several things. */
typedef enum vst_word_sense {
	VST_SENSE_POLITE = 1 << 0,    /* may stand beside a keyword: please, thanks, to me */
	VST_SENSE_MAILING = 1 << 1,   /* what should stop: SMS, mailing, spam */
	VST_SENSE_PERSON = 1 << 2,    /* what the shop has of a person: me, number, list */
	VST_SENSE_ORDER = 1 << 3,     /* the purchase: order, delivery, courier */
	VST_SENSE_QUESTION = 1 << 4,  /* when, where, how much */
	VST_SENSE_NOT = 1 << 5,       /* what follows is denied */
	VST_SENSE_SEND = 1 << 6,      /* write, send, disturb: denied, a wish to be left alone */
	VST_SENSE_REMOVE = 1 << 7,    /* remove, switch off, cease: of the mailing or a person, the same wish */
	VST_SENSE_LEAVE = 1 << 8,     /* leave me alone: by itself */
	VST_SENSE_ANNOYED = 1 << 9,   /* fed up: by itself, unless an order is meant */
	VST_SENSE_UNWANTED = 1 << 10, /* want, need: denied, with what is sent or alone, a refusal */
	VST_SENSE_CONSENT = 1 << 11,
	VST_SENSE_REVOKE = 1 << 12,    /* revoke, forbid: of a consent */
	VST_SENSE_AUTHORITY = 1 << 13, /* where people complain, unless an order is meant */
	VST_SENSE_ORIGIN = 1 << 14,    /* where from: of a number */
	VST_SENSE_UNSUBSCRIBE = 1 << 15,
	VST_SENSE_HOW_MUCH = 1 << 16 /* "сколько можно слать": with sending, fed up */
} vst_word_sense;

typedef struct vst_sense_entry {
	/*
	 * Stems, separated by one space. '=' behind one: the whole word. '~': as a verb that asks for something, so not in the
	 * past nor in the present tense.
	 */
	const char *stems;
	unsigned senses;
} vst_sense_entry;

extern const vst_sense_entry vst_senses[];
extern const size_t vst_sense_count;

/* Words one slip away from a keyword that are words of their own. */
extern const char *const vst_reply_own_words[];
extern const size_t vst_reply_own_word_count;

#endif
