<?php

/**
 * php -d vestnik.store=… takeover.php POINT: as lease.php, but the first worker wakes while the same messages are
 * underway with the other one: it may neither send nor settle what is that one's now. What was in doubt is sent again,
 * by the settings.
 */

declare(strict_types=1);

namespace Vestnik\Tests\Crash;

require __DIR__ . '/load.php';

const COUNT = 8;

$point = $argv[1];
$tally = new Tally("takeover $point");
$tally->run(function () use ($tally, $point): void {
    $gateway = Gateway::start(Worker::folder());
    $settings = Shop::settings($gateway->url, ['batch' => 2]);
    vestnik_clock(Shop::NOON);
    vestnik_configure($settings + ['in_doubt' => ['service' => 'resend', 'authentication' => 'resend']]);
    Shop::grantConsents();
    vestnik_submit_batch(array_map(Shop::message(...), range(0, COUNT - 1)));

    $sleeper = Worker::startToSleepAt($point);
    $sending = vestnik_message_list(['state' => 'sending'])['items'];
    $kept = array_filter($sending, fn (array $item): bool => $item['category'] === 'advertising');
    $came = count($gateway->messages()); /* all that was sending, or nothing yet */
    $again = $came > 0 ? count($sending) - count($kept) : 0;

    $gateway->setLatency(2000);
    $heir = Worker::start();
    Child::until(
        fn (): bool => vestnik_message_count(['state' => 'in_doubt']) === count($kept)
            && vestnik_message_count(['state' => ['queued', 'claimed']]) === 0,
        'the other worker does not take over'
    );
    $sleeper->signal(SIGCONT);
    Worker::untilNothingIsUnderway();
    $sleeper->signal(SIGTERM);
    $tally->same('the stopped worker leaves without complaint', 0, $sleeper->wait());
    $heir->signal(SIGTERM);
    $tally->same('the other worker leaves without complaint', 0, $heir->wait());

    $after = new Aftermath($gateway, $tally);
    $after->nothingIsLost(COUNT, []);
    $tally->same('in doubt are the advertisements that were on their way, the others are accepted', [
        count($kept),
        COUNT - count($kept),
    ], [$after->count('in_doubt'), $after->count('accepted')]);
    $seen = $gateway->messages();
    $once = $came > 0 ? COUNT : COUNT - count($kept);
    $tally->same('twice came only what the settings say', [$once, $again], [
        count($seen),
        count(array_filter($seen, fn (array $entry): bool => $entry['count'] === 2)),
    ]);
    $tally->same('nothing came more often', $once + $again, $gateway->stats()['messages']);
    $foreign = [];
    foreach (vestnik_message_list(['state' => 'accepted'])['items'] as $item) {
        $message = vestnik_message($item['id']);
        if ($message['provider_message'] !== $seen["{$item['phone']} {$item['text']}"]['id']) {
            $foreign[] = $item['customer'];
        }
    }
    $tally->same('the outcomes are those of the other worker', [], $foreign);
    $after->fileIsSound();
});
