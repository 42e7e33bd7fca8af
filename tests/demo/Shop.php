<?php

declare(strict_types=1);

namespace Vestnik\Demo;

use Bitrix\Main\Loader;
use Bitrix\Sale\Order;
use Vestnik\Sms\Order\RegionZone;
use Vestnik\Tests\Bitrix\World;

use function Vestnik\Tests\Bitrix\install_module;

/**
 * The shop: a kernel double with the module installed. Orders change status there, and the module's handler does the rest.
 * Every status event comes twice, as on a site where some other module saves the order once more.
 */
final class Shop
{
    private World $world;
    /** @var array<string, int> number that the buyer sees => id of the order */
    private array $orders = [];
    private int $changes = 0;
    private int $told = 0;

    public function __construct(private readonly Day $day)
    {
        $this->world = World::begin(1, ['order.status_event_comes_once' => false]);
        $this->world->now = Day::at(0, 0);
        if (!install_module()) {
            throw new \RuntimeException('the module does not install: ' . $this->world->exception?->GetString());
        }
        Loader::includeModule('sale');
        Loader::includeModule('vestnik.sms');
        foreach ($day->customers as $customer) {
            $this->world->locations["region-{$customer['region']}"] = [
                ['CODE' => 'russia', 'TYPE_CODE' => 'COUNTRY', 'LNAME' => 'Россия'],
                ['CODE' => "region-{$customer['region']}", 'TYPE_CODE' => 'REGION', 'LNAME' => $customer['region']],
            ];
        }
    }

    /**
     * One save of an order: made at its first line, its status changed at the later ones.
     *
     * @param array<string, string> $line of orders.csv; several statuses in it change within one save
     */
    public function save(array $line, int $now): void
    {
        $this->world->now = $now;
        $order = $this->order($line);
        foreach (explode(' ', $line['status']) as $status) {
            $order->setField('STATUS_ID', $status);
        }
        $result = $order->save();
        if (!$result->isSuccess()) {
            throw new \RuntimeException(implode(', ', $result->getErrorMessages()));
        }
        $this->orders[$line['order']] = $order->getId();
        $this->changes++;
        $status = (string)$order->getField('STATUS_ID');
        $this->told += isset($this->day->templates["order-status/$status"]) ? 1 : 0;
    }

    /** @param array<string, string> $line */
    private function order(array $line): Order
    {
        if (isset($this->orders[$line['order']])) {
            return Order::load($this->orders[$line['order']]);
        }
        $customer = $this->day->customers[(int)$line['customer']];
        $order = Order::create($line['site'], $customer['id'], 'RUB');
        $order->setField('ACCOUNT_NUMBER', $line['order']);
        $order->setField('PRICE', $line['sum']);
        $values = ['FIO' => $customer['name'], 'PHONE' => $customer['phone'], 'LOCATION' => "region-{$customer['region']}"];
        foreach ($values as $code => $value) {
            $order->getPropertyCollection()->getItemByOrderPropertyCode($code)->setValue($value);
        }
        return $order;
    }

    /** How often a save changed an order's status; the kernel told the module twice of each. */
    public function changes(): int
    {
        return $this->changes;
    }

    /** How many of them led to a status that has a text, so that one SMS each is due. */
    public function told(): int
    {
        return $this->told;
    }

    /** @return list<string> what the module wrote into the kernel's event log */
    public function log(): array
    {
        return array_column($this->world->eventLog, 'DESCRIPTION');
    }

    /** The zone that a customer's region says; null where it says none. */
    public function zone(int $customer): ?string
    {
        return RegionZone::of($this->day->customers[$customer]['region']);
    }
}
