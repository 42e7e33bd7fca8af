--TEST--
A forked child opens a handle of its own; the parent's goes on, with what it has on the wire
--EXTENSIONS--
vestnik
posix
--INI--
vestnik.store="sqlite:{PWD}/process-fork.tmp/s.db?clock=manual"
--ENV--
ASAN_OPTIONS=detect_leaks=0
--FILE--
<?php
// The child forgets what it inherited, so it must be allowed to leak it.
require __DIR__ . '/store.inc';
require __DIR__ . '/gateway.inc';
fresh_store(null);
$gateway = new Gateway(dirname(store_path()) . '/gateway.log', 500);
vestnik_clock(NOON);
vestnik_configure(wire_settings($gateway->url) + shop_settings());

/** Open descriptors of the store's file in this process. */
function descriptors(): int
{
    $count = 0;
    foreach (glob('/proc/self/fd/*') as $link) {
        $count += @readlink($link) === realpath(store_path()) ? 1 : 0;
    }
    return $count;
}

/** Runs in a child that then ends as PHP scripts do; its output comes back. */
function in_child(callable $code): string
{
    $file = dirname(store_path()) . '/child.txt';
    flush();
    $pid = pcntl_fork();
    if ($pid === 0) {
        ob_start();
        $code();
        file_put_contents($file, ob_get_clean());
        exit(0);
    }
    pcntl_waitpid($pid, $status);
    return pcntl_wifexited($status) ? file_get_contents($file) : 'the child died of signal ' . pcntl_wtermsig($status) . "\n";
}

$id = vestnik_submit(order_message(['phone' => '+79990000101', 'key' => 'parent']))['id'];
do {
    $slice = vestnik_dispatch(5);
} while ($slice['sent'] === 0);
echo 'parent has ', $slice['in_flight'], " in flight\n";

$before = descriptors();
echo in_child(function () use ($before) {
    $receipt = vestnik_submit(order_message(['phone' => '+79990000102', 'key' => 'child']));
    echo 'child: ', $receipt['state'], ', ', descriptors() - $before, " descriptor more\n";
    // The parent's request is not the child's.
    echo 'child: ', line(pick(vestnik_dispatch(0, ['drain' => true]), 'in_flight', 'settled')), "\n";
    echo 'child: ', vestnik_submit(order_message(['key' => 'parent']))['duplicate'] ? 'sees' : 'misses', " the parent's message\n";
    vestnik_document_put('template', 'child', ['text' => 'x']);
});
echo in_child(function () {
    echo "a child that calls nothing\n";
});
// A grandchild, with a handle of its own in between.
echo in_child(function () {
    vestnik_health();
    $pid = pcntl_fork();
    if ($pid === 0) {
        vestnik_document_put('template', 'grandchild', []);
        exit(0);
    }
    pcntl_waitpid($pid, $status);
    echo 'grandchild: ', pcntl_wexitstatus($status), "\n";
    vestnik_document_put('template', 'after the grandchild', []);
});

var_dump(descriptors() === $before, vestnik_document_count([]));
do {
    $slice = vestnik_dispatch(50);
} while ($slice['in_flight'] > 0 || !$slice['idle']);
echo vestnik_message($id)['state'], ' ', vestnik_message_count(['state' => 'accepted']), "\n";
echo line($gateway->phones()), "\n";

echo "-- a fork inside of a generator\n";
$forking = function () {
    yield order_message(['phone' => '+79990000103']);
    $pid = pcntl_fork();
    if ($pid === 0) {
        yield order_message(['phone' => '+79990000104']);
        echo "never reached\n";
    }
    pcntl_waitpid($pid, $status);
    echo pcntl_wexitstatus($status), "\n";
    yield order_message(['phone' => '+79990000105']);
};
$parent = getmypid();
try {
    echo line(pick(vestnik_submit_batch($forking()), 'total', 'send')), "\n";
} catch (Vestnik\StoreException $exception) {
    echo $exception->getMessage(), "\n";
    flush();
    exit(getmypid() === $parent ? 9 : 7);
}
var_dump(vestnik_message_count([]));
$gateway->stop();
?>
--CLEAN--
<?php
require __DIR__ . '/store.inc';
remove_folder(__DIR__ . '/process-fork.tmp');
?>
--EXPECT--
parent has 1 in flight
child: queued, 1 descriptor more
child: {"in_flight":0,"settled":0}
child: sees the parent's message
a child that calls nothing
grandchild: 0
bool(true)
int(3)
accepted 2
["79990000101","79990000102"]
-- a fork inside of a generator
a batch cannot go on in a forked process
7
{"total":2,"send":2}
int(4)
