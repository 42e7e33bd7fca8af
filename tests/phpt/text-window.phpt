--TEST--
vestnik_send_window: zones loaded through PHP, unknown zones fail closed, bad input
--EXTENSIONS--
vestnik
--FILE--
<?php
require __DIR__ . '/store.inc';

$day = ['from' => '07:00', 'to' => '23:00'];
function at(string $moscow): int
{
    return (new DateTimeImmutable($moscow, new DateTimeZone('Europe/Moscow')))->getTimestamp();
}
function show(array $result): void
{
    $next = $result['next'] === null ? 'never' : gmdate('D H:i', $result['next'] + 3 * 3600);
    echo $result['open'] ? 'open' : 'closed', ', next ', $next, " in Moscow\n";
}

show(vestnik_send_window(['Europe/Moscow'], at('2026-06-01 12:00'), $day));
show(vestnik_send_window(['Europe/Moscow'], at('2026-06-01 22:59:59'), $day));
show(vestnik_send_window(['Europe/Moscow'], at('2026-06-01 23:00'), $day));
show(vestnik_send_window(['Europe/Moscow'], at('2026-06-01 06:59:59'), $day));
show(vestnik_send_window(['Europe/Moscow'], at('2026-06-01 07:00'), $day));
// Open only where it is open in every zone.
show(vestnik_send_window(['Europe/Kaliningrad', 'Asia/Kamchatka'], at('2026-06-01 12:00'), $day));
show(vestnik_send_window(['Europe/Kaliningrad', 'Asia/Kamchatka'], at('2026-06-01 20:00'), $day));
// Unknown means all Russian zones.
show(vestnik_send_window([], at('2026-06-01 20:00'), $day));
show(vestnik_send_window([], at('2026-06-01 12:00'), $day));
// Over midnight, always, never.
show(vestnik_send_window(['Europe/Moscow'], at('2026-06-01 01:00'), ['from' => '22:00', 'to' => '02:00']));
show(vestnik_send_window(['Europe/Moscow'], at('2026-06-01 03:00'), ['from' => '00:00', 'to' => '00:00']));
show(vestnik_send_window(['Europe/Moscow', 'Asia/Tomsk'], at('2026-06-01 03:00'), ['from' => '12:00', 'to' => '13:00']));
// Summer time: 07:00 in Berlin is 08:00 in Moscow in summer, 09:00 in winter.
show(vestnik_send_window(['Europe/Berlin'], at('2026-06-01 05:00'), $day));
show(vestnik_send_window(['Europe/Berlin'], at('2026-12-01 05:00'), $day));

$bad = [
    [['Europe/Nowhere'], 0, $day],
    [['europe/moscow'], 0, $day],
    [['MSK'], 0, $day],
    [['+03:00'], 0, $day],
    [["Europe/\xff"], 0, $day],
    [["Europe/Moscow\0x"], 0, $day],
    [[5], 0, $day],
    [[['Europe/Moscow']], 0, $day],
    [[], 0, []],
    [[], 0, ['from' => '7', 'to' => '23:00']],
    [[], 0, ['from' => '25:00', 'to' => '23:00']],
    [[], 0, ['from' => 7, 'to' => '23:00']],
    [[], 0, $day + ['till' => '23:00']],
    [[], 0, $day + ['79990000001' => 1]],
];
foreach ($bad as $arguments) {
    echo thrown(fn () => vestnik_send_window(...$arguments)), "\n";
}
?>
--EXPECT--
open, next Mon 12:00 in Moscow
open, next Mon 22:59 in Moscow
closed, next Tue 07:00 in Moscow
closed, next Mon 07:00 in Moscow
open, next Mon 07:00 in Moscow
open, next Mon 12:00 in Moscow
closed, next Mon 22:00 in Moscow
closed, next Tue 08:00 in Moscow
open, next Mon 12:00 in Moscow
open, next Mon 01:00 in Moscow
open, next Mon 03:00 in Moscow
closed, next never in Moscow
closed, next Mon 08:00 in Moscow
closed, next Tue 09:00 in Moscow
ValueError: unknown time zone
ValueError: unknown time zone
ValueError: unknown time zone
ValueError: unknown time zone
ValueError: timezones: malformed UTF-8
ValueError: timezones: a NUL byte
TypeError: timezones: must be a list of strings, int given
TypeError: timezones: must be a list of strings, array given
ValueError: window.from: missing
ValueError: window: expected hours as HH:MM
ValueError: window: expected hours as HH:MM
TypeError: window.from: must be of type string, int given
ValueError: window: unknown key till
ValueError: window: unknown key (a number)
