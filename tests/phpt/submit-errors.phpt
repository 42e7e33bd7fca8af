--TEST--
Messages that are refused with a ValueError by what they say; nothing is stored
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/submit-errors.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store(NOON, ['sites' => ['s1' => ['entity' => 'main']]]);

$bad = [
    ['phone' => null],
    ['phone' => ''],
    ['category' => null],
    ['category' => 'spam'],
    ['text' => null],
    ['text' => ''],
    ['text' => str_repeat('я', 10001)],
    ['text' => str_repeat('a', 1000000)],
    ['template' => 'x'],
    ['text' => null, 'template' => '{'],
    ['entity' => 'nobody'],
    ['provider' => 'nobody'],
    ['site' => 'nobody'],
    ['timezone' => 'Europe/Nowhere'],
    ['key' => ''],
    ['key' => str_repeat('k', 192)],
    ['order' => str_repeat('1', 1000)],
];
foreach ($bad as $keys) {
    echo thrown(fn () => vestnik_submit(order_message($keys))), "\n";
}
var_dump(vestnik_message_count([]));
// The longest text and key there may be.
$receipt = vestnik_submit(order_message(['text' => str_repeat('а', 10000), 'key' => str_repeat('k', 191)]));
var_dump($receipt['duplicate'], vestnik_message_count([]));
drop_store();
?>
--EXPECT--
ValueError: phone: missing
ValueError: phone: missing
ValueError: category: missing
ValueError: category: expected advertising, service or authentication
ValueError: text: missing (or template)
ValueError: text: empty
ValueError: text: longer than 10000 characters
ValueError: text: longer than 40000 bytes
ValueError: text, template: only one of them may be given
ValueError: template: opening brace without a closing one; write {{ for a literal brace at character 0
ValueError: entity: not one of settings.entities
ValueError: provider: not one of settings.providers
ValueError: site: not one of settings.sites
ValueError: timezone: not an IANA time zone
ValueError: key: expected 1 to 191 bytes
ValueError: key: longer than 191 bytes
ValueError: order: longer than 191 bytes
int(0)
bool(false)
int(1)
