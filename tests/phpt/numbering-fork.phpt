--TEST--
vestnik.numbering: a forked child goes on with the plan it inherited, and takes over a new one by itself
--EXTENSIONS--
vestnik
pcntl
--INI--
vestnik.numbering={PWD}/numbering-fork.tmp/plan
--FILE--
<?php
require __DIR__ . '/store.inc';
require __DIR__ . '/numbering.inc';
$folder = __DIR__ . '/numbering-fork.tmp';
remove_folder($folder);
mkdir($folder);
vestnik_numbering_import(numbering_csv("$folder/csv"), "$folder/plan");
echo 'parent ', shown('+7 999 000-00-50'), "\n";
flush();
$pid = pcntl_fork();
if ($pid === 0) {
    $seen = shown('+7 999 000-00-50') . "\n";
    vestnik_numbering_import(
        numbering_csv("$folder/csv2", ['999;0000000;0999999;1000000;АО "Третий";-;Томская область;7700000003']),
        "$folder/plan"
    );
    usleep(1050000);
    file_put_contents("$folder/child.txt", $seen . shown('+7 999 000-00-50') . "\n");
    exit(0);
}
pcntl_waitpid($pid, $status);
echo file_get_contents("$folder/child.txt");
usleep(1050000);
echo 'parent ', shown('+7 999 000-00-50'), "\n";
?>
--CLEAN--
<?php
require __DIR__ . '/store.inc';
remove_folder(__DIR__ . '/numbering-fork.tmp');
?>
--EXPECT--
parent ["ПАО \"Второй\"","Камчатский край",["Asia/Kamchatka"]]
["ПАО \"Второй\"","Камчатский край",["Asia/Kamchatka"]]
["АО \"Третий\"","Томская область",["Asia/Tomsk"]]
parent ["АО \"Третий\"","Томская область",["Asia/Tomsk"]]
