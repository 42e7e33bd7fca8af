<?php

/** What the tests of the crash contract share; they run in processes of their own, each with its own store. */

declare(strict_types=1);

namespace Vestnik\Tests\Crash;

foreach (['Child', 'Gateway', 'Shop', 'Tally', 'Worker', 'Aftermath', 'KillPhase'] as $class) {
    require_once __DIR__ . "/$class.php";
}
if (!extension_loaded('vestnik')) {
    fwrite(STDERR, "vestnik is not loaded\n");
    exit(1);
}
