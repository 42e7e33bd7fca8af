<?php

namespace Bitrix\Sale;

use Bitrix\Main\Result;
use Vestnik\Tests\Bitrix\World;

class PropertyValue
{
    private $property;
    private $value;

    private function __construct()
    {
    }

    public static function create($collection, array $property = [])
    {
        $item = new static();
        $item->property = $property;
        return $item;
    }

    public function getValue()
    {
        if (is_array($this->value) || is_object($this->value)) {
            return $this->value;
        }
        $value = World::current()->live('PropertyValue.value', $this->value);
        return ($this->property['MULTIPLE'] ?? 'N') === 'Y' ? (array)$value : $value;
    }

    public function setValue($value)
    {
        $this->value = $value;
        return new Result();
    }

    public function getField($name)
    {
        return $name === 'VALUE' ? $this->getValue() : ($this->property[$name] ?? null);
    }

    public function getProperty()
    {
        return $this->property;
    }
}
