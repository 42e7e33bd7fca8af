<?php

/*
 * Figures of Vestnik through its PHP functions, as ratios to baselines measured in the same run. Every figure is the
 * median of several rounds in which ours and the baseline take turns, since other work on the machine disturbs both.
 */

declare(strict_types=1);

const ROUNDS = 5;

$work = $argv[1] ?? '';
$port = $argv[2] ?? '';
$wanted = $argv[3] ?? null;

/** Everything about one benchmark; `ours` and `baseline` return seconds per operation. */
$benchmarks = [
    'check' => [
        'title' => 'a full decision with its look-ups (vestnik_check)',
        'against' => 'one bare SQLite look-up by key',
        'ours' => static fn (int $round): array => measureChecks($work, 20000),
        'baseline' => static fn (int $round): array => baseline($work, "read $work/read-$round.db 200000"),
        'conditions' => 'all rules of the gate, 2 caps, service text with order, 1,000 persons in the store, no fsync',
    ],
    'submit-single' => [
        'title' => 'one durable submit (vestnik_submit)',
        'against' => 'one bare SQLite insert and commit',
        'ours' => static fn (int $round): array => measureSubmits($work, $round, 1000),
        'baseline' => static fn (int $round): array => baseline($work, "single $work/single-$round.db 1000"),
        'conditions' => 'WAL, synchronous=FULL on both sides; all rules, idempotency key',
    ],
    'submit-batch' => [
        'title' => 'durable batch submit (vestnik_submit_batch)',
        'against' => 'bare SQLite inserts, 1,000 a transaction',
        'ours' => static fn (int $round): array => measureBatch($work, $round, 100000),
        'baseline' => static fn (int $round): array => baseline($work, "batch $work/batch-$round.db 100000"),
        'conditions' => 'WAL, synchronous=FULL on both sides; all rules, idempotency keys, 50,000 persons',
    ],
    'dispatch' => [
        'title' => 'dispatch over HTTP, one message a request',
        'against' => 'bare libcurl multi, the same requests over 32 connections',
        'ours' => static fn (int $round): array => measureDispatch($work, $port, $round, 5000, 1),
        'baseline' => static fn (int $round): array => baselinePosts($work, $port, 5000, 1),
        'conditions' => 'test gateway on loopback without latency, synchronous=FULL, intent and outcome stored',
    ],
    'dispatch-100' => [
        'title' => 'dispatch over HTTP, 100 messages a request',
        'against' => 'bare libcurl multi, the same requests over 32 connections',
        'ours' => static fn (int $round): array => measureDispatch($work, $port, $round, 30000, 100),
        'baseline' => static fn (int $round): array => baselinePosts($work, $port, 30000, 100),
        'conditions' => 'test gateway on loopback without latency, synchronous=FULL, intent and outcome stored',
    ],
];

/** @return array{each: float, p99: ?float} seconds per operation */
function baseline(string $work, string $arguments): array
{
    $result = json_decode((string) shell_exec("$work/baseline $arguments"), true, 8, JSON_THROW_ON_ERROR);

    return ['each' => $result['seconds'] / $result['count'], 'p99' => $result['p99_us'] > 0 ? $result['p99_us'] / 1e6 : null];
}

/** @return array{each: float, p99: ?float} seconds per message */
function baselinePosts(string $work, string $port, int $messages, int $perRequest): array
{
    $fields = ['api_id' => '00000000-0000-0000-0000-000000000000', 'json' => '1', 'from' => 'Romashka'];
    for ($i = 0; $i < $perRequest; $i++) {
        $fields["to[7999000" . str_pad((string) (1000 + $i), 4, '0', STR_PAD_LEFT) . ']'] = textOf($i);
    }
    file_put_contents("$work/body", http_build_query($fields));
    $result = baseline($work, "post http://127.0.0.1:$port/sms/send " . intdiv($messages, $perRequest) . " 32 $work/body");

    return ['each' => $result['each'] / $perRequest, 'p99' => null];
}

function textOf(int $i): string
{
    return "Заказ $i собран, ждём вас до 20:00";
}

function phoneOf(int $i): string
{
    return '+7999' . str_pad((string) (1000000 + $i), 7, '0', STR_PAD_LEFT);
}

/** @return array<string, mixed> */
function messageOf(int $i, int $persons): array
{
    return [
        'phone' => phoneOf($i % $persons),
        'category' => 'service',
        'text' => textOf($i),
        'order' => (string) $i,
        'timezone' => 'Europe/Moscow',
    ];
}

