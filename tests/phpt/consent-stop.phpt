--TEST--
Consent and stop list: shapes, what they do to a message, bad evidence
--EXTENSIONS--
vestnik
--INI--
vestnik.store="sqlite:{PWD}/consent-stop.tmp/s.db?clock=manual"
--FILE--
<?php
require __DIR__ . '/store.inc';
fresh_store();

const PHONE = '+79990000001';
$advert = [
    'phone' => PHONE, 'category' => 'advertising', 'text' => 'Новая коллекция по вашей подписке: romashka.example', 'approved_by' => 'Иванова',
];
function verdict(array $message): string
{
    $decision = vestnik_check($message);
    $rules = [];
    foreach ($decision['findings'] as $finding) {
        if ($finding['verdict'] === 'refuse') {
            $rules[] = $finding['rule'];
        }
    }
    return trim($decision['verdict'] . ' ' . implode(' ', $rules));
}

echo line(vestnik_consent_status(PHONE)), "\n", verdict($advert), "\n";
$grant = vestnik_consent_grant(PHONE, [
    'source' => 'checkout', 'wording' => 'Согласен получать рекламу', 'confirmed_by' => 'code', 'pre_ticked' => false,
    'separate' => true, 'ip' => '192.0.2.1', 'customer' => 7, 'topics' => ['sale'],
]);
echo line($grant), "\n", verdict($advert), "\n";
var_dump($grant === vestnik_consent_status(PHONE, 'advertising', 'main'));
echo line(pick(vestnik_consent_status(PHONE, 'service'), 'status', 'since', 'purpose')), "\n";

echo "-- a stop\n";
$waiting = vestnik_submit($advert + ['not_before' => NOON + 60]);
$stop = vestnik_stop_add(PHONE, ['reason' => 'попросил по телефону', 'author' => 'оператор 3']);
echo line($stop), "\n", verdict($advert), ' ', verdict(order_message()), "\n";
echo vestnik_message($waiting['id'])['state'], "\n";
echo line(vestnik_stop_list(['phone' => PHONE])), "\n";
var_dump(vestnik_stop_count([]), vestnik_stop_count(['kind' => 'complaint']), vestnik_stop_count(['kind' => 'opt_out']));
echo line(vestnik_stop_remove(PHONE, ['reason' => 'ошибка'])), "\n";
echo line(pick(vestnik_stop_remove(PHONE, ['reason' => 'ошибка']), 'removed')), ' ', vestnik_stop_count([]), "\n";

echo "-- all but authentication\n";
vestnik_stop_add(PHONE, ['reason' => 'жалоба', 'kind' => 'complaint', 'scope' => 'all', 'expires' => NOON + 3600]);
echo verdict($advert), ' / ', verdict(order_message()), ' / ';
echo verdict(['phone' => PHONE, 'category' => 'authentication', 'text' => 'Код 4821']), "\n";
vestnik_clock(NOON + 3600);
echo verdict(order_message()), "\n";

echo "-- pages\n";
foreach (range(2, 6) as $i) {
    vestnik_stop_add("+7999000000$i", ['reason' => 'список']);
}
$page = vestnik_stop_list(['sort' => '-phone', 'kind' => 'opt_out'], 2);
while (true) {
    echo implode(' ', array_column($page['items'], 'phone')), "\n";
    if ($page['next'] === null) {
        break;
    }
    $page = vestnik_stop_list(['sort' => '-phone', 'kind' => 'opt_out'], 2, $page['next']);
}

echo "-- a withdrawal\n";
echo line(vestnik_consent_withdraw(PHONE, ['channel' => 'call', 'actor' => 'оператор 3'])), "\n", verdict($advert), "\n";

