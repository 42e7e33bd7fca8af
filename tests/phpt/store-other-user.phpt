--TEST--
A store belongs to one user: another one, root too, is refused with both names; read-only is refused
--EXTENSIONS--
vestnik
--SKIPIF--
<?php
if (trim(shell_exec('id -u')) !== '0') {
    die('skip needs root, to become another user');
}
?>
--FILE--
<?php
require __DIR__ . '/store.inc';
$folder = sys_get_temp_dir() . '/vestnik-other-user-' . getmypid();
mkdir($folder, 0700);
chown($folder, (int) shell_exec('id -u nobody')); // a thread-safe debug PHP cannot look names up
$dsn = "sqlite:$folder/s.db?clock=manual";
$shown = fn (string $text) => str_replace($folder, '…', $text);
$as_nobody = 'posix_setgid(posix_getpwnam("nobody")["gid"]); posix_setuid(posix_getpwnam("nobody")["uid"]); ';
$submit = 'echo vestnik_submit(order_message())["state"];';

echo run_with_store($dsn, $as_nobody . 'vestnik_clock(NOON); vestnik_configure(shop_settings());' . $submit), "\n";
clearstatcache();
foreach (['', '/s.db', '/s.db-wal'] as $name) {
    printf("%s %o\n", $name, fileperms($folder . $name) & 0777);
}
echo $shown(run_with_store($dsn, $submit)), "\n";
echo $shown(run_with_store($dsn, 'vestnik_store_migrate();')), "\n";
echo run_with_store($dsn, $as_nobody . 'echo vestnik_message_count([]);'), " message\n";

echo "-- read-only\n";
chmod("$folder/s.db", 0400);
echo $shown(run_with_store($dsn, $as_nobody . $submit)), "\n";
chmod("$folder/s.db", 0600);
echo run_with_store($dsn, $as_nobody . 'echo vestnik_message_count([]);'), " message\n";
chmod($folder, 0500);
echo $shown(run_with_store("sqlite:$folder/new.db", $as_nobody . 'vestnik_health();')), "\n";
chmod($folder, 0700);
var_dump(file_exists("$folder/new.db"));

echo "-- the folder of another user\n";
mkdir("$folder/mine", 0700);
echo $shown(run_with_store("sqlite:$folder/mine/s.db", $as_nobody . 'vestnik_health();')), "\n";
remove_folder($folder);
?>
--EXPECT--
queued
 700
/s.db 600
/s.db-wal 600
Vestnik\StoreException: the store belongs to nobody, this process runs as root: run it as that user, sudo -u nobody … (…/s.db)
Vestnik\StoreException: the store belongs to nobody, this process runs as root: run it as that user, sudo -u nobody … (…/s.db)
1 message
-- read-only
Vestnik\StoreException: open: the store is read-only (SQLite 8)
1 message
Vestnik\StoreException: lock file of the store: Permission denied
bool(false)
-- the folder of another user
Vestnik\StoreException: file of the store: Permission denied (…/mine/s.db)
