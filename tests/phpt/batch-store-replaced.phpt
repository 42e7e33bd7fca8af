--TEST--
submit_batch: the store's file is replaced while the generator runs
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/batch-store-replaced.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store();

function replacing(): Generator
{
    yield order_message(['phone' => '+79990000011']);
    fresh_store();
    // This call opens the new store while the batch still holds the old one.
    echo vestnik_submit(order_message())['state'], "\n";
    yield order_message(['phone' => '+79990000012']);
}
echo thrown(fn () => vestnik_submit_batch(replacing())), "\n";
var_dump(vestnik_message_count([]));
echo vestnik_submit(order_message(['phone' => '+79990000013']))['state'], "\n";
drop_store();
?>
--EXPECT--
queued
Vestnik\StoreException: the store's file was replaced while the batch ran; this window was dropped
int(1)
queued
