--TEST--
submit_batch: when the iterable throws, earlier windows stay and the current one is dropped
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/batch-throws.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store();

function failing(int $after): Generator
{
    for ($i = 0; $i < $after; $i++) {
        yield ['phone' => '+7999' . sprintf('%07d', $i), 'category' => 'service', 'text' => 'Заказ', 'order' => '1'];
    }
    throw new DomainException("after $after");
}

echo thrown(fn () => vestnik_submit_batch(failing(0))), "\n";
echo thrown(fn () => vestnik_submit_batch(failing(100))), "\n";
var_dump(vestnik_message_count([]));

class Broken implements IteratorAggregate
{
    public function getIterator(): Iterator
    {
        throw new DomainException('no iterator');
    }
}
class Half implements Iterator
{
    public function __construct(private string $where) {}
    private function at(string $where): void { if ($where === $this->where) throw new DomainException($where); }
    public function rewind(): void { $this->at('rewind'); }
    public function valid(): bool { $this->at('valid'); return true; }
    public function current(): mixed { $this->at('current'); return order_message(); }
    public function key(): mixed { $this->at('key'); return 0; }
    public function next(): void { $this->at('next'); }
}
echo thrown(fn () => vestnik_submit_batch(new Broken())), "\n";
foreach (['rewind', 'valid', 'current', 'next'] as $where) {
    echo thrown(fn () => vestnik_submit_batch(new Half($where))), "\n";
}
var_dump(vestnik_message_count([]));

// A window holds at most 65,536 messages: at least the first is stored, the last one is dropped.
echo thrown(fn () => vestnik_submit_batch(failing(65536 + 5))), "\n";
$stored = vestnik_message_count([]);
var_dump($stored > 0 && $stored <= 65536);
// The store is free: nothing was left open.
echo vestnik_submit(order_message())['state'], "\n";
drop_store();
?>
--EXPECT--
DomainException: after 0
DomainException: after 100
int(0)
DomainException: no iterator
DomainException: rewind
DomainException: valid
DomainException: current
DomainException: next
int(0)
DomainException: after 65541
bool(true)
queued
