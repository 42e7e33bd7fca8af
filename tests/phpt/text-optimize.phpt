--TEST--
vestnik_text_optimize: what changes, what stays, what it costs, options and bad input
--EXTENSIONS--
vestnik
--FILE--
<?php
require __DIR__ . '/store.inc';

function show(string $text, array $options = []): void
{
    $result = vestnik_text_optimize($text, $options);
    echo json_encode($result['text'], JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES), "\n  ",
        line($result['before']), ' → ', line($result['after']), "\n";
    foreach ($result['changes'] as $change) {
        echo '  ', line($change), "\n";
    }
}

show('Order «42» — Rоmashka');
show('Заказ «42»  готов — cкидкa');
show('Заказ № 42 готов: https://shop.example/о {имя|друг}', ['transliterate' => 'readable']);
show('Подъезд', ['transliterate' => 'icao']);
show('Order «42»  ok', ['typography' => false, 'spaces' => false, 'homoglyphs' => false, 'transliterate' => null]);
show('');

$text = str_repeat('я', 69) . '  ';
$optimized = vestnik_text_optimize($text);
var_dump($optimized['before']['segments'], $optimized['after']['segments']);
var_dump(vestnik_text_optimize('a', ['spaces' => true])['text']);

foreach (
    [
        ['translit' => 'icao'],
        ['transliterate' => 'gost'],
        ['transliterate' => true],
        ['spaces' => 1],
        [5 => true],
        ['+79990000001' => true],
    ] as $options
) {
    echo thrown(fn () => vestnik_text_optimize('a', $options)), "\n";
}
foreach (["\xd0", "a\0b", str_repeat('a', 10001)] as $text) {
    echo thrown(fn () => vestnik_text_optimize($text)), "\n";
}
?>
--EXPECT--
"Order \"42\" - Romashka"
  {"encoding":"UCS-2","units":21,"segments":1,"remaining":49} → {"encoding":"GSM-7","units":21,"segments":1,"remaining":139}
  {"kind":"typography","position":6,"from":"«","to":"\""}
  {"kind":"typography","position":9,"from":"»","to":"\""}
  {"kind":"typography","position":11,"from":"—","to":"-"}
  {"kind":"homoglyph","position":14,"from":"о","to":"o"}
"Заказ «42» готов — скидка"
  {"encoding":"UCS-2","units":26,"segments":1,"remaining":44} → {"encoding":"UCS-2","units":25,"segments":1,"remaining":45}
  {"kind":"space","position":10,"from":"  ","to":" "}
  {"kind":"homoglyph","position":20,"from":"c","to":"с"}
  {"kind":"homoglyph","position":25,"from":"a","to":"а"}
"Zakaz № 42 gotov: https://shop.example/о {имя|друг}"
  {"encoding":"UCS-2","units":51,"segments":1,"remaining":19} → {"encoding":"UCS-2","units":51,"segments":1,"remaining":19}
  {"kind":"transliteration","position":0,"from":"Заказ","to":"Zakaz"}
  {"kind":"transliteration","position":11,"from":"готов","to":"gotov"}
"Podieezd"
  {"encoding":"UCS-2","units":7,"segments":1,"remaining":63} → {"encoding":"GSM-7","units":8,"segments":1,"remaining":152}
  {"kind":"transliteration","position":0,"from":"Подъезд","to":"Podieezd"}
"Order «42»  ok"
  {"encoding":"UCS-2","units":14,"segments":1,"remaining":56} → {"encoding":"UCS-2","units":14,"segments":1,"remaining":56}
""
  {"encoding":"GSM-7","units":0,"segments":0,"remaining":160} → {"encoding":"GSM-7","units":0,"segments":0,"remaining":160}
int(2)
int(1)
string(1) "a"
ValueError: options: unknown key translit
ValueError: options.transliterate: expected "icao" or "readable"
TypeError: options.transliterate: must be of type ?string, bool given
TypeError: options.spaces: must be of type bool, int given
ValueError: options: unknown key 5
ValueError: options: unknown key (not a plain name)
ValueError: vestnik_text_optimize(): Argument #1 ($text) must be well-formed UTF-8
ValueError: vestnik_text_optimize(): Argument #1 ($text) must not contain any null bytes
ValueError: vestnik_text_optimize(): Argument #1 ($text) must not be longer than 10000 characters
