<?php

namespace Bitrix\Sale;

use Vestnik\Tests\Bitrix\World;

class OrderStatus
{
    public static function getInitialStatus()
    {
        return 'N';
    }

    public static function getAllStatusesNames($lang = null)
    {
        return World::current()->statusNames[$lang ?? World::current()->language] ?? [];
    }
}
