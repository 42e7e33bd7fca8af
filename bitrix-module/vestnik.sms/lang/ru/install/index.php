<?php

$MESS['VESTNIK_SMS_MODULE_NAME'] = 'SMS-вестник';
$MESS['VESTNIK_SMS_MODULE_DESCRIPTION'] = 'SMS о заказах и рекламные SMS по закону: согласия, отказы, местное время, очередь и отчёты о доставке.';
$MESS['VESTNIK_SMS_REQUIRES_PHP'] = 'Нужен PHP #WANTED# или новее, на сайте – #FOUND#.';
$MESS['VESTNIK_SMS_REQUIRES_EXTENSION'] = 'Расширение PHP «vestnik» не загружено (PHP #FOUND#, #WHERE#). Установите его и перезапустите веб-сервер.';
$MESS['VESTNIK_SMS_REQUIRES_EXTENSION_VERSION'] = 'Расширение «vestnik» версии #FOUND# не подходит к модулю #MODULE#: версии могут отличаться не более чем на одну младшую (#WANTED#).';
$MESS['VESTNIK_SMS_REQUIRES_MAIN'] = 'Нужен главный модуль #WANTED# или новее (сайт в UTF-8), установлен – #FOUND#. Обновите ядро и, если сайт в windows-1251, переведите его в UTF-8.';
$MESS['VESTNIK_SMS_NO_SALE'] = 'Модуль «Интернет-магазин» (sale) не установлен: SMS о заказах отправляться не будут. Остальные функции работают.';
