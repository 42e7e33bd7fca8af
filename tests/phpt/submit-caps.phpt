--TEST--
Caps hold to the second, a larger priority takes a reserved slot, a sender keeps to its rate, and each wait says why
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/submit-caps.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
$settings = [
    'caps' => [['count' => 1, 'days' => 1]],
    'windows' => ['advertising' => ['spread_s' => 0]],
    'senders' => ['Romashka' => ['rate' => ['per_hour' => 60, 'per_second' => 1]]],
];
fresh_store(NOON, $settings);
vestnik_consent_grant('+79990000101', [
    'source' => 'checkout', 'wording' => 'Согласен получать рекламу', 'confirmed_by' => 'code', 'pre_ticked' => false,
    'separate' => true,
]);
$advertisement = [
    'phone' => '+79990000101', 'category' => 'advertising', 'approved_by' => 'Иванова', 'timezone' => 'Europe/Moscow',
    'text' => 'Ромашка: пледы дешевле на 300 ₽ по вашей подписке: romashka.example',
];
$after = static fn (?int $at): string => $at === null ? 'now' : 'in ' . ($at - NOON) . ' s';
$show = static function (string $what, string $id) use ($after): void {
    $message = vestnik_message($id);
    echo "$what: $message[state]", $message['waits'] === null
        ? '' : ", waits for {$message['waits']['for']} " . $after($message['waits']['until']), "\n";
};

echo "-- a trigger outbids a campaign\n";
$planned = vestnik_submit($advertisement + ['campaign' => 'autumn', 'not_before' => NOON + 3600]);
$show('planned', $planned['id']);
echo 'check: ', $after(vestnik_check($advertisement)['due']), "\n";
$trigger = vestnik_submit($advertisement);
$show('trigger', $trigger['id']);
$show('planned', $planned['id']);
foreach (vestnik_events() as $event) {
    if (($event['data']['reason'] ?? null) === 'outbid') {
        echo "event: $event[type], ", $event['message'] === $planned['id'] ? 'planned' : '?', ' by ',
            $event['data']['by'] === $trigger['id'] ? 'trigger' : '?', ', due ', $after($event['data']['due']), "\n";
    }
}

echo "-- an equal priority waits for the next slot\n";
$equal = vestnik_submit(['priority' => 0] + $advertisement);
echo $equal['verdict'], ' ', $after($equal['due']), ' ', $equal['findings'][0]['code'], "\n";

echo "-- free again exactly a day later\n";
echo vestnik_dispatch()['sent'], "\n";
vestnik_clock(NOON + 86399);
echo vestnik_dispatch()['sent'], "\n";
vestnik_clock(NOON + 86400);
echo vestnik_dispatch()['sent'], "\n";
$show('planned', $planned['id']);

echo "-- what is cancelled gives its slot back\n";
echo vestnik_cancel(['id' => $equal['id']]), ' ', $after(vestnik_check($advertisement)['due']), "\n";

echo "-- the sender's rate\n";
vestnik_clock(NOON + 2 * 86400);
for ($i = 0; $i < 3; $i++) {
    $last = vestnik_submit(['phone' => "+7999000020$i", 'category' => 'service', 'order' => 1, 'text' => 'Заказ 1 собран']);
}
echo vestnik_dispatch()['sent'], "\n";
$message = vestnik_message($last['id']);
echo $message['state'], ' ', $message['waits']['for'], ' ', $message['waits']['until'] - NOON - 2 * 86400, ' s, attempts ',
    $message['attempts'], "\n";
print_r(vestnik_health()['limits']);

echo "-- settings that cannot be meant\n";
$bad = [
    ['caps' => [['count' => 0, 'days' => 7]]],
    ['caps' => [['count' => 65, 'days' => 7]]],
    ['caps' => [['count' => 2, 'days' => 0]]],
    ['caps' => array_fill(0, 9, ['count' => 1, 'days' => 1])],
    ['senders' => ['Romashka' => ['rate' => ['per_hour' => 0]]]],
    ['senders' => ['Romashka' => ['rate' => ['operators' => ['МТС' => ['per_second' => 5000]]]]]],
];
foreach ($bad as $wrong) {
    try {
        vestnik_configure($wrong + vestnik_settings());
    } catch (Vestnik\SettingsException $e) {
        echo $e->getMessage(), "\n";
    }
}
echo vestnik_settings()['caps'][0]['count'], " a day, as before\n";
drop_store();
--EXPECT--
-- a trigger outbids a campaign
planned: deferred, waits for not_before in 3600 s
check: now
trigger: queued, waits for turn now
planned: deferred, waits for outbid in 86400 s
event: message.deferred, planned by trigger, due in 86400 s
-- an equal priority waits for the next slot
defer in 172800 s cap_reached
-- free again exactly a day later
1
0
1
planned: delivered
-- what is cancelled gives its slot back
1 in 172800 s
-- the sender's rate
1
deferred sender_limit 2 s, attempts 0
Array
(
    [sender:Romashka::hour] => 0
    [sender:Romashka::second] => 1000
)
-- settings that cannot be meant
caps.0.count: expected a whole number from 1 to 32
caps.0.count: expected a whole number from 1 to 32
caps.0.days: expected a whole number from 1 to 366
caps: expected at most 8 entries
senders.Romashka.rate.per_hour: expected a whole number from 1 to 3600000
senders.Romashka.rate.operators.МТС.per_second: expected a number from 0.1 to 1000
1 a day, as before
