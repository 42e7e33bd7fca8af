--TEST--
submit_batch: a fatal error inside of a generator leaves nothing open
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/batch-fatal.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store();

// In another process: PHP itself loses memory when it dies of a fatal error, which valgrind would tell.
$code = <<<'PHP'
    register_shutdown_function(function () {
        echo preg_match('/^Cannot redeclare line/', error_get_last()['message'] ?? ''), "\n";
        echo vestnik_message_count([]), "\n";
        echo vestnik_submit(order_message())['state'], "\n";
        // The batch that was left behind is still there and is not in the way of another.
        echo vestnik_submit_batch([order_message(['phone' => '+79990000112'])])['send'], "\n";
    });
    function dying(): Generator
    {
        yield order_message(['phone' => '+79990000111']);
        echo "dying\n";
        eval('function line() {}');
        echo "never reached\n";
    }
    ini_set('display_errors', '0');
    ini_set('log_errors', '0');
    vestnik_submit_batch(dying());
    echo "never reached\n";
    PHP;
echo run_with_store(ini_get('vestnik.store'), $code), "\n";
// Nor is it in the way of other processes.
var_dump(vestnik_message_count([]));
drop_store();
?>
--EXPECT--
dying
1
0
queued
1
int(2)
