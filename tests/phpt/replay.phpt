--TEST--
vestnik_replay(): what was decided, again, under the rules as they were and under others
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/replay.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';

const DAY = 86400;
const CONSENT = ['source' => 'checkout', 'wording' => 'Согласен', 'confirmed_by' => 'code', 'pre_ticked' => false, 'separate' => true];
const ADVERTISEMENT = [
    'phone' => '+79990000001',
    'category' => 'advertising',
    'text' => 'Скидка на букеты: romashka.example/a',
    'approved_by' => 'Иванова',
    'timezone' => 'Europe/Moscow',
    'acknowledged' => ['R17', 'R19'],
];

/** @return list<string> */
function shown(iterable $replay): array
{
    $lines = [];
    foreach ($replay as $number => $row) {
        $decision = fn (array $d): string => implode(' ', array_filter([
            $d['verdict'],
            $d['due'] === null ? '' : gmdate('d H:i', $d['due']),
            implode(',', $d['codes']),
            $d['segments'],
        ]));
        $lines[] = "$number {$row['category']}: " . $decision($row['was'])
            . ($row['differs'] ? ' -> ' . $decision($row['would']) : '') . ($row['text_differs'] ? ' (text)' : '');
    }
    return $lines;
}

fresh_store(NOON, ['windows' => ['advertising' => ['spread_s' => 0]], 'rules' => ['R19' => ['costs' => true]]]);
vestnik_consent_grant('+79990000001', CONSENT);
vestnik_submit(ADVERTISEMENT);
vestnik_clock(NOON + 60);
vestnik_submit(['key' => 'second', 'not_before' => NOON + 12 * 3600] + ADVERTISEMENT);
vestnik_clock(NOON + 120);
vestnik_submit(ADVERTISEMENT);
vestnik_submit(['phone' => '+79990000002'] + ADVERTISEMENT);
vestnik_submit(['phone' => '+79990000001', 'category' => 'service', 'order' => '15', 'template' => 'Заказ {n}', 'vars' => []]);

// What happened since does not count: the facts are those of then.
vestnik_clock(NOON + 3 * DAY);
vestnik_consent_withdraw('+79990000001', ['source' => 'call']);
vestnik_configure(['windows' => ['advertising' => ['from' => '12:00', 'to' => '13:00']]] + shop_settings());
vestnik_submit(['phone' => '+79990000001', 'category' => 'authentication', 'text' => 'Код 1234']);

$as_it_was = shown(vestnik_replay(NOON, NOON + 10 * DAY));
echo implode("\n", $as_it_was), "\n-- one a week\n";
echo implode("\n", shown(vestnik_replay(NOON, NOON + 10 * DAY, ['caps' => [['count' => 1, 'days' => 7]]]))), "\n-- other words\n";
$rules = ['R18' => ['wording' => ['ru' => 'Стоп {number}']], 'windows' => ['advertising' => ['from' => '10:00', 'to' => '11:00', 'spread_s' => 0]]];
echo implode("\n", shown(vestnik_replay(NOON, NOON + 10 * DAY, $rules))), "\n-- periods\n";
echo count(shown(vestnik_replay(NOON, NOON))), ' ', count(shown(vestnik_replay(NOON, NOON + 60))), ' ',
    count(shown(vestnik_replay(NOON + 60, NOON + 121))), ' ', count(shown(vestnik_replay(PHP_INT_MIN, PHP_INT_MAX))), "\n";

echo "-- as an object\n";
$replay = vestnik_replay(NOON, NOON + 10 * DAY);
echo get_class($replay), ' ', $replay->key(), ' ', $replay->current()['was']['verdict'], "\n";
foreach ($replay as $row) {
    break;
}
$replay->next();
echo $replay->key(), ' ', array_key_last(iterator_to_array($replay)), ' ', var_export($replay->valid(), true), ' ',
    var_export($replay->current(), true), "\n";
$replay->next();
$replay->rewind();
echo $replay->key(), ' ', count(iterator_to_array(new LimitIterator($replay, 1, 2), false)), "\n";
echo implode(' ', array_keys($row)), ' | ', implode(' ', array_keys($row['was'])), "\n";
echo vestnik_message($row['id'])['id'] === $row['id'] ? 'the same id' : 'another id', "\n";
foreach ([fn () => clone $replay, fn () => serialize($replay), fn () => new Vestnik\Replay()] as $forbidden) {
    try {
        $forbidden();
    } catch (Throwable $trouble) {
        echo get_class($trouble), ': ', $trouble->getMessage(), "\n";
    }
}

