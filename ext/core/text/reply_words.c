#include "reply_words.h"

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

/*
 * After the keyword lists of Twilio, AWS and Telnyx and the practice of Russian providers; the first match wins, so Latin
 * spellings stand before the Russian words they sound like.
 */
const vst_keyword vst_keywords[] = {
	{"stop all", "STOPALL", VST_REPLY_STOP_ALL, VST_KEYWORD_WHOLE},
	{"stopall", "STOPALL", VST_REPLY_STOP_ALL, VST_KEYWORD_WHOLE},
	{"stop", "STOP", VST_REPLY_STOP, VST_KEYWORD_LEADS},
	{"stopsms", "STOP", VST_REPLY_STOP, VST_KEYWORD_LEADS},
	{"stopspam", "STOP", VST_REPLY_STOP, VST_KEYWORD_LEADS},
	{"стоп все", "СТОП ВСЕ", VST_REPLY_STOP_ALL, VST_KEYWORD_WHOLE},
	{"стоп всем", "СТОП ВСЕ", VST_REPLY_STOP_ALL, VST_KEYWORD_WHOLE},
	{"стопвсе", "СТОП ВСЕ", VST_REPLY_STOP_ALL, VST_KEYWORD_WHOLE},
	{"отписаться от всего", "ОТПИСАТЬСЯ ОТ ВСЕГО", VST_REPLY_STOP_ALL, VST_KEYWORD_WHOLE},
	{"отписаться от всех", "ОТПИСАТЬСЯ ОТ ВСЕГО", VST_REPLY_STOP_ALL, VST_KEYWORD_WHOLE},
	{"стоп", "СТОП", VST_REPLY_STOP, VST_KEYWORD_LEADS},
	{"стопсмс", "СТОП", VST_REPLY_STOP, VST_KEYWORD_LEADS},
	{"стопспам", "СТОП", VST_REPLY_STOP, VST_KEYWORD_LEADS},
	{"стопреклама", "СТОП", VST_REPLY_STOP, VST_KEYWORD_LEADS},
	{"отпишите", "ОТПИШИТЕ", VST_REPLY_STOP, VST_KEYWORD_LEADS},
	{"unsubscribe", "UNSUBSCRIBE", VST_REPLY_STOP, VST_KEYWORD_LEADS},
	{"отписаться", "ОТПИСАТЬСЯ", VST_REPLY_STOP, VST_KEYWORD_WHOLE},
	{"отписать", "ОТПИСАТЬСЯ", VST_REPLY_STOP, VST_KEYWORD_WHOLE},
	{"отписываюсь", "ОТПИСАТЬСЯ", VST_REPLY_STOP, VST_KEYWORD_WHOLE},
	{"отпиши", "ОТПИШИТЕ", VST_REPLY_STOP, VST_KEYWORD_WHOLE},
	{"отписка", "ОТПИСКА", VST_REPLY_STOP, VST_KEYWORD_WHOLE},
	{"удалить", "УДАЛИТЬ", VST_REPLY_STOP, VST_KEYWORD_WHOLE},
	{"отказ", "ОТКАЗ", VST_REPLY_STOP, VST_KEYWORD_WHOLE},
	{"отказаться", "ОТКАЗ", VST_REPLY_STOP, VST_KEYWORD_WHOLE},
	{"отказываюсь", "ОТКАЗ", VST_REPLY_STOP, VST_KEYWORD_WHOLE},
	{"хватит", "ХВАТИТ", VST_REPLY_STOP, VST_KEYWORD_WHOLE},
	{"хватит присылать", "ХВАТИТ", VST_REPLY_STOP, VST_KEYWORD_WHOLE},
	{"не присылать", "НЕ ПРИСЫЛАТЬ", VST_REPLY_STOP, VST_KEYWORD_WHOLE},
	{"не присылайте", "НЕ ПРИСЫЛАТЬ", VST_REPLY_STOP, VST_KEYWORD_WHOLE},
	{"quit", "QUIT", VST_REPLY_STOP, VST_KEYWORD_WHOLE},
	{"revoke", "REVOKE", VST_REPLY_STOP, VST_KEYWORD_WHOLE},
	{"optout", "OPTOUT", VST_REPLY_STOP, VST_KEYWORD_WHOLE},
	{"opt out", "OPTOUT", VST_REPLY_STOP, VST_KEYWORD_WHOLE},
	{"remove", "REMOVE", VST_REPLY_STOP, VST_KEYWORD_WHOLE},
	{"arret", "ARRET", VST_REPLY_STOP, VST_KEYWORD_WHOLE},
	{"td", "TD", VST_REPLY_STOP, VST_KEYWORD_WHOLE},
	{"нет", "НЕТ", VST_REPLY_STOP, VST_KEYWORD_WEAK},
	{"no", "NO", VST_REPLY_STOP, VST_KEYWORD_WEAK},
	{"отмена", "ОТМЕНА", VST_REPLY_STOP, VST_KEYWORD_OBJECT},
	{"отменить", "ОТМЕНА", VST_REPLY_STOP, VST_KEYWORD_OBJECT},
	{"cancel", "CANCEL", VST_REPLY_STOP, VST_KEYWORD_OBJECT},
	{"end", "END", VST_REPLY_STOP, VST_KEYWORD_WEAK},
	{"unstop", "UNSTOP", VST_REPLY_START, VST_KEYWORD_WHOLE},
	{"start", "START", VST_REPLY_START, VST_KEYWORD_WHOLE},
	{"старт", "СТАРТ", VST_REPLY_START, VST_KEYWORD_WHOLE},
	{"подписаться", "ПОДПИСАТЬСЯ", VST_REPLY_START, VST_KEYWORD_WHOLE},
	{"подписка", "ПОДПИСАТЬСЯ", VST_REPLY_START, VST_KEYWORD_WHOLE},
	{"возобновить", "ВОЗОБНОВИТЬ", VST_REPLY_START, VST_KEYWORD_WHOLE},
	{"subscribe", "START", VST_REPLY_START, VST_KEYWORD_WHOLE},
	{"yes", "YES", VST_REPLY_START, VST_KEYWORD_WEAK},
	{"да", "ДА", VST_REPLY_START, VST_KEYWORD_WEAK},
	{"help", "HELP", VST_REPLY_HELP, VST_KEYWORD_WHOLE},
	{"info", "INFO", VST_REPLY_HELP, VST_KEYWORD_WHOLE},
	{"помощь", "ПОМОЩЬ", VST_REPLY_HELP, VST_KEYWORD_WHOLE},
	{"помогите", "ПОМОЩЬ", VST_REPLY_HELP, VST_KEYWORD_WHOLE},
	{"справка", "СПРАВКА", VST_REPLY_HELP, VST_KEYWORD_WHOLE},
	{"инфо", "ИНФО", VST_REPLY_HELP, VST_KEYWORD_WHOLE},
};

