--TEST--
vestnik.numbering: operator, territory and zones of a number, in messages too; a replaced plan is taken over
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/numbering-plan.tmp/s.db?clock=manual"
vestnik.numbering={PWD}/numbering-plan.tmp/plan
--FILE--
<?php
require __DIR__ . '/store.inc';
require __DIR__ . '/numbering.inc';
fresh_store();
$folder = dirname(store_path());

/** Until what was there a moment ago is looked at again. */
function wait_a_second(): void
{
    usleep(1050000);
}

function state(): string
{
    $health = vestnik_health();
    $codes = preg_grep('/^numbering/', array_column($health['problems'], 'code'));

    return $health['numbering']['state'] . ' ' . json_encode(array_values($codes));
}

wait_a_second();
echo shown('+7 914 250-00-00'), ' ', state(), "\n";
vestnik_numbering_import(numbering_csv("$folder/csv"), "$folder/plan");
wait_a_second();
foreach (['+7 914 250-00-00', '8 999 000-00-01', '9990000050', '+7 954 000-00-50', '+7 999 000-01-00', '+7 495 000-00-01', '+375 29 000-00-01'] as $raw) {
    echo shown($raw), "\n";
}
echo json_encode(vestnik_phone_find('моб. +7 999 000-00-50')[0]['timezones']), "\n";
$health = vestnik_health()['numbering'];
echo implode(' ', array_keys($health)), ' ', $health['ranges'], ' ', $health['numbers'], "\n";
// Imported by the system's clock, far from the store's.
echo state(), "\n";

echo "-- messages\n";
foreach (['+79142500000', '+79990000050', '+79540000050', '+79990000100'] as $phone) {
    $receipt = vestnik_submit(order_message(['phone' => $phone, 'timezone' => null]));
    echo json_encode($receipt['timezones'], JSON_UNESCAPED_SLASHES), ' ';
    var_dump($receipt['timezones'] === vestnik_message($receipt['id'])['timezones']);
}
echo json_encode(vestnik_check(order_message(['phone' => '+79990000050', 'timezone' => 'Europe/Moscow']))['timezones'], JSON_UNESCAPED_SLASHES), "\n";
$result = vestnik_dispatch(1000);
echo $result['sent'] > 0 ? "sent\n" : "not sent\n";

echo "-- replaced\n";
vestnik_numbering_import(
    numbering_csv("$folder/csv", ['914;2000000;2999999;1000000;АО "Третий";-;Амурская область;7700000003']),
    "$folder/plan"
);
wait_a_second();
echo shown('+7 914 250-00-00'), "\n";
file_put_contents("$folder/broken", substr(file_get_contents("$folder/plan"), 0, 1000));
rename("$folder/broken", "$folder/plan");
wait_a_second();
echo shown('+7 914 250-00-00'), ' ', state(), "\n";
drop_store();
?>
--EXPECT--
[null,null,[]] absent ["numbering_absent"]
["ПАО \"Второй\"","Республика Саха (Якутия)",["Asia/Yakutsk","Asia/Ust-Nera","Asia/Srednekolymsk"]]
["ООО \"Первый\"","Город Москва, Московская область",["Europe/Moscow"]]
["ПАО \"Второй\"","Камчатский край",["Asia/Kamchatka"]]
["ПАО \"Второй\"","Российская Федерация",[]]
[null,null,[]]
[null,null,[]]
[null,null,[]]
["Asia\/Kamchatka"]
state imported ranges numbers 4 1000200
ready []
-- messages
["Asia/Yakutsk","Asia/Ust-Nera","Asia/Srednekolymsk"] bool(true)
["Asia/Kamchatka"] bool(true)
[] bool(true)
[] bool(true)
["Europe/Moscow"]
sent
-- replaced
["АО \"Третий\"","Амурская область",["Asia/Yakutsk"]]
vestnik: the file of vestnik.numbering is passed over: not a compiled numbering plan
["АО \"Третий\"","Амурская область",["Asia/Yakutsk"]] ready ["numbering_broken"]
