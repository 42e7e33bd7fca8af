#include "rule.h"

/*
 * The rules, in the order of evaluation. Sources: federal laws 38-FZ (advertising), 126-FZ (communications), 152-FZ
 * (personal data), the code of administrative offences (КоАП) as of 2026-11, and the practice of operators. Where a
 * rule is practice and no statute, its basis says so.
 */

#define SETTING(field) offsetof(vst_rule_values, field)

static const vst_rule_setting confirmed_settings[] = {
	{NULL, "warn_for", VST_SETTING_SOURCES, SETTING(confirm_warn_for), 0, 0, 0, NULL, NULL},
	{NULL, NULL, VST_SETTING_INTEGER, 0, 0, 0, 0, NULL, NULL},
};

#define END_OF_SETTINGS \
	{ \
		NULL, NULL, VST_SETTING_INTEGER, 0, 0, 0, 0, NULL, NULL \
	}
/* Entries in the syntax of the lexicon. */
#define WORDS(group, key, field) \
	{ \
		group, key, VST_SETTING_TEXTS, SETTING(field), 1, 200, 1000, NULL, NULL \
	}

static const vst_rule_setting promotion_settings[] = {WORDS(NULL, "words", promotion_words), END_OF_SETTINGS};
static const vst_rule_setting offensive_settings[] = {WORDS(NULL, "words", offensive_words), END_OF_SETTINGS};
static const vst_rule_setting forbidden_settings[] = {WORDS(NULL, "words", forbidden_words), END_OF_SETTINGS};
static const vst_rule_setting claim_settings[] = {WORDS(NULL, "words", claim_words), END_OF_SETTINGS};

static const vst_rule_setting warning_settings[] = {
	WORDS("texts", "medicine", warnings[VST_REGULATED_MEDICINE]),
	WORDS("texts", "supplement", warnings[VST_REGULATED_SUPPLEMENT]),
	WORDS("texts", "infant_formula", warnings[VST_REGULATED_INFANT_FORMULA]),
	WORDS("texts", "credit", warnings[VST_REGULATED_CREDIT]),
	WORDS("texts", "bankruptcy", warnings[VST_REGULATED_BANKRUPTCY]),
	WORDS("texts", "contest", warnings[VST_REGULATED_CONTEST]),
	END_OF_SETTINGS,
};

static const vst_rule_setting language_settings[] = {
	{NULL, "allow", VST_SETTING_TEXTS, SETTING(latin_allowed), 1, 64, 1000, NULL, NULL},
	END_OF_SETTINGS,
};

static const vst_rule_setting link_settings[] = {
	{NULL, "hosts", VST_SETTING_TEXTS, SETTING(hosts), 3, 253, 1000, NULL, NULL},
	END_OF_SETTINGS,
};

static const vst_rule_setting template_settings[] = {
	{NULL, "templates", VST_SETTING_TEXTS, SETTING(templates), 1, 2000, 1000, NULL, NULL},
	END_OF_SETTINGS,
};

static const vst_rule_setting basis_settings[] = {
	{NULL, "bases", VST_SETTING_TEXTS, SETTING(bases), 1, 64, 16, NULL, NULL},
	{NULL, NULL, VST_SETTING_INTEGER, 0, 0, 0, 0, NULL, NULL},
};

static const vst_rule_setting bar_settings[] = {
	{NULL, "days", VST_SETTING_INTEGER, SETTING(bar_days), 1, 3650, 90, NULL, NULL},
	{NULL, NULL, VST_SETTING_INTEGER, 0, 0, 0, 0, NULL, NULL},
};

static const vst_rule_setting validity_settings[] = {
	{NULL, "guard_s", VST_SETTING_INTEGER, SETTING(guard_s), 0, 21600, 900, NULL, NULL},
	{NULL, "margin_s", VST_SETTING_INTEGER, SETTING(margin_s), 0, 21600, 3600, NULL, NULL},
	{NULL, NULL, VST_SETTING_INTEGER, 0, 0, 0, 0, NULL, NULL},
};

