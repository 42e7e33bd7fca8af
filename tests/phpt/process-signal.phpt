--TEST--
A signal ends a slice early, its handler runs, and what is on the wire is not lost
--EXTENSIONS--
vestnik
posix
--INI--
vestnik.store="sqlite:{PWD}/process-signal.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
require __DIR__ . '/gateway.inc';
fresh_store(null);
$gateway = new Gateway(dirname(store_path()) . '/gateway.log', 3000);
vestnik_clock(NOON);
vestnik_configure(wire_settings($gateway->url) + shop_settings());
vestnik_submit(order_message(['phone' => '+79990000101']));

$signals = 0;
pcntl_async_signals(true);
pcntl_signal(SIGUSR1, function () use (&$signals) {
    $signals++;
});
while (vestnik_dispatch(5)['sent'] === 0);
// Again and again, since nobody knows when the slice below begins to wait.
$sender = proc_open('while sleep 0.1; do kill -USR1 ' . getmypid() . '; done', [], $pipes);
$slice = vestnik_dispatch(600000);
proc_terminate($sender, SIGKILL);
proc_close($sender);
echo line(pick($slice, 'in_flight', 'settled')), ' ', $signals > 0 ? 'handled' : 'not handled', "\n";
do {
    $slice = vestnik_dispatch(600000);
} while ($slice['in_flight'] > 0);
echo vestnik_message_count(['state' => 'accepted']), ' ', count($gateway->phones()), "\n";
$gateway->stop();
drop_store();
?>
--EXPECT--
{"in_flight":1,"settled":0} handled
1 1
