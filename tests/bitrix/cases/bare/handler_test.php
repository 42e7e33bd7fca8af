<?php

/** The handler on the kernel double, without the extension: what it asks of vestnik_submit, over seeds and switches. */

declare(strict_types=1);

use Bitrix\Main\EventManager;
use Bitrix\Main\Loader;
use Bitrix\Sale\Order;
use Vestnik\Tests\Bitrix\World;

use function Vestnik\Tests\Bitrix\new_order;
use function Vestnik\Tests\Bitrix\register_module;
use function Vestnik\Tests\Bitrix\switch_settings;

require __DIR__ . '/../../harness.php';
require __DIR__ . '/../../site.php';
require __DIR__ . '/../../extension_stub.php';

const SEEDS = 50;
const TEXTS = [
    'template order-status/N' => ['text' => 'Заказ {order} принят'],
    'template order-status/P' => ['text' => 'Заказ {order} оплачен'],
    'template order-status/s2/P' => ['text' => 'Второй сайт: {order}'],
    'template order-status/F' => ['text' => 'Заказ {order} выполнен'],
];

/** @param array<string, bool> $switches */
function site(int $seed = 0, array $switches = []): World
{
    $world = World::begin($seed, $switches);
    $world->now = 1764000000;
    register_module();
    ExtensionStub::begin(TEXTS);
    return $world;
}

/**
 * The same scenario over all seeds and all settings of the switches.
 *
 * @param callable(World): void $scenario
 */
function everywhere(string $name, callable $scenario): void
{
    foreach (switch_settings() as $setting => $switches) {
        test("$name ($setting)", static function () use ($switches, $scenario): void {
            for ($seed = 0; $seed < SEEDS; $seed++) {
                $scenario(site($seed, $switches));
                same([], World::current()->eventLog, "seed $seed");
            }
        });
    }
}

function change_status(Order $order, string $status, int $after = 60): void
{
    World::current()->now += $after;
    $order->setField('STATUS_ID', $status);
    same([], $order->save()->getErrorMessages());
}

/** @return list<string> status of each accepted message */
function told(): array
{
    return array_map(static fn (string $key) => explode('/', $key)[3], array_keys(ExtensionStub::$accepted));
}

everywhere('a new order is told once', static function (): void {
    new_order()->save();
    same(['N'], told());
});
everywhere('a changed status is told once', static function (): void {
    $order = new_order();
    $order->save();
    change_status($order, 'P');
    same(['N', 'P'], told());
});
everywhere('an order loaded from the database tells its change', static function (): void {
    $order = new_order();
    $order->save();
    change_status(Order::load($order->getId()), 'P');
    same(['N', 'P'], told());
});
everywhere('an order that is saved again tells nothing', static function (): void {
    $order = new_order();
    $order->save();
    $order->setField('PRICE', '2100.0000');
    $order->save();
    same(['N'], told());
});
everywhere('of two changes in one save the last status is told', static function (): void {
    $order = new_order();
    $order->save();
    $order->setField('STATUS_ID', 'P');
    change_status($order, 'F');
    same(['N', 'F'], told());
});
everywhere('a new order that gets another status before its first save is told once', static function (): void {
    change_status(new_order(), 'P');
    same(['P'], told());
});
everywhere('a status taken again later is told again where the kernel keeps its time', static function (World $world): void {
    $order = new_order();
    $order->save();
    change_status($order, 'P');
    change_status($order, 'N');
    change_status($order, 'P');
    same($world->is('order.status_sets_date_status') ? ['N', 'P', 'N', 'P'] : ['N', 'P'], told());
});
everywhere('a status without a text is not told', static function (): void {
    $order = new_order();
    $order->save();
    change_status($order, 'S');
    same(['N'], told());
});
everywhere('the text of the order\'s site is taken', static function (): void {
    change_status(new_order(site: 's2'), 'P');
    same('Второй сайт: {order}', ExtensionStub::$submitted[0]['template']);
    same('s2', ExtensionStub::$submitted[0]['site']);
});
everywhere('live types become plain strings', static function (World $world): void {
    $world->users[7] = ['ID' => '7', 'PERSONAL_MOBILE' => null, 'PERSONAL_PHONE' => '+7 999 000-00-99'];
    $order = new_order(['PHONE' => '8 (999) 000-00-17'], user: 7, price: '1234.5000');
    $order->setField('ACCOUNT_NUMBER', '1024');
    $order->save();
    $message = ExtensionStub::$submitted[0];
    same('8 (999) 000-00-17', $message['phone']);
    same(['order' => '1024', 'name' => 'Анна', 'price' => '1 234,50 ₽', 'status' => 'Принят'], $message['vars']);
    same('1024', $message['order']);
    same('7', $message['customer']);
    same('service', $message['category']);
});
everywhere('the region of the delivery gives the time zone', static function (World $world): void {
    $world->locations['0000812044'] = [
        ['CODE' => '0000028023', 'TYPE_CODE' => 'COUNTRY', 'LNAME' => 'Россия'],
        ['CODE' => '0000767740', 'TYPE_CODE' => 'REGION', 'LNAME' => 'Томская область'],
        ['CODE' => '0000812044', 'TYPE_CODE' => 'CITY', 'LNAME' => 'Томск'],
    ];
    new_order(['LOCATION' => '0000812044'])->save();
    new_order(['LOCATION' => '0000000000'])->save();
    same(['Asia/Tomsk', null], array_map(
        static fn (array $message) => $message['timezone'] ?? null,
        array_values(ExtensionStub::$accepted)
    ));
});

