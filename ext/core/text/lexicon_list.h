/*
 * The lists of the lexicon: one a dictionary file, one bit in a match. Several lists make a category that callers
 * see; the lists of promotion and of the cues tell the classifier why.
 */
#ifndef VST_TEXT_LEXICON_LIST_H
#define VST_TEXT_LEXICON_LIST_H

#include "base/str.h"

/* id, file and name, category or "" for a cue that inspection does not show, traits */
#define VST_LEXICON_LISTS(X) \
	X(PROFANITY, "profanity", "profanity", VST_TRAIT_MASKED) \
	X(INSULT, "insult", "insult", VST_TRAIT_MASKED) \
	X(THREAT, "threat", "threat", VST_TRAIT_MASKED) \
	X(VIOLENCE, "violence", "violence", VST_TRAIT_MASKED) \
	X(TOBACCO, "tobacco", "forbidden_tobacco", VST_TRAIT_MASKED) \
	X(DRUGS, "drugs", "forbidden_drugs", VST_TRAIT_MASKED) \
	X(EXPLOSIVES, "explosives", "forbidden_explosives", 0) \
	X(ORGANS, "organs", "forbidden_organs", 0) \
	X(UNCERTIFIED, "uncertified", "forbidden_uncertified", 0) \
	X(ABORTION, "abortion", "forbidden_abortion", VST_TRAIT_MASKED) \
	X(ALCOHOL, "alcohol", "forbidden_alcohol", VST_TRAIT_MASKED) \
	X(GAMBLING, "gambling", "forbidden_gambling", VST_TRAIT_MASKED) \
	X(WEAPONS, "weapons", "forbidden_weapons", VST_TRAIT_MASKED) \
	X(VPN, "vpn", "forbidden_vpn", VST_TRAIT_MASKED) \
	X(BANNED_RESOURCE, "banned_resource", "forbidden_resource", 0) \
	X(PRESCRIPTION, "prescription", "forbidden_prescription", VST_TRAIT_MASKED) \
	X(WORKS, "works", "forbidden_works", VST_TRAIT_MASKED) \
	X(MEDICINE, "medicine", "disclaimer_medicine", 0) \
	X(SUPPLEMENT, "supplement", "disclaimer_supplement", 0) \
	X(INFANT_FORMULA, "infant_formula", "disclaimer_infant_formula", 0) \
	X(CREDIT, "credit", "disclaimer_credit", 0) \
	X(INVESTMENT, "investment", "disclaimer_investment", 0) \
	X(BANKRUPTCY, "bankruptcy", "disclaimer_bankruptcy", 0) \
	X(CONTEST, "contest", "disclaimer_contest", 0) \
	X(SUPERLATIVE, "superlative", "superlative", VST_TRAIT_MASKED) \
	X(CLAIM, "claim", "claim", 0) \
	X(MIXED, "mixed_alphabet", "mixed_alphabet", 0) \
	X(SHORTENER, "shortener", "shortener", 0) \
	X(PROMO_DISCOUNT, "promo_discount", "promotion", 0) \
	X(PROMO_CODE, "promo_code", "promotion", 0) \
	X(PROMO_GIFT, "promo_gift", "promotion", 0) \
	X(PROMO_BONUS, "promo_bonus", "promotion", 0) \
	X(PROMO_GREETING, "promo_greeting", "promotion", 0) \
	X(PROMO_RETURN, "promo_return", "promotion", 0) \
	X(PROMO_CALL, "promo_call", "promotion", 0) \
	X(PROMO_NEWS, "promo_news", "promotion", 0) \
	X(PROMO_OFFER, "promo_offer", "promotion", 0) \
	X(CUE_EVENT, "cue_event", "", 0) \
	X(CUE_THING, "cue_thing", "", 0) \
	X(CUE_PLEASE, "cue_please", "", 0) \
	X(CUE_OFFER, "cue_offer", "", 0) \
	X(CUE_CODE, "cue_code", "", 0) \
	X(VIOLENCE_DEED, "violence_deed", "", VST_TRAIT_MASKED) \
	X(VIOLENCE_VICTIM, "violence_victim", "", 0) \
	X(VIOLENCE_BLOW, "violence_blow", "", VST_TRAIT_MASKED) \
	X(VIOLENCE_BODY, "violence_body", "", 0) \
	X(VIOLENCE_WHOM, "violence_whom", "", 0) \
	X(VIOLENCE_PRONOUN, "violence_pronoun", "", 0) \
	X(VIOLENCE_MEANS, "violence_means", "", 0) \
	X(CUE_TERMS, "cue_terms", "", 0) \
	X(CUE_CRITERION, "cue_criterion", "", 0) \
	X(CUE_PERIOD, "cue_period", "", 0) \
	X(CUE_PRICE, "cue_price", "", 0) \
	X(CUE_CREDIT_COST, "cue_credit_cost", "", 0) \
	X(CUE_FULL_COST, "cue_full_cost", "", 0) \
	X(CUE_CREDITOR, "cue_creditor", "", 0) \
	X(WARNING_MEDICINE, "warning_medicine", "", 0) \
	X(WARNING_CONSULT, "warning_consult", "", 0) \
	X(WARNING_SUPPLEMENT, "warning_supplement", "", 0) \
	X(WARNING_AGE, "warning_age", "", 0) \
	X(WARNING_CREDIT, "warning_credit", "", 0) \
	X(WARNING_BANKRUPTCY, "warning_bankruptcy", "", 0) \
	X(PROMISE_CURE, "promise_cure", "", 0) \
	X(PROMISE_RELIEF, "promise_relief", "", 0)

enum {
#define VST_LIST_ID(id, name, category, traits) VST_LIST_##id,
	VST_LEXICON_LISTS(VST_LIST_ID)
#undef VST_LIST_ID
		VST_LISTS
};

/* Letters may hide behind asterisks, separators, digits and repetition: what people mask is looked for that way. */
#define VST_TRAIT_MASKED 1u

typedef struct vst_lexicon_list {
	const char *name, *category;
	unsigned traits;
} vst_lexicon_list;

const vst_lexicon_list *vst_lexicon_list_of(unsigned list);
/* The lists of a category as bits; 0: there is no such category. */
uint64_t vst_lexicon_category(vst_str category);
/* The number of a list; VST_LISTS: there is none with that name. */
unsigned vst_lexicon_list_named(vst_str name);
/* All lists that have a category. */
uint64_t vst_lexicon_shown(void);
/* All lists with the trait of being masked. */
uint64_t vst_lexicon_masked(void);

#endif
