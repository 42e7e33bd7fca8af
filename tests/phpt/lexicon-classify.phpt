--TEST--
vestnik_text_classify: what a text is and why, and bad input
--EXTENSIONS--
vestnik
--FILE--
<?php
require __DIR__ . '/store.inc';

$texts = [
    ['Заказ 1234 передан в доставку, 12.06 с 10 до 14'],
    ['Заказ 1234 передан. Промокод на следующий заказ внутри'],
    ['Код 4821 для входа', 'authentication'],
    ['Код 4821. Дарим 300 бонусов', 'authentication'],
    ['Заказ 1234 передан в доставку', 'advertising'],
    [''],
];
foreach ($texts as $arguments) {
    $result = vestnik_text_classify(...$arguments);
    echo $result['category'], ' ', line($result['reasons'][0]), "\n";
}
echo thrown(fn () => vestnik_text_classify('а', 'spam')), "\n";
echo thrown(fn () => vestnik_text_classify("\xd0")), "\n";
echo thrown(fn () => vestnik_text_classify(str_repeat('я', 10001))), "\n";
?>
--EXPECT--
service {"match":"Заказ 1234","position":0,"length":10,"why":"сообщение об исполнении заказа или договора","why_en":"news of an order or a contract"}
advertising {"match":"Промокод","position":20,"length":8,"why":"промокод или купон","why_en":"a promo code or a coupon"}
authentication {"match":"Код","position":0,"length":3,"why":"код или пароль","why_en":"a code or a password"}
advertising {"match":"Дарим 300 бонусов","position":10,"length":17,"why":"бонусы как повод покупать","why_en":"bonuses as a reason to buy"}
advertising {"match":"","position":0,"length":0,"why":"заявлено как реклама","why_en":"declared as advertising"}
advertising {"match":"","position":0,"length":0,"why":"не всё в тексте говорит о заказе или договоре","why_en":"not all of the text is about an order or a contract"}
ValueError: vestnik_text_classify(): Argument #2 ($declared) must be one of "advertising", "service", or "authentication"
ValueError: vestnik_text_classify(): Argument #1 ($text) must be well-formed UTF-8
ValueError: vestnik_text_classify(): Argument #1 ($text) must not be longer than 10000 characters
