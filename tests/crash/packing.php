<?php

/** What goes into one request: as many messages as the settings say, and only such as the protocol lets share one. */

declare(strict_types=1);

namespace Vestnik\Tests\Crash;

require __DIR__ . '/load.php';

const NUMBER = '79990000098';

$tally = new Tally('packing');
$tally->run(function () use ($tally): void {
    $gateway = Gateway::start(Worker::folder());
    $settings = Shop::settings($gateway->url, ['batch' => 3]);
    $settings['senders'] += ['Vasilek' => ['provider' => 'smsru'], NUMBER => ['provider' => 'smsru']];
    vestnik_clock(Shop::NOON);
    vestnik_configure($settings);
    $service = fn (int $number, string $sender): array => [
        'phone' => Shop::phone($number, 400),
        'category' => 'service',
        'text' => "Заказ $number собран",
        'order' => "$number",
        'customer' => "c$number",
        'sender' => $sender,
    ];
    $dispatch = function (): void {
        do {
            $slice = vestnik_dispatch(200);
        } while (!$slice['idle'] || $slice['in_flight'] > 0);
    };
    $sends = fn (): array => array_intersect_key($gateway->stats(), ['sends' => 1, 'messages' => 1, 'refused' => 1]);

    vestnik_submit_batch(array_map(fn (int $number): array => $service($number, 'Romashka'), range(0, 6)));
    $dispatch();
    $tally->same('seven messages need three requests of at most three', [
        'sends' => 3,
        'messages' => 7,
        'refused' => [],
    ], $sends());

    $senders = fn (int $number): string => $number < 10 ? 'Romashka' : 'Vasilek';
    vestnik_submit_batch(array_map(fn (int $number): array => $service($number, $senders($number)), range(8, 11)));
    $dispatch();
    $tally->same('two senders share no request', ['sends' => 5, 'messages' => 11, 'refused' => []], $sends());
    $attempts = array_map(
        fn (array $item): array => [$item['state'], vestnik_message($item['id'])['attempts']],
        vestnik_message_list([], 1000)['items']
    );
    $tally->same('all went at the first attempt', array_fill(0, 11, ['accepted', 1]), $attempts);

    /* R30 gives a numeric sender 3,600 an hour, and 180 of them at once. */
    vestnik_submit_batch(array_map(fn (int $number): array => $service($number, NUMBER), range(100, 299)));
    $dispatch();
    $tally->same('a numeric sender stays within its hour, the rest waits', [191, 20], [
        $gateway->stats()['messages'],
        vestnik_message_count(['state' => 'deferred']),
    ]);
    $tally->same('its provider is not blamed for that', 'ok', vestnik_health()['providers']['smsru']['state']);
});
