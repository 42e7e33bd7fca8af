--TEST--
phpinfo() shows the versions of the libraries that run, and no secret
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/ini-phpinfo.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
$settings = shop_settings();
$settings['providers']['smsru'] = ['api_id' => 'a-secret-of-ours'];
fresh_store(NOON, $settings);

ob_start();
phpinfo(INFO_MODULES);
$info = ob_get_clean();
foreach (['Version', 'Rules', 'SQLite library', 'libcurl', 'jansson'] as $row) {
    echo $row, ' ', preg_match("/^$row => [0-9][0-9.-]+\$/m", $info), "\n";
}
var_dump(str_contains($info, 'a-secret-of-ours'), phpversion('vestnik') === vestnik_health()['version']);
drop_store();
?>
--EXPECT--
Version 1
Rules 1
SQLite library 1
libcurl 1
jansson 1
bool(false)
bool(true)
