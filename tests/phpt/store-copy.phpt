--TEST--
A copied store holds, health says so, only the sandbox sends, and a person's answer ends it
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/store-copy.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
$settings = ['providers' => ['sandbox' => [], 'smsru' => ['api_id' => 'x', 'url' => 'http://127.0.0.1:9']]];
fresh_store(NOON, $settings);

echo thrown(fn () => vestnik_store_answer('live')), "\n";
$backup = dirname(store_path()) . '/backup.db';
vestnik_backup($backup);

function put_copy(string $backup): void
{
    array_map('unlink', glob(store_path() . '*'));
    copy($backup, store_path());
    chmod(store_path(), 0600);
}
function health_line(): string
{
    $health = vestnik_health();
    $codes = array_values(array_filter(array_column($health['problems'], 'code'), fn ($code) => str_contains($code, 'hold') || str_contains($code, 'cop')));
    return line(pick($health['store'], 'hold', 'hold_reason') + ['problems' => $codes]);
}

put_copy($backup);
// The same process sees that its file was replaced.
echo health_line(), "\n";
$real = vestnik_submit(order_message(['provider' => 'smsru', 'phone' => '+79990000101']));
$trial = vestnik_submit(order_message(['provider' => 'sandbox', 'phone' => '+79990000102']));
dispatch_all();
echo vestnik_message($real['id'])['state'], ' ', vestnik_message($trial['id'])['state'], "\n";

echo "-- it is a copy\n";
echo thrown(fn () => vestnik_store_answer('maybe')), "\n";
echo line(vestnik_store_answer('copy')), "\n", health_line(), "\n";
dispatch_all();
echo vestnik_message($real['id'])['state'], "\n";

echo "-- it is the real one after all\n";
echo line(vestnik_store_answer('live')), "\n", health_line(), "\n";
echo thrown(fn () => vestnik_store_answer('live')), "\n";
drop_store();
?>
--EXPECT--
ValueError: the store does not hold: there is nothing to answer
{"hold":"moved","hold_reason":"inode","problems":["store_holds"]}
queued delivered
-- it is a copy
ValueError: vestnik_store_answer(): Argument #1 ($is) must be "live" or "copy"
{"is":"copy","holds":true}
{"hold":"copy","hold_reason":"copy","problems":["store_is_copy"]}
queued
-- it is the real one after all
{"is":"live","holds":false}
{"hold":null,"hold_reason":null,"problems":[]}
ValueError: the store does not hold: there is nothing to answer
