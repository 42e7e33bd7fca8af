#include "classify.h"

#include "classify_weigh.h"
#include "utf8.h"

#define BIT(list) (UINT64_C(1) << VST_LIST_##list)

/* Lists that decide, and why. Sections are those of the law and of FAS practice that docs/lexicon.md names. */
static const struct {
	unsigned list;
	const char *ru, *en;
} whys[] = {
	{VST_LIST_PROMO_DISCOUNT, "скидка, акция или распродажа", "a discount, a special offer or a sale"},
	{VST_LIST_PROMO_CODE, "промокод или купон", "a promo code or a coupon"},
	{VST_LIST_PROMO_GIFT, "подарок, приз или бесплатное предложение", "a gift, a prize or something for free"},
	{VST_LIST_PROMO_BONUS, "бонусы как повод покупать", "bonuses as a reason to buy"},
	{VST_LIST_PROMO_GREETING, "поздравление или повод купить", "a greeting or an occasion to buy"},
	{VST_LIST_PROMO_RETURN, "приглашение вернуться или напоминание о непокупке",
     "an invitation to come again, or a reminder of what was not bought"},
	{VST_LIST_PROMO_CALL, "призыв купить, попробовать или присоединиться", "a call to buy, try or join"},
	{VST_LIST_PROMO_NEWS, "новинки, открытия, ассортимент", "novelties, openings, the range of goods"},
	{VST_LIST_PROMO_OFFER, "предложение услуг, денег или цена как приманка",
     "an offer of services or money, or a price as a lure"},
	{VST_LIST_SUPERLATIVE, "превосходная степень", "a superlative"},
	{VST_LIST_CONTEST, "конкурс или розыгрыш", "a contest or a prize draw"},
	{VST_LIST_CUE_CODE, "код или пароль", "a code or a password"},
	{VST_LIST_CUE_EVENT, "сообщение об исполнении заказа или договора", "news of an order or a contract"},
	{VST_LIST_CUE_OFFER, "предложение рядом с сообщением по заказу", "an offer beside news of an order"},
	{VST_LIST_CUE_THING, "то, о чём сообщают по заказу или договору", "what an order or a contract is about"},
};

static const uint64_t promotional = BIT(PROMO_DISCOUNT) | BIT(PROMO_CODE) | BIT(PROMO_GIFT) | BIT(PROMO_BONUS) |
                                    BIT(PROMO_GREETING) | BIT(PROMO_RETURN) | BIT(PROMO_CALL) | BIT(PROMO_NEWS) |
                                    BIT(PROMO_OFFER) | BIT(SUPERLATIVE) | BIT(CONTEST);

static const uint64_t cues = BIT(CUE_CODE) | BIT(CUE_EVENT) | BIT(CUE_THING) | BIT(CUE_PLEASE) | BIT(CUE_OFFER);

static vst_reason reason_of(const vst_match *match)
{
	vst_reason reason = {match->text, match->position, match->length, "", "", false};

	for (size_t i = 0; i < sizeof whys / sizeof whys[0]; i++) {
		if (whys[i].list == match->list) {
			reason.why_ru = whys[i].ru;
			reason.why_en = whys[i].en;
		}
	}
	return reason;
}

/*
 * Whether there is something that can be a code: two digits in a row, letters and digits in one word, or three digits
 * with one mark between them ("7 7 1 9").
 */
static bool has_code(vst_str text)
{
	size_t digits = 0, gap = 0;
	bool letter = false;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char) text.ptr[i];

		if (byte >= '0' && byte <= '9') {
			digits = gap > 1 ? 1 : digits + 1;
			if (letter || (digits > 1 && gap == 0) || digits > 2) {
				return true;
			}
			gap = 0;
		} else {
			gap++;
		}
		letter = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
	}
	return false;
}

/* What a text is judged by. */
typedef struct evidence {
	vst_str text;
	const uint8_t *symbols;
	size_t count;
	vst_matches matches;
	uint64_t lists; /* in which something was found */
} evidence;

