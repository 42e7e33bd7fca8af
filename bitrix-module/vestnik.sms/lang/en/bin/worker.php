<?php

$MESS['VESTNIK_SMS_WORKER_USAGE'] = 'Usage: php -d vestnik.store=DSN worker.php [--for=SECONDS]

Sends the SMS that wait in the queue. Run it as the user that the web server runs as.

  --for=SECONDS  work this long, then leave (for cron: * * * * * php … worker.php --for=58)
  --help         this text

SIGTERM and SIGINT: take nothing new, wait for the answers to what was sent, leave. A second signal: leave at once.
Exit codes: 0 all well, 64 wrong options, 69 no extension, 74 the store cannot be used, 77 wrong user,
78 wrong settings.';
$MESS['VESTNIK_SMS_WORKER_NO_EXTENSION'] = 'the extension “vestnik” is not loaded into #PHP# (php.ini: #INI#). The command line’s PHP has a php.ini of its own: enable the extension there as well.';
$MESS['VESTNIK_SMS_WORKER_NO_PCNTL'] = 'this PHP has no pcntl: SIGTERM and SIGINT end the process at once, and what is being sent at that moment stays in doubt. Stop it by --for, or install pcntl.';
$MESS['VESTNIK_SMS_WORKER_TROUBLE'] = '#WORDS#. Trying again until it works.';
$MESS['VESTNIK_SMS_WORKER_GIVES_UP'] = '#WORDS#';
$MESS['VESTNIK_SMS_WORKER_WRONG_USER'] = 'this process runs as “#USER#”, but the store belongs to “#OWNER#”. Run it so:
  #COMMAND#';
$MESS['VESTNIK_SMS_WORKER_ROOT'] = 'there is no store yet; if root creates it, the web server cannot open it. Run it as the web server’s user, for instance:
  #COMMAND#';
$MESS['VESTNIK_SMS_WORKER_DONE'] = 'Worker stopped: #SENT# sent, #SETTLED# settled.';
