--TEST--
submit_batch needs at most 64 MB, however many messages come and however long they are
--EXTENSIONS--
vestnik
--SKIPIF--
<?php
if (getenv('USE_TRACKED_ALLOC') === '1') {
    die('skip the sanitizer needs memory of its own');
}
?>
--FILE--
<?php
require __DIR__ . '/store.inc';
$folder = __DIR__ . '/batch-memory.tmp';
remove_folder($folder);
mkdir($folder, 0700);
$code = <<<'PHP'
    function peak_kb(): int
    {
        preg_match('/^VmHWM:\s+(\d+)/m', file_get_contents('/proc/self/status'), $match);
        return (int) $match[1];
    }
    function rows(int $count, int $length, int $first): Generator
    {
        $text = str_repeat('я', $length);
        for ($i = 0; $i < $count; $i++) {
            yield [
                'phone' => '+7999' . sprintf('%07d', $first + $i), 'category' => 'service', 'text' => $text . $i,
                'order' => "$i", 'key' => "key-$first-$i", 'tags' => ['spring', 'new'], 'customer' => $i,
            ];
        }
    }
    vestnik_clock(NOON);
    vestnik_configure(shop_settings());
    vestnik_submit(order_message());
    $before = peak_kb();
    foreach ([[70000, 60, 1000000], [20000, 1000, 2000000], [3000, 9990, 3000000]] as [$count, $length, $first]) {
        echo vestnik_submit_batch(rows($count, $length, $first))['total'], ' ';
    }
    $used = peak_kb() - $before;
    echo $used <= 64 * 1024 ? 'within 64 MB' : "$used KB";
    PHP;
putenv('USE_ZEND_ALLOC'); // under valgrind PHP takes malloc, the measured process must not
echo run_with_store("sqlite:$folder/s.db?clock=manual", $code), "\n";
remove_folder($folder);
?>
--EXPECT--
70000 20000 3000 within 64 MB
