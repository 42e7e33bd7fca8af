--TEST--
vestnik_numbering_import: the result, what is refused, and the old file kept
--EXTENSIONS--
vestnik
--FILE--
<?php
require __DIR__ . '/numbering.inc';
$folder = numbering_folder('import');
$target = "$folder/plan";

function attempt(string $csv, string $target): string
{
    try {
        return json_encode(array_diff_key(vestnik_numbering_import($csv, $target), ['path' => 0, 'imported' => 0, 'bytes' => 0]));
    } catch (Throwable $error) {
        return get_class($error) . ': ' . str_replace(dirname($target), '', $error->getMessage());
    }
}

$result = vestnik_numbering_import(numbering_csv("$folder/csv"), $target);
echo implode(' ', array_keys($result)), "\n";
var_dump($result['path'] === $target, $result['bytes'] === filesize($target), abs($result['imported'] - time()) < 60);
var_dump(decoct(fileperms($target) & 0777));
echo attempt("$folder/csv", $target), "\n";
$before = file_get_contents($target);

file_put_contents("$folder/html", '<!DOCTYPE html><h1>403 Forbidden</h1>');
echo attempt("$folder/html", $target), "\n";
echo attempt(numbering_csv("$folder/bad", ['999;0000000;0000049;51;ООО "Первый";-;Камчатский край;7700000001']), $target), "\n";
echo attempt(numbering_csv("$folder/small", [NUMBERING_ROWS[2]]), $target), "\n";
echo attempt("$folder/absent", $target), "\n";
echo attempt("$folder/csv", "$folder/absent/plan"), "\n";
echo attempt("$folder/csv", "$folder/html"), "\n";
echo attempt('', $target), "\n";
echo attempt("$folder/csv", "a\0b"), "\n";
var_dump(file_get_contents($target) === $before, count(glob("$target*")));
// An unknown territory is told: its numbers have no zone.
echo attempt(numbering_csv("$folder/new", [...NUMBERING_ROWS, '999;5000000;5000009;10;ООО "Первый";-;Страна Оз;7700000001']), $target), "\n";

ini_set('open_basedir', $folder);
echo attempt('/etc/hostname', $target), "\n";
echo attempt("$folder/csv", '/elsewhere/plan'), "\n";
drop_folder($folder);
?>
--EXPECT--
path bytes imported ranges numbers operators territories unknown_territories unknown_territory
bool(true)
bool(true)
bool(true)
string(3) "644"
{"ranges":4,"numbers":1000200,"operators":2,"territories":4,"unknown_territories":0,"unknown_territory":null}
ValueError: csv: a web page instead of the numbering plan; the source refused
ValueError: csv: line 2: the capacity is not that of the range
ValueError: csv: 50 numbers, less than half of the present plan's; remove that file first if it is so
Vestnik\StoreException: numbering: the file cannot be opened: No such file or directory
Vestnik\StoreException: numbering: no file can be created beside the target: No such file or directory
ValueError: target: another kind of file, which is not overwritten
ValueError: vestnik_numbering_import(): Argument #1 ($csv) cannot be empty
ValueError: vestnik_numbering_import(): Argument #2 ($target) must not contain any null bytes
bool(true)
int(1)
{"ranges":5,"numbers":1000210,"operators":2,"territories":5,"unknown_territories":1,"unknown_territory":"\u0421\u0442\u0440\u0430\u043d\u0430 \u041e\u0437"}
ValueError: vestnik_numbering_import(): Argument #1 ($csv) must lie inside of open_basedir
ValueError: vestnik_numbering_import(): Argument #2 ($target) must lie inside of open_basedir
