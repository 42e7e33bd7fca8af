<?php

/** php -d vestnik.store=… verify.php URL IDS: what became of the messages of the pages. IDS: a JSON file. */

declare(strict_types=1);

namespace Vestnik\Tests\Crash;

require __DIR__ . '/../crash/load.php';

$tally = new Tally('fpm');
$tally->run(function () use ($tally, $argv): void {
    $ids = json_decode((string)file_get_contents($argv[2]), true, 4, JSON_THROW_ON_ERROR);
    $after = new Aftermath(new Gateway($argv[1]), $tally);
    $after->nothingIsLost(count($ids), $ids);
    $after->statesAre(['accepted', 'delivered']);
    $tally->same('all reached the gateway', count($ids), $after->seenByGateway());
    $after->nothingCameTwice();
    $after->storeAndGatewayAgree();
    $after->fileIsSound();
});