static const vst_rule_setting debt_settings[] = {
	{NULL, "per_day", VST_SETTING_INTEGER, SETTING(debt_a_day), 1, 2, 2, NULL, NULL},
	{NULL, "per_week", VST_SETTING_INTEGER, SETTING(debt_a_week), 1, 4, 4, NULL, NULL},
	{NULL, "per_month", VST_SETTING_INTEGER, SETTING(debt_a_month), 1, 16, 16, NULL, NULL},
	{NULL, NULL, VST_SETTING_INTEGER, 0, 0, 0, 0, NULL, NULL},
};

static const vst_rule_setting opt_out_settings[] = {
	{"wording", "ru", VST_SETTING_WORDING, SETTING(opt_out_ru), 8, 120, 0, "Отказ: {number}", "{number}"},
	{"wording", "en", VST_SETTING_WORDING, SETTING(opt_out_en), 8, 120, 0, "Opt out: {number}", "{number}"},
	{"wording", "link_ru", VST_SETTING_WORDING, SETTING(opt_out_link_ru), 6, 120, 0, "Отказ: {link}", "{link}"},
	{"wording", "link_en", VST_SETTING_WORDING, SETTING(opt_out_link_en), 6, 120, 0, "Opt out: {link}", "{link}"},
	{NULL, NULL, VST_SETTING_INTEGER, 0, 0, 0, 0, NULL, NULL},
};

static const vst_rule_setting seller_settings[] = {
	{NULL, "strict", VST_SETTING_BOOL, SETTING(seller_strict), 0, 0, 0, NULL, NULL},
	{NULL, NULL, VST_SETTING_INTEGER, 0, 0, 0, 0, NULL, NULL},
};

/* What a person is told of each source of a consent; the names are those of vst_source. */
#define PHRASE(form, name, source, words) \
	{ \
#form, name, VST_SETTING_WORDING, SETTING(source_##form[source]), 4, 120, 0, words, NULL \
	}