echo "-- bad evidence, the ledger stays as it is\n";
$head = vestnik_health()['ledger'];
$good = ['source' => 'paper', 'wording' => 'Согласен'];
$bad = [
    [], ['source' => 'paper'], ['wording' => 'Согласен'], ['source' => 'dream'] + $good, $good + ['colour' => 'red'],
    $good + ['at' => NOON + 7200], $good + ['at' => 'now'], $good + ['pre_ticked' => 0], $good + ['topics' => 'x'],
    $good + ['confirmed_by' => 'me'], $good + ['purpose' => 'fun'], $good + ['entity' => 'nobody'],
    ['wording' => str_repeat('я', 1000000)] + $good,
];
foreach ($bad as $evidence) {
    echo thrown(fn () => vestnik_consent_grant('+79990000009', $evidence)), "\n";
}
echo thrown(fn () => vestnik_consent_grant('нет', $good)), "\n";
echo thrown(fn () => vestnik_consent_status('12')), "\n", thrown(fn () => vestnik_consent_status(PHONE, 'fun')), "\n";
foreach ([['kind' => 'x'], ['scope' => 'x'], ['expires' => 5], ['reason' => 5], ['why' => 'x']] as $reason) {
    echo thrown(fn () => vestnik_stop_add('+79990000009', $reason)), "\n";
}
echo thrown(fn () => vestnik_stop_remove('+79990000009', ['scope' => 'all'])), "\n";
var_dump($head === vestnik_health()['ledger'], vestnik_consent_status('+79990000009')['status']);
drop_store();
?>
--EXPECT--
{"status":"none","since":null,"source":null,"complete":false,"event":null,"purpose":"advertising","entity":"main","stops":[]}
refuse R03
{"status":"granted","since":1780304400,"source":"checkout","complete":true,"event":1,"purpose":"advertising","entity":"main","stops":[]}
send
bool(true)
{"status":"none","since":null,"purpose":"service"}
-- a stop
{"phone":"+79990000001","entity":"main","kind":"opt_out","scope":"advertising","reason":"попросил по телефону","author":"оператор 3","added":1780304400,"expires":null,"cancelled":1}
refuse R07 send
cancelled
{"items":[{"phone":"+79990000001","entity":"main","kind":"opt_out","scope":"advertising","reason":"попросил по телефону","author":"оператор 3","added":1780304400,"expires":null}],"next":null}
int(1)
int(0)
int(1)
{"removed":true,"phone":"+79990000001","entity":"main","kind":"opt_out"}
{"removed":false} 0
-- all but authentication
refuse R07 / refuse R08 / send
send
-- pages
+79990000006 +79990000005
+79990000004 +79990000003
+79990000002
-- a withdrawal
{"status":"withdrawn","since":1780308000,"source":null,"complete":false,"event":2,"purpose":"advertising","entity":"main","stops":[{"kind":"opt_out","scope":"advertising","reason":"withdrawn","author":null,"added":1780308000,"expires":null}],"cancelled":0}
refuse R07
-- bad evidence, the ledger stays as it is
ValueError: evidence.source: missing: where the consent was given
ValueError: evidence.wording: missing: the full text that the person saw
ValueError: evidence.source: missing: where the consent was given
ValueError: evidence.source: not one of the known words
ValueError: evidence.colour: unknown key
ValueError: evidence.at: lies in the future
TypeError: evidence.at: expected a whole number from 1 to 253402300799
TypeError: evidence.pre_ticked: expected true or false
TypeError: evidence.topics: expected a list
ValueError: evidence.confirmed_by: expected 'code' or 'kernel'
ValueError: evidence.purpose: not one of the known words
ValueError: entity: not one of settings.entities
ValueError: evidence.wording: expected 1 to 20000 bytes
ValueError: phone: not a phone number that can be read
ValueError: phone: not a phone number that can be read
ValueError: purpose: expected 'advertising', 'service', 'survey' or 'data'
ValueError: reason.kind: not one of the known words
ValueError: reason.scope: not one of the known words
ValueError: reason.expires: has already passed
TypeError: reason.reason: expected a string
ValueError: reason.why: unknown key
ValueError: reason.scope: unknown key
bool(true)
string(4) "none"
