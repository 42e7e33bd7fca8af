#!/usr/bin/env php
<?php

/**
 * What stored decisions would have been under other rules, as a table and a page to print. It needs the extension and
 * nothing else, no Bitrix and no file of it.
 *
 *   php -d vestnik.store=sqlite:/var/lib/vestnik/shop.db replay.php --from=2026-10-01 --to=2026-11-01 --rules=rules.json
 */

declare(strict_types=1);

namespace Vestnik\Sms\Replay;

use Vestnik\Sms\Console\Words;
use Vestnik\Sms\Worker\Failure;

require __DIR__ . '/../lib/Console/Words.php';
require __DIR__ . '/../lib/Worker/Failure.php';
require __DIR__ . '/../lib/Replay/Options.php';
require __DIR__ . '/../lib/Replay/Summary.php';
require __DIR__ . '/../lib/Replay/Csv.php';
require __DIR__ . '/../lib/Replay/Page.php';
require __DIR__ . '/../lib/Replay/Report.php';

if (PHP_SAPI !== 'cli') {
    exit(Failure::USAGE);
}
$words = new Words(Words::languageOf(getenv()), 'replay');
$options = Options::parse(array_slice($argv, 1));
if ($options === null || $options->help) {
    fwrite($options === null ? STDERR : STDOUT, $words->say('USAGE'));
    exit($options === null ? Failure::USAGE : 0);
}
exit((new Report($words))->run($options));
