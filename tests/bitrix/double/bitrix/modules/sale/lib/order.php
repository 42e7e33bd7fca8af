<?php

namespace Bitrix\Sale;

use Bitrix\Main\Error;
use Bitrix\Main\Event;
use Bitrix\Main\EventManager;
use Bitrix\Main\EventResult;
use Bitrix\Main\Result;
use Bitrix\Main\Type\DateTime;
use Vestnik\Tests\Bitrix\Contract;
use Vestnik\Tests\Bitrix\World;

class Order
{
    private $fields = [];
    private $changed = [];
    private $isNew = true;
    private $saving = false;
    /** delayed events: name => the first payload of this save */
    private $pool = [];
    private $properties;

    private function __construct()
    {
        $this->properties = PropertyValueCollection::load($this);
    }

    public static function create($siteId, $userId = null, $currency = null)
    {
        $order = new static();
        $order->fields = ['ID' => 0, 'LID' => $siteId, 'USER_ID' => $userId, 'CURRENCY' => $currency ?? 'RUB', 'PRICE' => 0,
            'CANCELED' => 'N', 'DATE_INSERT' => new DateTime(), 'STATUS_ID' => null, 'DATE_STATUS' => null,
            'ACCOUNT_NUMBER' => null];
        $order->setField('STATUS_ID', OrderStatus::getInitialStatus());
        return $order;
    }

    public static function load($id)
    {
        $row = World::current()->orders[(int)$id] ?? null;
        if ($row === null) {
            return null;
        }
        $order = new static();
        $order->isNew = false;
        foreach ($row['fields'] as $name => $value) {
            $order->fields[$name] = is_object($value) ? clone $value : $value;
        }
        foreach ($row['properties'] as $code => $value) {
            $order->properties->getItemByOrderPropertyCode($code)?->setValue($value);
        }
        return $order;
    }

    public function getId()
    {
        return (int)$this->fields['ID'];
    }

    public function getField($name)
    {
        return array_key_exists($name, $this->fields) ? World::current()->live("Order.$name", $this->fields[$name]) : null;
    }

    public function getPrice()
    {
        return World::current()->live('Order.getPrice', $this->fields['PRICE']);
    }

    public function getCurrency()
    {
        return $this->getField('CURRENCY');
    }

    public function getUserId()
    {
        return $this->getField('USER_ID');
    }

    public function getSiteId()
    {
        return $this->getField('LID');
    }

    public function isNew()
    {
        return $this->isNew;
    }

    public function getPropertyCollection()
    {
        return $this->properties;
    }

    public function setField($name, $value)
    {
        $result = new Result();
        $old = $this->fields[$name] ?? null;
        if ($old === $value) {
            return $result;
        }
        $this->fields[$name] = $value;
        $this->changed += [$name => $old];
        if ($name === 'STATUS_ID') {
            $this->onStatusChanged($value, $old);
        }
        return $result;
    }

    private function onStatusChanged($value, $old)
    {
        if ($old === null && !World::current()->is('order.new_old_value_is_null')) {
            $old = '';
        }
        $payload = ['ENTITY' => $this, 'VALUE' => $value, 'OLD_VALUE' => $old];
        (new Event('sale', 'OnSaleBeforeStatusOrderChange', $payload))->send();
        if (World::current()->is('order.status_sets_date_status')) {
            $this->setField('DATE_STATUS', new DateTime());
        }
        $this->pool += ['OnSaleStatusOrderChange' => $payload];
    }

    public function save()
    {
        $result = new Result();
        if ($this->saving) {
            trigger_error('Order saving in recursion', E_USER_WARNING);
            return $result;
        }
        $this->saving = true;
        try {
            foreach (Contract::sequence('order.save') as $step) {
                if (isset($step['do'])) {
                    $this->{$step['do']}();
                } elseif (isset($step['delayed'])) {
                    $this->sendDelayed($step['delayed']);
                } elseif (!$this->sendNow($step, $result)) {
                    return $result;
                }
            }
        } finally {
            $this->saving = false;
        }
        return $result;
    }

    private function sendNow($step, Result $result)
    {
        if (
            isset($step['only_if_heard'])
            && EventManager::getInstance()->findEventHandlers('sale', $step['event']) === []
        ) {
            return true;
        }
        $known = ['ENTITY' => $this, 'IS_NEW' => $this->isNew, 'IS_CHANGED' => $this->changed !== [],
            'VALUES' => $this->changed];
        $keys = array_flip(Contract::eventKeys('sale', $step['event']));
        $event = new Event('sale', $step['event'], array_intersect_key($known, $keys));
        $event->send();
        foreach ($event->getResults() as $eventResult) {
            if (isset($step['may_stop']) && $eventResult->getType() === EventResult::ERROR) {
                $result->addError(new Error('stopped by a handler'));
            }
        }
        return $result->isSuccess();
    }

    private function sendDelayed($name)
    {
        if (!isset($this->pool[$name])) {
            return;
        }
        $times = World::current()->is('order.status_event_comes_once') ? 1 : 2;
        for ($i = 0; $i < $times; $i++) {
            (new Event('sale', $name, $this->pool[$name]))->send();
        }
        unset($this->pool[$name]);
    }

    private function write_row()
    {
        if ($this->isNew) {
            $this->fields['ID'] = ++World::current()->lastOrderId;
            $this->fields['ACCOUNT_NUMBER'] ??= (string)$this->fields['ID'];
        }
        $stored = array_map(static fn ($value) => is_object($value) ? clone $value : $value, $this->fields);
        World::current()->orders[$this->fields['ID']] = ['fields' => $stored, 'properties' => []];
    }

    private function write_parts()
    {
        foreach ($this->properties as $property) {
            World::current()->orders[$this->fields['ID']]['properties'][$property->getField('CODE')] = $property->getValue();
        }
    }

    private function clear_flags()
    {
        $this->isNew = false;
        $this->changed = [];
    }
}
