--TEST--
Settings: replaced as a whole, secrets masked and kept, versions checked, errors with their path
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/settings-configure.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store(null);
vestnik_clock(NOON);

// No settings yet.
echo line(vestnik_settings()), "\n";
echo thrown(fn () => vestnik_submit(order_message())), "\n";

$settings = shop_settings();
$settings['providers']['smsru'] = ['api_id' => 'a-secret-of-ours', 'rate' => ['per_second' => 10]];
vestnik_configure($settings);
$read = vestnik_settings();
echo line($read['providers']['smsru']), ' version ', $read['version'], "\n";
var_dump(array_diff_key($read, ['version' => 1, 'providers' => 1]) === array_diff_key($settings, ['providers' => 1]));

// Given back as read: the secret is kept. At another path there is none to keep.
$read['entities']['main']['brand'] = 'Ромашка и К°';
vestnik_configure($read);
echo line(pick(vestnik_settings(), 'version')), ' ', line(vestnik_settings()['providers']['smsru']), "\n";
$moved = vestnik_settings();
$moved['entities']['main']['name'] = '***';
echo thrown(fn () => vestnik_configure($moved)), "\n";
$second = shop_settings();
$second['providers'] = ['sandbox' => ['x' => '***']];
echo thrown(fn () => vestnik_configure($second)), "\n";

// A reference is no secret and stays as it is.
$reference = vestnik_settings();
$reference['providers']['smsru']['api_id'] = 'env:SMSRU_API_ID';
vestnik_configure($reference);
echo vestnik_settings()['providers']['smsru']['api_id'], "\n";

// Saving over a newer version.
echo thrown(fn () => vestnik_configure($reference)), "\n";

$wrong = [
    ['unknown' => []],
    ['entities' => 'main'],
    ['entities' => ['main' => []]],
    ['providers' => ['smsru' => ['api_id' => 'k', 'rate' => ['per_second' => 0]]]],
    ['providers' => ['smsru' => ['api_id' => 'k', 'rate' => ['per_second' => 'ten']]]],
    ['providers' => ['smsru' => ['api_id' => 'k', 'colour' => 'red']]],
    ['providers' => ['nobody' => []]],
    ['senders' => ['Romashka' => ['provider' => 'nobody']]],
    ['routes' => [['provider' => 'sandbox'], ['provider' => 'nobody']]],
    ['windows' => ['advertising' => ['from' => '25:00', 'to' => '23:00']]],
    ['caps' => [['category' => 'advertising', 'count' => -1, 'days' => 7]]],
    ['rules' => ['R99' => []]],
    ['rules' => ['R27' => ['segments' => ['advertising' => 'many']]]],
    ['keep' => ['keys_days' => 0]],
    ['in_doubt' => ['advertising' => 'resend']],
    ['version' => 'one'],
    ['entities' => ['main' => ['name' => "\xff"]]],
];
foreach ($wrong as $part) {
    echo thrown(fn () => vestnik_configure($part + shop_settings())), "\n";
}
echo thrown(fn () => vestnik_configure([1, 2])), "\n";
echo thrown(fn () => vestnik_configure(['entities' => new ArrayObject()])), "\n";
// Nothing of all that was taken over.
echo line(pick(vestnik_settings(), 'version')), ' ', vestnik_settings()['entities']['main']['brand'], "\n";
drop_store();
?>
--EXPECT--
{"version":0}
Vestnik\SettingsException: entities: none yet; call vestnik_configure first
{"api_id":"***","rate":{"per_second":10}} version 1
bool(true)
{"version":2} {"api_id":"***","rate":{"per_second":10}}
Vestnik\SettingsException: entities.main.name: *** stands only for a secret that is stored at the same path
Vestnik\SettingsException: providers.sandbox.x: *** stands only for a secret that is stored at the same path
env:SMSRU_API_ID
Vestnik\SettingsException: version: the settings were changed meanwhile; read them again
Vestnik\SettingsException: unknown: unknown key
Vestnik\SettingsException: entities: expected an array with named keys
Vestnik\SettingsException: entities.main.name: missing: the legal entity's name
Vestnik\SettingsException: providers.smsru.rate.per_second: expected a number from 0.1 to 1000
Vestnik\SettingsException: providers.smsru.rate.per_second: expected a number from 0.1 to 1000
Vestnik\SettingsException: providers.smsru.colour: unknown key
Vestnik\SettingsException: providers.nobody: unknown provider
Vestnik\SettingsException: senders.Romashka.provider: not one of settings.providers
Vestnik\SettingsException: routes.1.provider: expected one of settings.providers
Vestnik\SettingsException: windows.advertising.from: expected a time such as 07:00
Vestnik\SettingsException: caps.0.count: expected a whole number from 1 to 32
Vestnik\SettingsException: rules.R99: unknown key
Vestnik\SettingsException: rules.R27.segments.advertising: expected a whole number from 1 to 255
Vestnik\SettingsException: keep.keys_days: expected a whole number from 1 to 36500
Vestnik\SettingsException: in_doubt.advertising: unknown key
Vestnik\SettingsException: version: expected a whole number from 0 to 9223372036854775807
ValueError: entities.main.name: malformed UTF-8
Vestnik\SettingsException: settings: expected an array with named keys
TypeError: entities: must be null, bool, int, float, string or array, ArrayObject given
{"version":3} Ромашка и К°
