<?php

namespace Bitrix\Main\Type;

use Vestnik\Tests\Bitrix\World;

/** Mutable, as in the kernel: add() changes the object and returns it. */
class DateTime
{
    private $value;

    public function __construct($time = null, $format = null, ?\DateTimeZone $timezone = null)
    {
        $this->value = new \DateTime('@' . World::current()->now());
        $this->value->setTimezone($timezone ?? new \DateTimeZone(date_default_timezone_get()));
        if ($time !== null && $time !== '') {
            $this->value = \DateTime::createFromFormat($format ?? 'd.m.Y H:i:s', $time, $timezone)
                ?: throw new \InvalidArgumentException("Incorrect date/time: $time");
        }
    }

    public static function createFromTimestamp($timestamp)
    {
        $made = new static();
        $made->value->setTimestamp((int)$timestamp);
        return $made;
    }

    public function getTimestamp()
    {
        return $this->value->getTimestamp();
    }

    public function add($interval)
    {
        $this->value->modify($interval);
        return $this;
    }

    public function __clone()
    {
        $this->value = clone $this->value;
    }
}
