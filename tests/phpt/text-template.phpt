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