$phones = [
    'the property flagged as phone comes first' => [
        [['CODE' => 'MOBILE', 'IS_PHONE' => 'Y'], ['CODE' => 'PHONE']], ['MOBILE' => '+79990000001', 'PHONE' => '+79990000002'],
        '+79990000001'],
    'of several flagged the first that is not empty' => [
        [['CODE' => 'A', 'IS_PHONE' => 'Y'], ['CODE' => 'B', 'IS_PHONE' => 'Y']], ['A' => '', 'B' => '+79990000002'],
        '+79990000002'],
    'without a flag the property PHONE' => [[['CODE' => 'PHONE']], ['PHONE' => '+79990000003'], '+79990000003'],
    'without PHONE the property TEL' => [[['CODE' => 'TEL']], ['TEL' => '+79990000004'], '+79990000004'],
    'a multiple property gives its first number' => [
        [['CODE' => 'PHONE', 'IS_PHONE' => 'Y', 'MULTIPLE' => 'Y']], ['PHONE' => ['', '+79990000005', '+79990000006']],
        '+79990000005'],
    'a buyer\'s confirmed number stands in' => [[['CODE' => 'FIO']], [], '+79990000011', ['PHONE_NUMBER' => '+79990000011']],
    'then the mobile number of the profile' => [[['CODE' => 'FIO']], [], '+79990000012'],
];
foreach ($phones as $name => $case) {
    [$properties, $values, $expected] = $case;
    everywhere("phone: $name", static function (World $world) use ($case, $properties, $values, $expected): void {
        $world->properties = array_map(static fn (array $property): array => $property + ['MULTIPLE' => 'N'], $properties);
        $world->users[7] = ['ID' => '7', 'PERSONAL_MOBILE' => '+79990000012', 'PERSONAL_PHONE' => '+79990000013'];
        if (isset($case[3])) {
            $world->phoneAuth[7] = $case[3];
        }
        new_order($values, user: 7)->save();
        same($expected, ExtensionStub::$submitted[0]['phone']);
    });
}

test('an order without any phone is noted, not submitted', static function (): void {
    site();
    new_order(['PHONE' => ''])->save();
    same([], ExtensionStub::$submitted);
    same([['WARNING', 'VESTNIK_SMS_NO_PHONE', 'vestnik.sms', '1']], array_map(
        static fn (array $row) => [$row['SEVERITY'], $row['AUDIT_TYPE_ID'], $row['MODULE_ID'], $row['ITEM_ID']],
        World::current()->eventLog
    ));
});

$troubles = [
    'an Exception' => new RuntimeException('Phone +79990000017 is wrong'),
    'a TypeError' => new TypeError('vestnik_submit(): +79990000017'),
    'an Error' => new Error('Call to undefined function, +79990000017'),
];
foreach ($troubles as $name => $trouble) {
    test("$name below the handler leaves the checkout alone and says no phone", static function () use ($trouble): void {
        site();
        ExtensionStub::$trouble = $trouble;
        $order = new_order();
        same(true, $order->save()->isSuccess());
        same(false, $order->isNew());
        $log = World::current()->eventLog;
        same(1, count($log));
        same('VESTNIK_SMS_FAILED', $log[0]['AUDIT_TYPE_ID']);
        holds(str_starts_with($log[0]['DESCRIPTION'], get_class($trouble) . ' at '), $log[0]['DESCRIPTION']);
        holds(!str_contains(serialize($log), '9990000017'), 'the log has a phone in it');
    });
}
test('a broken property leaves the checkout alone', static function (): void {
    site();
    $order = new_order();
    $order->getPropertyCollection()->getItemByOrderPropertyCode('PHONE')->setValue(new stdClass());
    same(true, $order->save()->isSuccess());
});
test('a failing event log leaves the checkout alone', static function (): void {
    site()->eventLogFails = true;
    ini_set('error_log', '/dev/null');
    ExtensionStub::$trouble = new TypeError('x');
    same(true, new_order()->save()->isSuccess());
});
test('handlers of others still run after a failure of ours', static function (): void {
    site();
    ExtensionStub::$trouble = new TypeError('x');
    $heard = 0;
    EventManager::getInstance()->addEventHandler('sale', 'OnSaleStatusOrderChange', static function () use (&$heard): void {
        $heard++;
    }, false, 200);
    new_order()->save();
    same(1, $heard);
});
test('an event of another shape is left alone', static function (): void {
    site();
    Loader::includeModule('vestnik.sms');
    foreach ([null, 'x', [], new stdClass(), new Bitrix\Main\Event('sale', 'OnSaleStatusOrderChange', ['ENTITY' => 1])] as $event) {
        Vestnik\Sms\Kernel\OrderStatusHandler::onStatusChange($event);
    }
    same([], ExtensionStub::$submitted);
    same([], World::current()->eventLog);
});
test('a status that a handler sets inside the save is told too', static function (): void {
    site();
    $order = new_order();
    $done = false;
    EventManager::getInstance()->addEventHandler('sale', 'OnSaleOrderSaved', static function ($event) use (&$done): void {
        if (!$done) {
            $done = true;
            $event->getParameter('ENTITY')->setField('STATUS_ID', 'P');
        }
    });
    $order->save();
    same(['P'], told());
});
