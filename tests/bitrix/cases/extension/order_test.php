<?php

/** From the order's event to the stored message, with the real extension; the store has a manual clock. */

declare(strict_types=1);

use Bitrix\Main\ModuleManager;
use Bitrix\Sale\Order;
use Vestnik\Tests\Bitrix\World;

use function Vestnik\Tests\Bitrix\install_module;
use function Vestnik\Tests\Bitrix\new_order;
use function Vestnik\Tests\Bitrix\switch_settings;

require __DIR__ . '/../../harness.php';
require __DIR__ . '/../../site.php';

const SETTINGS = [
    'entities' => ['main' => ['name' => 'ООО «Ромашка»', 'brand' => 'Ромашка', 'opt_out_number' => '+79990009999']],
    'providers' => ['sandbox' => []],
    'senders' => ['Romashka' => ['provider' => 'sandbox'], 'Vasilek' => ['provider' => 'sandbox']],
    'sites' => ['s1' => ['entity' => 'main', 'sender' => 'Romashka'], 's2' => ['entity' => 'main', 'sender' => 'Vasilek']],
];

test('this PHP has the extension', static fn () => holds(extension_loaded('vestnik'), 'not loaded'));

/** A fresh site; its clock and the store's go on from where the last test stopped. */
function shop(int $seed = 0, array $switches = []): World
{
    static $now = 1764000000;
    $now += 86400;
    vestnik_clock($now);
    $world = World::begin($seed, $switches);
    $world->now = $now;
    $world->lastOrderId = intdiv($now, 86400) * 100;
    holds(install_module(), (string)$world->exception?->GetString());
    return $world;
}

/** @return list<array<string, mixed>> messages about an order, oldest first */
function messages_of(Order $order): array
{
    return vestnik_message_list(['order' => (string)$order->getField('ACCOUNT_NUMBER'), 'sort' => 'created'])['items'];
}

function change_status(Order $order, string $status): void
{
    World::current()->now += 60;
    vestnik_clock(World::current()->now);
    $order->setField('STATUS_ID', $status);
    same([], $order->save()->getErrorMessages());
}

test('without settings an order is saved all the same, and the log says why', static function (): void {
    $world = shop();
    same(true, new_order()->save()->isSuccess());
    same([], array_column($world->eventLog, 'DESCRIPTION'), 'no text, so nothing to submit');
    vestnik_document_put('template', 'order-status/N', ['text' => 'Заказ {order} принят, сумма {price}']);
    same(true, new_order()->save()->isSuccess());
    same(1, count($world->eventLog));
    holds(str_contains($world->eventLog[0]['DESCRIPTION'], 'vestnik_configure'), $world->eventLog[0]['DESCRIPTION']);
    holds(!str_contains(serialize($world->eventLog), '9990000017'), 'a phone in the log');
});

vestnik_configure(SETTINGS);
vestnik_document_put('template', 'order-status/P', ['text' => '{name}, заказ {order} оплачен']);
vestnik_document_put('template', 'order-status/s2/P', ['text' => 'Vasilek: order {order} is paid']);

test('the module installs, and its handler is the kernel\'s', static function (): void {
    shop();
    same(true, ModuleManager::isModuleInstalled('vestnik.sms'));
    same(1, count(World::current()->registrations));
    same([], World::current()->notifications);
});
test('installing again after uninstalling leaves one handler', static function (): void {
    shop();
    $module = CModule::CreateModuleObject('vestnik.sms');
    $module->DoUninstall();
    same([], World::current()->registrations);
    holds(install_module(), 'not installed');
    same(1, count(World::current()->registrations));
});
test('without the shop module it installs and says what will not work', static function (): void {
    $world = World::begin();
    unset($world->installed['sale']);
    holds(install_module(), 'not installed');
    holds(str_contains($world->notifications['vestnik_sms_no_sale']['MESSAGE'], '(sale)'), 'no notice');
});

foreach (switch_settings() as $setting => $switches) {
    test("an order's life gives one message per status over 20 seeds ($setting)", static function () use ($switches): void {
        for ($seed = 0; $seed < 20; $seed++) {
            $world = shop($seed, $switches);
            $order = new_order();
            $order->save();
            change_status($order, 'P');
            change_status($order, 'S');
            same([], $world->eventLog, "seed $seed");
            same(
                ["Заказ {$order->getId()} принят, сумма 1 990 ₽", "Анна, заказ {$order->getId()} оплачен"],
                array_column(messages_of($order), 'text'),
                "seed $seed"
            );
        }
    });
}
test('a status taken again later is told again, the same event twice is not', static function (): void {
    shop(0, ['order.status_event_comes_once' => false]);
    $order = new_order();
    $order->save();
    change_status($order, 'P');
    change_status($order, 'N');
    change_status($order, 'P');
    same(4, count(messages_of($order)));
});
test('the order\'s site decides text and sender', static function (): void {
    shop();
    $order = new_order(site: 's2');
    $order->save();
    change_status($order, 'P');
    $paid = messages_of($order)[1];
    same("Vasilek: order {$order->getId()} is paid", $paid['text']);
    same('Vasilek', $paid['sender']);
});
test('an unlawful or broken message is stored as refused with its rule, the order is saved', static function (): void {
    $world = shop();
    $noName = new_order(['FIO' => '']);
    $noName->save();
    change_status($noName, 'P');
    $noPhone = new_order(['PHONE' => '12345']);
    same(true, $noPhone->save()->isSuccess());
    $rules = static fn (array $message): array => [$message['state'], array_column($message['findings'], 'rule')];
    same(['refused', ['R28']], $rules(messages_of($noName)[1]));
    same(['refused', ['R32']], $rules(messages_of($noPhone)[0]));
    same([], $world->eventLog);
});
test('the message goes out through the sandbox and is delivered', static function (): void {
    shop();
    $order = new_order();
    $order->save();
    $id = messages_of($order)[0]['id'];
    for ($i = 0; $i < 50 && vestnik_message($id)['state'] !== 'delivered'; $i++) {
        $next = vestnik_dispatch(100)['next_due'];
        if ($next !== null && $next > World::current()->now) {
            World::current()->now = $next;
            vestnik_clock($next);
        }
    }
    same('delivered', vestnik_message($id)['state']);
});
