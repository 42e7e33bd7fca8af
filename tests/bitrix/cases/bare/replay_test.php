<?php

/** The report on replayed decisions, from rows as the extension gives them. */

declare(strict_types=1);

use Vestnik\Sms\Console\Words;
use Vestnik\Sms\Replay\Csv;
use Vestnik\Sms\Replay\Options;
use Vestnik\Sms\Replay\Page;
use Vestnik\Sms\Replay\Summary;

require __DIR__ . '/../../harness.php';
$module = dirname(__DIR__, 4) . '/bitrix-module/vestnik.sms';
foreach (['Console/Words', 'Replay/Options', 'Replay/Summary', 'Replay/Csv', 'Replay/Page'] as $class) {
    require "$module/lib/$class.php";
}

const AT = 1780304400; // 2026-06-01 12:00 in Moscow

/** @return array<string, mixed> */
function row(string $id, array $was, array $would, bool $text = false): array
{
    $decision = static fn (array $d): array
        => $d + ['verdict' => 'send', 'category' => 'advertising', 'codes' => [], 'due' => null, 'segments' => 1];
    $was = $decision($was);
    $would = $decision($would);
    return ['id' => $id, 'created' => AT, 'category' => 'advertising', 'was' => $was, 'would' => $would,
        'text_differs' => $text, 'differs' => $text || $was !== $would];
}

/** @return list<array<string, mixed>> */
function rows(): array
{
    return [
        row('A1', [], []),
        row('A2', [], ['verdict' => 'refuse', 'codes' => ['cap_reached'], 'segments' => 2]),
        row('A3', ['verdict' => 'defer', 'due' => AT + 60, 'codes' => ['window_closed']], ['verdict' => 'defer', 'due' => AT + 3600,
            'codes' => ['window_closed', 'cap_reached']]),
        row('A4', ['segments' => 2], ['segments' => 3], true),
        row('A5', ['verdict' => 'refuse', 'codes' => ['consent_missing']], []),
    ];
}

/** @return list<array<string, mixed>> */
function rules(): array
{
    $rule = static fn (string $id, string $name, string ...$codes): array => [
        'id' => $id, 'name' => $name, 'name_en' => "$id in English", 'basis' => 'ст. 18 <38-ФЗ>', 'basis_en' => '38-FZ art. 18',
        'findings' => array_map(static fn (string $code): array => ['code' => $code, 'verdict' => 'refuse'], $codes),
    ];
    return [
        $rule('R03', 'Есть «согласие» & всё', 'consent_missing'),
        $rule('R11', 'Реклама приходит днём', 'window_closed'),
        $rule('R15', 'Реклама не чаще предела', 'cap_reached', 'cap_reached'),
    ];
}

function summary(): Summary
{
    $summary = new Summary();
    array_map($summary->add(...), rows());
    return $summary;
}

test('decisions are counted by what would change', static function (): void {
    $summary = summary();
    same(5, $summary->decisions);
    same(4, $summary->differ);
    same(['send' => ['refuse' => 1], 'refuse' => ['send' => 1]], $summary->verdicts);
    same([1, 1], [$summary->times, $summary->texts]);
    same(1, $summary->segments, 'one refused less, one segment and one message more');
});

test('findings are counted by rule, in the order of the rules', static function (): void {
    $found = summary()->byRule(rules());
    same(['consent_missing', 'cap_reached'], array_column($found, 'code'));
    same([[0, 1, ['A5']], [2, 0, ['A2', 'A3']]], array_map(
        static fn (array $f): array => [$f['more'], $f['fewer'], $f['examples']],
        $found,
    ));
});

test('a few examples are enough', static function (): void {
    $summary = new Summary();
    for ($i = 0; $i < 100; $i++) {
        $summary->add(row("M$i", [], ['codes' => ['cap_reached']]));
    }
    same(100, $summary->codes['cap_reached']['more']);
    same(['M0', 'M1', 'M2', 'M3', 'M4'], $summary->codes['cap_reached']['examples']);
});

test('the table is one that spreadsheets open, in Russian', static function (): void {
    $file = fopen('php://memory', 'w+');
    $csv = new Csv($file, new Words('ru', 'replay'), new DateTimeZone('Europe/Moscow'));
    array_map($csv->add(...), rows());
    rewind($file);
    $lines = explode("\r\n", stream_get_contents($file));
    same(6, count($lines), 'a head, four that differ, an end');
    holds(str_starts_with($lines[0], "\u{FEFF}ID;Создано;Категория;\"Решение было\""), $lines[0]);
    same('A2;"01.06.2026 12:00:00";реклама;отправить;отказать;;cap_reached;;;1;2;', $lines[1]);
    same('A3;"01.06.2026 12:00:00";реклама;отложить;отложить;window_closed;"window_closed cap_reached";'
        . '"01.06.2026 12:01:00";"01.06.2026 13:00:00";1;1;', $lines[2]);
    holds(str_ends_with($lines[3], ';2;3;да'), $lines[3]);
});

test('the page names rules and articles, and is well-formed', static function (): void {
    $names = [
        'ru' => ['Реклама не чаще предела', 'ст. 18 &lt;38-ФЗ&gt;'],
        'en' => ['R15 in English', '38-FZ art. 18'],
    ];
    foreach ($names as $language => $words) {
        $page = new Page(new Words($language, 'replay'), rules(), new DateTimeZone('Europe/Moscow'));
        $html = $page->html(summary(), AT, AT + 86400);
        foreach ([...$words, "lang=\"$language\"", '01.06.2026 12:00', 'A5', '<td class="n">2</td>', 'Europe/Moscow'] as $part) {
            holds(str_contains($html, $part), "$part is not in the page");
        }
        same(substr_count($html, '<tr>'), substr_count($html, '</tr>'));
        same(substr_count($html, '<td'), substr_count($html, '</td>'));
    }
});

test('a page about nothing says so', static function (): void {
    $page = new Page(new Words('ru', 'replay'), rules(), new DateTimeZone('Europe/Moscow'));
    same(2, substr_count($page->html(new Summary(), AT, AT), 'Таких нет.'));
});

test('both languages have the same phrases, and none is missing', static function () use ($module): void {
    $keys = static function (string $language) use ($module): array {
        $MESS = [];
        include "$module/lang/$language/bin/replay.php";
        return array_keys($MESS);
    };
    same($keys('ru'), $keys('en'));
});

test('days are whole days of a zone', static function (): void {
    $options = Options::parse(['--from=2026-06-01', '--to=2026-07-01', '--csv=a.csv']);
    same([1780261200, 1782853200], [$options->from, $options->to]);
    same(['a.csv', null, null], [$options->csv, $options->html, $options->rules]);
    same(1780250400, Options::parse(['--from=2026-06-01', '--to=2026-06-01', '--timezone=Asia/Omsk'])->from);
    foreach (
        [
            [], ['--from=2026-06-01'], ['--from=2026-06-31', '--to=2026-07-01'], ['--from=2026-07-01', '--to=2026-06-01'],
            ['--from=2026-06-01', '--to=2026-07-01', '--timezone=Moscow'], ['--from=2026-06-01', '--to=2026-07-01', '--x=1'],
            ['--from=2026-06-01', '--from=2026-06-01', '--to=2026-07-01'],
        ] as $wrong
    ) {
        same(null, Options::parse($wrong), implode(' ', $wrong));
    }
    holds(Options::parse(['--help'])->help, 'no help');
});
