--TEST--
INI entries: only for the system, checked when PHP starts; a refused value is not taken over
--EXTENSIONS--
vestnik
--FILE--
<?php
require __DIR__ . '/store.inc';

foreach (ini_get_all('vestnik') as $name => $entry) {
    echo $name, ' ', line($entry['global_value']), ' ', $entry['access'] === INI_SYSTEM ? 'system' : 'others too', ' ';
    var_dump(ini_set($name, 'x'));
}

function start(string $setting): string
{
    $code = 'echo line(array_map(fn ($e) => $e["global_value"], ini_get_all("vestnik")));';
    $code = 'require "' . __DIR__ . '/store.inc"; ' . $code;
    $command = getenv('VESTNIK_PHP') . ' -d display_errors=1 -d html_errors=0 -d ' . escapeshellarg($setting) . ' -r '
        . escapeshellarg($code) . ' 2>/dev/null';
    return trim(str_replace(' in Unknown on line 0', '', shell_exec($command) ?? ''));
}
$settings = [
    'vestnik.store="sqlite:/srv/sms/s.db"',
    'vestnik.store="sqlite:/srv/sms/s.db?clock=manual"',
    'vestnik.store=sqlite:/srv/sms/s.db?clock=manual',
    'vestnik.store="sqlite:/srv/sms/s.db?clock="',
    'vestnik.store="sqlite:/srv/sms/s.db?colour=red"',
    'vestnik.store="sqlite:relative.db"',
    'vestnik.store="sqlite:"',
    'vestnik.store="oracle:x"',
    'vestnik.store_mode=0660',
    'vestnik.store_mode=0600',
    'vestnik.store_mode=0666',
    'vestnik.store_mode=660',
    'vestnik.store_mode=rw',
    'vestnik.numbering=/srv/sms/plan.bin',
    'vestnik.numbering=plan.bin',
];
foreach ($settings as $setting) {
    echo "-- $setting\n", start($setting), "\n";
}
?>
--EXPECT--
vestnik.numbering "" system bool(false)
vestnik.store "" system bool(false)
vestnik.store_mode "" system bool(false)
-- vestnik.store="sqlite:/srv/sms/s.db"
{"vestnik.numbering":"","vestnik.store":"sqlite:/srv/sms/s.db","vestnik.store_mode":""}
-- vestnik.store="sqlite:/srv/sms/s.db?clock=manual"
{"vestnik.numbering":"","vestnik.store":"sqlite:/srv/sms/s.db?clock=manual","vestnik.store_mode":""}
-- vestnik.store=sqlite:/srv/sms/s.db?clock=manual
Warning: PHP Startup: vestnik.store: option "clock" has no value (quote a DSN with options in php.ini and with -d)
{"vestnik.numbering":"","vestnik.store":"","vestnik.store_mode":""}
-- vestnik.store="sqlite:/srv/sms/s.db?clock="
Warning: PHP Startup: vestnik.store: option "clock" has no value (quote a DSN with options in php.ini and with -d)
{"vestnik.numbering":"","vestnik.store":"","vestnik.store_mode":""}
-- vestnik.store="sqlite:/srv/sms/s.db?colour=red"
Warning: PHP Startup: vestnik.store: unknown option "colour"
{"vestnik.numbering":"","vestnik.store":"","vestnik.store_mode":""}
-- vestnik.store="sqlite:relative.db"
Warning: PHP Startup: vestnik.store: the path of the DSN must be absolute and name a file
{"vestnik.numbering":"","vestnik.store":"","vestnik.store_mode":""}
-- vestnik.store="sqlite:"
Warning: PHP Startup: vestnik.store: the path of the DSN must be absolute and name a file
{"vestnik.numbering":"","vestnik.store":"","vestnik.store_mode":""}
-- vestnik.store="oracle:x"
Warning: PHP Startup: vestnik.store: expected a DSN like sqlite:/var/lib/vestnik/store.db
{"vestnik.numbering":"","vestnik.store":"","vestnik.store_mode":""}
-- vestnik.store_mode=0660
{"vestnik.numbering":"","vestnik.store":"","vestnik.store_mode":"0660"}
-- vestnik.store_mode=0600
{"vestnik.numbering":"","vestnik.store":"","vestnik.store_mode":"0600"}
-- vestnik.store_mode=0666
Warning: PHP Startup: vestnik.store_mode: expected 0600 or 0660, or nothing for 0600
{"vestnik.numbering":"","vestnik.store":"","vestnik.store_mode":""}
-- vestnik.store_mode=660
Warning: PHP Startup: vestnik.store_mode: expected 0600 or 0660, or nothing for 0600
{"vestnik.numbering":"","vestnik.store":"","vestnik.store_mode":""}
-- vestnik.store_mode=rw
Warning: PHP Startup: vestnik.store_mode: expected 0600 or 0660, or nothing for 0600
{"vestnik.numbering":"","vestnik.store":"","vestnik.store_mode":""}
-- vestnik.numbering=/srv/sms/plan.bin
{"vestnik.numbering":"/srv/sms/plan.bin","vestnik.store":"","vestnik.store_mode":""}
-- vestnik.numbering=plan.bin
Warning: PHP Startup: vestnik.numbering: expected an absolute path of a compiled numbering plan
{"vestnik.numbering":"","vestnik.store":"","vestnik.store_mode":""}
