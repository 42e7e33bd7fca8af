<?php

$MESS['VESTNIK_SMS_REPLAY_USAGE'] = 'Запуск: php -d vestnik.store=DSN replay.php --from=ДЕНЬ --to=ДЕНЬ [--rules=ФАЙЛ] [--csv=ФАЙЛ] [--html=ФАЙЛ]

Какими были бы решения о сохранённых SMS при других правилах – по тем фактам, которые были известны тогда.
Ничего не отправляет и не меняет.

  --from=2026-10-01   первый день
  --to=2026-11-01     день после последнего
  --timezone=ЗОНА     чьи это дни (Europe/Moscow)
  --rules=ФАЙЛ        JSON: правила, как «rules» в настройках, и при желании «windows» и «caps»; каждый ключ – вместо того,
                      что действовало тогда. Без файла – правила, какими они были
  --csv=ФАЙЛ          таблица SMS, решения о которых были бы другими
  --html=ФАЙЛ         сводка для чтения и печати
  --help              эта справка

В отчётах нет ни телефонов, ни текстов. Коды выхода: 0 – порядок, 64 – неверные параметры, 69 – нет расширения,
74 – хранилище недоступно, 77 – не тот пользователь, 78 – ошибка в правилах.';
$MESS['VESTNIK_SMS_REPLAY_NO_EXTENSION'] = 'расширение «vestnik» не загружено в #PHP#.';
$MESS['VESTNIK_SMS_REPLAY_TROUBLE'] = '#WORDS#';
$MESS['VESTNIK_SMS_REPLAY_DONE'] = 'Решений пересмотрено: #DECISIONS#, из них были бы другими: #DIFFER#.';
$MESS['VESTNIK_SMS_REPLAY_TITLE'] = 'Решения об SMS при других правилах';
$MESS['VESTNIK_SMS_REPLAY_PERIOD'] = 'SMS, созданные с #FROM# до #TO#.';
$MESS['VESTNIK_SMS_REPLAY_ZONE'] = 'Время: #ZONE#.';
$MESS['VESTNIK_SMS_REPLAY_ABOUT'] = 'Каждое решение принято ещё раз по тем фактам, которые были известны тогда: согласия, отказы, часовой пояс, число уже полученных SMS. Что стало с SMS позже, не учитывается; не учитывается и то, что при других правилах сам человек получил бы раньше больше или меньше SMS.';
$MESS['VESTNIK_SMS_REPLAY_FOOT'] = 'Отчёт не содержит телефонов и текстов. SMS можно найти по номеру (ID) в журнале.';
$MESS['VESTNIK_SMS_REPLAY_NOTHING'] = 'Таких нет.';
$MESS['VESTNIK_SMS_REPLAY_TOTAL_DECISIONS'] = 'Решений пересмотрено';
$MESS['VESTNIK_SMS_REPLAY_TOTAL_DIFFER'] = 'Были бы другими';
$MESS['VESTNIK_SMS_REPLAY_TOTAL_TIMES'] = 'Отложены на другое время';
$MESS['VESTNIK_SMS_REPLAY_TOTAL_TEXTS'] = 'Изменился бы текст';
$MESS['VESTNIK_SMS_REPLAY_TOTAL_SEGMENTS'] = 'Оплачиваемых частей SMS больше или меньше';
$MESS['VESTNIK_SMS_REPLAY_HEAD_VERDICTS'] = 'Другое решение';
$MESS['VESTNIK_SMS_REPLAY_HEAD_RULES'] = 'По правилам';
$MESS['VESTNIK_SMS_REPLAY_VERDICT_SEND'] = 'отправить';
$MESS['VESTNIK_SMS_REPLAY_VERDICT_DEFER'] = 'отложить';
$MESS['VESTNIK_SMS_REPLAY_VERDICT_REFUSE'] = 'отказать';
$MESS['VESTNIK_SMS_REPLAY_CATEGORY_ADVERTISING'] = 'реклама';
$MESS['VESTNIK_SMS_REPLAY_CATEGORY_SERVICE'] = 'сервисное';
$MESS['VESTNIK_SMS_REPLAY_CATEGORY_AUTHENTICATION'] = 'код';
$MESS['VESTNIK_SMS_REPLAY_YES'] = 'да';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_ID'] = 'ID';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_CREATED'] = 'Создано';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_CATEGORY'] = 'Категория';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_WAS'] = 'Решение было';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_WOULD'] = 'Решение было бы';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_WAS_CODES'] = 'Замечания были';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_WOULD_CODES'] = 'Замечания были бы';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_WAS_DUE'] = 'Отложено до';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_WOULD_DUE'] = 'Было бы отложено до';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_WAS_SEGMENTS'] = 'Частей было';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_WOULD_SEGMENTS'] = 'Частей было бы';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_TEXT'] = 'Другой текст';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_COUNT'] = 'SMS';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_RULE'] = 'Правило';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_BASIS'] = 'Основание';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_MORE'] = 'Добавилось бы';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_FEWER'] = 'Исчезло бы';
$MESS['VESTNIK_SMS_REPLAY_COLUMN_EXAMPLES'] = 'Примеры (ID)';
