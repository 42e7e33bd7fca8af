/*
 * What a person should look at: one entry a problem. The words are for a shop's manager, who can act on them or pass
 * them on to whoever runs the server.
 */
#include "health.h"
#include "json.h"

/* Above this the log makes reads slow: nobody moves it into the database. Twice what starts a checkpoint anywhere. */
#define LOG_BYTES_MAX (INT64_C(512) << 20)
#define NUMBERING_DAYS_MAX 60

static bool holds(const vst_health *h)
{
	return h->store.hold == VST_HOLD_MOVED;
}

static bool is_copy(const vst_health *h)
{
	return h->store.hold == VST_HOLD_COPY;
}

static bool no_settings(const vst_health *h)
{
	return h->settings_version == 0;
}

static bool no_worker(const vst_health *h)
{
	return h->due > 0 && h->alive == 0;
}

static bool other_store(const vst_health *h)
{
	return h->of_another_store > 0;
}

static bool other_version(const vst_health *h)
{
	return h->of_another_version > 0;
}

static bool provider_stopped(const vst_health *h)
{
	return h->provider_stopped;
}

static bool provider_unreachable(const vst_health *h)
{
	return h->provider_unreachable;
}

static bool no_provider(const vst_health *h)
{
	return !no_settings(h) && h->provider_count == 0;
}

static bool no_entity(const vst_health *h)
{
	return !no_settings(h) && h->entity_count == 0;
}

static bool no_sender(const vst_health *h)
{
	return !no_settings(h) && h->sender_count == 0;
}

static bool no_opt_out_number(const vst_health *h)
{
	return h->provider_count > 0 && h->entities_without_opt_out_number > 0;
}

static bool in_doubt(const vst_health *h)
{
	return h->in_doubt > 0;
}

static bool log_too_large(const vst_health *h)
{
	return h->store.log_bytes > LOG_BYTES_MAX;
}

static bool manual_clock(const vst_health *h)
{
	return h->store.clock == VST_CLOCK_MANUAL;
}

/* Without a numbering plan every number is looked at as if it might be anywhere in Russia. */
static bool no_numbering(const vst_health *h)
{
	return h->numbering == NULL && !h->numbering_broken;
}

static bool numbering_broken(const vst_health *h)
{
	return h->numbering_broken;
}

/* Ranges move to other regions and new ones are allotted every month. */
static bool numbering_old(const vst_health *h)
{
	return h->numbering != NULL && h->now - h->numbering->imported > NUMBERING_DAYS_MAX * INT64_C(86400);
}

static bool data_abroad(const vst_health *h)
{
	return (h->unmet_duties & VST_DUTY_STORED_IN_RUSSIA) != 0;
}

static bool no_processor_contract(const vst_health *h)
{
	return (h->unmet_duties & VST_DUTY_PROCESSOR_CONTRACT) != 0;
}

static bool no_regulator_notice(const vst_health *h)
{
	return (h->unmet_duties & VST_DUTY_REGULATOR_NOTICE) != 0;
}