const size_t vst_keyword_count = COUNT(vst_keywords);

const vst_sense_entry vst_senses[] = {
	{"пожалуйст пож= пжл= плиз= спасибо= благодар прошу= хочу= уже= все= меня= мне= нам= вас= вам= вы= ваш я= от= с= "
     "со= из= на= "
     "в= эт этот= блин= ну= да= нет= больше= ok= ок= и= а= сразу= срочно= здравствуйте= добрый= день= "
     "please= pls= thanks= thank= you= your= me= the= it= from= to= now= i=",
     VST_SENSE_POLITE},
	{"рассыл смс= смск sms= эсэмэс реклам спам spam сообщени уведомлен акции= акций= акциях= маркетинг подписк "
     "новости= "
     "новостей= promo message texts= text= mailing advert ads= subscri",
     VST_SENSE_MAILING},
	{"меня= номер телефон баз списк список= контакт данн персональн number= phone= me= list= database=",
     VST_SENSE_PERSON},
	{"заказ доставк достави привез привоз курьер посылк товар оплат оплач деньг возврат размер самовывоз забер забра "
     "магазин чек= чека= пункт обмен букет стол= стола= диван ремонт примерк order= delivery= parcel= refund= courier= "
     "item=",
     VST_SENSE_ORDER},
	{"когда= где= почему= зачем= сколько= какой= какая= какие= какое= кто= что= чего= куда= как= "
     "when= where= why= how= what=",
     VST_SENSE_QUESTION},
	{"не= ни= нельзя= not= don= dont= never= no=", VST_SENSE_NOT},
	{"присыл~ пришл~ шли= шлите= слать= слите= посыл~ отправля~ пиши= пишите= писать= беспоко~ звони= звоните= "
     "звонить= "
     "тревож~ трога~ доним~ надоеда~ дерга~ спамь~ спамить= рассыла~ "
     "send= sending= text= texting= texts= message= messages= messaging= write= writing= contact= contacting= bother= "
     "spam=",
     VST_SENSE_SEND},
	{"убери~ убира~ убрать= удали= удали~ удаля~ исключ~ вычерк~ сотри~ стереть= отключ~ выключ~ прекрат~ прекращ~ "
     "перестан~ останови~ остановить= завязывай~ заканчив~ кончай~ хватит= сними~ снять= отмени~ закрой~ "
     "remove= delete= take= stop= cease= cancel=",
     VST_SENSE_REMOVE},
	{"отстан отвали отвяж отцеп проваливай нахрен нафиг неинтересно= неактуально= leave=", VST_SENSE_LEAVE},
	{"достал= достала= достали= задолбал заколебал надоел замучил задрал замуча утомил спам spam блокиру "
     "заблокиру чс= fed=",
     VST_SENSE_ANNOYED},
	{"хочу= хотим= желаю= нужн нужен= надо= интерес актуальн получать= подписывал даю= давал давала= want= interested= "
     "need=",
     VST_SENSE_UNWANTED},
	{"соглас consent= персональн", VST_SENSE_CONSENT},
	{"отзыва~ отозв~ отзов~ отозов~ запрещ запрет revoke= withdraw=", VST_SENSE_REVOKE},
	{"фас= роскомнадзор прокуратур жалоб жалов полици суд= суде= иск=", VST_SENSE_AUTHORITY},
	{"откуда= взял", VST_SENSE_ORIGIN},
	{"отпис отпиш unsubscri", VST_SENSE_UNSUBSCRIBE},
	{"сколько=", VST_SENSE_HOW_MUCH},
};

const size_t vst_sense_count = COUNT(vst_senses);

const char *const vst_reply_own_words[] = {
	"опишите", "описка", "описать", "описаться", "удались",  "удавить", "хватил",  "удалит",
	"отказал", "помощи", "справки", "справку",   "подписки", "remote",  "removed",
};

const size_t vst_reply_own_word_count = COUNT(vst_reply_own_words);