/**
 * A child with a store of its own: the store is an INI entry, and a child's memory says nothing of ours.
 *
 * @return array<string, float|int>
 */
function inStore(string $work, string $name, string $code, string ...$arguments): array
{
    $store = "$work/$name.db";
    $command = escapeshellarg((string) getenv('VESTNIK_PHP')) . ' -d ' . escapeshellarg("vestnik.store=sqlite:$store")
        . ' ' . escapeshellarg(__DIR__ . '/measure.php') . ' ' . escapeshellarg($code);
    foreach ($arguments as $argument) {
        $command .= ' ' . escapeshellarg($argument);
    }
    $result = json_decode((string) shell_exec($command), true, 8, JSON_THROW_ON_ERROR);
    foreach (glob("$store*") ?: [] as $file) {
        unlink($file);
    }

    return $result;
}

/** @return array{each: float, p99: ?float} */
function measureChecks(string $work, int $count): array
{
    return inStore($work, 'check', 'check', (string) $count);
}

/** @return array{each: float, p99: ?float} */
function measureSubmits(string $work, int $round, int $count): array
{
    return inStore($work, "submit-$round", 'single', (string) $count);
}

/** @return array{each: float, p99: ?float} */
function measureBatch(string $work, int $round, int $count): array
{
    return inStore($work, "submit-batch-$round", 'batch', (string) $count);
}

/** @return array{each: float, p99: ?float} */
function measureDispatch(string $work, string $port, int $round, int $count, int $perRequest): array
{
    return inStore($work, "dispatch-$perRequest-$round", 'dispatch', (string) $count, $port, (string) $perRequest);
}

/** Replaces the line before it; only for a person who watches. */
function showProgress(string $words): void
{
    if (stream_isatty(STDERR)) {
        fwrite(STDERR, "\r" . str_pad($words, 60) . "\r" . $words);
    }
}

/** @param list<float> $values */
function median(array $values): float
{
    sort($values);

    return $values[intdiv(count($values), 2)];
}

function rate(float $each): string
{
    return $each < 1e-4
        ? number_format(1 / $each) . '/s (' . number_format($each * 1e6, 2) . ' µs)'
        : number_format(1 / $each) . '/s (' . number_format($each * 1e3, 2) . ' ms)';
}

/** A tail latency in words; nothing where none was measured. */
function tail(array $tails): string
{
    return median($tails) > 0 ? sprintf(', p99 %.2f ms', median($tails) * 1e3) : '';
}

/**
 * @param array<string, mixed> $benchmark
 * @param list<float> $ours seconds per operation, by round
 * @param list<float> $baselines
 * @param list<float> $tails seconds, 0 where not measured
 * @param list<float> $baselineTails
 */
function printResult(
    string $name,
    array $benchmark,
    array $ours,
    array $baselines,
    array $tails,
    array $baselineTails
): void {
    $ratios = array_map(static fn (float $a, float $b): float => $a / $b, $ours, $baselines);
    $baselineTail = tail($tails) === '' ? '' : tail($baselineTails);
    printf("%s: %s\n", $name, $benchmark['title']);
    printf("  ours      %s%s\n", rate(median($ours)), tail($tails));
    printf("  baseline  %s%s: %s\n", rate(median($baselines)), $baselineTail, $benchmark['against']);
    $ratio = median($ours) / median($baselines);
    printf("  ratio     %.2f × the baseline's time (rounds: %.2f to %.2f)\n", $ratio, min($ratios), max($ratios));
    printf("  with      %s; %d rounds, median\n\n", $benchmark['conditions'], ROUNDS);
}

if (realpath($argv[0]) !== __FILE__) {
    return;
}
if ($wanted !== null && !isset($benchmarks[$wanted])) {
    fwrite(STDERR, "Unknown benchmark. There are: " . implode(', ', array_keys($benchmarks)) . "\n");
    exit(2);
}
foreach ($benchmarks as $name => $benchmark) {
    if ($wanted !== null && $wanted !== $name) {
        continue;
    }
    $ours = $baselines = $tails = $baselineTails = [];
    for ($round = 1; $round <= ROUNDS; $round++) {
        showProgress("$name: round $round of " . ROUNDS);
        $result = $benchmark['ours']($round);
        $ours[] = $result['each'];
        $tails[] = $result['p99'] ?? 0.0;
        $result = $benchmark['baseline']($round);
        $baselines[] = $result['each'];
        $baselineTails[] = $result['p99'] ?? 0.0;
    }
    showProgress('');
    printResult($name, $benchmark, $ours, $baselines, $tails, $baselineTails);
}