static const vst_rule_setting source_settings[] = {
	{NULL, "costs", VST_SETTING_BOOL, SETTING(source_costs), 0, 0, 0, NULL, NULL},
	{NULL, "required", VST_SETTING_BOOL, SETTING(source_required), 0, 0, 1, NULL, NULL},
	PHRASE(long_ru, "checkout", VST_SOURCE_CHECKOUT, "Вы подписались при оформлении заказа"),
	PHRASE(long_ru, "registration", VST_SOURCE_REGISTRATION, "Вы подписались при регистрации на сайте"),
	PHRASE(long_ru, "form", VST_SOURCE_FORM, "Вы подписались на рассылку на сайте"),
	PHRASE(long_ru, "survey", VST_SOURCE_SURVEY, "Вы подписались, отвечая на опрос"),
	PHRASE(long_ru, "chatbot", VST_SOURCE_CHATBOT, "Вы подписались в чат-боте"),
	PHRASE(long_ru, "call", VST_SOURCE_CALL, "Вы согласились на рассылку по телефону"),
	PHRASE(long_ru, "paper", VST_SOURCE_PAPER, "Вы подписали согласие на рассылку"),
	PHRASE(long_ru, "import", VST_SOURCE_IMPORT, "Вы давали согласие на рассылку"),
	PHRASE(short_ru, "checkout", VST_SOURCE_CHECKOUT, "Подписка при заказе"),
	PHRASE(short_ru, "registration", VST_SOURCE_REGISTRATION, "Подписка при регистрации"),
	PHRASE(short_ru, "form", VST_SOURCE_FORM, "Подписка на сайте"),
	PHRASE(short_ru, "survey", VST_SOURCE_SURVEY, "Подписка в опросе"),
	PHRASE(short_ru, "chatbot", VST_SOURCE_CHATBOT, "Подписка в чат-боте"),
	PHRASE(short_ru, "call", VST_SOURCE_CALL, "Согласие по телефону"),
	PHRASE(short_ru, "paper", VST_SOURCE_PAPER, "Согласие на бумаге"),
	PHRASE(short_ru, "import", VST_SOURCE_IMPORT, "По вашему согласию"),
	PHRASE(long_en, "checkout", VST_SOURCE_CHECKOUT, "You signed up when placing an order"),
	PHRASE(long_en, "registration", VST_SOURCE_REGISTRATION, "You signed up when registering on our site"),
	PHRASE(long_en, "form", VST_SOURCE_FORM, "You signed up on our site"),
	PHRASE(long_en, "survey", VST_SOURCE_SURVEY, "You signed up in our survey"),
	PHRASE(long_en, "chatbot", VST_SOURCE_CHATBOT, "You signed up in our chat bot"),
	PHRASE(long_en, "call", VST_SOURCE_CALL, "You agreed to this by phone"),
	PHRASE(long_en, "paper", VST_SOURCE_PAPER, "You signed a consent to this"),
	PHRASE(long_en, "import", VST_SOURCE_IMPORT, "You gave your consent to this"),
	PHRASE(short_en, "checkout", VST_SOURCE_CHECKOUT, "Signed up at checkout"),
	PHRASE(short_en, "registration", VST_SOURCE_REGISTRATION, "Signed up at registration"),
	PHRASE(short_en, "form", VST_SOURCE_FORM, "Signed up on site"),
	PHRASE(short_en, "survey", VST_SOURCE_SURVEY, "Signed up in survey"),
	PHRASE(short_en, "chatbot", VST_SOURCE_CHATBOT, "Signed up in chat"),
	PHRASE(short_en, "call", VST_SOURCE_CALL, "Agreed by phone"),
	PHRASE(short_en, "paper", VST_SOURCE_PAPER, "Agreed on paper"),
	PHRASE(short_en, "import", VST_SOURCE_IMPORT, "By your consent"),
	{NULL, NULL, VST_SETTING_INTEGER, 0, 0, 0, 0, NULL, NULL},
};

static const vst_rule_setting fresh_settings[] = {
	{NULL, "months", VST_SETTING_INTEGER, SETTING(fresh_months), 1, 120, 12, NULL, NULL},
	{NULL, NULL, VST_SETTING_INTEGER, 0, 0, 0, 0, NULL, NULL},
};

static const vst_rule_setting data_settings[] = {
	{NULL, "stored_in_russia", VST_SETTING_BOOL, SETTING(data_in_russia), 0, 0, 0, NULL, NULL},
	{NULL, "processor_contract", VST_SETTING_WORDING, SETTING(processor_contract), 1, 255, 0, "", NULL},
	{NULL, "regulator_notice", VST_SETTING_WORDING, SETTING(regulator_notice), 1, 255, 0, "", NULL},
	{NULL, NULL, VST_SETTING_INTEGER, 0, 0, 0, 0, NULL, NULL},
};

static const vst_rule_setting segment_settings[] = {
	{"segments", "advertising", VST_SETTING_INTEGER, SETTING(segments[VST_ADVERTISING]), 1, 255, 3, NULL, NULL},
	{"segments", "service", VST_SETTING_INTEGER, SETTING(segments[VST_SERVICE]), 1, 255, 5, NULL, NULL},
	{"segments", "authentication", VST_SETTING_INTEGER, SETTING(segments[VST_AUTHENTICATION]), 1, 255, 5, NULL, NULL},
	{NULL, NULL, VST_SETTING_INTEGER, 0, 0, 0, 0, NULL, NULL},
};

#define ADVERTISING VST_FOR(VST_ADVERTISING)
#define SERVICE VST_FOR(VST_SERVICE)
#define BOTH_LOOKS (VST_AT_SUBMIT | VST_AT_DISPATCH)

