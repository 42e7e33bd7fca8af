--TEST--
A web process: one handle over all requests, no store under the document root, no migration, no long wait
--EXTENSIONS--
vestnik
--SKIPIF--
<?php
if (trim(shell_exec('command -v sqlite3') ?? '') === '') {
    die('skip needs the sqlite3 command, to hold the store');
}
?>
--FILE--
<?php
require __DIR__ . '/store.inc';
require __DIR__ . '/web.inc';
$folder = __DIR__ . '/process-web.tmp';
remove_folder($folder);
mkdir("$folder/www", 0700, true);
chmod($folder, 0700);
$shown = fn (string $text) => str_replace($folder, '…', $text);

$page = <<<'PHP'
    $_SERVER['DOCUMENT_ROOT'] = '/elsewhere';
    switch ($_GET['do'] ?? '') {
        case 'configure':
            vestnik_clock(NOON);
            vestnik_configure(shop_settings());
            echo 'configured';
            break;
        case 'submit':
            echo vestnik_submit(order_message())['state'], ' ';
            vestnik_dispatch(100);
            echo vestnik_message_count(['state' => 'delivered']);
            break;
        case 'descriptors':
            vestnik_health();
            echo count(array_filter(glob('/proc/self/fd/*'), fn ($fd) => str_ends_with((string) @readlink($fd), '.db')));
            break;
        default:
            $_GET['do']();
    }
    PHP;
$server = new WebServer("$folder/www", "sqlite:$folder/s.db?clock=manual", $page);
foreach (['configure', 'submit', 'submit', 'submit', 'descriptors', 'vestnik_store_migrate'] as $what) {
    echo $shown($server->get("do=$what")), "\n";
}

echo "-- somebody holds the store\n";
$holder = proc_open(['sqlite3', "$folder/s.db"], [['pipe', 'r'], ['pipe', 'w'], ['pipe', 'w']], $pipes);
fwrite($pipes[0], "BEGIN IMMEDIATE;\nSELECT 'held';\n");
echo fgets($pipes[1]), $server->get('do=submit'), "\n";
fclose($pipes[0]);
proc_close($holder);
echo $server->get('do=submit'), "\n";

echo "-- the store's file is replaced between two requests\n";
array_map('unlink', glob("$folder/s.db*"));
echo $server->get('do=configure'), ' ', $server->get('do=submit'), "\n";
$server->stop();

echo "-- under the document root\n";
$server = new WebServer("$folder/www", "sqlite:$folder/www/data/s.db", $page);
mkdir("$folder/www/data", 0700);
echo $shown($server->get('do=vestnik_health')), "\n";
var_dump(glob("$folder/www/data/*"));
$server->stop();
remove_folder($folder);
?>
--EXPECT--
configured
queued 1
queued 2
queued 3
1
Vestnik\StoreException: a web process does not migrate the store: run it in the command line
-- somebody holds the store
held
Vestnik\StoreException: begin: the store is busy (SQLite 5) (may be tried again)
queued 4
-- the store's file is replaced between two requests
configured queued 1
-- under the document root
Vestnik\StoreException: the store lies under the document root, where the web server would hand it out: move it elsewhere (…/www/data/s.db)
array(0) {
}
