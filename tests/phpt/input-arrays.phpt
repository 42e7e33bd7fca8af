--TEST--
Arrays that become JSON: wrong types, malformed text, depth, cycles and references
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/input-arrays.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store();

function nested(int $levels): array
{
    $array = [];
    for ($level = 1; $level < $levels; $level++) {
        $array = [$array];
    }
    return $array;
}

$cycle = ['a' => 1];
$cycle['self'] = &$cycle;
$wide = [];
$wide = [&$wide, &$wide, &$wide];

$bad = [
    ['x' => new ArrayObject()],
    ['x' => ['y' => STDIN]],
    ['x' => NAN],
    ['x' => -INF],
    ['x' => "\xed\xa0\x80"],
    ['x' => "\xc0\x80"],
    ['x' => "a\0"],
    ["\xff" => 1],
    ["a\0b" => 1],
    ['+79990000001' => ["\xff"]],
    ['x' => fn () => 1],
    nested(65),
    $cycle,
    $wide,
];
foreach ($bad as $document) {
    echo thrown(fn () => vestnik_document_put('template', 'bad', $document)), "\n";
}
unset($document);
var_dump(vestnik_document_get('template', 'bad'));

$shared = ['n' => 1];
$good = [
    'null' => null, 'bool' => true, 'int' => PHP_INT_MIN, 'float' => 0.1, 'whole' => 2.0, 'text' => 'Ёж 😀',
    'list' => [1, [2, []]], 'map' => ['a' => ['b' => 'c']], 'gaps' => [3 => 'x', 7 => 'y'], 'negative' => [-1 => 'z'],
    'again' => [&$shared, &$shared], 'deep' => nested(63),
];
vestnik_document_put('template', 'good', $good);
$back = vestnik_document_get('template', 'good')['document'];
var_dump($back === $good);
// The array that was given is as it was.
var_dump($good['again'], isset($cycle['self']['self']['a']));

foreach (['vestnik_stop_add', 'vestnik_stop_remove', 'vestnik_consent_grant', 'vestnik_consent_withdraw'] as $function) {
    echo thrown(fn () => $function("+7\xff", [])), "\n", thrown(fn () => $function('+79990000001', ['x' => STDIN])), "\n";
}
foreach (['vestnik_message_list', 'vestnik_stop_list', 'vestnik_document_list'] as $function) {
    echo thrown(fn () => $function(['x' => STDIN])), "\n", thrown(fn () => $function([], 0)), "\n";
    echo thrown(fn () => $function([], 1001)), "\n", thrown(fn () => $function([], 10, "\xff")), "\n";
}
// The cycles are the test's own.
$bad = $cycle = $wide = null;
gc_collect_cycles();
drop_store();
?>
--EXPECT--
TypeError: x: must be null, bool, int, float, string or array, ArrayObject given
TypeError: x.y: must be null, bool, int, float, string or array, resource given
ValueError: x: expected a finite number
ValueError: x: expected a finite number
ValueError: x: malformed UTF-8
ValueError: x: malformed UTF-8
ValueError: x: a NUL byte
ValueError: a key: malformed UTF-8
ValueError: a key: a NUL byte
ValueError: (not a plain name).0: malformed UTF-8
TypeError: x: must be null, bool, int, float, string or array, Closure given
ValueError: 0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.…: nested deeper than 64 levels
ValueError: self: an array that contains itself
ValueError: 0: an array that contains itself
NULL
bool(true)
array(2) {
  [0]=>
  &array(1) {
    ["n"]=>
    int(1)
  }
  [1]=>
  &array(1) {
    ["n"]=>
    int(1)
  }
}
bool(true)
ValueError: vestnik_stop_add(): Argument #1 ($phone) must be well-formed UTF-8
TypeError: x: must be null, bool, int, float, string or array, resource given
ValueError: vestnik_stop_remove(): Argument #1 ($phone) must be well-formed UTF-8
TypeError: x: must be null, bool, int, float, string or array, resource given
ValueError: vestnik_consent_grant(): Argument #1 ($phone) must be well-formed UTF-8
TypeError: x: must be null, bool, int, float, string or array, resource given
ValueError: vestnik_consent_withdraw(): Argument #1 ($phone) must be well-formed UTF-8
TypeError: x: must be null, bool, int, float, string or array, resource given
TypeError: x: must be null, bool, int, float, string or array, resource given
ValueError: vestnik_message_list(): Argument #2 ($limit) must be between 1 and 1000
ValueError: vestnik_message_list(): Argument #2 ($limit) must be between 1 and 1000
ValueError: vestnik_message_list(): Argument #3 ($after) must be well-formed UTF-8
TypeError: x: must be null, bool, int, float, string or array, resource given
ValueError: vestnik_stop_list(): Argument #2 ($limit) must be between 1 and 1000
ValueError: vestnik_stop_list(): Argument #2 ($limit) must be between 1 and 1000
ValueError: vestnik_stop_list(): Argument #3 ($after) must be well-formed UTF-8
TypeError: x: must be null, bool, int, float, string or array, resource given
ValueError: vestnik_document_list(): Argument #2 ($limit) must be between 1 and 1000
ValueError: vestnik_document_list(): Argument #2 ($limit) must be between 1 and 1000
ValueError: vestnik_document_list(): Argument #3 ($after) must be well-formed UTF-8
