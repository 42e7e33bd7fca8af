--TEST--
Messages: one by id, lists, counts, cancel, hold and release
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/message-list.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store();

$ids = [];
foreach (range(1, 7) as $i) {
    vestnik_clock(NOON + $i);
    $ids[$i] = vestnik_submit(order_message([
        'phone' => $i % 2 ? '+79990000001' : '+79990000002', 'order' => (string) $i, 'tags' => [$i > 4 ? 'new' : 'old'],
        'not_before' => NOON + 86400,
    ]))['id'];
}
function orders(array $page): string
{
    return implode(' ', array_column($page['items'], 'order')) . ($page['next'] === null ? '' : ' …');
}

echo "-- one\n";
$message = vestnik_message($ids[3]);
echo line(pick($message, 'order', 'phone', 'state', 'text', 'tags', 'created_ms')), "\n";
echo implode(' ', array_keys($message)), "\n";
var_dump($message === vestnik_message(strtolower($ids[3])));
$guess = $ids[3];
$guess[25] = $guess[25] === '0' ? '1' : '0';
var_dump(vestnik_message($guess), vestnik_message('no id'), vestnik_message(''));

echo "-- lists\n";
echo orders(vestnik_message_list()), "\n";
echo orders(vestnik_message_list(['sort' => 'created'])), "\n";
$page = vestnik_message_list([], 3);
while (true) {
    echo orders($page), "\n";
    if ($page['next'] === null) {
        break;
    }
    $page = vestnik_message_list([], 3, $page['next']);
}
$filters = [
    ['phone' => '+79990000002'], ['phone' => '8 999 000-00-02', 'tag' => 'new'], ['order' => '5'], ['tag' => 'old'],
    ['id' => $ids[2]], ['state' => 'deferred'], ['state' => ['queued', 'refused']], ['from' => NOON + 3, 'to' => NOON + 5],
    ['offset' => 5], ['entity' => 'main', 'category' => 'service', 'held' => false],
];
foreach ($filters as $filter) {
    echo line(array_diff_key($filter, ['id' => 1])), ': ', orders(vestnik_message_list($filter)), "\n";
    if (!isset($filter['offset'])) {
        assert(vestnik_message_count($filter) === count(vestnik_message_list($filter)['items']));
    }
}
var_dump(vestnik_message_count([]), vestnik_message_count([], 5));

echo "-- changes\n";
var_dump(vestnik_hold(['order' => '1']), vestnik_hold(['order' => '1']), vestnik_message($ids[1])['held']);
var_dump(vestnik_release(['tag' => 'old']), vestnik_message($ids[1])['held']);
var_dump(vestnik_cancel(['phone' => '+79990000002']), vestnik_cancel(['phone' => '+79990000002']));
echo vestnik_message($ids[2])['state'], ' ', vestnik_message($ids[1])['state'], "\n";

echo "-- refused\n";
foreach (['vestnik_cancel', 'vestnik_hold', 'vestnik_release'] as $function) {
    echo thrown(fn () => $function([])), "\n";
}
$bad = [
    ['colour' => 'red'], ['phone' => 'нет'], ['phone' => 5], ['state' => 'flying'], ['state' => []], ['from' => '1'],
    ['id' => 'x'], ['sort' => 'text'], ['offset' => 10001], ['held' => 1], ['entity' => 'nobody'], [1, 2],
];
foreach ($bad as $filter) {
    echo thrown(fn () => vestnik_message_list($filter)), "\n";
}
echo thrown(fn () => vestnik_message_list([], 10, 'not a cursor')), "\n";
echo thrown(fn () => vestnik_message_count([], 0)), "\n";
drop_store();
?>
--EXPECT--
-- one
{"order":"3","phone":"+79990000001","state":"deferred","text":"Заказ 1042 передан в доставку","tags":["old"],"created_ms":1780304403000}
id entity phone category state held waits text encoding units segments sender provider key campaign order customer site basis approved_by debt not_before valid_until due attempts reason provider_message provider_code created_ms sending_ms accepted_ms final_ms timezones tags findings
bool(true)
NULL
NULL
NULL
-- lists
7 6 5 4 3 2 1
1 2 3 4 5 6 7
7 6 5 …
4 3 2 …
1
{"phone":"+79990000002"}: 6 4 2
{"phone":"8 999 000-00-02","tag":"new"}: 6
{"order":"5"}: 5
{"tag":"old"}: 4 3 2 1
[]: 2
{"state":"deferred"}: 7 6 5 4 3 2 1
{"state":["queued","refused"]}: 
{"from":1780304403,"to":1780304405}: 4 3
{"offset":5}: 2 1
{"entity":"main","category":"service","held":false}: 7 6 5 4 3 2 1
int(7)
int(5)
-- changes
int(1)
int(0)
bool(true)
int(1)
bool(false)
int(3)
int(0)
cancelled deferred
-- refused
ValueError: filter: empty; name what is meant
ValueError: filter: empty; name what is meant
ValueError: filter: empty; name what is meant
ValueError: filter.colour: unknown key
ValueError: phone: not a phone number that can be read
TypeError: filter.phone: expected a string
ValueError: filter.state: not one of the known words
ValueError: filter.state: an empty list matches nothing
TypeError: filter.from: expected a whole number from 0 to 253402300799
ValueError: filter.id: not a message id
ValueError: filter.sort: not a column that this list can be sorted by
ValueError: filter.offset: expected a whole number from 0 to 10000
TypeError: filter.held: expected true or false
ValueError: filter.entity: not one of settings.entities
TypeError: filter: expected an array with named keys
ValueError: after: not a cursor that this list gave
ValueError: vestnik_message_count(): Argument #2 ($stop_at) must be greater than 0
