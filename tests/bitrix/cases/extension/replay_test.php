<?php

/** bin/replay.php over a store of its own. */

declare(strict_types=1);

require __DIR__ . '/../../harness.php';

const NOON = 1780304400; // 2026-06-01 12:00 in Moscow

$folder = sys_get_temp_dir() . '/vestnik-replay-' . getmypid();
mkdir($folder);
register_shutdown_function(static function () use ($folder): void {
    array_map('unlink', glob("$folder/*") ?: []);
    rmdir($folder);
});

/** @return array{int, string} exit code and what it printed */
function run(string ...$arguments): array
{
    $command = 'LC_ALL=ru_RU.UTF-8 ' . escapeshellarg(getenv('VESTNIK_PHP')) . ' -d '
        . escapeshellarg('vestnik.store="' . ini_get('vestnik.store') . '"') . ' '
        . escapeshellarg(dirname(__DIR__, 4) . '/bitrix-module/vestnik.sms/bin/replay.php') . ' '
        . implode(' ', array_map(escapeshellarg(...), $arguments)) . ' 2>&1';
    exec($command, $lines, $code);
    return [$code, implode("\n", $lines)];
}

vestnik_clock(NOON);
vestnik_configure([
    'entities' => ['main' => ['name' => 'ООО «Ромашка»', 'opt_out_number' => '+79990000099', 'site' => 'https://r.example']],
    'providers' => ['sandbox' => []],
    'senders' => ['Romashka' => ['provider' => 'sandbox']],
]);
for ($i = 0; $i < 3; $i++) {
    vestnik_submit(['phone' => '+79990000001', 'category' => 'service', 'order' => '15', 'text' => 'Заказ 15 готов',
        'timezone' => 'Europe/Moscow']);
}

$period = ['--from=2026-06-01', '--to=2026-06-02'];

test('under the rules as they were nothing differs', static function () use ($period): void {
    same([0, 'Решений пересмотрено: 3, из них были бы другими: 0.'], run(...$period));
});

test('other rules give a table and a page', static function () use ($folder, $period): void {
    file_put_contents("$folder/rules.json", '{"windows": {"service": {"from": "09:00", "to": "11:00"}}}');
    [$code, $said] = run(...$period, ...["--rules=$folder/rules.json", "--csv=$folder/r.csv", "--html=$folder/r.html"]);
    same([0, 'Решений пересмотрено: 3, из них были бы другими: 3.'], [$code, $said]);
    same(4, count(file("$folder/r.csv")));
    $page = file_get_contents("$folder/r.html");
    holds(str_contains($page, 'R13 ') && str_contains($page, 'service_window_closed'), $page);
    holds(!str_contains($page . file_get_contents("$folder/r.csv"), '9990000001'), 'a phone is in the report');
});

test('mistakes are named', static function () use ($folder, $period): void {
    file_put_contents("$folder/wrong.json", '{"R27": {"segments": {"service": 0}}}');
    [$code, $said] = run(...$period, ...["--rules=$folder/wrong.json"]);
    same(78, $code);
    holds(str_contains($said, 'rules.R27.segments.service'), $said);
    same(64, run(...$period, ...["--rules=$folder/nothing.json"])[0]);
    same(64, run(...$period, ...["--csv=$folder/no/such/folder.csv"])[0]);
    same(64, run('--from=yesterday', '--to=2026-06-02')[0]);
    same(0, run('--help')[0]);
});
