<?php

declare(strict_types=1);

use Vestnik\Tests\Replay\Month;

require __DIR__ . '/Month.php';

[, $count, $seed] = $argv;
$count = (int)$count;
$month = new Month((int)$seed, max(100, intdiv($count, 50)));

/** Prints `ok - …` or `not ok - …`; the runner counts. */
function claim(bool $holds, string $what): void
{
    echo $holds ? '' : 'not ', "ok - $what\n";
}

/** @return array{total: int, send: int, defer: int, refuse: int, duplicate: int, invalid: int, codes: array<string, int>} */
function fill(Month $month, int $count): array
{
    $parts = 10;
    $sum = ['total' => 0, 'send' => 0, 'defer' => 0, 'refuse' => 0, 'duplicate' => 0, 'invalid' => 0, 'codes' => []];
    for ($part = 0; $part < $parts; $part++) {
        $now = Month::BEGIN + $part * 3 * 86400 + ($part * 7 % 24) * 3600;
        vestnik_clock($now);
        vestnik_configure(Month::settings($part));
        $month->consents(intdiv($count, 300)); // each is one commit
        $messages = (function () use ($month, $count, $part, $parts, $now): iterable {
            for ($i = 0; $i < intdiv($count, $parts); $i++) {
                yield $month->message($part * $count + $i, $now);
            }
        })();
        foreach (vestnik_submit_batch($messages) as $key => $value) {
            if (is_int($value)) {
                $sum[$key] += $value;
            } elseif ($key === 'codes') {
                foreach ($value as $code => $times) {
                    $sum['codes'][$code] = ($sum['codes'][$code] ?? 0) + $times;
                }
            }
        }
        /* What is sent since then must not show in what was known before. */
        vestnik_clock($now + 6 * 3600);
        vestnik_dispatch(500);
    }
    return $sum;
}

/** @return array{decisions: int, differ: int, first: ?array<string, mixed>, seconds: float} */
function replay(array $rules): array
{
    $found = ['decisions' => 0, 'differ' => 0, 'first' => null];
    $started = hrtime(true);
    foreach (vestnik_replay(Month::BEGIN, Month::BEGIN + 60 * 86400, $rules) as $row) {
        $found['decisions']++;
        if ($row['differs']) {
            $found['differ']++;
            $found['first'] ??= $row;
        }
    }
    return $found + ['seconds' => (hrtime(true) - $started) / 1e9];
}

$sum = fill($month, $count);
$stored = $sum['send'] + $sum['defer'] + $sum['refuse'];
claim($stored === $count - $sum['duplicate'] - $sum['invalid'], 'every message was stored or counted');
claim($sum['invalid'] === 0 && $sum['duplicate'] === 0, "none invalid ({$sum['invalid']}), none twice ({$sum['duplicate']})");
claim(min($sum['send'], $sum['defer'], $sum['refuse']) > $count / 50, 'sent, deferred and refused are all there');
foreach (['window_closed', 'cap_reached', 'consent_missing', 'consent_withdrawn', 'operator_bar', 'variable_unresolved'] as $code) {
    claim(($sum['codes'][$code] ?? 0) > 0, "$code is among the findings");
}

$unchanged = replay([]);
claim($unchanged['decisions'] === $stored, "all $stored decisions were replayed");
claim($unchanged['differ'] === 0, 'under the rules as they were nothing differs');
if ($unchanged['first'] !== null) {
    echo json_encode([$unchanged['differ'], $unchanged['first']], JSON_UNESCAPED_UNICODE | JSON_PRETTY_PRINT), "\n";
}
printf(
    "= replay: %d decisions (%d send, %d defer, %d refuse), %d differ, %.2f s (%.1f us each)\n",
    $unchanged['decisions'],
    $sum['send'],
    $sum['defer'],
    $sum['refuse'],
    $unchanged['differ'],
    $unchanged['seconds'],
    $unchanged['seconds'] * 1e6 / max(1, $unchanged['decisions']),
);

/* That something else would have been seen. */
$stricter = replay(['caps' => [['category' => 'advertising', 'count' => 1, 'days' => 30]]]);
claim($stricter['differ'] > 0 && $stricter['differ'] < $stored, "another cap changes some ({$stricter['differ']})");
$later = replay(['windows' => ['advertising' => ['from' => '12:00', 'to' => '13:00']]]);
claim($later['differ'] > 0, "other hours change some ({$later['differ']})");
$shorter = replay(['R18' => ['wording' => ['ru' => 'СТОП {number}']]]);
claim($shorter['differ'] > 0, "other words change some ({$shorter['differ']})");
