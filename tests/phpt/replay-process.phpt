--TEST--
vestnik_replay(): broken off, forked, with its store replaced; what is stored meanwhile; memory
--EXTENSIONS--
vestnik
pcntl
--INI--
vestnik.store="sqlite:{PWD}/replay-process.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';

function some_messages(int $count): iterable
{
    for ($i = 0; $i < $count; $i++) {
        yield ['phone' => sprintf('+7999%07d', $i % 1000), 'category' => 'service', 'order' => "$i", 'text' => 'Заказ готов'];
    }
}

fresh_store();
vestnik_submit_batch(some_messages(3000));

// Broken off: nothing stays open, so that a writer and a new replay have no trouble.
foreach (vestnik_replay(NOON, NOON + 60) as $number => $row) {
    if ($number === 300) {
        vestnik_submit(['phone' => '+79990000001', 'category' => 'service', 'order' => '1', 'text' => 'Ещё один']);
        break;
    }
}
// A function of the extension may be called in the loop, another replay too.
$count = 0;
foreach (vestnik_replay(NOON, NOON + 60) as $number => $row) {
    $count++;
    if ($number % 1000 === 0) {
        foreach (vestnik_replay(NOON, NOON + 60) as $inner) {
            break;
        }
    }
}
echo $count, "\n";

// Memory does not grow with the number.
$before = memory_get_usage();
foreach (vestnik_replay(NOON, NOON + 60) as $row) {
    $most = max($most ?? 0, memory_get_usage() - $before);
}
echo $most < 65536 ? 'little memory' : "$most bytes", "\n";

// A child goes on where it is, with a handle of its own, and so does the parent.
$replay = vestnik_replay(NOON, NOON + 60);
for ($i = 0; $i < 500; $i++, $replay->next()) {
    $replay->current();
}
$child = pcntl_fork();
if ($child === 0) {
    for ($rest = 0; $replay->valid(); $replay->next()) {
        $rest++;
    }
    echo "child: $rest\n";
    exit(0);
}
pcntl_waitpid($child, $status);
for ($rest = 0; $replay->valid(); $replay->next()) {
    $rest++;
}
echo "parent: $rest\n";

// Another store in its place is not read as if it were the same.
$replay->rewind();
rename(dirname(store_path()), dirname(store_path()) . '.old');
fresh_store();
vestnik_submit_batch(some_messages(10));
try {
    for ($seen = 0; $replay->valid(); $replay->next()) {
        $seen++;
    }
} catch (Vestnik\StoreException $trouble) {
    echo "$seen: ", $trouble->getMessage(), "\n";
}
echo var_export($replay->valid(), true), "\n";
remove_folder(dirname(store_path()) . '.old');
drop_store();
?>
--CLEAN--
<?php
require __DIR__ . '/store.inc';
remove_folder(__DIR__ . '/replay-process.tmp');
remove_folder(__DIR__ . '/replay-process.tmp.old');
?>
--EXPECT--
3001
little memory
child: 2501
parent: 2501
256: the store was replaced while its decisions were replayed
false
