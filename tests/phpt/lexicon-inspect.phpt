--TEST--
vestnik_text_inspect: findings, categories, words of one's own and bad input
--EXTENSIONS--
vestnik
--FILE--
<?php
require __DIR__ . '/store.inc';

foreach (['Ты идиот, х у й', 'Скидка 20 % на всё: bit.ly/abc', 'Заказ 15 собран', 'Зaкaз', ''] as $text) {
    foreach (vestnik_text_inspect($text) as $finding) {
        echo line($finding), "\n";
    }
    echo "-\n";
}

$text = 'Лучший мангал и скидки конкурентов';
echo line(array_column(vestnik_text_inspect($text, ['categories' => ['superlative']]), 'match')), "\n";
echo line(vestnik_text_inspect($text, ['categories' => [], 'words' => ['мангал*', 'конкурент*']])), "\n";
echo line(vestnik_text_inspect('мaнгaл', ['categories' => [], 'words' => ['grill' => ['мангал*'], 'rival' => ['конкурент*']]])), "\n";
echo line(vestnik_text_inspect('мангальщик', ['categories' => [], 'words' => ['мангал*', '!мангальщик']])), "\n";
echo line(vestnik_text_inspect('мангал', ['categories' => [], 'words' => []])), "\n";

$bad = [
    ["\xd0", []],
    ["a\0b", []],
    [str_repeat('я', 10001), []],
    ['а', ['word' => []]],
    ['а', ['words' => 'слово']],
    ['а', ['words' => [1]]],
    ['а', ['words' => ['(секрет']]],
    ['а', ['words' => ["а\nб"]]],
    ['а', ['words' => ['a' => 'слово']]],
    ['а', ['words' => array_fill_keys(array_map(static fn (int $i): string => "c$i", range(0, 64)), ['а'])]],
    ['а', ['categories' => 'insult']],
    ['а', ['categories' => ['секрет']]],
    ['а', ['categories' => [1]]],
];
foreach ($bad as [$text, $options]) {
    echo thrown(fn () => vestnik_text_inspect($text, $options)), "\n";
}
?>
--EXPECT--
{"category":"insult","match":"идиот","position":3,"length":5}
{"category":"profanity","match":"х у й","position":10,"length":5}
-
{"category":"promotion","match":"Скидка","position":0,"length":6}
{"category":"promotion","match":"20 % на всё","position":7,"length":11}
{"category":"shortener","match":"bit.ly","position":20,"length":6}
-
-
{"category":"mixed_alphabet","match":"Зaкaз","position":0,"length":5}
-
-
["Лучший"]
[{"category":"words","match":"мангал","position":7,"length":6},{"category":"words","match":"конкурентов","position":23,"length":11}]
[{"category":"grill","match":"мaнгaл","position":0,"length":6}]
[]
[]
ValueError: vestnik_text_inspect(): Argument #1 ($text) must be well-formed UTF-8
ValueError: vestnik_text_inspect(): Argument #1 ($text) must not contain any null bytes
ValueError: vestnik_text_inspect(): Argument #1 ($text) must not be longer than 10000 characters
ValueError: options.word: unknown key
TypeError: options.words: expected a list, or lists by category
TypeError: options.words: expected strings
ValueError: options.words: entry 1: a '(' without ')'
ValueError: options.words: a word of several lines
TypeError: options.words: expected a list, or lists by category
ValueError: options.words: expected at most 64 categories
TypeError: options.categories: expected a list of strings
ValueError: options.categories: an unknown category
TypeError: options.categories: expected a list of strings
