--TEST--
Dispatch with the sandbox: from submit to delivered, deferred until due, every outcome, arguments
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/dispatch-sandbox.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store();

$now = vestnik_submit(order_message(['phone' => '+79990000101']));
$later = vestnik_submit(order_message(['phone' => '+79990000102', 'not_before' => NOON + 3600]));
$code = vestnik_submit(['phone' => '+79990000103', 'category' => 'authentication', 'text' => 'Код 4821']);

$slice = vestnik_dispatch(500);
echo line($slice), "\n";
foreach ([$now, $later, $code] as $receipt) {
    echo line(pick(vestnik_message($receipt['id']), 'category', 'state', 'attempts')), "\n";
}
echo line(vestnik_dispatch()), "\n";

vestnik_clock(NOON + 3600);
echo dispatch_all(), "\n";
$message = vestnik_message($later['id']);
echo line(pick($message, 'state', 'accepted_ms', 'final_ms', 'provider', 'waits')), "\n";
var_dump(is_string($message['provider_message']));

echo "-- outcomes\n";
foreach (['0002', '0006', '0007', '0009', '0010', '0011'] as $digits) {
    $id = vestnik_submit(order_message(['phone' => "+7999000$digits"]))['id'];
    vestnik_dispatch();
    echo $digits, ' ', line(pick(vestnik_message($id), 'state', 'attempts', 'reason')), "\n";
}

echo "-- arguments\n";
echo line(vestnik_dispatch(0, ['drain' => true])['in_flight']), "\n";
foreach ([[-1], [3600001], [0, ['drian' => true]], [0, ['drain' => 1]], [0, ['drain' => null]], [0, [5 => 1]]] as $arguments) {
    echo thrown(fn () => vestnik_dispatch(...$arguments)), "\n";
}
drop_store();
?>
--EXPECT--
{"sent":2,"settled":2,"claimed":2,"expired":0,"recovered":0,"in_doubt":0,"in_flight":0,"next_due":1780308000,"idle":true}
{"category":"service","state":"delivered","attempts":1}
{"category":"service","state":"deferred","attempts":0}
{"category":"authentication","state":"delivered","attempts":1}
{"sent":0,"settled":0,"claimed":0,"expired":0,"recovered":0,"in_doubt":0,"in_flight":0,"next_due":1780308000,"idle":true}
1
{"state":"delivered","accepted_ms":1780308000000,"final_ms":1780308000000,"provider":"sandbox","waits":null}
bool(true)
-- outcomes
0002 {"state":"failed","attempts":1,"reason":"bad_number"}
0006 {"state":"undelivered","attempts":1,"reason":"operator_rejected"}
0007 {"state":"accepted","attempts":1,"reason":null}
0009 {"state":"in_doubt","attempts":1,"reason":"no_answer"}
0010 {"state":"failed","attempts":1,"reason":"operator_bar"}
0011 {"state":"deferred","attempts":1,"reason":"busy"}
-- arguments
0
ValueError: vestnik_dispatch(): Argument #1 ($budget_ms) must be between 0 and 3600000
ValueError: vestnik_dispatch(): Argument #1 ($budget_ms) must be between 0 and 3600000
ValueError: vestnik_dispatch(): Argument #2 ($options) has an unknown key drian
TypeError: vestnik_dispatch(): Argument #2 ($options) has a key drain that must be of type bool, int given
TypeError: vestnik_dispatch(): Argument #2 ($options) has a key drain that must be of type bool, null given
ValueError: vestnik_dispatch(): Argument #2 ($options) has an unknown key 5
