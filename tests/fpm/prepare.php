<?php

/** php -d vestnik.store=… prepare.php URL PERSONS: the store before the pages come, as the web server's user. */

declare(strict_types=1);

namespace Vestnik\Tests\Crash;

require __DIR__ . '/../crash/load.php';

vestnik_clock(Shop::NOON);
vestnik_configure(Shop::settings($argv[1]));
Shop::grantConsents((int)$argv[2]);
