--TEST--
vestnik_template_render: values of every type, filters, faults that never show a value
--EXTENSIONS--
vestnik
--FILE--
<?php
require __DIR__ . '/store.inc';

$vars = ['name' => 'Анна', 'n' => 5, 'sum' => 1990.5, 'third' => 1 / 3, 'zero' => 0, 'none' => null];
$templates = [
    '{name}, заказ {n}', '{sum|money:₽}', '{third}', '{zero}', '{none|друг}', '{{n}}', '',
    '{n} {n|plural:товар,товара,товаров}',
];
foreach ($templates as $template) {
    echo vestnik_template_render($template, $vars), "\n";
}
setlocale(LC_ALL, 'de_DE.UTF-8', 'ru_RU.UTF-8');
echo vestnik_template_render('{x}', ['x' => 0.5]), "\n";

$faults = [
    ['{none}', $vars],
    ['{secret', $vars],
    ['{x}', ['x' => '']],
    ['{x}', ['x' => true]],
    ['{x}', ['x' => []]],
    ['{x}', ['x' => new ArrayObject()]],
    ['{x}', ['x' => NAN]],
    ['{x}', ['x' => "\xff"]],
    ['{x}', ['x' => "a\0b"]],
    ['{x}', ["\xff" => 'a']],
    ['{x}', ['79990000001' => true]],
    ["\xff", []],
    [str_repeat('a', 1000000), []],
];
foreach ($faults as [$template, $values]) {
    echo thrown(fn () => vestnik_template_render($template, $values)), "\n";
}
?>
--EXPECT--
Анна, заказ 5
1 990,50 ₽
0.3333333333333333
0
друг
{n}

5 товаров
0.5
ValueError: template: {none}: there is no such variable (character 0)
ValueError: template: opening brace without a closing one; write {{ for a literal brace (character 0)
ValueError: template: {x}: the variable is empty (character 0)
TypeError: vars.x: must be of type string, int, float or null, bool given
TypeError: vars.x: must be of type string, int, float or null, array given
TypeError: vars.x: must be of type string, int, float or null, ArrayObject given
ValueError: vars.x: expected a finite number
ValueError: vars.x: malformed UTF-8
ValueError: vars.x: a NUL byte
ValueError: vars: a key: malformed UTF-8
TypeError: vars.(a number): must be of type string, int, float or null, bool given
ValueError: vestnik_template_render(): Argument #1 ($template) must be well-formed UTF-8
ValueError: vestnik_template_render(): Argument #1 ($template) must not be longer than 10000 characters
