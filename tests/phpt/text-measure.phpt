--TEST--
vestnik_text_measure: encodings, units, segments, offenders and bad input
--EXTENSIONS--
vestnik
--FILE--
<?php
require __DIR__ . '/store.inc';

$texts = [
    '',
    'Order 1042',
    '10 €',
    str_repeat('a', 160),
    str_repeat('a', 161),
    str_repeat('я', 70),
    str_repeat('я', 71),
    '😀',
];
foreach ($texts as $text) {
    $measure = vestnik_text_measure($text);
    echo line(pick($measure, 'encoding', 'units', 'segments', 'remaining')), ' ', count($measure['offenders']), "\n";
}
var_dump(vestnik_text_measure('“Hi” я')['offenders']);

foreach (["\xd0", "a\0b", str_repeat('a', 10001), str_repeat('я', 1000000)] as $text) {
    echo thrown(fn () => vestnik_text_measure($text)), "\n";
}
echo vestnik_text_measure(str_repeat('я', 10000))['segments'], "\n";
?>
--EXPECT--
{"encoding":"GSM-7","units":0,"segments":0,"remaining":160} 0
{"encoding":"GSM-7","units":10,"segments":1,"remaining":150} 0
{"encoding":"GSM-7","units":5,"segments":1,"remaining":155} 0
{"encoding":"GSM-7","units":160,"segments":1,"remaining":0} 0
{"encoding":"GSM-7","units":161,"segments":2,"remaining":145} 0
{"encoding":"UCS-2","units":70,"segments":1,"remaining":0} 70
{"encoding":"UCS-2","units":71,"segments":2,"remaining":63} 71
{"encoding":"UCS-2","units":2,"segments":1,"remaining":68} 1
array(3) {
  [0]=>
  array(3) {
    ["char"]=>
    string(3) "“"
    ["position"]=>
    int(0)
    ["replacement"]=>
    string(1) """
  }
  [1]=>
  array(3) {
    ["char"]=>
    string(3) "”"
    ["position"]=>
    int(3)
    ["replacement"]=>
    string(1) """
  }
  [2]=>
  array(3) {
    ["char"]=>
    string(2) "я"
    ["position"]=>
    int(5)
    ["replacement"]=>
    NULL
  }
}
ValueError: vestnik_text_measure(): Argument #1 ($text) must be well-formed UTF-8
ValueError: vestnik_text_measure(): Argument #1 ($text) must not contain any null bytes
ValueError: vestnik_text_measure(): Argument #1 ($text) must not be longer than 10000 characters
ValueError: vestnik_text_measure(): Argument #1 ($text) must not be longer than 10000 characters
150
