--TEST--
Dispatch over HTTP: requests stay on the wire between slices, the answer is settled later, a report arrives
--EXTENSIONS--
vestnik
posix
--INI--
vestnik.store="sqlite:{PWD}/dispatch-wire.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
require __DIR__ . '/gateway.inc';
fresh_store(null);
$gateway = new Gateway(dirname(store_path()) . '/gateway.log', 300);
vestnik_clock(NOON);
vestnik_configure(wire_settings($gateway->url) + shop_settings());

$id = vestnik_submit(order_message(['phone' => '+79990000101']))['id'];
do {
    $slice = vestnik_dispatch(5);
} while ($slice['sent'] === 0);
echo line(pick($slice, 'sent', 'settled', 'in_flight', 'idle')), ' ', vestnik_message($id)['state'], "\n";
do {
    $slice = vestnik_dispatch(50);
} while ($slice['in_flight'] > 0);
echo line(pick($slice, 'settled', 'in_flight')), "\n";
echo line(pick(vestnik_message($id), 'state', 'provider', 'provider_message', 'attempts')), "\n";
echo line($gateway->phones()), "\n";

echo "-- the webhook\n";
function webhook(array $records, ?string $hash = null): array
{
    $hash ??= hash('sha256', 'a-key-for-tests' . implode('', $records));
    return [
        'method' => 'POST', 'headers' => ['Content-Type' => 'application/x-www-form-urlencoded', 'X-List' => ['a', 'b']],
        'query' => ['a' => ['b' => ['1', 2]]], 'body' => http_build_query(['data' => $records, 'hash' => $hash]),
    ];
}
$report = webhook(["sms_status\n000-79990000101\n103\n" . NOON]);
echo line(vestnik_receive('smsru', webhook(["sms_status\n000-79990000101\n103\n" . NOON], str_repeat('0', 64)))), ' ';
echo vestnik_message($id)['state'], "\n";
echo line(vestnik_receive('smsru', $report)), ' ', vestnik_message($id)['state'], "\n";
echo line(vestnik_receive('smsru', $report)), ' ', vestnik_message($id)['state'], "\n";

foreach ([['nobody', []], ['sandbox', []], ["\xff", []]] as [$provider, $request]) {
    echo thrown(fn () => vestnik_receive($provider, $request)), "\n";
}
$deep = [];
for ($i = 0; $i < 100; $i++) {
    $deep = [$deep];
}
$bad = [
    ['colour' => 'red'], [5 => 'x'], ['method' => 5], ['method' => "\xff"], ['headers' => 'x'], ['headers' => ['a', 'b']],
    ['headers' => ['a' => null]], ['query' => 'a=b'], ['query' => ['a' => true]], ['query' => $deep], ['body' => ['x']],
    ['body' => null],
];
foreach ($bad as $request) {
    echo thrown(fn () => vestnik_receive('smsru', $request)), "\n";
}
// Any bytes may come from outside.
echo line(vestnik_receive('smsru', ['body' => random_bytes(1000)])), "\n";
$gateway->stop();
drop_store();
?>
--EXPECT--
{"sent":1,"settled":0,"in_flight":1,"idle":false} sending
{"settled":1,"in_flight":0}
{"state":"accepted","provider":"smsru","provider_message":"000-79990000101","attempts":1}
["79990000101"]
-- the webhook
{"reply":{"status":403,"body":"wrong hash"},"events":0} accepted
{"reply":{"status":200,"body":"100"},"events":1} delivered
{"reply":{"status":200,"body":"100"},"events":0} delivered
ValueError: provider: not one of settings.providers
ValueError: provider: this one has no webhook
ValueError: vestnik_receive(): Argument #1 ($provider) must be well-formed UTF-8
ValueError: request: unknown key colour
ValueError: request: unknown key 5
TypeError: request.method: must be of type string, int given
ValueError: request.method: malformed UTF-8
TypeError: request.headers: must be of type array, string given
TypeError: headers: must be an array of name => value
TypeError: request: values must be strings, ints or arrays of them, null given
TypeError: request.query: must be of type array, string given
TypeError: request: values must be strings, ints or arrays of them, bool given
ValueError: query: nested deeper than 64 levels
TypeError: request.body: must be of type string, array given
TypeError: request.body: must be of type string, null given
{"reply":{"status":403,"body":"wrong hash"},"events":0}
