--TEST--
vestnik_template_worst_case: the dearest of all values, its cost, faults with position and bad input
--EXTENSIONS--
vestnik
--FILE--
<?php
require __DIR__ . '/store.inc';

function show(string $template, array $values): void
{
    echo line(vestnik_template_worst_case($template, $values)), "\n";
}

show('Order {n} for {name}', ['n' => [1, 1000, 12.5], 'name' => ['Alexander', 'Яна']]);
show('Order {n} for {name|you}', ['n' => 7, 'name' => ['Li', '', null]]);
show('{a}{a}', ['a' => [str_repeat('b', 100), 'я']]);
show('{_7} {x|upper}', ['_7' => 'seven', 'x' => ['eks']]);
show('plain', []);
show('{x}', ['x' => '{y}']);

foreach (
    [
        ['Order {n', []],
        ['Order {n}', []],
        ['Order {n}', ['n' => ['1', ' ']]],
        ['Sum: {n|money}', ['n' => ['1', 'much']]],
        ['{n}', ['n' => []]],
        ['{n}', ['n' => [['1']]]],
        ['{n}', ['n' => true]],
        ['{n}', ['n' => ["\xd0"]]],
        ['{n}', ["\xd0" => 1]],
        ["{n}\0", ['n' => 1]],
    ] as [$template, $values]
) {
    echo thrown(fn () => vestnik_template_worst_case($template, $values)), "\n";
}
?>
--EXPECT--
{"text":"Order 1000 for Яна","encoding":"UCS-2","units":18,"segments":1,"remaining":52,"vars":{"n":"1000","name":"Яна"}}
{"text":"Order 7 for you","encoding":"GSM-7","units":15,"segments":1,"remaining":145,"vars":{"n":"7","name":""}}
{"text":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","encoding":"GSM-7","units":200,"segments":2,"remaining":106,"vars":{"a":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}}
{"text":"seven EKS","encoding":"GSM-7","units":9,"segments":1,"remaining":151,"vars":{"_7":"seven","x":"eks"}}
{"text":"plain","encoding":"GSM-7","units":5,"segments":1,"remaining":155,"vars":[]}
{"text":"{y}","encoding":"GSM-7","units":5,"segments":1,"remaining":155,"vars":{"x":"{y}"}}
ValueError: template: opening brace without a closing one; write {{ for a literal brace (character 6)
ValueError: template: {n}: there is no such variable (character 6)
ValueError: template: {n}: the variable is empty (character 6)
ValueError: template: {n}: the value is not an amount of money (character 5)
ValueError: values.n: expected one value at least
TypeError: values.n: must be of type string, int, float or null, array given
TypeError: values.n: must be of type string, int, float or null, bool given
ValueError: values.n: malformed UTF-8
ValueError: values: a key: malformed UTF-8
ValueError: vestnik_template_worst_case(): Argument #1 ($template) must not contain any null bytes
