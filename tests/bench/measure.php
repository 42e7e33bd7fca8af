<?php

/*
 * One measurement in a fresh store, for bench.php: prints {"each": seconds per operation, "p99": seconds or null}.
 */

declare(strict_types=1);

require __DIR__ . '/bench.php';

[, $what, $count] = $argv;
$count = (int) $count;
$smsru = ['api_id' => '00000000-0000-0000-0000-000000000000', 'url' => 'http://127.0.0.1:' . ($argv[3] ?? '9')];
if (isset($argv[4])) {
    $smsru['batch'] = (int) $argv[4];
}
vestnik_configure([
    'entities' => [
        'main' => [
            'name' => 'ООО «Ромашка»',
            'brand' => 'Ромашка',
            'site' => 'https://romashka.example',
            'opt_out_number' => '+79990000099',
        ],
    ],
    'providers' => ['smsru' => $smsru],
    'senders' => ['Romashka' => ['provider' => 'smsru']],
    'caps' => [
        ['category' => 'advertising', 'count' => 2, 'days' => 7],
        ['category' => 'advertising', 'count' => 1, 'days' => 1],
    ],
]);

/** @return iterable<array<string, mixed>> */
function messages(int $count, int $persons): iterable
{
    for ($i = 0; $i < $count; $i++) {
        yield messageOf($i, $persons) + ['key' => sprintf('order/%09d', $i)];
    }
}

/** @return array{each: float, p99: ?float} */
function check(int $count): array
{
    vestnik_submit_batch(messages(1000, 1000));
    $started = hrtime(true);
    for ($i = 0; $i < $count; $i++) {
        vestnik_check(messageOf($i, 1000));
    }

    return ['each' => (hrtime(true) - $started) / 1e9 / $count, 'p99' => null];
}

/** @return array{each: float, p99: ?float} */
function fill(int $count): array
{
    $evidence = [
        'source' => 'checkout', 'wording' => 'Согласен получать рекламу', 'confirmed_by' => 'code', 'pre_ticked' => false,
        'separate' => true,
    ];
    $started = hrtime(true);
    for ($i = 0; $i < $count; $i++) {
        vestnik_consent_grant(phoneOf($i), $evidence);
    }
    vestnik_submit_batch(messages($count, $count));

    return ['each' => (hrtime(true) - $started) / 1e9 / $count, 'p99' => null];
}

/** @return array{each: float, p99: ?float} the median: a check is too short for the mean on a busy machine */
function among(int $count): array
{
    global $argv;
    mt_srand(1);
    $each = [];
    for ($i = 0; $i < $count; $i++) {
        $message = messageOf(mt_rand(0, (int) $argv[5] - 1), PHP_INT_MAX);
        if ($i % 2 === 1) {
            $message['category'] = 'advertising';
            $message['text'] = 'Розы по подписке: romashka.example/r';
            $message['approved_by'] = 'Мария';
        }
        $started = hrtime(true);
        vestnik_check($message);
        $each[] = hrtime(true) - $started;
    }
    sort($each);

    return ['each' => $each[intdiv($count, 2)] / 1e9, 'p99' => $each[intdiv($count * 99, 100)] / 1e9];
}

/** @return array{each: float, p99: ?float} */
function single(int $count): array
{
    $each = [];
    foreach (messages($count, 1000) as $message) {
        $started = hrtime(true);
        vestnik_submit($message);
        $each[] = hrtime(true) - $started;
    }
    $total = array_sum($each);
    sort($each);

    return ['each' => $total / 1e9 / $count, 'p99' => $each[intdiv($count * 99, 100)] / 1e9];
}

/** @return array{each: float, p99: ?float} */
function batch(int $count): array
{
    $started = hrtime(true);
    $result = vestnik_submit_batch(messages($count, 50000));
    $seconds = (hrtime(true) - $started) / 1e9;
    if ($result['send'] !== $count) {
        throw new RuntimeException('not all messages were queued');
    }

    return ['each' => $seconds / $count, 'p99' => null];
}

/** @return array{each: float, p99: ?float} */
function dispatch(int $count): array
{
    vestnik_submit_batch(messages($count, $count));
    $started = hrtime(true);
    $settled = 0;
    while ($settled < $count) {
        $result = vestnik_dispatch(1000);
        $settled += $result['settled'];
        if ($result['idle'] && $settled < $count) {
            throw new RuntimeException("idle after $settled of $count messages");
        }
    }
    $seconds = (hrtime(true) - $started) / 1e9;
    if (vestnik_message_count(['state' => 'accepted'], $count + 1) !== $count) {
        throw new RuntimeException('not all messages were accepted');
    }

    return ['each' => $seconds / $count, 'p99' => null];
}

echo json_encode($what($count), JSON_THROW_ON_ERROR), "\n";
