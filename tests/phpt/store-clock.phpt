--TEST--
The manual clock moves only forward and only by vestnik_clock; a store with the system's clock has none
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/store-clock.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store(null);

var_dump(vestnik_health()['now']);
vestnik_clock(NOON);
vestnik_clock(NOON);
echo thrown(fn () => vestnik_clock(NOON - 1)), "\n";
echo thrown(fn () => vestnik_clock(-1)), "\n";
echo thrown(fn () => vestnik_clock(PHP_INT_MAX)), "\n";
var_dump(vestnik_health()['now'] === NOON);
vestnik_configure(shop_settings());
$id = vestnik_submit(order_message())['id'];
usleep(2000);
var_dump(vestnik_message($id)['created_ms'] === NOON * 1000, vestnik_health()['now'] === NOON);

// Another process with the same file and another idea of its clock.
$other = str_replace('?clock=manual', '', ini_get('vestnik.store'));
function run(string $store, string $code): string
{
    return trim(shell_exec(getenv('VESTNIK_PHP') . ' -d ' . escapeshellarg("vestnik.store=\"$store\"") . ' -r '
        . escapeshellarg("try { $code } catch (Throwable \$e) { echo get_class(\$e), ': ', \$e->getMessage(); }") . ' 2>&1') ?? '');
}
echo strtok(run($other, 'vestnik_health();'), ':'), "\n";
$system = str_replace('s.db', 'system.db', $other);
echo run($system, 'echo abs(vestnik_health()["now"] - time()) < 10 ? "now" : "not now";'), "\n";
echo run($system, 'vestnik_clock(time());'), "\n";
drop_store();
?>
--EXPECT--
int(0)
ValueError: the clock does not go back
ValueError: the clock cannot show this instant
ValueError: the clock cannot show this instant
bool(true)
bool(true)
bool(true)
ValueError
now
ValueError: this store's clock is the system's: only a store made with ?clock=manual is set
