--TEST--
A withdrawal that another process commits is seen by the very next check
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/check-withdrawal.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store();
const PHONES = ['+79990000001', '+79990000002', '+79990000003'];
$advertisement = [
    'category' => 'advertising', 'text' => 'Новая коллекция по вашей подписке: romashka.example', 'approved_by' => 'Иванова',
    'timezone' => 'Europe/Moscow',
];
foreach (PHONES as $phone) {
    vestnik_consent_grant($phone, [
        'source' => 'checkout', 'wording' => 'Согласен получать рекламу', 'confirmed_by' => 'code', 'pre_ticked' => false,
        'separate' => true,
    ]);
}
foreach (PHONES as $phone) {
    $before = vestnik_check($advertisement + ['phone' => $phone])['verdict'];
    echo run_with_store(ini_get('vestnik.store'), "vestnik_consent_withdraw('$phone', ['source' => 'call']); echo 'withdrawn';");
    $after = vestnik_check($advertisement + ['phone' => $phone]);
    echo " $before, then $after[verdict] by ", implode(', ', array_column($after['findings'], 'rule')), "\n";
}
drop_store();
?>
--EXPECT--
withdrawn send, then refuse by R07, R18
withdrawn send, then refuse by R07, R18
withdrawn send, then refuse by R07, R18