static const struct {
	const char *code, *level;
	bool (*holds)(const vst_health *health);
	const char *ru, *en;
} problems[] = {
	{"store_holds", "error", holds,
     "Хранилище скопировано или перенесено, отправка приостановлена. Ответьте, это действующий сайт или копия.",
     "The store was copied or moved, so nothing is sent. Say whether this is the live site or a copy."},
	{"settings_absent", "error", no_settings, "Вестник ещё не настроен: укажите юрлицо, имя отправителя и SMS-сервис.",
     "Vestnik is not set up yet: name the legal entity, the sender and the SMS service."},
	{"no_entity", "error", no_entity, "Не указано юрлицо, от имени которого отправляются сообщения.",
     "No legal entity is named that the messages are sent for."},
	{"no_provider", "error", no_provider, "Не подключён ни один SMS-сервис, отправлять сообщения нечем.",
     "No SMS service is connected, so nothing can be sent."},
	{"no_worker", "error", no_worker, "Сообщения ждут отправки, но обработчик очереди не запущен.",
     "Messages are due, but no worker is running to send them."},
	{"worker_of_another_store", "error", other_store,
     "Обработчик очереди работает с прежним файлом хранилища. Перезапустите его.",
     "A worker still has an earlier file of the store open. Restart it."},
	{"provider_stopped", "error", provider_stopped,
     "SMS-сервис отклоняет все запросы: проверьте ключ доступа, баланс и имя отправителя.",
     "An SMS service refuses every request: check its key, the balance and the sender name."},
	{"provider_unreachable", "warning", provider_unreachable,
     "SMS-сервис не отвечает. Сообщения ждут, попытки повторяются автоматически.",
     "An SMS service does not answer. Messages wait, and it is tried again by itself."},
	{"in_doubt", "warning", in_doubt,
     "Есть сообщения, о которых неизвестно, дошли ли они до SMS-сервиса. Повторно они не отправляются.",
     "Of some messages it is not known whether the SMS service got them. They are not sent again."},
	{"no_sender", "warning", no_sender, "Не указано ни одного имени отправителя.", "No sender name is given."},
	{"no_opt_out_number", "warning", no_opt_out_number,
     "У юрлица нет номера для отказа от рассылки: рекламные сообщения не будут отправлены.",
     "A legal entity has no number for opting out, so advertising is refused."},
	{"worker_version_differs", "warning", other_version,
     "Обработчик очереди запущен с другой версией расширения. Перезапустите его.",
     "A worker runs another version of the extension. Restart it."},
	{"log_too_large", "warning", log_too_large,
     "Журнал хранилища слишком велик: похоже, какой-то процесс долго держит его открытым.",
     "The store's log is too large: some process seems to keep it open for long."},
	{"store_is_copy", "warning", is_copy, "Это копия сайта: сообщения никому не отправляются.",
     "This is a copy of the site: nobody is sent anything."},
	{"data_abroad", "warning", data_abroad,
     "В настройках не отмечено, что персональные данные хранятся в России (rules.R35.stored_in_russia, ч. 5 ст. 18"
     " 152-ФЗ). Штраф — от 1 до 6 млн ₽ (ч. 8 ст. 13.11 КоАП).",
     "The settings do not say that personal data is kept in Russia (rules.R35.stored_in_russia, 152-FZ art. 18(5))."
     " The risk is 1 to 6 million roubles (КоАП art. 13.11(8))."},
	{"no_processor_contract", "warning", no_processor_contract,
     "Не указан договор с SMS-сервисом о поручении обработки данных (rules.R35.processor_contract, ч. 3 ст. 6 152-ФЗ)."
     " Штраф — от 150 до 300 тыс. ₽ (ч. 1 ст. 13.11 КоАП).",
     "No contract with the SMS service on processing data is named (rules.R35.processor_contract, 152-FZ art. 6(3))."
     " The risk is 150,000 to 300,000 roubles (КоАП art. 13.11(1))."},
	{"no_regulator_notice", "warning", no_regulator_notice,
     "Не указано уведомление Роскомнадзора об обработке данных (rules.R35.regulator_notice, ст. 22 152-ФЗ). Штраф — от"
     " 100 до 300 тыс. ₽ (ч. 10 ст. 13.11 КоАП).",
     "No notice to Roskomnadzor is named (rules.R35.regulator_notice, 152-FZ art. 22). The risk is 100,000 to 300,000"
     " roubles (КоАП art. 13.11(10))."},
	{"manual_clock", "info", manual_clock,
     "Учебное хранилище: его часы переводятся вручную, настоящие сообщения не отправляются.",
     "A store for trials: its clock is set by hand, and no real messages are sent."},
	{"numbering_broken", "warning", numbering_broken,
     "Файл плана нумерации повреждён или не читается. Загрузите план заново.",
     "The file of the numbering plan is damaged or cannot be read. Import the plan again."},
	{"numbering_old", "warning", numbering_old,
     "План нумерации загружен больше 60 дней назад: у новых номеров часовой пояс не определится. Обновите план.",
     "The numbering plan was imported more than 60 days ago and does not know new numbers. Import it again."},
	{"numbering_absent", "info", no_numbering,
     "План нумерации не загружен, часовой пояс по номеру не определяется: реклама без указанного пояса"
     " отправляется, только когда разрешённые часы идут во всех регионах России.",
     "There is no numbering plan, so a number does not tell its time zone: advertising without a stated zone is"
     " sent only while the hours are allowed all over Russia."},
};

vst_rc vst_health_problems(const vst_health *health, json_t **out, vst_err *err)
{
	json_t *list = json_array(), *item;
	vst_rc rc = list != NULL ? VST_OK : vst_fail_nomem(err);

	for (size_t i = 0; rc == VST_OK && i < sizeof problems / sizeof problems[0]; i++) {
		vst_json json;

		if (!problems[i].holds(health)) {
			continue;
		}
		vst_json_begin(&json);
		vst_json_set_name(&json, "code", problems[i].code);
		vst_json_set_name(&json, "level", problems[i].level);
		vst_json_set_name(&json, "ru", problems[i].ru);
		vst_json_set_name(&json, "en", problems[i].en);
		rc = vst_json_end(&json, &item, err);
		if (rc == VST_OK && json_array_append_new(list, item) != 0) {
			rc = vst_fail_nomem(err);
		}
	}
	if (rc == VST_OK) {
		*out = list;
	} else {
		json_decref(list);
	}
	return rc;
}
