--TEST--
submit_batch: exit() inside of a generator ends the script, drops the window and leaves the store free
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/batch-exit.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store();

register_shutdown_function(function () {
    var_dump(vestnik_message_count([]));
    echo vestnik_submit(order_message())['state'], "\n";
    drop_store();
});

function leaving(): Generator
{
    try {
        yield order_message(['phone' => '+79990000011']);
        echo "leaving\n";
        exit(0);
    } finally {
        echo "never reached after exit\n";
    }
}
vestnik_submit_batch(leaving());
echo "never reached\n";
?>
--EXPECT--
leaving
int(0)
queued
