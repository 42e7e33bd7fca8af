#include "rule.h"

/*
 * What the rules may say: rule, stable code, verdict, and the words for a person: what is wrong, what to do and, where
 * there is one, the risk in roubles (code of administrative offences as of 2026-11).
 */
/* The formatter would break the words in the middle of a phrase. */
/* clang-format off */
static const vst_finding_kind kinds[VST_FINDING_ID_COUNT] = {
	[VST_F_CONSENT_MISSING] = {"R03", "consent_missing", VST_FINDING_REFUSE,
		VST_STR("Человек не давал согласия на рекламу. Получите согласие отдельной галочкой и подтвердите номер "
		        "кодом. Штраф организации — от 300 тыс. до 1 млн ₽ (ч. 4.1 ст. 14.3 КоАП)."),
		VST_STR("The person has not consented to advertising. Ask by a separate tick box and confirm the number by a "
		        "code. A company risks 300,000 to 1,000,000 roubles (КоАП art. 14.3(4.1)).")},
	[VST_F_CONSENT_ELSEWHERE] = {"R04", "consent_elsewhere", VST_FINDING_REFUSE,
		VST_STR("Согласие есть, но дано другой организации или для другой цели. На рекламу от этой организации "
		        "нужно своё согласие. Штраф — от 300 тыс. до 1 млн ₽ (ч. 4.1 ст. 14.3 КоАП)."),
		VST_STR("There is a consent, but to another legal entity or for another purpose. Advertising from this entity "
		        "needs its own. The risk is 300,000 to 1,000,000 roubles (КоАП art. 14.3(4.1)).")},
	[VST_F_PROOF_INCOMPLETE] = {"R05", "proof_incomplete", VST_FINDING_REFUSE,
		VST_STR("Согласие записано, но доказать его нельзя: не хватает текста, источника или отметок, что галочка "
		        "стояла отдельно и не была проставлена заранее. Доказывать согласие обязан отправитель. Получите "
		        "согласие заново. Штраф — от 300 тыс. до 1 млн ₽ (ч. 4.1 ст. 14.3 КоАП)."),
		VST_STR("A consent is recorded but cannot be proved: the wording, the source, or the notes that the tick box "
		        "was separate and not ticked beforehand are missing. The burden of proof is the sender's. Ask "
		        "again. The risk is 300,000 to 1,000,000 roubles (КоАП art. 14.3(4.1)).")},
	[VST_F_CONSENT_UNCONFIRMED] = {"R06", "consent_unconfirmed", VST_FINDING_REFUSE,
		VST_STR("Номер в согласии не подтверждён кодом: неизвестно, кто заполнил форму. Отправьте код и дождитесь, "
		        "пока человек его введёт. Без этого ФАС не признаёт согласие; штраф — от 300 тыс. до 1 млн ₽ "
		        "(ч. 4.1 ст. 14.3 КоАП)."),
		VST_STR("The number was not confirmed by a code, so nobody knows who filled in the form. Send a code and wait "
		        "until it is entered. FAS does not accept such a consent; the risk is 300,000 to 1,000,000 roubles "
		        "(КоАП art. 14.3(4.1)).")},
	[VST_F_CONSENT_UNCONFIRMED_ACCEPTED] = {"R06", "consent_unconfirmed", VST_FINDING_WARN,
		VST_STR("Номер в согласии не подтверждён кодом. Для этого источника согласия настройка «warn_for» допускает "
		        "отправку под вашу ответственность: подтвердите предупреждение R06. Штраф при споре — от 300 тыс. до "
		        "1 млн ₽ (ч. 4.1 ст. 14.3 КоАП)."),
		VST_STR("The number was not confirmed by a code. For this source the setting \"warn_for\" lets the message go "
		        "at your own risk: acknowledge R06. In a dispute the risk is 300,000 to 1,000,000 roubles (КоАП "
		        "art. 14.3(4.1)).")},
	[VST_F_CONSENT_WITHDRAWN] = {"R07", "consent_withdrawn", VST_FINDING_REFUSE,
		VST_STR("Человек отозвал согласие на рекламу. Писать ему можно только по заказам. Штраф — от 300 тыс. до "
		        "1 млн ₽ (ч. 4.1 ст. 14.3 КоАП)."),
		VST_STR("The person has withdrawn the consent to advertising. Only messages about orders may go. The risk is "
		        "300,000 to 1,000,000 roubles (КоАП art. 14.3(4.1)).")},
	[VST_F_STOPPED] = {"R07", "stopped", VST_FINDING_REFUSE,
		VST_STR("Номер в стоп-листе ({kind}). Рекламу на него слать нельзя. Штраф — от 300 тыс. до 1 млн ₽ (ч. 4.1 "
		        "ст. 14.3 КоАП)."),
		VST_STR("The number is on the stop list ({kind}). No advertising may go to it. The risk is 300,000 to "
		        "1,000,000 roubles (КоАП art. 14.3(4.1)).")},
	[VST_F_SERVICE_STOPPED] = {"R08", "service_stopped", VST_FINDING_REFUSE,
		VST_STR("Человек просил не писать ему вовсе. Сообщите о заказе по почте или по телефону. Пройдут только коды "
		        "входа и ответ на его собственную просьбу (основание «request»)."),
		VST_STR("The person asked for no messages at all. Use e-mail or a call for the order. Only codes and the answer "
		        "to the person's own request (basis \"request\") may go.")},
	[VST_F_SERVICE_BASIS_MISSING] = {"R08", "service_basis_missing", VST_FINDING_REFUSE,
		VST_STR("У сервисного SMS нет основания. Укажите номер заказа (order) или основание (basis): договор, согласие "
		        "на сервисные SMS, просьба человека. Рассылка без основания незаконна и для сервисных SMS."),
		VST_STR("The service message has no basis. Give the order, or a basis: contract, service consent, the "
		        "person's request. Service mailings without a basis are unlawful too.")},
	[VST_F_SERVICE_CONSENT_MISSING] = {"R08", "service_consent_missing", VST_FINDING_REFUSE,
		VST_STR("Основанием названо согласие на сервисные SMS, но такого согласия нет или оно отозвано. Запишите "
		        "согласие или укажите номер заказа."),
		VST_STR("The basis named is a consent to service messages, but there is none or it was withdrawn. Record the "
		        "consent or give the order.")},
	[VST_F_OPERATOR_BAR] = {"R09", "operator_bar", VST_FINDING_REFUSE,
		VST_STR("Абонент запретил у своего оператора все массовые SMS, и заказы, и коды. Повторять бесполезно: "
		        "напишите по почте, в push или позвоните. Проверим ещё раз {when}."),
		VST_STR("The subscriber has barred all mass SMS at the operator, orders and codes included. Repeating is no "
		        "use: write an e-mail, a push or call. We will try again {when}.")},
	[VST_F_APPROVAL_MISSING] = {"R10", "approval_missing", VST_FINDING_REFUSE,
		VST_STR("Рассылку никто не утвердил. Полностью автоматическая реклама запрещена: укажите, кто её утвердил "
		        "(approved_by). Штраф — от 300 тыс. до 1 млн ₽ (ч. 4.1 ст. 14.3 КоАП)."),
		VST_STR("Nobody has approved this. Fully automatic advertising is forbidden: name who approved it "
		        "(approved_by). The risk is 300,000 to 1,000,000 roubles (КоАП art. 14.3(4.1)).")},
	[VST_F_WINDOW_CLOSED] = {"R11", "window_closed", VST_FINDING_DEFER,
		VST_STR("Рекламу отправляем с {from} до {to} по времени получателя{zone}. Сообщение уйдёт {when}. Закон часов не "
		        "называет, но ночная реклама — верный повод для жалобы."),
		VST_STR("Advertising goes out from {from} to {to} by the recipient's clock{zone}. The message will leave {when}. "
		        "No law names the hours, but advertising at night is a sure reason to complain.")},
	[VST_F_WINDOW_NEVER] = {"R11", "window_never", VST_FINDING_REFUSE,
		VST_STR("Ближайшие четверо суток нет часа, когда реклама разрешена во всех возможных часовых поясах получателя. "
		        "Укажите его пояс (timezone) или расширьте окно отправки."),
		VST_STR("Within four days there is no hour at which advertising is allowed in every possible time zone of the "
		        "recipient. Name the zone (timezone) or widen the send window.")},
	[VST_F_VALIDITY_PASSED] = {"R12", "validity_passed", VST_FINDING_REFUSE,
		VST_STR("Срок сообщения (valid_until) уже прошёл."),
		VST_STR("The message was valid only until an instant that has passed (valid_until).")},
	[VST_F_VALIDITY_BEFORE_DUE] = {"R12", "validity_before_due", VST_FINDING_REFUSE,
		VST_STR("Отправить можно не раньше чем {when}, а срок сообщения (valid_until) кончится раньше. Продлите срок или "
		        "отправляйте в другое время."),
		VST_STR("The message may leave no earlier than {when}, and its validity (valid_until) ends before that. Extend "
		        "it or send at another time.")},
	[VST_F_OFFER_OVER] = {"R12", "offer_over", VST_FINDING_REFUSE,
		VST_STR("Отправить можно не раньше чем {when}, а предложение к тому времени закончится. Реклама того, чего уже "
		        "нет, вводит в заблуждение: штраф — от 100 до 500 тыс. ₽ (ч. 1 ст. 14.3 КоАП)."),
		VST_STR("The message may leave no earlier than {when}, and the offer will be over by then. Advertising what is "
		        "gone misleads: the risk is 100,000 to 500,000 roubles (КоАП art. 14.3(1)).")},
	[VST_F_VALIDITY_SHORTENED] = {"R12", "validity_shortened", VST_FINDING_REWRITE,
		VST_STR("Срок доставки сокращён до конца разрешённых часов, чтобы реклама не пришла ночью."),
		VST_STR("The validity was shortened to the end of the allowed hours, so that nothing arrives at night.")},
	[VST_F_WINDOW_CLOSING] = {"R12", "window_closing", VST_FINDING_DEFER,
		VST_STR("До конца разрешённых часов у получателя осталось меньше {minutes} мин: SMS может дойти уже ночью. "
		        "Сообщение уйдёт {when}."),
		VST_STR("Less than {minutes} minutes of the recipient's allowed hours are left, so the message might arrive at "
		        "night. It will leave {when}.")},
	[VST_F_SERVICE_WINDOW_CLOSED] = {"R13", "service_window_closed", VST_FINDING_DEFER,
		VST_STR("Сервисные SMS по вашим настройкам отправляем с {from} до {to} по времени получателя{zone}. Сообщение "
		        "уйдёт {when}."),
		VST_STR("By your settings service messages go out from {from} to {to} by the recipient's clock{zone}. The "
		        "message will leave {when}.")},
	[VST_F_SERVICE_WINDOW_NEVER] = {"R13", "service_window_never", VST_FINDING_REFUSE,
		VST_STR("Ближайшие четверо суток нет часа, когда сервисные SMS разрешены во всех возможных часовых поясах "
		        "получателя. Укажите его пояс (timezone) или расширьте окно."),
		VST_STR("Within four days there is no hour at which service messages are allowed in every possible time zone "
		        "of the recipient. Name the zone (timezone) or widen the window.")},
	[VST_F_CAP_REACHED] = {"R15", "cap_reached", VST_FINDING_DEFER,
		VST_STR("Этот человек уже получил достаточно рекламы (предел: {caps}). Сообщение уйдёт {when}. Это правило "
		        "практики: от частых SMS люди отписываются и жалуются."),
		VST_STR("This person has had enough advertising (the cap: {caps}). The message will leave {when}. This is "
		        "practice: people who get too much opt out and complain.")},
	[VST_F_SENDER_PREFIXED] = {"R16", "sender_prefixed", VST_FINDING_REWRITE,
		VST_STR("По номеру не видно, кто пишет, поэтому в начало текста добавлено название."),
		VST_STR("A number does not tell who writes, so the brand was put in front of the text.")},
	[VST_F_SENDER_UNIDENTIFIED] = {"R16", "sender_unidentified", VST_FINDING_REFUSE,
		VST_STR("Из сообщения не видно, кто его прислал. Пишите от буквенного имени или задайте название (brand) в "
		        "настройках организации. Штраф — от 100 до 500 тыс. ₽ (ч. 1 ст. 14.3 КоАП)."),
		VST_STR("The message does not tell who sent it. Use a named sender or set the entity's brand. The risk is "
		        "100,000 to 500,000 roubles (КоАП art. 14.3(1)).")},
	[VST_F_OPT_OUT_ADDED] = {"R18", "opt_out_added", VST_FINDING_REWRITE,
		VST_STR("В конец текста добавлено, как отказаться от рекламы."),
		VST_STR("The way to opt out was added to the text.")},
	[VST_F_OPT_OUT_REPLY_DEAD] = {"R18", "opt_out_reply_dead", VST_FINDING_REWRITE,
		VST_STR("В тексте предложено ответить, но на буквенное имя ответить нельзя. Добавлен номер для отказа; уберите "
		        "из текста просьбу ответить."),
		VST_STR("The text asks for a reply, but a named sender takes none. The opt-out number was added; remove the "
		        "request to reply from the text.")},
	[VST_F_OPT_OUT_MISSING] = {"R18", "opt_out_missing", VST_FINDING_REFUSE,
		VST_STR("В тексте не сказано, как отказаться, и добавить нечего: задайте номер для отказа (opt_out_number) в "
		        "настройках организации. Рассылку обязаны прекратить по первому требованию: за нарушение — от 300 тыс. "
		        "до 1 млн ₽ (ч. 4.1 ст. 14.3 КоАП)."),
		VST_STR("The text does not say how to opt out and there is nothing to add: set the entity's opt_out_number. "
		        "Who does not stop on demand risks 300,000 to 1,000,000 roubles (КоАП art. 14.3(4.1)).")},
	[VST_F_TEXT_LIGHTENED] = {"R27", "text_lightened", VST_FINDING_REWRITE,
		VST_STR("Типографские знаки заменены простыми: так SMS дешевле."),
		VST_STR("Typographic characters were replaced by plain ones, which costs less.")},
	[VST_F_TOO_MANY_SEGMENTS] = {"R27", "too_many_segments", VST_FINDING_WARN,
		VST_STR("Текст займёт {segments} SMS при пределе {limit}. Сократите его или подтвердите предупреждение R27."),
		VST_STR("The text takes {segments} segments, the limit is {limit}. Shorten it or acknowledge R27.")},
	[VST_F_TEXT_CLEANED] = {"R28", "text_cleaned", VST_FINDING_REWRITE,
		VST_STR("Убраны лишние пробелы по краям или управляющие символы."),
		VST_STR("Outer spaces or control characters were removed.")},
	[VST_F_TEXT_EMPTY] = {"R28", "text_empty", VST_FINDING_REFUSE,
		VST_STR("В тексте нет ничего, кроме пробелов."), VST_STR("There is nothing but spaces in the text.")},
	[VST_F_PLACEHOLDER] = {"R28", "placeholder", VST_FINDING_REFUSE,
		VST_STR("В тексте осталась незаполненная подстановка {placeholder} (знак {position}). Заполните её или пришлите "
		        "текст как шаблон (template и vars)."),
		VST_STR("The text holds the placeholder {placeholder} (character {position}) that nobody filled in. Fill it in "
		        "or send the text as a template with vars.")},
	[VST_F_VARIABLE_UNRESOLVED] = {"R28", "variable_unresolved", VST_FINDING_REFUSE,
		VST_STR("Для переменной «{name}» шаблона (знак {position}) нет значения. Передайте его в vars или задайте "
		        "запасной текст."),
		VST_STR("The template's variable \"{name}\" (character {position}) has no value. Give it in vars or write a "
		        "fallback.")},
	[VST_F_VARIABLE_EMPTY] = {"R28", "variable_empty", VST_FINDING_REFUSE,
		VST_STR("Переменная «{name}» шаблона (знак {position}) пуста. Заполните её или задайте запасной текст."),
		VST_STR("The template's variable \"{name}\" (character {position}) is empty. Fill it in or write a fallback.")},
	[VST_F_TEMPLATE_MALFORMED] = {"R28", "template_malformed", VST_FINDING_REFUSE,
		VST_STR("Шаблон составлен неверно (знак {position}): проверьте скобки, фильтры и значения."),
		VST_STR("The template is wrong at character {position}: {why}.")},
	[VST_F_SENDER_MISSING] = {"R29", "sender_missing", VST_FINDING_REFUSE,
		VST_STR("Не указан отправитель, и в настройках нет единственного, которого можно взять. Укажите sender."),
		VST_STR("No sender is given and the settings do not hold just one. Give the sender.")},
	[VST_F_SENDER_MALFORMED] = {"R29", "sender_malformed", VST_FINDING_REFUSE,
		VST_STR("Такое имя отправителя операторы не примут: нужны 3–11 латинских букв, цифр и знаков !?-_.(), хотя бы "
		        "одна буква, или номер до 15 цифр."),
		VST_STR("Operators take no such sender: 3 to 11 Latin letters, digits and !?-_.() with at least one letter, or "
		        "a number of at most 15 digits.")},
	[VST_F_SENDER_UNKNOWN] = {"R29", "sender_unknown", VST_FINDING_REFUSE,
		VST_STR("Отправителя нет в настройках (senders). Зарегистрируйте имя у провайдера и добавьте его: от "
		        "незарегистрированных имён операторы SMS не доставляют."),
		VST_STR("The sender is not in the settings (senders). Register the name with the provider and add it: operators "
		        "do not deliver from unregistered names.")},
	[VST_F_PHONE_INVALID] = {"R32", "phone_invalid", VST_FINDING_REFUSE,
		VST_STR("Это не номер телефона. Проверьте цифры и код страны."),
		VST_STR("This is no phone number. Check the digits and the country code.")},
	[VST_F_PHONE_FIXED_LINE] = {"R32", "phone_fixed_line", VST_FINDING_REFUSE,
		VST_STR("Это городской номер: SMS он не принимает. Нужен мобильный."),
		VST_STR("This is a fixed line: it takes no SMS. A mobile number is needed.")},
	[VST_F_COUNTRY_NOT_SERVED] = {"R32", "country_not_served", VST_FINDING_REFUSE,
		VST_STR("Ни один из подключённых провайдеров не настроен на эту страну (providers.*.countries)."),
		VST_STR("None of the configured providers serves this country (providers.*.countries).")},
};
/* clang-format on */

const vst_finding_kind *vst_finding_kinds(void)
{
	return kinds;
}

const char *vst_finding_verdict_name(vst_finding_verdict verdict)
{
	static const char *const names[] = {"rewrite", "warn", "defer", "refuse"};

	return (size_t) verdict < sizeof names / sizeof names[0] ? names[verdict] : "?";
}
