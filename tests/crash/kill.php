<?php

/** php -d vestnik.store=… kill.php NAME: one phase of phases.php on a store that does not exist yet. */

declare(strict_types=1);

namespace Vestnik\Tests\Crash;

require __DIR__ . '/load.php';

$name = $argv[1] ?? '';
$tally = new Tally($name);
$phase = (require __DIR__ . '/phases.php')[$name] ?? exit("there is no phase $name\n");
$seed = (int)(getenv('VESTNIK_SEED') ?: random_int(1, 999999));
mt_srand($seed);
if ($phase['point'] === null && $phase['turns'] !== []) {
    echo "# seed $seed (VESTNIK_SEED)\n";
}
$tally->run(new KillPhase($name, $phase, $tally));
