<?php

/**
 * php -d vestnik.store=… lease.php POINT KEEP: a worker is stopped at POINT for longer than its lease, another one
 * takes over, then the first one wakes: of these it sends nothing and changes nothing. KEEP is what the settings say of
 * messages in doubt, keep or resend.
 */

declare(strict_types=1);

namespace Vestnik\Tests\Crash;

require __DIR__ . '/load.php';

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
    $ids = array_column(vestnik_message_list()['items'], 'id');
    $snapshot = fn (): array => [
        array_map(vestnik_message(...), $ids),
        array_filter(vestnik_events(), fn (array $event): bool => in_array($event['message'], $ids, true)),
    ];

    $sleeper = Worker::startToSleepAt($point);
    $tally->check('the stopped worker holds messages', vestnik_message_count(['state' => ['claimed', 'sending']]) > 0);
    $sending = vestnik_message_list(['state' => 'sending'])['items'];
    $kept = array_filter($sending, fn (array $item): bool => $keep === 'keep' || $item['category'] === 'advertising');

    $heir = Worker::start();
    Worker::untilNothingIsUnderway();
    $tally->same(
        'the other worker took over; in doubt is what was on its way and may not be sent again',
        count($kept),
        vestnik_message_count(['state' => 'in_doubt'])
    );

    $heir->signal(SIGTERM);
    $tally->same('the other worker leaves without complaint', 0, $heir->wait());
    $before = $snapshot();

    $sleeper->signal(SIGCONT);
    $id = vestnik_submit(Shop::message(COUNT))['id'];
    Worker::untilNothingIsUnderway();
    $tally->same('the stopped worker sends what is new', 'accepted', vestnik_message($id)['state']);
    $sleeper->signal(SIGTERM);
    $tally->same('it leaves without complaint', 0, $sleeper->wait());
    $tally->same('it has changed nothing of what it had lost', $before, $snapshot());

    $after = new Aftermath($gateway, $tally);
    $after->nothingIsLost(COUNT + 1, []);
    $after->statesAre(['accepted', 'in_doubt']);
    $after->nothingCameTwice();
    $after->storeAndGatewayAgree();
    $after->fileIsSound();
});
