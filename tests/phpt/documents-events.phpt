--TEST--
Documents: versions, lists, bad names; events: cursor and limit
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/documents-events.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store();

var_dump(vestnik_document_get('template', 'F'));
var_dump(vestnik_document_put('template', 'F', ['text' => 'Заказ {n}']));
var_dump(vestnik_document_put('template', 'F', ['text' => 'Заказ {n} готов'], 1));
echo thrown(fn () => vestnik_document_put('template', 'F', ['text' => 'старый'], 1)), "\n";
echo thrown(fn () => vestnik_document_put('template', 'F', ['text' => 'новый'], 0)), "\n";
var_dump(vestnik_document_put('template', 'G', [], 0));
vestnik_document_put('survey', 'F', [1, 2]);
echo line(vestnik_document_get('template', 'F')), "\n", line(vestnik_document_get('template', 'G')), "\n";
foreach ([[], ['kind' => 'template'], ['kind' => 'template', 'sort' => '-id'], ['kind' => 'none']] as $filter) {
    $names = array_map(fn ($item) => "$item[kind]/$item[id]", vestnik_document_list($filter)['items']);
    echo implode(' ', $names), ' ', vestnik_document_count($filter), "\n";
}
$first = vestnik_document_list([], 2);
echo count($first['items']), ' ', count(vestnik_document_list([], 2, $first['next'])['items']), "\n";
var_dump(vestnik_document_delete('template', 'G'), vestnik_document_delete('template', 'G'));

foreach ([['', 'F'], ['template', ''], [str_repeat('k', 1000), 'F'], ['template', str_repeat('i', 1000)], ["\xff", 'F']] as [$kind, $id]) {
    echo thrown(fn () => vestnik_document_put($kind, $id, [])), "\n";
}
echo thrown(fn () => vestnik_document_put('template', 'F', [], -1)), "\n";
echo thrown(fn () => vestnik_document_put('template', 'F', ['x' => str_repeat('a', 2000000)])), "\n";
echo thrown(fn () => vestnik_document_list(['colour' => 'red'])), "\n";
echo thrown(fn () => vestnik_document_list(['sort' => 'size'])), "\n";

echo "-- events\n";
foreach (range(1, 3) as $i) {
    vestnik_submit(order_message(['phone' => "+7999000010$i"]));
}
dispatch_all();
$events = vestnik_events();
foreach ($events as $event) {
    echo implode(' ', array_keys($event)), ': ', $event['number'], ' ', $event['type'], ' ', $event['phone'], "\n";
}
$some = vestnik_events($events[1]['number'], 2);
var_dump($some === array_slice($events, 2, 2), vestnik_events(end($events)['number']));
foreach ([[-1], [0, 0], [0, 10001]] as $arguments) {
    echo thrown(fn () => vestnik_events(...$arguments)), "\n";
}
drop_store();
?>
--EXPECT--
NULL
int(1)
int(2)
Vestnik\StoreException: stale version: the document was changed meanwhile; read it again
Vestnik\StoreException: stale version: the document was changed meanwhile; read it again
int(1)
{"kind":"template","id":"F","version":2,"changed":1780304400,"document":{"text":"Заказ {n} готов"}}
{"kind":"template","id":"G","version":1,"changed":1780304400,"document":[]}
survey/F template/F template/G 3
template/F template/G 2
template/G template/F 2
 0
2 1
bool(true)
bool(false)
ValueError: kind: expected 1 to 64 bytes
ValueError: id: expected 1 to 191 bytes
ValueError: kind: expected 1 to 64 bytes
ValueError: id: expected 1 to 191 bytes
ValueError: vestnik_document_put(): Argument #1 ($kind) must be well-formed UTF-8
ValueError: vestnik_document_put(): Argument #4 ($version) must not be below 0
ValueError: document: larger than 1 MiB as JSON
ValueError: filter.colour: unknown key
ValueError: filter.sort: not a column that this list can be sorted by
-- events
number at type message phone entity data: 1 message.accepted +79990000101
number at type message phone entity data: 2 message.delivered +79990000101
number at type message phone entity data: 3 message.accepted +79990000102
number at type message phone entity data: 4 message.delivered +79990000102
number at type message phone entity data: 5 message.accepted +79990000103
number at type message phone entity data: 6 message.delivered +79990000103
bool(true)
array(0) {
}
ValueError: vestnik_events(): Argument #1 ($after) must not be below 0
ValueError: vestnik_events(): Argument #2 ($limit) must be between 1 and 10000
ValueError: vestnik_events(): Argument #2 ($limit) must be between 1 and 10000
