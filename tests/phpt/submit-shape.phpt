--TEST--
Check and submit: the shape of a decision and of a receipt, and what each verdict brings
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/submit-shape.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store();

$decision = vestnik_check(order_message());
var_dump($decision);
// No effect.
var_dump(vestnik_message_count([]), vestnik_events());

$receipt = vestnik_submit(order_message());
var_dump(array_slice($receipt, 0, 8) === $decision, array_slice(array_keys($receipt), 8));
var_dump(preg_match('/^[0-9A-HJKMNP-TV-Z]{26}$/', $receipt['id']), $receipt['state'], $receipt['duplicate']);

echo "-- refused: every cause with its basis, in both languages\n";
$refused = vestnik_submit(['phone' => '+79990000001', 'category' => 'advertising', 'text' => 'Новая коллекция в Ромашке']);
echo $refused['verdict'], ' ', $refused['state'], "\n";
foreach ($refused['findings'] as $finding) {
    echo implode(' ', array_keys($finding)), ': ', $finding['rule'], ' ', $finding['code'], ' ', $finding['verdict'], ' ';
    $words = [$finding['basis'], $finding['explanation'], $finding['basis_en'], $finding['explanation_en']];
    echo count(array_filter($words, fn ($word) => is_string($word) && $word !== '')), "\n";
}

echo "-- deferred: a future not_before\n";
$deferred = vestnik_submit(order_message(['not_before' => NOON + 3600]));
echo line(pick($deferred, 'verdict', 'due', 'state', 'findings')), "\n";

echo "-- the zone of the message\n";
echo line(vestnik_check(order_message(['timezone' => 'Asia/Kamchatka']))['timezones']), "\n";

echo "-- an order or customer may be a number, variables scalars, null is absent\n";
$templated = vestnik_submit([
    'phone' => '8 (999) 000-00-02',
    'category' => 'service',
    'template' => 'Заказ {n}: {sum} р., {name|покупатель}',
    'vars' => ['n' => 1042, 'sum' => 199.5, 'name' => null],
    'order' => 1042,
    'customer' => 7,
    'tags' => ['a', 'b'],
    'text' => null,
    'sender' => null,
]);
echo $templated['text'], "\n";
echo line(pick(vestnik_message($templated['id']), 'phone', 'order', 'customer', 'tags', 'sender')), "\n";

echo "-- a phone that cannot be read is a decision\n";
$unreadable = vestnik_submit(order_message(['phone' => 'нет телефона']));
echo $unreadable['verdict'], ' ', implode(' ', array_column($unreadable['findings'], 'rule')), "\n";
drop_store();
?>
--EXPECT--
array(8) {
  ["verdict"]=>
  string(4) "send"
  ["category"]=>
  string(7) "service"
  ["text"]=>
  string(50) "Заказ 1042 передан в доставку"
  ["encoding"]=>
  string(5) "UCS-2"
  ["segments"]=>
  int(1)
  ["due"]=>
  NULL
  ["timezones"]=>
  array(0) {
  }
  ["findings"]=>
  array(0) {
  }
}
int(0)
array(0) {
}
bool(true)
array(3) {
  [0]=>
  string(2) "id"
  [1]=>
  string(5) "state"
  [2]=>
  string(9) "duplicate"
}
int(1)
string(6) "queued"
bool(false)
-- refused: every cause with its basis, in both languages
refuse refused
rule code verdict basis explanation basis_en explanation_en: R03 consent_missing refuse 4
rule code verdict basis explanation basis_en explanation_en: R10 approval_missing refuse 4
rule code verdict basis explanation basis_en explanation_en: R17 seller_unnamed warn 4
rule code verdict basis explanation basis_en explanation_en: R18 opt_out_added rewrite 4
-- deferred: a future not_before
{"verdict":"defer","due":1780308000,"state":"deferred","findings":[]}
-- the zone of the message
["Asia/Kamchatka"]
-- an order or customer may be a number, variables scalars, null is absent
Заказ 1042: 199.5 р., покупатель
{"phone":"+79990000002","order":"1042","customer":"7","tags":["a","b"],"sender":"Romashka"}
-- a phone that cannot be read is a decision
refuse R32
