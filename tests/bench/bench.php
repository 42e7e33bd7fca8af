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

/**
 * Everything about one benchmark; `ours` and `baseline` return seconds per operation, and so does `core`, the same in C
 * without PHP. A baseline that is missing here (a peer from npm) returns null.
 */
$benchmarks = [
    'check' => [
        'title' => 'a full decision with its look-ups (vestnik_check)',
        'against' => 'one bare SQLite look-up by key',
        'ours' => static fn (int $round): array => measureChecks($work, 20000),
        'baseline' => static fn (int $round): array => baseline($work, "read $work/read-$round.db 200000"),
        'conditions' => 'all rules of the gate, 2 caps, service text with order, 1,000 persons in the store, no fsync',
    ],
    'check-million' => [
        'title' => 'a full decision among 1,000,000 consents and 1,000,000 messages (vestnik_check)',
        'against' => 'one bare SQLite look-up by key among 1,000,000',
        'ours' => static fn (int $round): array => measureChecksAmong($work, 1000000, 100000),
        'baseline' => static fn (int $round): array => baseline($work, "read $work/read-million-$round.db 1000000"),
        'conditions' => 'all rules of the gate, 2 caps, service texts and advertisements of one segment in turn, random phones; store on'
            . ' a file system in memory where there is one',
    ],
    'gate' => [
        'title' => 'the gate alone: an advertisement of one segment, all rules and rewrites',
        'against' => 'the inspection of the same text',
        'ours' => static fn (int $round): array => gate($work, textsOf('advertisements'), 300000),
        'baseline' => static fn (int $round): array => core($work, 'inspect', textsOf('advertisements'), 300000),
        'conditions' => 'in C, without store and PHP',
    ],
    'gate-two' => [
        'title' => 'the gate alone: an advertisement of two segments, all rules and rewrites',
        'against' => 'the inspection of the same text',
        'ours' => static fn (int $round): array => gate($work, textsOf('long advertisements'), 300000),
        'baseline' => static fn (int $round): array => core($work, 'inspect', textsOf('long advertisements'), 300000),
        'conditions' => 'in C, without store and PHP',
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
    'segments' => [
        'title' => 'encoding, segments and offenders of a text (vestnik_text_measure)',
        'against' => 'sms-segments-calculator in node',
        'ours' => static fn (int $round): array => measureTexts('vestnik_text_measure', textsOf('orders'), 500000),
        'core' => static fn (int $round): array => core($work, 'segments', textsOf('orders'), 20000000),
        'baseline' => static fn (int $round): ?array => peer($work, 'segments', 'segments', textsOf('orders'), 20000),
        'conditions' => 'Russian order texts of 60 to 70 characters; in C encoding and segments, through PHP also a list of'
            . ' every character outside of GSM-7',
    ],
    'optimize' => [
        'title' => 'a text made cheaper (vestnik_text_optimize)',
        'against' => 'sms-segments-calculator in node with its smart encoding',
        'ours' => static fn (int $round): array => measureTexts('vestnik_text_optimize', textsOf('untidy'), 100000),
        'core' => static fn (int $round): array => core($work, 'optimize', textsOf('untidy'), 1000000),
        'baseline' => static fn (int $round): ?array => peer($work, 'segments', 'smart', textsOf('untidy'), 20000),
        'conditions' => 'Russian and Latin order texts with typographic characters, double spaces and homoglyphs',
    ],
    'phone' => [
        'title' => 'a phone number as people type it (vestnik_phone_parse)',
        'against' => 'libphonenumber-js in node, with the check that the number is valid',
        'ours' => static fn (int $round): array => measureTexts('vestnik_phone_parse', phoneForms(), 1000000),
        'core' => static fn (int $round): array => coreNumbers($work, 'parse', phoneForms(), 10000000),
        'baseline' => static fn (int $round): ?array => peer($work, 'phone', 'parse', phoneForms(), 50000),
        'conditions' => 'the forms of tests/core/data/phone_forms.json, two thirds of them numbers; no numbering plan',
    ],
    'numbering' => [
        'title' => 'operator, territory and zones of a number: vestnik_phone_parse with a numbering plan; in C the look-up alone',
        'against' => 'the same without a plan',
        'ours' => static fn (int $round): array => inPlan($work, 500000),
        'core' => static fn (int $round): array => coreNumbers($work, 'find', planOf($work), 5000000),
        'baseline' => static fn (int $round): array => measureTexts('vestnik_phone_parse', plannedPhones(), 500000),
        'conditions' => 'a made-up plan of 17,000 ranges, or the official one that VESTNIK_NUMBERING_CSV names; numbers all'
            . ' over the codes from 900 to 999',
    ],
    'template' => [
        'title' => 'a template compiled and rendered (vestnik_template_render); in C compiled once, rendered many times',
        'against' => 'PHP\'s number_format and strtr for the same text',
        'ours' => static fn (int $round): array => measureTexts(
            static fn (string $template): string => vestnik_template_render($template, ['n' => '1042', 'sum' => '1990.5']),
            textsOf('template'),
            300000
        ),
        'core' => static fn (int $round): array => core($work, 'template', textsOf('template'), 3000000),
        'baseline' => static fn (int $round): array => measureTexts(
            static fn (string $template): string => strtr(
                $template,
                ['{n}' => '1042', '{sum|money:₽}' => number_format(1990.5, 2, ',', ' ') . ' ₽', '{n|upper}' => '1042']
            ),
            textsOf('template'),
            300000
        ),
        'conditions' => 'three variables, filters money and upper',
    ],
    'inspect' => [
        'title' => 'the words of all dictionaries in a text (vestnik_text_inspect)',
        'against' => 'PHP\'s mb_strtolower and one regular expression of twenty stems, which sees through nothing',
        'ours' => static fn (int $round): array => measureTexts('vestnik_text_inspect', textsOf('orders'), 300000),
        'core' => static fn (int $round): array => core($work, 'inspect', textsOf('orders'), 3000000),
        'baseline' => static fn (int $round): array => measureTexts(
            static fn (string $text): int => (int) preg_match_all(
                '/\b(скидк|акци|распродаж|промокод|подарок|бонус|кредит|займ|казино|ставк|водк|пив|табак|кальян|идиот|дурак'
                    . '|лучш|розыгрыш|купон|кешбэк)\w*/u',
                mb_strtolower($text)
            ),
            textsOf('orders'),
            100000
        ),
        'conditions' => 'Russian order texts of about 110 bytes without a match: a million a second is 110 MB/s',
    ],
    'classify' => [
        'title' => 'advertising, service or a code (vestnik_text_classify)',
        'against' => 'PHP\'s mb_strtolower and one regular expression of six stems',
        'ours' => static fn (int $round): array => measureTexts('vestnik_text_classify', textsOf('orders'), 200000),
        'core' => static fn (int $round): array => core($work, 'classify', textsOf('orders'), 1000000),
        'baseline' => static fn (int $round): array => measureTexts(
            static fn (string $text): int => preg_match('/скидк|акци|распродаж|промокод|подар|бонус/u', mb_strtolower($text)),
            textsOf('orders'),
            100000
        ),
        'conditions' => 'the same texts',
    ],
    'reply' => [
        'title' => 'what a reply means (vestnik_reply_parse)',
        'against' => 'PHP\'s mb_strtoupper and a look-up of exact keywords, which understands two of the eleven texts',
        'ours' => static fn (int $round): array => measureTexts('vestnik_reply_parse', textsOf('replies'), 50000),
        'core' => static fn (int $round): array => core($work, 'reply', textsOf('replies'), 100000),
        'baseline' => static fn (int $round): array => measureTexts(
            static fn (string $text): bool => isset(
                ['СТОП' => 1, 'STOP' => 1, 'ОТПИСАТЬСЯ' => 1, 'ОТКАЗ' => 1, 'НЕТ' => 1][mb_strtoupper(trim($text, ' .!'))]
            ),
            textsOf('replies'),
            500000
        ),
        'conditions' => 'keywords, typos, the wrong layout, transliteration and free text, one to six words',
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

/** @return list<string> */
function textsOf(string $kind): array
{
    return match ($kind) {
        'orders' => array_map(
            static fn (int $i): string => "Заказ 104$i собран и ждёт вас до 20:00, ул. Ленина, $i. Ваша Ромашка",
            range(100, 199)
        ),
        'advertisements' => array_map(
            static fn (int $i): string => "Ромашка: розы по $i ₽ romashka.example/r$i",
            range(100, 199)
        ),
        'long advertisements' => array_map(
            static fn (int $i): string => "Ромашка: привезли новые сорта роз, стебель по $i ₽, букет из девяти по 1$i ₽:"
                . " romashka.example/r$i",
            range(100, 199)
        ),
        'untidy' => [
            'Заказ «1042»  собран — ждём вас до 20:00, ул. Ленина, 5. Pомaшка',
            'Order “1042” is ready… pick it up until 20:00, № 5. Rоmashka',
            'Ваш зaкaз № 15  готов,  https://shop.example/o/15 — не опаздывайте…',
        ],
        'template' => ['Заказ {n} на сумму {sum|money:₽} собран, код получения {n|upper}. Ждём вас до 20:00'],
        'replies' => [
            'СТОП', 'стоп.', 'CNJG', 'отпсаться', 'otkaz', 'уберите мой номер из базы', 'Спасибо, заберу сам после работы',
            'не пишите мне больше', 'когда привезут заказ?', 'ok, thank you', 'нет, мне удобнее завтра после обеда',
        ],
    };
}

/**
 * @param callable(string): mixed $function
 * @param list<string> $texts taken in turn
 *
 * @return array{each: float, p99: ?float} seconds per text
 */
function measureTexts(callable $function, array $texts, int $count): array
{
    $rounds = intdiv($count, count($texts));
    $started = hrtime(true);
    for ($i = 0; $i < $rounds; $i++) {
        foreach ($texts as $text) {
            $function($text);
        }
    }

    return ['each' => (hrtime(true) - $started) / 1e9 / ($rounds * count($texts)), 'p99' => null];
}

/**
 * The same texts through the core alone.
 *
 * @param list<string> $texts
 *
 * @return array{each: float, p99: ?float}
 */
function core(string $work, string $what, array $texts, int $count): array
{
    file_put_contents("$work/texts.json", json_encode($texts, JSON_THROW_ON_ERROR));
    $result = json_decode((string) shell_exec("$work/text $what $work/texts.json $count"), true, 8, JSON_THROW_ON_ERROR);

    return ['each' => $result['seconds'] / $result['count'], 'p99' => null];
}

/**
 * The gate alone.
 *
 * @param list<string> $texts
 *
 * @return array{each: float, p99: ?float}
 */
function gate(string $work, array $texts, int $count): array
{
    file_put_contents("$work/texts.json", json_encode($texts, JSON_THROW_ON_ERROR));
    $result = json_decode((string) shell_exec("$work/decide $work/texts.json $count"), true, 8, JSON_THROW_ON_ERROR);

    return ['each' => $result['seconds'] / $result['count'], 'p99' => null];
}

/**
 * The same texts through a program from npm; null: it is not here.
 *
 * @param list<string> $texts
 *
 * @return array{each: float, p99: ?float}|null
 */
function peer(string $work, string $program, string $what, array $texts, int $count): ?array
{
    $peers = (string) getenv('VESTNIK_PEERS');
    if ($peers === '') {
        return null;
    }
    file_put_contents("$work/texts.json", json_encode($texts, JSON_THROW_ON_ERROR));
    $command = 'node ' . escapeshellarg(dirname(__DIR__) . "/peers/$program.mjs") . ' ' . escapeshellarg($peers)
        . " --speed $what $count " . escapeshellarg("$work/texts.json");
    $result = json_decode((string) shell_exec($command), true, 8, JSON_THROW_ON_ERROR);

    return ['each' => $result['seconds'] / $result['count'], 'p99' => null];
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
 * A child of its own: the store is an INI entry.
 *
 * @return array<string, float|int>
 */
function inChild(string $store, string $code, string ...$arguments): array
{
    $command = escapeshellarg((string) getenv('VESTNIK_PHP')) . ' -d ' . escapeshellarg("vestnik.store=sqlite:$store")
        . ' ' . escapeshellarg(__DIR__ . '/measure.php') . ' ' . escapeshellarg($code);
    foreach ($arguments as $argument) {
        $command .= ' ' . escapeshellarg($argument);
    }

    return json_decode((string) shell_exec($command), true, 8, JSON_THROW_ON_ERROR);
}

/**
 * A child with a store that is gone afterwards.
 *
 * @return array<string, float|int>
 */
function inStore(string $work, string $name, string $code, string ...$arguments): array
{
    $store = "$work/$name.db";
    $result = inChild($store, $code, ...$arguments);
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

/**
 * Checks in one store for all rounds: filling it takes long.
 *
 * @return array{each: float, p99: ?float}
 */
function measureChecksAmong(string $work, int $count, int $checks): array
{
    $folder = (is_writable('/dev/shm') ? '/dev/shm' : $work) . '/vestnik-bench-' . getmypid();
    if (!is_dir($folder)) {
        mkdir($folder, 0700);
        register_shutdown_function(static function () use ($folder): void {
            array_map('unlink', glob("$folder/*") ?: []);
            rmdir($folder);
        });
        inChild("$folder/s.db", 'fill', (string) $count);
    }

    return inChild("$folder/s.db", 'among', (string) $checks, '9', '100', (string) $count);
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

/** @return list<string> what people type into shop forms in Russia */
function phoneForms(): array
{
    $forms = json_decode(
        (string) file_get_contents(dirname(__DIR__) . '/core/data/phone_forms.json'),
        true,
        8,
        JSON_THROW_ON_ERROR
    );

    return array_values(array_column(array_filter($forms, static fn (array $form): bool => !isset($form['region'])), 'raw'));
}

/** @return list<string> */
function plannedPhones(): array
{
    return array_map(static fn (int $i): string => sprintf('+79%05d0001', $i * 7919 % 100000), range(1, 50000));
}

/** A compiled plan: the official one where its CSV is named, else a made-up one. */
function planOf(string $work): string
{
    $target = "$work/numbering.plan";
    if (!is_file($target)) {
        $csv = (string) getenv('VESTNIK_NUMBERING_CSV');
        if ($csv === '') {
            $csv = "$work/numbering.csv";
            $rows = "\u{FEFF}АВС/ DEF;От;До;Емкость;Оператор;Регион;Территория ГАР;ИНН\n";
            $territories = ['Город Москва, Московская область', 'Алтайский край', 'Республика Саха (Якутия)', 'Камчатский край'];
            for ($i = 0; $i < 17000; $i++) {
                $from = $i % 170 * 58000;
                $operator = $i % 80;
                $rows .= sprintf('%d;%07d;%07d;58000;', 900 + intdiv($i, 170), $from, $from + 57999)
                    . sprintf("ООО \"Оператор %d\";-;%s;77%08d\n", $operator, $territories[$i % 4], $operator);
            }
            file_put_contents($csv, $rows);
        }
        vestnik_numbering_import($csv, $target);
    }

    return $target;
}

/** @return array{each: float, p99: ?float} */
function inPlan(string $work, int $count): array
{
    $command = escapeshellarg((string) getenv('VESTNIK_PHP')) . ' -d ' . escapeshellarg('vestnik.numbering=' . planOf($work))
        . ' ' . escapeshellarg(__DIR__ . '/measure_numbering.php') . " $count";

    return json_decode((string) shell_exec($command), true, 8, JSON_THROW_ON_ERROR);
}

/**
 * @param list<string>|string $texts or the path of a plan
 *
 * @return array{each: float, p99: ?float}
 */
function coreNumbers(string $work, string $what, array|string $texts, int $count): array
{
    if (is_array($texts)) {
        file_put_contents("$work/phones.json", json_encode($texts, JSON_THROW_ON_ERROR));
        $texts = "$work/phones.json";
    }
    $result = json_decode((string) shell_exec("$work/numbers $what $texts $count"), true, 8, JSON_THROW_ON_ERROR);

    return ['each' => $result['seconds'] / $result['count'], 'p99' => null];
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
 * @param list<float> $cores seconds per operation in C, empty where not measured
 */
function printResult(
    string $name,
    array $benchmark,
    array $ours,
    array $baselines,
    array $tails,
    array $baselineTails,
    array $cores
): void {
    printf("%s: %s\n", $name, $benchmark['title']);
    printf("  ours      %s%s\n", rate(median($ours)), tail($tails));
    if ($cores !== []) {
        printf("  in C      %s\n", rate(median($cores)));
    }
    if ($baselines === []) {
        printf("  baseline  NOT MEASURED, since node, npm or its registry is missing: %s\n", $benchmark['against']);
        printf("  with      %s; %d rounds, median\n\n", $benchmark['conditions'], ROUNDS);

        return;
    }
    $ratios = array_map(static fn (float $a, float $b): float => $a / $b, $ours, $baselines);
    $baselineTail = tail($tails) === '' ? '' : tail($baselineTails);
    printf("  baseline  %s%s: %s\n", rate(median($baselines)), $baselineTail, $benchmark['against']);
    $ratio = median($ours) / median($baselines);
    if ($ratio < 0.1) {
        printf("  ratio     %.0f times as fast as the baseline (rounds: %.0f to %.0f)\n", 1 / $ratio, 1 / max($ratios), 1 / min($ratios));
    } else {
        printf("  ratio     %.2f × the baseline's time (rounds: %.2f to %.2f)\n", $ratio, min($ratios), max($ratios));
    }
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
    $ours = $baselines = $tails = $baselineTails = $cores = [];
    for ($round = 1; $round <= ROUNDS; $round++) {
        showProgress("$name: round $round of " . ROUNDS);
        $result = $benchmark['ours']($round);
        $ours[] = $result['each'];
        $tails[] = $result['p99'] ?? 0.0;
        if (isset($benchmark['core'])) {
            $cores[] = $benchmark['core']($round)['each'];
        }
        $result = $benchmark['baseline']($round);
        if ($result !== null) {
            $baselines[] = $result['each'];
            $baselineTails[] = $result['p99'] ?? 0.0;
        }
    }
    showProgress('');
    printResult($name, $benchmark, $ours, $baselines, $tails, $baselineTails, $cores);
}
