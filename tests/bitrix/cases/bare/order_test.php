<?php

/** What knows no kernel: prices, regions, template choice, keys, messages, requirements. */

declare(strict_types=1);

use Vestnik\Sms\Install\Requirements;
use Vestnik\Sms\Order\OrderFacts;
use Vestnik\Sms\Order\Price;
use Vestnik\Sms\Order\RegionZone;
use Vestnik\Sms\Order\StatusMessage;
use Vestnik\Sms\Order\StatusTemplate;

require __DIR__ . '/../../harness.php';

$module = dirname(__DIR__, 4) . '/bitrix-module/vestnik.sms';
foreach (
    ['Order/OrderFacts', 'Order/Price', 'Order/RegionZone', 'Order/StatusMessage', 'Order/StatusTemplate',
    'Install/Requirements'] as $class
) {
    require "$module/lib/$class.php";
}
$fixtures = json_decode(file_get_contents(__DIR__ . '/../../fixtures/order.json'), true, 16, JSON_THROW_ON_ERROR);

/** @param array<string, mixed> $changed */
function facts(array $changed = []): OrderFacts
{
    return new OrderFacts(...$changed + ['id' => 15, 'number' => 'A-15', 'site' => 's1', 'status' => 'N',
        'statusName' => 'Принят', 'statusSince' => 1764000000, 'phone' => '+79990000017', 'name' => 'Анна',
        'price' => '1990.0000', 'currency' => 'RUB', 'customer' => '7', 'timezone' => 'Europe/Samara']);
}

/** @param array<string, array<string, mixed>> $documents */
function find(array $documents, string $site = 's1', string $status = 'N'): ?StatusTemplate
{
    return StatusTemplate::find($site, $status, static fn (string $kind, string $id) =>
        isset($documents["$kind $id"]) ? ['document' => $documents["$kind $id"]] : null);
}

foreach ($fixtures['prices'] as [$price, $currency, $words]) {
    test("a price of '$price' $currency reads '$words'", static fn () => same($words, Price::words($price, $currency)));
}
foreach ($fixtures['regions'] as [$region, $zone]) {
    test("the zone of '$region' is " . ($zone ?? 'unknown'), static fn () => same($zone, RegionZone::of($region)));
}
test('every subject of the federation but Yakutia has a zone that PHP knows', static function () use ($fixtures): void {
    same(89, count($fixtures['subjects']));
    foreach ($fixtures['subjects'] as $subject => $offset) {
        $zone = RegionZone::of($subject);
        same(
            $offset,
            $zone === null ? null : (new DateTime('2026-11-25', new DateTimeZone($zone)))->getOffset() / 3600,
            $subject
        );
    }
});
foreach ($fixtures['extension_versions'] as [$extension, $module, $fits]) {
    test(
        "extension $extension " . ($fits ? 'fits' : 'does not fit') . " module $module",
        static fn () => same($fits, Requirements::fits($extension, $module))
    );
}
test('a site that has everything has no problems', static function (): void {
    same([], Requirements::problems('8.1.0', '0.1.0', '24.0.0', '0.1.0', 'cli'));
});
test('every missing thing is named', static function (): void {
    $problems = Requirements::problems('8.0.30', null, '23.850.0', '0.1.0', 'fpm-fcgi');
    same(
        ['VESTNIK_SMS_REQUIRES_PHP', 'VESTNIK_SMS_REQUIRES_EXTENSION', 'VESTNIK_SMS_REQUIRES_MAIN'],
        array_column($problems, 0)
    );
});

test('the text of the site comes before the common one', static function (): void {
    $documents = ['template order-status/s1/N' => ['text' => 'сайт'], 'template order-status/N' => ['text' => 'общий']];
    same('сайт', find($documents)?->text);
    same('общий', find($documents, 's2')?->text);
});
test('a status without a text has no template', static function (): void {
    same(null, find(['template order-status/P' => ['text' => 'x']]));
    same(null, find(['template order-status/N' => ['text' => '  ']]));
    same(null, find(['template order-status/N' => []]));
    same(null, find(['template order-status/N' => ['text' => ['x']]]));
});
test('a site switches a common text off by its own inactive document', static function (): void {
    $documents = ['template order-status/s1/N' => ['text' => 'сайт', 'active' => false],
        'template order-status/N' => ['text' => 'общий']];
    same(null, find($documents));
    same('общий', find($documents, 's2')?->text);
});

test('a message has exactly the keys of vestnik_submit', static function (): void {
    $message = StatusMessage::of(facts(), find(['template order-status/N' => ['text' => 'Заказ {order}']]));
    same([
        'phone' => '+79990000017',
        'category' => 'service',
        'template' => 'Заказ {order}',
        'vars' => ['order' => 'A-15', 'name' => 'Анна', 'price' => '1 990 ₽', 'status' => 'Принят'],
        'key' => 'order/15/status/N/20251124T160000Z',
        'order' => 'A-15',
        'site' => 's1',
        'customer' => '7',
        'timezone' => 'Europe/Samara',
    ], $message);
});
test('what is unknown is left out of the message', static function (): void {
    $message = StatusMessage::of(
        facts(['name' => '', 'price' => '', 'customer' => '', 'timezone' => null]),
        find(['template order-status/N' => ['text' => 'x']])
    );
    same(['phone', 'category', 'template', 'vars', 'key', 'order', 'site'], array_keys($message));
    same(['order' => 'A-15', 'status' => 'Принят'], $message['vars']);
});
test('keys of one order sort by status and time', static function (): void {
    $early = StatusMessage::key(facts(['statusSince' => 1764000000]));
    $late = StatusMessage::key(facts(['statusSince' => 1764000001]));
    holds(strcmp($early, $late) < 0, "$early is not before $late");
});
test('a status without a time is told once', static function (): void {
    same('order/15/status/N/once', StatusMessage::key(facts(['statusSince' => null])));
});
test('keys differ by order, by status and by time, and by nothing else', static function (): void {
    mt_srand(1);
    $seen = [];
    for ($i = 0; $i < 2000; $i++) {
        $occurrence = [mt_rand(1, 40), ['N', 'P', 'S', 'F'][mt_rand(0, 3)], mt_rand(1764000000, 1764000040)];
        $key = StatusMessage::key(facts(['id' => $occurrence[0], 'status' => $occurrence[1], 'statusSince' => $occurrence[2],
            'name' => "Имя $i", 'price' => (string)$i]));
        $name = implode(' ', $occurrence);
        same($seen[$key] ?? $name, $name);
        $seen[$key] = $name;
        same($key, array_search($name, $seen, true));
        holds(strlen($key) <= 191, 'a key is longer than a key may be');
    }
});
