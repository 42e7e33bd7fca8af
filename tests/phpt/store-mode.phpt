--TEST--
Files are the user's own, or the group's with vestnik.store_mode
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/store-mode.tmp/deep/er/s.db?clock=manual"
vestnik.store_mode=0660
--FILE--
<?php
require __DIR__ . '/store.inc';
$folder = __DIR__ . '/store-mode.tmp';
function modes(string $folder): void
{
    clearstatcache();
    foreach (['deep', 'deep/er', 'deep/er/s.db', 'deep/er/s.db-wal', 'deep/er/s.db-lock'] as $name) {
        printf("%s %o\n", $name, fileperms("$folder/$name") & 0777);
    }
}
remove_folder($folder);
mkdir($folder, 0700);
umask(0077);
vestnik_clock(NOON);
modes($folder);
remove_folder($folder);

echo "-- by default\n";
mkdir($folder, 0700);
echo run_with_store(ini_get('vestnik.store'), 'umask(0); vestnik_clock(NOON);');
modes($folder);
remove_folder($folder);
?>
--EXPECT--
deep 770
deep/er 770
deep/er/s.db 660
deep/er/s.db-wal 660
deep/er/s.db-lock 660
-- by default
deep 700
deep/er 700
deep/er/s.db 600
deep/er/s.db-wal 600
deep/er/s.db-lock 600