echo "-- mistakes\n";
foreach (
    [
        [['R27' => ['segments' => ['advertising' => 0]]]],
        [['R99' => []]],
        [['windows' => ['advertising' => ['from' => '10:00', 'to' => '10:00']]]],
        [['caps' => [['count' => 0, 'days' => 1]]]],
        [['providers' => []]],
        [[1, 2]],
        [['R18' => new stdClass()]],
        [[], NOON - 1],
    ] as $mistake
) {
    try {
        vestnik_replay(NOON, $mistake[1] ?? NOON + DAY, $mistake[0]);
    } catch (Throwable $trouble) {
        echo get_class($trouble), ': ', $trouble->getMessage(), "\n";
    }
}

echo "-- rules\n";
$rules = vestnik_rules();
$codes = array_merge(...array_map(fn ($rule) => array_column($rule['findings'], 'code'), $rules));
$owners = [];
foreach ($rules as $rule) {
    foreach ($rule['findings'] as $finding) {
        $owners[$finding['code']][$rule['id']] = true;
    }
}
echo implode(' ', array_keys($rules[1])), "\n";
echo count(array_filter($owners, fn ($rules) => count($rules) > 1)), " codes of several rules\n";
echo count(array_diff(array_unique(array_merge(...array_map(
    fn ($row) => $row['was']['codes'],
    iterator_to_array(vestnik_replay(NOON, NOON + 10 * DAY)),
))), $codes)), " codes of none\n";
drop_store();
?>
--EXPECT--
0 advertising: send opt_out_added,source_added 2
1 advertising: defer 02 04:00 window_closed,opt_out_added,source_added 2
2 advertising: defer 08 09:00 cap_reached,opt_out_added,source_added 2
3 advertising: refuse consent_missing,opt_out_added 1
4 service: refuse variable_unresolved 1
5 authentication: send 1
-- one a week
0 advertising: send opt_out_added,source_added 2
1 advertising: defer 02 04:00 window_closed,opt_out_added,source_added 2 -> defer 08 09:00 window_closed,cap_reached,opt_out_added,source_added 2
2 advertising: defer 08 09:00 cap_reached,opt_out_added,source_added 2 -> defer 09 04:00 cap_reached,opt_out_added,source_added 2
3 advertising: refuse consent_missing,opt_out_added 1
4 service: refuse variable_unresolved 1
5 authentication: send 1
-- other words
0 advertising: send opt_out_added,source_added 2 -> defer 02 07:00 window_closed,opt_out_added,source_added 2 (text)
1 advertising: defer 02 04:00 window_closed,opt_out_added,source_added 2 -> defer 02 07:00 window_closed,opt_out_added,source_added 2 (text)
2 advertising: defer 08 09:00 cap_reached,opt_out_added,source_added 2 -> defer 09 07:00 window_closed,cap_reached,opt_out_added,source_added 2 (text)
3 advertising: refuse consent_missing,opt_out_added 1 -> refuse consent_missing,window_closed,opt_out_added 1 (text)
4 service: refuse variable_unresolved 1
5 authentication: send 1
-- periods
0 1 4 6
-- as an object
Vestnik\Replay 0 send
1 5 false NULL
0 2
id created category was would text_differs differs | verdict category codes due segments
the same id
Error: Trying to clone an uncloneable object of class Vestnik\Replay
Exception: Serialization of 'Vestnik\Replay' is not allowed
Error: Call to private Vestnik\Replay::__construct() from global scope
-- mistakes
Vestnik\SettingsException: rules.R27.segments.advertising: expected a whole number from 1 to 255
Vestnik\SettingsException: rules.R99: unknown key
Vestnik\SettingsException: windows.advertising.to: equal to from; write 00:00 to 24:00 for the whole day
Vestnik\SettingsException: caps.0.count: expected a whole number from 1 to 32
Vestnik\SettingsException: rules.providers: unknown key
Vestnik\SettingsException: rules: expected an array with named keys
TypeError: R18: must be null, bool, int, float, string or array, stdClass given
ValueError: vestnik_replay(): Argument #2 ($to) must not be before argument #1 ($from)
-- rules
id name name_en basis basis_en categories valid_from valid_until findings
0 codes of several rules
0 codes of none
