--TEST--
vestnik_reply_parse: keywords, weak words, free text and bad input
--EXTENSIONS--
vestnik
--FILE--
<?php
require __DIR__ . '/store.inc';

$replies = [
    'СТОП', '«стоп!»', 'CNJG', 'ЫЕЩЗ', 'STOP SMS', 'отпсаться', 'otkaz', 'Стоп всё', 'нет', 'отмена', 'отмена рассылки',
    'START', 'помощь', 'уберите мой номер', 'достали, не пишите мне больше', 'не останавливайтесь',
    'стоп, а когда привезут заказ?', 'нет, спасибо, заберу сам', 'отмена заказа 15', '', '🙏',
];
foreach ($replies as $reply) {
    echo $reply, ': ', line(vestnik_reply_parse($reply)), "\n";
}
foreach (["\xd0", "a\0b", str_repeat('a', 10001)] as $text) {
    echo thrown(fn () => vestnik_reply_parse($text)), "\n";
}
echo vestnik_reply_parse(str_repeat('стоп ', 2000))['intent'], "\n";
?>
--EXPECT--
СТОП: {"intent":"stop","keyword":"СТОП","weak":false}
«стоп!»: {"intent":"stop","keyword":"СТОП","weak":false}
CNJG: {"intent":"stop","keyword":"СТОП","weak":false}
ЫЕЩЗ: {"intent":"stop","keyword":"STOP","weak":false}
STOP SMS: {"intent":"stop","keyword":"STOP","weak":false}
отпсаться: {"intent":"stop","keyword":"ОТПИСАТЬСЯ","weak":false}
otkaz: {"intent":"stop","keyword":"ОТКАЗ","weak":false}
Стоп всё: {"intent":"stop_all","keyword":"СТОП ВСЕ","weak":false}
нет: {"intent":"stop","keyword":"НЕТ","weak":true}
отмена: {"intent":"stop","keyword":"ОТМЕНА","weak":true}
отмена рассылки: {"intent":"stop","keyword":"ОТМЕНА","weak":false}
START: {"intent":"start","keyword":"START","weak":false}
помощь: {"intent":"help","keyword":"ПОМОЩЬ","weak":false}
уберите мой номер: {"intent":"review","keyword":null,"weak":false}
достали, не пишите мне больше: {"intent":"review","keyword":null,"weak":false}
не останавливайтесь: {"intent":"none","keyword":null,"weak":false}
стоп, а когда привезут заказ?: {"intent":"review","keyword":"СТОП","weak":false}
нет, спасибо, заберу сам: {"intent":"none","keyword":null,"weak":false}
отмена заказа 15: {"intent":"none","keyword":null,"weak":false}
: {"intent":"none","keyword":null,"weak":false}
🙏: {"intent":"none","keyword":null,"weak":false}
ValueError: vestnik_reply_parse(): Argument #1 ($text) must be well-formed UTF-8
ValueError: vestnik_reply_parse(): Argument #1 ($text) must not contain any null bytes
ValueError: vestnik_reply_parse(): Argument #1 ($text) must not be longer than 10000 characters
stop
