#include "classify.h"

#define BIT(list) (UINT64_C(1) << VST_LIST_##list)

/* Lists that decide, and why. Sections are those of the law and of FAS practice that docs/lexicon.md names. */
static const struct {
	unsigned list;
	const char *ru, *en;
} whys[] = {
	{VST_LIST_PROMO_DISCOUNT, "скидка или снижение цены", "a discount or a lower price"},
	{VST_LIST_PROMO_CODE, "промокод или купон", "a promo code or a coupon"},
	{VST_LIST_PROMO_SALE, "акция или распродажа", "a sale or a special offer"},
	{VST_LIST_PROMO_GIFT, "подарок или приз", "a gift or a prize"},
	{VST_LIST_PROMO_BONUS, "бонусы как повод покупать", "bonuses as a reason to buy"},
	{VST_LIST_PROMO_BASKET, "напоминание о непокупке", "a reminder of what was not bought"},
	{VST_LIST_PROMO_GREETING, "поздравление или повод купить", "a greeting or an occasion to buy"},
	{VST_LIST_PROMO_RETURN, "приглашение прийти снова", "an invitation to come again"},
	{VST_LIST_PROMO_CALL, "призыв купить, попробовать или присоединиться", "a call to buy, try or join"},
	{VST_LIST_PROMO_FREE, "бесплатное предложение", "something offered for free"},
	{VST_LIST_PROMO_NEWS, "новинки, открытия, ассортимент", "novelties, openings, the range of goods"},
	{VST_LIST_PROMO_OFFER, "предложение услуг или денег", "an offer of services or money"},
	{VST_LIST_PROMO_PRICE, "цена как приманка", "a price as a lure"},
	{VST_LIST_SUPERLATIVE, "превосходная степень", "a superlative"},
	{VST_LIST_CONTEST, "конкурс или розыгрыш", "a contest or a prize draw"},
	{VST_LIST_CUE_CODE, "код или пароль", "a code or a password"},
	{VST_LIST_CUE_ORDER, "сообщение об исполнении заказа или договора", "news of an order or a contract"},
};

static const uint64_t promotional = BIT(PROMO_DISCOUNT) | BIT(PROMO_CODE) | BIT(PROMO_SALE) | BIT(PROMO_GIFT) |
                                    BIT(PROMO_BONUS) | BIT(PROMO_BASKET) | BIT(PROMO_GREETING) | BIT(PROMO_RETURN) |
                                    BIT(PROMO_CALL) | BIT(PROMO_FREE) | BIT(PROMO_NEWS) | BIT(PROMO_OFFER) |
                                    BIT(PROMO_PRICE) | BIT(SUPERLATIVE) | BIT(CONTEST);

static vst_reason reason_of(const vst_match *match)
{
	vst_reason reason = {match->text, match->position, match->length, "", ""};

	for (size_t i = 0; i < sizeof whys / sizeof whys[0]; i++) {
		if (whys[i].list == match->list) {
			reason.why_ru = whys[i].ru;
			reason.why_en = whys[i].en;
		}
	}
	return reason;
}

/* Whether there is something that can be a code: two digits in a row, or letters and digits in one word. */
static bool has_code(vst_str text)
{
	bool before = false, letter = false;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char byte = (unsigned char) text.ptr[i];
		bool digit = byte >= '0' && byte <= '9';

		if (digit && (before || letter)) {
			return true;
		}
		before = digit;
		letter = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
	}
	return false;
}

static uint64_t lists_in(const vst_matches *matches)
{
	uint64_t lists = 0;

	for (size_t i = 0; i < matches->count; i++) {
		lists |= UINT64_C(1) << matches->items[i].list;
	}
	return lists;
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

vst_rc vst_text_classify(vst_str text, vst_category declared, vst_arena *arena, vst_classification *out, vst_err *err)
{
	vst_inspection inspection = vst_inspection_builtin(promotional | BIT(CUE_CODE) | BIT(CUE_ORDER));
	vst_matches matches;
	uint64_t found, deciding = 0;
	vst_reason *reasons;
	vst_rc rc = vst_text_inspect(text, &inspection, arena, &matches, err);

	if (rc != VST_OK) {
		return rc;
	}
	reasons = vst_arena_array(arena, matches.count + 1, sizeof *reasons);
	if (reasons == NULL) {
		return vst_fail_nomem(err);
	}
	found = lists_in(&matches);
	out->category = VST_ADVERTISING;
	if ((found & promotional) != 0) {
		deciding = promotional;
	} else if (declared == VST_ADVERTISING) {
		reasons[0] = (vst_reason) {VST_STR_EMPTY, 0, 0, "заявлено как реклама", "declared as advertising"};
	} else if ((found & BIT(CUE_CODE)) != 0 && has_code(text)) {
		out->category = VST_AUTHENTICATION;
		deciding = BIT(CUE_CODE);
	} else if ((found & (BIT(CUE_ORDER) | BIT(CUE_CODE))) != 0) {
		out->category = VST_SERVICE;
		deciding = BIT(CUE_ORDER) | BIT(CUE_CODE);
	} else {
		reasons[0] = (vst_reason) {VST_STR_EMPTY, 0, 0, "не видно, о каком заказе или договоре речь",
		                           "it does not show which order or contract it is about"};
	}
	out->reasons = reasons;
	out->count = deciding != 0 ? reasons_of(&matches, deciding, reasons) : 1;
	return VST_OK;
}
