--TEST--
What a text says decides what it is: category, findings with the words that decided, route, and the settings of these rules
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/check-content.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store(NOON, [
    'providers' => ['smsru' => ['api_id' => 'x', 'url' => 'http://127.0.0.1:9'], 'sandbox' => []],
    'senders' => ['Romashka' => []],
    'routes' => [['provider' => 'sandbox', 'category' => 'advertising'], ['provider' => 'smsru']],
    'rules' => [
        'R20' => ['words' => ['голубчик*']],
        'R24' => ['allow' => ['Big Rose']],
        'R26' => ['hosts' => ['partner.example']],
        'R31' => ['templates' => ['Код %d', 'Заказ %d %w{1,9}']],
    ],
]);
vestnik_consent_grant('+79990000001', [
    'source' => 'checkout', 'wording' => 'Согласен получать рекламу', 'confirmed_by' => 'code', 'pre_ticked' => false,
    'separate' => true,
]);
$show = static function (array $message): void {
    $decision = vestnik_check($message + [
        'phone' => '+79990000001', 'category' => 'service', 'order' => '1234', 'approved_by' => 'Иванова',
        'timezone' => 'Europe/Moscow',
    ]);
    echo "$message[text]\n  $decision[verdict] as $decision[category]\n";
    foreach ($decision['findings'] as $finding) {
        echo "  $finding[rule] $finding[code] $finding[verdict]", isset($finding['acknowledged']) && $finding['acknowledged']
            ? ' acknowledged' : '', "\n";
        if (in_array($finding['rule'], ['R02', 'R20', 'R21', 'R26'], true)) {
            echo "    $finding[explanation]\n";
        }
    }
};
$show(['text' => 'Заказ 1234 передан в доставку']);
$show(['text' => 'Заказ 1234 передан в доставку. Промокод ROZA на следующий заказ: −10 %']);
$show(['text' => 'Заказ 1234 готов: romashka.example/o/1', 'links' => ['https://romashka.example/o/1']]);
$show(['text' => 'Заказ 1234 готов: romashka.example/new', 'links' => ['https://romashka.example/o/1']]);
$show(['text' => 'Заказ 1234 ждёт вас, голубчик']);
$show(['text' => 'Скидка 20 % на пиво и Big Rose: partner.example/x', 'category' => 'advertising', 'acknowledged' => ['R17']]);
$show(['text' => 'Скидки до 70 %: clck.ru/abc', 'category' => 'advertising', 'acknowledged' => ['R23', 'R17']]);
$show(['text' => 'Код 4821', 'category' => 'authentication']);

echo "-- what became advertising goes the way of advertising\n";
foreach (['', '. Промокод ROZA'] as $more) {
    $receipt = vestnik_submit([
        'phone' => '+79990000001', 'category' => 'service', 'order' => '1234', 'approved_by' => 'Иванова',
        'timezone' => 'Europe/Moscow', 'text' => "Заказ 1234 передан в доставку: romashka.example/o/1$more",
    ]);
    $message = vestnik_message($receipt['id']);
    echo "$receipt[verdict] $message[category] $message[provider]\n";
}

echo "-- settings that cannot be read\n";
$bad = [
    ['R02' => ['words' => ['акци*', 'ра*ст']]],
    ['R20' => ['words' => ['дурак', 'сер(дц']]],
    ['R21' => ['words' => ['!пиво']]],
    ['R22' => ['texts' => ['credit' => ['<прил>']]]],
    ['R26' => ['hosts' => ['https://shop.example/']]],
    ['R31' => ['templates' => ['Код %d{0}']]],
];
foreach ($bad as $rules) {
    try {
        vestnik_configure(['rules' => $rules] + shop_settings());
    } catch (Vestnik\SettingsException $e) {
        echo $e->getMessage(), "\n";
    }
}
echo implode(', ', vestnik_settings()['rules']['R20']['words']), "\n";
drop_store();
?>
--EXPECT--
Заказ 1234 передан в доставку
  send as service
Заказ 1234 передан в доставку. Промокод ROZA на следующий заказ: −10 %
  refuse as advertising
  R02 promotional rewrite
    В тексте есть реклама: «Промокод» (промокод или купон), «на следующий заказ» (приглашение вернуться или напоминание о непокупке), «−10 %» (процент скидки). Поэтому всё сообщение — реклама, и действуют её правила: согласие, часы, частота, отказ. Уберите эти слова, если нужно сервисное SMS.
  R17 seller_unnamed warn
  R18 opt_out_added rewrite
  R19 source_added rewrite
Заказ 1234 готов: romashka.example/o/1
  send as service
Заказ 1234 готов: romashka.example/new
  refuse as advertising
  R02 link_not_of_order rewrite
    Ссылки нет среди ссылок заказа (links): «romashka.example/new». Ссылка не на заказ, оплату, чек или отзыв — реклама. Добавьте её в links, если она относится к заказу, или уберите.
  R18 opt_out_added rewrite
  R19 source_missing refuse
Заказ 1234 ждёт вас, голубчик
  refuse as service
  R20 forbidden_word refuse
    В тексте слова, которые запрещают ваши настройки (rules.R20.words): «голубчик». Это ваше правило, а не закон.
Скидка 20 % на пиво и Big Rose: partner.example/x
  refuse as advertising
  R17 seller_unnamed warn acknowledged
  R18 opt_out_added rewrite
  R19 source_missing refuse
  R21 forbidden_goods refuse
    Это нельзя рекламировать по SMS, даже с согласия человека: алкоголь («пиво»). Уберите это из текста. Штраф — от 100 до 500 тыс. ₽ (ч. 1 ст. 14.3 КоАП), за рекламу обхода блокировок — от 200 до 500 тыс. ₽ (ч. 18 ст. 14.3); операторы штрафуют и по договору.
Скидки до 70 %: clck.ru/abc
  refuse as advertising
  R17 seller_unnamed warn acknowledged
  R18 opt_out_added rewrite
  R19 source_added rewrite
  R23 claim_without_terms warn acknowledged
  R26 link_shortener refuse
    Ссылка через общий сокращатель: «clck.ru». Такие SMS операторы блокируют как спам, а человек не видит, куда ведёт ссылка. Возьмите ссылку на своём домене (sites.*.link_host). Это практика операторов, не норма закона.
Код 4821
  send as authentication
-- what became advertising goes the way of advertising
send service smsru
send advertising sandbox
-- settings that cannot be read
rules.R02.words.1: a letter behind '*', or a digit behind '#'
rules.R20.words.1: a '(' without ')'
rules.R21.words.0: words can only be added here, not excepted
rules.R22.texts.credit.0: an unknown class
rules.R26.hosts.0: expected a host such as shop.example
rules.R31.templates.0: expected bounds such as {4} or {1,5}, of 1 to 99
голубчик*
