--TEST--
A store belongs to one installation
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/store-bind.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store();

$shop = ['id' => 'shop-1', 'document_root' => '/home/bitrix/www', 'database' => 'sitemanager'];
foreach ([[], ['id' => ''], ['id' => 5], $shop + ['colour' => 'red'], ['id' => "\xff"] + $shop] as $wrong) {
    echo thrown(fn () => vestnik_store_bind($wrong)), "\n";
}
var_dump(vestnik_health()['store']['bound']);
var_dump(vestnik_store_bind($shop), vestnik_store_bind($shop));
echo line(vestnik_health()['store']['bound']), "\n";
foreach ([['id' => 'shop-2'], ['document_root' => '/home/bitrix/test'], ['database' => 'copy']] as $other) {
    echo thrown(fn () => vestnik_store_bind($other + $shop)), "\n";
}
echo line(vestnik_health()['store']['bound']), "\n";
drop_store();
?>
--EXPECT--
ValueError: installation.id: missing
ValueError: installation.id: expected 1 to 63 bytes
TypeError: installation.id: expected a string
ValueError: installation.colour: unknown key
ValueError: id: malformed UTF-8
bool(false)
NULL
NULL
true
Vestnik\StoreException: the store belongs to another installation: "shop-1"
Vestnik\StoreException: the store belongs to another installation: "shop-1"
Vestnik\StoreException: the store belongs to another installation: "shop-1"
true