static vst_rc gather(vst_str text, const vst_matches *matches, vst_arena *arena, evidence *out, vst_err *err)
{
	uint8_t *symbols = vst_arena_alloc(arena, text.len + 1);

	if (symbols == NULL) {
		return vst_fail_nomem(err);
	}
	out->text = text;
	out->symbols = symbols;
	out->count = vst_symbols(text, symbols);
	out->matches = *matches;
	out->lists = 0;
	for (size_t i = 0; i < out->matches.count; i++) {
		out->lists |= UINT64_C(1) << out->matches.items[i].list;
	}
	return VST_OK;
}

static bool has_match(const evidence *e, uint64_t lists, vst_span span)
{
	for (size_t i = 0; i < e->matches.count; i++) {
		const vst_match *match = &e->matches.items[i];

		if ((lists & UINT64_C(1) << match->list) && match->position < span.end &&
		    match->position + match->length > span.begin) {
			return true;
		}
	}
	return false;
}

/* A word of this form that is none of the nouns that only look so. */
static bool has_form(const evidence *e, vst_span span, vst_next_form *next)
{
	size_t from = span.begin;
	vst_span word;

	while (next(e->symbols, span.end, &from, &word)) {
		if (!has_match(e, BIT(CUE_PLEASE), word)) {
			return true;
		}
	}
	return false;
}

static bool has_digit(const evidence *e, vst_span span)
{
	for (size_t i = span.begin; i < span.end; i++) {
		if (vst_symbol_is_digit(e->symbols[i])) {
			return true;
		}
	}
	return false;
}

/*
 * What orders are about: a thing says more beside a second one or a number ("накладная 118"), and nearly all beside a
 * verb that tells what was done.
 */
static bool is_about_order(const evidence *e, vst_span sentence, bool done)
{
	size_t things = 0;

	for (size_t i = 0; i < e->matches.count; i++) {
		const vst_match *match = &e->matches.items[i];

		things +=
			match->list == VST_LIST_CUE_THING && match->position >= sentence.begin && match->position < sentence.end;
	}
	return things > 1 || (things > 0 && (done || has_digit(e, sentence))) || has_match(e, BIT(CUE_CODE), sentence);
}

/*
 * Each sentence of more than two words must tell what happened to an order, or name things that orders are about;
 * somewhere it must have happened.
 */
static bool is_service(const evidence *e)
{
	size_t from = 0, words;
	bool happened = false;
	vst_span sentence;

	while (vst_next_sentence(e->symbols, e->count, &from, &sentence, &words)) {
		bool event = has_match(e, BIT(CUE_EVENT), sentence) || has_form(e, sentence, vst_next_participle);
		bool done = event || has_form(e, sentence, vst_next_past);
		bool about = is_about_order(e, sentence, done);

		happened = happened || event || (about && done);
		if (words > 2 && !event && !about) {
			return false;
		}
	}
	return happened;
}

static vst_reason reason_at(const evidence *e, vst_span span, unsigned list)
{
	vst_match match = {list, span.begin, span.end - span.begin, VST_STR_EMPTY};
	size_t begin = vst_utf8_offset(e->text, span.begin);
	vst_str rest = {e->text.ptr + begin, e->text.len - begin};

	match.text = (vst_str) {rest.ptr, vst_utf8_offset(rest, match.length)};
	return reason_of(&match);
}

/* A call that no list names: "загляните", "запрыгивайте". */
static bool find_call(const evidence *e, vst_reason *out)
{
	size_t from = 0;
	vst_span word;

	while (vst_next_imperative(e->symbols, e->count, &from, &word)) {
		if (!has_match(e, BIT(CUE_PLEASE), word)) {
			*out = reason_at(e, word, VST_LIST_PROMO_CALL);
			return true;
		}
	}
	return false;
}

/* The matches of these lists, of those that overlap only the first. */
static size_t reasons_of(const vst_matches *matches, uint64_t lists, vst_reason *out)
{
	size_t count = 0;
	uint32_t end = 0;

	for (size_t i = 0; i < matches->count; i++) {
		const vst_match *match = &matches->items[i];

		if ((lists & UINT64_C(1) << match->list) && (count == 0 || match->position >= end)) {
			out[count++] = reason_of(match);
			end = match->position + match->length;
		}
	}
	return count;
}

