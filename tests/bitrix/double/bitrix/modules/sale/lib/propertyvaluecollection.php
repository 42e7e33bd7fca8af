<?php

namespace Bitrix\Sale;

use Vestnik\Tests\Bitrix\World;

class PropertyValueCollection implements \IteratorAggregate
{
    private $items = [];

    private function __construct()
    {
    }

    public static function load($order)
    {
        $collection = new static();
        foreach (World::current()->properties as $property) {
            $collection->items[] = PropertyValue::create($collection, $property);
        }
        return $collection;
    }

    public function getIterator(): \Traversable
    {
        return new \ArrayIterator($this->items);
    }

    public function getPhone()
    {
        return $this->flagged('IS_PHONE');
    }

    public function getPayerName()
    {
        return $this->flagged('IS_PAYER');
    }

    public function getDeliveryLocation()
    {
        return $this->flagged('IS_LOCATION');
    }

    /** Of several flagged the first non-empty. */
    private function flagged($flag)
    {
        $first = null;
        foreach ($this->items as $item) {
            if (($item->getProperty()[$flag] ?? 'N') === 'Y') {
                $first ??= $item;
                if (!in_array($item->getValue(), [null, '', []], true)) {
                    return $item;
                }
            }
        }
        return $first;
    }

    public function getItemByOrderPropertyCode($propertyCode)
    {
        foreach ($this->items as $item) {
            if ($item->getField('CODE') === $propertyCode) {
                return $item;
            }
        }
        return null;
    }
}
