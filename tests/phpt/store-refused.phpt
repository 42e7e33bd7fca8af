--TEST--
Stores that cannot be used: none, no database, no folder, a newer version, a full disk; nothing is half-written
--EXTENSIONS--
vestnik
--SKIPIF--
<?php
if (trim(shell_exec('command -v sqlite3') ?? '') === '') {
    die('skip needs the sqlite3 command, to make a store of a newer version');
}
?>
--FILE--
<?php
require __DIR__ . '/store.inc';
$folder = __DIR__ . '/store-refused.tmp';
remove_folder($folder);
mkdir($folder, 0700);
$shown = fn (string $text) => str_replace($folder, '…', $text);

echo "-- none\n";
foreach (['vestnik_settings', 'vestnik_health', 'vestnik_store_migrate', 'vestnik_dispatch'] as $function) {
    echo thrown($function), "\n";
}

echo "-- no database\n";
file_put_contents("$folder/garbage.db", str_repeat('not a database ', 1000));
chmod("$folder/garbage.db", 0600);
echo $shown(run_with_store("sqlite:$folder/garbage.db", 'vestnik_health();')), "\n";
echo run_with_store("sqlite:$folder/garbage.db", 'try { vestnik_health(); } catch (Vestnik\StoreException $e) { echo $e->getCode(); }'), "\n";
var_dump(file_get_contents("$folder/garbage.db") === str_repeat('not a database ', 1000));
mkdir("$folder/folder.db", 0700);
echo $shown(run_with_store("sqlite:$folder/folder.db", 'vestnik_health();')), "\n";

echo "-- a newer version\n";
$new = "$folder/new.db";
$make = 'vestnik_clock(NOON); vestnik_configure(shop_settings()); echo vestnik_submit(order_message())["state"];';
echo run_with_store("sqlite:$new?clock=manual", $make), "\n";
shell_exec('sqlite3 ' . escapeshellarg($new) . ' "UPDATE vst_version SET schema_major = schema_major + 1"');
echo $shown(run_with_store("sqlite:$new?clock=manual", 'vestnik_submit(order_message());')), "\n";
echo $shown(run_with_store("sqlite:$new?clock=manual", 'vestnik_store_migrate();')), "\n";
echo trim(shell_exec('sqlite3 ' . escapeshellarg($new) . ' "SELECT COUNT(*) FROM vst_message"')), " message\n";

echo "-- a full disk\n";
$full = "sqlite:$folder/full.db?clock=manual";
echo run_with_store($full, $make), "\n";
$blocks = intdiv(max(filesize("$folder/full.db"), filesize("$folder/full.db-wal")), 512) + 100;
$fill = 'for ($i = 0; $i < 5000; $i++) { try { vestnik_submit(order_message(["text" => str_repeat("я", 500)])); }'
    . ' catch (Vestnik\StoreException $e) { echo $i, " ", get_class($e); break; } }';
[$stored, $class] = explode(' ', run_with_store($full, $fill, "trap '' XFSZ; ulimit -f $blocks; ") . ' ');
var_dump($stored > 0, $class);
$count = run_with_store($full, 'echo vestnik_message_count([]);');
var_dump((int) $count === $stored + 1);
echo run_with_store($full, 'echo vestnik_submit(order_message())["state"];'), "\n";
echo trim(shell_exec('sqlite3 ' . escapeshellarg("$folder/full.db") . ' "PRAGMA integrity_check"')), "\n";
remove_folder($folder);
?>
--EXPECT--
-- none
Vestnik\SettingsException: vestnik.store: not set, or refused when PHP started; expected sqlite:/path/of/store.db
Vestnik\SettingsException: vestnik.store: not set, or refused when PHP started; expected sqlite:/path/of/store.db
Vestnik\SettingsException: vestnik.store: not set, or refused when PHP started; expected sqlite:/path/of/store.db
Vestnik\SettingsException: vestnik.store: not set, or refused when PHP started; expected sqlite:/path/of/store.db
-- no database
Vestnik\StoreException: open: the file is no SQLite database (SQLite 26)
26
bool(true)
Vestnik\StoreException: the store is not a regular file (…/folder.db)
-- a newer version
queued
Vestnik\StoreException: the store has schema 2.1, newer than this extension's 1.1: update it
Vestnik\StoreException: the store has schema 2.1, newer than this extension's 1.1: update it
1 message
-- a full disk
queued
bool(true)
string(22) "Vestnik\StoreException"
bool(true)
queued
ok
