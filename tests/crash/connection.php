<?php

/**
 * A gateway that reads a request and closes without a reply. libcurl by itself would send it again on a connection that
 * was used before.
 */

declare(strict_types=1);

namespace Vestnik\Tests\Crash;

require __DIR__ . '/load.php';

$tally = new Tally('connection');
$tally->run(function () use ($tally): void {
    $gateway = Gateway::start(Worker::folder());
    vestnik_clock(Shop::NOON);
    vestnik_configure(Shop::settings($gateway->url, ['batch' => 1]));
    Shop::grantConsents();
    $send = function (int $number): string {
        $id = vestnik_submit(Shop::message($number))['id'];
        do {
            $slice = vestnik_dispatch(200);
        } while (!$slice['idle'] || $slice['in_flight'] > 0);
        return vestnik_message($id)['state'];
    };

    $tally->same('a request is answered', 'accepted', $send(0));
    // The question for the balance went beside it, so there may be two connections.
    $connections = $gateway->stats()['connections'];
    $tally->same('so is another', 'accepted', $send(1));
    $tally->same('it uses a connection that was there', $connections, $gateway->stats()['connections']);
    $gateway->fault('close_after_read');
    $tally->same('a request that gets no reply on this connection is in doubt', 'in_doubt', $send(2));
    $stats = $gateway->stats();
    $tally->same('the gateway met its fault and counts the message once', [1, 3, 0], [
        $stats['faults']['close_after_read'] ?? 0,
        $stats['messages'],
        $stats['repeated'],
    ]);

    $gateway->fault('close_after_read');
    $tally->same('so it is on a new connection', 'in_doubt', $send(3));
    $tally->same('the next one goes', 'accepted', $send(4));
    vestnik_clock(Shop::NOON + 30);
    vestnik_dispatch(300);
    $after = new Aftermath($gateway, $tally);
    $after->nothingIsLost(5, []);
    $after->statesAre(['accepted', 'in_doubt']);
    $tally->same('two are in doubt, all five were seen', [2, 5], [$after->count('in_doubt'), $after->seenByGateway()]);
    $after->nothingCameTwice();
    $after->storeAndGatewayAgree();
});
