<?php

/**
 * php -d vestnik.store=… lease.php POINT KEEP: a worker is stopped at POINT for longer than its lease, another one
 * takes over, then the first one wakes: it sends nothing and changes nothing. KEEP is what the settings say of messages
 * in doubt, keep or resend.
 */

declare(strict_types=1);

namespace Vestnik\Tests\Crash;

require __DIR__ . '/load.php';

const LEASE = ['VESTNIK_LEASE_MS' => '1500'];
const COUNT = 8;

[, $point, $keep] = $argv;
$tally = new Tally("lease $point $keep");
$tally->run(function () use ($tally, $point, $keep): void {
    $gateway = Gateway::start(Worker::folder());
    $settings = Shop::settings($gateway->url, ['batch' => 2]);
    vestnik_clock(Shop::NOON);
    vestnik_configure($settings + ['in_doubt' => ['service' => $keep, 'authentication' => $keep]]);
    Shop::grantConsents();
    vestnik_submit_batch(array_map(Shop::message(...), range(0, COUNT - 1)));
    $snapshot = function (): array {
        $items = vestnik_message_list([], 1000)['items'];
        return [$items, array_map(fn (array $item): ?array => vestnik_message($item['id']), $items), vestnik_events()];
    };

    $sleeper = Worker::start(LEASE + ['VESTNIK_STOP_AT' => "$point:1", 'VESTNIK_STOP_SIGNAL' => 'STOP']);
    Child::until(fn (): bool => $sleeper->isStopped(), 'the worker does not come to the point');
    $tally->check('the stopped worker holds messages', vestnik_message_count(['state' => ['claimed', 'sending']]) > 0);
    $sending = vestnik_message_list(['state' => 'sending'])['items'];
    $kept = array_filter($sending, fn (array $item): bool => $keep === 'keep' || $item['category'] === 'advertising');

    $heir = Worker::start(LEASE);
    Worker::untilNothingIsUnderway();
    $before = $snapshot();
    $tally->same(
        'the other worker took over; in doubt is what was on its way and may not be sent again',
        count($kept),
        vestnik_message_count(['state' => 'in_doubt'])
    );

    $sleeper->signal(SIGCONT);
    $sleeper->signal(SIGTERM);
    $tally->same('the stopped worker leaves without complaint', 0, $sleeper->wait());
    $tally->same('it has changed nothing', $before, $snapshot());
    $heir->signal(SIGTERM);
    $tally->same('the other worker leaves without complaint', 0, $heir->wait());

    $after = new Aftermath($gateway, $tally);
    $after->nothingIsLost(COUNT, []);
    $after->statesAre(['accepted', 'in_doubt']);
    $after->nothingCameTwice();
    $after->storeAndGatewayAgree();
    $after->fileIsSound();
});
