#!/usr/bin/env php
<?php

/**
 * The worker: hands out what waits in the store. It needs the extension and nothing else, no Bitrix and no file of it.
 *
 *   php -d vestnik.store=sqlite:/var/lib/vestnik/shop.db worker.php [--for=SECONDS]
 */

declare(strict_types=1);

namespace Vestnik\Sms\Worker;

use Vestnik\Sms\Console\Words;

require __DIR__ . '/../lib/Console/Words.php';
require __DIR__ . '/../lib/Worker/Options.php';
require __DIR__ . '/../lib/Worker/Failure.php';
require __DIR__ . '/../lib/Worker/Worker.php';

if (PHP_SAPI !== 'cli') {
    exit(Failure::USAGE);
}
$words = new Words(Words::languageOf(getenv()), 'worker');
$options = Options::parse(array_slice($argv, 1));
if ($options === null || $options->help) {
    fwrite($options === null ? STDERR : STDOUT, $words->say('USAGE'));
    exit($options === null ? Failure::USAGE : 0);
}
exit((new Worker($words, __FILE__))->run($options->seconds));