static vst_reason reason_of_wording(const evidence *e, bool owned, vst_span heaviest)
{
	vst_reason reason;

	if (!owned || heaviest.end == 0) {
		return (vst_reason) {VST_STR_EMPTY,
		                     0,
		                     0,
		                     "не всё в тексте говорит о заказе или договоре",
		                     "not all of the text is about an order or a contract",
		                     true};
	}
	reason = reason_at(e, heaviest, VST_LIST_CUE_OFFER);
	reason.why_ru = "так пишут в рекламе, а не о заказе или договоре";
	reason.why_en = "wording of advertising rather than of news of an order";
	reason.weighed = true;
	return reason;
}

/*
 * How far the wording may lean to advertising in a service message that the rules own, in one that they do not, and
 * in a code; in hundredths. Set where the labelled texts that were not learnt from leak least.
 */
enum {
	LEANING_OF_SERVICE = 60,
	LEANING_OF_OTHERS = -90,
	LEANING_OF_CODE = 60,
	LEANING_OF_SENTENCE = 60 /* what a sentence alone is allowed more */
};

/* The lists whose matches are the reasons; 0: *reason is the only one. */
static uint64_t judge(const evidence *e, vst_category declared, vst_category *category, vst_reason *reason)
{
	bool call, offer, owned;
	vst_span heaviest;
	int leaning;

	*category = VST_ADVERTISING;
	if ((e->lists & promotional) != 0) {
		return promotional;
	}
	call = find_call(e, reason);
	if (declared == VST_ADVERTISING) {
		*reason = call ? *reason
		               : (vst_reason) {VST_STR_EMPTY, 0, 0, "заявлено как реклама", "declared as advertising", false};
		return 0;
	}
	leaning = vst_text_leaning(e->symbols, e->count, LEANING_OF_SENTENCE, &heaviest);
	if ((e->lists & BIT(CUE_CODE)) != 0 && has_code(e->text) && leaning < LEANING_OF_CODE) {
		*category = VST_AUTHENTICATION;
		return BIT(CUE_CODE);
	}
	offer = (e->lists & BIT(CUE_OFFER)) != 0;
	owned = !call && !offer && is_service(e);
	if (e->count > 0 && leaning < (owned ? LEANING_OF_SERVICE : LEANING_OF_OTHERS)) {
		*category = VST_SERVICE;
		return BIT(CUE_EVENT) | BIT(CUE_THING);
	}
	if (offer) {
		return BIT(CUE_OFFER);
	}
	if (!call) {
		*reason = reason_of_wording(e, owned, heaviest);
	}
	return 0;
}

vst_rc vst_text_classify_matches(vst_str text, const vst_matches *matches, vst_category declared, vst_arena *arena,
                                 vst_classification *out, vst_err *err)
{
	evidence e = {.count = 0};
	uint64_t deciding;
	vst_reason *reasons;
	vst_rc rc = gather(text, matches, arena, &e, err);

	if (rc != VST_OK) {
		return rc;
	}
	reasons = vst_arena_array(arena, e.matches.count + 1, sizeof *reasons);
	if (reasons == NULL) {
		return vst_fail_nomem(err);
	}
	deciding = judge(&e, declared, &out->category, reasons);
	out->reasons = reasons;
	out->count = deciding != 0 ? reasons_of(&e.matches, deciding, reasons) : 1;
	if (out->count == 0) { /* what happened is told by no word of the lists */
		const vst_match whole = {VST_LIST_CUE_EVENT, 0, 0, VST_STR_EMPTY};

		reasons[out->count++] = reason_of(&whole);
	}
	return VST_OK;
}

uint64_t vst_classify_lists(void)
{
	return promotional | cues;
}

vst_rc vst_text_classify(vst_str text, vst_category declared, vst_arena *arena, vst_classification *out, vst_err *err)
{
	vst_inspection inspection = vst_inspection_builtin(vst_classify_lists());
	vst_matches matches;
	vst_rc rc = vst_text_inspect(text, &inspection, arena, &matches, err);

	return rc == VST_OK ? vst_text_classify_matches(text, &matches, declared, arena, out, err) : rc;
}