/* The formatter would give each field a line of its own. */
/* clang-format off */
static const vst_rule rules[] = {
	{.id = "R01", .categories = VST_FOR_ALL, .looks = 0,
	 .name_ru = "Категория названа", .name_en = "The category is named",
	 .basis_ru = "ст. 3 38-ФЗ", .basis_en = "38-FZ art. 3"},
	{.id = "R02", .categories = SERVICE | VST_FOR(VST_AUTHENTICATION), .looks = VST_AT_SUBMIT,
	 .reclassify = vst_rule_reclassify,
	 .name_ru = "Реклама названа рекламой", .name_en = "Advertising is called advertising",
	 .basis_ru = "ст. 3 38-ФЗ и практика ФАС: рекламная часть делает рекламой всё сообщение",
	 .basis_en = "38-FZ art. 3 and the practice of FAS: a promotional part makes the whole message advertising",
	 .settings = promotion_settings},
	{.id = "R03", .categories = ADVERTISING, .looks = BOTH_LOOKS, .check = vst_rule_consent,
	 .name_ru = "Есть согласие на рекламу", .name_en = "Consent to advertising exists",
	 .basis_ru = "ч. 1 ст. 18 38-ФЗ; ст. 15 152-ФЗ; ст. 44.1 126-ФЗ",
	 .basis_en = "38-FZ art. 18(1); 152-FZ art. 15; 126-FZ art. 44.1"},
	{.id = "R04", .categories = ADVERTISING, .looks = BOTH_LOOKS, .check = vst_rule_consent_entity,
	 .name_ru = "Согласие дано этой организации и на рекламу",
	 .name_en = "The consent is to this legal entity and to advertising",
	 .basis_ru = "п. 15 постановления Пленума ВАС от 08.10.2012 № 58",
	 .basis_en = "Supreme Commercial Court plenum No. 58 of 2012-10-08, item 15"},
	{.id = "R05", .categories = ADVERTISING, .looks = BOTH_LOOKS, .check = vst_rule_proof,
	 .name_ru = "Согласие можно доказать", .name_en = "The consent can be proved",
	 .basis_ru = "ч. 1 ст. 18 38-ФЗ (бремя доказывания); ст. 9 152-ФЗ в ред. 156-ФЗ",
	 .basis_en = "38-FZ art. 18(1), burden of proof; 152-FZ art. 9 as amended by 156-FZ"},
	{.id = "R06", .categories = ADVERTISING, .looks = BOTH_LOOKS, .check = vst_rule_confirmed,
	 .name_ru = "Номер подтверждён кодом", .name_en = "The number is confirmed by a code",
	 .basis_ru = "ст. 44.1 126-ФЗ; письмо ФАС от 25.09.2017 № АК/65823/17",
	 .basis_en = "126-FZ art. 44.1; FAS letter АК/65823/17 of 2017-09-25", .settings = confirmed_settings},
	{.id = "R07", .categories = ADVERTISING, .looks = BOTH_LOOKS, .check = vst_rule_stopped,
	 .name_ru = "Человек не отказался", .name_en = "The person has not opted out",
	 .basis_ru = "ч. 1 ст. 18 38-ФЗ; ст. 15 152-ФЗ", .basis_en = "38-FZ art. 18(1); 152-FZ art. 15"},
	{.id = "R08", .categories = SERVICE, .looks = BOTH_LOOKS, .check = vst_rule_service_basis,
	 .name_ru = "Сервисному SMS есть основание", .name_en = "A service message has a basis",
	 .basis_ru = "ч. 1 ст. 44.1 126-ФЗ", .basis_en = "126-FZ art. 44.1(1)", .settings = basis_settings},
	{.id = "R09", .categories = VST_FOR_ALL, .looks = BOTH_LOOKS, .check = vst_rule_operator_bar,
	 .name_ru = "Нет запрета рассылок у оператора", .name_en = "No bar at the operator",
	 .basis_ru = "ч. 1.1 ст. 44.1 126-ФЗ (41-ФЗ, с 01.08.2025)",
	 .basis_en = "126-FZ art. 44.1(1.1), by 41-FZ, since 2025-08-01", .settings = bar_settings},
	{.id = "R10", .categories = ADVERTISING, .looks = VST_AT_SUBMIT, .check = vst_rule_approval,
	 .name_ru = "Рассылку утвердил человек", .name_en = "A person approved the advertisement",
	 .basis_ru = "ч. 2 ст. 18 38-ФЗ", .basis_en = "38-FZ art. 18(2)"},
	{.id = "R11", .categories = ADVERTISING, .looks = BOTH_LOOKS, .next = vst_rule_window_next,
	 .deferred = vst_rule_window_deferred,
	 .name_ru = "Реклама приходит днём", .name_en = "Advertising arrives by day",
	 .basis_ru = "практика, не норма закона: 38-ФЗ часов не называет, ориентир — законы регионов о тишине",
	 .basis_en = "practice, not a statute: 38-FZ names no hours; the yardstick is regional noise law"},
	{.id = "R12", .categories = VST_FOR_ALL, .looks = BOTH_LOOKS, .at_due = vst_rule_validity,
	 .name_ru = "Сообщение ещё нужно, когда дойдёт", .name_en = "The message still matters when it arrives",
	 .basis_ru = "практика, не норма закона: SMS, принятое вечером, не должно прийти ночью",
	 .basis_en = "practice, not a statute: what is taken in the evening must not arrive at night",
	 .settings = validity_settings},
	{.id = "R13", .categories = SERVICE, .looks = BOTH_LOOKS, .next = vst_rule_service_window_next,
	 .deferred = vst_rule_service_window_deferred,
	 .name_ru = "Часы сервисных SMS", .name_en = "Hours of service messages",
	 .basis_ru = "вежливость, не норма закона; часы заданы в настройках",
	 .basis_en = "courtesy, not a statute; the hours are yours"},
	{.id = "R14", .categories = SERVICE, .looks = BOTH_LOOKS, .next = vst_rule_debt_next,
	 .deferred = vst_rule_debt_deferred,
	 .name_ru = "О долге напоминают по закону", .name_en = "Reminders of a debt keep to the law",
	 .basis_ru = "ч. 3 и 5 ст. 7 230-ФЗ", .basis_en = "230-FZ art. 7(3), (5)", .settings = debt_settings},
	{.id = "R15", .categories = ADVERTISING, .looks = BOTH_LOOKS, .next = vst_rule_cap_next,
	 .deferred = vst_rule_cap_deferred,
	 .name_ru = "Реклама не чаще предела", .name_en = "Advertising within the frequency cap",
	 .basis_ru = "практика, не норма закона", .basis_en = "practice, not a statute"},
	{.id = "R16", .categories = ADVERTISING, .looks = VST_AT_SUBMIT, .rewrite_turn = 2,
	 .rewrite = vst_rule_identify_sender,
	 .name_ru = "Видно, кто пишет", .name_en = "The sender is identified",
	 .basis_ru = "ст. 8 38-ФЗ", .basis_en = "38-FZ art. 8"},
	{.id = "R17", .categories = ADVERTISING, .looks = VST_AT_SUBMIT, .check = vst_rule_seller,
	 .name_ru = "Продавец назван полностью", .name_en = "The seller is named in full",
	 .basis_ru = "ст. 8 38-ФЗ: при дистанционной продаже — наименование, место нахождения, ОГРН",
	 .basis_en = "38-FZ art. 8: in distance selling the name, the place and the OGRN", .settings = seller_settings},
	{.id = "R18", .categories = ADVERTISING, .looks = VST_AT_SUBMIT, .rewrite_turn = 3,
	 .rewrite = vst_rule_add_opt_out,
	 .name_ru = "Сказано, как отказаться", .name_en = "The text says how to opt out",
	 .basis_ru = "практика, не норма закона: ч. 1 ст. 18 38-ФЗ велит прекратить рассылку по первому требованию",
	 .basis_en = "practice, not a statute: 38-FZ art. 18(1) orders to stop on the first demand",
	 .settings = opt_out_settings},
	{.id = "R19", .categories = ADVERTISING, .looks = VST_AT_SUBMIT, .rewrite_turn = 4, .rewrite = vst_rule_add_source,
	 .name_ru = "Сказано, откуда согласие", .name_en = "The text says where the consent came from",
	 .basis_ru = "практика, не норма закона: ст. 14 152-ФЗ велит ответить, откуда данные, если человек спросит",
	 .basis_en = "practice, not a statute: 152-FZ art. 14 orders to tell the source of the data when asked",
	 .settings = source_settings},
	{.id = "R20", .categories = VST_FOR_ALL, .looks = VST_AT_SUBMIT, .check = vst_rule_offensive,
	 .name_ru = "Без брани, угроз и насилия", .name_en = "No profanity, threats or violence",
	 .basis_ru = "ч. 4 и 6 ст. 5 38-ФЗ; для сервисных SMS и кодов — правила операторов",
	 .basis_en = "38-FZ art. 5(4) and (6); operators' rules for service messages and codes",
	 .settings = offensive_settings},
	{.id = "R21", .categories = ADVERTISING, .looks = VST_AT_SUBMIT, .check = vst_rule_forbidden,
	 .name_ru = "Товар можно рекламировать", .name_en = "The goods may be advertised",
	 .basis_ru = "ст. 7, 21, 24, 26, 27 38-ФЗ; запрет рекламы средств обхода блокировок (с 01.09.2025)",
	 .basis_en = "38-FZ art. 7, 21, 24, 26, 27; the ban on advertising ways round blocking, since 2025-09-01",
	 .settings = forbidden_settings},
	{.id = "R22", .categories = ADVERTISING, .looks = VST_AT_SUBMIT, .check = vst_rule_warnings,
	 .name_ru = "Обязательные сведения на месте", .name_en = "What must be said is said",
	 .basis_ru = "ст. 9, 24, 25, 28, 28.1 38-ФЗ", .basis_en = "38-FZ art. 9, 24, 25, 28, 28.1",
	 .settings = warning_settings},
	{.id = "R23", .categories = ADVERTISING, .looks = VST_AT_SUBMIT, .check = vst_rule_claims,
	 .name_ru = "Обещания с условиями, сравнения с критерием", .name_en = "Promises with terms, claims with a criterion",
	 .basis_ru = "ч. 3 и 7 ст. 5 38-ФЗ", .basis_en = "38-FZ art. 5(3) and (7)", .settings = claim_settings},
	{.id = "R24", .categories = ADVERTISING | SERVICE, .looks = VST_AT_SUBMIT, .check = vst_rule_language,
	 .name_ru = "Текст на русском языке", .name_en = "The text is in Russian",
	 .basis_ru = "ст. 3 53-ФЗ; ч. 11 ст. 5 38-ФЗ; для сервисных SMS — 168-ФЗ, с 01.03.2026",
	 .basis_en = "53-FZ art. 3; 38-FZ art. 5(11); 168-FZ for service messages, since 2026-03-01",
	 .settings = language_settings},
	{.id = "R25", .categories = ADVERTISING, .looks = VST_AT_SUBMIT, .check = vst_rule_price,
	 .name_ru = "Цена в рублях", .name_en = "Prices are in roubles",
	 .basis_ru = "ч. 7.1 ст. 5 38-ФЗ", .basis_en = "38-FZ art. 5(7.1)"},
	{.id = "R26", .categories = VST_FOR_ALL, .looks = VST_AT_SUBMIT, .check = vst_rule_links,
	 .name_ru = "Ссылки на свой сайт", .name_en = "Links lead to one's own site",
	 .basis_ru = "требования операторов к тексту", .basis_en = "operators' demands on texts",
	 .settings = link_settings},
	{.id = "R27", .categories = VST_FOR_ALL, .looks = VST_AT_SUBMIT, .rewrite_turn = 5, .rewrite = vst_rule_lighten,
	 .check = vst_rule_segments,
	 .name_ru = "Текст стоит не больше, чем нужно", .name_en = "The text costs no more than it must",
	 .basis_ru = "стандарты 3GPP TS 23.038 и 23.040; предел задан в настройках",
	 .basis_en = "3GPP TS 23.038 and 23.040; the limit is yours", .settings = segment_settings},
	{.id = "R28", .categories = VST_FOR_ALL, .looks = VST_AT_SUBMIT, .rewrite_turn = 1, .rewrite = vst_rule_clean,
	 .check = vst_rule_placeholders,
	 .name_ru = "Текст заполнен до конца", .name_en = "The text is complete",
	 .basis_ru = "требования операторов к тексту", .basis_en = "operators' demands on texts"},
	{.id = "R29", .categories = VST_FOR_ALL, .looks = BOTH_LOOKS, .check = vst_rule_sender,
	 .name_ru = "Имя отправителя годится", .name_en = "The sender is fit to use",
	 .basis_ru = "договор с оператором", .basis_en = "contract with the operator"},
	{.id = "R30", .categories = VST_FOR_ALL, .looks = VST_AT_DISPATCH, .next = vst_rule_rate_next,
	 .deferred = vst_rule_rate_deferred,
	 .name_ru = "Скорость в пределах договора", .name_en = "The rate stays within the contract",
	 .basis_ru = "договор с оператором", .basis_en = "contract with the operator"},
	{.id = "R31", .categories = SERVICE | VST_FOR(VST_AUTHENTICATION), .looks = VST_AT_SUBMIT,
	 .check = vst_rule_template,
	 .name_ru = "Текст по зарегистрированному шаблону", .name_en = "The text is that of a registered template",
	 .basis_ru = "договор с оператором", .basis_en = "contract with the operator",
	 .settings = template_settings},
	{.id = "R32", .categories = VST_FOR_ALL, .looks = VST_AT_SUBMIT, .check = vst_rule_phone,
	 .name_ru = "Номер принимает SMS", .name_en = "The number takes SMS",
	 .basis_ru = "российская система и план нумерации", .basis_en = "the numbering plan"},
	{.id = "R33", .categories = ADVERTISING, .looks = BOTH_LOOKS, .check = vst_rule_fresh,
	 .name_ru = "Согласие не устарело", .name_en = "The consent is fresh",
	 .basis_ru = "практика, не норма закона: номер, который 90 дней не используют, оператор продаёт другому",
	 .basis_en = "practice, not a statute: operators resell a number that was unused for 90 days",
	 .settings = fresh_settings},
	{.id = "R34", .categories = VST_FOR_ALL, .looks = 0,
	 .name_ru = "Решение записано до отправки", .name_en = "The decision is stored before the message leaves",
	 .basis_ru = "ч. 1 ст. 18 38-ФЗ (бремя доказывания)", .basis_en = "38-FZ art. 18(1), burden of proof"},
	{.id = "R35", .categories = VST_FOR_ALL, .looks = 0,
	 .name_ru = "Обязанности оператора данных исполнены", .name_en = "The duties of a data operator are met",
	 .basis_ru = "ч. 5 ст. 18, ч. 3 ст. 6, ст. 22 152-ФЗ", .basis_en = "152-FZ art. 18(5), 6(3), 22",
	 .settings = data_settings},
	{.id = NULL},
};
/* clang-format on */

const vst_rule *vst_rules(void)
{
	return rules;
}

const char *vst_law_version(void)
{
	return "2026-11-25";
}
