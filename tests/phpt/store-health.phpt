--TEST--
Health: keys that hold, problems named, a backup that is a store again
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/store-health.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store();

vestnik_submit(order_message());
vestnik_submit(order_message(['not_before' => NOON + 60]));
$health = vestnik_health();
echo implode(' ', array_keys($health)), "\n";
echo line(pick($health, 'version', 'now', 'settings_version', 'in_doubt')), "\n";
echo line(pick($health['store'], 'driver', 'schema', 'clock', 'hold', 'bound')), "\n";
echo line($health['queue']['service']), "\n";
echo line(array_column($health['problems'], 'code')), "\n";
var_dump($health['store']['path'] === realpath(store_path()), $health['workers']);

// The heartbeat comes with the first slice.
vestnik_dispatch(0);
$worker = vestnik_health()['workers'][0];
echo implode(' ', array_keys($worker)), "\n";
var_dump($worker['pid'] === getmypid(), $worker['alive'], $worker['inode'] === fileinode(store_path()));

echo "-- backup\n";
$target = dirname(store_path()) . '/backup.db';
$result = vestnik_backup($target);
var_dump($result['path'] === $target, $result['bytes'] === filesize($target), fileperms($target) & 0777);
echo strtok(thrown(fn () => vestnik_backup($target)), ':'), "\n";
echo thrown(fn () => vestnik_backup('')), "\n";
echo thrown(fn () => vestnik_backup("a\0b")), "\n";
echo strtok(thrown(fn () => vestnik_backup(dirname($target) . '/no/such/folder/b.db')), ':'), "\n";
ini_set('open_basedir', dirname($target));
echo thrown(fn () => vestnik_backup('/elsewhere.db')), "\n";

echo "-- migration: nothing to do, and the handle is opened anew\n";
echo line(vestnik_store_migrate()), "\n";
// Still whole after all that.
echo vestnik_submit(order_message())['state'], "\n";
drop_store();
?>
--EXPECT--
version now store settings_version queue in_flight in_doubt providers limits ledger events numbering workers problems
{"version":"0.1.0","now":1780304400,"settings_version":1,"in_doubt":0}
{"driver":"sqlite","schema":"1.1","clock":"manual","hold":null,"bound":false}
{"queued":1,"deferred":1,"held":0,"oldest_due_s":0,"next_due":1780304400}
["no_worker","manual_clock","numbering_absent"]
bool(true)
array(0) {
}
slot pid host user version ini started seen alive inode
bool(true)
bool(true)
bool(true)
-- backup
bool(true)
bool(true)
int(384)
ValueError
ValueError: vestnik_backup(): Argument #1 ($target) cannot be empty
ValueError: vestnik_backup(): Argument #1 ($target) must not contain any null bytes
Vestnik\StoreException
ValueError: vestnik_backup(): Argument #1 ($target) must lie inside of open_basedir
-- migration: nothing to do, and the handle is opened anew
{"major":1,"from_minor":1,"to_minor":1}
queued
