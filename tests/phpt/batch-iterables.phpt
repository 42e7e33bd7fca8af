--TEST--
submit_batch: arrays and generators, bad rows counted, a generator that calls functions itself
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/batch-iterables.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store();

function rows(int $count, int $from = 0): Generator
{
    for ($i = $from; $i < $from + $count; $i++) {
        yield order_message(['phone' => sprintf('+7999000%04d', $i), 'key' => "row-$i"]);
    }
}

echo line(vestnik_submit_batch([])), "\n";
echo line(vestnik_submit_batch(iterator_to_array(rows(3)))), "\n";
echo line(vestnik_submit_batch(rows(5))), "\n";
echo line(vestnik_submit_batch(new ArrayIterator(iterator_to_array(rows(2, 10))))), "\n";

echo "-- verdicts, findings and bad rows\n";
$mixed = function () {
    yield order_message(['phone' => '+79990001001']);
    yield order_message(['phone' => '+79990001001', 'not_before' => NOON + 60]);
    yield ['phone' => '+79990001002', 'category' => 'advertising', 'text' => 'Новая коллекция'];
    yield order_message(['phone' => 'нет']);
    yield 'not an array';
    yield null;
    yield order_message(['colour' => 'red']);
    yield order_message(['text' => "\xff"]);
    yield order_message(['category' => 'spam']);
    yield order_message(['phone' => 79990001001]);
    yield order_message(['text' => str_repeat('a', 10001)]);
};
$result = vestnik_submit_batch($mixed());
ksort($result['codes']);
foreach ($result as $key => $value) {
    echo $key, ': ', line($value), "\n";
}

echo "-- 150 bad rows: the first 100 are named\n";
$result = vestnik_submit_batch(array_fill(0, 150, 5));
echo $result['invalid'], ' ', count($result['errors']), ' ', line(end($result['errors'])), "\n";

echo "-- functions called from inside, a batch in a batch\n";
$nesting = function () {
    yield order_message(['phone' => '+79990002001', 'key' => 'outer-1']);
    $one = vestnik_submit(order_message(['phone' => '+79990002002', 'key' => 'single']));
    echo 'single ', $one['state'], "\n";
    echo 'inner ', line(pick(vestnik_submit_batch(rows(3, 200)), 'total', 'send')), "\n";
    yield order_message(['phone' => '+79990002003', 'key' => 'outer-2', 'text' => $one['text'] . '!']);
    vestnik_dispatch(0);
    vestnik_document_put('template', 'x', ['text' => 'y']);
};
echo 'outer ', line(pick(vestnik_submit_batch($nesting()), 'total', 'send')), "\n";
var_dump(vestnik_submit(order_message(['phone' => '+79990002003', 'key' => 'outer-2']))['duplicate']);

echo "-- arguments\n";
echo strtok(thrown(fn () => vestnik_submit_batch('x')), ':'), "\n";
echo strtok(thrown(fn () => vestnik_submit_batch(new stdClass())), ':'), "\n";
echo thrown(fn () => vestnik_submit_batch([], ['window' => 5])), "\n";
drop_store();
?>
--EXPECT--
{"total":0,"send":0,"defer":0,"refuse":0,"duplicate":0,"invalid":0,"codes":[],"errors":[]}
{"total":3,"send":3,"defer":0,"refuse":0,"duplicate":0,"invalid":0,"codes":[],"errors":[]}
{"total":5,"send":2,"defer":0,"refuse":0,"duplicate":3,"invalid":0,"codes":[],"errors":[]}
{"total":2,"send":2,"defer":0,"refuse":0,"duplicate":0,"invalid":0,"codes":[],"errors":[]}
-- verdicts, findings and bad rows
total: 11
send: 1
defer: 1
refuse: 2
duplicate: 0
invalid: 7
codes: {"approval_missing":1,"consent_missing":1,"phone_invalid":1}
errors: [{"index":4,"reason":"a message must be an array"},{"index":5,"reason":"a message must be an array"},{"index":6,"reason":"unknown key colour"},{"index":7,"reason":"text: malformed UTF-8"},{"index":8,"reason":"category: expected advertising, service or authentication"},{"index":9,"reason":"phone: must be of type string, int given"},{"index":10,"reason":"text: longer than 10000 characters"}]
-- 150 bad rows: the first 100 are named
150 100 {"index":99,"reason":"a message must be an array"}
-- functions called from inside, a batch in a batch
outer single queued
inner {"total":3,"send":3}
{"total":2,"send":2}
bool(true)
-- arguments
TypeError
TypeError
ValueError: vestnik_submit_batch(): Argument #2 ($options) has an unknown key window
