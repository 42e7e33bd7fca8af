--TEST--
The worker asks for the balance, and health shows it
--EXTENSIONS--
vestnik
posix
--INI--
vestnik.store="sqlite:{PWD}/dispatch-balance.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
require __DIR__ . '/gateway.inc';
fresh_store(null);
$gateway = new Gateway(dirname(store_path()) . '/gateway.log');
vestnik_clock(NOON);
vestnik_configure(wire_settings($gateway->url) + shop_settings());
echo json_encode(vestnik_health()['providers']['smsru']['balance']), "\n";
for ($i = 0; $i < 100 && !isset(vestnik_health()['providers']['smsru']['balance']['at']); $i++) {
    vestnik_dispatch(100);
}
$balance = vestnik_health()['providers']['smsru']['balance'];
echo $balance['balance'], ' ', $balance['currency'], ' ', $balance['at'] === NOON ? 'at noon' : 'at another time', "\n";
vestnik_dispatch(100, ['drain' => true]);
echo vestnik_dispatch(0)['in_flight'], "\n";
$gateway->stop();
drop_store();
?>
--EXPECT--
null
100.00 RUB at noon
0
