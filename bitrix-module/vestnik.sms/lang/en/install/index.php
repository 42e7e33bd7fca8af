<?php

$MESS['VESTNIK_SMS_MODULE_NAME'] = 'SMS Vestnik';
$MESS['VESTNIK_SMS_MODULE_DESCRIPTION'] = 'Order and advertising SMS within the law: consents, refusals, local time, queue and delivery reports.';
$MESS['VESTNIK_SMS_REQUIRES_PHP'] = 'PHP #WANTED# or later is required; this site runs #FOUND#.';
$MESS['VESTNIK_SMS_REQUIRES_EXTENSION'] = 'The PHP extension “vestnik” is not loaded (PHP #FOUND#, #WHERE#). Install it and restart the web server.';
$MESS['VESTNIK_SMS_REQUIRES_EXTENSION_VERSION'] = 'The extension “vestnik” #FOUND# does not fit module #MODULE#: they may differ by one minor version at most (#WANTED#).';
$MESS['VESTNIK_SMS_REQUIRES_MAIN'] = 'The main module #WANTED# or later (a UTF-8 site) is required; installed: #FOUND#. Update the kernel and, if the site is in windows-1251, convert it to UTF-8.';
$MESS['VESTNIK_SMS_NO_SALE'] = 'The module “E-Store” (sale) is not installed: no SMS about orders will be sent. Everything else works.';
