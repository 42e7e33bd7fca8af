--TEST--
submit_batch: a fatal error inside of a generator leaves nothing open and loses no memory
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/batch-fatal.tmp/s.db?clock=manual"
display_errors=0
log_errors=0
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store();

register_shutdown_function(function () {
    echo preg_match('/^Cannot redeclare line/', error_get_last()['message'] ?? ''), "\n";
    var_dump(vestnik_message_count([]));
    echo vestnik_submit(order_message())['state'], "\n";
    // The batch that was left behind is still there and is not in the way of another.
    echo vestnik_submit_batch([order_message(['phone' => '+79990000012'])])['send'], "\n";
    drop_store();
});

function dying(): Generator
{
    yield order_message(['phone' => '+79990000011']);
    echo "dying\n";
    eval('function line() {}');
    echo "never reached\n";
}
vestnik_submit_batch(dying());
echo "never reached\n";
?>
--EXPECT--
dying
1
int(0)
queued
1
