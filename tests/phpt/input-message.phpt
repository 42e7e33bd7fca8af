--TEST--
Bad messages: the key is named, the value never, nothing needs a store
--EXTENSIONS--
vestnik
--FILE--
<?php
require __DIR__ . '/store.inc';

$bad = [
    ['phnoe' => '+79990000001'],
    ['79990000001' => 'x'],
    [5 => 'x'],
    ["te\0xt" => 'x'],
    ["\xff" => 'x'],
    [str_repeat('k', 1000) => 'x'],
    ['phone' => 79990000001],
    ['phone' => ['+79990000001']],
    ['phone' => "+7999\xff0000001"],
    ['text' => "a\0b"],
    ['text' => true],
    ['text' => new ArrayObject()],
    ['text' => fopen('php://memory', 'r')],
    ['category' => 1.5],
    ['not_before' => '1780304400'],
    ['not_before' => 0],
    ['valid_until' => -1],
    ['valid_until' => 1.0],
    ['debt' => 1],
    ['debt' => 'yes'],
    ['tags' => 'summer'],
    ['tags' => ['a' => 'summer']],
    ['tags' => ['summer', 5]],
    ['tags' => ["\xc3\x28"]],
    ['acknowledged' => ['R23', null]],
    ['order' => 10.5],
    ['order' => true],
    ['customer' => []],
    ['vars' => 'x'],
    ['vars' => ['name' => false]],
    ['vars' => ['name' => ['x']]],
    ['vars' => ['name' => INF]],
    ['vars' => ['name' => "\xff"]],
    ['vars' => ['+79990000001' => "\xff"]],
    ['vars' => ["\xff" => 'x']],
];
foreach ($bad as $keys) {
    $checked = thrown(fn () => vestnik_check($keys));
    $submitted = thrown(fn () => vestnik_submit($keys));
    echo $checked, $checked === $submitted ? '' : " BUT $submitted", "\n";
}
foreach ([null, 'text', 5, new ArrayObject()] as $message) {
    echo thrown(fn () => vestnik_submit($message)), "\n";
}
?>
--EXPECT--
ValueError: unknown key phnoe
ValueError: unknown key (a number)
ValueError: unknown key 5
ValueError: unknown key (not a plain name)
ValueError: unknown key (not a plain name)
ValueError: unknown key (not a plain name)
TypeError: phone: must be of type string, int given
TypeError: phone: must be of type string, array given
ValueError: phone: malformed UTF-8
ValueError: text: a NUL byte
TypeError: text: must be of type string, bool given
TypeError: text: must be of type string, ArrayObject given
TypeError: text: must be of type string, resource given
TypeError: category: must be of type string, float given
TypeError: not_before: must be of type int, string given
ValueError: not_before: expected Unix seconds above 0
ValueError: valid_until: expected Unix seconds above 0
TypeError: valid_until: must be of type int, float given
TypeError: debt: must be of type bool, int given
TypeError: debt: must be of type bool, string given
TypeError: tags: must be of type list of strings, string given
TypeError: tags: must be of type list of strings, array given
TypeError: tags: must be of type list of strings, int given
ValueError: tags: malformed UTF-8
TypeError: acknowledged: must be of type list of strings, null given
TypeError: order: must be of type string or int, float given
TypeError: order: must be of type string or int, bool given
TypeError: customer: must be of type string or int, array given
TypeError: vars: must be of type array, string given
TypeError: vars.name: must be of type string, int, float or null, bool given
TypeError: vars.name: must be of type string, int, float or null, array given
ValueError: vars.name: expected a finite number
ValueError: vars.name: malformed UTF-8
ValueError: vars.(not a plain name): malformed UTF-8
ValueError: vars: a key: malformed UTF-8
TypeError: vestnik_submit(): Argument #1 ($message) must be of type array, null given
TypeError: vestnik_submit(): Argument #1 ($message) must be of type array, string given
TypeError: vestnik_submit(): Argument #1 ($message) must be of type array, int given
TypeError: vestnik_submit(): Argument #1 ($message) must be of type array, ArrayObject given
