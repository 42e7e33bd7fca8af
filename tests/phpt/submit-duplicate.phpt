--TEST--
The same key returns the first message's receipt; a refused message keeps no key
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/submit-duplicate.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store();

$first = vestnik_submit(order_message(['key' => '1042:F']));
$second = vestnik_submit(order_message(['key' => '1042:F', 'text' => 'Совсем другой текст']));
var_dump($first['duplicate'], $second['duplicate'], $second['id'] === $first['id'], $second['text'] === $first['text']);
var_dump(array_keys($second) === array_keys($first), vestnik_message_count([]));

// Also when the first was cancelled.
var_dump(vestnik_cancel(['id' => $first['id']]));
$third = vestnik_submit(order_message(['key' => '1042:F']));
var_dump($third['duplicate'], $third['state'], $third['id'] === $first['id']);

// Findings of the first message come back with the duplicate.
$long = ['key' => '1043:F', 'text' => str_repeat('Заказ 1043 готов. ', 25) . '!'];
$warned = vestnik_submit(order_message($long));
$again = vestnik_submit(order_message($long));
var_dump($again['duplicate'], $warned['findings'] !== [], $again['findings'] === $warned['findings']);

// A refused message frees its key for a corrected one.
$refused = vestnik_submit(order_message(['key' => '1044:F', 'phone' => '12']));
$corrected = vestnik_submit(order_message(['key' => '1044:F']));
var_dump($refused['verdict'], $corrected['verdict'], $corrected['duplicate']);
drop_store();
?>
--EXPECT--
bool(false)
bool(true)
bool(true)
bool(true)
bool(true)
int(1)
int(1)
bool(true)
string(9) "cancelled"
bool(true)
bool(true)
bool(true)
bool(true)
string(6) "refuse"
string(4) "send"
bool(false)
