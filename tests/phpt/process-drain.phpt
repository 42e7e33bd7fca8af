--TEST--
The end of a script settles what is on the wire, also after exit() and a fatal error
--EXTENSIONS--
vestnik
posix
--FILE--
<?php
require __DIR__ . '/store.inc';
require __DIR__ . '/gateway.inc';
$folder = __DIR__ . '/process-drain.tmp';
remove_folder($folder);
mkdir($folder, 0700);
$gateway = new Gateway("$folder/gateway.log", 300);
$dsn = "sqlite:$folder/s.db?clock=manual";
$settings = var_export(wire_settings($gateway->url), true);
echo run_with_store($dsn, "vestnik_clock(NOON); vestnik_configure($settings + shop_settings()); echo 'ready';"), "\n";

$send = 'vestnik_submit(order_message(["phone" => "%s"])); do { $slice = vestnik_dispatch(5); } while ($slice["sent"] === 0);'
    . ' echo $slice["in_flight"], " in flight "; %s';
$endings = [
    '+79990000101' => '', '+79990000102' => 'exit(0);', '+79990000103' => 'register_shutdown_function(fn () => exit(3));',
    '+79990000104' => 'ini_set("display_errors", "0"); ini_set("log_errors", "0"); eval("function line() {}");',
];
foreach ($endings as $phone => $ending) {
    echo run_with_store($dsn, sprintf($send, $phone, $ending)), "\n";
}
echo run_with_store($dsn, 'foreach (vestnik_message_list(["sort" => "created"])["items"] as $m) echo $m["state"], " ", $m["attempts"], "\n";'), "\n";
echo line($gateway->phones()), "\n";
$gateway->stop();
remove_folder($folder);
?>
--EXPECT--
ready
1 in flight
1 in flight
1 in flight
1 in flight
accepted 1
accepted 1
accepted 1
accepted 1
["79990000101","79990000102","79990000103","79990000104"]
