--TEST--
vestnik_text_measure: a result may be changed, and the next one does not show it
--EXTENSIONS--
vestnik
--FILE--
<?php
function offenders(): array
{
    return vestnik_text_measure(str_repeat('я', 132) . 'ЁёАя«я')['offenders'];
}

$before = json_encode(offenders());
$mine = offenders();
$mine[0]['char'] = 'x';
unset($mine[1]['position']);
foreach ($mine as &$entry) {
    $entry['more'] = true;
    $entry['replacement'] ??= '?';
}
unset($entry);
sort($mine);
array_walk_recursive($mine, static function (&$value): void {
    $value = null;
});
$copy = unserialize(serialize(offenders()));
$copy[0]['char'] .= '!';
$object = (object) offenders()[0];
$object->char = 'z';
var_dump(json_encode(offenders()) === $before, json_encode($copy[5]) === json_encode(offenders()[5]));
var_dump(array_column(offenders(), 'char', 'position')[133], offenders()[136]);
gc_collect_cycles();
var_dump(json_encode(offenders()) === $before);
?>
--EXPECT--
bool(true)
bool(true)
string(2) "ё"
array(3) {
  ["char"]=>
  string(2) "«"
  ["position"]=>
  int(136)
  ["replacement"]=>
  string(1) """
}
bool(true)
