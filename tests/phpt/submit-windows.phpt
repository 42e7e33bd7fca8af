--TEST--
Send windows: rules by day, provider and territory, the delivery region's zone, preferred hours, offers, reminders of debts
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/submit-windows.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store();

const PHONE = '+79990000001';
$advert = [
    'phone' => PHONE, 'category' => 'advertising', 'text' => 'Новая коллекция по вашей подписке: romashka.example',
    'approved_by' => 'Иванова', 'timezone' => 'Europe/Moscow',
];
vestnik_consent_grant(PHONE, [
    'source' => 'checkout', 'wording' => 'Согласен получать рекламу', 'confirmed_by' => 'code', 'pre_ticked' => false,
    'separate' => true,
]);
function told(array $message, string $zone = 'Europe/Moscow'): string
{
    $decision = vestnik_check($message);
    $due = $decision['due'] === null ? '' : (new DateTime('@' . $decision['due']))->setTimezone(new DateTimeZone($zone))->format(' D H:i');
    $codes = [];
    foreach ($decision['findings'] as $finding) {
        if ($finding['verdict'] !== 'rewrite') {
            $codes[] = $finding['rule'] . ':' . $finding['code'];
        }
    }
    return implode(' ', array_merge([$decision['verdict'] . $due], $codes));
}

echo "-- the region's zone\n";
$region = array_diff_key($advert, ['timezone' => 1]);
foreach (['г Москва', 'Камчатский край', 'Сахалин', 'Атлантида'] as $name) {
    $message = ['region' => $name] + $region;
    echo $name, ': ', line(vestnik_check($message)['timezones']), ' ', told($message), "\n";
}
echo line(vestnik_check(['region' => 'Камчатский край'] + $advert)['timezones']), "\n";

echo "-- rules\n";
$rule = ['category' => 'advertising', 'from' => '13:00', 'to' => '20:00'];
$windows = fn (array $windows) => vestnik_configure(['windows' => $windows] + shop_settings());
foreach ([['days' => 'mon'], ['days' => ['tue', 'weekend']], ['provider' => 'sandbox'], ['territory' => 'Омская обл.']] as $condition) {
    $windows(['rules' => [$condition + $rule]]);
    echo line($condition), ' ', told(['region' => 'Москва'] + $advert), "\n";
}
$windows(['rules' => [['provider' => 'sandbox'] + $rule]]);
echo vestnik_check($advert)['findings'][0]['explanation'], "\n";
$windows(['advertising' => ['preset' => 'strict']]);
vestnik_clock(NOON + 34200);
foreach (['Москва', 'Московская область', 'Тверская область'] as $name) {
    echo $name, ': ', told(['region' => $name] + $advert), "\n";
}
foreach ([[$rule, $rule], [['from' => '20:00'] + $rule], [['territory' => 'Атлантида'] + $rule], [['provider' => 'smsru'] + $rule]] as $rules) {
    echo thrown(fn () => $windows(['rules' => $rules])), "\n";
}
echo thrown(fn () => $windows(['unknown_zones' => ['Mars/Olympus']])), "\n";
echo line(vestnik_settings()['windows']), "\n";

echo "-- preferred hours and offers\n";
$windows([]);
vestnik_clock(NOON + 86400);
echo told(['campaign' => 'june'] + $advert), "\n";
echo told(['campaign' => 'june', 'offer_until' => NOON + 86400 + 3600] + $advert), "\n";
echo told(['campaign' => 'june', 'not_before' => NOON + 90000] + $advert), "\n";
echo told(['not_before' => NOON + 86400 + 43200, 'offer_until' => NOON + 86400 + 50000] + $advert), "\n";

echo "-- reminders of a debt\n";
$debt = order_message(['debt' => true, 'timezone' => 'Europe/Moscow', 'text' => 'Оплата заказа 1042 просрочена']);
echo told($debt), ' ', vestnik_submit($debt)['state'], ' ', vestnik_submit($debt)['state'], ' ', told($debt), "\n";
echo told(['valid_until' => NOON + 86400 + 3600] + $debt), "\n";
drop_store();
?>
--EXPECT--
-- the region's zone
г Москва: ["Europe/Moscow"] send
Камчатский край: ["Asia/Kamchatka"] send
Сахалин: ["Asia/Sakhalin"] send
Атлантида: [] send
["Europe/Moscow"]
-- rules
{"days":"mon"} defer Mon 13:00 R11:window_closed
{"days":["tue","weekend"]} send
{"provider":"sandbox"} defer Mon 13:00 R11:window_closed
{"territory":"Омская обл."} send
Рекламу отправляют с 13:00 до 20:00 по времени получателя (windows.rules.0: sandbox). Сообщение уйдёт 01.06 в 13:00 по времени получателя. Закон часов не называет, но ночная реклама — верный повод для жалобы.
Москва: send
Московская область: defer Tue 08:00 R11:window_closed
Тверская область: defer Tue 08:00 R11:window_closed
Vestnik\SettingsException: windows.rules.1.days: overlaps windows.rules.0, which has the same conditions
Vestnik\SettingsException: windows.rules.0.to: equal to from; write 00:00 to 24:00 for the whole day
Vestnik\SettingsException: windows.rules.0.territory: expected one subject of the Russian Federation
Vestnik\SettingsException: windows.rules.0.provider: not one of settings.providers
Vestnik\SettingsException: windows.unknown_zones: expected a list of the IANA time zones of Russia, such as Europe/Moscow
{"advertising":{"preset":"strict"}}
-- preferred hours and offers
defer Tue 18:00
send
defer Tue 13:00
refuse R11:window_closed R12:offer_over
-- reminders of a debt
send queued queued defer Wed 08:00 R14:debt_limit_reached
refuse R12:validity_before_due R14:debt_limit_reached
