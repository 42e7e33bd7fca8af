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
$gateway = new Gateway(dirname(store_path()) . '/gateway.log', 1500);
vestnik_clock(NOON);
vestnik_configure(wire_settings($gateway->url) + shop_settings());
vestnik_submit(order_message(['phone' => '+79990000101']));

$signals = 0;
pcntl_async_signals(true);
pcntl_signal(SIGUSR1, function () use (&$signals) {
    $signals++;
});
while (vestnik_dispatch(5)['sent'] === 0);
// Sends the signal when the slice below has begun to wait; ends without PHP's shutdown.
$sender = pcntl_fork();
if ($sender === 0) {
    usleep(200000);
    posix_kill(posix_getppid(), SIGUSR1);
    posix_kill(getmypid(), SIGKILL);
}
$slice = vestnik_dispatch(600000);
echo line(pick($slice, 'in_flight', 'settled')), " signals $signals\n";
do {
    $slice = vestnik_dispatch(600000);
} while ($slice['in_flight'] > 0);
echo vestnik_message_count(['state' => 'accepted']), ' ', count($gateway->phones()), "\n";
pcntl_waitpid($sender, $status);
$gateway->stop();
drop_store();
?>
--EXPECT--
{"in_flight":1,"settled":0} signals 1
1 1
