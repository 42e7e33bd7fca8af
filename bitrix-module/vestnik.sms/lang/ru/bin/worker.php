<?php

$MESS['VESTNIK_SMS_WORKER_USAGE'] = 'Запуск: php -d vestnik.store=DSN worker.php [--for=СЕКУНДЫ]

Отправляет SMS из очереди. Запускайте от имени того пользователя, под которым работает веб-сервер.

  --for=СЕКУНДЫ  проработать столько и выйти (для cron: * * * * * php … worker.php --for=58)
  --help         эта справка

SIGTERM и SIGINT: нового не брать, дождаться ответов на отправленное и выйти. Второй сигнал – выйти сразу.
Коды выхода: 0 – порядок, 64 – неверные параметры, 69 – нет расширения, 74 – хранилище недоступно,
77 – не тот пользователь, 78 – ошибка в настройках.';
$MESS['VESTNIK_SMS_WORKER_NO_EXTENSION'] = 'расширение «vestnik» не загружено в #PHP# (php.ini: #INI#). У консольного PHP свой php.ini: подключите расширение и там.';
$MESS['VESTNIK_SMS_WORKER_NO_PCNTL'] = 'в этом PHP нет pcntl: SIGTERM и SIGINT завершат процесс сразу, и судьба SMS, отправляемых в этот миг, останется неизвестной. Останавливайте его параметром --for или установите pcntl.';
$MESS['VESTNIK_SMS_WORKER_TROUBLE'] = '#WORDS#. Повторяю, пока не получится.';
$MESS['VESTNIK_SMS_WORKER_GIVES_UP'] = '#WORDS#';
$MESS['VESTNIK_SMS_WORKER_WRONG_USER'] = 'процесс запущен от имени «#USER#», а хранилище принадлежит пользователю «#OWNER#». Запустите так:
  #COMMAND#';
$MESS['VESTNIK_SMS_WORKER_DONE'] = 'Исполнитель остановлен: отправлено – #SENT#, получено ответов – #SETTLED#.';
